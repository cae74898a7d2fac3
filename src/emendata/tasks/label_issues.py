"""Which given labels are probably wrong."""

from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack, get_args, overload

import numpy as np
import numpy.typing as npt

from emendata.errors import UnknownName
from emendata.kernels.ranks import ascending
from emendata.records import BoolArray, Float32Array, IntArray
from emendata.tasks.columns import Columns
from emendata.tasks.cuts import Cut, CutOptions, flag
from emendata.tasks.ensembles import open_stacked
from emendata.tasks.examples import Opening
from emendata.tasks.issue_counts import expected_issues
from emendata.tasks.label_scores import Score, rivals_for, score_surveyed
from emendata.tasks.surveys import Surveyed, judge, n_rivals_of, suggest, survey_examples

__all__ = ["LabelIssues", "find_label_issues"]

Output = Literal["mask", "rows", "table"]


@dataclass(frozen=True, repr=False, eq=False)
class LabelIssues(Columns):
    """Flagged rows, worst first: row, given, suggested, score, probability, reason.

    ``probability`` is that of the suggested class being the true one. Besides the columns: how many rows there
    were, how many of them without a label, and how many labels are estimated to be wrong.
    """

    n_examples: int = 0
    n_unlabelled: int = 0
    n_expected: int = 0

    def __repr__(self) -> str:
        """Show the first rows under a line that counts them."""
        without = f", {self.n_unlabelled:,} without a label" if self.n_unlabelled else ""
        counted = f"{len(self):,} of {self.n_examples:,} examples flagged{without}; "
        return f"{counted}{self.n_expected:,} labels estimated to be wrong\n{super().__repr__()}"


class _Options(TypedDict, total=False):
    cut: Cut
    score: Score
    n_issues: int | None
    frac_noise: float
    num_to_remove_per_class: npt.ArrayLike | None
    min_examples_per_class: int
    confident_joint: npt.ArrayLike | None
    class_names: Any
    normalize: bool
    from_logits: bool
    n_threads: int | None


@overload
def find_label_issues(
    labels: Any, pred_probs: Any = ..., *, output: Literal["mask"] = ..., **options: Unpack[_Options]
) -> BoolArray: ...


@overload
def find_label_issues(
    labels: Any, pred_probs: Any = ..., *, output: Literal["rows"], **options: Unpack[_Options]
) -> IntArray: ...


@overload
def find_label_issues(
    labels: Any, pred_probs: Any = ..., *, output: Literal["table"], **options: Unpack[_Options]
) -> LabelIssues: ...


