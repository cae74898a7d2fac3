"""How errors reach the browser: a status and one sentence."""

from __future__ import annotations

import errno

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from emendata.errors import EmendataError, InputError, OutputError, ProjectError, UnknownName

__all__ = ["NotReady", "add_refusals"]


class NotReady(EmendataError):  # noqa: N818 - named for what it is
    """What was asked for takes a project that is open, and this one is not."""


def add_refusals(app: FastAPI) -> None:
    """Let every error that is raised on purpose become an answer with its sentence."""

    @app.exception_handler(EmendataError)
    async def _refused(request: Request, error: EmendataError) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=_status(error))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "The request"
        return JSONResponse({"detail": f"{place}: {first['msg']}."}, status_code=422)


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
    return 409 if isinstance(error, ProjectError) else 500
