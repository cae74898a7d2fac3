"""A setting of the whole process that several threads need at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Lock
from typing import Any

__all__ = ["SharedSetting"]


class SharedSetting:
    """Keeps a setting of the process while anybody is inside, and then puts back what was before.

    Examples
    --------
    >>> import warnings
    >>> silence = SharedSetting(lambda: warnings.catch_warnings(action="ignore"))
    >>> with silence, silence:
    ...     warnings.warn("nobody hears this")
    """

    def __init__(self, setting: Callable[[], AbstractContextManager[Any]]) -> None:
        self._setting = setting
        self._lock, self._users = Lock(), 0
        self._current: AbstractContextManager[Any] = nullcontext()

    def __enter__(self) -> None:
        with self._lock:
            if not self._users:
                self._current = self._setting()
                self._current.__enter__()
            self._users += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._current.__exit__(None, None, None)
