"""Model families, each predicting every row out of sample, for the pipeline to stack."""

from emendata.models.boosting import BoostedTrees
from emendata.models.forest import RandomForest
from emendata.models.linear import LogisticModel
from emendata.models.nearest import NearestRows
from emendata.models.predictor import Predictor, Problem
from emendata.registry import Registry

__all__ = ["PREDICTORS", "Predictor", "Problem"]

PREDICTORS: Registry[Predictor] = Registry(
    "model", [LogisticModel(), RandomForest(), BoostedTrees(), NearestRows()]
)
