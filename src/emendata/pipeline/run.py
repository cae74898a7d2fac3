"""Run the checks of a plan, one by one, keeping what each found and what went wrong."""

import inspect
import logging
import traceback as tracebacks
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.checks import Check, Inputs, options_of
from emendata.errors import InputError, NotApplicable, OutputError, ProjectError
from emendata.pipeline.edition import EDITION
from emendata.pipeline.plan import Plan
from emendata.pipeline.prepare import Preparation
from emendata.records import PER_ISSUE, BoolArray, Findings, OnProgress, Remark, Status, no_progress
from emendata.store import Artifact, Shelf, fingerprint

__all__ = ["OnOutcome", "Outcome", "ignore_outcome", "run_checks"]

_log = logging.getLogger(__name__)
_SEEN = frozenset(("features", "neighbors", "predictions"))
"""Inputs that say nothing of a row whose image or sound cannot be read."""
_TRAINED = frozenset(("predictions", "cell_predictions"))
"""Inputs for which models are trained."""


@dataclass(frozen=True)
class Outcome:
    """What became of one check; ``findings`` is None unless it ran to its end."""

    check: Check
    status: Status
    findings: Findings | None = None
    message: str = ""
    traceback: str | None = None


OnOutcome = Callable[[Outcome], None]
"""Called with what became of a check as soon as it is over."""


def ignore_outcome(outcome: Outcome) -> None:
    """Wait for the end: the default wherever an ``on_outcome`` is taken."""


def run_checks(
    plan: Plan,
    preparation: Preparation,
    *,
    strict: bool = False,
    on_progress: OnProgress = no_progress,
    on_outcome: OnOutcome = ignore_outcome,
) -> tuple[Outcome, ...]:
    """Run every check of the plan; one that fails is kept with its traceback and the rest goes on.

    Those that need neither features nor models come first, those that need models last, so that what is found is known
    as early as can be. Outcomes are in the order of the plan.

    Parameters
    ----------
    strict : bool
        Raise the first failure instead of keeping it.
    on_progress, on_outcome : callable
        Told how far it is, and what became of each check.
    """
    excluded = {
        check.name: Outcome(check, "not_applicable", message=why) for check, why in plan.not_applicable
    }
    outcomes: list[Outcome] = []
    for check in sorted(plan.checks, key=_cost):
        try:
            outcomes.append(_run(check, preparation))
        except NotApplicable as answer:
            outcomes.append(Outcome(check, "not_applicable", message=str(answer)))
        except (InputError, OutputError, ProjectError):
            raise  # no later check could do better: the data, or the place for results, is of no use
        except Exception as error:
            if strict:
                raise
            _log.info("check %s failed", check.name, exc_info=True)
            message = f"{type(error).__name__}: {error}"
            outcomes.append(Outcome(check, "failed", message=message, traceback=tracebacks.format_exc()))
        on_outcome(outcomes[-1])
        on_progress("Checking", len(outcomes), len(plan.checks))
    of = {outcome.check.code: outcome for outcome in outcomes}
    return (*(of[check.code] for check in plan.checks), *excluded.values())


def _cost(check: Check) -> int:
    """Return how much has to be worked out before a check can run: 0 for hardly anything, 2 for models."""
    inputs = {*check.needs, *check.wants}
    return 2 if inputs & _TRAINED else int(bool(inputs & _SEEN))


def _run(check: Check, preparation: Preparation) -> Outcome:
    needs = [*check.needs, *check.wants]
    there = [*check.needs, *filter(preparation.has, check.wants)]
    inputs_of = {need: preparation.key(need) for need in needs}
    key = fingerprint("findings", EDITION, check.code, options_of(check), inputs_of, _written_as(check))
    shelf = preparation.shelf_for(needs)
    kept = shelf.recall(key)
    if kept is None:
        inputs = Inputs(preparation.dataset.n_rows, **{need: getattr(preparation, need) for need in there})
        looks = not _SEEN.isdisjoint(needs)
        if looks and inputs.labels is not None:
            inputs = replace(inputs, labels=preparation.seen_labels)
        found = check.find(inputs)
        if looks:
            found = _silent(found, preparation.unseen)
        kept = _keep(shelf, key, found)
    findings = _restore(kept)
    return Outcome(check, "found" if len(findings.rows) or findings.remarks else "passed", findings)


def _written_as(check: Check) -> str | None:
    """Return the code of a check that is not ours, whose edition is not known; findings of another code are others."""
    if type(check).__module__.startswith("emendata."):
        return None
    try:
        return inspect.getsource(inspect.getmodule(type(check)) or type(check))
    except (OSError, TypeError):  # it was typed in at a prompt
        return repr(type(check).find.__code__.co_code)


def _silent(found: Findings, unseen: BoolArray) -> Findings:
    """Return findings that say nothing of rows in which there was nothing to see."""
    if not unseen.any():
        return found
    kept = np.flatnonzero(~unseen[found.rows])
    per_issue: dict[str, Any] = {name: getattr(found, name) for name in PER_ISSUE}
    for name, values in per_issue.items():
        per_issue[name] = tuple(values[i] for i in kept) if isinstance(values, tuple) else values[kept]
    scores = np.where(unseen, np.float32(np.nan), found.scores)
    return replace(found, scores=scores, rows=found.rows[kept], **per_issue)


def _keep(shelf: Shelf, key: str, found: Findings) -> Artifact:
    arrays: dict[str, npt.NDArray[Any]] = {
        "scores": found.scores,
        "rows": found.rows,
        "probabilities": found.probabilities,
        "issue_scores": found.issue_scores,
    }
    words = {
        "reasons": list(found.reasons),
        "columns": list(found.columns),
        "suggestions": list(found.suggestions),
        "related": [list(rows) for rows in found.related],
        "alternatives": [list(values) for values in found.alternatives],
        "facts": dict(found.facts),
        "remarks": [asdict(remark) for remark in found.remarks],
    }
    return shelf.keep(key, "findings", arrays, words)


def _restore(kept: Artifact) -> Findings:
    return Findings(
        scores=np.asarray(kept.arrays["scores"]),
        rows=np.asarray(kept.arrays["rows"]),
        probabilities=np.asarray(kept.arrays["probabilities"]),
        reasons=tuple(kept.facts["reasons"]),
        columns=tuple(kept.facts["columns"]),
        suggestions=tuple(kept.facts["suggestions"]),
        related=tuple(tuple(rows) for rows in kept.facts["related"]),
        issue_scores=np.asarray(kept.arrays["issue_scores"]),
        alternatives=tuple(tuple(values) for values in kept.facts["alternatives"]),
        facts=kept.facts["facts"],
        remarks=tuple(Remark(**remark) for remark in kept.facts["remarks"]),
    )
