"""Plans what can run, makes each input once, runs the checks: the room that knows data, models and checks."""

from emendata.pipeline.plan import Plan, plan_audit
from emendata.pipeline.prepare import Preparation
from emendata.pipeline.run import Outcome, run_checks
from emendata.pipeline.summarize import summarize
from emendata.pipeline.tables import issue_table, score_table

__all__ = [
    "Outcome",
    "Plan",
    "Preparation",
    "issue_table",
    "plan_audit",
    "run_checks",
    "score_table",
    "summarize",
]
