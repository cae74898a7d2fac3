"""ONNX files written by hand: they are protocol buffers, of which a network needs a dozen kinds of field.

The field numbers are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from emendata.records import Float32Array

__all__ = ["Graph", "Node", "Setting"]

_IR_VERSION = 8
_OPERATORS = 17  # version of the operator set
_FLOAT, _UINT8 = 1, 2  # types of tensors
_AS_INT, _AS_STRING, _AS_INTS = 2, 3, 7  # types of attributes

Setting = int | str | tuple[int, ...]


@dataclass(frozen=True)
class Node:
    """One step of a network: an operator, the names that go in, the name that comes out, and its settings."""

    operator: str
    inputs: tuple[str, ...]
    output: str
    settings: Mapping[str, Setting] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """A network from bytes ``pixels`` of a shape to numbers ``features`` of a shape."""

    nodes: tuple[Node, ...]
    constants: Mapping[str, Float32Array]
    shape_in: tuple[int, ...]
    shape_out: tuple[int, ...]

    def to_bytes(self) -> bytes:
        """Return the content of the ONNX file.

        Examples
        --------
        >>> floats = Graph((Node("Cast", ("pixels",), "features", {"to": 1}),), {}, (2,), (2,))
        >>> len(floats.to_bytes())
        100
        """
        graph = b"".join(_message(1, _node(node)) for node in self.nodes)
        graph += _text(2, "network")
        graph += b"".join(_message(5, _constant(name, value)) for name, value in self.constants.items())
        graph += _message(11, _value("pixels", _UINT8, self.shape_in))
        graph += _message(12, _value("features", _FLOAT, self.shape_out))
        return _number(1, _IR_VERSION) + _message(7, graph) + _message(8, _number(2, _OPERATORS))


def _node(node: Node) -> bytes:
    inputs = b"".join(_text(1, name) for name in node.inputs)
    settings = b"".join(_message(5, _setting(name, value)) for name, value in node.settings.items())
    return inputs + _text(2, node.output) + _text(4, node.operator) + settings


def _setting(name: str, value: Setting) -> bytes:
    if isinstance(value, str):
        return _text(1, name) + _text(4, value) + _number(20, _AS_STRING)
    if isinstance(value, tuple):
        return _text(1, name) + _numbers(8, value) + _number(20, _AS_INTS)
    return _text(1, name) + _number(3, value) + _number(20, _AS_INT)


def _constant(name: str, value: Float32Array) -> bytes:
    raw = np.ascontiguousarray(value, "<f4").tobytes()
    return _numbers(1, value.shape) + _number(2, _FLOAT) + _text(8, name) + _message(9, raw)


def _value(name: str, kind: int, shape: Iterable[int]) -> bytes:
    sizes = b"".join(_message(1, _number(1, size)) for size in shape)
    return _text(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, sizes)))


# Protocol buffers: a field is its number and wire type, then its content.


def _number(place: int, value: int) -> bytes:
    return _varint(place << 3) + _varint(value)


def _numbers(place: int, values: Iterable[int]) -> bytes:
    return b"".join(_number(place, value) for value in values)


def _text(place: int, value: str) -> bytes:
    return _message(place, value.encode())


def _message(place: int, content: bytes) -> bytes:
    return _varint(place << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Return seven bits a byte, the lowest first; the eighth says that more follow."""
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*groups, value))
