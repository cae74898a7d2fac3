import numpy as np

from emendata.checks import CHECKS
from emendata.checks.inputs import Inputs, Labels


def test_columns_that_are_empty_together_are_told_and_those_that_are_not_are_not() -> None:
    rng = np.random.default_rng(0)
    gone = rng.random(200) < 0.2
    nearly = gone.copy()
    nearly[np.flatnonzero(gone)[0]] = False
    missing = {"a": gone, "b": nearly, "c": rng.random(200) < 0.2, "d": np.zeros(200, bool)}
    findings = CHECKS["missing_values"].find(Inputs(n_rows=200, missing=missing))
    assert findings.facts["empty_together"] == [f"a, b: {nearly.sum()} rows"]
    assert findings.remarks == ()


def test_gaps_that_give_a_class_away_are_named_with_their_counts() -> None:
    codes = np.arange(200) % 4
    gone = (codes == 2) & (np.arange(200) % 40 != 2)
    gone[0] = True
    labels = Labels("kind", codes, ("w", "x", "y", "z"))
    findings = CHECKS["missing_values"].find(
        Inputs(n_rows=200, missing={"a": gone, "kind": gone}, labels=labels)
    )
    (remark,) = findings.remarks
    assert remark.reason == (
        "That 'a' is empty gives a class away: it is in 45 of 50 rows of 'y' and in 1 of 150 others."
    )
    by_chance = {"a": np.random.default_rng(0).random(200) < 0.3}
    assert CHECKS["missing_values"].find(Inputs(n_rows=200, missing=by_chance, labels=labels)).remarks == ()
