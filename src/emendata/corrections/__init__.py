"""From findings to changes: proposals, patches, corrected copies, and the log of what was done."""

from emendata.corrections.alignment import Versions, align_versions
from emendata.corrections.apply import Applied, apply_patch, check_patch, revert_patch
from emendata.corrections.apply_memory import apply_to_source, apply_to_table
from emendata.corrections.certify import Certificate, certified_corrections, certify, certify_by_class
from emendata.corrections.compare import (
    Comparison,
    Trusted,
    compare_versions,
    trusted_by_review,
    trusted_test_rows,
)
from emendata.corrections.decide import record_decisions
from emendata.corrections.decided import Decided, decided_corrections, with_decisions
from emendata.corrections.evidence import Evidence, gather_evidence
from emendata.corrections.frame import Frame, make_frame, recall_frame
from emendata.corrections.held_out import held_out_rows
from emendata.corrections.log import Choice, DecisionLog, Subject, Subjects, user_name
from emendata.corrections.patch import Patch, make_patch, patch_bytes, read_patch, write_patch
from emendata.corrections.propose import KINDS, USUAL_KINDS, ProposalRules, propose
from emendata.corrections.queue import Question, ReviewQueue
from emendata.corrections.rebase import Conflict, Rebased, rebase_patch
from emendata.corrections.standing import standing

__all__ = [
    "KINDS",
    "USUAL_KINDS",
    "Applied",
    "Certificate",
    "Choice",
    "Comparison",
    "Conflict",
    "Decided",
    "DecisionLog",
    "Evidence",
    "Frame",
    "Patch",
    "ProposalRules",
    "Question",
    "Rebased",
    "ReviewQueue",
    "Subject",
    "Subjects",
    "Trusted",
    "Versions",
    "align_versions",
    "apply_patch",
    "apply_to_source",
    "apply_to_table",
    "certified_corrections",
    "certify",
    "certify_by_class",
    "check_patch",
    "compare_versions",
    "decided_corrections",
    "gather_evidence",
    "held_out_rows",
    "make_frame",
    "make_patch",
    "patch_bytes",
    "propose",
    "read_patch",
    "rebase_patch",
    "recall_frame",
    "record_decisions",
    "revert_patch",
    "standing",
    "trusted_by_review",
    "trusted_test_rows",
    "user_name",
    "with_decisions",
    "write_patch",
]
