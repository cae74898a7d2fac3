import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.gradients import gradient_histograms
from emendata.records import Float32Array


def histograms(image: np.ndarray) -> Float32Array:
    """Return the (blocks, 4 cells, 9 directions) of one image."""
    return gradient_histograms(image[None].astype(np.float32)).reshape(-1, 4, 9)


def slowly(image: np.ndarray) -> np.ndarray:
    """Do the same pixel by pixel."""
    side = len(image)
    cells = np.zeros((side // 4, side // 4, 9))
    for y in range(side):
        for x in range(side):
            across = float(image[y, min(x + 1, side - 1)]) - float(image[y, max(x - 1, 0)])
            down = float(image[min(y + 1, side - 1), x]) - float(image[max(y - 1, 0), x])
            place = np.arctan2(down, across) / np.pi * 9 % 9
            lower = int(place)
            share = place - lower
            cells[y // 4, x // 4, lower % 9] += np.hypot(across, down) * (1 - share)
            cells[y // 4, x // 4, (lower + 1) % 9] += np.hypot(across, down) * share
    blocks = []
    for y in range(side // 4 - 1):
        for x in range(side // 4 - 1):
            block = cells[y : y + 2, x : x + 2].ravel()
            block = np.minimum(block / np.sqrt((block**2).sum() + 1), 0.2)
            blocks.append(block / np.sqrt((block**2).sum() + 1e-12))
    return np.concatenate(blocks)


def test_an_upright_edge_points_across() -> None:
    image = np.zeros((8, 8))
    image[:, 4:] = 200
    block = histograms(image)[0]
    assert np.allclose(block[:, 0], 0.5, atol=1e-3)  # four cells, equal, of length one together
    assert np.allclose(block[:, 1:], 0)


def test_a_level_edge_points_between_the_middle_directions() -> None:
    image = np.zeros((8, 8))
    image[4:] = 200
    block = histograms(image)[0]
    assert np.allclose(block[:, 4], block[:, 5])
    assert (block[:, 4] > 0.3).all()
    assert np.allclose(np.delete(block, [4, 5], axis=1), 0)


def test_light_on_dark_is_dark_on_light() -> None:
    image = np.random.default_rng(0).integers(0, 256, (32, 32))
    assert np.allclose(histograms(image), histograms(255 - image), atol=1e-4)


def test_brightness_and_contrast_hardly_count() -> None:
    image = np.random.default_rng(0).integers(0, 100, (32, 32))
    assert np.allclose(histograms(image), histograms(2 * image + 50), atol=1e-3)


def test_an_even_image_has_no_direction() -> None:
    assert (histograms(np.full((32, 32), 77)) == 0).all()


def test_there_are_36_numbers_for_each_block() -> None:
    assert gradient_histograms(np.zeros((3, 32, 32), np.float32)).shape == (3, 7 * 7 * 36)
    assert gradient_histograms(np.zeros((0, 32, 32), np.float32)).shape == (0, 7 * 7 * 36)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), side=st.sampled_from([8, 12, 16]), top=st.sampled_from([2, 20, 256]))
def test_it_is_what_pixel_by_pixel_gives(seed: int, side: int, top: int) -> None:
    image = np.random.default_rng(seed).integers(0, top, (side, side)).astype(np.float32)
    assert gradient_histograms(image[None])[0] == pytest.approx(slowly(image), abs=1e-4)


@pytest.mark.parametrize("n", [1, 2, 7, 33])
def test_company_changes_no_bit(n: int) -> None:
    images = np.random.default_rng(0).integers(0, 256, (40, 32, 32)).astype(np.float32)
    assert np.array_equal(gradient_histograms(images)[:n], gradient_histograms(images[:n]))
