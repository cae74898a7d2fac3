"""What a person reads first: how much is wrong, how sure that is, and what it was found by."""

import math

from emendata.records import HARD_TO_PREDICT, CheckSummary, Estimate, Summary
from emendata.reports.words import counted, percent, share

__all__ = ["besides", "headline", "how_sure"]


def headline(summary: Summary) -> str:
    """Return the one sentence to remember.

    Examples
    --------
    >>> from emendata.records import Estimate
    >>> _estimated(Estimate(low=312, high=498, n_labeled=7528, by_estimator={}))
    'Between 312 and 498 of 7,528 labels look wrong (4.1–6.6 %).'
    """
    if summary.estimate is not None and summary.estimate.n_labeled:
        accuracy = summary.stack_accuracy
        return _estimated(summary.estimate, hard=accuracy is not None and accuracy < HARD_TO_PREDICT)
    ran = _with_status(summary, "found", "passed")
    found = _with_status(summary, "found")
    if summary.n_flagged:
        verb = "has" if summary.n_flagged == 1 else "have"
        return f"{share(summary.n_flagged, summary.n_rows, 'rows')} {verb} something that looks wrong."
    looked = f"{counted(summary.n_rows, 'row')} looked at with {counted(len(ran), 'check')}"
    return f"{looked}: {_finders(len(found), len(ran))}."


def besides(summary: Summary) -> str:
    """Return how many checks found errors, and tips, beside the headline; empty if there is nothing to say."""
    found = _with_status(summary, "found")
    issues = [check for check in found if check.severity == "issue"]
    tips = len(found) - len(issues)
    ran = len(found) + len(_with_status(summary, "passed"))
    if not found:
        return ""
    said = [f"{len(issues):,} of {counted(ran, 'check')} that ran found errors"] if issues else []
    if summary.estimate is not None and summary.n_flagged:
        said[0] += f", in {share(summary.n_flagged, summary.n_rows, 'rows')}"
    if tips:
        said.append(f"{tips:,} {'gives a tip' if tips == 1 else 'give tips'}, which are no errors")
    failed = len(_with_status(summary, "failed"))
    if failed:
        said.append(
            f"{failed:,} failed, and nothing is known of what {'it looks' if failed == 1 else 'they look'} for"
        )
    return "; ".join(said) + "."


def how_sure(summary: Summary) -> str:
    """Return how often the models contradict the labels, which is what the estimate rests on; else empty."""
    accuracy = summary.stack_accuracy
    if summary.estimate is None or accuracy is None or not math.isfinite(accuracy):
        return ""
    right = share(round(accuracy * summary.n_labeled), summary.n_labeled, "labels")
    return (
        f"The models, which had not seen the rows, say the same as {right}. Where they do not, the label is wrong or "
        "the row is hard to predict; each flagged row comes with the evidence."
    )


def _with_status(summary: Summary, *status: str) -> list[CheckSummary]:
    return [check for check in summary.checks if check.status in status]


def _estimated(estimate: Estimate, *, hard: bool = False) -> str:
    low, high, n = estimate.low, estimate.high, estimate.n_labeled
    if estimate.n_reviewed:
        span = f"{percent(low, n)}–{percent(high, n)} %"
        seen = f"by {estimate.n_reviewed:,} that were reviewed"
        return f"Between {low:,} and {high:,} of {counted(n, 'label')} are wrong ({span}), {seen}."
    or_hard = (" or is hard to predict", " or are hard to predict") if hard else ("", "")
    if high == 0:
        return f"None of {counted(n, 'label')} looks wrong."
    if low == high:
        verb = f"looks wrong{or_hard[0]}" if low == 1 else f"look wrong{or_hard[1]}"
        return f"About {low:,} of {counted(n, 'label')} {verb} ({percent(low, n)} %)."
    span = f"{percent(low, n)}–{percent(high, n)} %"
    return f"Between {low:,} and {high:,} of {counted(n, 'label')} look wrong{or_hard[1]} ({span})."


def _finders(n_found: int, n_ran: int) -> str:
    if not n_ran:
        return "none could run"
    if not n_found:
        return "nothing was found"
    return f"{n_found:,} of them found something" if n_found < n_ran else "each found something"
