"""A pretrained network that turns images into features, in ONNX Runtime, on a GPU where it has one."""

import numpy as np

from emendata.errors import InputError
from emendata.extras import MissingPackage, require
from emendata.features.effnet_graph import effnet_graph
from emendata.features.effnet_weights import WEIGHTS, load_weights
from emendata.features.image_reading import EXTRA, Pixels
from emendata.features.onnx_session import OnnxSession
from emendata.records import Float32Array

__all__ = ["BATCH", "SIDE", "ImageNetwork", "network_obstacle"]

BATCH = 8
"""Images that go in at a time. A processor is slower with more, which leave its cache."""
SIDE = 128
"""Pixels a side of an image that goes in."""


def network_obstacle() -> str | None:
    """Return in a sentence what has to be installed before the network can be used, or None."""
    try:
        require("onnxruntime", EXTRA)
        WEIGHTS.find()
    except (MissingPackage, InputError) as error:
        return str(error)
    return None


class ImageNetwork:
    """EfficientNet-lite0, trained on ImageNet; made in memory, with no file written.

    Raises
    ------
    InputError
        If the file of the weights holds others.
    MissingPackage
        If it or ONNX Runtime is not installed.
    """

    def __init__(self) -> None:
        self._session = OnnxSession(effnet_graph(load_weights(), SIDE, BATCH).to_bytes())

    def features(self, pixels: Pixels) -> Float32Array:
        """Return the features of a few images; may be called on several threads at once.

        Parameters
        ----------
        pixels : uint8 array of shape (n, 128, 128, 3)
            At most `BATCH` images. They are filled up to that number, so that the features of one do not depend
            on how many others there are.

        Returns
        -------
        float32 array of shape (n, 1280)
            None is negative.
        """
        batch = np.zeros((BATCH, SIDE, SIDE, 3), dtype=np.uint8)
        batch[: len(pixels)] = pixels
        return self._session.run({"pixels": batch})[: len(pixels)]
