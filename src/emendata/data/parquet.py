"""Parquet files."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pyarrow as pa
import pyarrow.parquet as pq

from emendata.data.table_file import TableFile
from emendata.files import write_atomically

__all__ = ["ParquetSource"]


@dataclass(frozen=True)
class ParquetSource(TableFile):
    """Parquet files. Schema, metadata, column order and compression stay as they are."""

    title: ClassVar[str] = "Parquet file"
    name: str = "parquet"
    suffixes: tuple[str, ...] = (".parquet", ".pq")

    def load(self, path: Path) -> pa.Table:
        """Return the table of a file."""
        with pq.ParquetFile(path) as file:
            return file.read()

    def write_like(self, like: Path, target: Path, table: pa.Table) -> None:
        """Write a table with the compression and the size of row groups of another file."""
        metadata = pq.read_metadata(like)
        codecs: dict[str, str] = {}
        n_largest = 1
        for i in range(metadata.num_row_groups):
            group = metadata.row_group(i)
            n_largest = max(n_largest, group.num_rows)
            codecs |= {c.path_in_schema: c.compression for c in map(group.column, range(group.num_columns))}
        names = {path: "NONE" if codec == "UNCOMPRESSED" else codec for path, codec in codecs.items()}
        with write_atomically(target) as temporary:
            pq.write_table(table, temporary, compression=names, row_group_size=n_largest)
