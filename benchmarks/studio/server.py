"""Does the Studio's server keep to its budgets with a million rows?

    python -m benchmarks.studio.server [--rows 1000000] [--project DIR] [--port 8559] [--out results.json]

A table of texts, eight categories and eight numbers is written and audited, `benchmarks.studio.project` says how,
unless ``--project`` names the folder of an earlier run. The Studio then runs as a process of its own and is asked over
HTTP: each filter and order for the first time, when nothing of it is kept, and again. Milliseconds are of the clock and
of the server's processor.
"""

import argparse
import json
import tempfile
import uuid
from pathlib import Path
from typing import Any

from benchmarks.environment import environment
from benchmarks.studio.client import Client, Spent, studio, summary
from benchmarks.studio.project import make_project

MOST = {"first page": 50.0, "22 facets": 250.0, "far page": 50.0, "decision": 50.0}
"""Milliseconds: budgets of `shared/docs/studio.md`, and for what it does not name, those of a page."""

VIEWS = (
    {"where": ["check=wrong_label"], "sort": "score"},
    {"where": ["given=class a", "score<0.5"], "sort": "worst"},
    {"where": ["category 3=value 2"], "sort": "-number 4"},
    {"where": ["decision=open", "suggested=class b"], "sort": "-probability"},
    {"where": ["number 1>2", "number 2<3"], "sort": "category 2"},
    {"where": ["flagged=yes"], "sort": "number 7"},
    {"where": ["category 8=value 20"], "sort": "row"},
    {"where": [], "sort": "-score"},
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--port", type=int, default=8559)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = asked.project or make_project(Path(folder), asked.rows)
        with studio(project, Path(folder) / "workspace", asked.port) as client:
            result = measure(client)
    result["environment"] = environment()
    print(json.dumps(result, indent=1))
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def measure(client: Client) -> dict[str, Any]:
    result: dict[str, Any] = {"most_milliseconds": MOST, "open": client.until_open()}
    page, result["very first page"] = client.get("/rows")
    n_rows = page["total"]
    result["n_rows"] = n_rows
    result["memory_when_open"] = client.memory()
    result["first page, new"] = summary([client.get("/rows", **view)[1] for view in VIEWS])
    result["first page, again"] = summary([client.get("/rows", **view)[1] for view in VIEWS])
    result.update(facets(client))
    far = n_rows * 7 // 8
    result["far page"] = summary(
        [client.get("/rows", sort="worst", offset=far + 100 * i)[1] for i in range(5)]
    )
    result["position of a row"] = client.get("/position", row=far, sort="-score")[1]
    result["all of a row"] = summary([client.get(f"/rows/{far + i}")[1] for i in range(5)])
    result["decision"] = summary([decide(client, far + i) for i in range(20)])
    view = {"where": ["decision=open", "check=wrong_label"], "sort": "worst"}
    client.get("/rows", **view)
    decide(client, 7)
    result["page after a decision"] = client.get("/rows", **view)[1]
    result["undo"] = client.post("/undo", {})[1]
    result.update(bulk(client, n_rows))
    result["memory_at_the_end"] = client.memory()
    return result


def facets(client: Client) -> dict[str, Any]:
    asked, first = client.get("/facets")
    names = [facet["field"] for facet in asked]
    views = [
        {"where": ["check=wrong_label", "given=class c"]},
        {"where": ["category 4=value 3"]},
        {"where": ["number 3>4", "decision=open"]},
    ]
    return {
        "n_facets": len(names),
        "facets, very first": first,
        "22 facets": summary([client.get("/facets", **view)[1] for view in views]),
    }


def decide(client: Client, row: int) -> Spent:
    one = {"id": uuid.uuid4().hex, "row": row, "column": "label", "kind": "keep", "new": None}
    return client.post("/decisions", [one])[1]


def bulk(client: Client, n_rows: int) -> dict[str, Any]:
    scope: dict[str, Any] = {
        "action": "relabel",
        "value": "class k",
        "sort": "-number 5",
        "top": n_rows * 3 // 10,
    }
    said, preview = client.post("/bulk/preview", scope)
    _, applied = client.post("/bulk/apply", {**scope, "n_changed": said["n_changed"], "reason": "measured"})
    _, page = client.get("/rows", where=["decision=relabel"])
    _, undone = client.post("/undo", {})
    return {
        "n_changed_at_once": said["n_changed"],
        "bulk preview": preview,
        "bulk apply": applied,
        "page of what was changed": page,
        "bulk undo": undone,
        "history": client.get("/history")[1],
    }


if __name__ == "__main__":
    main()
