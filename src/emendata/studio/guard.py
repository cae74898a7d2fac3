"""Who may speak to the Studio: the browser that was opened with its token, on this machine, and no other page."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

__all__ = ["COOKIE", "Guard"]

COOKIE = "emendata-session"
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE = ("GET", "HEAD")
_MOST_BYTES = 16 << 20  # of a request that is no upload

Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Lets in what carries the session, comes from our own page, and names this server as its host.

    Parameters
    ----------
    token : str
        Given to the browser once, in the address that opens it; the session that it gets for it is another secret.
    port : int
        Where the server listens: the only hosts are ``127.0.0.1``, ``localhost`` and ``[::1]`` with it.
    """

    def __init__(self, token: str, port: int) -> None:
        self._token = token
        self._session = secrets.token_urlsafe(32)
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Answer a request, or say why not; every answer carries the headers that keep foreign content out."""
        response = self._refusal(request) or self._welcome(request) or await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("host", "") not in self._hosts:
            return _refused(421, "This address is not the Studio's. Open the one that the terminal shows.")
        origin = request.headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            return _refused(403, "Another page asked for this, and only the Studio's own pages may.")
        return None

    def _welcome(self, request: Request) -> Response | None:
        """Exchange the token for a session, or refuse what needs one and has none."""
        given = request.query_params.get("token")
        if given is not None and request.method in _SAFE:
            if not secrets.compare_digest(given.encode(), self._token.encode()):
                return _refused(401, "This token is not valid. Open the address that the terminal shows.")
            response = RedirectResponse(
                str(request.url.remove_query_params("token").replace(scheme="", netloc="")) or "/"
            )
            response.set_cookie(COOKIE, self._session, httponly=True, samesite="strict")
            return response
        if not request.url.path.startswith("/api/"):
            return None  # the pages hold no data
        session = request.cookies.get(COOKIE, "")
        if not secrets.compare_digest(session.encode(), self._session.encode()):
            return _refused(401, "Open the address that the terminal shows.")
        if request.method not in _SAFE and request.headers.get("x-emendata") != "1":
            return _refused(403, "This request does not come from the Studio's own pages.")
        return _too_much(request)


def _too_much(request: Request) -> Response | None:
    """Refuse what would fill the memory before anybody looks at it; uploads go to the disk part by part."""
    if request.method == "PUT" and request.url.path.startswith("/api/uploads/"):
        return None
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not length.isdecimal():
        return _refused(411, "This request does not say how long it is.")
    if int(length[:20]) > _MOST_BYTES:
        return _refused(413, f"This request has more than {_MOST_BYTES >> 20} MB. Send less at once.")
    return None


def _refused(status: int, why: str) -> Response:
    return JSONResponse({"detail": why}, status_code=status)
