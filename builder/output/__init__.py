"""The only code that reads and writes the disk: content files (`content.reading`), the output folder (`apply`), and the caches (`incremental`)."""

from builder.content.reading import (
    DEFAULT_TEMPLATES,
    GUIDE,
    SITES_OWN,
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
from builder.content.source_lines import line_of
from builder.incremental.build_cache import Kept
from builder.incremental.parse_cache import KEPT, Memo, key_of
from builder.incremental.small_files import recall, remember
from builder.incremental.template_cache import recall_code, remember_code
from builder.output.folders import overlaps_sources
from builder.output.previous import prepare_base, previous_folder
from builder.output.swap import OutputProblem, delete_folder, exchange, is_inside, locked, sibling
from builder.output.writer import (
    apply,
    discard_staged,
    existing_files,
    read_manifest,
    read_published,
    read_published_file,
    refuse_foreign_files,
    remove,
    stage,
)

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
    "apply",
    "bare_image",
    "bare_images",
    "delete_folder",
    "digests",
    "discard_staged",
    "exchange",
    "existing_files",
    "is_inside",
    "key_of",
    "lies_in",
    "line_of",
    "locked",
    "overlaps_sources",
    "prepare_base",
    "previous_folder",
    "read",
    "read_manifest",
    "read_published",
    "read_published_file",
    "reason",
    "recall",
    "recall_code",
    "refuse_foreign_files",
    "remember",
    "remember_code",
    "remove",
    "reread",
    "sibling",
    "signatures",
    "stage",
]
