import datetime as dt
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.data.infer import blank_to_missing, typed

MISSING = None


def column(cells: Sequence[str | None]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, pa.string())])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", " -2 ", "+3", "NA", "?", ""], [1, -2, 3, MISSING, MISSING, MISSING]),
        (["1.5", "2e3", ".5", "-1.", "NaN", "None"], [1.5, 2000.0, 0.5, -1.0, MISSING, MISSING]),
        (["1", "inf", "-Infinity"], [1.0, MISSING, MISSING]),
        (["0", "-0.5", "0.25"], [0.0, -0.5, 0.25]),
        (["true", "FALSE", "N/A"], [True, False, MISSING]),
        (["2024-02-29", ""], [dt.datetime(2024, 2, 29), MISSING]),
        (["2024-02-29 01:02:03.5"], [dt.datetime(2024, 2, 29, 1, 2, 3, 500_000)]),
        (["2024-02-29T01:02", "2024-02-29"], [dt.datetime(2024, 2, 29, 1, 2), dt.datetime(2024, 2, 29)]),
        (["2024-02-29T12:00:00Z", "2024-02-29T12:00:00+02:00"], [dt.datetime(2024, 2, 29, h) for h in (12, 10)]),
    ],
)  # fmt: skip
def test_a_column_whose_cells_all_fit_has_their_type(cells: list[str], expected: list[object]) -> None:
    assert typed(column(cells)).to_pylist() == expected


@pytest.mark.parametrize(
    "cells",
    [
        ["02139", "94110"],
        ["0x1F", "0x20"],
        ["1", "NA", "two"],
        ["12345678901234567890", "1"],
        ["1,5", "2,5"],
        ["2023-02-29", "2024-02-29"],
        ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00"],
        ["2024-02-29", "NA"],
        ["NA", "None"],
        ["true", "yes"],
        ["1_000", "2"],
        ["١", "٢"],
    ],
)
def test_a_column_with_any_other_cell_stays_as_it_is_written(cells: list[str]) -> None:
    assert typed(column(cells)).to_pylist() == cells


def test_one_word_far_down_keeps_a_long_column_of_numbers_as_strings() -> None:
    cells = ["1"] * 5000 + ["one"] + ["2"] * 5000
    assert typed(column(cells)).to_pylist() == cells


@settings(deadline=None, max_examples=100)
@given(st.lists(st.none() | st.text(st.sampled_from(" \t\r\n\u00a0\u2003ax"), max_size=80)))
def test_a_cell_is_missing_exactly_if_there_is_nothing_to_see(cells: list[str | None]) -> None:
    expected = [cell if cell and cell.strip() else None for cell in cells]
    assert blank_to_missing(column(cells)).to_pylist() == expected


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.none(), min_size=1))
def test_any_whole_numbers_are_read_as_what_they_are_or_kept_as_text(numbers: list[int | None]) -> None:
    found = typed(column([None if number is None else str(number) for number in numbers])).to_pylist()
    assert [None if cell is None else int(cell) for cell in found] == numbers


@settings(deadline=None, max_examples=100)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_any_number_is_read_as_what_it_is(numbers: list[float]) -> None:
    assert [
        float(cell) for cell in typed(column([repr(number) for number in numbers])).to_pylist()
    ] == numbers


def test_decimal_commas_are_numbers_where_the_comma_separates_nothing() -> None:
    cells = pa.chunked_array([["1.234,5", "-0,25", " 7 ", "", "NA"]])
    assert typed(cells, decimal_comma=True).to_pylist() == [1234.5, -0.25, 7.0, None, None]
    assert typed(cells).type == pa.string()
    mixed = pa.chunked_array([["1,5"] * 600 + ["1.5"] + ["2,5"] * 600])
    assert typed(mixed, decimal_comma=True).type == pa.string()
