"""What each column of a table is for, and why it was taken so."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import count, takewhile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.column_blocks import column_blocks
from emendata.data.source import Verdict
from emendata.data.splits import SPLITS
from emendata.data.text_roles import GROUPS, NAMED_LIKE_ID, role_of_ids, role_of_strings
from emendata.errors import InputError, UnknownName
from emendata.records import Column, Role

__all__ = ["NAMED", "SAID", "infer_columns"]

NAMED = "named as the label"
SAID = "you said so"

_SPLIT_NAME = re.compile(r"(.*[_\W])?(split|fold|subset|partition|set)", re.IGNORECASE)
_FOLD_NAME = re.compile(r"(.*[_\W])?(split|fold)|is_?(train|training|test|val|validation)", re.IGNORECASE)
_TRAIN = frozenset({"train", "training"})
_ANNOTATOR_NAME = re.compile(
    r"(?!(n|num|no[_\W]?of|number[_\W]?of|count([_\W]?of)?)[_\W])"  # these count them
    r"(.*[_\W])?(annotator|labell?er|rater)s?([_\W]?(id|name|no|number))?",
    re.IGNORECASE,
)
_WEIGHT_NAME = re.compile(r"(sample|instance|example|row|case|survey)[_\W]?weights?|fnlwgt", re.IGNORECASE)
_N_FOLDS = 20
_CODE_NAME = re.compile(r"(.*[_\W])?(code|zip|zip_?code|post_?code|fips|plz)", re.IGNORECASE)
_N_COUNTED = 20  # fewer whole numbers than this may count up by chance


def infer_columns(
    table: pa.Table,
    *,
    label: str | None = None,
    roles: Mapping[str, str] | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
) -> tuple[Column, ...]:
    """Return the role of every column with a reason in plain words.

    Parameters
    ----------
    table : pyarrow.Table of shape (n_rows, n_columns)
        With the types of `emendata.data.dataset.Dataset`.
    label : str, optional
        Name of the label column; none is ever guessed.
    roles : mapping of str to str, optional
        Roles by column name that override what the values look like; that of a column of vectors, which stands in
        ``NAME_0``, ``NAME_1`` and so on, holds for all of these.
    verdicts : mapping of str to Verdict, optional
        What the source itself says of its columns; its label gives way to one that is named.

    Raises
    ------
    UnknownName
        If a named column or role does not exist.
    InputError
        If two columns are named as the label.

    Examples
    --------
    >>> table = pa.table({"age": [31.5, 40.0], "mood": ["up", "down"]})
    >>> for column in infer_columns(table, label="mood"):
    ...     print(column.name, column.role.value, column.reason, sep=": ")
    age: number: numbers
    mood: label: named as the label
    """
    given = _given(table.column_names, label, roles or {})
    taken = {Role.LABEL} if any(role == Role.LABEL for role, _ in given.values()) else set()
    said = {name: verdict for name, verdict in (verdicts or {}).items() if verdict[0] not in taken}
    given = {**said, **given}
    given = {**column_blocks(table, given), **given}
    return _one_group([_column(name, table[name], given.get(name)) for name in table.column_names])


def _one_group(columns: list[Column]) -> tuple[Column, ...]:
    """Keep the first column that looks like groups: rows that share either of two are soon all rows."""
    found = [column for column in columns if column.role == Role.GROUP and column.reason == GROUPS]
    named = any(column.role == Role.GROUP and column.reason != GROUPS for column in columns)
    others = found if named else found[1:]
    return tuple(
        replace(column, role=Role.ID, reason="named like an id") if column in others else column
        for column in columns
    )


def _given(names: list[str], label: str | None, roles: Mapping[str, str]) -> dict[str, Verdict]:
    given = _given_roles(
        names, {str(name): role for name, role in roles.items()}
    )  # frames have whole numbers, too
    if label is not None:
        label = str(label)
        _refuse_vectors(label, names)
        if label not in names:
            raise UnknownName.among("column", label, names)
        if given.get(label, (Role.LABEL, ""))[0] != Role.LABEL:
            raise InputError(
                f"Column {label!r} is named as the label and as {given[label][0].value}. Drop one of them."
            )
        given[label] = (Role.LABEL, NAMED)
    labels = [name for name, (role, _) in given.items() if role == Role.LABEL]
    if len(labels) > 1:
        raise InputError(f"The columns {', '.join(map(repr, labels))} are all named as the label. Name one.")
    return given


def _given_roles(names: list[str], roles: Mapping[str, str]) -> dict[str, Verdict]:
    given: dict[str, Verdict] = {}
    for name, role in roles.items():
        parts = [name] if name in names else _parts(name, names)
        if not parts:
            raise UnknownName.among("column", name, names)
        if role not in [known.value for known in Role]:
            raise UnknownName.among("role", str(role), [known.value for known in Role])
        if role == Role.LABEL:
            _refuse_vectors(name, names)
        given |= {part: (Role(role), SAID) for part in parts if part == name or part not in roles}
    return given


def _parts(name: str, names: list[str]) -> list[str]:
    """Return the columns ``NAME_0``, ``NAME_1`` and so on that the numbers of vectors stand in, if there are two."""
    known = set(names)
    counted = (f"{name}_{i}" for i in count())
    parts = list(takewhile(known.__contains__, counted))
    return parts if len(parts) > 1 else []


def _refuse_vectors(label: str, names: list[str]) -> None:
    """Raise `InputError` if a label is no column but the name of vectors."""
    if label not in names and (parts := _parts(label, names)):
        raise InputError(
            f"Column {label!r} holds vectors, here {parts[0]!r} to {parts[-1]!r}, and a label is one value a row: name "
            "another column."
        )


def _column(name: str, values: pa.ChunkedArray, given: Verdict | None) -> Column:
    signless = pc.add(values, 0.0) if kinds.is_floating(values.type) else values  # 0.0 for -0.0
    n_distinct = int(pc.count_distinct(signless, mode="only_valid").as_py())
    role, reason = given or _infer(name, values, n_distinct)
    return Column(name, role, reason, int(values.null_count), n_distinct)


def _infer(name: str, values: pa.ChunkedArray, n_distinct: int) -> Verdict:
    if n_distinct == 0:
        return Role.IGNORE, "every cell is missing"
    if n_distinct == 1 and values.null_count == 0 and len(values) > 1:
        return Role.IGNORE, "every cell is the same"
    if n_distinct <= _N_FOLDS and _are_splits(name, values):
        return Role.SPLIT, "says which split a row belongs to"
    if _ANNOTATOR_NAME.fullmatch(name) and n_distinct < len(values):
        return Role.ANNOTATOR, "named like those who gave the labels"
    if _WEIGHT_NAME.fullmatch(name) and _are_weights(values):
        return Role.WEIGHT, "named like the weights of rows"
    if kinds.is_timestamp(values.type):
        return Role.DATE, "dates"
    if kinds.is_boolean(values.type):
        return Role.CATEGORY, "true or false"
    if kinds.is_string(values.type):
        return role_of_strings(name, values, n_distinct)
    return _role_of_numbers(name, values, n_distinct)


def _are_splits(name: str, values: pa.ChunkedArray) -> bool:
    """Tell whether values are words for the parts of a dataset, or number parts that the name speaks of."""
    if kinds.is_timestamp(values.type):
        return False
    if not kinds.is_string(values.type):
        return _FOLD_NAME.fullmatch(name) is not None and _are_whole(values)
    words = {str(value).strip().lower() for value in pc.unique(values.drop_null()).to_pylist()}
    return words <= SPLITS and (_SPLIT_NAME.fullmatch(name) is not None or not words.isdisjoint(_TRAIN))


def _are_weights(values: pa.ChunkedArray) -> bool:
    if not (kinds.is_integer(values.type) or kinds.is_floating(values.type)):
        return False
    ends = pc.min_max(values).as_py()
    return bool(ends["min"] >= 0 and ends["max"] > 0)


def _are_whole(values: pa.ChunkedArray) -> bool:
    if not kinds.is_floating(values.type):
        return True
    return bool(pc.all(pc.equal(pc.floor(values), values)).as_py())


def _role_of_numbers(name: str, values: pa.ChunkedArray, n_distinct: int) -> Verdict:
    n = len(values) - values.null_count
    if not _are_whole(values):
        return Role.NUMBER, "numbers"
    if _CODE_NAME.fullmatch(name) and n_distinct <= 0.5 * n:
        return Role.CATEGORY, "whole numbers, and named like a code"
    unique = n_distinct == len(values)
    if NAMED_LIKE_ID.fullmatch(name) and n_distinct == n:
        return Role.ID, "whole numbers, and named like an id"
    if found := role_of_ids(name, n_distinct, n):
        return found
    if unique and n >= _N_COUNTED and _counts_up(values):
        return Role.ID, "whole numbers that count up by one"
    return Role.NUMBER, "whole numbers"


def _counts_up(values: pa.ChunkedArray) -> bool:
    ends = pc.min_max(values).as_py()
    if ends["max"] - ends["min"] != len(values) - 1:
        return False
    array = values.combine_chunks()
    return bool(pc.all(pc.greater(array.slice(1), array.slice(0, len(array) - 1))).as_py())
