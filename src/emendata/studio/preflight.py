"""What is worth knowing of some data before an audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Literal

from pydantic import BaseModel

from emendata.data import Dataset, label_names
from emendata.data.media import Media
from emendata.records import Role

__all__ = ["Warning_", "preflight"]

_FEW = 5
_SHOWN = 6
_MEDIA_SEEN = 100
_SMALL = 32  # pixels a side, which is enough to see whether an image can be read


class Warning_(BaseModel):  # noqa: N801 - the builtin has the name without the line
    """Something to look at: nothing stops because of it."""

    severity: Literal["info", "warning"]
    title: str
    detail: str
    column: str | None


def preflight(dataset: Dataset) -> list[Warning_]:
    """Return what a person would want to know before an audit of some data."""
    made = [
        _empty(column.name)
        for column in dataset.columns
        if column.n_missing == dataset.n_rows and dataset.n_rows
    ]
    made += [
        _constant(column.name)
        for column in dataset.columns
        if column.n_distinct == 1
        and column.n_missing == 0
        and column.role != Role.LABEL
        and dataset.n_rows > 1
    ]
    return _of_media(dataset) + _of_labels(dataset) + made[:_SHOWN]


def _of_media(dataset: Dataset) -> list[Warning_]:
    """Look at the first images and sounds of each column: all of them are looked at by the audit."""
    made = []
    for name, media in dataset.media.items():
        n_seen = min(dataset.n_rows, _MEDIA_SEEN)
        bad = [dataset.text(row, name) for row in range(n_seen) if not _can_be_read(media, row)]
        if bad:
            noun = "images" if media.role == Role.IMAGE else "sounds"
            more = f" and {len(bad) - _SHOWN:,} more" if len(bad) > _SHOWN else ""
            text = f"{len(bad):,} of the first {n_seen:,} in {name}: {', '.join(bad[:_SHOWN])}{more}."
            made.append(_said("warning", f"Some {noun} cannot be read", text, name))
    return made


def _can_be_read(media: Media, row: int) -> bool:
    from emendata.features.image_reading import read_image

    try:
        data = media.read(row)
    except OSError:
        return False
    return data is None or media.role != Role.IMAGE or not isinstance(read_image(data, _SMALL), str)


def _of_labels(dataset: Dataset) -> list[Warning_]:
    if dataset.label is None or not dataset.task.has_classes:
        return []
    labels = label_names(dataset)
    counts = Counter(name for name in labels if name is not None)
    made = []
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        spelled[" ".join(name.casefold().split())].append(name)
    for variants in [names for names in spelled.values() if len(names) > 1][:_SHOWN]:
        words = ", ".join(f"{name!r} ({counts[name]:,})" for name in sorted(variants))
        made.append(_said("warning", "One class in several spellings", f"{words}.", dataset.label))
    few = sorted(name for name, n in counts.items() if n < _FEW)
    if few:
        words = ", ".join(map(repr, few[:_SHOWN])) + (
            f" and {len(few) - _SHOWN:,} more" if len(few) > _SHOWN else ""
        )
        text = f"{len(few):,} of {len(counts):,} classes have fewer than {_FEW} rows: {words}."
        made.append(_said("warning", "Classes with hardly any rows", text, dataset.label))
    n_missing = sum(name is None for name in labels)
    if n_missing:
        text = f"{n_missing:,} of {len(labels):,} rows have no label; labels are predicted for them."
        made.append(_said("info", "Rows without a label", text, dataset.label))
    return made


def _empty(name: str) -> Warning_:
    return _said("info", "An empty column", f"{name} has no value in any row and is not used.", name)


def _constant(name: str) -> Warning_:
    return _said("info", "A column that says nothing", f"{name} has the same value in all rows.", name)


def _said(severity: Literal["info", "warning"], title: str, detail: str, column: str) -> Warning_:
    return Warning_(severity=severity, title=title, detail=detail, column=column)
