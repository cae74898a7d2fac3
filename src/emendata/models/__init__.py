"""Model families, each predicting every row out of sample, for the pipeline to stack."""

from emendata.models.bayes import NaiveBayes
from emendata.models.boosting import BoostedTrees
from emendata.models.discriminant import ShrunkDiscriminant
from emendata.models.linear import LogisticModel, StochasticLinear
from emendata.models.nearest import NearestRows
from emendata.models.predictor import FoldMemory, Predictor, Problem
from emendata.models.trees import RandomTrees
from emendata.registry import Registry

__all__ = ["PREDICTORS", "FoldMemory", "Predictor", "Problem"]

PREDICTORS: Registry[Predictor] = Registry(
    "model",
    [
        RandomTrees(),
        BoostedTrees(),
        ShrunkDiscriminant(),
        LogisticModel(),
        StochasticLinear(),
        NaiveBayes(),
        NearestRows(),
    ],
)
