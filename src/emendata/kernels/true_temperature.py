"""One number that makes probabilities mean the true class, though only labels with errors are there to fit it.

A temperature under which the given labels are likeliest teaches a model their errors: where a tenth of them is wrong
at random, it may never be surer than nine in ten. With forward correction (Patrini et al., "Making deep neural
networks robust to label noise: a loss correction approach", CVPR 2017) the errors are explained by a noise matrix
between true class and label, and the temperature need not explain them.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.kernels.temperature import sharpened
from emendata.records import FloatArray, IntArray

__all__ = ["TrueFit", "even_pattern", "fit_true_power", "given_labels", "pattern_of"]

_RANGE = (-3.0, 3.0)  # of the power's logarithm, as for the given labels
_COARSE = 13  # powers tried before the best is refined: the likelihood may have two peaks
_HALVINGS = 18
_TINY = 1e-12


class TrueFit(NamedTuple):
    """The power that makes probabilities those of the true class, and the part of labels taken for wrong."""

    power: float
    noise_rate: float


def fit_true_power(labels: IntArray, pred_probs: FloatArray, pattern: FloatArray) -> TrueFit:
    """Find the power of the probabilities, and the rate of errors, under which the given labels are likeliest.

    With ``q`` the probabilities to the power and normalised, a label ``y`` has the likelihood
    ``(1 - rate) q[y] + rate * sum_k q[k] pattern[k, y]``. A rate of 0 is plain temperature scaling.

    Parameters
    ----------
    labels : int array of shape (n,)
        Indices of classes; every row has one.
    pred_probs : float array of shape (n, n_classes)
        Out-of-sample, for the same rows.
    pattern : float array of shape (n_classes, n_classes)
        Which label a true class gets where it gets a wrong one; lines sum to one, zeros on the diagonal.

    Returns
    -------
    TrueFit
        ``power`` in [0.05, 20], one over the temperature; ``noise_rate`` in [0, 1 - 1 / n_classes].

    Notes
    -----
    The rate is fitted with the power, not counted by a confident joint: that counts confusion of classes as errors of
    labels, and the power would then be too high by far. For each power the likelihood is concave in the rate.
    Cost: some 30 times n * n_classes exponentials, and a copy of the probabilities.

    Examples
    --------
    >>> probs = np.array([[0.5, 0.5]] * 100 + [[0.6, 0.4]] * 100 + [[0.9, 0.1]] * 100)
    >>> labels = np.array([0] * 50 + [1] * 50 + [0] * 64 + [1] * 36 + [0] * 90 + [1] * 10)
    >>> fit = fit_true_power(labels, probs, even_pattern(2))  # a tenth of the sure ones disagrees
    >>> round(fit.noise_rate, 2), round(fit.power, 1)
    (0.08, 1.7)
    """
    from scipy.optimize import minimize_scalar

    rows, likelihood = np.arange(len(labels)), pattern.T[labels]
    most = 1.0 - 1.0 / pred_probs.shape[1]

    def explained(log_power: float) -> tuple[float, float]:
        q = sharpened(pred_probs, float(np.exp(log_power)))
        right = np.maximum(q[rows, labels], _TINY)
        wrong = np.maximum(np.einsum("ij,ij->i", q, likelihood), _TINY)
        rate = _best_rate(right, wrong, most)
        return float(-np.log(right + rate * (wrong - right)).mean()), rate

    coarse = np.linspace(*_RANGE, _COARSE)
    best = coarse[int(np.argmin([explained(log_power)[0] for log_power in coarse]))]
    step = coarse[1] - coarse[0]
    bounds = (max(best - step, _RANGE[0]), min(best + step, _RANGE[1]))
    found = minimize_scalar(
        lambda log_power: explained(log_power)[0], bounds=bounds, method="bounded", options={"xatol": 1e-3}
    )
    return TrueFit(float(np.exp(found.x)), explained(float(found.x))[1])


def given_labels(
    true_probs: FloatArray, labels: IntArray, noise_rate: float, pattern: FloatArray
) -> FloatArray:
    """Return probabilities of the true class once a row's own label is known as well, by Bayes' rule.

    Parameters
    ----------
    true_probs : float array of shape (n, n_classes)
        Of the true class, without the label.
    labels : int array of shape (n,)
        -1 for rows without a label, which stay as they are.
    noise_rate, pattern
        As in `fit_true_power`.

    Returns
    -------
    float64 array of shape (n, n_classes), rows summing to one

    Notes
    -----
    Cost: two arrays of that shape.

    Examples
    --------
    >>> given_labels(np.array([[0.9, 0.1], [0.9, 0.1]]), np.array([1, -1]), 0.1, even_pattern(2)).round(2).tolist()
    [[0.5, 0.5], [0.9, 0.1]]
    """
    known = np.flatnonzero(labels >= 0)
    likelihood = noise_rate * pattern.T[labels[known]]
    likelihood[np.arange(len(known)), labels[known]] = 1.0 - noise_rate
    both = np.maximum(true_probs[known] * likelihood, _TINY)
    posterior: FloatArray = np.array(true_probs, np.float64)
    posterior[known] = both / both.sum(axis=1, keepdims=True)
    return posterior


def pattern_of(transition: npt.NDArray[np.floating[Any]]) -> FloatArray:
    """Return which label a true class gets where it gets a wrong one, shape (n_classes, n_classes).

    Parameters
    ----------
    transition : float array of shape (n_classes, n_classes)
        True classes as lines. A class that is always labelled right gets an even line.

    Examples
    --------
    >>> pattern_of(np.array([[0.7, 0.2, 0.1], [0.0, 1.0, 0.0], [0.3, 0.0, 0.7]])).round(2).tolist()
    [[0.0, 0.67, 0.33], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0]]
    """
    wrong = np.array(transition, np.float64)
    np.fill_diagonal(wrong, 0.0)
    sums = wrong.sum(axis=1, keepdims=True)
    pattern: FloatArray = np.where(
        sums > _TINY, wrong / np.maximum(sums, _TINY), even_pattern(len(transition))
    )
    return pattern


def even_pattern(n_classes: int) -> FloatArray:
    """Return the pattern in which every wrong label is as likely as every other, shape (n_classes, n_classes)."""
    even: FloatArray = (1.0 - np.eye(n_classes)) / max(n_classes - 1, 1)
    return even


def _best_rate(right: FloatArray, wrong: FloatArray, most: float) -> float:
    """Maximise ``mean log((1 - rate) right + rate wrong)`` over rates in [0, most]."""
    more = wrong - right

    def rises(rate: float) -> bool:
        return float((more / (right + rate * more)).mean()) > 0

    low, high = 0.0, most
    if not rises(low):
        return low
    if rises(high):
        return high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) else (low, middle)
    return (low + high) / 2
