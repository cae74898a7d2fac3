"""What the reviewed sample of one kind of proposals certifies, and that exactly this is fixed."""

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.corrections.goods import answer_truly, audited_goods, is_right, reopened_goods

from emendata.audit import Audit
from emendata.corrections import (
    REVIEWED_KINDS,
    ProposalFrame,
    Subject,
    apply_patch,
    gather_proposal_evidence,
)
from emendata.corrections.held_out import held_out_rows
from emendata.errors import InputError, UnknownName
from emendata.records import CorrectionKind


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return reopened_goods(audited_goods(tmp_path))


def sampled(audit: Audit, kind: CorrectionKind, n: int) -> None:
    queue = audit.review_proposals(kind, ["audit"])
    for _ in range(n):
        question = queue.next()
        if question is None:
            return
        answer_truly(queue, question)


def frame_of(audit: Audit, kind: CorrectionKind) -> ProposalFrame:
    return audit.review_proposals(kind).frame


@pytest.mark.parametrize("kind", REVIEWED_KINDS)
def test_every_proposal_is_in_one_ring_and_none_is_of_a_test_row(audit: Audit, kind: CorrectionKind) -> None:
    frame = frame_of(audit, kind)
    n = len(frame.proposals)
    assert n >= 6
    assert sorted(frame.order.tolist()) == list(range(n))
    assert (np.diff(frame.ring[frame.order]) >= 0).all()
    assert frame.sizes.sum() == n
    assert {one.kind for one in frame.proposals} == {kind}
    assert not held_out_rows(audit.dataset)[[one.row for one in frame.proposals]].any()


def test_the_frame_is_the_same_in_the_next_process(tmp_path: Path) -> None:
    project = audited_goods(tmp_path)
    first, second = (frame_of(reopened_goods(project), "set_cell") for _ in range(2))
    assert np.array_equal(first.order, second.order)


def test_a_certificate_covers_what_would_be_confirmed_and_the_patch_exactly_that(audit: Audit) -> None:
    sampled(audit, "set_cell", 150)
    certificate = audit.certify_kinds(["set_cell"], 0.8, 0.9)["set_cell"]
    assert certificate.is_certified
    assert certificate.n_candidates == len(certificate.frame.proposals)
    assert np.mean([is_right(one) for one in certificate.proposals]) >= 0.8
    patch = audit.patch(certificate=[certificate])
    places = {(one.row, one.column) for one in patch.corrections}
    settled = audit.decided.settled
    assert places == {(one.row, one.column) for one in audit.decided.corrections} | {
        place for one in certificate.proposals if (place := (one.row, one.column)) not in settled
    }
    unseen = [one for one in patch.corrections if "decided_by" not in one.evidence]
    assert all(one.evidence["certified"] == 0.8 for one in unseen)
    assert patch.certificate is not None
    (statement,) = patch.certificate["certificates"]
    assert statement["n_certified"] == len(certificate.proposals)
    assert sum(ring["n_asked"] for ring in statement["rings"]) == 150 - statement["n_repeated"]


def test_a_removal_is_certified_and_what_was_kept_stays(audit: Audit, tmp_path: Path) -> None:
    queue = audit.review_proposals("drop_duplicate", ["audit"])
    first = queue.next()
    assert first is not None
    queue.answer(first, "keep")
    sampled(audit, "drop_duplicate", 45)
    certificate = audit.certify_kinds(["drop_duplicate"], 0.9, 0.9)["drop_duplicate"]
    assert certificate.is_certified
    patch = audit.patch(certificate=[certificate])
    gone = {one.row for one in patch.corrections}
    assert gone == {one.row for one in certificate.proposals} - {first.subject.row}
    file = tmp_path / "goods.csv"
    with file.open(encoding="utf-8") as before:
        n_before = len(list(csv.reader(before)))
    apply_patch(patch, file, tmp_path / "right.csv")
    with (tmp_path / "right.csv").open(encoding="utf-8") as after:
        assert len(list(csv.reader(after))) == n_before - len(gone)


