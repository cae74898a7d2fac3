"""What Hugging Face's datasets say of their columns: which whole numbers stand for classes, which cells for media."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from emendata.data.media import Media, media_cells, named_file
from emendata.data.normalise import normalised
from emendata.data.pictures import reported
from emendata.data.source import Reading, Verdict
from emendata.data.values import as_text
from emendata.data.vector_columns import spread_vectors
from emendata.records import Correction, Json, Role

__all__ = ["Classes", "Features", "class_names", "coded", "hub_reading"]

Features = Mapping[str, Any]
"""By column, what ``dataset_info.json`` and ``Features.to_dict()`` say of it."""
Classes = Mapping[str, Sequence[str]]
"""By column, the names that its whole numbers stand for."""
_MEDIA = {"Image": Role.IMAGE, "Audio": Role.AUDIO}


def hub_reading(table: pa.Table, features: Features, folder: Path, within: Path | None = None) -> Reading:
    """Return a dataset's Arrow table with its classes by name and its images and sounds as media.

    A class that has no name keeps its number; a negative number is a missing label.

    Parameters
    ----------
    folder : Path
        Where files lie that a cell names without holding their bytes.
    within : Path, optional
        What such a name must not lead out of.

    Examples
    --------
    >>> reading = hub_reading(
    ...     pa.table({"y": [1, 0, -1]}), {"y": {"_type": "ClassLabel", "names": ["cat", "dog"]}}, Path()
    ... )
    >>> reading.table["y"].to_pylist(), reading.verdicts["y"]
    (['dog', 'cat', None], (<Role.LABEL: 'label'>, 'its classes have names in the dataset'))
    """
    classes = class_names(features)
    media: dict[str, Media] = {}
    columns = []
    for name in table.column_names:
        column = table[name]
        if role := _MEDIA.get(_type_of(features.get(name))):
            media[name] = _media(role, column, folder, within)
            columns.append(_media_cells(media[name], column))
        else:
            columns.append(_named(column, classes[name]) if name in classes else column)
    spread, vectors = spread_vectors(pa.table(columns, names=table.column_names))
    return Reading(normalised(spread), media=media, verdicts={**vectors, **_verdicts(classes)})


def class_names(features: Features) -> dict[str, list[str]]:
    """Return the columns whose whole numbers stand for classes, with the names of these."""
    return {
        name: list(feature.get("names") or map(str, range(feature.get("num_classes") or 0)))
        for name, feature in features.items()
        if _type_of(feature) == "ClassLabel"
    }


def coded(corrections: Iterable[Correction], classes: Classes) -> list[Correction]:
    """Return corrections with the numbers of classes where they have names; a class without a number keeps its name.

    Examples
    --------
    >>> fix = Correction("relabel", 0, "", "y", "cat", "cow", "It moos.", {}, 0.1)
    >>> [(c.old, c.new) for c in coded([fix], {"y": ["cat", "dog"]})]
    [(0, 'cow')]
    """
    named = [(c, classes.get(c.column or "", ())) for c in corrections]
    return [replace(c, old=_code(c.old, names), new=_code(c.new, names)) for c, names in named]


def _code(value: Json, names: Sequence[str]) -> Json:
    if value is None:  # though a class may be called ""
        return None
    return names.index(name) if (name := as_text(value)) in names else value


def _type_of(feature: object) -> str:
    return str(feature.get("_type")) if isinstance(feature, Mapping) else ""


def _verdicts(classes: Classes) -> dict[str, Verdict]:
    return {
        name: (Role.LABEL, "its classes have names in the dataset") for name in classes if len(classes) == 1
    }


def _named(codes: pa.ChunkedArray, names: Sequence[str]) -> pa.ChunkedArray:
    codes = codes.cast(pa.int64())
    has_name = pc.and_(pc.greater_equal(codes, 0), pc.less(codes, len(names)))
    known = pc.if_else(has_name, codes, pa.scalar(None, pa.int64()))
    others = pc.if_else(
        pc.greater_equal(codes, len(names)), codes.cast(pa.string()), pa.scalar(None, pa.string())
    )
    return pc.coalesce(pc.take(pa.array(names, pa.string()), known), others)


def _media(role: Role, column: pa.ChunkedArray, folder: Path, within: Path | None) -> Media:
    def read(row: int) -> bytes | None:
        data, name = _content(column[row])
        with reported():
            return data if data is not None or name is None else named_file(folder, name, within).read_bytes()

    return Media(role, len(column), read)


def _media_cells(media: Media, column: pa.ChunkedArray) -> pa.Array:
    """Return the names of files, where no cell holds bytes, else words for the content."""
    contents = map(_content, column)
    if not pa.types.is_struct(column.type) or any(data is not None for data, _ in contents):
        return media_cells(media)
    return pc.struct_field(column, "path")


def _content(cell: pa.Scalar) -> tuple[bytes | None, str | None]:
    """Return the bytes and the path in a cell, each None where it is not there."""
    value = cell.as_py()
    if isinstance(value, Mapping):
        return value.get("bytes"), value.get("path")
    return (None, value) if isinstance(value, str) else (value, None)
