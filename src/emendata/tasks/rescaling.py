"""Rows of counts or logits become rows of probabilities, by arithmetic that depends on nothing but the row."""

import numpy as np

from emendata.engine.blocks import Block
from emendata.errors import InputError
from emendata.records import IntArray

__all__ = ["divided", "refuse_both", "softmax"]

_NARROW = 64


def divided(block: Block, at: int | IntArray) -> Block:
    """Divide each row by its sum; ``at`` says where the rows are: the first one's number, or each one's."""
    sums = _by_row(np.add, block)
    if (sums <= 0).any():
        _refuse_sums(sums, at)
    with np.errstate(invalid="ignore"):
        return np.asarray(block / sums[:, None])


def softmax(block: Block, _: int | IntArray) -> Block:
    """Turn each row of logits into probabilities."""
    with np.errstate(invalid="ignore", over="ignore"):
        powers = block - _by_row(np.maximum, block)[:, None]
        np.exp(powers, out=powers)
        powers /= _by_row(np.add, powers)[:, None]
    return powers


def refuse_both(normalize: bool, from_logits: bool) -> None:
    """Refuse to change pred_probs in two ways at once."""
    if normalize and from_logits:
        raise InputError(
            "normalize and from_logits are both True. Logits need from_logits=True alone: it makes each row sum to one."
        )


def _refuse_sums(sums: Block, at: int | IntArray) -> None:
    bad = np.flatnonzero(sums <= 0)
    together = f"rows {at} to {at + len(sums) - 1}" if isinstance(at, int) else f"{len(sums):,} rows"
    raise InputError(
        f"{len(bad):,} of {together} of pred_probs sum to zero or less (the first is row "
        f"{at + bad[0] if isinstance(at, int) else at[bad[0]]}), so that normalize=True cannot divide them. Predict "
        "these rows or leave them out."
    )


def _by_row(join: np.ufunc, block: Block) -> Block:
    """Reduce each row, in an order that depends on nothing but its length."""
    if not 0 < block.shape[1] <= _NARROW:
        return np.asarray(join.reduce(block, axis=1))
    total = block[:, 0].copy()
    with np.errstate(invalid="ignore"):
        for j in range(1, block.shape[1]):
            join(total, block[:, j], out=total)
    return total
