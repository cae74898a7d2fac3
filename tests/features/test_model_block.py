import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.features.model_block import model_block
from emendata.features.sentence import SentenceEmbedder
from emendata.records import Float32Array, Role

ROLES = [Role.TEXT, Role.IMAGE, Role.AUDIO]


def kinds(n_rows: int, n_dimensions: int, scale: float = 1.0) -> Float32Array:
    """Vectors of three kinds, in turn."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(3, n_dimensions))
    values = centres[np.arange(n_rows) % 3] + 0.3 * rng.normal(size=(n_rows, n_dimensions))
    return np.asarray(scale * values, dtype=np.float32)


@pytest.mark.parametrize("role", ROLES)
def test_rows_of_one_kind_are_nearer(role: Role) -> None:
    dense = model_block(kinds(60, 300), role, 0).dense
    apart = np.linalg.norm(dense[:, None] - dense[None], axis=2)
    same = np.subtract.outer(range(60), range(60)) % 3 == 0
    assert np.median(apart[same]) < 0.8 * np.median(apart[~same])


@given(st.sampled_from(ROLES), st.sampled_from([1e-3, 1.0, 50.0, 1e4]))
def test_the_scale_of_a_model_does_not_matter(role: Role, scale: float) -> None:
    one, other = model_block(kinds(30, 20), role, 0), model_block(kinds(30, 20, scale), role, 0)
    assert np.allclose(np.asarray(one.wide), np.asarray(other.wide), atol=1e-4)
    assert np.allclose(np.abs(one.dense[:, :3]), np.abs(other.dense[:, :3]), atol=1e-3)


@pytest.mark.parametrize("role", ROLES)
def test_gaps_stay_zero_and_a_column_counts_as_much_as_a_number(role: Role) -> None:
    values = np.insert(kinds(50, 40), [0, 9], 0, axis=0)
    block = model_block(values, role, 0)
    assert not block.dense[[0, 10]].any()
    assert not np.asarray(block.wide)[[0, 10]].any()
    there = values.any(axis=1)
    assert 0.8 < (block.dense[there] ** 2).sum(axis=1).mean() < 1.1


def test_our_own_sentences_are_made_features_in_the_same_way() -> None:
    unit = kinds(30, 384)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    ours, named = SentenceEmbedder().block(unit, 0), model_block(unit, Role.TEXT, 0)
    assert np.allclose(ours.dense @ ours.dense.T, named.dense @ named.dense.T, atol=1e-4)
    assert np.allclose(np.asarray(ours.wide), np.asarray(named.wide), atol=1e-6)
