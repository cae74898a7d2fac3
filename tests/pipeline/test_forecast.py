"""Forecasts: what they are about, not how right they are, which no test can hold a machine to."""

import numpy as np

from emendata.data import Dataset, open_dataset
from emendata.pipeline import Preparation, effort_for, forecast, mode_within
from emendata.records import Mode
from emendata.store import MemoryShelf


def numbers(n: int, label: str | None = "kind") -> Dataset:
    rng = np.random.default_rng(0)
    kinds = rng.integers(0, 2, n)
    columns = {f"c{i}": (rng.normal(size=n) + kinds).tolist() for i in range(3)}
    return open_dataset({**columns, "kind": ["ab"[kind] for kind in kinds]}, label=label)


def test_stages_are_those_that_then_come() -> None:
    data, came = numbers(400), []
    effort = effort_for(Mode.BALANCED, data.n_rows)
    expected = forecast(data, effort)
    made = Preparation(data, MemoryShelf(), effort=effort, on_progress=lambda stage, *_: came.append(stage))
    assert made.predictions.pred_probs.shape == (400, 2)
    assert set(expected.stages) == set(came)
    assert all(seconds >= 0 for seconds in expected.stages.values())
    assert expected.seconds == sum(expected.stages.values()) > 0


def test_without_labels_nothing_is_predicted() -> None:
    stages = forecast(numbers(50, label=None), effort_for(Mode.QUICK, 50)).stages
    assert not any(stage.startswith("Predicting") for stage in stages)


def test_without_features_there_is_nothing_to_wait_for() -> None:
    data = open_dataset({"kind": ["a", "b", "a"]}, label="kind")
    assert forecast(data, effort_for(Mode.BALANCED, 3)).stages == {}


def test_the_mode_follows_the_budget() -> None:
    data = numbers(200)
    assert mode_within(data, 1e9) == Mode.THOROUGH
    assert mode_within(data, 1e-9) == Mode.QUICK


def test_the_quick_mode_does_less_than_the_thorough() -> None:
    for n in (100, 100_000):
        quick, thorough = (effort_for(mode, n) for mode in (Mode.QUICK, Mode.THOROUGH))
        assert quick.n_folds * quick.n_repeats < thorough.n_folds * thorough.n_repeats
        assert quick.patience < thorough.patience
        assert quick.word_pieces < thorough.word_pieces
