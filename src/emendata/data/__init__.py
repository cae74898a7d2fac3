"""Opening data: `open_dataset` reads a file, a folder, a URL, or what is in memory.

Each format, and each kind of thing in memory, has a module of its own.
"""

from emendata.data.dataset import Dataset, label_names
from emendata.data.formats import is_named_as, source_for, sources
from emendata.data.frame import rearranged
from emendata.data.labels import check_label
from emendata.data.opening import open_dataset

__all__ = [
    "Dataset",
    "check_label",
    "is_named_as",
    "label_names",
    "open_dataset",
    "rearranged",
    "source_for",
    "sources",
]
