"""Summaries made by hand, as an audit would give them."""

import dataclasses
import math

from emendata.records import (
    Card,
    CheckSummary,
    ClassSummary,
    Column,
    Estimate,
    Flow,
    Histogram,
    ModelSummary,
    NearRow,
    Role,
    Summary,
)

__all__ = [
    "all_samples",
    "failed",
    "hostile",
    "spotless",
    "table_without_label",
    "text_with_20_classes",
    "wide",
]

CLASSES = (
    "activate_my_card", "age_limit", "apple_pay", "atm_support", "balance_transfer", "cancel_transfer",
    "card_arrival", "card_linking", "card_payment_fee", "cash_withdrawal_charge", "change_pin",
    "declined_transfer", "edit_details", "exchange_rate", "getting_spare_card", "lost_or_stolen_card",
    "pending_payment", "refund_not_showing", "top_up_failed", "verify_identity",
)  # fmt: skip
QUESTIONS = (
    "My card still has not come even though it was posted two weeks ago, can I track it somewhere?",
    "Why was I charged extra when I took out cash abroad?",
    "I need to transfer money back. I sent it to the wrong account today and the recipient does not answer.",
    "Can my son, who is fifteen, open an account?",
    "The app says the payment is pending, but the shop tells me that it has already arrived on their side. "
    * 6,
    "How do I add this card to my phone?",
)

ESTIMATES = {"models disagree": 471, "confident joint": 312, "expected": 398, "noise-matrix posterior": 498}


