"""What numbers would be in another unit, or with the other sign."""

from collections.abc import Iterator
from typing import NamedTuple

from emendata.records import FloatArray

__all__ = ["OtherUnit", "other_units"]

_FACTORS = (
    (10.0, 1.0, "10"),
    (100.0, 1.0, "100"),
    (1000.0, 1.0, "1,000"),
    (2.54, 0.5, "2.54 (inches and centimetres)"),
    (1 / 0.3048, 0.5, "3.281 (feet and metres)"),
    (1 / 0.45359237, 0.5, "2.205 (pounds and kilograms)"),
    (1.609344, 0.5, "1.609 (miles and kilometres)"),
    (60.0, 0.3, "60 (minutes and seconds)"),
)
"""Factors between units, how usual each is beside the others, and how it is called."""


class OtherUnit(NamedTuple):
    """What numbers should be if they are wrong in one way, how usual that is, how it is called, and its factor."""

    right: FloatArray
    factor: float
    weight: float
    name: str


def other_units(numbers: FloatArray, *, temperatures: bool) -> Iterator[OtherUnit]:
    """Yield what numbers would be in each other unit, as temperatures as well or not, and with the other sign.

    Examples
    --------
    >>> import numpy as np
    >>> found = {way.name: way.right.tolist() for way in other_units(np.array([5.0]), temperatures=True)}
    >>> found["divided by 10"], found["with the other sign"], found["turned from °C to °F"]
    ([0.5], [-5.0], [41.0])
    """
    for factor, weight, name in _FACTORS:
        yield OtherUnit(numbers / factor, 1 / factor, weight, f"divided by {name}")
        yield OtherUnit(numbers * factor, factor, weight, f"multiplied by {name}")
    yield OtherUnit(-numbers, -1.0, 1.0, "with the other sign")
    if temperatures:
        yield OtherUnit((numbers - 32) / 1.8, 1 / 1.8, 0.5, "turned from °F to °C")
        yield OtherUnit(1.8 * numbers + 32, 1.8, 0.5, "turned from °C to °F")
