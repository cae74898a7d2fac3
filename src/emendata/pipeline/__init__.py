"""Plans what can run, makes each input once, runs the checks: the room that knows data, models and checks."""

from emendata.pipeline.effort import effort_for
from emendata.pipeline.forecast import Forecast, forecast, mode_within
from emendata.pipeline.outlook import Outlook
from emendata.pipeline.own import places_of, read_own
from emendata.pipeline.plan import Plan, plan_audit
from emendata.pipeline.prepare import Preparation
from emendata.pipeline.run import OnOutcome, Outcome, ignore_outcome, run_checks
from emendata.pipeline.summarize import summarize, with_reviewed_rate
from emendata.pipeline.tables import issue_table, score_table

__all__ = [
    "Forecast",
    "OnOutcome",
    "Outcome",
    "Outlook",
    "Plan",
    "Preparation",
    "effort_for",
    "forecast",
    "ignore_outcome",
    "issue_table",
    "mode_within",
    "places_of",
    "plan_audit",
    "read_own",
    "run_checks",
    "score_table",
    "summarize",
    "with_reviewed_rate",
]
