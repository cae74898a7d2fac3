"""What a dataset lacks decides which checks run."""

from typing import Any

import pytest

from emendata.checks import CHECKS
from emendata.data import open_dataset
from emendata.pipeline import plan_audit

OF_ITEMS = {"unreadable", "pictures", "looks", "sounds", "prints", "texts", "languages"}
ITEM_CHECKS = {check.name for check in CHECKS if OF_ITEMS.intersection(check.needs)}
ALL = {check.name for check in CHECKS} - ITEM_CHECKS  # all that tables have use for
OF_CELLS = {check.name for check in CHECKS if "cells" in check.needs}


def plan(columns: dict[str, list[Any]], **settings: Any) -> tuple[list[str], dict[str, str]]:
    """Return the checks of tables without texts and images that run, and why the others do not."""
    made = plan_audit(open_dataset(columns, **settings), CHECKS)
    others = {check.name: why for check, why in made.not_applicable}
    assert {others.pop(name) for name in ITEM_CHECKS} == {
        "There is no column of images or sounds.",
        "There is no column of images.",
        "There is no column of sounds.",
        "There is no column of texts.",
    }
    return [check.name for check in made.checks], others


def test_with_label_features_and_rows_everything_runs_in_order() -> None:
    runs, others = plan({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y")
    assert runs == [check.name for check in CHECKS if check.name in ALL]
    assert others == {}


def test_without_a_label_what_needs_none_runs() -> None:
    runs, others = plan({"x": [1.5, 2.5, 3.5]})
    of_labels = {"wrong_label", "class_imbalance", "label_variants", "label_leak"}
    assert set(runs) == ALL - of_labels - {"unusual_for_model", "underperforming_group", "low_value"}
    assert set(others.values()) == {"No label column was named."}


@pytest.mark.parametrize("role", ["split", "ignore"])
def test_without_a_feature_only_the_labels_can_be_judged(role: str) -> None:
    runs, others = plan({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y", roles={"x": role})
    assert runs == ["class_imbalance", "label_variants", "label_leak"]
    assert set(others) == ALL - {"class_imbalance", "label_variants", "label_leak"}
    assert {others[name] for name in OF_CELLS} == {
        "There is no column of numbers, words, dates or short texts beside the label."
    }
    assert all("all are labels, ids, splits or ignored" in others[name] for name in set(others) - OF_CELLS)


def test_ids_have_cells_and_are_no_features() -> None:
    runs, _ = plan({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y", roles={"x": "id"})
    assert set(runs) == {"class_imbalance", "label_variants", "label_leak", *OF_CELLS}


def test_two_rows_cannot_be_compared() -> None:
    _, others = plan({"x": [1.5, 2.5], "y": ["a", "b"]}, label="y")
    assert others == dict.fromkeys(
        [
            "wrong_label",
            "outlier",
            "unusual_for_model",
            "underperforming_group",
            "low_value",
            "near_duplicate",
            *OF_CELLS,
        ],
        "2 rows are too few to compare.",
    )
