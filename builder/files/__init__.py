"""The only reader and writer of the disk: what stands in `content/` (`reading`), and what is published (`output`), which is whole, always; and what only saves time (`memo`)."""

from builder.files.cabinets import Kept
from builder.files.compiled import recall_code, remember_code
from builder.files.earlier import former, ground
from builder.files.edits import forget_old
from builder.files.folders import SITES_OWN, holds_own
from builder.files.memo import KEPT, Memo, key_of
from builder.files.memory import recall, remember
from builder.files.output import apply, lay, leave, make_way, manifest, present, published, published_file, remove
from builder.files.reading import (
    DEFAULT_TEMPLATES,
    GUIDE,
    STARTER,
    Tree,
    bare_image,
    bare_images,
    digests,
    lies_in,
    read,
    reason,
    reread,
    signatures,
)
from builder.files.switching import OutputProblem, alone, beside, clear, exchange, is_inside
from builder.lines import line_of

__all__ = [
    "DEFAULT_TEMPLATES",
    "GUIDE",
    "KEPT",
    "SITES_OWN",
    "STARTER",
    "Kept",
    "Memo",
    "OutputProblem",
    "Tree",
    "alone",
    "apply",
    "bare_image",
    "bare_images",
    "beside",
    "clear",
    "digests",
    "exchange",
    "forget_old",
    "former",
    "ground",
    "holds_own",
    "is_inside",
    "key_of",
    "lay",
    "leave",
    "lies_in",
    "line_of",
    "make_way",
    "manifest",
    "present",
    "published",
    "published_file",
    "read",
    "reason",
    "recall",
    "recall_code",
    "remember",
    "remember_code",
    "remove",
    "reread",
    "signatures",
]
