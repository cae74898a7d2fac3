"""The files that ``emendata gate`` writes, and which names they may not have."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from emendata.data.locate import refuse_same_file
from emendata.errors import InputError
from emendata.files import write_atomically

if TYPE_CHECKING:
    from emendata.data import Dataset
    from emendata.gate import Judgement

__all__ = ["GateFiles"]


@dataclass(frozen=True)
class GateFiles:
    """Where results go, None where they are not wanted: those of a judgement, or the known issues."""

    junit: Path | None
    sarif: Path | None
    markdown: Path | None
    known: Path | None

    def check_each_other(self) -> None:
        """Raise `InputError` if one result would be written over another, or nothing would be judged to be told."""
        told = [path.resolve() for path in (self.junit, self.sarif, self.markdown) if path is not None]
        if self.known is not None and told:
            raise InputError(
                "With --write-baseline nothing is judged. Leave out --junit, --sarif and --markdown."
            )
        if len(set(told)) < len(told):
            raise InputError(
                "Two results would go to one file. Give --junit, --sarif and --markdown a name each."
            )

    def check_beside(self, dataset: "Dataset") -> None:
        """Raise `InputError` if a result would be written over the data."""
        for path in (self.junit, self.sarif, self.markdown, self.known):
            if path is not None and dataset.path is not None:
                refuse_same_file(dataset.path, path)

    def write(
        self, dataset: "Dataset", judged: "Sequence[Judgement]", n_gone: int | None, *, undecided_fails: bool
    ) -> None:
        """Write what became of the limits."""
        from emendata.gate import gate_markdown, junit_xml, sarif_document

        name = dataset.name
        if self.junit is not None:
            _write(self.junit, junit_xml(name, judged, undecided_fails=undecided_fails))
        if self.sarif is not None:
            document = sarif_document(_place(dataset), judged)
            _write(self.sarif, json.dumps(document, indent=1, ensure_ascii=False) + "\n")
        if self.markdown is not None:
            _write(self.markdown, gate_markdown(name, judged, n_gone))


def _write(target: Path, content: str) -> None:
    with write_atomically(target) as temporary:
        temporary.write_text(content, encoding="utf-8")


def _place(dataset: "Dataset") -> Path | str:
    """Return where the data lie, from here if they lie in this folder, as CI calls files of a repository."""
    if dataset.path is None or dataset.url is not None:
        return dataset.name
    path, here = dataset.path.resolve(), Path.cwd().resolve()
    return path.relative_to(here) if path.is_relative_to(here) else path
