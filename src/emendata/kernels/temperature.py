"""One number that makes a model's probabilities mean what they say."""

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["best_power", "sharpened"]

_FLOOR = 1e-6
_RANGE = (-3.0, 3.0)  # of the power's logarithm: from a twentieth to twenty


def best_power(labels: IntArray, pred_probs: FloatArray) -> float:
    """Return the power of the probabilities under which the given labels are likeliest.

    It is one over the temperature of Guo et al., "On calibration of modern neural networks", ICML 2017.
    Above 1 the model was too modest, below 1 too sure of itself. The order of classes never changes, so
    wrong labels can move it only a little.

    Parameters
    ----------
    labels : int array of shape (n,)
    pred_probs : float array of shape (n, n_classes)
        Out-of-sample, for the same rows.
    """
    from scipy.optimize import minimize_scalar

    logs = np.log(np.maximum(pred_probs, _FLOOR))
    own = logs[np.arange(len(labels)), labels].mean()

    def loss(log_power: float) -> float:
        powers = np.exp(log_power) * logs
        top = powers.max(axis=1)
        normaliser = top + np.log(np.exp(powers - top[:, None]).sum(axis=1))
        return float(normaliser.mean() - np.exp(log_power) * own)

    found = minimize_scalar(loss, bounds=_RANGE, method="bounded", options={"xatol": 1e-3})
    return float(np.exp(found.x))


def sharpened(pred_probs: FloatArray, power: float) -> FloatArray:
    """Raise probabilities to a power and normalise each row again, shape (n, n_classes)."""
    logs = power * np.log(np.maximum(pred_probs, _FLOOR))
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    probabilities: FloatArray = powers / powers.sum(axis=1, keepdims=True)
    return probabilities
