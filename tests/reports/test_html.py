import base64
import hashlib
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from tests.reports import sample
from tests.reports.page import Page

from emendata.records import Summary
from emendata.reports import render_html, write_html

NAMES = sorted(sample.all_samples())


@pytest.fixture(scope="module")
def summaries() -> dict[str, Summary]:
    return sample.all_samples()


@pytest.fixture(scope="module")
def pages(summaries: dict[str, Summary]) -> Callable[[str], tuple[str, Page]]:
    made: dict[str, tuple[str, Page]] = {}

    def page(name: str) -> tuple[str, Page]:
        if name not in made:
            source = render_html(summaries[name])
            made[name] = source, Page(source)
        return made[name]

    return page


Pages = Callable[[str], tuple[str, Page]]


@pytest.mark.parametrize("name", NAMES)
def test_every_tag_that_opens_is_closed_in_its_place(name: str, pages: Pages) -> None:
    page = pages(name)[1]
    assert page.nesting_errors == []
    assert page.open == []


@pytest.mark.parametrize("name", NAMES)
def test_every_id_is_there_once_and_every_link_leads_to_one(name: str, pages: Pages) -> None:
    page = pages(name)[1]
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", one) for one in ids)
    targets = [href.removeprefix("#") for href in page.values("href")]
    targets += [one for value in page.values("aria-labelledby") for one in value.split()]
    assert set(targets) <= set(ids)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_loaded_from_anywhere(name: str, pages: Pages) -> None:
    source, page = pages(name)
    assert page.values("src") == []
    assert all(href.startswith("#") for href in page.values("href"))
    assert not list(page.named("link"))
    style = source[source.index("<style>") : source.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("name", NAMES)
def test_the_policy_lets_no_script_run_but_the_one_of_the_page(name: str, pages: Pages) -> None:
    page = pages(name)[1]
    assert len(page.scripts) == 1
    digest = base64.b64encode(hashlib.sha256(page.scripts[0].encode()).digest()).decode()
    policy = next(attrs["content"] for attrs in page.named("meta") if attrs.get("http-equiv"))
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("name", NAMES)
def test_every_percentage_stands_behind_its_count(name: str, pages: Pages) -> None:
    text = re.sub(r"\s+", " ", pages(name)[1].text)
    with_count = re.findall(r"\d of [\d,]+ ?[^()%]{0,40}\([<>\d.–]+ %\)", text)
    assert text.count("%") == len(with_count) + text.count("{% raw %}") * 2


@pytest.mark.parametrize("name", NAMES)
def test_a_page_stays_small(name: str, pages: Pages) -> None:
    assert len(pages(name)[0].encode("utf-8", "replace")) < 1_000_000


@pytest.mark.parametrize("name", NAMES)
def test_the_same_summary_gives_the_same_page(name: str, pages: Pages) -> None:
    assert render_html(sample.all_samples()[name]) == pages(name)[0]


@pytest.mark.parametrize("name", NAMES)
def test_headings_never_skip_a_level(name: str, pages: Pages) -> None:
    levels = [int(tag[1]) for tag, _ in pages(name)[1].tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_a_caption_and_every_heading_a_scope(name: str, pages: Pages) -> None:
    page = pages(name)[1]
    assert len(list(page.named("caption"))) == len(list(page.named("table")))
    assert all(attrs.get("scope") in ("row", "col") for attrs in page.named("th"))
    assert all(attrs.get("aria-label") for attrs in page.named("svg"))


def test_hostile_cells_stay_text(pages: Pages) -> None:
    source, page = pages("hostile")
    assert not list(page.named("img"))
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert "evil.example" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", source)
    assert "nul ␀ bell ␇" in page.text


def test_a_huge_cell_is_clipped_and_says_how_long_it_was(pages: Pages) -> None:
    source, page = pages("hostile")
    assert "of 10,000,000 characters" in re.sub(r"\s+", " ", page.text)
    assert "x" * 2_001 not in source


def test_a_failed_check_shows_its_message_and_its_traceback(pages: Pages) -> None:
    source, page = pages("failed")
    assert "Failed checks" in page.text
    assert "IndexError: index 0 is out of bounds" in page.text
    assert "groups = &lt;pairs&gt;[0]" in source


def test_a_check_that_did_not_apply_says_why(pages: Pages) -> None:
    assert "No column with features has an empty cell." in pages("text")[1].text


def test_a_table_without_label_has_no_section_about_labels(pages: Pages) -> None:
    page = pages("table")[1]
    assert {"classes", "flows", "models"}.isdisjoint(page.values("id"))
    assert "no label column" in page.text


def test_nothing_found_is_said_in_words(pages: Pages) -> None:
    text = pages("spotless")[1].text
    assert "None of 7,528 labels looks wrong." in text
    assert "no check found anything" in text


def test_small_classes_are_folded_and_many_classes_become_a_list(pages: Pages) -> None:
    assert "8 classes with" in pages("text")[1].text
    assert "matrix" in pages("text")[1].values("class")
    assert "matrix" not in pages("wide")[1].values("class")
    assert "and 80 more pairs" in pages("wide")[1].text


def test_nearest_rows_say_which_label_they_support(pages: Pages) -> None:
    text = pages("text")[1].text
    assert "as suggested" in text
    assert "as given" in text


def test_a_duplicate_links_to_the_cards_of_its_twins(pages: Pages) -> None:
    assert "#check-EM301-row-100" in pages("text")[1].values("href")


def test_a_page_is_written_whole(tmp_path: Path, pages: Pages) -> None:
    write_html(sample.text_with_20_classes(), tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == pages("text")[0]
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
