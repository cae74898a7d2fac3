"""Classifiers of torchvision and timm, up to their last layer; both need torchvision."""

from pathlib import Path

import numpy as np
import pytest
from tests.named_models.tiny import BROKEN, PICTURES, close, seeded

from emendata.errors import InputError
from emendata.features.image_reading import read_image
from emendata.features.named import named_embedder
from emendata.records import Role
from emendata.testing import check_row_embedder

pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]


@pytest.fixture(autouse=True)
def _libraries() -> None:
    pytest.importorskip("torchvision", exc_type=(ImportError, RuntimeError))  # type: ignore[arg-type]
    pytest.importorskip("timm")


def saved_resnet(folder: Path) -> str:
    import torchvision

    torch = seeded()
    torch.save(torchvision.models.resnet18(weights=None).state_dict(), folder / "weights.pth")
    return f"torchvision:resnet18@{folder / 'weights.pth'}"


def saved_timm(folder: Path) -> str:
    import timm

    seeded()
    timm.models.save_for_hf(timm.create_model("resnet10t", num_classes=7), folder)
    return f"timm:{folder}"


def test_torchvision_keeps_the_contract(tmp_path: Path) -> None:
    embedder = named_embedder(saved_resnet(tmp_path), Role.IMAGE)
    check_row_embedder(embedder, PICTURES, BROKEN)
    assert embedder.vectors(PICTURES).values.shape == (len(PICTURES), 512)


def test_timm_keeps_the_contract(tmp_path: Path) -> None:
    embedder = named_embedder(saved_timm(tmp_path), Role.IMAGE)
    check_row_embedder(embedder, PICTURES, BROKEN)
    assert embedder.vectors(PICTURES).values.shape == (len(PICTURES), 512)


def test_timm_is_given_pictures_as_it_wants_them(tmp_path: Path) -> None:
    import timm
    import torch
    from PIL import Image

    values = named_embedder(saved_timm(tmp_path), Role.IMAGE).vectors(PICTURES[:1]).values
    network = timm.create_model(f"local-dir:{tmp_path}", pretrained=True, num_classes=0).eval()
    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(network))
    with torch.no_grad():
        theirs = network(transform(Image.fromarray(np.asarray(read_image(PICTURES[0]))))[None])
    assert close(values, theirs)


@pytest.mark.parametrize(
    "name", ["vit_b_16", "swin_t", "convnext_tiny", "mobilenet_v3_small", "squeezenet1_1"]
)
def test_the_last_layer_of_other_networks_is_left_out_too(name: str) -> None:
    import torchvision

    from emendata.features.torchvision_model import _without_head

    network = torchvision.models.get_model(name, weights=None).eval()
    _without_head(network, 1000)
    width = network(seeded().zeros(1, 3, 224, 224)).flatten(1).shape[1]
    assert width == (1000 if name.startswith("squeezenet") else network_width(name))


def network_width(name: str) -> int:
    return {"vit_b_16": 768, "swin_t": 768, "convnext_tiny": 768, "mobilenet_v3_small": 1024}[name]


def test_weights_that_are_a_program_are_refused(tmp_path: Path) -> None:
    import torch

    class Program:
        def __reduce__(self):  # type: ignore[no-untyped-def]
            return (print, ("the weights ran",))

    torch.save({"fc.weight": Program()}, tmp_path / "weights.pth")
    with pytest.raises(InputError, match="cannot be loaded"):
        named_embedder(f"torchvision:resnet18@{tmp_path / 'weights.pth'}", Role.IMAGE).vectors(PICTURES)


@pytest.mark.parametrize("model", ["torchvision:resnet17", "timm:resnet17"])
def test_a_misspelt_model_is_told(model: str) -> None:
    with pytest.raises(InputError, match=f"^{model} cannot be loaded"):
        named_embedder(model, Role.IMAGE).vectors(PICTURES)
