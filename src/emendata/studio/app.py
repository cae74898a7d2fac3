"""The Studio as an application: the API of each noun, and the pages over it."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

from emendata import __version__
from emendata.studio import (
    bulk,
    decisions,
    exports,
    finished,
    history,
    imports,
    media,
    overview,
    projects,
    rows,
    sample,
    views,
)
from emendata.studio.context import Context
from emendata.studio.guard import Guard
from emendata.studio.refusals import add_refusals
from emendata.studio.workspace import Workspace, file_in

__all__ = ["make_app"]

_STATIC = Path(__file__).parent / "static"
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_UNBUILT = """<!doctype html><title>emendata Studio</title><h1>The Studio's pages are not built</h1>
<p>Its server runs. Build the pages: <code>make web</code>, or install without <code>EMENDATA_SKIP_WEB</code>.</p>"""


def make_app(workspace: Workspace, guard: Guard) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    workspace : Workspace
    guard : Guard
        Who may speak to it.
    """
    app = FastAPI(
        title="emendata Studio",
        version=__version__,
        description="Find, review and correct errors in data. Errors are answered as {detail: one sentence}.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.context = Context(workspace)
    app.add_middleware(BaseHTTPMiddleware, dispatch=guard)
    add_refusals(app)
    for room in (
        projects,
        imports,
        overview,
        rows,
        finished,
        sample,
        decisions,
        history,
        bulk,
        views,
        media,
        exports,
    ):
        app.include_router(room.router)
    app.add_api_route("/{path:path}", _page, methods=["GET"], include_in_schema=False, response_model=None)
    return app


def _page(path: str) -> Response:
    """Return a file of the pages, or the page that leads everywhere."""
    if path.startswith("api/"):
        return JSONResponse({"detail": "There is no such address."}, status_code=404)
    if (file := file_in(_STATIC, path)) is not None:
        return FileResponse(
            file, headers=_FOREVER if path.startswith("assets/") else {"Cache-Control": "no-cache"}
        )
    index = _STATIC / "index.html"
    if not index.is_file():
        return HTMLResponse(_UNBUILT, status_code=503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
