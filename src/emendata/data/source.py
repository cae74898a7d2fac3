"""What every file format must be able to do: be read, be corrected and be put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from emendata.data.media import Media
from emendata.data.places import ByPosition, Places
from emendata.records import Correction, Role

__all__ = ["Dialect", "FolderSource", "Reading", "Source", "Verdict"]

Verdict = tuple[Role, str]
"""A role, and why a column has it, in plain words."""


@dataclass(frozen=True)
class Dialect:
    """How a source is to be read; None where the format or the source itself says it.

    Parameters
    ----------
    encoding, delimiter : str, optional
        How a text file is written down.
    table : str, optional
        The table of a database, or the sheet of a workbook.
    query : str, optional
        What is asked of a database instead of a whole table.
    """

    encoding: str | None = None
    delimiter: str | None = None
    table: str | None = None
    query: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a source found.

    Parameters
    ----------
    table : pyarrow.Table of shape (n_rows, n_columns)
        Typed as `emendata.data.dataset.Dataset` has it; a cell of a column of media is its file's name, or says
        which bytes they are.
    dialect : Dialect
        How the source is to be read again.
    media : mapping of str to Media
        The columns whose cells stand for images or sounds.
    verdicts : mapping of str to Verdict
        Roles that the source itself speaks for, such as that of a label that is the name of a folder.
    recognized : str
        What the source was taken for, where its name does not say it.
    folder : Path, optional
        Where names of files in the cells start from, by default the folder that the source lies in.
    within : Path, optional
        What these names must not lead out of: of data from elsewhere, the folder that they were put into.
    held : object, optional
        What must be there as long as media are read, such as the folder that an archive was unpacked into.
    places : Places
        How corrections find their rows again, by default by their position.
    """

    table: pa.Table
    dialect: Dialect = field(default_factory=Dialect)
    media: Mapping[str, Media] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    recognized: str = ""
    folder: Path | None = None
    within: Path | None = None
    held: object = None
    places: Places = ByPosition()  # noqa: RUF009 - it never changes


class Source(Protocol):
    """A file format: its reader and its rewriter.

    ``read`` raises `emendata.errors.InputError` for a file it cannot use; the two writers raise
    `emendata.errors.OutputError` when the target cannot be written, and leave nothing behind.
    """

    @property
    def name(self) -> str:
        """The format's name, such as ``"csv"``."""

    @property
    def title(self) -> str:
        """What people call data of this format, such as ``"CSV file"``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings in lower case, such as ``(".csv", ".tsv")``."""

    @property
    def is_text(self) -> bool:
        """Whether files are text: kept byte for byte by the writers, and packed if their name says so."""

    @property
    def is_exact(self) -> bool:
        """Whether ``restore`` gives back every byte, if nothing is packed; else it may be written otherwise."""

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return what is in a file, with the dialect that was found, ready to be read with again."""

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with ``raw`` filled wherever the value alone would not give it back."""

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write ``path`` to ``target`` with the corrections made and all else as it is."""

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write ``corrected`` to ``target`` with the corrections taken back."""


class FolderSource(Source, Protocol):
    """A way to keep a dataset in a folder. Its writers write whole folders."""

    def recognizes(self, folder: Path) -> bool:
        """Tell whether a folder is of this kind, from what is in it."""
