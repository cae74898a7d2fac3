"""The issues behind a gate as SARIF 2.1.0, by which CI marks lines of the data file."""

import inspect
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from emendata import __version__
from emendata.checks import CHECKS, Check
from emendata.gate.judge import Issue, Judgement
from emendata.records import Json

__all__ = ["sarif_document"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST = 5_000  # results that GitHub takes of one run


def sarif_document(place: Path | str, judgements: Sequence[Judgement]) -> dict[str, Json]:
    """Return every issue of the judged checks; those of broken limits are errors, all others warnings.

    Of more than 5,000, which GitHub takes, those of broken limits come first, and a note says how many are left out.

    Parameters
    ----------
    place : Path or str
        The data file, as it is called from the root of the repository; text if it is no file of this machine.
    judgements : sequence of Judgement
    """
    results: dict[tuple[str, int, str | None], dict[str, Json]] = {}
    for one in sorted(judgements, key=lambda one: one.verdict != "failed"):
        level = "error" if one.verdict == "failed" else "warning"
        for issue in one.issues:
            results.setdefault((issue.code, issue.row, issue.column), _result(place, issue, level))
    written = list(results.values())[:_MOST]
    used = {result["ruleId"] for result in written}
    driver = {
        "name": "emendata",
        "semanticVersion": __version__,
        "rules": [_rule(check) for check in CHECKS if check.code in used],
    }
    run: dict[str, Json] = {"tool": {"driver": driver}, "results": written}
    if len(results) > _MOST:
        note = f"{len(written):,} of {len(results):,} issues are written, those of broken limits first."
        notes = [{"level": "note", "message": {"text": note}}]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: Check) -> dict[str, Json]:
    _, _, words = (inspect.getdoc(type(check)) or "").partition("\n")
    about = {"text": " ".join(words.replace("``", "`").split()) or check.title}
    return {
        "id": check.code,
        "name": "".join(word.capitalize() for word in check.name.split("_")),
        "shortDescription": {"text": check.title},
        "fullDescription": about,
        "help": about,
    }


def _result(place: Path | str, issue: Issue, level: str) -> dict[str, Json]:
    where: dict[str, Json] = {"artifactLocation": _location(place)}
    if issue.line is not None:
        where["region"] = {"startLine": issue.line}
    row = f"Row {issue.row}" + (f", {issue.column}" if issue.column else "")
    return {
        "ruleId": issue.code,
        "level": level,
        "message": {"text": f"{row}: {issue.reason}"},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"emendata/v1": f"{issue.check} {issue.id} {issue.column or ''}".strip()},
    }


def _location(place: Path | str) -> dict[str, Json]:
    """Return a place as a URI, in which a name may hold no space."""
    if isinstance(place, str):
        return {"uri": quote(place, safe=":/?=&%~")}
    if place.is_absolute():
        return {"uri": place.as_uri()}
    return {"uri": quote(place.as_posix()), "uriBaseId": "%SRCROOT%"}
