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


def shops(n: int = 400, **columns: object) -> dict[str, object]:
    """A table with a column that looks like groups, and a label that two numbers tell."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(n, 2))
    return {
        "user_id": rng.integers(0, 80, n),
        "a": x[:, 0],
        "b": x[:, 1],
        "y": np.where(x[:, 0] > 0, "up", "down"),
        **columns,
    }


def verdict(audit: em.Audit) -> str:
    return next(outcome.status for outcome in audit.outcomes if outcome.check.name == "wrong_label")


def test_rows_that_are_equal_by_accident_do_not_join_groups() -> None:
    rng = np.random.default_rng(0)
    words = rng.choice(["red", "blue", "green"], 400)
    table = shops(a=words, b=rng.choice(["s", "m"], 400), y=np.where(words == "red", "up", "down"))
    audit = em.Audit(table, label="y", mode="quick").run()
    assert audit._preparation.folding.is_apart
    assert np.bincount(audit._preparation.folding.rounds[0]).max() < 120
    assert verdict(audit) in ("found", "passed")


def test_groups_that_were_guessed_give_way_where_they_leave_too_little() -> None:
    breeds = np.random.default_rng(0).integers(0, 25, 400)
    looks = np.random.default_rng(1).normal(size=(25, 3))[breeds]
    looks += np.random.default_rng(2).normal(0, 0.1, (400, 3))
    table = {
        "breed_id": breeds,
        **{f"x{i}": looks[:, i] for i in range(3)},
        "breed": [f"b{i}" for i in breeds],
    }
    audit = em.Audit(table, label="breed", mode="quick").run()
    assert {column.name: column.role for column in audit.dataset.columns}["breed_id"] == Role.GROUP
    assert verdict(audit) in ("found", "passed")
    assert (
        "Rows with the same value of 'breed_id' were not kept together: too little is left."
        in audit.summary.notes
    )
    named = em.Audit(table, label="breed", mode="quick", roles={"breed_id": "group"}).run()
    assert any("no model could learn that class" in note for note in named.summary.notes)


def test_what_leaves_nothing_is_named() -> None:
    table = shops(t=[7] * 400)
    with pytest.raises(
        InputError, match=r"By 't' all rows belong together, so none .* Say --role t=ignore\."
    ):
        em.Audit(table, label="y", roles={"t": "time"}, mode="quick").run()


def test_own_predictions_were_made_in_folds_of_which_nothing_is_known() -> None:
    table = shops()
    probs = np.where((np.asarray(table["y"]) == "up")[:, None], [0.1, 0.9], [0.9, 0.1])
    notes = em.Audit(table, label="y", pred_probs=probs, mode="quick").run().summary.notes
    assert not any("predicted together" in note for note in notes)


def test_stretches_of_time_are_the_same_in_every_round() -> None:
    audit = em.Audit(shops(day=np.arange(400)), label="y", roles={"day": "time"}, mode="thorough")
    assert len(audit._preparation.folding.rounds) == 1


@pytest.mark.parametrize(
    ("role", "values"),
    [
        ("group", ["A"] * 397 + ["B"] * 3),
        ("weight", [0.0] * 390 + [1.0] * 10),
        ("time", [5] * 390 + list(range(10))),
    ],
)
def test_a_forecast_of_some_rows_knows_what_holds_for_all(role: str, values: list[float]) -> None:
    order = np.random.default_rng(0).permutation(400)
    table = shops(c=np.array(values)[order])
    audit = em.Audit(table, label="y", roles={"c": role, "user_id": "ignore"}, budget=1e9)
    assert audit.forecast().seconds > 0


def test_rows_of_no_weight_are_predicted_and_teach_nothing() -> None:
    weights = np.zeros(400)
    weights[:40] = 1.0
    audit = em.Audit(
        shops(w=weights), label="y", roles={"w": "weight", "user_id": "ignore"}, mode="quick"
    ).run()
    assert verdict(audit) in ("found", "passed")
    nobody = np.where(np.asarray(shops()["y"]) == "up", 1.0, 0.0)
    few = em.Audit(shops(w=nobody), label="y", roles={"w": "weight", "user_id": "ignore"}, mode="quick").run()
    outcome = next(outcome for outcome in few.outcomes if outcome.check.name == "wrong_label")
    assert outcome.message == "Fewer than two classes have a row whose weight is above zero."
