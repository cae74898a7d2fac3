"""What every plug-in must do: an AssertionError says in a sentence which promise was broken."""

import dataclasses
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa

from emendata.checks import Check
from emendata.checks.inputs import Inputs
from emendata.data.fingerprint import source_sha256
from emendata.data.media_columns import MEDIA_ROLES
from emendata.data.packing import ending, unpacked
from emendata.data.source import Dialect, FolderSource, Reading, Source
from emendata.features import Embedder
from emendata.features.block import Block, Item, RowEmbedder
from emendata.models import Predictor, Problem
from emendata.records import PER_ISSUE, Correction, Findings, Role
from emendata.testing.samples import sample_inputs, sample_problem

__all__ = ["check_check", "check_embedder", "check_predictor", "check_row_embedder", "check_source"]


def check_check(check: Check) -> None:
    """Hold a check to its contract: it describes itself, and its findings are well formed and repeatable."""
    parameters = getattr(type(check), "__dataclass_params__", None)
    assert parameters is not None, f"{check!r} must be a dataclass"
    assert parameters.frozen, f"{check.name} must be frozen"
    assert re.fullmatch(r"[A-Z]{2,}\d{3,}", check.code), f"code {check.code!r} must be capitals and digits"
    assert re.fullmatch(r"[a-z][a-z0-9_]*", check.name), f"name {check.name!r} must be in snake_case"
    assert check.title, f"{check.name} needs a docstring: its first line is the title"
    for field in dataclasses.fields(check):  # type: ignore[arg-type]
        assert field.metadata.get("help"), f"option {field.name!r} of {check.name} needs a help text"
    known = {field.name for field in dataclasses.fields(Inputs)}
    for need in (*check.needs, *check.wants):
        assert need in known, f"{check.name} needs {need!r}, which no pipeline makes"
    unnamed: dict[str, Any] = dict.fromkeys(known - {"n_rows", *check.needs, *check.wants})
    inputs = replace(sample_inputs(), **unnamed)
    found = check.find(inputs)
    n = inputs.n_rows
    assert found.scores.shape == (n,), f"{check.name} must score each of {n} rows; got {found.scores.shape}"
    assert found.scores.dtype == np.float32, f"scores of {check.name} must be float32"
    there = found.scores[~np.isnan(found.scores)]
    assert ((there >= 0) & (there <= 1)).all(), f"scores of {check.name} must lie in [0, 1]"
    _check_rows(check.name, found)
    assert len(found.rows) == 0 or (found.rows[0] >= 0 and found.rows[-1] < n), "flagged rows must exist"
    for name in PER_ISSUE:
        assert len(getattr(found, name)) == len(found.rows), (
            f"{name} of {check.name} must be parallel to rows"
        )
    for remark in found.remarks:
        assert remark.reason.endswith("."), f"remarks of {check.name} must be sentences"
        assert 0 <= remark.score <= 1, f"scores of remarks of {check.name} must lie in [0, 1]"
    assert all(reason.endswith(".") for reason in found.reasons), f"reasons of {check.name} must be sentences"
    flagged = np.zeros(n, dtype=bool)
    flagged[found.rows] = True
    if 0 < flagged.sum() < len(there):
        clean = found.scores[~flagged & ~np.isnan(found.scores)]
        assert np.mean(found.scores[flagged]) < np.mean(clean), (
            f"{check.name} must give low scores to what is bad"
        )
    again = check.find(inputs)
    assert np.array_equal(found.scores, again.scores, equal_nan=True), f"{check.name} must repeat itself"


def _check_rows(name: str, found: Findings) -> None:
    """Check that rows ascend, that a repeated one has another column each time and the score of its worst issue."""
    assert (np.diff(found.rows) >= 0).all(), f"rows of {name} must ascend"
    places = list(zip(found.rows.tolist(), found.columns, strict=True))
    assert len(set(places)) == len(places), f"{name} must flag a row once, or each of its columns once"
    worst: dict[int, float] = {}
    for row, score in zip(found.rows.tolist(), found.issue_scores.tolist(), strict=True):
        worst[row] = min(score, worst.get(row, 1.0))
    assert all(found.scores[row] == np.float32(score) for row, score in worst.items()), (
        f"the score of a row must be that of its worst issue in {name}"
    )


