"""A summary for the terminal: one screen or two, in plain text or as something rich can print."""

import io

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from emendata.records import Card, Column, Summary
from emendata.reports import order, words
from emendata.reports.excerpts import one_line
from emendata.reports.headline import besides, headline, how_sure

__all__ = ["render_text", "terminal"]

_CLASSES, _FLOWS, _CARDS, _COLUMNS, _NAMES = 8, 8, 8, 12, 8
_TEXT = 40  # characters from which on a cell speaks for its row
_STYLES = {"found": "bold red", "failed": "bold yellow"}


def render_text(summary: Summary, *, width: int = 100) -> str:
    """Describe a summary in plain text, without colours or escapes.

    Parameters
    ----------
    summary : Summary
        What an audit came to.
    width : int
        How many characters fit on a line.

    Examples
    --------
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> print(render_text(empty))
    reviews
    0 rows · 0 columns · csv · no label column
    <BLANKLINE>
    0 rows looked at with 0 checks: none could run.
    """
    out = io.StringIO()
    console = Console(
        file=out, width=width, color_system=None, force_terminal=False, emoji=False, markup=False
    )
    console.print(terminal(summary))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def terminal(summary: Summary) -> RenderableType:
    """Return the same report as a renderable for a rich console, with colours where the console has them.

    Examples
    --------
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> type(terminal(empty)).__name__
    'Group'
    """
    parts: list[RenderableType] = [
        Text(one_line(summary.name, 80), style="bold"),
        Text(one_line(words.about(summary), 300), style="dim"),
        Text(),
        Text(headline(summary), style="bold"),
        *(Text(line) for line in (how_sure(summary), besides(summary)) if line),
    ]
    parts += [Text(one_line(f"Note: {note}", 600)) for note in summary.notes]
    sections = {
        "Start here": _checks(summary),
        "Checks that found nothing": _quiet(summary),
        "Columns": _columns(summary),
        "Classes with most flagged labels": _classes(summary),
        "Given → suggested": _flows(summary),
        "Models, on rows they had not seen": _models(summary),
        "Worst labels": _cards(summary),
    }
    for title, body in sections.items():
        if body is not None:
            parts += [Text(), Text(title, style="bold underline"), Padding(body, (0, 0, 0, 2))]
    return Group(*parts)


def _grid(*headings: str, numbers: tuple[int, ...] = ()) -> Table:
    """Make a table without lines; columns listed in ``numbers`` are aligned to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), show_header=bool(any(headings)))
    for i, heading in enumerate(headings):
        table.add_column(
            heading,
            justify="right" if i in numbers else "left",
            no_wrap=i in numbers,
            header_style="dim",
            overflow="fold",
        )
    return table


def _checks(summary: Summary) -> Table | None:
    table = _grid("", "", "")
    for check in order.checks_in_order(summary):
        if check.status in ("found", "failed"):
            verdict = Text(one_line(words.outcome(check, summary.n_rows), 400), style=_STYLES[check.status])
            table.add_row(Text(check.code, style="dim"), Text(one_line(check.title, 60)), verdict)
    return table if table.rows else None


def _quiet(summary: Summary) -> Table | None:
    table = _grid("", "", numbers=(0,))
    for why, checks in order.quiet_groups(summary).items():
        names = ", ".join(check.name for check in checks)
        said = Text(f"{one_line(why, 400)} " if why else "nothing found: ", style="" if why else "green")
        table.add_row(
            Text(words.counted(len(checks), "check"), style="dim"),
            said + Text(one_line(names, 600), style="dim"),
        )
    return table if table.rows else None


def _columns(summary: Summary) -> RenderableType | None:
    if len(summary.columns) <= _COLUMNS:
        shown = [_named(column.name) + Text(f" as {column.role}", style="dim") for column in summary.columns]
        return Text(" · ").join(shown) if shown else None
    table = _grid("", "", "", numbers=(1,))
    for role, group in order.by_role(summary.columns).items():
        table.add_row(Text(role), Text(f"{len(group):,}", style="dim"), _names(group))
    return table


def _names(group: list[Column]) -> Text:
    more = Text(f" and {len(group) - _NAMES:,} more", style="dim") if len(group) > _NAMES else Text()
    return Text(", ").join(_named(column.name) for column in group[:_NAMES]) + more


def _named(name: str) -> Text:
    return Text(one_line(name, 40))


def _classes(summary: Summary) -> Table | None:
    flagged = [one for one in order.worst_classes(summary) if one.n_flagged]
    table = _grid("class", "flagged", "mean score", "most suggested", numbers=(1, 2))
    for one in flagged[:_CLASSES]:
        part = words.share(one.n_flagged, one.n_rows)
        table.add_row(
            _named(one.name), Text(part), words.decimal(one.mean_score), _named(one.most_suggested or "–")
        )
    return _with_rest(table, len(flagged), _CLASSES, "class", "classes")


def _flows(summary: Summary) -> Table | None:
    table = _grid("", "", "", "", numbers=(0,))
    for flow in order.top_flows(summary)[:_FLOWS]:
        table.add_row(
            Text(f"{flow.n_rows:,}"), _named(flow.given), Text("→", style="dim"), _named(flow.suggested)
        )
    return _with_rest(table, len(summary.flows), _FLOWS, "pair")


def _models(summary: Summary) -> Table | None:
    table = _grid("", "accuracy", "log loss", "weight", numbers=(1, 2, 3))
    for model in summary.models:
        numbers = (words.decimal(value) for value in (model.accuracy, model.log_loss, model.weight))
        table.add_row(_named(model.title), *numbers)
    if summary.stack_accuracy is not None:
        table.add_row(Text("All together", style="bold"), words.decimal(summary.stack_accuracy), "", "")
    return table if table.rows else None


def _cards(summary: Summary) -> RenderableType | None:
    cards = order.label_cards(summary)
    shown = [part for card in cards[:_CARDS] for part in _card(card)]
    return Group(*shown) if shown else None


def _card(card: Card) -> list[RenderableType]:
    identity = f"row {card.row:,}" + ("" if card.id == str(card.row) else f" ({one_line(card.id, 30)})")
    chance = "" if card.probability is None else f" ({words.decimal(card.probability)})"
    change = Text.assemble(
        (identity, "dim"), "  ", one_line(card.given or "no label", 40), (" → ", "dim"),
        (one_line(card.suggested or "", 40), "bold red"), chance,
    )  # fmt: skip
    details = [
        Text(_excerpt(card), style="italic", no_wrap=True, overflow="ellipsis"),
        Text(one_line(card.reason, 300), style="dim"),
    ]
    return [change, *(Padding(line, (0, 0, 0, 2)) for line in details if line)]


def _excerpt(card: Card) -> str:
    """Return what a person would read first: the longest cell where there is text, else cell after cell."""
    cells = [(name, value) for name, value in card.cells if name != card.column]
    longest = max((value for _, value in cells), key=len, default="")
    if len(longest) >= _TEXT:
        return one_line(longest, 160)
    return one_line(" · ".join(f"{name} {value or '–'}" for name, value in cells), 160)


def _with_rest(table: Table, n: int, shown: int, one: str, many: str | None = None) -> Table | None:
    if n > shown:
        table.caption = f"and {words.counted(n - shown, 'more ' + one, 'more ' + (many or one + 's'))}"
        table.caption_justify = "left"
    return table if table.rows else None
