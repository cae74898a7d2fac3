"""What is asked, in what order, and what an answer does."""

from collections import Counter
from pathlib import Path

import pytest
from tests.corrections.reviewed import TRUTH, answer_rightly, audited_copy, reopened

from emendata.audit import Audit
from emendata.corrections import ReviewQueue, Subject
from emendata.records import Stream


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return reopened(audited_copy(tmp_path))


def answered(queue: ReviewQueue, n: int) -> list[Stream]:
    """Answer some questions and return from which streams they came."""
    streams = []
    for _ in range(n):
        question = queue.next()
        assert question is not None
        streams.append(question.stream)
        answer_rightly(queue, question)
    return streams


def test_three_streams_are_mixed_as_said(audit: Audit) -> None:
    streams = Counter(answered(audit.review(), 60))
    assert streams["worst"] == pytest.approx(36, abs=4)
    assert streams["audit"] == pytest.approx(18, abs=4)
    assert streams["disagreement"] == pytest.approx(6, abs=3)


def test_the_worst_come_first_and_nearly_all_of_them_are_wrong(audit: Audit) -> None:
    queue = audit.review(["worst"])
    right = []
    for _ in range(40):
        question = queue.next()
        assert question is not None
        right.append(question.suggested == TRUTH[question.subject.row])
        answer_rightly(queue, question)
    assert sum(right) >= 36


def test_one_answer_settles_the_copies_of_a_row_and_is_taken_back_as_one(audit: Audit) -> None:
    queue = audit.review(["worst"])
    while (question := queue.next()) is not None and question.subject.row not in (5, 600, 601):
        queue.skip(question)
    assert question is not None
    assert set(question.twins) | {question.subject.row} == {5, 600, 601}
    made = queue.answer(question, "relabel", TRUTH[5])
    assert sorted((decision.row, decision.stream) for decision in made) == [
        (5, "worst"),
        (600, "group"),
        (601, "group"),
    ]
    assert len({decision.at for decision in made}) == 1
    assert len(audit.decided.corrections) == 3
    assert len(queue.log.undo()) == 3
    assert not audit.decided.corrections


def test_what_is_skipped_comes_again_in_another_sitting(audit: Audit) -> None:
    queue = audit.review(["worst"])
    first = queue.next()
    assert first is not None
    queue.skip(first)
    second = queue.next()
    assert second is not None
    assert second.subject != first.subject
    assert audit.review(["worst"]).next() == first


def test_when_all_is_answered_nothing_is_left(audit: Audit) -> None:
    streams: tuple[Stream, ...] = ("worst",)
    queue = audit.review(streams)
    n = queue.n_open
    n_asked = 0
    while (question := queue.next()) is not None:
        answer_rightly(queue, question)
        n_asked += 1
    assert queue.n_open == 0
    assert 0 < n_asked <= n
    assert audit.review(streams).next() is None


def test_some_of_the_sample_are_asked_twice_and_a_changed_answer_is_counted(audit: Audit) -> None:
    queue = audit.review(["audit"])
    streams = answered(queue, 64)
    assert streams.count("repeat") == 3
    certificate = audit.certify()
    assert (certificate.n_repeated, certificate.n_changed) == (3, 0)
    while (question := queue.next()) is not None and question.stream != "repeat":
        answer_rightly(queue, question)
    assert question is not None
    queue.answer(question, "needs_review")
    assert audit.certify().n_changed == 1


def test_a_question_names_choices_by_probability_and_why(audit: Audit) -> None:
    question = audit.review(["worst"]).next()
    assert question is not None
    assert {name for name, _ in question.choices} == {"ash", "elm", "oak"}
    chances = [chance for _, chance in question.choices]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1, abs=1e-5)
    assert question.reasons[0][0] == "Probably wrong label"
    cells = dict(audit.review().cells(question))
    assert set(cells) == {"girth", "height", "leaf", "bark", "part", "tag"}
    assert any(near.label == question.suggested for near in audit.review().nearest(question))


def test_answers_to_the_sample_of_cells_leave_the_review_of_labels_as_it_was(audit: Audit) -> None:
    ids = audit.dataset.row_ids()
    for row in range(100, 145):
        audit.decisions.decide("set_cell", Subject(row, ids[row], "girth", "1"), "2", stream="audit")
    streams = answered(audit.review(), 20)
    assert streams.count("audit") == pytest.approx(6, abs=2)
    assert "repeat" not in streams
    assert audit.certify().n_repeated == 0
