"""Correcting named arrays: the rewriter of archives of them and of mappings in memory."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from emendata.data.array_fields import Array, Field, fields_of, layout
from emendata.data.array_packing import packed_arrays, unpacked_arrays
from emendata.data.splits import by_part, part_of, starts_of
from emendata.data.table_edit import editing, refuse_bytes, to_scalar
from emendata.data.values import as_text
from emendata.errors import InputError, UnknownName
from emendata.records import Correction, Json

__all__ = ["arrays_taken_back", "corrected_arrays", "with_exact"]

_MISSING: dict[str, Any] = {"f": np.nan, "c": np.nan, "M": np.datetime64("NaT"), "U": "", "S": b"", "O": None}
_CELL = "cell"


def corrected_arrays(arrays: Mapping[str, Array], corrections: Sequence[Correction]) -> dict[str, Array]:
    """Return arrays with the corrections made; names and types stay, but that a longer text gets the room it needs.

    Raises
    ------
    InputError
        If a correction names a column or row that is not there, or a value that its array cannot hold.

    Examples
    --------
    >>> fix = Correction("relabel", 1, "", "y", "1", "5", "It looks like 5.", {}, 0.1)
    >>> corrected_arrays({"x": np.eye(2), "y": np.array([0, 1], np.int8)}, [fix])["y"]
    array([0, 5], dtype=int8)
    """
    made = dict(arrays)
    for part, local in _by_part(arrays, corrections, Counter()):
        cells = [_Cell(c.row, *part.fitting(c.column, c.new)) for c in local if c.column is not None]
        edited = _with_cells(part.arrays, cells)
        if rows := [c.row for c in local if c.column is None]:
            edited = {name: np.delete(array, rows, axis=0) for name, array in edited.items()}
        made |= part.keyed(edited)
    return made


def arrays_taken_back(arrays: Mapping[str, Array], corrections: Sequence[Correction]) -> dict[str, Array]:
    """Return corrected arrays as they were, by what `with_exact` filled in.

    Raises
    ------
    InputError
        If the corrections do not hold what is needed.
    """
    made = dict(arrays)
    dropped = Counter((c.raw or "").rpartition(" ")[0] for c in corrections if c.column is None)
    for part, local in _by_part(arrays, corrections, dropped):
        whole = _with_rows(part.arrays, {c.row: unpacked_arrays(c.raw) for c in local if c.column is None})
        part = replace(part, arrays=whole)
        cells = [_Cell(c.row, *part.before(c)) for c in local if c.column is not None]
        made |= part.keyed(_with_cells(whole, cells))
    return made


def with_exact(arrays: Mapping[str, Array], corrections: Iterable[Correction]) -> list[Correction]:
    """Return corrections with ``raw`` where it takes more than ``old`` to take them back: arrays, in base64.

    Before those of a row stands the split that it was in.
    """
    parts = _parts(arrays)
    starts = starts_of([part.n_rows for part in parts])
    exact = []
    for correction in corrections:
        which = part_of(starts, correction.row)
        raw = parts[which].raw(replace(correction, row=correction.row - starts[which]))
        exact.append(replace(correction, raw=raw))
    return exact


class _Cell(NamedTuple):
    """A value for a place in an array; ``kind``, if there is one, is the type that the array has afterwards."""

    row: int
    field: Field
    value: Any
    kind: np.dtype[Any] | None = None


@dataclass(frozen=True)
class _Part:
    """The arrays of a split by the names that they have in every split, and the names that they have in the archive."""

    split: str
    keys: Mapping[str, str]
    arrays: Mapping[str, Array]

    @property
    def n_rows(self) -> int:
        return len(next(iter(self.arrays.values())))

    @cached_property
    def fields(self) -> dict[str, Field]:
        return fields_of(self.arrays)

    def keyed(self, arrays: Mapping[str, Array]) -> dict[str, Array]:
        return {self.keys[name]: array for name, array in arrays.items()}

    def field(self, column: str) -> Field:
        if column not in self.fields:
            raise UnknownName.among("column", column, self.fields)
        if self.fields[column].is_picture:
            raise InputError(
                f"Column {column!r} holds pictures, which no correction changes. Correct another column."
            )
        return self.fields[column]

    def fitting(self, column: str, value: Json) -> tuple[Field, Any]:
        """Return a readable value as the array of a column holds it."""
        field = self.field(column)
        return field, _fitting(value, self.arrays[field.key], column)

    def before(self, correction: Correction) -> tuple[Field, Any, np.dtype[Any] | None]:
        """Return what a corrected cell held."""
        if correction.raw is None:
            return *self.fitting(str(correction.column), correction.old), None
        cell = unpacked_arrays(correction.raw)[_CELL]
        return self.field(str(correction.column)), cell[()], cell.dtype

    def raw(self, correction: Correction) -> str | None:
        """Return what takes a correction back, None if its ``old`` does."""
        row, column = correction.row, correction.column
        if column is None:
            return f"{self.split} {packed_arrays({name: array[row] for name, array in self.arrays.items()})}"
        field, new = self.fitting(column, correction.new)
        array = self.arrays[field.key]
        cell = np.asarray(array[_place(row, field)], array.dtype)
        return (
            None
            if _gives_back(correction, cell) and not _needs_room(array, new)
            else packed_arrays({_CELL: cell})
        )


def _parts(arrays: Mapping[str, Array]) -> list[_Part]:
    return [
        _Part(split, keys, {name: arrays[key] for name, key in keys.items()})
        for split, keys in layout(arrays).items()
    ]


def _by_part(
    arrays: Mapping[str, Array], corrections: Sequence[Correction], dropped: Mapping[str, int]
) -> Iterator[tuple[_Part, list[Correction]]]:
    """Yield each split and its corrections; ``dropped`` says of how many rows it has lost that count as well."""
    parts = _parts(arrays)
    sizes = [part.n_rows + dropped.get(part.split, 0) for part in parts]
    yield from zip(parts, by_part(corrections, sizes), strict=True)


def _with_cells(arrays: Mapping[str, Array], cells: Sequence[_Cell]) -> dict[str, Array]:
    made = {**arrays, **{key: arrays[key].copy() for key in {cell.field.key for cell in cells}}}
    for row, field, value, _ in cells:
        if _needs_room(made[field.key], value):
            made[field.key] = made[field.key].astype(np.asarray(value).dtype)
        made[field.key][_place(row, field)] = value
    kinds = {cell.field.key: cell.kind for cell in cells if cell.kind is not None}
    return made | {key: made[key].astype(kind) for key, kind in kinds.items()}


def _with_rows(arrays: Mapping[str, Array], rows: Mapping[int, Mapping[str, Array]]) -> dict[str, Array]:
    """Return arrays with rows put in, each at the position that it has afterwards."""
    order = sorted(rows)
    places = [row - n_before for n_before, row in enumerate(order)]
    try:
        return {
            name: np.insert(array, places, [rows[row][name] for row in order], axis=0) if rows else array
            for name, array in arrays.items()
        }
    except (KeyError, ValueError, IndexError) as error:
        raise InputError(
            "The rows that the patch dropped do not fit the arrays of the archive. Nothing was written."
        ) from error


def _place(row: int, field: Field) -> Any:
    return row if field.at is None else (row, field.at)


def _needs_room(array: Array, value: Any) -> bool:
    return array.dtype.kind in "US" and np.asarray(value).dtype.itemsize > array.dtype.itemsize


@editing()
def _fitting(value: Json, array: Array, column: str) -> Any:
    kind = array.dtype.kind
    if value is None and kind in _MISSING:
        return _MISSING[kind]
    if value is None:
        raise InputError(
            f"Column {column!r} holds {array.dtype}, which has no word for a missing value. Give another value."
        )
    if kind == "O":
        return _known(value, array.ravel().tolist(), column)
    if kind in "US":
        return as_text(value) if kind == "U" else as_text(value).encode()
    return to_scalar(value, pa.from_numpy_dtype(array.dtype.newbyteorder("=")), column).as_py()


def _known(value: Json, cells: Sequence[Any], column: str) -> Any:
    """Return a value as an array of objects has it already, or as it is."""
    for cell in cells:
        if as_text(cell) == as_text(value):
            return cell
    if any(isinstance(cell, bytes) for cell in cells):
        refuse_bytes(pa.binary(), column)
    return value


def _gives_back(correction: Correction, cell: Array) -> bool:
    try:
        return np.asarray(_fitting(correction.old, cell, "")).astype(cell.dtype).tobytes() == cell.tobytes()
    except InputError:
        return False
