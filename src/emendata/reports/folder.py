"""All reports of an audit in one folder."""

from pathlib import Path

import pyarrow as pa

from emendata.records import Summary
from emendata.reports.document import write_json
from emendata.reports.html import write_html
from emendata.reports.markdown import write_markdown
from emendata.reports.scores import write_scores

__all__ = ["REPORT_FILES", "write_report"]

REPORT_FILES = ("report.html", "report.md", "scores.csv", "scores.parquet", "issues.parquet", "summary.json")


def write_report(folder: Path, summary: Summary, scores: pa.Table, issues: pa.Table) -> Path:
    """Write the report in both forms, scores, issues and summary into a folder and return the report.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    write_json(summary, folder / "summary.json")
    write_scores(scores, folder / "scores.parquet")
    write_scores(scores, folder / "scores.csv")
    write_scores(issues, folder / "issues.parquet")
    write_markdown(summary, folder / "report.md")
    write_html(summary, folder / "report.html")
    return folder / "report.html"
