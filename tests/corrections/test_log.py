"""The log of decisions: what is appended stays, what is taken back can come again, and two logs become one."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corrections.bulks import labels, log_in, many

from emendata.corrections import Subject, standing
from emendata.corrections.events import Events
from emendata.corrections.ledger import Ledger
from emendata.corrections.standing import in_order, taken_back
from emendata.errors import InputError, UnknownName
from emendata.records import BulkDecision, Coded, Decision, Event
from emendata.store import Project


def label(row: int, old: str = "cat") -> Subject:
    return Subject(row, f"r{row}", "y", old)


def test_the_last_decision_on_a_row_stands_and_all_are_kept(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.decide("keep", label(1))
    log.decide("relabel", label(1), new="dog", reason="It barks.", stream="audit")
    log.decide("exclude", Subject(1, "r1"))
    assert {place: d.kind for place, d in log.standing.items()} == {
        ("r1", "y"): "relabel",
        ("r1", None): "exclude",
    }
    again = log_in(tmp_path)
    assert [event.kind for event in again.events] == ["keep", "relabel", "exclude"]
    assert again.events == log.events
    made = again.standing["r1", "y"]
    assert (made.new, made.reason, made.stream, made.by, made.origin) == (
        "dog",
        "It barks.",
        "audit",
        "ann",
        "Python",
    )


def test_undo_and_redo_walk_through_what_one_person_decided(tmp_path: Path) -> None:
    log, other = log_in(tmp_path), log_in(tmp_path, "bob")
    log.decide("relabel", label(1), new="dog")
    log.decide("relabel", label(2), new="fox")
    other.decide("keep", label(3))
    log.refresh()
    log.undo()
    assert labels(log) == {"r1": "dog", "r3": "keep"}
    log.undo()
    assert labels(log) == {"r3": "keep"}
    with pytest.raises(InputError, match="no decision of yours"):
        log.undo()
    log.redo()
    assert labels(log) == {"r1": "dog", "r3": "keep"}
    log.redo()
    assert labels(log) == {"r1": "dog", "r2": "fox", "r3": "keep"}
    with pytest.raises(InputError, match="took nothing back"):
        log.redo()
    log.undo()
    log.decide("keep", label(4))
    with pytest.raises(InputError, match="took nothing back"):
        log.redo()
    assert len(log_in(tmp_path).events) == 9


def test_undoing_an_older_event_lets_what_was_before_it_stand(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.decide("keep", label(1))
    second = log.decide("relabel", label(1), new="dog")
    log.decide("keep", label(2))
    log.undo(second)
    assert labels(log) == {"r1": "keep", "r2": "keep"}


def test_comments_are_kept_and_decide_nothing(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.decide("relabel", label(1), new="dog")
    log.decide("comment", label(1), reason="Ask the vet.")
    assert labels(log) == {"r1": "dog"}
    assert log.events[-1].reason == "Ask the vet."


def test_a_decision_that_says_too_little_is_refused(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    with pytest.raises(UnknownName, match="Did you mean 'relabel'"):
        log.decide("relable", label(1), new="dog")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="its new value"):
        log.decide("relabel", label(1))
    with pytest.raises(InputError, match="names a column"):
        log.decide("set_cell", Subject(1, "r1"), new="3")
    with pytest.raises(InputError, match="Give its text"):
        log.decide("comment", label(1), reason=" ")
    assert log.events == []


def test_two_logs_become_one_and_both_say_the_same(tmp_path: Path) -> None:
    ann, bob = log_in(tmp_path / "ann"), log_in(tmp_path / "bob", "bob")
    ann.decide("relabel", label(1), new="dog")
    bob.decide("keep", label(1))
    bob.decide("relabel", label(2), new="fox")
    bob.undo()
    ann.decide("relabel", label(2), new="cow")
    for log, name in ((ann, "a.jsonl"), (bob, "b.jsonl")):
        assert log.export(tmp_path / name) == len(log.events)
    assert ann.merge(tmp_path / "b.jsonl") == 3
    assert bob.merge(tmp_path / "a.jsonl") == 2
    assert ann.merge(tmp_path / "b.jsonl") == 0
    assert ann.events == bob.events
    assert labels(ann) == labels(bob) == {"r1": "keep", "r2": "cow"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Line 2 of log.jsonl is no event"),
        ('{"event_id": "a"}', "is no event"),
        ("[1]", "is no event"),
    ],
)
def test_a_file_that_is_no_log_adds_nothing(tmp_path: Path, line: str, said: str) -> None:
    log = log_in(tmp_path / "p")
    log.decide("keep", label(1))
    log.export(tmp_path / "log.jsonl")
    fresh = log_in(tmp_path / "q")
    with (tmp_path / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(InputError, match=said):
        fresh.merge(tmp_path / "log.jsonl")
    assert log_in(tmp_path / "q").events == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "yesterday"),
        ("at", "2026-01-01T00:00:00"),
        ("row", "1"),
        ("kind", "burn"),
        ("action", "x"),
        ("by", None),
    ],
)
def test_an_event_with_a_field_that_cannot_be_is_named(tmp_path: Path, field: str, value: object) -> None:
    log = log_in(tmp_path / "p")
    log.decide("keep", label(1))
    log.export(tmp_path / "log.jsonl")
    event = json.loads((tmp_path / "log.jsonl").read_text()) | {field: value}
    (tmp_path / "log.jsonl").write_text(json.dumps(event))
    with pytest.raises(InputError, match=f"no usable '{field}'"):
        log_in(tmp_path / "q").merge(tmp_path / "log.jsonl")


@pytest.mark.parametrize(("version", "lacks"), [(1, ("origin", "stream", "undoes", "bulk")), (2, ("bulk",))])
def test_a_catalog_of_an_older_version_is_taken_over_with_its_events(
    tmp_path: Path, version: int, lacks: tuple[str, ...]
) -> None:
    log = log_in(tmp_path)
    log.decide("keep", label(1))
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection:
        for column in lacks:
            connection.execute(f"ALTER TABLE decisions DROP COLUMN {column}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
    again = log_in(tmp_path)
    origin = "command line" if version == 1 else "Python"
    assert [(e.kind, e.origin, e.stream, e.undoes) for e in again.events] == [("keep", origin, None, None)]
    again.undo()
    again.decide_rows("relabel", many(1, 2), Coded.of(["dog", "fox"]))
    assert labels(log_in(tmp_path)) == {"r1": "dog", "r2": "fox"}


def test_a_clock_that_goes_back_does_not_turn_the_order_around(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    first = log.decide("keep", label(1))
    ahead = Decision(
        **{**vars(first), "event_id": "f" * 32, "at": "2999-01-01T00:00:00.000000+00:00", "kind": "exclude"}
    )
    Project(tmp_path).log([ahead])
    log.refresh()
    log.decide("relabel", label(1), new="dog")
    assert labels(log_in(tmp_path)) == {"r1": "dog"}


def test_many_processes_append_to_one_log(tmp_path: Path) -> None:
    log_in(tmp_path)
    code = (
        "import sys; from emendata.corrections import DecisionLog, Subject; from emendata.store import Project\n"
        "log = DecisionLog(Project(sys.argv[1]), by=sys.argv[2])\n"
        "for i in range(20): log.decide('keep', Subject(i, f'r{i}', 'y', 'cat'))\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)]) for n in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    events = log_in(tmp_path).events
    assert len(events) == len({event.event_id for event in events}) == 60


@given(
    st.lists(
        st.tuples(st.sampled_from(["decide", "undo"]), st.integers(0, 3), st.integers(0, 30)), max_size=25
    )
)
def test_what_stands_is_what_replaying_by_hand_gives(steps: list[tuple[str, int, int]]) -> None:
    events: list[Decision] = []
    for step, (what, row, place) in enumerate(steps):
        target = events[place % len(events)] if what == "undo" and events else None
        events.append(
            Decision(
                f"{step:03d}", f"{step:03d}", "ann", "undone" if target else "decided", "relabel", row, f"r{row}", "y",
                None, str(step), "", undoes=target.event_id if target else None,
            )
        )  # fmt: skip

    def counts(event: Decision) -> bool:
        return not any(other.undoes == event.event_id and counts(other) for other in events)

    slow = {e.row_id: e.new for e in events if e.action == "decided" and counts(e)}
    assert {row: decision.new for (row, _), decision in standing(reversed(events)).items()} == slow


ROWS = ("r1", "r2", "r3")


def name(number: int) -> str:
    return f"{number:024x}00000000"


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events of a few rows or of one, some of which take others back, at moments that need not follow their order."""
    events: list[Event] = []
    for number in range(1, draw(st.integers(2, 12))):
        shared: dict[str, Any] = {
            "at": f"2026-01-01T00:00:{draw(st.integers(0, 20)):02d}+00:00",
            "by": "ann",
            "kind": draw(st.sampled_from(("keep", "relabel", "comment"))),
            "column": draw(st.sampled_from(("y", None))),
            "reason": "",
        }
        undone = draw(st.sampled_from([None, *events]))
        shared["action"] = "decided" if undone is None else "undone"
        if draw(st.booleans()) or isinstance(undone, Decision):
            of_many = (
                undone[draw(st.integers(0, len(undone) - 1))] if isinstance(undone, BulkDecision) else undone
            )
            shared |= {"undoes": None if of_many is None else of_many.event_id}
            row = draw(st.sampled_from(ROWS))
            events.append(
                Decision(event_id=f"e{number:02d}", row=0, row_id=row, old=None, new=None, **shared)
            )
            continue
        rows = draw(st.lists(st.sampled_from(ROWS), min_size=1, unique=True))
        n, at = len(rows), None
        if undone is not None and draw(st.booleans()):
            at = np.array(
                draw(st.lists(st.integers(0, len(undone) - 1), min_size=n, max_size=n)), dtype=np.int64
            )
        elif undone is not None:
            n = min(n, len(undone))
        events.append(
            BulkDecision(
                event_id=name(number),
                rows=np.zeros(n, dtype=np.int64),
                row_ids=rows[:n],
                old=Coded.same(None, n),
                new=Coded.of(rows[:n]),
                undoes=None if undone is None else undone.event_id,
                undone_at=at,
                **shared,
            )
        )
    return events


