import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import SIZES, Problem, made, problems, small_blocks, streamed

from emendata.errors import InputError
from emendata.tasks.classification import (
    LabelIssues,
    count_label_issues,
    find_label_issues,
    score_labels,
    stream,
)

LABELS = ["cat", "dog", "dog", None]
PROBS = [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05], [0.5, 0.5]]
SCORES: list[Any] = [
    "auto", "log_margin", "transition_posterior", "rank_sum", "self_confidence", "normalized_margin",
    "confidence_weighted_entropy",
]  # fmt: skip
CUTS: list[Any] = [
    "auto", "prune_by_noise_rate", "prune_by_class", "both", "confident_learning", "predicted_neq_given",
    "low_self_confidence", "low_normalized_margin",
]  # fmt: skip


def test_a_mask_has_one_truth_value_a_row() -> None:
    mask = find_label_issues(LABELS, PROBS)
    assert mask.tolist() == [False, False, True, False]
    assert mask.dtype == np.bool_


def test_rows_come_worst_first() -> None:
    labels, probs = (
        [0, 0, 0, 0, 0, 1],
        [[0.9, 0.1], [0.3, 0.7], [0.1, 0.9], [0.2, 0.8], [0.9, 0.1], [0.1, 0.9]],
    )
    rows = find_label_issues(labels, probs, output="rows", cut="predicted_neq_given", score="self_confidence")
    assert rows.tolist() == [2, 3, 1]
    assert rows.dtype == np.int64


def test_a_table_suggests_a_class_and_says_why() -> None:
    table = find_label_issues(LABELS, PROBS, output="table")
    assert isinstance(table, LabelIssues)
    assert (len(table), table.n_examples, table.n_unlabelled, table.n_expected) == (1, 4, 1, 1)
    assert list(table.columns) == ["row", "given", "suggested", "score", "probability", "reason"]
    assert (table.row.tolist(), table.given.tolist(), table.suggested.tolist()) == ([2], ["dog"], ["cat"])
    assert table.score.tolist() == score_labels(LABELS, PROBS)[[2]].tolist()
    assert table.reason.tolist() == [
        "The model gives 'cat' 0.95 and the given 'dog' 0.05; 1 of 2 rows labelled 'dog' look like 'cat'."
    ]
    assert repr(table).startswith(
        "1 of 4 examples flagged, 1 without a label; 1 labels estimated to be wrong\nLabelIssues, 1 row\n"
    )


def test_a_table_survives_pickling_with_its_counts() -> None:
    table = find_label_issues(LABELS, PROBS, output="table")
    for again in (pickle.loads(pickle.dumps(table)), copy.copy(table)):
        assert repr(again) == repr(table)
        assert (again.n_examples, again.n_unlabelled, again.n_expected) == (4, 1, 1)


def test_a_table_goes_to_every_library() -> None:
    table = find_label_issues(LABELS, PROBS, output="table")
    assert table.to_pandas()["suggested"].tolist() == ["cat"]
    assert table.to_polars()["given"].to_list() == ["dog"]
    assert table.to_arrow()["row"].to_pylist() == [2]


def test_a_table_without_issues_is_empty() -> None:
    table = find_label_issues([0, 1], np.eye(2), output="table")
    assert len(table) == 0
    assert table.to_pandas().empty
    assert "0 of 2 examples flagged; 0 labels" in repr(table)


def test_classes_without_a_name_are_given_and_suggested_by_number() -> None:
    table = find_label_issues([0, 1, 1], PROBS[:3], output="table")
    assert (table.given.tolist(), table.suggested.tolist()) == ([1], [0])


@pytest.mark.parametrize("cut", CUTS)
@settings(deadline=None, max_examples=30)
@given(problem=problems(), score=st.sampled_from(SCORES))
def test_mask_rows_and_table_hold_the_same_rows_sorted_by_score(
    cut: Any, problem: Problem, score: Any
) -> None:
    """The peer's batched version returns rows in the order of the data."""
    labels, probs = problem.given, problem.probs
    scores = score_labels(labels, probs, score=score)
    mask = find_label_issues(labels, probs, cut=cut, score=score)
    rows = find_label_issues(labels, probs, cut=cut, score=score, output="rows")
    table = find_label_issues(labels, probs, cut=cut, score=score, output="table")
    assert rows.tolist() == slow.lowest(scores, np.flatnonzero(mask).tolist(), len(labels))
    assert table.row.tolist() == rows.tolist()
    assert np.allclose(table.score, scores[rows])
    assert (problem.labels[rows] >= 0).all()
    assert not mask[problem.labels < 0].any()


