import pyarrow as pa
import pytest

from emendata.data.hub_features import class_names, coded, hub_reading
from emendata.records import Correction, Json

KINDS = {"_type": "ClassLabel", "names": ["cat", "dog"]}


def test_classes_without_names_are_called_by_their_numbers() -> None:
    features = {
        "a": {"_type": "ClassLabel", "num_classes": 2, "names": None},
        "b": {"_type": "Value"},
        "c": [KINDS],
    }
    assert class_names(features) == {"a": ["0", "1"]}


def test_what_is_no_class_keeps_its_value(tmp_path_factory: pytest.TempPathFactory) -> None:
    table = pa.table(
        {"y": pa.array([1, None, -1, 5], pa.int16()), "n": [0.5] * 4, "odd": ["x", "y", "z", ""]}
    )
    reading = hub_reading(table, {"y": KINDS, "n": {"_type": "Value"}}, tmp_path_factory.getbasetemp())
    assert reading.table.to_pydict() == {
        "y": ["dog", None, None, "5"], "n": [0.5] * 4, "odd": ["x", "y", "z", None],
    }  # fmt: skip


def test_bytes_and_names_of_files_are_media_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("media")
    (folder / "a.wav").write_bytes(b"RIFF....WAVE")
    table = pa.table({"scan": [b"GIF8", None], "said": ["a.wav", "odd\0name"]})
    reading = hub_reading(table, {"scan": {"_type": "Image"}, "said": {"_type": "Audio"}}, folder)
    scan, said = reading.media["scan"], reading.media["said"]
    assert (scan.read(0), scan.read(1), said.read(0)) == (b"GIF8", None, b"RIFF....WAVE")
    assert said.role == "audio"
    with pytest.raises(OSError, match="null"):
        said.read(1)


@pytest.mark.parametrize(
    ("value", "code"), [("dog", 1), ("cow", "cow"), (None, None), ("1", "1"), (1, 1)]
)  # fmt: skip
def test_a_class_with_a_number_is_corrected_as_that(value: Json, code: Json) -> None:
    fix = Correction("relabel", 0, "", "y", value, value, "", {}, 0.1)
    assert [(c.old, c.new) for c in coded([fix], {"y": ["cat", "dog"]})] == [(code, code)]
    assert coded([fix], {"z": ["cat", "dog"]}) == [fix]


def test_a_missing_label_is_no_class_without_a_name() -> None:
    fix = Correction("relabel", 0, "", "y", "", None, "", {}, 0.1)
    assert [(c.old, c.new) for c in coded([fix], {"y": ["", "dog"]})] == [(0, None)]
