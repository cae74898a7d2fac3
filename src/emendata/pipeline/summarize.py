"""Everything a person is told about an audit, as one record."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from emendata import __version__
from emendata.data import Dataset
from emendata.features import feature_columns
from emendata.kernels.error_rate import ErrorRate
from emendata.pipeline.cards import make_cards
from emendata.pipeline.prepare import Preparation
from emendata.pipeline.previews import make_previews
from emendata.pipeline.run import Outcome
from emendata.records import (
    HARD_TO_PREDICT,
    SCHEMA_VERSION,
    CalibrationSummary,
    CheckSummary,
    ClassSummary,
    Estimate,
    Findings,
    Float32Array,
    Flow,
    Histogram,
    Role,
    Summary,
)

__all__ = ["summarize", "with_reviewed_rate"]

_BINS = 20
_FEW_ROWS = 5


def summarize(dataset: Dataset, preparation: Preparation, outcomes: Sequence[Outcome]) -> Summary:
    """Gather the headline, the tables and the worst rows of an audit."""
    by_name = {outcome.check.name: outcome.findings for outcome in outcomes}
    labels = by_name.get("wrong_label")
    codes = preparation.labels
    predicted = labels is not None
    checks = tuple(_check(dataset, preparation, outcome) for outcome in outcomes)
    return Summary(
        schema_version=SCHEMA_VERSION,
        emendata_version=__version__,
        name=dataset.name,
        format=dataset.format,
        n_rows=dataset.n_rows,
        label=dataset.label,
        n_labeled=0 if codes is None else int((codes.codes >= 0).sum()),
        columns=dataset.columns,
        estimate=_estimate(labels),
        classes=_classes(preparation, labels),
        flows=_flows(preparation, labels),
        models=preparation.models if predicted else (),
        stack_accuracy=preparation.stack_accuracy if predicted else None,
        checks=checks,
        notes=(
            *_notes(dataset, preparation),
            *(_learning(preparation) if predicted or preparation.has_predicted else ()),
            *(_doubts(preparation) if predicted else ()),
            *(_calibration(preparation.calibration) if predicted else ()),
        ),
        recognized=dataset.recognized,
        task=dataset.task,
        left_out=preparation.left_out if predicted else {},
        n_flagged=_n_flagged(outcomes),
        calibration=preparation.calibration if predicted else None,
        previews=make_previews(dataset, [card for check in checks for card in check.cards]),
    )


def with_reviewed_rate(summary: Summary, rate: ErrorRate | None) -> Summary:
    """Return a summary whose estimate is what a review says, unless there is none."""
    if rate is None or summary.estimate is None:
        return summary
    n = summary.estimate.n_labeled
    counts = {**summary.estimate.by_estimator, "reviewed sample": round(rate.rate * n)}
    return replace(
        summary, estimate=Estimate(round(rate.low * n), round(rate.high * n), n, counts, rate.n_reviewed)
    )


def _n_flagged(outcomes: Sequence[Outcome]) -> int:
    """Count the rows in which a check found an error; tips are none."""
    rows = [
        outcome.findings.rows
        for outcome in outcomes
        if outcome.findings is not None and outcome.check.severity == "issue"
    ]
    return len(np.unique(np.concatenate(rows))) if rows else 0


def _estimate(found: Findings | None) -> Estimate | None:
    if found is None:
        return None
    counts = dict(found.facts["estimates"])
    return Estimate(min(counts.values()), max(counts.values()), found.facts["labeled_rows"], counts)


def _classes(preparation: Preparation, found: Findings | None) -> tuple[ClassSummary, ...]:
    if preparation.labels is None:
        return ()
    codes, names = preparation.labels.codes, preparation.labels.classes
    n_rows = np.bincount(codes[codes >= 0], minlength=len(names))
    if found is None:
        return tuple(ClassSummary(name, int(n), 0, None, None) for name, n in zip(names, n_rows, strict=True))
    suggested: dict[int, Counter[str]] = {}
    for row, suggestion in zip(found.rows.tolist(), found.suggestions, strict=True):
        suggested.setdefault(int(codes[row]), Counter())[str(suggestion)] += 1
    return tuple(
        ClassSummary(
            name=name,
            n_rows=int(n_rows[code]),
            n_flagged=suggested.get(code, Counter()).total(),
            mean_score=_mean(found.scores[codes == code]),
            most_suggested=_commonest(suggested.get(code)),
        )
        for code, name in enumerate(names)
    )


def _mean(scores: Float32Array) -> float | None:
    judged = scores[~np.isnan(scores)]
    return float(judged.mean(dtype=np.float64)) if len(judged) else None


def _commonest(counts: Counter[str] | None) -> str | None:
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None


def _flows(preparation: Preparation, found: Findings | None) -> tuple[Flow, ...]:
    if found is None or preparation.labels is None:
        return ()
    given = [preparation.labels.classes[code] for code in preparation.labels.codes[found.rows]]
    counts = Counter(zip(given, map(str, found.suggestions), strict=True))
    return tuple(Flow(*pair, n) for pair, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _check(dataset: Dataset, preparation: Preparation, outcome: Outcome) -> CheckSummary:
    found = outcome.findings
    return CheckSummary(
        code=outcome.check.code,
        name=outcome.check.name,
        title=outcome.check.title,
        severity=outcome.check.severity,
        status=outcome.status,
        n_flagged=0 if found is None else len(np.unique(found.rows)),
        n_issues=0 if found is None else len(found.rows),
        message=outcome.message,
        facts={} if found is None else found.facts,
        histogram=None if found is None else _histogram(found),
        cards=() if found is None else make_cards(dataset, preparation, outcome.check, found),
        traceback=outcome.traceback,
        remarks=() if found is None else found.remarks,
    )


def _histogram(found: Findings) -> Histogram:
    bins = np.linspace(0.0, 1.0, _BINS + 1)
    scores, flagged = found.scores, found.scores[np.unique(found.rows)]
    return Histogram(
        tuple(np.histogram(scores[~np.isnan(scores)], bins)[0].tolist()),
        tuple(np.histogram(flagged[~np.isnan(flagged)], bins)[0].tolist()),
    )


def _notes(dataset: Dataset, preparation: Preparation) -> list[str]:
    notes = [
        f"{embedder.title} reads column {name!r}, in place of our own network."
        for name, embedder in preparation.named.items()
    ]
    labels = preparation.labels
    if preparation.own.pred_probs and (names := dataset.names(Role.PROBABILITY)):
        notes.append(
            f"Labels were judged by the probabilities in {', '.join(map(repr, names[:5]))}"
            f"{' and others' if len(names) > 5 else ''}, which must be out-of-sample. Where they have the role "
            "ignore, emendata predicts by itself."
        )
    if labels is not None:
        n_unlabeled = int((labels.codes < 0).sum())
        if n_unlabeled:
            notes.append(
                f"{n_unlabeled:,} of {dataset.n_rows:,} rows have no label: they were predicted, not judged; "
                "the score table holds their predictions."
            )
        counts = np.bincount(labels.codes[labels.codes >= 0], minlength=len(labels.classes))
        few = [labels.classes[code] for code in np.flatnonzero(counts < _FEW_ROWS)]
        if few:
            shown = ", ".join(repr(name) for name in few[:5]) + (" and others" if len(few) > 5 else "")
            noun = f"{len(few)} classes have" if len(few) > 1 else "1 class has"
            notes.append(f"{noun} fewer than {_FEW_ROWS} rows ({shown}): too few to judge their labels well.")
    if preparation.neighbors_recall < 1:
        notes.append(
            f"There are too many rows to compare each with every other: {preparation.neighbors_recall:.2f} of the "
            "nearest rows were found, measured on 400 rows."
        )
    if not feature_columns(dataset):
        notes.append("No column says anything about a row, so rows could not be compared.")
    return notes


def _learning(preparation: Preparation) -> list[str]:
    """Say in which folds and by which weights models learned."""
    notes: list[str] = []
    if not preparation.own.pred_probs:
        notes += preparation.folding.notes
        weighing = preparation.dataset.names(Role.WEIGHT)
        notes += [f"Rows count by '{name}' wherever a model can weigh them." for name in weighing]
    return notes


def _calibration(made: CalibrationSummary | None) -> list[str]:
    """Say by which temperature probabilities became those of the true class."""
    if made is None:
        return []
    share = 100 * made.n_wrong / made.n_labeled
    what = "sharpened" if made.temperature < 1 else "softened"
    return [
        f"Probabilities were {what} by temperature {made.temperature:.2f} and are those of the true class: "
        f"{made.n_wrong:,} of {made.n_labeled:,} labels ({share:.1f} %) are taken for wrong by chance. That of a "
        "suggested label also counts what the label says. Which labels are flagged does not depend on it."
    ]


def _doubts(preparation: Preparation) -> list[str]:
    """Warn where the models are often wrong: then a label that is hard to predict looks like a wrong one."""
    accuracy = preparation.stack_accuracy
    if accuracy >= HARD_TO_PREDICT or preparation.labels is None:
        return []
    counts = np.bincount(preparation.labels.codes[preparation.labels.codes >= 0])
    n = int(counts.sum())
    commonest = preparation.labels.classes[int(counts.argmax())]
    return [
        f"The models are right for {round(accuracy * n):,} of {n:,} labels ({100 * accuracy:.1f} %); always saying "
        f"{commonest!r} would be for {counts.max():,}. Either many labels are wrong, or these columns do not tell "
        "the classes apart, and rows that are only hard to predict are counted in the range above. "
        "Look at some flagged rows to see which."
    ]
