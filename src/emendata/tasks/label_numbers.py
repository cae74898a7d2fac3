"""Labels that are whole numbers: integers, or floats that were integers before a NaN came among them."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.records import BoolArray
from emendata.tasks.label_values import chunks

__all__ = ["are_whole", "column_numbers", "looked_up", "numbers_among"]

_LARGEST = np.iinfo(np.int32).max

Codes = npt.NDArray[np.int32]


def are_whole(values: Any) -> bool:
    """Say whether labels are whole numbers, some perhaps missing."""
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "iuf":
        return False
    return values.dtype.kind != "f" or all(
        (np.isnan(chunk) | (np.isfinite(chunk) & (np.floor(chunk) == chunk))).all()
        for _, chunk in chunks(values)
    )


def column_numbers(values: npt.NDArray[Any]) -> Codes:
    """Take whole numbers for column numbers; -1 where one is missing."""
    if values.dtype.kind != "f":
        if len(values) and (values.min() < 0 or values.max() > _LARGEST):
            _refuse_numbers(values)
        return np.ascontiguousarray(values, np.int32)
    codes = np.empty(len(values), np.int32)
    for first, chunk in chunks(values):
        missing = np.isnan(chunk)
        if (chunk < 0).any() or (chunk > _LARGEST).any():
            _refuse_numbers(values)
        codes[first : first + len(chunk)] = np.where(missing, -1, chunk)
    return codes


def looked_up(values: npt.NDArray[Any], known: dict[int, int]) -> Codes:
    """Return the position in ``class_names`` of each number, by the positions of the numbers among them."""
    numbers, positions = np.array(sorted(known.items())).T
    codes = np.empty(len(values), np.int32)
    for first, chunk in chunks(values):
        nearest_above = np.minimum(np.searchsorted(numbers, chunk), len(numbers) - 1)
        found, missing = numbers[nearest_above] == chunk, chunk != chunk
        if not (found | missing).all():
            _refuse_unknown(values, numbers.tolist())
        codes[first : first + len(chunk)] = np.where(missing, -1, positions[nearest_above])
    return codes


def numbers_among(names: tuple[Any, ...]) -> dict[int, int]:
    """Return the positions in ``class_names`` of those that are numbers."""
    return {number: i for i, name in enumerate(names) if (number := _as_whole(name)) is not None}


def _as_whole(name: Any) -> int | None:
    if isinstance(name, int | float):
        return int(name) if name == name and abs(name) != float("inf") and int(name) == name else None
    try:
        return int(name) if isinstance(name, str) and str(int(name)) == name else None
    except ValueError:
        return None


def _refuse_numbers(values: npt.NDArray[Any]) -> None:
    if (negative := values < 0).any():
        raise InputError(
            f"labels has negative integers in {_where(negative, values)}. Integers are column numbers from 0: "
            "write None or NaN where there is no label, or say with class_names= which column is which."
        )
    raise InputError(
        f"labels has integers that no column number reaches in {_where(values > _LARGEST, values)}. Integers are "
        "column numbers from 0: say with class_names= which column is which."
    )


def _refuse_unknown(values: npt.NDArray[Any], known: list[int]) -> None:
    unknown = ~(np.isin(values, known) | (values != values))
    raise InputError(
        f"labels has values that are none of the classes in {_where(unknown, values)}. Give each class its column "
        "and its name."
    )


def _where(rows: BoolArray, values: npt.NDArray[Any]) -> str:
    first = int(rows.argmax())
    return (
        f"{np.count_nonzero(rows):,} of {len(rows):,} rows (the first is row {first}, with {values[first]})"
    )
