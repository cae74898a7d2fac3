"""Do the Studio's screens keep to their budgets with a million rows, and with 100,000 images?

    python -m benchmarks.studio.browser [--rows N] [--project DIR] [--images N] [--pictures DIR] [--port 8558]
                                        [--out results.json]

The system's Chromium, without a window and without a GPU, opens Review of the real server. What counts is what is seen:
rows whose boxes lie in the window and are filled, images that have pixels. Ends with 1 if a budget is missed.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.environment import environment
from benchmarks.studio.client import Client, studio
from benchmarks.studio.pictures import make_pictures
from benchmarks.studio.project import make_project

MOST = {
    "first rows painted": 1500.0,
    "table scroll, frame p95": 34.0,
    "jump to row 875,000": 300.0,
    "decision key to shown": 50.0,
    "heap, megabytes": 100.0,
    "gallery scroll, frame p95": 50.0,
    "gallery settled after a fling": 1000.0,
}
"""Milliseconds, but for the heap."""

_IN_PAGE = Path(__file__).with_name("in_page.js").read_text(encoding="utf-8")
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DECISIONS = 20


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--port", type=int, default=8558)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        rows = asked.project or make_project(folder, asked.rows)
        pictures = asked.pictures or make_pictures(folder, asked.images)
        result: dict[str, Any] = {
            "most": MOST,
            **measured(browser, rows, folder / "workspace", asked.port, table),
            **measured(browser, pictures, folder / "workspace", asked.port, gallery),
            "environment": {**environment("playwright"), "chromium": browser.version},
        }
    missed = [name for name, most in MOST.items() if result[name] > most]
    result["missed"] = missed
    print(json.dumps(result, indent=1))
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if missed else 0)


def measured(
    browser: Browser,
    project: Path,
    workspace: Path,
    port: int,
    measure: Callable[[Page, str], dict[str, Any]],
) -> dict[str, Any]:
    """Return what is measured of one project in a browser of its own."""
    with studio(project, workspace, port) as client:
        client.until_open()
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.add_init_script(_IN_PAGE)
        page.set_default_timeout(120_000)
        page.goto(client.address)  # the token becomes a cookie
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")
        found = measure(page, _review(client))
        context.close()
    return found


def table(page: Page, review: str) -> dict[str, Any]:
    """Measure the table, of all rows in the order of the file."""
    page.goto(f"{review}?where=&sort=row&view=table", wait_until="commit")
    first = page.evaluate("measured.firstRows()")
    page.wait_for_load_state("networkidle")
    idle = page.evaluate("measured.scroll(60, 0)")
    scrolled, busy = _scrolled(page, 240, 60)
    settled = page.evaluate("measured.rowsSettled()")
    jump = page.evaluate("measured.jump(0.875)")
    decisions = _decisions(page)
    return {
        "first rows painted": round(first, 1),
        "table scroll, frame p95": _p95(scrolled["times"]),
        "table scroll, processor a frame": busy,
        "no scroll at all, frame p95": _p95(idle["times"]),
        "table scroll, frames without a row": scrolled["empty"],
        "table settled after a scroll": round(settled, 1),
        "jump to row 875,000": round(jump["time"], 1),
        "row after the jump": jump["first"],
        "decision key to shown": _p95(decisions),
        "decision key to shown, median": round(float(np.median(decisions)), 1),
        "heap, megabytes": round(_heap(page), 1),
    }


def gallery(page: Page, review: str) -> dict[str, Any]:
    """Measure the gallery, of all images."""
    page.goto(f"{review}?where=&sort=row&view=gallery", wait_until="commit")
    page.wait_for_selector("[role=rowgroup] [role=row]")
    first = page.evaluate("measured.imagesSettled()")
    scrolled, busy = _scrolled(page, 240, 60)
    page.evaluate("measured.imagesSettled()")
    flung = page.evaluate("measured.scroll(60, 3000)")
    settled = page.evaluate("measured.imagesSettled()")
    return {
        "gallery's first images": round(first, 1),
        "gallery scroll, frame p95": _p95(scrolled["times"]),
        "gallery scroll, processor a frame": busy,
        "gallery scroll, frames without a row": scrolled["empty"],
        "gallery fling, frame p95": _p95(flung["times"]),
        "gallery settled after a fling": round(settled, 1),
    }


def _decisions(page: Page) -> list[float]:
    """Keep some rows by the key, and return how long it took until each was seen; then all is taken back."""
    page.evaluate("measured.jump(0.31)")
    page.evaluate("measured.selectMiddle()")
    times: list[float] = []
    for _ in range(_DECISIONS):
        page.evaluate("measured.ready()")
        page.wait_for_timeout(200)
        shown = page.evaluate_handle("() => ({ seen: measured.decision() })")
        page.keyboard.press("q")
        times.append(page.evaluate("({ seen }) => seen", shown))
    for _ in times:
        page.keyboard.press("z")
        page.wait_for_timeout(200)
    return times


def _scrolled(page: Page, frames: int, pixels: int) -> tuple[dict[str, Any], float]:
    """Return the times of frames, and the processor's milliseconds that the page's thread worked for each."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _worked(session)
    scrolled = page.evaluate(f"measured.scroll({frames}, {pixels})")
    worked = _worked(session) - before
    session.detach()
    return scrolled, round(1000 * worked / frames, 1)


def _worked(session: CDPSession) -> float:
    known = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    seconds: float = known["TaskDuration"]
    return seconds


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used / 1e6


def _p95(times: list[float]) -> float:
    return round(float(np.percentile(times, 95)), 1)


def _review(client: Client) -> str:
    parts = urlsplit(client.address)
    return f"{parts.scheme}://{parts.netloc}/projects/{client.project}/review"


def _chromium() -> str:
    found = os.environ.get("EMENDATA_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise SystemExit("No Chromium is installed. Install one, or set EMENDATA_CHROMIUM.")
    return found


if __name__ == "__main__":
    main()
