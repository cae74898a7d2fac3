"""Rules that corrected data keep and the data with their errors break."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.journeys.command import emendata

pytestmark = pytest.mark.long

HOUSES = ("ash", "birch", "cedar", "elm", "fir")
CSV = "age,kind,tag,ward,house,call\n" + "".join(
    f"{20 + i % 30},{'persian' if i % 2 else 'siamese'},T{i},W{i * 7 % 10},{HOUSES[i * 7 % 10 // 2]} house,"
    f"{200 + 37 * i % 700}-{1000 + 83 * i % 9000}\n"
    for i in range(200)
)
WRONG = (
    CSV.replace("27,persian,T7,", "27,persain,T7,")
    .replace("31,persian,T11,", "3100,persian,T11,")
    .replace("T20,W0,ash house", "T20,W0,elm house")
    .replace("T30,W0,ash house,610-3490", "T30,W0,ash house,6103490")
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corrected table lies beside the wrong one."""
    folder = tmp_path_factory.mktemp("pets")
    (folder / "pets.csv").write_text(WRONG)
    roles = [f"{name}={role}" for name, role in (("kind", "category"), ("tag", "id"), ("age", "number"))]
    roles += ["ward=category", "house=category", "call=text"]
    options = [word for role in roles for word in ("--role", role)]
    audited = emendata("audit", "pets.csv", *options, cwd=folder)
    assert audited.returncode == 0, audited.stderr
    kept = folder / "pets.csv.emendata"
    fixed = emendata("fix", kept, "--only", "set_cell", "--min-probability", "0.5")
    assert fixed.returncode == 0, fixed.stderr
    made = emendata("apply", kept / "corrections.jsonl", folder / "pets.csv", "-o", folder / "right.csv")
    assert made.returncode == 0, made.stderr
    return kept


def test_the_corrections_are_of_each_kind(project: Path) -> None:
    lines = [json.loads(line) for line in (project / "corrections.jsonl").read_text().splitlines()[1:]]
    changed = {(line["row"], line["column"]): line["new"] for line in lines}
    assert changed.pop((11, "age")) is not None
    assert changed == {(7, "kind"): "persian", (20, "house"): "ash house", (30, "call"): "610-3490"}


def test_a_schema_of_pandera_tells_right_from_wrong(project: Path) -> None:
    pandera = pytest.importorskip(
        "pandera.pandas", reason="pandera is not installed: its schemas are not tried"
    )
    target = project.parent / "rules.py"
    written = emendata("rules", project, "--pandera", target)
    assert written.returncode == 0, written.stderr
    names: dict[str, Any] = {}
    exec(compile(target.read_text(), str(target), "exec"), names)
    schema = names["schema"]
    assert isinstance(schema, pandera.DataFrameSchema)
    schema.validate(pd.read_csv(project.parent / "right.csv"))
    with pytest.raises(pandera.errors.SchemaErrors) as broken:
        schema.validate(pd.read_csv(project.parent / "pets.csv"), lazy=True)
    cases = broken.value.failure_cases
    assert set(cases["check"]) >= {
        "isin(['persian', 'siamese'])",
        "str_matches('^[0-9]{3}-[0-9]{4}$')",
        "ward determines house",
    }
    assert any(check.startswith("in_range(20, ") for check in cases["check"])


def test_a_suite_of_great_expectations_tells_right_from_wrong(project: Path) -> None:
    great_expectations = pytest.importorskip(
        "great_expectations", reason="great_expectations is not installed: its suites are not tried"
    )
    target = project.parent / "suite.json"
    assert emendata("rules", project, "--great-expectations", target).returncode == 0
    context = great_expectations.get_context(mode="ephemeral")
    suite = context.suites.add(great_expectations.ExpectationSuite(**json.loads(target.read_text())))

    def broken(file: Path) -> dict[str, set[str]]:
        batch = context.data_sources.pandas_default.read_csv(file)
        results = batch.validate(suite).results
        assert not [one for one in results if one.exception_info.get("raised_exception")]
        failed: dict[str, set[str]] = {}
        for config in [one.expectation_config for one in results if not one.success]:
            verb = config.type.removeprefix("expect_column_values_to_")
            failed.setdefault(config.kwargs["column"], set()).add(verb)
        return failed

    assert broken(project.parent / "right.csv") == {}
    assert broken(project.parent / "pets.csv") == {
        "age": {"be_between"},
        "kind": {"be_in_set"},
        "house": {"be_in_set"},
        "call": {"match_regex"},
    }


def test_without_a_place_to_write_nothing_is_done(project: Path) -> None:
    done = emendata("rules", project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Say where the rules go" in done.stderr


def test_rules_are_never_written_over_the_data(project: Path) -> None:
    before = (project.parent / "pets.csv").read_bytes()
    done = emendata("rules", project, "--pandera", project.parent / "pets.csv")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert (project.parent / "pets.csv").read_bytes() == before
