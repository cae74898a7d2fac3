"""Data and audited projects for the tests of the screens."""

from pathlib import Path

import emendata as em
from emendata.studio.examples import write_example

__all__ = ["audited", "example"]


def example(folder: Path, name: str) -> Path:
    """Write a dataset that comes with the Studio, and return where it is."""
    return write_example(name, folder)


def audited(source: Path, label: str | None) -> Path:
    """Audit some data as the command line does, and return its project."""
    em.Audit(source, label=label, mode="quick").run()
    return source.with_name(f"{source.name}.emendata")
