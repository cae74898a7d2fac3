import warnings
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from tests.features.pictures import encoded, photo

from emendata.features.image_reading import read_image

PHOTO = photo()
KINDS = {
    "jpeg": encoded(PHOTO, "JPEG", quality=95),
    "progressive jpeg": encoded(PHOTO, "JPEG", quality=95, progressive=True),
    "cmyk jpeg": encoded(PHOTO.convert("CMYK"), "JPEG", quality=95),
    "png": encoded(PHOTO),
    "palette png": encoded(PHOTO.quantize(256)),
    "gif": encoded(PHOTO, "GIF"),
    "bmp": encoded(PHOTO, "BMP"),
    "webp": encoded(PHOTO, "WEBP", quality=95),
    "tiff": encoded(PHOTO, "TIFF"),
    "packed tiff": encoded(PHOTO, "TIFF", compression="tiff_lzw"),
    "cmyk tiff": encoded(PHOTO.convert("CMYK"), "TIFF"),
    "ppm": encoded(PHOTO, "PPM"),
    "opaque png": encoded(PHOTO.convert("RGBA")),
    "animated gif": encoded(PHOTO, "GIF", save_all=True, append_images=[photo(seed=1), photo(seed=2)]),
    "animated webp": encoded(PHOTO, "WEBP", save_all=True, append_images=[photo(seed=1)], quality=95),
}


def pixels(data: bytes, side: int | None = None) -> np.ndarray:
    found = read_image(data, side)
    assert not isinstance(found, str), found
    assert found.dtype == np.uint8
    assert found.shape[2] == 3
    return found.astype(int)


def problem(data: bytes, side: int | None = None) -> str:
    found = read_image(data, side)
    assert isinstance(found, str)
    assert found.endswith(".")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_shows_the_same_picture(kind: str) -> None:
    away = np.abs(pixels(KINDS[kind]) - np.asarray(PHOTO))
    assert away.mean() < (10 if "gif" in kind or "palette" in kind else 5)


def test_lossless_kinds_show_it_to_the_bit() -> None:
    for kind in ("png", "bmp", "tiff", "packed tiff", "ppm", "opaque png"):
        assert np.array_equal(pixels(KINDS[kind]), np.asarray(PHOTO))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("side", [None, 60])
def test_an_image_that_lies_on_its_side_is_turned_upright(kind: str, side: int | None) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held so that the picture has to be turned by 90 degrees clockwise
    lying = PHOTO.transpose(Image.Transpose.ROTATE_90)
    upright = pixels(encoded(PHOTO), side)
    assert np.abs(pixels(encoded(lying, kind, exif=exif), side) - upright).mean() < 6


def test_damaged_exif_data_leave_the_image_as_it_is() -> None:
    data = encoded(PHOTO, "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xffnonsense")
    assert pixels(data).shape == (60, 80, 3)


@pytest.mark.parametrize("top", [255, 4095, 65535])
def test_sixteen_bits_are_scaled_by_the_bits_that_are_used(top: int) -> None:
    ramp = np.linspace(0, top, 64).astype(np.uint16).reshape(8, 8)
    for kind in ("PNG", "TIFF", "PPM"):
        grey = pixels(encoded(ramp, kind))[..., 0]
        assert np.abs(grey.ravel() - np.linspace(0, 255, 64)).max() <= 1


def test_numbers_below_zero_and_fractions_are_stretched_from_black_to_white() -> None:
    for low, high, kind in ((-500, 70_000, np.int32), (-0.5, 0.25, np.float32), (0, 1, np.float32)):
        values = np.linspace(low, high, 64).astype(kind).reshape(8, 8)
        grey = pixels(encoded(values, "TIFF"))[..., 0]
        assert np.abs(grey.ravel() - np.linspace(0, 255, 64)).max() <= 1


def test_what_is_no_number_is_black() -> None:
    values = np.array([[np.nan, 1.0], [np.inf, 3.0]], dtype=np.float32)
    assert pixels(encoded(values, "TIFF"))[..., 0].tolist() == [[0, 85], [255, 255]]
    assert (pixels(encoded(np.full((2, 2), np.nan, np.float32), "TIFF")) == 0).all()


