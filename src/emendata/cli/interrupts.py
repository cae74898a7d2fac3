"""Ctrl-C, wherever it arrives: it ends the command in one sentence, also where a library swallows what it raises."""

import _thread
import logging
import signal
import sys
import threading
from types import FrameType

__all__ = ["expect_interrupts", "forget_interrupts", "was_interrupted"]

AGAIN_AFTER = 1.0
"""Seconds after which Ctrl-C is raised again, if it did not end the command: a finalizer or a library had it."""

_seen = threading.Event()


def expect_interrupts() -> None:
    """Take Ctrl-C until it is forgotten, and show none as an error of a library or of a finalizer."""
    if logging.lastResort is not None:
        logging.lastResort.addFilter(_is_no_interrupt)
    sys.unraisablehook = _show_others
    signal.signal(signal.SIGINT, _interrupted)


def was_interrupted() -> bool:
    """Return whether Ctrl-C was pressed, even if nothing was heard of it since."""
    return _seen.is_set()


def forget_interrupts() -> None:
    """Raise no Ctrl-C again: it was answered. Another ends the process at once."""
    _seen.clear()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _interrupted(number: int, frame: FrameType | None) -> None:
    _seen.set()
    again = threading.Timer(AGAIN_AFTER, _thread.interrupt_main)
    again.daemon = True
    again.start()
    raise KeyboardInterrupt


def _is_no_interrupt(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], KeyboardInterrupt))


def _show_others(unraisable: "sys.UnraisableHookArgs") -> None:
    if not isinstance(unraisable.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
