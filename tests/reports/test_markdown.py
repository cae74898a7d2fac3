import dataclasses
import re
from pathlib import Path

import pytest
from markdown import markdown
from tests.reports import sample

from emendata.reports import render_markdown, write_markdown

NAMES = sorted(sample.all_samples())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_the_data_holds_is_read_as_markup(name: str) -> None:
    page = markdown(render_markdown(sample.all_samples()[name]), extensions=["tables"])
    tags = {tag.lower() for tag in re.findall(r"<(\w+)", page)}
    assert tags <= {"h1", "h2", "p", "strong", "em", "blockquote", "table", "thead", "tbody", "tr", "th", "td"} | {
        "ul", "li", "code",
    }  # fmt: skip
    assert "<em>" not in page


def test_names_addresses_and_formulas_call_nobody_and_link_nowhere() -> None:
    hostile = "@octocat see https://evil.example/x www.evil.example [a](b) $x$ `c` |d| # e"
    base = sample.text_with_20_classes()
    source = render_markdown(dataclasses.replace(base, name=hostile, notes=(f"# {hostile}",)))
    for sign in ("@octocat", "://", "www.", "[a]", "$x", " `c`", "|d"):
        assert sign not in source
    page = markdown(source, extensions=["tables"])
    assert "<h1>&#64;octocat see https&#58;//evil.example/x" in page
    assert page.count("<h1>") == 1


def test_a_percentage_stands_behind_its_count_and_every_card_says_its_row() -> None:
    source = render_markdown(sample.text_with_20_classes())
    assert "**Between 312 and 498 of 7,528 labels look wrong (4.1–6.6 %).**" in source
    assert "| 405 of 7,540 rows (5.4 %) |" in source
    assert (
        "- **row 100, q-00100** channel: ~~chta~~ → **chat** (or chart, cheat). 'chta' stands once" in source
    )
    assert "- There is no column of images: `dark`, `light`" in source
    assert "- and 400 more" in source
    with_count = re.findall(r"\d of [\d,]+ ?[^()%]{0,40}\([<>\d.–]+ %\)", source)
    assert source.count("%") == len(with_count)


def test_a_failed_check_is_named_with_its_reason() -> None:
    assert re.search(r"\| failed \| IndexError: index 0", render_markdown(sample.failed()))


def test_the_file_holds_the_same(tmp_path: Path) -> None:
    write_markdown(sample.failed(), tmp_path / "report.md")
    assert (tmp_path / "report.md").read_text("utf-8") == render_markdown(sample.failed())
