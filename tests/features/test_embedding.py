import numpy as np
import pyarrow as pa
import pytest

from emendata.data import open_dataset
from emendata.errors import InputError
from emendata.features import embed_dataset, own_features
from emendata.features.embedding import embedding_block, embedding_of, embedding_runs
from emendata.records import Float32Array


def vectors(n: int = 60, d: int = 40, seed: int = 0) -> Float32Array:
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(n, 5)) @ rng.normal(size=(5, d)) * 3 + 7).astype(np.float32)


def test_distances_are_those_of_the_standardised_vectors() -> None:
    values = vectors()
    block = embedding_block(values)
    assert block.dense.shape == (60, 5)  # as many directions as there are
    scaled = (values - values.mean(axis=0)) / values.std(axis=0)
    assert np.allclose(block.dense @ block.dense.T * 40, scaled @ scaled.T, atol=1e-2)
    assert np.allclose((block.wide**2).sum(axis=1).mean(), 4.0, atol=1e-3)


def test_columns_of_one_embedding_are_one_block_beside_the_other_columns() -> None:
    values = vectors()
    table = {"size": np.arange(60) * 0.5, **{f"emb_{i}": values[:, i] for i in range(40)}}
    table |= {f"vec_{i}": values[:, i] for i in range(9)}
    features = embed_dataset(open_dataset(table))
    assert [name for name, _ in features.blocks] == ["size", "emb", "vec"]
    assert features.wide.shape == (60, 1 + 40 + 9)


def test_runs_keep_the_order_of_the_table() -> None:
    names = ["vec_0", "emb_0", "vec_1", "emb_1"]
    assert embedding_runs(names) == [("vec", ["vec_0", "vec_1"]), ("emb", ["emb_0", "emb_1"])]


def test_a_row_with_a_gap_lies_in_the_middle() -> None:
    values = vectors()
    table = pa.table({f"e{i}": pa.array(values[:, i], from_pandas=True) for i in range(40)})
    table = table.set_column(3, "e3", pa.array([None, *values[1:, 3].tolist()], pa.float32()))
    found = embedding_of(table, table.column_names)
    assert not found[0].any()
    assert not embedding_block(found).dense[0].any()
    assert np.array_equal(found[1:], values[1:])


def test_a_column_without_any_number_is_left_out() -> None:
    values = vectors()
    table = pa.table({f"e{i}": values[:, i] for i in range(9)} | {"e9": pa.nulls(60, pa.float64())})
    assert np.array_equal(embedding_of(table, table.column_names), values[:, :9])
    assert embedding_of(table, ["e9"]).tolist() == [[0.0]] * 60


def test_numbers_beyond_those_of_float32_are_scaled() -> None:
    values = vectors(d=9).astype(np.float64)
    plain = pa.table({f"e{i}": values[:, i] for i in range(9)})
    large = pa.table({f"e{i}": values[:, i] * (1e300 if i == 4 else 1) for i in range(9)})
    found = embedding_of(large, large.column_names)
    assert found.any(axis=1).all()
    expected = embedding_block(embedding_of(plain, plain.column_names))
    assert np.allclose(embedding_block(found).wide, expected.wide, atol=1e-5)


def test_moments_are_no_embedding() -> None:
    table = pa.table({"a": pa.array([0], pa.timestamp("us"))})
    with pytest.raises(InputError, match="Column 'a' holds no numbers"):
        embedding_of(table, ["a"])


def test_texts_are_no_embedding() -> None:
    data = open_dataset(
        {"a": ["x", "y", "x"], "b": [0.5, 1.5, 2.5]}, roles={"a": "embedding", "b": "embedding"}
    )
    with pytest.raises(InputError, match="Column 'a' holds no numbers, so it is no part of an embedding"):
        embed_dataset(data)


def test_few_own_numbers_stand_for_themselves_and_of_many_the_leading_directions() -> None:
    few = own_features(vectors(d=7))
    assert [name for name, _ in few.blocks] == [f"feature {i}" for i in range(7)]
    assert np.allclose(few.dense.std(axis=0), 1, atol=1e-3)
    many = own_features(vectors(d=200))
    assert many.blocks == (("features", many.dense.shape[1]),)
    assert many.wide.shape == (60, 200)
