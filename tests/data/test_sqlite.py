import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.changes import change, made_and_back

from emendata.data.source import Dialect
from emendata.data.sqlite import SqliteSource
from emendata.errors import InputError, OutputError
from emendata.records import Role
from emendata.testing import check_source

SOURCE = SqliteSource()
REVIEWS = """
CREATE TABLE reviews (id TEXT, kind TEXT, stars INTEGER, ok BOOLEAN, day TEXT, twice AS (stars * 2));
INSERT INTO reviews (id, kind, stars, ok, day) VALUES
  ('a', 'up', 5, 1, '2024-01-31'), ('b', 'down', 1, 0, '2024-02-01'), ('c', 'up', NULL, NULL, NULL);
"""


def written(path: Path, sql: str = REVIEWS) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA synchronous = OFF; {sql}")
    return path


def content(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        return connection.execute(sql).fetchall()


def test_columns_have_the_types_of_what_is_in_them(tmp_path: Path) -> None:
    reading = SOURCE.read(written(tmp_path / "shop.db"), Dialect())
    assert [str(kind) for kind in reading.table.schema.types] == [
        "string", "string", "int64", "bool", "timestamp[us]", "int64",
    ]  # fmt: skip
    assert reading.table["twice"].to_pylist() == [10, 2, None]
    assert reading.table["ok"].to_pylist() == [True, False, None]
    assert reading.dialect == Dialect(table="reviews")


def test_a_column_of_several_types_reads_as_text_and_bytes_without_a_word_as_their_digest(
    tmp_path: Path,
) -> None:
    sql = "CREATE TABLE t (x, b); INSERT INTO t VALUES (1, x'00'), ('a', x'01'), (2.5, NULL)"
    table = SOURCE.read(written(tmp_path / "t.db", sql), Dialect()).table
    assert table["x"].to_pylist() == ["1", "a", "2.5"]
    assert [str(cell)[:8] for cell in table["b"].to_pylist()] == ["1_bytes_", "1_bytes_", "None"]


def test_images_in_blobs_are_media(tmp_path: Path) -> None:
    sql = "CREATE TABLE scans (name, scan BLOB); INSERT INTO scans VALUES ('a', CAST('GIF89a..' AS BLOB)), ('b', NULL)"
    media = SOURCE.read(written(tmp_path / "scans.db", sql), Dialect()).media
    assert media["scan"].role == Role.IMAGE
    assert [media["scan"].read(0), media["scan"].read(1)] == [b"GIF89a..", None]


def test_the_only_table_is_taken_and_several_are_named(tmp_path: Path) -> None:
    path = written(
        tmp_path / "shop.db", REVIEWS + "CREATE VIEW best AS SELECT id FROM reviews WHERE stars > 4;"
    )
    assert SOURCE.read(path, Dialect()).table.num_rows == 3
    assert SOURCE.read(path, Dialect(table="best")).table.to_pylist() == [{"id": "a"}]
    written(path, "CREATE TABLE orders (n); INSERT INTO orders VALUES (1)")
    with pytest.raises(
        InputError, match=r"^shop\.db has several tables: 'orders', 'reviews'\. Name one with --table\.$"
    ):
        SOURCE.read(path, Dialect())
    with pytest.raises(InputError, match=r"There is no table 'review'\. Did you mean 'reviews'\?"):
        SOURCE.read(path, Dialect(table="review"))


def test_a_query_is_answered_and_can_write_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "shop.db")
    query = "SELECT kind, count(*) AS n FROM reviews GROUP BY kind ORDER BY kind"
    reading = SOURCE.read(path, Dialect(query=query))
    assert reading.table.to_pylist() == [{"kind": "down", "n": 1}, {"kind": "up", "n": 2}]
    assert reading.dialect == Dialect(query=query)
    before = path.read_bytes()
    for harm in ("DELETE FROM reviews", "DROP TABLE reviews", f"VACUUM INTO '{tmp_path}/copy.db'"):
        with pytest.raises(InputError):
            SOURCE.read(path, Dialect(query=harm))
    with pytest.raises(InputError, match="too many attached databases"):
        SOURCE.read(path, Dialect(query=f"ATTACH '{tmp_path}/made.db' AS z"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC 1", r'^shop\.db cannot be read \(near "SELEC": syntax error\)\. Correct the query'),
        ("SELECT nope FROM reviews", r"no such column: nope"),
        ("SELECT 1 AS a, 2 AS a", r"has several columns called 'a'"),
        ("SELECT * FROM reviews WHERE 0", r"gives columns but no rows"),
        ("SAVEPOINT a", r"^The query to shop\.db gives no rows\. Begin it with SELECT\.$"),
    ],
)
def test_a_query_that_fails_is_told_in_the_words_of_the_database(
    tmp_path: Path, query: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        SOURCE.read(written(tmp_path / "shop.db"), Dialect(query=query))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"^f\.db is empty"),
        (b"a,b\n1,2\n" * 9, r"^f\.db is no SQLite database, for it does not begin as one"),
        (b"SQLite format 3\x00" + b"\x01" * 500, r"^f\.db cannot be read \(.+\)\. "),
    ],
)
def test_what_is_no_database_is_said_in_one_sentence(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "f.db").write_bytes(data)
    with pytest.raises(InputError, match=message):
        SOURCE.read(tmp_path / "f.db", Dialect())


