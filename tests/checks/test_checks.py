"""What each check finds on arrays small enough to judge by hand."""

import numpy as np

from emendata.checks.class_imbalance import ClassImbalance
from emendata.checks.exact_duplicate import ExactDuplicate
from emendata.checks.inputs import Content, Inputs, Labels, Neighbors, Predictions
from emendata.checks.missing_values import MissingValues
from emendata.checks.wrong_label import WrongLabel
from emendata.kernels.neighbors import nearest_rows
from emendata.records import Float32Array
from emendata.reports import words


def near(points: Float32Array, k: int = 3) -> Neighbors:
    return Neighbors(*nearest_rows(points, k))


def cloud(n: int = 60, seed: int = 0) -> Float32Array:
    return np.random.default_rng(seed).normal(size=(n, 2)).astype(np.float32)


def test_a_label_that_models_and_neighbours_contradict_is_flagged_with_its_reason() -> None:
    points = np.vstack([cloud(30), cloud(30, 1) + 20]).astype(np.float32)
    codes = np.repeat([0, 1], 30)
    codes[3] = 1
    codes[7] = -1
    probs = np.where(np.arange(60)[:, None] < 30, [0.9, 0.1], [0.1, 0.9])
    votes = np.tile(probs.argmax(axis=1), (2, 1))
    found = WrongLabel().find(
        Inputs(
            60,
            labels=Labels("kind", codes, ("cat", "dog")),
            predictions=Predictions(probs, votes, ("a", "b")),
            neighbors=near(points),
        )
    )
    assert found.rows.tolist() == [3]
    assert found.suggestions == ("cat",)
    assert np.isnan(found.scores[7])
    assert found.scores[3] == np.nanmin(found.scores)
    assert "2 of 2 models say 'cat', together at 0.90" in found.reasons[0]
    assert "the label says 'dog'" in found.reasons[0]
    assert found.facts["estimates"]["models disagree"] == 1
    assert all(words.estimator_meaning(name) for name in found.facts["estimates"])


def test_where_a_fourth_of_the_labels_is_wrong_what_is_known_of_the_noise_counts_beside_the_models() -> None:
    rng = np.random.default_rng(0)
    true = rng.integers(0, 2, 2000)
    wrong = rng.random(2000) < 0.25
    sure = np.where(true == 1, 0.72, 0.28) + rng.normal(
        0, 0.01, 2000
    )  # as sure as such labels let a model be
    probs = np.column_stack([1 - sure, sure])
    inputs = Inputs(
        2000,
        labels=Labels("kind", np.where(wrong, 1 - true, true), ("cat", "dog")),
        predictions=Predictions(probs, probs.argmax(axis=1)[None], ("a",)),
        neighbors=near(cloud(2000)),
    )
    by_both = WrongLabel().find(inputs).rows
    by_models = WrongLabel(min_posterior_odds=1e9).find(inputs).rows
    assert wrong[by_both].all()
    assert len(by_both) > 0.9 * wrong.sum()
    assert len(by_models) < 0.2 * wrong.sum()


def test_twins_with_different_labels_say_so_and_accidental_twins_are_left_alone() -> None:
    keys = np.array([0, 1, 0, 2, 3, 3, 4, 5])
    chance = np.array([1e-6] * 4 + [2.0, 2.0] + [1e-6] * 2)
    labels = Labels("kind", np.array([0, 0, 1, 0, 0, 0, 0, 0]), ("cat", "dog"))
    found = ExactDuplicate().find(Inputs(8, content=Content(keys, chance, ("x",)), labels=labels))
    assert found.rows.tolist() == [0, 2]
    assert found.related == ((2,), (0,))
    assert found.reasons[0] == "Identical to row 2, but their labels differ: cat, dog."
    assert found.facts["rows_with_accidental_twins"] == 2
    assert found.scores[4] == 1.0


def test_a_class_of_two_among_hundreds_is_rare() -> None:
    codes = np.array([0] * 200 + [1] * 2 + [-1])
    found = ClassImbalance().find(Inputs(203, labels=Labels("kind", codes, ("cat", "dog"))))
    assert found.rows.tolist() == [200, 201]
    assert found.reasons[0] == "Class 'dog' has 2 of 202 labels; fewer than 5 are too few to learn from."
    assert np.isnan(found.scores[202])


def test_a_class_is_rare_beside_others_or_by_itself() -> None:
    codes = np.repeat([0, 1, 2], [900, 30, 4])
    found = ClassImbalance().find(Inputs(934, labels=Labels("kind", codes, ("a", "b", "c"))))
    assert found.rows.tolist() == list(range(900, 934))
    assert "30 of 934 labels; an even share would be 311." in found.reasons[0]
    assert found.scores[930] < found.scores[900] < found.scores[0] == 1
    few = np.repeat(np.arange(20), 4)  # of none are there less than of another
    names = tuple(map(str, range(20)))
    assert len(ClassImbalance().find(Inputs(80, labels=Labels("kind", few, names))).rows) == 80
    assert not len(ClassImbalance(min_rows=0).find(Inputs(80, labels=Labels("kind", few, names))).rows)


def test_a_gap_is_remarkable_only_where_others_are_filled() -> None:
    rare, often = np.zeros(100, dtype=bool), np.zeros(100, dtype=bool)
    rare[7], often[:50] = True, True
    full = np.zeros(100, dtype=bool)
    found = MissingValues().find(Inputs(100, missing={"name": rare, "comment": often, "size": full}))
    assert found.rows.tolist() == [7]
    assert found.columns == (None,) or found.columns == ("name",)
    assert found.facts["missing_per_column"] == {"name": 1, "comment": 50}


def test_a_row_with_most_cells_missing_is_flagged() -> None:
    gap = np.array([True] * 60 + [False] * 40)
    found = MissingValues().find(Inputs(100, missing={"a": gap, "b": gap, "c": ~gap}))
    assert found.rows.tolist() == list(range(60))
    assert found.reasons[0] == "2 of 3 columns are empty here: 'a', 'b'."
