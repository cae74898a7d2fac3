import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.model_selection import cross_val_score
from tests.features.pictures import encoded, photo

from emendata.features.image import ImageEmbedder
from emendata.records import Role
from emendata.testing import check_row_embedder

BOTH = ImageEmbedder()
GRADIENTS = ImageEmbedder(network=False)
ITEMS = [
    encoded(photo(seed=1), "JPEG"),
    encoded(photo(32, 32, seed=2)),
    encoded(photo(seed=3).convert("L"), "TIFF"),
    encoded(photo(28, 28, seed=4).convert("1")),
    encoded(photo(300, 20, seed=5), "WEBP"),
    *(encoded(photo(seed=seed), "GIF") for seed in range(6, 12)),
]


@pytest.mark.parametrize("embedder", [BOTH, GRADIENTS], ids=lambda embedder: embedder.name)
def test_it_keeps_its_contract(embedder: ImageEmbedder) -> None:
    check_row_embedder(embedder, ITEMS, ITEMS[0][:200])


def test_vectors_are_features_of_the_network_and_then_gradients() -> None:
    both, gradients = BOTH.vectors(ITEMS).values, GRADIENTS.vectors(ITEMS).values
    assert both.shape == (len(ITEMS), 1280 + 1764)
    assert np.array_equal(both[:, 1280:], gradients)
    assert (both[:, :1280].max(axis=1) > 0).all()


def test_vectors_with_and_without_the_network_have_different_names() -> None:
    assert BOTH.role is GRADIENTS.role is Role.IMAGE
    assert BOTH.name != GRADIENTS.name


def test_every_problem_is_told_at_its_row_and_stops_nothing() -> None:
    found = GRADIENTS.vectors([b"", ITEMS[0], b"hello", "a text", ITEMS[1]])
    assert [problem != "" for problem in found.problems] == [True, False, True, True, False]
    assert found.values.any(axis=1).tolist() == [False, True, False, False, True]


def test_an_upright_copy_of_an_image_has_its_vector() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    turned = encoded(photo().transpose(Image.Transpose.ROTATE_180), exif=exif)
    plain = encoded(photo())
    vectors = BOTH.vectors([plain, turned]).values
    assert vectors[1] == pytest.approx(vectors[0], abs=0.05)


@pytest.mark.parametrize(("embedder", "n_rows"), [(GRADIENTS, 1797), (BOTH, 300)])
def test_digits_are_told_apart(embedder: ImageEmbedder, n_rows: int) -> None:
    images, digits = load_digits(return_X_y=True)
    files = [encoded((image.reshape(8, 8) * 15).astype(np.uint8)) for image in images[:n_rows]]
    dense = embedder.block(embedder.vectors(files).values, 0).dense
    model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
    assert cross_val_score(model, dense, digits[:n_rows]).mean() > 0.95


def test_without_pillow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert GRADIENTS.obstacle() is None
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert GRADIENTS.obstacle() == "This needs PIL. Install it: pip install 'emendata[image]'"


def test_without_the_runtime_gradients_remain_and_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    embedder = ImageEmbedder()
    assert embedder.name == GRADIENTS.name
    assert embedder.obstacle() is None
    for _ in range(2):
        assert np.array_equal(embedder.vectors(ITEMS).values, GRADIENTS.vectors(ITEMS).values)
    (message,) = caplog.messages
    assert message.endswith("pip install 'emendata[image]'")


def test_importing_it_loads_neither_pillow_nor_the_runtime() -> None:
    program = (
        "import sys, emendata.features.image; "
        "print([name for name in ('PIL', 'onnxruntime', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
