"""Tables as checks of cells get them, and what they say of each cell."""

from collections.abc import Mapping
from typing import Any

from emendata.checks import Check, Inputs
from emendata.data import open_dataset
from emendata.pipeline.cells import cells_of
from emendata.records import Findings

__all__ = ["flagged", "inputs_of", "suggested"]


def inputs_of(columns: Mapping[str, Any], **settings: Any) -> Inputs:
    """Return the cells of a table of lists."""
    dataset = open_dataset(dict(columns), **settings)
    return Inputs(dataset.n_rows, cells=cells_of(dataset))


def flagged(check: Check, columns: Mapping[str, Any], **settings: Any) -> Findings:
    """Return what a check finds in a table of lists."""
    return check.find(inputs_of(columns, **settings))


def suggested(found: Findings) -> dict[tuple[int, str | None], str | None]:
    """Return the suggestion of each flagged cell."""
    return dict(zip(zip(found.rows.tolist(), found.columns, strict=True), found.suggestions, strict=True))
