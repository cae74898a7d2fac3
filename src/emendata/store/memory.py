"""A shelf that lasts as long as the object: for audits of tables that live in memory."""

from collections.abc import Iterator, Mapping
from itertools import chain

from emendata.records import Json
from emendata.store.artifacts import Arrays, Artifact, Shelf, frozen

__all__ = ["MemoryShelf"]


class MemoryShelf:
    """Keep artifacts in a dictionary.

    Parameters
    ----------
    behind : Shelf, optional
        Another shelf that is asked as well and never written to.
    """

    def __init__(self, behind: Shelf | None = None) -> None:
        self._behind = behind
        self._kept: dict[str, Artifact] = {}
        self._keys_of_kind: dict[str, dict[str, None]] = {}

    def recall(self, key: str) -> Artifact | None:
        """Return what was kept under ``key``, or None."""
        if key in self._kept or self._behind is None:
            return self._kept.get(key)
        return self._behind.recall(key)

    def recall_kind(self, kind: str) -> Iterator[Artifact]:
        """Yield everything that was kept as ``kind``, oldest first."""
        own = (self._kept[key] for key in list(self._keys_of_kind.get(kind, ())))
        return own if self._behind is None else chain(self._behind.recall_kind(kind), own)

    def keep(self, key: str, kind: str, arrays: Arrays, facts: Mapping[str, Json]) -> Artifact:
        """Keep arrays and facts under ``key``."""
        self._kept[key] = Artifact({name: frozen(array) for name, array in arrays.items()}, dict(facts))
        self._keys_of_kind.setdefault(kind, {})[key] = None
        return self._kept[key]

    def forget(self, key: str) -> None:
        """Let go of what was kept under ``key``, if anything was."""
        if self._kept.pop(key, None) is not None:
            for keys in self._keys_of_kind.values():
                keys.pop(key, None)
