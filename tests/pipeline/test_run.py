"""One check may fail, decline or be asked again; the others never notice."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from emendata.checks import Check, Inputs, option
from emendata.checks.exact_duplicate import ExactDuplicate
from emendata.checks.outlier import Outlier
from emendata.checks.wrong_label import WrongLabel
from emendata.data import Dataset, open_dataset
from emendata.errors import InputError, NotApplicable
from emendata.pipeline import Preparation, plan_audit, run_checks
from emendata.records import Findings
from emendata.store import MemoryShelf, Project


@dataclass(frozen=True)
class Broken(Check):
    """A check with a mistake in it."""

    code: ClassVar[str] = "XX1"
    name: ClassVar[str] = "broken"
    needs: ClassVar[tuple[str, ...]] = ("content",)

    def find(self, inputs: Inputs) -> Findings:
        raise ZeroDivisionError("a slip in the arithmetic")


@dataclass(frozen=True)
class Modest(Check):
    """A check that finds itself not applicable."""

    code: ClassVar[str] = "XX2"
    name: ClassVar[str] = "modest"

    def find(self, inputs: Inputs) -> Findings:
        raise NotApplicable("Nothing to say here.")


@dataclass(frozen=True)
class Refused(Check):
    """A check that meets data nobody can use."""

    code: ClassVar[str] = "XX3"
    name: ClassVar[str] = "refused"

    def find(self, inputs: Inputs) -> Findings:
        raise InputError("Column 'x' cannot be used.")


@dataclass(frozen=True)
class Second(Check):
    """A check that flags every second row with all details there are, and counts how often it is asked."""

    code: ClassVar[str] = "XX4"
    name: ClassVar[str] = "second"
    times: ClassVar[list[int]] = []

    start: int = option(0, help="The first row to flag.", ge=0)

    def find(self, inputs: Inputs) -> Findings:
        self.times.append(self.start)
        rows = np.arange(self.start, inputs.n_rows, 2)
        scores = np.ones(inputs.n_rows)
        scores[rows] = 0.25
        scores[1] = np.nan
        return Findings.of(
            scores,
            rows,
            [f"Row {row} is one." for row in rows],
            column="x",
            suggestions=["other", *[None] * (len(rows) - 1)],
            probabilities=np.linspace(0, 1, len(rows)),
            related=[(int(row), 1) for row in rows],
            facts={"start": self.start},
        )


def pairs() -> Dataset:
    texts = ["a long sentence about one thing", "another one about other things"] * 3
    return open_dataset({"x": texts}, roles={"x": "text"})


def test_a_failing_check_is_kept_with_its_traceback_and_the_rest_goes_on() -> None:
    dataset = pairs()
    steps: list[tuple[int, int]] = []
    outcomes = run_checks(
        plan_audit(dataset, [Broken(), Modest(), WrongLabel(), ExactDuplicate()]),
        Preparation(dataset, MemoryShelf()),
        on_progress=lambda stage, done, total: steps.append((done, total)),
    )
    by_name = {outcome.check.name: outcome for outcome in outcomes}
    assert {name: outcome.status for name, outcome in by_name.items()} == {
        "broken": "failed", "modest": "not_applicable", "wrong_label": "not_applicable", "exact_duplicate": "found",
    }  # fmt: skip
    broken = by_name["broken"]
    assert broken.message == "ZeroDivisionError: a slip in the arithmetic"
    assert broken.findings is None
    assert broken.traceback is not None
    assert 'raise ZeroDivisionError("a slip in the arithmetic")' in broken.traceback
    assert by_name["modest"].message == "Nothing to say here."
    assert by_name["wrong_label"].message == "No label column was named."
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_what_needs_little_is_known_before_features_are_read_and_models_trained() -> None:
    dataset = open_dataset({"x": [n / 3 for n in range(40)], "y": ["a", "b"] * 20}, label="y")
    told: list[str] = []
    outcomes = run_checks(
        plan_audit(dataset, [WrongLabel(), Outlier(), ExactDuplicate()]),
        Preparation(dataset, MemoryShelf(), on_progress=lambda stage, done, total: told.append(stage)),
        on_outcome=lambda outcome: told.append(outcome.check.name),
    )
    trained = next(stage for stage in told if stage.startswith("Predicting"))
    order = ["exact_duplicate", "Finding the nearest rows", "outlier", trained, "wrong_label"]
    assert sorted(order, key=told.index) == order
    assert [outcome.check.name for outcome in outcomes] == ["wrong_label", "outlier", "exact_duplicate"]


def test_strict_raises_the_first_failure_but_takes_not_applicable_for_an_answer() -> None:
    dataset = pairs()
    with pytest.raises(ZeroDivisionError, match="a slip"):
        run_checks(plan_audit(dataset, [Broken()]), Preparation(dataset, MemoryShelf()), strict=True)
    (outcome,) = run_checks(plan_audit(dataset, [Modest()]), Preparation(dataset, MemoryShelf()), strict=True)
    assert outcome.status == "not_applicable"


def test_data_that_cannot_be_used_ends_the_run() -> None:
    dataset = pairs()
    with pytest.raises(InputError, match="cannot be used"):
        run_checks(plan_audit(dataset, [Refused(), Modest()]), Preparation(dataset, MemoryShelf()))


def test_findings_are_recalled_whole_and_made_anew_for_other_options(tmp_path: Path) -> None:
    dataset = pairs()
    Second.times.clear()

    def find(start: int) -> Findings:
        plan = plan_audit(dataset, [Second(start)])
        (outcome,) = run_checks(plan, Preparation(dataset, Project(tmp_path)))
        assert outcome.findings is not None
        return outcome.findings

    made, recalled, other = find(0), find(0), find(1)
    assert Second.times == [0, 1]
    wanted = Second(0).find(Inputs(6))
    for found in (made, recalled):
        for name, value in vars(wanted).items():
            if isinstance(value, np.ndarray):
                assert np.array_equal(getattr(found, name), value, equal_nan=True)
                assert getattr(found, name).dtype == value.dtype
            else:
                assert getattr(found, name) == value
    assert other.rows.tolist() == [1, 3, 5]


def test_a_check_that_flags_nobody_passed() -> None:
    dataset = open_dataset({"x": ["one", "two", "three"]}, roles={"x": "category"})
    (outcome,) = run_checks(plan_audit(dataset, [ExactDuplicate()]), Preparation(dataset, MemoryShelf()))
    assert outcome.status == "passed"
    assert outcome.findings is not None
    assert outcome.findings.scores.tolist() == [1, 1, 1]
