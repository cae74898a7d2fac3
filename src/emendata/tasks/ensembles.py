"""Predictions of several models as one: the mixture under which the given labels are likeliest."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine import map_blocks
from emendata.kernels.stacking import convex_weights, hedged
from emendata.kernels.survey import own_probability
from emendata.records import FloatArray
from emendata.tasks.examples import Examples, Opening, open_examples
from emendata.tasks.mixture import Mixture
from emendata.tasks.pred_probs import PredProbs, RowsSource, open_models
from emendata.tasks.soundness import check_pred_probs
from emendata.tasks.stream import Stream

__all__ = ["given_probabilities", "open_each", "open_stacked", "stack_weights"]

_EVEN = 0.5  # models whose errors are their own are worth more together than the noisy labels show


def stack_weights(
    labels: Any,
    pred_probs: Any,
    *,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> FloatArray:
    """Find the weights of several models' predictions under which the given labels are likeliest.

    ``w* = argmax sum_i log sum_m w_m p_m[i, y_i]`` over weights that are not negative and sum to one. The labels
    are noisy, and still their likelihood finds the models that predict them best out of sample. Half of the weight
    is then spread evenly.

    Parameters
    ----------
    labels : sequence of n values
        Given labels; None and NaN stand for no label.
    pred_probs : array of shape (m, n, k), or sequence of m matrices of shape (n, k)
        Out-of-sample probabilities of each model.
    class_names, normalize, from_logits, n_threads
        As in `find_label_issues`.

    Returns
    -------
    float64 array of shape (m,)

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other.

    Examples
    --------
    >>> good, even = [[0.9, 0.1], [0.2, 0.8]], [[0.5, 0.5], [0.5, 0.5]]
    >>> stack_weights([0, 1], [good, even]).round(2)
    array([0.75, 0.25])
    """
    first, models = open_each(labels, pred_probs, Opening(class_names, normalize, from_logits, n_threads))
    return _weights(first, models, n_threads)


def open_each(labels: Any, pred_probs: Any, how: Opening) -> tuple[Examples, list[RowsSource]]:
    """Open labels with one model's predictions or several; nothing is checked but their shapes and names."""
    changes = {"normalize": how.normalize, "from_logits": how.from_logits}
    if isinstance(labels, Stream) or pred_probs is None or isinstance(pred_probs, Mixture):
        examples = open_examples(labels, pred_probs, class_names=how.class_names, **changes)
        return examples, [examples.probs]
    models: list[PredProbs] = open_models(pred_probs, **changes)
    return open_examples(labels, models[0], class_names=how.class_names), list(models)


def open_stacked(labels: Any, pred_probs: Any, how: Opening) -> Examples:
    """Open labels and predictions; those of several models become their stack."""
    first, models = open_each(labels, pred_probs, how)
    if len(models) == 1:
        return first
    mixture = Mixture(models, _weights(first, models, how.n_threads))
    return Examples(first.codes, mixture, first.class_names, first.n_unlabelled)


def _weights(first: Examples, models: list[RowsSource], n_threads: int | None) -> FloatArray:
    for model in models:
        check_pred_probs(model, n_threads=n_threads)
    labeled = first.codes >= 0
    own = [given_probabilities(first, model, n_threads)[labeled] for model in models]
    return hedged(convex_weights(own), _EVEN)


def given_probabilities(
    examples: Examples, probs: RowsSource, n_threads: int | None
) -> npt.NDArray[np.floating[Any]]:
    """Probability that a model gives each row's label, shape (n,); 0 without a label."""
    own = np.empty(len(examples.codes), probs.dtype)

    def work(first: int, block: npt.NDArray[np.floating[Any]]) -> None:
        rows = slice(first, first + len(block))
        own[rows] = own_probability(examples.codes[rows], block)

    for _ in map_blocks(probs, work, glance=True, n_threads=n_threads):
        pass
    return own
