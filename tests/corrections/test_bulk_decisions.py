"""One event about many rows: it says what one event a row would, is a line of the log, and is taken back as one."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.corrections.bulks import labels, log_in, many

from emendata.corrections import Subject, Subjects, standing
from emendata.errors import InputError
from emendata.records import Coded


def n_lines(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as connection:
        n: int = connection.execute("SELECT count(*) FROM decisions").fetchone()[0]
    return n


def test_many_rows_are_one_line_of_the_log_and_a_decision_each(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    made = log.decide_rows("relabel", many(1, 2, 3), Coded.of(["dog", "fox", "dog"]), "They bark.", "bulk")
    assert n_lines(tmp_path) == 1
    assert [(d.row, d.row_id, d.old, d.new) for d in made] == [
        (1, "r1", "cat", "dog"),
        (2, "r2", "cat", "fox"),
        (3, "r3", "cat", "dog"),
    ]
    again = log_in(tmp_path)
    assert again.events == made
    assert dict(again.standing) == standing(made)
    assert again.standing["r2", "y"] == made[1]
    assert again.standing.tally("kind", "stream") == {("relabel", "bulk"): 3}
    assert again.standing.n_rows == 3
    assert {(d.by, d.origin, d.reason, d.stream) for d in again.events} == {
        ("ann", "Python", "They bark.", "bulk")
    }
    assert len({d.event_id for d in again.events}) == 3


def test_whole_rows_are_excluded_at_once(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    rows = Subjects(np.array([1, 2]), ["r1", "r2"], None, Coded.same(None, 2))
    log.decide_rows("exclude", rows)
    assert list(log_in(tmp_path).standing) == [("r1", None), ("r2", None)]


def test_undo_takes_all_back_as_one_event_and_leaves_what_came_later(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.decide("keep", Subject(1, "r1", "y", "cat"))
    made = log.decide_rows("relabel", many(1, 2, 3), Coded.same("dog", 3))
    log.decide("relabel", Subject(3, "r3", "y", "cat"), new="fox")
    log.take_back(made)
    assert n_lines(tmp_path) == 4
    for each in (log, log_in(tmp_path)):
        assert labels(each) == {"r1": "keep", "r3": "fox"}
        assert [each.gone.n_counting(one) for one in each.records] == [1, 0, 1, 3]
        assert set(each.gone) == {decision.event_id for decision in made}
    with pytest.raises(InputError, match="taken back already"):
        log.take_back(made)


def test_undo_and_redo_walk_over_it_as_over_any_decision(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.decide_rows("keep", many(1, 2))
    log.decide("relabel", Subject(3, "r3", "y", "cat"), new="fox")
    log.undo()
    assert len(log.undo()) == 2
    assert labels(log) == {}
    log.redo()
    assert labels(log) == {"r1": "keep", "r2": "keep"}
    log.redo()
    assert labels(log) == labels(log_in(tmp_path)) == {"r1": "keep", "r2": "keep", "r3": "fox"}
    log.undo()
    log.undo()
    assert labels(log) == {}


def test_one_of_its_rows_is_taken_back_alone_and_then_the_rest(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    made = log.decide_rows("relabel", many(1, 2, 3), Coded.of(["dog", "fox", "cow"]))
    log.undo(made[1])
    assert labels(log) == labels(log_in(tmp_path)) == {"r1": "dog", "r3": "cow"}
    rest = log.take_back(made)
    assert [(one.row_id, one.undoes) for one in rest] == [
        ("r1", made[0].event_id),
        ("r3", made[2].event_id),
    ]
    assert labels(log) == labels(log_in(tmp_path)) == {}
    log.take_back(rest)
    assert labels(log) == labels(log_in(tmp_path)) == {"r1": "dog", "r3": "cow"}


def test_two_logs_with_bulk_decisions_become_one_whichever_comes_first(tmp_path: Path) -> None:
    ann, bob = log_in(tmp_path / "ann"), log_in(tmp_path / "bob", "bob")
    ann.decide_rows("relabel", many(1, 2, 3), Coded.of(["dog", "fox", "dog"]))
    bob.decide_rows("keep", many(2, 3))
    ann.undo()
    ann.decide("relabel", Subject(1, "r1", "y", "cat"), new="cow")
    assert ann.export(tmp_path / "a.jsonl") == 3
    assert bob.export(tmp_path / "b.jsonl") == 1
    assert (ann.merge(tmp_path / "b.jsonl"), bob.merge(tmp_path / "a.jsonl")) == (1, 3)
    assert bob.merge(tmp_path / "a.jsonl") == 0
    assert ann.events == bob.events
    assert labels(ann) == labels(bob) == {"r1": "cow", "r2": "keep", "r3": "keep"}
    backwards = tmp_path / "c.jsonl"
    backwards.write_text("".join(reversed((tmp_path / "a.jsonl").read_text().splitlines(keepends=True))))
    cid = log_in(tmp_path / "cid")
    cid.merge(backwards)
    assert labels(cid) == {"r1": "cow"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event_id", "a" * 32),
        ("rows", []),
        ("row_ids", ["r1", "r1"]),
        ("row_ids", ["r1"]),
        ("row_ids", ["r1", 2]),
        ("new", {"values": ["dog"], "codes": [0, 1]}),
        ("old", {"values": ["dog"], "codes": [0]}),
        ("undone_at", [0, -1]),
        ("kind", "burn"),
        ("at", "yesterday"),
    ],
)
def test_a_line_about_many_rows_with_a_field_that_cannot_be_is_named(
    tmp_path: Path, field: str, value: object
) -> None:
    log = log_in(tmp_path / "p")
    log.decide_rows("relabel", many(1, 2), Coded.same("dog", 2))
    log.export(tmp_path / "log.jsonl")
    line = json.loads((tmp_path / "log.jsonl").read_text()) | {field: value}
    (tmp_path / "log.jsonl").write_text(json.dumps(line))
    fresh = log_in(tmp_path / "q")
    with pytest.raises(InputError, match=f"no usable '{field}'"):
        fresh.merge(tmp_path / "log.jsonl")
    assert fresh.events == []


@pytest.mark.parametrize(
    "change",
    [{"rows": None}, {"rows": ["x", "y"]}, {"new": 1}, {"old": {}}, {"more": 1}, {"rows": [1, 10**30]}],
)
def test_a_line_about_many_rows_that_is_no_event_is_refused(
    tmp_path: Path, change: dict[str, object]
) -> None:
    log = log_in(tmp_path / "p")
    log.decide_rows("keep", many(1, 2))
    log.export(tmp_path / "log.jsonl")
    line = json.loads((tmp_path / "log.jsonl").read_text()) | change
    (tmp_path / "log.jsonl").write_text(json.dumps(line))
    with pytest.raises(InputError, match=r"Line 1 of log\.jsonl is no event"):
        log_in(tmp_path / "q").merge(tmp_path / "log.jsonl")


def test_what_says_too_little_or_too_much_is_refused(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    with pytest.raises(InputError, match="comes twice"):
        log.decide_rows("keep", many(1, 1))
    with pytest.raises(InputError, match="its new value"):
        log.decide_rows("relabel", many(1, 2), Coded.of(["dog", None]))
    assert log.decide_rows("keep", many()) == []
    assert log.records == []
