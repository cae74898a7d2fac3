import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.features.image_block import N_GRADIENTS, image_block
from emendata.records import Float32Array


def vectors(n_rows: int, n_network: int = 1280, noise: float = 1.0) -> Float32Array:
    """Return vectors of three kinds of image, in turn."""
    rng = np.random.default_rng(0)
    kinds = rng.random((3, n_network + N_GRADIENTS))
    values = kinds[np.arange(n_rows) % 3] + noise * rng.random((n_rows, n_network + N_GRADIENTS))
    return np.asarray(values, dtype=np.float32)


def test_images_of_one_kind_are_nearer() -> None:
    dense = image_block(vectors(20), 0).dense
    apart = np.linalg.norm(dense[:, None] - dense[None], axis=2)
    same = np.subtract.outer(range(20), range(20)) % 3 == 0
    assert np.median(apart[same]) < np.median(apart[~same])


@pytest.mark.parametrize("n_network", [0, 1280])
def test_dense_has_unit_length_and_few_dimensions(n_network: int) -> None:
    block = image_block(vectors(300, n_network), 0)
    assert block.dense.shape == (300, 128)
    assert np.allclose(np.linalg.norm(block.dense, axis=1), 1, atol=1e-5)
    assert block.wide.shape == (300, n_network + N_GRADIENTS)
    assert np.abs(np.asarray(block.wide).mean(axis=0)).max() < 1e-4


def test_what_could_not_be_read_stays_zero_and_moves_nothing() -> None:
    values = vectors(30)
    with_gaps = np.insert(values, [0, 7, 30], 0, axis=0)
    gaps = [0, 8, 32]
    block, whole = image_block(with_gaps, 0), image_block(values, 0)
    assert not block.dense[gaps].any()
    assert not np.asarray(block.wide)[gaps].any()
    assert np.allclose(np.delete(np.asarray(block.wide), gaps, axis=0), whole.wide, atol=1e-6)
    assert np.allclose(np.delete(block.dense, gaps, axis=0), whole.dense, atol=1e-3)


@settings(max_examples=20, deadline=None)
@given(
    n_rows=st.integers(0, 6), n_distinct=st.integers(1, 3), n_gaps=st.integers(0, 3), seed=st.integers(0, 99)
)
def test_any_number_of_images_is_a_block(n_rows: int, n_distinct: int, n_gaps: int, seed: int) -> None:
    values = vectors(n_distinct)[np.arange(n_rows) % n_distinct]
    values = np.vstack([values, np.zeros((n_gaps, values.shape[1]), np.float32)])
    block = image_block(values, seed)
    assert np.isfinite(block.dense).all()
    assert np.isfinite(np.asarray(block.wide)).all()
    assert len(block.dense) == block.wide.shape[0] == n_rows + n_gaps
    assert block.dense.shape[1] >= 1


def test_a_column_of_which_nothing_could_be_read_is_a_block() -> None:
    for width in (0, N_GRADIENTS):
        block = image_block(np.zeros((3, width), np.float32), 0)
        assert not block.dense.any()
        assert len(block.dense) == block.wide.shape[0] == 3


def test_equal_images_are_at_one_place_and_the_others_elsewhere() -> None:
    values = vectors(6)
    values[3] = values[0]
    dense = image_block(values, 0).dense
    assert np.allclose(dense[3], dense[0], atol=1e-5)
    assert np.linalg.norm(dense[1] - dense[0]) > 0.1


def test_directions_found_in_a_sample_serve_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    values = vectors(60, 0, noise=0.1)
    whole = image_block(values, 0).dense
    monkeypatch.setattr("emendata.features.directions._MOST_ROWS", 40)
    sampled = image_block(values, 0).dense
    assert sampled.shape == (60, 39)
    assert np.array_equal(sampled, image_block(values, 0).dense)
    assert np.corrcoef((whole @ whole.T).ravel(), (sampled @ sampled.T).ravel())[0, 1] > 0.9
