"""Files that hold one Arrow table: the rewriter of all of them."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pyarrow as pa
import pyarrow.types as kinds

from emendata.data.media_columns import media_in_cells
from emendata.data.normalise import normalised
from emendata.data.plain_types import plain
from emendata.data.source import Dialect, Reading
from emendata.data.table_edit import (
    edit_cells,
    editing,
    insert_rows,
    packed,
    position,
    to_scalar,
    unpacked,
    with_corrections,
)
from emendata.data.values import readable
from emendata.data.vector_columns import spread_vectors
from emendata.errors import InputError
from emendata.records import Correction, Json

__all__ = ["TableFile", "filled", "readable_row", "reading_of", "refuse_names", "refuse_twice", "taken_back"]


class TableFile(ABC):
    """A format whose files hold one Arrow table. Schema, metadata and column order stay as they are."""

    is_text = False
    is_exact = False
    title: ClassVar[str]
    """What people call such a file."""

    @abstractmethod
    def load(self, path: Path) -> pa.Table:
        """Return the table of a file that is not empty; what Arrow raises tells that it is damaged."""

    @abstractmethod
    def write_like(self, like: Path, target: Path, table: pa.Table) -> None:
        """Write a table to ``target``, in the way that ``like`` is written."""

    def read_exactly(self, path: Path) -> pa.Table:
        """Return the table with its own types and metadata.

        Raises
        ------
        InputError
            If the file is empty, damaged or of another format, or has no or twice-named columns.
        """
        if not path.stat().st_size:
            raise InputError(f"{path.name} is empty. Give a file with at least one row.")
        try:
            table = self.load(path)
            refuse_names(path.name, table.column_names)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            why = str(error).splitlines()[0].rstrip(".")
            raise InputError(
                f"{path.name} is not a whole {self.title} ({why}). Write or download it again."
            ) from error
        return table

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the typed table; ``dialect`` has no meaning here."""
        table = self.read_exactly(path)
        if not table.num_rows:
            raise InputError(f"{path.name} has columns but no rows. Give a file with at least one row.")
        return reading_of(table)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with dropped rows, and cells that no text gives back, as Arrow data."""
        table = plain(self.read_exactly(path))
        return [filled(table, correction) for correction in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected file with the schema of the original."""
        self.write_like(path, target, with_corrections(self.read_exactly(path), corrections))

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a file whose table equals that of the original."""
        self.write_like(corrected, target, taken_back(self.read_exactly(corrected), corrections))


@editing()
def taken_back(corrected: pa.Table, corrections: Sequence[Correction]) -> pa.Table:
    """Return a table with the corrections taken back, by what `TableFile.with_raw` filled in; its schema stays."""
    table = plain(corrected)
    rows = [(c.row, unpacked(c.raw)) for c in corrections if c.column is None]
    cells = [(c.row, c.column, _old(table, c.column, c)) for c in corrections if c.column is not None]
    return edit_cells(insert_rows(table, rows), cells).cast(corrected.schema)


def reading_of(table: pa.Table) -> Reading:
    """Return an Arrow table of any types as a typed one, with the images, sounds and vectors in its cells."""
    media = media_in_cells(table := plain(table))
    table, verdicts = spread_vectors(table)
    return Reading(normalised(table), media=media, verdicts=verdicts)


def readable_row(row: pa.Table) -> dict[str, Json]:
    """Return a table of one row as a patch holds the row that it drops, for people to read."""
    return {name: readable(value) for name, value in normalised(row).to_pylist()[0].items()}


def refuse_names(place: str, names: Sequence[str]) -> None:
    """Raise `InputError` if there are no names of columns, or one is there twice."""
    if not names:
        raise InputError(f"{place} has no columns. Give a file with at least one.")
    refuse_twice(place, names)


def refuse_twice(place: str, names: Sequence[str]) -> None:
    """Raise `InputError` if a name of columns is there twice."""
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise InputError(
            f"{place} has several columns called {', '.join(map(repr, twice[:5]))}. Rename them."
        )


def filled(table: pa.Table, correction: Correction) -> Correction:
    """Return a correction of a table with ``raw`` where it is needed to take it back."""
    row = table.slice(correction.row, 1)
    if correction.column is None:
        return replace(correction, old=correction.old or readable_row(row), raw=packed(row))
    i = position(table, correction.column)
    cell = row.select([i])
    return replace(correction, raw=None if _gives_back(cell, correction) else packed(cell))


def _gives_back(cell: pa.Table, correction: Correction) -> bool:
    kind = cell.schema.types[0]
    try:
        scalar = to_scalar(correction.old, kind, str(correction.column))
    except InputError:
        return False
    column = cell.column(0).cast(kind.value_type) if kinds.is_dictionary(kind) else cell.column(0)
    return bool(column[0].equals(scalar))


def _old(table: pa.Table, name: str, correction: Correction) -> pa.Scalar:
    if correction.raw is None:
        return to_scalar(correction.old, table.schema.field(position(table, name)).type, name)
    return unpacked(correction.raw).column(0)[0]
