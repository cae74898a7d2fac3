"""The random sample: its decisions are those of a review in Python, and so is what it says of all labels."""

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from fastapi.testclient import TestClient
from tests.studio.served import client_of, opened

import emendata as em
from emendata.corrections import Question
from emendata.records import Decision, DecisionKind

_RIGHT = {"rose": "tulip", "tulip": "rose"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audited table of flowers, some labels of which are wrong, and some rows of which are there twice."""
    rng = np.random.default_rng(4)
    source = tmp_path_factory.mktemp("data") / "flowers.csv"
    with source.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["petal", "sepal", "stem", "kind"])
        for number in range(160):
            kind = number % 2
            said = _name(1 - kind if number % 17 == 0 else kind)
            row = [f"{size:.3f}" for size in rng.normal([2 + 4 * kind, 5 - 2 * kind, 1.0], 0.5)]
            out.writerows([[*row, said]] * (2 if number % 4 == 0 else 1))
    em.Audit(source, label="kind", mode="quick").run()
    return source.with_name("flowers.csv.emendata")


def _name(kind: int) -> str:
    return ("rose", "tulip")[kind]


def _served(project: Path, workspace: Path) -> tuple[TestClient, str]:
    client = client_of(workspace)
    answer = client.post("/api/open", json={"path": str(project)})
    assert answer.status_code == 200, answer.text
    number: str = answer.json()["project"]["id"]
    opened(client, number)
    return client, number


def _sample(client: TestClient, number: str) -> dict[str, Any]:
    answer = client.get(f"/api/projects/{number}/sample")
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _judged(step: int, suggested: str | None, given: str) -> tuple[DecisionKind, str | None]:
    """What a person says: mostly the suggestion or what is given, now and then something else."""
    if step % 7 == 6:
        return "needs_review", None
    if step % 11 == 10:
        return "exclude", None
    return ("keep", None) if suggested in (None, given) else ("relabel", suggested)


def _said(events: Sequence[Decision]) -> list[tuple[object, ...]]:
    """What events say, by time; a row and its twins are answered at one moment, and stand by their ids."""
    in_turn = sorted(events, key=lambda event: (event.at, event.row_id))
    return [(e.row_id, e.column, e.kind, e.old, e.new, e.stream, e.action) for e in in_turn]


def _answer_in_python(audit: em.Audit, n: int) -> None:
    queue = audit.review(["audit"])
    for step in range(n):
        question = queue.next()
        assert isinstance(question, Question)
        assert question.given is not None
        kind, new = _judged(step, question.suggested, question.given)
        if kind == "exclude":
            audit.decisions.decide_all(
                kind, [type(question.subject)(question.subject.row, question.subject.row_id)], None, "",
                [question.stream],
            )  # fmt: skip
        else:
            queue.answer(question, kind, new)


def _answer_in_browser(client: TestClient, number: str, n: int) -> dict[str, Any]:
    shown = _sample(client, number)
    for step in range(n):
        question = shown["question"]
        (finding,) = question["findings"]
        kind, new = _judged(step, finding["suggested"], finding["given"])
        decision = {
            "id": uuid4().hex,
            "row": question["line"]["row"],
            "column": None if kind == "exclude" else finding["column"],
            "kind": kind,
            "new": new,
            "stream": finding["stream"],
            "twins": finding["twins"],
        }
        answer = client.post(f"/api/projects/{number}/decisions", json=[decision])
        assert answer.status_code == 200, answer.text
        shown = _sample(client, number)
    return shown


def test_the_browser_and_python_write_the_same_decisions_and_learn_the_same(
    project: Path, tmp_path: Path
) -> None:
    one, other = (Path(shutil.copytree(project, tmp_path / name)) for name in ("one", "other"))
    audit = em.Audit.reopen(one)
    _answer_in_python(audit, 45)
    client, number = _served(other, tmp_path / "studio")
    shown = _answer_in_browser(client, number, 45)

    written = em.Audit.reopen(other).decisions.answers
    assert _said(written) == _said(audit.decisions.answers)
    streams = {event.stream for event in written}
    assert streams == {"audit", "repeat", "group"}
    rate = audit.evidence().rate
    assert rate is not None
    assert shown["rate"] == rate.rate
    assert shown["n_judged"] == rate.n_reviewed > 30
    n = shown["reckoning"]["n_labeled"]
    assert (shown["reckoning"]["low"], shown["reckoning"]["high"]) == (
        max(round(rate.low * n), shown["reckoning"]["n_found"]),
        round(rate.high * n),
    )
    for found in shown["certificates"]:
        assert found["sentence"] == audit.certify(found["precision"]).sentence
    assert shown["n_repeated"] == 2


def test_before_any_answer_the_goal_is_thirty_and_nothing_is_known(project: Path, tmp_path: Path) -> None:
    client, number = _served(Path(shutil.copytree(project, tmp_path / "new")), tmp_path / "studio")
    shown = _sample(client, number)
    assert (shown["n_judged"], shown["goal"], shown["rate"]) == (0, 30, None)
    assert 0 < shown["within"] < shown["reckoning"]["n_labeled"] / 2
    assert [one["n_certified"] for one in shown["certificates"]] == [0, 0, 0, 0]
    assert "--stream audit" in shown["code"]["cli"]


def test_a_question_that_comes_again_does_not_show_the_first_answer(project: Path, tmp_path: Path) -> None:
    client, number = _served(Path(shutil.copytree(project, tmp_path / "again")), tmp_path / "studio")
    again = _answer_in_browser(client, number, 20)["question"]
    assert again["findings"][0]["stream"] == "repeat"
    assert (again["line"]["decision"], again["decisions"]) == (None, [])
    row = again["line"]["row"]
    assert client.get(f"/api/projects/{number}/rows/{row}").json()["line"]["decision"] is not None


def test_undo_brings_the_last_question_back(project: Path, tmp_path: Path) -> None:
    client, number = _served(Path(shutil.copytree(project, tmp_path / "undone")), tmp_path / "studio")
    before = _answer_in_browser(client, number, 3)["question"]["line"]["row"]
    assert _answer_in_browser(client, number, 1)["question"]["line"]["row"] != before
    client.post(f"/api/projects/{number}/undo")
    assert _sample(client, number)["question"]["line"]["row"] == before


def test_without_labels_it_says_what_to_do_instead(tmp_path: Path) -> None:
    source = tmp_path / "plain.csv"
    source.write_text("a,b\n" + "".join(f"{n},{n % 3}\n" for n in range(40)))
    em.Audit(source, mode="quick").run()
    client, number = _served(tmp_path / "plain.csv.emendata", tmp_path / "studio")
    answer = client.get(f"/api/projects/{number}/sample")
    assert answer.status_code == 422
    assert answer.json()["detail"].endswith("Review what is flagged.")
