"""Images by models of timm."""

from emendata.extras import require
from emendata.features.model_embedder import Embed
from emendata.features.model_files import local_folder
from emendata.features.torch_run import EXTRA, TorchRun, prepared, shape_of, stacked
from emendata.records import Role

__all__ = ["load_timm"]


def load_timm(model: str, role: Role) -> Embed:
    """Load a pretrained model by its name, or from a folder that `timm.models.save_for_hf` wrote; without its head."""
    timm = require("timm", EXTRA)
    folder = local_folder(model)
    name = model if folder is None else f"local-dir:{folder}"
    network = timm.create_model(name, pretrained=True, num_classes=0)
    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(network), is_training=False)
    run = TorchRun(
        f"timm:{model}",
        network,
        lambda images, device: network(stacked(images, device)["pixels"]),
        shape=shape_of,
    )
    return lambda images: run(prepared(images, lambda image: {"pixels": transform(image)[None]}))
