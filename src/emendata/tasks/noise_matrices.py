"""Noise matrices: P(given label | true class), shape (k, k), made by hand or drawn at random.

Given labels are lines, true classes columns, and every column sums to one.
"""

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.records import FloatArray
from emendata.tasks.noise_drawing import Limits, draw, learning_margins
from emendata.tasks.noise_inputs import as_noise_matrix, as_prior, check_classes, check_part

__all__ = ["is_learnable", "noise_matrix_from_trace", "uniform_noise_matrix"]

_TRIES = 200


def uniform_noise_matrix(n_classes: int, noise_rate: float) -> FloatArray:
    """Make the noise matrix in which every label is wrong equally often and every mistake equally likely.

    Parameters
    ----------
    n_classes : int
        At least 2.
    noise_rate : float in [0, 1]
        Part of the labels that are wrong.

    Returns
    -------
    float64 array of shape (n_classes, n_classes)

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> uniform_noise_matrix(3, 0.5).tolist()
    [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]]
    """
    check_classes(n_classes)
    check_part("noise_rate", noise_rate)
    matrix = np.full((n_classes, n_classes), noise_rate / (n_classes - 1))
    np.fill_diagonal(matrix, 1.0 - noise_rate)
    return matrix


def noise_matrix_from_trace(
    n_classes: int,
    trace: float,
    *,
    min_trace_prob: float = 1e-5,
    max_trace_prob: float = 1.0,
    min_noise_rate: float = 0.0,
    max_noise_rate: float = 1.0,
    frac_zero_noise_rates: float = 0.0,
    prior: npt.ArrayLike | None = None,
    valid: bool = True,
    seed: int = 0,
) -> FloatArray:
    """Draw a random noise matrix whose diagonal has the sum ``trace``.

    Parameters
    ----------
    n_classes : int
        At least 2.
    trace : float
        Between 0 and ``n_classes``, which is no noise at all. ``trace / n_classes`` of the labels stay right
        if the classes are equally large.
    min_trace_prob, max_trace_prob : float in [0, 1]
        Limits of each value on the diagonal.
    min_noise_rate, max_noise_rate : float in [0, 1]
        Limits of each other value that is not zero.
    frac_zero_noise_rates : float in [0, 1]
        Part of the values off the diagonal that are zero, as far as ``trace`` and the limits allow.
    prior : array of shape (n_classes,), optional
        Share of each true class, needed for ``valid``; equal by default.
    valid : bool
        Draw a matrix that can be learned from, see `is_learnable`. Needs a trace above 1.
    seed : int

    Returns
    -------
    float64 array of shape (n_classes, n_classes)

    Raises
    ------
    InputError
        If no matrix can have these values, or none was found in 200 tries.

    Notes
    -----
    Cost: a few passes over the matrix. A draw that cannot be learned from is moved towards the matrix with
    even noise, which can, as far as needed; tries are only for limits and zeros that stand in the way.

    Examples
    --------
    >>> made = noise_matrix_from_trace(3, 2.4, seed=7)
    >>> made.trace().round(6), made.sum(axis=0).round(6).tolist(), is_learnable(made, [0.2, 0.3, 0.5])
    (np.float64(2.4), [1.0, 1.0, 1.0], True)
    """
    limits = Limits(
        n_classes,
        trace,
        min_trace_prob,
        max_trace_prob,
        min_noise_rate,
        max_noise_rate,
        frac_zero_noise_rates,
    )
    limits.check()
    shares = as_prior(np.ones(n_classes) if prior is None else prior, n_classes)
    if valid and not (trace > 1 and (shares < 1).all()):
        raise InputError(
            f"Labels can be learned from only if trace is above 1 and no class is alone; got trace {trace:g}. "
            "Raise trace, or pass valid=False."
        )
    rng = np.random.default_rng(seed)
    for _ in range(_TRIES):
        drawn = draw(limits, shares if valid else None, rng)
        if drawn is not None:
            return drawn
    raise InputError(
        f"No noise matrix with trace {trace:g} was found in {_TRIES:,} tries. Raise trace, lower "
        f"frac_zero_noise_rates, or widen the limits{', or pass valid=False' * valid}."
    )


def is_learnable(noise_matrix: npt.ArrayLike, prior: npt.ArrayLike) -> bool:
    """Say whether, for every class, given and true label agree more often than by chance.

    Parameters
    ----------
    noise_matrix : array of shape (k, k)
    prior : array of shape (k,)
        Share of each true class. Classes with a share of 0 do not count.

    Returns
    -------
    bool
        Whether P(given = c, true = c) > P(given = c) * P(true = c) for every class c.

    Raises
    ------
    InputError
        If the columns of the matrix are no distributions, or the prior is not.

    Notes
    -----
    Northcutt, Wu, Chuang, "Learning with confident examples: rank pruning for robust classification with
    noisy labels", UAI 2017.

    Examples
    --------
    >>> is_learnable([[0.9, 0.3], [0.1, 0.7]], [0.5, 0.5])
    True
    >>> is_learnable([[0.4, 0.6], [0.6, 0.4]], [0.5, 0.5])
    False
    """
    matrix = as_noise_matrix(noise_matrix)
    return bool((learning_margins(matrix, as_prior(prior, len(matrix))) > 0).all())
