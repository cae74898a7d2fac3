import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console
from tests.reports import sample

from emendata.reports import render_text, terminal

NAMES = sorted(sample.all_samples())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [60, 100])
def test_no_line_is_wider_than_asked_and_no_escape_is_printed(name: str, width: int) -> None:
    text = render_text(sample.all_samples()[name], width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_fits_on_two_screens(name: str) -> None:
    assert render_text(sample.all_samples()[name]).count("\n") <= 100


@pytest.mark.parametrize("name", NAMES)
def test_every_percentage_stands_behind_its_count(name: str) -> None:
    text = render_text(sample.all_samples()[name], width=160)
    with_count = re.findall(r"\d of [\d,]+ ?[^()%]{0,40}\([<>\d.–]+ %\)", text)
    assert text.count("%") == len(with_count)


def test_the_headline_gives_the_estimate_as_a_range() -> None:
    text = render_text(sample.text_with_20_classes())
    assert "Between 312 and 498 of 7,528 labels look wrong (4.1–6.6 %)." in text
    assert "activate_my_card → balance_transfer (0.97)" in text


def test_a_table_without_label_says_what_was_looked_at() -> None:
    text = render_text(sample.table_without_label())
    assert "471 of 7,540 rows (6.2 %) have something that looks wrong." in text
    assert "3 of 4 checks that ran found errors." in text
    assert "number   30" in text
    assert "Worst labels" not in text


def test_a_failed_check_is_shown_with_its_reason() -> None:
    assert re.search(r"EM302 .*FAILED: IndexError", render_text(sample.failed()))


def test_markup_and_emoji_codes_in_cells_are_printed_as_they_are() -> None:
    base = sample.text_with_20_classes()
    text = render_text(type(base)(**{**vars(base), "name": "[bold]x[/bold] :warning:"}))
    assert text.startswith("[bold]x[/bold] :warning:")


def test_a_console_with_colours_gets_them() -> None:
    out = io.StringIO()
    Console(file=out, force_terminal=True, color_system="standard", width=100).print(
        terminal(sample.failed())
    )
    assert "\x1b[" in out.getvalue()
