"""What a corrected workbook cannot keep, and rows that cannot be dropped from one, are refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table
from tests.data.changes import change
from tests.data.workbooks import DAY, book, saved

from emendata.data.excel import ExcelSource
from emendata.data.source import Dialect
from emendata.errors import InputError
from emendata.testing import check_source

SOURCE = ExcelSource()


def with_chart(made: Any, sheet: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=5))
    sheet.add_chart(chart, "H2")


def test_a_date_that_is_none_is_missing_and_its_number_is_not_lost(tmp_path: Path) -> None:
    made, sheet = book()
    sheet["D3"] = -700_000
    sheet["D3"].number_format = "yyyy-mm-dd"
    path = saved(made, tmp_path / "f.xlsx")
    assert SOURCE.read(path, Dialect()).table["day"].to_pylist() == [DAY, None, None, DAY]
    with pytest.raises(InputError, match=r"would lose a part of it \(Cell D3 is marked as a date"):
        SOURCE.with_raw(path, [change(0, "kind", "up", "down")], Dialect())


def test_what_a_copy_would_lose_is_refused(tmp_path: Path) -> None:
    made, sheet = book()
    with_chart(made, sheet)
    path = saved(made, tmp_path / "f.xlsx")
    assert SOURCE.read(path, Dialect()).table.num_rows == 4
    with pytest.raises(
        InputError, match=r"^A corrected copy of f\.xlsx would lose a part of it \(xl/(charts|drawings)/"
    ):
        SOURCE.with_raw(path, [change(0, "kind", "up", "down")], Dialect())


def other_sheet(made: Any) -> Any:
    return made.create_sheet("more")


def named(made: Any, title: str) -> None:
    made.defined_names["last"] = DefinedName("last", attr_text=f"{title}!$A$5")


def checked(sheet: Any, formula: str = '"up,down"') -> None:
    rule = DataValidation("list", formula1=formula)
    rule.add("B2:B9")
    sheet.add_data_validation(rule)


def coloured(sheet: Any, formula: str = '$B2="up"') -> None:
    sheet.conditional_formatting.add("A2:B9", FormulaRule([formula]))


def put(sheet: Any, formula: object) -> None:
    sheet["A1"] = formula


@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        ("formulas", lambda made, sheet: put(other_sheet(made), "=Bob!A5")),
        ("formulas", lambda made, sheet: put(other_sheet(made), "=bob!A5")),
        ("formulas", lambda made, sheet: put(other_sheet(made), ArrayFormula("A1:A2", "=Bob!A4:A5"))),
        ("formulas", lambda made, sheet: put(other_sheet(made), "=SUM(First:Last!C5)")),
        (
            "formulas",
            lambda made, sheet: sheet.cell(9, 1, "=1"),
        ),
        ("merged cells", lambda made, sheet: sheet.merge_cells("A4:A5")),
        ("links", lambda made, sheet: setattr(sheet["A5"], "hyperlink", "https://example.org")),
        ("tables", lambda made, sheet: sheet.add_table(Table(displayName="t", ref="A1:E5"))),
        ("names of ranges", lambda made, sheet: named(made, "Bob")),
        ("names of ranges", lambda made, sheet: named(made, "'Bob'")),
        ("rules for cells", lambda made, sheet: checked(sheet)),
        ("rules for cells", lambda made, sheet: checked(other_sheet(made), "Bob!$B$2:$B$5")),
        ("rules for cells", lambda made, sheet: coloured(sheet)),
        ("rules for cells", lambda made, sheet: coloured(other_sheet(made), "Bob!$C$5>1")),
    ],
)
def test_rows_stay_where_something_would_not_follow(
    tmp_path: Path, what: str, spoil: Callable[[Any, Any], None]
) -> None:
    made, sheet = book()
    sheet.title = "Bob"
    spoil(made, sheet)
    path, dialect = saved(made, tmp_path / "f.xlsx"), Dialect(table="Bob")
    SOURCE.rewrite(path, tmp_path / "g.xlsx", [change(0, "kind", "up", "down")], dialect)
    with pytest.raises(
        InputError, match=f"No row can be dropped from sheet 'Bob' of f.xlsx, because {what} would"
    ):
        SOURCE.with_raw(path, [change(1, None)], dialect)


def test_rows_stay_where_a_formula_spells_the_sheet_with_two_apostrophes(tmp_path: Path) -> None:
    made, sheet = book()
    sheet.title = "Bob's"
    put(other_sheet(made), "='Bob''s'!B5")
    with pytest.raises(InputError, match="because formulas would not follow"):
        SOURCE.with_raw(saved(made, tmp_path / "f.xlsx"), [change(1, None)], Dialect(table="Bob's"))


def test_rows_go_where_other_sheets_have_rules_and_names_of_their_own(tmp_path: Path) -> None:
    made, sheet = book()
    sheet.title = "Bob"
    more = other_sheet(made)
    checked(more)
    coloured(more)
    named(made, "more")
    put(more, "=SUM(B1:B5)")
    path, dialect = saved(made, tmp_path / "f.xlsx"), Dialect(table="Bob")
    SOURCE.rewrite(path, tmp_path / "g.xlsx", [change(1, None)], dialect)
    assert SOURCE.read(tmp_path / "g.xlsx", dialect).table["id"].to_pylist() == ["a", "c", "d"]


def test_text_in_several_styles_stays_and_is_not_corrected(tmp_path: Path) -> None:
    made, sheet = book()
    styled = CellRichText("u", TextBlock(InlineFont(b=True), "p "))
    sheet["A2"], sheet["B4"] = styled, styled
    path = saved(made, tmp_path / "f.xlsx")
    check_source(SOURCE, path, [change(0, "kind", "up", "down"), change(1, None)], tmp_path)
    SOURCE.rewrite(path, tmp_path / "g.xlsx", [change(0, "kind", "up", "down"), change(1, None)], Dialect())
    after = openpyxl.load_workbook(tmp_path / "g.xlsx", rich_text=True).active
    assert [repr(after[place].value) for place in ("A2", "B3")] == [repr(styled)] * 2
    for correction in (change(2, "kind", "up ", "down"), change(0, None)):
        with pytest.raises(
            InputError, match=r"Cell [AB][24] of sheet 'Sheet' in f\.xlsx has text in several styles"
        ):
            SOURCE.with_raw(path, [correction], Dialect())
