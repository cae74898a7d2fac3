import pytest

from emendata.cli.wording import kinds_in_words
from emendata.corrections import KINDS, USUAL_KINDS
from emendata.records import CorrectionKind


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "0 label changes, 0 duplicate removals, 0 outlier exclusions"),
        (
            dict.fromkeys(KINDS, 1),
            "1 label change, 1 duplicate removal, 1 outlier exclusion, 1 cell change",
        ),
        (
            {"relabel": 12_345, "exclude_outlier": 2},
            "12,345 label changes, 0 duplicate removals, 2 outlier exclusions",
        ),
    ],
)
def test_one_and_many_of_each_kind_are_said_in_order(counts: dict[CorrectionKind, int], said: str) -> None:
    assert kinds_in_words(counts) == said
    n_kinds = len(KINDS if "set_cell" in counts else USUAL_KINDS)  # cells are spoken of where there are any
    assert said.count(",") - said.count("12,345") == n_kinds - 1
