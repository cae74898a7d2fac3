"""What a confident joint says about the noise: joint probabilities, noise matrices, class shares.

Northcutt, Jiang, Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021.
Here and below k is the number of classes. A *joint* has given labels as lines and true classes as columns,
shape (k, k); ``label_counts`` says how many rows carry each label, shape (k,). Inputs are trusted.
"""

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from emendata.records import FloatArray

__all__ = [
    "PriorMethod",
    "class_prior",
    "converged",
    "inverse_noise_matrix",
    "joint_probabilities",
    "noise_matrix",
]

PriorMethod = Literal["counts", "equation", "marginal", "marginal_given"]
Counts = npt.NDArray[np.floating[Any] | np.integer[Any]]

_LEAST_SHARE = 1e-6


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
