"""Rows that are filtered, sorted, counted and changed, against the slow obvious way."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corrections.reviewed import audited_copy, reopened

from emendata.audit import Audit
from emendata.corrections import Subject
from emendata.errors import InputError, UnknownName
from emendata.selection import plan_bulk
from emendata.selection.fields import NumberField


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return reopened(audited_copy(tmp_path))


def labels(audit: Audit) -> list[str]:
    return [audit.dataset.text(row, "tree") for row in range(audit.dataset.n_rows)]


def test_conditions_choose_what_a_look_at_every_row_chooses(audit: Audit) -> None:
    rows, given = audit.rows, labels(audit)
    first, second, *_ = sorted(set(given))
    scores = audit.scores("wrong_label")
    assert rows.matching([]).all()
    assert rows.matching([f"given={first}"]).tolist() == [name == first for name in given]
    assert rows.matching([f"given={first}", f"given={second}"]).tolist() == [
        name in (first, second) for name in given
    ]
    assert rows.matching([f"given!={first}"]).tolist() == [name != first for name in given]
    assert rows.matching(["score<0.3"]).tolist() == (scores < 0.3).tolist()
    flagged = {issue["row"] for issue in audit.issues.of("EM101")}
    assert set(np.flatnonzero(rows.matching(["check=wrong_label"])).tolist()) == flagged
    both = rows.matching([f"given={first}", "check=wrong_label"])
    assert both.tolist() == [name == first and row in flagged for row, name in enumerate(given)]


def test_orders_hold_every_chosen_row_once(audit: Audit) -> None:
    rows, scores = audit.rows, audit.scores("wrong_label")
    for sort in ("worst", "score", "-score", "row", "-row", "given", "-given", "decision"):
        assert sorted(rows.ordered([], sort).tolist()) == list(range(rows.n_rows))
    by_score = scores[rows.ordered(["check=wrong_label"], "score")]
    assert (np.diff(by_score) >= 0).all()
    n_flagged = int(rows.matching(["flagged=yes"]).sum())
    assert rows.matching(["flagged=yes"])[rows.ordered()[:n_flagged]].all()
    with pytest.raises(UnknownName, match="Did you mean 'score'"):
        rows.ordered([], "scor")


def test_each_facet_counts_under_the_conditions_on_the_others(audit: Audit) -> None:
    rows, given = audit.rows, labels(audit)
    first = sorted(set(given))[0]
    by_label, by_score = rows.facets([f"given={first}", "score<0.5"], ["given", "score"])
    low = rows.matching(["score<0.5"])
    assert {count.value: count.n for count in by_label.counts} == {
        name: sum(low[row] and given[row] == name for row in range(rows.n_rows)) for name in set(given)
    }
    assert sum(part.n for part in by_score.bins) == given.count(first)
    assert sum(part.n_all for part in by_score.bins) == rows.n_rows


def test_rows_follow_the_log_wherever_a_decision_comes_from(audit: Audit) -> None:
    rows = audit.rows
    row = int(rows.ordered(["check=wrong_label"])[0])
    other = audit.decisions.signed("bob", "elsewhere")
    other.decide("relabel", Subject(row, rows.row_ids[row], "tree", labels(audit)[row]), "oak")
    assert rows.refresh().tolist() == [row]
    assert rows.matching(["decision=relabel", "by=bob"]).nonzero()[0].tolist() == [row]
    other.undo()
    rows.refresh()
    assert not rows.matching(["decision=relabel"]).any()


def test_a_bulk_change_leaves_alone_what_people_decided_and_is_taken_back_at_once(audit: Audit) -> None:
    rows, given = audit.rows, labels(audit)
    chosen = rows.ordered(["check=wrong_label"])
    kept = int(chosen[0])
    audit.decisions.decide("keep", Subject(kept, rows.row_ids[kept], "tree", given[kept]))
    rows.refresh()
    plan = plan_bulk(rows, chosen, "accept", include_test=True)
    assert (plan.n_chosen, len(plan.decided), len(plan.rows)) == (len(chosen), 1, len(chosen) - 1)
    assert sum(plan.before.values()) == sum(plan.after.values()) == len(plan.rows)
    assert set(plan.sample.tolist()) <= set(plan.rows.tolist())
    assert len(plan.sample) == min(30, len(plan.rows))
    made = plan.apply(audit.decisions, "sure")
    assert len({event.at for event in made}) == 1
    rows.refresh()
    assert int(rows.matching(["decision=relabel"]).sum()) == len(plan.rows)
    decision = rows.states.main(kept)
    assert decision is not None
    assert decision.kind == "keep"
    audit.decisions.undo()
    rows.refresh()
    assert not rows.matching(["decision=relabel"]).any()


def test_rows_of_a_test_split_are_left_out_unless_asked_for(audit: Audit) -> None:
    rows = audit.rows
    everything = rows.ordered()
    plan = plan_bulk(rows, everything, "exclude")
    assert len(plan.held_out) > 0
    assert len(plan.rows) + len(plan.held_out) == rows.n_rows
    assert len(plan_bulk(rows, everything, "exclude", include_test=True).rows) == rows.n_rows


def test_what_cannot_be_done_is_said(audit: Audit) -> None:
    with pytest.raises(InputError, match="Which label"):
        plan_bulk(audit.rows, np.array([0]), "relabel")
    with pytest.raises(UnknownName, match="action"):
        plan_bulk(audit.rows, np.array([0]), "burn")  # type: ignore[arg-type]


@given(st.lists(st.floats(width=32) | st.sampled_from([0.0, -0.0, float("nan")]), max_size=30))
def test_numbers_are_ordered_as_a_stable_sort_orders_them(numbers: list[float]) -> None:
    values = np.array(numbers, dtype=np.float32)
    field = NumberField("n", "N", values)
    assert field.order().tolist() == np.argsort(values, kind="stable").tolist()
    assert field.order(descending=True).tolist() == np.argsort(-values, kind="stable").tolist()


def test_rows_that_were_found_wrong_are_left_and_conflicts_are_named(audit: Audit) -> None:
    rows, given = audit.rows, labels(audit)
    chosen = rows.ordered(["check=wrong_label"])
    kept, agreed = chosen[:2].tolist()
    for row, new in ((kept, None), (agreed, plan_bulk(rows, chosen, "accept").new(agreed))):
        subject = Subject(row, rows.row_ids[row], "tree", given[row])
        audit.decisions.decide("keep" if new is None else "relabel", subject, new)
    rows.refresh()
    plan = plan_bulk(rows, chosen, "accept", include_test=True, only=chosen[:10])
    assert (plan.decided.tolist(), plan.conflicts.tolist()) == ([kept, agreed], [kept])
    assert (plan.rows.tolist(), len(plan.unsure)) == (chosen[2:10].tolist(), len(chosen) - 10)
    n_test = int(rows.matching(["split=test"])[chosen].sum())
    n_changed = int(rows.matching(["split=test"])[plan.rows].sum())
    assert plan.splits["test"] == (n_test, n_changed)
    assert plan.expected is not None
    assert 0 < plan.expected <= 1
    wrong = plan.rows[2:4].tolist()
    made = plan.apply(audit.decisions, wrong=wrong)
    rows.refresh()
    assert {event.row for event in made} == set(plan.rows.tolist()) - set(wrong)
    assert set(np.flatnonzero(rows.matching([f"batch={made[0].at}"])).tolist()) == {e.row for e in made}
