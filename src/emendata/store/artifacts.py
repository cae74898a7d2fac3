"""The unit of storage: arrays and facts that were computed once, under a key that says from what."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from emendata.records import Json

__all__ = ["Arrays", "Artifact", "Shelf", "fingerprint"]

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Artifact:
    """Arrays by name, read-only and usually memory-mapped, with the facts that belong to them."""

    arrays: Arrays
    facts: Mapping[str, Json]


class Shelf(Protocol):
    """Where artifacts are kept: a project folder, or memory."""

    def recall(self, key: str) -> Artifact | None:
        """Return what was kept under ``key``, or None."""

    def recall_kind(self, kind: str) -> Iterator[Artifact]:
        """Yield everything that was kept as ``kind``, oldest first."""

    def keep(self, key: str, kind: str, arrays: Arrays, facts: Mapping[str, Json]) -> Artifact:
        """Keep arrays and facts under ``key`` and return them as they will be recalled."""

    def forget(self, key: str) -> None:
        """Let go of what was kept under ``key``, if anything was."""


def fingerprint(*parts: Json) -> str:
    """Hash anything that JSON can say into 32 hexadecimal digits.

    Examples
    --------
    >>> fingerprint("folds", {"seed": 0}) == fingerprint("folds", {"seed": 0})
    True
    >>> fingerprint("folds", {"seed": 0}) == fingerprint("folds", {"seed": 1})
    False
    """
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return a view of the array that nobody can write to."""
    view = np.asarray(array).view()
    view.flags.writeable = False
    return view
