"""What a label asks for: one of two classes, one of many, several at once, or an amount."""

import json
from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.records import Task

__all__ = ["infer_task"]

_FEW_VALUES = 20
_SEPARATORS = ("|", ";", ",")
_N_SAMPLE = 2_000
_MANY_SEPARATED = 0.2  # part of the labels that hold a separator
_LONGEST_WORD = 40
_OFTEN = 5  # times that a word stands in the labels, on average


def infer_task(values: pa.ChunkedArray) -> tuple[Task, str]:
    """Return the task that a column of labels stands for, and why.

    Labels are amounts if they are numbers with a fraction and there are more than 20 of them, or whole numbers of which
    there are many for the number of rows and which do not just count the rows; several at once if they are lists, JSON
    included, or many are lists written with ``|``, ``;`` or ``,`` of words that come again and again, more of them in
    some rows than in others.

    Examples
    --------
    >>> infer_task(pa.chunked_array([["up", "down", None]]))
    (<Task.BINARY: 'binary'>, '2 different labels')
    >>> infer_task(pa.chunked_array([["a|b", "b", "b|c", "c", "a|c"] * 3]))[0].value
    'multilabel'
    """
    present = values.drop_null()
    if not len(present):
        return Task.MULTICLASS, "no label at all"
    n_distinct = int(pc.count_distinct(present).as_py())
    if n_distinct > _FEW_VALUES and not kinds.is_string(values.type) and _are_amounts(present, n_distinct):
        return Task.REGRESSION, f"{n_distinct:,} different numbers"
    if kinds.is_string(values.type) and (example := _several(present, n_distinct)) is not None:
        return Task.MULTILABEL, f"lists of labels, such as {example[:40]!r}"
    if n_distinct == 2:
        return Task.BINARY, "2 different labels"
    return Task.MULTICLASS, f"{n_distinct:,} different labels"


def _are_amounts(present: pa.ChunkedArray, n_distinct: int) -> bool:
    if kinds.is_timestamp(present.type) or kinds.is_boolean(present.type):
        return False
    if kinds.is_floating(present.type) and not pc.all(pc.equal(pc.floor(present), present)).as_py():
        return True
    ends = pc.min_max(present).as_py()
    counts_rows = n_distinct == len(present) and ends["max"] - ends["min"] == len(present) - 1
    return n_distinct > 0.1 * len(present) and not counts_rows


def _several(present: pa.ChunkedArray, n_distinct: int) -> str | None:
    """Return a cell that holds several labels, None where each cell is one label."""
    step = max(1, len(present) // _N_SAMPLE)
    cells = [str(cell) for cell in present.take(pa.array(range(0, len(present), step))).to_pylist()]
    if all(map(_is_list, cells)):
        return cells[0]
    return next((cell for mark in _SEPARATORS if (cell := _separated(cells, mark, n_distinct))), None)


def _is_list(cell: str) -> bool:
    if not (cell.startswith("[") and cell.endswith("]")):  # most are told by that
        return False
    try:
        return isinstance(json.loads(cell), list)
    except (ValueError, RecursionError):
        return False


def _separated(cells: list[str], separator: str, n_distinct: int) -> str | None:
    """Return a cell with several of the words that a separator parts, None if it does not part labels."""
    if sum(separator in cell for cell in cells) < _MANY_SEPARATED * len(cells):
        return None
    rows = [[word.strip() for word in cell.split(separator)] for cell in cells]
    if len(set(map(len, rows))) == 1:  # such as size and color, always both
        return None
    words = Counter(word for row in rows for word in row)
    comes_again = words.total() >= _OFTEN * len(words) and 2 * len(words) <= 1.5 * len(set(cells)) + 2
    if not comes_again or max(map(len, words)) > _LONGEST_WORD or n_distinct <= 2:
        return None
    return next(cell for cell in cells if separator in cell)
