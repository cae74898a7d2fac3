"""Results to text, HTML and JSON. Arranges the numbers that a summary carries and computes none."""

from emendata.reports.document import to_document, write_json
from emendata.reports.folder import REPORT_FILES, write_report
from emendata.reports.html import render_html, write_html
from emendata.reports.issue_table import IssueTable
from emendata.reports.markdown import render_markdown, write_markdown
from emendata.reports.notebook import audit_html
from emendata.reports.scores import write_scores
from emendata.reports.text import render_text, terminal

__all__ = [
    "REPORT_FILES",
    "IssueTable",
    "audit_html",
    "render_html",
    "render_markdown",
    "render_text",
    "terminal",
    "to_document",
    "write_html",
    "write_json",
    "write_markdown",
    "write_report",
    "write_scores",
]
