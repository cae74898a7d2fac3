"""Questions that are asked twice, and how often the second answer is another."""

from collections.abc import Iterable, Sequence

import numpy as np

from emendata.corrections.standing import taken_back
from emendata.records import Decision

__all__ = ["contradictions", "to_repeat"]

_EACH = 20  # answers to the sample, after which one of them is asked again
_FORGOTTEN = 10  # later answers after which nobody just repeats what was just said


def to_repeat(events: Sequence[Decision], seed: int) -> str | None:
    """Return the id of a row of the sample that is due to be asked again, None if none is.

    Parameters
    ----------
    events : sequence of Decision
        By time.
    seed : int
    """
    counted = _counted(events)
    sampled = [event.row_id for event in counted if event.stream == "audit"]
    repeated = {event.row_id for event in counted if event.stream == "repeat"}
    if len(sampled) < _EACH * (len(repeated) + 1):
        return None
    candidates = [row_id for row_id in dict.fromkeys(sampled[:-_FORGOTTEN]) if row_id not in repeated]
    if not candidates:
        return None
    return str(np.random.default_rng([seed, len(repeated)]).choice(candidates))


def contradictions(events: Sequence[Decision]) -> tuple[int, int]:
    """Return how many rows were asked again, and how many of these got another answer than before.

    Examples
    --------
    >>> def event(at, stream, kind):
    ...     return Decision(at, at, "ann", "decided", kind, 0, "r", "y", "cat", None, "", stream=stream)
    >>> contradictions([event("1", "audit", "keep"), event("2", "repeat", "needs_review")])
    (1, 1)
    """
    before: dict[tuple[str, str | None], tuple[str, object]] = {}
    n = n_other = 0
    for event in _counted(events):
        place, answer = (event.row_id, event.column), (event.kind, event.new)
        if event.stream == "repeat" and place in before:
            n += 1
            n_other += before[place] != answer
        before[place] = answer
    return n, n_other


def _counted(events: Iterable[Decision]) -> list[Decision]:
    known = list(events)
    gone = taken_back(known)
    return [e for e in known if e.action == "decided" and e.kind != "comment" and e.event_id not in gone]