def test_one_bit_is_black_and_white() -> None:
    checks = Image.fromarray((np.indices((16, 16)).sum(axis=0) % 2 * 255).astype(np.uint8)).convert("1")
    for kind in ("PNG", "TIFF"):
        assert set(pixels(encoded(checks, kind)).ravel().tolist()) == {0, 255}
    assert abs(pixels(encoded(checks), 8).mean() - 127.5) < 10  # averaged, not picked


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_lies_on_white(mode: str) -> None:
    hidden = Image.new(mode, (4, 4), (0,) * len(mode))
    half = Image.new(mode, (4, 4), (*[0] * (len(mode) - 1), 128))
    assert (pixels(encoded(hidden)) == 255).all()
    assert np.abs(pixels(encoded(half)) - 127).max() <= 1


def test_a_transparent_colour_of_a_palette_is_white() -> None:
    flat = Image.new("P", (4, 4), 1)
    flat.putpalette([0, 0, 0, 10, 20, 30])
    assert (pixels(encoded(flat)) == (10, 20, 30)).all()
    assert (pixels(encoded(flat, transparency=1)) == 255).all()
    assert (pixels(encoded(flat, "GIF", transparency=1)) == 255).all()


def test_an_odd_shape_is_stretched_and_one_pixel_is_an_image() -> None:
    assert pixels(encoded(photo(500, 3)), 32).shape == (32, 32, 3)
    assert (pixels(encoded(np.full((1, 1, 3), 9, np.uint8)), 32) == 9).all()


def test_a_large_jpeg_at_a_fraction_looks_as_if_decoded_whole() -> None:
    large = photo(1600, 1200)
    fraction = pixels(encoded(large, "JPEG", quality=95), 64)
    assert np.abs(fraction - pixels(encoded(large), 64)).mean() < 2


def test_a_hundred_megapixels_are_read() -> None:
    data = encoded(Image.new("L", (12_500, 8_000), 90), "JPEG")
    assert np.abs(pixels(data, 128) - 90).max() <= 1


def test_a_bomb_is_a_problem_and_unpacked_by_nobody() -> None:
    data = bytearray(encoded(np.zeros((4, 4), np.uint8)))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    assert problem(bytes(data)) == "The image has more than 179 million pixels; make a smaller copy of it."


def test_no_bytes_are_a_problem() -> None:
    assert problem(b"") == "The file is empty."


@pytest.mark.parametrize("data", [b"hello", b"\x00" * 100, b"RIFF....WAVEfmt ", b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_what_is_no_image_is_a_problem(data: bytes) -> None:
    assert problem(data).startswith("This is no image of a kind that is read")


@pytest.mark.parametrize("kind", ["jpeg", "progressive jpeg", "png", "gif", "bmp", "tiff", "ppm"])
@pytest.mark.parametrize("side", [None, 32])
def test_a_truncated_image_is_cut_short(kind: str, side: int | None) -> None:
    assert problem(KINDS[kind][: len(KINDS[kind]) * 2 // 3], side) == "The image is cut short."


@pytest.mark.parametrize("kind", ["webp", "packed tiff"])
def test_a_truncated_image_of_a_packed_kind_is_a_problem_too(kind: str) -> None:
    assert problem(KINDS[kind][: len(KINDS[kind]) * 2 // 3]) == "The image is damaged or cut short."


def test_a_header_alone_is_damaged() -> None:
    assert problem(KINDS["png"][:20]) == "The image is damaged or cut short."


def damages(data: bytes, n: int) -> list[bytes]:
    rng = np.random.default_rng(0)
    found = []
    for _ in range(n):
        damaged = bytearray(data)
        for place in rng.integers(0, min(len(data), 400), 5):
            damaged[place] = rng.integers(256)
        found.append(bytes(damaged))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_damaged_nothing_is_raised_warned_or_printed(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data = KINDS[kind]
    cut: Callable[[int], bytes] = lambda i: data[: len(data) * i // 15]  # noqa: E731
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for damaged in (*damages(data, 15), *map(cut, range(15))):
            found = read_image(damaged, 32)
            assert not isinstance(found, str) or found.endswith(".")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("size", "shown"), [((300, 100), (48, 16)), ((100, 300), (16, 48)), ((30, 20), (30, 20))]
)
def test_a_larger_image_is_shrunk_in_proportion_and_a_smaller_one_kept(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    found = read_image(encoded(photo().resize(size), "JPEG"), most=48)
    assert not isinstance(found, str)
    assert (found.shape[1], found.shape[0]) == shown
