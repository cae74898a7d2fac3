"""Predictions, features and models that people bring take the place of ours."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import emendata as em
from emendata.errors import EmendataError, InputError, ProjectError
from emendata.records import BoolArray, FloatArray
from emendata.store import Project

NAMES = np.array(["barolo", "grignolino", "barbera"])
WRONG = [10, 70, 100, 150]
FEATURES, _Y = load_wine(return_X_y=True)
_Y[WRONG] = [1, 0, 2, 1]
TABLE = {"alcohol": FEATURES[:, 0], "wine": NAMES[_Y]}
MODEL = make_pipeline(StandardScaler(), LogisticRegression())
PROBS: FloatArray = cross_val_predict(
    MODEL, FEATURES, _Y, cv=5, method="predict_proba"
)  # in the order of NAMES
SORTED = PROBS[:, np.argsort(NAMES)]


def audited(data: Any = TABLE, **given: Any) -> em.Audit:
    return em.Audit(data, label="wine", checks=["wrong_label"], **given).run()


def flagged(audit: em.Audit) -> list[int]:
    return sorted(audit.issues["row"].to_pylist())


def test_predictions_in_the_order_of_the_classes_are_taken_as_they_are() -> None:
    audit = audited(pred_probs=SORTED)
    assert set(WRONG) <= set(flagged(audit))
    assert np.allclose(audit._preparation.predictions.pred_probs, SORTED, atol=1e-6)
    (model,) = audit.summary.models
    assert (model.title, model.weight) == ("Your predictions", 1.0)
    assert model.accuracy == pytest.approx((PROBS.argmax(axis=1) == _Y).mean())
    assert "The model finds 'barolo' at " in " ".join(audit.issues["reason"].to_pylist())


@pytest.mark.parametrize("kind", ["npy", "csv", "csv with ids", "parquet", "frame", "columns"])
def test_predictions_come_in_files_in_tables_and_in_columns(kind: str, tmp_path: Path) -> None:
    frame = pd.DataFrame(PROBS, columns=NAMES)
    given: dict[str, Any] = {}
    data: Any = TABLE
    if kind == "npy":
        np.save(tmp_path / "p.npy", SORTED)
        given["pred_probs"] = str(tmp_path / "p.npy")
    elif kind == "csv":
        frame.to_csv(tmp_path / "p.csv", index=False)
        given["pred_probs"] = tmp_path / "p.csv"
    elif kind == "csv with ids":
        named = frame.add_prefix("p(").add_suffix(")").assign(key=[f"row {i}" for i in range(len(frame))])
        named.to_csv(tmp_path / "p.csv", index=False)
        given["pred_probs"] = [str(tmp_path / "p.csv")]
    elif kind == "parquet":
        pq.write_table(pa.Table.from_pandas(frame), tmp_path / "p.parquet")
        given["pred_probs"] = str(tmp_path / "p.parquet")
    elif kind == "frame":
        given["pred_probs"] = frame
    else:
        data = {**TABLE, **{f"p_{name}": PROBS[:, i] for i, name in enumerate(NAMES)}}
    audit = audited(data, **given)
    assert flagged(audit) == flagged(audited(pred_probs=SORTED))
    assert audit.features().dense.shape[1] == 1  # probabilities are no features
    assert any("must be out-of-sample" in note for note in audit.summary.notes) == (kind == "columns")


def test_predictions_of_several_models_are_mixed() -> None:
    even = np.full_like(SORTED, 1 / 3)
    models = audited(pred_probs=[SORTED, even]).summary.models
    assert [model.title for model in models] == ["Your predictions 1", "Your predictions 2"]
    assert models[0].weight > 0.8
    assert models == audited(pred_probs=np.stack([SORTED, even])).summary.models


def test_a_class_that_no_row_has_keeps_its_column() -> None:
    wider = pd.DataFrame(np.column_stack([PROBS * 0.9, np.full(len(PROBS), 0.1)]), columns=[*NAMES, "asti"])
    audit = audited(pred_probs=wider)
    assert audit._preparation.labels.classes[-1] == "asti"  # type: ignore[union-attr]
    assert set(WRONG) <= set(flagged(audit))
    counted = em.Audit({**TABLE, "wine": _Y * 2}, label="wine", pred_probs=np.eye(6)[_Y * 2])
    assert counted._preparation.labels.classes == tuple("012345")  # type: ignore[union-attr]


@pytest.mark.parametrize("model", [MODEL, "function", "twice"])
def test_a_model_is_cross_validated_on_our_features_or_on_own_ones(model: Any) -> None:
    def judged(train: FloatArray, labels: BoolArray, test: FloatArray) -> FloatArray:
        return np.asarray(LogisticRegression().fit(train, labels).predict_proba(test))

    chosen = {"function": judged, "twice": [MODEL, make_pipeline(LogisticRegression(C=0.01))]}.get(
        str(model), model
    )
    audit = audited(features=FEATURES, model=chosen)
    assert set(WRONG) <= set(flagged(audit))
    titles = [one.title for one in audit.summary.models]
    expected = {"function": ["judged"], "twice": ["Pipeline", "Pipeline 2"]}
    assert titles == expected.get(str(model), ["Pipeline"])
    assert audit.features().wide.shape[1] == FEATURES.shape[1]
    assert audited(model=chosen).summary.stack_accuracy < audit.summary.stack_accuracy  # type: ignore[operator]


class Counting(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Predicts even chances, and counts how often it was fitted."""

    fits = 0

    def __init__(self, part: float = 1.0) -> None:
        self.part = part

    def fit(self, features: FloatArray, labels: BoolArray) -> "Counting":
        type(self).fits += 1
        self.inner_ = LogisticRegression(C=self.part).fit(features, labels)
        self.classes_ = self.inner_.classes_
        return self

    def predict_proba(self, features: FloatArray) -> FloatArray:
        return np.asarray(self.inner_.predict_proba(features))


