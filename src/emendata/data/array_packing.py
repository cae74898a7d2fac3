"""Archives of named arrays: written as files, and as text for a patch."""

import base64
import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO, Any

import numpy as np

from emendata.data.array_fields import Array
from emendata.errors import InputError

__all__ = ["DAMAGED", "packed_arrays", "unpacked_arrays", "write_arrays"]

DAMAGED = (ValueError, OSError, EOFError, KeyError, MemoryError, zipfile.BadZipFile, zlib.error)
"""What reading an archive that is not whole may raise."""


def write_arrays(
    file: IO[bytes], arrays: Mapping[str, Array], compression: int = zipfile.ZIP_DEFLATED
) -> None:
    """Write an archive of arrays, each under its own name whatever it is."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            info = zipfile.ZipInfo(f"{name}.npy")  # without the time of day: equal arrays, equal bytes
            info.compress_type = compression
            with archive.open(info, "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)


def packed_arrays(arrays: Mapping[str, Any]) -> str:
    """Return small arrays as text that gives every value back exactly: an archive in base64."""
    sink = io.BytesIO()
    write_arrays(sink, {name: np.asarray(array) for name, array in arrays.items()})
    return base64.b64encode(sink.getvalue()).decode()


def unpacked_arrays(raw: str | None) -> dict[str, Array]:
    """Return the arrays that `packed_arrays` was given; words before its text are passed over."""
    try:
        content = base64.b64decode((raw or "").rpartition(" ")[2], validate=True)
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return dict(archive)
    except (
        ValueError,
        OSError,
        EOFError,
        KeyError,
        TypeError,
        AttributeError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise InputError(
            "The patch does not hold the cells that it changed, so it cannot be taken back."
        ) from error
