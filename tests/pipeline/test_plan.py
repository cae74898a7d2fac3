"""What a dataset lacks decides which checks run."""

from typing import Any

import pytest

from emendata.checks import CHECKS
from emendata.data import open_dataset
from emendata.pipeline import plan_audit

ELSEWHERE = {"unreadable", "pictures", "looks", "sounds", "prints", "texts", "languages", "splits", "times"}


def needing(*inputs: str) -> set[str]:
    """Return the names of the checks that cannot do without any of some inputs."""
    return {check.name for check in CHECKS if set(inputs).intersection(check.needs)}


ALL = {check.name for check in CHECKS} - needing(*ELSEWHERE)  # all that plain tables have use for
OF_CELLS = needing("cells")
OF_LABELS_ALONE = {
    check.name for check in CHECKS if set(check.needs) <= {"labels", "ranks"} and "labels" in check.needs
}


def plan(columns: dict[str, list[Any]], **settings: Any) -> tuple[list[str], dict[str, str]]:
    """Return the checks of plain tables that run, and why the others do not."""
    made = plan_audit(open_dataset(columns, **settings), CHECKS)
    others = {check.name: why for check, why in made.not_applicable}
    assert {others.pop(name) for name in needing(*ELSEWHERE) & others.keys()} <= {
        "There is no column of images or sounds.",
        "There is no column of images.",
        "There is no column of sounds.",
        "There is no column of texts.",
        "No column says which split a row belongs to.",
        "No column says when rows came.",
    }
    return [check.name for check in made.checks], others


def test_with_label_features_and_rows_everything_runs_in_order() -> None:
    runs, others = plan({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y")
    assert runs == [check.name for check in CHECKS if check.name in ALL]
    assert others == {}


def test_without_a_label_what_needs_none_runs() -> None:
    runs, others = plan({"x": [1.5, 2.5, 3.5]})
    assert set(runs) == ALL - needing("labels", "predictions")
    assert set(others.values()) == {"No label column was named."}


@pytest.mark.parametrize("role", ["split", "ignore"])
def test_without_a_feature_only_the_labels_can_be_judged(role: str) -> None:
    runs, others = plan({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y", roles={"x": role})
    of_splits = needing("splits") if role == "split" else set()
    assert set(runs) == OF_LABELS_ALONE | of_splits
    assert set(others) == ALL - OF_LABELS_ALONE
    assert {others[name] for name in OF_CELLS} == {
        "There is no column of numbers, words, dates or short texts beside the label."
    }
    assert all("all are labels, ids, splits or ignored" in others[name] for name in set(others) - OF_CELLS)


def test_ids_have_cells_and_are_no_features() -> None:
    runs, _ = plan({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y", roles={"x": "id"})
    assert set(runs) == OF_LABELS_ALONE | OF_CELLS


def test_two_rows_cannot_be_compared() -> None:
    _, others = plan({"x": [1.5, 2.5], "y": ["a", "b"]}, label="y")
    compared = needing("neighbors", "predictions", "cells") & ALL
    assert others.keys() >= compared
    assert set(others.values()) == {"2 rows are too few to compare."}
