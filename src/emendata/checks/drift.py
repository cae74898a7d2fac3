"""What checks of drift share: columns whose values two parts of the data have in different measure."""

import numpy as np

from emendata.checks.inputs import Inputs
from emendata.kernels.two_samples import benjamini_hochberg, distance_of_distributions
from emendata.records import BoolArray, Json, Remark

__all__ = ["drifting_columns"]

_RATE = 0.001


def drifting_columns(
    inputs: Inputs,
    first: BoolArray,
    second: BoolArray,
    names: tuple[str, str],
    *,
    least: float,
    leave_out: set[str],
) -> tuple[list[Remark], dict[str, Json]]:
    """Return a remark for each column that is distributed differently in two parts, and the distances of all.

    A column is named if its distance is at least ``least`` and more than chance explains, with at most one in a
    thousand of those named due to chance (Benjamini and Hochberg).
    """
    assert inputs.ranks is not None
    columns = dict(inputs.ranks)
    if inputs.labels is not None:
        columns[inputs.labels.column] = inputs.labels.codes
    columns = {
        name: ranks for name, ranks in columns.items() if name not in leave_out and not _numbers_rows(ranks)
    }
    found = {name: distance_of_distributions(ranks, first, second) for name, ranks in columns.items()}
    stands = benjamini_hochberg([chance for _, chance in found.values()], _RATE)
    remarks = [
        Remark(
            name,
            round(1 - distance, 4),
            f"Column '{name}' is distributed differently in {names[0]} ({first.sum():,} rows) and {names[1]} "
            f"({second.sum():,} rows): {distance:.2f} apart, where 0 is the same and 1 nothing in common.",
        )
        for (name, (distance, _)), stand in zip(found.items(), stands, strict=True)
        if stand and distance >= least
    ]
    remarks.sort(key=lambda remark: (remark.score, remark.column or ""))
    return remarks, {name: round(distance, 4) for name, (distance, _) in found.items()}


def _numbers_rows(ranks: np.ndarray) -> bool:
    """Tell whether a column is a running number, which is different in any two parts."""
    there = ranks[ranks >= 0]
    return len(there) > 1 and bool((np.diff(there) > 0).all())
