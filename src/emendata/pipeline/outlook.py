"""How much of an audit is left while it runs: a forecast that learns from what happens."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Outlook"]

_DOUBT = 0.1  # part of the forecast that has to be over before what happened counts as much as the forecast


@dataclass
class _Running:
    """The stage that runs: since when, and how far it had come when it last reported."""

    stage: str
    since: float
    reported: float
    part: float


class Outlook:
    """Seconds that are left, from a forecast of the stages and from what they report.

    The stages to come take what was expected of them, times the factor by which those so far were off; the running one
    goes on at its own pace, the more so the further it has come. What was not expected counts only while it runs.

    Parameters
    ----------
    stages : mapping of str to float
        Seconds that each stage is expected to take, in their order.
    now : float
        When the work starts, by any clock; later times are by the same one.

    Examples
    --------
    >>> outlook = Outlook({"Reading": 10.0, "Predicting": 30.0}, now=0)
    >>> outlook.seconds_left(0)
    40.0
    >>> outlook.report("Reading", 0, 2, now=0)
    >>> outlook.report("Predicting", 0, 5, now=20)  # reading took twice as long as expected
    >>> round(outlook.seconds_left(20))
    51
    """

    def __init__(self, stages: Mapping[str, float], now: float) -> None:
        self._to_come = dict(stages)
        self._started = now
        self._running: _Running | None = None
        self._own = 0.0  # seconds that were expected of the running stage
        self._expected, self._took = 0.0, 0.0  # of the stages that are over
        self._doubt = _DOUBT * sum(stages.values())
        self._part = 0.0

    def report(self, stage: str, done: int, total: int, now: float) -> None:
        """Take note of what ``on_progress`` says."""
        if self._running is None or self._running.stage != stage:
            self._start(stage, now)
        assert self._running is not None
        self._running.reported = now
        self._running.part = min(done / total, 1.0) if total > 0 else 1.0

    def seconds_left(self, now: float) -> float:
        """Return how long all that is left is expected to take, never below zero."""
        factor, running = self._factor(now), 0.0
        if self._running is not None:
            running = self._left_of_running(factor, now)
        return running + factor * sum(self._to_come.values())

    def part_done(self, now: float) -> float:
        """Return the part of all the time that is over, from 0 to 1; it never goes back."""
        gone, left = now - self._started, self.seconds_left(now)
        self._part = max(self._part, gone / (gone + left) if gone + left > 0 else 0.0)
        return self._part

    def _start(self, stage: str, now: float) -> None:
        if self._running is not None and self._own:
            self._expected += self._own
            self._took += now - self._running.since
        self._own = self._to_come.get(stage, 0.0)
        if stage in self._to_come:  # those before it, if any, were not needed
            names = list(self._to_come)
            for name in names[: names.index(stage) + 1]:
                del self._to_come[name]
        self._running = _Running(stage, now, now, 0.0)

    def _factor(self, now: float) -> float:
        """Return how many times as long as expected the stages take."""
        expected, took = self._expected, self._took
        if self._running is not None and self._own:
            gone = now - self._running.since
            total = self._total_of_running((took + self._doubt) / (expected + self._doubt))
            took += gone
            expected += self._own * min(gone / total, 1.0) if total > 0 else 0.0
        return (took + self._doubt) / (expected + self._doubt) if expected + self._doubt > 0 else 1.0

    def _left_of_running(self, factor: float, now: float) -> float:
        assert self._running is not None
        if self._running.part == 1.0:
            return 0.0
        left = self._total_of_running(factor) - (now - self._running.since)
        return left if left >= 0 else -left / 2  # the longer it overruns, the less is known

    def _total_of_running(self, factor: float) -> float:
        """Return how long the running stage takes in all: by the forecast, and more and more by its own pace."""
        assert self._running is not None
        part = self._running.part
        if part == 0:
            return factor * self._own
        by_pace = (self._running.reported - self._running.since) / part
        return part * by_pace + (1 - part) * factor * self._own if self._own else by_pace
