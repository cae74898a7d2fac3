"""From findings to changes: proposals, patches, corrected copies, and the log of what was done."""

from emendata.corrections.alignment import Versions, align_versions
from emendata.corrections.apply import Applied, apply_patch, check_patch, revert_patch
from emendata.corrections.apply_memory import apply_to_source, apply_to_table
from emendata.corrections.batches import Batch, find_batch, history, later_decisions, undo_batch
from emendata.corrections.certify import Certificate, certified_corrections, certify, certify_by_class
from emendata.corrections.certify_proposals import (
    ProposalCertificate,
    certified_proposals,
    certify_columns,
    certify_proposals,
    proposals_document,
)
from emendata.corrections.checkpoints import (
    Checkpoint,
    Difference,
    checkpoints,
    compare_checkpoints,
    find_checkpoint,
    go_back,
    set_checkpoint,
)
from emendata.corrections.choices import FOR_TWINS, Choice, Subject, Subjects
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
from emendata.corrections.log import DecisionLog, user_name
from emendata.corrections.patch import Patch, make_patch, patch_bytes, read_patch, write_patch
from emendata.corrections.proposal_evidence import ProposalEvidence, gather_proposal_evidence
from emendata.corrections.proposal_frame import REVIEWED_KINDS, ProposalFrame, make_proposal_frame
from emendata.corrections.proposal_queue import PROPOSAL_STREAMS, ProposalQueue
from emendata.corrections.propose import KINDS, USUAL_KINDS, ProposalRules, propose
from emendata.corrections.queue import Question, ReviewQueue
from emendata.corrections.rebase import Conflict, Rebased, rebase_patch
from emendata.corrections.standing import standing

__all__ = [
    "FOR_TWINS",
    "KINDS",
    "PROPOSAL_STREAMS",
    "REVIEWED_KINDS",
    "USUAL_KINDS",
    "Applied",
    "Batch",
    "Certificate",
    "Checkpoint",
    "Choice",
    "Comparison",
    "Conflict",
    "Decided",
    "DecisionLog",
    "Difference",
    "Evidence",
    "Frame",
    "Patch",
    "ProposalCertificate",
    "ProposalEvidence",
    "ProposalFrame",
    "ProposalQueue",
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
    "certified_proposals",
    "certify",
    "certify_by_class",
    "certify_columns",
    "certify_proposals",
    "check_patch",
    "checkpoints",
    "compare_checkpoints",
    "compare_versions",
    "decided_corrections",
    "find_batch",
    "find_checkpoint",
    "gather_evidence",
    "gather_proposal_evidence",
    "go_back",
    "held_out_rows",
    "history",
    "later_decisions",
    "make_frame",
    "make_patch",
    "make_proposal_frame",
    "patch_bytes",
    "proposals_document",
    "propose",
    "read_patch",
    "rebase_patch",
    "recall_frame",
    "record_decisions",
    "revert_patch",
    "set_checkpoint",
    "standing",
    "trusted_by_review",
    "trusted_test_rows",
    "undo_batch",
    "user_name",
    "with_decisions",
    "write_patch",
]
