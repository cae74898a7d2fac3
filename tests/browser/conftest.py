"""A real Chromium, and pages in it whose every error and every call to elsewhere fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

expect.set_options(timeout=30_000)

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

    def unexpected(self, expected: str | None) -> list[str]:
        """Return the errors, but those that the test provokes."""
        return [error for error in self.errors if expected is None or expected not in error]


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Make pages of browsers of their own: ``new_page(width=1440, expected="a part of provoked errors")``."""
    opened: list[tuple[Page, Watched, str | None]] = []

    def make(
        *, width: int = 1440, height: int = 900, expected: str | None = None, dark: bool = False
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        opened.append((page, Watched(page), expected))
        return page

    yield make
    for page, _, _ in opened:
        page.context.close()
    assert [error for _, watched, expected in opened for error in watched.unexpected(expected)] == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One such page, which provokes no error."""
    return new_page()
