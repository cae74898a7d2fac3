"""What people and files are told of an audit: the summary, tables of issues and scores, rows, reports, exports."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from emendata.audit.correcting import Correcting
from emendata.audit.export import OWN_FORMAT, Exported, ExportOptions, RowChoice, export_data
from emendata.checks import CHECKS
from emendata.data.locate import refuse_same_file
from emendata.errors import EmendataError
from emendata.files import make_folder
from emendata.pipeline import issue_table, score_table, summarize, with_reviewed_rate
from emendata.records import Float32Array, Summary
from emendata.reports import REPORT_FILES, IssueTable, write_report
from emendata.selection import RowTable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Reporting"]


class Reporting(Correcting):
    """The part of an `Audit` that tells what its checks found and what people decided."""

    @cached_property
    def summary(self) -> Summary:
        """Everything that the reports show."""
        return with_reviewed_rate(
            summarize(self.dataset, self._preparation, self.outcomes), self.reviewed_rate
        )

    @cached_property
    def issues(self) -> IssueTable:
        """One line an issue: a flagged row and check, or several where several of its columns are wrong."""
        return IssueTable(issue_table(self.dataset, self.outcomes))

    @cached_property
    def score_table(self) -> pa.Table:
        """One line a row: given and predicted label, and every check's score and flag."""
        return score_table(self.dataset, self._preparation, self.outcomes)

    def scores(self, check: str) -> Float32Array:
        """Scores of one check, shape (n_rows,): low means bad, NaN where it has nothing to say."""
        name = CHECKS[check].name
        for outcome in self.outcomes:
            if outcome.check.name == name and outcome.findings is not None:
                return outcome.findings.scores
        reasons = [outcome.message for outcome in self.outcomes if outcome.check.name == name]
        raise EmendataError(f"Check {check!r} has no scores: {reasons[0] if reasons else 'it did not run'}")

    @cached_property
    def rows(self) -> RowTable:
        """All rows with what was found and decided, to be filtered, sorted, counted, and changed many at once.

        >>> import emendata as em  # doctest: +SKIP
        >>> audit = em.Audit.reopen("reviews.csv.emendata")  # doctest: +SKIP
        >>> audit.rows.ordered(["given=positive", "score<0.1"])  # doctest: +SKIP
        """
        return RowTable(self.dataset, self._preparation, self.outcomes, self._items, self.decisions)

    def report(self, folder: str | os.PathLike[str] | None = None) -> Path:
        """Write report, scores, issues and summary into a folder, by default the project's; return the report."""
        if folder is None:
            if self.project is None:
                raise EmendataError(
                    "There is no project folder to write to. Pass a folder: report('results')."
                )
            folder = self.project.folder
        self.check_report_folder(folder)
        return write_report(make_folder(folder), self.summary, self.score_table, self.issues.table)

    def export(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        file_format: str = OWN_FORMAT,
        rows: RowChoice = "kept",
        where: Iterable[str] = (),
        findings: bool = False,
        decisions: bool = False,
        certified: float | None = None,
        neutralise: bool = True,
        dry_run: bool = False,
    ) -> Exported:
        """Write the corrected data, a list of changes, the patch, the log, a data card and checksums into a folder.

        Parameters
        ----------
        folder : path, optional
            Created; files of an earlier export are replaced. By default ``exports`` in the project's folder.
        file_format : str
            ``"own"``: that of the original, whose bytes stay but for the corrections; or ``"csv"``, ``"parquet"``,
            ``"jsonl"``, ``"xlsx"``, ``"arrow"``.
        rows : str
            ``"kept"``: all that are not excluded; ``"all"``; ``"changed"``: those with a changed cell.
        where : iterable of str
            Conditions on rows, such as ``given=cat``.
        findings, decisions : bool
            Whether columns are added with what checks found, and with what was decided.
        certified : float, optional
            Make the proposals as well of which so large a part is certified to be right.
        neutralise : bool
            Write a quote before cells that a spreadsheet would take for formulas, in all CSV but the original format.
        dry_run : bool
            Check that it can be done and say what it comes to, but write nothing.

        Raises
        ------
        InputError
            If the own format is asked for and the data came from no file, or it cannot hold what is asked for.
        OutputError
            If something cannot be written.
        """
        if folder is None:
            if self.project is None:
                raise EmendataError(
                    "There is no project folder to write to. Pass a folder: export('corrected')."
                )
            folder = self.project.folder / "exports"
        options = ExportOptions(file_format, rows, tuple(where), findings, decisions, certified, neutralise)
        return export_data(self, Path(folder), options, dry_run=dry_run)

    def check_report_folder(self, folder: str | os.PathLike[str]) -> None:
        """Raise `InputError` if `report` would write over the audited file, or into the audited folder."""
        if self.dataset.path is not None:
            for name in REPORT_FILES:
                refuse_same_file(self.dataset.path, Path(folder) / name)
