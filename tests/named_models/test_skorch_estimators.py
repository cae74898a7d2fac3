"""Networks of torch, wrapped by skorch, inside estimators that clean what they are fitted to."""

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tests.named_models.tiny import seeded

from emendata import CleanClassifier, CleanRegressor
from emendata.errors import InputError

pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]

WRONG = [10, 70, 100, 150]


def options() -> dict[str, Any]:
    return {"max_epochs": 60, "lr": 0.1, "train_split": None, "iterator_train__shuffle": False, "verbose": 0}


@pytest.fixture
def classifier() -> Any:
    skorch, torch = pytest.importorskip("skorch"), seeded()
    network = torch.nn.Sequential(torch.nn.Linear(13, 16), torch.nn.ReLU(), torch.nn.Linear(16, 3))
    return skorch.NeuralNetClassifier(network, criterion=torch.nn.CrossEntropyLoss, **options())


@pytest.fixture
def regressor() -> Any:
    skorch, torch = pytest.importorskip("skorch"), seeded()

    class Columns(skorch.NeuralNetRegressor):  # type: ignore[misc, name-defined] # skorch has no types
        """skorch wants numbers to predict as a column of its own type."""

        def fit(self, X: Any, y: Any) -> Any:
            return super().fit(X, np.asarray(y, np.float32).reshape(-1, 1))

    return Columns(torch.nn.Linear(3, 1), **options())


def wine() -> tuple[Any, Any, Any]:
    features, true = load_wine(return_X_y=True)
    given = true.copy()
    given[WRONG] = [1, 0, 2, 1]
    return StandardScaler().fit_transform(features).astype(np.float32), true, given


@pytest.mark.parametrize("how", ["prune", "relabel"])
def test_a_network_learns_without_the_wrong_labels(classifier: Any, how: str) -> None:
    X, true, given = wine()
    model = CleanClassifier(classifier, how=how, random_state=0).fit(X, given)
    assert set(WRONG) <= set(model.label_issues_["row"].to_pylist())
    assert (model.predict(X) == true).mean() > 0.97
    assert np.allclose(model.predict_proba(X).sum(axis=1), 1, atol=1e-5)
    assert not hasattr(classifier, "module_")  # what was given stays untrained


def test_a_grid_search_sets_options_of_the_network_at_the_end_of_a_pipeline(classifier: Any) -> None:
    X, true, given = wine()
    inner = CleanClassifier(make_pipeline(StandardScaler(), classifier), cv=3, random_state=0)
    grid = {"estimator__neuralnetclassifier__lr": [0.001, 0.1]}
    search = GridSearchCV(inner, grid, cv=3, error_score="raise").fit(X, given)
    assert search.best_params_ == {"estimator__neuralnetclassifier__lr": 0.1}
    assert (search.predict(X) == true).mean() > 0.95


def test_a_network_takes_no_weights_and_that_is_said(classifier: Any) -> None:
    X, _, given = wine()
    model = CleanClassifier(make_pipeline(StandardScaler(), classifier), how="reweight")
    with pytest.raises(
        InputError, match="NeuralNetClassifier, the last step of the Pipeline, takes no sample_weight"
    ):
        model.fit(X, given)


@pytest.mark.parametrize("how", ["prune", "relabel"])
def test_a_network_that_predicts_numbers_learns_without_the_wrong_ones(regressor: Any, how: str) -> None:
    rng = np.random.default_rng(3)
    X = rng.normal(size=(200, 3)).astype(np.float32)
    true = X @ np.array([1.0, 2.0, -1.0]) + 0.1 * rng.normal(size=200)
    given = true.copy()
    given[[7, 90]] += 20
    model = CleanRegressor(regressor, how=how, random_state=0).fit(X, given)
    rows = model.label_issues_["row"].to_pylist()[:2]
    assert sorted(rows) == [7, 90]
    assert np.abs(model.predict(X).reshape(-1) - true).mean() < 0.2
    assert np.abs(model.label_issues_["suggested"].to_numpy()[:2] - true[rows]).max() < 1
