import shutil
from dataclasses import replace
from pathlib import Path

import datasets
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corrections.patches import drop, exclude, relabel
from tests.data.hub import FEATURES, kinds_only, pets, save, write_stream

from emendata.data.hub_folder import HubFolderSource
from emendata.data.source import Dialect
from emendata.errors import InputError, OutputError
from emendata.records import Correction, Role
from emendata.testing import check_source

SOURCE = HubFolderSource()


def copy_of(folder: Path, name: str, corrections: list[Correction]) -> Path:
    target = folder.with_name(name)
    SOURCE.rewrite(folder, target, SOURCE.with_raw(folder, corrections, Dialect()), Dialect())
    return target


def test_a_saved_dataset_keeps_the_contract_of_sources(tmp_path: Path) -> None:
    pets().save_to_disk(str(tmp_path / "pets"), num_shards=2)
    changes = [relabel(0, "kind", "cat", "dog"), relabel(5, "kind", None, "cow"), exclude(1), drop(3)]
    check_source(SOURCE, tmp_path / "pets", [*changes, relabel(4, "text", "text 4", "new")], tmp_path)


def test_classes_are_named_and_pictures_are_media(tmp_path: Path) -> None:
    reading = SOURCE.read(save(tmp_path / "pets", train=pets(), test=pets([1, 0])), Dialect())
    table = reading.table
    assert table["kind"].to_pylist() == ["cat", "dog", None, "dog", "cat", None, "dog", "cat"]
    assert table["split"].to_pylist() == ["train"] * 6 + ["test"] * 2
    assert table["near"].to_pylist()[:2] == ["[0, 1]", "[1, 2]"]
    assert reading.verdicts["kind"] == (Role.LABEL, "its classes have names in the dataset")
    assert reading.verdicts["split"][0] == Role.SPLIT
    assert (reading.media["scan"].role, reading.media["scan"].n_rows) == (Role.IMAGE, 8)
    assert (reading.media["scan"].read(7) or b"").startswith(b"\x89PNG")
    assert reading.media["scan"].hashes[7] == reading.media["scan"].hashes[1]
    assert reading.recognized == "a saved Hugging Face dataset of 8 rows in the splits train, test"


def test_two_columns_of_classes_leave_the_label_open(tmp_path: Path) -> None:
    names = datasets.ClassLabel(names=["a", "b"])
    features = datasets.Features({"one": names, "two": names})
    datasets.Dataset.from_dict({"one": [0], "two": [1]}, features=features).save_to_disk(str(tmp_path / "d"))
    reading = SOURCE.read(tmp_path / "d", Dialect())
    assert reading.table.to_pydict() == {"one": ["a"], "two": ["b"]}
    assert not reading.verdicts


def test_the_corrected_copy_is_what_the_real_library_loads(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=pets(), test=pets([0, 1]))
    (folder / "README.md").write_text("kept")
    (folder / "train" / "cache-0a1b.arrow").write_bytes(b"not kept")
    corrected = copy_of(folder, "corrected", [relabel(0, "kind", "cat", "cow"), drop(1), exclude(6)])
    made = datasets.load_from_disk(str(corrected))
    assert made["train"].features["kind"].names == ["cat", "dog", "cow"]
    assert made["test"].features == made["train"].features
    assert made["train"]["kind"][:] == [2, -1, 1, 0, None]
    assert made["test"]["kind"][:] == [1]
    assert made["train"][1]["scan"].getpixel((0, 0)) == (20, 20, 20)
    assert made["train"].features["grid"] == FEATURES["grid"]
    assert made["train"]._fingerprint != datasets.load_from_disk(str(folder))["train"]._fingerprint
    left = {path.relative_to(corrected) for path in corrected.rglob("*")}
    assert left == {path.relative_to(folder) for path in folder.rglob("*")} - {Path("train/cache-0a1b.arrow")}


@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_whatever_is_corrected_comes_back_to_the_integer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    tmp_path = tmp_path_factory.mktemp("hub")
    codes = st.sampled_from([0, 1, -1, None])
    kinds = {
        split: data.draw(st.lists(codes, min_size=2, max_size=4), label=split) for split in ("train", "test")
    }
    before = datasets.DatasetDict({split: kinds_only(codes) for split, codes in kinds.items()})
    folder = save(tmp_path / "pets", **before)
    given_labels = SOURCE.read(folder, Dialect()).table["kind"].to_pylist()
    rows = st.sampled_from(range(len(given_labels)))
    chosen = data.draw(st.dictionaries(rows, st.sampled_from(["cat", "dog", "cow", "9", None, drop])))
    changes = [
        drop(r) if new is drop else relabel(r, "kind", given_labels[r], new) for r, new in chosen.items()
    ]
    exact = SOURCE.with_raw(folder, changes, Dialect())
    SOURCE.rewrite(folder, tmp_path / "corrected", exact, Dialect())
    SOURCE.restore(tmp_path / "corrected", tmp_path / "restored", exact, Dialect())
    restored = datasets.load_from_disk(str(tmp_path / "restored"))
    for split, dataset in before.items():
        assert restored[split].features == dataset.features
        assert restored[split].data.table.equals(dataset.data.table, check_metadata=True)


