"""What people decided, as corrections of the data as they are today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from emendata.corrections.standing import Place
from emendata.data import Dataset
from emendata.data.values import as_text, readable, same_value
from emendata.records import Correction, Decision

__all__ = ["Decided", "decided_corrections", "with_decisions"]


@dataclass(frozen=True)
class Decided:
    """Corrections that people decided on, by rows.

    ``settled`` holds every row and column that somebody judged, also where nothing changes, so that no rule changes it
    after all. ``gone`` are decisions on rows that are no longer there, ``changed`` those on cells that hold something
    else by now: neither is made.
    """

    corrections: tuple[Correction, ...]
    settled: frozenset[tuple[int, str | None]]
    gone: tuple[Decision, ...]
    changed: tuple[Decision, ...]


def decided_corrections(dataset: Dataset, standing: Mapping[Place, Decision]) -> Decided:
    """Find the rows that decisions are about, wherever they stand, and return what is to be changed.

    Parameters
    ----------
    dataset : Dataset
    standing : mapping of (str, str or None) to Decision
        From `emendata.corrections.standing`.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> from emendata.corrections.standing import standing
    >>> data = open_dataset({"id": ["a", "b", "c"], "y": ["cat", "dog", "cat"]}, label="y", roles={"id": "id"})
    >>> event = Decision("e1", "2026-01-01", "ann", "decided", "relabel", 0, "c", "y", "cat", "dog", "It barks.")
    >>> [(c.row, c.old, c.new) for c in decided_corrections(data, standing([event])).corrections]
    [(2, 'cat', 'dog')]
    """
    places = {row_id: row for row, row_id in enumerate(dataset.row_ids())}
    settled: set[tuple[int, str | None]] = set()
    gone, changed, corrections = [], [], dict[tuple[int, str | None], Correction]()
    for decision in standing.values():
        row = places.get(decision.row_id)
        if row is None or (decision.column is not None and decision.column not in dataset.table.column_names):
            gone.append(decision)
            continue
        settled.add((row, decision.column))
        made = _correction(dataset, row, decision)
        if made is None:
            continue
        if made.column is not None and not same_value(made.old, decision.old):
            if not same_value(made.old, decision.new):
                changed.append(decision)
            continue
        corrections[row, decision.column] = made
    return Decided(tuple(_in_order(corrections)), frozenset(settled), tuple(gone), tuple(changed))


def with_decisions(decided: Decided, more: Iterable[Correction]) -> list[Correction]:
    """Return what people decided together with further corrections of what nobody decided about, by rows."""
    going = {c.row for c in decided.corrections if c.column is None}
    free = [
        c
        for c in more
        if (c.row, c.column) not in decided.settled
        and (c.row, None) not in decided.settled
        and c.row not in going
    ]
    edited = {c.row for c in decided.corrections}
    kept = [c for c in free if c.column is not None or c.row not in edited]
    return sorted([*decided.corrections, *kept], key=lambda c: (c.row, c.column or ""))


def _correction(dataset: Dataset, row: int, decision: Decision) -> Correction | None:
    evidence = {"decided_by": decision.by, "at": decision.at, "event": decision.event_id}
    reason = decision.reason or f"Decided by {decision.by}."
    if decision.kind in ("exclude", "drop_duplicate", "exclude_outlier"):
        return Correction(decision.kind, row, decision.row_id, None, None, None, reason, evidence, 0.0)
    if decision.kind in ("relabel", "set_cell"):
        assert decision.column is not None  # the log sees to it
        cell = dataset.table[decision.column][row].as_py()
        old = as_text(cell) if decision.kind == "relabel" and cell is not None else readable(cell)
        if same_value(old, decision.new):
            return None
        return Correction(
            decision.kind, row, decision.row_id, decision.column, old, decision.new, reason, evidence, 0.0
        )
    return None


def _in_order(corrections: Mapping[tuple[int, str | None], Correction]) -> Iterator[Correction]:
    """Yield corrections by rows; of a row that goes, that it goes and nothing else."""
    going = {row for row, column in corrections if column is None}
    for (row, column), correction in sorted(
        corrections.items(), key=lambda item: (item[0][0], item[0][1] or "")
    ):
        if column is None or row not in going:
            yield correction
