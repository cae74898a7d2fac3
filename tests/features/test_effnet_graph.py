from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from emendata.features.effnet_graph import effnet_graph
from emendata.features.effnet_weights import Weights, load_weights
from emendata.features.onnx_file import Graph

SIDE = 10


@pytest.fixture(scope="module")
def weights() -> Weights:
    return load_weights()


def run(graph: Graph, pixels: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph.to_bytes(), providers=["CPUExecutionProvider"])
    (features,) = session.run(None, {"pixels": pixels})
    return np.asarray(features)


def beginning(graph: Graph, n_steps: int, shape: tuple[int, ...]) -> Graph:
    *first, last = graph.nodes[:n_steps]
    return replace(graph, nodes=(*first, replace(last, output="features")), shape_out=shape)


def convolved(planes: np.ndarray, filters: np.ndarray, stride: int) -> np.ndarray:
    """Do one convolution of (channels, side, side) in the plainest way, padded as TensorFlow pads."""
    n_out, n_in, kernel, _ = filters.shape
    side = planes.shape[1]
    size = -(-side // stride)
    lacking = max((size - 1) * stride + kernel - side, 0)
    padded = np.pad(planes, ((0, 0), *[(lacking // 2, lacking - lacking // 2)] * 2))
    out = np.zeros((n_out, size, size))
    for channel in range(n_out):
        source = padded if n_in > 1 or n_out == 1 else padded[channel : channel + 1]
        for y in range(size):
            for x in range(size):
                window = source[:, y * stride : y * stride + kernel, x * stride : x * stride + kernel]
                out[channel, y, x] = (window * filters[channel]).sum()
    return out


def normed(planes: np.ndarray, weights: Weights, name: str) -> np.ndarray:
    mean, variance, scale, shift = (
        weights[f"{name}.{part}"][:, None, None] for part in ("running_mean", "running_var", "weight", "bias")
    )
    return (planes - mean) / np.sqrt(variance + 1e-3) * scale + shift


def test_stem_and_first_block_are_what_the_plainest_way_gives(weights: Weights) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (1, SIDE, SIDE, 3), dtype=np.uint8)
    planes = (pixels[0].transpose(2, 0, 1) - 127.0) / 128
    for conv, norm, stride in (
        ("_conv_stem", "_bn0", 2),
        ("_blocks.0._depthwise_conv", "_blocks.0._bn1", 1),
    ):
        planes = np.clip(normed(convolved(planes, weights[f"{conv}.weight"], stride), weights, norm), 0, 6)
    planes = normed(
        convolved(planes, weights["_blocks.0._project_conv.weight"], 1), weights, "_blocks.0._bn2"
    )
    scaling, stem, depthwise, projection = 4, 2, 2, 1
    graph = effnet_graph(weights, SIDE, 1)
    block = beginning(graph, scaling + stem + depthwise + projection, (1, 16, 5, 5))
    assert run(block, pixels)[0] == pytest.approx(planes, abs=1e-4)


def test_all_weights_but_the_classifier_are_used(weights: Weights) -> None:
    used = {name.removesuffix(".filters") for name in effnet_graph(weights, SIDE, 1).constants}
    there = {name.removesuffix(".weight") for name in weights if name.endswith("conv.weight")}
    assert there | {"_conv_stem", "_conv_head"} <= used


def test_features_are_1280_averages_that_are_never_negative(weights: Weights) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 64, 64, 3), dtype=np.uint8)
    features = run(effnet_graph(weights, 64, 2), pixels)
    assert features.shape == (2, 1280)
    assert features.min() >= 0
    assert 0 < features.mean() < 6
