"""Two passes over the rows that everything else starts from, and the default judgement of each label."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine import RowSource, map_blocks, map_ranges
from emendata.kernels.belief import Belief, belief_in
from emendata.kernels.cells import Cells, counted
from emendata.kernels.confident import class_means, class_sums
from emendata.kernels.posterior import DENSE, N_RIVALS, posterior_of_rivals, right_block
from emendata.kernels.survey import Survey, empty_survey, own_probability, survey_block, tiles
from emendata.kernels.transition import Transition, transition_of
from emendata.records import FloatArray, IntArray
from emendata.tasks.examples import Examples
from emendata.tasks.soundness import is_not_negative, refuse_unsound, sums_to_one

Block = npt.NDArray[np.floating[Any]]

__all__ = ["Judgement", "Surveyed", "judge", "n_rivals_of", "survey_examples"]


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
        return counted(self.examples.codes, self.survey.looks_like, self.examples.n_classes)

    @property
    def joint(self) -> Cells:
        """Confident joint: what was counted, with at least one row on the diagonal of each class."""
        cells = self.counted.with_diagonal()
        return cells._replace(
            counts=np.where(cells.given == cells.true, np.maximum(cells.counts, 1), cells.counts)
        )

    @cached_property
    def belief(self) -> Belief:
        """What the surest rows tell about the noise."""
        survey = self.survey
        return belief_in(self.examples.codes, survey.best, survey.best_prob, self.counted, self.label_counts)

    def transition(self, belief: float) -> Transition:
        """Build the transition matrix with that much of its pattern."""
        return transition_of(self.counted, self.label_counts, belief)


@dataclass(frozen=True)
class Judgement:
    """Probability that each given label is right (NaN without a label), and the best other class."""

    right: npt.NDArray[np.float32]
    suggested: npt.NDArray[np.int16 | np.int32]
    probability: npt.NDArray[np.float32]


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

    def own_pass(first: int, block: Block) -> FloatArray:
        rows = slice(first, first + len(block))
        survey.own[rows] = own_probability(codes[rows], block)
        return class_sums(codes[rows], survey.own[rows], k)

    sums = np.sum(list(map_blocks(probs, own_pass, n_threads=n_threads)), axis=0)
    bars = class_means(sums) if thresholds is None else thresholds

    def survey_pass(first: int, block: Block) -> bool:
        for tile in tiles(block):  # both while it is in the cache
            rows = slice(first + tile.start, first + min(tile.stop, len(block)))
            if not sums_to_one(block[tile]):
                return False
            unsigned = survey_block(codes[rows], block[tile], bars, survey.part(rows))
            if not unsigned and not is_not_negative(block[tile]):
                return False
        return True

    if not all(list(map_blocks(probs, survey_pass, n_threads=n_threads))):
        refuse_unsound(probs, n_threads=n_threads)
    return Surveyed(examples, probs, bars, sums[0].astype(np.int64), survey, n_threads)


def n_rivals_of(n_classes: int) -> int:
    """Rivals that the posterior needs of each row."""
    return 0 if n_classes <= DENSE else N_RIVALS


def judge(surveyed: Surveyed, *, belief: float | None = None) -> Judgement:
    """Judge each label by the transition matrix; see `emendata.kernels.posterior`.

    Parameters
    ----------
    surveyed : Surveyed
        With `n_rivals_of` rivals.
    belief : float in [0, 1], optional
        Default: what the data says, see `emendata.kernels.belief.belief_in`.
    """
    examples = surveyed.examples
    n, k = len(examples.codes), examples.n_classes
    transition = surveyed.transition(surveyed.belief.in_pattern if belief is None else belief)
    right = np.empty(n, np.float32)
    probability = np.empty(n, np.float32)
    suggested = np.empty(n, surveyed.survey.best.dtype)
    if k <= DENSE:
        matrix = transition.dense()

        def work(first: int, block: Block) -> None:
            rows = slice(first, first + len(block))
            right_block(examples.codes[rows], block, matrix, right[rows], suggested[rows], probability[rows])

        for _ in map_blocks(surveyed.source, work, n_threads=surveyed.n_threads):
            pass
        return Judgement(right, suggested, probability)

    lookup = transition.lookup()

    def from_rivals(rows: slice) -> None:
        survey = surveyed.survey.part(rows)
        labels = examples.codes[rows]
        own, rivals = posterior_of_rivals(np.maximum(labels, 0), survey, transition, lookup)
        best = rivals.argmax(axis=1)
        places = np.arange(len(labels))
        labelled = labels >= 0
        right[rows] = np.where(labelled, own, np.nan)
        suggested[rows] = np.where(labelled, survey.rivals[places, best], survey.best)
        probability[rows] = np.where(labelled, rivals[places, best], survey.best_prob)

    for _ in map_ranges(n, from_rivals, n_threads=surveyed.n_threads):
        pass
    return Judgement(right, suggested, probability)
