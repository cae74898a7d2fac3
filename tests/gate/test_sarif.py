"""SARIF as its readers need it, by a schema of what we write; the whole of the standard is far larger."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from emendata.checks import CHECKS
from emendata.gate import LABEL_ERRORS, Issue, Judgement, Limit, Verdict, sarif_document
from emendata.records import Json


def _exactly(required: dict[str, object], **optional: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


NAMES = {check.code: check.name for check in CHECKS}
TEXT = _exactly({"text": {"type": "string", "minLength": 1}})
LEVEL = {"enum": ["none", "note", "warning", "error"]}
URI = {"type": "string", "pattern": r"^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+$"}
PLACE = _exactly(
    {"artifactLocation": _exactly({"uri": URI}, uriBaseId={"const": "%SRCROOT%"})},
    region=_exactly({"startLine": {"type": "integer", "minimum": 1}}),
)
RESULT = _exactly(
    {
        "ruleId": {"type": "string"},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": _exactly({"physicalLocation": PLACE}), "maxItems": 1},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    }
)
RULE = _exactly(
    {"id": {"type": "string"}, "name": {"type": "string"}}
    | dict.fromkeys(("shortDescription", "fullDescription", "help"), TEXT)
)
DRIVER = _exactly(
    {
        "name": {"type": "string"},
        "semanticVersion": {"type": "string"},
        "rules": {"type": "array", "items": RULE},
    }
)
NOTE = _exactly({"level": LEVEL, "message": TEXT})
RUN = _exactly(
    {"tool": _exactly({"driver": DRIVER}), "results": {"type": "array", "items": RESULT}},
    invocations={
        "items": _exactly(
            {"executionSuccessful": {"const": True}, "toolExecutionNotifications": {"items": NOTE}}
        )
    },
)
LOG = _exactly(
    {"$schema": URI, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN, "minItems": 1}}
)


def told(place: Path | str, *judgements: Judgement) -> dict[str, Json]:
    document = sarif_document(place, judgements)
    Draft202012Validator(LOG).validate(document)
    run: dict[str, Json] = document["runs"][0]
    return run


def issue(row: int, code: str = "EM201", column: str | None = None, line: int | None = None) -> Issue:
    return Issue(code, NAMES[code], row, f"r{row}", column, line, "Far from all others.")


def judgement(name: str, verdict: Verdict, *issues: Issue) -> Judgement:
    return Judgement(Limit(name, count=0), verdict, len(issues), len(issues), 9_000, "", issues)


@pytest.mark.parametrize("name", ["my trees #1.csv", "100%.csv", "data/b\u00e4ume?.csv", "a:b.csv"])
def test_any_name_of_a_file_becomes_a_uri(name: str) -> None:
    run = told(Path(name), judgement("outlier", "failed", issue(3, line=5)))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 5}
    uri = place["artifactLocation"]["uri"]
    assert unquote(uri) == name
    assert not set(" #?") & set(uri)


def test_a_file_elsewhere_has_an_absolute_uri(tmp_path: Path) -> None:
    run = told(tmp_path / "my trees.csv", judgement("outlier", "failed", issue(3)))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": (tmp_path / "my trees.csv").as_uri()}}


def test_an_issue_of_two_limits_stands_there_once_and_as_the_worse() -> None:
    twice = issue(3, "EM101", "label")
    run = told(
        "trees.csv", judgement("wrong_label", "passed", twice), judgement(LABEL_ERRORS, "failed", twice)
    )
    assert [result["level"] for result in run["results"]] == ["error"]


def test_what_is_left_out_is_said_and_broken_limits_come_first() -> None:
    many = [issue(row) for row in range(5_000)]
    run = told(
        "t.csv", judgement("outlier", "passed", *many), judgement("typo", "failed", issue(7, "EM403", "city"))
    )
    assert len(run["results"]) == 5_000
    assert run["results"][0]["ruleId"] == "EM403"
    note = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert note == "5,000 of 5,001 issues are written, those of broken limits first."


def test_every_check_can_be_a_rule_with_help() -> None:
    every = [issue(row, code) for row, code in enumerate(NAMES)]
    rules = told("t.csv", judgement("outlier", "failed", *every))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(NAMES)
    assert all(len(rule["help"]["text"]) > 40 for rule in rules)
