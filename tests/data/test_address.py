import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from emendata.data import open_dataset
from emendata.data.address import file_at, is_server, is_url
from emendata.errors import InputError


@pytest.mark.parametrize(
    ("source", "url", "server"),
    [
        ("data/reviews.csv", False, False),
        ("C:\\reviews.csv", False, False),
        ("C://reviews.csv", False, False),
        ("a:b?c#d.csv", False, False),
        (Path("https:/example.org/x.csv"), False, False),
        ("HTTPS://example.org/x.csv", True, False),
        ("s3://bucket/x.csv", True, False),
        ("filecache::s3://bucket/x.csv", True, False),
        ("simplecache::zip://x.csv::s3://bucket/x.zip", True, False),
        ("odd::name.csv", False, False),
        ("hf://datasets/name/x.csv", True, False),
        ("sqlite:///shop.db", True, False),
        ("duckdb:///shop.duckdb", True, False),
        ("file:///shop.db", True, False),
        ("postgresql://host/shop", True, True),
        ("postgres://host/shop", True, True),
        ("mysql+pymysql://host/shop", True, True),
    ],
)
def test_urls_of_servers_and_of_files_are_told_from_paths(
    source: str | Path, url: bool, server: bool
) -> None:
    assert (is_url(source), is_server(source)) == (url, server)


@pytest.mark.parametrize("name", ["a:b?c#d e%20.csv", "ä;ü.csv"])
def test_odd_names_are_found_as_paths_and_as_urls(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    assert file_at(str(path)) == file_at(path) == file_at(path.as_uri()) == path


def test_the_url_of_a_database_file_is_the_same_as_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(sqlite3.connect("shop.db")) as connection:
        connection.executescript("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    with closing(duckdb.connect("shop.duckdb")) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1::INT AS a")
    for address, path in (
        ("sqlite:///shop.db", Path("shop.db")),
        (f"sqlite:///{tmp_path}/shop.db", tmp_path / "shop.db"),
        ("sqlite+pysqlite:///shop.db?timeout=5", Path("shop.db")),
        ("duckdb:///shop.duckdb", Path("shop.duckdb")),
    ):
        dataset = open_dataset(address, table="t")
        assert (dataset.path, dataset.url, dataset.table.to_pylist()) == (path, None, [{"a": 1}])
    with pytest.raises(InputError, match=r"There is no file shop\.dba?\. Did you mean 'shop\.db'\?"):
        open_dataset("sqlite:///shop.dba")
    with pytest.raises(InputError, match=r"^sqlite:// names no file\. Write it like sqlite:///shop\.db\.$"):
        open_dataset("sqlite://")
