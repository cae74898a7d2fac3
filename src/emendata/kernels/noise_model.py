"""What a confident joint says about the noise: calibrated counts, noise matrices, class shares, cuts.

Northcutt, Jiang, Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021.
Here and below k is the number of classes. A *joint* has given labels as lines and true classes as columns,
shape (k, k); ``label_counts`` says how many rows carry each label, shape (k,). Inputs are trusted.
"""

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from emendata.records import FloatArray, IntArray

__all__ = [
    "PriorMethod",
    "calibrated",
    "calibrated_in_place",
    "class_prior",
    "converged",
    "inverse_noise_matrix",
    "joint_probabilities",
    "noise_matrix",
    "prune_counts",
]

PriorMethod = Literal["counts", "equation", "marginal", "marginal_given"]
Counts = npt.NDArray[np.floating[Any] | np.integer[Any]]

_LEAST_SHARE = 1e-6


def calibrated(joint_counts: Counts, label_counts: Counts) -> IntArray:
    """Rescale each line of a joint to the number of rows with that label, in whole rows.

    Cells are rounded; where a line then has rows too few or too many, those furthest from their exact value
    give way. A line of zeros goes to its diagonal: nothing was seen, so the labels are believed.

    Parameters
    ----------
    joint_counts : array of shape (k, k)
        Confident counts, not negative.
    label_counts : array of shape (k,)
        Line sums of the result.

    Returns
    -------
    int64 array of shape (k, k)

    Notes
    -----
    Cost: one sort of each line that needs it, k * k * log(k) at most; one float64 copy of the joint. Which of
    several equal cells gives way is up to numpy's sort, so it may differ between processors.

    Examples
    --------
    >>> calibrated(np.array([[3, 1], [0, 2]]), np.array([10, 4]))
    array([[8, 2],
           [0, 4]])
    """
    return calibrated_in_place(np.array(joint_counts, np.float64), label_counts)


def calibrated_in_place(exact: FloatArray, label_counts: Counts) -> IntArray:
    """Do what `calibrated` does and overwrite the joint, which is of float64: that is one copy less."""
    labels = np.asarray(label_counts, np.float64)
    sums = exact.sum(axis=1)
    seen = np.flatnonzero(exact != 0)  # with many classes nearly all cells are zero
    lines = seen // len(exact)
    exact.ravel()[seen] = exact.ravel()[seen] / sums[lines] * labels[lines]
    unseen = np.flatnonzero(sums == 0)
    exact[unseen, unseen] = labels[unseen]
    if (total := exact.sum()) > 0:
        exact /= total
        exact *= labels.sum()  # does nothing but to the last bits, which decide where cells are equal
    return _whole_lines(exact)


