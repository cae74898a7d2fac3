"""Probabilities of the true class, from those of models that learned from labels with errors."""

from typing import NamedTuple

import numpy as np

from emendata.kernels.temperature import sharpened
from emendata.kernels.true_temperature import even_pattern, fit_true_power, given_labels, pattern_of
from emendata.records import FloatArray, IntArray
from emendata.tasks.examples import open_examples
from emendata.tasks.surveys import survey_examples

__all__ = ["TrueProbabilities", "true_probabilities"]

_FOLDS = 5
_MOST_ROWS = 20_000  # that two numbers are fitted to
_MOST_CLASSES = 256  # of which a matrix of errors is made; beyond, errors are taken as even


class TrueProbabilities(NamedTuple):
    """Probabilities of the true class (n, n_classes) without and with a row's own label.

    Temperature and rate of errors are means over the folds.
    """

    without_label: FloatArray
    with_label: FloatArray
    temperature: float
    noise_rate: float


def true_probabilities(labels: IntArray, pred_probs: FloatArray) -> TrueProbabilities:
    """Temper probabilities so that they are those of the true class, each row by what other rows say.

    Every fifth row is a fold; its temperature is fitted to the labels of all other rows, with the pattern of errors
    that these show, as far as it is believed.

    Parameters
    ----------
    labels : int array of shape (n,)
        Indices of classes, -1 for rows without a label, which are tempered all the same.
    pred_probs : float array of shape (n, n_classes)
        Out-of-sample.

    Notes
    -----
    Cost: five fits to at most 20,000 rows, evenly taken, and one pass over all.
    """
    fold_of = np.arange(len(labels)) % _FOLDS
    without, knowing = np.array(pred_probs, np.float64), np.empty(pred_probs.shape)
    fits = []
    for fold in range(_FOLDS):
        others = np.flatnonzero((fold_of != fold) & (labels >= 0))
        rows = others[:: max(-(-len(others) // _MOST_ROWS), 1)]
        pattern = _pattern(labels[rows], pred_probs[rows])
        fit = fit_true_power(labels[rows], pred_probs[rows], pattern)
        here = fold_of == fold
        without[here] = sharpened(without[here], fit.power)
        knowing[here] = given_labels(without[here], labels[here], fit.noise_rate, pattern)
        fits.append(fit)
    powers, rates = np.array(fits).T
    return TrueProbabilities(without, knowing, float(np.exp(-np.log(powers).mean())), float(rates.mean()))


def _pattern(labels: IntArray, pred_probs: FloatArray) -> FloatArray:
    n_classes = pred_probs.shape[1]
    if n_classes > _MOST_CLASSES:
        return even_pattern(n_classes)
    surveyed = survey_examples(open_examples(labels, pred_probs))
    return pattern_of(surveyed.transition(None).dense())
