"""What all databases share: names as SQL takes them, and what is refused in the same words."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from emendata.data.source import Dialect, Reading
from emendata.data.table_file import reading_of
from emendata.errors import InputError, OutputError

__all__ = ["no_answer", "not_written", "quoted", "reading_from", "refuse_leftovers", "view_of"]


def quoted(name: str) -> str:
    """Return a name as SQL takes it literally.

    Examples
    --------
    >>> print(quoted('the "best" of'))
    "the ""best"" of"
    """
    return '"' + name.replace('"', '""') + '"'


def view_of(name: str, place: str) -> InputError:
    """Return the error of a correction to what is only a view."""
    return InputError(
        f"{name!r} is a view of {place}, and views hold no rows to correct. Audit the table behind it, or take the "
        "corrected table from audit.fix()."
    )


def no_answer(place: str) -> InputError:
    """Return the error of a query that is none."""
    return InputError(f"The query to {place} gives no rows. Begin it with SELECT.")


def reading_from(place: str, table: pa.Table, dialect: Dialect) -> Reading:
    """Return what a database gave, or raise `InputError` if that is no row."""
    if not table.num_rows:
        raise InputError(f"{place} gives columns but no rows. Name another table or change the query.")
    return replace(reading_of(table), dialect=dialect)


def not_written(target: Path, why: str) -> OutputError:
    """Return the error of a database that does not write a corrected copy, in its own words."""
    return OutputError(
        f"The database does not write {target} ({why}). Unless the disk is full, save the table as CSV and audit that."
    )


def refuse_leftovers(target: Path, ends: Sequence[str]) -> None:
    """Raise `OutputError` if a file lies beside a target that its database would take for its own log.

    Parameters
    ----------
    ends : sequence of str
        What comes after the name of a database in the names of its logs.
    """
    for end in ends:
        log = target.with_name(target.name + end)
        if log.exists():
            raise OutputError(
                f"Cannot write {target}: {log.name} is left beside it from another database and would spoil this one. "
                "Remove it if nothing uses it, or give another name."
            )
