"""How often certificates of proposals are false, over people who stop as soon as it suits them."""

from dataclasses import replace

import numpy as np

from emendata.corrections import (
    ProposalCertificate,
    ProposalFrame,
    certify_columns,
    certify_proposals,
    gather_proposal_evidence,
)
from emendata.corrections.proposal_frame import frame_of_proposals
from emendata.corrections.standing import Place
from emendata.records import BoolArray, Correction, Decision

_PEOPLE = 60


def proposals(n: int, n_columns: int = 1) -> list[Correction]:
    """Changes of cells of some columns in turn, the surest first."""
    return [
        Correction("set_cell", row, f"r{row}", f"c{row % n_columns}", "x", "y", "", {"probability": 1 - row / n}, 0.1)
        for row in range(n)
    ]  # fmt: skip


def answers(frame: ProposalFrame, right: BoolArray) -> dict[Place, Decision]:
    """What somebody who knows the truth says of each proposal."""
    confirmed = Decision("1", "1", "ann", "decided", "set_cell", 0, "r0", "c0", "x", "y", "", stream="audit")
    refused = replace(confirmed, kind="keep", new=None)
    return {
        (one.id, one.column): confirmed if right[place] else refused
        for place, one in enumerate(frame.proposals)
    }


def at_the_first_certificate(
    right: BoolArray, precision: float, confidence: float, n_columns: int, seed: int
) -> list[ProposalCertificate]:
    """Return the certificates of somebody who asks for them every 15 answers and takes the first."""
    frame = frame_of_proposals("set_cell", proposals(len(right), n_columns), seed=seed)
    said = answers(frame, right)
    order = [
        (one.id, one.column)
        for one in np.array(frame.proposals, object)[gather_proposal_evidence(frame, said).asked]
    ]
    found: list[ProposalCertificate] = []
    for n in (*range(15, len(order), 15), len(order)):
        evidence = gather_proposal_evidence(frame, {place: said[place] for place in order[:n]})
        assert len(evidence.asked) == n
        found = (
            list(certify_columns(evidence, [], precision, confidence).values())
            if n_columns > 1
            else list(certify_proposals({"set_cell": evidence}, [], precision, confidence).values())
        )
        if any(one.is_certified for one in found):
            return found
    return found


def is_false(certificate: ProposalCertificate, right: BoolArray) -> bool:
    rows = [one.row for one in certificate.proposals]
    return bool(rows) and float(right[rows].mean()) < certificate.precision


def test_where_each_ring_is_just_too_bad_few_are_told_otherwise() -> None:
    right = np.ones(150, dtype=bool)
    right[np.arange(0, 150, 4.9).astype(int)] = False
    n_false = sum(
        is_false(one, right)
        for seed in range(_PEOPLE)
        for one in at_the_first_certificate(right, 0.8, 0.8, 1, seed)
    )
    assert n_false <= 0.2 * _PEOPLE


def test_certificates_by_column_hold_at_once() -> None:
    rng = np.random.default_rng(2)
    n_false = n_certified = 0
    for seed in range(_PEOPLE):
        part = np.array([0.98, 0.8, 0.7])[np.arange(150) % 3]
        right = rng.random(150) < part
        found = at_the_first_certificate(right, 0.8, 0.8, 3, seed)
        n_certified += any(one.is_certified for one in found)
        n_false += any(is_false(one, right) for one in found)
    assert n_certified > 0.9 * _PEOPLE
    assert n_false <= 0.2 * _PEOPLE


def test_good_proposals_are_certified_long_before_all_were_asked() -> None:
    right = np.ones(300, dtype=bool)
    right[[20, 90, 150, 200, 222, 250]] = False
    found = [at_the_first_certificate(right, 0.9, 0.9, 1, seed)[0] for seed in range(15)]
    assert all(one.is_certified for one in found)
    assert np.median([one.drawn.asked.sum() for one in found]) <= 130