def test_a_class_that_somebody_wrote_into_the_patch_goes_when_it_is_taken_back(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=pets([0, 1, None]))
    changes = [relabel(0, "kind", "cat", "dog"), relabel(2, "kind", None, "dog")]
    edited = [replace(c, new="cow") for c in SOURCE.with_raw(folder, changes, Dialect())]
    SOURCE.rewrite(folder, tmp_path / "corrected", edited, Dialect())
    assert SOURCE.read(tmp_path / "corrected", Dialect()).table["kind"].to_pylist() == ["cow", "dog", "cow"]
    SOURCE.restore(tmp_path / "corrected", tmp_path / "back", edited, Dialect())
    (back,) = datasets.load_from_disk(str(tmp_path / "back")).values()
    assert back.features["kind"].names == ["cat", "dog"]
    assert back["kind"][:] == [0, 1, None]


def test_rows_that_a_dataset_was_narrowed_to_are_all_there_are(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=pets())
    state = folder / "train" / "state.json"
    state.write_text(
        state.read_text().replace(
            '"_fingerprint"', '"_indices_files": [{"filename": "indices.arrow"}], "_fingerprint"'
        )
    )
    table = pa.table({"indices": pa.array([4, 1], pa.uint64())})
    write_stream(table, folder / "train" / "indices.arrow")
    assert SOURCE.read(folder, Dialect()).table["text"].to_pylist() == ["text 4", "text 1"]
    made = datasets.load_from_disk(str(copy_of(folder, "corrected", [relabel(1, "kind", "dog", "cat")])))
    assert made["train"]["text"][:] == ["text 4", "text 1"]
    assert made["train"]["kind"][:] == [0, 0]


def test_a_picture_in_a_file_is_read_from_there_and_a_lost_one_is_a_problem_of_its_row(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "pets"
    folder.mkdir()
    paths = ["1.png", "lost.png", None]
    cells = [path and {"bytes": None, "path": path} for path in paths]
    write_stream(pa.table({"scan": pa.array(cells, FEATURES["scan"].pa_type)}), folder / "a.arrow")
    (folder / "dataset_info.json").write_text('{"features": {"scan": {"_type": "Image"}}}')
    (folder / "state.json").write_text('{"_data_files": [{"filename": "a.arrow"}]}')
    (tmp_path / "pets" / "1.png").write_bytes(b"\x89PNG...")
    reading = SOURCE.read(tmp_path / "pets", Dialect())
    assert reading.table["scan"].to_pylist() == paths
    assert reading.media["scan"].read(0) == b"\x89PNG..."
    assert reading.media["scan"].read(2) is None
    with pytest.raises(OSError, match=r"lost\.png"):
        reading.media["scan"].read(1)


def test_a_picture_outside_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder := tmp_path / "pets").mkdir()
    cells = [{"bytes": None, "path": path} for path in (str(tmp_path / "secret.png"), "../secret.png")]
    write_stream(pa.table({"scan": pa.array(cells, FEATURES["scan"].pa_type)}), folder / "a.arrow")
    (folder / "dataset_info.json").write_text('{"features": {"scan": {"_type": "Image"}}}')
    (folder / "state.json").write_text('{"_data_files": [{"filename": "a.arrow"}]}')
    for row in range(2):
        with pytest.raises(OSError, match="leads out of the folder"):
            SOURCE.read(folder, Dialect()).media["scan"].read(row)


def test_all_that_is_no_shard_is_copied_but_what_leads_elsewhere(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=pets([0, 1]))
    (folder / "embeddings.arrow").write_bytes(b"mine")
    (folder / ".gitattributes").write_text("hidden")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    made = copy_of(folder, "corrected", [relabel(0, "kind", "cat", "dog")])
    names = {path.name for path in made.iterdir()}
    assert names == {"train", "dataset_dict.json", "embeddings.arrow", ".gitattributes"}


