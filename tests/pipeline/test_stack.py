"""Stacking on problems with gaps: unlabelled rows, classes of one row, two classes, hardly any labels."""

from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from emendata.models import PREDICTORS, Problem
from emendata.pipeline.stack import stack_models
from emendata.records import no_progress
from emendata.store import Artifact, MemoryShelf
from emendata.testing import sample_problem


def stack(problem: Problem, shelf: MemoryShelf | None = None) -> Artifact:
    return stack_models(problem, shelf or MemoryShelf(), "key", no_progress)


def tabular() -> Problem:
    problem = sample_problem()
    return replace(problem, wide=problem.wide[:, :2])


def unlabeled() -> Problem:
    return replace(tabular(), labels=np.where(np.arange(90) % 2, -1, tabular().labels))


def lonely_class() -> Problem:
    problem = tabular()
    labels = problem.labels.copy()
    labels[17] = 3  # its only row: whichever fold it is in, the others lack the class
    return replace(problem, labels=labels, n_classes=4)


def two_classes() -> Problem:
    return replace(tabular(), labels=np.minimum(tabular().labels, 1), n_classes=2)


def two_labels() -> Problem:
    labels = np.full(90, -1)
    labels[[0, 1]] = [0, 1]
    return replace(tabular(), labels=labels, n_classes=2)


PROBLEMS = (unlabeled, lonely_class, two_classes, two_labels)


@pytest.mark.parametrize("make", PROBLEMS, ids=lambda make: make.__name__)
def test_every_row_gets_a_distribution_and_the_facts_can_be_recounted(make: object) -> None:
    assert callable(make)
    problem: Problem = make()
    kept = stack(problem)
    probs, votes = kept.arrays["pred_probs"], kept.arrays["votes"]
    assert probs.shape == (90, problem.n_classes)
    assert np.allclose(probs.sum(axis=1), 1, atol=1e-5)
    assert (probs > 0).all()
    labeled = problem.labels >= 0
    assert kept.facts["accuracy"] == (probs.argmax(axis=1) == problem.labels)[labeled].mean()
    models = kept.facts["models"]
    assert [model["name"] for model in models] == [m.name for m in PREDICTORS if m.suits(problem) is None]
    assert votes.shape == (len(models), 90)
    assert [model["accuracy"] for model in models] == [
        (vote == problem.labels)[labeled].mean() for vote in votes
    ]
    weights = [model["weight"] for model in models]
    assert np.isclose(sum(weights), 1)
    assert min(weights) >= 0.25 / len(models) - 1e-9


def test_well_separated_rows_without_a_label_are_predicted_right() -> None:
    predicted = stack(unlabeled()).arrays["pred_probs"].argmax(axis=1)
    right = predicted == np.arange(90) % 3
    assert right[np.arange(90) % 2 == 1].mean() > 0.9


def test_an_interrupted_stack_goes_on_with_the_next_model() -> None:
    shelf, steps = MemoryShelf(), list[str]()

    def stop_at_the_third(stage: str, done: int, total: int) -> None:
        steps.append(stage)
        if len(set(steps)) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stack_models(tabular(), shelf, "key", stop_at_the_third)
    finished, later = set(steps[:-1]), list[str]()
    again = stack_models(tabular(), shelf, "key", lambda stage, done, total: later.append(stage))
    assert len(finished) == 2
    assert finished.isdisjoint(later)
    assert np.array_equal(again.arrays["pred_probs"], stack(tabular()).arrays["pred_probs"])


def test_models_have_one_thread_for_linear_algebra_and_give_it_back() -> None:
    def n_threads() -> list[int]:
        return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    with threadpool_limits(2, user_api="blas"):
        before, while_they_run = n_threads(), list[int]()
        stack_models(tabular(), MemoryShelf(), "key", lambda *_: while_they_run.extend(n_threads()))
        assert set(while_they_run) == {1}
        assert n_threads() == before
