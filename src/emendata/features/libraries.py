"""The libraries whose models can be named."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from emendata.extras import require
from emendata.features.model_embedder import Embed
from emendata.features.model_files import content_of_files, local_folder, model_file
from emendata.features.onnx_model import load_onnx
from emendata.features.sentence_transformers_model import load_sentence_transformers
from emendata.features.timm_model import load_timm
from emendata.features.torchvision_model import load_torchvision, weights_file
from emendata.features.transformers_model import load_transformers
from emendata.records import Role

__all__ = ["LIBRARIES", "Library"]


def _by_folder(model: str) -> str:
    """Return what tells a model from all others: its content if it lies here, else its name, which a hub knows."""
    folder = local_folder(model)
    return model if folder is None else content_of_files(folder)


def _by_weights(model: str) -> str:
    name, file = weights_file(model)
    return name if file is None else f"{name} {content_of_files(model_file(file))}"


def _by_file(model: str) -> str:
    return content_of_files(model_file(model))


@dataclass(frozen=True)
class Library:
    """A library as people name it, the package to import and the distribution that has its version.

    ``load`` makes what embeds of a model and a role; ``identity`` says which model it is, by content where that is at
    hand.
    """

    name: str
    package: str
    distribution: str
    extra: str
    roles: tuple[Role, ...]
    load: Callable[[str, Role], Embed]
    identity: Callable[[str], str] = _by_folder

    def version(self) -> str:
        """Return the installed version; a variant of a package may be installed under another name."""
        try:
            return version(self.distribution)
        except PackageNotFoundError:
            return str(require(self.package, self.extra).__version__)


LIBRARIES = (
    Library(
        "sentence-transformers",
        "sentence_transformers",
        "sentence-transformers",
        "models",
        (Role.TEXT,),
        load_sentence_transformers,
    ),
    Library(
        "transformers",
        "transformers",
        "transformers",
        "models",
        (Role.TEXT, Role.IMAGE, Role.AUDIO),
        load_transformers,
    ),
    Library("timm", "timm", "timm", "models", (Role.IMAGE,), load_timm),
    Library(
        "torchvision", "torchvision", "torchvision", "models", (Role.IMAGE,), load_torchvision, _by_weights
    ),
    Library("onnx", "onnxruntime", "onnxruntime", "image", (Role.IMAGE,), load_onnx, _by_file),
)
