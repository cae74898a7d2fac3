"""By what name an estimator takes the weights of rows, also at the end of a Pipeline."""

from typing import Any

from sklearn import get_config
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import has_fit_parameter

__all__ = ["learner_of", "weights_argument"]


def learner_of(model: Any) -> Any:
    """Return what learns in the end: the last step of a Pipeline, else the model itself."""
    return learner_of(model.steps[-1][1]) if isinstance(model, Pipeline) else model


def weights_argument(model: Any) -> str | None:
    """Return under which name ``fit`` takes weights, None if it takes none.

    Where scikit-learn's metadata routing is enabled, a Pipeline passes weights on as its steps request.

    Examples
    --------
    >>> from sklearn.linear_model import Ridge
    >>> from sklearn.neighbors import KNeighborsRegressor
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> weights_argument(Ridge()), weights_argument(make_pipeline(StandardScaler(), Ridge()))
    ('sample_weight', 'ridge__sample_weight')
    >>> weights_argument(make_pipeline(StandardScaler(), KNeighborsRegressor())) is None
    True
    """
    if not isinstance(model, Pipeline):
        return "sample_weight" if has_fit_parameter(model, "sample_weight") else None
    name, last = model.steps[-1]
    inner = weights_argument(last)
    if inner is None or get_config()["enable_metadata_routing"]:
        return inner
    return f"{name}__{inner}"
