import numpy as np
from tests.tasks.containers import PROBS, read

from emendata.tasks.mixture import Mixture
from emendata.tasks.pred_probs import open_models


def test_a_mixture_is_the_weighted_sum() -> None:
    models = open_models([PROBS, [[0.5, 0.5]] * 3])
    mixture = Mixture(models, [0.25, 0.75])
    expected = 0.25 * np.array(PROBS) + 0.75 * 0.5
    assert (mixture.n_rows, mixture.n_columns, mixture.dtype) == (3, 2, np.dtype(np.float64))
    assert read(mixture, 2).tolist() == expected.tolist()
    assert mixture.rows([2, 0]).tolist() == expected[[2, 0]].tolist()


def test_a_mixture_is_single_where_one_model_is() -> None:
    mixture = Mixture(open_models([PROBS, np.array(PROBS, np.float32)]), [0.5, 0.5])
    assert mixture.dtype == np.dtype(np.float32)
    assert read(mixture).tolist() == PROBS
