"""Images by the classifiers of torchvision, up to their last layer."""

from typing import Any

from emendata.extras import require
from emendata.features.model_embedder import Embed
from emendata.features.model_files import model_file
from emendata.features.torch_run import EXTRA, TorchRun, prepared, shape_of, stacked
from emendata.records import Role

__all__ = ["load_torchvision", "weights_file"]


def load_torchvision(model: str, role: Role) -> Embed:
    """Load a classifier with its best weights, or, as ``NAME@FILE``, with those that `torch.save` wrote to a file."""
    models = require("torchvision", EXTRA).models
    name, file = weights_file(model)
    best = models.get_model_weights(name).DEFAULT
    if file is None:
        network = models.get_model(name, weights=best)
    else:
        network = models.get_model(name, weights=None)
        network.load_state_dict(require("torch", EXTRA).load(model_file(file), weights_only=True))
    _without_head(network, len(best.meta["categories"]))
    transform = best.transforms()
    run = TorchRun(
        f"torchvision:{model}",
        network,
        lambda images, device: network(stacked(images, device)["pixels"]).flatten(1),
        shape=shape_of,
    )
    return lambda images: run(prepared(images, lambda image: {"pixels": transform(image)[None]}))


def weights_file(model: str) -> tuple[str, str | None]:
    """Divide ``NAME@FILE``.

    Examples
    --------
    >>> weights_file("resnet18"), weights_file("resnet18@weights.pth")
    (('resnet18', None), ('resnet18', 'weights.pth'))
    """
    name, _, file = model.partition("@")
    return name, file or None


def _without_head(network: Any, n_classes: int) -> None:
    """Let the last layer that tells the classes pass on what it is given; where it is none of its own, all stays."""
    linear = require("torch", EXTRA).nn.Linear
    heads = [
        name
        for name, part in network.named_modules()
        if isinstance(part, linear) and part.out_features == n_classes
    ]
    if heads:
        parent, _, last = heads[-1].rpartition(".")
        setattr(network.get_submodule(parent), last, require("torch", EXTRA).nn.Identity())