def test_folders_are_recognized_by_what_is_in_them(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=pets())
    assert SOURCE.recognizes(folder)
    assert SOURCE.recognizes(folder / "train")
    assert not SOURCE.recognizes(tmp_path)
    (folder / "train" / "state.json").unlink()
    assert not SOURCE.recognizes(folder / "train")


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "train/data-00001-of-00002.arrow",
            None,
            "pets lacks its file train/data-00001-of-00002.arrow. Save or",
        ),
        ("train/data-00001-of-00002.arrow", b"", "data-00001-of-00002.arrow is empty."),
        (
            "train/data-00001-of-00002.arrow",
            b"nothing",
            "data-00001-of-00002.arrow is not a whole Arrow file (",
        ),
        ("train/state.json", b"{", "train/state.json cannot be read ("),
        ("train/state.json", b"[]", "train/state.json holds no JSON object. Save or download"),
        (
            "train/state.json",
            b'{"_data_files": [{"filename": "../data-00001-of-00002.arrow"}]}',
            "train/state.json names '../data-00001-of-00002.arrow', which is not the name of something in it.",
        ),
        (
            "train/dataset_info.json",
            None,
            "train/dataset_info.json cannot be read (No such file or directory).",
        ),
        ("dataset_dict.json", b'{"splits": []}', "pets/dataset_dict.json names no splits."),
        (
            "dataset_dict.json",
            b'{"splits": [".."]}',
            "pets/dataset_dict.json names '..', which is not the name",
        ),
    ],
)
def test_what_is_missing_or_damaged_is_said_in_one_line(
    tmp_path: Path, file: str, content: bytes | None, message: str
) -> None:
    folder = save(tmp_path / "pets", train=pets())
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    with pytest.raises(InputError) as caught:
        SOURCE.read(folder, Dialect())
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_shard_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    pets([0, 1] * 50).save_to_disk(str(tmp_path / "pets"))
    shard = tmp_path / "pets" / "data-00000-of-00001.arrow"
    shard.write_bytes(shard.read_bytes()[: shard.stat().st_size // 2])
    with pytest.raises(InputError, match="is not a whole Arrow file"):
        SOURCE.read(tmp_path / "pets", Dialect())


def test_shards_that_do_not_fit_each_other_are_refused(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=kinds_only([0, 1]))
    write_stream(pa.table({"kind": ["a"]}), folder / "train" / "data-00001-of-00002.arrow")
    with pytest.raises(
        InputError, match=r"The files of pets/train do not fit each other \(.*\)\. Save or download"
    ):
        SOURCE.read(folder, Dialect())
    write_stream(pa.table({"kind": ["a"]}), folder / "train" / "data-00000-of-00002.arrow")
    with pytest.raises(InputError, match="The files of pets/train do not fit each other"):
        SOURCE.read(folder, Dialect())


def test_a_dataset_without_rows_is_refused(tmp_path: Path) -> None:
    pets([0]).select([]).save_to_disk(str(tmp_path / "pets"))
    with pytest.raises(InputError, match=r"pets has no rows\. Give a dataset with at least one row\."):
        SOURCE.read(tmp_path / "pets", Dialect())


def test_all_rows_of_a_split_may_go_and_come_back(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=pets([0, 1]), test=pets([1, 0]))
    exact = SOURCE.with_raw(folder, [drop(2), drop(3)], Dialect())
    SOURCE.rewrite(folder, tmp_path / "corrected", exact, Dialect())
    assert datasets.load_from_disk(str(tmp_path / "corrected"))["test"].num_rows == 0
    SOURCE.restore(tmp_path / "corrected", tmp_path / "back", exact, Dialect())
    assert SOURCE.read(tmp_path / "back", Dialect()).table.equals(SOURCE.read(folder, Dialect()).table)


def test_splits_that_name_their_classes_differently_take_no_new_one(tmp_path: Path) -> None:
    other = pets([0, 1]).cast_column("kind", datasets.ClassLabel(names=["dog", "cat"]))
    folder = save(tmp_path / "pets", train=pets([0, 1]), test=other)
    assert SOURCE.read(folder, Dialect()).table["kind"].to_pylist() == ["cat", "dog", "dog", "cat"]
    made = datasets.load_from_disk(str(copy_of(folder, "corrected", [relabel(2, "kind", "dog", "cat")])))
    assert made["test"]["kind"][:] == [1, 1]
    with pytest.raises(
        InputError, match="The splits name the classes of column 'kind' differently, so 'cow' cannot"
    ):
        copy_of(folder, "other", [relabel(0, "kind", "cat", "cow")])
    assert not (tmp_path / "other").exists()


def test_a_number_without_a_name_is_its_own_class_and_leaves_no_room_for_a_new_one(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=kinds_only([0, 2, 1]))
    assert SOURCE.read(folder, Dialect()).table["kind"].to_pylist() == ["cat", "2", "dog"]
    made = datasets.load_from_disk(str(copy_of(folder, "corrected", [relabel(1, "kind", "2", "dog")])))
    assert made["train"]["kind"][:] == [0, 1, 1]
    with pytest.raises(
        InputError, match="Column 'kind' has numbers without a name, so 'cow' cannot be added"
    ):
        copy_of(folder, "other", [relabel(0, "kind", "cat", "cow")])


def test_nothing_is_written_over_and_a_patch_of_other_files_is_refused(tmp_path: Path) -> None:
    folder = save(tmp_path / "pets", train=pets([0, 1]))
    exact = SOURCE.with_raw(folder, [drop(0)], Dialect())
    with pytest.raises(OutputError):
        SOURCE.rewrite(folder, folder, exact, Dialect())
    shutil.copytree(folder / "train", tmp_path / "alone")
    with pytest.raises(InputError, match="The patch dropped rows of 'train/data-00000"):
        SOURCE.restore(tmp_path / "alone", tmp_path / "back", exact, Dialect())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "pets"]
