"""What a row says, in a line, and in which columns it can be read."""

from emendata.data import Dataset
from emendata.features import feature_columns
from emendata.records import Role

__all__ = ["clip", "excerpt", "shown_columns"]

_LONGEST = 160
_MOST_CELLS = 8


def excerpt(dataset: Dataset, row: int) -> str:
    """Return the beginning of a row's first text, or of its cells where it has none."""
    texts = dataset.names(Role.TEXT)
    if texts:
        return clip(" ".join(dataset.text(row, texts[0]).split()), _LONGEST)
    cells = [f"{name} {dataset.text(row, name)}" for name in _readable(dataset)[:_MOST_CELLS]]
    return clip(" · ".join(cells), _LONGEST)


def shown_columns(dataset: Dataset) -> list[str]:
    """Texts first, then the other features in their order, then what was not used; no numbers of embeddings."""
    features = _readable(dataset)
    texts = [name for name in features if name in dataset.names(Role.TEXT)]
    rest = [name for name in features if name not in texts]
    others = [column.name for column in dataset.columns if column.name not in feature_columns(dataset)]
    return texts + rest + others


def clip(text: str, longest: int) -> str:
    """Return at most ``longest`` characters, the last of them an ellipsis where some are left out."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _readable(dataset: Dataset) -> list[str]:
    """Features that say something to a person."""
    return [name for name in feature_columns(dataset) if name not in dataset.names(Role.EMBEDDING)]
