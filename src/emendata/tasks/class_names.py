"""What people pass as class_names, and labels looked up in them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError, nearest

__all__ = ["name_finder", "read_names", "refuse_names", "refuse_other_order"]

Codes = npt.NDArray[np.int32]


def read_names(class_names: Any) -> tuple[Any, ...]:
    """Return the names in ``class_names``, or those of a ClassLabel of datasets."""
    given = class_names.names if hasattr(class_names, "num_classes") else class_names
    if isinstance(given, str | bytes | Set | Mapping) or not isinstance(given, Iterable):
        raise InputError(
            f"class_names is {given!r:.80}. Give a sequence with one name per column of pred_probs."
        )
    names = tuple(name.item() if isinstance(name, np.generic) else name for name in given)
    try:
        twice = [name for name, count in Counter(names).items() if count > 1]
    except TypeError as error:
        raise InputError(f"class_names cannot be used: {error}. Give one value per column.") from error
    if twice:
        raise InputError(
            f"class_names has {', '.join(map(repr, twice[:5]))} more than once. Name each class once."
        )
    return names


def refuse_other_order(class_names: Any, column_names: tuple[Any, ...] | None) -> None:
    """Make sure that class_names do not put the columns of a table, which have these very names, in another order.

    Raises
    ------
    InputError
    """
    if class_names is None or column_names is None:
        return
    names, columns = [str(name) for name in read_names(class_names)], [str(name) for name in column_names]
    if names != columns and sorted(names) == sorted(columns):
        raise InputError(
            f"class_names is {', '.join(names[:5])} but the columns of pred_probs are {', '.join(columns[:5])}. "
            "Leave class_names out: the columns have their names."
        )


def name_finder(names: tuple[Any, ...]) -> Callable[[Any, int], int]:
    """Return a look-up of a value's position among ``names``, by the value or else by its text."""
    by_value = {name: i for i, name in enumerate(names)}
    by_text = {str(name): i for i, name in enumerate(names)}
    return lambda value, default: by_value.get(value, by_text.get(str(value), default))


def refuse_names(values: list[Any], moved: Codes, codes: Codes, names: tuple[Any, ...]) -> None:
    """Raise the error that says which labels are none of the classes."""
    unknown = [value for value, code in zip(values, moved.tolist(), strict=False) if code == -2]
    rows = np.isin(codes, np.flatnonzero(moved == -2))
    hint = nearest(str(unknown[0]), map(str, names))
    raise InputError(
        f"labels has {', '.join(map(repr, unknown[:3]))}{', ...' if len(unknown) > 3 else ''} in "
        f"{np.count_nonzero(rows):,} of {len(rows):,} rows (the first is row {int(rows.argmax())}), but the classes "
        f"are {', '.join(map(repr, names[:10]))}{', ...' if len(names) > 10 else ''}. "
        + (f"Did you mean {hint!r}?" if hint else "Give each class its column and its name.")
    )
