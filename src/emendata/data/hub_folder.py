"""Datasets that Hugging Face's library saved to disk, read and written without it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from emendata.data.hub_features import Classes, Features, class_names, coded, hub_reading
from emendata.data.hub_saved import SavedSplit, Shard, features_of, fitting, is_saved, read_saved, write_saved
from emendata.data.plain_types import plain
from emendata.data.source import Dialect, Reading
from emendata.data.splits import by_part, joined, part_of, starts_of
from emendata.data.table_edit import packed, with_corrections
from emendata.data.table_file import filled, taken_back
from emendata.data.values import as_text, readable
from emendata.errors import InputError, rows_of
from emendata.records import Correction, Json

__all__ = ["HubFolderSource"]

_Classes = dict[str, dict[str, list[str]]]  # by split, then by column


@dataclass(frozen=True)
class HubFolderSource:
    """Folders that ``save_to_disk`` wrote. Shards, schemas and all other files stay as they are.

    A label is corrected in the whole number that it is; a class that has no number yet gets the next one. Where a
    dataset was narrowed to some of its rows before it was saved, these are written and the others are not.
    """

    name: str = "hub_folder"
    title: str = "saved Hugging Face dataset"
    suffixes: tuple[str, ...] = ()
    is_text = False
    is_exact = False

    def recognizes(self, folder: Path) -> bool:
        """Tell whether a folder is a saved dataset, or one with splits."""
        return is_saved(folder)

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the rows of all shards and splits; ``dialect`` has no meaning here."""
        splits = read_saved(path)
        parts = {split.name: _reading(split, path) for split in splits if split.shards}
        n_rows = sum(part.table.num_rows for part in parts.values())
        if not n_rows:
            raise InputError(f"{path.name} has no rows. Give a dataset with at least one row.")
        if "" in parts:
            return replace(parts[""], recognized=f"a saved Hugging Face dataset of {rows_of(n_rows)}")
        named = f"a saved Hugging Face dataset of {rows_of(n_rows)} in the splits {', '.join(parts)}"
        return replace(joined(parts), recognized=named)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with dropped rows, and cells that no text gives back, as Arrow data.

        Before a row stands the file that it was in; before a cell, or alone, how many classes its column had.
        """
        splits = read_saved(path)
        each = [
            (shard, features)
            for split in splits
            for features in [features_of(split)]
            for shard in split.shards
        ]
        starts = starts_of([shard.table.num_rows for shard, _ in each])
        exact = []
        for correction in corrections:
            part = part_of(starts, correction.row)
            raw, old = _raw(*each[part], replace(correction, row=correction.row - starts[part]), path)
            exact.append(replace(correction, raw=raw, old=old))
        return exact

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected folder with the schemas, the shards and the files of the original."""
        splits = read_saved(path)
        work = list(_by_shard(splits, corrections, Counter()))
        classes = _with_new(_classes(splits), work)
        tables = {
            shard.name: with_corrections(shard.table, coded(local, classes[split]))
            for split, shard, local in work
        }
        write_saved(path, target, splits, tables, classes)

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a folder whose tables equal those of the original."""
        splits = read_saved(corrected)
        classes = _without_new(_classes(splits), corrections)
        dropped = Counter(_word(c) for c in corrections if c.column is None)
        tables = {
            shard.name: taken_back(shard.table, coded(map(_without_word, local), classes[split]))
            for split, shard, local in _by_shard(splits, corrections, dropped)
        }
        write_saved(corrected, target, splits, tables, classes)


def _reading(split: SavedSplit, folder: Path) -> Reading:
    with fitting(f"{folder.name}/{split.name}".rstrip("/")):
        table = pa.concat_tables([shard.table for shard in split.shards])
        return hub_reading(table, features_of(split), folder, within=folder)


def _classes(splits: Sequence[SavedSplit]) -> _Classes:
    return {split.name: class_names(features_of(split)) for split in splits}


def _by_shard(
    splits: Sequence[SavedSplit], corrections: Sequence[Correction], dropped: Mapping[str, int]
) -> Iterator[tuple[str, Shard, list[Correction]]]:
    """Yield each shard with its split and its corrections, their rows counted from its start.

    ``dropped`` says of how many rows a shard has lost that count as well.
    """
    each = [(split.name, shard) for split in splits for shard in split.shards]
    if strange := set(dropped) - {shard.name for _, shard in each}:
        raise InputError(
            f"The patch dropped rows of {min(strange)!r}, and there is no such file. Nothing was written."
        )
    sizes = [shard.table.num_rows + dropped.get(shard.name, 0) for _, shard in each]
    for (split, shard), local in zip(each, by_part(corrections, sizes), strict=True):
        yield split, shard, local


def _raw(shard: Shard, features: Features, correction: Correction, folder: Path) -> tuple[str | None, Json]:
    """Return what takes a correction of a shard back: its ``raw`` and its ``old``."""
    table, name = plain(shard.table), correction.column
    if name is None:
        row = table.slice(correction.row, 1)
        (cells,) = hub_reading(row, features, folder).table.to_pylist()
        old = {column: readable(value) for column, value in cells.items()}
        return f"{shard.name} {packed(row)}", correction.old or old
    classes = class_names(features)
    raw = filled(table, *coded([correction], classes)).raw
    if name in classes:  # even if there is no new one: somebody may edit the patch
        raw = f"{len(classes[name])} {raw or ''}"
    return raw, correction.old


def _new_class(correction: Correction, classes: Classes) -> str | None:
    """Return the class that a correction brings and that has no number yet."""
    names = classes.get(correction.column or "")
    if names is None or correction.new is None:
        return None
    return None if (name := as_text(correction.new)) in names else name


def _word(correction: Correction) -> str:
    """Return what stands before the Arrow data of a correction."""
    return (correction.raw or "").rpartition(" ")[0]


def _without_word(correction: Correction) -> Correction:
    return replace(correction, raw=(correction.raw or "").rpartition(" ")[2] or None)


def _with_new(classes: _Classes, work: Sequence[tuple[str, Shard, list[Correction]]]) -> _Classes:
    """Return the classes with those that corrections bring at their end."""
    added: dict[str, dict[str, None]] = {}
    for split, _, local in work:
        for c in local:
            if (new := _new_class(c, classes[split])) is not None:
                added.setdefault(str(c.column), {})[new] = None
    for column, names in added.items():
        _refuse_addition(column, next(iter(names)), classes, work)
    return {
        split: {column: [*names, *added.get(column, ())] for column, names in of.items()}
        for split, of in classes.items()
    }


def _refuse_addition(
    column: str, name: str, classes: _Classes, work: Sequence[tuple[str, Shard, list[Correction]]]
) -> None:
    """Raise where a new class would stand for other things as well: by split, or by a number without a name."""
    known = [of[column] for of in classes.values() if column in of]
    if any(names != known[0] for names in known):
        raise InputError(
            f"The splits name the classes of column {column!r} differently, so {name!r} cannot be added to them. "
            "Give them the same names first."
        )
    codes = [pc.max(shard.table[column]).as_py() for split, shard, _ in work if column in classes[split]]
    if max((code for code in codes if code is not None), default=-1) >= len(known[0]):
        raise InputError(
            f"Column {column!r} has numbers without a name, so {name!r} cannot be added to its classes. "
            "Name them all first."
        )


def _without_new(classes: _Classes, corrections: Sequence[Correction]) -> _Classes:
    n_before = {c.column: int(_word(c)) for c in corrections if c.column is not None and _word(c).isdecimal()}
    return {
        split: {column: names[: n_before.get(column)] for column, names in of.items()}
        for split, of in classes.items()
    }
