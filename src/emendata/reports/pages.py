"""How templates are read, and what they can say."""

from functools import cache
from typing import TYPE_CHECKING

from emendata.reports import cells, chart, words
from emendata.reports.anchors import card_anchors, row_anchors
from emendata.reports.excerpts import clipped, one_line
from emendata.reports.headline import besides, headline, how_sure

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["environment"]


@cache
def environment() -> "Environment":
    """Return what fills templates: whatever comes from a dataset is escaped, and a name that is missing is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("emendata.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"clipped": clipped, "one_line": one_line, "decimal": words.decimal}
    made.globals |= {
        "words": words, "headline": headline, "how_sure": how_sure, "besides": besides,
        "bars": chart.bars, "card_anchors": card_anchors, "row_anchors": row_anchors,
        "cells": cells.cells, "n_hidden": cells.n_hidden,
    }  # fmt: skip
    return made
