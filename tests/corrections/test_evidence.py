"""What the reviewed sample says of all labels, and what may be fixed unseen."""

from pathlib import Path

import numpy as np
import pytest
from tests.corrections.reviewed import TRUTH, answer_rightly, audited_copy, reopened

from emendata.audit import Audit
from emendata.corrections import Subject, apply_patch, gather_evidence
from emendata.errors import InputError
from emendata.records import Estimate
from emendata.reports.headline import headline


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return reopened(audited_copy(tmp_path))


def sampled(audit: Audit, n: int) -> None:
    queue = audit.review(["audit"])
    for _ in range(n):
        question = queue.next()
        assert question is not None
        answer_rightly(queue, question)


def test_every_labelled_row_is_in_one_stratum_and_test_rows_are_no_candidates(audit: Audit) -> None:
    frame = audit.frame
    assert frame is not None
    assert sorted(frame.order.tolist()) == list(range(602))
    assert frame.sizes.sum() == 602
    of_rings = frame.stratum < frame.n_rings
    assert not of_rings[540:600].any()
    assert (frame.suggested != frame.given).all()
    chance = frame.probability[of_rings]
    assert (
        chance[frame.stratum[of_rings] == 0].mean()
        > chance[frame.stratum[of_rings] == frame.n_rings - 1].mean()
    )


def test_the_frame_is_the_same_in_the_next_process(tmp_path: Path) -> None:
    project = audited_copy(tmp_path)
    first, second = reopened(project).frame, reopened(project).frame
    assert first is not None
    assert second is not None
    assert np.array_equal(first.order, second.order)


def test_before_thirty_answers_nobody_says_a_rate_and_then_it_is_near_the_truth(audit: Audit) -> None:
    sampled(audit, 30)
    evidence = audit.review().evidence
    assert evidence is not None
    assert evidence.rate is None  # one of them was asked twice
    sampled(audit, 80)
    evidence = audit.review().evidence
    assert evidence is not None
    assert evidence.rate is not None
    true = np.mean([t != g for t, g in zip(TRUTH, audit.score_table["given"].to_pylist(), strict=True)])
    assert evidence.rate.low <= true <= evidence.rate.high
    assert evidence.rate.high - evidence.rate.low < 0.1


def test_answers_given_for_another_reason_count_when_their_row_is_drawn(audit: Audit) -> None:
    queue = audit.review(["worst"])
    for _ in range(60):
        question = queue.next()
        assert question is not None
        answer_rightly(queue, question)
    evidence = queue.evidence
    assert evidence is not None
    assert evidence.n_judged < 15
    frame = evidence.frame
    assert evidence.pending in frame.order
    ids = audit.dataset.row_ids()
    assert (ids[evidence.pending or 0], "tree") not in queue.log.standing


def test_answers_at_second_hand_do_not_count(audit: Audit) -> None:
    frame = audit.frame
    assert frame is not None
    ids = audit.dataset.row_ids()
    subjects = [Subject(row, ids[row], "tree", frame.classes[frame.given[row]]) for row in range(602)]
    audit.decisions.decide_all("keep", subjects, streams=["bulk"] * 602)
    assert gather_evidence(frame, ids, audit.decisions.standing).n_judged == 0


def test_an_open_answer_confirms_nothing_and_is_left_out_of_the_rate(audit: Audit) -> None:
    queue = audit.review(["audit"])
    question = queue.next()
    assert question is not None
    queue.answer(question, "needs_review")
    evidence = queue.evidence
    assert evidence is not None
    assert evidence.n_judged == 0
    assert evidence.drawn.asked.sum() == evidence.drawn.unconfirmed.sum() == 1


def test_a_certificate_covers_what_would_be_confirmed_and_its_changes_are_as_good(audit: Audit) -> None:
    sampled(audit, 250)
    certificate = audit.certify(0.8, 0.9)
    assert certificate.is_certified
    right = [certificate.frame.suggestion(row) == TRUTH[row] for row in certificate.rows.tolist()]
    assert np.mean(right) >= 0.8
    patch = audit.patch(certificate=certificate)
    assert patch.certificate is not None
    assert patch.certificate["n_certified"] == len(certificate.rows)
    changed = {c.row: c.new for c in patch.corrections}
    decided = {c.row for c in audit.decided.corrections}
    judged = {row for row, _ in audit.decided.settled}
    assert set(changed) == decided | (set(certificate.rows.tolist()) - judged)
    assert all(changed[row] == TRUTH[row] for row in decided)
    left = [changed.get(row, given) != true for row, (given, true) in
            enumerate(zip(audit.score_table["given"].to_pylist(), TRUTH, strict=True))]  # fmt: skip
    assert sum(left) <= certificate.most_errors_left
    gain = sum(g != t for g, t in zip(audit.score_table["given"].to_pylist(), TRUTH, strict=True)) - sum(left)
    assert gain >= certificate.least_gain


