"""A shelf that lasts as long as the object: for audits of tables that live in memory."""

from collections.abc import Iterator, Mapping

from emendata.records import Json
from emendata.store.artifacts import Arrays, Artifact, frozen

__all__ = ["MemoryShelf"]


class MemoryShelf:
    """Keep artifacts in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[str, Artifact] = {}
        self._keys_of_kind: dict[str, dict[str, None]] = {}

    def recall(self, key: str) -> Artifact | None:
        """Return what was kept under ``key``, or None."""
        return self._kept.get(key)

    def recall_kind(self, kind: str) -> Iterator[Artifact]:
        """Yield everything that was kept as ``kind``, oldest first."""
        return (self._kept[key] for key in list(self._keys_of_kind.get(kind, ())))

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
