import sys
from typing import Any

import numpy as np
import pytest

from emendata.data import Dataset, open_dataset
from emendata.errors import InputError
from emendata.features.libraries import LIBRARIES
from emendata.features.named import embedders_by_column, named_embedder, recorded
from emendata.records import Role


def films() -> Dataset:
    columns = {
        "title": ["a good film", "a bad film", "one more film"],
        "review": ["i liked it a lot", "i fell asleep early", "not sure what to say"],
        "text": ["red", "blue", "red"],
        "stars": [3.5, 1.0, 2.25],
    }
    roles = {"title": "text", "review": "text", "text": "category", "stars": "number"}
    return open_dataset(columns, roles=roles)


def pictures() -> Dataset:
    return open_dataset(
        {"photo": [b"P6 1 1 255 ABC", b"P6 1 1 255 ABD", b"P6 1 1 255 ABE"]}, roles={"photo": "image"}
    )


def one(texts: list[str]) -> Any:
    return np.ones((len(texts), 1))


def two(texts: list[str]) -> Any:
    return np.ones((len(texts), 2))


def test_a_role_is_for_all_its_columns_and_a_column_wins() -> None:
    plain = open_dataset({"a": ["x y z", "u v w"], "b": ["k l m", "n o p"]}, roles={"a": "text", "b": "text"})
    for wanted in ({"text": one, "b": two}, {"b": two, "text": one}):
        made = embedders_by_column(wanted, plain)
        widths = {name: embedder.vectors(["word"]).values.shape[1] for name, embedder in made.items()}
        assert widths == {"a": 1, "b": 2}


def test_columns_of_one_role_share_a_model() -> None:
    plain = open_dataset({"a": ["x y z", "u v w"], "b": ["k l m", "n o p"]}, roles={"a": "text", "b": "text"})
    made = embedders_by_column({"text": one}, plain)
    assert made["a"] is made["b"]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"titel": one}, "There is no column or role 'titel'. Did you mean 'title'?"),
        (
            {"stars": one},
            "Column 'stars' is read as number, and models embed text, image and audio. Leave its embedder out, or "
            "say what the column holds: --role stars=text",
        ),
        (
            {"text": one},  # the column wins over the role, and holds something else
            "Column 'text' is read as category, and models embed text, image and audio. Leave its embedder out, or "
            "say what the column holds: --role text=text",
        ),
        ({"image": one}, "There is no column of role 'image' to embed. Leave its embedder out."),
        ({"title": 5}, "An embedder is LIBRARY:MODEL, such as 'timm:resnet18', or a function; got 5."),
        (
            {"title": "timm"},
            "An embedder is LIBRARY:MODEL, such as 'timm:resnet18', or a function; got 'timm'.",
        ),
        (
            {"title": "timm:"},
            "An embedder is LIBRARY:MODEL, such as 'timm:resnet18', or a function; got 'timm:'.",
        ),
        (
            {"title": "sentence_transformers:all-mpnet-base-v2"},
            "There is no library 'sentence_transformers'. Did you mean 'sentence-transformers'?",
        ),
        (
            {"title": "timm:resnet18"},
            "timm embeds no text columns. These do: sentence-transformers, transformers, python.",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_with_the_way_out(wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        embedders_by_column(wanted, films())
    assert str(caught.value) == message


@pytest.mark.parametrize("chosen", ["timm", "timm:", "", 5])
def test_what_is_no_model_is_refused_before_anything_is_kept(chosen: Any) -> None:
    with pytest.raises(InputError, match="An embedder is LIBRARY:MODEL"):
        recorded({"text": chosen})


@pytest.mark.parametrize(
    "library", [each for each in LIBRARIES if each.extra == "models"], ids=lambda each: each.name
)
def test_a_library_that_is_not_installed_says_how_to_install_it(
    library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library.package, None)
    role = library.roles[0]
    column = {Role.TEXT: "title", Role.IMAGE: "photo"}[role]
    data = films() if role is Role.TEXT else pictures()
    with pytest.raises(InputError) as caught:
        embedders_by_column({column: f"{library.name}:some-model"}, data)
    assert str(caught.value) == (
        f"{library.name}:some-model cannot be used yet. This needs {library.package}. Install it: "
        "pip install 'emendata[models]'"
    )


def test_names_of_functions_are_theirs_or_never_the_same() -> None:
    def mine(texts: list[str]) -> Any:
        return one(texts)

    assert named_embedder(mine, Role.TEXT).name != named_embedder(mine, Role.TEXT).name
    assert not named_embedder(mine, Role.TEXT).is_lasting
    mine.name = "mine 2"  # type: ignore[attr-defined]
    assert named_embedder(mine, Role.TEXT).name == named_embedder(mine, Role.TEXT).name
    assert named_embedder(mine, Role.TEXT).is_lasting


def test_a_project_keeps_of_functions_only_a_name_and_never_calls_them() -> None:
    def mine(texts: list[str]) -> Any:
        return one(texts)

    mine.name = "mine 2"  # type: ignore[attr-defined]
    kept = recorded(
        {"text": mine, "title": "transformers:some-model", "review": one, "more": "python:math:sqrt"}
    )
    assert kept == {
        "text": "kept:mine 2",
        "title": "transformers:some-model",
        "review": "kept:",
        "more": "kept:",
    }
    assert recorded(kept) == kept
    again = named_embedder(kept["text"], Role.TEXT)
    assert again.name == named_embedder(mine, Role.TEXT).name
    with pytest.raises(
        InputError, match=r"the function 'mine 2', and not all of it is kept\. A project runs no"
    ):
        again.vectors(["word"])
    with pytest.raises(InputError, match="by a function without a name, of which nothing is kept"):
        named_embedder(kept["review"], Role.TEXT)


def test_a_library_knows_its_version() -> None:
    import onnxruntime

    onnx = next(library for library in LIBRARIES if library.name == "onnx")
    assert onnx.version() == onnxruntime.__version__
