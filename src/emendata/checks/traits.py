"""Judging properties of images and sounds beside those of all others in their column."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs, Traits
from emendata.checks.issues import Issue, findings_of_issues
from emendata.errors import NotApplicable
from emendata.kernels.robust import bulk_deviation
from emendata.records import Findings, FloatArray, Json

__all__ = ["Judged", "TraitCheck", "findings_of", "limit_below", "part_of", "traits_of"]

_MOST = 0.5  # of the images; what more of them share is no error of any


@dataclass(frozen=True)
class Judged:
    """One column: a score for each row, NaN where there is nothing to judge; reasons of those flagged; facts."""

    scores: FloatArray
    reasons: Mapping[int, str]
    facts: Mapping[str, Json]


class TraitCheck(Check):
    """Looks at one property of each image or sound; a subclass says which, and makes the options ``sure`` to ``cut``.

    A row is flagged if its property lies beyond a limit: of ``bound`` and the median ± ``cut`` robust standard
    deviations the one that lies farther out, but ``sure`` at the farthest. Where most rows lie beyond ``bound``, that
    is how this dataset is, and the check does not apply.
    """

    trait: ClassVar[str]
    high_is_bad: ClassVar[bool] = False
    sure: float
    bound: float
    cut: float
    normal_here: ClassVar[str]
    """How a column is called in which most rows share the property, after "most images are"."""

    @property
    def limits(self) -> tuple[float, float, float]:
        """The options; a check with fewer of them says what takes the place of the others."""
        return self.sure, self.bound, self.cut

    @abstractmethod
    def reason(self, value: float, usual: float) -> str:
        """Say in a sentence what is wrong with an image or a sound."""

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by its property, 0.5 at the limit."""
        judged: dict[str, Judged] = {}
        for column, traits in traits_of(inputs, self.needs[0]).items():
            values = traits.of(self.trait).astype(np.float64)
            known = values[np.isfinite(values)]
            sign = -1 if self.high_is_bad else 1
            sure, bound, cut = self.limits
            n_beyond = int((sign * known < sign * bound).sum())
            if n_beyond > _MOST * len(known):
                continue
            limit = sign * limit_below(sign * known, sign * sure, sign * bound, cut)
            scores = part_of(limit, values) if self.high_is_bad else part_of(values, limit)
            usual = float(np.median(known)) if len(known) else np.nan
            rows = np.flatnonzero(sign * values < sign * limit)
            reasons = {row: self.reason(float(values[row]), usual) for row in rows.tolist()}
            judged[column] = Judged(scores, reasons, {"limit": round(limit, 4), "usual": round(usual, 4)})
        if not judged:
            raise NotApplicable(f"Here most {_NOUNS[self.needs[0]]} are {self.normal_here}.")
        return findings_of(inputs.n_rows, judged)


_NOUNS = {"pictures": "images", "sounds": "sounds"}


def traits_of(inputs: Inputs, need: str) -> Mapping[str, Traits]:
    """Return the columns of images or of sounds, those in which nothing could be read left out."""
    found: Mapping[str, Traits] | None = getattr(inputs, need)
    assert found is not None
    there = {name: traits for name, traits in found.items() if np.isfinite(traits.values).any()}
    if not there:
        raise NotApplicable(f"None of the {_NOUNS[need]} could be read.")
    return there


def limit_below(known: FloatArray, sure: float, bound: float, cut: float) -> float:
    """Return below which value a property is unusually low among those known.

    Examples
    --------
    >>> limit_below(np.array([7.0, 8.0, 9.0, 10.0, 11.0]), sure=1.0, bound=6.0, cut=2.0)
    6.0
    >>> limit_below(np.array([2.0, 6.0, 9.0, 12.0, 16.0]), sure=1.0, bound=6.0, cut=2.0)
    1.0
    """
    if not len(known):
        return sure
    return float(max(sure, min(bound, np.median(known) - cut * bulk_deviation(known))))


def part_of(small: npt.ArrayLike, large: npt.ArrayLike) -> FloatArray:
    """Return ``small / (small + large)``: 0.5 where they are equal, 1 where both are 0."""
    a, b = np.broadcast_arrays(np.asarray(small, np.float64), np.asarray(large, np.float64))
    total = a + b
    found: FloatArray = np.divide(a, total, out=np.ones_like(total), where=total != 0)
    return found


def findings_of(n_rows: int, judged: Mapping[str, Judged]) -> Findings:
    """Join the columns: a row has the lowest score of its columns, and an issue for each that is flagged."""
    scores = np.full(n_rows, np.nan)
    for column in judged.values():
        scores = np.fmin(scores, column.scores)
    issues = [
        Issue(row, name, float(column.scores[row]), reason)
        for name, column in judged.items()
        for row, reason in column.reasons.items()
    ]
    facts = {name: {**column.facts, "flagged": len(column.reasons)} for name, column in judged.items()}
    return findings_of_issues(scores, issues, facts=facts)
