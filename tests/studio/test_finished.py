"""The end of a queue: what came of it, which condition is in the way, and where to go on."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of

Opened = tuple[TestClient, str]


@pytest.fixture
def animals(tmp_path: Path) -> Opened:
    """Two kinds of animals of plain sizes; five labels are wrong."""
    source = tmp_path / "animals.csv"
    lines = ["size,weight,kind"]
    for number in range(120):
        is_cat = number % 2 == 0
        said = not is_cat if number % 24 == 0 else is_cat
        size = (1 if is_cat else 9) + number / 400
        lines.append(f"{size:.4f},{3 * size + number % 7 / 100:.3f},{'cat' if said else 'dog'}")
    source.write_text("\n".join(lines) + "\n")
    client = client_of(tmp_path / "studio")
    return client, audited(client, source, "kind")


def _finished(opened: Opened, *where: str) -> dict[str, Any]:
    client, project = opened
    answer = client.get(f"/api/projects/{project}/finished", params={"where": list(where)})
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _decide(
    opened: Opened, rows: list[int], kind: str, new: str | None = None, stream: str = "worst"
) -> None:
    client, project = opened
    decisions = [
        {"id": uuid4().hex, "row": row, "column": "kind", "kind": kind, "new": new, "stream": stream}
        for row in rows
    ]
    answer = client.post(f"/api/projects/{project}/decisions", json=decisions)
    assert answer.status_code == 200, answer.text


def test_decisions_are_counted_by_kind_and_the_sample_comes_next(animals: Opened) -> None:
    _decide(animals, [0, 24], "relabel", "cat")
    _decide(animals, [2], "keep")
    said = _finished(animals, "decision=open")
    assert (said["n_rows"], said["n_open"], said["n_wrong"]) == (120, 117, 2)
    assert {one["kind"]: one["n"] for one in said["kinds"]} == {"relabel": 2, "keep": 1}
    assert said["next"]["place"] == "sample"
    assert 0 < said["next"]["n"] <= 30


def test_of_conditions_that_nothing_fulfils_the_one_in_the_way_comes_first(animals: Opened) -> None:
    said = _finished(animals, "given=cat", "score<0")
    assert said["without"][0] == {"condition": "score<0", "n": 55}
    assert said["without"][1] == {"condition": "given=cat", "n": 0}
    assert _finished(animals, "given=cat")["without"] == []


def test_after_the_sample_come_open_findings_and_then_the_export(animals: Opened) -> None:
    client, project = animals
    while (shown := client.get(f"/api/projects/{project}/sample").json())["n_judged"] < 30:
        question = shown["question"]
        _decide(animals, [question["line"]["row"]], "keep", stream=question["findings"][0]["stream"])
    said = _finished(animals)
    assert said["next"]["place"] == "review"
    page = client.get(f"/api/projects/{project}/rows", params={"where": said["next"]["where"]}).json()
    assert page["total"] == said["next"]["n"] > 0
    _decide(animals, list(range(120)), "keep")
    assert _finished(animals)["next"]["place"] == "export"
