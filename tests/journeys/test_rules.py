"""Rules that corrected data keep and the data with their errors break."""

import json
from pathlib import Path

import pandas as pd
import pytest
from tests.journeys.command import emendata

pytestmark = pytest.mark.long

CSV = "age,kind,tag\n" + "".join(
    f"{20 + i % 30},{'persian' if i % 2 else 'siamese'},T{i}\n" for i in range(80)
)
WRONG = CSV.replace("27,persian,T7\n", "27,persain,T7\n").replace("31,persian,T11\n", "3100,persian,T11\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pets.csv").write_text(WRONG)
    roles = ("--role", "kind=category", "--role", "tag=id", "--role", "age=number")
    assert emendata("audit", "pets.csv", *roles, cwd=tmp_path).returncode == 0
    fixed = emendata(
        "fix", "pets.csv.emendata", "--only", "set_cell", "--min-probability", "0.5", cwd=tmp_path
    )
    assert fixed.returncode == 0, fixed.stderr
    return tmp_path / "pets.csv.emendata"


def test_a_schema_of_pandera_tells_right_from_wrong(project: Path) -> None:
    pandera = pytest.importorskip(
        "pandera.pandas", reason="pandera is not installed: its schemas are not tried"
    )
    target = project.parent / "rules.py"
    written = emendata("rules", project, "--pandera", target)
    assert written.returncode == 0, written.stderr
    names: dict[str, object] = {}
    exec(compile(target.read_text(), str(target), "exec"), names)
    schema = names["schema"]
    assert isinstance(schema, pandera.DataFrameSchema)
    lines = [json.loads(line) for line in (project / "corrections.jsonl").read_text().splitlines()[1:]]
    assert {(line["row"], line["new"]) for line in lines} >= {(7, "persian")}
    right = project.parent / "right.csv"
    assert (
        emendata("apply", project / "corrections.jsonl", project.parent / "pets.csv", "-o", right).returncode
        == 0
    )
    schema.validate(pd.read_csv(right))
    with pytest.raises(pandera.errors.SchemaError):
        schema.validate(pd.read_csv(project.parent / "pets.csv"))


def test_a_suite_of_great_expectations_tells_right_from_wrong(project: Path) -> None:
    great_expectations = pytest.importorskip(
        "great_expectations", reason="great_expectations is not installed: its suites are not tried"
    )
    target = project.parent / "suite.json"
    assert emendata("rules", project, "--great-expectations", target).returncode == 0
    right = project.parent / "right.csv"
    emendata("apply", project / "corrections.jsonl", project.parent / "pets.csv", "-o", right)
    context = great_expectations.get_context(mode="ephemeral")
    suite = context.suites.add(great_expectations.ExpectationSuite(**json.loads(target.read_text())))

    def broken(file: Path) -> set[str]:
        batch = context.data_sources.pandas_default.read_csv(file)
        results = batch.validate(suite).results
        assert not [one for one in results if one.exception_info.get("raised_exception")]
        return {one.expectation_config.kwargs["column"] for one in results if not one.success}

    assert len(suite.expectations) == 6
    assert broken(right) == set()
    assert broken(project.parent / "pets.csv") == {"age", "kind"}


def test_without_a_place_to_write_nothing_is_done(project: Path) -> None:
    done = emendata("rules", project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Say where the rules go" in done.stderr


def test_rules_are_never_written_over_the_data(project: Path) -> None:
    before = (project.parent / "pets.csv").read_bytes()
    done = emendata("rules", project, "--pandera", project.parent / "pets.csv")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert (project.parent / "pets.csv").read_bytes() == before
