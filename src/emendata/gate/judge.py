"""What an audit found, held against limits: on bounds where something is estimated, exactly where it is counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from emendata.audit import Audit
from emendata.gate.baseline import Baseline, issue_key
from emendata.gate.limits import LABEL_ERRORS, Limit
from emendata.gate.reviews import reviews_to_settle
from emendata.pipeline import Outcome
from emendata.records import Estimate
from emendata.reports.words import percent, share

__all__ = ["VERDICTS", "Issue", "Judgement", "Verdict", "judge"]

Verdict = Literal["passed", "failed", "undecided", "not_run"]

VERDICTS: Mapping[Verdict, str] = {
    "passed": "kept",
    "failed": "BROKEN",
    "undecided": "cannot be told yet",
    "not_run": "not looked at",
}
"""How each verdict is told."""


@dataclass(frozen=True)
class Issue:
    """One finding behind a judgement: where it is, and why."""

    code: str
    check: str
    row: int
    id: str
    column: str | None
    line: int | None
    reason: str


@dataclass(frozen=True)
class Judgement:
    """One limit and what became of it.

    Between ``low`` and ``high`` of ``n`` rows are wrong; both are the same where they were counted. ``message`` says
    what would settle it, or why nothing could be judged. ``n_known`` issues stood in the baseline and do not count.
    Where nobody looked, ``low`` and ``high`` are None.
    """

    limit: Limit
    verdict: Verdict
    low: int | None
    high: int | None
    n: int
    message: str
    issues: tuple[Issue, ...]
    n_known: int = 0

    @property
    def found(self) -> str:
        """What was found, never a percentage without its count."""
        if self.low is None or self.high is None:
            return VERDICTS["not_run"]
        if self.low == self.high:
            found = share(self.low, self.n)
        else:
            span = f"{percent(self.low, self.n)}–{percent(self.high, self.n)} %"
            found = f"{self.low:,} to {self.high:,} of {self.n:,} ({span})"
        return f"{found}, and {self.n_known:,} that are known" if self.n_known else found


def judge(
    audit: Audit, limits: Iterable[Limit], lines: Sequence[int] | None, baseline: Baseline | None = None
) -> list[Judgement]:
    """Hold an audit that ran against limits.

    Without a baseline, label errors are judged on the interval of the reviewed sample, or the range of the estimators:
    a limit is kept if even the upper end is below it, broken if even the lower end is above, and else undecided. All
    else is counted. With a baseline only what is new counts, and all of it is counted.

    Parameters
    ----------
    audit : Audit
    limits : iterable of Limit
    lines : sequence of int, optional
        The line of each row.
    baseline : Baseline, optional
        Issues that are known.
    """
    return [_judged(audit, limit, lines, baseline) for limit in limits]


def _judged(audit: Audit, limit: Limit, lines: Sequence[int] | None, baseline: Baseline | None) -> Judgement:
    name = "wrong_label" if limit.name == LABEL_ERRORS else limit.name
    outcome = next((outcome for outcome in audit.outcomes if outcome.check.name == name), None)
    if outcome is None or outcome.findings is None:
        return Judgement(limit, _unseen(limit, outcome), None, None, audit.dataset.n_rows, _why(outcome), ())
    table = audit.issues.of(name).to_pylist()
    known = baseline.keys if baseline is not None else frozenset()
    new = [line for line in table if issue_key(line) not in known]
    issues = tuple(
        Issue(
            line["code"], line["check"], line["row"], line["id"], line["column"],
            None if lines is None else lines[line["row"]], line["reason"],
        )
        for line in new
    )  # fmt: skip
    n_known = len(table) - len(new)
    if limit.name == LABEL_ERRORS and baseline is None:
        return _estimated(limit, audit.summary.estimate, issues)
    n_rows = audit.dataset.n_rows
    count = len({issue.row for issue in issues})
    verdict: Verdict = "passed" if count <= limit.of(n_rows) else "failed"
    return Judgement(limit, verdict, count, count, n_rows, "", issues, n_known)


def _unseen(limit: Limit, outcome: Outcome | None) -> Verdict:
    """Judge what was not looked at: without splits nothing leaks, but labels that nobody judges may be wrong."""
    if outcome is None or outcome.status == "failed":
        return "failed"
    return "undecided" if limit.name == LABEL_ERRORS else "not_run"


def _why(outcome: Outcome | None) -> str:
    return "The check was left out." if outcome is None else outcome.message


def _estimated(limit: Limit, estimate: Estimate | None, issues: tuple[Issue, ...]) -> Judgement:
    assert estimate is not None  # the check of labels ran
    n, most = estimate.n_labeled, limit.of(estimate.n_labeled)
    if estimate.high <= most:
        return Judgement(limit, "passed", estimate.low, estimate.high, n, "", issues)
    if estimate.low > most:
        return Judgement(limit, "failed", estimate.low, estimate.high, n, "", issues)
    return Judgement(limit, "undecided", estimate.low, estimate.high, n, _way_out(estimate, most), issues)


def _way_out(estimate: Estimate, most: float) -> str:
    needed = reviews_to_settle(estimate, most)
    done = f", of which {estimate.n_reviewed:,} are" if estimate.n_reviewed else ""
    return f"About {needed:,} reviewed rows settle it{done}: emendata review PROJECT --stream audit"
