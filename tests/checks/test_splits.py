"""Leaks between splits, drift, order, and labels that contradict or resemble each other."""

import numpy as np
import pytest

from emendata.checks import CHECKS
from emendata.checks.inputs import (
    Content,
    Features,
    Inputs,
    Labels,
    Neighbors,
    Predictions,
    Splits,
    Texts,
    Traits,
)
from emendata.errors import NotApplicable
from emendata.kernels.neighbors import nearest_rows
from emendata.records import Findings, FloatArray


def find(check: str, **inputs: object) -> Findings:
    return CHECKS[check].find(Inputs(**inputs))  # type: ignore[arg-type]


def splits(codes: np.ndarray, *names: str) -> Splits:
    return Splits("part", np.asarray(codes, np.int64), names or ("train", "test"))


def near(points: FloatArray, k: int = 8) -> Neighbors:
    return Neighbors(*nearest_rows(points.astype(np.float32), k))


HALF = np.repeat([0, 1], [60, 40])
ALONE = Content(np.arange(100), np.full(100, 1e-9), ("x",))


def test_the_same_row_in_training_and_test_is_flagged_where_it_is_tested() -> None:
    keys = np.arange(100)
    keys[[70, 80]] = keys[[5, 6]]
    codes = np.zeros(100, np.int64)
    codes[80] = 1
    findings = find(
        "split_leak",
        n_rows=100,
        splits=splits(HALF),
        content=Content(keys, np.full(100, 1e-9), ("x",)),
        labels=Labels("kind", codes, ("a", "b")),
    )
    assert findings.rows.tolist() == [70, 80]
    assert findings.related == ((5,), (6,))
    assert findings.reasons == (
        "The same row is in 'train': row 5.",
        "The same row is in 'train': row 6, but there its label is 'a'.",
    )
    by_accident = Content(keys, np.full(100, 0.5), ("x",))
    assert find("split_leak", n_rows=100, splits=splits(HALF), content=by_accident).rows.size == 0


def test_a_group_that_is_in_both_splits_leaks() -> None:
    groups = np.arange(100) // 2
    groups[99] = groups[3]
    groups[98] = -1
    findings = find("split_leak", n_rows=100, splits=splits(HALF), content=ALONE, groups={"patient": groups})
    assert findings.rows.tolist() == [99]
    assert findings.reasons == ("Other rows of its group in 'patient' are in 'train'.",)


def test_training_rows_from_the_future_of_the_test_leak_and_mixed_times_do_not() -> None:
    times = np.arange(100.0)
    times[10] = 75.5
    findings = find("split_leak", n_rows=100, splits=splits(HALF), times=times)
    assert findings.rows.tolist() == [10]
    assert "comes after 'test' has begun" in findings.reasons[0]
    mixed = np.random.default_rng(0).permutation(100).astype(float)
    assert find("split_leak", n_rows=100, splits=splits(HALF), times=mixed).rows.size == 0


def test_the_score_is_told_with_and_without_the_rows_that_leak() -> None:
    keys = np.arange(100)
    keys[60:70] = keys[:10]
    codes = np.arange(100) % 2
    probs = np.full((100, 2), 0.5)
    right = np.r_[np.ones(70, bool), np.arange(30) % 2 == 0]
    probs[np.arange(100), np.where(right, codes, 1 - codes)] += 0.3
    findings = find(
        "split_leak",
        n_rows=100,
        splits=splits(HALF),
        content=Content(keys, np.full(100, 1e-9), ("x",)),
        labels=Labels("kind", codes, ("a", "b")),
        predictions=Predictions(probs, probs.argmax(axis=1)[None], ("m",)),
    )
    (remark,) = findings.remarks
    assert remark.reason == (
        "Of 'test', predictions are right for 25 of 40 rows (62.5 %), and for 15 of the 30 (50.0 %) that do not leak."
    )
    with pytest.raises(NotApplicable, match="All rows are in one split"):
        find("split_leak", n_rows=100, splits=splits(np.zeros(100)))


def test_random_splits_hardly_ever_drift() -> None:
    from sklearn.datasets import load_breast_cancer, load_wine

    named = 0
    for data in (load_wine().data, load_breast_cancer().data):
        n = len(data)
        points = (data - data.mean(axis=0)) / data.std(axis=0)
        neighbors = near(points, 10)
        ranks = {f"c{j}": np.unique(data[:, j], return_inverse=True)[1] for j in range(data.shape[1])}
        for seed in range(60):
            codes = (np.random.default_rng(seed).random(n) < 0.3).astype(np.int64)
            findings = find("split_drift", n_rows=n, splits=splits(codes), ranks=ranks, neighbors=neighbors)
            named += len(findings.remarks) > 0
    assert named <= 2  # of 120


def test_a_split_that_is_shifted_in_one_column_is_named_with_it() -> None:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(600, 3))
    codes = np.repeat([0, 1], [400, 200])
    points[codes == 1, 1] += 3
    ranks = {name: np.argsort(np.argsort(points[:, j])) for j, name in enumerate("abc")}
    ranks["day"] = np.arange(600)  # a running number differs between any two parts
    findings = find("split_drift", n_rows=600, splits=splits(codes), ranks=ranks, neighbors=near(points))
    assert [remark.column for remark in findings.remarks] == ["b", "part"]
    assert "'train' (400 rows) and 'test' (200 rows)" in findings.remarks[0].reason
    assert findings.scores[codes == 1].mean() < 0.5


