"""The irises once through the whole pipeline, for tests that recount what it says."""

from functools import cache
from typing import NamedTuple

from tests.flowers import flowers

from emendata.checks import CHECKS
from emendata.data import Dataset, open_dataset
from emendata.pipeline import Outcome, Preparation, plan_audit, run_checks
from emendata.records import Findings
from emendata.store import MemoryShelf

__all__ = ["Audited", "audited"]


class Audited(NamedTuple):
    dataset: Dataset
    preparation: Preparation
    outcomes: tuple[Outcome, ...]

    @property
    def ran(self) -> list[Outcome]:
        """What became of the checks that tables have use for."""
        return [outcome for outcome in self.outcomes if outcome.status != "not_applicable"]

    def findings(self, check: str) -> Findings:
        found = next(outcome.findings for outcome in self.outcomes if outcome.check.name == check)
        assert found is not None
        return found


@cache
def audited() -> Audited:
    dataset = open_dataset(flowers(), label="species")
    preparation = Preparation(dataset, MemoryShelf())
    return Audited(dataset, preparation, run_checks(plan_audit(dataset, CHECKS), preparation))
