"""Datasets of torch itself: what `tests/data/test_items.py` tries on things that look like them."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_wine
from tests.named_models.tiny import seeded

import emendata as em
from emendata.data import open_dataset

pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]

WRONG = [10, 70, 100, 150]


@pytest.fixture
def torch() -> Any:
    pytest.importorskip("torch")
    return seeded()


def test_tensors_of_pictures_are_images(torch: Any) -> None:
    images = torch.arange(2 * 3 * 4 * 4).reshape(2, 3, 4, 4).float()
    dataset = open_dataset(torch.utils.data.TensorDataset(images, torch.tensor([1, 0])))
    assert dataset.table["label"].to_pylist() == [1, 0]
    assert len(set(dataset.media["image"].hashes)) == 2


def test_subsets_and_joined_datasets_keep_the_order_of_their_items(torch: Any) -> None:
    whole = torch.utils.data.TensorDataset(torch.arange(12.0).reshape(6, 2), torch.arange(6))
    part = torch.utils.data.Subset(whole, [4, 0, 3])
    assert open_dataset(part).table["label"].to_pylist() == [4, 0, 3]
    joined = open_dataset(torch.utils.data.ConcatDataset([part, whole])).table
    assert joined["label"].to_pylist() == [4, 0, 3, 0, 1, 2, 3, 4, 5]
    assert joined["x_0"].to_pylist()[:3] == [8.0, 0.0, 6.0]


@pytest.mark.parametrize("scaled", [False, True])
def test_pictures_keep_their_pixels_with_channels_first_and_scaled_to_one(scaled: bool, torch: Any) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3), dtype=np.uint8)
    tensors = torch.from_numpy(pixels).permute(0, 3, 1, 2)
    given = tensors.float() / 255 if scaled else tensors
    dataset = open_dataset(torch.utils.data.TensorDataset(given, torch.tensor([0, 1])))
    for row, expected in enumerate(pixels):
        content = dataset.media["image"].read(row)
        assert content is not None
        assert np.array_equal(np.asarray(Image.open(io.BytesIO(content))), expected)


def test_a_dataset_that_a_loader_could_read_is_audited_from_end_to_end(torch: Any, tmp_path: Path) -> None:
    features, codes = load_wine(return_X_y=True)
    codes[WRONG] = [1, 0, 2, 1]
    data = torch.utils.data.TensorDataset(torch.from_numpy(features).float(), torch.from_numpy(codes))
    audit = em.Audit(data, checks=["wrong_label"], project=tmp_path / "wine").run(strict=True)
    assert set(WRONG) <= set(audit.issues["row"].to_pylist())
    again = em.Audit(data, checks=["wrong_label"], project=tmp_path / "wine").run(strict=True)
    assert np.array_equal(audit.scores("wrong_label"), again.scores("wrong_label"))
