"""How errors reach the browser: a status and one sentence."""

from __future__ import annotations

import errno
import sqlite3

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DatabaseError
from starlette.exceptions import HTTPException

from emendata.errors import EmendataError, InputError, OutputError, ProjectError, UnknownName

__all__ = ["NotReady", "add_refusals"]


_LONGEST = 2_000
_PLAIN = {
    400: "This request cannot be read. Load the page again.",
    404: "There is no such address.",
    405: "There is no such address.",
}


class NotReady(EmendataError):  # noqa: N818 - named for what it is
    """What was asked for takes a project that is open, and this one is not."""


def add_refusals(app: FastAPI) -> None:
    """Let every error that is raised on purpose become an answer with its sentence."""

    @app.exception_handler(EmendataError)
    async def _refused(request: Request, error: EmendataError) -> JSONResponse:
        return _answer(str(error), _status(error))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "The request"
        return _answer(f"{place}: {first['msg']}.", 422)

    @app.exception_handler(HTTPException)
    async def _unreadable(request: Request, error: HTTPException) -> JSONResponse:
        return _answer(_PLAIN.get(error.status_code, error.detail), error.status_code)

    @app.exception_handler(Exception)
    async def _unknown(request: Request, error: Exception) -> JSONResponse:
        said = f"{type(error).__name__}: {error}".rstrip(".")
        return _answer(f"The Studio met an error of its own ({said}). The terminal says more.", 500)


def _answer(sentence: str, status: int) -> JSONResponse:
    """Return a sentence as an answer, cut where it names something endless, without what is no text."""
    short = sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…"
    return JSONResponse({"detail": short.encode(errors="replace").decode()}, status_code=status)


def _status(error: EmendataError) -> int:
    if isinstance(error, NotReady):
        return 409
    if isinstance(error, OutputError):
        cause = error.__cause__
        return 507 if isinstance(cause, OSError) and cause.errno == errno.ENOSPC else 403
    if isinstance(error, UnknownName):
        return 404
    if isinstance(error, InputError):
        return 422
    if isinstance(error, ProjectError):
        return 507 if _is_full(error.__cause__) else 409
    return 500


def _is_full(cause: BaseException | None) -> bool:
    orig = cause.orig if isinstance(cause, DatabaseError) else None
    return getattr(orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
