"""Two browsers decide on the same rows at once, and a Studio that is gone for a while."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect
from tests.browser.conftest import NewPage
from tests.browser.projects import audited, example
from tests.studio.process import StudioProcess

import emendata as em

pytestmark = pytest.mark.long

N_ROWS = 8


@pytest.fixture
def tissue(tmp_path: Path) -> Path:
    return audited(example(tmp_path, "tissue"), "diagnosis")


def open_review(page: Page, studio: StudioProcess) -> None:
    page.goto(studio.address)
    page.get_by_role("link", name="Review").click()
    expect(page.get_by_role("button", name="Accept")).to_be_visible()


def decide(page: Page, key: str) -> None:
    """Press the key of a decision, and wait for the next row."""
    row = page.get_by_role("heading", level=2, name="Row")
    shown = row.inner_text()
    page.keyboard.press(key)
    expect(row).not_to_have_text(shown)
    page.wait_for_timeout(200)


def wait_for_rows_ahead(page: Page) -> None:
    """Wait until the browser has what it asks for ahead of time: for two seconds nothing of a row arrives."""
    arrived = True

    def note(response: Response) -> None:
        nonlocal arrived
        arrived = arrived or "/rows/" in response.url

    page.on("response", note)
    while arrived:
        arrived = False
        page.wait_for_timeout(2000)


def test_both_logs_are_complete_and_the_state_is_one(tissue: Path, tmp_path: Path, new_page: NewPage) -> None:
    with StudioProcess(tmp_path / "studio", opened=tissue) as studio:
        one, other = new_page(), new_page()
        for page in (one, other):
            open_review(page, studio)
        for _ in range(N_ROWS):
            decide(one, "w")
            decide(other, "q")
        for page in (one, other):
            page.wait_for_timeout(500)
            page.reload()
            expect(page.get_by_role("button", name="Accept")).to_be_visible()
            page.close()
    log = em.Audit.reopen(tissue).decisions
    kinds = [event.kind for event in log.events]
    assert (kinds.count("relabel"), kinds.count("keep")) == (N_ROWS, N_ROWS)
    last = {(event.row_id, event.column): event.kind for event in log.events}
    assert {place: decision.kind for place, decision in log.standing.items()} == last


def test_decisions_wait_in_the_browser_for_a_studio_that_is_gone(
    tissue: Path, tmp_path: Path, new_page: NewPage
) -> None:
    with StudioProcess(tmp_path / "studio", opened=tissue) as studio:
        page = new_page(expected="Failed to load resource")
        open_review(page, studio)
        decide(page, "w")
        wait_for_rows_ahead(page)
        studio.kill()
        for _ in range(3):
            decide(page, "w")
        expect(page.get_by_text("3 decisions are kept in this browser")).to_be_visible()
        assert len(em.Audit.reopen(tissue).decisions.events) == 1
        studio.start()
        page.goto(studio.address)
        page.get_by_role("link", name="Review").click()
        expect(page.get_by_role("button", name="Accept")).to_be_visible()
        expect(page.get_by_text("are kept in this browser")).to_be_hidden()
        page.wait_for_timeout(500)
    events = em.Audit.reopen(tissue).decisions.events
    assert [event.kind for event in events] == ["relabel"] * 4
    assert len({event.row_id for event in events}) == 4
