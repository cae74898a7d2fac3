"""Rules of a dataset as Great Expectations keeps them: a suite, for version 1.9 and later."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from emendata.corrections.rules import Rule
from emendata.records import Json

__all__ = ["expectations_json", "without_words"]

_MOST = 500  # expectations for one dependency
_KINDS = {
    "not_null": "expect_column_values_to_not_be_null",
    "unique": "expect_column_values_to_be_unique",
    "in_set": "expect_column_values_to_be_in_set",
    "between": "expect_column_values_to_be_between",
    "matches": "expect_column_values_to_match_regex",
}


def expectations_json(name: str, rules: Sequence[Rule]) -> str:
    """Return a suite.

    There is no expectation for a dependency between columns, so there is one for each known value: in rows with one of
    these values there stands this value here.

    Examples
    --------
    >>> suite = json.loads(expectations_json("pets", [Rule("between", "age", (0, 19))]))
    >>> suite["expectations"][0]["kwargs"]
    {'column': 'age', 'min_value': 0, 'max_value': 19}
    """
    said = [expectation for rule in rules for expectation in _expectations(rule)]
    return json.dumps({"name": name, "expectations": said, "meta": {}}, indent=1, ensure_ascii=False) + "\n"


def without_words(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules that a suite cannot say: dependencies of too many values, or of true and false."""
    return [rule for rule in rules if not any(True for _ in _expectations(rule))]


def _expectations(rule: Rule) -> Iterator[dict[str, Json]]:
    if rule.kind == "determined":
        yield from _of_dependency(rule)
        return
    if rule.kind == "not_before":
        pair = {"column_A": rule.column, "column_B": rule.given[0]}
        options = {"or_equal": True, "ignore_row_if": "either_value_is_missing"}
        yield {"type": "expect_column_pair_values_a_to_be_greater_than_b", "kwargs": pair | options}
        return
    kwargs: dict[str, Json] = {"column": rule.column}
    if rule.kind == "in_set":
        kwargs["value_set"] = list(rule.values)
    elif rule.kind == "between":
        kwargs["min_value"], kwargs["max_value"] = rule.values
    elif rule.kind == "matches":
        kwargs["regex"] = rule.values[0]
    yield {"type": _KINDS[rule.kind], "kwargs": kwargs}


def _of_dependency(rule: Rule) -> Iterator[dict[str, Json]]:
    """Yield what a suite says of each known value, and of each first one where two columns determine it."""

    def outer(pair: Sequence[Json]) -> tuple[str, str]:
        return repr(pair[-1]), repr(pair[:-2])

    groups = [list(found) for _, found in groupby(sorted(rule.values, key=outer), key=outer)]
    if len(groups) > _MOST or any(isinstance(value, bool) for pair in rule.values for value in pair[:-1]):
        return
    for pairs in groups:
        *first, last = rule.given
        conditions = [_condition(name, "==", value) for name, value in zip(first, pairs[0], strict=False)]
        conditions.append(_condition(last, "IN", [pair[-2] for pair in pairs]))
        row_condition = conditions[0] if len(conditions) == 1 else {"type": "and", "conditions": conditions}
        kwargs = {
            "column": rule.column,
            "value_set": [pairs[0][-1]],
            "row_condition": row_condition,
        }
        yield {"type": _KINDS["in_set"], "kwargs": kwargs}


def _condition(column: str, operator: str, value: Json) -> dict[str, Json]:
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": value}
