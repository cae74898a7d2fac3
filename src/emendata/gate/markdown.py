"""The outcome of a gate in Markdown, for the summary of a job or a comment on a pull request."""

from collections.abc import Sequence

from emendata.gate.judge import VERDICTS, Judgement
from emendata.reports.markdown import plain

__all__ = ["gate_markdown"]

_SHOWN = 5
_LONGEST = 300


def gate_markdown(name: str, judgements: Sequence[Judgement], n_gone: int | None = None) -> str:
    """Return a table of the limits, and the worst issues of those that are broken.

    Parameters
    ----------
    name : str
        Of the dataset.
    judgements : sequence of Judgement
    n_gone : int, optional
        How many known issues of the baseline are no longer found.
    """
    lines = [
        f"## emendata gate: {plain(name, _LONGEST)}",
        "",
        "| limit | at most | found | |",
        "| --- | ---: | ---: | --- |",
    ]
    for one in judgements:
        verdict = VERDICTS[one.verdict]
        verdict = f"**{verdict}**" if one.verdict == "failed" else verdict
        message = f": {plain(one.message, _LONGEST)}" if one.message else ""
        lines.append(f"| {one.limit.name} | {one.limit.words} | {one.found} | {verdict}{message} |")
    for one in judgements:
        if one.verdict == "failed" and one.issues:
            lines += ["", f"### {one.limit.name}", ""]
            for issue in one.issues[:_SHOWN]:
                place = f"line {issue.line:,}" if issue.line is not None else f"row {issue.row:,}"
                lines.append(f"- {place}: {plain(issue.reason, _LONGEST)}")
            if len(one.issues) > _SHOWN:
                lines.append(f"- and {len(one.issues) - _SHOWN:,} more")
    if n_gone:
        lines += ["", f"{n_gone:,} known issues are gone: write the baseline anew."]
    return "\n".join([*lines, ""])
