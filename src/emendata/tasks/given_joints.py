"""Matrices of classes that people bring, and the labels that belong to them."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.records import FloatArray, IntArray
from emendata.tasks.labels import GivenLabels

__all__ = ["as_square", "count_labels"]


def as_square(name: str, values: Any) -> FloatArray:
    """Return a matrix with one line and one column per class as float64, shape (k, k).

    Raises
    ------
    InputError
        If ``values``, which people know by ``name``, are no such matrix, or hold negative numbers, NaN or infinity.
    """
    try:
        matrix: FloatArray = np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} cannot be read as an array of numbers: {error}") from error
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise InputError(f"{name} must have one line and one column per class; got shape {matrix.shape}.")
    if not (np.isfinite(matrix) & (matrix >= 0)).all():
        raise InputError(f"{name} must hold numbers from 0 up, and no NaN or infinity.")
    return matrix


def count_labels(given: GivenLabels, joint: npt.NDArray[Any]) -> IntArray:
    """Count the rows with each label of a joint that a person gave, shape (k,).

    Raises
    ------
    InputError
        If it cannot be said which line of the joint is which label.
    """
    n_classes = max(len(given.class_names or ()), int(given.codes.max(initial=-1)) + 1)
    if n_classes > len(joint) or (given.class_names is not None and n_classes != len(joint)):
        raise InputError(
            f"labels has {n_classes} classes but confident_joint has {len(joint)} lines. "
            "Say with class_names= which line is which."
        )
    return np.bincount(given.codes[given.codes >= 0], minlength=len(joint))
