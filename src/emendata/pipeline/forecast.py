"""How long an audit will take, from running it on a few of its rows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from emendata.features import feature_columns
from emendata.pipeline.calibration import Calibration
from emendata.pipeline.measuring_time import measuring_seconds
from emendata.pipeline.prepare import NEAREST, Preparation
from emendata.records import Mode

__all__ = ["Forecast", "forecast", "mode_within"]

_FEWEST_ROWS = 3
_STAGES = {"features": "Reading the columns", "neighbors": NEAREST, "predictions": "Predicting"}


@dataclass(frozen=True)
class Forecast:
    """Seconds that the stages of an audit are expected to take, in their order.

    Stages are named as ``on_progress`` names them; what takes no notable time has none. ``done`` says what an earlier
    audit left on the shelf: it takes no time and is not among the stages.
    """

    stages: Mapping[str, float]
    done: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(self.stages.values())


def forecast(preparation: Preparation, needs: Collection[str] = (*_STAGES, "pictures", "sounds")) -> Forecast:
    """Run the slow stages on more and more rows, for two seconds at most, and extrapolate.

    Features are taken to cost in proportion to the rows, beyond what they cost for hardly any, and so does a fold of
    a model; finding the nearest rows in proportion to their square. Measuring images and sounds is timed on some of
    them. The rows are drawn at random. What an earlier audit has put on the shelf, down to single folds and items,
    counts as done.

    Parameters
    ----------
    preparation : Preparation
        Nothing of it is made, and nothing is put on its shelf.
    needs : collection of str
        The inputs that the checks need: nothing is said of the others.

    Returns
    -------
    Forecast
        Good to a factor of two or so; empty where there is nothing to compute.
    """
    dataset = preparation.dataset
    if not feature_columns(dataset) or dataset.n_rows < _FEWEST_ROWS:
        return Forecast({})
    wanted = [need for need in _STAGES if need in needs]
    done = [need for need in wanted if preparation.shelf.recall(preparation.key(need)) is not None]
    measured, measures = measuring_seconds(preparation, needs)
    words = (*(_STAGES[need] for need in done), *measured)
    if len(done) == len(wanted):
        return Forecast(measures, words)
    return Forecast(dict(Calibration(preparation).stages(set(wanted) - set(done))) | measures, words)


def mode_within(seconds: float, prepared: Callable[[Mode], Preparation]) -> Mode:
    """Return the most thorough mode whose forecast keeps to a budget, the quick one if none does.

    Parameters
    ----------
    seconds : float
    prepared : callable
        Gives the inputs of an audit in a mode.
    """
    for mode in (Mode.THOROUGH, Mode.BALANCED):
        if forecast(prepared(mode)).seconds <= seconds:
            return mode
    return Mode.QUICK
