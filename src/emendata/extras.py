"""Packages that emendata can use and does not install."""

import importlib
import importlib.util
from typing import Any

from emendata.errors import EmendataError

__all__ = ["MissingPackage", "missing", "require"]


class MissingPackage(EmendataError, ImportError):  # noqa: N818 - named for what it is
    """A package that this function needs is not installed."""


def require(module: str, extra: str | None = None) -> Any:
    """Import a package that may be missing, or say how to install it.

    Parameters
    ----------
    module : str
        Dotted name of what to import.
    extra : str, optional
        The extra of emendata that installs it; without one it is installed by its own name.

    Raises
    ------
    MissingPackage
        If the package is not installed, or cannot be loaded.

    Examples
    --------
    >>> require("json").dumps([1])
    '[1]'
    >>> require("no_such_package")
    Traceback (most recent call last):
    emendata.extras.MissingPackage: This needs no_such_package. Install it: pip install no_such_package
    """
    package = module.partition(".")[0]
    way_out = f"'emendata[{extra}]'" if extra else package
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != package:
            raise
        raise MissingPackage(f"This needs {package}. Install it: pip install {way_out}") from error
    except ImportError as error:
        why = (str(error).splitlines() or ["no reason given"])[0].rstrip(".")
        raise MissingPackage(
            f"{package} is installed but cannot be loaded ({why}). Install it again: "
            f"pip install --force-reinstall {way_out}"
        ) from error


def missing(package: str, extra: str | None = None) -> str | None:
    """Return in a sentence how to install a package that is not there, or None; it is not imported.

    Examples
    --------
    >>> missing("json")
    >>> missing("no_such_package")
    'This needs no_such_package. Install it: pip install no_such_package'
    """
    if importlib.util.find_spec(package) is not None:
        return None
    try:
        require(package, extra)
    except MissingPackage as error:
        return str(error)
    return None
