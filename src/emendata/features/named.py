"""Embedders that a person names: ``LIBRARY:MODEL``, or a function, for a role or a column."""

from collections.abc import Mapping
from functools import partial
from uuid import uuid4

from emendata.data import Dataset
from emendata.errors import InputError, UnknownName
from emendata.extras import missing
from emendata.features.function_model import Function, find_function, function_name, load_function
from emendata.features.libraries import LIBRARIES, Library
from emendata.features.model_embedder import Embed, ModelEmbedder
from emendata.features.model_files import absolute
from emendata.records import Role

__all__ = ["Chosen", "embedders_by_column", "named_embedder", "recorded"]

Chosen = str | Function
"""``LIBRARY:MODEL``, or a function of a list of items."""

_EDITION = 1  # of how we give models their items: part of the names that vectors are kept under
_PIXELS = 1_024  # along the longer side: more than models of a library look at
_FUNCTION, _KEPT = "python", "kept"
_READERS = {Role.IMAGE: ("PIL", "image"), Role.AUDIO: ("soundfile", "audio")}
_ROLES = (Role.TEXT, Role.IMAGE, Role.AUDIO)


def embedders_by_column(wanted: Mapping[str, Chosen], dataset: Dataset) -> dict[str, ModelEmbedder]:
    """Return the embedder of each column that one was named for; nothing is loaded yet.

    Parameters
    ----------
    wanted : mapping of str to str or callable
        By role (text, image or audio) or column; a column wins over its role.
    dataset : Dataset

    Raises
    ------
    InputError
        If a key is neither, if there is no such library or it does not embed such columns, or is not installed.
    """
    roles = {column.name: column.role for column in dataset.columns}
    made: dict[str, ModelEmbedder] = {}
    for what in sorted(wanted, key=lambda name: name in roles):
        names, role = _columns_of(what, roles)
        embedder = named_embedder(wanted[what], role)
        if gap := embedder.obstacle():
            raise InputError(f"{embedder.title} cannot be used yet. {gap}")
        made |= dict.fromkeys(names, embedder)
    return made


def named_embedder(chosen: Chosen, role: Role) -> ModelEmbedder:
    """Return the embedder of a role that a person chose.

    Examples
    --------
    >>> named_embedder(lambda texts: [[len(text)] for text in texts], Role.TEXT).vectors(["ab", "abc"]).values
    array([[2.],
           [3.]], dtype=float32)
    >>> named_embedder("tim:resnet18", Role.IMAGE)
    Traceback (most recent call last):
    emendata.errors.UnknownName: There is no library 'tim'. Did you mean 'timm'?
    """
    if callable(chosen):
        return _from_function(chosen, role, f"The function {getattr(chosen, '__name__', chosen)!s}")
    name, model = _parsed(chosen)
    if name == _KEPT:
        return _from_shelf(model, role)
    if name == _FUNCTION:
        return _from_function(find_function(model), role, chosen)
    by_name = {library.name: library for library in LIBRARIES}
    if name not in by_name:
        raise UnknownName.among("library", name, [*by_name, _FUNCTION])
    return _from_library(by_name[name], model, role)


def recorded(wanted: Mapping[str, Chosen]) -> dict[str, str]:
    """Return what a project keeps of a person's choice: of functions only their names, since it runs no code.

    Examples
    --------
    >>> recorded({"image": "timm:resnet18", "text": len})
    {'image': 'timm:resnet18', 'text': 'kept:'}
    """
    return {what: _recorded(chosen) for what, chosen in wanted.items()}


def _recorded(chosen: Chosen) -> str:
    if callable(chosen):
        return f"{_KEPT}:{function_name(chosen) or ''}"
    name, model = _parsed(chosen)
    if name == _FUNCTION:
        return _recorded(find_function(model))
    return f"{name}:{model if name == _KEPT else absolute(model)}"


def _parsed(chosen: object) -> tuple[str, str]:
    """Return the library and the model."""
    name, _, model = chosen.partition(":") if isinstance(chosen, str) else ("", "", "")
    if not (name and (model or name == _KEPT)):
        raise InputError(
            f"An embedder is LIBRARY:MODEL, such as 'timm:resnet18', or a function; got {chosen!r}."
        )
    return name, model


def _columns_of(what: str, roles: Mapping[str, Role]) -> tuple[list[str], Role]:
    """Return the columns that a key speaks of, and their role."""
    if what in roles:
        if roles[what] not in _ROLES:
            raise InputError(
                f"Column {what!r} is read as {roles[what].value}, and models embed text, image and audio. "
                f"Leave its embedder out, or say what the column holds: --role {what}=text"
            )
        return [what], roles[what]
    if what not in [role.value for role in _ROLES]:
        raise UnknownName.among("column or role", what, [*roles, *(role.value for role in _ROLES)])
    names = [name for name, role in roles.items() if role == what]
    if not names:
        raise InputError(f"There is no column of role {what!r} to embed. Leave its embedder out.")
    return names, Role(what)


def _from_library(library: Library, model: str, role: Role) -> ModelEmbedder:
    if role not in library.roles:
        able = [other.name for other in LIBRARIES if role in other.roles]
        raise InputError(
            f"{library.name} embeds no {role.value} columns. These do: {', '.join(able)}, {_FUNCTION}."
        )
    return ModelEmbedder(
        title=f"{library.name}:{model}",
        role=role,
        naming=lambda: f"{library.name} {library.version()} {library.identity(model)} {_EDITION}",
        load=partial(library.load, model, role),
        gap=lambda: missing(library.package, library.extra) or _reader_gap(role),
        most=_PIXELS,
    )


def _from_function(function: Function, role: Role, title: str) -> ModelEmbedder:
    name = function_name(function)
    return ModelEmbedder(
        title=title if name is None else _called(name),
        role=role,
        naming=lambda: f"{_FUNCTION} {name or uuid4().hex} {_EDITION}",
        load=lambda: load_function(function, role),
        gap=lambda: _reader_gap(role),
        is_lasting=name is not None,
    )


def _from_shelf(name: str, role: Role) -> ModelEmbedder:
    """Return what stands for a function in a project that is opened again: its vectors are known or cannot be had."""
    again = "A project runs no code: audit the data again as before, and correct them from there with fix()."
    if not name:
        raise InputError(
            f"The {role.value} was embedded by a function without a name, of which nothing is kept. {again} "
            "Or give the function a name, such as embed.name = 'mine 1'."
        )

    def load() -> Embed:
        raise InputError(
            f"The {role.value} was embedded by the function {name!r}, and not all of it is kept. {again}"
        )

    return ModelEmbedder(_called(name), role, lambda: f"{_FUNCTION} {name} {_EDITION}", load)


def _called(name: str) -> str:
    return f"The function {name!r}"


def _reader_gap(role: Role) -> str | None:
    return missing(*_READERS[role]) if role in _READERS else None
