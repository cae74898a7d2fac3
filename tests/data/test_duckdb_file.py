import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.changes import change, made_and_back

from emendata.data import open_dataset
from emendata.data.duckdb_file import DuckdbSource
from emendata.data.source import Dialect
from emendata.errors import InputError, OutputError, UnknownName
from emendata.records import Correction, Json, Role
from emendata.testing import check_source

SOURCE = DuckdbSource()
REVIEWS = """CREATE TABLE reviews (id VARCHAR PRIMARY KEY, kind ENUM ('up', 'down'), stars TINYINT, words VARCHAR[],
twice INTEGER GENERATED ALWAYS AS (stars * 2));
INSERT INTO reviews VALUES ('c', 'up', 5, ['a', NULL]), ('b', 'down', 1, []), ('a', 'up', NULL, NULL);"""


def written(path: Path, sql: str = REVIEWS) -> Path:
    with closing(duckdb.connect(path)) as connection:
        connection.execute(sql)
    return path


def content(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(duckdb.connect(path, read_only=True)) as connection:
        return list(connection.execute(sql).fetchall())


def test_rows_stand_in_the_order_in_which_they_were_inserted(tmp_path: Path) -> None:
    reading = SOURCE.read(written(tmp_path / "shop.duckdb"), Dialect())
    assert reading.table["id"].to_pylist() == ["c", "b", "a"]
    assert reading.table["twice"].to_pylist() == [10, 2, None]
    assert reading.table["words"].to_pylist() == ['["a", null]', "[]", None]
    assert reading.dialect == Dialect(table="reviews")


def test_a_database_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    for name in ("shop.db", "shop", "shop.sqlite"):
        assert open_dataset(written(tmp_path / name)).format == "duckdb"
    (tmp_path / "f.duckdb").write_bytes(b"SQL" * 99)
    with pytest.raises(InputError, match=r"^f\.duckdb is no DuckDB database, for it does not begin as one"):
        open_dataset(tmp_path / "f.duckdb")


def test_tables_of_other_schemas_and_views_are_named(tmp_path: Path) -> None:
    more = "CREATE SCHEMA old; CREATE TABLE old.reviews AS SELECT 1 AS a; CREATE VIEW best AS SELECT 7 AS n"
    path = written(tmp_path / "shop.duckdb", f"{REVIEWS} {more}")
    with pytest.raises(
        InputError, match=r"has several tables: 'reviews', 'old\.reviews'\. Name one with --table"
    ):
        SOURCE.read(path, Dialect())
    with pytest.raises(UnknownName, match=r"There is no table 'bets'\. Did you mean 'best'\?"):
        SOURCE.read(path, Dialect(table="bets"))
    assert SOURCE.read(path, Dialect(table="best")).table.to_pylist() == [{"n": 7}]
    with pytest.raises(InputError, match=r"'best' is a view of shop\.duckdb"):
        SOURCE.with_raw(path, [], Dialect(table="best"))
    check_source_of(path, [change(0, "a", 1, 2)], Dialect(table="old.reviews"))


def check_source_of(path: Path, changes: Sequence[Correction], dialect: Dialect) -> None:
    after, again = made_and_back(SOURCE, path, changes, dialect)
    assert SOURCE.read(after, dialect).table != SOURCE.read(path, dialect).table
    assert SOURCE.read(again, dialect).table == SOURCE.read(path, dialect).table


def test_images_in_blobs_are_media(tmp_path: Path) -> None:
    path = written(tmp_path / "s.duckdb", "CREATE TABLE s AS SELECT 'a' AS n, 'GIF89a..'::BLOB AS scan")
    media = SOURCE.read(path, Dialect()).media
    assert (media["scan"].role, media["scan"].read(0)) == (Role.IMAGE, b"GIF89a..")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC 1", r"^shop\.duckdb cannot be read \(Parser Error: syntax error .*\)\. Correct the query"),
        ("SELECT nope FROM reviews", r'Referenced column "nope" not found'),
        ("SELECT 1 AS a, 2 AS a", r"has several columns called 'a'"),
        ("SELECT * FROM reviews WHERE false", r"gives columns but no rows"),
        ("DELETE FROM reviews", r"read-only"),
        ("COPY reviews TO 'out.csv'", r"file system operations are disabled"),
        ("SELECT * FROM read_csv('https://example.org/x.csv')", r"file system operations are disabled"),
    ],
)
def test_a_query_that_fails_or_reaches_further_is_told_in_the_words_of_the_database(
    tmp_path: Path, query: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        SOURCE.read(written(tmp_path / "shop.duckdb"), Dialect(query=query))


def test_the_answer_to_a_query_is_read(tmp_path: Path) -> None:
    query = "SELECT kind, count(*)::INT AS n FROM reviews GROUP BY kind ORDER BY kind"
    reading = SOURCE.read(written(tmp_path / "shop.duckdb"), Dialect(query=query))
    assert reading.table.to_pylist() == [{"kind": "up", "n": 2}, {"kind": "down", "n": 1}]
    assert reading.dialect == Dialect(query=query)


def test_order_types_and_everything_else_stay(tmp_path: Path) -> None:
    rest = "CREATE TABLE other (a INT CHECK (a > 0)); INSERT INTO other VALUES (1); CREATE INDEX i ON reviews (stars);"
    path, dialect = written(tmp_path / "shop.duckdb", f"{REVIEWS} {rest}"), Dialect(table="reviews")
    changes = [change(0, "kind", "up", "down"), change(1, None), change(2, "words", None, '["z"]')]
    after, again = made_and_back(SOURCE, path, changes, dialect)
    assert content(after, "SELECT id, kind, words FROM reviews ORDER BY rowid") == [
        ("c", "down", ["a", None]),
        ("a", "up", ["z"]),
    ]
    everything = "SELECT * FROM reviews ORDER BY rowid"
    assert content(again, everything) == content(path, everything)
    for file in (after, again):
        for sql in (
            "SELECT sql FROM duckdb_tables()",
            "SELECT sql FROM duckdb_indexes()",
            "SELECT * FROM other",
        ):
            assert content(file, sql) == content(path, sql)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["after.duckdb", "again.duckdb", "shop.duckdb"]


def test_the_contract_holds_for_a_table_with_a_key_and_lists(tmp_path: Path) -> None:
    check_source(
        SOURCE, written(tmp_path / "shop.db"), [change(2, "kind", "up", "down"), change(0, None)], tmp_path
    )


@pytest.mark.parametrize(
    ("column", "new", "message"),
    [
        ("id", "a", r"shop\.duckdb refuses a correction \(Constraint Error: .*\)\. Take it out of the patch"),
        ("stars", "many", r"refuses a correction \(Conversion Error: .*'many'.*\)"),
        ("kind", "so so", r"refuses a correction \(Conversion Error: "),
        ("twice", 3, r"Column 'twice' of 'reviews' is computed from others"),
        ("nope", 3, r"There is no column 'nope'"),
    ],
)
def test_what_the_database_refuses_is_written_nowhere(
    tmp_path: Path, column: str, new: Json, message: str
) -> None:
    path = written(tmp_path / "shop.duckdb")
    with pytest.raises(InputError, match=message):
        SOURCE.rewrite(path, tmp_path / "after.duckdb", [change(0, column, None, new)], Dialect())
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_writer_that_died_left_beside_the_database_is_read_and_copied(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    program = (
        f"import duckdb, os; held = duckdb.connect({str(path)!r}); held.execute({REVIEWS!r}); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert sorted(before) == ["shop.duckdb", "shop.duckdb.wal"]
    changes = [change(1, "kind", "down", "up")]
    SOURCE.rewrite(path, tmp_path / "after.duckdb", changes, Dialect())
    assert SOURCE.read(tmp_path / "after.duckdb", Dialect()).table["kind"].to_pylist() == ["up"] * 3
    (tmp_path / "after.duckdb").unlink()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_log_that_is_left_beside_the_target_ruins_no_copy(tmp_path: Path) -> None:
    path = written(tmp_path / "shop.duckdb")
    (tmp_path / "out.duckdb.wal").write_bytes(b"old")
    with pytest.raises(
        OutputError, match=r"out\.duckdb\.wal is left beside it from another database and would"
    ):
        SOURCE.rewrite(path, tmp_path / "out.duckdb", [change(0, "kind", "up", "down")], Dialect())
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.duckdb.wal", "shop.duckdb"]


@pytest.mark.parametrize("kind", ["BLOB", "BLOB[]"])
def test_no_text_is_written_into_a_column_of_bytes(tmp_path: Path, kind: str) -> None:
    value = "'cat'::BLOB" if kind == "BLOB" else "['cat'::BLOB]"
    path = written(
        tmp_path / "t.duckdb", f"CREATE TABLE t (kind {kind}); INSERT INTO t VALUES ({value}), (NULL)"
    )
    with pytest.raises(InputError, match=r"^Column 'kind' holds bytes, into which no text can be written\."):
        SOURCE.rewrite(path, tmp_path / "u.duckdb", [change(1, "kind", None, "3_bytes_01")], Dialect())
    assert list(tmp_path.iterdir()) == [path]
    after, again = made_and_back(SOURCE, path, [change(0, "kind", None, None)])
    assert content(after, "SELECT kind FROM t") == [(None,), (None,)]
    assert content(again, "SELECT kind FROM t") == content(path, "SELECT kind FROM t")


@pytest.mark.parametrize("child", ["CREATE TABLE o (k INT REFERENCES t (k)); INSERT INTO o VALUES (1)", ""])
def test_where_a_foreign_key_points_to_a_table_no_correction_is_blamed(tmp_path: Path, child: str) -> None:
    up = "" if child else "REFERENCES t (k)"
    table = f"CREATE TABLE t (k INT PRIMARY KEY, up INT {up}, kind VARCHAR)"
    rows = "INSERT INTO t VALUES (1, NULL, 'up'); INSERT INTO t VALUES (2, 1, 'down')"
    path = written(tmp_path / "t.duckdb", f"{table}; {rows}; {child}")
    with pytest.raises(
        InputError, match=r"^A foreign key points to table 't' of t\.duckdb, so DuckDB does not let"
    ):
        SOURCE.rewrite(path, tmp_path / "u.duckdb", [change(0, "kind", "up", "down")], Dialect(table="t"))
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_that_another_program_writes_is_said_to_be_in_use(tmp_path: Path) -> None:
    path = written(tmp_path / "shop.duckdb")
    program = f"import duckdb; held = duckdb.connect({str(path)!r}); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=-1, stdout=-1) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        holder.stdout.readline()
        with pytest.raises(InputError, match=r"^shop\.duckdb cannot be read \(IO Error: Could not set lock"):
            SOURCE.read(path, Dialect())
        holder.communicate(b"\n")


WORDS = st.sampled_from(["", "NULL", "null", "a'b", '"', "[x", ",", "\\", " y ", "}", "b: 1"])
KINDS: dict[str, st.SearchStrategy[object]] = {
    "VARCHAR": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5),
    "DOUBLE": st.floats(),
    "FLOAT": st.floats(width=32),
    "HUGEINT": st.integers(-(2**127) + 1, 2**127 - 1),
    "BLOB": st.binary(max_size=4),
    "BOOLEAN": st.booleans(),
    "DATE": st.dates(),
    "TIMESTAMP": st.datetimes(),
    "TIMESTAMPTZ": st.datetimes().map(lambda moment: f"{moment.isoformat()}+02:00"),
    "UUID": st.uuids().map(str),
    "DECIMAL(9,3)": st.integers(-(10**8), 10**8).map(lambda n: Decimal(n).scaleb(-3)),
    "VARCHAR[]": st.lists(st.none() | WORDS, max_size=3),
    "STRUCT(a INTEGER, b VARCHAR)": st.fixed_dictionaries({"a": st.integers(0, 9), "b": WORDS}),
}  # fmt: skip


@settings(deadline=None, max_examples=4)
@given(st.data())
def test_any_table_comes_back_in_order(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("any") / "t.duckdb"
    rows = data.draw(
        st.lists(st.tuples(*(st.none() | cells for cells in KINDS.values())), min_size=1, max_size=6)
    )
    names = [f"c{i}" for i in range(len(KINDS))]
    with closing(duckdb.connect(path)) as connection:
        connection.execute(f"CREATE TABLE t ({', '.join(map(' '.join, zip(names, KINDS, strict=True)))})")
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(names))})", rows)
    chosen = data.draw(st.dictionaries(st.integers(0, len(rows) - 1), st.none() | st.sampled_from(names)))
    read = SOURCE.read(path, Dialect()).table
    changes = [
        change(r, name, None if name is None else read[name][r].as_py(), None) for r, name in chosen.items()
    ]
    after, again = made_and_back(SOURCE, path, changes)
    everything = "SELECT * FROM t ORDER BY rowid"
    assert repr(content(again, everything)) == repr(
        content(path, everything)
    )  # equality would tell NaN from NaN
    assert len(content(after, everything)) == len(rows) - list(chosen.values()).count(None)
