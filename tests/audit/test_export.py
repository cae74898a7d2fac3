"""Corrected data in a folder: what is in them, what lies beside them, and what is refused."""

import csv
import hashlib
from pathlib import Path

import pytest
from pyarrow import parquet
from typer.testing import CliRunner

import emendata as em
from emendata.cli.app import app
from emendata.corrections import Choice, Subject
from emendata.errors import InputError, UnknownName

N = 40


@pytest.fixture
def audit(tmp_path: Path) -> em.Audit:
    """Forty rows, of which one is relabelled, one is excluded, and one was kept."""
    source = tmp_path / "notes.csv"
    lines = [f'{n},"{"=cmd()" if n == 3 else f"text {n}"}",{"ab"[n % 2]}' for n in range(N)]
    source.write_text("key,note,kind\n" + "\n".join(lines) + "\n")
    made = em.Audit(
        source, label="kind", project=tmp_path / "notes.emendata", mode="quick", checks=["exact_duplicate"]
    ).run()
    ids = made.dataset.row_ids()
    made.decisions.signed("ann", "studio").decide_each(
        [
            Choice("relabel", Subject(3, ids[3], "kind", "b"), "a", "-- it is an a", "worst", "0" * 32),
            Choice("exclude", Subject(5, ids[5]), None, "", "worst", "1" * 32),
            Choice("keep", Subject(6, ids[6], "kind", "a"), None, "", "worst", "2" * 32),
        ]
    )
    return made


def _named(audit: em.Audit, **options: object) -> dict[str, Path]:
    return {file.name: file for file, _ in audit.export(**options).files}  # type: ignore[arg-type]


def test_in_its_own_format_all_else_stays_byte_for_byte(audit: em.Audit, tmp_path: Path) -> None:
    files = _named(audit)
    before = (tmp_path / "notes.csv").read_text().splitlines()
    wanted = [line.replace('=cmd()",b', '=cmd()",a') for n, line in enumerate(before) if n != 6]
    assert files["notes.corrected.csv"].read_text().splitlines() == wanted
    assert set(files) >= {"changes.csv", "corrections.jsonl", "decisions.jsonl", "README.md"}
    for line in files["checksums.txt"].read_text().splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256(files[name].read_bytes()).hexdigest()


def test_each_change_says_by_whom_when_and_why_and_runs_nothing(audit: em.Audit) -> None:
    changes = list(csv.DictReader(_named(audit)["changes.csv"].read_text().splitlines()))
    assert [(c["row"], c["kind"], c["old"], c["new"], c["by"]) for c in changes] == [
        ("3", "relabel", "b", "a", "ann"),
        ("5", "exclude", "", "", "ann"),
    ]
    assert changes[0]["when"].startswith("20")
    assert changes[0]["why"] == "'-- it is an a"
    plain = list(csv.DictReader(_named(audit, neutralise=False)["changes.csv"].read_text().splitlines()))
    assert plain[0]["why"] == "-- it is an a"


@pytest.mark.parametrize(
    ("options", "n_rows"),
    [
        ({}, N - 1),
        ({"rows": "all"}, N),
        ({"rows": "changed"}, 1),
        ({"where": ["decision=keep", "decision=exclude"]}, 1),
        ({"where": ["decision=keep", "decision=exclude"], "rows": "all"}, 2),
    ],
)
def test_rows_are_those_that_were_asked_for(audit: em.Audit, options: dict[str, object], n_rows: int) -> None:
    said = audit.export(file_format="parquet", dry_run=True, **options)  # type: ignore[arg-type]
    assert (said.n_rows, said.files) == (n_rows, [])
    assert said.counts == {"exclude": 1, "relabel": 1}
    table = parquet.read_table(_named(audit, file_format="parquet", **options)["notes.corrected.parquet"])
    assert table.num_rows == n_rows
    assert ("emendata_excluded" in table.column_names) == (options.get("rows") == "all")


def test_findings_and_decisions_stand_beside_the_columns(audit: em.Audit) -> None:
    files = _named(audit, file_format="parquet", rows="all", findings=True, decisions=True)
    row = parquet.read_table(files["notes.corrected.parquet"]).to_pylist()[3]
    assert (row["kind"], row["emendata_given"], row["emendata_old"], row["emendata_new"]) == (
        "a",
        "b",
        "b",
        "a",
    )
    assert (row["emendata_decision"], row["emendata_by"]) == ("relabel", "ann")
    assert row["emendata_exact_duplicate_flagged"] is False


def test_a_dry_run_writes_nothing(audit: em.Audit) -> None:
    said = audit.export(dry_run=True)
    assert (said.n_rows, said.files) == (N - 1, [])
    assert audit.project is not None
    assert not (audit.project.folder / "exports").exists()


def test_what_cannot_be_is_refused_with_the_way_out(audit: em.Audit) -> None:
    with pytest.raises(InputError, match="Choose another format, such as csv"):
        audit.export(rows="all")
    with pytest.raises(UnknownName, match="Did you mean 'parquet'"):
        audit.export(file_format="parqet")
    with pytest.raises(UnknownName, match="changed"):
        audit.export(file_format="csv", rows="chnged")  # type: ignore[arg-type]


def test_the_command_does_the_same(audit: em.Audit, tmp_path: Path) -> None:
    assert audit.project is not None
    words = [
        "export",
        str(audit.project.folder),
        "-o",
        str(tmp_path / "out"),
        "--format",
        "csv",
        "--rows",
        "changed",
    ]
    done = CliRunner().invoke(app, [*words, "--dry-run"])
    assert done.exit_code == 0
    assert "Would be made: 1 label change" in done.output
    assert not (tmp_path / "out").exists()
    assert "Rows     1\n" in CliRunner().invoke(app, words).output
    assert "'=cmd()" in (tmp_path / "out" / "notes.corrected.csv").read_text()
