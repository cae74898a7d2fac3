"""Scores of every row as a table on disk."""

import os
from pathlib import Path

import pyarrow as pa

from emendata.errors import InputError
from emendata.files import write_atomically

__all__ = ["write_scores"]


def write_scores(table: pa.Table, path: str | os.PathLike[str]) -> None:
    """Write a table of scores as Parquet or CSV, by the extension of ``path``.

    Raises
    ------
    InputError
        If the extension is neither ``.parquet`` nor ``.csv``.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> table = pa.table({"row": [0, 1], "wrong_label_score": [0.9, None]})
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "scores.csv"
    >>> write_scores(table, target)
    >>> print(target.read_text())
    "row","wrong_label_score"
    0,0.9
    1,
    """
    suffix = Path(path).suffix.lower()
    if suffix not in (".parquet", ".csv"):
        raise InputError(f"Scores are written as .parquet or .csv; got {str(path)!r}. Change the extension.")
    with write_atomically(path) as temporary:
        if suffix == ".csv":
            from pyarrow import csv

            csv.write_csv(table, temporary)
        else:
            from pyarrow import parquet

            parquet.write_table(table, temporary, compression="zstd")
