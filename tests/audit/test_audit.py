"""The front door, with every kind of table, and what a project remembers."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.data.folders import write_files
from tests.flowers import WRONG, flowers, write_flowers

import emendata as em
from emendata.corrections import ProposalRules
from emendata.errors import EmendataError, InputError, OutputError, ProjectError, UnknownName, UnknownOption

N = 60
FEATURES = ("size", "weight", "height", "length", "width")
COPY, BAD = 59, 5  # a row that is row 30 once more, and one with a wrong label


def columns() -> dict[str, Any]:
    """Two kinds of things far apart, one wrong label, one row twice."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(len(FEATURES), N)) + np.repeat([0.0, 12.0], 30)
    features[:, COPY] = features[:, 30]
    kind = np.repeat(np.array(["cat", "dog"], dtype=object), 30)
    kind[BAD] = "dog"
    return {**dict(zip(FEATURES, features, strict=True)), "kind": kind}


def pandas_frame() -> pd.DataFrame:
    made = columns()
    frame = pd.DataFrame(
        {
            **{name: made[name] for name in FEATURES},
            "kind": pd.Categorical(made["kind"], ["dog", "cat", "cow"]),
            "count": pd.array([i % 7 for i in range(N - 1)] + [None], "Int64"),
            "flag": pd.array([True, None] * 30, "boolean"),
            "small": np.arange(N, dtype="int8") % 5,
            "day": pd.date_range("2024-01-01", periods=N, tz="Europe/Berlin"),
            "note": pd.Series([1, "x", [2]] * 20, dtype=object).to_numpy(),
        },
        index=pd.MultiIndex.from_product([["a", "b"], range(30)], names=["half", "n"]),
    )
    frame.iloc[COPY] = frame.iloc[30]
    return frame


def polars_frame() -> pl.DataFrame:
    made = columns()
    return pl.DataFrame(
        {
            **{name: made[name] for name in FEATURES},
            "kind": pl.Series(made["kind"].tolist(), dtype=pl.Enum(["dog", "cat", "cow"])),
            "small": pl.Series([(i if i != COPY else 30) % 5 for i in range(N)], dtype=pl.UInt8),
            "list": [[(i if i != COPY else 30) % 3] for i in range(N)],
        }
    )


def arrow_table() -> pa.Table:
    made = columns()
    kind = pa.array(made["kind"].tolist()).dictionary_encode()
    fields = [pa.field(name, pa.float32()) for name in FEATURES]
    fields.append(pa.field("kind", kind.type, metadata={"k": "v"}))
    values = [pa.array(made[name], pa.float32()) for name in FEATURES]
    return pa.table([*values, kind], schema=pa.schema(fields, metadata={"a": "b"}))


def run(source: Any, **settings: Any) -> em.Audit:
    return em.Audit(source, **{"label": "kind", **settings}).run()


# -- tables ---------------------------------------------------------------------------------------------


def test_a_pandas_frame_is_fixed_with_its_types_and_index_and_the_original_stays() -> None:
    frame = pandas_frame()
    before = frame.copy(deep=True)
    audit = run(frame, ignore=["outlier"], roles={"count": "ignore", "flag": "ignore", "day": "ignore"})
    fixed = audit.fix()
    wanted = before.copy()
    wanted.iloc[BAD, 5] = "cat"
    pd.testing.assert_frame_equal(fixed, wanted.drop(index=[("b", 29)]))
    pd.testing.assert_frame_equal(frame, before)
    assert audit.project is None


def test_a_pandas_frame_with_numbers_as_names_and_truth_values_as_labels_is_fixed() -> None:
    frame = pd.DataFrame(columns(), index=range(100, 100 + N))
    frame["kind"] = frame["kind"] == "dog"
    frame.columns = range(6)
    fixed = run(frame, label="5").fix()
    assert list(fixed.columns) == [0, 1, 2, 3, 4, 5]
    assert fixed.dtypes.tolist() == frame.dtypes.tolist()
    assert fixed.index.tolist() == list(range(100, 100 + COPY))
    assert fixed.loc[100 + BAD, 5] == np.False_
    assert (fixed[5] != frame[5][:COPY]).sum() == 1


