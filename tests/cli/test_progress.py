import io

import pytest

from emendata.cli.progress import progress_bars
from emendata.records import no_progress


class Terminal(io.StringIO):
    """A stream that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_where_nobody_looks_it_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_bars() as on_progress:
        on_progress("Reading", 1, 2)
    assert on_progress is no_progress
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("quiet", [False, True])
def test_on_a_terminal_each_stage_has_a_bar_unless_it_shall_be_quiet(
    quiet: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with progress_bars(quiet=quiet) as on_progress:
        for stage in ("Reading", "Checking"):
            for done in range(4):
                on_progress(stage, done, 3)
    drawn = stream.getvalue()
    assert ("Reading" in drawn and "Checking" in drawn and "3/3" in drawn) != quiet
    assert quiet == (drawn == "")
    assert capfd.readouterr().out == ""
