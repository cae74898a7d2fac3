import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from emendata.errors import OutputError, ProjectError
from emendata.records import Decision
from emendata.store import MemoryShelf, Project, fingerprint


def decision(number: int) -> Decision:
    return Decision(
        f"{number:032x}",
        "2026-01-01T00:00:00+00:00",
        "ann",
        "applied",
        "relabel",
        number,
        f"id{number}",
        "label",
        "cat",
        "dog",
        "4 of 4 models say 'dog'.",
    )


def test_what_was_kept_is_recalled_by_the_next_process(tmp_path: Path) -> None:
    Project(tmp_path / "p").keep("k1", "numbers", {"a": np.arange(5), "empty": np.zeros(0)}, {"n": 5})
    again = Project(tmp_path / "p", create=False).recall("k1")
    assert again is not None
    assert again.arrays["a"].tolist() == [0, 1, 2, 3, 4]
    assert isinstance(again.arrays["a"], np.memmap)
    assert again.facts == {"n": 5}
    with pytest.raises(ValueError, match="read-only"):
        again.arrays["a"][0] = 9


def test_an_array_that_was_cut_short_counts_as_not_kept(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.keep("k", "numbers", {"a": np.arange(1000)}, {})
    path = tmp_path / "arrays" / "k" / "a.npy"
    path.write_bytes(path.read_bytes()[:200])
    assert project.recall("k") is None
    assert project.keep("k", "numbers", {"a": np.arange(3)}, {}).arrays["a"].tolist() == [0, 1, 2]


def test_pickled_arrays_are_never_loaded(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.keep("k", "numbers", {"a": np.arange(3)}, {})
    np.save(tmp_path / "arrays" / "k" / "a.npy", np.array([{"evil": 1}], dtype=object), allow_pickle=True)
    assert project.recall("k") is None


def test_decisions_come_back_in_order_and_are_never_changed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.log([decision(1), decision(2)])
    project.log([decision(3)])
    assert Project(tmp_path).events_after(0)[0] == [decision(1), decision(2), decision(3)]
    with pytest.raises(ProjectError):
        project.log([decision(4), decision(1)])  # the same event twice: neither is written
    assert len(project.events_after(0)[0]) == 3


def test_the_newest_run_is_the_last_one(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.last_run() is None
    project.record_run({"seed": 1})
    project.record_run({"seed": 2})
    assert project.last_run() == {"seed": 2}


def test_no_project_a_newer_one_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no emendata project"):
        Project(tmp_path / "none", create=False)
    Project(tmp_path / "newer").close()
    with closing(sqlite3.connect(tmp_path / "newer" / "catalog.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ProjectError, match="newer emendata"):
        Project(tmp_path / "newer")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "catalog.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(ProjectError, match="cannot be used"):
        Project(tmp_path / "broken")


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        Project(tmp_path / "p")


def test_nothing_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    program = f"""
import os, numpy as np
from emendata.store import Project
project = Project({str(tmp_path)!r})
for i in range(10_000):
    project.keep(f"k{{i}}", "numbers", {{"a": np.full(1000, i)}}, {{"i": i}})
    print(i, flush=True)
"""
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for line in writer.stdout:
        if int(line) == 5:
            break
    writer.kill()
    last = 5 + len(writer.stdout.read().split())
    writer.wait()
    writer.stdout.close()
    project = Project(tmp_path)
    for i in range(min(last, 6)):
        kept = project.recall(f"k{i}")
        assert kept is not None
        assert (kept.arrays["a"] == i).all()


def test_memory_keeps_the_same_way() -> None:
    shelf = MemoryShelf()
    assert shelf.recall("k") is None
    kept = shelf.keep("k", "numbers", {"a": np.arange(3)}, {"n": 3})
    assert shelf.recall("k") is kept
    with pytest.raises(ValueError, match="read-only"):
        kept.arrays["a"][0] = 1


def test_memory_reads_the_shelf_behind_it_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    behind = Project(tmp_path)
    behind.keep("old", "numbers", {"a": np.arange(3)}, {})
    shelf = MemoryShelf(behind=behind)
    shelf.keep("new", "numbers", {"a": np.arange(2)}, {})
    shelf.keep("old", "numbers", {"a": np.arange(5)}, {})
    kept = shelf.recall("old")
    assert kept is not None
    assert len(kept.arrays["a"]) == 5
    shelf.forget("old")
    assert [len(found.arrays["a"]) for found in shelf.recall_kind("numbers")] == [3, 2]
    assert behind.recall("new") is None
    assert behind.recall("old") is not None


def test_fingerprints_see_every_part() -> None:
    assert fingerprint("a", [1, None]) != fingerprint("a", [1, 0])
    assert fingerprint({"b": 1, "a": 2}) == fingerprint({"a": 2, "b": 1})


def test_many_may_make_the_same_project_at_the_same_moment(tmp_path: Path) -> None:
    n_together = 8
    with ThreadPoolExecutor(n_together) as pool:
        for attempt in range(20):
            folder, gate = tmp_path / str(attempt), Barrier(n_together)

            def make(folder: Path = folder, gate: Barrier = gate) -> None:
                gate.wait()
                Project(folder).close()

            for made in [pool.submit(make) for _ in range(n_together)]:
                made.result()