def test_a_polars_frame_is_fixed_with_its_types() -> None:
    frame = polars_frame()
    fixed = run(frame).fix()
    assert fixed.schema == frame.schema
    rows = frame.to_dicts()
    rows[BAD]["kind"] = "cat"
    assert fixed.to_dicts() == rows[:COPY]
    assert frame.equals(polars_frame())


@pytest.mark.parametrize(
    "make", [lambda table: table, lambda table: table.to_batches()[0]], ids=["table", "batch"]
)
def test_an_arrow_table_is_fixed_with_its_schema(make: Any) -> None:
    table = arrow_table()
    fixed = run(make(table)).fix()
    assert isinstance(fixed, pa.Table)
    assert fixed.schema.equals(table.schema, check_metadata=True)
    rows = table.to_pylist()
    rows[BAD]["kind"] = "cat"
    assert fixed.to_pylist() == rows[:COPY]


def test_a_dict_is_fixed_as_a_dict_and_a_file_as_an_arrow_table(tmp_path: Path) -> None:
    source = {name: values.tolist() for name, values in columns().items()}
    fixed = run(source).fix()
    assert fixed["kind"] == ["cat"] * 30 + ["dog"] * 29
    assert fixed["size"] == source["size"][:COPY]
    assert source["kind"][BAD] == "dog"
    pd.DataFrame(source).to_csv(tmp_path / "data.csv", index=False)
    from_file = run(tmp_path / "data.csv").fix()
    assert isinstance(from_file, pa.Table)
    assert from_file.to_pydict() == fixed


def test_a_list_of_dicts_is_fixed_as_one_and_keeps_what_its_rows_lack() -> None:
    source: list[dict[Any, Any]] = arrow_table().to_pylist()
    source[3].pop("size")
    source = [{5 if name == "kind" else name: value for name, value in row.items()} for row in source]
    before = [dict(row) for row in source]
    fixed = run(source, label="5").fix()
    assert source == before
    before[BAD][5] = "cat"
    assert fixed == before[:COPY]


def test_rules_decide_what_is_fixed() -> None:
    audit = run(columns())
    assert [c.kind for c in audit.propose()] == ["relabel", "drop_duplicate"]
    only = ProposalRules(only=("relabel",))
    assert len(audit.fix(only)["kind"]) == N
    assert audit.fix(ProposalRules(only=())) == {name: list(values) for name, values in columns().items()}
    with pytest.raises(InputError, match="came from memory"):
        audit.patch()


def test_the_same_rows_give_the_same_answers_from_a_file_and_from_memory(tmp_path: Path) -> None:
    in_memory = run(flowers(), label="species")
    from_csv = run(write_flowers(tmp_path), label="species", project=False)
    assert from_csv.issues == in_memory.issues
    assert from_csv.score_table.equals(in_memory.score_table)
    assert from_csv.propose() == in_memory.propose()
    quick = ["outlier", "exact_duplicate", "near_duplicate", "missing_values"]
    wanted = run(flowers(), label="species", checks=quick)
    others = [write_flowers(tmp_path, kind) for kind in ("jsonl", "parquet")]
    for source in (*others, flowers().to_pandas(), pl.from_arrow(flowers()), flowers().to_pydict()):
        audit = run(source, label="species", checks=quick, project=False)
        assert audit.score_table.equals(wanted.score_table)
        assert audit.issues == wanted.issues


def test_the_label_may_stand_among_the_roles() -> None:
    assert run(columns(), label=None, roles={"kind": "label"}).issues == run(columns()).issues
    with pytest.raises(InputError, match="named as the label and as id"):
        em.Audit(columns(), label="kind", roles={"kind": "id"})


