"""The whole way through the real command: audit, propose, correct, take back."""

import json
from pathlib import Path

import pytest
from pyarrow import parquet
from tests.flowers import COPY_OF, WRONG, flowers, write_flowers
from tests.journeys.command import emendata, files_under

from emendata.corrections import DecisionLog
from emendata.store import Project

RESULTS = ("report.html", "report.md", "scores.csv", "scores.parquet", "issues.parquet", "summary.json")


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_wrong_labels_are_found_corrected_and_taken_back(kind: str, tmp_path: Path) -> None:
    file = write_flowers(tmp_path, kind)
    original = file.read_bytes()
    project = file.with_name(f"{file.name}.emendata")
    audited = emendata("audit", file.name, "--label", "species", cwd=tmp_path)
    assert (audited.returncode, audited.stderr) == (0, "")
    assert "labels look wrong" in audited.stdout
    assert f"emendata fix {project.name}" in audited.stdout
    for name in RESULTS:
        assert (project / name).stat().st_size > 100

    fixed = emendata("fix", project.name, cwd=tmp_path)
    assert fixed.returncode == 0
    patch = project / "corrections.jsonl"
    lines = [json.loads(line) for line in patch.read_text().splitlines()[1:]]
    relabelled = {line["row"]: (line["old"], line["new"]) for line in lines if line["kind"] == "relabel"}
    truth = {3: "setosa", 60: "versicolor", 120: "virginica"}
    assert set(WRONG) <= set(relabelled)
    assert all(relabelled[row] == (WRONG[row], truth[row]) for row in WRONG)
    assert [line["row"] for line in lines if line["kind"] == "drop_duplicate"] == [150]

    corrected = tmp_path / f"corrected.{kind}"
    applied = emendata("apply", patch, file, "-o", corrected)
    assert applied.returncode == 0, applied.stderr
    assert file.read_bytes() == original
    log = DecisionLog(Project(project, create=False)).events
    assert {event.row for event in log} == {line["row"] for line in lines}
    assert {event.action for event in log} == {"applied"}

    again = tmp_path / f"again.{kind}"
    reverted = emendata("apply", patch, corrected, "-o", again, "--revert")
    assert reverted.returncode == 0, reverted.stderr
    if kind == "parquet":
        before, after = parquet.read_table(file), parquet.read_table(again)
        assert after.equals(before, check_metadata=True)
    else:
        assert again.read_bytes() == original


def test_the_second_audit_makes_nothing_anew_and_says_the_same(tmp_path: Path) -> None:
    file = write_flowers(tmp_path)
    first = emendata("audit", file, "--label", "species")
    project = tmp_path / "flowers.csv.emendata"
    made = {path: path.stat().st_mtime_ns for path in (project / "arrays").rglob("*.npy")}
    results = {name: (project / name).read_bytes() for name in RESULTS}
    second = emendata("audit", file, "--label", "species")
    assert second.stdout == first.stdout
    assert {path: path.stat().st_mtime_ns for path in (project / "arrays").rglob("*.npy")} == made
    assert {name: (project / name).read_bytes() for name in RESULTS} == results


def test_two_audits_with_the_same_seed_give_identical_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        file = write_flowers(folder)
        assert (
            emendata("audit", file, "--label", "species", "--seed", 7, "--out", folder / "out").returncode
            == 0
        )
        assert emendata("fix", f"{file}.emendata", "-o", folder / "out" / "patch.jsonl").returncode == 0
    one, two = files_under(tmp_path / "one" / "out"), files_under(tmp_path / "two" / "out")
    assert sorted(one) == sorted([*RESULTS, "patch.jsonl"])
    assert one == two


def test_json_prints_one_document_and_nothing_else(tmp_path: Path) -> None:
    done = emendata("audit", write_flowers(tmp_path), "--label", "species", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert document["n_rows"] == 151
    assert document["n_labeled"] == 150
    assert {check["name"] for check in document["checks"]} >= {"wrong_label", "outlier", "exact_duplicate"}


def test_without_a_label_the_other_checks_run(tmp_path: Path) -> None:
    file = write_flowers(tmp_path)
    done = emendata("audit", file, "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["wrong_label"]["status"] == "not_applicable"
    assert checks["exact_duplicate"]["n_flagged"] == 2
    assert {card["row"] for card in checks["exact_duplicate"]["cards"]} == {COPY_OF, 150}


def test_rows_without_a_label_are_predicted(tmp_path: Path) -> None:
    file = write_flowers(tmp_path)
    assert emendata("audit", file, "--label", "species").returncode == 0
    scores = parquet.read_table(tmp_path / "flowers.csv.emendata" / "scores.parquet").to_pylist()
    assert len(scores) == flowers().num_rows
    assert scores[77]["given"] is None
    assert scores[77]["predicted"] in ("versicolor", "virginica")
    assert scores[77]["wrong_label_score"] is None


def test_a_role_on_the_command_line_overrides_the_guess(tmp_path: Path) -> None:
    file = write_flowers(tmp_path)
    done = emendata(
        "audit", file, "-l", "species", "--role=flower=ignore", "--role=petal_width=category", "--json"
    )
    roles = {column["name"]: column["role"] for column in json.loads(done.stdout)["columns"]}
    assert (roles["flower"], roles["petal_width"]) == ("ignore", "category")


def test_fix_needs_the_data_as_it_was_audited(tmp_path: Path) -> None:
    file = write_flowers(tmp_path)
    assert emendata("audit", file, "--label", "species").returncode == 0
    file.write_text(file.read_text().replace("setosa", "virginica", 1))
    done = emendata("fix", f"{file}.emendata")
    assert done.returncode == 4
    assert "changed since it was audited. Run: emendata audit" in done.stderr
