"""What people decided becomes corrections of the data as they are today."""

from emendata.corrections import decided_corrections, with_decisions
from emendata.corrections.standing import standing
from emendata.data import Dataset, open_dataset
from emendata.records import Correction, CorrectionKind, Decision, DecisionKind


def pets(order: str = "abcd", kinds: str = "cat dog cat cow") -> Dataset:
    names = list(order)
    return open_dataset(
        {"tag": names, "age": [3.5, 4.5, 5.5, 6.5][: len(names)], "kind": kinds.split()[: len(names)]},
        label="kind",
        roles={"tag": "id"},
    )


def decision(
    number: int, row_id: str, kind: DecisionKind, new: object = None, column: str | None = "kind"
) -> Decision:
    old = {"a": "cat", "b": "dog", "c": "cat", "d": "cow"}.get(row_id) if column == "kind" else None
    return Decision(
        f"{number}", f"{number}", "ann", "decided", kind, 0, row_id, column, old, new, "It barks."
    )


def test_rows_are_found_by_their_ids_wherever_they_stand() -> None:
    log = [
        decision(1, "c", "relabel", "dog"),
        decision(2, "a", "keep"),
        decision(3, "d", "exclude", column=None),
    ]
    found = decided_corrections(pets("dcba", "cow cat dog cat"), standing(log))
    assert [(c.kind, c.row, c.old, c.new) for c in found.corrections] == [
        ("exclude", 0, None, None),
        ("relabel", 1, "cat", "dog"),
    ]
    assert found.settled == {(0, None), (1, "kind"), (3, "kind")}
    assert found.corrections[1].evidence["decided_by"] == "ann"
    assert (found.gone, found.changed) == ((), ())


def test_what_is_gone_or_changed_since_is_told_and_not_made() -> None:
    log = [decision(1, "c", "relabel", "dog"), decision(2, "b", "relabel", "cow"), decision(3, "z", "keep")]
    found = decided_corrections(pets("abcd", "cat cow fox cow"), standing(log))
    assert found.corrections == ()
    assert [one.row_id for one in found.gone] == ["z"]
    assert [one.row_id for one in found.changed] == ["c"]  # b is a cow already


def test_of_a_row_that_goes_nothing_else_is_changed() -> None:
    log = [decision(1, "a", "relabel", "dog"), decision(2, "a", "exclude", column=None)]
    found = decided_corrections(pets(), standing(log))
    assert [c.kind for c in found.corrections] == ["exclude"]


def test_decisions_are_never_overwritten() -> None:
    log = [
        decision(1, "a", "keep"),
        decision(2, "b", "relabel", "cow"),
        decision(3, "c", "keep", column=None),
    ]
    decided = decided_corrections(pets(), standing(log))

    def proposed(row: int, column: str | None, kind: CorrectionKind = "relabel") -> Correction:
        return Correction(kind, row, "·", column, None, "new", "", {}, 0.1)

    more = [
        proposed(0, "kind"),  # kept by hand
        proposed(1, "kind"),  # changed by hand
        proposed(1, None, "exclude_outlier"),  # changed by hand, so it stays
        proposed(2, "kind"),  # the whole row was kept
        proposed(3, "kind"),
        proposed(0, "age", "set_cell"),
    ]
    made = with_decisions(decided, more)
    assert [(c.row, c.column, c.new) for c in made] == [
        (0, "age", "new"),
        (1, "kind", "cow"),
        (3, "kind", "new"),
    ]
