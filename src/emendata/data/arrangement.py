"""What columns say about rows beside their content: which belong together, which came first, how much each counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.date_forms import moments
from emendata.data.text_roles import GROUPS
from emendata.errors import InputError, rows_of
from emendata.records import Column, FloatArray, IntArray, Role

__all__ = ["Arrangement", "arrangement_of"]


@dataclass(frozen=True, eq=False)
class Arrangement:
    """How rows are to be kept apart and weighed when models are trained; None where no column says it.

    Parameters
    ----------
    groups : tuple of int array of shape (n,)
        Equal numbers for rows that belong together, for each column of groups; a row without a value stands alone.
    times : float array of shape (n,), optional
        When rows came, NaN where that is not known.
    weights : float array of shape (n,), optional
        How much rows count, with a mean of 1; a row without a value counts 1.
    is_guessed : bool
        Whether the groups were inferred, not named.
    """

    groups: tuple[IntArray, ...] = ()
    times: FloatArray | None = None
    weights: FloatArray | None = None
    is_guessed: bool = False

    def take(self, rows: IntArray) -> "Arrangement":
        """Return what is said of some of the rows."""
        return Arrangement(
            tuple(groups[rows] for groups in self.groups),
            None if self.times is None else self.times[rows],
            None if self.weights is None else self.weights[rows],
            self.is_guessed,
        )

    @property
    def is_apart(self) -> bool:
        """Whether rows must not be predicted from those that they belong to, or that came at the same time."""
        return bool(self.groups) or self.times is not None


def arrangement_of(table: pa.Table, columns: Sequence[Column]) -> Arrangement:
    """Read the columns of groups, of times and of weights.

    Raises
    ------
    InputError
        If there are two columns of times or of weights, or their cells are no such thing.

    Examples
    --------
    >>> table = pa.table({"patient": ["a", "b", "a", None]})
    >>> arrangement_of(table, [Column("patient", Role.GROUP, "", 1, 2)]).groups[0].tolist()
    [0, 1, 0, 2]
    """
    groups = [_groups(column.name, table[column.name]) for column in columns if column.role == Role.GROUP]
    time, weight = (_only(columns, role) for role in (Role.TIME, Role.WEIGHT))
    return Arrangement(
        tuple(groups),
        None if time is None else _times(time, table[time]),
        None if weight is None else _weights(weight, table[weight]),
        any(column.role == Role.GROUP and column.reason == GROUPS for column in columns),
    )


def _only(columns: Sequence[Column], role: Role) -> str | None:
    names = [column.name for column in columns if column.role == role]
    if len(names) > 1:
        raise InputError(
            f"The columns {', '.join(map(repr, names))} all have the role {role.value}. Give it to one of them."
        )
    return names[0] if names else None


def _groups(name: str, column: pa.ChunkedArray) -> IntArray:
    coded = column.combine_chunks().dictionary_encode()
    codes = pc.fill_null(coded.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False).copy()
    alone = np.flatnonzero(codes < 0)
    codes[alone] = len(coded.dictionary) + np.arange(len(alone))
    if len(codes) > 1 and not codes.any():
        raise InputError(
            f"All rows have the same value in column {name!r}, so there are no groups to keep apart. "
            f"Say --role {name}=ignore."
        )
    return np.asarray(codes, np.int64)


def _times(name: str, column: pa.ChunkedArray) -> FloatArray:
    numbers = column
    if not (kinds.is_integer(column.type) or kinds.is_floating(column.type)):
        try:
            numbers = pc.cast(moments(column), pa.int64())
        except InputError as error:
            raise InputError(f"Column {name!r}: {error}") from error
    return np.asarray(pc.cast(numbers, pa.float64(), safe=False).to_numpy(zero_copy_only=False), np.float64)


def _weights(name: str, column: pa.ChunkedArray) -> FloatArray:
    if not (kinds.is_integer(column.type) or kinds.is_floating(column.type)):
        raise InputError(
            f"Column {name!r} holds no numbers to weigh rows by. Give it another role with --role."
        )
    weights = np.array(pc.cast(column, pa.float64(), safe=False).to_numpy(zero_copy_only=False), np.float64)
    known = np.isfinite(weights)
    below = np.flatnonzero(known & (weights < 0))
    if len(below):
        raise InputError(
            f"Column {name!r} has {rows_of(len(below))} with a weight below zero (the first is row {below[0]}, with "
            f"{weights[below[0]]:g}). Mend them, or give the column another role with --role."
        )
    mean = float(weights[known].mean()) if known.any() else 0.0
    if mean == 0.0:
        raise InputError(f"No row of column {name!r} has a weight. Give the column another role with --role.")
    return np.where(known, weights / mean, 1.0)
