import itertools
from collections.abc import Callable
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.neighbors import nearest_rows
from emendata.kernels.shapley import neighbor_values


def recursive_values(order: np.ndarray, labels: np.ndarray, own: int, n_votes: int) -> np.ndarray:
    """Values of all rows for one query by the formula of Jia et al., step by step."""
    n = len(order)
    agree = [float(labels[row] == own) for row in order]
    values = np.zeros(n)
    values[n - 1] = agree[n - 1] / n_votes * min(n_votes, n) / n
    for j in range(n - 1, 0, -1):
        values[j - 1] = values[j] + (agree[j - 1] - agree[j]) / n_votes * min(n_votes, j) / j
    return values


def values_by_definition(order: np.ndarray, labels: np.ndarray, own: int, n_votes: int) -> np.ndarray:
    """Mean of what each row adds over all subsets of the others."""

    def worth(places: tuple[int, ...]) -> float:
        return sum(float(labels[order[place]] == own) for place in sorted(places)[:n_votes]) / n_votes

    n = len(order)
    values = np.zeros(n)
    for j in range(n):
        others = [place for place in range(n) if place != j]
        for size in range(n):
            for subset in itertools.combinations(others, size):
                values[j] += (worth((*subset, j)) - worth(subset)) / (n * comb(n - 1, size))
    return values


def summed(
    graph: np.ndarray, labels: np.ndarray, n_votes: int, values_of: Callable[..., np.ndarray]
) -> np.ndarray:
    total = np.zeros((len(labels), 2))
    for query in np.flatnonzero(labels >= 0):
        order = np.array([row for row in graph[query] if labels[row] >= 0])
        values = values_of(order, labels, labels[query], n_votes)
        np.add.at(total, (order, (values < 0).astype(int)), np.abs(values))
    return total


datasets = st.tuples(
    st.lists(st.tuples(st.integers(0, 99), st.integers(-1, 2)), min_size=4, max_size=7).filter(
        lambda rows: sum(label >= 0 for _, label in rows) >= 2
    ),
    st.integers(1, 5),
)


@given(datasets)
@settings(max_examples=60, deadline=None)
def test_with_all_others_known_values_are_exact_by_formula_and_by_definition(
    data: tuple[list[tuple[int, int]], int],
) -> None:
    rows, n_votes = data
    points = np.array([[place] for place, _ in rows], dtype=np.float32)
    labels = np.array([label for _, label in rows])
    graph, _ = nearest_rows(points, len(rows) - 1)
    found = np.column_stack(neighbor_values(graph, labels, n_votes))
    assert found == pytest.approx(summed(graph, labels, n_votes, recursive_values), abs=1e-9)
    assert found == pytest.approx(summed(graph, labels, n_votes, values_by_definition), abs=1e-9)


def test_a_short_graph_says_nearly_what_the_whole_says() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 300)
    points = (rng.normal(size=(300, 2)) + 2 * labels[:, None]).astype(np.float32)
    labels[:20] = 1 - labels[:20]
    whole = np.subtract(*neighbor_values(nearest_rows(points, 299)[0], labels, 5))
    short = np.subtract(*neighbor_values(nearest_rows(points, 20)[0], labels, 5))
    assert np.corrcoef(whole, short)[0, 1] > 0.95


def test_a_wrong_label_among_right_ones_takes_away_what_the_others_give() -> None:
    points = np.random.default_rng(0).normal(size=(60, 2)).astype(np.float32)
    labels = np.zeros(60, dtype=np.int64)
    labels[5] = 1
    gains, losses = neighbor_values(nearest_rows(points, 10)[0], labels, 5)
    assert gains[5] == 0
    assert losses[5] > 0
    assert (gains > losses).sum() > 50
