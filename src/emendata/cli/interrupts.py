"""Ctrl-C that arrives where Python or a library is tidying up: it still ends the command, and in one sentence."""

import _thread
import logging
import sys
import threading

__all__ = ["expect_interrupts"]

AFTER_FINALIZER = 0.05
"""Seconds until a lost Ctrl-C is raised again: by then its finalizer, which swallows all that is raised, is left."""


def expect_interrupts() -> None:
    """Let no Ctrl-C be lost in a finalizer, and none be reported as a library's error; both last for the process."""
    if logging.lastResort is not None:
        logging.lastResort.addFilter(_is_no_interrupt)
    sys.unraisablehook = _raise_again


def _is_no_interrupt(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], KeyboardInterrupt))


def _raise_again(unraisable: "sys.UnraisableHookArgs") -> None:
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        again = threading.Timer(AFTER_FINALIZER, _thread.interrupt_main)
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(unraisable)
