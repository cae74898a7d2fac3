"""The random sample, answered by keyboard: the interval that Overview shows is that of the Python API."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewPage
from tests.browser.projects import audited, example
from tests.browser.test_access import serious, settled
from tests.studio.process import StudioProcess

import emendata as em

pytestmark = pytest.mark.long

_HOLD_MS = 250  # decisions wait a moment once a new row is under the keys
_MOST = 45  # with questions that come again


def _answer(page: Page, step: int) -> None:
    """Answer the question in front, and wait for the next one."""
    question = page.get_by_role("main").get_by_role("heading", level=2, name="Row ")
    before = question.inner_text()
    page.wait_for_timeout(_HOLD_MS)
    takes = step % 3 == 0 and page.get_by_role("button", name="Accept").is_enabled()
    page.keyboard.press("w" if takes else "q")
    expect(question).not_to_have_text(before)


def test_thirty_answers_by_keyboard_lead_to_the_interval_of_the_python_api(
    tmp_path: Path, new_page: NewPage
) -> None:
    project = audited(example(tmp_path, "tissue"), "diagnosis")
    page = new_page()
    with StudioProcess(tmp_path / "studio", opened=project) as studio:
        page.goto(studio.address)
        page.get_by_role("link", name="Answer 30 randomly drawn rows").click()
        expect(page.get_by_text("0 of 30 answered")).to_be_visible()
        done = page.get_by_text("30 of 60 answered")
        for step in range(_MOST):
            _answer(page, step)
            if done.is_visible():
                break
        expect(done).to_be_visible()
        settled(page)
        assert serious(page) == []
        page.keyboard.press("g")
        page.keyboard.press("o")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("by 30 that were reviewed")
        audit = em.Audit.reopen(project)
        rate, n_found = audit.evidence().rate, audit.review().n_found
        assert rate is not None
        assert {event.stream for event in audit.decisions.answers} >= {"audit", "repeat"}
        n = audit.summary.n_labeled
        low, high = (max(round(part * n), n_found) for part in (rate.low, rate.high))
        expect(heading).to_contain_text(f"Between {low} and {high} of {n} labels are wrong")
        expect(page.get_by_role("link", name=f"{low}–{high} of {n} labels are wrong")).to_be_visible()
        left = f"{low - n_found}–{high - n_found} left by the estimate"
        expect(page.get_by_role("listitem").filter(has_text=left)).to_contain_text(f"{n_found} found wrong")
