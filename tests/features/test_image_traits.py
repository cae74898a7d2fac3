import io

import numpy as np
import pytest
from PIL import Image
from tests.features.pictures import encoded, photo

from emendata.features import IMAGE_TRAITS, ImageTraits


def measured(*files: bytes) -> dict[str, np.ndarray]:
    found = ImageTraits().vectors(files)
    assert not any(found.problems)
    return dict(zip(IMAGE_TRAITS, found.values.T, strict=False))


def test_size_shape_and_orientation_are_those_of_the_header() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = measured(encoded(photo(80, 60)), encoded(photo(30, 60), "JPEG", exif=exif))
    assert found["width"].tolist() == [80, 30]
    assert found["height"].tolist() == [60, 60]
    assert found["elongation"].tolist() == pytest.approx([4 / 3, 2])
    assert found["turn"].tolist() == [1, 6]


def test_an_image_is_measured_by_itself_whatever_lies_beside_it() -> None:
    files = [encoded(photo(32, 32, seed=i)) for i in range(40)] + [encoded(photo(300, 200, seed=9))] * 2
    together = ImageTraits().vectors(files).values
    for row in (0, 17, 39, 41):
        assert np.array_equal(ImageTraits().vectors([files[row]]).values[0], together[row], equal_nan=True)


def test_a_large_jpeg_is_decoded_smaller_and_nothing_is_said_of_its_blocks() -> None:
    large, same = measured(encoded(photo(4_100, 2_100), "JPEG")), measured(encoded(photo(410, 210), "JPEG"))
    assert (large["width"][0], large["height"][0]) == (4_100, 2_100)
    assert np.isnan(large["blocks"][0])
    assert not np.isnan(same["blocks"][0])
    assert large["bright"][0] == pytest.approx(same["bright"][0], abs=0.03)


def test_what_cannot_be_read_or_is_cut_short_has_a_problem_and_no_traits() -> None:
    whole = encoded(photo(200, 200), "JPEG")
    found = ImageTraits().vectors([b"", whole, whole[: len(whole) // 2], b"no image"])
    assert [problem != "" for problem in found.problems] == [True, False, True, True]
    assert "cut short" in found.problems[2]
    assert not found.values[[0, 2, 3]].any()


def test_transparency_lies_on_white_and_sixteen_bits_are_no_darkness() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    deep = Image.fromarray((np.arange(1600, dtype=np.uint16) * 40).reshape(40, 40))
    found = measured(encoded(clear), encoded(deep))
    assert found["shadow"][0] == 1
    assert found["bright"][1] > 0.9


def test_a_copy_in_another_size_and_format_looks_the_same() -> None:
    picture = photo(200, 150)
    sink = io.BytesIO()
    picture.resize((100, 75)).save(sink, "JPEG", quality=70)
    looks = (
        ImageTraits().vectors([encoded(picture), sink.getvalue(), encoded(photo(200, 150, seed=1))]).values
    )
    one, copy, other = looks[:, len(IMAGE_TRAITS) + 1 :]
    assert np.linalg.norm(one - copy) < 0.1 * np.linalg.norm(one - other)