def test_a_database_in_write_ahead_mode_is_read_without_a_trace(tmp_path: Path) -> None:
    path = written(tmp_path / "shop.db", f"PRAGMA journal_mode = WAL; {REVIEWS}")
    assert SOURCE.read(path, Dialect()).table.num_rows == 3
    assert list(tmp_path.iterdir()) == [path]
    check_source(SOURCE, path, [change(0, "kind", "up", "down")], tmp_path)


def test_what_a_writer_that_died_left_beside_the_database_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    program = f"""if True:
        import os, sqlite3
        connection = sqlite3.connect({str(path)!r})
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript({REVIEWS!r})
        os._exit(0)"""
    subprocess.run([sys.executable, "-c", program], check=True)
    (tmp_path / "shop.db-shm").unlink()
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert sorted(before) == ["shop.db", "shop.db-wal"]
    assert SOURCE.read(path, Dialect()).table.num_rows == 3
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_writer_that_is_at_work_is_no_obstacle(tmp_path: Path) -> None:
    path = written(tmp_path / "shop.db", f"PRAGMA journal_mode = WAL; {REVIEWS}")
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("INSERT INTO reviews (id) VALUES ('d')")
        writer.commit()
        writer.execute("INSERT INTO reviews (id) VALUES ('e')")
        assert SOURCE.read(path, Dialect()).table.num_rows == 4


def test_everything_else_in_the_database_stays(tmp_path: Path) -> None:
    rest = """
    CREATE TABLE log (n); CREATE INDEX by_kind ON reviews (kind);
    CREATE TRIGGER noted AFTER UPDATE ON reviews BEGIN INSERT INTO log VALUES (1); END;
    CREATE TRIGGER gone AFTER DELETE ON reviews BEGIN INSERT INTO log VALUES (2); END;
    CREATE TABLE children (parent REFERENCES reviews (id) ON DELETE CASCADE); INSERT INTO children VALUES ('c');
    PRAGMA user_version = 7;
    """
    path = written(tmp_path / "shop.db", f"{REVIEWS} DELETE FROM reviews WHERE id = 'b'; {rest}")
    dialect = Dialect(table="reviews")
    after, again = made_and_back(SOURCE, path, [change(0, "kind", "up", "down"), change(1, None)], dialect)
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    for file in (after, again):
        assert content(file, schema) == content(path, schema)
        assert content(file, "SELECT * FROM log") == []
        assert content(file, "SELECT * FROM children") == [(b"c",)]
        assert content(file, "PRAGMA user_version") == [(7,)]
        assert content(file, "PRAGMA integrity_check") == [(b"ok",)]
    assert content(after, "SELECT rowid, kind FROM reviews") == [(1, b"down")]
    assert content(again, "SELECT rowid, * FROM reviews") == content(path, "SELECT rowid, * FROM reviews")


