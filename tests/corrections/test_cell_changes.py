"""From wrong cells of a table to a corrected one, and back."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import emendata as em
from emendata.corrections import ProposalRules, apply_patch, read_patch, revert_patch, write_patch
from emendata.errors import InputError

CELLS = ProposalRules(only=("set_cell",))
CHECKS = ["typo", "sentinel", "mixed_types", "broken_dependency"]


def columns() -> dict[str, list[Any]]:
    town = [["Ulmenheim", "Bonndorf", "Jenaburg", "Kielstadt"][i % 4] for i in range(200)]
    zip_code = [f"35{i % 4:03d}" for i in range(200)]
    age = [str(20 + i * 7 % 60) for i in range(200)]
    town[5], town[9], age[30], age[77] = "Bonnddorf", "unknown", "41 years", "999"
    age[78] = "999"
    return {"zip": zip_code, "town": town, "age": age}


RIGHT = {
    (5, "town"): "Bonndorf",
    (9, "town"): "Bonndorf",
    (30, "age"): "41",
    (77, "age"): None,
    (78, "age"): None,
}


def audited(source: Any) -> em.Audit:
    return em.Audit(source, checks=CHECKS, project=False, roles={"zip": "category", "age": "number"}).run()


def test_cells_are_only_changed_when_that_is_asked_for() -> None:
    audit = audited(columns())
    assert [c for c in audit.propose() if c.column is not None] == []
    found = audit.propose(CELLS)
    assert {(c.row, c.column): c.new for c in found} == RIGHT
    misspelt = found[0]
    assert (misspelt.kind, misspelt.old, misspelt.score < 0.1) == ("set_cell", "Bonnddorf", True)
    assert misspelt.evidence["checks"][0] in ("typo", "broken_dependency")
    assert misspelt.evidence["probability"] > 0.99
    assert audit.propose(ProposalRules(only=("set_cell",), min_probability=1.0)) == []


def test_a_file_is_corrected_cell_by_cell_and_given_back_to_the_byte(tmp_path: Path) -> None:
    path, patch_path = tmp_path / "towns.csv", tmp_path / "towns.patch.jsonl"
    pd.DataFrame(columns()).to_csv(path, index=False)
    write_patch(audited(path).patch(CELLS), patch_path)
    patch = read_patch(patch_path)
    apply_patch(patch, path, tmp_path / "right.csv")
    made = pd.read_csv(tmp_path / "right.csv", dtype=str, keep_default_na=False)
    expected = columns()
    for (row, name), new in RIGHT.items():
        expected[name][row] = new or ""
    assert made.to_dict("list") == expected
    revert_patch(patch, tmp_path / "right.csv", tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


def test_tables_in_memory_are_corrected_too() -> None:
    table = pa.table(columns())
    made = audited(table).fix(CELLS)
    assert made["town"][5].as_py() == "Bonndorf"
    assert made["age"][77].as_py() is None
    data = columns()
    data["age"][0] = None
    frame = pd.DataFrame(data)
    corrected = audited(frame).fix(CELLS)
    assert corrected["town"][5] == "Bonndorf"
    assert pd.isna(corrected["age"][77])


def test_a_value_that_no_row_of_a_dataframe_has_is_refused_by_name() -> None:
    data = columns()
    data["age"] = ["41 years" if age == "41 years" else age for age in data["age"]]
    data["age"] = [str(3 * int(age)) if age.isdigit() and age != "999" else age for age in data["age"]]
    audit = audited(pd.DataFrame(data))
    with pytest.raises(InputError, match=r"no row has .* in column 'age' to take it from"):
        audit.fix(CELLS)
