"""Images as vectors: what a pretrained network sees in them, and their gradients."""

import logging
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from emendata.engine.blocks import map_ranges
from emendata.features.block import Block, Item, Vectors
from emendata.features.effnet_graph import N_FEATURES
from emendata.features.image_block import N_GRADIENTS, image_block
from emendata.features.image_network import BATCH, SIDE, ImageNetwork, network_obstacle
from emendata.features.image_reading import Pixels, pillow_obstacle, read_image
from emendata.kernels.gradients import gradient_histograms
from emendata.records import Float32Array, Role

__all__ = ["ImageEmbedder"]

_GREY_SIDE = 32
_STEP = SIDE // _GREY_SIDE
_BRIGHTNESS = (0.299, 0.587, 0.114)  # of red, green and blue (ITU-R BT.601)
_log = logging.getLogger(__name__)


class ImageEmbedder:
    """1,280 features of EfficientNet-lite0 at 128 x 128 pixels, then 1,764 of gradient histograms at 32 x 32.

    The network knows photographs, gradients know drawings, digits and letters. Images are stretched to a square,
    so that all of each is seen.

    Parameters
    ----------
    network : bool
        Use the network where ONNX Runtime and its weights are installed. Vectors without it are gradients alone,
        and made many times as fast.

    Examples
    --------
    >>> vectors = ImageEmbedder(network=False).vectors([b"P5 1 1 255 A", b""])
    >>> vectors.values.shape, vectors.problems
    ((2, 1764), ('', 'The file is empty.'))
    """

    role = Role.IMAGE

    def __init__(self, network: bool = True) -> None:
        self._wants_network = network

    @property
    def name(self) -> str:
        """Another one with the network than without."""
        return "image_effnet_lite0_1" if self._gap is None else "image_gradients_1"

    def obstacle(self) -> str | None:
        """Say that Pillow is missing, if it is."""
        return pillow_obstacle()

    def vectors(self, items: Sequence[Item]) -> Vectors:
        """Decode and embed images on all processors.

        Raises
        ------
        InputError
            If the file of the network's weights was changed.
        """
        network = self._network
        parts = list(map_ranges(len(items), lambda rows: _embedded(items[rows], network), step=BATCH))
        width = N_GRADIENTS + (N_FEATURES if network else 0)
        return Vectors.joined(parts, width)

    def block(self, values: Float32Array, seed: int) -> Block:
        """Return 128 directions (dense, unit length) and all numbers, evened out (wide)."""
        return image_block(values, seed)

    @cached_property
    def _gap(self) -> str | None:
        """Why there is no network, or None."""
        return network_obstacle() if self._wants_network else "It is not wanted."

    @cached_property
    def _network(self) -> ImageNetwork | None:
        if self._gap is None:
            return ImageNetwork()
        if self._wants_network:
            _log.warning("Images are described by their gradients alone. %s", self._gap)
        return None


def _embedded(items: Sequence[Item], network: ImageNetwork | None) -> Vectors:
    """Embed at most a batch; an image that cannot be read is black on its way, and a row of zeros after it."""
    pixels = np.zeros((len(items), SIDE, SIDE, 3), dtype=np.uint8)
    problems = [""] * len(items)
    for i, item in enumerate(items):
        found = read_image(item.encode() if isinstance(item, str) else item, SIDE)
        if isinstance(found, str):
            problems[i] = found
        else:
            pixels[i] = found
    parts = [gradient_histograms(_grey(pixels))]
    if network is not None:
        parts.insert(0, network.features(pixels))
    values = np.hstack(parts)
    values[[problem != "" for problem in problems]] = 0
    return Vectors(values, tuple(problems))


def _grey(pixels: Pixels) -> Float32Array:
    """Return the brightness in squares of pixels, (n, 32, 32) from 0 to 255."""
    lines = pixels.reshape(len(pixels), _GREY_SIDE, _STEP, SIDE * 3).astype(np.uint16)
    spots = lines.sum(axis=2, dtype=np.uint16).reshape(-1, _GREY_SIDE, _GREY_SIDE, _STEP, 3)
    colours = spots.sum(axis=3, dtype=np.uint16).astype(np.float32)
    red, green, blue = (colours[..., i] * np.float32(part / _STEP**2) for i, part in enumerate(_BRIGHTNESS))
    grey: Float32Array = red + green + blue
    return grey
