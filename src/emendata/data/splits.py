"""Datasets that come in splits, as one: their rows one after the other, and a column that says which split it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np
import pyarrow as pa

from emendata.data.media import Media
from emendata.data.source import Reading, Verdict
from emendata.errors import InputError
from emendata.records import Correction, Role

__all__ = ["SPLITS", "TEST_SPLITS", "by_part", "joined", "part_of", "starts_of"]

SPLITS = frozenset(
    ("train", "training", "test", "testing", "val", "valid", "validation", "dev", "eval", "holdout")
)
"""Words for the parts of a dataset, in lower case."""

TEST_SPLITS = frozenset(("test", "testing", "eval", "evaluation", "holdout", "hold-out", "held-out"))
"""Those by which models are measured."""


def joined(parts: Mapping[str, Reading]) -> Reading:
    """Return the readings of several splits as one, with a column of their names.

    It is called ``split``, with underscores behind it if there is such a column. Cells of columns that a split
    lacks are missing.

    Raises
    ------
    InputError
        If a column has types in two splits that cannot stand in one column.

    Examples
    --------
    >>> train, test = (Reading(pa.table({"x": values})) for values in ([1, 2], [3]))
    >>> joined({"train": train, "test": test}).table.to_pydict()
    {'x': [1, 2, 3], 'split': ['train', 'train', 'test']}
    """
    _refuse_other_types(parts)
    name = "split"
    while any(name in part.table.column_names for part in parts.values()):
        name += "_"
    tables = [
        part.table.append_column(name, pa.repeat(split, part.table.num_rows)) for split, part in parts.items()
    ]
    verdicts: dict[str, Verdict] = {name: (Role.SPLIT, "the splits that the dataset comes in")}
    for part in parts.values():
        verdicts |= part.verdicts
    table = pa.concat_tables(tables, promote_options="permissive")
    order = [*(column for column in table.column_names if column != name), name]
    return Reading(table.select(order), media=_joined_media(list(parts.values())), verdicts=verdicts)


def by_part(corrections: Sequence[Correction], sizes: Sequence[int]) -> list[list[Correction]]:
    """Return the corrections of each of several runs of rows, with rows counted from its start.

    Raises
    ------
    InputError
        If a correction is of a row that no run has.
    """
    starts = starts_of(sizes)
    parts: list[list[Correction]] = [[] for _ in sizes]
    for correction in corrections:
        if not 0 <= correction.row < sum(sizes):
            raise InputError(f"There is no row {correction.row:,} in a dataset of {sum(sizes):,} rows.")
        part = part_of(starts, correction.row)
        parts[part].append(replace(correction, row=correction.row - starts[part]))
    return parts


def starts_of(sizes: Sequence[int]) -> list[int]:
    """Return where each of several runs of rows begins."""
    return [0, *accumulate(sizes)][: len(sizes)]


def part_of(starts: Sequence[int], row: int) -> int:
    """Return which run a row is in."""
    return int(np.searchsorted(starts, row, side="right")) - 1


def _joined_media(parts: list[Reading]) -> dict[str, Media]:
    roles = {name: media.role for part in parts for name, media in part.media.items()}
    return {
        name: _one(role, [part.media.get(name) or _none(role, part) for part in parts])
        for name, role in roles.items()
    }


def _one(role: Role, parts: Sequence[Media]) -> Media:
    starts = starts_of([len(part) for part in parts])

    def place(row: int) -> tuple[Media, int]:
        part = part_of(starts, row)
        return parts[part], row - starts[part]

    def read(row: int) -> bytes | None:
        media, at = place(row)
        return media.read(at)

    def raw(row: int) -> bytes | None:
        media, at = place(row)
        return media.raw(at)

    return Media(role, sum(map(len, parts)), read, raw)


def _none(role: Role, part: Reading) -> Media:
    return Media(role, part.table.num_rows, lambda row: None)


def _refuse_other_types(parts: Mapping[str, Reading]) -> None:
    try:
        pa.unify_schemas([part.table.schema for part in parts.values()], promote_options="permissive")
    except pa.ArrowException as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(
            f"The splits {', '.join(map(repr, parts))} have columns of one name that differ ({why}). "
            "Save them alike, or audit one of them."
        ) from error
