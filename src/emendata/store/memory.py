"""A shelf that lasts as long as the object: for audits of tables that live in memory."""

from collections.abc import Mapping

from emendata.records import Json
from emendata.store.artifacts import Arrays, Artifact, frozen

__all__ = ["MemoryShelf"]


class MemoryShelf:
    """Keep artifacts in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[str, Artifact] = {}

    def recall(self, key: str) -> Artifact | None:
        """Return what was kept under ``key``, or None."""
        return self._kept.get(key)

    def keep(self, key: str, kind: str, arrays: Arrays, facts: Mapping[str, Json]) -> Artifact:
        """Keep arrays and facts under ``key``."""
        self._kept[key] = Artifact({name: frozen(array) for name, array in arrays.items()}, dict(facts))
        return self._kept[key]
