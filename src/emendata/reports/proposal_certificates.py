"""The statement of certificates by kind or by column, for people and for programs."""

from collections.abc import Sequence
from pathlib import Path

from emendata.corrections import ProposalCertificate, proposals_document
from emendata.reports.certificate import repeats_line, write_statement
from emendata.reports.markdown import plain

__all__ = ["proposals_markdown", "write_proposal_certificates"]


def write_proposal_certificates(certificates: Sequence[ProposalCertificate], stem: Path) -> Path:
    """Write the statement as Markdown and as JSON beside each other, and return the first."""
    return write_statement(proposals_document(certificates), proposals_markdown(certificates), stem)


def proposals_markdown(certificates: Sequence[ProposalCertificate]) -> str:
    """Return what several certificates promise, with the counts behind them."""
    lines = ["# Certificate of changes", ""]
    if len(certificates) != 1:
        lines += [str(proposals_document(certificates)["statement"]), ""]
    for certificate in certificates:
        lines += _section(certificate)
    return "\n".join(
        [
            *lines,
            "Each ring was fixed before the first answer, and proposals were drawn from it at random. What is promised "
            "holds whenever the review stops, and rests on the answers: it says what a reviewer would confirm. It says "
            "nothing of errors for which nothing is proposed.",
            "",
        ]
    )


def _section(certificate: ProposalCertificate) -> list[str]:
    drawn = certificate.drawn
    title, sentence = plain(certificate.title, 200), plain(certificate.sentence, 800)
    lines = [f"## {title[:1].upper()}{title[1:]}", "", sentence, ""]
    if repeated := repeats_line(certificate.n_repeated, certificate.n_changed):
        lines += [*repeated, ""]
    lines += ["| proposals | in the ring | asked | not confirmed |", "| --- | ---: | ---: | ---: |"]
    for ring in range(drawn.n_rings):
        counts = (drawn.sizes[ring], drawn.asked[ring], drawn.unconfirmed[ring])
        lines.append(f"| ring {ring + 1} | {' | '.join(f'{count:,}' for count in counts)} |")
    return [*lines, ""]
