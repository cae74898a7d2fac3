import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.docs.blocks import ROOT

_LOADS = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "video": "src"}
_HINTS = {"canonical", "next", "prev"}  # links that a browser does not follow by itself


class Loads(HTMLParser):
    """Collects what a browser fetches on its own when it opens a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _LOADS and values.get("rel") not in _HINTS:
            self.found.append(values.get(_LOADS[tag]) or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_builds_and_no_page_loads_anything_from_outside(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        reader = Loads()
        reader.feed(page.read_text("utf-8"))
        outside = [one for one in reader.found if re.match(r"(?:\w+:)?//", one)]
        assert not outside, f"{page.relative_to(site)} loads {outside}"


def test_the_reference_shows_the_public_functions(site: Path) -> None:
    page = (site / "reference" / "python" / "index.html").read_text("utf-8")
    assert all(
        f'id="emendata.{name}"' in page for name in ("find_label_issues", "score_labels", "open_dataset")
    )
    assert 'id="emendata.Audit.run"' in page
