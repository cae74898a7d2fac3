"""How work reaches the rows: in blocks, on threads, always in the same order."""

from emendata.engine.blocks import RowSource, map_blocks, map_ranges, thread_count

__all__ = ["RowSource", "map_blocks", "map_ranges", "thread_count"]
