"""Confident learning in whole-dataset numbers: thresholds, joint, noise matrices, number of label issues."""

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError, UnknownName
from emendata.kernels import noise_model
from emendata.kernels.calibration import calibrated
from emendata.kernels.cells import cells_of
from emendata.kernels.noise_model import PriorMethod
from emendata.records import FloatArray, IntArray
from emendata.tasks.ensembles import open_stacked
from emendata.tasks.examples import Opening
from emendata.tasks.given_joints import as_square, count_labels
from emendata.tasks.labels import read_labels
from emendata.tasks.surveys import survey_examples

__all__ = [
    "NoiseEstimate",
    "calibrate_confident_joint",
    "compute_confident_joint",
    "confident_thresholds",
    "estimate_joint",
    "estimate_noise",
]


@dataclass(frozen=True)
class NoiseEstimate:
    """How often each class is labelled as each other: k classes, given labels and true classes.

    ``prior`` holds the share of each true class, shape (k,); ``noise_matrix[given, true]`` is P(given | true) and
    ``inverse_noise_matrix[true, given]`` is P(true | given), columns summing to one; ``confident_joint`` holds
    counts by [given, true].
    """

    prior: FloatArray
    noise_matrix: FloatArray
    inverse_noise_matrix: FloatArray
    confident_joint: IntArray


