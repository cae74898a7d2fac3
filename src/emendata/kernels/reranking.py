"""Which rows to look at next, learned from the answers so far."""

import numpy as np
from scipy.special import expit

from emendata.records import BoolArray, FloatArray

__all__ = ["learned_weights"]

_STEPS = 25
_SETTLED = 1e-8


def learned_weights(
    ranks: FloatArray, changed: BoolArray, prior: FloatArray, strength: float = 1.0
) -> FloatArray:
    """Fit how much each score counts, by logistic regression that is drawn towards what was believed before.

    Parameters
    ----------
    ranks : float64 array of shape (n, m)
        How suspicious each of m scores finds each of the n rows that were answered, in [0, 1].
    changed : bool array of shape (n,)
        Whether the answer changed something.
    prior : float64 array of shape (m,)
        The weights without any answer.
    strength : float
        How much the prior counts, above 0.

    Returns
    -------
    float64 array of shape (m + 1,)
        A weight for each score and a constant, by which ``ranks @ weights[:-1]`` orders rows.

    Notes
    -----
    Newton's method, O(n m^2) a step. The constant is drawn towards nothing.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> ranks = rng.random((200, 2))
    >>> weights = learned_weights(ranks, ranks[:, 1] > 0.5, np.array([1.0, 1.0]))
    >>> bool(weights[1] > 4 * abs(weights[0]))
    True
    """
    x = np.column_stack([ranks - 0.5, np.ones(len(ranks))])
    centre = np.append(prior, 0.0)
    pull = np.diag(np.append(np.full(len(prior), strength), 1e-3))
    weights = centre.copy()
    for _ in range(_STEPS):
        chance = expit(x @ weights)
        slope = x.T @ (changed - chance) - pull @ (weights - centre)
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + pull
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < _SETTLED:
            break
    return weights
