from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from emendata.data import open_dataset
from emendata.errors import InputError, NotApplicable
from emendata.features import EMBEDDERS, embed_dataset, feature_columns
from emendata.features.sentence import SentenceEmbedder

COLUMNS: dict[str, list[Any]] = {
    "key": ["a", "b", "c", "d"],
    "size": [1.5, None, 2.5, 3.5],
    "story": ["the ship sails", "the ship sinks", "a ship sails", "the tax office"],
    "color": ["red", "blue", "red", "blue"],
    "day": ["2024-01-31", "2024-02-01", "2023-05-05", "2022-12-24"],
    "kind": ["x", "y", "x", "y"],
}
ROLES = {"key": "id", "size": "number", "story": "text", "color": "category", "day": "date"}


def test_blocks_stand_side_by_side_in_the_order_of_the_columns() -> None:
    dataset = open_dataset(COLUMNS, label="kind", roles=ROLES)
    assert feature_columns(dataset) == ["size", "story", "color", "day"]
    made = embed_dataset(dataset)
    names = ["size", "story", "story", "color", "day"]  # a text by its words, and by its meaning
    assert [name for name, _ in made.blocks] == names
    assert made.dense.shape == (4, len(made.dense_columns))
    expected = []
    for name in feature_columns(dataset):
        expected.append(EMBEDDERS[ROLES[name]].embed(dataset.table[name], 0))
        if name == "story":
            embedder = SentenceEmbedder()
            expected.append(embedder.block(embedder.vectors(COLUMNS[name]).values, 0))
    dense_at = wide_at = 0
    for block in expected:
        dense_width, width = block.dense.shape[1], block.wide.shape[1]
        assert np.array_equal(made.dense[:, dense_at : dense_at + dense_width], block.dense)
        assert np.array_equal(
            csr_matrix(made.wide)[:, wide_at : wide_at + width].toarray(), csr_matrix(block.wide).toarray()
        )
        dense_at, wide_at = dense_at + dense_width, wide_at + width
    assert made.wide.shape == (4, wide_at)


def test_narrow_keeps_the_first_dimensions_of_each_block() -> None:
    made = embed_dataset(open_dataset(COLUMNS, label="kind", roles=ROLES))
    first = np.cumsum([0, *(width for _, width in made.blocks)])[:-1]
    assert np.array_equal(made.narrow(1), made.dense[:, first])
    assert np.array_equal(made.narrow(1000), made.dense)


def test_without_a_feature_column_nothing_can_be_embedded() -> None:
    dataset = open_dataset({"key": ["a", "b"], "kind": ["x", "y"]}, label="kind", roles={"key": "id"})
    with pytest.raises(NotApplicable, match="No column says anything about a row"):
        embed_dataset(dataset)


@pytest.mark.parametrize(("name", "role"), [("story", "number"), ("color", "date"), ("size", "date")])
def test_a_role_that_does_not_fit_names_the_column(name: str, role: str) -> None:
    dataset = open_dataset(COLUMNS, roles={name: role})
    with pytest.raises(InputError, match=f"^Column '{name}': No cell can be read as a {role}, such as "):
        embed_dataset(dataset)


def test_the_seed_and_nothing_else_decides() -> None:
    rng = np.random.default_rng(0)
    words = [" ".join(rng.choice([f"word{i}" for i in range(400)], 12)) for _ in range(200)]
    dataset = open_dataset({"story": words}, roles={"story": "text"})
    one, two, other = (embed_dataset(dataset, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one.dense, two.dense)
    assert not np.array_equal(one.dense, other.dense)
    assert (one.wide != other.wide).nnz == 0


def test_every_slow_column_reports_under_its_own_name() -> None:
    stages: list[str] = []
    embed_dataset(
        open_dataset(COLUMNS, label="kind", roles=ROLES),
        on_progress=lambda stage, done, total: stages.append(stage),
    )
    assert set(stages) == {"Reading column 'story'", "Reading the sentences of 'story'"}
