"""A classifier that cleans: what it finds, what it does about it, and inside what it works."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.sparse import csr_matrix
from sklearn import config_context
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_digits, load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, ShuffleSplit
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from emendata import CleanClassifier
from emendata.errors import InputError


def noisy_digits(rate: float = 0.15, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X, true = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    wrong = rng.random(len(true)) < rate
    return X, true, np.where(wrong, (true + rng.integers(1, 10, len(true))) % 10, true)


def linear() -> LogisticRegression:
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=2000))


@pytest.mark.parametrize("how", ["prune", "relabel", "reweight"])
def test_wrong_labels_are_found_and_the_model_is_better_without_them(how: str) -> None:
    X, true, given = noisy_digits()
    half = np.arange(len(true)) % 2 == 0
    base = RandomForestClassifier(n_estimators=60, random_state=0) if how == "reweight" else linear()
    model = CleanClassifier(base, how=how, random_state=0).fit(X[half], given[half])
    plain = clone(base).fit(X[half], given[half])
    assert model.score(X[~half], true[~half]) >= plain.score(X[~half], true[~half])
    rows = model.label_issues_["row"].to_numpy()
    wrong = given[half] != true[half]
    assert wrong[rows].mean() > 0.7
    assert wrong[rows].sum() > 0.7 * wrong.sum()
    scores = model.label_issues_["score"].to_numpy()
    assert (np.diff(scores) >= 0).all()
    assert set(model.label_issues_["action"].to_pylist()) <= {
        "prune": {"pruned", "kept"}, "relabel": {"pruned", "relabelled", "kept"}, "reweight": {"weighed"}
    }[how]  # fmt: skip


def test_names_of_classes_come_back_as_they_were() -> None:
    X, _, given = noisy_digits()
    names = np.array([f"digit {code}" for code in given])
    model = CleanClassifier(GaussianNB()).fit(X, names)
    assert set(model.predict(X)) <= set(names)
    assert set(model.label_issues_["suggested"].to_pylist()) <= set(names)


def test_a_second_fit_knows_nothing_of_the_first() -> None:
    """The peer kept the confident joint of the first data for the second, and gave it to clones (W11)."""
    X, _, given = noisy_digits()
    iris = load_iris(return_X_y=True)
    model = CleanClassifier(GaussianNB(), random_state=0)
    fresh = CleanClassifier(GaussianNB(), random_state=0).fit(*iris)
    model.fit(X, given)
    assert repr(model) == repr(clone(model))
    model.fit(*iris)
    assert model.label_issues_.equals(fresh.label_issues_)
    assert np.array_equal(clone(model).fit(*iris).label_scores_, fresh.label_scores_)


def test_the_global_random_numbers_stay_as_they_are() -> None:
    """The peer seeded them for everybody (W28)."""
    before = np.random.get_state()[1].tolist()  # type: ignore[index] # noqa: NPY002
    CleanClassifier(GaussianNB(), random_state=3).fit(*load_iris(return_X_y=True))
    assert np.random.get_state()[1].tolist() == before  # type: ignore[index] # noqa: NPY002


def test_sparse_texts_data_frames_and_grids() -> None:
    words = ["good fine great", "bad poor awful", "great good", "awful bad"] * 12
    labels = ["up", "down"] * 24
    labels[5] = "up"
    matrix = TfidfVectorizer().fit_transform(words)
    assert CleanClassifier(LogisticRegression(), random_state=0).fit(
        csr_matrix(matrix), labels
    ).label_issues_["row"].to_pylist() == [5]
    inside = make_pipeline(TfidfVectorizer(), CleanClassifier(LogisticRegression(), random_state=0))
    choices = {"cleanclassifier__how": ["prune", "relabel"], "cleanclassifier__estimator__C": [0.1, 1]}
    grid = GridSearchCV(inside, choices)
    assert grid.fit(words, labels).best_score_ > 0.9
    around = CleanClassifier(make_pipeline(TfidfVectorizer(), LogisticRegression()), random_state=0)
    assert around.fit(words, labels).label_issues_["row"].to_pylist() == [5]


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_columns_reach_the_estimator_by_name(frame: type) -> None:
    X, y = load_iris(return_X_y=True)
    table = frame({"length": X[:, 2], "width": X[:, 3], "noise": X[:, 0]})
    scaled = make_column_transformer((StandardScaler(), ["length", "width"]))
    model = CleanClassifier(make_pipeline(scaled, LogisticRegression()), random_state=0).fit(table, y)
    assert model.score(table, y) > 0.9
    assert model.predict_proba(table).shape == (150, 3)


def test_groups_are_never_predicted_from_themselves() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(60), 5)
    X = rng.normal(size=(60, 3))[groups] + 1e-3 * rng.normal(size=(300, 3))
    y = rng.integers(0, 2, 60)[groups]  # a coin for each group: known only from the group itself
    apart = CleanClassifier(RandomForestClassifier(50, random_state=0)).fit(X, y, groups=groups)
    together = CleanClassifier(RandomForestClassifier(50, random_state=0), random_state=0).fit(X, y)
    assert together.label_scores_.mean() > 0.8
    assert apart.label_scores_.mean() < 0.65
    also = CleanClassifier(GaussianNB(), cv=GroupKFold(4)).fit(X, y, groups=groups)
    assert len(also.label_scores_) == 300


def test_rare_classes_stay_and_a_class_that_a_fold_lacks_is_no_obstacle() -> None:
    X, y = load_iris(return_X_y=True)
    y = y.copy()
    y[:2] = 7  # two rows that look like class 0
    model = CleanClassifier(GaussianNB(), random_state=0).fit(X, y)
    assert model.classes_.tolist() == [0, 1, 2, 7]
    assert model.predict_proba(X).shape == (150, 4)
    assert {0, 1} <= set(model.label_issues_["row"].to_pylist())
    kept = dict(
        zip(model.label_issues_["row"].to_pylist(), model.label_issues_["action"].to_pylist(), strict=True)
    )
    assert (kept[0], kept[1]) == ("kept", "kept")


def test_weights_are_passed_on() -> None:
    X, y = load_iris(return_X_y=True)
    heavy = np.where(y == 1, 50.0, 1.0)
    plain = CleanClassifier(LogisticRegression(C=0.01), random_state=0).fit(X, y)
    weighed = CleanClassifier(LogisticRegression(C=0.01), random_state=0).fit(X, y, sample_weight=heavy)
    assert (weighed.predict(X) == 1).sum() > (plain.predict(X) == 1).sum()


@pytest.mark.parametrize("depth", [1, 2])
def test_weights_reach_the_last_step_of_a_pipeline(depth: int) -> None:
    X, y = load_iris(return_X_y=True)
    model: object = LogisticRegression(C=0.01)
    for _ in range(depth):
        model = make_pipeline(StandardScaler(), model)
    heavy = np.where(y == 1, 50.0, 1.0)
    plain = CleanClassifier(model, random_state=0).fit(X, y)
    weighed = CleanClassifier(model, random_state=0).fit(X, y, sample_weight=heavy)
    assert (weighed.predict(X) == 1).sum() > (plain.predict(X) == 1).sum()


def test_reweighting_weighs_the_last_step_as_the_labels_deserve() -> None:
    X, _, given = noisy_digits()
    model = CleanClassifier(linear(), how="reweight", random_state=0).fit(X, given)
    by_hand = linear().fit(
        X, given, logisticregression__sample_weight=np.maximum(model.label_scores_.astype(float), 1e-6)
    )
    assert np.array_equal(model.predict_proba(X), by_hand.predict_proba(X))
    twice = CleanClassifier(linear(), how="reweight", random_state=0).fit(X, given, np.full(len(given), 2.0))
    assert not np.array_equal(twice.predict_proba(X), model.predict_proba(X))


def test_a_grid_search_takes_pipelines_that_are_reweighted_and_weights_for_them() -> None:
    X, true, given = noisy_digits()
    search = GridSearchCV(
        CleanClassifier(linear(), random_state=0),
        {"how": ["prune", "reweight"], "estimator__logisticregression__C": [0.01, 0.1]},
        cv=3,
        error_score="raise",
    )
    search.fit(X[:600], given[:600], sample_weight=np.linspace(0.5, 1.5, 600))
    assert search.score(X[600:], true[600:]) > 0.85


def test_where_metadata_is_routed_the_steps_say_who_takes_weights() -> None:
    X, y = load_iris(return_X_y=True)
    with config_context(enable_metadata_routing=True):
        steps = (
            StandardScaler().set_fit_request(sample_weight=False),
            LogisticRegression(C=0.01).set_fit_request(sample_weight=True),
        )
        heavy = np.where(y == 1, 50.0, 1.0)
        model = CleanClassifier(make_pipeline(*steps), random_state=0)
        assert (model.fit(X, y, heavy).predict(X) == 1).sum() > (model.fit(X, y).predict(X) == 1).sum()


def test_it_can_be_pickled_and_says_before_fit_that_it_is_not_fitted() -> None:
    model = CleanClassifier(GaussianNB()).fit(*load_iris(return_X_y=True))
    again = pickle.loads(pickle.dumps(model))
    assert again.label_issues_.equals(model.label_issues_)
    with pytest.raises(NotFittedError):
        CleanClassifier().predict([[1.0]])
    assert not hasattr(CleanClassifier(LinearSVC()), "predict_proba")


@pytest.mark.parametrize(
    ("model", "arguments", "said"),
    [
        (CleanClassifier(how="purge"), {}, "how is 'purge'"),
        (CleanClassifier(LinearSVC()), {}, "LinearSVC has no predict_proba"),
        (
            CleanClassifier(KNeighborsClassifier(), how="reweight"),
            {},
            "^KNeighborsClassifier takes no sample_w",
        ),
        (
            CleanClassifier(make_pipeline(StandardScaler(), KNeighborsClassifier())),
            {"sample_weight": np.ones(150)},
            "KNeighborsClassifier, the last step of the Pipeline, takes no sample_weight",
        ),
        (CleanClassifier(GaussianNB(), cv=ShuffleSplit(3, random_state=0)), {}, "exactly one test fold"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    model: CleanClassifier, arguments: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        model.fit(*load_iris(return_X_y=True), **arguments)
