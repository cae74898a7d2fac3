"""Which findings become changes: by hand-made findings, rule by rule."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.checks import CHECKS
from emendata.corrections.propose import USUAL_KINDS, ProposalRules, propose
from emendata.data import Dataset, open_dataset
from emendata.errors import InputError, UnknownName
from emendata.pipeline import Outcome
from emendata.records import Correction, Findings

N = 10


def table(labels: list[Any] | None = None) -> Dataset:
    columns = {
        "key": [f"k{i}" for i in range(N)],
        "x": [i + 0.5 for i in range(N)],
        "y": labels or ["a", "b"] * 5,
    }
    return open_dataset(columns, label="y", roles={"key": "id"})


def wrong(rows: dict[int, float], new: str = "b") -> Outcome:
    """Rows whose label is wrong, with the probability of the new one."""
    found = Findings.of(
        np.linspace(0, 1, N),
        sorted(rows),
        [f"Row {row} looks like {new}." for row in sorted(rows)],
        column="y",
        suggestions=[new] * len(rows),
        probabilities=[rows[row] for row in sorted(rows)],
    )
    return Outcome(CHECKS["wrong_label"], "found", found)


def twins(*groups: list[int], score: float = 0.0) -> Outcome:
    of = {row: tuple(other for other in group if other != row) for group in groups for row in group}
    scores = np.ones(N)
    scores[sorted(of)] = score
    reasons = [f"Row {row} again." for row in sorted(of)]
    found = Findings.of(scores, sorted(of), reasons, related=[of[row] for row in sorted(of)])
    return Outcome(CHECKS["exact_duplicate"], "found", found)


def far(scores: dict[int, float]) -> Outcome:
    whole = np.ones(N)
    whole[list(scores)] = list(scores.values())
    found = Findings.of(whole, sorted(scores), [f"Row {row} is far." for row in sorted(scores)])
    return Outcome(CHECKS["outlier"], "found", found)


def kinds(proposals: list[Correction]) -> dict[int, str]:
    return {correction.row: correction.kind for correction in proposals}


def test_a_label_is_changed_from_the_least_probability_on() -> None:
    outcomes = [wrong({0: 0.9, 2: 0.89, 4: 0.99})]
    assert kinds(propose(table(), outcomes)) == {
        0: "relabel",
        4: "relabel",
    }  # 0.9 as float32 is a little less
    assert kinds(propose(table(), outcomes, ProposalRules(min_probability=0.95))) == {4: "relabel"}
    assert set(kinds(propose(table(), outcomes, ProposalRules(min_probability=0.5)))) == {0, 2, 4}
    assert propose(table(), outcomes, ProposalRules(min_probability=1)) == []


def test_a_correction_carries_what_a_person_needs_to_judge_it() -> None:
    (change,) = propose(table(), [wrong({4: 0.96875})])
    assert change == Correction(
        kind="relabel", row=4, id="k4", column="y", old="a", new="b", reason="Row 4 looks like b.",
        evidence={"probability": 0.96875}, score=0.444444,
    )  # fmt: skip
    (removal,) = propose(table(["a"] * N), [twins([2, 5])])
    assert removal == Correction(
        kind="drop_duplicate", row=5, id="k5", column=None, old=None, new=None, reason="Row 5 again.",
        evidence={"first_row": 2, "rows_in_group": 2}, score=0.0,
    )  # fmt: skip


def test_the_first_of_identical_rows_stays() -> None:
    assert kinds(propose(table(["a"] * N), [twins([1, 3, 8], [2, 9])])) == dict.fromkeys(
        [3, 8, 9], "drop_duplicate"
    )


def test_identical_rows_whose_labels_differ_are_never_dropped() -> None:
    labels = ["a", "b", "a", "a", None, "b", "a", "a", "a", "a"]
    proposals = propose(table(labels), [twins([0, 1], [2, 3], [4, 6], [5, 7, 8])])
    assert kinds(proposals) == {3: "drop_duplicate"}


def test_without_labels_twins_go() -> None:
    dataset = open_dataset({"x": [i + 0.5 for i in range(N)]})
    assert kinds(propose(dataset, [twins([0, 1])])) == {1: "drop_duplicate"}


def test_accidental_twins_and_ordinary_outliers_stay() -> None:
    assert propose(table(["a"] * N), [twins([0, 1], score=1e-4)]) == []
    assert (
        len(propose(table(["a"] * N), [twins([0, 1], score=1e-4)], ProposalRules(max_duplicate_score=1e-3)))
        == 1
    )
    outcomes = [far({3: 0.02, 6: 0.001})]
    assert kinds(propose(table(), outcomes)) == {6: "exclude_outlier"}
    assert set(kinds(propose(table(), outcomes, ProposalRules(max_outlier_score=0.5)))) == {3, 6}
    assert propose(table(), outcomes, ProposalRules(max_outlier_score=0)) == []


def test_a_row_that_goes_is_not_relabelled_as_well() -> None:
    outcomes = [wrong({1: 1.0, 3: 1.0, 5: 1.0}), far({3: 0.0, 1: 0.0}), twins([0, 1])]
    proposals = propose(table(["a"] * N), outcomes)
    assert kinds(proposals) == {1: "drop_duplicate", 3: "exclude_outlier", 5: "relabel"}
    assert [correction.row for correction in proposals] == [1, 3, 5]


def test_only_the_kinds_that_are_asked_for_are_proposed() -> None:
    outcomes = [wrong({1: 1.0, 5: 1.0}), far({3: 0.0}), twins([0, 1])]
    wanted = {"relabel": {1, 5}, "exclude_outlier": {3}, "drop_duplicate": {1}}
    for kind in USUAL_KINDS:
        found = kinds(propose(table(["a"] * N), outcomes, ProposalRules(only=(kind,))))
        assert found == dict.fromkeys(wanted[kind], kind)
    assert propose(table(), outcomes, ProposalRules(only=())) == []


def test_without_findings_nothing_is_proposed() -> None:
    assert propose(table(), []) == []
    assert propose(table(), [Outcome(CHECKS["wrong_label"], "failed", message="no")]) == []


@pytest.mark.parametrize("name", ["min_probability", "max_duplicate_score", "max_outlier_score"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_rule_out_of_bounds_is_named(name: str, value: float) -> None:
    with pytest.raises(InputError, match=f"{name} must be from 0 to 1; got {value}."):
        ProposalRules(**{name: value})  # type: ignore[arg-type]


def test_a_misspelt_kind_names_the_nearest() -> None:
    with pytest.raises(
        UnknownName, match=r"There is no kind of correction 'relable'. Did you mean 'relabel'\?"
    ):
        ProposalRules(only=("relable",))  # type: ignore[arg-type]


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, N - 1), st.floats(0, 1, width=32)),
    st.dictionaries(st.integers(0, N - 1), st.floats(0, 0.5, width=32)),
    st.lists(st.integers(0, N - 1), min_size=2, unique=True).map(sorted),
    st.lists(st.sampled_from(["a", "b", None]), min_size=N, max_size=N).filter(
        lambda y: {"a", "b"} <= set(y)
    ),
)
def test_a_row_is_changed_at_most_once_and_the_first_twin_never_goes_as_one(
    relabelled: dict[int, float], outlying: dict[int, float], group: list[int], labels: list[str | None]
) -> None:
    proposals = propose(table(labels), [wrong(relabelled), far(outlying), twins(group)])
    rows = [correction.row for correction in proposals]
    assert rows == sorted(set(rows))
    dropped = [correction.row for correction in proposals if correction.kind == "drop_duplicate"]
    same = len({labels[row] for row in group}) == 1
    assert dropped == (group[1:] if same else [])
    assert all(correction.row in relabelled for correction in proposals if correction.kind == "relabel")