# -- arguments ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "kind", "message"),
    [
        ({"label": "kidn"}, UnknownName, "There is no column 'kidn'. Did you mean 'kind'?"),
        ({"roles": {"sise": "number"}}, UnknownName, "There is no column 'sise'. Did you mean 'size'?"),
        ({"roles": {"size": "numbr"}}, UnknownName, "There is no role 'numbr'. Did you mean 'number'?"),
        ({"checks": ["outlire"]}, UnknownName, "There is no check 'outlire'. Did you mean 'outlier'?"),
        ({"ignore": ["outlire"]}, UnknownName, "There is no check 'outlire'. Did you mean 'outlier'?"),
        ({"options": {"outlire": {}}}, UnknownName, "There is no check 'outlire'. Did you mean 'outlier'?"),
        ({"options": {"outlier": {"cutt": 4}}}, UnknownOption, "has no option 'cutt'. Did you mean 'cut'?"),
        ({"options": {"outlier": {"cut": 0.5}}}, InputError, "must be a number from 1.0 to 100.0; got 0.5."),
        ({"label": "kind", "task": "binry"}, UnknownName, "There is no task 'binry'. Did you mean 'binary'?"),
    ],
)
def test_a_wrong_word_is_named_with_the_nearest_right_one(
    settings: dict[str, Any], kind: type[Exception], message: str, tmp_path: Path
) -> None:
    file = tmp_path / "data.csv"
    pd.DataFrame(columns()).to_csv(file, index=False)
    with pytest.raises(kind) as caught:
        em.Audit(file, **{"label": "kind", **settings})
    assert message in str(caught.value)
    assert list(tmp_path.iterdir()) == [file]


def test_only_the_checks_that_were_asked_for_run_with_their_options() -> None:
    audit = run(columns(), checks=iter(["EM301", "outlier"]), ignore=("outlier",))
    assert [outcome.check.name for outcome in audit.outcomes] == ["exact_duplicate"]
    none = run(columns(), checks=["exact_duplicate"], options={"EM301": {"max_chance": 0.0}})
    assert len(audit.issues) == 2
    assert len(none.issues) == 0
    assert [line.status for line in none.summary.checks] == ["passed"]


def test_scores_are_those_of_the_table_and_say_why_there_are_none() -> None:
    audit = run(columns(), ignore=["outlier"])
    assert np.array_equal(audit.scores("wrong_label"), audit.score_table["wrong_label_score"].to_numpy())
    assert audit.scores("wrong_label").argmin() == BAD
    with pytest.raises(UnknownName, match=r"no check 'wrong_lable'. Did you mean 'wrong_label'\?"):
        audit.scores("wrong_lable")
    with pytest.raises(EmendataError, match="Check 'outlier' has no scores: it did not run"):
        audit.scores("outlier")
    unlabeled = run(columns(), label=None, checks=["wrong_label"])
    with pytest.raises(EmendataError, match=r"Check 'wrong_label' has no scores: No label column was named."):
        unlabeled.scores("wrong_label")


def test_before_it_ran_an_audit_says_so() -> None:
    audit = em.Audit(columns(), label="kind")
    for ask in (lambda: audit.outcomes, lambda: audit.issues, lambda: audit.summary, audit.fix):
        with pytest.raises(EmendataError, match=r"The audit did not run yet. Call run\(\) first."):
            ask()
    assert audit.features().dense.shape == (N, 5)


