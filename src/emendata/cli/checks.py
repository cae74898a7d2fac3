"""``emendata checks``: what can be found."""

import dataclasses

import typer

__all__ = ["checks"]


def checks() -> None:
    """List the checks with their codes and options.

    Example: `emendata checks`
    """
    from emendata.checks import CHECKS

    for check in CHECKS:
        typer.echo(f"{check.code}  {check.name:<16}  {check.title}")
        for field in dataclasses.fields(check):  # type: ignore[arg-type]
            typer.echo(f"       {field.name} = {field.default}: {field.metadata['help']}")
