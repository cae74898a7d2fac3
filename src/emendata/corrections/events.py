"""Events of a log one by one, as if a bulk decision were one for each of its rows; each is made when asked for."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import overload

from emendata.records import Decision, Event

__all__ = ["Events"]


class Events(Sequence[Decision]):
    """The decisions in some events, in their order.

    Parameters
    ----------
    records : sequence of Event
    """

    def __init__(self, records: Sequence[Event]) -> None:
        self.records = tuple(records)
        self._ends = list(accumulate(1 if isinstance(one, Decision) else len(one) for one in self.records))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, i: int) -> Decision: ...
    @overload
    def __getitem__(self, i: slice) -> list[Decision]: ...
    def __getitem__(self, i: int | slice) -> Decision | list[Decision]:
        if isinstance(i, slice):
            return [self[place] for place in range(*i.indices(len(self)))]
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        place = i % len(self)
        number = bisect_right(self._ends, place)
        one = self.records[number]
        return one if isinstance(one, Decision) else one[place - self._ends[number]]

    def __iter__(self) -> Iterator[Decision]:
        for one in self.records:
            if isinstance(one, Decision):
                yield one
            else:
                yield from one

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(Decision.__eq__, self, other))
