"""Originals of files that cannot be made again byte by byte from their corrected copies."""

import shutil
from pathlib import Path

from emendata.data.fingerprint import source_sha256
from emendata.files import explained, make_folder, write_atomically, write_folder

__all__ = ["keep_original", "kept_original", "put_back"]


def keep_original(folder: Path, source: Path, sha256: str) -> None:
    """Keep a copy of a file or folder under its hash, if there is none yet."""
    home = make_folder(folder / "originals") / sha256
    if home.exists():
        return
    _copy(source, home)


def kept_original(folder: Path, sha256: str) -> Path | None:
    """Return the copy that was kept, None if there is none or somebody changed it."""
    home = folder / "originals" / sha256
    return home if home.exists() and source_sha256(home) == sha256 else None


def put_back(original: Path, target: Path) -> None:
    """Write a kept original to where it is wanted."""
    _copy(original, target)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        with write_folder(target) as temporary:
            shutil.copytree(source, temporary, dirs_exist_ok=True)
        return
    with explained(target), write_atomically(target) as temporary:
        shutil.copyfile(source, temporary)
