"""The front door for data: a path, which may be a folder's, or a table in, a `Dataset` out."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from emendata.data.address import file_at, is_server
from emendata.data.dataset import Dataset
from emendata.data.formats import source_for
from emendata.data.media_columns import MEDIA_ROLES, media_in_files
from emendata.data.memory import read_memory
from emendata.data.roles import infer_columns
from emendata.data.server import read_server
from emendata.data.source import Dialect, Reading
from emendata.data.task import infer_task
from emendata.errors import EmendataError, InputError, UnknownName
from emendata.records import Task

__all__ = ["open_dataset"]


def open_dataset(
    source: object,
    *,
    label: str | None = None,
    roles: Mapping[str, str] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    table: str | None = None,
    query: str | None = None,
    task: str | None = None,
) -> Dataset:
    """Open a file, a folder, a database, a table or a dataset in memory and find out what its columns are for.

    Parameters
    ----------
    source : path, dataframe, Arrow table, dict of columns or arrays, list of dicts, or dataset
        A file ending in .csv, .tsv, .txt, .json, .jsonl or .ndjson, and these followed by .gz, .bz2, .xz or .zst; or in
        .parquet, .pq, .arrow, .feather, .ipc, .arrows or .npz; or a SQLite or DuckDB database, or an .xlsx or .xlsm
        workbook; or a folder of images, sounds or texts with a folder for each class, which is then the label, one that
        holds a table, or one that Hugging Face's datasets saved; or a .zip or .tar archive of such a folder, .tar also
        packed; or the URL of any of these files, or of a database server, such as ``postgresql://user@host/shop``; or a
        pandas, polars or Arrow table of shape (n_rows, n_columns); or a mapping of column names to sequences, and to
        arrays of several dimensions; or a list with a mapping for each row; or a ``datasets.Dataset`` or
        ``DatasetDict``; or a dataset of torch, which is anything with a length whose items are pairs or dicts. Images
        of Pillow may stand in columns, and in items.
    label : str, optional
        Name of the label column. A folder says it by itself.
    roles : mapping of str to str, optional
        Roles by column name, where the inferred ones are wrong.
    encoding, delimiter : str, optional
        How a text file is written, where it cannot be told from the file.
    table : str, optional
        Which table of a database or sheet of a workbook, where there are several.
    query : str, optional
        The SQL that is asked of a database instead; its answer can be audited but not corrected.
    task : str, optional
        What the label asks for, where the guess is wrong: binary, multiclass, multilabel or regression.

    Returns
    -------
    Dataset

    Raises
    ------
    InputError
        If the source cannot be read; the text says where the trouble is and what to do.
    UnknownName
        If a named column or role does not exist.

    Examples
    --------
    >>> data = open_dataset({"text": ["a good film", "a bad film"], "mood": ["up", "down"]}, label="mood")
    >>> data.label
    'mood'
    """
    if table is not None and query is not None:
        raise InputError("Both a table and a query are given. Give one of them.")
    dialect = Dialect(encoding, delimiter, table, query)
    path: Path | None = None
    url: str | None = None
    held: object = None
    if not isinstance(source, str | os.PathLike):
        name, kind, reading = "table", "frame", read_memory(source)
    elif is_server(source):
        kind = "sql"
        name, url, reading = read_server(os.fspath(source), dialect)
    else:
        found = file_at(source)
        path, url, held = (found, None, None) if isinstance(found, Path) else found
        try:
            format_ = source_for(path)
            name, kind, reading = path.name, format_.name, format_.read(path, dialect)
        except OSError as error:
            if isinstance(error, EmendataError):
                raise
            raise InputError(
                f"{path} cannot be read: {(error.strerror or str(error)).lower()}. Copy it to another place."
            ) from error
    _refuse_choice("Data in memory" if kind == "frame" else name, dialect, reading.dialect)
    opened = _dataset(name, kind, reading, path, url, label, roles or {})
    return replace(opened, task=_task(opened, task), held=held)


def _task(dataset: Dataset, asked: str | None) -> Task:
    known = [task.value for task in Task if task != Task.NONE]
    if asked is not None and asked not in known:
        raise UnknownName.among("task", asked, known)
    if dataset.label is None:
        return Task.NONE
    return Task(asked) if asked is not None else infer_task(dataset.table[dataset.label])[0]


def _refuse_choice(what: str, asked: Dialect, found: Dialect) -> None:
    for word in ("table", "query"):
        if getattr(asked, word) is not None and getattr(found, word) is None:
            raise InputError(f"{what} is no database, so there is no {word} to choose. Leave --{word} out.")


def _dataset(
    name: str,
    kind: str,
    reading: Reading,
    path: Path | None,
    url: str | None,
    label: str | None,
    roles: Mapping[str, str],
) -> Dataset:
    table = reading.table
    folder = reading.folder or (Path.cwd() if path is None else path.parent)
    within = reading.within or (folder if url is not None else None)
    media = {**media_in_files(table, folder, roles, within), **reading.media}
    seen = {name: (found.role, f"{found.role.value} files") for name, found in media.items()}
    columns = infer_columns(table, label=label, roles=roles, verdicts={**seen, **reading.verdicts})
    of_media = [column for column in columns if column.role in MEDIA_ROLES]
    for column in of_media:
        if column.name not in media:
            raise InputError(
                f"Column {column.name!r} holds no names of files. Give it another role than {column.role}."
            )
    media = {column.name: media[column.name].holding(reading.held) for column in of_media}
    return Dataset(name, kind, table, columns, path, reading.dialect, media, reading.recognized, url)
