"""Starting the Studio on this machine, and opening it in the browser."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from emendata.errors import InputError
from emendata.studio.app import make_app
from emendata.studio.guard import Guard
from emendata.studio.workspace import Workspace, project_at

__all__ = ["DEFAULT_PORT", "serve"]

DEFAULT_PORT = 8377
_HOST = "127.0.0.1"
_TRIED = 20


def serve(
    path: Path | None = None,
    *,
    workspace: Path | None = None,
    port: int | None = None,
    browser: bool = True,
    demo: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> None:
    """Serve the Studio on 127.0.0.1 until it is stopped.

    Parameters
    ----------
    path : path, optional
        A file or folder of data, or a project, to open at once.
    workspace : path, optional
        Where dropped data and the list of projects are kept, by default ``~/emendata``.
    port : int, optional
        By default 8377, or the next that is free.
    browser : bool
        Whether a browser is opened.
    demo : bool
        Whether the page of the example datasets is opened.
    say : callable
        Told the address, which holds the token that lets the browser in.

    Raises
    ------
    InputError
        If there is nothing at the path, or the port is taken.
    """
    place = Workspace(workspace or Path.home() / "emendata")
    start = _start_page(path, place, demo=demo)
    with _listening(port) as listener:
        number = listener.getsockname()[1]
        token = secrets.token_urlsafe(24)
        app = make_app(place, Guard(token, number))
        joint = "&" if "?" in start else "?"
        address = f"http://{_HOST}:{number}{start}{joint}{urlencode({'token': token})}"
        say(address)
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
        uvicorn.Server(config).run(sockets=[listener])


def _start_page(path: Path | None, workspace: Workspace, *, demo: bool) -> str:
    """Return the page to open: a project's, that of some data, or the home page."""
    if path is None:
        return "/?demo=1" if demo else "/"
    if not path.exists():
        raise InputError(f"There is no file or folder {path}. Give one, or nothing.")
    path = path.resolve()
    folder = project_at(path)
    if folder is not None:
        return f"/projects/{workspace.remember(folder).id}/overview"
    return f"/?{urlencode({'source': str(path)})}"


def _listening(port: int | None) -> socket.socket:
    """Return a socket that listens on the port asked for, or on the first free one from the usual on."""
    for number in [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _TRIED):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_HOST, number))
        except OSError:
            listener.close()
            continue
        listener.listen(128)
        return listener
    said = f"Port {port} is taken" if port is not None else "All usual ports are taken"
    raise InputError(f"{said}. Choose another: emendata studio --port 8400")
