import shutil
from pathlib import Path

import pytest

from emendata.errors import InputError
from emendata.features.model_files import absolute, content_of_files, local_folder, model_file


def folder(place: Path) -> Path:
    (place / "model" / "1_Pooling").mkdir(parents=True)
    (place / "model" / "weights").write_bytes(b"1234")
    (place / "model" / "1_Pooling" / "config.json").write_text("{}")
    return place / "model"


def test_a_model_that_was_moved_is_the_same_and_one_that_was_trained_on_is_not(tmp_path: Path) -> None:
    first = folder(tmp_path)
    second = Path(shutil.copytree(first, tmp_path / "other"))
    (second / ".git").mkdir()
    (second / ".git" / "HEAD").write_text("hidden")
    assert content_of_files(first) == content_of_files(second)
    (second / "weights").write_bytes(b"1235")
    assert content_of_files(first) != content_of_files(second)


def test_moving_bytes_between_files_is_another_content(tmp_path: Path) -> None:
    for name, (one, other) in {"a": (b"12", b"3"), "b": (b"1", b"23")}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_bytes(one)
        (tmp_path / name / "y").write_bytes(other)
    assert content_of_files(tmp_path / "a") != content_of_files(tmp_path / "b")


def test_weights_beside_a_file_belong_to_it(tmp_path: Path) -> None:
    model = tmp_path / "model.onnx"
    model.write_bytes(b"graph")
    alone = content_of_files(model)
    (tmp_path / "notes.txt").write_text("nothing")
    assert content_of_files(model) == alone
    (tmp_path / "model.onnx.data").write_bytes(b"weights")
    assert content_of_files(model) != alone


def test_what_lies_here_is_told_from_what_a_hub_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert local_folder("model") == made.resolve()
    assert local_folder("org/other-model") is None
    assert absolute("model") == str(made.resolve())
    assert absolute("resnet18@model/weights") == f"resnet18@{made.resolve() / 'weights'}"
    assert absolute("org/other-model") == "org/other-model"
    assert absolute("org/model@main") == "org/model@main"
    with pytest.raises(InputError, match="There is no file model/wights"):
        model_file("model/wights")
