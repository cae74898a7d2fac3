"""Small pictures and short sounds of the rows that a report shows."""

import base64
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from emendata.data import Dataset
from emendata.data.media import audio_type
from emendata.extras import MissingPackage
from emendata.features.image_reading import read_image
from emendata.records import Card, Preview, Role

__all__ = ["make_previews"]

_SIDE = 112
_SHARP = 64  # pixels a side up to which a picture is kept as it is
_LONGEST_SOUND = 250_000  # bytes
_MOST_SOUND = 20_000_000  # bytes in one report
_RELATED = 12


def make_previews(dataset: Dataset, cards: Sequence[Card]) -> dict[int, tuple[Preview, ...]]:
    """Return previews by row: of images that cards are about or mention, and of sounds that they are about."""
    if not dataset.media:
        return {}
    room = _MOST_SOUND
    about = Counter(card.row for card in cards)
    previews: dict[int, tuple[Preview, ...]] = {}
    for row in _rows(cards):
        made = []
        for preview in _previews(dataset, row):
            size = len(preview.uri) * about[row] if preview.role == Role.AUDIO else 0  # once for each card
            if (about[row] and size <= room) or preview.role == Role.IMAGE:
                made.append(preview)
                room -= size
        if made:
            previews[row] = tuple(made)
    return previews


def _rows(cards: Sequence[Card]) -> list[int]:
    about = [card.row for card in cards]
    mentioned = [
        row for card in cards for row in (*card.related[:_RELATED], *(near.row for near in card.nearest))
    ]
    return list(dict.fromkeys([*about, *mentioned]))


def _previews(dataset: Dataset, row: int) -> Iterator[Preview]:
    for name, media in dataset.media.items():
        try:
            data = media.read(row)
        except OSError:
            continue
        if data is None:
            continue
        uri = _picture(data) if media.role == Role.IMAGE else _sound(data)
        if uri is not None:
            yield Preview(name, media.role, uri)


def _picture(data: bytes) -> str | None:
    try:
        pixels = read_image(data, most=_SIDE)
    except MissingPackage:  # what looks at no image needs nothing to read them
        return None
    if isinstance(pixels, str):
        return None
    from PIL import Image

    image = Image.fromarray(pixels)
    is_small = max(image.size) <= _SHARP
    stream = io.BytesIO()
    if is_small:
        image.save(stream, "PNG", optimize=True)
    else:
        image.save(stream, "JPEG", quality=80)
    return _uri("image/png" if is_small else "image/jpeg", stream.getvalue())


def _sound(data: bytes) -> str | None:
    kind = audio_type(data)
    if kind is None or len(data) > _LONGEST_SOUND:
        return None
    return _uri(kind, data)


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
