"""emendata finds and corrects the errors in any machine-learning dataset.

>>> import emendata as em
>>> em.find_label_issues([0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]])
array([False, False,  True])

Everything is imported when it is first used: ``import emendata`` alone loads no heavy library.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emendata import tasks
    from emendata.audit import Audit
    from emendata.data import open_dataset
    from emendata.estimators import CleanClassifier, CleanRegressor
    from emendata.tasks.classification import find_label_issues, score_labels

__version__ = "0.1.0"

__all__ = [
    "Audit",
    "CleanClassifier",
    "CleanRegressor",
    "__version__",
    "find_label_issues",
    "open_dataset",
    "score_labels",
    "tasks",
]

_HOMES = {
    "Audit": "emendata.audit",
    "CleanClassifier": "emendata.estimators",
    "CleanRegressor": "emendata.estimators",
    "open_dataset": "emendata.data",
    "find_label_issues": "emendata.tasks.classification",
    "score_labels": "emendata.tasks.classification",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name == "tasks":
        return importlib.import_module("emendata.tasks")
    raise AttributeError(f"module 'emendata' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