def test_the_same_seed_gives_the_same_answers() -> None:
    one, two, other = (run(columns(), seed=seed).scores("wrong_label") for seed in (1, 1, 2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_progress_goes_through_named_stages_to_their_ends() -> None:
    last: dict[str, tuple[int, int]] = {}

    def on_progress(stage: str, done: int, total: int) -> None:
        assert last.get(stage, (0, 0))[0] <= done <= total
        last[stage] = (done, total)

    audit = em.Audit(flowers(), label="species")
    audit.run(on_progress=on_progress)
    assert all(done == total for done, total in last.values())
    assert last["Checking"] == (len(audit.plan.checks),) * 2


# -- projects -------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    pd.DataFrame(columns()).to_csv(path, index=False)
    return path


def test_without_a_project_nothing_is_written(file: Path) -> None:
    audit = run(file, project=False)
    assert audit.summary.n_rows == N
    assert list(file.parent.iterdir()) == [file]
    with pytest.raises(EmendataError, match=r"There is no project folder to write to. Pass a folder"):
        audit.report()
    assert audit.report(file.parent / "out") == file.parent / "out" / "report.html"
    assert sorted(path.name for path in (file.parent / "out").iterdir()) == [
        "issues.parquet", "report.html", "report.md", "scores.csv", "scores.parquet", "summary.json",
    ]  # fmt: skip


def test_the_project_stands_beside_the_file_or_where_it_is_wanted(file: Path) -> None:
    beside = run(file, project=True).project
    assert beside is not None
    assert beside.folder == file.with_name("data.csv.emendata")
    wanted = file.parent / "deep" / "project"
    elsewhere = run(file, project=wanted)
    assert elsewhere.report() == wanted / "report.html"
    of_a_table = run(columns(), project=str(wanted / "table"), checks=["exact_duplicate"]).project
    assert of_a_table is not None
    assert of_a_table.exists(wanted / "table")
    assert run(columns(), project=True, checks=["exact_duplicate"]).project is None
    with pytest.raises(OutputError, match="Choose another place"):
        em.Audit(file, project=file)


def test_a_reopened_audit_has_the_same_options_and_answers(file: Path) -> None:
    settings: dict[str, Any] = {
        "roles": {"size": "category"}, "ignore": ("class_imbalance",), "seed": 3,
        "options": {"exact_duplicate": {"max_chance": 0.5}}, "delimiter": ",", "encoding": "utf-8",
    }  # fmt: skip
    first = run(file, **settings)
    again = em.Audit.reopen(file.with_name("data.csv.emendata"))
    assert again.score_table.equals(first.score_table)
    assert again.issues == first.issues
    assert again.summary == first.summary
    assert again.patch() == first.patch()


def test_the_last_audit_is_the_one_that_is_reopened(file: Path) -> None:
    project = file.parent / "project"
    run(file, project=project, checks=["outlier"])
    run(file, project=project, checks=["exact_duplicate"])
    assert [o.check.name for o in em.Audit.reopen(project).outcomes] == ["exact_duplicate"]


def test_what_cannot_be_reopened_says_what_to_do(file: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    with pytest.raises(ProjectError, match="There is no emendata project in"):
        em.Audit.reopen(project)
    assert not project.exists()
    em.Audit(file, label="kind", project=project)
    with pytest.raises(ProjectError, match=r"No audit of .* was finished yet. Run: emendata audit FILE"):
        em.Audit.reopen(project)
    run(file, project=project, checks=["exact_duplicate"])
    moved = shutil.move(file, tmp_path / "moved.csv")
    with pytest.raises(ProjectError, match=r"The audited file .*data.csv is gone. Put it back"):
        em.Audit.reopen(project)
    shutil.move(moved, file)
    file.write_text(file.read_text().replace("cat", "cow", 1))
    with pytest.raises(ProjectError, match=r"data.csv changed since it was audited. Run: emendata audit"):
        em.Audit.reopen(project)


def test_another_spelling_of_the_same_data_counts_as_the_same(file: Path) -> None:
    first = run(file)
    file.write_text(file.read_text().replace("\n", "\r\n"), newline="")
    assert em.Audit.reopen(f"{file}.emendata").score_table.equals(first.score_table)


def test_known_wrong_labels_are_the_worst() -> None:
    issues = run(flowers(), label="species", checks=["wrong_label"]).issues
    assert set(issues["row"].to_pylist()[:4]) >= set(WRONG)


def test_a_folder_is_audited_fixed_and_reopened_by_its_own_label(tmp_path: Path) -> None:
    texts = {"good": "a bright and happy film number", "bad": "a dark and sad film number"}
    files = {f"{label}/{i}.txt": f"{text} {i}" for label, text in texts.items() for i in range(30)}
    folder = write_files(tmp_path / "films", files | {"good/99.txt": f"{texts['bad']} 99"})
    first = em.Audit(folder).run()
    assert first.dataset.label == "label"
    assert first.summary.recognized == "a folder of 61 texts with a folder for each of 2 classes"
    assert [(c.id, c.new) for c in first.propose()] == [("good/99.txt", "bad")]
    again = em.Audit.reopen(tmp_path / "films.emendata")
    assert again.patch() == first.patch()
    assert again.fix()["label"].to_pylist().count("bad") == 31
    with pytest.raises(InputError, match="lies in the folder that is read"):
        first.report(folder / "results")


def test_no_project_lies_in_the_folder_that_it_is_about(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "films", {"good/1.txt": "a", "bad/1.txt": "b"})
    with pytest.raises(InputError, match="lies in the folder that is read"):
        em.Audit(folder, project=folder / "project")
    assert not (folder / "project").exists()
