"""The only reader and writer of the disk: what stands in `content/` (`reading`), and what is published (`output`), which is whole, always; and what only saves time (`memo`)."""

from builder.content.reading import (
    DEFAULT_TEMPLATES,
    GUIDE,
    SITES_OWN,
    STARTER,
    Tree,
    all_bare,
    bare,
    digests,
    is_made_bare,
    lies_in,
    read,
    reason,
    reread,
    signatures,
)
from builder.content.source_lines import line_of
from builder.incremental.build_cache import Kept
from builder.incremental.parse_cache import KEPT, Memo, key_of
from builder.incremental.small_files import recall, remember
from builder.incremental.template_cache import recall_code, remember_code
from builder.output.folders import holds_own
from builder.output.previous import former, ground
from builder.output.swap import OutputProblem, alone, beside, clear, exchange, is_inside
from builder.output.writer import apply, lay, leave, make_way, manifest, present, published, published_file, remove

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
    "all_bare",
    "alone",
    "apply",
    "bare",
    "beside",
    "clear",
    "digests",
    "exchange",
    "forget_old",
    "former",
    "ground",
    "holds_own",
    "is_inside",
    "is_made_bare",
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
