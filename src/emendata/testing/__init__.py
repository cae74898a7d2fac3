"""What every plug-in must do: call these from the tests of a check, a model or a source of your own."""

from emendata.testing.columns import sample_cells, sample_texts
from emendata.testing.samples import sample_inputs, sample_problem
from emendata.testing.suites import (
    check_check,
    check_embedder,
    check_predictor,
    check_row_embedder,
    check_source,
)

__all__ = [
    "check_check",
    "check_embedder",
    "check_predictor",
    "check_row_embedder",
    "check_source",
    "sample_cells",
    "sample_inputs",
    "sample_problem",
    "sample_texts",
]
