"""The rows of an audit as a person goes through them: filtered, sorted, counted, and changed many at once."""

from emendata.selection.bulk import BulkPlan, plan_bulk
from emendata.selection.conditions import Condition, parse_condition, parse_conditions
from emendata.selection.facets import Bin, Count, Facet
from emendata.selection.states import STATES
from emendata.selection.table import WORST_FIRST, RowTable

__all__ = [
    "STATES",
    "WORST_FIRST",
    "Bin",
    "BulkPlan",
    "Condition",
    "Count",
    "Facet",
    "RowTable",
    "parse_condition",
    "parse_conditions",
    "plan_bulk",
]
