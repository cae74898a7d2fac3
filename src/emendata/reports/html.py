"""A summary as one HTML file that needs no network and runs nothing from the dataset."""

import base64
import hashlib
import os
import shlex
from functools import cache
from typing import TYPE_CHECKING

from emendata.files import write_atomically
from emendata.records import Role, Summary
from emendata.reports import cells, chart, matrix, order, words
from emendata.reports.anchors import anchor, card_anchor
from emendata.reports.excerpts import clipped, one_line

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_html", "write_html"]

_MATRIX_CLASSES = 25


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
    environment = _environment()
    checks = order.checks_in_order(summary)
    return environment.get_template("report.html.j2").render(
        fix_command=shlex.join(["emendata", "fix", f"{summary.name}.emendata"]),
        summary=summary,
        texts={column.name for column in summary.columns if column.role == Role.TEXT},
        by_role=order.by_role(summary.columns),
        checks=checks,
        found=[check for check in checks if check.status == "found"],
        failed=[check for check in checks if check.status == "failed"],
        quiet=[check for check in checks if check.status in ("passed", "not_applicable")],
        anchors={check.code: anchor(check) for check in checks},
        classes=order.worst_classes(summary),
        flows=order.top_flows(summary),
        matrix=_matrix(summary),
        scale=chart.scale(summary.estimate) if summary.estimate else None,
        script_hash=_script_hash(environment),
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


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("emendata.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"clipped": clipped, "one_line": one_line, "decimal": words.decimal}
    environment.globals |= {
        "words": words, "bars": chart.bars, "card_anchor": card_anchor,
        "cells": cells.cells, "n_hidden": cells.n_hidden,
    }  # fmt: skip
    return environment


def _script_hash(environment: "Environment") -> str:
    """Return the hash by which the page's policy knows its only script."""
    script = environment.get_template("report.js").render()
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _matrix(summary: Summary) -> matrix.Matrix | None:
    if not summary.flows or len(summary.classes) > _MATRIX_CLASSES:
        return None
    return matrix.arrange(summary.flows, order.most_involved(summary))
