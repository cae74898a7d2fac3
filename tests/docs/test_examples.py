import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.blocks import ROOT, pages_with_examples


@pytest.mark.parametrize("page", pages_with_examples())
def test_everything_that_a_page_says_to_type_does_what_it_shows(page: str, tmp_path: Path) -> None:
    env = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",  # the tests beside this one have the other core
        "COLUMNS": "80",
        "HOME": str(tmp_path),
    }
    command = [sys.executable, "-W", "error", "-m", "tests.docs.runner", str(ROOT / page)]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