def _whole_lines(exact: FloatArray) -> IntArray:
    """Return whole numbers whose lines have the sums, rounded, of the exact ones; overwrites ``exact``."""
    wanted = np.rint(exact.sum(axis=1)).astype(np.int64)
    out = np.zeros(exact.shape, np.int64)
    seen = np.flatnonzero(exact != 0)
    rounded = np.rint(exact.ravel()[seen])
    out.ravel()[seen] = rounded
    exact.ravel()[seen] -= rounded
    short = wanted - np.bincount(seen // len(exact), weights=rounded, minlength=len(exact)).astype(np.int64)
    for line in np.flatnonzero(short):
        order, missing = np.argsort(exact[line]), int(short[line])  # first what was rounded up the furthest
        moved = order[len(order) - missing :] if missing > 0 else order[:-missing]
        out[line, moved] += 1 if missing > 0 else -1
    return out


def joint_probabilities(calibrated_counts: Counts) -> FloatArray:
    """Divide a joint by its sum: P(given, true), shape (k, k); zeros if nothing was counted.

    Examples
    --------
    >>> joint_probabilities(np.array([[8, 2], [0, 10]])).tolist()
    [[0.4, 0.1], [0.0, 0.5]]
    """
    counts = np.asarray(calibrated_counts, np.float64)
    shares: FloatArray = counts / (counts.sum() or 1.0)
    return shares


def noise_matrix(joint_counts: Counts) -> FloatArray:
    """P(given label | true class), shape (k, k): given labels as lines, every column sums to one.

    A true class that nothing was counted for is taken as labelled without error.

    Examples
    --------
    >>> noise_matrix(np.array([[8, 2], [0, 6]])).tolist()
    [[1.0, 0.25], [0.0, 0.75]]
    """
    matrix = np.array(joint_counts, np.float64)
    sums = matrix.sum(axis=0)
    empty = np.flatnonzero(sums == 0)
    matrix[empty, empty] = sums[empty] = 1.0
    matrix /= sums
    return matrix


def inverse_noise_matrix(joint_counts: Counts) -> FloatArray:
    """P(true class | given label), shape (k, k): true classes as lines, every column sums to one.

    A label that no row carries is taken as right.

    Examples
    --------
    >>> inverse_noise_matrix(np.array([[8, 2], [0, 6]])).tolist()
    [[0.8, 0.0], [0.2, 1.0]]
    """
    return noise_matrix(np.asarray(joint_counts).T)


def class_prior(joint_counts: Counts, label_counts: Counts, *, method: PriorMethod = "counts") -> FloatArray:
    """Estimate the share of each true class, P(true class), shape (k,).

    Parameters
    ----------
    joint_counts : array of shape (k, k)
    label_counts : array of shape (k,)
    method : {"counts", "equation", "marginal", "marginal_given"}
        From the diagonals of the two noise matrices, which are the easiest to estimate; by solving
        ``noise_matrix @ prior = given``; column sums of the joint; ``inverse_noise_matrix @ given``.

    Returns
    -------
    float64 array of shape (k,), values in [1e-6, 1] before they are divided by their sum

    Raises
    ------
    ValueError
        If there is no such method.

    Notes
    -----
    Cost: k * k, for "equation" k ** 3. An equation without one solution is solved in least squares.

    Examples
    --------
    >>> class_prior(np.array([[8, 2], [0, 6]]), np.array([10, 6])).tolist()
    [0.5, 0.5]
    """
    if method not in get_args(PriorMethod):
        raise ValueError(f"method must be one of {', '.join(get_args(PriorMethod))}; got {method!r}.")
    given = _shares(label_counts)
    if method == "marginal":
        return _as_prior(_shares(np.asarray(joint_counts).sum(axis=0)))
    if method == "equation":
        return _as_prior(_solved(noise_matrix(joint_counts), given))
    inverse = inverse_noise_matrix(joint_counts)
    if method == "marginal_given":
        return _as_prior(inverse @ given)
    return _prior_by_diagonals(noise_matrix(joint_counts), inverse, given)


def converged(
    label_counts: Counts, prior: FloatArray, noise: FloatArray, inverse: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Bring prior, noise matrix and inverse noise matrix to agree, by Bayes' rule in turns.

    Three times the noise matrix is made new from the others, each time after five turns of the other two.

    Parameters
    ----------
    label_counts, prior : array of shape (k,)
    noise, inverse : float64 array of shape (k, k)
        As `noise_matrix` and `inverse_noise_matrix` return them.

    Returns
    -------
    tuple of the new prior, noise matrix and inverse noise matrix

    Notes
    -----
    Cost: 18 passes over a (k, k) matrix.

    Examples
    --------
    >>> joint, counts = np.array([[8, 2], [0, 6]]), np.array([10, 6])
    >>> prior, noise, inverse = class_prior(joint, counts), noise_matrix(joint), inverse_noise_matrix(joint)
    >>> [made.round(3).tolist() for made in converged(counts, prior, noise, inverse)]
    [[0.5, 0.5], [[1.0, 0.25], [0.0, 0.75]], [[0.8, 0.0], [0.2, 1.0]]]
    """
    given = _shares(label_counts)
    for _ in range(3):
        for _ in range(5):
            inverse = noise_matrix((noise * prior).T)
            prior = _prior_by_diagonals(noise, inverse, given)
        noise = noise_matrix((inverse * given).T)
    return prior, noise, inverse


def _prior_by_diagonals(noise: FloatArray, inverse: FloatArray, given: FloatArray) -> FloatArray:
    right = noise.diagonal()
    return _as_prior(np.divide(inverse.diagonal() * given, right, out=np.zeros(len(given)), where=right > 0))


def _solved(matrix: FloatArray, given: FloatArray) -> FloatArray:
    try:
        return np.asarray(np.linalg.solve(matrix, given), np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(matrix, given, rcond=None)[0], np.float64)


def _as_prior(values: FloatArray) -> FloatArray:
    return _shares(np.clip(values, _LEAST_SHARE, 1.0))


def _shares(values: Counts) -> FloatArray:
    shares: FloatArray = np.asarray(values, np.float64) / (float(np.sum(values)) or 1.0)
    return shares


def prune_counts(calibrated_counts: Counts, min_examples_per_class: int, frac_noise: float) -> IntArray:
    """Say how many rows of each label to flag for each other class, and keep some of every label.

    First each diagonal cell is raised to the number of rows to keep, which are taken evenly from the other
    cells of its line that are not zero and stop at zero. Then those are multiplied by ``frac_noise``, with
    the rest given to the diagonal, and fractions of a row are dropped.

    Parameters
    ----------
    calibrated_counts : array of shape (k, k)
        Lines are given labels, columns true classes.
    min_examples_per_class : int
        At least 0.
    frac_noise : float in [0, 1]

    Returns
    -------
    int64 array of shape (k, k)
        Off the diagonal how many rows to flag, on it how many to leave.

    Notes
    -----
    Cost: one look at each cell, and the cells that are not zero.

    Examples
    --------
    >>> prune_counts(np.array([[1, 4, 7], [0, 9, 4], [0, 0, 5]]), 6, 1.0)
    array([[6, 1, 4],
           [0, 9, 4],
           [0, 0, 6]])
    """
    counts = np.asarray(calibrated_counts)
    k = len(counts)
    right = counts.diagonal().astype(np.float64)
    raised = np.maximum(min_examples_per_class - right, 0.0)
    given, true = np.divmod(np.flatnonzero(counts != 0), k)  # with many classes nearly all cells are zero
    given, true = given[given != true], true[given != true]
    fewer = raised / np.maximum(np.bincount(given, minlength=k), 1)
    kept = np.maximum(counts[given, true] - fewer[given], 0.0)
    flagged = kept * frac_noise
    out = np.zeros((k, k), np.int64)
    out[given, true] = flagged
    np.fill_diagonal(out, right + raised + np.bincount(given, weights=kept - flagged, minlength=k))
    return out


def with_line_totals(counts: IntArray, totals: Counts, label_counts: IntArray) -> IntArray:
    """Rescale what lies off the diagonal so that each line has the wanted number of rows there, in whole rows.

    Parameters
    ----------
    counts : int64 array of shape (k, k)
        As `prune_counts` returns them.
    totals : array of shape (k,)
        Rows to flag of each given label.
    label_counts : int64 array of shape (k,)

    Returns
    -------
    int64 array of shape (k, k)
        A line without rows off the diagonal stays so.

    Examples
    --------
    >>> with_line_totals(np.array([[6, 1, 3], [0, 9, 4], [0, 0, 6]]), np.array([8, 2, 1]), np.array([10, 13, 6]))
    array([[ 2,  2,  6],
           [ 0, 11,  2],
           [ 0,  0,  5]])
    """
    off = counts.astype(np.float64)
    np.fill_diagonal(off, 0.0)
    off *= (np.asarray(totals, np.float64) / np.maximum(off.sum(axis=1), 1.0))[:, None]
    np.fill_diagonal(off, np.maximum(label_counts - np.asarray(totals), 0))
    return _whole_lines(off)
