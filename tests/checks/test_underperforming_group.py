from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.model_selection import cross_val_predict
from tests.checks.cloud import cloud

from emendata.checks.inputs import Categories, Features, Inputs, Labels, Predictions
from emendata.checks.underperforming_group import UnderperformingGroup
from emendata.errors import NotApplicable
from emendata.records import BoolArray, Findings, Float32Array, IntArray

N = 1200


def found(
    missed: BoolArray,
    points: Float32Array,
    categories: dict[str, Categories] | None = None,
    codes: IntArray | None = None,
    times: float = 2.0,
) -> Findings:
    codes = np.zeros(len(missed), dtype=np.int64) if codes is None else codes
    probs = np.where(missed[:, None], [0.1, 0.9], [0.9, 0.1])
    inputs = Inputs(
        len(missed),
        labels=Labels("kind", codes, ("cat", "dog")),
        predictions=Predictions(probs, probs.argmax(axis=1)[None], ("model",)),
        features=Features(points, tuple(f"x{i}" for i in range(points.shape[1]))),
        categories=categories,
    )
    return UnderperformingGroup(times=times).find(inputs)


def blobs(n_blobs: int = 6) -> tuple[Float32Array, IntArray]:
    place = np.arange(N) % n_blobs
    centers = 12 * cloud(n_blobs, 4, seed=3)
    return (cloud(N, 4) + centers[place]).astype(np.float32), place


def test_every_bad_group_is_found_whatever_their_order() -> None:
    """The peer names one group, and not the worst one where a better one comes first (W5)."""
    points, place = blobs()
    rng = np.random.default_rng(0)
    for rates in ([0.5, 0.7, 0.05, 0.05, 0.05, 0.05], [0.05, 0.05, 0.05, 0.7, 0.05, 0.5]):
        missed = rng.random(N) < np.array(rates)[place]
        findings = found(missed, points)
        bad = np.flatnonzero(np.isin(place, np.flatnonzero(np.array(rates) > 0.3)))
        assert findings.rows.tolist() == bad.tolist()
        assert len(findings.remarks) == 2
        scores = [findings.scores[place == int(np.argsort(rates)[-i])].mean() for i in (1, 2)]
        assert scores[0] < scores[1] < 0.5
        assert "rows that are alike" in findings.remarks[0].reason
        assert findings.remarks[0].score < findings.remarks[1].score


def test_a_value_of_a_column_that_the_models_cannot_read_is_named_with_its_counts() -> None:
    sites = np.arange(N) % 5
    missed = np.random.default_rng(0).random(N) < np.where(sites == 2, 0.4, 0.1)
    names = ("oslo", "rome", "york", "graz", "bern")
    findings = found(missed, cloud(N, 3), {"site": Categories(sites, names)})
    assert findings.rows.tolist() == np.flatnonzero(sites == 2).tolist()
    assert set(findings.columns) == {"site"}
    n_york, n_others = missed[sites == 2].sum(), missed[sites != 2].sum()
    (remark,) = findings.remarks
    assert remark.column == "site"
    assert remark.reason == (
        f"240 rows with 'york' in column 'site': of their labels the models miss {n_york} "
        f"({n_york / 240:.0%}), of the 960 others {n_others} ({n_others / 960:.0%})."
    )
    assert findings.reasons[0] == f"One of {remark.reason}"


def test_a_group_that_is_bad_only_by_a_worse_one_within_it_is_not_named_again() -> None:
    points, place = blobs()
    missed = np.random.default_rng(0).random(N) < np.where(place == 1, 0.9, 0.05)
    both = Categories((place > 1).astype(np.int64), ("first two", "others"))
    findings = found(missed, points, {"half": both})
    assert findings.rows.tolist() == np.flatnonzero(place == 1).tolist()
    assert len(findings.remarks) == 1


@pytest.mark.parametrize("seed", range(5))
def test_where_misses_fall_by_chance_no_group_is_named(seed: int) -> None:
    rng = np.random.default_rng(seed)
    codes = Categories(rng.integers(0, 40, N), tuple(map(str, range(40))))
    findings = found(rng.random(N) < 0.15, cloud(N, 3), {"code": codes}, times=1.0)
    assert not len(findings.rows)
    assert findings.facts["groups_compared"] > 50


def test_rows_without_a_label_belong_to_no_group() -> None:
    points, place = blobs()
    codes = np.where(np.arange(N) % 7 == 0, -1, 0)
    findings = found(place == 1, points, codes=codes)
    assert np.isnan(findings.scores[codes < 0]).all()
    assert findings.rows.tolist() == np.flatnonzero((place == 1) & (codes == 0)).tolist()


@pytest.mark.parametrize("load", [load_iris, load_wine, load_breast_cancer, load_digits])
def test_on_well_kept_data_groups_are_rare(load: Callable[..., Any]) -> None:
    points, codes = load(return_X_y=True)
    model = ExtraTreesClassifier(n_estimators=50, random_state=0)
    guessed = cross_val_predict(model, points, codes, cv=5)
    scaled = ((points - points.mean(axis=0)) / (points.std(axis=0) + 1e-9)).astype(np.float32)
    assert len(found(guessed != codes, scaled).rows) <= 0.02 * len(codes)


def test_too_few_rows_make_no_groups() -> None:
    with pytest.raises(NotApplicable, match="12 labels make no groups of 20 rows or more"):
        found(np.zeros(12, dtype=bool), cloud(12))
