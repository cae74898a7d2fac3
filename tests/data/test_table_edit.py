import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.data.table_edit import insert_rows, packed, remove_rows, to_scalar, unpacked
from emendata.errors import InputError
from emendata.records import Json


@settings(deadline=None, max_examples=80)
@given(st.lists(st.none() | st.sampled_from("abc"), min_size=1, max_size=8), st.data())
def test_rows_that_were_taken_out_go_back_to_where_they_were(
    values: list[str | None], data: st.DataObject
) -> None:
    kind = pa.dictionary(pa.int8(), pa.string())
    column = pa.array(values, pa.string()).dictionary_encode().cast(kind)
    table = pa.table({"a": column}, metadata={"made by": "a test"})
    rows = data.draw(st.lists(st.sampled_from(range(len(values))), unique=True))
    taken = [(row, unpacked(packed(table.slice(row, 1)))) for row in rows]
    back = insert_rows(remove_rows(table, rows), taken)
    assert back.to_pylist() == table.to_pylist()
    assert back.schema.equals(table.schema, check_metadata=True)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("3", pa.int8(), 3),
        ("3.0", pa.int8(), 3),
        (3.0, pa.uint16(), 3),
        ("true", pa.bool_(), True),
        (None, pa.int8(), None),
        (2.0, pa.string(), "2"),
        ("up", pa.dictionary(pa.int8(), pa.string()), "up"),
        ("[1, null]", pa.list_(pa.int8()), [1, None]),
        ('{"k": 1}', pa.struct([("k", pa.int8())]), {"k": 1}),
    ],
)
def test_a_value_takes_the_type_of_its_column(value: Json, kind: pa.DataType, expected: Json) -> None:
    assert to_scalar(value, kind, "c").as_py() == expected


@pytest.mark.parametrize(
    ("value", "kind"),
    [("many", pa.int8()), ("3.5", pa.int8()), ("300", pa.int8()), ("inf", pa.int8()), ("maybe", pa.bool_()),
     ("x", pa.timestamp("us")), ("{", pa.list_(pa.int8())), ('["x"]', pa.list_(pa.int8()))],
)  # fmt: skip
def test_a_value_that_has_no_place_in_its_column_is_named(value: Json, kind: pa.DataType) -> None:
    with pytest.raises(
        InputError, match=r"does not fit column 'c', which holds .*Give a value of that type\."
    ):
        to_scalar(value, kind, "c")


@pytest.mark.parametrize(
    "kind",
    [
        pa.binary(), pa.large_binary(), pa.binary(3), pa.dictionary(pa.int8(), pa.binary()), pa.list_(pa.binary()),
        pa.struct([("k", pa.binary())]), pa.map_(pa.string(), pa.binary()),
    ],
)  # fmt: skip
def test_no_text_goes_into_bytes(kind: pa.DataType) -> None:
    with pytest.raises(
        InputError, match=r"^Column 'c' holds bytes, into which no text can be written\. Convert"
    ):
        to_scalar("3_bytes_0123456789abcdef", kind, "c")
    assert to_scalar(None, kind, "c").as_py() is None


@pytest.mark.parametrize("raw", [None, "", "no base64!", "QUJD"])
def test_cells_that_the_patch_lost_cannot_be_taken_back(raw: str | None) -> None:
    with pytest.raises(InputError, match="does not hold the cells that it changed"):
        unpacked(raw)
