"""Exit codes, and the sentence that goes with each way to end."""

from typing import Any

import typer

from emendata.errors import EmendataError, OutputError, ProjectError

__all__ = ["CHECK_FAILED", "GATE_FAILED", "HELP", "INTERRUPTED", "NOT_ALL", "OK", "explain"]

OK = 0
CHECK_FAILED = 1
NOT_ALL = 1
BAD_INPUT = 2
CANNOT_WRITE = 3
BAD_PROJECT = 4
GATE_FAILED = 5
BUG = 70
INTERRUPTED = 130

HELP = (
    "Exit codes: 0 done; 1 done, but a check failed or some corrections did not fit; 2 the input or an option cannot "
    "be used; 3 a result cannot be written; 4 the project folder cannot be used; 5 a limit of the gate is broken; "
    "70 a bug in emendata; 130 interrupted."
)


def explain(error: BaseException) -> tuple[int, str]:
    """Return the exit code and the one sentence for a person; no sentence where all is said already."""
    if isinstance(error, SystemExit):
        return (error.code if isinstance(error.code, int) else OK), ""
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return INTERRUPTED, "Stopped. What was finished is kept; the same command goes on from there."
    if isinstance(error, MemoryError):
        return BUG, "There is not enough memory for this dataset. Try a part of its rows or columns."
    if hasattr(error, "format_message"):  # a wrong word on the command line, in whichever click typer carries
        return BAD_INPUT, _usage(error)
    for kind, code in ((OutputError, CANNOT_WRITE), (ProjectError, BAD_PROJECT), (EmendataError, BAD_INPUT)):
        if isinstance(error, kind):
            return code, str(error)
    if isinstance(error, OSError) and not error.filename:
        return CANNOT_WRITE, f"Cannot write the output: {(error.strerror or str(error)).lower()}."
    return BUG, (
        f"Something went wrong inside emendata ({type(error).__name__}: {error}). "
        "Run the command again as `emendata --debug …` and report what it prints."
    )


def _usage(error: Any) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "emendata"
    message = str(error.format_message()).strip()
    if not message:  # without a word on the command line the help was shown instead
        return ""
    return f"{message}{'' if message.endswith(('.', '?')) else '.'} See: {command} --help"
