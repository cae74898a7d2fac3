"""Columns that belong together: the numbers of an embedding, and the probabilities of classes, one for each."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.source import Verdict
from emendata.data.values import as_text
from emendata.records import Role

__all__ = ["column_blocks", "columns_of_classes", "probabilities_in"]

_EMBEDDING_NAME = re.compile(
    r"((?:.*[_\W])?(?:emb|embs|embed|embedding|embeddings|vec|vector)s?)[_\W]*\d+[_\W]*", re.IGNORECASE
)
_SHORTEST_EMBEDDING = 8
_TOLERANCE = 0.02
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
    if not classes:
        return None
    known = set(names)
    longest = max(classes, key=len)
    for before, behind in _affixes(names, longest):
        found = {name: f"{before}{name}{behind}" for name in classes}
        if known.issuperset(found.values()):
            return found
    return None


def probabilities_in(table: pa.Table, classes: Sequence[str]) -> Mapping[str, str] | None:
    """Return for each class the column with its probabilities, None if there are no such columns.

    Columns count if they are named for all classes in the same way, and hold numbers in [0, 1] that sum to one.
    """
    if not 1 < len(classes) <= _MOST_CLASSES:
        return None
    numbers = [field.name for field in table.schema if kinds.is_floating(field.type)]
    found = columns_of_classes(numbers, classes)
    if found is None or any(table[name].null_count for name in found.values()):
        return None
    total = np.zeros(table.num_rows)
    for name in found.values():
        values = table[name].to_numpy()
        if values.min() < 0 or values.max() > 1 + _TOLERANCE:
            return None
        total += values
    return found if np.abs(total - 1).max() <= _TOLERANCE else None


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
        if len(run) >= _SHORTEST_EMBEDDING
        for name in run
    }


def _probabilities(table: pa.Table, given: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Return the columns that hold the probabilities of the label's classes, by their names and values."""
    label = next((name for name, (role, _) in given.items() if role == Role.LABEL), None)
    if label is None:
        return {}
    others = table.select([name for name in table.column_names if name not in given])
    classes = [as_text(value) for value in pc.unique(table[label]).to_pylist() if value is not None]
    found = probabilities_in(others, classes) or {}
    return {name: (Role.PROBABILITY, f"the probability of class {word!r}") for word, name in found.items()}
