import contextlib
import csv
import io
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pytest
from hypothesis import given, settings
from tests.data.csv_text import CsvFile, csv_files

from emendata.data.csv import CsvText, read_csv
from emendata.data.csv_records import field_spans, unquote
from emendata.data.source import Dialect
from emendata.errors import InputError


def written(folder: Path, content: str | bytes, name: str = "f.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def by_the_standard_library(text: str, delimiter: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = next(row for row in rows if row)
    return [row for row in rows if row and (len(names) == 1 or len(row) > 1 or row[0].strip())]


@settings(deadline=None, max_examples=200)
@given(csv_files())
def test_records_and_fields_are_those_that_the_standard_library_finds(
    tmp_path_factory: pytest.TempPathFactory, file: CsvFile
) -> None:
    path = written(tmp_path_factory.mktemp("csv"), file.content)
    text = CsvText.open(path, Dialect(file.encoding, file.delimiter))
    expected = by_the_standard_library(file.text, file.delimiter)
    assert [list(row.values()) for row in text.strings().to_pylist()] == expected
    sources = [text.body[record.start : record.stop] for record in text.records if not record.is_blank]
    fields = [[source[a:b] for a, b in field_spans(source, file.delimiter)] for source in sources]
    assert [list(map(unquote, row)) for row in fields] == expected


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_the_records_agree_on(tmp_path: Path, delimiter: str) -> None:
    other = ";" if delimiter == "," else ","
    rows = [["text", "y"], [f"a{other}b{other}c", "up"], [f'"x{delimiter}"', "down"], [f"d{other}", "up"]]
    path = written(tmp_path, "".join(delimiter.join(row) + "\n" for row in rows))
    table, dialect = read_csv(path, Dialect())
    assert dialect == Dialect("utf-8", delimiter)
    assert table["text"].to_pylist() == [f"a{other}b{other}c", f"x{delimiter}", f"d{other}"]


def test_a_single_column_needs_no_delimiter(tmp_path: Path) -> None:
    table, _ = read_csv(written(tmp_path, 'text\nhello\n"one, two"\n\n""\n'), Dialect())
    assert table.to_pydict() == {"text": ["hello", "one, two", None]}


def test_row_numbers_without_a_name_get_one(tmp_path: Path) -> None:
    table, _ = read_csv(written(tmp_path, ",y\n0,up\n1,down\n"), Dialect())
    assert table.column_names == ["Unnamed: 0", "y"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "f.csv is empty. Give a file with at least one row."),
        ("\ufeff \n\n\t\n", "f.csv is empty"),
        ("a,b", "f.csv has a header but no rows. Give a file with at least one row."),
        ("\na,b\n\n \n", "f.csv has a header but no rows"),
        (
            "a,b\n1,2\n3\n\n4,5,6\n",
            "Line 3 of f.csv has 1 fields where the header has 2; 2 rows differ in all.",
        ),
        (
            'a,b\n"1\n2",x\n3,4,5\n',
            "Line 4 of f.csv has 3 fields where the header has 2; it is the only such",
        ),
        ("text\nhello, world\n", "Put quotes around fields that hold ',', or name the right delimiter with"),
        ("a,b,a\n1,2,3\n", "f.csv has several columns called 'a'. Rename them."),
        ("a,,c\n1,2,3\n", "The header of f.csv gives no name to column 2. Name it."),
        ('a,b\n1,"x\n2,y\n', "The quote that opens a field in line 2 of f.csv is never closed. Close it"),
        ('a,"b\n1,2\n', "The quote that opens a field in line 1 of f.csv is never closed"),
        ('a,b\r1,x\r2,"', "The quote that opens a field in line 3 of f.csv is never closed"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(
    tmp_path: Path, content: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_csv(written(tmp_path, content), Dialect())
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("delimiter", ["ab", '"', "\n", "§"])
def test_a_delimiter_that_cannot_be_one_is_refused(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(InputError, match="must be one ASCII character"):
        read_csv(written(tmp_path, "a;b\n1;2\n"), Dialect(delimiter=delimiter))


def test_a_tab_can_be_named_in_words(tmp_path: Path) -> None:
    for name in ("tab", "\\t", "\t"):
        assert read_csv(written(tmp_path, "a\tb\n1\t2\n"), Dialect(delimiter=name))[1].delimiter == "\t"


def test_ten_thousand_mixed_rows_and_three_hundred_columns_open_quickly(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    words = np.array([f"word{i}" for i in range(500)])
    texts = [" ".join(row) for row in rng.choice(words, (10_000, 25))]
    mixed: dict[str, Any] = {"text": texts, "day": ["2020-02-03"] * 10_000} | {
        f"x{i}": rng.normal(size=10_000) if i % 2 else rng.integers(0, 50, 10_000) for i in range(13)
    }
    wide: dict[str, Any] = {
        f"c{i}": rng.normal(size=1000) if i % 3 else rng.choice(words, 1000) for i in range(300)
    }
    for name, columns in {"mixed.csv": mixed, "wide.csv": wide}.items():
        arrow_csv.write_csv(pa.table(columns), tmp_path / name)
        begin = time.process_time()
        table, _ = read_csv(tmp_path / name, Dialect())
        assert time.process_time() - begin < 2
        assert table.column_names == list(columns)


@pytest.mark.parametrize("content", ["a,b\n1,2\n3,4\n", "a,b\n1,2\n   \n3,4\n", "a,b\n1,2\n3\n"])
def test_threads_of_arrow_hold_nothing_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    """They may let go of it while the process ends, which then aborts."""
    calls = []

    def watched(*args: Any, **options: Any) -> pa.Table:
        calls.append(options["read_options"].use_threads and options["parse_options"].invalid_row_handler)
        return real(*args, **options)

    real = arrow_csv.read_csv
    monkeypatch.setattr(arrow_csv, "read_csv", watched)
    with contextlib.suppress(InputError):
        read_csv(written(tmp_path, content), Dialect())
    assert calls
    assert not any(calls)
