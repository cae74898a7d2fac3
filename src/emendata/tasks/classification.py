"""Label errors in multi-class and binary classification, from labels and predicted probabilities."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.kernels.label_scores import doubtful, judge
from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["find_label_issues", "score_labels"]


def find_label_issues(
    labels: npt.ArrayLike, pred_probs: npt.ArrayLike, *, min_odds: float = 3.0
) -> BoolArray:
    """Find examples whose given label is probably wrong.

    An example is flagged when its `score_labels` is below 1 / (1 + ``min_odds``) and the predictions prefer
    another class.

    Parameters
    ----------
    labels : array-like of shape (n_examples,)
        Given class of each example; strings, integers or booleans.
    pred_probs : array-like of shape (n_examples, n_classes)
        Out-of-sample probabilities, columns in sorted order of class. Rows sum to one.
    min_odds : float
        At least 1. Higher flags fewer and surer ones.

    Returns
    -------
    bool array of shape (n_examples,)

    Raises
    ------
    InputError
        If the shapes do not fit, or labels are missing, or probabilities are missing, negative or do not sum
        to one.

    Notes
    -----
    Cost: 30 products of an (n_examples, n_classes) by an (n_classes, n_classes) matrix.
    Northcutt, Jiang, Chuang, "Confident learning", JAIR 2021.

    Examples
    --------
    >>> find_label_issues([0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]])
    array([False, False,  True])
    """
    codes, probs = _validated(labels, pred_probs)
    if not min_odds >= 1:
        raise InputError(f"min_odds must be at least 1; got {min_odds}.")
    return doubtful(judge(codes, probs), min_odds)


def score_labels(labels: npt.ArrayLike, pred_probs: npt.ArrayLike) -> Float32Array:
    """Score how well each given label fits the predictions: low means bad.

    Examples are ordered by the rank-sum of the log-margin and of the probability that the label is right
    under the noise matrix of confident learning. The scores are p / (p + q), with the probabilities of the
    given label and of the best other class, handed out in that order.

    Parameters
    ----------
    labels : array-like of shape (n_examples,)
        Given class of each example; strings, integers or booleans.
    pred_probs : array-like of shape (n_examples, n_classes)
        Out-of-sample probabilities, columns in sorted order of class. Rows sum to one.

    Returns
    -------
    float32 array of shape (n_examples,), values in [0, 1]

    Raises
    ------
    InputError
        If the shapes do not fit, or labels are missing, or probabilities are missing, negative or do not sum
        to one.

    Examples
    --------
    >>> score_labels(["cat", "dog", "dog"], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]).argmin()
    np.int64(2)
    """
    codes, probs = _validated(labels, pred_probs)
    return judge(codes, probs).scores.astype(np.float32)


def _validated(labels: npt.ArrayLike, pred_probs: npt.ArrayLike) -> tuple[IntArray, FloatArray]:
    probs, given = _array("pred_probs", pred_probs, np.float64), _array("labels", labels)
    if probs.ndim != 2:
        raise InputError(f"pred_probs must have two dimensions, one row an example; got {probs.ndim}.")
    if given.shape != (len(probs),):
        raise InputError(
            f"pred_probs has {len(probs):,} rows but labels has shape {given.shape}. Give one label per row."
        )
    _check_probabilities(probs)
    classes, codes = _classes(given)
    if (
        np.issubdtype(given.dtype, np.integer)
        and len(given)
        and 0 <= classes[0] <= classes[-1] < probs.shape[1]
    ):
        return given.astype(np.int64), probs  # integers are column numbers, also where a class is absent
    if len(classes) != probs.shape[1]:
        raise InputError(
            f"labels has {len(classes)} classes but pred_probs has {probs.shape[1]} columns. "
            "Give one column per class, in sorted order, or integers from 0."
        )
    return codes.astype(np.int64), probs


def _array(name: str, values: npt.ArrayLike, kind: npt.DTypeLike | None = None) -> npt.NDArray[Any]:
    try:
        return np.asarray(values, dtype=kind)
    except (TypeError, ValueError) as error:
        what = "labels" if kind is None else "numbers"
        raise InputError(f"{name} cannot be read as an array of {what}: {error}") from error


def _classes(given: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp]]:
    missing = [row for row, label in enumerate(given.tolist()) if _is_missing(label)]
    if missing:
        raise InputError(
            f"labels has no value in {len(missing):,} of {len(given):,} rows (the first is row {missing[0]}). "
            "Leave these rows out."
        )
    try:
        return np.unique(given, return_inverse=True)
    except TypeError as error:
        raise InputError(
            "labels are of several types and have no order. Make them all strings or all integers."
        ) from error


def _is_missing(label: object) -> bool:
    try:
        return label is None or bool(label != label)  # only NaN differs from itself
    except TypeError:  # pandas.NA refuses to say so
        return True


def _check_probabilities(probs: FloatArray) -> None:
    def fail(bad: BoolArray, what: str, way_out: str) -> None:
        if bad.any():
            first = int(np.flatnonzero(bad)[0])
            raise InputError(f"{bad.sum():,} rows of pred_probs {what} (the first is row {first}). {way_out}")

    fail(~np.isfinite(probs.sum(axis=1)), "hold NaN or infinity", "Predict these rows or leave them out.")
    fail(
        np.asarray(probs.min(axis=1, initial=0.0) < 0),
        "hold negative values",
        "Turn scores into probabilities first.",
    )
    off = np.abs(probs.sum(axis=1) - 1) > 1e-2
    fail(off, "do not sum to one", "Divide each row by its sum if they are unnormalised probabilities.")
