"""Code that a person names: a function or an object of a module in the current folder, or installed."""

import importlib
import sys
from pathlib import Path
from typing import Any

from emendata.errors import InputError

__all__ = ["named_object"]


def named_object(words: str, what: str) -> Any:
    """Import the module and return what it has under the name.

    Parameters
    ----------
    words : str
        ``"module:name"``.
    what : str
        What is looked for, for messages, such as ``"model"``.

    Raises
    ------
    InputError
        If the words are none, or the module cannot be imported, or has no such thing.

    Examples
    --------
    >>> named_object("math:sqrt", "function")(4)
    2.0
    """
    module, colon, name = words.partition(":")
    if not (module and colon and name) or module.startswith(".") or "/" in module:
        raise InputError(f"A {what} is named as MODULE:NAME, such as my_code:mine; got {words!r}.")
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        found = importlib.import_module(module)
    except (Exception, SystemExit) as error:
        why = f"{type(error).__name__}: {error}".rstrip(".: ")
        raise InputError(
            f"Module {module!r} of the {what} cannot be imported ({why}). Run emendata in the folder where it is."
        ) from error
    finally:
        sys.path.remove(here)
    if not hasattr(found, name):
        raise InputError(f"Module {module!r} has no {what} {name!r}. Check the name.")
    return getattr(found, name)
