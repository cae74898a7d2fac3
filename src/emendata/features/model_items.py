"""Items as models of any library take them: texts, pictures in red, green and blue, sounds of one channel."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from emendata.engine import map_ranges
from emendata.features.audio_reading import Sound, read_sound
from emendata.features.block import Item
from emendata.features.image_reading import read_image
from emendata.records import Role

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Unready", "read_items"]


class Unready(str):
    """Why an item cannot be embedded, in a sentence; empty for a text without words, which is no problem."""

    __slots__ = ()


def read_items(items: Sequence[Item], role: Role, *, most: int | None = None) -> list["str | Image | Sound"]:
    """Return each item as a model takes it, or an `Unready` one; pictures and sounds are decoded on all processors.

    Parameters
    ----------
    most : int, optional
        Shrink larger pictures to so many pixels along the longer side.

    Examples
    --------
    >>> read_items(["good film", "  "], Role.TEXT)
    ['good film', '']
    >>> read_items([b"P6 1 1 255 ABC", b""], Role.IMAGE)[1]
    'The file is empty.'
    """
    readers: dict[Role, Callable[[Item], str | Image | Sound]] = {
        Role.TEXT: _text,
        Role.IMAGE: lambda item: _image(item, most),
        Role.AUDIO: lambda item: _sound(item),
    }
    read = readers[role]
    return list(map_ranges(len(items), lambda rows: read(items[rows.start]), step=1))


def _text(item: Item) -> str:
    assert isinstance(item, str), "sentences are text"
    text = item.encode(errors="replace").decode()  # no tokenizer takes half a character
    return text if text.strip() else Unready()


def _image(item: Item, most: int | None) -> "Image | Unready":
    from PIL import Image

    found = read_image(item.encode() if isinstance(item, str) else item, most=most)
    return Unready(found) if isinstance(found, str) else Image.fromarray(found)


def _sound(item: Item) -> Sound | Unready:
    assert isinstance(item, bytes), "sounds are bytes"
    found = read_sound(item)
    return Unready(found) if isinstance(found, str) else found
