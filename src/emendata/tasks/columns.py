"""A small table that results come in: named columns of one length, for every data frame library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError, UnknownName
from emendata.extras import require

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Columns"]

_SHOWN = 10
_WIDEST = 30


@dataclass(frozen=True, repr=False, eq=False)
class Columns:
    """Named columns of one length, read by name: ``table["score"]`` or ``table.score``.

    Parameters
    ----------
    columns : mapping of str to array or sequence
        One-dimensional, all of one length. Arrays are kept as they are, other sequences become arrays.

    Raises
    ------
    InputError
        If the lengths differ or a column has not one dimension.

    Examples
    --------
    >>> table = Columns({"name": ["cat", "dog"], "score": np.array([0.25, 1.0])})
    >>> table
    Columns, 2 rows
      name  score
    0 cat  0.2500
    1 dog  1.0000
    >>> table.score.tolist(), len(table)
    ([0.25, 1.0], 2)
    """

    columns: Mapping[str, Any]

    def __post_init__(self) -> None:
        made = {name: _column(name, values) for name, values in self.columns.items()}
        lengths = {len(values) for values in made.values()}
        if len(lengths) > 1:
            sizes = ", ".join(f"{name!r} {len(values):,}" for name, values in made.items())
            raise InputError(f"Columns must have one length; got {sizes}.")
        object.__setattr__(self, "columns", MappingProxyType(made))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        if name not in self.columns:
            raise UnknownName.among("column", name, self.columns)
        column: npt.NDArray[Any] = self.columns[name]
        return column

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        if name.startswith("_") or name == "columns" or name not in self.columns:
            raise AttributeError(f"{type(self).__name__} has no column or attribute {name!r}.")
        return self[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.columns]

    def __reduce__(self) -> tuple[Any, ...]:
        others = (getattr(self, field.name) for field in fields(self) if field.name != "columns")
        return type(self), (dict(self.columns), *others)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dictionary of plain Python values."""
        for values in zip(*(column.tolist() for column in self.columns.values()), strict=True):
            yield dict(zip(self.columns, values, strict=True))

    def to_arrow(self) -> "pa.Table":
        """Return a `pyarrow.Table`; numbers are not copied."""
        import pyarrow as pa

        return pa.table({name: pa.array(values) for name, values in self.columns.items()})

    def to_pandas(self) -> "pd.DataFrame":
        """Return a `pandas.DataFrame` that owns its data.

        Raises
        ------
        MissingPackage
            If pandas is not installed.
        """
        made: pd.DataFrame = require("pandas").DataFrame(
            {name: column.copy() for name, column in self.columns.items()}
        )
        return made

    def to_polars(self) -> "pl.DataFrame":
        """Return a `polars.DataFrame`.

        Raises
        ------
        MissingPackage
            If polars is not installed.
        """
        made: pl.DataFrame = require("polars").from_arrow(self.to_arrow())
        return made

    def __repr__(self) -> str:
        more = len(self) - _SHOWN
        lines = [f"{type(self).__name__}, {len(self):,} row{'s' * (len(self) != 1)}"]
        shown = [
            _padded("", [str(i) for i in range(min(len(self), _SHOWN))], left=True),
            *(
                _padded(
                    name, [_cell(value) for value in islice(values, _SHOWN)], left=values.dtype.kind in "UTO"
                )
                for name, values in self.columns.items()
            ),
        ]
        lines += [" ".join(cells).rstrip() for cells in zip(*shown, strict=True)]
        return "\n".join(lines + [f"... and {more:,} more"] * (more > 0))


def _column(name: str, values: Any) -> npt.NDArray[Any]:
    column = np.asarray(values)
    if column.ndim != 1:
        raise InputError(f"Columns must have one dimension; {name!r} has shape {column.shape}.")
    return column


def _cell(value: Any) -> str:
    if isinstance(value, float | np.floating):
        number = float(value)
        return f"{number:.4f}" if number == 0 or 1e-4 <= abs(number) < 1e6 else f"{number:.3g}"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    text = str(value).replace("\n", " ")
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _padded(name: str, cells: list[str], *, left: bool) -> list[str]:
    width = max(map(len, [name, *cells]))
    return [cell.ljust(width) if left else cell.rjust(width) for cell in [name, *cells]]