def card(i: int, **changes: object) -> Card:
    given, suggested = CLASSES[(7 * i) % 20], CLASSES[(7 * i + 4) % 20]
    near = tuple(
        NearRow(
            row=101 * (i + 1) + 13 * k,
            label=suggested if k < 7 else given if k < 9 else CLASSES[(i + 1) % 20],
            distance=0.12 + 0.031 * k,
            excerpt=QUESTIONS[(i + k) % len(QUESTIONS)][:90],
        )
        for k in range(10)
    )
    made = Card(
        row=97 * i + 3,
        id=f"q-{97 * i + 3:05d}",
        column="intent",
        score=0.004 + 0.011 * i,
        given=given,
        suggested=suggested,
        probability=0.97 - 0.012 * i,
        reason=f"4 of 4 models say '{suggested}', together at {0.97 - 0.012 * i:.2f}; "
        f"7 of its 10 nearest rows are '{suggested}'; the label says '{given}'.",
        cells=(
            ("id", f"q-{97 * i + 3:05d}"),
            ("text", QUESTIONS[i % len(QUESTIONS)]),
            ("intent", given),
            ("channel", "chat" if i % 3 else "mail"),
            ("written", f"2024-03-{i % 28 + 1:02d}"),
        ),
        nearest=near,
        related=(),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def histogram(n: int, n_flagged: int, bins: int = 20) -> Histogram:
    """Most rows near 1, the flagged ones below 0.5."""
    weights = [math.exp(5.5 * (k / (bins - 1) - 1)) for k in range(bins)]
    low = [math.exp(-0.45 * k) for k in range(bins // 2)]
    flagged = [round(n_flagged * one / sum(low)) for one in low] + [0] * (bins - bins // 2)
    counts = [
        f + round((n - n_flagged) * one / sum(weights)) for f, one in zip(flagged, weights, strict=True)
    ]
    return Histogram(counts=tuple(counts), flagged=tuple(flagged))


def check(code: str, name: str, title: str, status: str, n: int = 0, **changes: object) -> CheckSummary:
    made = CheckSummary(
        code=code,
        name=name,
        title=title,
        severity="issue",
        status=status,  # type: ignore[arg-type]
        n_flagged=n,
        message="",
        facts={},
        histogram=None,
        cards=(),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def duplicate_card(i: int) -> Card:
    return card(
        i,
        column=None,
        score=0.0,
        suggested=None,
        probability=None,
        nearest=(),
        related=(*(97 * k + 3 for k in range(5) if k != i), 6001, 6002),
        reason="Identical to rows 3, 100, 197 and 3 more, but their labels differ: age_limit, change_pin.",
    )


def outlier_card(i: int) -> Card:
    return card(
        i,
        column=None,
        suggested=None,
        probability=None,
        score=0.11 + 0.04 * i,
        reason="Its 10 nearest rows are 6.3 times as far away as is usual here, mostly because of 'text'.",
    )


def typo_card(i: int, column: str, given: str, suggested: str, alternatives: tuple[str, ...] = ()) -> Card:
    return card(
        i,
        column=column,
        given=given,
        suggested=suggested,
        alternatives=alternatives,
        probability=None,
        score=0.02,
        nearest=(),
        reason=f"'{given}' stands once, and '{suggested}', which is one letter away, 2,418 times.",
    )


def silent_checks() -> tuple[CheckSummary, ...]:
    no_images = "There is no column of images."
    names = ("dark", "light", "blurry", "odd_size", "odd_aspect_ratio", "low_information", "grayscale")
    return tuple(
        check(f"EM60{i + 1}", name, name.replace("_", " ").capitalize(), "not_applicable", message=no_images)
        for i, name in enumerate(names)
    )


def text_with_20_classes() -> Summary:
    n, n_flagged = 7528, 405
    per_class = [max(2, round(60 * math.exp(-0.16 * k))) for k in range(20)]
    rows = [376 + (k % 5) * (1 if k % 2 else -1) * 9 for k in range(20)]
    classes = tuple(
        ClassSummary(name, rows[k], per_class[k], 0.97 - per_class[k] / 300, CLASSES[(k + 4) % 20])
        for k, name in enumerate(CLASSES)
    )
    flows = [
        Flow(name, CLASSES[(k + 4) % 20], max(1, per_class[k] * 2 // 3)) for k, name in enumerate(CLASSES)
    ]
    flows += [Flow(name, CLASSES[(k + 1) % 20], max(1, per_class[k] // 4)) for k, name in enumerate(CLASSES)]
    flows += [
        Flow(name, CLASSES[(3 * k + 2) % 20], 1) for k, name in enumerate(CLASSES) if k in (0, 3, 6, 12)
    ]
    return Summary(
        schema_version=1,
        emendata_version="0.1.0",
        name="bank-questions.csv",
        format="csv",
        n_rows=7540,
        label="intent",
        n_labeled=n,
        columns=(
            Column("id", Role.ID, "a different value in every row", 0, 7540),
            Column("text", Role.TEXT, "12.4 words on average", 0, 7502),
            Column("intent", Role.LABEL, "given by you", 12, 20),
            Column("channel", Role.CATEGORY, "3 distinct values", 41, 3),
            Column("written", Role.DATE, "reads as a date in every row", 0, 366),
            Column("reviewer_note", Role.IGNORE, "the same value in every row", 7530, 1),
        ),
        estimate=Estimate(312, 498, n, ESTIMATES),
        classes=classes,
        flows=tuple(flows),
        models=(
            ModelSummary("linear", "Logistic regression", 0.871, 0.487, 0.52),
            ModelSummary("boosting", "Boosted trees", 0.832, 0.611, 0.19),
            ModelSummary("forest", "Random forest", 0.809, 0.893, 0.04),
            ModelSummary("nearest", "Nearest rows", 0.846, 0.702, 0.25),
        ),
        stack_accuracy=0.889,
        checks=(
            check(
                "EM101", "wrong_label", "Label that is probably wrong", "found", n_flagged,
                histogram=histogram(n, n_flagged), cards=tuple(card(i) for i in range(24)),
                facts={"estimates": ESTIMATES, "labeled_rows": n},
            ),
            check("EM102", "class_imbalance", "Class with far fewer rows than its share", "passed", severity="tip"),
            check(
                "EM201", "outlier", "Row unlike every other row", "found", 37,
                histogram=histogram(7540, 37), cards=tuple(outlier_card(i) for i in range(4)),
                facts={"usual_distance": 0.3312, "cut_distance": 1.2041},
            ),
            check(
                "EM301", "exact_duplicate", "Row that occurs more than once", "found", 38,
                histogram=histogram(7540, 38), cards=tuple(duplicate_card(i) for i in range(5)),
                facts={"groups": 16, "groups_with_different_labels": 3},
            ),
            check("EM302", "near_duplicate", "Row almost the same as another", "passed"),
            check(
                "EM403", "typo", "Value that is a typing error of another", "found", 2, n_issues=3,
                histogram=histogram(7540, 2),
                cards=(
                    typo_card(1, "channel", "chta", "chat", ("chart", "cheat")),
                    typo_card(1, "written", "2042-03-02", "2024-03-02"),
                    typo_card(2, "channel", "mial", "mail"),
                ),
            ),
            *silent_checks(),
            check(
                "EM401", "missing_values", "Cell that is empty where others are filled", "not_applicable",
                message="No column with features has an empty cell.",
            ),
        ),
        notes=("12 rows have no label; they were left out of the estimate.",),
        n_flagged=471,
    )  # fmt: skip


def table_without_label() -> Summary:
    base = text_with_20_classes()
    checks = (
        check(
            "EM101",
            "wrong_label",
            "Label that is probably wrong",
            "not_applicable",
            message="No label column.",
        ),
        *(dataclasses.replace(one, cards=tuple(_unlabeled(c) for c in one.cards)) for one in base.checks[2:]),
    )
    columns = tuple(
        Column(f"sensor_{i:02d}", Role.NUMBER, "numbers in every row", i, 900 + i) for i in range(30)
    )
    return dataclasses.replace(
        base,
        name="sensors.parquet",
        format="parquet",
        label=None,
        n_labeled=0,
        columns=(*columns, Column("day", Role.DATE, "reads as a date in every row", 0, 365)),
        estimate=None,
        classes=(),
        flows=(),
        models=(),
        stack_accuracy=None,
        checks=checks,
        notes=(),
    )


def _unlabeled(one: Card) -> Card:
    nearest = tuple(dataclasses.replace(near, label=None) for near in one.nearest)
    cells = tuple((f"sensor_{k:02d}", f"{k * 1.618:.3f}") for k in range(30))
    return dataclasses.replace(one, given=None, id=str(one.row), nearest=nearest, cells=cells)


TRACEBACK = """Traceback (most recent call last):
  File "checks/near_duplicate.py", line 61, in find
    groups = <pairs>[0]
IndexError: index 0 is out of bounds for axis 0 with size 0
"""


def failed() -> Summary:
    base = text_with_20_classes()
    broken = check(
        "EM302", "near_duplicate", "Row almost the same as another", "failed",
        message="IndexError: index 0 is out of bounds for axis 0 with size 0", traceback=TRACEBACK,
    )  # fmt: skip
    return dataclasses.replace(base, checks=tuple(broken if c.code == "EM302" else c for c in base.checks))


HOSTILE = (
    "<script>document.title='owned'</script><img src=http://evil.example/x.png onerror=alert(1)>",
    "\u202egnirts desrever\u202c שלום עולם " + "مرحبا بالعالم " * 3,
    "nul \x00 bell \x07 escape \x1b[31mred\x1b[0m",
    "x" * 10_000_000,
    "</style></details></article><a href='http://evil.example'>click</a>",
    "{{ 7 * 7 }}{% raw %} [bold red]markup[/bold red] :warning:",
    "lone surrogate \ud800 here",
)


def hostile() -> Summary:
    base = text_with_20_classes()
    nasty = HOSTILE[0]
    cells = tuple((f"{nasty} {i}", value) for i, value in enumerate(HOSTILE))
    near = (NearRow(1, HOSTILE[1], math.nan, nasty), NearRow(2, nasty, 0.5, HOSTILE[2]))
    first = card(
        1, id=nasty, column=f"{nasty} 0", given=nasty, suggested=HOSTILE[1], probability=math.nan,
        reason=nasty, cells=cells, nearest=near, related=(2, 3),
    )  # fmt: skip
    broken = check('EM"999', nasty, nasty, "failed", message=HOSTILE[2], traceback=HOSTILE[4])
    found = dataclasses.replace(
        base.checks[0],
        name='x" onload="alert(1)',
        cards=(first,),
        facts={nasty: nasty, "nan": math.nan, "list": [1]},
    )
    return dataclasses.replace(
        base,
        name=nasty,
        label=nasty,
        columns=(Column(nasty, Role.LABEL, nasty, 0, 2), Column(HOSTILE[1], Role.TEXT, HOSTILE[2], 0, 2)),
        classes=(ClassSummary(nasty, 3, 1, math.nan, HOSTILE[1]), ClassSummary(HOSTILE[1], 3, 0, 0.5, None)),
        flows=(Flow(nasty, HOSTILE[1], 1),),
        models=(ModelSummary(nasty, nasty, math.nan, math.inf, 1.0),),
        stack_accuracy=math.nan,
        checks=(found, broken),
        notes=(nasty,),
    )


def spotless() -> Summary:
    base = text_with_20_classes()
    return dataclasses.replace(
        base,
        estimate=Estimate(0, 0, base.n_labeled, dict.fromkeys(ESTIMATES, 0)),
        classes=tuple(dataclasses.replace(one, n_flagged=0, most_suggested=None) for one in base.classes),
        flows=(),
        checks=tuple(
            dataclasses.replace(
                one, status="passed", n_flagged=0, cards=(), message="",
                histogram=Histogram((0,) * 19 + (base.n_rows,), (0,) * 20),
            )
            for one in base.checks
        ),
        notes=(),
    )  # fmt: skip


def wide() -> Summary:
    """Many classes and many columns."""
    base = text_with_20_classes()
    names = [f"class_{k:03d}" for k in range(120)]
    return dataclasses.replace(
        base,
        columns=tuple(Column(f"feature {i}", Role.NUMBER, "numbers", 0, 9) for i in range(1200)),
        classes=tuple(ClassSummary(n, 60, 120 - k, 0.9, names[k - 1]) for k, n in enumerate(names)),
        flows=tuple(Flow(n, names[k - 1], 120 - k) for k, n in enumerate(names)),
    )


def all_samples() -> dict[str, Summary]:
    return {
        "text": text_with_20_classes(),
        "table": table_without_label(),
        "failed": failed(),
        "hostile": hostile(),
        "spotless": spotless(),
        "wide": wide(),
    }
