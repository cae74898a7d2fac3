"""One file an issue type. A check gets arrays and returns findings; it sees no file, model or screen."""

from emendata.checks.blurry import BlurryImage
from emendata.checks.check import Check, configure, option, options_of
from emendata.checks.choose import choose
from emendata.checks.class_imbalance import ClassImbalance
from emendata.checks.clipped_sound import ClippedSound
from emendata.checks.constant_borders import ConstantBorders
from emendata.checks.dark import DarkImage
from emendata.checks.duplicate_recording import DuplicateRecording
from emendata.checks.exact_duplicate import ExactDuplicate
from emendata.checks.grayscale import Grayscale
from emendata.checks.inputs import Inputs
from emendata.checks.jpeg_damage import JpegDamage
from emendata.checks.label_leak import LabelLeak
from emendata.checks.label_variants import LabelVariants
from emendata.checks.light import LightImage
from emendata.checks.low_contrast import LowContrast
from emendata.checks.low_information import LowInformation
from emendata.checks.missing_values import MissingValues
from emendata.checks.mixed_sample_rates import MixedSampleRates
from emendata.checks.near_duplicate import NearDuplicate
from emendata.checks.odd_aspect_ratio import OddAspectRatio
from emendata.checks.odd_length import OddLength
from emendata.checks.odd_size import OddSize
from emendata.checks.outlier import Outlier
from emendata.checks.perceptual_duplicate import PerceptualDuplicate
from emendata.checks.rotated_by_exif import RotatedByExif
from emendata.checks.silent_sound import SilentSound
from emendata.checks.unreadable_media import UnreadableMedia
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
        ExactDuplicate(),
        NearDuplicate(),
        MissingValues(),
        UnreadableMedia(),
        LabelLeak(),
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
        SilentSound(),
        ClippedSound(),
        OddLength(),
        MixedSampleRates(),
        DuplicateRecording(),
    ],
    group="emendata.checks",
)
