"""How much work each mode puts into predictions."""

from dataclasses import dataclass

from emendata.records import Mode

__all__ = ["Effort", "effort_for"]

_FEW_ROWS = 5_000


@dataclass(frozen=True)
class Effort:
    """What a mode comes to for a dataset.

    Rows are predicted in ``n_folds`` folds, ``n_repeats`` times over with other folds. Forests have ``n_trees``; models
    whose cost grows with rows, dimensions and classes are used up to ``patience`` times what is ordinary. Texts are
    read by a network if they have ``word_pieces`` at most, some thousands of which take a second. Cells of tables are
    predicted by ``n_cell_trees`` each, or not at all.
    """

    n_folds: int
    n_repeats: int = 1
    n_trees: int = 200
    patience: float = 1.0
    word_pieces: int = 250_000
    n_cell_trees: int = 30


def effort_for(mode: Mode, n_rows: int) -> Effort:
    """Return the effort of a mode. Every training row counts where there are few, so folds are more there.

    Examples
    --------
    >>> effort_for(Mode.BALANCED, 1_000).n_folds, effort_for(Mode.BALANCED, 100_000).n_folds
    (10, 5)
    """
    few = n_rows < _FEW_ROWS
    if mode == Mode.QUICK:
        return Effort(n_folds=5 if few else 3, n_trees=100, patience=0.1, word_pieces=0, n_cell_trees=0)
    if mode == Mode.THOROUGH:
        return Effort(n_folds=10, n_repeats=3, patience=10.0, word_pieces=10_000_000, n_cell_trees=100)
    return Effort(n_folds=10 if few else 5)
