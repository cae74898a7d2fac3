"""Rules of a dataset as pandera reads them: a Python file with a schema."""

from collections.abc import Sequence

from emendata.corrections.rules import Rule

__all__ = ["pandera_code"]

_DETERMINES = '''

def determines(on, of, known):
    """Check that rows which agree in some columns agree in another, in the known value where there is one."""

    def holds(frame):
        once = frame.groupby(on, observed=True)[of].transform("nunique").fillna(0) <= 1
        cells = zip(*(frame[name] for name in on))
        right = [pd.isna(value) or known.get(one, value) == value for one, value in zip(cells, frame[of])]
        return once & pd.Series(right, frame.index, dtype=bool)

    return pa.Check(holds, name=f"{' and '.join(on)} determines {of}")

'''

_FOLLOWS = '''

def not_before(given, of):
    """Check that no date of a column is before that of another in its row."""

    def holds(frame):
        first, second = (pd.to_datetime(frame[name], format="ISO8601", utc=True) for name in (given, of))
        return (first <= second) | first.isna() | second.isna()

    return pa.Check(holds, name=f"{given} is not after {of}")

'''


_BETWEEN_COLUMNS = {"determined": _DETERMINES, "not_before": _FOLLOWS}


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
    between = [rule for rule in rules if rule.kind in _BETWEEN_COLUMNS]
    used = {rule.kind for rule in between}
    head = f"Rules of {name}, learned by emendata from its corrected rows."
    lines = [f"# {' '.join(head.split())}", ""]
    if between:
        lines.append("import pandas as pd")
    lines.append("import pandera.pandas as pa")
    for kind, code in _BETWEEN_COLUMNS.items():
        lines += code.splitlines() if kind in used else ()
    lines += ["", "schema = pa.DataFrameSchema(", "    {"]
    lines += [f"        {column!r}: {_column(found)}," for column, found in columns.items()]
    lines.append("    }" if not between else "    },")
    if between:
        lines += ["    checks=[", *(f"        {_check(rule)}," for rule in between), "    ],"]
    return "\n".join([*lines, ")", ""])


def _column(rules: Sequence[Rule]) -> str:
    by_kind = {rule.kind: rule for rule in rules}
    words = [f"nullable={'not_null' not in by_kind}"]
    if "unique" in by_kind:
        words.append("unique=True")
    checks = []
    if "in_set" in by_kind:
        checks.append(f"pa.Check.isin({list(by_kind['in_set'].values)!r})")
    if "between" in by_kind:
        low, high = by_kind["between"].values
        checks.append(f"pa.Check.between({low!r}, {high!r})")
    if "matches" in by_kind:
        checks.append(f"pa.Check.str_matches({by_kind['matches'].values[0]!r})")
    if checks:
        words.append(f"checks=[{', '.join(checks)}]")
    return f"pa.Column({', '.join(words)})"


def _check(rule: Rule) -> str:
    if rule.kind == "not_before":
        return f"not_before({rule.given[0]!r}, {rule.column!r})"
    known = {tuple(pair[:-1]): pair[-1] for pair in rule.values}
    return f"determines({list(rule.given)!r}, {rule.column!r}, {known!r})"
