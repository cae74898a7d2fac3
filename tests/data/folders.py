"""Folders and archives for the tests."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["PETS", "contents", "make_tar", "make_zip", "write_files"]

PETS = {"cat/1.txt": "purr", "cat/10.txt": "a mouse", "cat/2.txt": "milk", "dog/1.txt": "bark"}


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def make_zip(path: Path, files: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def make_tar(path: Path, files: Mapping[str, str | tarfile.TarInfo]) -> Path:
    """Write a TAR archive, packed as its name says; a member may be given by its header alone."""
    packing = {"tar": "", "tgz": "gz", "tbz2": "bz2", "txz": "xz"}.get(end := path.suffix[1:].lower(), end)
    with tarfile.open(path, f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name) if isinstance(content, str) else content
            data = content.encode() if isinstance(content, str) else b""
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path