def test_all_answers_count_at_whatever_precision_is_asked_for(audit: Audit) -> None:
    sampled(audit, 150)
    counts = {int(audit.certify(precision, 0.9).drawn.asked.sum()) for precision in (0.7, 0.9, 0.95)}
    assert counts == {int(audit.evidence().drawn.asked.sum())}
    assert min(counts) >= 140


def test_answers_from_before_a_correction_speak_of_the_corrected_labels(tmp_path: Path) -> None:
    project = audited_copy(tmp_path)
    audit = reopened(project)
    queue = audit.review(["worst", "audit"])
    for _ in range(150):
        question = queue.next()
        assert question is not None
        answer_rightly(queue, question)
    file = tmp_path / "trees.csv"
    apply_patch(audit.patch(reviewed_only=True), file, tmp_path / "right.csv")
    (tmp_path / "right.csv").replace(file)
    again = reopened(project)
    assert again.frame is not None
    assert audit.frame is not None
    assert not np.array_equal(again.frame.order, audit.frame.order)
    sampled(again, 100)
    true = np.mean([t != g for t, g in zip(TRUTH, again.score_table["given"].to_pylist(), strict=True)])
    evidence = again.review().evidence
    assert evidence is not None
    assert evidence.rate is not None
    assert evidence.rate.low <= true <= evidence.rate.high
    assert evidence.rate.rate < 0.5 * np.mean(
        [t != g for t, g in zip(TRUTH, audit.score_table["given"].to_pylist(), strict=True)]
    )


def test_certificates_by_class_cover_their_class_and_their_counts_add_up(audit: Audit) -> None:
    sampled(audit, 300)
    by_class = audit.certify_by_class(0.75, 0.8)
    frame, whole = audit.frame, audit.certify(0.75, 0.8)
    assert frame is not None
    assert set(by_class) == {"ash", "elm", "oak"}
    assert sum(one.n_candidates for one in by_class.values()) == whole.n_candidates
    assert any(one.is_certified for one in by_class.values())
    for name, one in by_class.items():
        assert {frame.suggestion(row) for row in one.rows.tolist()} <= {name}
        if one.is_certified:
            assert np.mean([name == TRUTH[row] for row in one.rows.tolist()]) >= 0.75
    drawn = audit.evidence().of(np.ones(602, dtype=bool))
    assert all(
        np.array_equal(getattr(drawn, name), getattr(whole.drawn, name))
        for name in ("sizes", "asked", "judged", "wrong", "unconfirmed")
    )


def test_with_no_answers_nothing_is_certified_and_nothing_is_changed(audit: Audit) -> None:
    certificate = audit.certify()
    assert not certificate.is_certified
    assert certificate.sentence.startswith("Nothing is certified yet: of 0 proposals")
    assert audit.patch(certificate=certificate).corrections == ()


@pytest.mark.parametrize(("precision", "confidence"), [(0.0, 0.9), (1.0, 0.9), (0.9, 1.5)])
def test_a_promise_that_nobody_can_make_is_refused(audit: Audit, precision: float, confidence: float) -> None:
    with pytest.raises(InputError, match="lies between 0 and 1"):
        audit.certify(precision, confidence)


def test_what_was_reviewed_sets_how_many_are_flagged_and_what_the_report_says(tmp_path: Path) -> None:
    project = audited_copy(tmp_path)
    audit = reopened(project)
    assert audit.summary.estimate is not None
    assert audit.summary.estimate.n_reviewed == 0
    sampled(audit, 110)
    again = reopened(project)
    rate, estimate = again.reviewed_rate, again.summary.estimate
    assert rate is not None
    assert estimate is not None
    assert estimate.n_reviewed == rate.n_reviewed >= 100
    assert (estimate.low, estimate.high) == (round(rate.low * 602), round(rate.high * 602))
    assert len(again.issues.of("wrong_label")) == round(rate.rate * 602)
    assert headline(again.summary).endswith(
        f"are wrong ({_span(estimate)}), by {rate.n_reviewed} that were reviewed."
    )
    assert np.array_equal(again.scores("wrong_label"), audit.scores("wrong_label"))


def _span(estimate: Estimate) -> str:
    return f"{100 * estimate.low / 602:.1f}–{100 * estimate.high / 602:.1f} %"
