"""Rules of a dataset as other tools read them: a pandera schema, a suite of Great Expectations."""

import json
from collections.abc import Sequence

from emendata.corrections.rules import Rule
from emendata.records import Json

__all__ = ["expectations_json", "pandera_code"]


def pandera_code(name: str, rules: Sequence[Rule]) -> str:
    """Return a Python file with one schema for data frames of pandas.

    Examples
    --------
    >>> rules = [Rule("not_null", "kind"), Rule("in_set", "kind", ("cat", "dog"))]
    >>> print(pandera_code("pets", rules).splitlines()[6].strip())
    'kind': pa.Column(nullable=False, checks=[pa.Check.isin(['cat', 'dog'])]),
    """
    columns: dict[str, list[Rule]] = {}
    for rule in rules:
        columns.setdefault(rule.column, []).append(rule)
    head = f"Rules of {name}, learned by emendata from its corrected rows."
    lines = [
        f"# {' '.join(head.split())}",
        "",
        "import pandera.pandas as pa",
        "",
        "schema = pa.DataFrameSchema(",
        "    {",
    ]
    lines += [f"        {column!r}: {_pandera_column(found)}," for column, found in columns.items()]
    return "\n".join([*lines, "    }", ")", ""])


def _pandera_column(rules: Sequence[Rule]) -> str:
    by_kind = {rule.kind: rule for rule in rules}
    words = [f"nullable={'not_null' not in by_kind}"]
    if "unique" in by_kind:
        words.append("unique=True")
    if "in_set" in by_kind:
        words.append(f"checks=[pa.Check.isin({list(by_kind['in_set'].values)!r})]")
    if "between" in by_kind:
        low, high = by_kind["between"].values
        words.append(f"checks=[pa.Check.between({low!r}, {high!r})]")
    return f"pa.Column({', '.join(words)})"


def expectations_json(name: str, rules: Sequence[Rule]) -> str:
    """Return a suite as Great Expectations keeps it, from version 1 on.

    Examples
    --------
    >>> suite = json.loads(expectations_json("pets", [Rule("between", "age", (0, 19))]))
    >>> suite["expectations"][0]["kwargs"]
    {'column': 'age', 'min_value': 0, 'max_value': 19}
    """
    suite = {"name": name, "expectations": [_expectation(rule) for rule in rules], "meta": {}}
    return json.dumps(suite, indent=1, ensure_ascii=False) + "\n"


def _expectation(rule: Rule) -> dict[str, Json]:
    kwargs: dict[str, Json] = {"column": rule.column}
    if rule.kind == "in_set":
        return {
            "type": "expect_column_values_to_be_in_set",
            "kwargs": kwargs | {"value_set": list(rule.values)},
        }
    if rule.kind == "between":
        low, high = rule.values
        ends = {"min_value": low, "max_value": high}
        return {"type": "expect_column_values_to_be_between", "kwargs": kwargs | ends}
    verb = "be_unique" if rule.kind == "unique" else "not_be_null"
    return {"type": f"expect_column_values_to_{verb}", "kwargs": kwargs}
