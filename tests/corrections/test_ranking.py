"""The order in which flagged rows are shown, before and after answers."""

from pathlib import Path

import numpy as np
from tests.corrections.reviewed import audited_copy, reopened

from emendata.checks import CHECKS
from emendata.corrections.items import Item
from emendata.corrections.ranking import Ranking, rank_table, rows_at_odds
from emendata.pipeline import Outcome
from emendata.records import Findings


def outcome(check: str, scores: np.ndarray) -> Outcome:
    return Outcome(CHECKS[check], "found", Findings.of(scores, [], []))


def item(row: int, score: float, column: str | None = "y") -> Item:
    return Item(row, column, score, "wrong_label", (("Wrong label", "Why."),), "b", ())


def test_without_answers_the_order_is_that_of_the_scores() -> None:
    items = [item(3, 0.1), item(1, 0.2), item(2, 0.05, None)]
    ranking = Ranking(items, "y", [outcome("wrong_label", np.linspace(0, 1, 5))], 5)
    assert [i.row for i in ranking.ordered({})] == [3, 1, 2]


def test_answers_that_another_score_foresees_bring_its_rows_to_the_front() -> None:
    rng = np.random.default_rng(0)
    label, outlier = rng.random(200), rng.random(200)
    rows = np.argsort(label).tolist()
    outcomes = [outcome("wrong_label", label), outcome("outlier", outlier)]
    ranking = Ranking([item(row, float(label[row])) for row in rows], "y", outcomes, 200)
    answered = {row: bool(outlier[row] < 0.3) for row in rows[:100]}
    left = [i.row for i in ranking.ordered(answered) if i.row not in answered]
    assert outlier[left[:25]].mean() < 0.25
    assert outlier[left[-25:]].mean() > 0.7
    alike = ranking.ordered(dict.fromkeys(rows[:100], True))
    assert [i.row for i in alike] == rows


def test_ranks_are_one_for_the_worst_and_a_half_where_a_check_says_nothing() -> None:
    outcomes = [
        outcome("wrong_label", np.array([0.9, 0.1, np.nan, 0.5])),
        outcome("outlier", np.array([0.2, 0.2, 0.2, 0.2])),
    ]
    names, ranks = rank_table(outcomes, 4)
    assert names == ("wrong_label",)
    assert ranks[1, 0] == 1
    assert ranks[2, 0] == 0.5
    assert ranks[1, 0] > ranks[3, 0] > ranks[0, 0]


def test_models_at_odds_are_counted_by_the_votes_against_the_most() -> None:
    votes = np.array([[0, 1, 1, 2], [0, 1, 0, 1], [0, 2, 1, 0], [0, 1, 0, 0]])
    assert rows_at_odds(votes).tolist() == [2, 3, 1]
    slow = [4 - np.bincount(column).max() for column in votes.T]
    assert slow == [0, 1, 2, 2]


def test_of_a_real_audit_every_flagged_row_is_ordered_once(tmp_path: Path) -> None:
    audit = reopened(audited_copy(tmp_path))
    items = audit.review().items
    ranking = Ranking(items, "tree", audit.outcomes, audit.dataset.n_rows)
    some = {one.row: i % 3 > 0 for i, one in enumerate(items[:40]) if one.column == "tree"}
    ordered = ranking.ordered(some)
    assert sorted((i.row, i.column or "") for i in ordered) == sorted((i.row, i.column or "") for i in items)
    assert ordered != list(items)
