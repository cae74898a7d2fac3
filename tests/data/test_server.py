import socket
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from tests.data.postgres import PASSWORD, running_server

import emendata as em
from emendata.corrections import make_patch
from emendata.data import open_dataset
from emendata.data.server import read_server
from emendata.data.source import Dialect
from emendata.errors import InputError
from emendata.extras import MissingPackage
from emendata.records import Correction, Role

TABLES = """
CREATE TABLE reviews (id INTEGER PRIMARY KEY, words TEXT, price NUMERIC(8, 2), ok BOOLEAN, seen TIMESTAMPTZ,
  tags TEXT[], more JSONB, scan BYTEA, code UUID, "Odd ""name" INTERVAL);
INSERT INTO reviews SELECT n, 'word ' || n, n / 4.0, n % 2 = 0, '2024-01-31 12:00Z', ARRAY['a', NULL], '{"k": 1}',
  'GIF89a..'::bytea, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '1 day' FROM generate_series(30000, 1, -1) AS n;
CREATE SCHEMA old; CREATE TABLE old."Reviews" (n INTEGER); INSERT INTO old."Reviews" VALUES (7);
CREATE VIEW few AS SELECT id, words FROM reviews WHERE id < 4;
CREATE TABLE empty (n INTEGER);
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_server() as there:
        with psycopg.connect(there) as connection:
            connection.execute(TABLES.encode())
        yield there


def refused(address: str, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        open_dataset(address, **options)  # type: ignore[arg-type]
    message = str(caught.value)
    assert PASSWORD not in message
    assert "\n" not in message
    return message


def test_a_table_is_read_in_the_order_of_its_key_with_its_types(address: str) -> None:
    dataset = open_dataset(address, table="reviews")
    table = dataset.table
    assert table["id"].to_pylist() == list(range(1, 30_001))
    assert [str(kind) for kind in table.schema.types] == [
        "int64", "string", "double", "bool", "timestamp[us]", "string", "string", "string", "string", "string",
    ]  # fmt: skip
    assert table["price"][2].as_py() == float(Decimal("0.75"))
    first = table.slice(0, 1).to_pylist()[0]
    assert (first["tags"], first["more"], first["code"][:8]) == ('["a", null]', '{"k": 1}', "a0eebc99")
    assert table.column_names[-1] == 'Odd "name'
    assert dataset.media["scan"].role == Role.IMAGE
    assert (dataset.name, dataset.format, dataset.path) == ("postgres/reviews", "sql", None)
    assert PASSWORD not in repr(dataset)


def test_tables_are_named_also_those_of_other_schemas_and_views(address: str) -> None:
    assert open_dataset(address, table="old.Reviews").table.to_pylist() == [{"n": 7}]
    assert open_dataset(address, table="few").table.num_rows == 3
    assert "has several tables: 'empty', 'reviews'. Name one with --table." in refused(address)
    assert "There is no table 'review'. Did you mean 'reviews'?" in refused(address, table="review")
    assert "There is no table 'old.reviewed'. Did you mean 'old.Reviews'?" in refused(
        address, table="old.reviewed"
    )
    assert "gives columns but no rows" in refused(address, table="empty")


def test_a_query_is_answered_as_it_stands(address: str) -> None:
    query = "SELECT words, id::float8 / 2 AS half FROM reviews WHERE words LIKE '%d 2' OR words = ':none'"
    dataset = open_dataset(address, query=query)
    assert dataset.table.to_pylist() == [{"words": "word 2", "half": 1.0}]
    assert (dataset.name, dataset.dialect) == ("postgres/query", Dialect(query=query))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT nope FROM reviews", 'column "nope" does not exist'),
        ("SELECT 1 AS a, 2 AS a", "has several columns called 'a'"),
        ("DELETE FROM reviews", "does not give the rows"),
        ("DELETE FROM reviews RETURNING id", "does not give the rows"),
        ("SELECT 1; DELETE FROM reviews", "does not give the rows"),
        (
            "SELECT setval(pg_get_serial_sequence('reviews', 'id'), 1), nextval('s') FROM reviews",
            "does not give",
        ),
    ],
)
def test_a_query_that_fails_or_would_write_is_told_in_the_words_of_the_database(
    address: str, query: str, message: str
) -> None:
    said = refused(address, query=query)
    assert message in said
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM reviews").fetchone() == (30_000,)


def test_a_function_that_writes_is_stopped_by_the_read_only_transaction(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("""CREATE OR REPLACE FUNCTION wipe() RETURNS INTEGER LANGUAGE plpgsql AS $$
            BEGIN DELETE FROM reviews; RETURN 1; END $$""")
    assert "cannot execute DELETE in a read-only transaction" in refused(address, query="SELECT wipe() AS n")


def test_who_is_not_let_in_is_told_so_without_the_password(address: str) -> None:
    wrong = address.replace(PASSWORD, "another-secret")
    message = refused(wrong)
    assert message.startswith("Cannot connect to postgresql://tester@127.0.0.1")
    assert "password authentication failed" in message
    assert "another-secret" not in message
    assert 'database "nope" does not exist' in refused(address.replace("/postgres", "/nope"))


def test_a_server_that_is_not_there_or_says_nothing_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        assert "refused" in refused(f"postgresql://bob:{PASSWORD}@127.0.0.1:{port}/shop")
        silent.listen()
        with pytest.raises(InputError, match=r"^Cannot connect to .*timeout expired"):
            read_server(f"postgresql://bob@127.0.0.1:{port}/shop", Dialect(), timeout=2)


@pytest.mark.parametrize("setting", ["Password", "PWD", "token", "sslpassword", "odbc_connect"])
def test_no_setting_that_may_be_a_password_is_told(setting: str) -> None:
    message = refused(f"postgresql://bob@127.0.0.1:1/shop?{setting}={PASSWORD}")
    assert message.startswith("Cannot connect to postgresql://bob@127.0.0.1:1/shop (")


@pytest.mark.parametrize("address", ["postgresql://bob:hidden@host:port/shop", "postgresql://"])
def test_an_address_that_is_none_is_not_repeated(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "/nowhere")
    with pytest.raises(InputError) as caught:
        open_dataset(address)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "package"), [("mssql+pymssql://h/d", "pymssql"), ("postgresql+asyncpg://h/d", "asyncpg")]
)
def test_a_missing_driver_is_named_with_how_to_install_it(address: str, package: str) -> None:
    with pytest.raises(MissingPackage, match=f"needs {package}. Install it: pip install {package}"):
        open_dataset(address)


def test_rows_of_a_server_are_audited_and_reopened_but_not_patched(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    audit = em.Audit(address, table="few", checks=["exact_duplicate"]).run()
    assert audit.project is not None
    assert audit.project.folder == tmp_path / "few.emendata"
    monkeypatch.setenv("PGPASSWORD", PASSWORD)  # which is kept nowhere
    assert em.Audit.reopen("few.emendata").dataset.table.equals(audit.dataset.table)
    assert not [
        file for file in tmp_path.rglob("*") if file.is_file() and PASSWORD.encode() in file.read_bytes()
    ]
    change = Correction("relabel", 0, "", "words", "word 1", "new", "", {}, 0.1)
    with pytest.raises(
        InputError, match=r"^postgres/few lies on a database server, .* from audit\.fix\(\)\.$"
    ):
        make_patch(audit.dataset, [change])
    assert audit.fix().num_rows == 3
