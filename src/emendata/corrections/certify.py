"""Which proposals may be made without a look at each, and the statement that says why."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from emendata.corrections.evidence import Evidence, rate_of
from emendata.corrections.frame import Frame
from emendata.corrections.repeats import contradictions, of_labels, slip_rate
from emendata.data import Dataset, label_names
from emendata.errors import InputError
from emendata.kernels.error_rate import ErrorRate
from emendata.kernels.promises import promise
from emendata.kernels.strata import Drawn
from emendata.records import BoolArray, Correction, Decision, IntArray, Json

__all__ = ["Certificate", "certified_corrections", "certify", "certify_by_class", "check_promise", "proved"]


@dataclass(frozen=True, eq=False)
class Certificate:
    """What a sample of reviewed rows proves of the proposals, whenever the person stops.

    Attributes
    ----------
    precision, confidence : float
        That at least this part of the proposals in ``rows`` would be confirmed, and how sure this is.
    rows : int64 array of shape (n_certified,)
        Ascending; empty where nothing is certified.
    n_candidates : int
        For how many rows a proposal exists.
    n_asked, n_confirmed : int
        How many rows were drawn of the certified ones, or of all candidates where nothing is certified, and for how
        many of them the proposal was confirmed.
    n_repeated, n_changed : int
        How many questions were asked twice, and how many answers changed; ``precision`` was raised by this.
    most_errors_left : int
        At this confidence, how many labels of all are wrong at most once the certified changes are made.
    least_gain : int
        At this confidence, how many wrong labels fewer there are at least by the certified changes, on balance.
    frame : Frame
        The sample that it rests on.
    drawn : Drawn
        What was drawn of the rows that it is about.
    """

    precision: float
    confidence: float
    rows: IntArray
    n_candidates: int
    n_labeled: int
    n_asked: int
    n_confirmed: int
    n_repeated: int
    n_changed: int
    most_errors_left: int
    least_gain: int
    frame: Frame
    drawn: Drawn

    @property
    def rate(self) -> ErrorRate | None:
        """The rate of label errors before any change, None before enough answers."""
        return rate_of(self.drawn)

    @property
    def is_certified(self) -> bool:
        """Whether there is any row that may be changed unseen."""
        return bool(len(self.rows))

    @property
    def sentence(self) -> str:
        """What is proved, as one says it to a person."""
        answers = (self.n_asked, self.n_confirmed)
        return proved("proposals", len(self.rows), answers, self.precision, self.confidence)

    def document(self) -> dict[str, Json]:
        """Return the statement with the counts behind it, as JSON."""
        drawn, rate = self.drawn, self.rate
        return {
            "statement": self.sentence,
            "precision": self.precision,
            "confidence": self.confidence,
            "n_certified": len(self.rows),
            "n_candidates": self.n_candidates,
            "n_labeled": self.n_labeled,
            "n_asked": self.n_asked,
            "n_confirmed": self.n_confirmed,
            "n_repeated": self.n_repeated,
            "n_changed_answers": self.n_changed,
            "most_errors_left": self.most_errors_left,
            "least_gain": self.least_gain,
            "error_rate": None if rate is None else asdict(rate),
            "strata": [
                {
                    "is_ring": stratum < drawn.n_rings,
                    "n_rows": int(drawn.sizes[stratum]),
                    "n_asked": int(drawn.asked[stratum]),
                    "n_wrong_labels": int(drawn.wrong[stratum]),
                    "n_unconfirmed": int(drawn.unconfirmed[stratum]),
                }
                for stratum in range(len(drawn.sizes))
            ],
            "seed": self.frame.seed,
        }


def certify(
    evidence: Evidence, events: Sequence[Decision], precision: float = 0.95, confidence: float = 0.95
) -> Certificate:
    """Return the largest set of proposals that the answers certify.

    Parameters
    ----------
    evidence : Evidence
    events : sequence of Decision
        The log by time, which tells how often a question that was asked twice got another answer.
    precision, confidence : float in (0, 1)

    Raises
    ------
    InputError
        If precision or confidence is not between 0 and 1.
    """
    everything = np.ones(len(evidence.frame.given), dtype=bool)
    return _certificate(evidence, everything, _repeated(evidence, events), precision, confidence)


def certify_by_class(
    evidence: Evidence, events: Sequence[Decision], precision: float = 0.95, confidence: float = 0.95
) -> dict[str, Certificate]:
    """Return a certificate for each class that is proposed, of the proposals of that class.

    All of them hold at once with the confidence: each is held to its share of what may go wrong. Takes and raises what
    `certify` does.
    """
    frame, repeated = evidence.frame, _repeated(evidence, events)
    candidates = (frame.stratum >= 0) & (frame.stratum < frame.n_rings)
    codes = np.unique(frame.suggested[candidates]).tolist()
    share = 1 - (1 - confidence) / max(len(codes), 1)
    return {
        frame.classes[code]: _certificate(
            evidence, candidates & (frame.suggested == code), repeated, precision, share
        )
        for code in codes
    }


def proved(what: str, n: int, answers: tuple[int, int], precision: float, confidence: float) -> str:
    """Say what some answers prove of ``n`` proposals: how many were asked about, and how many of these confirmed."""
    n_asked, n_confirmed = answers
    if not n:
        return (
            f"Nothing is certified yet: of {n_asked:,} {what} in the sample {n_confirmed:,} were confirmed, which does "
            f"not prove {precision:.0%} at {confidence:.0%} confidence."
        )
    return (
        f"If we could ask you about all {n:,} {what}, you would confirm at least {precision:.0%} of them "
        f"({int(np.ceil(precision * n)):,}); we are {confidence:.0%} sure. You were asked about {n_asked:,} and "
        f"confirmed {n_confirmed:,}."
    )


def _repeated(evidence: Evidence, events: Sequence[Decision]) -> tuple[int, int]:
    return contradictions(of_labels(events, evidence.frame.column))


def check_promise(precision: float, confidence: float) -> None:
    """Refuse what nobody can promise.

    Raises
    ------
    InputError
        If precision or confidence is not between 0 and 1.
    """
    for name, value in (("precision", precision), ("confidence", confidence)):
        if not 0 < value < 1:
            raise InputError(f"The {name} of a certificate lies between 0 and 1; got {value}.")


def _certificate(
    evidence: Evidence,
    chosen: BoolArray,
    repeated: tuple[int, int],
    precision: float,
    confidence: float,
) -> Certificate:
    """Return what is proved of the proposals for some rows."""
    check_promise(precision, confidence)
    frame, drawn = evidence.frame, evidence.of(chosen)
    n_repeated, n_changed = repeated
    made = promise(drawn, precision, confidence, slip_rate(repeated))
    of_rings = slice(0, made.n_rings or frame.n_rings)
    n_asked = int(drawn.asked[of_rings].sum())
    return Certificate(
        precision=precision,
        confidence=confidence,
        rows=np.flatnonzero(chosen & (frame.stratum >= 0) & (frame.stratum < made.n_rings)),
        n_candidates=int(drawn.sizes[: frame.n_rings].sum()),
        n_labeled=int(drawn.sizes.sum()),
        n_asked=n_asked,
        n_confirmed=n_asked - int(drawn.unconfirmed[of_rings].sum()),
        n_repeated=n_repeated,
        n_changed=n_changed,
        most_errors_left=made.most_left,
        least_gain=made.least_gain,
        frame=frame,
        drawn=drawn,
    )


def certified_corrections(dataset: Dataset, certificate: Certificate) -> list[Correction]:
    """Return the label changes that a certificate covers, also of rows that a person decided about."""
    frame, ids, labels = certificate.frame, dataset.row_ids(), label_names(dataset)
    evidence = {"certified": certificate.precision, "confidence": certificate.confidence}
    reason = f"One of {len(certificate.rows):,} proposals of which at least {certificate.precision:.0%} are certified."
    return [
        Correction(
            kind="relabel",
            row=row,
            id=ids[row],
            column=frame.column,
            old=labels[row],
            new=frame.suggestion(row),
            reason=reason,
            evidence={"probability": round(float(frame.probability[row]), 6), **evidence},
            score=round(1 - float(frame.probability[row]), 6),
        )
        for row in certificate.rows.tolist()
    ]
