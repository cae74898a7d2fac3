"""Arrow files, which Feather files are too, and Arrow streams."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pyarrow as pa

from emendata.data.table_file import TableFile
from emendata.errors import InputError
from emendata.files import write_atomically

__all__ = ["ArrowSource"]

_FILE = b"ARROW1"
_OLD_FEATHER = b"FEA1"


@dataclass(frozen=True)
class ArrowSource(TableFile):
    """Arrow and Feather files and Arrow streams. Schema, metadata, column order and kind of file stay as they are.

    A file that ends in .feather is written with LZ4, as Feather files are; others without compression. A stream that
    was cut between two batches cannot be told from a whole one.
    """

    title: ClassVar[str] = "Arrow file"
    name: str = "arrow"
    suffixes: tuple[str, ...] = (".arrow", ".feather", ".ipc", ".arrows")

    def load(self, path: Path) -> pa.Table:
        """Return the table of a file, every value of which is sound."""
        start = _start(path)
        if start.startswith(_OLD_FEATHER):
            raise InputError(
                f"{path.name} is of the first version of Feather, which nothing writes any more. Save it as Parquet."
            )
        with pa.OSFile(os.fsencode(path)) as file, _reader(file, start) as reader:
            table = reader.read_all()
        table.validate(full=True)
        return table

    def write_like(self, like: Path, target: Path, table: pa.Table) -> None:
        """Write a table as a file or as a stream, whichever the other is, in batches as large as there."""
        is_feather = target.suffix.lower() == ".feather"
        is_file = is_feather or _start(like).startswith(_FILE)
        codec = "lz4" if is_feather else None
        options = pa.ipc.IpcWriteOptions(compression=codec, unify_dictionaries=is_file)
        make = pa.ipc.new_file if is_file else pa.ipc.new_stream
        with (
            write_atomically(target) as temporary,
            pa.OSFile(os.fsencode(temporary), "wb") as file,
            make(file, table.schema, options=options) as writer,
        ):
            writer.write_table(table, max_chunksize=_largest_batch(like))


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_FILE))


def _reader(file: pa.NativeFile, start: bytes) -> pa.RecordBatchFileReader | pa.RecordBatchStreamReader:
    return pa.ipc.open_file(file) if start.startswith(_FILE) else pa.ipc.open_stream(file)


def _largest_batch(path: Path) -> int:
    start = _start(path)
    with pa.OSFile(os.fsencode(path)) as file, _reader(file, start) as reader:
        chunks = reader.read_all().to_batches()
    return max((batch.num_rows for batch in chunks), default=1) or 1
