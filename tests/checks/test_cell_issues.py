import numpy as np
import pytest

from emendata.checks import CHECKS, Inputs
from emendata.checks.cell_issues import cell_findings, listed
from emendata.checks.issues import Issue
from emendata.pipeline.cell_errors import CELL_CHECKS, cell_errors
from emendata.pipeline.run import Outcome
from emendata.records import Findings
from emendata.testing import check_check, sample_inputs

INPUTS = Inputs(90, cells=sample_inputs().cells, cell_predictions=sample_inputs().cell_predictions)


@pytest.mark.parametrize("name", CELL_CHECKS)
def test_checks_of_cells_keep_to_their_contract_and_find_their_error_in_the_sample(name: str) -> None:
    check_check(CHECKS[name])
    expected = {
        "mixed_types": {(42, "girth")},
        "rare_pattern": {(7, "place"), (31, "plot")},
        "typo": {(6, "place")},
        "broken_dependency": {(22, "zone")},
        "date_order": {(36, "planted")},
        "unit_error": {(41, "girth")},
        "sentinel": {(8, "place"), (43, "girth"), (44, "girth")},
        "unlikely_cell": {(22, "zone")},
    }[name]
    found = CHECKS[name].find(INPUTS)
    places = set(zip(found.rows.tolist(), found.columns, strict=True))
    assert expected <= places
    assert found.facts["cells_per_column"] == {
        column: sum(other == column for _, other in places) for _, column in places
    }


def test_a_row_has_the_score_of_its_worst_cell_and_a_cell_its_worst_issue() -> None:
    found = cell_findings(
        4,
        [
            Issue(2, "b", 0.4, "Odd."),
            Issue(2, "a", 0.2, "Wrong.", "1", 0.8, ("2",)),
            Issue(2, "a", 0.3, "Not so wrong.", "3"),
        ],
    )
    assert found.scores.tolist() == pytest.approx([1, 1, 0.2, 1])
    assert (found.rows.tolist(), found.columns) == ([2, 2], ("a", "b"))
    assert found.reasons == ("Wrong.", "Odd.")
    assert found.suggestions == ("1", None)
    assert found.alternatives == (("2",), ())


def test_of_many_names_five_are_listed() -> None:
    assert listed(["a"]) == "'a'"
    assert listed(list("abc")) == "'a', 'b' and 'c'"
    assert listed(list("abcdefg")) == "'a', 'b', 'c', 'd', 'e' and 2 more"


def said(name: str, suggestion: str | None, probability: float, score: float, *others: str) -> Outcome:
    found = Findings.of(
        np.array([1, score], np.float32),
        [1],
        [f"{name} says so."],
        column="town",
        suggestions=[suggestion],
        probabilities=[probability],
        alternatives=[others],
    )
    return Outcome(CHECKS[name], "found", found)


def test_checks_that_agree_on_a_value_make_it_more_probable() -> None:
    (one,) = cell_errors([said("typo", "Ulm", 0.8, 0.2, "Ulme"), said("broken_dependency", "Ulm", 0.7, 0.3)])
    assert (one.row, one.column, one.suggestion) == (1, "town", "Ulm")
    assert one.probability == pytest.approx(1 - 0.2 * 0.3)
    assert one.alternatives == ("Ulme",)
    assert one.checks == ("typo", "broken_dependency")
    assert one.score == pytest.approx(0.2)
    assert one.reason == "typo says so."


def test_where_checks_differ_the_surer_value_comes_first_with_its_reason() -> None:
    (one,) = cell_errors([said("sentinel", "", 0.6, 0.1), said("typo", "Ulm", 0.9, 0.2)])
    assert (one.suggestion, one.alternatives) == ("Ulm", ("",))
    assert one.reason == "typo says so."


def test_a_cell_without_any_suggestion_is_an_error_all_the_same() -> None:
    (one,) = cell_errors([said("mixed_types", None, float("nan"), 0.1)])
    assert one.suggestion is None
    assert np.isnan(one.probability)
