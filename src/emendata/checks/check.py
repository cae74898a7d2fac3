"""What a check is: a frozen dataclass that describes itself and turns arrays into findings."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from emendata.checks.inputs import Inputs
from emendata.errors import InputError, UnknownOption, nearest
from emendata.records import Findings, Json, Severity

__all__ = ["Check", "configure", "option", "options_of"]


class Check(ABC):
    """One kind of error in data.

    A subclass is a frozen dataclass whose fields, made with `option`, are its settings. The first line of
    its docstring is its title.

    Attributes
    ----------
    code : str
        Short stable name, such as ``"EM101"``; the docs page and the ignore list use it.
    name : str
        The name that people type, such as ``"wrong_label"``.
    severity : "issue" or "tip"
        Whether a finding is an error or a hint.
    needs, wants : tuple of str
        Names of `Inputs` that must be there, and of those that are used where there are any.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = "issue"
    needs: ClassVar[tuple[str, ...]] = ()
    wants: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            _check_bounds(self.name, field, getattr(self, field.name))

    @property
    def title(self) -> str:
        """First line of the docstring, without its full stop."""
        return (type(self).__doc__ or self.name).strip().splitlines()[0].rstrip(".")

    @abstractmethod
    def find(self, inputs: Inputs) -> Findings:
        """Score every row and describe the flagged ones.

        Raises
        ------
        NotApplicable
            If the check has nothing to say about this dataset; the text says why.
        """


def option(default: Any, *, help: str, ge: float | None = None, le: float | None = None) -> Any:  # noqa: A002
    """Declare one setting of a check: its default, what it does, and its bounds."""
    return dataclasses.field(default=default, metadata={"help": help, "ge": ge, "le": le})


def options_of(check: Check) -> dict[str, Json]:
    """Return the settings of a check as plain values."""
    return dataclasses.asdict(check)  # type: ignore[call-overload,no-any-return]


def configure(check: Check, options: Mapping[str, Json]) -> Check:
    """Return a copy of ``check`` with some settings changed.

    Raises
    ------
    UnknownOption
        If there is no such setting; the text names the nearest.
    InputError
        If a value is out of bounds.
    """
    known = [field.name for field in dataclasses.fields(check)]  # type: ignore[arg-type]
    for name in options:
        if name not in known:
            hint = nearest(name, known)
            way_out = f"Did you mean {hint!r}?" if hint else f"Its options are: {', '.join(known) or 'none'}."
            raise UnknownOption(f"Check {check.name!r} has no option {name!r}. {way_out}")
    return dataclasses.replace(check, **options)  # type: ignore[type-var]


def _check_bounds(check: str, field: dataclasses.Field[Any], value: Any) -> None:
    low, high = field.metadata.get("ge"), field.metadata.get("le")
    if low is None and high is None:
        return
    wants_number = f"Option {field.name!r} of check {check!r} must be a number"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{wants_number}; got {value!r}.")
    if (low is not None and not value >= low) or (high is not None and not value <= high):
        span = f"from {low} to {high}" if None not in (low, high) else f"of at least {low}"
        raise InputError(f"{wants_number} {span}; got {value}.")
