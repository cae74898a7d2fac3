"""EfficientNet-lite0 as an ONNX network, from pixels to 1,280 features.

Tan and Le, ICML 2019; the lite kind has no squeeze-and-excitation, ReLU6 in the place of swish, and a stem and a
head that are never scaled.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from emendata.features.effnet_weights import Weights
from emendata.features.onnx_file import Graph, Node, Setting
from emendata.records import Float32Array

__all__ = ["N_FEATURES", "effnet_graph"]

N_FEATURES = 1280
_STAGES = ((1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1))  # blocks, stride of the first
_EPSILON = 1e-3  # of the batch norms


def effnet_graph(weights: Weights, side: int, batch: int) -> Graph:
    """Return the network for ``batch`` RGB images of ``side`` x ``side`` bytes a time.

    Parameters
    ----------
    weights : mapping of str to array
        The tensors of the published file, by their names there.
    """
    building = _Building(weights)
    pixels = building.scaled("pixels")
    here = building.conv(pixels, "_conv_stem", "_bn0", stride=2)
    for block, (stride, adds) in enumerate(_blocks()):
        name, before = f"_blocks.{block}.", here
        if f"{name}_expand_conv.weight" in weights:
            here = building.conv(here, f"{name}_expand_conv", f"{name}_bn0")
        here = building.conv(here, f"{name}_depthwise_conv", f"{name}_bn1", stride=stride)
        here = building.conv(here, f"{name}_project_conv", f"{name}_bn2", clipped=False)
        if adds:
            here = building.add("Add", (here, before))
    here = building.conv(here, "_conv_head", "_bn1")
    building.add("Flatten", (building.add("GlobalAveragePool", (here,)),), "features")
    return Graph(tuple(building.nodes), building.constants, (batch, side, side, 3), (batch, N_FEATURES))


def _blocks() -> Iterator[tuple[int, bool]]:
    """Yield the stride of each inverted residual, and whether what goes in is added to what comes out."""
    for n_blocks, stride in _STAGES:
        yield stride, False
        yield from [(1, True)] * (n_blocks - 1)


@dataclass
class _Building:
    """A network in the making."""

    weights: Weights
    nodes: list[Node] = field(default_factory=list)
    constants: dict[str, Float32Array] = field(default_factory=dict)

    def scaled(self, pixels: str) -> str:
        """Add the steps from bytes, channels last, to numbers around zero, channels first."""
        shift = self.constant("shift", np.array(127.0))
        scale = self.constant("scale", np.array(1 / 128))
        numbers = self.add("Cast", (pixels,), to=1)
        planes = self.add("Transpose", (numbers,), perm=(0, 3, 1, 2))
        return self.add("Mul", (self.add("Sub", (planes, shift)), scale))

    def conv(self, source: str, conv: str, norm: str, *, stride: int = 1, clipped: bool = True) -> str:
        """Add a convolution with its batch norm folded in, and ReLU6 behind it."""
        filters, bias = _folded(self.weights, conv, norm)
        n_out, n_in, kernel, _ = filters.shape
        names = source, self.constant(f"{conv}.filters", filters), self.constant(f"{conv}.bias", bias)
        groups = n_out if n_in == 1 else 1
        out = self.add(
            "Conv",
            names,
            auto_pad="SAME_UPPER",
            group=groups,
            kernel_shape=(kernel, kernel),
            strides=(stride, stride),
        )
        if not clipped:
            return out
        bounds = self.constant("zero", np.array(0.0)), self.constant("six", np.array(6.0))
        return self.add("Clip", (out, *bounds))

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants[name] = value.astype(np.float32)
        return name

    def add(self, operator: str, inputs: tuple[str, ...], output: str = "", **settings: Setting) -> str:
        output = output or f"step{len(self.nodes)}"
        self.nodes.append(Node(operator, inputs, output, settings))
        return output


def _folded(weights: Weights, conv: str, norm: str) -> tuple[np.ndarray, np.ndarray]:
    """Return filters and bias of a convolution that does what it and the batch norm behind it did."""
    mean, variance, scale, shift = (
        weights[f"{norm}.{part}"].astype(np.float64)
        for part in ("running_mean", "running_var", "weight", "bias")
    )
    factor = scale / np.sqrt(variance + _EPSILON)
    return weights[f"{conv}.weight"] * factor[:, None, None, None], shift - mean * factor
