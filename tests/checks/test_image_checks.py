"""Checks of images on real photographs and on the traits of many, damaged in a known way."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageFilter
from sklearn.datasets import load_sample_images
from tests.features.pictures import encoded

from emendata.checks import CHECKS
from emendata.checks.inputs import Content, Inputs, Traits
from emendata.errors import NotApplicable
from emendata.features import IMAGE_TRAITS, ImageTraits
from emendata.records import Findings

CHINA, FLOWER = (Image.fromarray(picture) for picture in load_sample_images().images)
N = 40


def tiles() -> list[Image.Image]:
    """Return pieces of two photographs that do not overlap, and show something in ordinary light."""
    boxes = [(x, y, x + 80, y + 56) for x in range(0, 560, 80) for y in range(0, 360, 60)]
    pieces = [photo.crop(box) for photo in (CHINA, FLOWER) for box in boxes]
    return [piece for piece in pieces if is_ordinary(np.asarray(piece.convert("L")))][:N]


def is_ordinary(grey: np.ndarray) -> bool:
    low, high = np.quantile(grey, [0.05, 0.99])
    return bool(low < 120 and high > 150 and np.ptp(grey) > 110)


TILES = tiles()


def inputs_of(files: list[bytes]) -> Inputs:
    found = ImageTraits().vectors(files)
    values = np.where(np.array(found.problems)[:, None] == "", found.values, np.nan)
    n = len(IMAGE_TRAITS)
    return Inputs(
        len(files),
        pictures={"photo": Traits(IMAGE_TRAITS, values[:, :n])},
        looks={"photo": values[:, n:]},
        content=Content(np.arange(len(files)), np.zeros(len(files)), ("photo",)),
    )


def found(name: str, damage: Callable[[Image.Image], bytes], rows: tuple[int, ...] = (3, 30)) -> Findings:
    files = [damage(tile) if row in rows else encoded(tile) for row, tile in enumerate(TILES)]
    return CHECKS[name].find(inputs_of(files))


def turned_by_exif(tile: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 8
    return encoded(tile.transpose(Image.Transpose.ROTATE_270), exif=exif)


def barred(tile: Image.Image) -> bytes:
    page = Image.new("RGB", tile.size, "black")
    page.paste(tile.resize((80, 40)), (0, 8))
    return encoded(page)


def tailed(tile: Image.Image) -> bytes:
    pixels = np.array(tile)
    pixels[40:] = 128
    return encoded(pixels)


def blocky(tile: Image.Image) -> bytes:
    return encoded(Image.open(io.BytesIO(encoded(tile, "JPEG", quality=4))))


DAMAGE = {
    "dark": lambda tile: encoded(tile.point(lambda value: value // 8)),
    "light": lambda tile: encoded(tile.point(lambda value: 250 + value // 60)),
    "blurry": lambda tile: encoded(tile.filter(ImageFilter.GaussianBlur(6))),
    "odd_size": lambda tile: encoded(tile.resize((20, 14))),
    "odd_aspect_ratio": lambda tile: encoded(tile.resize((400, 56))),
    "low_information": lambda tile: encoded(Image.new("RGB", tile.size, (90, 120, 40))),
    "grayscale": lambda tile: encoded(tile.convert("L").convert("RGB")),
    "rotated_by_exif": turned_by_exif,
    "constant_borders": barred,
    "low_contrast": lambda tile: encoded(tile.point(lambda value: 120 + value // 16)),
    "jpeg_damage": tailed,
}


@pytest.mark.parametrize("name", DAMAGE)
def test_the_damaged_images_are_flagged_in_words_and_no_others(name: str) -> None:
    findings = found(name, DAMAGE[name])
    assert findings.rows.tolist() == [3, 30]
    assert findings.columns == ("photo", "photo")
    assert (findings.scores[[3, 30]] < 0.5).all()
    assert (np.delete(findings.scores, [3, 30]) >= 0.5).all()
    assert findings.facts["photo"]["flagged"] == 2


def test_strong_compression_is_damage_as_well() -> None:
    findings = found("jpeg_damage", blocky)
    assert findings.rows.tolist() == [3, 30]
    assert "squares of strong JPEG compression" in findings.reasons[0]


@pytest.mark.parametrize("name", DAMAGE)
def test_what_most_images_share_is_no_error(name: str) -> None:
    most = tuple(range(N * 3 // 4))
    if name in ("odd_size", "jpeg_damage"):
        assert not set(found(name, DAMAGE[name], most).rows.tolist()) & set(most)
    else:
        with pytest.raises(NotApplicable, match="Here most images"):
            found(name, DAMAGE[name], most)


def test_an_image_that_cannot_be_read_is_left_alone() -> None:
    files = [encoded(tile) for tile in TILES]
    files[5] = b"broken"
    inputs = inputs_of(files)
    for name in (*DAMAGE, "perceptual_duplicate"):
        assert np.isnan(CHECKS[name].find(inputs).scores[5])


def test_where_no_image_can_be_read_nothing_applies() -> None:
    inputs = inputs_of([b"broken"] * 3)
    for name in (*DAMAGE, "perceptual_duplicate"):
        with pytest.raises(NotApplicable):
            CHECKS[name].find(inputs)


def test_copies_are_found_scaled_compressed_brightened_mirrored_and_turned() -> None:
    copies = [
        encoded(TILES[0].resize((200, 140)), "JPEG", quality=60),
        encoded(TILES[7].point(lambda value: min(int(value * 1.1), 255))),
        encoded(TILES[14].transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        encoded(TILES[33].transpose(Image.Transpose.ROTATE_90)),
    ]
    findings = CHECKS["perceptual_duplicate"].find(inputs_of([*map(encoded, TILES), *copies]))
    assert findings.rows.tolist() == [0, 7, 14, 33, 40, 41, 42, 43]
    assert findings.related == ((40,), (41,), (42,), (43,), (0,), (7,), (14,), (33,))
    assert findings.reasons[2] == "It looks like the image of row 42, mirrored."
    assert "turned" in findings.reasons[3]
    assert (np.delete(findings.scores, findings.rows) >= 0.5).all()


def test_files_that_are_equal_are_left_to_the_check_of_equal_rows() -> None:
    inputs = inputs_of([*map(encoded, TILES), encoded(TILES[0])])
    same = np.arange(41)
    same[40] = 0
    alike = Inputs(41, looks=inputs.looks, content=Content(same, np.zeros(41), ("photo",)))
    assert not len(CHECKS["perceptual_duplicate"].find(alike).rows)
    assert CHECKS["perceptual_duplicate"].find(inputs).rows.tolist() == [0, 40]


def test_a_row_with_faults_in_two_columns_has_two_issues() -> None:
    values = inputs_of([encoded(tile) for tile in TILES]).pictures["photo"].values  # type: ignore[index]
    one, other = values.copy(), values.copy()
    place = IMAGE_TRAITS.index("bright")
    one[4, place], other[4, place], other[9, place] = 0.1, 0.2, 0.05
    columns = {"front": Traits(IMAGE_TRAITS, one), "back": Traits(IMAGE_TRAITS, other)}
    findings = CHECKS["dark"].find(Inputs(N, pictures=columns))
    assert findings.rows.tolist() == [4, 4, 9]
    assert findings.columns == ("back", "front", "back")
    assert findings.scores[4] == findings.issue_scores.min(where=findings.rows == 4, initial=1)
