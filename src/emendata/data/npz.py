"""Archives of numpy arrays, as ``numpy.savez`` writes them."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from emendata.data.array_edit import arrays_taken_back, corrected_arrays, with_exact
from emendata.data.array_fields import Array
from emendata.data.array_packing import DAMAGED, write_arrays
from emendata.data.arrays import arrays_reading
from emendata.data.packing import Budget
from emendata.data.source import Dialect, Reading
from emendata.errors import InputError
from emendata.files import write_atomically
from emendata.records import Correction

__all__ = ["NpzSource"]


@dataclass(frozen=True)
class NpzSource:
    """Numpy archives. Names, types and order of the arrays stay; arrays without rows are kept and not looked at.

    Arrays of Python objects are refused: they are pickles, which can run any code when they are read.
    """

    name: str = "npz"
    title: str = "archive of arrays"
    suffixes: tuple[str, ...] = (".npz",)
    is_text = False
    is_exact = False

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the arrays as a table, joined if they come in splits; ``dialect`` has no meaning here."""
        reading = arrays_reading(_with_rows(path, _read(path)))
        return replace(reading, recognized=f"an archive of {reading.recognized}")

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with dropped rows, and cells that no text gives back, as arrays."""
        return with_exact(_with_rows(path, _read(path)), corrections)

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected archive, compressed if the original is."""
        arrays = _read(path)
        _write(path, target, arrays | corrected_arrays(_with_rows(path, arrays), corrections))

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write an archive whose arrays equal those of the original."""
        arrays = _read(corrected)
        _write(corrected, target, arrays | arrays_taken_back(_with_rows(corrected, arrays), corrections))


def _read(path: Path) -> dict[str, Array]:
    """Return all arrays of an archive, or raise `InputError` if it is damaged or holds something else."""
    if not zipfile.is_zipfile(path):
        raise InputError(f"{path.name} is not a whole archive of arrays. Write it again with numpy.savez.")
    arrays = {}
    try:
        _refuse_bomb(path)
        with np.load(path, allow_pickle=False) as archive:
            for name in archive.files:
                arrays[name] = archive[name]
    except InputError:
        raise
    except DAMAGED as error:
        if "pickle" in str(error):
            raise InputError(
                f"An array of {path.name} holds Python objects, and reading these can run any code. "
                "Save it again as text or numbers: array.astype(str) or array.astype(float)."
            ) from error
        why = (str(error).splitlines() or ["damaged"])[0].rstrip(".")
        raise InputError(f"{path.name} is not a whole archive of arrays ({why}). Write it again.") from error
    if strange := [name for name, array in arrays.items() if not isinstance(array, np.ndarray)]:
        raise InputError(f"{path.name} holds {strange[0]!r}, which is no array. Take it out.")
    return arrays


def _refuse_bomb(path: Path) -> None:
    budget = Budget(path, "Save it without compression if you trust it: numpy.savez.")
    with zipfile.ZipFile(path) as archive:
        budget.spend(sum(member.file_size for member in archive.infolist()))


def _with_rows(path: Path, arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays that have rows, or raise `InputError` if there are none."""
    found = {name: array for name, array in arrays.items() if array.ndim}
    if not any(map(len, found.values())):
        raise InputError(f"{path.name} has no array with rows. Give an archive with at least one row.")
    return found


def _write(like: Path, target: Path, arrays: Mapping[str, Array]) -> None:
    with zipfile.ZipFile(like) as archive:
        compression = archive.infolist()[0].compress_type
    with write_atomically(target) as temporary, temporary.open("wb") as file:
        write_arrays(file, arrays, compression)