def test_labels_that_change_along_time_are_named_and_time_itself_is_not() -> None:
    rng = np.random.default_rng(1)
    times = rng.permutation(400).astype(float)
    kinds = (rng.random(400) < np.where(times < 200, 0.2, 0.7)).astype(np.int64)
    ranks = {"when": times.astype(np.int64), "x": rng.permutation(400)}
    findings = find(
        "time_drift", n_rows=400, times=times, ranks=ranks, labels=Labels("kind", kinds, ("a", "b"))
    )
    assert [remark.column for remark in findings.remarks] == ["kind"]
    with pytest.raises(NotApplicable, match="Fewer than 40 rows"):
        find("time_drift", n_rows=400, times=np.full(400, np.nan), ranks=ranks)


def test_a_sorted_file_is_named_and_a_shuffled_one_is_not() -> None:
    rng = np.random.default_rng(0)
    points = np.sort(rng.normal(size=(300, 1)), axis=0) + rng.normal(size=(300, 3)) * [0, 0.05, 0.05]
    findings = find("non_iid_order", n_rows=300, neighbors=near(points))
    (remark,) = findings.remarks
    assert remark.score < 0.3
    named = 0
    for seed in range(40):
        mixed = points[np.random.default_rng(seed).permutation(300)]
        named += len(find("non_iid_order", n_rows=300, neighbors=near(mixed)).remarks)
    assert named == 0


def test_a_column_that_numbers_the_rows_is_named_and_others_are_not() -> None:
    ranks = {
        "no": np.arange(50),
        "back": np.arange(50)[::-1].copy(),
        "x": np.arange(50) % 7,
        "id": np.arange(50),
    }
    findings = find(
        "identifier_column",
        n_rows=50,
        ranks=ranks,
        features=Features(np.zeros((50, 3), np.float32), ("no", "back", "x")),
    )
    assert [remark.column for remark in findings.remarks] == ["no", "back"]
    assert "--role no=id" in findings.remarks[0].reason


def test_brightness_that_goes_with_the_label_is_named_beyond_the_commonest_class() -> None:
    rng = np.random.default_rng(0)
    codes = (rng.random(500) < 0.1).astype(
        np.int64
    )  # nine of ten have one class: always saying it is right for 450
    bright = codes + rng.normal(size=500) * 0.2
    traits = Traits(("bright", "width"), np.c_[bright, rng.random(500)].astype(np.float32))
    labels = Labels("kind", codes, ("a", "b"))
    findings = find("spurious_correlation", n_rows=500, labels=labels, pictures={"photo": traits})
    (remark,) = findings.remarks
    assert remark.column == "photo"
    assert findings.facts["labels_of_the_commonest_class"] == max(np.bincount(codes))
    assert f"{max(np.bincount(codes)):,}" in remark.reason
    texts = {"note": Texts(tuple("x" * (5 + 20 * code + i % 9) for i, code in enumerate(codes.tolist())))}
    (remark,) = find("spurious_correlation", n_rows=500, labels=labels, texts=texts).remarks
    assert "The length of 'note'" in remark.reason
    with pytest.raises(NotApplicable, match="no column of texts, images or sounds"):
        find("spurious_correlation", n_rows=500, labels=labels)


def test_identical_rows_with_different_labels_conflict_and_a_clear_majority_is_suggested() -> None:
    keys = np.r_[np.zeros(4), 1, 1, np.arange(2, 8)].astype(np.int64)
    codes = np.array([0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, -1])
    findings = find(
        "label_conflict",
        n_rows=12,
        labels=Labels("kind", codes, ("a", "b")),
        content=Content(keys, np.full(12, 1e-9), ("x",)),
    )
    assert findings.rows.tolist() == [3, 4, 5]
    assert findings.suggestions == ("a", None, None)
    assert findings.probabilities[0] == np.float32(0.75)
    assert findings.scores[[0, 3, 4]].tolist() == [0.75, 0.25, 0.5]
    assert np.isnan(findings.scores[11])
    assert findings.reasons[0] == (
        "The same as row 0 in every other column; the labels of the 4 rows are 3 × 'a', 1 × 'b'."
    )


def probabilities(codes: np.ndarray, n_classes: int, sure: float) -> Predictions:
    probs = np.full((len(codes), n_classes), (1 - sure) / (n_classes - 1))
    probs[np.arange(len(codes)), codes] = sure
    return Predictions(probs, probs.argmax(axis=1)[None], ("m",))


def test_a_row_between_two_classes_is_ambiguous_unless_most_are() -> None:
    codes = np.arange(60) % 3
    predictions = probabilities(codes, 3, 0.9)
    predictions.pred_probs[7] = [0.48, 0.5, 0.02]
    findings = find(
        "ambiguous_label", n_rows=60, labels=Labels("kind", codes, ("a", "b", "c")), predictions=predictions
    )
    assert findings.rows.tolist() == [7]
    assert "between 'b' (0.50), its label, and 'a' (0.48)" in findings.reasons[0]
    assert findings.scores[7] == np.float32(1 - 2 * 0.48)
    predictions.pred_probs[:30] = [0.48, 0.48, 0.04]
    assert (
        find(
            "ambiguous_label",
            n_rows=60,
            labels=Labels("kind", codes, ("a", "b", "c")),
            predictions=predictions,
        ).rows.size
        == 0
    )


def test_classes_that_are_taken_for_each_other_are_named_with_their_counts() -> None:
    codes = np.repeat([0, 1, 2], 50)
    said = codes.copy()
    said[:20], said[50:75] = 1, 0
    said[100:120] = 0  # one way only
    predictions = probabilities(said, 3, 0.8)
    (remark,) = find(
        "overlapping_classes",
        n_rows=150,
        labels=Labels("kind", codes, ("a", "b", "c")),
        predictions=predictions,
    ).remarks
    assert remark.reason.startswith(
        "'a' and 'b' overlap: 20 of 50 rows of the one and 25 of 50 rows".replace(
            " rows of the one and 25 of 50 rows", " rows of the one and 25 of 50"
        )
    )
    assert remark.score == pytest.approx(0.6)
