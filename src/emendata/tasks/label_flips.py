"""Labels made wrong on purpose, to measure how well wrong labels are found."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine.blocks import Block, map_blocks
from emendata.errors import InputError, rows_of
from emendata.records import FloatArray, IntArray
from emendata.tasks.class_names import refuse_other_order
from emendata.tasks.labels import GivenLabels, read_labels
from emendata.tasks.noise_inputs import as_noise_matrix, check_part
from emendata.tasks.pred_probs import PredProbs, open_pred_probs

__all__ = ["flip_labels", "flip_labels_by_instance"]


def flip_labels(
    true_labels: Any, noise_matrix: npt.ArrayLike, *, class_names: Any = None, seed: int = 0
) -> npt.NDArray[Any]:
    """Make labels wrong as often as a noise matrix says, to the row.

    Of the n rows of class c, n times ``noise_matrix[j, c]`` get the label j, rounded so that they are n rows
    (largest remainder). Chance only picks which rows.

    Parameters
    ----------
    true_labels : sequence of n values
        Integers from 0 to k - 1, or anything else with ``class_names``, or with k values in sorted order.
        Classes may be absent.
    noise_matrix : array of shape (k, k)
    class_names : sequence of k values, optional
        The classes in the order of the matrix.
    seed : int

    Returns
    -------
    array of shape (n,)
        int64 if the labels are column numbers, else values of the kind that was given.

    Raises
    ------
    InputError
        If labels are missing or do not fit the matrix, or its columns do not sum to one.

    Notes
    -----
    Cost: one sort of the rows, and k * k.

    Examples
    --------
    >>> made = flip_labels([0] * 10 + [1] * 4, [[0.8, 0.25], [0.2, 0.75]])
    >>> made[:10].sum(), made[10:].sum()
    (np.int64(2), np.int64(3))
    """
    matrix = as_noise_matrix(noise_matrix)
    given = _labels(true_labels, class_names, len(matrix))
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(given.codes))
    rows = rows[np.argsort(given.codes[rows], kind="stable")]  # by class, in random order within each
    n_rows = np.bincount(given.codes, minlength=len(matrix))
    flipped = np.empty(len(rows), np.int64)
    flipped[rows] = np.repeat(np.tile(np.arange(len(matrix)), len(matrix)), _whole(matrix.T, n_rows).ravel())
    return _as_given(flipped, given)


def flip_labels_by_instance(
    true_labels: Any, pred_probs: Any, rate: float, *, class_names: Any = None, seed: int = 0
) -> npt.NDArray[Any]:
    """Make labels wrong where a model finds the row ambiguous, to the class that it resembles most.

    Exactly ``round(rate * n)`` labels change. Rows are drawn one after the other, each with the odds
    q / (p + q), where p is the probability of the true class and q that of the best other one.

    Parameters
    ----------
    true_labels : sequence of n values
        Integers from 0 to k - 1, or anything else with ``class_names``, or with k values in sorted order.
    pred_probs : matrix of shape (n, k), or path
        Class probabilities of a model of the clean data, as in `find_label_issues`.
    rate : float in [0, 1]
        Part of the labels to make wrong.
    class_names : sequence of k values, optional
        The classes in the order of the columns.
    seed : int

    Returns
    -------
    array of shape (n,)
        int64 if the labels are column numbers, else values of the kind that was given.

    Raises
    ------
    InputError
        If labels are missing or do not fit ``pred_probs``, or ``rate`` is out of its range.

    Notes
    -----
    Cost: one pass over ``pred_probs`` in blocks, and one sort of the rows.
    In the spirit of Chen et al., "Beyond class-conditional assumption: a primary attempt to combat
    instance-dependent label noise", AAAI 2021.

    Examples
    --------
    >>> probs = [[1.0, 0.0, 0.0], [0.5, 0.1, 0.4], [1.0, 0.0, 0.0]]
    >>> flip_labels_by_instance([0, 0, 0], probs, 1 / 3)
    array([0, 2, 0])
    """
    check_part("rate", rate)
    probs = open_pred_probs(pred_probs)
    if probs.n_columns < 2:
        raise InputError(f"pred_probs has {probs.n_columns} columns. Give one per class, two at least.")
    refuse_other_order(class_names, probs.column_names)
    given = _labels(true_labels, probs.column_names if class_names is None else class_names, probs.n_columns)
    if len(given.codes) != probs.n_rows:
        raise InputError(
            f"pred_probs has {probs.n_rows:,} rows but true_labels has {len(given.codes):,}. Give one label per row."
        )
    flipped = given.codes.astype(np.int64)
    similar, odds = _most_similar(flipped, probs)
    wait = np.random.default_rng(seed).exponential(size=len(odds)) / np.maximum(odds, 1e-12)
    chosen = np.argsort(wait, kind="stable")[: round(rate * len(odds))]
    flipped[chosen] = similar[chosen]
    return _as_given(flipped, given)


def _labels(true_labels: Any, class_names: Any, k: int) -> GivenLabels:
    given = read_labels(true_labels, class_names)
    if (given.codes < 0).any():
        n_missing = np.count_nonzero(given.codes < 0)
        raise InputError(f"true_labels has no value in {rows_of(int(n_missing))}. Leave these rows out.")
    n_classes = int(given.codes.max(initial=-1)) + 1 if given.class_names is None else len(given.class_names)
    if n_classes > k or (given.class_names is not None and n_classes != k):
        raise InputError(
            f"true_labels has {n_classes} classes but there are {k} columns. Say with class_names= which column "
            "is which."
        )
    return given


def _whole(shares: FloatArray, n_rows: npt.NDArray[np.intp]) -> IntArray:
    """Divide ``n_rows`` of each line by its shares, in whole rows, by the largest remainder."""
    exact = shares * n_rows[:, None]
    whole = np.floor(exact + 1e-9).astype(np.int64)
    short = n_rows - whole.sum(axis=1)
    order = np.argsort(whole - exact, axis=1, kind="stable")  # the largest remainder first
    more = np.take_along_axis(whole, order, 1) + (np.arange(len(shares)) < short[:, None])
    np.put_along_axis(whole, order, more, 1)
    return whole


def _most_similar(codes: IntArray, probs: PredProbs) -> tuple[IntArray, FloatArray]:
    """Return the most probable class other than the true one, and its odds against that."""
    similar, odds = np.empty(len(codes), np.int64), np.empty(len(codes))

    def work(first: int, part: Block) -> None:
        rows, at = slice(first, first + len(part)), np.arange(len(part))
        block = part.astype(np.float64)
        true = block[at, codes[rows]]
        if not (block >= 0).all() or not np.isfinite(block).all():
            raise InputError("pred_probs hold NaN, infinity or negative values. Leave these rows out.")
        block[at, codes[rows]] = -np.inf
        similar[rows] = block.argmax(axis=1)
        best = block[at, similar[rows]]
        odds[rows] = np.divide(best, best + true, out=np.zeros(len(at)), where=best > 0)

    for _ in map_blocks(probs, work):
        pass
    return similar, odds


def _as_given(codes: IntArray, given: GivenLabels) -> npt.NDArray[Any]:
    if given.class_names is None:
        return codes
    flipped: npt.NDArray[Any] = np.asarray(given.class_names)[codes]
    return flipped
