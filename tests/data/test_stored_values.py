import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.data.stored_values import from_text, new_values, row_from_text, table_of, to_text
from emendata.errors import InputError
from emendata.records import Correction

values = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
    | st.datetimes().map(lambda time: time.replace(fold=0))
    | st.dates() | st.times().map(lambda time: time.replace(fold=0))
    | st.timedeltas(dt.timedelta(-99), dt.timedelta(99))
)  # fmt: skip


@given(values | st.lists(values))
def test_any_stored_value_comes_back_with_its_type(value: object) -> None:
    again = from_text(to_text(value))
    assert repr(again) == repr(value)


@pytest.mark.parametrize("raw", [None, "", "{", '{"blob": 3}', '{"a": 1, "b": 2}', '{"odd": 1}'])
def test_what_is_no_stored_value_is_refused(raw: str | None) -> None:
    with pytest.raises(InputError, match="does not hold the cells that it changed"):
        from_text(raw)


def test_a_row_with_other_columns_is_refused() -> None:
    assert row_from_text('[3, ["a", 1]]', 2) == (3, ["a", 1])
    for raw in ('[3, ["a"]]', "3", "[1]", '{"blob": ""}'):
        with pytest.raises(InputError):
            row_from_text(raw, 2)


def test_batches_of_other_types_come_together() -> None:
    table = table_of(["a", "b", "c"], [[(1, None, 1)], [(2.5, "x", "y")], [(None, None, 2.0)]])
    assert table.to_pydict() == {"a": [1.0, 2.5, None], "b": [None, "x", None], "c": ["1", "y", "2"]}
    assert table_of(["a"], []).to_pydict() == {"a": []}


@pytest.mark.parametrize(
    ("new", "column", "stored", "expected"),
    [
        ("up", ["up", "down"], ["up", "down"], "up"),
        ("2.0", [2, 3], [2, 3], 2),
        ("4", [2, 3], [2, 3], 4),
        ("true", [True, False], [1, 0], True),
        (None, [1], [1], None),
        ("new", ["old"], ["old"], "new"),
    ],
)
def test_a_new_value_is_stored_as_its_column_has_it(
    new: str | None, column: list[object], stored: list[object], expected: object
) -> None:
    found = stored_for(new, pa.chunked_array([column]), stored)
    assert (type(found), found) == (type(expected), expected)


def stored_for(new: str | None, column: pa.ChunkedArray, stored: list[object]) -> object:
    change = Correction("relabel", 0, "", "c", None, new, "", {}, 0.1)
    ((_, found),) = new_values([change], lambda _: (stored, column)).items()
    return found


@pytest.mark.parametrize("stored", [[b"cat", b"dog"], ["up", b"dog"]])
def test_no_text_is_stored_among_bytes(stored: list[object]) -> None:
    column = table_of(["c"], [[(cell,) for cell in stored]]).column(0)
    with pytest.raises(
        InputError, match=r"^Column 'c' holds bytes, into which no text can be written\. Convert"
    ):
        stored_for("b'dog'", column, stored)
