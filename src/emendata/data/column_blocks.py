"""Columns that belong together: the numbers of an embedding, and the probabilities of classes, one for each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.source import Verdict
from emendata.data.values import as_text
from emendata.records import Role

__all__ = ["SHORTEST_EMBEDDING", "all_columns_of_classes", "column_blocks", "columns_of_classes"]

SHORTEST_EMBEDDING = 8
"""Fewer numbers side by side are taken for numbers of their own."""

_EMBEDDING_NAME = re.compile(
    r"((?:.*[_\W])?(?:emb|embs|embed|embedding|embeddings|vec|vector)s?)[_\W]*\d+[_\W]*", re.IGNORECASE
)
_TOLERANCE = 0.02  # as in tasks/soundness.py
_LOWEST = -1e-6
_MOSTLY = 0.9  # part of the rows that are sound, of those that hold any number
_MOST_CLASSES = 2_000


def column_blocks(table: pa.Table, given: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Return the roles of columns that are parts of one thing; those that are ``given`` have theirs.

    Examples
    --------
    >>> table = pa.table({"y": ["cat", "dog"], "p_cat": [0.9, 0.2], "p_dog": [0.1, 0.8]})
    >>> column_blocks(table, {"y": (Role.LABEL, "")})["p_dog"][1]
    "the probability of class 'dog'"
    """
    return {**_embeddings(table), **_probabilities(table, given)}


def columns_of_classes(names: Sequence[str], classes: Sequence[str]) -> Mapping[str, str] | None:
    """Return for each class the column that is named for it, all in the same way, or None.

    Examples
    --------
    >>> columns_of_classes(["id", "p_cat", "p_dog"], ["cat", "dog"])
    {'cat': 'p_cat', 'dog': 'p_dog'}
    >>> columns_of_classes(["prob[1]", "prob[0]"], ["0", "1"])
    {'0': 'prob[0]', '1': 'prob[1]'}
    >>> columns_of_classes(["cat", "p_dog"], ["cat", "dog"]) is None
    True
    """
    return next(iter(all_columns_of_classes(names, classes)), None)


def all_columns_of_classes(names: Sequence[str], classes: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Yield for each way of naming columns for all classes which column stands for which class.

    True and false may be written in lower case, in upper case and with a capital.

    Examples
    --------
    >>> [list(found.values()) for found in all_columns_of_classes(["m_0", "m_1", "n_0", "n_1"], ["0", "1"])]
    [['m_0', 'm_1'], ['n_0', 'n_1']]
    >>> next(all_columns_of_classes(["p_True", "p_False"], ["false", "true"]))
    {'false': 'p_False', 'true': 'p_True'}
    """
    known = set(names)
    for words in _spellings(classes):
        for before, behind in _affixes(names, max(words, key=len)):
            found = [f"{before}{word}{behind}" for word in words]
            if known.issuperset(found):
                yield dict(zip(classes, found, strict=True))


def _spellings(classes: Sequence[str]) -> list[list[str]]:
    """Return the ways in which names of columns may spell the classes, without any for no classes."""
    if not classes:
        return []
    ways = [list(classes)]
    if {word.lower() for word in classes} == {"true", "false"} and len(classes) == 2:
        changes: tuple[Callable[[str], str], ...] = (str.lower, str.capitalize, str.upper)
        ways += [way for change in changes if (way := list(map(change, classes))) not in ways]
    return ways


def _affixes(names: Sequence[str], word: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each occurrence of a word in a name, each pair once."""
    seen = set()
    for name in names:
        at = name.find(word)
        while at >= 0:
            pair = name[:at], name[at + len(word) :]
            if pair not in seen:
                seen.add(pair)
                yield pair
            at = name.find(word, at + 1)


def _embeddings(table: pa.Table) -> dict[str, Verdict]:
    """Return the columns that are numbered parts of a vector, by their names."""
    runs: dict[str, list[str]] = {}
    for field in table.schema:
        if kinds.is_floating(field.type) and (match := _EMBEDDING_NAME.fullmatch(field.name)):
            runs.setdefault(match[1], []).append(field.name)
    return {
        name: (Role.EMBEDDING, f"one of the {len(run)} numbers of an embedding")
        for run in runs.values()
        if len(run) >= SHORTEST_EMBEDDING
        for name in run
    }


def _probabilities(table: pa.Table, given: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Return the columns that hold the probabilities of the label's classes, by their names and values."""
    label = next((name for name, (role, _) in given.items() if role == Role.LABEL), None)
    if label is None:
        return {}
    classes = [as_text(value) for value in pc.unique(table[label]).to_pylist() if value is not None]
    if not 1 < len(classes) <= _MOST_CLASSES:
        return {}
    numbers = [
        field.name for field in table.schema if kinds.is_floating(field.type) and field.name not in given
    ]
    sound: dict[str, Verdict] = {}
    nearly: dict[str, Verdict] = {}
    for found in all_columns_of_classes(numbers, classes):
        fault = _fault(table, list(found.values()))
        if fault is None:
            continue
        for word, name in found.items():
            if fault:
                nearly[name] = (Role.IGNORE, f"named like the probability of class {word!r}, and {fault}")
            else:
                sound[name] = (Role.PROBABILITY, f"the probability of class {word!r}")
    return {**nearly, **sound}


def _fault(table: pa.Table, names: Sequence[str]) -> str | None:
    """Return what is wrong with columns of probabilities, "" if nothing is, None if they are something else.

    Rows are sound if they hold numbers in [0, 1] that sum to one. Columns are something else if fewer than nine of ten
    rows are, of those that hold any number.
    """
    total, are_sound = np.zeros(table.num_rows), np.ones(table.num_rows, bool)
    hold_any, are_whole = np.zeros(table.num_rows, bool), np.ones(table.num_rows, bool)
    n_between = 0
    for name in names:
        values = np.asarray(
            pc.cast(table[name], pa.float64()).to_numpy(), np.float64
        )  # NaN where it is missing
        are_there = ~np.isnan(values)
        hold_any |= are_there
        are_whole &= are_there
        are_sound &= (values >= _LOWEST) & (values <= 1 + _TOLERANCE)
        n_between += int(np.count_nonzero((values > 0) & (values < 1)))
        total += values
    are_sound &= np.abs(total - 1) <= _TOLERANCE
    if not hold_any.any() or are_sound.sum() < _MOSTLY * hold_any.sum():
        return None
    if not are_whole.all():
        return "some are missing"
    if not are_sound.all():
        return "some rows are no probabilities that sum to one"
    return "" if n_between else "there are only zeros and ones"
