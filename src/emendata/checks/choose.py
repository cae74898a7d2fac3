"""Which checks a person asked for, and with which settings."""

from collections.abc import Iterable, Mapping

from emendata.checks.check import Check, configure
from emendata.errors import InputError
from emendata.records import Json
from emendata.registry import Registry

__all__ = ["choose"]


def choose(
    known: Registry[Check],
    names: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    options: Mapping[str, Mapping[str, Json]] | None = None,
) -> list[Check]:
    """Return the named checks, or all, without the ignored ones, with their options set.

    Every name may be a check's name or its code.

    Raises
    ------
    UnknownName
        If there is no such check; the text names the nearest.
    UnknownOption, InputError
        If a check has no such option, the value is out of bounds, or no check is left.

    Examples
    --------
    >>> from emendata.checks import CHECKS
    >>> choose(CHECKS, ["EM201"], options={"outlier": {"cut": 3.0}})
    [Outlier(cut=3.0)]
    """
    by_name = {key: check for check in known for key in (check.name, check.code)}

    def named(name: str) -> Check:
        return by_name[name] if name in by_name else known[name]  # the latter raises, naming the nearest

    settings: dict[str, dict[str, Json]] = {}
    for name, values in (options or {}).items():
        settings.setdefault(named(name).name, {}).update(values)
    left_out = {named(name).name for name in ignore}
    wanted = list(known) if names is None else [named(name) for name in names]
    chosen = [check for check in wanted if check.name not in left_out]
    if not chosen:
        raise InputError("No check is left to run. Name one, or ignore fewer.")
    return [configure(check, settings.get(check.name, {})) for check in chosen]
