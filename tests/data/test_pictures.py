import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from emendata.data.pictures import is_picture, pictures, pixels_of, png, reported, shape_is_picture


def decoded(data: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(data)))


SHAPES = st.sampled_from([(5, 6), (5, 6, 3), (5, 6, 4)])


@given(hnp.arrays(np.uint8, SHAPES))
def test_bytes_come_back_as_they_are_whatever_the_order_of_channels(pixels: Any) -> None:
    assert np.array_equal(decoded(png(pixels)), pixels)
    if pixels.ndim == 3:
        assert np.array_equal(decoded(png(np.moveaxis(pixels, 2, 0))), pixels)
        assert np.array_equal(decoded(png(pixels[:, :, :1])), pixels[:, :, 0])
    assert np.array_equal(decoded(png(Image.fromarray(pixels))), pixels)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), [[0, 128, 255]]),
        (np.array([[True, False]]), [[255, 0]]),
        (np.array([[0.0, 100.4, 255.0]]), [[0, 100, 255]]),
        (np.array([[0, 1, 200]], np.int64), [[0, 1, 200]]),
        (np.array([[0, 65535]], np.uint16), [[0, 255]]),
        (np.array([[-1.0, 0.0, 1.0]]), [[0, 128, 255]]),
        (np.array([[-2.0, -2.0]]), [[0, 0]]),
        (np.array([[np.nan, 1.0, np.inf]]), [[0, 255, 0]]),
    ],
)
def test_numbers_of_any_range_become_bytes(values: Any, expected: list[list[int]]) -> None:
    assert pixels_of(values).tolist() == expected


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "F", "I", "I;16"]
)
def test_every_mode_of_pillow_becomes_a_png(mode: str) -> None:
    assert decoded(png(Image.new(mode, (3, 2)))).shape[:2] == (2, 3)


def test_equal_pictures_have_equal_hashes_and_others_have_not() -> None:
    grey = np.zeros((2, 3), np.uint8)
    red, blue = (Image.new("P", (2, 2)) for _ in range(2))
    red.putpalette([255, 0, 0])
    blue.putpalette([0, 0, 255])
    each = [grey, grey.copy(), grey.T, grey.astype(float), Image.fromarray(grey), red, blue, None]
    media = pictures(each.__getitem__, len(each))
    assert media.hashes[0] == media.hashes[1]
    assert len(set(media.hashes)) == len(each) - 1
    assert media.hashes[-1] == ""


def test_a_truncated_picture_is_a_problem_of_its_row(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 40, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").write_bytes((tmp_path / "a.jpg").read_bytes()[:700])
    with Image.open(tmp_path / "a.jpg") as broken:
        media = pictures([broken, np.zeros((2, 2))].__getitem__, 2)
        with pytest.raises(OSError, match="truncated"):
            media.read(0)
        assert len(set(media.hashes)) == 2
    with pytest.raises(OSError, match="ZeroDivisionError"), reported():
        raise ZeroDivisionError


def test_what_is_no_picture_is_told_from_one() -> None:
    assert is_picture(Image.new("L", (1, 1)))
    assert not any(map(is_picture, (None, "x", np.zeros((2, 2)), Path())))
    shapes = [(2, 2), (2, 2, 1), (4, 9, 9), (9,), (), (9, 9, 2), (3, 9, 9, 3)]
    assert [shape_is_picture(shape) for shape in shapes] == [True, True, True, False, False, False, False]
