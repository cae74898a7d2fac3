"""Which columns of a table stand for images or sounds: by the bytes in their cells, or by files that they name."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.media import Media, files_media, named_file, role_of_bytes, role_of_name, stored_media
from emendata.records import Role

__all__ = ["MEDIA_ROLES", "bytes_of", "media_in_cells", "media_in_files"]

MEDIA_ROLES = (Role.IMAGE, Role.AUDIO)
_N_SAMPLE = 100


def media_in_cells(table: pa.Table) -> dict[str, Media]:
    """Return the columns whose cells hold the bytes of images or sounds, alone or beside their path.

    Examples
    --------
    >>> list(media_in_cells(pa.table({"scan": [b"GIF89a.."], "other": [b"..."]})))
    ['scan']
    """
    found = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if (data := bytes_of(column)) is not None and (role := _most(map(role_of_bytes, _sample(data)))):
            found[name] = stored_media(role, data)
    return found


def bytes_of(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Return the bytes in a column's cells, None if it holds something else.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
        Of bytes, or of pairs of ``bytes`` and ``path``, as Hugging Face's datasets keep media.
    """
    if kinds.is_struct(column.type) and {field.name for field in column.type} == {"bytes", "path"}:
        column = pa.chunked_array([pc.struct_field(chunk, "bytes") for chunk in column.chunks])
    return column if kinds.is_binary(column.type) or kinds.is_large_binary(column.type) else None


def media_in_files(
    table: pa.Table, folder: Path, roles: Mapping[str, str], within: Path | None = None
) -> dict[str, Media]:
    """Return the columns whose cells name image or sound files, as `emendata.data.media.named_file` finds them.

    A column counts if nine of ten cells of a sample end as such files do and one of them is there, or if ``roles``
    says so.
    """
    found = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if not kinds.is_string(column.type):
            continue
        given = roles.get(name)
        role = (
            Role(given) if given in MEDIA_ROLES else None if given else _role_of_files(column, folder, within)
        )
        if role is not None:
            found[name] = files_media(role, folder, column.to_pylist(), within)
    return found


def _role_of_files(column: pa.ChunkedArray, folder: Path, within: Path | None) -> Role | None:
    names = _sample(column)
    role = _most(map(role_of_name, names))
    return role if role and any(_is_file(folder, name, within) for name in names) else None


def _is_file(folder: Path, name: str, within: Path | None) -> bool:
    try:
        named_file(folder, name, within)
    except OSError:
        return False
    return True


def _sample(column: pa.ChunkedArray) -> list[Any]:
    step = max(1, len(column) // _N_SAMPLE)
    cells = (column[row].as_py() for row in range(0, len(column), step))
    return [cell for cell in cells if cell is not None]


def _most(roles: Iterable[Role | None]) -> Role | None:
    """Return the role that nine of ten have."""
    each = list(roles)
    return next((role for role in MEDIA_ROLES if each and each.count(role) >= 0.9 * len(each)), None)
