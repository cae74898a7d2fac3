"""Datasets that give one item at a time by its number, as those of torch do; torch itself is not needed."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from emendata.data.arrays import LABELS, label_by_name, read_arrays
from emendata.data.pictures import is_picture, pictures, reported, shape_is_picture
from emendata.data.source import Reading
from emendata.errors import InputError

__all__ = ["are_items", "read_items"]

_PAIR = ("x", "label")
_NUMBERS = "biuf"  # kinds of arrays
_N_SAMPLE = 20
_OTHERS = ("columns", "dtype", "schema", "type")  # of tables, series and arrays


def are_items(source: object) -> bool:
    """Tell whether a source has a length and gives items by number, and is neither a table nor a list of rows."""
    if isinstance(source, list | tuple):
        return bool(source) and isinstance(source[0], tuple)
    has_items = all(hasattr(source, name) for name in ("__len__", "__getitem__"))
    is_other = isinstance(source, str | bytes | bytearray | memoryview | Mapping)
    return has_items and not is_other and not any(hasattr(source, name) for name in _OTHERS)


def read_items(items: Any) -> Reading:
    """Return what is in a dataset whose items are pairs of what is known and a label, or dicts.

    Pictures are asked for when they are read and never kept, so an item has to be the same each time. An item that
    raises is a row without label and values; its pictures raise OSError. Labels come from ``targets`` or ``labels``
    where the dataset has these and a sample of its items agrees, else every item is asked for once. ``classes`` gives
    them names.

    Parameters
    ----------
    items : object with ``__len__`` and ``__getitem__``
        What is known may be an image of Pillow; an array or tensor of two or three dimensions, which is a picture, or
        of one, which is numbers; a text; or a number.

    Raises
    ------
    InputError
        If there are no items, none can be read, or they are of another kind.

    Examples
    --------
    >>> reading = read_items([("good", 1), ("bad", 0)])
    >>> reading.table.to_pydict(), reading.recognized
    ({'text': ['good', 'bad'], 'label': [1, 0]}, 'a torch-like dataset of 2 texts')
    """
    n_rows = len(items)
    at, first = _first(items, n_rows)
    names = _names(first)
    seen = [key for key, value in first.items() if _is_picture(value)]
    media = {names[key]: pictures(partial(_value, items, key), n_rows) for key in seen}
    columns: dict[str, Any] = {key: [f"item {row}" for row in range(n_rows)] for key in seen}
    label = next((key for key in first if key.lower() in LABELS), None)
    at_hand = _labels_at_hand(items, n_rows, at, label)
    if label is not None and at_hand is not None:
        columns[label] = at_hand
    cells, n_unread = _cells(items, n_rows, [key for key in first if key not in columns])
    columns |= cells
    if label is not None:
        columns[label] = _named(columns[label], getattr(items, "classes", None))
    table = read_arrays({names[key]: _together(columns[key]) for key in first}).table
    return Reading(
        table,
        media=media,
        verdicts=label_by_name(table, "the label of each item"),
        recognized=_recognized(n_rows, set(names.values()), n_unread),
    )


def _first(items: Any, n_rows: int) -> tuple[int, dict[str, Any]]:
    """Return the first item that can be read, and its row."""
    why = ""
    for row in range(n_rows):
        try:
            with reported():
                item = items[row]
        except OSError as error:
            why = why or f": item {row} gives {str(error).splitlines()[0].rstrip('.')}"
            continue
        return row, _fields(item)
    if not n_rows:
        raise InputError("The dataset has no items. Give one with at least one.")
    raise InputError(f"No item of the dataset can be read{why}. Make dataset[0] work first.")


def _fields(item: Any) -> dict[str, Any]:
    if isinstance(item, Mapping) and item:
        return {str(name): value for name, value in item.items()}
    if isinstance(item, tuple | list) and 0 < len(item) <= len(_PAIR):
        return dict(zip(_PAIR, item, strict=False))
    what = f"{len(item)} values" if isinstance(item, tuple | list) else f"of type {type(item).__name__}"
    raise InputError(
        f"An item of the dataset is {what}. Give a dataset whose items are pairs (x, y) or dicts."
    )


def _value(items: Any, key: str, row: int) -> Any:
    return _fields(items[row])[key]


def _names(first: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns' names: what is known of an item is called for what it is."""
    x = first.get(_PAIR[0])
    name = "image" if _is_picture(x) else "text" if isinstance(x, str) else _PAIR[0]
    return {key: name if key == _PAIR[0] and name not in first else key for key in first}


