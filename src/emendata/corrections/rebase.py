"""A patch for data that changed since it was made: what still fits is made, and what does not is said."""

import os
from dataclasses import dataclass, replace

from emendata.corrections.patch import Patch, make_patch
from emendata.data import Dataset, open_dataset
from emendata.data.locate import existing_source
from emendata.data.values import as_text, same_value
from emendata.errors import PatchConflict
from emendata.records import Correction

__all__ = ["Conflict", "Rebased", "rebase_patch"]


@dataclass(frozen=True)
class Conflict:
    """A correction that cannot be made, and why."""

    correction: Correction
    reason: str


@dataclass(frozen=True)
class Rebased:
    """A patch that fits the data as they are, how much of it was there already, and what does not fit any more."""

    patch: Patch
    n_there: int
    conflicts: tuple[Conflict, ...]


def rebase_patch(patch: Patch, source: str | os.PathLike[str]) -> Rebased:
    """Make a patch fit data that were reordered, grew, or were edited elsewhere.

    Rows are found by their ids. A cell is changed if it holds what the patch expects, left alone if it holds the new
    value already, and a conflict if it holds anything else. A row that is gone needs no removal.

    Parameters
    ----------
    patch : Patch
    source : path
        The data as they are today, in the format that the patch was made for.

    Raises
    ------
    PatchConflict
        If no row of the patch is found, as in another file.
    InputError
        If the file cannot be read.
    """
    data = open_dataset(
        existing_source(source),
        label=patch.label,
        encoding=patch.encoding,
        delimiter=patch.delimiter,
        table=patch.table,
    )
    places = _places(patch, data)
    made, conflicts, n_there = [], [], 0
    for correction in patch.corrections:
        row = places.get(correction.id)
        if row is None and correction.column is None:
            n_there += 1
        elif row is None:
            conflicts.append(
                Conflict(correction, f"Row {correction.id} is gone, or changed beyond recognition.")
            )
        elif correction.column is None:
            made.append(replace(correction, row=row, raw=None))
        elif (why := _misfit(data, row, correction)) is not None:
            conflicts.append(Conflict(correction, why))
        elif same_value(_cell(data, row, correction), correction.new):
            n_there += 1
        else:
            made.append(replace(correction, row=row, raw=None))
    if patch.corrections and places.keys().isdisjoint(c.id for c in patch.corrections):
        raise PatchConflict(
            f"None of the {len(patch.corrections):,} corrections fits {data.name}. It was made for {patch.source}: "
            "give that file, or a later version of it."
        )
    return Rebased(make_patch(data, made, patch.certificate), n_there, tuple(conflicts))


def _places(patch: Patch, data: Dataset) -> dict[str, int]:
    """Return where rows stand, by the ids that the patch calls them: those of any column that holds them all."""
    own = {name: row for row, name in enumerate(data.row_ids())}
    wanted = {correction.id for correction in patch.corrections}
    best = own
    for column in data.table.columns:
        names = list(map(as_text, column.to_pylist())) if wanted - set(best) else []
        if len(set(names)) == len(names) and len(wanted & set(names)) > len(wanted & set(best)):
            best = {name: row for row, name in enumerate(names)}
    return best


def _cell(data: Dataset, row: int, correction: Correction) -> object:
    assert correction.column is not None
    return data.table[correction.column][row].as_py()


def _misfit(data: Dataset, row: int, correction: Correction) -> str | None:
    name = correction.column
    if name not in data.table.column_names:
        return f"There is no column {name!r} any more."
    found = data.table[name][row].as_py()
    if same_value(found, correction.old) or same_value(found, correction.new):
        return None
    return (
        f"Row {row:,} ({correction.id}) has {as_text(found)!r} in column {name!r}, where the patch knows "
        f"{as_text(correction.old)!r} and wants {as_text(correction.new)!r}."
    )
