"""Two passes over the rows that everything else starts from, and the default judgement of each label."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine import RowSource, map_blocks, map_ranges
from emendata.kernels.belief import Belief, belief_in
from emendata.kernels.calibration import calibrated
from emendata.kernels.cells import Cells, cells_of, count_table, counted
from emendata.kernels.confident import class_means, class_sums
from emendata.kernels.posterior import DENSE, N_RIVALS, posterior_of_rivals, right_block, suggest_block
from emendata.kernels.survey import Survey, empty_survey, own_probability, survey_block
from emendata.kernels.transition import Transition, transition_of
from emendata.records import Float32Array, FloatArray, IntArray
from emendata.tasks.examples import Examples
from emendata.tasks.soundness import are_ones, is_not_negative, refuse_unsound

__all__ = ["Surveyed", "judge", "n_rivals_of", "suggest", "survey_examples"]

_JUDGED = 1 << 14  # rows with rivals
_ROWS_PER_CELL = 8  # from which on counting in a table is worth it

Block = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Surveyed:
    """Examples, the threshold and the number of rows of each class, and what each row looks like."""

    examples: Examples
    source: RowSource
    thresholds: FloatArray
    label_counts: IntArray
    survey: Survey
    n_threads: int | None

    @cached_property
    def counted(self) -> Cells:
        """Rows by given label and the class they look like."""
        return self.count_by(self.survey.looks_like)

    def count_by(self, classes: npt.NDArray[np.int16 | np.int32]) -> Cells:
        """Count rows by given label and another class, which is -1 for rows that do not count, shape (n,)."""
        codes, k = self.examples.codes, self.examples.n_classes
        if k**2 * _ROWS_PER_CELL > len(codes):
            return counted(codes, classes, k)
        total = np.zeros((k, k), np.int64)
        for table in map_ranges(
            len(codes), lambda rows: count_table(codes[rows], classes[rows], k), n_threads=self.n_threads
        ):
            total += table
        return cells_of(total)

    @property
    def joint(self) -> Cells:
        """Confident joint: what was counted, with at least one row on the diagonal of each class."""
        cells = self.counted.with_diagonal()
        return cells._replace(
            counts=np.where(cells.given == cells.true, np.maximum(cells.counts, 1), cells.counts)
        )

    def calibrated(self, joint: Cells | None = None) -> Cells:
        """Rescale the confident joint, or another, to the rows with each label, in whole rows."""
        return calibrated(self.joint if joint is None else joint, self.label_counts)

    @cached_property
    def belief(self) -> Belief:
        """What the surest rows tell about the noise."""
        survey = self.survey
        return belief_in(self.examples.codes, survey.best, survey.best_prob, self.counted, self.label_counts)

    def transition(self, belief: float | None) -> Transition:
        """Build the transition matrix with that much of its pattern, None: as far as the data bears it out."""
        return transition_of(
            self.counted, self.label_counts, self.belief.in_pattern if belief is None else belief
        )


def survey_examples(
    examples: Examples,
    *,
    n_rivals: int = 0,
    source: RowSource | None = None,
    thresholds: FloatArray | None = None,
    n_threads: int | None = None,
) -> Surveyed:
    """Read the rows twice: once for the thresholds, once for what each row looks like.

    Parameters
    ----------
    examples : Examples
        Need not be checked: this does it in the second pass.
    n_rivals : int
        How many of the best other classes of each row to keep.
    source : RowSource, optional
        Probabilities to survey in the place of the examples' own.
    thresholds : float array of shape (k,), optional
        Default: the mean of each class.

    Raises
    ------
    InputError
        If rows of the probabilities are no distributions.
    """
    probs = examples.probs if source is None else source
    codes, k = examples.codes, examples.n_classes
    n, dtype = len(codes), examples.probs.dtype
    survey = empty_survey(n, k, n_rivals, dtype)

    def own_pass(first: int, block: Block) -> None:
        rows = slice(first, first + len(block))
        survey.own[rows] = own_probability(codes[rows], block)

    for _ in map_blocks(probs, own_pass, glance=True, n_threads=n_threads):
        pass
    sums = np.zeros((2, k))
    for part in map_ranges(n, lambda rows: class_sums(codes[rows], survey.own[rows], k), n_threads=n_threads):
        sums += part
    bars = class_means(sums) if thresholds is None else thresholds

    def survey_pass(first: int, block: Block) -> bool:
        rows = slice(first, first + len(block))
        look = survey_block(codes[rows], block, bars, survey.part(rows))
        return are_ones(look.sums) and (look.unsigned or is_not_negative(block))

    if not all(list(map_blocks(probs, survey_pass, n_threads=n_threads))):
        refuse_unsound(probs, n_threads=n_threads)
    return Surveyed(examples, probs, bars, sums[0].astype(np.int64), survey, n_threads)


def n_rivals_of(n_classes: int) -> int:
    """Rivals that the posterior needs of each row."""
    return 0 if n_classes <= DENSE else N_RIVALS


def judge(surveyed: Surveyed, *, belief: float | None = None) -> Float32Array:
    """Return the probability that each label is right, shape (n,), NaN without one; see `kernels.posterior`.

    Parameters
    ----------
    surveyed : Surveyed
        With `n_rivals_of` rivals.
    belief : float in [0, 1], optional
        Default: what the data says, see `emendata.kernels.belief.belief_in`.
    """
    examples, survey = surveyed.examples, surveyed.survey
    right = np.empty(len(examples.codes), np.float32)
    transition = surveyed.transition(belief)
    if examples.n_classes <= DENSE:
        matrix = transition.dense()

        def from_all(first: int, block: Block) -> None:
            rows = slice(first, first + len(block))
            right_block(examples.codes[rows], block, matrix, right[rows])

        for _ in map_blocks(surveyed.source, from_all, n_threads=surveyed.n_threads):
            pass
        return right

    lookup = transition.lookup()

    def from_rivals(rows: slice) -> None:
        labels = examples.codes[rows]
        own, _ = posterior_of_rivals(np.maximum(labels, 0), survey.part(rows), transition, lookup)
        right[rows] = np.where(labels < 0, np.float32(np.nan), own)

    for _ in map_ranges(len(right), from_rivals, step=_JUDGED, n_threads=surveyed.n_threads):
        pass
    return right


def suggest(
    surveyed: Surveyed, rows: IntArray, *, belief: float | None = None
) -> tuple[IntArray, Float32Array]:
    """Return the most probable true class of some rows other than their label, and its probability.

    Parameters
    ----------
    surveyed, belief
        As for `judge`.
    rows : int array of shape (m,)
        In any order.
    """
    codes, transition = surveyed.examples.codes, surveyed.transition(belief)
    if surveyed.examples.n_classes > DENSE:
        survey, labels = surveyed.survey.part(rows), codes[rows]
        _, rivals = posterior_of_rivals(np.maximum(labels, 0), survey, transition, transition.lookup())
        best, places = rivals.argmax(axis=1), np.arange(len(rows))
        suggested = np.where(labels < 0, survey.best, survey.rivals[places, best]).astype(np.int64)
        return suggested, np.where(labels < 0, survey.best_prob, rivals[places, best]).astype(np.float32)
    matrix, wanted = transition.dense(), np.zeros(len(codes), dtype=np.bool_)
    wanted[rows] = True

    def work(first: int, block: Block) -> tuple[IntArray, Float32Array]:
        here = np.flatnonzero(wanted[first : first + len(block)])
        return suggest_block(codes[first + here], block[here], matrix)

    found = list(map_blocks(surveyed.source, work, n_threads=surveyed.n_threads))
    suggested, probability = (np.concatenate(parts) for parts in zip(*found, strict=True))
    place = np.searchsorted(np.flatnonzero(wanted), rows)
    return suggested[place], probability[place]
