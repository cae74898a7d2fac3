"""Rare values that are a common value with a typing error."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.cell_issues import cell_findings, rows_by_code
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.checks.issues import Issue
from emendata.kernels.letters import common_intruders
from emendata.kernels.typing_errors import Misspelt, Spelled, are_alike, masked_pairs, typing_errors
from emendata.records import Findings

__all__ = ["Typo"]

_SHOWN = 3
_WORD_RATIO = 5.0  # times as much as of whole values is asked of the words in them
_WORDS = re.compile(r"[^\W\d_]+")
_LONG = 6  # letters that a word in a value must have


@dataclass(frozen=True)
class Typo(Check):
    """Typing error.

    A value that is there once or twice is flagged if it differs in few letters from one that is there many times as
    often, and so is a rare word in a value beside a word that is much more common. Words of four letters and less, and
    digits, are never taken for typing errors by themselves; in columns whose common values are that near to each other
    no value is. Where one letter takes the place of others again and again, a value may differ by it in any number of
    places. The score is the part that the rare value has of both.

    Cost: every rare value is compared with the common ones of its length and letters; at most 20,000 with 5,000.
    """

    code: ClassVar[str] = "EM405"
    name: ClassVar[str] = "typo"
    needs: ClassVar[tuple[str, ...]] = ("cells",)

    ratio: float = option(
        10.0, help="Times as often as a rare value that the common one must be there.", ge=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Flag the cells with a rare value that is nearly a common one."""
        assert inputs.cells is not None
        columns = {name: column for name, column in inputs.cells.items() if not column.is_typed}
        spelled = {name: self._spelled(column) for name, column in columns.items()}
        near = {
            name: typing_errors(words) if columns[name].kind == "word" and not are_alike(words) else []
            for name, words in spelled.items()
        }
        intruders = common_intruders(
            (
                (words.values[pair.rare], words.values[pair.common])
                for name, words in spelled.items()
                for pair in near[name]
            ),
            ((words.values[i], int(words.counts[i])) for words in spelled.values() for i in words.common),
        )
        issues: list[Issue] = []
        for name, words in spelled.items():
            found = list(_meant(words, [*near[name], *masked_pairs(words, intruders)]))
            known = {one.code for one in found}
            if columns[name].kind == "word":
                found += [one for one in self._in_words(words, intruders) if one.code not in known]
            issues += _issues(name, columns[name], found)
        return cell_findings(inputs.n_rows, issues, {"letters_put_in": sorted(intruders)})

    def _spelled(self, column: CellColumn) -> Spelled:
        counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
        return Spelled.of(column.values, counts, self.ratio)

    def _in_words(self, values: Spelled, intruders: frozenset[str]) -> Iterator["_Meant"]:
        """Yield the values with a misspelt word in them, if most values are more than a word."""
        counts: Counter[str] = Counter()
        for value, count in zip(values.values, values.counts.tolist(), strict=True):
            for word in set(_WORDS.findall(value)):
                counts[word] += count
        long = [word for word in counts if len(word) >= _LONG]
        words = Spelled.of(
            long, np.array([counts[word] for word in long], np.int64), _WORD_RATIO * self.ratio
        )
        if are_alike(words):
            return
        found = {
            words.values[one.code]: one
            for one in _meant(words, [*typing_errors(words), *masked_pairs(words, intruders)])
        }
        for code, value in enumerate(values.values) if found else ():
            for word in _WORDS.findall(value):
                if one := found.get(word):
                    right = tuple(value.replace(word, other) for other in one.values)
                    yield _Meant(code, right, one.given, one.n_given, one.counts, one.values[0])
                    break


@dataclass(frozen=True)
class _Meant:
    """A code, and the values that it may be a misspelling of, the most probable first, with their counts."""

    code: int
    values: tuple[str, ...]
    given: str
    n_given: int
    counts: tuple[int, ...]
    best: str

    @property
    def share(self) -> float:
        """Part of the cells that are written like one of the values."""
        return sum(self.counts) / (sum(self.counts) + self.n_given)


def _meant(words: Spelled, pairs: Sequence[Misspelt]) -> Iterator[_Meant]:
    common: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        common[pair.rare].add(pair.common)
    for rare, found in common.items():
        order = sorted(found, key=lambda k: (-words.counts[k], k))
        values = tuple(words.values[k] for k in order)
        counts = tuple(int(words.counts[k]) for k in order)
        yield _Meant(rare, values, words.values[rare], int(words.counts[rare]), counts, values[0])


def _issues(name: str, column: CellColumn, found: Sequence[_Meant]) -> Iterator[Issue]:
    rows = rows_by_code(column, [one.code for one in found])
    for one in found:
        reason = (
            f"'{one.given}' stands {_times(one.n_given)} in '{name}'; '{one.best}', which differs by little, "
            f"{_times(one.counts[0])}."
        )
        probability = one.share * one.counts[0] / sum(one.counts)
        for row in rows[one.code]:
            yield Issue(
                row, name, 1 - one.share, reason, one.values[0], probability, one.values[1 : 1 + _SHOWN]
            )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
