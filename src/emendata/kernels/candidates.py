"""Which of several values is most probably the right one."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Candidate", "ranked"]

_SUREST = 0.999  # nobody is surer of a value than this


class Candidate(NamedTuple):
    """A value, and how probable it is taken for by one source."""

    value: str | None
    probability: float


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return each value once, the most probable first; sources that agree make it more so.

    A value is wrong only if every source that names it is, so its probability is one less the product of theirs of
    being wrong.

    Examples
    --------
    >>> [best, *_] = ranked([Candidate("ulm", 0.7), Candidate("elm", 0.8), Candidate("ulm", 0.6)])
    >>> best.value, round(best.probability, 2)
    ('ulm', 0.88)
    """
    doubts: dict[str | None, float] = {}
    for value, probability in candidates:
        doubts[value] = doubts.get(value, 1.0) * (1 - min(max(probability, 0.0), _SUREST))
    return sorted(
        (Candidate(value, 1 - doubt) for value, doubt in doubts.items()), key=lambda one: -one.probability
    )
