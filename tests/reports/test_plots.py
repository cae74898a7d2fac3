import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from emendata.errors import InputError
from emendata.extras import MissingPackage
from emendata.reports.plots import plot_joint, plot_scores

JOINT = np.array([[80, 20, 0], [10, 80, 10], [0, 0, 50]])


def cells(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def overlapping_texts(ax: Any) -> list[tuple[str, str]]:
    """Pairs of texts in the picture whose boxes meet."""
    canvas: Any = FigureCanvasAgg(ax.figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    texts = [
        *ax.texts,
        *ax.get_xticklabels(),
        *ax.get_yticklabels(),
        ax.title,
        ax.xaxis.label,
        ax.yaxis.label,
    ]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text()]
    lefts, bottoms, rights, tops = np.array([box.extents for _, box in boxes]).T
    meet = (
        (lefts[:, None] < rights)
        & (lefts < rights[:, None])
        & (bottoms[:, None] < tops)
        & (bottoms < tops[:, None])
    )
    return [(boxes[i][0], boxes[j][0]) for i, j in np.argwhere(np.triu(meet, 1))]


def test_cells_hold_counts_and_percent() -> None:
    ax = plot_joint(JOINT, ["ant", "bee", "cow"])
    assert cells(ax) == ["80\n32%", "20\n8%", "10\n4%", "80\n32%", "10\n4%", "50\n20%"]
    assert ax.get_title() == "40 of 250 labels look wrong (16%)"
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["ant", "bee", "cow"]
    assert ax.get_ylabel() == "given label"


def test_probabilities_become_counts_where_it_is_known_of_how_many() -> None:
    ax = plot_joint(JOINT / 250, n_examples=250)
    assert cells(ax) == cells(plot_joint(JOINT))
    assert plot_joint(JOINT / 250).get_title() == "16% of labels look wrong"
    assert cells(plot_joint(JOINT / 250))[0] == "32%"


@pytest.mark.parametrize("k", [1, 3, 10, 40])
def test_no_two_texts_of_the_joint_meet(k: int) -> None:
    counts = np.random.default_rng(0).integers(0, 10**6, (k, k))
    counts[4:, 4:] = 0  # drawing takes its time
    names = [f"a rather long name of class {i}" for i in range(k)]
    assert overlapping_texts(plot_joint(counts, names)) == []


def test_of_many_classes_those_with_the_most_wrong_labels_are_shown() -> None:
    counts = np.diag(np.full(300, 100))
    counts[7, 150] = counts[150, 299] = 9
    ax = plot_joint(counts)
    shown = [tick.get_text() for tick in ax.get_xticklabels()]
    assert len(shown) == 40
    assert {"7", "150", "299"} <= set(shown)
    assert ax.get_title().splitlines() == [
        "18 of 30,018 labels look wrong (<0.1%)",
        "the 40 of 300 classes with the most wrong labels",
    ]


def test_large_counts_stay_short() -> None:
    texts = cells(plot_joint(np.array([[9999, 12345], [3_140_000, 0.2]])))
    assert [text.splitlines()[0] for text in texts] == ["9999", "12k", "3.1M", "<1"]


def test_flagged_scores_stand_out() -> None:
    ax = plot_scores([0.05, 0.06, 0.5, 0.99, 1.0, np.nan], [0, 1])
    assert ax.get_title() == "2 of 5 rows flagged (40%)"
    rest, bad = (sum(bar.get_height() for bar in bars) for bars in ax.containers)
    assert (rest, bad) == (3, 2)
    assert ax.get_legend() is not None
    assert overlapping_texts(ax) == []
    same = plot_scores([0.05, 0.06, 0.5, 0.99, 1.0, np.nan], [True, True, False, False, False, False])
    assert same.get_title() == ax.get_title()


def test_scores_alone_need_no_legend() -> None:
    ax = plot_scores([0.5, 0.9])
    assert ax.get_title() == "2 rows"
    assert ax.get_legend() is None


def test_a_given_axes_is_drawn_on() -> None:
    ax = Figure().add_subplot()
    assert plot_joint(JOINT, ax=ax) is ax
    ax = Figure().add_subplot()
    assert plot_scores([0.5], ax=ax) is ax


def test_the_background_is_light() -> None:
    assert plot_joint(JOINT).figure.get_facecolor() == (1.0, 1.0, 1.0, 1.0)


def test_pyplot_is_never_loaded() -> None:
    code = (
        "import sys; from emendata.reports.plots import *; assert 'matplotlib' not in sys.modules; "
        "plot_joint([[1]]); plot_scores([1]); assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_matplotlib_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingPackage) as caught:
        plot_joint(JOINT)
    assert str(caught.value) == "This needs matplotlib. Install it: pip install 'emendata[plots]'"


@pytest.mark.parametrize(
    ("joint", "names", "message"),
    [
        ([[1, 2]], None, "joint must have one line and one column per class; got shape (1, 2)."),
        ([[1, -2], [0, 1]], None, "joint must hold numbers from 0 up, and no NaN or infinity."),
        ([[1, np.nan], [0, 1]], None, "joint must hold numbers from 0 up, and no NaN or infinity."),
        ([[1, 2], [0, 1]], ["a"], "class_names has 1 names but joint has 2 classes."),
    ],
)
def test_a_joint_that_cannot_be_drawn_is_refused(joint: Any, names: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        plot_joint(joint, names)
    assert str(caught.value) == message


@pytest.mark.parametrize("scores", [[[0.5]], [1.5], [-0.1]])
def test_scores_out_of_their_range_are_refused(scores: Any) -> None:
    with pytest.raises(InputError, match="scores must have one dimension and lie in"):
        plot_scores(scores)


@pytest.mark.parametrize("flagged", [[True], [2], [-1], [0.5], [[0]]])
def test_flags_that_do_not_fit_are_refused(flagged: Any) -> None:
    with pytest.raises(InputError, match="flagged must be 2 booleans or row numbers below that"):
        plot_scores([0.5, 0.6], flagged)
