"""What image decoders print about damaged files, which is said in a problem sentence instead, is not printed."""

import ctypes
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from emendata.engine.shared import SharedSetting

__all__ = ["SILENT_DECODERS"]


@contextmanager
def _silence() -> Iterator[None]:
    nowhere = logging.NullHandler()  # without one, an error in Pillow's log goes to the terminal
    log = logging.getLogger("PIL")
    log.addHandler(nowhere)
    set_handler = _tiff_error_handler()
    before = set_handler(None) if set_handler else None
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        if set_handler:
            set_handler(before)
        log.removeHandler(nowhere)


SILENT_DECODERS = SharedSetting(_silence)


@cache
def _tiff_error_handler() -> Callable[[Any], Any] | None:
    """Return libtiff's function that sets what is done with errors, None where Pillow hides it in itself.

    By default libtiff writes to the terminal, past Python.
    """
    from PIL import _imaging

    try:
        set_handler = ctypes.CDLL(_imaging.__file__).TIFFSetErrorHandler
    except (OSError, AttributeError):
        return None
    set_handler.argtypes, set_handler.restype = [ctypes.c_void_p], ctypes.c_void_p
    return set_handler
