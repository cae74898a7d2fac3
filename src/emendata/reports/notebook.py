"""What an audit looks like in a notebook."""

from emendata.records import Summary
from emendata.reports import order
from emendata.reports.pages import environment

__all__ = ["audit_html"]


def audit_html(summary: Summary) -> str:
    """Return the headline of an audit and a line for each check that found something, as a piece of HTML.

    Examples
    --------
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> "none could run" in audit_html(empty)
    True
    """
    checks = order.checks_in_order(summary)
    loud = [check for check in checks if check.status in ("found", "failed")]
    return (
        environment()
        .get_template("audit.html.j2")
        .render(summary=summary, checks=loud, n_quiet=len(checks) - len(loud))
    )
