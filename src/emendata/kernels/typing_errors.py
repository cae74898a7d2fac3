"""Which rare texts are a common one with a typing error."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from emendata.kernels.letters import unmasked
from emendata.kernels.spelling import near_pairs
from emendata.records import FloatArray, IntArray

__all__ = ["Misspelt", "Spelled", "are_alike", "masked_pairs", "typing_errors"]

_LETTERS_AN_ERROR = 5  # a text of as many letters may have one typing error, of twice as many two
_MOST_ERRORS = 3
_FEWEST = 5  # times that a text must be there to be what others should be
_MASKED = 3.0  # times as often as a text with a letter that is known to be put in the right one must be there
_SHORT = 4  # letters; words that are shorter are as near to each other by chance
_ALIKE = 0.1  # part of the common texts that are as near to each other from which on nearness means nothing
_MOST_COMMON, _MOST_RARE = 5_000, 20_000
_TOKENS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d")


class Misspelt(NamedTuple):
    """A rare text and the common one that it may be, as positions."""

    rare: int
    common: int


@dataclass(frozen=True)
class Spelled:
    """Texts, how often each is there, and which are common and which rare beside them, the extremes first."""

    values: Sequence[str]
    counts: IntArray
    common: IntArray
    rare: IntArray
    ratio: float

    @classmethod
    def of(cls, values: Sequence[str], counts: IntArray, ratio: float) -> "Spelled":
        """Order texts by how often they are there; at most 5,000 are common and 20,000 rare."""
        order = np.argsort(-counts, kind="stable")
        common = order[counts[order] >= _FEWEST][:_MOST_COMMON]
        most = int(counts[common[0]]) if len(common) else 0
        rare = order[::-1]
        rare = rare[(counts[rare] > 0) & (_MASKED * counts[rare] <= most)][:_MOST_RARE]
        return cls(values, counts, common, rare, ratio)


def typing_errors(words: Spelled) -> list[Misspelt]:
    """Return the rare texts that differ from a common one in few letters.

    A text of 5 letters may have one error, of 10 two, of 15 three; digits must be the same, and words that differ
    must have five letters, or four beside words that are the same. A text that is there ``r`` times stands against one
    that is there ``ratio * r ** 2`` times, since errors are seldom twice the same.

    Examples
    --------
    >>> words = Spelled.of(["boston", "bostom", "ulm", "elm"], np.array([50, 1, 50, 1]), 10.0)
    >>> typing_errors(words)
    [Misspelt(rare=1, common=0)]
    """
    rare = words.rare[words.ratio * _squared(words.counts[words.rare]) <= words.counts.max(initial=0)]
    texts = [words.values[i] for i in rare]
    i, j, errors = near_pairs(texts, [words.values[k] for k in words.common], _allowed(texts))
    pairs = zip(rare[i].tolist(), words.common[j].tolist(), errors.tolist(), strict=True)
    return [
        Misspelt(one, other)
        for one, other, n_errors in pairs
        if n_errors
        and words.counts[other] >= words.ratio * words.counts[one] ** 2
        and _is_typing_error(words.values[one], words.values[other])
    ]


def masked_pairs(words: Spelled, intruders: frozenset[str]) -> list[Misspelt]:
    """Return the rare texts that are a common one but for letters that errors put in, wherever these stand."""
    if not intruders:
        return []
    i, j = unmasked([words.values[k] for k in words.rare], [words.values[k] for k in words.common], intruders)
    return [
        Misspelt(one, other)
        for one, other in zip(words.rare[i].tolist(), words.common[j].tolist(), strict=True)
        if words.counts[other] >= _MASKED * words.counts[one]
    ]


def are_alike(words: Spelled) -> bool:
    """Tell whether common texts are as near to each other as one with an error is to the right one."""
    common = [words.values[i] for i in words.common]
    i, j, _ = near_pairs(common, common, _allowed(common))
    counts = words.counts[words.common]
    inner = np.array([" ".join(_TOKENS.findall(text.casefold())) for text in common], dtype=object)
    comparable = (inner[i] != inner[j]) & (
        np.maximum(counts[i], counts[j]) < words.ratio * np.minimum(counts[i], counts[j])
    )
    return len(np.unique(i[comparable])) > _ALIKE * len(common)


def _allowed(texts: Sequence[str]) -> IntArray:
    return np.array([min(len(text) // _LETTERS_AN_ERROR, _MOST_ERRORS) for text in texts], np.int64)


def _squared(counts: IntArray) -> FloatArray:
    return np.maximum(counts, 1.0) ** 2


def _is_typing_error(one: str, other: str) -> bool:
    """Tell a typing error from another number, another short word, or the same word with something before it."""
    first, second = one.casefold(), other.casefold()
    if (
        _is_prefixed(first, second)
        or _is_prefixed(second, first)
        or _DIGITS.findall(one) != _DIGITS.findall(other)
    ):
        return False
    mine, theirs = _TOKENS.findall(first), _TOKENS.findall(second)
    if mine == theirs:
        return False  # in case or signs, which is a matter of form
    if len(mine) != len(theirs):
        return "".join(mine) == "".join(theirs)
    shortest = _SHORT + (
        len(mine) == 1
    )  # beside other words that are the same, a shorter one may be misspelt
    return all(a == b or max(len(a), len(b)) >= shortest for a, b in zip(mine, theirs, strict=True))


def _is_prefixed(one: str, other: str) -> bool:
    """Tell ``atypical`` and ``untypical`` from ``typical``; any other single letter before a word is an error."""
    return one.endswith(other) and (len(one) > len(other) + 1 or one[0] == "a")
