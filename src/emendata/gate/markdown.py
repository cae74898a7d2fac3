"""The outcome of a gate in Markdown, for the summary of a job or a comment on a pull request."""

from collections.abc import Sequence

from emendata.gate.judge import Judgement

__all__ = ["VERDICTS", "gate_markdown"]

VERDICTS = {
    "passed": "kept",
    "failed": "**broken**",
    "undecided": "cannot be told yet",
    "not_run": "not looked at",
}
_SHOWN = 5


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
        f"## emendata gate: {_cell(name)}",
        "",
        "| limit | at most | found | |",
        "| --- | ---: | ---: | --- |",
    ]
    for one in judgements:
        verdict = VERDICTS[one.verdict] + (f": {_cell(one.message)}" if one.message else "")
        found = one.found + (f", and {one.n_known:,} that are known" if one.n_known else "")
        lines.append(f"| {one.limit.name} | {one.limit.words} | {found} | {verdict} |")
    for one in judgements:
        if one.verdict == "failed" and one.issues:
            lines += ["", f"### {one.limit.name}", ""]
            for issue in one.issues[:_SHOWN]:
                place = f"line {issue.line:,}" if issue.line is not None else f"row {issue.row:,}"
                lines.append(f"- {place}: {_cell(issue.reason)}")
            if len(one.issues) > _SHOWN:
                lines.append(f"- and {len(one.issues) - _SHOWN:,} more")
    if n_gone:
        lines += ["", f"{n_gone:,} known issues are gone: write the baseline anew."]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    """Return text that stays in its cell and is no markup."""
    flat = " ".join(text.split())
    for mark in "\\`*_|<>[]":
        flat = flat.replace(mark, f"\\{mark}")
    return flat
