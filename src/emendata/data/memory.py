"""Which kind of thing in memory a source is: a dataset of Hugging Face, arrays, a torch dataset or a table."""

from typing import Any

from emendata.data.arrays import are_arrays, read_arrays
from emendata.data.frame import read_frame
from emendata.data.hub_memory import is_hub, read_hub
from emendata.data.items import are_items, read_items
from emendata.data.source import Reading

__all__ = ["read_memory"]


def read_memory(source: Any) -> Reading:
    """Return what is in a dataset or table that is in memory.

    Raises
    ------
    InputError
        If it is nothing that can be read, or is empty.

    Examples
    --------
    >>> read_memory({"text": ["good", "bad"]}).table.num_rows
    2
    >>> read_memory([("good", 1), ("bad", 0)]).recognized
    'a torch-like dataset of 2 texts'
    """
    if is_hub(source):
        return read_hub(source)
    if are_arrays(source):
        return read_arrays(source)
    return read_items(source) if are_items(source) else read_frame(source)
