"""What a person asks of an audit, and what a project keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from emendata.errors import InputError, UnknownName
from emendata.features import Chosen, recorded
from emendata.records import Json, Metric, Mode

__all__ = ["Settings"]

_NOT_AS_THEY_ARE = ("embedders", "budget", "mode", "pred_probs", "features", "model")


@dataclass(frozen=True)
class Settings:
    """The arguments of an `Audit` beside its source, which has the words for them.

    Raises
    ------
    InputError
        If two of them leave nothing to choose, or one cannot be.
    """

    label: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    seed: int = 0
    encoding: str | None = None
    delimiter: str | None = None
    table: str | None = None
    query: str | None = None
    task: str | None = None
    mode: str | None = None
    budget: float | None = None
    embedders: Mapping[str, Chosen] = field(default_factory=dict)
    pred_probs: Any = None
    features: Any = None
    model: Any = None
    calibrate: bool = False
    metric: str = Metric.EUCLIDEAN

    def __post_init__(self) -> None:
        if self.mode is not None and self.budget is not None:
            raise InputError("Both a mode and a budget are given. Give one of them.")
        if self.budget is not None and not (
            isinstance(self.budget, int | float) and 0 < self.budget < float("inf")
        ):
            raise InputError(f"The budget is {self.budget!r}. Give a positive number of seconds.")
        if self.mode is not None and self.mode not in list(Mode):
            raise UnknownName.among("mode", self.mode, [mode.value for mode in Mode])
        if self.metric not in list(Metric):
            raise UnknownName.among("metric", self.metric, [metric.value for metric in Metric])
        if self.features is not None and self.embedders:
            raise InputError(
                "Both features and embedders are given, and features leave nothing to embed. Give one."
            )

    @property
    def reading(self) -> dict[str, Any]:
        """How the data are to be read, as arguments of `emendata.data.open_dataset`."""
        names = ("label", "roles", "encoding", "delimiter", "table", "query", "task")
        return {name: getattr(self, name) for name in names}

    def document(self, mode: Mode, places: Mapping[str, Json]) -> dict[str, Json]:
        """Return what another `Audit` needs to be the same, as JSON.

        Parameters
        ----------
        mode : Mode
            What the budget or the default came to.
        places : mapping of str to JSON
            Where what was brought can be had again.
        """
        plain = {name: value for name, value in vars(self).items() if name not in _NOT_AS_THEY_ARE}
        return {**plain, "mode": mode.value, "embedders": recorded(self.embedders), **places}
