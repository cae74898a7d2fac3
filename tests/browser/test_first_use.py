"""As a new user would: data in, one button, twenty rows by keyboard, the rest in bulk, and the corrected data out."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from sklearn.datasets import load_digits
from tests.studio.process import StudioProcess

import emendata as em
from emendata.corrections import Subject, apply_patch
from emendata.selection import plan_bulk

N_REVIEWED = 20
N_UNDONE = 3


def flowers_table(folder: Path) -> Path:
    """A table of three kinds, of whose labels one in eight is wrong."""
    rng = np.random.default_rng(2)
    folder.mkdir(exist_ok=True)
    path = folder / "flowers.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["petal", "sepal", "stem", "kind"])
        for number in range(480):
            true = number % 3
            given = (true + 1 + number % 2) % 3 if rng.random() < 0.125 else true
            point = rng.normal(size=3) + 2.5 * true
            writer.writerow([*(f"{value:.2f}" for value in point), ("iris", "rose", "tulip")[given]])
    return path


def digits_folder(folder: Path) -> Path:
    """A folder of images of digits for each label, some in the wrong one."""
    from PIL import Image

    rng = np.random.default_rng(4)
    digits = load_digits(n_class=4)
    root = folder / "digits"
    for number, (image, true) in enumerate(zip(digits.images[:400], digits.target, strict=False)):
        given = (true + 1) % 4 if rng.random() < 0.125 else true
        place = root / f"digit {given}"
        place.mkdir(parents=True, exist_ok=True)
        pixels = np.kron(255 - image * 15.9, np.ones((6, 6))).astype(np.uint8)
        Image.fromarray(pixels).save(place / f"{number:04d}.png")
    return root


def drop(page: Page, studio: StudioProcess, button: str, chosen: Path) -> None:
    """Open the Studio, choose data, press the one button, and wait for what was found."""
    page.goto(studio.address)
    page.get_by_label(button).and_(page.locator("input")).set_input_files(chosen)
    page.wait_for_url("**/import?**")
    expect(page.get_by_role("heading", name="Find label errors")).to_be_visible()
    quick = page.get_by_role("radio", name="Quick")
    quick.click()
    expect(quick).to_be_checked()
    page.get_by_role("button", name="Find issues").click()
    page.wait_for_url("**/overview", timeout=240_000)


def review(page: Page) -> None:
    """Take twenty suggestions by keyboard, and take three of them back."""
    press(page, "g", "r")
    page.wait_for_url("**/review**")
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    announced = page.get_by_test_id("announcer")
    for _ in range(N_REVIEWED):
        row = page.get_by_role("heading", level=2, name="Row").inner_text()
        press(page, "w")
        expect(page.get_by_role("heading", level=2, name="Row")).not_to_have_text(row)
    for _ in range(N_UNDONE):
        press(page, "z")
    expect(announced).to_contain_text("Taken back")


def fix_in_bulk(page: Page) -> None:
    """Look at the sample by keyboard, say yes to each, and change the rest at once."""
    press(page, "b")
    page.wait_for_url("**/bulk**")
    card = page.get_by_role("article", name="of the sample")
    expect(card).to_be_visible()
    press(page, "y")  # the first brings the card into view
    while card.is_visible():
        press(page, "y")
    press(page, "Shift+B")
    expect(page.get_by_role("region", name="What was done")).to_be_visible()


def export(page: Page) -> None:
    press(page, "g", "x")
    page.wait_for_url("**/export**")
    page.get_by_role("button", name="Write the files").click()
    expect(page.get_by_role("region", name="Files that were written")).to_be_visible()


def press(page: Page, *keys: str) -> None:
    """Press keys as fast as a person who is quick: the page lets nobody decide twice in 150 ms."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(250)


def by_python(source: Path, label: str | None, corrected: Path) -> None:
    """Do the same to data of one's own with the library alone."""
    audit = em.Audit(source, label=label, mode="quick").run()
    column, rows, log = audit.dataset.label, audit.rows, audit.decisions
    assert column is not None
    given = audit.dataset.table[column].to_pylist()
    worst = rows.ordered(["flagged=yes"])[:N_REVIEWED]
    accepted = plan_bulk(rows, worst, "accept")
    for row in worst.tolist():
        log.decide("relabel", Subject(row, rows.row_ids[row], column, given[row]), accepted.new(row))
    for _ in range(N_UNDONE):
        log.undo()
    rows.refresh()
    plan_bulk(rows, rows.ordered(["flagged=yes", "decision=open"]), "accept").apply(log)
    apply_patch(audit.patch(reviewed_only=True), source, corrected)


def content(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of every file of a folder by its path there."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


@pytest.mark.parametrize(
    ("make", "button"),
    [
        pytest.param(flowers_table, "Choose a file", id="csv"),
        pytest.param(digits_folder, "Choose a folder", id="images", marks=pytest.mark.long),
    ],
)
def test_from_a_drop_to_the_corrected_copy(
    tmp_path: Path, page: Page, make: Callable[[Path], Path], button: str
) -> None:
    source = make(tmp_path)
    with StudioProcess(tmp_path / "studio") as studio:
        drop(page, studio, button, source)
        review(page)
        fix_in_bulk(page)
        export(page)
    (exports,) = (tmp_path / "studio").rglob("exports")
    twin = make(tmp_path / "twin")
    corrected = tmp_path / f"{source.stem}.corrected{source.suffix}"
    by_python(twin, "kind" if source.is_file() else None, corrected)
    exported = exports / corrected.name
    assert content(exported) == content(corrected)
    assert content(source) == content(twin) != content(corrected)
