"""kill -9 at random moments of reviews and fixes: what was acknowledged is there, and no file is half written."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from emendata.corrections import (
    DecisionLog,
    Subject,
    apply_patch,
    decided_corrections,
    make_patch,
    read_patch,
    standing,
    write_patch,
)
from emendata.data import Dataset, open_dataset
from emendata.store import Project

N_ROWS = 2000
N_KILLS = 200


def table(folder: Path) -> Path:
    path = folder / "rows.csv"
    path.write_text("tag,x,y\n" + "".join(f"T{i},{i * 0.5},{'ab'[i % 2]}\n" for i in range(N_ROWS)))
    return path


def review_and_fix(path: Path, data: Dataset, project: Path, acknowledged: int) -> None:
    """Decide, say so, and every few decisions write the patch and the corrected copy anew; until killed."""
    ids = data.row_ids()
    log = DecisionLog(Project(project))
    rng = random.Random()
    while True:
        for _ in range(3):
            row = rng.randrange(N_ROWS)
            old = "ab"[row % 2]
            event = log.decide("relabel", Subject(row, ids[row], "y", old), new="ba"[row % 2])
            os.write(acknowledged, (event.event_id + "\n").encode())
        if rng.random() < 0.2:
            for taken_back in log.undo():
                os.write(acknowledged, (taken_back.event_id + "\n").encode())
        patch = make_patch(data, decided_corrections(data, log.standing).corrections)
        write_patch(patch, project / "corrections.jsonl")
        apply_patch(patch, path, project / "corrected.csv")


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_200_kills_lose_no_decision_and_leave_no_half_file(tmp_path: Path) -> None:
    path, project = table(tmp_path), tmp_path / "project"
    original = path.read_bytes()
    rng = random.Random(0)
    told: set[str] = set()
    data = open_dataset(path, label="y", roles={"tag": "id"})
    data.row_ids()
    for _ in range(N_KILLS):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                review_and_fix(path, data, project, writing)
            finally:
                os._exit(1)  # only a kill ends it
        os.close(writing)
        time.sleep(rng.uniform(0.02, 0.25))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        with os.fdopen(reading, "rb") as pipe:
            told |= {line.decode() for line in pipe.read().split(b"\n") if len(line) == 32}
        events = DecisionLog(Project(project)).events
        assert told <= {event.event_id for event in events}
        if (project / "corrections.jsonl").exists():
            patch = read_patch(project / "corrections.jsonl")
            assert patch.n_rows == N_ROWS
        if (project / "corrected.csv").exists():
            assert open_dataset(project / "corrected.csv").n_rows == N_ROWS
    assert len(told) > N_KILLS
    assert path.read_bytes() == original
    assert standing(DecisionLog(Project(project)).events)
