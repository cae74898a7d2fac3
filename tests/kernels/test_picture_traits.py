import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter
from sklearn.datasets import load_sample_images
from tests.features.pictures import encoded

from emendata.kernels.picture_traits import SEEN, blockiness, grey_tail, seen_traits

CHINA = load_sample_images().images[0][100:260, 200:440]


def traits(*pictures: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(SEEN, seen_traits(np.stack(pictures).astype(np.uint8)).T, strict=True))


def test_brightness_and_contrast_follow_the_pixels() -> None:
    found = traits(CHINA, CHINA * 0.2, 255 - (255 - CHINA) * 0.1, 100 + CHINA * 0.1)
    assert found["bright"][1] < 0.2 < found["bright"][0]
    assert found["shadow"][0] < 0.5 < 0.85 < found["shadow"][2]
    assert found["contrast"][3] < 0.1 < 0.6 < found["contrast"][0]


def test_entropy_is_that_of_the_shades() -> None:
    halves = np.zeros((4, 4, 3))
    halves[:2] = 200
    assert traits(halves, halves * 0)["entropy"].tolist() == [1.0, 0.0]


def test_colour_is_seen_in_pixels() -> None:
    assert traits(CHINA, np.repeat(CHINA[..., :1], 3, axis=2))["colour"].tolist()[1] == 0
    assert traits(CHINA)["colour"][0] > 0.1


def test_sharpness_falls_with_blur_and_with_motion_along_one_axis() -> None:
    blurred = [gaussian_filter(CHINA.astype(float), (sigma, sigma, 0)) for sigma in (0, 1, 3, 6)]
    moved = gaussian_filter(CHINA.astype(float), (0, 6, 0))
    sharp = traits(*blurred, moved)["sharpness"]
    assert (np.diff(sharp[:4]) < 0).all()
    assert sharp[4] < 0.5 * sharp[0]


@pytest.mark.parametrize("sigma", [20, 60])
def test_a_strong_blur_of_a_large_picture_is_seen_though_whole_levels_make_stairs_of_it(sigma: int) -> None:
    photo = load_sample_images().images[1]
    blurred = gaussian_filter(photo.astype(float), (sigma, sigma, 0))
    sharp = traits(photo, blurred)["sharpness"]
    assert sharp[1] < 0.25 < 0.5 < sharp[0]


@pytest.mark.parametrize("shape", [(4, 640), (640, 4), (1, 640), (20, 640)])
def test_a_strip_is_as_sharp_as_its_pixels(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3))
    assert traits(noise)["sharpness"][0] > 0.5 or 1 in shape


def test_bars_on_opposite_sides_are_borders_and_a_plain_background_is_none() -> None:
    barred, one_sided, thing = CHINA.copy(), CHINA.copy(), np.full_like(CHINA, 255)
    barred[:16] = barred[-16:] = 7
    one_sided[:40] = 7
    thing[60:100, 100:140] = 30
    assert traits(barred, one_sided, thing, thing * 0)["border"].tolist() == pytest.approx([0.2, 0, 0, 0])


def test_blocks_show_in_strong_compression_only() -> None:
    grey = Image.fromarray(CHINA).convert("L")

    def part(quality: int) -> float:
        import io

        again = Image.open(io.BytesIO(encoded(grey, "JPEG", quality=quality)))
        return float(blockiness(np.array(again)[None])[0])

    clean = float(blockiness(np.array(grey)[None])[0])
    assert abs(clean - 1 / 3) < 0.12
    assert clean < part(90) < 0.42 < 0.5 < part(8) < part(3) + 0.05
    assert np.isnan(blockiness(np.zeros((1, 15, 30), np.uint8)))[0]
    assert np.isnan(blockiness(np.zeros((1, 32, 32), np.uint8)))[0]


def test_a_grey_tail_is_measured_from_below() -> None:
    grey = np.array(Image.fromarray(CHINA).convert("L"))
    cut = grey.copy()
    cut[120:] = 128
    assert grey_tail(np.stack([grey, cut])).tolist() == [0.0, 0.25]


def test_pictures_are_measured_each_by_itself() -> None:
    together = seen_traits(np.stack([CHINA, CHINA[::-1], CHINA // 3]))
    alone = [seen_traits(picture[None])[0] for picture in (CHINA, CHINA[::-1], CHINA // 3)]
    assert np.array_equal(together, np.stack(alone))
