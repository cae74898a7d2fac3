import io
import logging
import warnings

import pytest
from PIL import Image
from tests.features.pictures import encoded, photo

from emendata.features.image_silence import SILENT_DECODERS


def decode_a_damaged_tiff() -> None:
    data = bytearray(encoded(photo(), "TIFF", compression="tiff_lzw"))
    data[20:60] = b"\xff" * 40
    with pytest.raises(OSError, match="decoder error"):
        Image.open(io.BytesIO(data)).load()


def test_what_libtiff_prints_is_printed_outside_only(capfd: pytest.CaptureFixture[str]) -> None:
    decode_a_damaged_tiff()
    before = capfd.readouterr().err
    with SILENT_DECODERS:
        decode_a_damaged_tiff()
    assert capfd.readouterr().err == ""
    decode_a_damaged_tiff()
    assert capfd.readouterr().err == before


def test_warnings_are_heard_outside_only() -> None:
    with SILENT_DECODERS:
        warnings.warn("a doubt", stacklevel=1)
    with pytest.warns(UserWarning, match="a doubt"):
        warnings.warn("a doubt", stacklevel=1)


def test_errors_in_the_log_of_pillow_do_not_go_to_the_terminal() -> None:
    before = list(logging.getLogger("PIL").handlers)
    with SILENT_DECODERS:
        assert any(isinstance(handler, logging.NullHandler) for handler in logging.getLogger("PIL").handlers)
    assert logging.getLogger("PIL").handlers == before
