"""Tests of what is flagged: each row and column once, whatever number of checks say something of it."""

from collections.abc import Sequence

import numpy as np

from emendata.checks import Check
from emendata.checks.exact_duplicate import ExactDuplicate
from emendata.checks.outlier import Outlier
from emendata.checks.wrong_label import WrongLabel
from emendata.corrections.items import Items
from emendata.records import Findings


def _found(
    rows: Sequence[int],
    columns: Sequence[str | None],
    scores: Sequence[float],
    suggestions: Sequence[str | None],
) -> Findings:
    return Findings.of(
        np.ones(10),
        rows,
        [f"Why {row}." for row in rows],
        columns=columns,
        suggestions=suggestions,
        issue_scores=scores,
        related=[(row - 1,) for row in rows],
    )


def _items(*said: tuple[Check, Findings]) -> Items:
    return Items(said, "label")


WRONG = (WrongLabel(), _found([2, 5, 7], ["label"] * 3, [0.3, 0.1, 0.1], ["cat", "dog", None]))
OUTLIERS = (Outlier(), _found([1, 5], [None, None], [0.05, 0.4], [None, None]))


def test_labels_come_first_then_the_lowest_score_then_the_first_row() -> None:
    items = _items(OUTLIERS, WRONG)

    assert list(items.places) == [(5, "label"), (7, "label"), (2, "label"), (1, None), (5, None)]
    assert items.is_label.tolist() == [True, True, True, False, False]
    assert [(item.row, item.column) for item in items] == list(items.places)
    assert np.allclose([item.score for item in items], items.scores)


def test_what_several_checks_say_of_one_place_is_one_item() -> None:
    more = (Outlier(), _found([2, 7], ["label", "label"], [0.2, 0.9], ["cow", "hen"]))
    items = _items(WRONG, more)

    both = next(item for item in items if item.row == 2)
    assert both.check == "outlier"  # the lower score
    assert both.score == float(np.float32(0.2))
    assert both.suggested == "cow"
    assert [title for title, _ in both.reasons] == [Outlier().title, WrongLabel().title]
    assert items.suggestions == ["dog", "hen", "cow"]
    assert [item.suggested for item in items] == items.suggestions


def test_of_a_row_the_label_comes_first() -> None:
    items = _items(OUTLIERS, WRONG)

    assert [item.column for item in items.of_row(5)] == ["label", None]
    assert items.of_row(3) == []


def test_of_identical_rows_the_first_stays() -> None:
    twins = Findings.of(np.ones(10), [3, 8], ["Twin."] * 2, related=[(8,), (3,)])

    assert [item.row for item in _items((ExactDuplicate(), twins))] == [8]


def test_nothing_flagged_is_no_item() -> None:
    assert list(_items()) == []
    assert _items().of_row(0) == []
