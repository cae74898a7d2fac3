"""Words that people write where they know no value."""

__all__ = ["is_also_an_answer", "is_stand_in"]

# fmt: off
_ALL = frozenset((
    "n/a", "na", "n.a.", "n.a", "#n/a", "<na>", "nan", "null", "nil", "none", "missing", "unknown", "unk", "undefined",
    "undef", "unspecified", "tbd", "tba", "xxx", "?", "??", "???", "-", "--", "---", ".", "..", "*", "n/k",
    "not_available", "not_applicable", "not available", "not known", "not applicable", "not specified", "no data",
    "to be determined",
))
# fmt: on
_ANSWERS = frozenset(("none", "missing", "unspecified", "not applicable", "not_applicable", "na", "."))


def is_stand_in(text: str) -> bool:
    """Tell whether a word says that a value is missing.

    Examples
    --------
    >>> is_stand_in("N/A"), is_stand_in(" ? "), is_stand_in("north")
    (True, True, False)
    """
    return text.strip().casefold() in _ALL


def is_also_an_answer(text: str) -> bool:
    """Tell whether such a word is as often an answer: there may be none of what was asked for.

    Examples
    --------
    >>> is_also_an_answer("None"), is_also_an_answer("unknown")
    (True, False)
    """
    return text.strip().casefold() in _ANSWERS
