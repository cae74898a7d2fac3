"""``emendata fix``: write what people decided, and what is proposed or certified, as a patch."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emendata.cli.wording import as_command, kinds_in_words
from emendata.errors import InputError, chosen
from emendata.files import explained

if TYPE_CHECKING:
    from emendata.audit import Audit
    from emendata.corrections import Certificate, Patch, ProposalCertificate

__all__ = ["fix"]


def fix(
    project: Annotated[
        Path, typer.Argument(help="Project folder of an audit, such as reviews.csv.emendata.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Patch file.", show_default="PROJECT/corrections.jsonl")
    ] = None,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="Only what people decided; nothing is proposed beside it.")
    ] = False,
    certified: Annotated[
        float | None,
        typer.Option(
            help="What people decided, and the label changes of which at least this part is certified by the reviewed "
            "sample, such as 0.95."
        ),
    ] = None,
    confidence: Annotated[float, typer.Option(help="How sure a certificate is to be.")] = 0.95,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="With --certified, instead of label changes those proposals of this kind that are certified by the "
            "review of that kind: set_cell, drop_duplicate or exclude_outlier. Repeatable: all kinds hold at once."
        ),
    ] = None,
    by_column: Annotated[
        bool,
        typer.Option(
            "--by-column",
            help="With --certified --kind set_cell, a certificate for each column; all of them hold at once.",
        ),
    ] = False,
    accept_suggestions: Annotated[
        bool,
        typer.Option(
            "--accept-suggestions",
            help="Take every suggested label, however probable: nobody looked at them and nothing certifies them.",
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Propose only this: relabel, drop_duplicate, exclude_outlier, or set_cell, which is left out else. "
            "Repeatable."
        ),
    ] = None,
    min_probability: Annotated[
        float, typer.Option(help="Change a label or cell only to what has at least this probability.")
    ] = 0.9,
    max_duplicate_score: Annotated[
        float, typer.Option(help="Drop a duplicate only below this score: its expected accidental twins.")
    ] = 1e-5,
    max_outlier_score: Annotated[
        float, typer.Option(help="Exclude an outlier only below this score.")
    ] = 0.01,
    include_test: Annotated[
        bool,
        typer.Option(
            "--include-test",
            help="Propose changes of rows of a test split as well. What people decided is always made.",
        ),
    ] = False,
) -> None:
    """Write corrections as a patch: one line a change, to be read before it is applied.

    What people decided in a review comes first. Beside it stand proposals that the models make and nobody checked; or,
    with --certified, those of which the reviewed sample proves that they are right; or, with --reviewed, nothing.

    Examples
    --------
    `emendata fix reviews.csv.emendata`

    `emendata fix reviews.csv.emendata --only relabel --min-probability 0.95`

    `emendata fix reviews.csv.emendata --certified 0.95`

    `emendata fix reviews.csv.emendata --certified 0.95 --kind set_cell`

    `emendata fix reviews.csv.emendata --reviewed`
    """
    from emendata.audit import Audit
    from emendata.corrections import KINDS, USUAL_KINDS, ProposalRules, write_patch
    from emendata.data.packing import ending

    if sum((reviewed, certified is not None, accept_suggestions)) > 1:
        raise InputError(
            "--reviewed, --certified and --accept-suggestions each say what is changed. Give one."
        )
    if (kind or by_column) and certified is None:
        raise InputError("--kind and --by-column say what is certified. Give --certified 0.95 beside them.")
    if by_column and kind != ["set_cell"]:
        raise InputError("Only changes of cells are certified by column. Give --kind set_cell --by-column.")
    rules = ProposalRules(
        min_probability=0.0 if accept_suggestions else min_probability,
        max_duplicate_score=max_duplicate_score,
        max_outlier_score=max_outlier_score,
        only=tuple(chosen("kind of correction", one, KINDS) for one in only or USUAL_KINDS),
        include_test=include_test,
    )
    audited = Audit.reopen(project)
    certificate: Certificate | Sequence[ProposalCertificate] | None = None
    if certified is not None and kind:
        certificate = _of_kinds(audited, kind, certified, confidence, by_column=by_column)
    elif certified is not None:
        certificate = audited.certify(certified, confidence)
    patch = audited.patch(rules, certificate=certificate, reviewed_only=reviewed)
    source = audited.dataset.path
    assert source is not None  # else there is no patch
    target = out or project / "corrections.jsonl"
    kept = _set_aside(target, patch, source)
    write_patch(patch, target)
    counts = Counter(correction.kind for correction in patch.corrections)
    typer.echo(f"Proposed for {patch.source}: {kinds_in_words(counts)}.")
    typer.echo(_where_from(patch, certificate))
    _tell_of_the_rest(audited)
    if certificate is not None:
        typer.echo(f"Written  {_write_statement(certificate, target)}")
    if kept is not None:
        typer.echo(f"Kept     the patch that was there before as {kept}")
    source = _as_typed(source) if audited.dataset.url is None else Path(source.name)  # once it is downloaded
    end = "" if source.is_dir() else ending(source)
    corrected = source.with_name(f"{source.name.removesuffix(end)}.corrected{end}")
    typer.echo(f"\nPatch    {target}\nNext     {as_command('apply', target, source, '-o', corrected)}")


def _set_aside(target: Path, patch: "Patch", source: Path) -> Path | None:
    """Keep another patch that lies at the target, since it may have been reviewed; return where it is now."""
    from emendata.corrections import patch_bytes
    from emendata.data.locate import refuse_same_file

    previous = target.with_name(f"{target.stem}.previous{target.suffix}")
    for place in (target, previous):
        refuse_same_file(source, place)
    if not target.is_file() or target.read_bytes() == patch_bytes(patch):
        return None
    with explained(previous):
        target.replace(previous)
    return previous


def _of_kinds(
    audited: "Audit", kinds: list[str], precision: float, confidence: float, *, by_column: bool
) -> "list[ProposalCertificate]":
    if by_column:
        return list(audited.certify_by_column(precision, confidence).values())
    from emendata.corrections import REVIEWED_KINDS

    named = [chosen("kind of proposal to review", kind, REVIEWED_KINDS) for kind in kinds]
    return list(audited.certify_kinds(named, precision, confidence).values())


def _where_from(patch: "Patch", certificate: "Certificate | Sequence[ProposalCertificate] | None") -> str:
    """Say plainly which changes somebody decided on, which are certified, and which are neither."""
    n_decided = sum("decided_by" in correction.evidence for correction in patch.corrections)
    n_other = len(patch.corrections) - n_decided
    decided = f"{n_decided:,} decided by people"
    if certificate is not None:
        return f"Of these {decided}, {n_other:,} certified. {_proved(certificate)}"
    if not n_other:
        return f"Of these {decided}."
    return (
        f"Of these {decided}, {n_other:,} proposed by models: nobody looked at them and nothing certifies them. "
        "A review, and --certified, change that."
    )


def _proved(certificate: "Certificate | Sequence[ProposalCertificate]") -> str:
    """Return what is proved: of several certificates what holds of them all, then each by itself."""
    from emendata.corrections import Certificate, proposals_document

    if isinstance(certificate, Certificate):
        return certificate.sentence
    together = str(proposals_document(certificate)["statement"])
    return "\n".join([together, *(f"- {one.sentence}" for one in certificate if len(certificate) > 1)])


def _tell_of_the_rest(audited: "Audit") -> None:
    """Say which decisions are not made, since their rows or cells are no longer what they were."""
    decided = audited.decided
    if decided.gone:
        typer.echo(f"Left out {len(decided.gone):,} decisions on rows that are no longer there.")
    if decided.changed:
        typer.echo(f"Left out {len(decided.changed):,} decisions on cells that hold something else by now.")


def _write_statement(certificate: "Certificate | Sequence[ProposalCertificate]", patch: Path) -> Path:
    from emendata.corrections import Certificate
    from emendata.reports.certificate import write_certificate
    from emendata.reports.proposal_certificates import write_proposal_certificates

    stem = patch.with_suffix(".certificate")
    if isinstance(certificate, Certificate):
        return write_certificate(certificate, stem)
    return write_proposal_certificates(certificate, stem)


def _as_typed(path: Path) -> Path:
    """Return a path as a person would type it here: relative where it lies below the current folder."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
