"""What people pass as labels, as one code a row.

Numbers stay numbers all the way; everything else is counted out value by value, where "value" means each
different one, not each row.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.tasks.class_names import name_finder, read_names, refuse_names
from emendata.tasks.label_numbers import are_whole, column_numbers, looked_up, numbers_among
from emendata.tasks.label_parts import Part, encoded_parts
from emendata.tasks.label_values import chunks, plain_values

__all__ = ["GivenLabels", "join_labels", "read_labels"]

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class GivenLabels:
    """Labels as codes: positions in ``class_names``, or column numbers where that is None; -1 is unlabelled.

    ``class_names`` holds the classes that some row has, in sorted order, unless the order was given.
    ``all_names`` holds, if there are more, those too that a categorical column knows and no row has.
    """

    codes: Codes
    class_names: tuple[Any, ...] | None
    all_names: tuple[Any, ...] | None = None

    def over(self, names: tuple[Any, ...]) -> "GivenLabels":
        """Return the same labels as positions in ``names``, which holds each of the classes."""
        place = {name: i for i, name in enumerate(names)}
        moved = np.array([place[name] for name in self.class_names or ()] + [-1], np.int32)
        codes = np.empty_like(self.codes)
        _translate(self.codes, moved, codes)
        return GivenLabels(codes, names)


def read_labels(labels: Any, class_names: Any = None) -> GivenLabels:
    """Turn labels of any kind into codes.

    Parameters
    ----------
    labels : sequence of n values, or path of a .npy file
        Integers, strings, booleans, dates or anything else that has an order: a list, an array, a tensor, a
        column of pandas, polars or Arrow. None, NaN, NA and NaT stand for no label.
    class_names : sequence of values or ClassLabel, optional
        The classes in the order of their columns. Integer labels are looked up in them where there are
        numbers among them, and are column numbers where there are none.

    Raises
    ------
    InputError
        If it is no sequence of values with an order, or integers are negative, or ``class_names`` lacks one.

    Examples
    --------
    >>> read_labels(["dog", "cat", None])
    GivenLabels(codes=array([ 1,  0, -1], dtype=int32), class_names=('cat', 'dog'), all_names=None)
    >>> read_labels([2, 0, 0]).class_names is None
    True
    """
    names = None if class_names is None else read_names(class_names)
    values = plain_values(labels)
    if are_whole(values):
        known = {} if names is None or hasattr(class_names, "num_classes") else numbers_among(names)
        return GivenLabels(looked_up(values, known) if known else column_numbers(values), names)
    return _merged(encoded_parts(values), len(values), names)


def join_labels(parts: list[GivenLabels]) -> GivenLabels:
    """Put the labels of several blocks, in the order of the rows, into one."""
    labelled = [part for part in parts if (part.codes >= 0).any()]
    n_rows = sum(len(part.codes) for part in parts)
    if len({(part.class_names, part.all_names) for part in labelled}) <= 1:
        codes = np.concatenate([part.codes for part in parts]) if parts else np.empty(0, np.int32)
        return replace(labelled[0] if labelled else GivenLabels(codes, None), codes=codes)
    return _merged(map(_part, parts), n_rows, None)


def _part(given: GivenLabels) -> Part:
    if given.class_names is not None:
        used = given.class_names
        return given.codes, [*used, *(name for name in given.all_names or () if name not in used)]
    values, positions = np.unique(given.codes, return_inverse=True)
    n_missing = int(len(values) > 0 and values[0] < 0)
    return positions - n_missing, values[n_missing:].tolist()


def _merged(parts: Iterable[Part], n_rows: int, names: tuple[Any, ...] | None) -> GivenLabels:
    codes, at = np.empty(n_rows, np.int32), 0
    place: dict[Any, int] = {}
    known: set[Any] = set()
    for positions, values in parts:
        used = np.bincount(positions + 1, minlength=len(values) + 1)[1:] if len(positions) else ()
        moved = np.full(len(values) + 1, -1, np.int32)  # the last one is for -1
        for i in np.flatnonzero(used).tolist():
            if values[i] is not None:
                moved[i] = place.setdefault(values[i], len(place))
        known.update(value for value in values if value is not None)
        _translate(positions, moved, codes[at : at + len(positions)])
        at += len(positions)
    order = _ordered(place) if names is None else names
    find = {value: i for i, value in enumerate(order)}.get if names is None else name_finder(names)
    moved = np.array([find(value, -2) for value in place] + [-1], np.int32)
    if (moved == -2).any():
        refuse_names(list(place), moved, codes, order)
    _translate(codes, moved, codes)
    return GivenLabels(
        codes, order, None if names is not None or len(known) == len(order) else _ordered(known)
    )


def _translate(positions: npt.NDArray[Any], moved: Codes, out: Codes) -> None:
    for first, chunk in chunks(positions):
        out[first : first + len(chunk)] = moved[chunk]


def _ordered(values: Iterable[Any]) -> tuple[Any, ...]:
    try:
        return tuple(sorted(values))
    except TypeError as error:
        raise InputError(
            "labels are of several types and have no order. Make them all strings or all integers."
        ) from error
