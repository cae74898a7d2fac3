"""Which columns determine a corrected one, without an exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.types as kinds

from emendata.corrections.format_rules import are_numbers
from emendata.data.values import readable
from emendata.records import Json

if TYPE_CHECKING:
    from emendata.pipeline import Outcome

__all__ = ["dependencies_on", "known_pairs"]

_MOST = 10  # dependencies of one column
_MOST_KNOWN = 1_000  # combinations that a rule lists


def dependencies_on(column: str, outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """Return the columns that nearly determine a column, as an audit found them: single ones, then pairs."""
    found = [
        (tuple(one["on"]), one["error"])
        for outcome in outcomes
        if outcome.check.name == "broken_dependency" and outcome.findings is not None
        for one in outcome.findings.facts.get("dependencies", ())
        if one["of"] == column
    ]
    return [given for given, _ in sorted(found, key=lambda one: (len(one[0]), one[1]))][:_MOST]


def known_pairs(table: pa.Table, given: tuple[str, ...], column: str) -> tuple[Json, ...] | None:
    """Return which values of some columns go with which of another, or None where they go with several.

    There are none to list where there are more than a thousand, or where tools read the values in several ways: dates,
    and numbers that are kept as texts.

    Examples
    --------
    >>> places = pa.table({"zip": [1, 1, 2, None], "city": ["Bo", "Bo", "Ra", "Ra"], "x": [1, 2, 3, 4]})
    >>> known_pairs(places, ("zip",), "city"), known_pairs(places, ("zip",), "x")
    (((1, 'Bo'), (2, 'Ra')), None)
    """
    names = [*given, column]
    if not set(names) <= set(table.column_names):
        return None
    known = table.select(names).drop_null()
    pairs = known.group_by(names).aggregate([]).sort_by([(name, "ascending") for name in names])
    if pairs.num_rows != known.group_by(list(given)).aggregate([]).num_rows or not pairs.num_rows:
        return None
    if pairs.num_rows > _MOST_KNOWN or not all(map(_is_read_alike, pairs.columns)):
        return ()
    return tuple(tuple(map(readable, row.values())) for row in pairs.to_pylist())


def _is_read_alike(values: pa.ChunkedArray) -> bool:
    if kinds.is_string(values.type):
        return not are_numbers(values.to_pylist())
    return not bool(kinds.is_temporal(values.type))