def check_predictor(predictor: Predictor) -> None:
    """Hold a model family to its contract: distributions for every row, out of sample, the same twice."""
    words = sample_problem()
    for problem in (words, replace(words, wide=words.dense)):
        obstacle = predictor.suits(problem)
        if obstacle is not None:
            assert obstacle.endswith("."), f"{predictor.name} must say in a sentence why it does not fit"
        else:
            _check_predictions(predictor, problem)


def _check_predictions(predictor: Predictor, problem: Problem) -> None:
    steps: list[tuple[int, int]] = []
    probs = predictor.predict(problem, lambda done, total: steps.append((done, total)))
    assert probs.shape == (problem.n_rows, problem.n_classes), f"{predictor.name} must predict every row"
    assert np.allclose(probs.sum(axis=1), 1), f"rows of {predictor.name} must sum to one"
    assert (probs >= 0).all(), f"{predictor.name} must give no negative probability"
    assert steps, f"{predictor.name} must report its progress"
    assert steps[-1][0] == steps[-1][1], f"the progress of {predictor.name} must end at its total"
    again = predictor.predict(problem, lambda done, total: None)
    assert np.array_equal(probs, again), f"{predictor.name} must repeat itself with the same seed"
    wrong = [4, 30]
    assert (probs[wrong].argmax(axis=1) != problem.labels[wrong]).all(), (
        f"{predictor.name} repeats the wrong labels of rows {wrong}: it is not out of sample"
    )
    apart = replace(problem, is_apart=True, weights=np.linspace(0.5, 1.5, problem.n_rows))
    before = predictor.predict(apart, lambda done, total: None)
    fold = apart.folds == 0
    turned = replace(apart, labels=np.where(fold, (apart.labels + 1) % apart.n_classes, apart.labels))
    after = predictor.predict(turned, lambda done, total: None)
    assert np.allclose(before[fold], after[fold]), (
        f"{predictor.name} must not predict a row from labels of its own fold where folds are kept apart"
    )


def check_embedder(embedder: Embedder, column: pa.ChunkedArray) -> None:
    """Hold an embedder to its contract on a column of its kind that has missing cells."""
    block = embedder.embed(column, 0)
    _check_block(embedder.name, block, len(column))
    again = embedder.embed(column, 0)
    assert np.array_equal(block.dense, again.dense), f"{embedder.name} must repeat itself with the same seed"


def _check_block(name: str, block: Block, n_rows: int) -> None:
    wide = block.wide if isinstance(block.wide, np.ndarray) else block.wide.data
    assert block.dense.dtype == np.float32, f"dense features of {name} must be float32"
    assert block.dense.ndim == 2, f"dense features of {name} must be a matrix"
    assert len(block.dense) == block.wide.shape[0] == n_rows, f"{name} must embed every row"
    assert np.isfinite(block.dense).all(), f"{name} must leave no gap in the dense features"
    assert np.isfinite(wide).all(), f"{name} must leave no gap in the wide features"


def check_row_embedder(embedder: RowEmbedder, items: Sequence[Item], broken: Item | None = None) -> None:
    """Hold an embedder of single items to its contract: the same vector in any company, and features of any number.

    Parameters
    ----------
    items : sequence of bytes or str
        At least three that can be read.
    broken : bytes or str, optional
        One that cannot, if there are such.
    """
    name = embedder.name
    assert embedder.obstacle() is None, f"{name} cannot run here: {embedder.obstacle()}"
    found = embedder.vectors(items)
    assert found.values.dtype == np.float32, f"vectors of {name} must be float32"
    assert len(found.values) == len(found.problems) == len(items), f"{name} must embed every item"
    assert np.isfinite(found.values).all(), f"vectors of {name} must be finite"
    assert not any(found.problems), f"{name} must read every item; it says {found.problems}"
    assert np.array_equal(found.values, embedder.vectors(items).values), f"{name} must repeat itself"
    assert embedder.vectors([]).values.shape == (0, found.values.shape[1]), (
        f"no items of {name} have its width"
    )
    alone = np.vstack([embedder.vectors([item]).values for item in items])
    assert np.array_equal(alone, found.values), f"a vector of {name} must not depend on the other items"
    if broken is not None:
        mixed = embedder.vectors([items[0], broken, *items[1:]])
        assert mixed.problems[1].endswith("."), f"{name} must say in a sentence why an item cannot be read"
        with_gap = np.insert(found.values, 1, 0, axis=0)
        assert np.array_equal(mixed.values, with_gap), (
            f"{name} must make zeros of what it cannot read, only of it"
        )
    for n_rows in (1, 2, len(items)):
        for values in (found.values[:n_rows], np.insert(found.values[:n_rows], 1, 0, axis=0)):
            block, again = embedder.block(values, 0), embedder.block(values, 0)
            _check_block(name, block, len(values))
            assert np.array_equal(block.dense, again.dense), f"{name} must repeat itself with the same seed"


