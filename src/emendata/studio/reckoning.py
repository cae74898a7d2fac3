"""How many labels are wrong by what is known at the moment, how many of them were found, how many are left."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from emendata.corrections.evidence import FEWEST_FOR_A_RATE, Evidence
from emendata.pipeline import with_reviewed_rate
from emendata.records import Summary
from emendata.studio.desk import Desk

__all__ = ["Reckoning", "reckon"]


class Reckoning(BaseModel):
    """Wrong labels, at least and at most: in all, found by people, and left.

    Before ``n_needed`` answers to rows that were drawn at random, ``n_judged`` of which are given, it is the range that
    the models' estimates span; then, as ``is_reviewed`` says, an interval that holds the true number 95 times of 100.
    """

    low: int
    high: int
    n_labeled: int
    n_found: int
    left_low: int
    left_high: int
    n_judged: int
    n_needed: int
    is_reviewed: bool


def reckon(desk: Desk, evidence: Evidence | None) -> tuple[Summary, Reckoning | None]:
    """Return the summary with what people answered since, and what that comes to."""
    n_found, summary = desk.queue.n_found, desk.audit.summary
    if evidence is not None:
        summary = with_reviewed_rate(summary, evidence.rate)
    estimate = summary.estimate
    if estimate is None:
        return summary, None
    at_least = replace(estimate, low=max(estimate.low, n_found), high=max(estimate.high, n_found))
    return replace(summary, estimate=at_least), Reckoning(
        low=at_least.low,
        high=at_least.high,
        n_labeled=estimate.n_labeled,
        n_found=n_found,
        left_low=at_least.low - n_found,
        left_high=at_least.high - n_found,
        n_judged=0 if evidence is None else evidence.n_judged,
        n_needed=FEWEST_FOR_A_RATE,
        is_reviewed=estimate.n_reviewed > 0,
    )
