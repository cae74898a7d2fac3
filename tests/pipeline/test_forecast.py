"""Forecasts: what they are about, not how right they are, which no test can hold a machine to."""

import warnings

import numpy as np
import pytest

from emendata.data import Dataset, open_dataset
from emendata.models import PREDICTORS
from emendata.pipeline import Preparation, effort_for, forecast, mode_within
from emendata.pipeline.prepare import NEAREST
from emendata.pipeline.stack import folds_left
from emendata.records import Mode
from emendata.store import MemoryShelf, Shelf


def numbers(n: int, label: str | None = "kind") -> Dataset:
    rng = np.random.default_rng(0)
    kinds = rng.integers(0, 2, n)
    columns = {f"c{i}": (rng.normal(size=n) + kinds).tolist() for i in range(3)}
    return open_dataset({**columns, "kind": ["ab"[kind] for kind in kinds]}, label=label)


def prepared(data: Dataset, mode: Mode = Mode.BALANCED, shelf: Shelf | None = None) -> Preparation:
    return Preparation(data, shelf or MemoryShelf(), effort=effort_for(mode, data.n_rows))


def test_stages_are_those_that_then_come() -> None:
    data, came = numbers(400), []
    expected = forecast(prepared(data))
    made = Preparation(data, MemoryShelf(), on_progress=lambda stage, *_: came.append(stage))
    assert made.predictions.pred_probs.shape == (400, 2)
    assert list(expected.stages) == list(dict.fromkeys(came))
    assert all(seconds > 0 for seconds in expected.stages.values())
    assert expected.seconds == sum(expected.stages.values())
    assert expected.done == ()


def test_texts_are_expected_to_be_read_word_by_word_and_by_the_models_for_words() -> None:
    rng = np.random.default_rng(0)
    sentences = [" ".join(f"word{20 * i + j}" for j in range(20)) for i in range(60)]
    texts = [" ".join(rng.choice(sentences, 5)) for _ in range(700)]
    data, came = open_dataset({"text": texts, "kind": ["a", "b"] * 350}, label="kind"), []
    expected = forecast(prepared(data, Mode.QUICK))
    effort = effort_for(Mode.QUICK, 700)
    made = Preparation(data, MemoryShelf(), effort=effort, on_progress=lambda stage, *_: came.append(stage))
    assert made.predictions.pred_probs.shape == (700, 2)
    assert list(expected.stages) == list(dict.fromkeys(came))


def test_a_class_for_every_few_rows_is_no_reason_to_warn_about_a_sample() -> None:
    data = open_dataset(
        {"x": [i / 7 for i in range(60)], "kind": [f"k{i % 20}" for i in range(60)]}, label="kind"
    )
    with warnings.catch_warnings(action="error"):
        assert forecast(prepared(data)).seconds > 0


def test_without_labels_nothing_is_predicted() -> None:
    assert list(forecast(prepared(numbers(50, label=None))).stages) == [NEAREST]


def test_without_features_there_is_nothing_to_wait_for() -> None:
    data = open_dataset({"kind": ["a", "b", "a"]}, label="kind")
    assert forecast(prepared(data)).stages == {}


def test_only_what_the_checks_need_is_expected() -> None:
    assert forecast(prepared(numbers(50)), needs={"content", "labels"}).stages == {}
    assert list(forecast(prepared(numbers(50)), needs={"neighbors"}).stages) == [NEAREST]


def test_what_is_on_the_shelf_is_done_and_nothing_is_put_there() -> None:
    shelf = MemoryShelf()
    first = prepared(numbers(60), shelf=shelf)
    assert forecast(first).done == ()
    assert [shelf.recall(first.key(need)) for need in ("features", "neighbors", "predictions")] == [None] * 3
    assert first.all_neighbors.rows.shape == (60, 20)
    half = forecast(first)
    assert half.done == ("Reading the columns", NEAREST)
    assert half.stages
    assert all(stage.startswith("Predicting with") for stage in half.stages)
    assert first.predictions.pred_probs.shape == (60, 2)
    again = forecast(prepared(numbers(60), shelf=shelf))
    assert (dict(again.stages), again.done) == ({}, ("Reading the columns", NEAREST, "Predicting"))


def test_an_interrupted_audit_is_expected_to_go_on_with_the_next_fold() -> None:
    shelf, data = MemoryShelf(), numbers(60)

    def stop(stage: str, done: int, total: int) -> None:
        if "logistic" in stage and done == 7:
            raise KeyboardInterrupt

    effort = effort_for(Mode.BALANCED, 60)
    interrupted = Preparation(data, shelf, effort=effort, on_progress=stop)
    with pytest.raises(KeyboardInterrupt):
        interrupted.predictions  # noqa: B018
    assert list(forecast(prepared(data, shelf=shelf)).stages) == [
        "Predicting with logistic regression",
        "Predicting with nearest rows",
    ]
    key = interrupted.key("predictions")
    left = {model.name: folds_left(model, shelf, key, 10, 1) for model in PREDICTORS}
    assert (left["boosted_trees"], left["logistic_regression"], left["nearest_rows"]) == (0, 3, 10)


def test_the_mode_follows_the_budget() -> None:
    data = numbers(200)

    def in_mode(mode: Mode) -> Preparation:
        return Preparation(data, MemoryShelf(), effort=effort_for(mode, 200))

    assert mode_within(1e9, in_mode) == Mode.THOROUGH
    assert mode_within(1e-9, in_mode) == Mode.QUICK


def test_the_quick_mode_does_less_than_the_thorough() -> None:
    for n in (100, 100_000):
        quick, thorough = (effort_for(mode, n) for mode in (Mode.QUICK, Mode.THOROUGH))
        assert quick.n_folds * quick.n_repeats < thorough.n_folds * thorough.n_repeats
        assert quick.patience < thorough.patience
        assert quick.word_pieces < thorough.word_pieces
