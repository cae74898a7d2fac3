"""Folders with one table in them, beside the images or sounds that it names."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from emendata.data.folder_layout import layout_of
from emendata.data.media_columns import media_in_files
from emendata.data.source import Dialect, Reading, Source
from emendata.data.tree import copy_files, files_below, tree_of
from emendata.errors import InputError
from emendata.files import write_folder
from emendata.records import Correction

__all__ = ["TableFolderSource"]


@dataclass(frozen=True)
class TableFolderSource:
    """A folder that holds one table, such as ``labels.csv`` beside ``images/``. All other files stay as they are.

    Parameters
    ----------
    table_endings : tuple of str
        How the names of tables end, in lower case.
    source_for : callable
        Returns the format of a table.
    """

    table_endings: tuple[str, ...]
    source_for: Callable[[Path], Source]
    name: str = "table_folder"
    title: str = "folder with a table"
    suffixes: tuple[str, ...] = ()
    is_text: bool = False
    is_exact: bool = False

    def recognizes(self, folder: Path) -> bool:
        """Tell whether there is one table, and files in class folders only if the table names them."""
        tree = tree_of(folder)
        tables = tree.ending_in(self.table_endings)
        return len(tables) == 1 and (
            len(layout_of(tree).classes) < 2 or self._names_files(folder / tables[0])
        )

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return what is in the table; names of files in it start from its own folder."""
        table, source = self._table(path)
        reading = source.read(table, dialect)
        where = table.relative_to(path).as_posix()
        return replace(reading, folder=table.parent, recognized=f"a folder with the table {where}")

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with what the table's format adds to them."""
        table, source = self._table(path)
        return source.with_raw(table, corrections, dialect)

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write a copy of the folder with the corrected table in it."""
        table, source = self._table(path)
        with _copied(path, target, table) as goal:
            source.rewrite(table, goal, corrections, dialect)

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a copy of the folder with the table as it was."""
        table, source = self._table(corrected)
        with _copied(corrected, target, table) as goal:
            source.restore(table, goal, corrections, dialect)

    def _table(self, folder: Path) -> tuple[Path, Source]:
        table = folder / tree_of(folder).ending_in(self.table_endings)[0]
        return table, self.source_for(table)

    def _names_files(self, table: Path) -> bool:
        try:
            reading = self.source_for(table).read(table, Dialect())
        except InputError:  # then it is no table of data
            return False
        return bool(media_in_files(reading.table, table.parent, {}))


@contextmanager
def _copied(folder: Path, target: Path, table: Path) -> Iterator[Path]:
    """Copy all files of a folder but its table and project folders, and yield where the table goes."""
    with write_folder(target) as temporary:
        goal = temporary / table.relative_to(folder)
        others = [name for name in files_below(folder) if folder / name != table]
        copy_files(folder, temporary, {name: name for name in others})
        goal.parent.mkdir(parents=True, exist_ok=True)
        yield goal
