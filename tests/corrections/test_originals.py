"""Every kind of file comes back byte for byte where a project kept its original."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from openpyxl import Workbook
from pyarrow import feather, parquet
from tests.journeys.command import emendata

from emendata.corrections import make_patch, write_patch
from emendata.corrections.originals import keep_original, kept_original
from emendata.data import open_dataset
from emendata.data.fingerprint import source_sha256
from emendata.records import Correction
from emendata.store import Project

ROWS = {"tag": ["a", "b", "c", "d"], "size": [1.5, 2.5, 3.5, 4.5], "kind": ["cat", "dog", "cat", "dog"]}


def write(folder: Path, kind: str) -> Path:
    path = folder / f"pets.{kind}"
    WRITERS[kind](path)
    return path


def rows() -> list[tuple[object, ...]]:
    return list(zip(*ROWS.values(), strict=True))


def write_npz(path: Path) -> None:
    np.savez_compressed(
        path, tag=np.array(ROWS["tag"]), size=np.array(ROWS["size"]), kind=np.array(ROWS["kind"])
    )


def write_workbook(path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("pets", 0)
    for row in [tuple(ROWS), *rows()]:
        sheet.append(row)
    del book["Sheet"]
    book.save(path)


def write_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE pets (tag TEXT, size REAL, kind TEXT)")
        connection.executemany("INSERT INTO pets VALUES (?, ?, ?)", rows())
        connection.commit()


def write_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, label in (("1", "cat"), ("2", "dog"), ("3", "cat"), ("4", "dog")):
            archive.writestr(f"{label}/{name}.txt", f"a {label} called {name}, who likes to sleep")


def dicts() -> list[dict[str, object]]:
    return [dict(zip(ROWS, row, strict=True)) for row in rows()]


WRITERS: dict[str, Callable[[Path], object]] = {
    "csv": lambda path: path.write_text("tag,size,kind\n" + "".join(f"{t},{s},{k}\n" for t, s, k in rows())),
    "jsonl": lambda path: path.write_text("".join(json.dumps(row) + "\n" for row in dicts())),
    "json": lambda path: path.write_text(json.dumps(dicts(), indent=3)),
    "parquet": lambda path: parquet.write_table(pa.table(ROWS), path, compression="gzip"),
    "feather": lambda path: feather.write_feather(pa.table(ROWS), str(path)),
    "arrow": lambda path: feather.write_feather(pa.table(ROWS), str(path)),
    "npz": write_npz,
    "xlsx": write_workbook,
    "sqlite": write_database,
    "zip": write_archive,
}


@pytest.mark.parametrize("kind", list(WRITERS))
def test_applied_and_taken_back_it_is_the_very_same_file(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path, kind)
    data = open_dataset(path, label=None if kind == "zip" else "kind")
    label, ids = data.label, data.row_ids()
    assert label is not None
    row = data.table[label].to_pylist().index("cat")
    other = data.table[label].to_pylist().index("dog")
    changes = [
        Correction("relabel", row, ids[row], label, "cat", "dog", "It barks.", {}, 0.1),
        Correction("exclude", other, ids[other], None, None, None, "It is a wolf.", {}, 0.1),
    ]
    project = tmp_path / "project"
    Project(project).close()
    write_patch(make_patch(data, changes), project / "p.jsonl")
    before = source_sha256(path)
    applied = emendata("apply", project / "p.jsonl", path, "-o", tmp_path / f"right.{kind}")
    assert applied.returncode == 0, applied.stderr
    right, again = tmp_path / f"right.{kind}", tmp_path / f"back.{kind}"
    back = emendata("apply", project / "p.jsonl", right, "-o", again, "--revert")
    assert back.returncode == 0, back.stderr
    assert "byte for byte the original" in back.stdout
    assert source_sha256(again) == before == source_sha256(path)


def test_an_original_that_somebody_changed_is_not_put_back(tmp_path: Path) -> None:
    path = write(tmp_path, "parquet")
    sha = source_sha256(path)
    keep_original(tmp_path, path, sha)
    assert kept_original(tmp_path, sha) is not None
    (tmp_path / "originals" / sha).write_bytes(b"something else")
    assert kept_original(tmp_path, sha) is None