def test_columns_share_the_sample_and_what_may_go_wrong(audit: Audit) -> None:
    sampled(audit, "set_cell", 160)
    by_column = audit.certify_by_column(0.75, 0.9)
    whole = audit.certify_kinds(["set_cell"], 0.75, 0.9)["set_cell"]
    assert tuple(by_column) == whole.frame.columns
    assert sum(one.n_candidates for one in by_column.values()) == whole.n_candidates
    assert sum(one.drawn.asked.sum() for one in by_column.values()) == whole.drawn.asked.sum()
    assert by_column["city"].is_certified
    for name, one in by_column.items():
        assert one.confidence == pytest.approx(1 - 0.1 / len(by_column))
        assert {proposal.column for proposal in one.proposals} <= {name}
        if one.is_certified:
            assert np.mean([is_right(proposal) for proposal in one.proposals]) >= 0.75


def test_several_kinds_hold_at_once_and_a_row_that_goes_is_not_edited(audit: Audit) -> None:
    for kind in REVIEWED_KINDS:
        sampled(audit, kind, 170)
    found = audit.certify_kinds(precision=0.75, confidence=0.9)
    assert all(one.confidence == pytest.approx(1 - 0.1 / 3) for one in found.values())
    patch = audit.patch(certificate=list(found.values()))
    going = {one.row for one in patch.corrections if one.column is None}
    assert going
    assert not going & {one.row for one in patch.corrections if one.column is not None}
    assert patch.certificate is not None
    assert "90% sure that all of them hold at once" in patch.certificate["statement"]


def test_answers_at_second_hand_and_open_ones_confirm_nothing(audit: Audit) -> None:
    frame = frame_of(audit, "set_cell")
    subjects = [Subject(one.row, one.id, one.column, one.old) for one in frame.proposals]
    audit.decisions.decide_all("keep", subjects, streams=["bulk"] * len(subjects))
    assert not len(gather_proposal_evidence(frame, audit.decisions.standing).asked)
    queue = audit.review_proposals("set_cell", ["audit"])
    question = queue.next()
    assert question is not None
    queue.answer(question, "needs_review")
    assert queue.evidence.confirmed.tolist() == [False]


def test_another_value_than_the_proposed_one_confirms_nothing_and_a_dropped_row_neither(audit: Audit) -> None:
    queue = audit.review_proposals("set_cell", ["audit"])
    first = queue.next()
    assert first is not None
    queue.answer(first, "set_cell", "somewhere else")
    second = queue.next()
    assert second is not None
    audit.decisions.decide("exclude", Subject(second.subject.row, second.subject.row_id))
    assert queue.evidence.confirmed.tolist() == [False, False]


def test_reviews_of_labels_and_of_cells_do_not_repeat_each_others_questions(audit: Audit) -> None:
    sampled(audit, "set_cell", 45)
    certificate = audit.certify_kinds(["set_cell"])["set_cell"]
    assert (certificate.n_repeated, certificate.n_changed) == (2, 0)
    assert audit.certify_kinds(["drop_duplicate"])["drop_duplicate"].n_repeated == 0
    queue = audit.review_proposals("set_cell", ["audit"])
    while (question := queue.next()) is not None and question.stream != "repeat":
        answer_truly(queue, question)
    assert question is not None
    queue.answer(question, "needs_review")
    assert audit.certify_kinds(["set_cell"])["set_cell"].n_changed == 1


def test_with_no_answers_nothing_is_certified(audit: Audit) -> None:
    found = audit.certify_kinds()
    assert tuple(found) == REVIEWED_KINDS
    for one in found.values():
        assert one.sentence.startswith("Nothing is certified yet: of 0 ")
    assert audit.patch(certificate=list(found.values())).corrections == ()


def test_what_cannot_be_asked_is_refused(audit: Audit) -> None:
    with pytest.raises(UnknownName, match="kind of proposal to review"):
        audit.certify_kinds(["relabel"])
    with pytest.raises(InputError, match="lies between 0 and 1"):
        audit.certify_kinds(["set_cell"], precision=1.5)
    with pytest.raises(UnknownName, match="stream of proposals"):
        audit.review_proposals("set_cell", ["disagreement"])
