"""One file an issue type. A check gets arrays and returns findings; it sees no file, model or screen."""

from emendata.checks.ambiguous_label import AmbiguousLabel
from emendata.checks.blurry import BlurryImage
from emendata.checks.broken_dependency import BrokenDependency
from emendata.checks.check import Check, configure, option, options_of
from emendata.checks.choose import choose
from emendata.checks.class_imbalance import ClassImbalance
from emendata.checks.clipped_sound import ClippedSound
from emendata.checks.constant_borders import ConstantBorders
from emendata.checks.dark import DarkImage
from emendata.checks.date_order import DateOrder
from emendata.checks.duplicate_recording import DuplicateRecording
from emendata.checks.empty_text import EmptyText
from emendata.checks.exact_duplicate import ExactDuplicate
from emendata.checks.gibberish import Gibberish
from emendata.checks.grayscale import Grayscale
from emendata.checks.identifier_column import IdentifierColumn
from emendata.checks.inputs import Inputs
from emendata.checks.jpeg_damage import JpegDamage
from emendata.checks.label_conflict import LabelConflict
from emendata.checks.label_leak import LabelLeak
from emendata.checks.label_variants import LabelVariants
from emendata.checks.light import LightImage
from emendata.checks.low_contrast import LowContrast
from emendata.checks.low_information import LowInformation
from emendata.checks.low_value import LowValue
from emendata.checks.markup import Markup
from emendata.checks.missing_values import MissingValues
from emendata.checks.mixed_sample_rates import MixedSampleRates
from emendata.checks.mixed_types import MixedTypes
from emendata.checks.mojibake import Mojibake
from emendata.checks.near_duplicate import NearDuplicate
from emendata.checks.near_duplicate_text import NearDuplicateText
from emendata.checks.non_iid_order import NonIidOrder
from emendata.checks.odd_aspect_ratio import OddAspectRatio
from emendata.checks.odd_duration import OddDuration
from emendata.checks.odd_length import OddLength
from emendata.checks.odd_size import OddSize
from emendata.checks.other_language import OtherLanguage
from emendata.checks.outlier import Outlier
from emendata.checks.overlapping_classes import OverlappingClasses
from emendata.checks.perceptual_duplicate import PerceptualDuplicate
from emendata.checks.personal_data import PersonalData
from emendata.checks.placeholder import Placeholder
from emendata.checks.profanity import Profanity
from emendata.checks.prompt_residue import PromptResidue
from emendata.checks.rare_pattern import RarePattern
from emendata.checks.repeated_phrases import RepeatedPhrases
from emendata.checks.rotated_by_exif import RotatedByExif
from emendata.checks.sentinel import Sentinel
from emendata.checks.silent_sound import SilentSound
from emendata.checks.split_drift import SplitDrift
from emendata.checks.split_leak import SplitLeak
from emendata.checks.spurious_correlation import SpuriousCorrelation
from emendata.checks.time_drift import TimeDrift
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
        AmbiguousLabel(),
        LabelConflict(),
        OverlappingClasses(),
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
        IdentifierColumn(),
        SpuriousCorrelation(),
        SplitLeak(),
        SplitDrift(),
        TimeDrift(),
        NonIidOrder(),
        DarkImage(),
        LightImage(),
        BlurryImage(),
        OddSize(),
        OddAspectRatio(),
        LowInformation(),
        Grayscale(),
        RotatedByExif(),
        ConstantBorders(),
        LowContrast(),
        JpegDamage(),
        PerceptualDuplicate(),
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
        SilentSound(),
        ClippedSound(),
        OddDuration(),
        MixedSampleRates(),
        DuplicateRecording(),
    ],
    group="emendata.checks",
)
