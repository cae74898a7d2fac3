"""One object that calls the rooms below, in order, and holds their answers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emendata.audit.configuration import configured
from emendata.audit.correcting import Correcting, Source
from emendata.audit.export import OWN_FORMAT, Exported, ExportOptions, RowChoice, export_data
from emendata.audit.last_run import read_last_run
from emendata.audit.place import default_place, lasting, open_project
from emendata.audit.project_settings import merged, read_project_settings
from emendata.audit.settings import Settings
from emendata.checks import CHECKS, Check, choose
from emendata.checks.check import configure
from emendata.checks.wrong_label import WrongLabel
from emendata.data import Dataset, check_label, label_names, open_dataset
from emendata.data.locate import refuse_same_file
from emendata.errors import EmendataError, ProjectError
from emendata.features import Chosen, embedders_by_column
from emendata.files import make_folder
from emendata.pipeline import (
    Forecast,
    OnOutcome,
    Outcome,
    Plan,
    Preparation,
    effort_for,
    forecast,
    ignore_outcome,
    issue_table,
    mode_within,
    places_of,
    plan_audit,
    read_own,
    run_checks,
    score_table,
    summarize,
    with_reviewed_rate,
)
from emendata.records import (
    Float32Array,
    Json,
    Metric,
    Mode,
    OnProgress,
    Summary,
    no_progress,
)
from emendata.reports import REPORT_FILES, IssueTable, audit_html, write_report
from emendata.selection import RowTable
from emendata.store import MemoryShelf, Project, Shelf, fingerprint

if TYPE_CHECKING:
    import pyarrow as pa

    from emendata.features import FeatureTable

__all__ = ["Audit"]


class Audit(Correcting):
    """Find the errors in a dataset.

    Parameters
    ----------
    source : path, URL, table or dataset
        A CSV, TSV, JSON, JSONL, Parquet, Arrow or Feather file; an array archive (.npz); a SQLite or DuckDB database or
        an Excel workbook; a folder of images, sounds or texts with a folder for each class, one with a table in it, or
        one that Hugging Face's datasets saved; a ZIP or TAR archive of such a folder; the URL of one of these files or
        of a database server; a pandas, polars or Arrow table; a dict of columns or arrays; a list of dicts, one for
        each row; a dataset of Hugging Face's library; or a dataset of torch.
    label : str, optional
        The column that holds the class of each row; a folder says it by itself. Without one, only the checks that
        need no label run.
    roles : mapping of str to str, optional
        What columns are for, where the guess is wrong: text, number, category, date, image, audio, id, split, group,
        time, weight, annotator, probability, embedding or ignore.
    project : path, optional
        Folder that keeps what was computed, by default ``FILE.emendata`` beside the file, in the current folder for
        what lies behind a URL, and memory for tables. Pass ``False`` to write nothing.
    checks, ignore : iterable of str, optional
        Names or codes of the checks to run, by default all, and of those to leave out.
    options : mapping of str to mapping, optional
        Settings of checks by name, such as ``{"wrong_label": {"min_odds": 9}}``.
    config : path, optional
        An ``emendata.toml``, or a ``pyproject.toml`` with a table ``[tool.emendata]``, whose ``checks``, ``ignore`` and
        ``options`` count where none are given here.
    seed : int
        Same data, same options and same seed give the same answers.
    encoding, delimiter : str, optional
        Of a CSV file, where they are not recognised.
    table, query : str, optional
        Which table of a database or sheet of a workbook; or SQL whose answer is audited.
    task : str, optional
        What the label asks for, where the guess is wrong: binary, multiclass, multilabel or regression.
    mode : str, optional
        ``"quick"``, ``"balanced"`` (the default) or ``"thorough"``: how much work goes into features and predictions.
    pred_probs : matrix of shape (n, k), path, or list of them, optional
        Out-of-sample predictions of your own, of one model or several, which take the place of ours: tables whose
        columns are named for the classes, or arrays with a column for each class in sorted order.
    features : matrix of shape (n, d) or path, optional
        Numbers that take the place of our features, such as the vectors of a network of your own.
    model : classifier, function, str, or list of them, optional
        What takes the place of our models and is cross-validated on the features: an object as scikit-learn has them,
        a function of training features, labels and test features that returns probabilities, or ``"module:name"``.
    calibrate : bool
        Whether the probabilities that are shown, and by which labels are corrected, are to be those of the true class,
        not of the given label with its errors; flags and scores stay. Own ``pred_probs`` are tempered as well then.
    metric : str
        By what rows are near: ``"euclidean"`` (the default), or ``"cosine"`` where only the direction of features
        tells, as with the vectors of many networks.
    read_settings : bool
        Whether ``settings.toml`` in the project folder counts, which says label, task and roles once and for all.
    budget : float, optional
        Seconds that the audit may take, instead of a mode: the most thorough mode that is expected to keep to it.
    embedders : mapping of str to str or callable, optional
        What reads texts, images or sounds in place of our own networks, by role or column: ``LIBRARY:MODEL``, such as
        ``{"image": "timm:resnet18"}``, or a function that is given a list of items and returns an array, one line each.

    Examples
    --------
    >>> import emendata as em
    >>> kinds = ["small"] * 30 + ["large"] * 30
    >>> sizes = [i % 30 / 10 + (5 if kind == "large" else 0) for i, kind in enumerate(kinds)]
    >>> kinds[7] = "large"
    >>> audit = em.Audit({"size": sizes, "kind": kinds}, label="kind").run()
    >>> [(issue["row"], issue["check"], issue["given"], issue["suggested"]) for issue in audit.issues.of("EM101")]
    [(7, 'wrong_label', 'large', 'small')]
    """

    def __init__(
        self,
        source: Source,
        *,
        label: str | None = None,
        roles: Mapping[str, str] | None = None,
        project: str | os.PathLike[str] | bool | None = None,
        checks: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        options: Mapping[str, Mapping[str, Json]] | None = None,
        seed: int = 0,
        encoding: str | None = None,
        delimiter: str | None = None,
        table: str | None = None,
        query: str | None = None,
        task: str | None = None,
        mode: str | None = None,
        budget: float | None = None,
        embedders: Mapping[str, Chosen] | None = None,
        pred_probs: Any = None,
        features: Any = None,
        model: Any = None,
        calibrate: bool = False,
        metric: str = Metric.EUCLIDEAN,
        read_settings: bool = True,
        config: str | os.PathLike[str] | None = None,
    ) -> None:
        said = read_project_settings(source, project) if read_settings else {}
        self._settings = Settings(
            **merged(said, label, roles, task),
            **configured(config, checks, ignore, options or {}),
            seed=seed,
            encoding=encoding,
            delimiter=delimiter,
            table=table,
            query=query,
            mode=mode,
            budget=budget,
            embedders=dict(embedders or {}),
            pred_probs=pred_probs,
            features=features,
            model=model,
            calibrate=calibrate,
            metric=metric,
        )
        self._source = source
        asked = self._settings
        self._checks = choose(CHECKS, asked.checks, asked.ignore, asked.options)
        self.dataset: Dataset = open_dataset(source, **asked.reading)
        if self.dataset.label is not None:
            check_label(self.dataset)
        _ = self.dataset.arrangement  # raises where a column cannot be what it is said to be for
        self._embedders = embedders_by_column(asked.embedders, self.dataset)
        self._own = read_own(self.dataset, pred_probs, features, model)
        self._places = places_of(self._own, pred_probs, features)
        self.project: Project | None = open_project(project, self.dataset)
        self._outcomes: tuple[Outcome, ...] | None = None
        self._on_progress: OnProgress = no_progress

    @classmethod
    def reopen(cls, project: str | os.PathLike[str]) -> Audit:
        """Take up the last audit of a project folder again.

        Raises
        ------
        ProjectError
            If there is no project, no finished audit in it, or the data changed since.
        """
        last = read_last_run(project)
        audit = cls(last.source, project=project, read_settings=False, **last.options)
        if fingerprint(dict(audit.dataset.content)) != last.content:
            raise ProjectError(
                f"{last.source} changed since it was audited. Run: emendata audit {last.source}"
            )
        return audit.run()

    def run(
        self,
        *,
        strict: bool = False,
        on_progress: OnProgress = no_progress,
        on_outcome: OnOutcome = ignore_outcome,
    ) -> Audit:
        """Run the checks; what an earlier run of the same data and options computed is not computed again.

        Parameters
        ----------
        strict : bool
            Raise the first failure of a check instead of keeping it in the summary.
        on_progress : callable
            Called as ``on_progress(stage, done, total)``.
        on_outcome : callable
            Called with what became of each check, as soon as it is over.
        """
        self._on_progress = on_progress
        self._outcomes = run_checks(
            self.plan, self._preparation, strict=strict, on_progress=on_progress, on_outcome=on_outcome
        )
        if self.project is not None and (source := lasting(self.dataset)) is not None:
            document = {
                "source": source,
                "options": self._settings.document(self.mode, self._places or {}),
                "is_in_memory": self._places is None,
                "content": fingerprint(dict(self.dataset.content)),
            }
            self.project.record_run(document)
        return self

    @property
    def can_reopen(self) -> bool:
        """Whether a project can take this audit up again, so that it can be fixed from there."""
        return self._places is not None and lasting(self.dataset) is not None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each check."""
        if self._outcomes is None:
            raise EmendataError("The audit did not run yet. Call run() first.")
        return self._outcomes

    @cached_property
    def summary(self) -> Summary:
        """Everything that the reports show."""
        return with_reviewed_rate(
            summarize(self.dataset, self._preparation, self.outcomes), self.reviewed_rate
        )

    @cached_property
    def issues(self) -> IssueTable:
        """One line an issue: a flagged row and check, or several where several of its columns are wrong."""
        return IssueTable(issue_table(self.dataset, self.outcomes))

    @cached_property
    def score_table(self) -> pa.Table:
        """One line a row: given and predicted label, and every check's score and flag."""
        return score_table(self.dataset, self._preparation, self.outcomes)

    def scores(self, check: str) -> Float32Array:
        """Scores of one check, shape (n_rows,): low means bad, NaN where it has nothing to say."""
        name = CHECKS[check].name
        for outcome in self.outcomes:
            if outcome.check.name == name and outcome.findings is not None:
                return outcome.findings.scores
        reasons = [outcome.message for outcome in self.outcomes if outcome.check.name == name]
        raise EmendataError(f"Check {check!r} has no scores: {reasons[0] if reasons else 'it did not run'}")

    def __repr__(self) -> str:
        said = "not run yet" if self._outcomes is None else repr(self.issues)
        return f"<Audit of {self.dataset.name!r}, {self.dataset.n_rows:,} rows: {said}>"

    def _repr_html_(self) -> str | None:
        return None if self._outcomes is None else audit_html(self.summary)

    @cached_property
    def rows(self) -> RowTable:
        """All rows with what was found and decided, to be filtered, sorted, counted, and changed many at once.

        >>> import emendata as em  # doctest: +SKIP
        >>> audit = em.Audit.reopen("reviews.csv.emendata")  # doctest: +SKIP
        >>> audit.rows.ordered(["given=positive", "score<0.1"])  # doctest: +SKIP
        """
        return RowTable(self.dataset, self._preparation, self.outcomes, self._items, self.decisions)

    def seconds(self) -> dict[str, float]:
        """Return how long each model took when it predicted, in this run or an earlier one, by its title."""
        predicted = any(
            "predictions" in outcome.check.needs and outcome.findings is not None for outcome in self.outcomes
        )
        return self._preparation.seconds if predicted else {}

    def features(self) -> FeatureTable:
        """Return the features that the models and the distances use."""
        return self._preparation.feature_table

    def report(self, folder: str | os.PathLike[str] | None = None) -> Path:
        """Write report, scores, issues and summary into a folder, by default the project's; return the report."""
        if folder is None:
            if self.project is None:
                raise EmendataError(
                    "There is no project folder to write to. Pass a folder: report('results')."
                )
            folder = self.project.folder
        self.check_report_folder(folder)
        return write_report(make_folder(folder), self.summary, self.score_table, self.issues.table)

    def export(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        file_format: str = OWN_FORMAT,
        rows: RowChoice = "kept",
        where: Iterable[str] = (),
        findings: bool = False,
        decisions: bool = False,
        certified: float | None = None,
        neutralise: bool = True,
        dry_run: bool = False,
    ) -> Exported:
        """Write the corrected data, a list of changes, the patch, the log, a data card and checksums into a folder.

        Parameters
        ----------
        folder : path, optional
            Created; files of an earlier export are replaced. By default ``exports`` in the project's folder.
        file_format : str
            ``"own"``: that of the original, whose bytes stay but for the corrections; or ``"csv"``, ``"parquet"``,
            ``"jsonl"``, ``"xlsx"``, ``"arrow"``.
        rows : str
            ``"kept"``: all that are not excluded; ``"all"``; ``"changed"``: those with a changed cell.
        where : iterable of str
            Conditions on rows, such as ``given=cat``.
        findings, decisions : bool
            Whether columns are added with what checks found, and with what was decided.
        certified : float, optional
            Make the proposals as well of which so large a part is certified to be right.
        neutralise : bool
            Write a quote before cells that a spreadsheet would take for formulas, in all CSV but the original format.
        dry_run : bool
            Check that it can be done and say what it comes to, but write nothing.

        Raises
        ------
        InputError
            If the own format is asked for and the data came from no file, or it cannot hold what is asked for.
        OutputError
            If something cannot be written.
        """
        if folder is None:
            if self.project is None:
                raise EmendataError(
                    "There is no project folder to write to. Pass a folder: export('corrected')."
                )
            folder = self.project.folder / "exports"
        options = ExportOptions(file_format, rows, tuple(where), findings, decisions, certified, neutralise)
        return export_data(self, Path(folder), options, dry_run=dry_run)

    def check_report_folder(self, folder: str | os.PathLike[str]) -> None:
        """Raise `InputError` if `report` would write over the audited file, or into the audited folder."""
        if self.dataset.path is not None:
            for name in REPORT_FILES:
                refuse_same_file(self.dataset.path, Path(folder) / name)

    @cached_property
    def mode(self) -> Mode:
        """How much work goes into predictions: as asked, or the most that the budget allows."""
        if self._settings.budget is not None:
            return mode_within(self._settings.budget, lambda mode: self._prepared(MemoryShelf(), mode))
        return Mode(self._settings.mode or Mode.BALANCED)

    def forecast(self, project: str | os.PathLike[str] | bool = False) -> Forecast:
        """Return how long this audit will take, from running it on some rows for about two seconds.

        Parameters
        ----------
        project : path or bool
            Folder of an earlier audit, if there is one: what lies in it counts as done, as it does if it lies in this
            audit's own project. ``True`` is the folder that is used by default.
        """
        needs = {need for check in self.plan.checks for need in (*check.needs, *check.wants)}
        folder = default_place(self.dataset) if project is True else project
        if folder is False or folder is None or not Project.exists(os.fspath(folder)):
            return forecast(self._preparation, needs)
        kept = Project(os.fspath(folder), create=False)
        try:
            return forecast(self._prepared(kept), needs)
        finally:
            kept.close()

    @cached_property
    def plan(self) -> Plan:
        """The checks that will run, and why others will not."""
        return plan_audit(self.dataset, self._checks_as_reviewed(), self._own)

    def _checks_as_reviewed(self) -> list[Check]:
        """Return the checks; as many labels are flagged as reviews say, once these are enough."""
        rate = self.reviewed_rate
        if rate is None:
            return list(self._checks)
        n_labeled = len([name for name in label_names(self.dataset) if name is not None])
        return [
            configure(check, {"n_wrong": max(round(rate.rate * n_labeled), 1)})
            if isinstance(check, WrongLabel) and not check.n_wrong
            else check
            for check in self._checks
        ]

    @cached_property
    def _preparation(self) -> Preparation:
        return self._prepared(self.project if self.project is not None else MemoryShelf())

    def _prepared(self, shelf: Shelf, mode: Mode | None = None, n_repeats: int | None = None) -> Preparation:
        if not all(embedder.is_lasting for embedder in self._embedders.values()):
            shelf = MemoryShelf()
        effort = effort_for(mode or self.mode, self.dataset.n_rows)
        if n_repeats is not None:
            effort = replace(effort, n_repeats=n_repeats)
        return Preparation(
            self.dataset,
            shelf,
            seed=self._settings.seed,
            effort=effort,
            embedders=self._embedders,
            own=self._own,
            calibrate=self._settings.calibrate,
            metric=Metric(self._settings.metric),
            on_progress=lambda stage, done, total: self._on_progress(stage, done, total),
        )