def test_an_installed_model_is_not_asked_twice_and_one_of_ones_own_file_is(tmp_path: Path) -> None:
    Counting.fits = 0
    for part in (1.0, 1.0):
        audited(features=FEATURES, model=Counting(part), project=tmp_path / "p")
    assert Counting.fits == 2 * 10  # folds: what its code calls may have changed
    for strength in (1.0, 1.0, 0.5):
        audited(features=FEATURES, model=LogisticRegression(C=strength), project=tmp_path / "q")
    project = Project(str(tmp_path / "q"), create=False)
    assert len(list(project.recall_kind("predictions"))) == 2
    project.close()


def test_a_function_is_asked_again_and_leaves_nothing(tmp_path: Path) -> None:
    calls = []

    def judged(train: FloatArray, labels: BoolArray, test: FloatArray) -> FloatArray:
        calls.append(1)
        return np.asarray(LogisticRegression().fit(train, labels).predict_proba(test))

    for _ in range(2):
        audited(features=FEATURES, model=judged, project=tmp_path / "p")
    assert len(calls) == 20
    project = Project(str(tmp_path / "p"), create=False)
    assert not list(project.recall_kind("predictions"))
    assert not list(project.recall_kind("findings"))
    project.close()


def test_what_was_given_as_files_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pd.DataFrame(TABLE).to_csv("wines.csv", index=False)
    np.save("p.npy", SORTED)
    np.save("x.npy", FEATURES)
    audit = em.Audit("wines.csv", label="wine", pred_probs="p.npy", features="x.npy").run()
    again = em.Audit.reopen("wines.csv.emendata")
    assert again.issues == audit.issues
    assert again.summary.models[0].title == "Your predictions"


def test_what_was_in_memory_is_not(tmp_path: Path) -> None:
    pd.DataFrame(TABLE).to_csv(tmp_path / "wines.csv", index=False)
    em.Audit(tmp_path / "wines.csv", label="wine", pred_probs=SORTED).run()
    with pytest.raises(ProjectError, match="no project keeps these"):
        em.Audit.reopen(tmp_path / "wines.csv.emendata")


def test_a_project_runs_no_code_and_knows_what_a_model_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pd.DataFrame(TABLE).to_csv("wines.csv", index=False)
    Path("own_forests.py").write_text(
        "from sklearn.ensemble import RandomForestClassifier\nforest = RandomForestClassifier(20, random_state=0)\n"
    )
    audit = em.Audit("wines.csv", label="wine", model=["own_forests:forest", MODEL]).run()
    Path("own_forests.py").write_text("raise SystemExit('run!')\n")
    sys.modules.pop("own_forests")
    again = em.Audit.reopen("wines.csv.emendata")
    assert again.issues == audit.issues
    assert again.summary.models == audit.summary.models
    with closing(sqlite3.connect("wines.csv.emendata/catalog.sqlite")) as catalog, catalog:
        catalog.execute("DELETE FROM artifacts WHERE kind IN ('predictions', 'prediction', 'findings')")
    with pytest.raises(
        InputError, match="the model 'RandomForestClassifier', and not all of its predictions are kept"
    ):
        em.Audit.reopen("wines.csv.emendata")