def test_a_table_without_rowid_is_in_the_order_of_its_key(tmp_path: Path) -> None:
    sql = """CREATE TABLE t (b TEXT, a INTEGER, kind TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
    INSERT INTO t VALUES ('x', 2, 'up'), ('y', 1, 'down'), ('x', 1, 'up');"""
    path = written(tmp_path / "t.db", sql)
    assert SOURCE.read(path, Dialect()).table["b"].to_pylist() == ["x", "y", "x"]
    changes = [change(1, "kind", "down", "up"), change(2, None)]
    check_source(SOURCE, path, changes, tmp_path)
    assert content(made_and_back(SOURCE, path, changes)[1], "SELECT * FROM t") == content(
        path, "SELECT * FROM t"
    )
    with pytest.raises(
        InputError, match=r"Column 'b' of 't' says the order of its rows, so it cannot be corrected"
    ):
        SOURCE.rewrite(path, tmp_path / "u.db", [change(0, "b", "x", "z")], Dialect())


def test_columns_called_rowid_hide_no_row(tmp_path: Path) -> None:
    sql = 'CREATE TABLE "a ""b" (rowid TEXT, oid TEXT); INSERT INTO "a ""b" VALUES (\'z\', 1), (\'a\', 2), (\'z\', 3)'
    path = written(tmp_path / "t.db", sql)
    assert SOURCE.read(path, Dialect()).table["oid"].to_pylist() == ["1", "2", "3"]
    check_source(SOURCE, path, [change(0, "rowid", "z", "a"), change(2, None)], tmp_path)


def test_new_values_are_stored_as_their_column_stores_them(tmp_path: Path) -> None:
    sql = """CREATE TABLE t (plain, whole INTEGER, real REAL, ok BOOLEAN, day TEXT);
    INSERT INTO t VALUES (1, 1, 1.5, 1, '2024-01-31'), (2, 2, 2.5, 0, '2024-02-01')"""
    path = written(tmp_path / "t.db", sql)
    new = {"plain": "2", "whole": "7.0", "real": "3", "ok": "false", "day": "2024-03-01"}
    changes = [change(0, name, None, value) for name, value in new.items()]
    SOURCE.rewrite(path, tmp_path / "u.db", changes, Dialect())
    assert content(tmp_path / "u.db", "SELECT * FROM t LIMIT 1") == [(2, 7, 3.0, 0, b"2024-03-01")]
    with pytest.raises(InputError, match="'many' does not fit column 'whole', which holds int64"):
        SOURCE.rewrite(path, tmp_path / "v.db", [change(0, "whole", "1", "many")], Dialect())
    assert not (tmp_path / "v.db").exists()


def test_what_the_database_refuses_is_written_nowhere(tmp_path: Path) -> None:
    sql = """CREATE TABLE t (k TEXT UNIQUE, twice AS (k || k)); CREATE VIEW v AS SELECT * FROM t;
    INSERT INTO t VALUES ('a'), ('b');"""
    path = written(tmp_path / "t.db", sql)
    for dialect, column, message in (
        (Dialect(), "k", r"t\.db refuses a correction \(UNIQUE constraint failed: t\.k\)\. Take it out"),
        (Dialect(), "twice", r"Column 'twice' of 't' is computed from others"),
        (
            Dialect(table="v"),
            "k",
            r"'v' is a view of t\.db, and views hold no rows to correct\. Audit the table",
        ),
    ):
        with pytest.raises(InputError, match=message):
            SOURCE.rewrite(path, tmp_path / "u.db", [change(0, column, "a", "b")], dialect)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_a_log_that_is_left_beside_the_target_ruins_no_copy(tmp_path: Path, end: str) -> None:
    path = written(tmp_path / "shop.db")
    (tmp_path / f"out.db{end}").write_bytes(b"old")
    with pytest.raises(
        OutputError, match=f"out.db{end} is left beside it from another database and would spoil"
    ):
        SOURCE.rewrite(path, tmp_path / "out.db", [change(0, "kind", "up", "down")], Dialect())
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"out.db{end}", "shop.db"]


