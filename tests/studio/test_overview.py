"""The overview: what it says before and after people answered, and whose numbers are those of Review."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of, opened

Opened = tuple[TestClient, str]


@pytest.fixture(scope="module")
def flowers(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Two kinds of flowers from two gardens, in two splits; some labels are wrong."""
    rng = np.random.default_rng(4)
    source = tmp_path_factory.mktemp("data") / "flowers.csv"
    with source.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["petal", "sepal", "garden", "split", "kind"])
        for number in range(240):
            kind = number % 2
            said = 1 - kind if number % 17 == 0 else kind
            sizes = rng.normal([2 + 4 * kind, 5 - 2 * kind], 0.5)
            where = [f"garden {number % 3}", "test" if number % 5 == 0 else "train"]
            out.writerow([*(f"{size:.3f}" for size in sizes), *where, ("rose", "tulip")[said]])
    client = client_of(tmp_path_factory.mktemp("studio"))
    return client, audited(client, source, "kind", roles={"garden": "annotator"})


def _overview(client: TestClient, project: str) -> dict[str, Any]:
    answer = client.get(f"/api/projects/{project}/overview")
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _total(client: TestClient, project: str, *where: str) -> int:
    page = client.get(f"/api/projects/{project}/rows", params={"where": list(where)}).json()
    total: int = page["total"]
    return total


def test_every_number_is_that_of_the_rows_behind_it(flowers: Opened) -> None:
    client, project = flowers
    shown = _overview(client, project)
    assert {table["role"] for table in shown["groups"]} == {"split", "annotator"}
    for table in shown["groups"]:
        for group in table["groups"]:
            chosen = f"{table['field']}={group['value']}"
            assert group["n_rows"] == _total(client, project, chosen) > 0
            assert group["n_flagged"] == _total(client, project, chosen, "flagged=yes")
    for one in shown["classes"]:
        assert one["n_flagged"] == _total(client, project, f"given={one['name']}", "check=wrong_label")
    for flow in shown["flows"]:
        where = (f"given={flow['given']}", f"suggested={flow['suggested']}", "check=wrong_label")
        assert flow["n_rows"] == _total(client, project, *where)
    for lead in shown["leads"]:
        assert lead["n_open"] == _total(client, project, *lead["where"], "decision=open")
        assert 1 <= len(lead["lines"]) <= 5
    assert shown["n_flows"] == len(shown["flows"]) == 2
    assert {check["status"] for check in shown["checks"]} >= {"found", "passed", "not_applicable"}
    assert project_folder(client, project) in shown["code"]["cli"]


def project_folder(client: TestClient, project: str) -> str:
    folder: str = client.get(f"/api/projects/{project}").json()["folder"]
    return folder


def test_before_thirty_answers_it_is_a_range_and_then_an_interval_less_what_was_found(
    flowers: Opened,
) -> None:
    client, project = flowers
    before = _overview(client, project)["reckoning"]
    assert (before["is_reviewed"], before["n_judged"], before["n_needed"]) == (False, 0, 30)
    assert (before["left_low"], before["left_high"]) == (before["low"], before["high"])
    number = 0
    while _overview(client, project)["reckoning"]["n_judged"] < 30:  # some questions are asked twice
        question = client.get(f"/api/projects/{project}/next", params={"stream": "audit"}).json()
        row = question["line"]["row"]
        is_wrong = row % 17 == 0
        right = {"rose": "tulip", "tulip": "rose"}[question["line"]["given"]] if is_wrong else None
        decision = {
            "id": f"{number:032x}",
            "row": row,
            "column": "kind",
            "kind": "relabel" if is_wrong else "keep",
            "new": right,
            "stream": question["findings"][0]["stream"],
        }
        answer = client.post(f"/api/projects/{project}/decisions", json=[decision])
        assert answer.status_code == 200, answer.text
        number += 1
        assert number < 90
    shown = _overview(client, project)
    after = shown["reckoning"]
    assert (after["is_reviewed"], after["n_judged"]) == (True, 30)
    assert after["n_found"] > 0
    assert after["low"] <= 15 <= after["high"]  # the rows whose number 17 divides
    assert (after["left_low"], after["left_high"]) == (
        after["low"] - after["n_found"],
        after["high"] - after["n_found"],
    )
    assert "by 30 that were reviewed" in shown["headline"]
    assert sum(one["n_open"] for one in shown["classes"]) < sum(one["n_flagged"] for one in shown["classes"])


def test_a_project_that_was_audited_elsewhere_opens(tmp_path: Path) -> None:
    import emendata as em

    source = tmp_path / "sizes.csv"
    source.write_text("size,kind\n" + "".join(f"{n % 7},{'ab'[n % 2]}\n" for n in range(40)))
    em.Audit(source, label="kind", project=tmp_path / "sizes.emendata", mode="quick").run()
    client = client_of(tmp_path / "studio")
    project = client.post("/api/open", json={"path": str(tmp_path / "sizes.emendata")}).json()["project"][
        "id"
    ]
    assert opened(client, project)["n_rows"] == 40
