"""Pictures of every screen of the Studio for the documentation: ``make screenshots``."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from tests.studio.process import StudioProcess

import emendata as em
from emendata.studio.examples import write_example

FOLDER = Path(__file__).parent.parent / "docs" / "images" / "studio"
SIZE: ViewportSize = {"width": 1280, "height": 800}
_WAITING = re.compile("^(Opening|Reading|Counting) .*…$")
LABELS = {"library": "area", "digits": None}


def main() -> None:
    """Audit the examples, walk through the Studio, and keep a picture of each screen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        workspace = Path(place) / "emendata"
        sources = {name: write_example(name, workspace / "examples") for name in LABELS}
        for name, source in sources.items():
            print(f"Auditing {name} ...")
            em.Audit(source, label=LABELS[name], mode="quick").run()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with StudioProcess(workspace) as studio:
            page = _opened(browser, studio)
            _opening(page)
            _working(page)
            _others(page, sources, dark=False)
            page.context.close()
            _others(_opened(browser, studio, dark=True), sources, dark=True)
        browser.close()


def _opened(browser: Browser, studio: StudioProcess, *, dark: bool = False) -> Page:
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    page = browser.new_context(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce").new_page()
    page.goto(studio.address)
    return page


def _opening(page: Page) -> None:
    """Home, what is planned, and the run."""
    page.get_by_role("button", name=re.compile("^Try A table")).click()
    page.wait_for_url("**/import?**")
    expect(page.get_by_role("radio")).to_have_count(3)
    expect(page.get_by_text("trying how long it takes")).to_have_count(0, timeout=120_000)
    _keep(page, "import")
    page.get_by_role("radio", name=re.compile("Quick")).click()
    expect(page.get_by_role("radio", name=re.compile("Quick"))).to_be_checked()
    page.get_by_role("button", name="Find issues").click()
    page.get_by_role("region", name="Found until now").get_by_role("listitem").first.wait_for(timeout=120_000)
    _keep(page, "run")
    page.wait_for_url("**/overview", timeout=240_000)


def _working(page: Page) -> None:
    """Overview, review in its three views, bulk, history, export."""
    project = page.url.removesuffix("/overview")
    page.get_by_role("heading", name="Start here").wait_for()
    _keep(page, "overview")
    _go(page, f"{project}/review")
    _keep(page, "review")
    for key in "wqw":
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    _go(page, f"{project}/review?view=focus")
    _keep(page, "focus")
    _go(page, f"{project}/review?queue=sample")
    page.get_by_role("heading", level=2, name="Row").wait_for()
    _keep(page, "sample")
    _go(page, f"{project}/bulk?where=flagged%3Dyes&where=decision%3Dopen")
    page.get_by_role("article", name="of the sample").wait_for()
    for _ in range(4):
        page.keyboard.press("y")
        page.wait_for_timeout(300)
    _keep(page, "bulk")
    page.get_by_role("checkbox", name="Apply without a look").click()
    page.get_by_role("button", name=re.compile("^Change \\d+ rows")).click()
    page.get_by_role("region", name="What was done").wait_for()
    _go(page, f"{project}/history")
    _keep(page, "history")
    _go(page, f"{project}/export")
    _keep(page, "export")


def _others(page: Page, sources: dict[str, Path], *, dark: bool) -> None:
    """Texts and images, home with its projects, and the settings."""
    home = page.url.split("/projects/")[0].rstrip("/")
    suffix = "-dark" if dark else ""
    for name, view in (("library", "table"), ("digits", "gallery")):
        page.goto(home)
        page.get_by_role("textbox", name="Or its path").fill(str(sources[name]))
        page.get_by_role("button", name="Open", exact=True).click()
        page.wait_for_url("**/projects/**")
        _go(page, f"{page.url.rsplit('/', 1)[0]}/review?view={view}&where=check%3Dwrong_label")
        _keep(page, f"review-{name}{suffix}")
    _go(page, home)
    _keep(page, f"home{suffix}")
    if not dark:
        _go(page, f"{home}/settings")
        _keep(page, "settings")


def _go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(_WAITING)).to_have_count(0, timeout=120_000)


def _keep(page: Page, name: str) -> None:
    for _ in range(50):
        page.wait_for_timeout(200)
        if page.evaluate("[...document.images].every(({ complete }) => complete)"):
            break
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(FOLDER / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
