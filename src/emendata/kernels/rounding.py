"""To how many decimal places numbers are rounded, and whether others are."""

import numpy as np

from emendata.records import BoolArray, FloatArray, IntArray

__all__ = ["are_rounded", "decimals", "places_of"]

_MOST = 9
_NEARLY_ALL = 0.95
_TINY = 1e-9
_FACTOR = 3e-4  # of a number, by which a rounded factor may change it


def decimals(numbers: FloatArray) -> int:
    """Return the least number of decimal places that 19 of 20 numbers keep to, 9 at most.

    Examples
    --------
    >>> decimals(np.array([1.5, 2.25, np.nan, 3.0])), decimals(np.array([1 / 3]))
    (2, 9)
    """
    there = numbers[~np.isnan(numbers)]
    for places in range(_MOST):
        if np.mean(_ends(there, places)) >= _NEARLY_ALL:
            return places
    return _MOST


def are_rounded(made: FloatArray, of: FloatArray, factor: float, places: int) -> BoolArray:
    """Tell which numbers have no more than some decimal places, as far as those that they were made of tell.

    A number of ``d`` places is known to half of its last one, and what is made of it by a factor in proportion. Factors
    that are no powers of ten may be rounded themselves, to four digits.

    Examples
    --------
    >>> of = np.array([31.24, 30.0])
    >>> are_rounded(of / 2.54, of, 1 / 2.54, 1)
    array([ True, False])
    """
    power = np.log10(abs(factor))
    known = 0.5 * 10.0 ** -places_of(of) * abs(factor) + (
        _TINY if abs(power - round(power)) < _TINY else _FACTOR
    ) * np.abs(made)
    found: BoolArray = np.abs(made - np.round(made, places)) <= np.minimum(known, 0.1 * 10.0**-places)
    return found


def places_of(numbers: FloatArray) -> IntArray:
    """Return how many decimal places each number has, 9 at most; digits beyond the eighth do not count.

    Examples
    --------
    >>> places_of(np.array([1.0, 2.25])).tolist()
    [0, 2]
    """
    found = np.full(len(numbers), _MOST)
    for fewer in range(_MOST - 1, -1, -1):
        found[_ends(numbers, fewer)] = fewer
    return found


def _ends(numbers: FloatArray, places: int) -> BoolArray:
    shifted = numbers * 10.0**places
    found: BoolArray = np.abs(shifted - np.round(shifted)) <= min(
        1e-6, _TINY * 10.0**places
    ) + _TINY * np.abs(shifted)
    return found
