"""The files of a dataset that Hugging Face's library saved to disk: found, read and written."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from emendata.data.arrow import ArrowSource
from emendata.data.hub_features import Classes, Features
from emendata.data.tree import copy_files, files_below, is_plain
from emendata.errors import InputError
from emendata.files import write_folder

__all__ = ["SavedSplit", "Shard", "features_of", "fitting", "is_saved", "read_saved", "write_saved"]

_STATE, _INFO, _SPLITS = "state.json", "dataset_info.json", "dataset_dict.json"
_DATA, _INDICES = "_data_files", "_indices_files"
_CACHED = re.compile(r"cache-.*\.arrow")
_METADATA = b"huggingface"
_WAY_OUT = "Save or download the dataset again."


@dataclass(frozen=True)
class Shard:
    """One file of rows: its name relative to the folder, with slashes, and its table."""

    name: str
    table: pa.Table


@dataclass(frozen=True)
class SavedSplit:
    """One saved dataset: what its two JSON files say, and its shards in order, none where it has no rows.

    ``name`` is that of the split and of its folder, ``""`` for a dataset that has no splits.
    """

    name: str
    state: Mapping[str, Any]
    info: Mapping[str, Any]
    shards: tuple[Shard, ...]


class _ShardFile(ArrowSource):
    """An Arrow stream whose cells stay on disk until somebody looks at them."""

    def load(self, path: Path) -> pa.Table:
        with pa.memory_map(os.fsdecode(path)) as file, pa.ipc.open_stream(file) as reader:
            table = reader.read_all()
        table.validate(full=True)
        return table


_FILE = _ShardFile()


def is_saved(folder: Path) -> bool:
    """Tell whether a folder is what ``save_to_disk`` of a dataset, or of a dict of datasets, writes."""
    return (folder / _SPLITS).is_file() or all((folder / name).is_file() for name in (_STATE, _INFO))


def read_saved(folder: Path) -> list[SavedSplit]:
    """Return the splits of a saved dataset, or the one dataset that it is.

    Raises
    ------
    InputError
        If one of its files is missing or damaged, or names a file outside the folder.
    """
    if not (folder / _SPLITS).is_file():
        return [_split(folder, "")]
    names = _json(folder, _SPLITS).get("splits")
    if not isinstance(names, list) or not names:
        raise InputError(f"{folder.name}/{_SPLITS} names no splits. {_WAY_OUT}")
    return [_split(folder, _plain_name(folder, _SPLITS, name)) for name in names]


@contextmanager
def fitting(name: str) -> Iterator[None]:
    """Turn what Arrow says of files that do not fit each other into an `InputError`."""
    try:
        yield
    except pa.ArrowException as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(f"The files of {name} do not fit each other ({why}). {_WAY_OUT}") from error


def features_of(split: SavedSplit) -> Features:
    """Return what a dataset says of its columns: beside its shards, or else in the first of them."""
    found = split.info.get("features")
    for shard in split.shards[:1]:
        inside = json.loads((shard.table.schema.metadata or {}).get(_METADATA, b"{}"))
        found = found or inside.get("info", {}).get("features")
    return found if isinstance(found, Mapping) else {}


def write_saved(
    folder: Path,
    target: Path,
    splits: Sequence[SavedSplit],
    tables: Mapping[str, pa.Table],
    classes: Mapping[str, Classes],
) -> None:
    """Write a folder like ``folder``, with other tables for its shards and other names for its classes.

    All files are copied that are neither shards nor cached results of Hugging Face's library.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        By name of a shard.
    classes : mapping of str to Classes
        By name of a split.
    """
    with write_folder(target) as made:
        copy_files(folder, made, {name: name for name in _others(folder, splits)})
        for split in splits:
            (made / split.name).mkdir(parents=True, exist_ok=True)
            for shard in split.shards:
                table = _with_metadata(tables[shard.name], classes[split.name])
                _FILE.write_like(folder / shard.name, made / shard.name, table)
            _write_json(made / split.name / _INFO, _new_info(split, classes[split.name]))
            _write_json(made / split.name / _STATE, _new_state(split))


def _split(folder: Path, name: str) -> SavedSplit:
    state, info = (_json(folder / name, file) for file in (_STATE, _INFO))
    shards = [_shard(folder, name, file) for file in _files(folder / name, state, _DATA)]
    if indices := _files(folder / name, state, _INDICES):
        shards = [_chosen(shards, [_shard(folder, name, file) for file in indices])]
    return SavedSplit(name, state, info, tuple(shards))


def _others(folder: Path, splits: Sequence[SavedSplit]) -> list[str]:
    """Return the files of a saved dataset that are kept as they are."""
    rows = {
        _in_split(split.name, file)
        for split in splits
        for key in (_DATA, _INDICES)
        for file in _files(folder / split.name, split.state, key)
    }
    names = [name for name in files_below(folder) if name not in rows]
    return [name for name in names if not _CACHED.fullmatch(name.rpartition("/")[2])]


def _in_split(split: str, file: str) -> str:
    return f"{split}/{file}" if split else file


def _shard(folder: Path, split: str, file: str) -> Shard:
    name = _in_split(split, file)
    if not (folder / name).is_file():
        raise InputError(f"{folder.name} lacks its file {name}. {_WAY_OUT}")
    return Shard(name, _FILE.read_exactly(folder / name))


def _chosen(shards: Sequence[Shard], indices: Sequence[Shard]) -> Shard:
    """Return the rows that a dataset was narrowed to before it was saved, as one shard under the first one's name."""
    rows = pa.concat_tables([shard.table for shard in indices]).column(0)
    with fitting(shards[0].name):
        return Shard(shards[0].name, pa.concat_tables([shard.table for shard in shards]).take(rows))


def _files(folder: Path, state: Mapping[str, Any], key: str) -> list[str]:
    return [_plain_name(folder, _STATE, file.get("filename")) for file in state.get(key) or ()]


def _plain_name(folder: Path, file: str, name: object) -> str:
    """Return a name that a file gives, unless it leads out of the folder."""
    if not isinstance(name, str) or not is_plain(name):
        raise InputError(
            f"{folder.name}/{file} names {name!r}, which is not the name of something in it. {_WAY_OUT}"
        )
    return name


def _json(folder: Path, file: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{folder.name}/{file} cannot be read ({why}). {_WAY_OUT}") from error
    if not isinstance(found, dict):
        raise InputError(f"{folder.name}/{file} holds no JSON object. {_WAY_OUT}")
    return found


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2), "utf-8")


def _new_info(split: SavedSplit, classes: Classes) -> dict[str, Any]:
    beside = split.info.get("features")
    return {**split.info, "features": beside and _with_classes(beside, classes)}


def _new_state(split: SavedSplit) -> dict[str, Any]:
    """Return a state without fingerprint, under which Hugging Face's library would find results of other rows."""
    files = [{"filename": Path(shard.name).name} for shard in split.shards]
    return {**split.state, _DATA: files, _INDICES: None, "_fingerprint": None}


def _with_metadata(table: pa.Table, classes: Classes) -> pa.Table:
    metadata = dict(table.schema.metadata or {})
    if _METADATA in metadata:
        said = json.loads(metadata[_METADATA])
        said["info"]["features"] = _with_classes(said["info"]["features"], classes)
        metadata[_METADATA] = json.dumps(said).encode()
    return table.replace_schema_metadata(metadata)


def _with_classes(features: Features, classes: Classes) -> Features:
    return {
        name: {**feature, "names": list(classes[name])} if name in classes else feature
        for name, feature in features.items()
    }
