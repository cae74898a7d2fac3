"""What people bring: their predictions, features or models take the place of ours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from emendata.checks.inputs import Labels
from emendata.data import Dataset
from emendata.errors import InputError
from emendata.features import FeatureTable
from emendata.models.own import OwnModel
from emendata.pipeline.own_features import features_of_numbers, read_numbers
from emendata.pipeline.own_predictions import in_order_of_classes, probability_columns, read_predictions
from emendata.records import Float32Array, FloatArray, Json
from emendata.store import fingerprint

__all__ = ["Own"]
