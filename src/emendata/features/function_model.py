"""Items by a function that a person wrote."""

from collections.abc import Callable
from typing import Any

from emendata.errors import InputError
from emendata.features.audio_reading import Sound
from emendata.features.model_embedder import Embed
from emendata.own_code import named_object
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
    found = named_object(model, "function")
    if not callable(found):
        raise InputError(f"{model} is no function. Write python:MODULE:FUNCTION.")
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
