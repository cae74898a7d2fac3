"""Every format goes the whole way through the commands: audit, fix, apply, take back."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pytest
from tests.data.folders import write_files
from tests.docs.runner import write_reviews
from typer.testing import CliRunner

from emendata.cli.app import app
from emendata.data import open_dataset
from emendata.data.packing import packed_like

Write = Callable[[pl.DataFrame, Path], None]


def packed(text: Callable[[pl.DataFrame], str]) -> Write:
    def write(frame: pl.DataFrame, path: Path) -> None:
        path.write_bytes(packed_like(path, text(frame).encode()))

    return write


def stream(frame: pl.DataFrame, path: Path) -> None:
    table = frame.to_arrow()
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=40)


def sqlite(frame: pl.DataFrame, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        frame.to_pandas().to_sql("reviews", connection, index=False)
        connection.commit()


def in_duckdb(frame: pl.DataFrame, path: Path) -> None:
    rows = frame.to_arrow()
    with closing(duckdb.connect(path)) as connection:
        connection.register("rows", rows)
        connection.execute("CREATE TABLE reviews AS FROM rows")


FORMATS: dict[str, Write] = {
    "reviews.csv.gz": packed(lambda frame: frame.write_csv()),
    "reviews.tsv.zst": packed(lambda frame: frame.write_csv(separator="\t")),
    "reviews.jsonl.xz": packed(lambda frame: frame.write_ndjson()),
    "Reviews.JSON.GZ": packed(lambda frame: json.dumps(frame.to_dicts(), indent=1)),
    "reviews.json": lambda frame, path: frame.write_json(path),
    "reviews.parquet": lambda frame, path: frame.write_parquet(path),
    "reviews.arrow": lambda frame, path: frame.write_ipc(path, compression="zstd"),
    "reviews.feather": lambda frame, path: feather.write_feather(frame.to_arrow(), path),
    "reviews.arrows": stream,
    "reviews.db": sqlite,
    "reviews.sqlite": sqlite,
    "reviews.duckdb": in_duckdb,
    "reviews.xlsx": lambda frame, path: frame.to_pandas().to_excel(path, index=False),
}


def called(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_audited_corrected_and_put_back(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_reviews(tmp_path / "plain.csv")
    source = tmp_path / name
    FORMATS[name](pl.read_csv(tmp_path / "plain.csv"), source)
    called("audit", source, "--label", "sentiment")
    proposed = called("fix", f"{source}.emendata")
    stem, end = name.split(".", 1)
    corrected = f"{stem}.corrected.{end}"
    assert f" -o {corrected}" in proposed
    patch = f"{source}.emendata/corrections.jsonl"
    called("apply", patch, source, "-o", corrected)
    output = called("apply", patch, corrected, "-o", f"again.{end}", "--revert")
    assert "not byte for byte" not in output
    before, after, again = (open_dataset(path).table for path in (source, corrected, f"again.{end}"))
    assert again.equals(before)
    assert after.num_rows == 149
    changed = [
        (old["id"], new["sentiment"])
        for old, new in zip(before.to_pylist(), after.to_pylist(), strict=False)
        if old != new
    ]
    assert changed == [("r007", "negative"), ("r040", "positive"), ("r093", "negative")]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("reviews.feather", "out.feather.gz"),
        ("reviews.csv.gz", "out.gz"),
        ("reviews.csv.gz", "out.parquet"),
        ("reviews.parquet", "out.arrow"),
        ("reviews.sqlite", "out.duckdb"),
        ("reviews.xlsx", "out.db"),
    ],
)
def test_a_name_that_says_another_format_than_is_written_is_refused(
    name: str, target: str, tmp_path: Path
) -> None:
    write_reviews(tmp_path / "plain.csv")
    source = tmp_path / name
    FORMATS[name](pl.read_csv(tmp_path / "plain.csv"), source)
    called("audit", source, "--label", "sentiment")
    called("fix", f"{source}.emendata")
    patch = f"{source}.emendata/corrections.jsonl"
    done = CliRunner().invoke(app, ["apply", patch, str(source), "-o", str(tmp_path / target)])
    assert done.exit_code != 0
    assert not (tmp_path / target).exists()


def test_a_folder_that_is_named_like_a_file_is_corrected_into_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = [f"a film of {i} minutes with a long and happy end" for i in range(20)]
    files = {f"{'good' if i % 2 else 'bad'}/{i}.txt": text for i, text in enumerate(texts)}
    write_files(tmp_path / "films.csv", files | {"good/99.txt": texts[1]})
    called("audit", "films.csv", "--check", "exact_duplicate")
    assert " films.csv -o films.csv.corrected" in called("fix", "films.csv.emendata")
    patch = "films.csv.emendata/corrections.jsonl"
    assert "1 duplicate removal" in called("apply", patch, "films.csv", "-o", "films.csv.corrected")
    again = called("apply", patch, "films.csv.corrected", "-o", "again", "--revert")
    assert "21 rows, byte for byte the original" in again
