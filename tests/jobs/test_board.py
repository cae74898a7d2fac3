"""Work in processes of its own: done, failed, stopped, killed and taken up again."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.flowers import write_flowers

from emendata.errors import ProjectError
from emendata.jobs import ENDED, Board, JobState
from emendata.jobs.state import read_state, write_state
from emendata.store import Project


def ended(board: Board) -> JobState:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        last = board.last()
        assert last is not None
        if last.status in ENDED:
            return last
        time.sleep(0.05)
    raise AssertionError("the job was not over after two minutes")


def test_a_job_audits_in_a_process_of_its_own_and_says_how_far_it_is(tmp_path: Path) -> None:
    source = write_flowers(tmp_path)
    board = Board(tmp_path / "p.emendata")
    begun = board.start("audit", {"source": str(source), "label": "species", "mode": "quick"})
    assert begun.status == "queued"
    with pytest.raises(ProjectError, match="is going on"):
        board.start("audit", begun.arguments)
    done = ended(Board(board.project))  # another Studio, which did not start it
    assert (done.status, done.message) == ("done", "")
    assert next(stage.name for stage in done.stages) == "Opening the data"
    assert all(stage.done == stage.total for stage in done.stages)
    assert done.found["wrong_label"] > 0
    assert (board.project / "report.html").is_file()
    assert Project(board.project, create=False).last_run() is not None


def test_what_cannot_be_audited_fails_with_the_sentence_of_the_audit(tmp_path: Path) -> None:
    source = write_flowers(tmp_path)
    board = Board(tmp_path / "p.emendata")
    board.start("audit", {"source": str(source), "label": "spices"})
    failed = ended(board)
    assert failed.status == "failed"
    assert "Did you mean 'species'" in failed.message
    assert failed.traceback == ""


def test_a_job_that_is_killed_is_interrupted_and_goes_on_where_it_was(tmp_path: Path) -> None:
    source = write_flowers(tmp_path)
    board = Board(tmp_path / "p.emendata")
    board.start("audit", {"source": str(source), "label": "species", "mode": "thorough"})
    (process,) = board._processes.values()
    while not (last := board.last()) or not last.stages:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    gone = board.last()
    assert gone is not None
    assert gone.status == "interrupted"
    assert "is kept" in gone.message
    assert board.resume().number == 2
    assert ended(board).status == "done"


def test_a_job_that_is_slow_to_say_that_it_lives_is_not_taken_for_gone(tmp_path: Path) -> None:
    source = write_flowers(tmp_path)
    board = Board(tmp_path / "p.emendata")
    begun = board.start("audit", {"source": str(source), "label": "species", "mode": "thorough"})
    (process,) = board._processes.values()
    while not (last := board.last()) or not last.stages:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGSTOP)  # as on a machine that has no time for it
    state = read_state(board.file(begun.number))
    write_state(board.file(begun.number), replace(state, beat=time.time() - 60))
    other = Board(board.project)
    assert (seen := other.last()) is not None
    assert seen.status == "running"
    process.kill()
    process.wait()
    assert (seen := other.last()) is not None
    assert seen.status == "interrupted"


def test_a_job_that_is_cancelled_ends_and_can_be_taken_up_again(tmp_path: Path) -> None:
    source = write_flowers(tmp_path)
    board = Board(tmp_path / "p.emendata")
    board.start("audit", {"source": str(source), "label": "species", "mode": "thorough"})
    stopped = board.cancel()
    assert stopped is not None
    assert stopped.status == "cancelled"
    assert not list((board.project / "jobs").glob("*.cancel"))
    board.resume()
    assert ended(board).status == "done"


def test_there_is_nothing_to_take_up_where_nothing_was_begun(tmp_path: Path) -> None:
    board = Board(tmp_path)
    assert board.last() is None
    assert board.cancel() is None
    with pytest.raises(ProjectError, match="Start an audit"):
        board.resume()
