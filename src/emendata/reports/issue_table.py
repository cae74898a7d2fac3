"""The table of issues as people hold it in a program and look at it in a notebook."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from emendata.reports.pages import environment

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["IssueTable"]

_SHOWN = 20


class IssueTable:
    """One line an issue: worst first within a check, checks in the order in which they ran.

    Its columns are ``row``, ``id``, ``code``, ``check``, ``column``, ``score``, ``given``, ``suggested``,
    ``probability``, ``alternatives``, ``reason`` and ``related``. Whatever takes Arrow data takes it as it is, such as
    ``polars.DataFrame(issues)``. Notebooks show the worst twenty.

    Parameters
    ----------
    table : pyarrow.Table

    Examples
    --------
    >>> import emendata as em
    >>> sizes = {"size": [1.5, 2.5, 3.5, 4.5] * 10, "note": ["ok"] * 39 + [None]}
    >>> issues = em.Audit(sizes, project=False).run().issues
    >>> issues.of("missing_values")["row"].to_pylist()
    [39]
    """

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def of(self, check: str) -> "IssueTable":
        """Return the issues of one check, by its name or code."""
        wanted = pc.or_(pc.equal(self.table["check"], check), pc.equal(self.table["code"], check))
        return IssueTable(self.table.filter(wanted))

    def to_pylist(self) -> list[dict[str, Any]]:
        """Return a dictionary for each issue."""
        lines: list[dict[str, Any]] = self.table.to_pylist()
        return lines

    def to_pandas(self) -> "pd.DataFrame":
        """Return a data frame of pandas, which must be installed."""
        return self.table.to_pandas()

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_pylist())

    def __getitem__(self, column: str) -> pa.ChunkedArray:
        return self.table[column]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IssueTable) and self.table.equals(other.table)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        checks = pc.value_counts(self.table["check"]).to_pylist()
        counts = ", ".join(f"{one['values']} {one['counts']:,}" for one in checks)
        return f"<IssueTable of {len(self):,} issues{': ' if counts else ''}{counts}>"

    def _repr_html_(self) -> str:
        names = self.table["check"].unique().to_pylist()
        of_each = max(1, _SHOWN // max(1, len(names)))
        shown = [line for name in names for line in self.of(name).table.slice(0, of_each).to_pylist()]
        return environment().get_template("issues.html.j2").render(issues=shown, n_issues=len(self))
