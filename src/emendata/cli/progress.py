"""Progress on the terminal, with a time estimate; silent where nobody looks."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.live import Live
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress_bar import ProgressBar
from rich.text import Text

from emendata.cli.durations import clock_time, duration_in_words
from emendata.records import OnProgress, no_progress

if TYPE_CHECKING:
    from emendata.pipeline import Forecast, Outlook

__all__ = ["progress_bars"]

_log = logging.getLogger(__name__)
_NAME = TextColumn("{task.description:<38}")
_BAR_WIDTH = 20
_WORTH_SAYING = 10.0  # seconds


@contextmanager
def progress_bars(
    expect: "Callable[[], Forecast] | None" = None, *, quiet: bool = False
) -> Iterator[OnProgress]:
    """Yield an ``on_progress`` that draws bars on standard error, if that is a terminal: one for all, one a stage.

    Parameters
    ----------
    expect : callable, optional
        Called once, before the bars are drawn, and only if they are: how long the stages are expected to take.
    quiet : bool
        Draw nothing.
    """
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield no_progress
        return
    outlook = _look_ahead(expect, console) if expect else None
    stages = Progress(
        _NAME,
        BarColumn(bar_width=_BAR_WIDTH),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]left"),
        TimeRemainingColumn(),
        console=console,
    )
    parts = [stages] if outlook is None else [_overall(outlook, console), stages]
    tasks: dict[str, int] = {}

    def on_progress(stage: str, done: int, total: int) -> None:
        if outlook is not None:
            outlook.report(stage, done, total, time.monotonic())
        if stage not in tasks:
            tasks[stage] = stages.add_task(stage, total=total)
        stages.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

    with Live(Group(*parts), console=console, transient=True):
        yield on_progress


def _look_ahead(expect: "Callable[[], Forecast]", console: Console) -> "Outlook | None":
    """Say how long it will take, if it is worth saying; return None if nobody knows."""
    from emendata.pipeline import Outlook

    try:
        with console.status("Looking how long it will take"):
            forecast = expect()
    except Exception:  # whatever it is, the audit meets it as well, and says so better
        _log.info("no forecast", exc_info=True)
        return None
    if forecast.seconds >= _WORTH_SAYING:
        console.print(f"Time     {duration_in_words(forecast.seconds)}", highlight=False)
    return Outlook(forecast.stages, time.monotonic()) if forecast.stages else None


def _overall(outlook: "Outlook", console: Console) -> Progress:
    overall = Progress(_NAME, _PartColumn(outlook), _LeftColumn(outlook), console=console)
    overall.add_task("The whole audit", total=None)
    return overall


class _PartColumn(ProgressColumn):
    """A bar of the part of all the time that is over."""

    def __init__(self, outlook: "Outlook") -> None:
        super().__init__()
        self._outlook = outlook

    def render(self, task: Task) -> ProgressBar:
        return ProgressBar(total=1.0, completed=self._outlook.part_done(time.monotonic()), width=_BAR_WIDTH)


class _LeftColumn(ProgressColumn):
    """The time that all of it still takes."""

    def __init__(self, outlook: "Outlook") -> None:
        super().__init__()
        self._outlook = outlook

    def render(self, task: Task) -> Text:
        left = clock_time(self._outlook.seconds_left(time.monotonic()))
        return Text(f"{left} left", style="progress.remaining")
