"""Lengths of time, as people type and read them."""

import re

from emendata.errors import InputError

__all__ = ["clock_time", "duration_in_words", "parse_duration"]

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}
_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*([smh]?)")


def parse_duration(text: str) -> float:
    """Return the seconds that ``90``, ``90s``, ``10m`` or ``1.5h`` stand for.

    Examples
    --------
    >>> parse_duration("10m"), parse_duration("1.5h"), parse_duration("90")
    (600.0, 5400.0, 90.0)
    """
    found = _WRITTEN.fullmatch(text.strip().lower())
    if found is None or not float(found[1]):
        raise InputError(f"{text!r} is no length of time. Write it like 90s, 10m or 1h.")
    return float(found[1]) * _SECONDS[found[2]]


def duration_in_words(seconds: float) -> str:
    """Return a length of time as roughly as it is known.

    Examples
    --------
    >>> duration_in_words(4), duration_in_words(80), duration_in_words(600), duration_in_words(9000)
    ('some seconds', 'about 80 seconds', 'about 10 minutes', 'about 2.5 hours')
    """
    if seconds < 10:
        return "some seconds"
    if seconds < 100:
        return f"about {round(seconds, -1):.0f} seconds"
    if seconds < 5400:
        return f"about {seconds / 60:.0f} minutes"
    return f"about {seconds / 3600:.1f} hours"


def clock_time(seconds: float) -> str:
    """Return a length of time as a clock shows it.

    Examples
    --------
    >>> clock_time(4.6), clock_time(83), clock_time(9000)
    ('0:05', '1:23', '2:30:00')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
