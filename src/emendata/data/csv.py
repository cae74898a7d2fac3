"""CSV and other delimited text: the reader."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from emendata.data.csv_records import Record, field_spans, is_open, scan, unquote
from emendata.data.decoding import Decoded, decode, line_number
from emendata.data.infer import typed
from emendata.data.packing import format_ending
from emendata.data.source import Dialect
from emendata.errors import InputError

__all__ = ["CsvText", "read_csv"]

_DELIMITERS = (",", "\t", ";", "|")
_N_SNIFFED = 100


@dataclass(frozen=True)
class CsvText:
    """The text of a CSV file, split into its header and the rest."""

    file_name: str
    decoded: Decoded
    delimiter: str
    names: tuple[str, ...]
    start: int

    @classmethod
    def open(cls, path: Path, dialect: Dialect) -> "CsvText":
        """Read a file, find its delimiter and check its header."""
        decoded = decode(path, dialect.encoding)
        delimiter = _checked(dialect.delimiter) if dialect.delimiter else _sniff(path, decoded.body)
        header = next(record for record in scan(decoded.body, delimiter, 2) if not record.is_blank)
        names = _names(path.name, decoded.body[header.start : header.stop], delimiter)
        return cls(path.name, decoded, delimiter, names, header.end)

    @property
    def dialect(self) -> Dialect:
        """What it takes to read the file the same way again."""
        return Dialect(self.decoded.encoding, self.delimiter)

    @cached_property
    def records(self) -> list[Record]:
        """Every record behind the header, blank lines included; spans count from there."""
        return list(scan(self.body, self.delimiter, len(self.names)))

    @cached_property
    def body(self) -> bytes:
        """Everything behind the header, as UTF-8."""
        return self.decoded.body[self.start :]

    def strings(self, columns: tuple[str, ...] | None = None) -> pa.Table:
        """Return the columns (all of them, unless named) as strings, a row for each record.

        Raises
        ------
        InputError
            If there are no rows, some have another number of fields than the header, or a quote is never
            closed.
        """
        self._refuse_open_quote()
        if not self.body.strip(b"\r\n"):
            raise InputError(self._no_rows())
        try:
            table = self._parsed(columns)
        except pa.ArrowInvalid:
            table = self._parsed_row_by_row(columns)
        if not table.num_rows:
            raise InputError(self._no_rows())
        return table

    def _parsed_row_by_row(self, columns: tuple[str, ...] | None) -> pa.Table:
        """Parse leaving blank lines out; other lines that are no row of the table are an InputError."""
        ragged = []

        def note(row: arrow_csv.InvalidRow) -> str:
            if row.actual_columns != 1 or row.text is None or row.text.strip():
                ragged.append(row)
            return "skip"

        try:
            table = self._parsed(columns, note)
        except pa.ArrowInvalid as error:
            raise InputError(
                f"{self.file_name} cannot be read as CSV: {error}. Is it delimited text?"
            ) from error
        if ragged:
            raise InputError(self._ragged())
        return table

    def _parsed(
        self, columns: tuple[str, ...] | None, note: Callable[[arrow_csv.InvalidRow], str] | None = None
    ) -> pa.Table:
        """Parse on several threads, or on this one where a Python function is to see the lines that do not fit.

        Arrow's threads may be the last to let go of what they work with. Python's objects need the interpreter
        for that, and a process that ends at that moment, say with an error message, would abort.
        """
        return arrow_csv.read_csv(
            pa.BufferReader(_owned_by_arrow(self.body)),
            read_options=arrow_csv.ReadOptions(
                column_names=self.names,
                block_size=min(len(self.body) + 1, 1 << 30),
                use_threads=note is None,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self.delimiter, newlines_in_values=True, invalid_row_handler=note
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(self.names, pa.string()),
                include_columns=columns,
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )

    def _refuse_open_quote(self) -> None:
        """Refuse a quoted field that runs to the end of the file: it would swallow all rows behind it."""
        body = self.decoded.body
        last = deque(scan(body, self.delimiter, len(self.names)), maxlen=1)[0]
        start, stop = field_spans(body[last.start : last.stop], self.delimiter)[-1]
        if is_open(body[last.start + start : last.start + stop]):
            line = line_number(body, last.start + start)
            raise InputError(
                f"The quote that opens a field in line {line} of {self.file_name} is never closed. "
                "Close it, or take it out."
            )

    def _no_rows(self) -> str:
        return f"{self.file_name} has a header but no rows. Give a file with at least one row."

    def _ragged(self) -> str:
        expected = len(self.names)
        n_wrong = 0
        first = ""
        for record in self.records:
            fields = len(field_spans(self.body[record.start : record.stop], self.delimiter))
            if record.is_blank or fields == expected:
                continue
            if not n_wrong:
                line = line_number(self.decoded.body, self.start + record.start)
                first = f"Line {line} of {self.file_name} has {fields} fields where the header has {expected}"
            n_wrong += 1
        total = f"{n_wrong:,} rows differ in all" if n_wrong > 1 else "it is the only such row"
        return (
            f"{first}; {total}. Put quotes around fields that hold {self.delimiter!r}, "
            "or name the right delimiter with --delimiter."
        )


def read_csv(path: Path, dialect: Dialect) -> tuple[pa.Table, Dialect]:
    """Return the typed table of a CSV file and the dialect that was found."""
    text = CsvText.open(path, dialect)
    strings = text.strings()
    comma = (
        text.delimiter != ","
    )  # which leaves the comma to the decimals, as spreadsheets in half of Europe do
    columns = [typed(column, decimal_comma=comma) for column in strings.columns]
    return pa.table(columns, names=list(text.names)), text.dialect


def _owned_by_arrow(body: bytes) -> pa.Buffer:
    """Copy bytes into Arrow's own memory."""
    owned = pa.allocate_buffer(len(body))
    np.frombuffer(owned, dtype=np.uint8)[:] = np.frombuffer(body, dtype=np.uint8)
    return owned


def _checked(delimiter: str) -> str:
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        raise InputError(
            f"The delimiter must be one ASCII character such as ';' or 'tab'. Got {delimiter!r}."
        )
    return delimiter


def _sniff(path: Path, body: bytes) -> str:
    """Return the delimiter whose number of fields the first records agree on best."""
    best = ((0.0, 1), ",")
    for delimiter in _DELIMITERS:
        records = [r for r in islice(scan(body, delimiter, 2), _N_SNIFFED) if not r.is_blank]
        counts = [len(field_spans(body[r.start : r.stop], delimiter)) for r in records]
        if counts[0] > 1:
            if delimiter == "\t" and format_ending(path) == ".tsv":
                return delimiter
            best = max(
                best, ((counts.count(counts[0]) / len(counts), counts[0]), delimiter), key=lambda b: b[0]
            )
    return best[1]


def _names(file_name: str, header: bytes, delimiter: str) -> tuple[str, ...]:
    names = [unquote(header[a:b]) for a, b in field_spans(header, delimiter)]
    if len(names) > 1 and not names[0].strip() and all(name.strip() for name in names[1:]):
        names[0] = "Unnamed: 0"  # the row numbers that pandas and R write without a name
    unnamed = [i + 1 for i, name in enumerate(names) if not name.strip()]
    if unnamed:
        raise InputError(
            f"The header of {file_name} gives no name to column {', '.join(map(str, unnamed[:5]))}. Name it."
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"{file_name} has several columns called {', '.join(map(repr, twice[:5]))}. Rename them."
        )
    return tuple(names)
