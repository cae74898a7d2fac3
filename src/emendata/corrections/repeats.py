"""Questions that are asked twice, and how often the second answer is another."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np

from emendata.corrections.standing import taken_back
from emendata.records import Decision, Json

__all__ = ["contradictions", "is_of_label", "of_labels", "slip_rate", "to_repeat"]

_EACH = 20  # answers to the sample, after which one of them is asked again
_FORGOTTEN = 10  # later answers after which nobody just repeats what was just said

Asked = TypeVar("Asked", bound=Hashable)


def to_repeat(events: Sequence[Decision], seed: int, asked: Callable[[Decision], Asked]) -> Asked | None:
    """Return what of the sample is due to be asked again, None if nothing is.

    Parameters
    ----------
    events : sequence of Decision
        By time.
    seed : int
    asked : callable
        What an event answers: a row, or a row and a column.
    """
    counted = _counted(events)
    sampled = [asked(event) for event in counted if event.stream == "audit"]
    repeated = {asked(event) for event in counted if event.stream == "repeat"}
    if len(sampled) < _EACH * (len(repeated) + 1):
        return None
    candidates = [one for one in dict.fromkeys(sampled[:-_FORGOTTEN]) if one not in repeated]
    if not candidates:
        return None
    return candidates[int(np.random.default_rng([seed, len(repeated)]).integers(len(candidates)))]


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


def slip_rate(repeated: tuple[int, int]) -> float:
    """Return what part of the answers is taken to be wrong by mistake: of two answers that differ, one is.

    Parameters
    ----------
    repeated : (int, int)
        From `contradictions`.
    """
    n, n_other = repeated
    return n_other / (2 * n) if n else 0.0


def of_labels(events: Iterable[Decision], column: str | None) -> list[Decision]:
    """Return the events that answer a question about a label, whether they change it or exclude the row."""
    return [event for event in events if is_of_label(event.column, event.kind, column)]


def is_of_label(column: Json, kind: Json, label: str | None) -> bool:
    """Return whether a decision of a kind about a column answers a question about the label."""
    return bool(column == label or kind == "exclude")


def _counted(events: Iterable[Decision]) -> list[Decision]:
    known = list(events)
    gone = taken_back(known)
    return [e for e in known if e.action == "decided" and e.kind != "comment" and e.event_id not in gone]
