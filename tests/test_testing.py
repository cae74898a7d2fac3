"""The contract suites pass for everything that is shipped, and fail for what breaks a promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import feather, parquet

from emendata.checks import CHECKS, Check, Inputs
from emendata.checks.wrong_label import WrongLabel
from emendata.data import sources
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
    path, table = tmp_path / f"rows.{name}", pa.table({"id": ["a", "b", "c"], "kind": ["x", "y", "x"]})
    if name == "parquet":
        parquet.write_table(table, path)
    elif name == "arrow":
        feather.write_feather(table, path)
    else:
        path.write_text(FILES[name])
    changes = [
        Correction("relabel", 0, "a", "kind", "x", "y", "It looks like y.", {}, 0.1),
        Correction("drop_duplicate", 2, "c", None, None, None, "It is row 0 again.", {}, 0.0),
    ]
    check_source(sources[name], path, changes, tmp_path)


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
