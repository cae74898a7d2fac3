"""Objects of scikit-learn's kind that clean the data they are fitted to."""

from emendata.estimators.classifier import CleanClassifier
from emendata.estimators.regressor import CleanRegressor

__all__ = ["CleanClassifier", "CleanRegressor"]
