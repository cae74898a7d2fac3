"""Hugging Face's datasets that are in memory already: read and corrected through their own methods."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from emendata.data.hub_features import class_names, coded, hub_reading
from emendata.data.source import Reading
from emendata.data.splits import by_part, joined
from emendata.data.table_edit import with_corrections
from emendata.errors import InputError, rows_of
from emendata.records import Correction

__all__ = ["corrected_hub", "is_hub", "read_hub"]


def is_hub(source: object) -> bool:
    """Tell whether an object is a ``datasets.Dataset``, or a dict of them by split, without importing these."""
    if isinstance(source, Mapping):
        return bool(source) and all(map(_is_one, source.values()))
    return _is_one(source)


def read_hub(source: Any) -> Reading:
    """Return the rows of a ``datasets.Dataset`` as it was selected and shuffled, or of all splits of a dict of them.

    Raises
    ------
    InputError
        If it has no rows, or its splits have columns of one name that differ.
    """
    parts = {split: _reading(part) for split, part in _splits(source).items()}
    n_rows = sum(part.table.num_rows for part in parts.values())
    if not n_rows:
        raise InputError("The dataset has no rows. Give one with at least one row.")
    if not isinstance(source, Mapping):
        return replace(parts[""], recognized=f"a Hugging Face dataset of {rows_of(n_rows)}")
    named = f"a Hugging Face dataset of {rows_of(n_rows)} in the splits {', '.join(parts)}"
    return replace(joined(parts), recognized=named)


def corrected_hub(source: Any, corrections: Sequence[Correction]) -> Any:
    """Return a ``datasets.Dataset``, or a dict of them, like ``source`` with the corrections made.

    Features, info, split and format stay; rows that were selected are now all there are.

    Raises
    ------
    InputError
        If a correction names a class that the label's feature does not have.
    """
    splits = _splits(source)
    local = by_part(corrections, [part.num_rows for part in splits.values()])
    made = {
        split: _corrected(part, found) for (split, part), found in zip(splits.items(), local, strict=True)
    }
    kind: Any = type(source)
    return kind(made) if isinstance(source, Mapping) else made[""]


def _is_one(source: object) -> bool:
    return all(hasattr(source, name) for name in ("features", "data", "num_rows", "with_format", "info"))


def _splits(source: Any) -> dict[str, Any]:
    return {str(name): part for name, part in source.items()} if isinstance(source, Mapping) else {"": source}


def _reading(dataset: Any) -> Reading:
    return hub_reading(dataset.with_format("arrow")[:], dataset.features.to_dict(), Path.cwd())


def _corrected(dataset: Any, corrections: Sequence[Correction]) -> Any:
    classes = class_names(dataset.features.to_dict())
    table = with_corrections(dataset.with_format("arrow")[:], coded(corrections, classes))
    made = type(dataset)(table, info=copy.deepcopy(dataset.info), split=dataset.split)
    chosen = dataset.format
    return made.with_format(
        chosen["type"], chosen["columns"], chosen["output_all_columns"], **chosen["format_kwargs"]
    )
