"""What holds in corrected data, as rules that the next rows can be held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.corrections.dependency_rules import dependencies_on, known_pairs
from emendata.corrections.format_rules import FORMAT_CHECKS, are_numbers, text_pattern
from emendata.corrections.order_rules import dates_before
from emendata.data import Dataset
from emendata.data.values import readable
from emendata.records import Correction, Json, Role

if TYPE_CHECKING:
    from emendata.pipeline import Outcome

__all__ = ["Rule", "learn_rules"]

_MOST_VALUES = 50
_ROWS_A_VALUE = 5  # on average, from which on a column is taken to have no others
_SETS = (Role.LABEL, Role.CATEGORY, Role.SPLIT, Role.GROUP)


@dataclass(frozen=True)
class Rule:
    """One statement on a column.

    It has no gap (``not_null``), no value twice (``unique``), only these ``values`` (``in_set``), only values in this
    range (``between``), or only texts that match this regular expression (``matches``); or rows that agree in the
    columns ``given`` agree in it (``determined``), and then ``values`` are the combinations that are known, its own
    value last; or its date is never before that of the column ``given`` (``not_before``).
    """

    kind: Literal["not_null", "unique", "in_set", "between", "matches", "determined", "not_before"]
    column: str
    values: tuple[Json, ...] = ()
    given: tuple[str, ...] = ()


def learn_rules(
    dataset: Dataset,
    corrected: pa.Table,
    accepted: Sequence[Correction] = (),
    outcomes: Sequence[Outcome] = (),
) -> list[Rule]:
    """Return what holds in every row of the corrected table.

    Parameters
    ----------
    dataset : Dataset
        What columns are for.
    corrected : pyarrow.Table
        The rows that are right.
    accepted : sequence of Correction
        The changes that were made. A column in which the form of cells was mended has rules of its form, one in which
        a dependency was, has these dependencies, and dates that were mended have their order.
    outcomes : sequence of Outcome
        What the checks of the audit found, which tells what the changes were about.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> data = open_dataset({"x": [0.5, 2.5] * 20, "y": ["cat", "dog"] * 20}, label="y")
    >>> [(rule.kind, rule.column, rule.values) for rule in learn_rules(data, data.table)]
    [('not_null', 'x', ()), ('between', 'x', (0.5, 2.5)), ('not_null', 'y', ()), ('in_set', 'y', ('cat', 'dog'))]
    """
    behind = _checks_behind(accepted, outcomes)
    rules = []
    for column in dataset.columns:
        if column.name not in corrected.column_names or column.name in dataset.media:
            continue
        values, checks = corrected[column.name], behind.get(column.name, set())
        if not values.null_count:
            rules.append(Rule("not_null", column.name))
        if dataset.dialect.delimiter is not None and _are_texts_of_numbers(values):
            continue  # without types in the file, tools read such a column as numbers or as texts
        rules += _of_values(column.name, column.role, values, of_form=not checks.isdisjoint(FORMAT_CHECKS))
        if "broken_dependency" in checks:
            rules += [
                Rule("determined", column.name, pairs, given)
                for given in dependencies_on(column.name, outcomes)
                if (pairs := known_pairs(corrected, given, column.name)) is not None
            ]
        rules += [
            Rule("not_before", column.name, given=(before,))
            for before in dates_before(column.name, corrected, behind, outcomes)
        ]
    return rules


def _checks_behind(accepted: Sequence[Correction], outcomes: Sequence[Outcome]) -> Mapping[str, set[str]]:
    """Return for each column the checks that asked for the changes in it, whoever decided about these."""
    places = {(change.row, change.column) for change in accepted if change.column is not None}
    behind: dict[str, set[str]] = {}
    for change in accepted:
        if change.column is not None:
            behind.setdefault(change.column, set()).update(change.evidence.get("checks", ()))
    for outcome in outcomes:
        if outcome.findings is not None:
            for row, column in zip(outcome.findings.rows.tolist(), outcome.findings.columns, strict=True):
                if column is not None and (row, column) in places:
                    behind[column].add(outcome.check.name)
    return behind


def _are_texts_of_numbers(values: pa.ChunkedArray) -> bool:
    return kinds.is_string(values.type) and are_numbers(pc.unique(values.drop_null()).to_pylist())


def _of_values(name: str, role: Role, values: pa.ChunkedArray, *, of_form: bool) -> list[Rule]:
    known = values.drop_null()
    if not len(known) or kinds.is_nested(known.type):
        return []
    distinct = pc.unique(known)
    if role == Role.ID and len(distinct) == len(known):
        rules = [Rule("unique", name)]
    else:
        few = len(distinct) <= _MOST_VALUES and len(known) >= _ROWS_A_VALUE * len(distinct)
        if few and (role in _SETS or of_form):
            return [Rule("in_set", name, tuple(sorted(map(readable, distinct.to_pylist()), key=str)))]
        rules = []
    if of_form and kinds.is_string(known.type):
        pattern = text_pattern(known)
        return rules + ([Rule("matches", name, (pattern,))] if pattern is not None else [])
    if not rules and (kinds.is_integer(known.type) or kinds.is_floating(known.type)):
        ends = pc.min_max(known).as_py()
        return [Rule("between", name, (ends["min"], ends["max"]))]
    return rules
