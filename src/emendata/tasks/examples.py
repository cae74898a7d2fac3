"""Labels and pred_probs that fit each other: the one door of every function that takes both."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError, rows_of
from emendata.tasks.class_names import refuse_other_order
from emendata.tasks.labels import GivenLabels, read_labels
from emendata.tasks.mixture import Mixture
from emendata.tasks.pred_probs import RowsSource, open_pred_probs
from emendata.tasks.stream import Stream

__all__ = ["Examples", "Opening", "open_examples"]


@dataclass(frozen=True)
class Opening:
    """How labels and pred_probs are to be read, as people say it; see `find_label_issues`."""

    class_names: Any = None
    normalize: bool = False
    from_logits: bool = False
    n_threads: int | None = None


@dataclass(frozen=True)
class Examples:
    """Labels as column numbers of pred_probs, -1 where there is none, and the probabilities themselves."""

    codes: npt.NDArray[np.int32]
    probs: RowsSource
    class_names: tuple[Any, ...]
    n_unlabelled: int

    @property
    def n_classes(self) -> int:
        """Number of classes, which is the number of columns."""
        return len(self.class_names)


def open_examples(
    labels: Any,
    pred_probs: Any = None,
    *,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
) -> Examples:
    """Open labels and pred_probs and make sure that they fit each other; what rows hold is not looked at.

    Which column is which class is said by ``class_names``, else by the names of a table's columns, else by
    integer labels themselves; the values of other labels stand for the columns in sorted order.

    Parameters
    ----------
    labels : sequence of n values, or Stream
        As in `read_labels`; None, NaN and NA stand for no label.
    pred_probs : matrix of shape (n, k), path, or Mixture
        As in `open_pred_probs`. Left out for a stream, which brings its own.
    class_names : sequence of k values, optional
        The classes in the order of the columns.
    normalize : bool
        Divide each row by its sum.
    from_logits : bool
        Turn each row of logits into probabilities, by softmax.

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other, or no row has a label.

    Examples
    --------
    >>> examples = open_examples(["cat", None, "dog"], [[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]])
    >>> examples.codes.tolist(), examples.class_names
    ([0, -1, 1], ('cat', 'dog'))
    """
    if isinstance(labels, Stream):
        if pred_probs is not None or class_names is not None or normalize or from_logits:
            raise InputError(
                "A stream brings its own pred_probs. Give class_names, normalize and from_logits to stream() and "
                "nothing here."
            )
        given = labels.labels
        probs: RowsSource = labels.probs
    elif pred_probs is None:
        raise InputError("pred_probs is missing. Give one row of class probabilities per label, or a stream.")
    else:
        probs = _opened_probs(pred_probs, normalize, from_logits)
        refuse_other_order(class_names, probs.column_names)
        given = read_labels(labels, probs.column_names if class_names is None else class_names)
    _refuse_sizes(given, probs)
    placed = _placed(given, probs.n_columns, "labels" if class_names is None else "class_names")
    n_unlabelled = int(np.count_nonzero(placed.codes < 0))
    return Examples(placed.codes, probs, placed.class_names or tuple(range(probs.n_columns)), n_unlabelled)


def _opened_probs(pred_probs: Any, normalize: bool, from_logits: bool) -> RowsSource:
    if isinstance(pred_probs, Mixture) and not (normalize or from_logits):
        return pred_probs
    return open_pred_probs(pred_probs, normalize=normalize, from_logits=from_logits)


def _refuse_sizes(given: GivenLabels, probs: RowsSource) -> None:
    n = len(given.codes)
    if n != probs.n_rows:
        raise InputError(
            f"pred_probs has {probs.n_rows:,} rows but labels has shape ({n},). Give one label per row."
        )
    if not n or not probs.n_columns:
        raise InputError(
            f"pred_probs has shape {(n, probs.n_columns)}. Give at least one row and one column."
        )
    if given.codes.max() < 0:
        raise InputError(f"labels has no value in any of the {n:,} rows. Give at least some rows a label.")


def _placed(given: GivenLabels, n_columns: int, named_by: str) -> GivenLabels:
    """Return the labels as column numbers, with as many classes as there are columns."""
    names = given.class_names
    if names is not None and len(names) != n_columns and len(given.all_names or ()) == n_columns:
        return given.over(given.all_names or ())
    if names is not None and len(names) != n_columns:
        raise InputError(
            f"{named_by} has {len(names)} classes but pred_probs has {n_columns} columns. Give one column per class, "
            "in sorted order, or integers from 0, or say with class_names= which column is which."
        )
    if given.codes.max() >= n_columns:
        beyond = given.codes >= n_columns
        first, n_beyond = int(beyond.argmax()), int(np.count_nonzero(beyond))
        raise InputError(
            f"labels has {rows_of(n_beyond)} with an integer above {n_columns - 1} (the first is row "
            f"{first}, with {given.codes[first]}) but pred_probs has {n_columns} columns. Give one column per class, "
            "counted from 0, or say with class_names= which column is which."
        )
    return given
