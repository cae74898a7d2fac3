"""CSV files as people write them: any quoting, delimiter, encoding, line endings and blank lines."""

from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as st

__all__ = ["CsvFile", "Row", "csv_files", "values"]

_MARKS = [*"abc01", " ", ",", ";", "\t", "|", '"', "\r", "\n", "é", "\u00a0"]
values = st.text(st.sampled_from(_MARKS), max_size=6)
_plain = st.lists(st.sampled_from([*"ab01", " ", "é", '"', "2020-01-02", "NA"]), max_size=3).map("".join)


class Row(NamedTuple):
    blanks: str
    source: str


@dataclass(frozen=True)
class CsvFile:
    """The text of a file in pieces; a row's source has its line ending, and blank lines stand above it."""

    head: str
    rows: tuple[Row, ...]
    tail: str
    delimiter: str
    encoding: str
    mark: bytes
    n_columns: int

    @property
    def text(self) -> str:
        return "".join([self.head, *(row.blanks + row.source for row in self.rows), self.tail])

    @property
    def content(self) -> bytes:
        return self.encoded(self.text)

    def encoded(self, text: str) -> bytes:
        return self.mark + text.encode(self.encoding)


@st.composite
def csv_files(draw: st.DrawFn) -> CsvFile:
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    n_columns = draw(st.integers(1, 3))
    endings = draw(st.sampled_from([("\n",), ("\r\n",), ("\r",), ("\n", "\r\n")]))
    lines = [" ", ""] if n_columns > 1 else [""]
    blanks = st.lists(st.sampled_from([line + ending for line in lines for ending in endings]), max_size=2)
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        fields = [draw(_fields(delimiter)) for _ in range(n_columns)]
        source = delimiter.join(fields) or '""'  # nothing at all would be a blank line
        rows.append(Row("".join(draw(blanks)), source + draw(st.sampled_from(endings))))
    tail = "".join(draw(blanks))
    if not tail and draw(st.booleans()):
        rows[-1] = Row(rows[-1].blanks, rows[-1].source.rstrip("\r\n"))
    encoding, mark = draw(
        st.sampled_from(
            [
                ("utf-8", b""),
                ("utf-8", b"\xef\xbb\xbf"),
                ("utf-16-le", b"\xff\xfe"),
                ("utf-16-be", b""),
                ("cp1252", b""),
            ]
        )
    )
    head = delimiter.join(f"c{i}" for i in range(n_columns)) + endings[0]
    return CsvFile(head, tuple(rows), tail, delimiter, encoding, mark, n_columns)


@st.composite
def _fields(draw: st.DrawFn, delimiter: str) -> str:
    """Draw the source of one field: plain, in quotes, or in quotes with something behind them."""
    kind = draw(st.sampled_from(["plain", "quoted", "odd"]))
    plain = draw(_plain).lstrip('"').replace(delimiter, "")
    if kind == "plain":
        return plain
    quoted = '"' + draw(values).replace('"', '""') + '"'
    return quoted if kind == "quoted" else quoted + plain
