"""The command line: parses, calls, prints. One file a command."""

from emendata.cli.app import main

__all__ = ["main"]
