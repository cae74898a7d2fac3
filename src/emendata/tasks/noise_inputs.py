"""What the functions that make noise accept."""

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.records import FloatArray
from emendata.tasks.given_joints import as_square

__all__ = ["as_noise_matrix", "as_prior", "check_classes", "check_part"]


def as_noise_matrix(noise_matrix: npt.ArrayLike) -> FloatArray:
    """Return P(given label | true class) as an array of shape (k, k) whose columns sum to one."""
    matrix = as_square("noise_matrix", noise_matrix)
    if not (np.abs(matrix.sum(axis=0) - 1) <= 1e-6).all():
        raise InputError("noise_matrix must hold P(given label | true class): every column sums to one.")
    return np.asarray(matrix / matrix.sum(axis=0), np.float64)


def as_prior(prior: npt.ArrayLike, n_classes: int) -> FloatArray:
    """Return the shares of the true classes, made to sum to one."""
    shares = np.asarray(prior, np.float64)
    if shares.shape != (n_classes,) or not (shares >= 0).all() or not 0 < shares.sum() < np.inf:
        raise InputError(f"prior must hold {n_classes} numbers of at least 0, not all 0, one a class.")
    return np.asarray(shares / shares.sum(), np.float64)


def check_classes(n_classes: int) -> None:
    """Make sure that there are classes to mix up."""
    if n_classes < 2:
        raise InputError(f"n_classes must be at least 2; got {n_classes}.")


def check_part(name: str, value: float) -> None:
    """Make sure that a number is a part of a whole."""
    if not 0 <= value <= 1:
        raise InputError(f"{name} must be between 0 and 1; got {value:g}.")
