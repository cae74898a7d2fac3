"""Probabilities of the true class on request: what is shown, kept and taken up again, and what stays as it was."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pytest
from sklearn.datasets import load_digits
from tools.realdata import write_csv

import emendata as em
from emendata.checks import CHECKS
from emendata.errors import NotApplicable
from emendata.store import Project

N = 360
CHECKED = ["wrong_label"]


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Four digits by some of their pixels, a sixth of the labels wrong; and the right ones."""
    images, digits = load_digits(return_X_y=True)
    rows = np.flatnonzero(digits < 4)[:N]
    rng = np.random.default_rng(0)
    noisy = np.where(rng.random(N) < 1 / 6, (digits[rows] + 1) % 4, digits[rows])
    path = tmp_path_factory.mktemp("digits") / "digits.csv"
    write_csv(
        path,
        [
            {**{f"p{i}": f"{value:g}" for i, value in enumerate(image[8:56:3])}, "digit": f"d{label}"}
            for image, label in zip(images[rows], noisy, strict=True)
        ],
    )
    return path, [f"d{label}" for label in digits[rows]]


def rows_of(audit: em.Audit) -> list[tuple[int, str]]:
    return [(issue["row"], issue["suggested"]) for issue in audit.issues]


def audited(path: Path, project: Any, **options: Any) -> em.Audit:
    return em.Audit(path, label="digit", project=project, checks=CHECKED, mode="quick", **options).run(
        strict=True
    )


@pytest.fixture(scope="module")
def both(
    digits: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[em.Audit, em.Audit]:
    project = tmp_path_factory.mktemp("both") / "project"
    return audited(digits[0], project), audited(digits[0], project, calibrate=True)


def test_flags_and_scores_stay_and_probabilities_become_those_of_the_true_class(
    both: tuple[em.Audit, em.Audit], digits: tuple[Path, list[str]]
) -> None:
    plain, calibrated = both
    assert np.array_equal(plain.scores("wrong_label"), calibrated.scores("wrong_label"))
    assert len(rows_of(plain)) > 0
    assert rows_of(plain) == rows_of(calibrated)
    right = np.array(calibrated.score_table["predicted"].to_pylist()) == np.array(digits[1])
    gaps = [abs(right.mean() - pc.mean(audit.score_table["predicted_probability"]).as_py()) for audit in both]
    assert gaps[1] < gaps[0] / 2
    assert "and with it '" in calibrated.issues["reason"][0].as_py()


def test_more_labels_are_corrected_and_they_are_right(
    both: tuple[em.Audit, em.Audit], digits: tuple[Path, list[str]]
) -> None:
    few, many = (audit.propose() for audit in both)
    assert len(many) > len(few)
    assert np.mean([change.new == digits[1][change.row] for change in many]) > 0.9


def test_the_summary_says_the_temperature_in_words(both: tuple[em.Audit, em.Audit]) -> None:
    plain, calibrated = (audit.summary for audit in both)
    made = calibrated.calibration
    assert plain.calibration is None
    assert made is not None
    assert made.temperature < 1
    assert made.n_labeled == N
    assert 30 < made.n_wrong < 90
    (note,) = (note for note in calibrated.notes if "temperature" in note)
    assert f"sharpened by temperature {made.temperature:.2f}" in note
    assert f"{made.n_wrong} of {N} labels" in note
    assert not any("temperature" in note for note in plain.notes)


def test_models_are_not_fitted_again_for_it(both: tuple[em.Audit, em.Audit]) -> None:
    plain, calibrated = both
    assert plain._preparation.key("predictions") == calibrated._preparation.key("predictions")
    assert plain._preparation.key("true_probs") != calibrated._preparation.key("true_probs")
    assert plain.seconds() == calibrated.seconds()


def test_a_project_takes_it_up_again_to_the_same_bits(both: tuple[em.Audit, em.Audit]) -> None:
    calibrated = both[1]
    assert calibrated.project is not None
    last = Project(calibrated.project.folder, create=False).last_run()
    assert last is not None
    assert last["options"]["calibrate"] is True
    again = em.Audit.reopen(calibrated.project.folder)
    assert again.issues == calibrated.issues
    assert again.summary.calibration == calibrated.summary.calibration


def test_own_predictions_stay_as_they_are_unless_it_is_asked_for(
    both: tuple[em.Audit, em.Audit], digits: tuple[Path, list[str]]
) -> None:
    given = both[0]._preparation.predictions.pred_probs
    plain = audited(digits[0], False, pred_probs=given)
    asked = audited(digits[0], False, pred_probs=given, calibrate=True)
    shown = given.max(axis=1).astype(np.float32)
    assert plain.score_table["predicted_probability"].to_numpy().tolist() == shown.tolist()
    assert asked.score_table["predicted_probability"].to_numpy().mean() > shown.mean()
    assert asked.issues["row"].equals(plain.issues["row"])


def test_without_a_label_nothing_is_tempered(digits: tuple[Path, list[str]]) -> None:
    audit = em.Audit(
        digits[0], project=False, checks=["missing_values"], roles={"digit": "ignore"}, calibrate=True
    )
    assert audit.run(strict=True).summary.calibration is None
    with pytest.raises(NotApplicable):
        _ = audit._preparation.true_probs


def test_the_check_wants_true_probabilities_and_does_without() -> None:
    assert "true_probs" in CHECKS["wrong_label"].wants
