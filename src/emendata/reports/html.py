"""A summary as one HTML file that needs no network and runs nothing from the dataset."""

import base64
import hashlib
import os
import shlex

from emendata.files import write_atomically
from emendata.records import Role, Summary
from emendata.reports import chart, matrix, order
from emendata.reports.anchors import anchor
from emendata.reports.pages import environment

__all__ = ["render_html", "write_html"]

_MATRIX_CLASSES = 25
_MOST_STARTS = 6


def render_html(summary: Summary) -> str:
    """Return a whole page: style, script and charts inside, nothing loaded from elsewhere.

    Cells are shown as text, clipped to 2,000 characters. The same summary always gives the same page.

    Examples
    --------
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> render_html(empty)[:15]
    '<!DOCTYPE html>'
    """
    checks = order.checks_in_order(summary)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            fix_command=shlex.join(["emendata", "fix", f"{summary.name}.emendata"]),
            summary=summary,
            texts={column.name for column in summary.columns if column.role == Role.TEXT},
            by_role=order.by_role(summary.columns),
            checks=checks,
            found=[check for check in checks if check.status == "found"],
            failed=[check for check in checks if check.status == "failed"],
            quiet=order.quiet_groups(summary),
            most_starts=_MOST_STARTS,
            anchors={check.code: anchor(check) for check in checks},
            classes=order.worst_classes(summary),
            flows=order.top_flows(summary),
            matrix=_matrix(summary),
            scale=chart.scale(summary.estimate) if summary.estimate else None,
            script_hash=_script_hash(),
        )
    )


def write_html(summary: Summary, path: str | os.PathLike[str]) -> None:
    r"""Write the page of a summary to ``path``.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "report.html"
    >>> write_html(empty, target)
    >>> target.read_text(encoding="utf-8").endswith("</html>\n")
    True
    """
    page = render_html(summary).encode("utf-8", "replace")
    with write_atomically(path) as temporary:
        temporary.write_bytes(page)


def _script_hash() -> str:
    """Return the hash by which the page's policy knows its only script."""
    script = environment().get_template("report.js").render()
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _matrix(summary: Summary) -> matrix.Matrix | None:
    if not summary.flows or len(summary.classes) > _MATRIX_CLASSES:
        return None
    return matrix.arrange(summary.flows, order.most_involved(summary))
