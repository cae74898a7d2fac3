"""A pretrained network that turns images into features, in ONNX Runtime, on a GPU where it has one."""

import logging
from typing import Any

import numpy as np

from emendata.errors import InputError
from emendata.extras import MissingPackage, require
from emendata.features.effnet_graph import effnet_graph
from emendata.features.effnet_weights import WEIGHTS, load_weights
from emendata.features.image_reading import EXTRA, Pixels
from emendata.records import Float32Array

__all__ = ["BATCH", "SIDE", "ImageNetwork", "network_obstacle"]

BATCH = 8
"""Images that go in at a time. A processor is slower with more, which leave its cache."""
SIDE = 128
"""Pixels a side of an image that goes in."""

_GPU, _PROCESSOR = "CUDAExecutionProvider", "CPUExecutionProvider"
_NOTHING_PRINTED = 4  # level of what ONNX Runtime writes to the terminal
_WITHOUT_GPU = "The GPU cannot be used (%s); images are embedded on the processor."
_log = logging.getLogger(__name__)


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
        self._model = effnet_graph(load_weights(), SIDE, BATCH).to_bytes()
        self._session = _gpu_session(self._model) or _session(self._model, _PROCESSOR)

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
        return self._run(batch)[: len(pixels)]

    def _run(self, batch: Pixels) -> Float32Array:
        session = self._session
        try:
            return _features(session, batch)
        except Exception as error:
            if _GPU not in session.get_providers():
                raise
            # Out of memory, or taken away: the processor can do it too.
            _log.warning(_WITHOUT_GPU, error)
            self._session = _session(self._model, _PROCESSOR)
            return _features(self._session, batch)


def _gpu_session(model: bytes) -> Any:
    """Return a session on the GPU, or None where there is none that works."""
    if _GPU not in require("onnxruntime", EXTRA).get_available_providers():
        return None
    reason: object = "its libraries are missing"
    try:
        session = _session(model, _GPU, _PROCESSOR)
        if _GPU in session.get_providers():
            return session
    except Exception as error:
        reason = error
    _log.warning(_WITHOUT_GPU, reason)
    return None


def _session(model: bytes, *providers: str) -> Any:
    runtime = require("onnxruntime", EXTRA)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1  # batches are on threads already
    options.log_severity_level = _NOTHING_PRINTED
    return runtime.InferenceSession(model, options, providers=list(providers), enable_fallback=False)


def _features(session: Any, batch: Pixels) -> Float32Array:
    features: Float32Array = session.run(None, {"pixels": batch})[0]
    return features
