"""The issues behind a gate as SARIF 2.1.0, by which CI marks lines of the data file."""

from collections.abc import Sequence
from pathlib import Path

from emendata import __version__
from emendata.checks import CHECKS
from emendata.gate.judge import Issue, Judgement
from emendata.records import Json

__all__ = ["sarif_document"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST = 5_000  # results that GitHub takes of one run


def sarif_document(path: Path, judgements: Sequence[Judgement]) -> dict[str, Json]:
    """Return every issue of the judged checks; those of broken limits are errors, all others warnings.

    Parameters
    ----------
    path : Path
        The data file, as it is called from the root of the repository.
    judgements : sequence of Judgement
    """
    level = {one.limit.name: "error" if one.verdict == "failed" else "warning" for one in judgements}
    ordered = sorted(judgements, key=lambda one: one.verdict != "failed")
    results = [_result(path, issue, level[one.limit.name]) for one in ordered for issue in one.issues][:_MOST]
    used = {result["ruleId"] for result in results}
    driver = {
        "name": "emendata",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": check.code,
                "name": "".join(word.capitalize() for word in check.name.split("_")),
                "shortDescription": {"text": check.title},
            }
            for check in CHECKS
            if check.code in used
        ],
    }
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _result(path: Path, issue: Issue, level: str) -> dict[str, Json]:
    place: dict[str, Json] = {"artifactLocation": {"uri": path.as_posix()}}
    if issue.line is not None:
        place["region"] = {"startLine": issue.line}
    where = f"Row {issue.row}" + (f", {issue.column}" if issue.column else "")
    return {
        "ruleId": issue.code,
        "level": level,
        "message": {"text": f"{where}: {issue.reason}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"emendata/v1": f"{issue.check} {issue.id} {issue.column or ''}".strip()},
    }
