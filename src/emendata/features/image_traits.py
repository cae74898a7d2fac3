"""What can be said of an image by name: its size, how bright, sharp and colourful it is, and what it looks like."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from emendata.engine import map_ranges
from emendata.features.block import Item, Vectors
from emendata.features.image_reading import Pixels, decoded, on_white, pillow_obstacle, with_shades
from emendata.kernels.looks import LOOK_SIDE, looks_of
from emendata.kernels.picture_traits import SEEN, blockiness, grey_tail, seen_traits
from emendata.records import Float32Array, Role

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["IMAGE_TRAITS", "N_LOOKS", "ImageTraits"]

IMAGE_TRAITS = ("width", "height", "elongation", "turn", "blocks", "grey_tail", *SEEN)
"""Names of the first numbers of `ImageTraits`; what follows is the look."""

N_LOOKS = 64

_DRAFT_SIDE = 1_024  # pixels that a large JPEG keeps along each side
_SEEN_SIDE = 512  # pixels, up to twice as many, along the longer side that is looked at closely
_SMALL = 1 << 14  # pixels of images that are measured together
_IMAGES_A_STEP = 32
_ORIENTATION = 0x0112


@dataclass(frozen=True)
class _Decoded:
    """An image as it is measured: its header's numbers, brightness as stored, colours and look at smaller sizes."""

    header: tuple[float, float, float, float]
    grey: Pixels
    colours: Pixels
    look: Pixels
    is_whole: bool


class ImageTraits:
    """Thirteen named properties of each image, and 64 numbers of what it looks like.

    An image is decoded once, and measured as it is stored: not turned. A JPEG of more than about 4 million pixels is
    decoded at half, a fourth or an eighth of its size, and then nothing is said of its blocks. What is seen is
    measured at no more than 1,024 pixels a side. Takes about the time of decoding once more.

    Examples
    --------
    >>> found = ImageTraits().vectors([b"P6 1 1 255 ABC", b""])
    >>> found.values.shape, found.problems
    ((2, 77), ('', 'The file is empty.'))
    """

    name = "image_traits_1"
    role = Role.IMAGE

    def obstacle(self) -> str | None:
        """Say that Pillow is missing, if it is."""
        return pillow_obstacle()

    def vectors(self, items: Sequence[Item]) -> Vectors:
        """Decode and measure images on all processors."""
        parts = list(map_ranges(len(items), lambda rows: _measured(items[rows]), step=_IMAGES_A_STEP))
        return Vectors.joined(parts, len(IMAGE_TRAITS) + N_LOOKS)


def _measured(items: Sequence[Item]) -> Vectors:
    values = np.zeros((len(items), len(IMAGE_TRAITS) + N_LOOKS), np.float32)
    problems = [""] * len(items)
    waiting: dict[tuple[int, ...], list[tuple[int, _Decoded]]] = defaultdict(list)
    for row, item in enumerate(items):
        found = decoded(item.encode() if isinstance(item, str) else item, _taken)
        if isinstance(found, str):
            problems[row] = found
        elif found.grey.size > _SMALL:
            values[row] = _traits([found])[0]
        else:
            waiting[found.grey.shape].append((row, found))
    for group in waiting.values():
        values[[row for row, _ in group]] = _traits([found for _, found in group])
    return Vectors(values, tuple(problems))


def _traits(images: Sequence[_Decoded]) -> Float32Array:
    """Measure images of one size together."""
    grey = np.stack([image.grey for image in images])
    header = np.array([image.header for image in images], np.float32)
    blocks = blockiness(grey) if images[0].is_whole else np.full(len(images), np.nan, np.float32)
    seen = seen_traits(np.stack([image.colours for image in images]))
    looks = looks_of(np.stack([image.look for image in images]).astype(np.float32))
    return np.column_stack([header, blocks, grey_tail(grey), seen, looks])


def _taken(image: "Image") -> _Decoded:
    from PIL import Image

    width, height = image.size
    image.draft(None, (_DRAFT_SIDE, _DRAFT_SIDE))
    is_whole = image.size == (width, height)
    plain = with_shades(image)
    plain = on_white(plain) if plain.mode == "RGBA" else plain.convert("RGB")
    factor = max(max(plain.size) // _SEEN_SIDE, 1)
    smaller = plain.reduce(factor) if factor > 1 else plain
    look = smaller.convert("L")
    if look.size != (LOOK_SIDE, LOOK_SIDE):
        look = look.resize((LOOK_SIDE, LOOK_SIDE), Image.Resampling.BOX, reducing_gap=3.0)
    return _Decoded(
        (width, height, max(width, height) / min(width, height), _turn(image)),
        np.array(plain.convert("L")),
        np.array(smaller),
        np.array(look),
        is_whole,
    )


def _turn(image: "Image") -> float:
    """Return the orientation that EXIF data name, 1 to 8; 1 where they say nothing."""
    try:
        turn = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # damaged EXIF data say nothing
        return 1.0
    return float(turn) if turn in range(1, 9) else 1.0
