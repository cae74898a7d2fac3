"""What kept artifacts are an edition of: results of another one are made anew."""

from emendata import __version__

__all__ = ["EDITION"]

EDITION = f"{__version__}.7"
"""Part of every key. Raise the last number when an artifact holds something else, or the same is computed otherwise."""
