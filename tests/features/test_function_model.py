from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.features.pictures import encoded, photo
from tests.features.sounds import hum, packed

from emendata.errors import InputError
from emendata.features.function_model import find_function, function_name
from emendata.features.named import named_embedder
from emendata.records import Float32Array, Role
from emendata.testing import check_row_embedder


def colours(images: list[Any]) -> Any:
    assert all(image.mode == "RGB" for image in images)
    return [np.asarray(image).mean(axis=(0, 1)) for image in images]


def loudness(sounds: list[tuple[Float32Array, int]]) -> Any:
    return [[np.abs(samples).max(), rate] for samples, rate in sounds]


def lengths(texts: list[str]) -> Any:
    return [[len(text), text.count(" ")] for text in texts]


def test_functions_keep_the_contract_for_texts_images_and_sounds() -> None:
    pictures = [encoded(photo(seed=seed)) for seed in range(40)]  # more than are decoded at once
    check_row_embedder(named_embedder(lengths, Role.TEXT), ["a", "a b", "a b c"])
    check_row_embedder(named_embedder(colours, Role.IMAGE), pictures, pictures[0][:99])
    sounds = [packed(hum()), packed(hum(rate=8_000), rate=8_000), packed(hum(), "flac")]
    check_row_embedder(named_embedder(loudness, Role.AUDIO), sounds, b"RIFF")


def test_sounds_come_as_samples_and_their_rate() -> None:
    samples = hum(rate=8_000)
    values = named_embedder(loudness, Role.AUDIO).vectors([packed(samples, depth="FLOAT", rate=8_000)]).values
    assert values.tolist() == [[np.abs(samples).max(), 8_000]]


def test_a_module_of_the_current_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_embedder_7.py").write_text("def embed(texts): return [[7.0] for _ in texts]\n")
    monkeypatch.chdir(tmp_path)
    assert find_function("my_embedder_7:embed")(["a"]) == [[7.0]]


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("embed", "A function is named as MODULE:NAME, such as my_code:mine; got 'embed'."),
        (
            "no_such_module:embed",
            "Module 'no_such_module' of the function cannot be imported (ModuleNotFoundError: No module named",
        ),
        ("math:sqrrt", "Module 'math' has no function 'sqrrt'."),
        ("math:pi", "math:pi is no function."),
    ],
)
def test_a_function_that_is_not_there_is_told(model: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        find_function(model)
    assert str(caught.value).startswith(message)


def test_only_a_name_that_a_person_gave_counts() -> None:
    class Embedder:
        name = "mine 3"

        def __call__(self, texts: Any) -> Any:
            return lengths(texts)

    assert function_name(lengths) is None
    assert function_name(Embedder()) == "mine 3"
