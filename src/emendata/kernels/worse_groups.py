"""How much more often something happens in a group than elsewhere, for sure."""

from dataclasses import dataclass

from scipy.special import betaincinv

from emendata.records import BoolArray, IntArray

__all__ = ["GroupRate", "group_rate", "least_rate"]


@dataclass(frozen=True)
class GroupRate:
    """How often something happens in a group and in all other rows.

    ``least`` is the lower bound of the group's rate, ``ratio`` the rate elsewhere over it: 1 where the group need not
    be worse, 0.5 where it happens at least twice as often.
    """

    n_rows: int
    n_events: int
    n_others: int
    n_other_events: int
    least: float
    ratio: float


def group_rate(group: IntArray, happens: BoolArray, counts: BoolArray, chance: float) -> GroupRate:
    """Compare a group with all other rows.

    Parameters
    ----------
    group : int array
        Its rows.
    happens, counts : bool arrays of shape (n,)
        Whether it happens in a row, and whether the row counts at all.
    chance : float
        With what probability the group may be said to be worse than it is.

    Examples
    --------
    >>> import numpy as np
    >>> happens = np.arange(100) % 10 == 0
    >>> group_rate(np.arange(0, 100, 5), happens, np.ones(100, dtype=bool), chance=0.05)
    GroupRate(n_rows=20, n_events=10, n_others=80, n_other_events=0, least=0.30..., ratio=0.0403...)
    """
    inside = counts[group]
    n_rows, n_events = int(inside.sum()), int((inside & happens[group]).sum())
    n_others, n_other_events = int(counts.sum()) - n_rows, int((counts & happens).sum()) - n_events
    elsewhere = (n_other_events + 1) / (n_others + 2)
    least = least_rate(n_events, n_rows, chance)
    return GroupRate(n_rows, n_events, n_others, n_other_events, least, elsewhere / max(least, elsewhere))


def least_rate(n_events: int, n_rows: int, chance: float) -> float:
    """Return the lower end of the rate behind ``n_events`` of ``n_rows``, too high with a probability of ``chance``.

    The exact bound of Clopper and Pearson (1934).

    Examples
    --------
    >>> [round(least_rate(n, 10, 0.05), 3) for n in (0, 5, 10)]
    [0.0, 0.222, 0.741]
    """
    return float(betaincinv(n_events, n_rows - n_events + 1, chance)) if n_events else 0.0