@settings(deadline=None)
@given(problems())
def test_tables_equal_the_slow_obvious_ones(problem: Problem) -> None:
    table = find_label_issues(problem.given, problem.probs, cut="predicted_neq_given", output="table")
    right, suggested, probability = slow.posterior(problem, slow.beliefs(problem).pattern)
    joint, counts = slow.counted(problem), slow.label_counts(problem)
    assert table.n_expected == count_label_issues(problem.given, problem.probs)
    for found in table.rows():
        row, y, p = found["row"], problem.labels[found["row"]], problem.read[found["row"]]
        assert found["given"] == y
        assert np.isclose(found["score"], right[row], atol=2e-3)
        assert np.isclose(found["probability"], probability[row], atol=2e-3)
        other = found["suggested"]
        assert other == suggested[row] or np.isclose(found["probability"], probability[row], atol=1e-4)
        assert found["reason"] == (
            f"The model gives '{p.argmax()}' {p.max():.2f} and the given '{y}' {p[y]:.2f}; "
            f"{joint[y, other]} of {counts[y]} rows labelled '{y}' look like '{other}'."
        )


@pytest.mark.parametrize("k", [17, 300, 1000])
def test_tables_of_many_classes_suggest_the_planted_class(k: int) -> None:
    rng = np.random.default_rng(k)
    true = rng.integers(0, k, 400)
    probs = rng.random((400, k), dtype=np.float32) / k
    probs[np.arange(400), true] += 3
    probs /= probs.sum(axis=1, keepdims=True)
    labels = true.copy()
    wrong = np.arange(0, 400, 20)
    labels[wrong] = (true[wrong] + 1 + rng.integers(0, k - 1, 20)) % k
    table = find_label_issues(labels, probs, output="table")
    assert sorted(table.row.tolist()) == wrong.tolist()
    assert table.suggested.tolist() == true[table.row].tolist()
    assert table.given.tolist() == labels[table.row].tolist()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 99), st.sampled_from([2, 5, 16, 17, 60]), SIZES, st.sampled_from(SCORES))
def test_threads_and_blocks_change_no_bit(seed: int, k: int, sizes: list[int], score: Any) -> None:
    problem = made(seed, 300, k, dtype="float32" if seed % 2 else "float64", unlabelled=0.1)
    options: dict[str, Any] = {"output": "table", "score": score}
    with small_blocks():
        tables = [find_label_issues(problem.given, problem.probs, n_threads=n, **options) for n in (1, 2, 5)]
        tables.append(find_label_issues(streamed(problem, sizes), **options))
    first = tables[0]
    for table in tables[1:]:
        assert all(
            table[name].tolist() == first[name].tolist() for name in ("row", "given", "suggested", "reason")
        )
        assert all(table[name].tobytes() == first[name].tobytes() for name in ("score", "probability"))
        assert table.n_expected == first.n_expected


def test_generators_and_files_give_the_same_as_arrays(tmp_path: Path) -> None:
    problem = made(0, 300, 5, dtype="float32")
    np.save(tmp_path / "probs.npy", problem.probs)
    wanted = find_label_issues(problem.labels, problem.probs, output="rows").tolist()
    assert wanted
    once = ((problem.labels[i : i + 70], problem.probs[i : i + 70]) for i in range(0, 300, 70))
    assert find_label_issues(stream(once), output="rows").tolist() == wanted
    assert find_label_issues(problem.labels, tmp_path / "probs.npy", output="rows").tolist() == wanted
    assert (
        find_label_issues(problem.labels, np.asfortranarray(problem.probs), output="rows").tolist() == wanted
    )


def test_a_second_call_on_other_data_is_independent_of_the_first() -> None:
    """The peer keeps the first data's joint."""
    first, second = made(1, 200, 4), made(2, 200, 4)
    alone = find_label_issues(second.given, second.probs, cut="prune_by_noise_rate", output="rows").tolist()
    find_label_issues(first.given, first.probs, cut="prune_by_noise_rate", output="table")
    assert (
        find_label_issues(second.given, second.probs, cut="prune_by_noise_rate", output="rows").tolist()
        == alone
    )


def test_a_class_absent_from_the_labels_draws_no_rows_also_in_streams() -> None:
    """The peer's batched version gives it a threshold that every row reaches."""
    problem = made(3, 400, 6, absent=2)
    absent = np.flatnonzero(slow.label_counts(problem) == 0)
    sure = problem.probs[:, absent].max(axis=1) < problem.probs.max(axis=1)
    few = Problem(problem.labels[sure], problem.probs[sure])
    whole = find_label_issues(few.given, few.probs, cut="low_self_confidence")
    assert find_label_issues(streamed(few, [50] * 8), cut="low_self_confidence").tolist() == whole.tolist()
    assert whole.sum() == sum(slow.off_diagonal(few)) > 0


