"""Datasets that try to run something, and ones that are too long, too wide or written the other way round."""

import csv
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Dialog, Page, expect
from tests.browser.projects import audited
from tests.studio.process import StudioProcess

pytestmark = pytest.mark.long

ATTACKS = (
    "<img src=x onerror=\"document.title='hacked'\">",
    "<script>document.title='hacked'</script>",
    "javascript:document.title='hacked'",
    '=HYPERLINK("http://example.org/?"&A1,"click")',
    "</textarea><svg onload=alert(1)>",
    "{{7*7}}${7*7}",
    "שלום עולם, זה משפט מימין לשמאל",
    "这是一条没有空格的中文句子这是一条没有空格的中文句子",
    "\u202eevil\u202c \u0000\u0007 \ufffe",
    "long " * 200_000,
)
CLASSES = ("<b>good</b>", "</script><script>alert(2)</script>", "=cmd|' /C calc'!A0")
PLACES = ("Overview", "Review", "Bulk fix", "History", "Export")


def hostile_table(folder: Path) -> Path:
    """A table in which everything that a person may type is hostile, the file's name as well."""
    rng = np.random.default_rng(3)
    path = folder / "x<img src=x onerror=alert(3)>&'.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["weight", "<i>height</i>", "text", "label"])
        for number in range(240):
            true = number % 3
            given = (true + 1) % 3 if number % 12 == 0 else true
            words = ATTACKS[number] if number < len(ATTACKS) else f"{ATTACKS[number % 6]} {number}"
            point = rng.normal(size=2) + 3 * true
            writer.writerow(
                [f"{point[0]:.3f}", f"{point[1]:.3f}", words.replace("\u0000", ""), CLASSES[given]]
            )
    return path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    return audited(hostile_table(tmp_path), "label")


def test_nothing_of_a_dataset_is_executed_on_any_screen(hostile: Path, tmp_path: Path, page: Page) -> None:
    dialogs: list[str] = []

    def noted(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", noted)
    with StudioProcess(tmp_path / "studio", opened=hostile) as studio:
        page.goto(studio.address)
        for place in PLACES:
            page.get_by_role("link", name=place, exact=False).first.click()
            expect(page.get_by_role("main")).to_contain_text("")
            page.wait_for_load_state("networkidle")
            if place == "Review":
                expect(page.get_by_role("row").nth(1)).to_be_visible()
                for _ in range(12):
                    page.keyboard.press("j")
                    page.wait_for_timeout(80)
                page.keyboard.press("w")
            page.wait_for_timeout(300)
            assert (
                page.evaluate(
                    "document.querySelectorAll('main script, main img[src=x], main svg[onload]').length"
                )
                == 0
            )
            assert "hacked" not in page.title()
    assert dialogs == []
