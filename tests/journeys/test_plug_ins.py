"""Checks of other packages, installed as packages are: found by their entry points, run, and named when broken."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECK = """
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks import Check, Inputs, option
from emendata.records import Findings


@dataclass(frozen=True)
class RoundNumber(Check):
    '''Round number.

    Amounts are flagged whose text ends with a zero.
    '''

    code: ClassVar[str] = "ACME101"
    name: ClassVar[str] = "round_number"
    needs: ClassVar[tuple[str, ...]] = ("ranks",)

    top: int = option(1, help="How many of the highest ranks are flagged.", ge=1, le=9)

    def find(self, inputs: Inputs) -> Findings:
        ranks = inputs.ranks["amount"]
        rows = np.flatnonzero(ranks > ranks.max() - self.top)
        scores = np.where(ranks > ranks.max() - self.top, 0.1, 0.9)
        return Findings.of(scores, rows, ["It is among the highest."] * len(rows), column="amount")
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a folder with an installed package that offers a check."""
    site = tmp_path / "site"
    facts = site / "acme_checks-1.0.dist-info"
    facts.mkdir(parents=True)
    (site / "acme_checks.py").write_text(CHECK)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-checks\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[emendata.checks]\nround_number = acme_checks:RoundNumber\n")
    (tmp_path / "money.csv").write_text("amount\n" + "\n".join(str(3 * i + 0.5) for i in range(50)) + "\n")
    return site


def emendata(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "emendata", *arguments],
        capture_output=True,
        text=True,
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )


def flagged(site: Path, *arguments: str) -> list[int]:
    done = emendata(site, "audit", "money.csv", "--check", "round_number", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    (check,) = json.loads(done.stdout)["checks"]
    return sorted(card["row"] for card in check["cards"])


def test_a_check_of_another_package_is_listed_run_and_set_like_ours(package: Path) -> None:
    assert "ACME101  round_number" in emendata(package, "checks").stdout
    assert flagged(package) == [49]
    assert flagged(package, "--set", "round_number.top=3") == [47, 48, 49]
    refused = emendata(package, "audit", "money.csv", "--set", "round_number.tops=3")
    assert "Did you mean 'top'?" in refused.stderr
    (package.parent / "emendata.toml").write_text("ignore = ['ACME101']\n")
    assert "round_number" not in emendata(package, "audit", "money.csv", "--plan").stdout


def test_a_changed_check_of_another_package_does_not_repeat_its_old_findings(package: Path) -> None:
    assert flagged(package) == [49]
    code = package / "acme_checks.py"
    code.write_text(code.read_text().replace("- self.top", "- self.top - 1"))
    assert flagged(package) == [48, 49]


def test_a_broken_package_is_named_in_one_sentence(package: Path) -> None:
    (package / "acme_checks.py").write_text("import no_such_module\n")
    done = emendata(package, "audit", "money.csv")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "Error: The check 'round_number' of the package 'acme-checks' cannot be loaded ("
    )
    assert done.stderr.rstrip().endswith("Mend that package or uninstall it.")


def test_a_check_that_raises_is_kept_and_never_passes_for_nothing_found(package: Path) -> None:
    code = package / "acme_checks.py"
    code.write_text(
        code.read_text().replace("ranks = inputs", "raise ValueError('no amount')\n        ranks = inputs")
    )
    done = emendata(package, "audit", "money.csv", "--check", "round_number")
    assert done.returncode != 0
    assert "FAILED: ValueError: no amount" in done.stdout
