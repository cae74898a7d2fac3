"""What an audit leaves alone: the person's process, and what the person gave."""

import copy
import subprocess
import sys

import emendata as em

SIZES = {"size": [1.0, 1.1, 0.9, 1.2, 1.0, 0.8, 40.0, 1.1, 0.95, 1.05] * 3, "kind": ["a", "b", "a"] * 10}


def test_warnings_of_the_process_are_still_heard() -> None:
    code = (
        "import warnings; import emendata as em; "
        "em.Audit({'x': [1.0, 2.0, 3.0] * 10, 'y': ['a', 'b', 'a'] * 10}, label='y', project=False).run(); "
        "warnings.warn('still heard')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "UserWarning: still heard" in done.stderr


def test_options_and_columns_are_as_they_were_given() -> None:
    options = {"outlier": {"cut": 4.0}, "near_duplicate": {}}
    columns, before = copy.deepcopy(SIZES), copy.deepcopy(options)
    em.Audit(columns, label="kind", options=options, project=False).run()
    assert options == before
    assert columns == SIZES


def test_issues_are_asked_for_by_their_whole_name() -> None:
    audit = em.Audit(SIZES, label="kind", project=False).run()
    assert len(audit.issues.of("label")) == 0
    assert set(audit.issues.of("outlier")["check"].to_pylist()) == {"outlier"}
