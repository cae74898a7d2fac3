"""Which table of a database, or sheet of a workbook, is meant."""

from collections.abc import Sequence

from emendata.errors import InputError, UnknownName

__all__ = ["chosen"]

_N_SHOWN = 20


def chosen(
    place: str, wanted: str | None, names: Sequence[str], others: Sequence[str] = (), *, kind: str = "table"
) -> str:
    """Return the name that was asked for, or the only one there is.

    Parameters
    ----------
    place : str
        What holds the tables, for the message.
    wanted : str, optional
        What was asked for.
    names, others : sequence of str
        What is taken without being asked for if it is the only one, and what is taken if there is nothing else.

    Raises
    ------
    InputError
        If the name is not there (the nearest is given), or several are and none was asked for.

    Examples
    --------
    >>> chosen("shop.db", None, ["reviews"], ["best_reviews"])
    'reviews'
    """
    there = [*names, *others]
    if wanted is not None:
        if wanted in there:
            return wanted
        if there:
            raise UnknownName.among(kind, wanted, there)
    if not there:
        raise InputError(f"{place} has no {kind}s with rows in them. Give another.")
    first = names or others
    if len(first) == 1:
        return first[0]
    shown = ", ".join(map(repr, first[:_N_SHOWN]))
    more = f" and {len(first) - _N_SHOWN:,} more" if len(first) > _N_SHOWN else ""
    raise InputError(f"{place} has several {kind}s: {shown}{more}. Name one with --table.")
