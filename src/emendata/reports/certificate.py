"""The statement of a certificate, for people and for programs."""

import json
from collections.abc import Mapping
from pathlib import Path

from emendata.corrections import Certificate
from emendata.files import write_atomically
from emendata.records import Json

__all__ = ["certificate_markdown", "repeats_line", "write_certificate", "write_statement"]


def write_certificate(certificate: Certificate, stem: Path) -> Path:
    """Write the statement as Markdown and as JSON beside each other, and return the first."""
    return write_statement(certificate.document(), certificate_markdown(certificate), stem)


def write_statement(document: Mapping[str, Json], markdown: str, stem: Path) -> Path:
    """Write what is promised as Markdown and as JSON beside each other, and return the first."""
    said = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    for ending, text in ((".json", said + "\n"), (".md", markdown)):
        with write_atomically(stem.with_suffix(stem.suffix + ending)) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return stem.with_suffix(stem.suffix + ".md")


def certificate_markdown(certificate: Certificate) -> str:
    """Return the statement with the counts behind it."""
    drawn, rate = certificate.drawn, certificate.rate
    lines = ["# Certificate of label changes", "", certificate.sentence, ""]
    if certificate.is_certified:
        lines += [
            f"- By these changes there are at least {certificate.least_gain:,} wrong labels fewer, on balance.",
            f"- Of all {certificate.n_labeled:,} labels, at most {certificate.most_errors_left:,} are wrong once they "
            "are made.",
        ]
    if rate is not None:
        low, high = round(rate.low * certificate.n_labeled), round(rate.high * certificate.n_labeled)
        lines.append(
            f"- Before any change, {low:,} to {high:,} of {certificate.n_labeled:,} labels are wrong "
            f"(estimated from {rate.n_reviewed:,} reviewed rows, 95 of 100 such intervals hold the true number)."
        )
    lines += repeats_line(certificate.n_repeated, certificate.n_changed)
    lines += [
        "",
        "| rows | in the group | asked | label wrong | proposal not confirmed |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for stratum in range(len(drawn.sizes)):
        is_ring = stratum < drawn.n_rings
        name = f"proposals, ring {stratum + 1}" if is_ring else f"other labels, {stratum - drawn.n_rings + 1}"
        counts = [drawn.sizes, drawn.asked, drawn.wrong, *([drawn.unconfirmed] if is_ring else [])]
        cells = [f"{count[stratum]:,}" for count in counts] + [""] * (not is_ring)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += [
        "",
        "Each group was fixed before the first answer, and rows were drawn from it at random. What is promised holds "
        "whenever the review stops, and rests on the answers: it says what a reviewer would confirm.",
        "",
    ]
    return "\n".join(lines)


def repeats_line(n_repeated: int, n_changed: int) -> list[str]:
    """Return the line on questions that were asked twice, if any were."""
    if not n_repeated:
        return []
    return [
        f"- {n_repeated:,} questions were asked twice; {n_changed:,} answers changed. The bar was raised by half of "
        "that."
    ]
