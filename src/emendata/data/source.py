"""What every file format must be able to do: be read, be corrected and be put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from emendata.records import Correction

__all__ = ["Dialect", "Source"]


@dataclass(frozen=True)
class Dialect:
    """How a text file is written down; None where the format or the file itself says it."""

    encoding: str | None = None
    delimiter: str | None = None


class Source(Protocol):
    """A file format: its reader and its rewriter.

    ``read`` raises `emendata.errors.InputError` for a file it cannot use; the two writers raise
    `emendata.errors.OutputError` when the target cannot be written, and leave nothing behind.
    """

    @property
    def name(self) -> str:
        """The format's name, such as ``"csv"``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings in lower case, such as ``(".csv", ".tsv")``."""

    @property
    def is_text(self) -> bool:
        """Whether files are text: kept byte for byte by the writers, and packed if their name says so."""

    def read(self, path: Path, dialect: Dialect) -> tuple[pa.Table, Dialect]:
        """Return the typed table and the dialect that was found, ready to be read with again."""

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with ``raw`` filled wherever the value alone would not give it back."""

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write ``path`` to ``target`` with the corrections made and all else as it is."""

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write ``corrected`` to ``target`` with the corrections taken back."""
