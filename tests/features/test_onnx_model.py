"""Networks in ONNX files, small enough to be written here."""

from pathlib import Path

import numpy as np
import pytest
from tests.features.pictures import encoded, photo

from emendata.errors import InputError
from emendata.features.image_reading import read_image
from emendata.features.named import named_embedder
from emendata.features.onnx_file import Graph, Node
from emendata.records import Role
from emendata.testing import check_row_embedder

PICTURES = [encoded(photo(16, 16, seed=seed)) for seed in range(11)]


def colour_means(axis: int, n_batch: int = 4) -> Graph:
    """Return a network that gives the mean of each colour of pictures of bytes, 16 pixels a side."""
    shape = [n_batch, 16, 16]
    shape.insert(axis, 3)
    places = tuple(i for i in (1, 2, 3) if i != axis)
    nodes = (
        Node("Cast", ("pixels",), "numbers", {"to": 1}),
        Node("ReduceMean", ("numbers",), "features", {"axes": places, "keepdims": 0}),
    )
    return Graph(nodes, {}, tuple(shape), (n_batch, 3))


def saved(graph: Graph, folder: Path) -> str:
    (folder / "model.onnx").write_bytes(graph.to_bytes())
    return f"onnx:{folder / 'model.onnx'}"


@pytest.mark.parametrize("axis", [1, 3])
def test_pictures_of_bytes_go_in_as_they_are_wherever_colours_stand(axis: int, tmp_path: Path) -> None:
    embedder = named_embedder(saved(colour_means(axis), tmp_path), Role.IMAGE)
    check_row_embedder(embedder, PICTURES, PICTURES[0][:99])
    pixels = [read_image(picture) for picture in PICTURES]
    means = [np.asarray(each, dtype=np.float64).mean(axis=(0, 1)) for each in pixels]
    assert np.allclose(embedder.vectors(PICTURES).values, means, atol=1e-3)


def test_places_that_a_network_keeps_are_averaged(tmp_path: Path) -> None:
    nodes = (Node("Cast", ("pixels",), "features", {"to": 1}),)
    both = [
        named_embedder(saved(graph, tmp_path), Role.IMAGE).vectors(PICTURES).values
        for graph in (Graph(nodes, {}, (1, 3, 16, 16), (1, 3, 16, 16)), colour_means(1))
    ]
    assert np.allclose(both[0], both[1], atol=1e-3)


def test_fractions_are_scaled_as_networks_of_imagenet_expect_them(tmp_path: Path) -> None:
    torch_like = colour_means(1).to_bytes()
    pixels = bytes([8, 2, 18])  # the type of the input: two is bytes, one is float
    assert torch_like.count(pixels) == 1
    (tmp_path / "model.onnx").write_bytes(torch_like.replace(pixels, bytes([8, 1, 18])))
    values = named_embedder(f"onnx:{tmp_path / 'model.onnx'}", Role.IMAGE).vectors(PICTURES[:1]).values
    means = np.asarray(read_image(PICTURES[0]), dtype=np.float64).mean(axis=(0, 1)) / 255
    assert np.allclose(values[0], (means - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225], atol=1e-4)


def test_a_network_that_takes_something_else_is_told(tmp_path: Path) -> None:
    flat = Graph((Node("Cast", ("pixels",), "features", {"to": 1}),), {}, (4, 48), (4, 48))
    with pytest.raises(
        InputError, match=r"takes pixels of type tensor\(uint8\) and shape \[4, 48\]\. Only networks"
    ):
        named_embedder(saved(flat, tmp_path), Role.IMAGE).vectors(PICTURES)


def test_a_file_that_is_gone_or_no_network_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        _ = named_embedder(f"onnx:{tmp_path / 'model.onnx'}", Role.IMAGE).name
    (tmp_path / "model.onnx").write_bytes(b"no network")
    with pytest.raises(InputError, match=r"model\.onnx cannot be loaded"):
        named_embedder(f"onnx:{tmp_path / 'model.onnx'}", Role.IMAGE).vectors(PICTURES)


def test_another_network_in_the_file_is_another_name(tmp_path: Path) -> None:
    first = named_embedder(saved(colour_means(1), tmp_path), Role.IMAGE).name
    assert named_embedder(saved(colour_means(1), tmp_path), Role.IMAGE).name == first
    assert named_embedder(saved(colour_means(3), tmp_path), Role.IMAGE).name != first
