"""Progress on a terminal, and its silence elsewhere."""

import io

import pytest

from emendata.cli.progress import progress_bars
from emendata.errors import InputError
from emendata.pipeline import Forecast
from emendata.records import no_progress


class Terminal(io.StringIO):
    """A stream that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def looked_at(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of standard error."""
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return stream


def never() -> Forecast:
    raise AssertionError("nobody looks, so nobody may pay for it")


def test_where_nobody_looks_it_is_silent_and_nothing_is_forecast(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_bars(never) as on_progress:
        on_progress("Reading", 1, 2)
    assert on_progress is no_progress
    assert capfd.readouterr() == ("", "")


def test_where_it_shall_be_quiet_nothing_is_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = looked_at(monkeypatch)
    with progress_bars(never, quiet=True) as on_progress:
        on_progress("Reading", 1, 2)
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("quiet", [False, True])
def test_on_a_terminal_each_stage_has_a_bar_unless_it_shall_be_quiet(
    quiet: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    terminal = looked_at(monkeypatch)
    with progress_bars(quiet=quiet) as on_progress:
        for stage in ("Reading", "Checking"):
            for done in range(4):
                on_progress(stage, done, 3)
    drawn = terminal.getvalue()
    assert ("Reading" in drawn and "Checking" in drawn and "3/3" in drawn) != quiet
    assert quiet == (drawn == "")
    assert capfd.readouterr().out == ""
    assert "The whole audit" not in drawn


def test_the_expected_time_is_said_and_a_bar_for_all_of_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = looked_at(monkeypatch)
    with progress_bars(lambda: Forecast({"Reading": 60.0, "Checking": 120.0})) as on_progress:
        on_progress("Reading", 0, 3)
    drawn = terminal.getvalue()
    assert drawn.index("about 3 minutes") < drawn.index("The whole audit") < drawn.index("Reading")
    assert "3:00 left" in drawn


def test_some_seconds_are_not_worth_saying(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = looked_at(monkeypatch)
    with progress_bars(lambda: Forecast({"Reading": 4.0})) as on_progress:
        on_progress("Reading", 1, 1)
    assert "Time" not in terminal.getvalue()
    assert "0:00 left" in terminal.getvalue()


@pytest.mark.parametrize("stages", [{}, None])
def test_without_a_forecast_there_are_the_bars_of_the_stages(
    stages: dict[str, float] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = looked_at(monkeypatch)

    def expect() -> Forecast:
        if stages is None:
            raise InputError("A column cannot be read.")
        return Forecast(stages)

    with progress_bars(expect) as on_progress:
        on_progress("Reading", 1, 3)
    assert "1/3" in terminal.getvalue()
    assert "The whole audit" not in terminal.getvalue()
