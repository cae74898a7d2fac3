import datetime as dt
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font
from tests.data.changes import change
from tests.data.workbooks import book, saved

from emendata.data import open_dataset
from emendata.data.excel import ExcelSource
from emendata.data.source import Dialect
from emendata.errors import InputError, UnknownName
from emendata.testing import check_source

SOURCE = ExcelSource()


def test_numbers_dates_truth_values_and_text_are_read(tmp_path: Path) -> None:
    reading = SOURCE.read(saved(book()[0], tmp_path / "f.xlsx"), Dialect())
    assert [str(kind) for kind in reading.table.schema.types] == [
        "string", "string", "double", "timestamp[us]", "bool",
    ]  # fmt: skip
    assert reading.table["stars"].to_pylist() == [5, 1, None, 2.5]
    assert reading.dialect == Dialect(table="Sheet")


def test_the_header_is_the_first_filled_row_and_empty_rows_and_columns_are_none(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        [],
        [None, "", "text", None, 2024],
        [],
        [None, None, "a", None, "#N/A"],
        [None],
        [None, None, "", None, 7],
    ]
    table = SOURCE.read(saved(book(rows)[0], tmp_path / "f.xlsx"), Dialect()).table
    assert table.to_pydict() == {"text": ["a", None], "2024": [None, 7]}


def test_the_only_sheet_with_data_is_taken_and_several_are_named(tmp_path: Path) -> None:
    made, _ = book()
    made.create_sheet("empty")
    made.create_sheet("lists").append(["x"])
    made["lists"].sheet_state = "hidden"
    path = saved(made, tmp_path / "f.xlsx")
    assert SOURCE.read(path, Dialect()).table.num_rows == 4
    made.create_sheet("more").append(["x"])
    saved(made, path)
    with pytest.raises(
        InputError, match=r"^f\.xlsx has several sheets: 'Sheet', 'more'\. Name one with --table\.$"
    ):
        SOURCE.read(path, Dialect())
    with pytest.raises(UnknownName, match=r"There is no sheet 'sheet'\. Did you mean 'Sheet'\?"):
        SOURCE.read(path, Dialect(table="sheet"))
    with pytest.raises(InputError, match=r"Sheet 'more' of f\.xlsx has names of columns but no rows"):
        SOURCE.read(path, Dialect(table="more"))


def merged(sheet: Any) -> None:
    sheet.merge_cells("A1:B1")


@pytest.mark.parametrize(
    ("rows", "spoil", "message"),
    [
        (
            [["a", None], [1, 2]],
            None,
            r"^Column B of sheet 'Sheet' of f\.xlsx has values but no name in the first row",
        ),
        ([["a", "b"], [1, 2]], merged, r"^Column B of .* or shares one with its neighbour\. Give each"),
        (
            [["a", "a"], [1, 2]],
            None,
            r"^Sheet 'Sheet' of f\.xlsx has several columns called 'a'\. Rename them\.$",
        ),
        ([], None, r"^f\.xlsx has no sheets with rows in them"),
    ],
)
def test_a_header_that_names_no_columns_is_refused(
    tmp_path: Path, rows: list[list[object]], spoil: Callable[[Any], None] | None, message: str
) -> None:
    made, sheet = book(rows)
    if spoil is not None:
        spoil(sheet)
    with pytest.raises(InputError, match=message):
        SOURCE.read(saved(made, tmp_path / "f.xlsx"), Dialect())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"^f\.xlsx is not a whole Excel workbook \(.+\)\. Save it again, or save the sheet as CSV\.$"),
        (b"PK\x03\x04 cut", r"^f\.xlsx is not a whole Excel workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            r"^f\.xlsx has a password or is an old \.xls file\. Save it as",
        ),
    ],
)
def test_a_damaged_or_locked_workbook_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "f.xlsx").write_bytes(data)
    with pytest.raises(InputError, match=message):
        open_dataset(tmp_path / "f.xlsx")


def test_formulas_are_what_they_came_to(tmp_path: Path) -> None:
    made, _ = book([["n", "twice"], [1, "=A2*2"]])
    computed = with_results(saved(made, tmp_path / "plain.xlsx"), tmp_path / "f.xlsx", b"2")
    assert SOURCE.read(computed, Dialect()).table.to_pydict() == {"n": [1], "twice": [2]}
    with pytest.raises(
        InputError, match=r"^Cell B2 of sheet 'Sheet' in f\.xlsx is a formula, and a corrected copy"
    ):
        SOURCE.with_raw(computed, [change(0, "n", 1, 2)], Dialect())


def test_a_header_that_is_a_formula_is_read_but_not_corrected(tmp_path: Path) -> None:
    made, _ = book([["n", "=2020+4"], [1, "a"]])
    computed = with_results(saved(made, tmp_path / "plain.xlsx"), tmp_path / "f.xlsx", b"2024")
    assert SOURCE.read(computed, Dialect()).table.to_pydict() == {"n": [1], "2024": ["a"]}
    with pytest.raises(InputError, match=r"^Cell B1 of sheet 'Sheet' in f\.xlsx is a formula"):
        SOURCE.rewrite(computed, tmp_path / "g.xlsx", [change(0, "n", 1, 2)], Dialect())


