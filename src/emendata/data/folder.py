"""Folders of images, sounds or texts, with a folder for each class."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from emendata.data.decoding import codec, decode
from emendata.data.folder_edit import LABEL, ByFile, restore_folder, rewrite_folder, with_raw
from emendata.data.folder_layout import Layout, layout_of
from emendata.data.infer import blank_to_missing
from emendata.data.media import files_media
from emendata.data.source import Dialect, Reading, Verdict
from emendata.data.tree import Tree, tree_of
from emendata.errors import InputError
from emendata.records import Correction, Role

__all__ = ["ClassFolderSource"]

_FILE, _SPLIT = "file", "split"
_MANY_TABLES = 3
_GIVE = "Give a folder with images, sounds or texts, best in a folder for each class, or one with a table"


@dataclass(frozen=True)
class ClassFolderSource:
    """A folder of files of one kind. The class of each is the folder that it lies in: ``pets/cat/1.png``.

    Above the classes may be splits: ``pets/train/cat/1.png``. Hidden files are no part of the dataset. They and all
    other files are copied as they are, project folders are not. A folder without a file is none.
    """

    table_endings: tuple[str, ...]
    name: str = "folder"
    title: str = "folder of files"
    suffixes: tuple[str, ...] = ()
    is_text: bool = False
    is_exact: bool = True

    def recognizes(self, folder: Path) -> bool:
        """Take every folder: it is the last that is asked, and says what it misses when it reads."""
        return True

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return a row for each file, in natural order of their names."""
        tree = tree_of(path)
        layout = layout_of(tree)
        tables = tree.ending_in(self.table_endings)
        if len(tables) > 1 and len(layout.classes) < 2:
            shown = ", ".join(tables[:_MANY_TABLES]) + (", …" if len(tables) > _MANY_TABLES else "")
            raise InputError(f"{path.name} holds several tables ({shown}). Give one of them.")
        if layout.role is None:
            raise InputError(f"{path.name} {_fault(tree)}. {_GIVE}.")
        return _reading(path, layout, tree.files, dialect)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with the names of the files, and the bytes of those that are dropped."""
        return with_raw(path, corrections)

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write a copy in which each relabelled file lies in the folder of its new class."""
        rewrite_folder(path, target, corrections, self.table_endings)

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a copy in which every file is where it was, with the same bytes."""
        restore_folder(corrected, target, corrections)


def _fault(tree: Tree) -> str:
    if tree.files:
        return "holds nothing that can be read"
    if tree.n_left_out:
        return "holds only links that lead out of it or to folders, devices, or names that are no text"
    return "is empty"


def _reading(folder: Path, layout: Layout, files: Sequence[str], dialect: Dialect) -> Reading:
    assert layout.role is not None
    names, role = layout.names, layout.role
    columns: dict[str, pa.ChunkedArray] = {}
    verdicts: dict[str, Verdict] = {role.value: (role, _reason(role))}
    if role == Role.TEXT:
        columns[role.value] = blank_to_missing(_texts(folder, names, dialect.encoding))
    else:
        columns[role.value] = _strings(names)
    if layout.classes:
        columns[LABEL] = _strings([layout.label(name) for name in names])
        verdicts[LABEL] = _verdict(layout)
    if layout.has_splits:
        columns[_SPLIT] = _strings([layout.split(name) for name in names])
        verdicts[_SPLIT] = (Role.SPLIT, "the folder above the classes" if layout.classes else _LIES_IN)
    if role == Role.TEXT:
        columns[_FILE] = _strings(names)
        verdicts[_FILE] = (Role.ID, "the file that each text stands in")
    media = {} if role == Role.TEXT else {role.value: files_media(role, folder, names)}
    return Reading(
        pa.table(columns),
        Dialect(encoding=dialect.encoding),
        media,
        verdicts,
        _in_words(layout),
        folder,
        places=ByFile(layout, files),
    )


_LIES_IN = "the folder that each file lies in"


def _reason(role: Role) -> str:
    return "what stands in each file" if role == Role.TEXT else f"{role.value} files"


def _verdict(layout: Layout) -> Verdict:
    if len(layout.classes) > 1:
        return Role.LABEL, _LIES_IN
    return Role.IGNORE, f"{_LIES_IN}, and there is only one"


def _strings(values: Sequence[str | None]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, pa.string())])


def _texts(folder: Path, names: Sequence[str], encoding: str | None) -> pa.ChunkedArray:
    if encoding is not None:
        codec(encoding)  # whose name must be right, or no file could be read
    found = pa.array([_text(folder / name, encoding) for name in names], pa.string())
    return found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])  # it is cut at 2 GB


def _text(path: Path, encoding: str | None) -> str | None:
    """Return what stands in a file whatever it is, or None if it cannot be read: one odd file stops no other."""
    try:
        return decode(path, encoding).body.decode()
    except OSError:
        return None
    except InputError:
        return path.read_bytes().decode("cp1252", "replace")


def _in_words(layout: Layout) -> str:
    n, k = len(layout.names), len(layout.classes)
    assert layout.role is not None
    kind = {Role.IMAGE: "image", Role.AUDIO: "sound", Role.TEXT: "text"}[layout.role]
    said = f"a folder of {n:,} {kind}{'' if n == 1 else 's'}"
    if k:
        said += f" with a folder for each of {k:,} classes" if k > 1 else ", all of one class"
    if layout.has_splits:
        splits = {split for name in layout.names if (split := layout.split(name))}
        said += f", in {len(splits)} split{'' if len(splits) == 1 else 's'}"
    others = layout.n_others
    return said + (f"; {others:,} other file{'' if others == 1 else 's'} left out" if others else "")
