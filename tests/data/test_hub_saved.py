from pathlib import Path

import datasets
import pyarrow as pa
from tests.data.hub import FEATURES, kinds_only, save

from emendata.data.hub_saved import features_of, read_saved, write_saved


def test_cells_stay_on_disk_until_they_are_looked_at(tmp_path: Path) -> None:
    texts = datasets.Dataset.from_dict({"text": ["x" * 1000] * 5000})
    texts.save_to_disk(str(tmp_path / "texts"))
    before = pa.total_allocated_bytes()
    (split,) = read_saved(tmp_path / "texts")
    assert split.shards[0].table.nbytes > 5_000_000
    assert pa.total_allocated_bytes() - before < 1_000_000


def test_features_stand_beside_the_shards_or_in_them(tmp_path: Path) -> None:
    (split,) = read_saved(save(tmp_path / "pets", train=kinds_only([0, 1])))
    wanted = {"kind": FEATURES.to_dict()["kind"]}
    assert features_of(split) == wanted
    alone = type(split)(split.name, split.state, {}, split.shards)
    assert features_of(alone) == wanted


def test_the_names_of_classes_change_in_both_places(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=kinds_only([0, 1]))
    (split,) = read_saved(folder)
    tables = {shard.name: shard.table for shard in split.shards}
    write_saved(folder, tmp_path / "made", [split], tables, {"train": {"kind": ["cat", "dog", "cow"]}})
    (made,) = read_saved(tmp_path / "made")
    assert features_of(made)["kind"]["names"] == ["cat", "dog", "cow"]
    assert features_of(type(made)(made.name, made.state, {}, made.shards)) == features_of(made)
