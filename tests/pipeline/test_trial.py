"""Trials: what they are of, and how costs are drawn on; not how long they take."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from emendata.data import open_dataset
from emendata.models import PREDICTORS
from emendata.pipeline import Preparation
from emendata.pipeline.nearest import LARGEST_EXACT, in_cells
from emendata.pipeline.trial import Costs, nearest_seconds, resampled, time_features, time_model, widened
from emendata.store import MemoryShelf
from emendata.testing import sample_problem

POINTS = st.lists(st.tuples(st.integers(1, 1000), st.floats(0, 100)), min_size=1, max_size=4).map(sorted)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([], 0.0),
        ([(10, 1.0)], 10.0),
        ([(10, 1.0), (20, 1.5)], 5.5),
        ([(10, 1.0), (20, 0.5)], 0.5),  # not cheaper with more rows
        ([(10, 1.0), (20, 4.0)], 20.0),  # not below zero for none
        ([(10, 9.0), (50, 1.0), (60, 1.1)], 1.5),
        ([(10, 1.0), (10, 2.0)], 20.0),
    ],
)
def test_costs_lie_on_a_line_through_the_last_two(points: list[tuple[int, float]], expected: float) -> None:
    assert Costs(points).at(100) == pytest.approx(expected)


@given(POINTS, st.integers(1000, 10**7), st.integers(0, 10**6))
def test_costs_never_fall(points: list[tuple[int, float]], size: int, more: int) -> None:
    assert 0 <= Costs(points).at(size) <= Costs(points).at(size + more)


@pytest.mark.parametrize("size", [30, 90, 200])
def test_a_resampled_problem_has_rows_of_the_first_and_is_as_hard(size: int) -> None:
    problem = replace(sample_problem(), patience=3.0)
    made = resampled(problem, size, seed=0)
    assert made.dense.shape == (size, 2)
    assert made.wide.shape == (size, 2100)
    assert len(made.labels) == len(made.folds) == len(made.distances) == size
    assert made.neighbors.max() < size
    assert made.n_folds == problem.n_folds
    assert set(made.labels.tolist()) <= set(problem.labels.tolist())
    for model in PREDICTORS:
        assert (model.suits(made) is None) == (model.suits(problem) is None)
    is_copy = np.isin(made.dense[:, 0], problem.dense[:, 0])
    assert is_copy.all() == (size <= 90)


def test_words_that_more_rows_would_bring_are_empty() -> None:
    problem = sample_problem()
    wide = widened(problem, 5000).wide
    assert isinstance(wide, csr_matrix)
    assert wide.shape == (90, 5000)
    assert wide.nnz == 90
    assert widened(problem, 50) is problem
    full = replace(problem, wide=problem.dense)
    assert widened(full, 5000) is full


@pytest.mark.parametrize("name", [model.name for model in PREDICTORS])
def test_a_model_is_timed_up_to_its_first_fold(name: str) -> None:
    start, fold = time_model(PREDICTORS[name], sample_problem())
    assert start >= 0
    assert (fold > 0) == (name not in ("random_trees", "nearest_rows"))


def test_nearest_rows_are_timed_by_what_comparing_some_takes() -> None:
    assert nearest_seconds(200, 3) > 0


def test_many_rows_are_timed_as_they_are_searched_in_cells() -> None:
    exact = nearest_seconds(LARGEST_EXACT, 8)
    assert in_cells(1_000_000, exact) < 10 * exact  # comparing all would take 44 times as long
    assert in_cells(400_000, 10.0) == pytest.approx(10.0 * 0.43 * (400_000 / LARGEST_EXACT) ** 1.6)


def test_reading_is_timed_by_stages_and_numbers_take_no_notable_time() -> None:
    cells = {"text": ["one word", "or another", "word"] * 5, "size": list(range(15))}
    data = open_dataset(cells, roles={"text": "text", "size": "number"})
    made, took = time_features(Preparation(data, MemoryShelf()))
    assert len(made.dense) == 15
    assert took.keys() >= {"Reading column 'text'"}
    assert not any("size" in stage for stage in took)
    assert all(n == 15 or "sentences" in stage for stage, (n, _, _) in took.items())
    assert min(min(body, rest) for _, body, rest in took.values()) >= 0