def find_label_issues(
    labels: Any,
    pred_probs: Any = None,
    *,
    output: Output = "mask",
    cut: Cut = "auto",
    score: Score = "auto",
    n_issues: int | None = None,
    frac_noise: float = 1.0,
    num_to_remove_per_class: npt.ArrayLike | None = None,
    min_examples_per_class: int = 1,
    confident_joint: npt.ArrayLike | None = None,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> BoolArray | IntArray | LabelIssues:
    """Find examples whose given label is probably wrong.

    Parameters
    ----------
    labels : sequence of n values, path, or Stream
        Given class of each example: integers from 0 as column numbers, or strings, booleans or dates, as a list or
        an array of numpy, pandas, polars, Arrow, torch or JAX. None, NaN and NA stand for no label. A stream
        brings labels and pred_probs block by block, see `stream`.
    pred_probs : matrix of shape (n, k), path, or several of these
        Out-of-sample probabilities, rows summing to one: an array or tensor of any floating type, a memory-mapped
        file, a table whose columns are named like the classes, an array of zarr, or the path of a .npy, .parquet,
        .arrow, .feather or .zarr. A list of these, or an array of shape (m, n, k), holds the predictions of
        several models, which are stacked, see `stack_weights`.
    output : {"mask", "rows", "table"}
        One truth value a row; the flagged rows, worst first; or a `LabelIssues` table with suggestions and reasons.
    cut : str
        "auto", the default, flags the rows of lowest score, as many as are estimated to be wrong, see
        `count_label_issues`, or some more where too few would cost more than too many. "predicted_neq_given" flags
        rows whose most probable class is another.
        "prune_by_noise_rate" flags, for each given label and other class, the rows that favour that class most,
        as many as the confident joint says; "prune_by_class", for each given label, those of lowest
        self-confidence; "both" what both do. "confident_learning" flags rows that look like another class.
        "low_self_confidence" and "low_normalized_margin" flag the lowest of that score, as many as
        "confident_learning".
    score : str
        What puts the rows in order, see `score_labels`.
    n_issues : int, optional
        Flag that many rows of lowest score in the place of a cut: from a review of a sample, say.
    frac_noise : float in [0, 1]
        Part of the estimated noise to flag, with the cuts that prune.
    num_to_remove_per_class : sequence of k integers, optional
        Rows to flag of each given label, with the cuts that prune.
    min_examples_per_class : int
        Rows of each given label to leave, with the cuts that prune.
    confident_joint : array of shape (k, k), optional
        Counts by [given label, true class] to use, with the cuts that prune.
    class_names : sequence of k values, optional
        The classes in the order of the columns.
    normalize : bool
        Divide each row of pred_probs by its sum.
    from_logits : bool
        Turn each row of pred_probs into probabilities, by softmax.
    n_threads : int, optional
        Default: as many as this process may use. It does not change the answer.

    Returns
    -------
    bool array of shape (n,), int64 array of shape (n_flagged,), or LabelIssues

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other, rows of pred_probs are no distributions, or an option
        cannot be used. The message says how many rows, the first of them, and the way out.

    Notes
    -----
    Reads pred_probs two to four times, in blocks, and each model of a stack twice more. Holds 30 to 40 bytes a row
    besides, with more than 16 classes 60 to 90; "rank_sum" about 110.
    Northcutt, Jiang, Chuang, "Confident learning", JAIR 2021.

    Examples
    --------
    >>> find_label_issues([0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]])
    array([False, False,  True])
    >>> find_label_issues(["cat", "dog", "dog"], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]], output="table").suggested
    array(['cat'], dtype=object)
    """
    options = CutOptions(
        cut, n_issues, frac_noise, num_to_remove_per_class, min_examples_per_class, confident_joint
    )
    options.check()
    if output not in get_args(Output):
        raise UnknownName.among("output", str(output), get_args(Output))
    if score not in get_args(Score):
        raise UnknownName.among("score", str(score), get_args(Score))
    examples = open_stacked(labels, pred_probs, Opening(class_names, normalize, from_logits, n_threads))
    judges = cut == "auto" or score == "auto" or output == "table"
    n_rivals = max(
        rivals_for(score, examples.n_classes),
        n_rivals_of(examples.n_classes) if judges else 0,
        int(cut == "low_normalized_margin"),
    )
    surveyed = survey_examples(examples, n_rivals=n_rivals, n_threads=n_threads)
    right = judge(surveyed) if judges else None
    scores = right if right is not None and score == "auto" else score_surveyed(surveyed, score)
    flagged = flag(surveyed, scores, options, right)
    if output == "mask":
        return flagged
    rows = np.flatnonzero(flagged)
    rows = rows[ascending(scores[rows])]
    if output == "rows":
        return rows
    assert right is not None
    return _table(surveyed, scores, rows, expected_issues(surveyed, right))


def _table(surveyed: Surveyed, scores: Float32Array, rows: IntArray, n_expected: int) -> LabelIssues:
    examples = surveyed.examples
    names = np.empty(examples.n_classes, dtype=object)
    names[:] = examples.class_names
    given = examples.codes[rows].astype(np.int64)
    suggested, probability = suggest(surveyed, rows)
    columns = {
        "row": rows,
        "given": names[given],
        "suggested": names[suggested],
        "score": scores[rows],
        "probability": probability,
        "reason": _reasons(surveyed, rows, names, given, suggested),
    }
    return LabelIssues(
        columns,
        n_examples=len(examples.codes),
        n_unlabelled=examples.n_unlabelled,
        n_expected=n_expected,
    )


def _reasons(
    surveyed: Surveyed, rows: IntArray, names: npt.NDArray[Any], given: IntArray, suggested: IntArray
) -> npt.NDArray[Any]:
    """Say of each row what the model thinks and how often the same two classes meet."""
    n_alike = surveyed.counted.at(given, suggested)
    n_given = surveyed.label_counts[given]
    own = surveyed.survey.own[rows]
    best, best_prob = surveyed.survey.best[rows], surveyed.survey.best_prob[rows]
    reasons = np.empty(len(rows), dtype=object)
    for i in range(len(rows)):
        reasons[i] = (
            f"The model gives '{names[best[i]]}' {best_prob[i]:.2f} and the given '{names[given[i]]}' {own[i]:.2f}; "
            f"{n_alike[i]:,} of {n_given[i]:,} rows labelled '{names[given[i]]}' look like '{names[suggested[i]]}'."
        )
    return reasons
