"""Rows that belong together are not predicted from one another."""

import numpy as np
import pytest

import emendata as em
from emendata.errors import InputError
from emendata.records import Role


def of_patients(role: str) -> em.Audit:
    rng = np.random.default_rng(0)
    patient = np.repeat(np.arange(60), 10)
    looks = rng.normal(size=(60, 3))[patient] + rng.normal(0, 0.01, (600, 3))  # each patient by itself
    ill = rng.integers(0, 2, 60)[patient]  # which nobody can see
    table = {
        **{f"x{i}": looks[:, i] for i in range(3)},
        "patient": patient,
        "day": patient,
        "ill": [["no", "yes"][code] for code in ill],
    }
    ignored = {"patient": "ignore", "day": "ignore"}
    return em.Audit(
        table, label="ill", roles=ignored | {("day" if role == "time" else "patient"): role}, mode="quick"
    )


@pytest.mark.parametrize("role", ["group", "time"])
def test_what_only_tells_patients_apart_predicts_nothing_of_other_patients(role: str) -> None:
    leaking = of_patients("ignore").run().summary
    assert leaking.stack_accuracy is not None
    assert leaking.stack_accuracy > 0.98
    kept_apart = of_patients(role).run()
    outcome = next(outcome for outcome in kept_apart.outcomes if outcome.check.name == "wrong_label")
    assert outcome.status == "not_applicable"
    assert "no better than class frequencies" in outcome.message


def test_the_report_says_which_rows_were_kept_apart() -> None:
    notes = of_patients("group").run().summary.notes
    assert (
        "Rows with the same value of 'patient' were predicted together, from rows with other values." in notes
    )


def test_groups_that_leave_nothing_apart() -> None:
    h = ["c" if row < 20 or row == 35 else "d" for row in range(60)]
    g = ["a"] * 30 + ["b"] * 30
    table = {"x": [float(row % 7) for row in range(60)], "g": g, "h": h, "y": ["u", "v"] * 30}
    with pytest.raises(InputError, match="By 'g' and 'h' all rows belong together"):
        em.Audit(table, label="y", roles={"g": Role.GROUP, "h": Role.GROUP}).run()


def test_a_changed_group_is_another_prediction() -> None:
    audit = of_patients("group")
    assert audit._preparation.key("features") == of_patients("ignore")._preparation.key("features")
    assert audit._preparation.key("predictions") != of_patients("ignore")._preparation.key("predictions")
