import numpy as np
import pytest

import emendata as em
from emendata.checks.inputs import Inputs, Labels
from emendata.checks.label_leak import LabelLeak
from emendata.errors import NotApplicable
from emendata.records import Findings, IntArray

N = 1000
RNG = np.random.default_rng(0)
CODES = np.sort(RNG.integers(0, 3, N))


def found(ranks: dict[str, IntArray], codes: IntArray = CODES, share: float = 0.98) -> Findings:
    return LabelLeak(share=share).find(Inputs(N, labels=Labels("y", codes, ("a", "b", "c")), ranks=ranks))


def test_copies_of_the_label_and_ids_given_class_by_class_are_named_and_nothing_else() -> None:
    columns = {
        "copy": CODES * 7,
        "finer": CODES * 10 + RNG.integers(0, 4, N),
        "row": np.arange(N),
        "half": np.where(np.arange(N) % 2 == 0, CODES, 9),
        "noise": RNG.integers(0, 5, N),
        "other_id": RNG.permutation(N),
        "empty": np.full(N, -1),
    }
    findings = found(columns)
    assert {remark.column for remark in findings.remarks} == {"copy", "finer", "row"}
    assert not len(findings.rows)
    assert np.isnan(findings.scores).all()
    assert f"Column 'copy' alone tells {N:,} of {N:,} labels." in findings.remarks[0].reason
    assert all(remark.score <= 0.02 for remark in findings.remarks)
    assert "half" in {remark.column for remark in found(columns, share=0.5).remarks}


def test_a_class_that_nearly_all_rows_have_is_told_by_no_column() -> None:
    codes = np.zeros(N, dtype=np.int64)
    codes[:2] = 1
    assert not found({"noise": RNG.integers(0, 3, N)}, codes).remarks


def test_few_labels_are_told_by_accident() -> None:
    with pytest.raises(NotApplicable, match="20 labels are too few"):
        found({"x": CODES}, np.where(np.arange(N) < 20, CODES, -1))


def test_the_column_is_named_in_every_report() -> None:
    rng = np.random.default_rng(1)
    label = rng.choice(["ill", "well"], N)
    table = {
        "age": rng.integers(20, 80, N),
        "pressure": rng.normal(120, 9, N),
        "discharge": np.where(label == "ill", "ward", "home"),
        "outcome": label,
    }
    audit = em.Audit(table, label="outcome", mode="quick").run()
    check = next(check for check in audit.summary.checks if check.name == "label_leak")
    assert check.status == "found"
    assert [remark.column for remark in check.remarks] == ["discharge"]
    assert "label_leak" not in audit.issues["check"].to_pylist()


def test_rows_that_lie_class_by_class_have_an_id_that_tells() -> None:
    rng = np.random.default_rng(1)
    table = {"id": range(N), "size": rng.normal(size=N), "y": np.array(["a", "b"])[np.arange(N) // 500]}
    audit = em.Audit(table, label="y", mode="quick", checks=["label_leak"]).run()
    assert [remark.column for remark in audit.summary.checks[0].remarks] == ["id"]
