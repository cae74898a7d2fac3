import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from emendata.data.excel_rows import move_down, move_up


@given(st.integers(1, 9), st.sets(st.integers(1, 9)))
def test_rows_close_up_and_make_room_again_with_their_heights(n_rows: int, chosen: set[int]) -> None:
    places = [place for place in chosen if place <= n_rows]
    sheet = openpyxl.Workbook().active
    for row in range(1, n_rows + 1):
        sheet.cell(row, 1, row)
        sheet.row_dimensions[row].height = row
    move_up(sheet, places)
    left = [row for row in range(1, n_rows + 1) if row not in places]
    assert [cell.value for (cell,) in sheet.iter_rows() if cell.value is not None] == left
    assert [sheet.row_dimensions[i].height for i in range(1, len(left) + 1)] == left
    move_down(sheet, places)
    assert {row: sheet.cell(row, 1).value for row in left} == {row: row for row in left}
    assert {row: sheet.row_dimensions[row].height for row in left} == {row: row for row in left}
