"""Small inputs of checks and models with every kind of error in them."""

import numpy as np

from emendata.checks.inputs import (
    Categories,
    Content,
    Features,
    Inputs,
    Labels,
    Neighbors,
    Predictions,
    Splits,
    Texts,
)
from emendata.kernels.neighbors import nearest_rows
from emendata.models import Problem
from emendata.testing.columns import (
    N_ROWS,
    sample_cells,
    sample_copies,
    sample_languages,
    sample_pictures,
    sample_predictions,
    sample_sounds,
    sample_texts,
)

__all__ = ["sample_inputs", "sample_problem"]

_CLASSES = ("ash", "elm", "oak")


def sample_inputs(seed: int = 0) -> Inputs:
    """Return small inputs with every kind of error in them.

    Wrong and missing labels, gaps, copies, a far row, one of no class, a group whose labels are predicted badly, and
    errors in cells and texts.
    """
    problem = sample_problem(seed)
    dense, codes = problem.dense, problem.labels
    near = Neighbors(problem.neighbors, problem.distances)
    probs = np.full((N_ROWS, 3), 0.05)
    probs[np.arange(N_ROWS), np.arange(N_ROWS) % 3] = 0.9
    badly_seen = np.arange(41, 81, 2)
    probs[badly_seen] = 0.05
    probs[badly_seen, badly_seen % 3], probs[badly_seen, (badly_seen + 1) % 3] = 0.45, 0.5
    probs[60] = [0.32, 0.34, 0.34]
    gaps = np.zeros(N_ROWS, dtype=bool)
    gaps[[1, 50]] = True
    keys = np.arange(N_ROWS)
    keys[11] = keys[10]
    sites = np.zeros(N_ROWS, dtype=np.int64)
    sites[badly_seen] = 1
    return Inputs(
        n_rows=N_ROWS,
        labels=Labels("tree", codes, _CLASSES),
        predictions=Predictions(probs, probs.argmax(axis=1)[None, :], ("sample",)),
        true_probs=probs,
        features=Features(dense, ("height", "girth")),
        neighbors=near,
        content=Content(keys, np.full(N_ROWS, 1e-9), ("height", "girth")),
        splits=Splits("part", np.where(np.arange(N_ROWS) % 4 == 2, 1, 0), ("train", "test")),
        groups={"forest": np.arange(N_ROWS) // 4 * 5 + np.arange(N_ROWS) % 5},
        times=np.arange(N_ROWS, dtype=np.float64),
        ranks={
            "height": np.argsort(np.argsort(dense[:, 0])),
            "girth": np.arange(N_ROWS),
            "tag": np.where(codes < 0, 0, codes),
        },
        missing={"height": gaps, "girth": np.zeros(N_ROWS, dtype=bool), "tree": codes < 0},
        categories={"site": Categories(sites, ("north", "south"))},
        unreadable={
            "photo": {3: "The file is empty.", 40: "The image is cut short."},
            "scan": {40: "It is no image."},
        },
        cells=sample_cells(),
        cell_predictions=sample_predictions(),
        texts={"note": Texts(tuple(sample_texts()))},
        languages={"note": sample_languages()},
        pictures={"photo": sample_pictures(seed)},
        looks={"photo": sample_copies(seed, 64)},
        sounds={"call": sample_sounds(seed)},
        prints={"call": sample_copies(seed, 176)},
    )


def sample_problem(seed: int = 0) -> Problem:
    """Return three classes of 30 rows, well apart, with two wrong labels, one missing and one rare word."""
    from scipy.sparse import csr_matrix

    rng = np.random.default_rng(seed)
    true = np.arange(N_ROWS) % 3
    dense = (rng.normal(size=(N_ROWS, 2)) + 8 * np.column_stack([true == 1, true == 2])).astype(np.float32)
    dense[11] = dense[10] = dense[7]
    dense[80] = 200
    codes = true.copy()
    codes[[4, 30]] = (true[[4, 30]] + 1) % 3
    codes[20] = -1
    words = csr_matrix((np.ones(N_ROWS, np.float32), (np.arange(N_ROWS), true * 700)), shape=(N_ROWS, 2100))
    rows, distances = nearest_rows(dense, 10)
    return Problem(dense, dense, words, codes, 3, np.arange(N_ROWS) % 5, rows, distances, seed)