def test_a_model_is_named_by_its_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my_own_models.py").write_text(
        "from sklearn.linear_model import LogisticRegression\nlinear = LogisticRegression(C=0.5)\n"
    )
    audit = audited(features=FEATURES, model="my_own_models:linear")
    assert audit.summary.models[0].title == "LogisticRegression"
    assert str(tmp_path) not in sys.path


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"pred_probs": SORTED[:, :2]},
            "pred_probs has 2 columns and 'wine' has 3 classes. Give one column per",
        ),
        ({"pred_probs": SORTED[:9]}, "pred_probs has 9 rows and the dataset has 178. Give one line per row"),
        (
            {"pred_probs": SORTED * 2},
            "178 rows of pred_probs do not sum to one (the first is row 0). An audit needs",
        ),
        (
            {"pred_probs": pd.DataFrame(SORTED, columns=list("abc"))},
            "pred_probs has no column for class 'barbera'",
        ),
        ({"pred_probs": "no.npy"}, "There is no file 'no.npy' to read pred_probs from."),
        ({"pred_probs": SORTED, "model": MODEL}, "Both pred_probs and a model are given. Give one of them."),
        ({"features": FEATURES[:5]}, "features has 5 rows and the dataset has 178."),
        (
            {"features": np.where(FEATURES > 1000, np.inf, FEATURES)},
            "rows of features hold NaN or infinity (the first is row",
        ),
        ({"features": "no.npy"}, "There is no file 'no.npy' to read features from."),
        (
            {"features": np.ones(178)},
            "features has shape (178,). Give one line of numbers for each of the 178 rows.",
        ),
        ({"features": pa.table({"a": ["x"] * 178})}, "Column 'a' of features holds no numbers."),
        ({"features": [["a"]] * 178}, "features cannot be read as an array of numbers"),
        ({"model": LogisticRegression}, "is no model. Give an instance: LogisticRegression()."),
        ({"model": 3}, "3 is no model. Give an object with fit and predict_proba, or a function"),
        ({"model": "forest"}, "A model is named as MODULE:NAME, such as my_code:mine; got 'forest'."),
        ({"model": "no_such:forest"}, "Module 'no_such' of the model cannot be imported"),
        ({"model": "kept:x"}, "'kept:x' is no model that a project kept. Name a model as MODULE:NAME."),
        ({"model": "os:forest"}, "Module 'os' has no model 'forest'."),
    ],
)
def test_what_does_not_fit_is_refused_before_any_work(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        em.Audit(TABLE, label="wine", **given)
    assert message in str(caught.value)


def test_without_a_label_there_is_nothing_to_predict() -> None:
    with pytest.raises(EmendataError, match="pred_probs are given and no label column is named"):
        em.Audit(TABLE, pred_probs=SORTED)


def test_columns_whose_names_tell_no_class() -> None:
    data = {**TABLE, "a": PROBS[:, 0], "b": PROBS[:, 1]}
    with pytest.raises(
        InputError, match="'a', 'b' have the role probability, and the classes are 'barbera', 'barolo'"
    ):
        em.Audit(data, label="wine", roles={"a": "probability", "b": "probability"})


def test_a_function_that_returns_something_else() -> None:
    audit = em.Audit(TABLE, label="wine", model=lambda train, labels, test: np.ones(3))
    with pytest.raises(
        InputError,
        match=r"The model 'your function' returned shape \(3,\). Return probabilities of shape \(\d+, 3\)",
    ):
        audit.run()


def test_the_forecast_counts_what_is_brought() -> None:
    rng = np.random.default_rng(0)
    table = {"words": [" ".join(rng.choice(NAMES, 6)) for _ in range(400)], "wine": rng.choice(NAMES, 400)}
    vectors = rng.normal(size=(400, 5))

    def stages(**given: Any) -> list[str]:
        return list(em.Audit(table, label="wine", mode="quick", **given).forecast().stages)

    assert stages(features=vectors, model=LogisticRegression())[-1] == "Predicting with logisticregression"
    assert not any("Reading" in stage for stage in stages(features=vectors))
    given = stages(pred_probs=rng.dirichlet([1, 1, 1], 400))
    assert any("Reading" in stage for stage in given)
    assert not any("Predicting" in stage for stage in given)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda n: np.full((n, 3), np.nan), "returned NaN, infinity or negative values."),
        (lambda n: np.tile([1.5, -0.5, 0.0], (n, 1)), "returned NaN, infinity or negative values."),
        (lambda n: np.full((n, 3), 2.0), "returned rows that do not sum to one."),
        (lambda n: 1 / 0, "failed (ZeroDivisionError: division by zero). Mend it."),
        (lambda n: [["a"] * 3] * n, "failed (ValueError:"),
    ],
)
def test_a_model_that_fails_ends_in_one_sentence(answer: Any, words: str) -> None:
    audit = em.Audit(TABLE, label="wine", model=lambda train, labels, test: answer(test.shape[0]))
    with pytest.raises(InputError) as caught:
        audit.run()
    assert words in str(caught.value)


