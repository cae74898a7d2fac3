"""``emendata``: the commands, and how every error reaches a person."""

import json
import sys
from typing import Annotated

import typer

from emendata import __version__
from emendata.cli import exits
from emendata.cli.apply import apply
from emendata.cli.audit import audit
from emendata.cli.checks import checks
from emendata.cli.compare import compare
from emendata.cli.decide import decide
from emendata.cli.decisions import decisions
from emendata.cli.export import export
from emendata.cli.fix import fix
from emendata.cli.gate import gate
from emendata.cli.interrupts import expect_interrupts, forget_interrupts, was_interrupted
from emendata.cli.review import review
from emendata.cli.rules import rules
from emendata.cli.studio import studio

__all__ = ["app", "main"]

app = typer.Typer(
    name="emendata",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=exits.HELP,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"emendata {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error. Stands before the command.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Find and correct the errors in any machine-learning dataset.

    Start with: `emendata audit reviews.csv --label sentiment`
    """


app.command()(audit)
app.command()(studio)
app.command()(review)
app.command()(fix)
app.command()(apply)
app.command()(export)
app.command()(compare)
app.command()(gate)
app.command()(rules)
app.command()(decide)
app.command()(decisions)
app.command()(checks)


def main() -> None:
    """Run the command line and leave with its exit code; errors end in one sentence."""
    arguments = sys.argv[1:]
    expect_interrupts()
    try:
        code = app(standalone_mode=False, prog_name="emendata") or exits.OK
        if (
            code == exits.INTERRUPTED or was_interrupted()
        ):  # what typer makes of Ctrl-C, or what a library made of it
            raise KeyboardInterrupt
        sys.stdout.flush()
    except BaseException as error:
        forget_interrupts()
        code, message = exits.explain(error)
        if "--debug" in arguments and not isinstance(error, SystemExit):
            raise
        if "--json" in arguments and message and not isinstance(error, OSError):
            failure = {"type": type(error).__name__, "message": message}
            typer.echo(json.dumps({"error": failure, "exit_code": code}))
        elif message:
            typer.echo(message if code == exits.INTERRUPTED else f"Error: {message}", err=True)
        if isinstance(error, OSError):
            sys.stdout = None  # it may be what cannot be written; nothing more is tried on the way out
    sys.exit(code)
