"""Every screen, light and dark, under axe-core."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewPage
from tests.browser.projects import audited, example
from tests.studio.process import StudioProcess

pytestmark = pytest.mark.long

PLACES = (
    "run",
    "overview",
    "review",
    "review?view=gallery",
    "review?view=focus",
    "review?queue=sample",
    "bulk",
    "history",
    "export",
)
BAD = ("serious", "critical")


def serious(page: Page) -> list[str]:
    """Return what axe-core finds that keeps people out, each with the elements that it is about."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']} at {node['target']}"
        for one in found
        if one["impact"] in BAD
        for node in one["nodes"]
    ]


def settled(page: Page) -> None:
    """Wait until a screen has its data."""
    expect(page.get_by_role("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_screen_keeps_anybody_out(tmp_path: Path, new_page: NewPage, *, dark: bool) -> None:
    project = audited(example(tmp_path, "tissue"), "diagnosis")
    page = new_page(dark=dark)
    found: dict[str, list[str]] = {}
    with StudioProcess(tmp_path / "studio", opened=project) as studio:
        page.goto(studio.address)
        settled(page)
        here = page.url.removesuffix("/overview")
        home = here.split("/projects/")[0]
        for address in (home + "/", home + "/settings", *(f"{here}/{place}" for place in PLACES)):
            page.goto(address)
            settled(page)
            found[address.removeprefix(home)] = serious(page)
    assert {address: said for address, said in found.items() if said} == {}
