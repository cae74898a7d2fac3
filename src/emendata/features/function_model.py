"""Items by a function that a person wrote."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from emendata.errors import InputError
from emendata.features.audio_reading import Sound
from emendata.features.model_embedder import Embed
from emendata.records import Role

__all__ = ["Function", "find_function", "function_name", "load_function"]

Function = Callable[[list[Any]], Any]


def find_function(model: str) -> Function:
    """Import ``module:function``; the module may lie in the current folder.

    Raises
    ------
    InputError
        If there is no such module or function, or it is no function.

    Examples
    --------
    >>> find_function("math:sqrt")(4)
    2.0
    """
    module, _, name = model.partition(":")
    if not module or not name:
        raise InputError(f"python:{model} names no function. Write python:MODULE:FUNCTION.")
    found = getattr(_imported(module), name, None)
    if not callable(found):
        raise InputError(f"Module {module!r} has no function {name!r}. Write python:MODULE:FUNCTION.")
    return found  # type: ignore[no-any-return]


def function_name(function: Function) -> str | None:
    """Return the ``name`` that a person gave a function because its vectors may be kept under it, or None."""
    name = getattr(function, "name", None)
    return name if isinstance(name, str) and name else None


def load_function(function: Function, role: Role) -> Embed:
    """Return what gives a function its items as a list: texts, Pillow's pictures, or pairs of samples and rate."""
    if role is not Role.AUDIO:
        return lambda things: function(list(things))
    return lambda sounds: function([_pair(sound) for sound in sounds])


def _pair(sound: Sound) -> tuple[Any, int]:
    return sound.samples, sound.rate


def _imported(module: str) -> Any:
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        return importlib.import_module(module)
    except Exception as error:
        raise InputError(
            f"Module {module!r} cannot be imported ({type(error).__name__}: {error})."
        ) from error
    finally:
        sys.path.remove(here)
