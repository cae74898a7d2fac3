"""A real Chromium, and a page in it whose every error and every call to elsewhere fails the test."""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium; without one its tests are skipped loudly, and fail on CI."""
    found = os.environ.get("EMENDATA_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        said = "no Chromium is installed, so no screen was tried; install one or set EMENDATA_CHROMIUM"
        pytest.fail(said) if os.environ.get("CI") == "true" else pytest.skip(said)
    browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
    yield browser
    browser.close()


class Watched:
    """What a page said and asked for that it should not have."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.errors.append(f"asked for {address}")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser of its own, for people who see no error and whose data stays here."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    watched = Watched(page)
    yield page
    context.close()
    assert watched.errors == []