def check_source(source: Source, path: Path, corrections: Sequence[Correction], folder: Path) -> None:
    """Hold a format to its contract: rewriting makes the changes and nothing else, restoring undoes them.

    Folders must also be recognized for what they are, before and after, and keep what lies beside the data.

    Parameters
    ----------
    path : Path
        A file or folder of the format.
    corrections : sequence of Correction
        Changes that fit it.
    folder : Path
        Where copies may be written.
    """
    before = source_sha256(path)
    reading = source.read(path, Dialect())
    dialect = reading.dialect
    exact = source.with_raw(path, corrections, dialect)
    assert reading.places.before(exact) == [c.row for c in corrections], (
        f"{source.name} does not find its rows"
    )
    changed, back = folder / f"changed{ending(path)}", folder / f"back{ending(path)}"
    source.rewrite(path, changed, exact, dialect)
    assert source_sha256(path) == before, f"{source.name} wrote to the original"
    _check_changes(source, reading, source.read(changed, dialect), exact)
    source.restore(changed, back, exact, dialect)
    if path.is_dir():
        _check_folder(cast("FolderSource", source), path, exact, folder, dialect)
    again = source.read(back, dialect)
    assert again.table.equals(reading.table), f"{source.name} did not restore the table"
    for name, media in reading.media.items():
        assert again.media[name].hashes == media.hashes, f"{source.name} did not restore the media"
    if source.is_exact:
        is_same = source_sha256(back) == before if path.is_dir() else unpacked(back) == unpacked(path)
        assert is_same, f"{source.name} promises to, and did not come back byte for byte"


def _check_folder(
    source: FolderSource, path: Path, corrections: Sequence[Correction], folder: Path, dialect: Dialect
) -> None:
    """Check that a folder with other files in it is recognized, and that its copies have these files as well."""
    beside = {"notes.pdf": b"%PDF", ".hidden": b"hidden"}
    first, second, third = (folder / f"beside {number}" for number in range(3))
    shutil.copytree(path, first)
    for name, content in beside.items():
        (first / name).write_bytes(content)
    source.rewrite(first, second, corrections, dialect)
    source.restore(second, third, corrections, dialect)
    for each in (first, second, third):
        assert source.recognizes(each), f"{source.name} does not recognize its own folders"
        left = {name: (each / name).read_bytes() for name in beside if (each / name).is_file()}
        assert left == beside, f"{source.name} did not keep what lies beside the data"


def _check_changes(
    source: Source, before: Reading, after: Reading, corrections: Sequence[Correction]
) -> None:
    """Check that corrected rows hold what they should where they are found, and others are as they were, in order."""
    old, new = before.table.to_pylist(), after.table.to_pylist()
    names = {name for name, (role, _) in before.verdicts.items() if role in (Role.ID, *MEDIA_ROLES)}
    places = after.places.after(corrections)
    for correction, place in zip(corrections, places, strict=True):
        dropped = correction.column is None
        assert (place is None) == dropped, f"{source.name} does not find row {correction.row} again"
        if place is not None:
            row = old[correction.row] | {correction.column: correction.new}
            wrong = {name for name, cell in row.items() if new[place][name] != cell}
            assert wrong <= names, f"{source.name} wrote something else into row {correction.row}"
    corrected = {correction.row for correction in corrections}
    kept = [row for i, row in enumerate(old) if i not in corrected]
    assert [row for i, row in enumerate(new) if i not in places] == kept, (
        f"{source.name} wrote other rows anew"
    )
