"""Ctrl-C at the worst moments, in a process of its own: it ends what runs, and nothing but our words is shown."""

import subprocess
import sys

START = """
import logging, signal, time
from emendata.cli.interrupts import expect_interrupts, was_interrupted
expect_interrupts()
"""
IN_A_FINALIZER = """
class Tidied:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
try:
    tidied = [Tidied()]
    del tidied[0]
    for _ in range(200):
        time.sleep(0.05)
    print("went on")
except KeyboardInterrupt:
    print("stopped")
"""
MADE_ANOTHER_ERROR = """
try:
    signal.raise_signal(signal.SIGINT)
except BaseException as error:
    print("a check failed")
print(was_interrupted())
"""
REPORTED_BY_A_LIBRARY = """
try:
    raise KeyboardInterrupt
except BaseException:
    logging.getLogger("some.pool").error("Exception closing connection", exc_info=True)
try:
    raise ValueError("a real one")
except BaseException:
    logging.getLogger("some.pool").error("Exception closing connection", exc_info=True)
"""
A_REAL_ERROR_IN_A_FINALIZER = """
class Tidied:
    def __del__(self):
        raise ValueError("a real one")
tidied = [Tidied()]
del tidied[0]
"""


def run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=False)


def test_an_interrupt_in_a_finalizer_still_stops() -> None:
    ran = run(IN_A_FINALIZER)
    assert ran.stdout == "stopped\n"
    assert ran.stderr == ""


def test_an_interrupt_of_which_a_library_made_another_error_is_known() -> None:
    assert run(MADE_ANOTHER_ERROR).stdout == "a check failed\nTrue\n"


def test_an_interrupt_is_not_reported_as_a_librarys_error_and_others_are() -> None:
    errors = run(REPORTED_BY_A_LIBRARY).stderr
    assert errors.count("Exception closing connection") == 1
    assert "KeyboardInterrupt" not in errors
    assert "ValueError: a real one" in errors


def test_other_errors_in_finalizers_are_shown() -> None:
    assert "ValueError: a real one" in run(A_REAL_ERROR_IN_A_FINALIZER).stderr
