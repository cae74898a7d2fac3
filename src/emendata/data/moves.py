"""Names for files that move to another folder, chosen so that each can be found again and moved back.

A file keeps its name where that is free. Else it gets a number behind it, one more than any like it there has, so
that of all names like its own the one with the highest number is the file that came last.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

__all__ = ["found_again", "moved"]

_NUMBERED = re.compile(r"(.+)-([0-9]+)")


def moved(files: Iterable[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the new name of each file that moves.

    Parameters
    ----------
    files : iterable of str
        All names that are there.
    wanted : mapping of str to str
        The names that files are to get, by their old ones.

    Examples
    --------
    >>> moved(["cat/1.png", "dog/1.png"], {"cat/1.png": "dog/1.png"})
    {'cat/1.png': 'dog/1-2.png'}
    """
    taken = _Taken(files)
    return {old: taken.free(wanted[old]) for old in _in_order(wanted)}


def found_again(files: Iterable[str], wanted: Mapping[str, str]) -> dict[str, str | None]:
    """Return what `moved` called each file, from the names that were there afterwards; None where it is gone.

    Examples
    --------
    >>> found_again(["dog/1.png", "dog/1-2.png"], {"cat/1.png": "dog/1.png"})
    {'cat/1.png': 'dog/1-2.png'}
    """
    taken = _Taken(files)
    return {old: taken.last(wanted[old]) for old in reversed(_in_order(wanted))}


def _in_order(wanted: Mapping[str, str]) -> list[str]:
    return sorted(old for old, new in wanted.items() if new != old)


class _Taken:
    """The names that are there, by the name that each may be numbered for; capitals make no other file."""

    def __init__(self, names: Iterable[str]) -> None:
        self._alike: dict[PurePosixPath, set[tuple[int, str]]] = defaultdict(set)
        for name in names:
            self._add(name)

    def free(self, name: str) -> str:
        alike = self._alike[_key(name)]
        path = PurePosixPath(name)
        new = str(path.with_name(f"{path.stem}-{max(alike)[0] + 1}{path.suffix}")) if alike else name
        self._add(new)
        return new

    def last(self, name: str) -> str | None:
        alike = self._alike[_key(name)]
        if not alike:
            return None
        _, found = max(alike)
        for key, number in _numbers(found):
            self._alike[key].discard((number, found))
        return found

    def _add(self, name: str) -> None:
        for key, number in _numbers(name):
            self._alike[key].add((number, name))


def _key(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    return path.with_name(path.name.lower())


def _numbers(name: str) -> list[tuple[PurePosixPath, int]]:
    """Return for which names a name may be numbered, and its number there."""
    key = _key(name)
    numbered = _NUMBERED.fullmatch(key.stem)
    return [(key, 1)] + ([(key.with_stem(numbered[1]), int(numbered[2]))] if numbered else [])