def confident_thresholds(
    labels: Any,
    pred_probs: Any = None,
    *,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> FloatArray:
    """Give the mean probability of each class over the rows that carry its label.

    Parameters
    ----------
    labels, pred_probs, class_names, normalize, from_logits, n_threads
        As in `find_label_issues`.

    Returns
    -------
    float64 array of shape (k,)
        At least 2e-6; 2.0, which no probability reaches, for a class without rows.

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other.

    Examples
    --------
    >>> confident_thresholds([0, 0, 1], [[0.8, 0.2], [0.6, 0.4], [0.1, 0.9]])
    array([0.7, 0.9])
    """
    examples = open_stacked(labels, pred_probs, Opening(class_names, normalize, from_logits, n_threads))
    return survey_examples(examples, n_threads=n_threads).thresholds


def compute_confident_joint(
    labels: Any,
    pred_probs: Any = None,
    *,
    thresholds: npt.ArrayLike | None = None,
    calibrate: bool = True,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> IntArray:
    """Count rows by given label (line) and by the class that they confidently look like (column).

    A row looks like its most probable class if that reaches its threshold; else like the one class that does, or
    like the most probable if several do. A row without such a class is not counted.

    Parameters
    ----------
    labels, pred_probs, class_names, normalize, from_logits, n_threads
        As in `find_label_issues`.
    thresholds : sequence of k numbers, optional
        Default: `confident_thresholds`.
    calibrate : bool
        Rescale each line to the number of rows with that label, in whole rows.

    Returns
    -------
    int64 array of shape (k, k)

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other.

    Notes
    -----
    Reads pred_probs twice; 12 bytes a row besides the result. Northcutt, Jiang, Chuang, JAIR 2021, section 3.1,
    but a row that reaches several thresholds counts for its most probable class overall.

    Examples
    --------
    >>> compute_confident_joint([0, 0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]], calibrate=False)
    array([[1, 1],
           [0, 1]])
    """
    examples = open_stacked(labels, pred_probs, Opening(class_names, normalize, from_logits, n_threads))
    bars = None if thresholds is None else _bars(thresholds, examples.n_classes)
    surveyed = survey_examples(examples, thresholds=bars, n_threads=n_threads)
    return (surveyed.calibrated() if calibrate else surveyed.joint).matrix()


def calibrate_confident_joint(
    confident_joint: npt.ArrayLike, labels: Any, *, class_names: Any = None
) -> IntArray:
    """Rescale each line of a confident joint to the number of rows with that label, in whole rows.

    Parameters
    ----------
    confident_joint : array of shape (k, k)
        Counts by [given label, true class].
    labels : sequence of n values
        Integers from 0, or any values together with ``class_names``.

    Returns
    -------
    int64 array of shape (k, k), summing to the number of labels

    Raises
    ------
    InputError
        If the joint is not square or has too few classes.

    Examples
    --------
    >>> calibrate_confident_joint([[3, 1], [0, 2]], [0] * 10 + [1] * 4)
    array([[8, 2],
           [0, 4]])
    """
    joint = as_square("confident_joint", confident_joint)
    counts = count_labels(read_labels(labels, class_names), joint)
    return calibrated(cells_of(joint), counts).matrix()


def estimate_joint(
    labels: Any,
    pred_probs: Any = None,
    *,
    confident_joint: npt.ArrayLike | None = None,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> FloatArray:
    """Estimate the joint probability of given labels (lines) and true classes (columns).

    Parameters
    ----------
    labels, pred_probs, class_names, normalize, from_logits, n_threads
        As in `find_label_issues`.
    confident_joint : array of shape (k, k), optional
        Counts to start from, in the place of pred_probs.

    Returns
    -------
    float64 array of shape (k, k), summing to one

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other.

    Examples
    --------
    >>> estimate_joint([0, 0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]])
    array([[0.25, 0.25],
           [0.  , 0.5 ]])
    """
    how = Opening(class_names, normalize, from_logits, n_threads)
    joint = _calibrated(labels, pred_probs, confident_joint, how)
    return noise_model.joint_probabilities(joint)


def estimate_noise(
    labels: Any,
    pred_probs: Any = None,
    *,
    prior_method: PriorMethod = "counts",
    converge: bool = False,
    confident_joint: npt.ArrayLike | None = None,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> NoiseEstimate:
    """Estimate the class prior, the noise matrix and its inverse.

    Parameters
    ----------
    labels, pred_probs, class_names, normalize, from_logits, n_threads
        As in `find_label_issues`.
    prior_method : {"counts", "equation", "marginal", "marginal_given"}
        From the diagonals of both matrices, by solving the noise matrix, from the columns of the joint, or by the
        inverse noise matrix from the given labels.
    converge : bool
        Make the three agree with Bayes' rule by alternating it.
    confident_joint : array of shape (k, k), optional
        Counts to start from, in the place of pred_probs.

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other, or the method has no such name.

    Examples
    --------
    >>> found = estimate_noise([0, 0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]])
    >>> found.noise_matrix.round(2)
    array([[1.  , 0.33],
           [0.  , 0.67]])
    """
    if prior_method not in get_args(PriorMethod):
        raise UnknownName.among("prior_method", str(prior_method), get_args(PriorMethod))
    how = Opening(class_names, normalize, from_logits, n_threads)
    joint = _calibrated(labels, pred_probs, confident_joint, how)
    counts = joint.sum(axis=1)
    prior = noise_model.class_prior(joint, counts, method=prior_method)
    noise, inverse = noise_model.noise_matrix(joint), noise_model.inverse_noise_matrix(joint)
    if converge:
        prior, noise, inverse = noise_model.converged(counts, prior, noise, inverse)
    return NoiseEstimate(prior, noise, inverse, joint)


def _bars(thresholds: npt.ArrayLike, n_classes: int) -> FloatArray:
    try:
        bars = np.asarray(thresholds, np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"thresholds must be {n_classes} numbers, one per class: {error}") from error
    if bars.shape != (n_classes,) or np.isnan(bars).any():
        raise InputError(f"thresholds must be {n_classes} numbers, one per class; got shape {bars.shape}.")
    return bars


def _calibrated(
    labels: Any, pred_probs: Any, confident_joint: npt.ArrayLike | None, how: Opening
) -> IntArray:
    if confident_joint is not None:
        return calibrate_confident_joint(confident_joint, labels, class_names=how.class_names)
    examples = open_stacked(labels, pred_probs, how)
    return survey_examples(examples, n_threads=how.n_threads).calibrated().matrix()
