"""One sitting of a review: questions on the screen, keys to the log."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from emendata.cli.keys import Keyboard
from emendata.cli.pictures import show_picture
from emendata.cli.review_screen import HELP, keys_line, question_view
from emendata.corrections import ProposalQueue, Question, ReviewQueue
from emendata.errors import InputError, UnknownName
from emendata.features.image_reading import read_image
from emendata.records import Decision, DecisionKind, Role

__all__ = ["Session"]

_STOP = frozenset(("x", "X", "\x1b", "\x03", "\x04"))
_JUDGEMENTS: dict[str, DecisionKind] = {
    "q": "keep",
    "b": "both_right",
    "0": "neither_right",
    "n": "needs_review",
}
_SIDE = 512  # pixels that a picture is decoded to


class Session:
    """Asks one question after the other; an answer is on the disk before the next is shown.

    Parameters
    ----------
    queue : ReviewQueue or ProposalQueue
    console : Console
    status : callable
        Says how far the review is, given how many questions were answered now.
    """

    def __init__(
        self, queue: ReviewQueue | ProposalQueue, console: Console, status: Callable[[int], Text]
    ) -> None:
        self.n_answered = 0
        self._status = status
        self._queue = queue
        self._console = console
        self._keyboard = Keyboard()

    def run(self) -> None:
        """Ask until there is nothing left, or the person stops."""
        with self._keyboard.keys() as keys:
            while (question := self._queue.next()) is not None:
                self._show(question)
                if not self._settle(question, keys):
                    return
        self._console.print("Nothing is left to ask.", style="bold green")

    def _settle(self, question: Question, keys: Iterator[str]) -> bool:
        """Read keys until the question is answered or left; False to stop."""
        for key in keys:
            if key in _STOP:
                return False
            try:
                if self._act(key)(question):
                    return True
            except InputError as error:
                self._console.print(str(error), style="yellow")
        return False

    def _act(self, key: str) -> Callable[[Question], bool]:
        """Return what a key does: it takes the question, and says whether to go on to the next."""
        small = key.lower()
        if key in "123456789":
            return lambda question: self._choose(question, int(key))
        if small in _JUDGEMENTS:
            return lambda question: self._judge(question, _JUDGEMENTS[small])
        actions: dict[str, Callable[[Question], bool]] = {
            "w": self._accept,
            "l": self._type,
            "e": self._exclude,
            "c": self._comment,
            "s": self._skip,
            "t": self._show_all,
            " ": self._show_all,
            "v": self._open_media,
            "z": self._redo if key == "Z" else self._undo,
        }
        return actions.get(small, self._help)

    # -- answers --------------------------------------------------------------------------------------

    def _accept(self, question: Question) -> bool:
        if question.proposal is not None:
            return self._answered(self._queue.answer(question, question.proposal.kind, question.proposal.new))
        if question.suggested is None:
            raise InputError("There is no suggestion to take. Q keeps, L takes a value that you type.")
        return self._set(question, question.suggested)

    def _choose(self, question: Question, number: int) -> bool:
        if number > len(question.choices):
            raise InputError(f"There is no choice {number}.")
        return self._set(question, question.choices[number - 1][0])

    def _type(self, question: Question) -> bool:
        if question.subject.column is None:
            raise InputError("This is about the whole row: Q keeps it, E excludes it.")
        value = self._keyboard.line("Right value: ")
        return bool(value) and self._set(question, self._as_written(question, value))

    def _judge(self, question: Question, kind: DecisionKind) -> bool:
        if question.subject.column is None and kind in ("both_right", "neither_right"):
            raise InputError("This is about the whole row: Q keeps it, E excludes it.")
        return self._answered(self._queue.answer(question, kind))

    def _exclude(self, question: Question) -> bool:
        whole = replace(question, subject=replace(question.subject, column=None, old=None))
        return self._answered(self._queue.answer(whole, "exclude"))

    def _set(self, question: Question, value: str) -> bool:
        if value == question.given:
            return self._answered(self._queue.answer(question, "keep"))
        is_label = question.subject.column == self._queue.dataset.label
        return self._answered(self._queue.answer(question, "relabel" if is_label else "set_cell", value))

    def _as_written(self, question: Question, value: str) -> str:
        """Return a class as it is written in the data, whatever case was typed; of other columns what was typed."""
        if question.subject.column != self._queue.dataset.label or not question.choices:
            return value
        known = {name.lower(): name for name, _ in question.choices}
        if value.lower() not in known:
            raise UnknownName.among("class", value, [name for name, _ in question.choices])
        return known[value.lower()]

    def _answered(self, decisions: list[Decision]) -> bool:
        self.n_answered += 1
        if len(decisions) > 1:
            self._console.print(f"And {len(decisions) - 1:,} that are the same or nearly.", style="dim")
        return True

    # -- the rest -------------------------------------------------------------------------------------

    def _comment(self, question: Question) -> bool:
        self._queue.log.decide(
            "comment", question.subject, reason=self._keyboard.line("Comment: "), stream=question.stream
        )
        return False

    def _skip(self, question: Question) -> bool:
        self._queue.skip(question)
        return True

    def _undo(self, question: Question) -> bool:
        return self._tell("Taken back", self._queue.log.undo(), -1)

    def _redo(self, question: Question) -> bool:
        return self._tell("Done again", self._queue.log.redo(), 1)

    def _tell(self, what: str, decisions: Sequence[Decision], change: int) -> bool:
        self.n_answered = max(self.n_answered + change, 0)
        first, more = decisions[0], len(decisions) - 1
        rows = f"row {first.row:,}" + (f" and {more:,} more" if more else "")
        self._console.print(f"{what}: {first.kind.replace('_', ' ')}, {rows}.", style="yellow")
        return True

    def _help(self, question: Question) -> bool:
        self._console.print(HELP)
        return False

    def _show_all(self, question: Question) -> bool:
        self._show(question, full=True)
        return False

    def _show(self, question: Question, *, full: bool = False) -> None:
        self._console.rule(style="dim")
        self._console.print(self._status(self.n_answered))
        if self._console.is_terminal:
            self._show_pictures(question)
        cells, nearest = self._queue.cells(question), self._queue.nearest(question)
        self._console.print(question_view(question, cells, nearest, full=full))
        self._console.print(keys_line(question))

    def _show_pictures(self, question: Question) -> None:
        for media in self._queue.dataset.media.values():
            data = media.read(question.subject.row) if media.role == Role.IMAGE else None
            pixels = None if data is None else read_image(data, _SIDE)
            if pixels is not None and not isinstance(pixels, str):
                show_picture(self._console, pixels)

    def _open_media(self, question: Question) -> bool:
        row = question.subject.row
        for name, media in self._queue.dataset.media.items():
            data = media.read(row)
            if data is None:
                continue
            ending = Path(self._queue.dataset.text(row, name)).suffix
            with tempfile.NamedTemporaryFile(suffix=ending, delete=False) as file:
                file.write(data)
            typer.launch(file.name)
            return False
        raise InputError("This row has no image and no sound to open.")