def _is_picture(value: Any) -> bool:
    shape = getattr(value, "shape", ())
    if is_picture(value) or len(shape) < 2:
        return is_picture(value)
    if not shape_is_picture(shape):
        raise InputError(
            f"An item holds an array of shape {tuple(shape)}, which is neither numbers nor a picture. Give pictures of "
            "shape (height, width, 3) or (3, height, width), or one line of numbers."
        )
    return True


def _labels_at_hand(items: Any, n_rows: int, first: int, key: str | None) -> list[Any] | None:
    """Return the labels that a dataset names by itself, if a sample of its items has the same.

    Datasets that choose or reorder the items of another often pass on its list of labels as it is.
    """
    for name in ("targets", "labels") if key is not None else ():
        found: Any = getattr(items, name, ())
        if hasattr(found, "__len__") and len(found) == n_rows:
            labels = [_plain(value) for value in found]
            if all(_has_label(items, row, str(key), labels[row]) for row in _sample(first, labels)):
                return labels
    return None


def _sample(first: int, labels: Sequence[Any]) -> list[int]:
    """Return the first row that can be read, rows spread evenly, and the first rows of some classes."""
    spread = np.linspace(0, len(labels) - 1, _N_SAMPLE).astype(int).tolist()
    starts: dict[Any, int] = {}
    for row, label in enumerate(labels):
        if isinstance(label, int | str):
            starts.setdefault(label, row)
    return list(dict.fromkeys([first, *spread, *list(starts.values())[:_N_SAMPLE]]))


def _has_label(items: Any, row: int, key: str, label: Any) -> bool:
    """Tell whether an item has a label; one that cannot be read does not gainsay it."""
    try:
        with reported():
            return np.array_equal(_plain(_fields(items[row])[key]), label)
    except OSError:
        return True


def _cells(items: Any, n_rows: int, keys: Sequence[str]) -> tuple[dict[str, list[Any]], int]:
    """Return the values of some fields, and how many items could not be read; ask for nothing without need."""
    cells: dict[str, list[Any]] = {key: [None] * n_rows for key in keys}
    n_unread = 0
    for row in range(n_rows) if keys else ():
        try:
            with reported():
                fields = _fields(items[row])
                values = {key: _plain(fields.get(key)) for key in keys}
        except OSError:
            n_unread += 1
            continue
        for key, value in values.items():
            cells[key][row] = value
    return cells, n_unread


def _plain(value: Any) -> Any:
    """Return a number of numpy or torch as one of Python, and a line of numbers as an array."""
    if not hasattr(value, "shape"):
        return value
    array = np.asarray(value)
    return array if array.ndim else array.item()


def _named(labels: Sequence[Any], classes: Any) -> list[Any]:
    """Return labels with the names of their classes, if the dataset has these; a negative one is missing."""
    if not isinstance(classes, list | tuple) or not all(isinstance(name, str) for name in classes):
        return list(labels)
    names = dict(enumerate(classes))
    return [
        names.get(label, label if label >= 0 else None) if type(label) is int else label for label in labels
    ]


def _together(cells: Sequence[Any]) -> Any:
    """Return lines of numbers or texts as one array, and all else as it is."""
    lines = {row: cell for row, cell in enumerate(cells) if isinstance(cell, np.ndarray) and cell.ndim == 1}
    width = max(map(len, lines.values()), default=0)
    if not width:
        return cells
    are_numbers = all(line.dtype.kind in _NUMBERS for line in lines.values())
    whole = np.full((len(cells), width), np.nan if are_numbers else None, float if are_numbers else object)
    for row, line in lines.items():
        whole[row, : len(line)] = line
    return whole


def _recognized(n_rows: int, names: set[str], n_unread: int) -> str:
    noun = next((name for name in ("image", "text") if name in names), "row")
    unread = f", {n_unread:,} of which cannot be read" if n_unread else ""
    return f"a torch-like dataset of {n_rows:,} {noun}{'' if n_rows == 1 else 's'}{unread}"
