"""Images and sounds of rows: small ones made once and kept, whole ones as they are."""

from __future__ import annotations

import hashlib
import io
from typing import Annotated

from fastapi import APIRouter, Query, Response

from emendata.data.media import Media, audio_type
from emendata.errors import UnknownName
from emendata.files import make_folder, write_atomically
from emendata.records import Role
from emendata.studio.context import OpenDesk
from emendata.studio.desk import Desk

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["media"])

_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}


@router.get(
    "/media/{row}/{column}",
    response_class=Response,
    responses={200: {"content": {"image/webp": {}, "audio/wav": {}}, "description": "The image or sound."}},
)
def media(
    desk: OpenDesk,
    row: int,
    column: str,
    side: Annotated[int, Query(ge=16, le=2048, description="Pixels of the longer side of an image.")] = 256,
) -> Response:
    """Return the image of a row, no larger than asked for, or its sound as it is."""
    with desk.ready():
        found = desk.audit.dataset.media.get(column)
        if found is None:
            raise UnknownName.among("column of images or sounds", column, desk.audit.dataset.media)
        if not 0 <= row < desk.audit.dataset.n_rows:
            raise UnknownName(f"There is no row {row:,}.")
    if found.role == Role.AUDIO:
        return _sound(_read(found, row))
    return _image(desk, found, row, side)


def _read(found: Media, row: int) -> bytes:
    try:
        data = found.read(row)
    except OSError as error:
        raise UnknownName(f"The file of row {row:,} cannot be read: {error.strerror or error}.") from error
    if data is None:
        raise UnknownName(f"Row {row:,} has no file.")
    return data


def _image(desk: Desk, found: Media, row: int, side: int) -> Response:
    from emendata.features.image_reading import read_image

    data = _read(found, row)
    key = hashlib.blake2b(data, digest_size=12, salt=side.to_bytes(4, "big")).hexdigest()
    folder = desk.project / "thumbnails" / key[:2]
    kept = folder / f"{key}.webp"
    if not kept.is_file():
        pixels = read_image(data, most=side)
        if isinstance(pixels, str):
            raise UnknownName(f"Row {row:,}: {pixels}")
        from PIL import Image

        stream = io.BytesIO()
        Image.fromarray(pixels).save(stream, "WEBP", quality=85, method=2, lossless=max(pixels.shape) <= 64)
        try:
            make_folder(folder)
            with write_atomically(kept) as temporary:
                temporary.write_bytes(stream.getvalue())
        except OSError:  # a full disk or a read-only one: the image is shown all the same
            pass
        return Response(stream.getvalue(), media_type="image/webp", headers=_FOREVER)
    return Response(kept.read_bytes(), media_type="image/webp", headers=_FOREVER)


def _sound(data: bytes) -> Response:
    kind = audio_type(data)
    if kind is None:
        raise UnknownName("Browsers do not play this kind of sound.")
    return Response(data, media_type=kind, headers=_FOREVER)