def with_results(path: Path, computed: Path, result: bytes) -> Path:
    """Write a workbook as Excel saves it: with what each formula comes to."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(computed, "w") as new:
        for part in old.namelist():
            new.writestr(part, re.sub(rb"(</f><v) ?/>", rb"\g<1>>" + result + rb"</v>", old.read(part)))
    return computed


def test_styles_other_sheets_formulas_widths_and_comments_stay(tmp_path: Path) -> None:
    made, sheet = book()
    sheet["B2"].font = Font(bold=True)
    sheet["A5"].comment = Comment("last", "a person")
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[5].height = 40
    made.create_sheet("sums")["A1"] = "=SUM(1, 2)"
    path = saved(made, tmp_path / "f.xlsx")
    dialect = Dialect(table="Sheet")
    changes = SOURCE.with_raw(path, [change(0, "kind", "up", "down"), change(2, None)], dialect)
    SOURCE.rewrite(path, tmp_path / "g.xlsx", changes, dialect)
    after = openpyxl.load_workbook(tmp_path / "g.xlsx")
    found = after["Sheet"]
    assert (found["B2"].value, found["B2"].font.bold, found.column_dimensions["B"].width) == (
        "down",
        True,
        33,
    )
    assert [row[0].value for row in found.iter_rows()] == ["id", "a", "b", "d"]
    assert (found["A4"].comment.text, found.row_dimensions[4].height) == ("last", 40)
    assert after["sums"]["A1"].value == "=SUM(1, 2)"


def test_new_values_are_stored_as_their_column_stores_them(tmp_path: Path) -> None:
    path = saved(book()[0], tmp_path / "f.xlsx")
    new = {"kind": "=down", "stars": "1", "day": "2024-03-01", "ok": "false"}
    SOURCE.rewrite(path, tmp_path / "g.xlsx", [change(0, n, None, v) for n, v in new.items()], Dialect())
    row = next(openpyxl.load_workbook(tmp_path / "g.xlsx")["Sheet"].iter_rows(min_row=2))
    assert [cell.value for cell in row] == ["a", "=down", 1, dt.datetime(2024, 3, 1), False]
    assert row[1].data_type == "s"
    for column, value, message in (
        ("stars", "many", "'many' does not fit column 'stars'"),
        ("kind", "a\x01", "does not fit column 'kind': a workbook has no place"),
        ("kinds", "a", "There is no column 'kinds'"),
    ):
        with pytest.raises(InputError, match=message):
            SOURCE.rewrite(path, tmp_path / "h.xlsx", [change(0, column, None, value)], Dialect())
    assert not (tmp_path / "h.xlsx").exists()


def test_a_workbook_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    path = saved(book()[0], tmp_path / "f.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file, file.open("xl/bomb.xml", "w") as part:
        for _ in range(1025):
            part.write(bytes(1 << 20))
    with pytest.raises(InputError, match=r"^f\.xlsx unpacks to more than 1,073,741,824 bytes"):
        SOURCE.read(path, Dialect())


def test_a_workbook_with_macros_keeps_them_and_its_ending(tmp_path: Path) -> None:
    path = saved(book()[0], tmp_path / "f.xlsm")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/vbaProject.bin", b"macros")
    SOURCE.rewrite(path, tmp_path / "g.xlsm", [change(0, "kind", "up", "down")], Dialect())
    assert zipfile.ZipFile(tmp_path / "g.xlsm").read("xl/vbaProject.bin") == b"macros"
    with pytest.raises(InputError, match=r"Give a name that ends in \.xlsm\."):
        SOURCE.rewrite(path, tmp_path / "g.xlsx", [], Dialect())


def test_the_contract_holds(tmp_path: Path) -> None:
    path = saved(book()[0], tmp_path / "f.xlsx")
    check_source(SOURCE, path, [change(0, "kind", "up", "down"), change(1, None), change(3, None)], tmp_path)


seconds = st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1)).map(
    lambda t: t.replace(microsecond=0)
)
words = st.sampled_from(["up", "=1", "#N/A", " x", "ä"])
cells = st.none() | st.integers(-(2**31), 2**31) | st.booleans() | words | seconds


@settings(deadline=None, max_examples=15)
@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=6), data=st.data())
def test_any_sheet_comes_back_with_every_value(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, object]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    made, sheet = book([["a", "b", "key"]])
    for i, row in enumerate(rows, 2):
        for j, value in enumerate([*row, i], 1):
            cell = sheet.cell(2 * i, j, value)  # with empty rows between
            cell.data_type = "s" if value == "=1" else cell.data_type
    path = saved(made, folder / "f.xlsx")
    chosen = data.draw(
        st.dictionaries(st.integers(0, len(rows) - 1), st.none() | st.sampled_from(["a", "b"]))
    )
    read = SOURCE.read(path, Dialect()).table
    n_rows = read.num_rows
    changes = [
        change(r, name, None if name is None else read[name][r].as_py(), None)
        for r, name in chosen.items()
        if r < n_rows
    ]
    exact = SOURCE.with_raw(path, changes, Dialect())
    SOURCE.rewrite(path, folder / "g.xlsx", exact, Dialect())
    assert sum(c.column is None for c in changes) == n_rows - len(values(folder / "g.xlsx")) + 1
    if len(values(folder / "g.xlsx")) > 1:  # a sheet without rows is none
        SOURCE.restore(folder / "g.xlsx", folder / "h.xlsx", exact, Dialect())
        assert values(folder / "h.xlsx") == values(path)


def values(path: Path) -> dict[int, list[object]]:
    """Return the filled rows of a sheet by their place, each value with its type."""
    rows = enumerate(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True), 1)
    return {place: [(type(v), v) for v in row] for place, row in rows if any(v is not None for v in row)}
