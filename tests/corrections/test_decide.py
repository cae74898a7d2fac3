"""What was done to the data is in the log, once each time, and stays there."""

import getpass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emendata.corrections import DecisionLog, Patch, record_decisions
from emendata.records import Correction
from emendata.store import Project

RELABEL = Correction("relabel", 4, "k4", "y", 1, True, "Looks like it.", {"probability": 0.97}, 0.1)
DROP = Correction("drop_duplicate", 7, "k7", None, None, None, "Row 2 again.", {}, 0.0)


def patch(*corrections: Correction) -> Patch:
    return Patch("rows.csv", "csv", "0" * 64, 10, "y", corrections)


def test_each_correction_is_one_event_with_who_when_and_what(tmp_path: Path) -> None:
    Project(tmp_path)
    before = datetime.now(UTC) - timedelta(seconds=2)
    assert record_decisions(patch(RELABEL, DROP), "applied", tmp_path)
    events = DecisionLog(Project(tmp_path, create=False)).events
    relabel, drop = sorted(events, key=lambda event: event.row)  # of one moment, they are in order of ids
    assert (relabel.action, relabel.kind, relabel.row, relabel.row_id) == ("applied", "relabel", 4, "k4")
    assert (relabel.column, relabel.old, relabel.new, relabel.reason) == ("y", 1, True, "Looks like it.")
    assert (drop.kind, drop.row, drop.column, drop.old, drop.new) == ("drop_duplicate", 7, None, None, None)
    assert relabel.event_id != drop.event_id
    assert relabel.at == drop.at
    assert before <= datetime.fromisoformat(relabel.at) <= datetime.now(UTC)
    assert relabel.by == getpass.getuser()


def test_the_log_only_grows(tmp_path: Path) -> None:
    Project(tmp_path)
    record_decisions(patch(RELABEL), "applied", tmp_path)
    (first,) = DecisionLog(Project(tmp_path)).events
    record_decisions(patch(RELABEL, DROP), "reverted", tmp_path)
    record_decisions(patch(), "applied", tmp_path)
    log = DecisionLog(Project(tmp_path)).events
    assert log[0] == first
    assert [event.action for event in log] == ["applied", "reverted", "reverted"]
    assert len({event.event_id for event in log}) == 3


def test_without_a_project_nothing_is_written(tmp_path: Path) -> None:
    assert not record_decisions(patch(RELABEL), "applied", tmp_path)
    assert not record_decisions(patch(RELABEL), "applied", tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_system_without_user_names_still_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr(getpass, "getuser", nobody)
    Project(tmp_path)
    assert record_decisions(patch(DROP), "applied", tmp_path)
    assert [event.by for event in DecisionLog(Project(tmp_path)).events] == ["unknown"]
