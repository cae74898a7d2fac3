"""Letters that errors put in the place of others, again and again, as a broken reader or writer does."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from emendata.records import IntArray

__all__ = ["common_intruders", "unmasked"]

_FEWEST = 5  # texts in which a letter stands for others
_SHARE = 0.2  # part of all replaced letters that became this one
_LIFT = 5.0  # times as often as the letter is usual


def common_intruders(pairs: Iterable[tuple[str, str]], usual: Iterable[tuple[str, int]]) -> frozenset[str]:
    """Return the letters that take the place of others far more often than they are usual.

    Parameters
    ----------
    pairs : iterable of (str, str)
        A text with an error and what it probably was.
    usual : iterable of (str, int)
        Right texts, and how often each is there.

    Examples
    --------
    >>> words = ["house", "garden", "street", "window", "table"]
    >>> pairs = [(word.replace("e", "x").replace("i", "x"), word) for word in words]
    >>> common_intruders(pairs, [(word, 10) for word in words])
    frozenset({'x'})
    """
    taken: Counter[str] = Counter()
    for wrong, right in pairs:
        if len(wrong) == len(right):
            taken.update({a for a, b in zip(wrong, right, strict=True) if a != b})
    letters: Counter[str] = Counter()
    for text, count in usual:
        for letter in text:
            letters[letter] += count
    total, n_letters = taken.total(), letters.total()
    return frozenset(
        letter
        for letter, count in taken.items()
        if count >= max(_FEWEST, _SHARE * total)
        and count / total >= _LIFT * letters[letter] / max(n_letters, 1)
    )


def unmasked(
    wrong: Sequence[str], right: Sequence[str], intruders: frozenset[str]
) -> tuple[IntArray, IntArray]:
    """Return the pairs ``(i, j)`` in which a text differs from another in nothing but letters that became intruders.

    At least a third of the letters must have stayed. O(texts of one length squared) time.

    Examples
    --------
    >>> unmasked(["3x2", "xxx"], ["312", "322", "415"], frozenset("x"))
    (array([0, 0]), array([0, 1]))
    """
    marks = np.array(sorted(map(ord, intruders)), np.uint32)
    lengths: dict[int, list[int]] = {}
    for j, text in enumerate(right):
        lengths.setdefault(len(text), []).append(j)
    tables = {
        n: np.array([right[j] for j in which]).view(np.uint32).reshape(len(which), -1)
        for n, which in lengths.items()
        if n
    }
    found_i: list[int] = []
    found_j: list[int] = []
    for i, text in enumerate(wrong):
        if len(text) not in tables or intruders.isdisjoint(text):
            continue
        letters = np.array([text]).view(np.uint32)
        hidden = np.isin(letters, marks)
        same = tables[len(text)] == letters
        fits = (same | hidden).all(axis=1) & (same.sum(axis=1) * 3 >= len(text)) & ~same.all(axis=1)
        for k in np.flatnonzero(fits):
            found_i.append(i)
            found_j.append(lengths[len(text)][k])
    return np.array(found_i, np.int64), np.array(found_j, np.int64)
