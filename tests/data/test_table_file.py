import datetime as dt
import decimal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from emendata.data.arrow import ArrowSource
from emendata.data.normalise import normalised
from emendata.data.parquet import ParquetSource
from emendata.data.source import Dialect
from emendata.data.table_file import TableFile
from emendata.data.values import as_text
from emendata.records import Correction, Json


class Kind(NamedTuple):
    """A kind of file: its source, how its files end, and how another library writes one in batches of some rows."""

    source: TableFile
    suffix: str
    write: Callable[[pa.Table, Path, int], None]


def ipc_file(table: pa.Table, path: Path, n_rows: int) -> None:
    options = pa.ipc.IpcWriteOptions(unify_dictionaries=True)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=n_rows)


def ipc_stream(table: pa.Table, path: Path, n_rows: int) -> None:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=n_rows)


KINDS = {
    "parquet": Kind(
        ParquetSource(),
        ".parquet",
        lambda t, p, n: pq.write_table(t, p, row_group_size=n, compression="zstd"),
    ),
    "arrow file": Kind(ArrowSource(), ".arrow", ipc_file),
    "arrow stream": Kind(ArrowSource(), ".arrows", ipc_stream),
    "feather": Kind(ArrowSource(), ".feather", lambda t, p, n: feather.write_feather(t, p, chunksize=n)),
}
COLUMNS: dict[str, tuple[pa.DataType, st.SearchStrategy[object], list[Json]]] = {
    "int8": (pa.int8(), st.integers(-128, 127), ["7", 7, 7.0, None]),
    "float32": (pa.float32(), st.floats(width=32), ["1.5", 2, None]),
    "bool": (pa.bool_(), st.booleans(), ["true", "false", False, None]),
    "string": (pa.string(), st.sampled_from(["", " ", "ä", "a\nb"]), ["new", "", None]),
    "large": (pa.large_string(), st.sampled_from(["", "x"]), ["new", None]),
    "coded": (pa.dictionary(pa.int8(), pa.string()), st.sampled_from(["up", "down"]), ["up", "new", None]),
    "view": (
        pa.string_view(),
        st.sampled_from(["", "a string that is longer than twelve bytes"]),
        ["new", None],
    ),
    "coded view": (
        pa.dictionary(pa.int8(), pa.string_view()),
        st.sampled_from(["up", "down"]),
        ["new", None],
    ),
    "views": (pa.list_(pa.string_view()), st.lists(st.sampled_from(["", "x"]), max_size=2), ['["y"]', None]),
    "map": (
        pa.map_(pa.string_view(), pa.int8()),
        st.lists(st.tuples(st.sampled_from(["k", "l"]), st.integers(0, 9)), max_size=2),
        [None],
    ),
    "bytes": (pa.binary(), st.binary(max_size=3), [None]),
    "money": (
        pa.decimal128(6, 2),
        st.integers(-(10**5), 10**5).map(decimal.Decimal).map(lambda d: d / 100),
        ["2.5"],
    ),
    "day": (pa.date32(), st.dates(), ["2024-02-29", None]),
    "time": (
        pa.timestamp("ns", "Europe/Berlin"),
        st.integers(0, 2**60).map(lambda ns: pa.scalar(ns, pa.timestamp("ns"))),
        ["2024-02-29 01:02:03Z", None],
    ),
    "list": (pa.list_(pa.int16()), st.lists(st.none() | st.integers(0, 9), max_size=2), ["[1, null]", None]),
    "struct": (
        pa.struct([("k", pa.string())]),
        st.fixed_dictionaries({"k": st.none() | st.text("ab", max_size=1)}),
        ['{"k": "new"}', None],
    ),
}


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=5, unique=True))
    n_rows = draw(st.integers(1, 6))
    arrays = []
    for name in names:
        kind, cells, _ = COLUMNS[name]
        drawn = draw(st.lists(st.none() | cells, min_size=n_rows, max_size=n_rows))
        plain = kind.value_type if pa.types.is_dictionary(kind) else kind
        values = pa.array([c.value if isinstance(c, pa.Scalar) else c for c in drawn], plain)
        arrays.append(values.dictionary_encode().cast(kind) if plain != kind else values)
    fields = [pa.field(n, a.type, metadata={"unit": n}) for n, a in zip(names, arrays, strict=True)]
    return pa.table(arrays, schema=pa.schema(fields, metadata={"made by": "a test"}))


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=50)
@given(table=tables(), data=st.data())
def test_any_table_comes_back_equal_with_its_schema_and_metadata(
    tmp_path_factory: pytest.TempPathFactory, kind: str, table: pa.Table, data: st.DataObject
) -> None:
    assume(kind != "parquet" or "coded view" not in table.column_names)  # which its writer cannot
    source, suffix, write = KINDS[kind]
    folder = tmp_path_factory.mktemp("tables")
    before, after, again = (folder / f"{name}{suffix}" for name in ("before", "after", "again"))
    write(table, before, data.draw(st.integers(1, 6)))
    names = st.sampled_from(table.column_names)
    chosen = data.draw(st.dictionaries(st.integers(0, table.num_rows - 1), st.none() | names))
    read = normalised(table)
    made = [
        Correction("exclude_outlier", row, "", None, None, None, "", {}, 0.5)
        if name is None
        else Correction(
            "relabel", row, "", name, as_text(read[name][row].as_py()) or None,
            data.draw(st.sampled_from(COLUMNS[name][2])), "", {}, 0.5,
        )
        for row, name in chosen.items()
    ]  # fmt: skip
    made = source.with_raw(before, made, Dialect())
    source.rewrite(before, after, made, Dialect())
    source.restore(after, again, made, Dialect())

    original, corrected, restored = (source.read_exactly(path) for path in (before, after, again))
    assert before.read_bytes()[:4] == after.read_bytes()[:4]  # a file stays a file, a stream a stream
    assert restored.schema.equals(original.schema, check_metadata=True)
    assert corrected.schema.equals(original.schema, check_metadata=True)
    assert repr(cells(restored)) == repr(cells(original))  # equality would tell NaN from NaN
    untouched = [row for row in range(table.num_rows) if row not in chosen]
    left = [row for row in range(table.num_rows) if chosen.get(row, "") is not None]
    before_rows, after_rows = cells(original), cells(corrected)
    assert len(after_rows) == len(left)
    assert [repr(after_rows[left.index(row)]) for row in untouched] == [
        repr(before_rows[row]) for row in untouched
    ]


def cells(table: pa.Table) -> list[dict[str, object]]:
    """Return the rows with times as numbers, for not every nanosecond has a datetime."""
    columns = [
        column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column for column in table.columns
    ]
    rows: list[dict[str, object]] = pa.table(columns, names=table.column_names).to_pylist()
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_value_has_the_columns_type(tmp_path: Path, kind: str) -> None:
    source, suffix, write = KINDS[kind]
    path = tmp_path / f"f{suffix}"
    schema = pa.schema([("stars", pa.int8()), ("day", pa.date32())])
    write(pa.table({"stars": [1, 2], "day": [dt.date(2024, 1, 1)] * 2}, schema=schema), path, 1)
    changes = [("stars", "5.0"), ("day", "2024-02-29")]
    made = [Correction("relabel", 1, "", name, None, new, "", {}, 0.5) for name, new in changes]
    source.rewrite(path, tmp_path / f"g{suffix}", made, Dialect())
    found = source.read_exactly(tmp_path / f"g{suffix}")
    assert found.to_pylist()[1] == {"stars": 5, "day": dt.date(2024, 2, 29)}
    assert found.schema.equals(schema)
