"""Running the real command in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

__all__ = ["emendata", "files_under"]


def emendata(
    *arguments: object, cwd: Path | None = None, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``emendata`` with the arguments and return what it printed and its exit code."""
    command = [sys.executable, "-m", "emendata", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=cwd,
        preexec_fn=before,
        env={**os.environ, "COLUMNS": "120"},
        check=False,
    )


def files_under(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
