"""``emendata studio``: find, review and correct errors in the browser."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from emendata.cli.interrupts import forget_interrupts

__all__ = ["studio"]


def studio(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A file or folder of data, or a project, to open at once.",
            show_default="the list of projects",
        ),
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Show the three example datasets: a table, texts, images.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(help="Port on 127.0.0.1.", show_default="8377, or the next that is free", min=0),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address and open no browser.")
    ] = False,
    workspace: Annotated[
        Path | None,
        typer.Option(help="Folder for dropped data and the list of projects.", show_default="~/emendata"),
    ] = None,
) -> None:
    """Open the Studio: find, review and correct errors in the browser, on this machine alone.

    It listens on 127.0.0.1, lets in only the browser that opens the address which is printed, and sends nothing
    anywhere. What is audited is never changed; Ctrl-C stops it, and nothing is lost.

    Examples
    --------
    `emendata studio`

    `emendata studio reviews.csv`

    `emendata studio reviews.csv.emendata`

    `emendata studio --demo`
    """
    from emendata.extras import require

    for package in ("fastapi", "uvicorn", "PIL"):
        require(package, "studio")
    from emendata.studio import serve

    with suppress(KeyboardInterrupt):
        serve(path, workspace=workspace, port=port, browser=not no_browser, demo=demo, say=_say)
    forget_interrupts()  # that is how it ends


def _say(address: str) -> None:
    typer.echo(f"Studio   {address}\nStop     Ctrl-C")
