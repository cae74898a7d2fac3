"""Correcting a folder of files: a file goes to the folder of its new class, a dropped one is left out."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from emendata.data.folder_kind import refuse_other_kind
from emendata.data.folder_layout import Layout, layout_of
from emendata.data.moves import found_again, moved
from emendata.data.tree import copy_files, files_below, is_hidden, is_inside, is_plain, tree_of
from emendata.data.values import as_text
from emendata.errors import InputError, PatchConflict
from emendata.files import explained, write_folder
from emendata.records import Correction, Json

__all__ = ["LABEL", "ByFile", "restore_folder", "rewrite_folder", "with_raw"]

LABEL = "label"
"""The column that holds the class of each file."""


class ByFile:
    """The rows of a folder, which corrections find by the names of their files."""

    def __init__(self, layout: Layout, files: Sequence[str]) -> None:
        self._layout = layout
        self._files = files
        self._rows = {name: row for row, name in enumerate(layout.names)}

    def before(self, corrections: Sequence[Correction]) -> list[int | None]:
        """Return the rows of the files that corrections are about."""
        return [self._rows.get(_name(c)) if c.raw else c.row for c in corrections]

    def after(self, corrections: Sequence[Correction]) -> list[int | None]:
        """Return the rows of the files that moved; files whose class stayed are where they were."""
        wanted = _wanted(self._layout, corrections)
        now = {**{name: name for name in wanted}, **found_again(self._files, wanted)}
        return [None if c.column is None else self._rows.get(now[_name(c)] or "") for c in corrections]


def with_raw(folder: Path, corrections: Sequence[Correction]) -> list[Correction]:
    """Return the corrections with the name of each file, and the bytes of dropped ones, as JSON."""
    names = layout_of(tree_of(folder)).names
    return [replace(c, raw=_raw(folder, names[c.row], drops=c.column is None)) for c in corrections]


def rewrite_folder(
    folder: Path, target: Path, corrections: Sequence[Correction], table_endings: tuple[str, ...]
) -> None:
    """Write a copy of a folder with the corrections made, unless it would then be read as something else."""
    tree = tree_of(folder)
    layout = layout_of(tree)
    named = [c if c.raw else replace(c, raw=_raw(folder, layout.names[c.row])) for c in corrections]
    if strange := {_name(c) for c in named} - set(layout.names):
        raise PatchConflict(f"{folder.name} has no file {min(strange)!r}. Nothing was written.")
    dropped = {_name(c) for c in named if c.column is None}
    new_names = moved(tree.files, _wanted(layout, named))
    seen = [new_names.get(name, name) for name in tree.files if name not in dropped]
    refuse_other_kind(folder.name, tree, replace(tree, files=tuple(seen)), table_endings)
    names = {name: name for name in files_below(folder) if name not in dropped}
    with write_folder(target) as temporary:
        copy_files(folder, temporary, names | new_names)


def restore_folder(corrected: Path, target: Path, corrections: Sequence[Correction]) -> None:
    """Write a copy of a corrected folder with the corrections taken back."""
    tree = tree_of(corrected)
    found = found_again(tree.files, _wanted(layout_of(tree), corrections))
    back = {now: old for old, now in found.items() if now is not None}
    names = {name: back.get(name, name) for name in files_below(corrected)}
    dropped = {_name(c): _data(c) for c in corrections if c.column is None}
    if len({*names.values(), *dropped}) < len(names) + len(dropped):
        raise PatchConflict(
            f"{corrected.name} has files where the patch puts others back. "
            "Give the corrected folder as it was written. Nothing was written."
        )
    with write_folder(target) as temporary:
        copy_files(corrected, temporary, names)
        for name, data in dropped.items():
            goal = temporary / name
            with explained(goal):
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.write_bytes(data)


def _wanted(layout: Layout, corrections: Sequence[Correction]) -> dict[str, str]:
    """Return which name each relabelled file would have if there were no others."""
    relabels = [c for c in corrections if c.column is not None]
    return {_name(c): layout.relabelled(_name(c), _class(c, layout)) for c in relabels}


def _class(correction: Correction, layout: Layout) -> str | None:
    if correction.column != LABEL:
        raise InputError(
            f"Row {correction.row:,}: only column {LABEL!r} of a folder can be corrected, not {correction.column!r}. "
            "Take that line out of the patch."
        )
    if correction.new is None:
        return None
    name = as_text(correction.new)
    if name not in layout.classes and (is_hidden(name) or not is_plain(name) or not name.strip()):
        raise InputError(
            f"Row {correction.row:,}: {name!r} cannot be the name of a folder, which a class here must be. "
            "Give it another name in the patch."
        )
    return name


def _raw(folder: Path, name: str, *, drops: bool = False) -> str:
    if not drops:
        return json.dumps({"file": name}, ensure_ascii=False)
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} is to be dropped and cannot be read, so it could not be put back. Change its permissions first."
        ) from error
    return json.dumps({"file": name, "data": base64.b64encode(data).decode()}, ensure_ascii=False)


def _name(correction: Correction) -> str:
    name = _fields(correction).get("file")
    if not isinstance(name, str) or not is_inside(name, PurePath):
        raise _without(correction, "the name of its file")
    return name


def _data(correction: Correction) -> bytes:
    try:
        return base64.b64decode(_fields(correction)["data"], validate=True)
    except (KeyError, TypeError, binascii.Error) as error:
        raise _without(correction, "the bytes of its file") from error


def _fields(correction: Correction) -> dict[str, Json]:
    try:
        fields = json.loads(correction.raw or "")
    except ValueError as error:
        raise _without(correction, "the name of its file") from error
    return fields if isinstance(fields, dict) else {}


def _without(correction: Correction, what: str) -> PatchConflict:
    return PatchConflict(
        f"The patch lacks {what} for row {correction.row:,}. Give it as emendata fix wrote it. Nothing was written."
    )
