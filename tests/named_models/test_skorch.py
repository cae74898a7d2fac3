"""A network of torch, wrapped by skorch, judges labels in the place of our models."""

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_wine
from tests.named_models.tiny import seeded

import emendata as em

pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]

NAMES = np.array(["barolo", "grignolino", "barbera"])
WRONG = [10, 70, 100, 150]


@pytest.fixture
def network() -> Any:
    pytest.importorskip("torch")
    skorch = pytest.importorskip("skorch")
    torch = seeded()
    return skorch.NeuralNetClassifier(
        torch.nn.Sequential(torch.nn.Linear(13, 16), torch.nn.ReLU(), torch.nn.Linear(16, 3)),
        criterion=torch.nn.CrossEntropyLoss,
        max_epochs=60,
        lr=0.1,
        train_split=None,
        iterator_train__shuffle=False,
        verbose=0,
    )


def audited(model: Any) -> em.Audit:
    features, codes = load_wine(return_X_y=True)
    codes[WRONG] = [1, 0, 2, 1]
    table = {f"x{i}": column for i, column in enumerate(features.T)} | {"wine": NAMES[codes]}
    return em.Audit(table, label="wine", checks=["wrong_label"], model=model).run(strict=True)


def test_a_network_finds_the_wrong_labels_and_says_what_they_should_be(network: Any) -> None:
    audit = audited(network)
    (model,) = audit.summary.models
    assert (model.title, model.weight) == ("NeuralNetClassifier", 1.0)
    assert model.accuracy > 0.9
    assert set(WRONG) <= set(audit.issues["row"].to_pylist())
    suggested = dict(zip(audit.issues["row"].to_pylist(), audit.issues["suggested"].to_pylist(), strict=True))
    assert [suggested.get(row) for row in WRONG] == ["barolo", "grignolino", "grignolino", "barbera"]


def test_what_was_given_stays_untrained_and_the_same_seed_gives_the_same_scores(network: Any) -> None:
    before = [weights.detach().clone() for weights in network.module.parameters()]
    first, second = (audited(network).scores("wrong_label") for _ in range(2))
    assert np.array_equal(first, second)
    assert all((old == new).all() for old, new in zip(before, network.module.parameters(), strict=True))
    assert not hasattr(network, "module_")
