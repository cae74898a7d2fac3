"""Pictures for notebooks and papers, drawn with matplotlib: a joint as a matrix, scores as a histogram."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.extras import require
from emendata.records import FloatArray, IntArray
from emendata.tasks.given_joints import as_square

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_joint", "plot_scores"]

_MOST = 40  # classes that stay readable in one picture
_MOST_PERCENT = 10  # classes up to which a cell has room for the percentage as well
_BINS = 50
_LONGEST_NAME = 18
_INK, _FAINT, _RIGHT, _WRONG = "#1f2933", "#7b8794", "#3b6ea5", "#c2410c"


def plot_joint(
    joint: npt.ArrayLike,
    class_names: Sequence[Any] | None = None,
    *,
    n_examples: int | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    r"""Draw how many rows of each label belong to which class, with the wrong ones in colour.

    Parameters
    ----------
    joint : array of shape (k, k)
        Counts of rows, or probabilities if ``n_examples`` says of how many; given labels as lines, true
        classes as columns. Above 40 classes those with the most wrong labels are shown.
    class_names : sequence of k values, optional
    n_examples : int, optional
        What to multiply the joint by. By default it holds counts; one that sums to one is shown as percent
        only.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure outside pyplot, so nothing needs closing.

    Returns
    -------
    matplotlib Axes
        ``ax.figure.savefig("joint.png")`` writes it.

    Raises
    ------
    InputError
        If the joint is not square, holds negative values or NaN, or the names do not fit.
    MissingPackage
        If matplotlib is not installed.

    Notes
    -----
    Cost: k * k for the choice of classes; at most 40 * 40 cells are drawn.

    Examples
    --------
    >>> ax = plot_joint([[8, 2], [1, 9]], ["cat", "dog"])
    >>> ax.get_title()
    '3 of 20 labels look wrong (15%)'
    >>> [text.get_text() for text in ax.texts]
    ['8\n40%', '2\n10%', '1\n5%', '9\n45%']
    """
    counts, names = _joint(joint, n_examples), class_names
    if names is not None and len(names) != len(counts):
        raise InputError(f"class_names has {len(names)} names but joint has {len(counts)} classes.")
    shown = _worst(counts)
    labels = [_short(str(names[i] if names is not None else i)) for i in shown]
    part = counts[np.ix_(shown, shown)]
    drawn = ax if ax is not None else _new_axes(_side(len(shown)) + 0.6, _side(len(shown)))
    _draw_cells(drawn, part, float(counts.sum()))
    _label_axes(drawn, labels)
    _title(drawn, counts, len(shown))
    return drawn


def plot_scores(
    scores: npt.ArrayLike, flagged: npt.ArrayLike | None = None, *, ax: "Axes | None" = None
) -> "Axes":
    """Draw how many rows have which score, with the flagged ones in another colour.

    Parameters
    ----------
    scores : array of shape (n,), values in [0, 1]
        Low means bad. NaN is left out.
    flagged : bool array of shape (n,), or row numbers, optional
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure outside pyplot.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    InputError
        If scores are not in [0, 1], or ``flagged`` does not fit.
    MissingPackage
        If matplotlib is not installed.

    Examples
    --------
    >>> ax = plot_scores([0.1, 0.8, 0.9, 0.95], [True, False, False, False])
    >>> ax.get_title()
    '1 of 4 rows flagged (25%)'
    """
    values = np.asarray(scores, np.float64)
    if values.ndim != 1 or ((values < 0) | (values > 1)).any():
        raise InputError(f"scores must have one dimension and lie in [0, 1]; got shape {values.shape}.")
    marked, known = _flags(flagged, len(values)), ~np.isnan(values)
    drawn = ax if ax is not None else _new_axes(6.4, 3.6)
    edges = np.linspace(0.0, 1.0, _BINS + 1)
    rest, bad = (np.histogram(values[known & rows], edges)[0] for rows in (~marked, marked))
    bars: dict[str, Any] = {"width": np.diff(edges), "align": "edge", "edgecolor": "white", "linewidth": 0.5}
    drawn.bar(edges[:-1], rest, color=_RIGHT, label="not flagged", **bars)
    drawn.bar(edges[:-1], bad, bottom=rest, color=_WRONG, label="flagged", **bars)
    _tidy_scores(drawn, legend=flagged is not None)
    n_bad = int(np.count_nonzero(marked & known))
    n_known = int(np.count_nonzero(known))
    title = f"{n_known:,} rows" if flagged is None else f"{n_bad:,} of {n_known:,} rows flagged"
    _set_title(drawn, title + (f" ({_percent(n_bad / max(n_known, 1))})" if flagged is not None else ""))
    return drawn


# The matrix.


def _joint(joint: npt.ArrayLike, n_examples: int | None) -> FloatArray:
    counts = as_square("joint", joint)
    return counts * (n_examples / (counts.sum() or 1.0)) if n_examples is not None else counts


def _worst(counts: FloatArray) -> IntArray:
    """Return the classes to show, in their order: those with the most wrong rows if there are too many."""
    if len(counts) <= _MOST:
        return np.arange(len(counts))
    wrong = counts.sum(axis=0) + counts.sum(axis=1) - 2 * counts.diagonal()
    return np.sort(np.argsort(-wrong, kind="stable")[:_MOST])


def _draw_cells(ax: "Axes", part: FloatArray, total: float) -> None:
    colors = require("matplotlib.colors", "plots")
    k, wrong = len(part), part.copy()
    np.fill_diagonal(wrong, 0.0)
    right = np.diag(part.diagonal())
    fade = colors.LinearSegmentedColormap.from_list
    shade = fade("right", ["#ffffff", "#9fbfdf"])(_scaled(right))
    off = ~np.eye(k, dtype=np.bool_)
    shade[off] = fade("wrong", ["#ffffff", "#f5a171"])(_scaled(wrong))[off]
    ax.imshow(shade, aspect="equal", interpolation="nearest")
    size = _font(k)
    for i, j in np.argwhere(part > 0):
        text = _cell(part[i, j], total, percent=k <= _MOST_PERCENT)
        ax.text(j, i, text, ha="center", va="center", fontsize=size, color=_INK)


def _scaled(values: FloatArray) -> FloatArray:
    scaled: FloatArray = np.sqrt(values / (values.max() or 1.0))
    return scaled


def _cell(count: float, total: float, *, percent: bool) -> str:
    share = _percent(count / total)
    if total <= 1 + 1e-6:  # probabilities of who knows how many rows
        return share if percent else share.removesuffix("%")
    number = _compact(count)
    return f"{number}\n{share}" if percent else number


def _label_axes(ax: "Axes", names: list[str]) -> None:
    k = len(names)
    size = min(10.0, _font(k) + 1.0)
    upright = k > 6 or max(map(len, names)) > 8
    ax.set_xticks(range(k), names, fontsize=size, rotation=90 if upright else 0, color=_INK)
    ax.set_yticks(range(k), names, fontsize=size, color=_INK)
    ax.set_xlabel("class it belongs to", color=_INK)
    ax.set_ylabel("given label", color=_INK)
    ax.set_xticks(np.arange(k + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(k + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="#e4e7eb", linewidth=0.6)
    ax.tick_params(which="both", length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _title(ax: "Axes", counts: FloatArray, n_shown: int) -> None:
    total, wrong = float(counts.sum()), float(counts.sum() - counts.trace())
    share = _percent(wrong / (total or 1.0))
    known = total > 1 + 1e-6
    title = (
        f"{round(wrong):,} of {round(total):,} labels look wrong ({share})"
        if known
        else f"{share} of labels look wrong"
    )
    if n_shown < len(counts):
        title += f"\nthe {n_shown} of {len(counts):,} classes with the most wrong labels"
    if not known and n_shown > _MOST_PERCENT:
        title += "\ncells in percent"
    _set_title(ax, title)


def _side(k: int) -> float:
    """Inches of a picture of k classes."""
    return float(np.clip(1.6 + 0.62 * min(k, 10) + 0.27 * max(k - 10, 0), 3.6, 17.0))


def _font(k: int) -> float:
    return float(np.interp(k, [5, 10, 20, 40], [10.0, 9.0, 8.0, 6.5]))


# Both.


def _new_axes(width: float, height: float) -> "Axes":
    figure = require("matplotlib.figure", "plots").Figure(
        figsize=(width, height), layout="constrained", facecolor="white"
    )
    made: Axes = figure.add_subplot()
    return made


def _set_title(ax: "Axes", text: str) -> None:
    ax.set_title(text, fontsize=10, color=_INK)


def _flags(flagged: npt.ArrayLike | None, n: int) -> npt.NDArray[np.bool_]:
    marked = np.zeros(n, np.bool_)
    if flagged is None:
        return marked
    given = np.asarray(flagged)
    if given.dtype == np.bool_ and given.shape == (n,):
        return given
    if given.ndim == 1 and (
        given.size == 0 or (given.dtype.kind in "iu" and given.min() >= 0 and given.max() < n)
    ):
        marked[given.astype(np.int64)] = True
        return marked
    raise InputError(f"flagged must be {n:,} booleans or row numbers below that; got shape {given.shape}.")


def _tidy_scores(ax: "Axes", *, legend: bool) -> None:
    ax.set_xlim(0.0, 1.0)
    ax.set_xlabel("score (low means bad)", color=_INK)
    ax.set_ylabel("rows", color=_INK)
    ax.yaxis.set_major_locator(
        require("matplotlib.ticker", "plots").MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True)
    )
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.tick_params(colors=_FAINT)
    if legend:
        ax.legend(frameon=False, fontsize=9)


def _percent(share: float) -> str:
    if share == 0:
        return "0%"
    if share < 0.001:
        return "<0.1%"
    return f"{share:.1%}".replace(".0%", "%")


def _compact(count: float) -> str:
    """Write a count in at most four characters or so: 950, 1.2k, 45k, 3.1M."""
    if count < 0.5:
        return "<1"
    for limit, unit, name in ((1e4, 1.0, ""), (1e6, 1e3, "k"), (1e9, 1e6, "M")):
        if round(count) < limit:
            scaled = count / unit
            return f"{scaled:.0f}{name}" if unit == 1 or scaled >= 10 else f"{scaled:.1f}{name}"
    return f"{count:.1e}"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
