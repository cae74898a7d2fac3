"""One file an issue type. A check gets arrays and returns findings; it sees no file, model or screen."""

from emendata.checks.broken_dependency import BrokenDependency
from emendata.checks.check import Check, configure, option, options_of
from emendata.checks.choose import choose
from emendata.checks.class_imbalance import ClassImbalance
from emendata.checks.date_order import DateOrder
from emendata.checks.empty_text import EmptyText
from emendata.checks.exact_duplicate import ExactDuplicate
from emendata.checks.gibberish import Gibberish
from emendata.checks.inputs import Inputs
from emendata.checks.label_leak import LabelLeak
from emendata.checks.label_variants import LabelVariants
from emendata.checks.low_value import LowValue
from emendata.checks.markup import Markup
from emendata.checks.missing_values import MissingValues
from emendata.checks.mixed_types import MixedTypes
from emendata.checks.mojibake import Mojibake
from emendata.checks.near_duplicate import NearDuplicate
from emendata.checks.near_duplicate_text import NearDuplicateText
from emendata.checks.odd_length import OddLength
from emendata.checks.other_language import OtherLanguage
from emendata.checks.outlier import Outlier
from emendata.checks.personal_data import PersonalData
from emendata.checks.placeholder import Placeholder
from emendata.checks.profanity import Profanity
from emendata.checks.prompt_residue import PromptResidue
from emendata.checks.rare_pattern import RarePattern
from emendata.checks.repeated_phrases import RepeatedPhrases
from emendata.checks.sentinel import Sentinel
from emendata.checks.truncated_text import TruncatedText
from emendata.checks.typo import Typo
from emendata.checks.underperforming_group import UnderperformingGroup
from emendata.checks.unit_error import UnitError
from emendata.checks.unlikely_cell import UnlikelyCell
from emendata.checks.unreadable_media import UnreadableMedia
from emendata.checks.unusual_for_model import UnusualForModel
from emendata.checks.wrong_label import WrongLabel
from emendata.registry import Registry

__all__ = ["CHECKS", "Check", "Inputs", "choose", "configure", "option", "options_of"]

CHECKS: Registry[Check] = Registry(
    "check",
    [
        WrongLabel(),
        ClassImbalance(),
        LabelVariants(),
        Outlier(),
        UnusualForModel(),
        UnderperformingGroup(),
        LowValue(),
        ExactDuplicate(),
        NearDuplicate(),
        NearDuplicateText(),
        MissingValues(),
        UnreadableMedia(),
        MixedTypes(),
        RarePattern(),
        Typo(),
        BrokenDependency(),
        DateOrder(),
        UnitError(),
        Sentinel(),
        UnlikelyCell(),
        LabelLeak(),
        EmptyText(),
        OtherLanguage(),
        Mojibake(),
        Markup(),
        Gibberish(),
        RepeatedPhrases(),
        TruncatedText(),
        Placeholder(),
        PromptResidue(),
        PersonalData(),
        Profanity(),
        OddLength(),
    ],
    group="emendata.checks",
)
