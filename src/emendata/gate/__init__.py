"""A gate for continuous integration: limits on what an audit finds, judged on bounds, and how it is told."""

from emendata.gate.baseline import Baseline, read_baseline, write_baseline
from emendata.gate.judge import VERDICTS, Issue, Judgement, Verdict, judge
from emendata.gate.junit import junit_xml
from emendata.gate.limits import LABEL_ERRORS, Limit, limits_in, parse_limit, require_label
from emendata.gate.markdown import gate_markdown
from emendata.gate.reviews import reviews_to_settle
from emendata.gate.sarif import sarif_document

__all__ = [
    "LABEL_ERRORS",
    "VERDICTS",
    "Baseline",
    "Issue",
    "Judgement",
    "Limit",
    "Verdict",
    "gate_markdown",
    "judge",
    "junit_xml",
    "limits_in",
    "parse_limit",
    "read_baseline",
    "require_label",
    "reviews_to_settle",
    "sarif_document",
    "write_baseline",
]
