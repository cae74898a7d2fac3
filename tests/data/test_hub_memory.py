import datasets
import pytest
from tests.corrections.patches import drop, relabel
from tests.data.hub import FEATURES, kinds_only, pets

from emendata.data import open_dataset
from emendata.data.hub_memory import corrected_hub, is_hub
from emendata.errors import InputError


def test_a_dataset_is_read_as_it_was_selected_and_shuffled() -> None:
    chosen = pets().shuffle(seed=1).select([4, 0, 2]).with_format("numpy", columns=["kind"])
    dataset = open_dataset(chosen)
    codes = chosen.with_format(None)["kind"][:]
    assert dataset.table["kind"].to_pylist() == [{0: "cat", 1: "dog"}.get(code) for code in codes]
    assert dataset.table["text"].to_pylist() == chosen.with_format(None)["text"][:]
    assert (dataset.label, dataset.recognized) == ("kind", "a Hugging Face dataset of 3 rows")
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(datasets.Image, "decode_example")
        assert (dataset.media["scan"].read(2) or b"").startswith(b"\x89PNG")


def test_the_splits_of_a_dict_are_joined() -> None:
    both = datasets.DatasetDict(train=pets([0, 1]), test=pets([1]))
    dataset = open_dataset(both)
    assert dataset.table["split"].to_pylist() == ["train", "train", "test"]
    assert dataset.names("split") == ["split"]
    assert dataset.recognized == "a Hugging Face dataset of 3 rows in the splits train, test"
    made = corrected_hub(both, [relabel(2, "kind", "dog", "cat"), drop(0)])
    assert isinstance(made, datasets.DatasetDict)
    assert (made["train"]["kind"][:], made["test"]["kind"][:]) == ([1], [0])


def test_a_corrected_dataset_keeps_features_split_and_format() -> None:
    whole = pets([0, 1, 1])
    source = whole.select([2, 0]).with_format("numpy", columns=["kind", "text"])
    made = corrected_hub(source, [relabel(0, "kind", "dog", "cat")])
    assert type(made) is datasets.Dataset
    assert made.features == FEATURES
    assert made.format == source.format
    assert made["kind"][:].tolist() == [0, 0]
    assert made.with_format(None)[0]["scan"].getpixel((0, 0)) == (20, 20, 20)
    assert whole["kind"][:] == [0, 1, 1]


def test_what_cannot_be_read_or_corrected_is_said() -> None:
    with pytest.raises(InputError, match=r"The dataset has no rows\. Give one with at least one row\."):
        open_dataset(kinds_only([]))
    with pytest.raises(InputError, match="'cow' does not fit column 'kind'"):
        corrected_hub(kinds_only([0]), [relabel(0, "kind", "cat", "cow")])
    assert not is_hub({})
    assert not is_hub({"train": kinds_only([0]), "other": [1]})
