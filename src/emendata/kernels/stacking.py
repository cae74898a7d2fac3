"""One prediction from several models: the convex mixture under which the given labels are likeliest."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.records import FloatArray

__all__ = ["convex_weights", "hedged", "mix"]

_FLOOR = 1e-6
_EM_STEPS = 10


def convex_weights(given: Sequence[npt.NDArray[np.floating[Any]]]) -> FloatArray:
    """Weights on the simplex that maximise the likelihood of the given labels, shape (n_models,).

    ``given`` holds, for each model, the probability of each row's given label, shape (n,).

    ``w* = argmax sum_i log sum_m w_m p_m[i, y_i]``. The problem is concave in w, so the few L-BFGS steps
    over softmax parameters find its one maximum. The labels are noisy, and still their likelihood finds
    the models that predict them best out of sample.
    """
    from scipy.optimize import (
        minimize,  # a third of a second, which commands that predict nothing do not need
    )

    own = np.maximum(np.stack(given, axis=1).astype(np.float64, copy=False), _FLOOR)

    def loss(parameters: FloatArray) -> tuple[float, FloatArray]:
        weights = _softmax(parameters)
        mixed = own @ weights
        pull = (own / mixed[:, None]).mean(axis=0)
        gradient = -weights * (pull - weights @ pull)
        return float(-np.log(mixed).mean()), gradient

    start = np.full(own.shape[1], 1 / own.shape[1])
    for _ in range(
        _EM_STEPS
    ):  # from even weights alone the first long step may end in a corner and stay there
        start = start * (own / (own @ start)[:, None]).mean(axis=0)
    found = minimize(loss, np.log(np.maximum(start, _FLOOR)), jac=True, method="L-BFGS-B")
    return _softmax(found.x)


def hedged(weights: FloatArray, even: float = 0.25) -> FloatArray:
    """Spread a part of the weight evenly: noisy labels overrate the first among near equals."""
    return (1 - even) * weights + even / len(weights)


def mix(predictions: Sequence[FloatArray], weights: FloatArray) -> FloatArray:
    """Weighted mean of the predictions, rows summing to one, shape (n, n_classes)."""
    total = np.zeros_like(predictions[0], dtype=np.float64)
    for prediction, weight in zip(predictions, weights, strict=True):
        total += weight * prediction
    mixed: FloatArray = total / total.sum(axis=1, keepdims=True)
    return mixed


def _softmax(parameters: FloatArray) -> FloatArray:
    powers = np.exp(parameters - parameters.max())
    weights: FloatArray = powers / powers.sum()
    return weights
