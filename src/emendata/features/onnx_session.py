"""An ONNX network that runs on a GPU where there is one that works, else on the processor."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.extras import require
from emendata.features.image_reading import EXTRA
from emendata.records import Float32Array

__all__ = ["OnnxSession"]

_GPU, _PROCESSOR = "CUDAExecutionProvider", "CPUExecutionProvider"
_NOTHING_PRINTED = 4  # level of what ONNX Runtime writes to the terminal
_WITHOUT_GPU = "The GPU cannot be used (%s); images are embedded on the processor."
_log = logging.getLogger(__name__)


class OnnxSession:
    """Runs a network; may be called on several threads at once.

    Parameters
    ----------
    model : bytes or str
        The content of an ONNX file, or its path: one that keeps its weights in a file beside it needs the path.

    Raises
    ------
    MissingPackage
        If ONNX Runtime is not installed.
    """

    def __init__(self, model: bytes | str) -> None:
        self._model = model
        self._session = _gpu_session(model) or _session(model, _PROCESSOR)

    @property
    def inputs(self) -> list[Any]:
        """What goes in: each with its name, type and shape."""
        return list(self._session.get_inputs())

    def run(self, inputs: Mapping[str, npt.NDArray[Any]]) -> Float32Array:
        """Return the first of what comes out."""
        session = self._session
        try:
            return _first(session, inputs)
        except Exception as error:
            if _GPU not in session.get_providers():
                raise
            # Out of memory, or taken away: the processor can do it too.
            _log.warning(_WITHOUT_GPU, error)
            self._session = _session(self._model, _PROCESSOR)
            return _first(self._session, inputs)


def _gpu_session(model: bytes | str) -> Any:
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


def _session(model: bytes | str, *providers: str) -> Any:
    runtime = require("onnxruntime", EXTRA)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1  # batches are on threads already
    options.log_severity_level = _NOTHING_PRINTED
    return runtime.InferenceSession(model, options, providers=list(providers), enable_fallback=False)


def _first(session: Any, inputs: Mapping[str, npt.NDArray[Any]]) -> Float32Array:
    return np.asarray(session.run(None, dict(inputs))[0], dtype=np.float32)
