"""Whether rows of pred_probs are probability distributions, and if not, which are wrong and what to do."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emendata.engine.blocks import Block, RowSource, map_blocks
from emendata.errors import InputError, rows_of
from emendata.kernels.survey import row_sums

__all__ = ["are_ones", "check_pred_probs", "is_not_negative", "refuse_unsound"]

_SUM_TOLERANCE = 2e-2  # what two written digits or many float16 values leave
_LOWEST = -1e-6  # what rounding may leave of a zero
_MANY = 0.1  # part of the rows from which on scores are taken for logits
_KINDS = ("broken", "negative", "off")

Rows = npt.NDArray[np.intp]


def check_pred_probs(probs: RowSource, *, n_threads: int | None = None) -> None:
    """Make sure that each row is a probability distribution, in one pass over the blocks.

    Raises
    ------
    InputError
        If rows hold NaN, infinity or negative values, or do not sum to one within 0.02.
    """
    if all(map_blocks(probs, lambda _, block: _is_sound(block), n_threads=n_threads)):
        return
    refuse_unsound(probs, n_threads=n_threads)


def refuse_unsound(probs: RowSource, *, n_threads: int | None = None) -> None:
    """Raise the error that says which rows are no probability distributions and what to do.

    Raises
    ------
    InputError
    """
    faults = list(map_blocks(probs, _faults, n_threads=n_threads))
    broken, negative, off = (np.concatenate([getattr(f, kind) for f in faults]) for kind in _KINDS)
    many = max(len(negative), sum(fault.n_high for fault in faults)) > _MANY * probs.n_rows
    scores = " Pass from_logits=True if these are logits." if many and len(off) else ""
    if len(broken):
        _refuse(
            broken, "hold NaN or infinity", "holds NaN or infinity", "Predict these rows or leave them out."
        )
    if len(negative):
        _refuse(
            negative,
            "hold negative values",
            "holds negative values",
            f"Turn scores into probabilities first.{scores}",
        )
    if len(off):
        way_out = "Pass normalize=True to divide each row by its sum if they are unnormalised probabilities."
        _refuse(off, "do not sum to one", "does not sum to one", f"{way_out}{scores}")


def _refuse(wrong: Rows, what_they: str, what_it: str, way_out: str) -> None:
    what = what_it if len(wrong) == 1 else what_they
    raise InputError(f"{rows_of(len(wrong))} of pred_probs {what} (the first is row {wrong[0]}). {way_out}")


def _is_sound(block: Block) -> bool:
    """Say whether each row of a block is a probability distribution."""
    return are_ones(_sums(block)) and is_not_negative(block)


def are_ones(sums: Block) -> bool:
    """Say whether the sums of rows are one; those with NaN or infinity are not."""
    return bool(np.abs(sums - 1).max() <= _SUM_TOLERANCE)


def is_not_negative(block: Block) -> bool:
    """Say whether no value is below what rounding may leave of zero; finite values are meant."""
    return bool(block.min() >= _LOWEST)


def _sums(block: Block) -> Block:
    with np.errstate(invalid="ignore", over="ignore"):
        return row_sums(block)


@dataclass(frozen=True)
class _Faults:
    broken: Rows
    negative: Rows
    off: Rows
    n_high: int


def _faults(first: int, block: Block) -> _Faults:
    broken = ~np.isfinite(block).all(axis=1)
    negative = ~broken & (block.min(axis=1) < _LOWEST)
    off = ~broken & (np.abs(_sums(block) - 1) > _SUM_TOLERANCE)
    return _Faults(
        broken=first + np.flatnonzero(broken),
        negative=first + np.flatnonzero(negative),
        off=first + np.flatnonzero(off),
        n_high=int(np.count_nonzero(block.max(axis=1) > 1 + _SUM_TOLERANCE)),
    )