def test_the_global_random_state_is_left_alone() -> None:
    np.random.seed(7)  # noqa: NPY002
    before = np.random.get_state()[1].tolist()  # type: ignore[index] # noqa: NPY002
    find_label_issues(LABELS, PROBS, output="table")
    assert np.random.get_state()[1].tolist() == before  # type: ignore[index] # noqa: NPY002


def test_half_precision_is_read_in_single_precision() -> None:
    problem = made(0, 200, 5, dtype="float16")
    single = problem.probs.astype(np.float32)
    assert np.array_equal(
        find_label_issues(problem.given, problem.probs), find_label_issues(problem.given, single)
    )


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("k", [2, 17, 48, 60])
def test_a_row_or_two_are_enough_and_stay_as_they_are(n: int, k: int) -> None:
    """A single row is contiguous whichever way it lies, so that a copy of it may be none."""
    problem = made(0, n, k)
    before = problem.probs.copy()
    problem.probs.flags.writeable = False
    for cut in CUTS:
        for score in SCORES:
            find_label_issues(problem.given, problem.probs, cut=cut, score=score, output="table")
    assert np.array_equal(problem.probs, before)


@pytest.mark.parametrize("cut", CUTS)
def test_with_a_single_class_nothing_is_wrong(cut: Any) -> None:
    for score in SCORES:
        assert not find_label_issues([0, None, 0], np.ones((3, 1)), cut=cut, score=score).any()
        assert np.isnan(score_labels([0, None, 0], np.ones((3, 1)), score=score)).tolist() == [
            False,
            True,
            False,
        ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"output": "mesk"}, "There is no output 'mesk'. Did you mean 'mask'?"),
        ({"output": "indices"}, "There is no output 'indices'. There are: 'mask', 'rows', 'table'."),
        ({"score": "log_marign"}, "There is no score 'log_marign'. Did you mean 'log_margin'?"),
        ({"cut": "prune_by_noise"}, "There is no cut 'prune_by_noise'. Did you mean 'prune_by_noise_rate'?"),
        ({"n_threads": 0}, "n_threads must be at least 1; got 0."),
    ],
)
def test_options_that_cannot_be_used_say_the_way_out(options: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        find_label_issues(LABELS, PROBS, **options)
    assert message in str(caught.value)


def test_options_are_refused_before_anything_is_read() -> None:
    for options in ({"output": "x"}, {"score": "x"}, {"cut": "x"}, {"n_issues": -1}, {"frac_noise": 2}):
        with pytest.raises(InputError, match=r"^(There is no|n_issues|frac_noise)"):
            find_label_issues([0, 1], "there-is-no-such-file.npy", **options)


MEASURE = """
import sys
import numpy as np
from emendata.tasks.classification import find_label_issues

def kilobytes(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))

n, k, cut = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
rng = np.random.default_rng(0)
find_label_issues(rng.integers(0, 3, 50), rng.dirichlet([1.0] * 3, 50), cut=cut, output="rows")
find_label_issues(rng.integers(0, 60, 50), rng.dirichlet([1.0] * 60, 50), cut=cut, output="rows")
labels = rng.integers(0, k, n)
probs = rng.random((n, k), dtype=np.float32)
for first in range(0, n, 1000):
    block = probs[first : first + 1000]
    block **= 4
    sure = rng.random(len(block)) < 0.9
    block[np.arange(len(block)), np.where(sure, labels[first : first + 1000], rng.integers(0, k, len(block)))] += k / 3
    block /= block.sum(axis=1, keepdims=True)
with open("/proc/self/clear_refs", "w") as file:
    file.write("5")  # the peak starts again from here
before = kilobytes("VmRSS")
rows = find_label_issues(labels, probs, cut=cut, output="rows")
print(len(rows), (kilobytes("VmHWM") - before) * 1024, probs.nbytes)
"""


@pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="there is no /proc to read the peak from"
)
@pytest.mark.parametrize("cut", ["auto", "both"])
@pytest.mark.parametrize(("n", "k"), [(1_000_000, 10), (50_000, 1_000)])
def test_memory_beside_the_inputs_is_a_tenth_of_them_and_forty_bytes_a_row(n: int, k: int, cut: str) -> None:
    command = [sys.executable, "-c", MEASURE, str(n), str(k), cut]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    n_found, used, size = map(int, done.stdout.split())
    assert n_found > 0
    allowed = size // 10 + 40 * n
    assert used <= allowed, f"{used / 2**20:.1f} MB used of {allowed / 2**20:.1f}, {n_found:,} rows found"


@pytest.mark.parametrize("score", SCORES)
def test_scores_and_cuts_share_one_survey(score: Any) -> None:
    passes = []

    def pieces() -> Iterator[Any]:
        passes.append(1)
        yield LABELS, PROBS

    find_label_issues(stream(pieces), score=score)
    assert len(passes) <= 1 + 4  # to open; thresholds, survey, the cut's posterior, the score's own pass
