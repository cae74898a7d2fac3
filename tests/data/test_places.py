from hypothesis import given
from hypothesis import strategies as st
from tests.corrections.patches import drop, relabel

from emendata.data.places import ByPosition


@given(st.integers(1, 12), st.data())
def test_rows_are_where_a_list_without_the_dropped_ones_has_them(n_rows: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, n_rows - 1), unique=True))
    corrections = [drop(row) if data.draw(st.booleans()) else relabel(row, "y", "up", "down") for row in rows]
    left = [row for row in range(n_rows) if row not in {c.row for c in corrections if c.column is None}]
    expected = [left.index(c.row) if c.column else None for c in corrections]
    assert ByPosition().after(corrections) == expected
    assert ByPosition().before(corrections) == rows
