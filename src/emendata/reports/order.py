"""Which part of a summary comes first: the arrangement that text and HTML share."""

from collections import Counter

from emendata.records import Card, CheckSummary, ClassSummary, Column, Flow, Role, Summary

__all__ = [
    "by_role",
    "checks_in_order",
    "label_cards",
    "most_involved",
    "quiet_groups",
    "top_flows",
    "worst_classes",
]

_STATUS = ("found", "failed", "passed", "not_applicable")


def checks_in_order(summary: Summary) -> list[CheckSummary]:
    """Return what was found first, issues before tips; then failures, passes, and what did not apply."""
    return sorted(summary.checks, key=lambda check: (_STATUS.index(check.status), check.severity != "issue"))


def quiet_groups(summary: Summary) -> dict[str, list[CheckSummary]]:
    """Return the checks that found nothing, by why: the empty reason stands for those that looked; it comes first.

    Examples
    --------
    >>> from emendata.records import CheckSummary, Summary
    >>> quiet = [
    ...     CheckSummary(code, name, "", "issue", status, 0, why, {}, None, ())
    ...     for code, name, status, why in (
    ...         ("EM702", "other_language", "not_applicable", "There is no column of texts."),
    ...         ("EM301", "exact_duplicate", "passed", ""),
    ...         ("EM703", "mojibake", "not_applicable", "There is no column of texts."),
    ...     )
    ... ]
    >>> some = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, tuple(quiet), ())
    >>> {why: [check.name for check in checks] for why, checks in quiet_groups(some).items()}
    {'': ['exact_duplicate'], 'There is no column of texts.': ['other_language', 'mojibake']}
    """
    groups: dict[str, list[CheckSummary]] = {}
    for check in checks_in_order(summary):
        if check.status in ("passed", "not_applicable"):
            groups.setdefault("" if check.status == "passed" else check.message, []).append(check)
    return groups


def worst_classes(summary: Summary) -> list[ClassSummary]:
    """Return the classes by how many of their rows are flagged, most first."""
    return sorted(summary.classes, key=lambda one: (-one.n_flagged, one.mean_score or 0.0, one.name))


def top_flows(summary: Summary) -> list[Flow]:
    """Return the flows from given to suggested label, largest first."""
    return sorted(summary.flows, key=lambda flow: (-flow.n_rows, flow.given, flow.suggested))


def label_cards(summary: Summary) -> list[Card]:
    """Return the worst rows that come with a suggested label, over all checks."""
    cards = [
        card
        for check in summary.checks
        for card in check.cards
        if card.suggested is not None and card.column == summary.label
    ]
    return sorted(cards, key=lambda card: (card.score, card.row))


def by_role(columns: tuple[Column, ...]) -> dict[Role, list[Column]]:
    """Group columns by the role they were taken for, in the order in which roles are listed."""
    groups = {role: [column for column in columns if column.role == role] for role in Role}
    return {role: group for role, group in groups.items() if group}


def most_involved(summary: Summary) -> list[str]:
    """Return the classes by how many flagged rows carry them or look like them, most first."""
    rows: Counter[str] = Counter()
    for flow in summary.flows:
        rows[flow.given] += flow.n_rows
        rows[flow.suggested] += flow.n_rows
    return sorted((one.name for one in summary.classes), key=lambda name: (-rows[name], name))