@given(histories(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_a_ledger_says_at_each_moment_what_all_events_say(
    events: list[Event], random: Random, step: int
) -> None:
    random.shuffle(events)
    ledger, seen = Ledger(), dict[tuple[str, str | None], Decision]()
    for start in range(0, len(events), step):
        before = len(ledger.standing.row_ids) and ledger.standing.changed_since(0)[1]
        ledger.add(events[max(start - 1, 0) : start + step])  # some come twice
        known = list(Events(events[: start + step]))
        assert ledger.standing == standing(known)
        assert len(ledger.standing) == len(standing(known))
        assert set(ledger.gone) == taken_back(known) & {event.event_id for event in known}
        assert {event.event_id for event in known if event.event_id in ledger.gone} == set(ledger.gone)
        assert Events(ledger.records) == in_order(known)
        changed = {
            row
            for row, column in seen | dict(ledger.standing)
            if seen.get((row, column)) != ledger.standing.get((row, column))
        }
        assert changed <= {ledger.standing.row_ids[n] for n in ledger.standing.changed_since(before)[0]}
        seen = dict(ledger.standing)


def test_two_people_write_to_one_log_and_a_process_beside_them(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    other = log.signed("bob", "studio")
    other.decide("keep", label(1))
    log_in(tmp_path, "cid").decide("relabel", label(1), new="dog")
    assert labels(log) == {"r1": "keep"}
    log.refresh()
    assert labels(other) == {"r1": "dog"}
    assert [
        (rows.tolist(), n) for rows, n in (log.standing.changed_since(0), log.standing.changed_since(1))
    ] == [
        ([0], 2),
        ([0], 2),
    ]
    other.undo()
    assert labels(log) == {"r1": "dog"}  # it was bob's own that was taken back