def test_numbers_that_were_sorted_as_texts_find_their_columns() -> None:
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 12, 600)
    as_numbers = np.full((600, 12), 0.01)
    as_numbers[np.arange(600), codes] = 0.89
    as_texts = as_numbers[:, [int(name) for name in sorted(map(str, range(12)))]]
    table = {"x": rng.normal(size=600), "y": codes}
    for probs in (as_numbers, as_texts):
        audit = em.Audit(table, label="y", pred_probs=probs, checks=["wrong_label"]).run()
        assert audit.summary.stack_accuracy == 1.0


def test_an_id_beside_predictions_is_no_class(tmp_path: Path) -> None:
    frame = pd.DataFrame(SORTED, columns=sorted(NAMES)).assign(id=range(len(SORTED)))
    for name in ("p.csv", "p.parquet"):
        write = frame.to_csv if name.endswith("csv") else frame.to_parquet
        write(tmp_path / name, index=False)
        assert flagged(audited(pred_probs=tmp_path / name)) == flagged(audited(pred_probs=SORTED))


@pytest.mark.parametrize("given", [{"features": FEATURES}, {"features": FEATURES, "pred_probs": SORTED}])
def test_labels_and_a_matrix_are_a_dataset(given: dict[str, Any]) -> None:
    audit = em.Audit({"wine": NAMES[_Y]}, label="wine", **given).run()
    found = audit.issues.of("wrong_label")["row"].to_pylist()
    assert set(WRONG) <= set(found)
    verdicts = {outcome.check.name: outcome.status for outcome in audit.outcomes}
    assert verdicts["outlier"] in ("found", "passed")
    assert verdicts["exact_duplicate"] == "not_applicable"


def test_labels_and_predictions_alone_are_judged() -> None:
    audit = em.Audit({"wine": NAMES[_Y]}, label="wine", pred_probs=SORTED).run()
    assert set(WRONG) <= set(flagged(audit))
    assert "nearest" not in audit.issues["reason"].to_pylist()[0]


@pytest.mark.parametrize(
    "options", [{"model": ["evil:f"]}, {"embedders": {"text": "python:evil:f"}}, {"evil": 1}]
)
def test_a_project_of_somebody_else_runs_nothing(
    options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pd.DataFrame(TABLE).to_csv("wines.csv", index=False)
    em.Audit("wines.csv", label="wine", mode="quick").run()
    Path("evil.py").write_text("open('ran', 'w').close()\nf = print\n")
    with closing(sqlite3.connect("wines.csv.emendata/catalog.sqlite")) as catalog, catalog:
        (words,) = catalog.execute("SELECT document FROM runs").fetchone()
        document = json.loads(words)
        document["options"] |= options
        catalog.execute("UPDATE runs SET document = ?", (json.dumps(document),))
    with pytest.raises(ProjectError):
        em.Audit.reopen("wines.csv.emendata")
    assert not Path("ran").exists()


def test_columns_of_several_models_are_all_used() -> None:
    even = np.full_like(PROBS, 1 / 3)
    columns = {
        f"{model}_{name}": p[:, i] for model, p in (("m", PROBS), ("n", even)) for i, name in enumerate(NAMES)
    }
    models = audited({**TABLE, **columns}).summary.models
    assert [model.title for model in models] == ["Your predictions 1", "Your predictions 2"]
