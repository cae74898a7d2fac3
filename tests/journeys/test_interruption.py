"""Ctrl-C and kill -9 in the middle: nothing is lost, and the same command goes on."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.journeys.command import emendata


def long_table(folder: Path) -> Path:
    """A table whose models take some seconds."""
    rng = np.random.default_rng(0)
    true = rng.integers(0, 4, 3000)
    points = rng.normal(size=(3000, 12)) + true[:, None]
    lines = [",".join([*(f"c{i}" for i in range(12)), "label"])]
    lines += [
        ",".join([*(f"{value:.4f}" for value in row), "abcd"[code]])
        for row, code in zip(points, true, strict=True)
    ]
    folder.mkdir(exist_ok=True)
    path = folder / "long.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def start(file: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "emendata", "audit", str(file), "--label", "label"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kept_arrays(project: Path) -> dict[Path, int]:
    """Return the arrays that the catalog names, with their times of writing: only these count as kept."""
    if not (project / "catalog.sqlite").is_file():
        return {}
    with closing(sqlite3.connect(project / "catalog.sqlite", timeout=30)) as connection:
        try:
            keys = [key for (key,) in connection.execute("SELECT key FROM artifacts")]
        except sqlite3.OperationalError:  # its tables are not made yet
            return {}
    return {path: path.stat().st_mtime_ns for key in keys for path in (project / "arrays" / key).iterdir()}


def wait_for_first_array(process: "subprocess.Popen[str]", file: Path) -> None:
    for _ in range(600):
        if kept_arrays(file.with_name(f"{file.name}.emendata")) or process.poll() is not None:
            return
        time.sleep(0.05)
    raise AssertionError("no array was kept in 30 s")


def test_ctrl_c_ends_in_one_sentence_and_the_next_run_goes_on(tmp_path: Path) -> None:
    file = long_table(tmp_path)
    process = start(file)
    wait_for_first_array(process, file)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert output == ""
    assert errors.strip() == "Stopped. What was finished is kept; the same command goes on from there."
    project = tmp_path / "long.csv.emendata"
    assert not list(project.rglob("*.tmp"))
    assert not list(project.rglob(".tmp-*"))
    kept = kept_arrays(project)
    assert kept
    assert emendata("audit", file, "--label", "label").returncode == 0
    assert kept.items() <= kept_arrays(project).items()


def test_a_killed_audit_leaves_a_project_that_the_next_one_takes_up(tmp_path: Path) -> None:
    file = long_table(tmp_path)
    process = start(file)
    wait_for_first_array(process, file)
    process.kill()
    process.communicate(timeout=60)
    done = emendata("audit", file, "--label", "label")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "long.csv.emendata" / "report.html").is_file()


def test_on_a_terminal_there_are_bars_with_the_time_left(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "emendata", "audit", str(long_table(tmp_path)), "--label", "label"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=follower, env=environment) as process:
        os.close(follower)
        seen = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end was closed
                break
            if not part:
                break
            seen += part
    assert process.returncode == 0
    assert b"Predicting with random trees" in seen
    assert b"left" in seen


@pytest.mark.long
def test_two_audits_of_one_project_at_the_same_time_both_finish(tmp_path: Path) -> None:
    file = long_table(tmp_path)
    first, second = start(file), start(file)
    outputs = [process.communicate(timeout=120) for process in (first, second)]
    assert [
        (process.returncode, errors) for process, (_, errors) in zip((first, second), outputs, strict=True)
    ] == [
        (0, ""),
        (0, ""),
    ]
    assert outputs[0][0] == outputs[1][0]


@pytest.mark.long
def test_ten_kills_at_random_moments_change_nothing(tmp_path: Path) -> None:
    calm, hunted = (long_table(tmp_path / name) for name in ("calm", "hunted"))
    assert emendata("audit", calm, "--label", "label").returncode == 0
    moments = np.random.default_rng(7).uniform(0.5, 3.0, 10)
    for seconds in moments:
        process = start(hunted)
        time.sleep(seconds)
        process.kill()
        process.communicate(timeout=60)
    assert emendata("audit", hunted, "--label", "label").returncode == 0
    for name in ("issues.parquet", "scores.csv", "summary.json"):
        undisturbed, resumed = (file.with_name("long.csv.emendata") / name for file in (calm, hunted))
        assert undisturbed.read_bytes() == resumed.read_bytes(), name
