"""Images out of their files, whatever kind: decoded, upright, eight bits each of red, green and blue."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from emendata.data.media import role_of_bytes
from emendata.extras import MissingPackage, require
from emendata.features.image_silence import SILENT_DECODERS
from emendata.records import Role

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["EXTRA", "Pixels", "decoded", "on_white", "pillow_obstacle", "read_image", "with_shades"]

T = TypeVar("T")

EXTRA = "image"

Pixels = npt.NDArray[np.uint8]

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "PPM")  # none that starts a program, as EPS does
_UNKNOWN = "This is no image of a kind that is read (JPEG, PNG, GIF, BMP, WebP, TIFF, PPM, PGM)."
_DAMAGED = "The image is damaged or cut short."


def pillow_obstacle() -> str | None:
    """Say that Pillow is missing, if it is."""
    try:
        require("PIL", EXTRA)
    except MissingPackage as error:
        return str(error)
    return None


def read_image(data: bytes, side: int | None = None, *, most: int | None = None) -> Pixels | str:
    """Decode an image, or say in a sentence why that is not possible.

    It is turned upright as its EXIF data say, and of an animation it is the first frame. What is transparent lies
    on white, the page that cut-outs are made for. Of more than eight bits the highest that the image uses are kept:
    a scan of twelve bits in sixteen is not black.

    Parameters
    ----------
    data : bytes
        The file, in one of the formats JPEG, PNG, GIF, BMP, WebP, TIFF, PPM and PGM.
    side : int, optional
        Stretch the image to a square of so many pixels a side. A large JPEG is then decoded at a fraction of its
        size, with little memory.
    most : int, optional
        Shrink a larger image to so many pixels along its longer side, likewise.

    Returns
    -------
    uint8 array of shape (height, width, 3), or str
        One sentence where the file is empty, no image, cut short or damaged, or where the image has more pixels
        than Pillow reads (twice ``PIL.Image.MAX_IMAGE_PIXELS``, 179 million unless set otherwise).

    Raises
    ------
    MissingPackage
        If Pillow is not installed.

    Examples
    --------
    >>> read_image(b"P6 1 1 255 ABC")
    array([[[65, 66, 67]]], dtype=uint8)
    >>> read_image(b"GIF89a")
    'The image is damaged or cut short.'
    >>> read_image(b"")
    'The file is empty.'
    """
    return decoded(data, lambda image: np.array(_plain(image, side, most)))


def decoded(data: bytes, take: Callable[["Image"], T]) -> T | str:
    """Return what ``take`` makes of an image as Pillow opens it, or a sentence as `read_image` does.

    ``take`` decodes the image, and an exception of it says that this is not possible.
    """
    pillow = require("PIL.Image", EXTRA)
    if not data:
        return "The file is empty."
    try:
        with SILENT_DECODERS, pillow.open(io.BytesIO(data), formats=_FORMATS) as image:
            return take(image)
    except pillow.DecompressionBombError:
        millions = round(2 * pillow.MAX_IMAGE_PIXELS / 1e6)
        return f"The image has more than {millions} million pixels; make a smaller copy of it."
    except pillow.UnidentifiedImageError:
        return _DAMAGED if role_of_bytes(data) is Role.IMAGE else _UNKNOWN
    except MemoryError:
        return "There is not enough memory to decode the image; make a smaller copy of it."
    except Exception as error:  # whatever a decoder stumbles over in a damaged file
        return "The image is cut short." if "truncated" in str(error) else _DAMAGED


def _plain(image: "Image", side: int | None, most: int | None) -> "Image":
    from PIL import Image

    if wanted := side or most:
        image.draft(None, (2 * wanted, 2 * wanted))
    image = with_shades(image)
    if side is not None:
        image = image.resize((side, side), Image.Resampling.BICUBIC, reducing_gap=3.0)
    elif most is not None:
        image.thumbnail((most, most), reducing_gap=3.0)
    image = _upright(image)
    return on_white(image) if image.mode == "RGBA" else image.convert("RGB")


def with_shades(image: "Image") -> "Image":
    """Return an image whose pixels can be averaged: no colour numbers, and no more than eight bits."""
    if image.mode[0] in "IF":  # 16 or 32 bits, or fractions
        return _eight_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("RGB") if image.mode in ("1", "P") else image


def _eight_bits(image: "Image") -> "Image":
    """Scale whole numbers by the bits that the largest needs, others from zero or below to the highest."""
    from PIL import Image

    values = np.asarray(image)
    there = values[np.isfinite(values)]
    low, high = float(there.min(initial=0)), float(there.max(initial=0))
    if values.dtype.kind != "f" and low >= 0:
        high = 2.0 ** max(8, int(high).bit_length()) - 1
    scaled = (values.astype(np.float32) - low) * np.float32(255 / max(high - low, 1e-30))
    grey = np.clip(np.nan_to_num(scaled), 0, 255).round().astype(np.uint8)
    return Image.fromarray(grey)


def _upright(image: "Image") -> "Image":
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # damaged EXIF data say nothing; the pixels are as good as ever
        return image


def on_white(image: "Image") -> "Image":
    """Lay an image with transparency on white, the page that cut-outs are made for."""
    from PIL import Image

    page = Image.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page
