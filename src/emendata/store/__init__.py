"""What lasts: a project folder with a catalog, memory-mapped arrays and an append-only decision log.

The store knows no machine learning: it keeps named arrays and facts under keys, and events in order.
"""

from emendata.store.artifacts import Artifact, Shelf, fingerprint
from emendata.store.memory import MemoryShelf
from emendata.store.project import Project

__all__ = ["Artifact", "MemoryShelf", "Project", "Shelf", "fingerprint"]