def test_no_text_is_written_into_a_column_of_bytes(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.db", "CREATE TABLE t (kind BLOB); INSERT INTO t VALUES (x'636174'), (x'646f67')"
    )
    cat, dog = SOURCE.read(path, Dialect()).table["kind"].to_pylist()
    with pytest.raises(InputError, match=r"^Column 'kind' holds bytes, into which no text can be written\."):
        SOURCE.rewrite(path, tmp_path / "u.db", [change(1, "kind", dog, cat)], Dialect())
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_that_is_no_utf_8_names_its_row(tmp_path: Path) -> None:
    sql = """CREATE TABLE t (k TEXT PRIMARY KEY, kind TEXT) WITHOUT ROWID;
    INSERT INTO t VALUES (CAST(x'41ff' AS TEXT), 'up'), (CAST(x'42ff' AS TEXT), 'up'), ('c', 'down')"""
    path = written(tmp_path / "t.db", sql)
    after, again = made_and_back(SOURCE, path, [change(0, "kind", "up", "down"), change(1, None)])
    assert content(after, "SELECT * FROM t") == [(b"A\xff", b"down"), (b"c", b"down")]
    assert content(again, "SELECT * FROM t") == content(path, "SELECT * FROM t")


def test_what_hinders_the_database_is_told_in_its_own_words(tmp_path: Path) -> None:
    path = written(tmp_path / "t.db", "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x'), ('y')")
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("ours", 1, str, deterministic=True)
        connection.execute("CREATE INDEX i ON t (ours(a))")
    with pytest.raises(
        OutputError, match=r"does not write .*u\.db \(unknown function: ours\(\)\)\. Unless the disk"
    ):
        SOURCE.rewrite(path, tmp_path / "u.db", [change(0, "a", "x", "y")], Dialect())
    assert list(tmp_path.iterdir()) == [path]


cells = (
    st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.binary(max_size=3)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.sampled_from(["up", "", "\0x", " 1"])
)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6), data=st.data())
def test_any_table_comes_back_with_its_rowids_and_storage(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]], data: st.DataObject
) -> None:
    path = written(tmp_path_factory.mktemp("any") / "t.db", "CREATE TABLE t (free, whole INTEGER, text TEXT)")
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany("INSERT INTO t (rowid, free, whole, text) VALUES (?, ?, ?, ?)", [
            (3 * i, *row) for i, row in enumerate(rows)
        ])  # fmt: skip
        connection.execute("UPDATE t SET text = CAST(x'ff41' AS TEXT) WHERE rowid = 0")
        connection.commit()
    columns = st.none() | st.sampled_from(["free", "text"])
    chosen = data.draw(st.dictionaries(st.integers(0, len(rows) - 1), columns))
    read = SOURCE.read(path, Dialect()).table
    changes = [
        change(row, name, None if name is None else read[name][row].as_py(), None)
        for row, name in chosen.items()
    ]
    after, again = made_and_back(SOURCE, path, changes)
    everything = (
        "SELECT rowid, free, typeof(free), whole, typeof(whole), text, typeof(text) FROM t ORDER BY rowid"
    )
    assert content(again, everything) == content(path, everything)
    assert len(content(after, everything)) == len(rows) - list(chosen.values()).count(None)
