from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from tests.checks.cloud import cloud, seen

from emendata.checks.inputs import Labels
from emendata.checks.low_value import LowValue
from emendata.errors import NotApplicable
from emendata.features.number import standardized
from emendata.records import Findings, Float32Array, IntArray


def found(points: Float32Array, codes: IntArray, **options: float) -> Findings:
    names = tuple(f"class {i}" for i in range(int(codes.max()) + 1))
    return LowValue(**options).find(seen(points, labels=Labels("kind", codes, names)))


def two_blobs(n: int = 200) -> tuple[Float32Array, IntArray]:
    codes = np.arange(n) % 2
    return (cloud(n, 3) + 9 * codes[:, None]).astype(np.float32), codes


def test_a_row_that_misleads_its_surroundings_is_flagged_and_its_reason_has_the_counts() -> None:
    points, codes = two_blobs()
    middle = int(np.linalg.norm(points[codes == 0], axis=1).argmin()) * 2
    codes[middle] = 1
    findings = found(points, codes)
    assert findings.rows.tolist() == [middle]
    assert findings.scores[middle] == findings.scores.min() < 0.15
    assert np.median(findings.scores) > 0.7
    near = seen(points).neighbors
    assert near is not None
    n_near = int((near.rows == middle).sum())
    assert findings.reasons[0].startswith(
        f"It is near {n_near} labelled rows, {n_near} of them with another label than its own ('class 1')"
    )


def test_a_row_that_nobody_is_near_is_worth_nothing_and_does_no_harm() -> None:
    points, codes = two_blobs()
    points[7], codes[7] = 1000, 0
    findings = found(points, codes)
    assert findings.scores[7] == 0.5
    assert 7 not in findings.rows


def test_rows_without_a_label_have_no_value() -> None:
    points, codes = two_blobs()
    codes[11] = -1
    scores = found(points, codes).scores
    assert np.isnan(scores[11])
    assert np.isfinite(np.delete(scores, 11)).all()


@pytest.mark.parametrize("load", [load_iris, load_wine, load_breast_cancer, load_digits])
def test_on_well_kept_data_hardly_a_row_is_flagged_and_wrong_labels_are(load: Callable[..., Any]) -> None:
    features, codes = load(return_X_y=True)
    points = standardized(features.astype(np.float64))
    assert len(found(points, codes).rows) <= 0.01 * len(codes)
    rng = np.random.default_rng(0)
    wrong = rng.random(len(codes)) < 0.1
    noisy = np.where(wrong, (codes + 1) % (codes.max() + 1), codes)
    findings = found(points, noisy)
    assert wrong[findings.rows].mean() > 0.85
    assert len(findings.rows) > 0.1 * wrong.sum()
    assert findings.scores[wrong].mean() < findings.scores[~wrong].mean() - 0.3


def test_few_labels_or_a_single_class_are_an_answer() -> None:
    points, codes = two_blobs(20)
    with pytest.raises(NotApplicable, match="20 labels are too few"):
        found(points, codes)
    with pytest.raises(NotApplicable, match="all are of one class"):
        found(cloud(60), np.zeros(60, dtype=np.int64))
