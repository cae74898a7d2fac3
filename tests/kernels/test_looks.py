from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.looks import alike_pairs, look_codes, looks_of, turned, weighted_looks
from emendata.records import Float32Array


def pictures(n: int, seed: int = 0) -> Float32Array:
    rng = np.random.default_rng(seed)
    return (rng.random((n, 32, 32)) * 255).astype(np.float32)


@pytest.mark.parametrize("turn", range(8))
def test_a_turned_look_is_the_look_of_the_turned_picture(turn: int) -> None:
    picture = pictures(3)
    moved = picture
    if turn & 1:
        moved = moved[:, :, ::-1]
    if turn & 2:
        moved = moved[:, ::-1]
    if turn & 4:
        moved = moved.transpose(0, 2, 1)
    expected = looks_of(np.ascontiguousarray(moved))
    assert np.allclose(turned(looks_of(picture), turn), expected, atol=1e-2)


def slow_pairs(looks: Float32Array, radius: int) -> set[tuple[int, int]]:
    codes = [look_codes(turned(looks, turn)) for turn in range(8)]
    return {
        (i, j)
        for i, j in combinations(range(len(looks)), 2)
        if min(int(codes[turn][i] ^ codes[0][j]).bit_count() for turn in range(8)) <= radius
    }


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_every_pair_within_the_radius_is_found_and_no_other(seed: int, radius: int) -> None:
    rng = np.random.default_rng(seed)
    base = rng.normal(size=(6, 64)).astype(np.float32)
    near = [turned(base, int(turn)) for turn in rng.integers(0, 8, 4)]
    looks = np.concatenate([base, *near])
    flips = rng.random(looks.shape) < 0.06
    looks = np.where(flips, -looks, looks).astype(np.float32)
    first, second, turns = alike_pairs(looks, radius)
    found = list(zip(first.tolist(), second.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == slow_pairs(looks, radius)
    for i, j, turn in zip(first, second, turns.tolist(), strict=True):
        bits = look_codes(turned(looks[[i]], turn))[0] ^ look_codes(looks[[j]])[0]
        assert int(bits).bit_count() <= radius


def test_brightness_and_contrast_do_not_change_a_weighted_look() -> None:
    looks, brighter = looks_of(pictures(2)), looks_of(pictures(2) * np.float32(0.5) + 30)
    assert np.allclose(weighted_looks(looks), weighted_looks(brighter), atol=1e-4)
    assert np.linalg.norm(weighted_looks(looks), axis=1) == pytest.approx([1, 1])
    assert not weighted_looks(np.zeros((1, 64), np.float32)).any()


def test_nothing_is_alike_where_there_is_nothing() -> None:
    assert [len(part) for part in alike_pairs(np.zeros((0, 64), np.float32), 7)] == [0, 0, 0]
