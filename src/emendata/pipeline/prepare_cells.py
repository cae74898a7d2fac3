"""Inputs of the checks that are made of columns of single values and short texts."""

from functools import cached_property

from emendata.checks.inputs import CellColumn, CellPrediction
from emendata.pipeline.cell_predictions import predict_cells
from emendata.pipeline.cells import cells_of
from emendata.pipeline.prepare_columns import ColumnPreparation

__all__ = ["CellPreparation"]


class CellPreparation(ColumnPreparation):
    """The inputs of one dataset that are read off its columns, and what is known of its cells."""

    @cached_property
    def cells(self) -> dict[str, CellColumn]:
        """The columns of single values and short texts, by their distinct values."""
        return cells_of(self.dataset)

    @cached_property
    def cell_predictions(self) -> dict[str, CellPrediction]:
        """What models expect in cells, from the other columns."""
        return predict_cells(self.cells, self.effort.n_cell_trees, self.seed, self._on_progress)
