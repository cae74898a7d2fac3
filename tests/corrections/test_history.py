"""What was done moment by moment, and checkpoints: against logs that are small enough to follow by hand."""

from pathlib import Path
from random import Random

import pytest
from tests.corrections.bulks import labels, log_in, many
from tests.corrections.test_log import label

from emendata.corrections import (
    DecisionLog,
    Subject,
    checkpoints,
    compare_checkpoints,
    find_batch,
    find_checkpoint,
    go_back,
    history,
    later_decisions,
    set_checkpoint,
)
from emendata.data import open_dataset
from emendata.errors import InputError, UnknownName
from emendata.records import Coded


def test_what_was_done_at_once_is_one_batch_with_its_source(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.decide("keep", label(1))
    log.decide_all("relabel", [label(2), label(3)], "dog", streams=["bulk", "bulk"])
    log.undo()
    set_checkpoint(log, "lunch")
    assert [(b.first.action, b.source, len(b.events)) for b in history(log)] == [
        ("decided", "note", 1),
        ("undone", "bulk", 2),
        ("decided", "bulk", 2),
        ("decided", "by hand", 1),
    ]
    with pytest.raises(UnknownName, match="no such moment"):
        find_batch(log, "2020-01-01T00:00:00+00:00", "ann")


def test_later_decisions_on_the_same_rows_stay_unless_they_go_too(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    many = log.decide_all("relabel", [label(row) for row in range(4)], "dog", streams=["bulk"] * 4)
    later = log.signed("bob", "Python").decide("relabel", label(2), "elk")
    log.decide("exclude", Subject(3, "r3"))  # about the row, not about its label: another place
    batch = find_batch(log, many[0].at, "ann")
    (other,) = later_decisions(log, batch)
    assert other.events == (later,)
    log.take_back(batch.events)
    assert labels(log) == {"r2": "elk", "r3": "exclude"}
    log.redo()
    log.take_back([*batch.events, *other.events])
    assert labels(log) == {"r3": "exclude"}


def test_a_checkpoint_has_a_name_that_no_other_has(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    set_checkpoint(log, " lunch ")
    for name, said in ((" ", "has a name"), ("lunch", "already"), ("now", "already")):
        with pytest.raises(InputError, match=said):
            set_checkpoint(log, name)
    with pytest.raises(UnknownName, match="Did you mean 'lunch'"):
        find_checkpoint(log, "lunhc")
    assert not log.standing
    other = DecisionLog(log._project)
    assert [(one.name, one.by) for one in checkpoints(other)] == [("lunch", "ann")]
    with pytest.raises(InputError, match="no decision of yours"):
        log.undo()
    log.take_back(log.events)
    assert not checkpoints(log)


def test_two_checkpoints_differ_in_rows_and_in_classes(tmp_path: Path) -> None:
    data = open_dataset({"id": ["r0", "r1", "r2"], "y": ["cat", "cat", "cow"]}, label="y", roles={"id": "id"})
    log = log_in(tmp_path)
    ids = data.row_ids()
    log.decide("relabel", Subject(0, ids[0], "y", "cat"), "dog")
    first = set_checkpoint(log, "first")
    log.decide("keep", Subject(1, ids[1], "y", "cat"))
    log.decide("exclude", Subject(2, ids[2]))
    found = compare_checkpoints(data, log, first)
    assert (found.rows, found.n_before, found.n_after) == ((1, 2), 1, 3)
    assert found.classes_before == {"cat": 1, "cow": 1, "dog": 1}
    assert found.classes_after == {"cat": 1, "cow": 0, "dog": 1}
    go_back(log, first)
    assert not compare_checkpoints(data, log, first).rows
    with pytest.raises(InputError, match="Nothing was decided since"):
        go_back(log, first)


@pytest.mark.parametrize("seed", range(20))
def test_going_back_gives_what_stood_whatever_was_done_since_and_is_taken_back_as_one(
    tmp_path: Path, seed: int
) -> None:
    log, random = log_in(tmp_path), Random(seed)

    def do_something() -> None:
        choice = random.random()
        try:
            if choice < 0.2:
                rows = random.sample(range(4), 2)
                log.decide_rows("relabel", many(*rows), Coded.same(random.choice("abc"), 2), stream="bulk")
            elif choice < 0.6:
                row = random.randrange(4)
                log.decide("relabel", label(row), random.choice("abc"))
            elif choice < 0.8:
                log.take_back([random.choice([*log.records, *log.events])])
            else:
                log.redo()
        except (InputError, IndexError):
            pass

    for _ in range(12):
        do_something()
    checkpoint, then = set_checkpoint(log, "then"), dict(log.standing)
    for _ in range(12):
        do_something()
    now = dict(log.standing)
    if now != then:
        go_back(log, checkpoint)
        assert dict(log.standing) == then
        log.take_back(history(log)[0].events)
        assert dict(log.standing) == now
