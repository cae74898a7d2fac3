"""The contract suites pass for everything that is shipped, and fail for what breaks a promise."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import feather, parquet

from emendata.checks import CHECKS, Check, Inputs
from emendata.checks.wrong_label import WrongLabel
from emendata.data import sources
from emendata.data.folder import ClassFolderSource
from emendata.data.source import Dialect
from emendata.features import EMBEDDERS
from emendata.features.block import Block, Item, Vectors
from emendata.models import PREDICTORS
from emendata.models.nearest import NearestRows
from emendata.models.predictor import OnFold, Problem
from emendata.records import Correction, Findings, Float32Array, FloatArray, Role
from emendata.testing import check_check, check_embedder, check_predictor, check_row_embedder, check_source

COLUMNS = {
    "text": pa.chunked_array([["a good film", None, "a bad film", "", "good good"]]),
    "number": pa.chunked_array([[1.5, None, -2.0, float("inf"), 1e300]]),
    "category": pa.chunked_array([["red", None, "blue", "red", ""]]),
    "date": pa.chunked_array([["2024/01/31", None, "2023/12/01", "2023/12/01", "never"]]),
}
FILES = {
    "csv": "id,kind\na,x\nb,y\nc,x\n",
    "json": '[{"id": "a", "kind": "x"},\n{"id": "b", "kind": "y"} , {"id":"c","kind":"x"}]\n',
    "jsonl": '{"id": "a", "kind": "x"}\n{"id": "b", "kind": "y"}\n{"id":"c","kind":"x"}\n',
}
TABLE = pa.table({"id": ["a", "b", "c"], "kind": ["x", "y", "x"]})


def write_folder(path: Path) -> None:
    for name in ("x/1.png", "y/1.png", "y/2.png"):
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(name.encode())


def write_table_folder(path: Path) -> None:
    path.mkdir()
    (path / "rows.csv").write_text(FILES["csv"])
    (path / "a.png").write_bytes(b"an image")


def write_arrays(path: Path) -> None:
    np.savez(path, id=["a", "b", "c"], kind=["x", "y", "x"])


def write_hub_folder(path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()
    datasets.Dataset.from_dict(TABLE.to_pydict()).save_to_disk(str(path))


def write_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE t (id, kind)")
        file.executemany("INSERT INTO t VALUES (?, ?)", zip(*TABLE.to_pydict().values(), strict=True))
        file.commit()


def write_duckdb(path: Path) -> None:
    with closing(duckdb.connect(path)) as database:
        database.execute(
            "CREATE TABLE t AS FROM (VALUES ('a', 'x'), ('b', 'y'), ('c', 'x')) AS rows (id, kind)"
        )


def write_workbook(path: Path) -> None:
    TABLE.to_pandas().to_excel(path, index=False)


def write_archive(path: Path) -> None:
    write_folder(path.with_suffix(""))
    shutil.make_archive(str(path.with_suffix("")), "zip", path.with_suffix(""))


WRITERS: dict[str, Callable[[Path], object]] = {
    **{name: partial(Path.write_text, data=text) for name, text in FILES.items()},
    "parquet": partial(parquet.write_table, TABLE),
    "arrow": partial(feather.write_feather, TABLE),
    "folder": write_folder,
    "table_folder": write_table_folder,
    "archive": write_archive,
    "npz": write_arrays,
    "sqlite": write_sqlite,
    "duckdb": write_duckdb,
    "excel": write_workbook,
    "hub_folder": write_hub_folder,
}


@pytest.mark.parametrize("check", list(CHECKS), ids=lambda check: check.name)
def test_every_check_keeps_its_contract(check: Check) -> None:
    check_check(check)


@pytest.mark.parametrize("name", [model.name for model in PREDICTORS])
def test_every_model_keeps_its_contract(name: str) -> None:
    check_predictor(PREDICTORS[name])


@pytest.mark.parametrize("name", [embedder.name for embedder in EMBEDDERS])
def test_every_embedder_keeps_its_contract(name: str) -> None:
    check_embedder(EMBEDDERS[name], COLUMNS[name])


@pytest.mark.parametrize("name", [source.name for source in sources])
def test_every_source_keeps_its_contract(name: str, tmp_path: Path) -> None:
    endings = {"archive": "rows.zip", "excel": "rows.xlsx"}
    path = tmp_path / ("rows" if "folder" in name else endings.get(name, f"rows.{name}"))
    WRITERS[name](path)
    column = "label" if name in ("folder", "archive") else "kind"
    changes = [
        Correction("relabel", 0, "a", column, "x", "y", "It looks like y.", {}, 0.1),
        Correction("drop_duplicate", 2, "c", None, None, None, "It is row 0 again.", {}, 0.0),
    ]
    check_source(sources[name], path, changes, tmp_path)


@dataclass(frozen=True)
class Forgetful(ClassFolderSource):
    """A kind of folder whose corrected copies hold nothing but rows."""

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        super().rewrite(path, target, corrections, dialect)
        for name in (".hidden", "notes.pdf"):
            (target / name).unlink(missing_ok=True)


@dataclass(frozen=True)
class Shy(ClassFolderSource):
    """A kind of folder that knows no folder as its own."""

    def recognizes(self, folder: Path) -> bool:
        return False


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Forgetful, "did not keep what lies beside the data"), (Shy, "does not recognize its own folders")],
)
def test_a_kind_of_folder_that_breaks_a_promise_is_caught(
    tmp_path: Path, kind: type[ClassFolderSource], said: str
) -> None:
    write_folder(tmp_path / "rows")
    changes = [Correction("relabel", 0, "", "label", "x", "y", "It looks like y.", {}, 0.1)]
    with pytest.raises(AssertionError, match=said):
        check_source(kind(()), tmp_path / "rows", changes, tmp_path)


@dataclass(frozen=True)
class UpsideDown(WrongLabel):
    """A check whose scores are high for what is bad."""

    name: ClassVar[str] = "upside_down"

    def find(self, inputs: Inputs) -> Findings:
        found = super().find(inputs)
        return Findings.of(1 - found.scores, found.rows, list(found.reasons))


class Cheat:
    """A model that has seen the labels."""

    name = "cheat"
    title = "Cheat"

    def suits(self, problem: Problem) -> str | None:
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        on_fold(1, 1)
        return np.eye(problem.n_classes)[problem.labels] * 0.9 + 0.1 / 3


def test_a_check_with_scores_upside_down_is_caught() -> None:
    with pytest.raises(AssertionError, match="must give low scores to what is bad"):
        check_check(UpsideDown())


def test_a_model_that_has_seen_the_labels_is_caught() -> None:
    with pytest.raises(AssertionError, match="not out of sample"):
        check_predictor(Cheat())


def test_a_model_that_learns_from_rows_of_its_own_fold_is_caught() -> None:
    class Near(NearestRows):
        def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
            return super().predict(replace(problem, is_apart=False), on_fold)

    with pytest.raises(AssertionError, match="labels of its own fold where folds are kept apart"):
        check_predictor(Near())


def test_a_model_that_predicts_too_few_rows_is_caught() -> None:
    class Short(NearestRows):
        def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
            return super().predict(problem, on_fold)[1:]

    with pytest.raises(AssertionError, match="must predict every row"):
        check_predictor(Short())


class Lengths:
    """Embeds texts by their length; empty ones cannot be read."""

    name = "lengths"
    role = Role.TEXT

    def obstacle(self) -> str | None:
        return None

    def vectors(self, items: Sequence[Item]) -> Vectors:
        lengths = np.array([[len(item)] for item in items], dtype=np.float32).reshape(-1, 1)
        return Vectors(lengths, tuple("" if item else "The text is empty." for item in items))

    def block(self, values: Float32Array, seed: int) -> Block:
        return Block(values, values)


TEXTS = ("one", "three", "seven")


def test_an_embedder_of_single_items_that_keeps_its_contract_passes() -> None:
    check_row_embedder(Lengths(), TEXTS, "")


def test_an_embedder_that_looks_at_other_items_is_caught() -> None:
    class Shares(Lengths):
        def vectors(self, items: Sequence[Item]) -> Vectors:
            found = super().vectors(items)
            return Vectors(found.values / max(found.values.sum(), 1), found.problems)

    with pytest.raises(AssertionError, match="must not depend on the other items"):
        check_row_embedder(Shares(), TEXTS, "")


def test_an_embedder_that_makes_up_vectors_is_caught() -> None:
    class Inventive(Lengths):
        def vectors(self, items: Sequence[Item]) -> Vectors:
            found = super().vectors(items)
            return Vectors(np.maximum(found.values, 1), found.problems)

    with pytest.raises(AssertionError, match="must make zeros of what it cannot read"):
        check_row_embedder(Inventive(), TEXTS, "")


def test_features_that_are_not_finite_are_caught() -> None:
    class Infinite(Lengths):
        def block(self, values: Float32Array, seed: int) -> Block:
            return Block(values, np.full_like(values, np.inf))

    with pytest.raises(AssertionError, match="no gap in the wide features"):
        check_row_embedder(Infinite(), TEXTS, "")
