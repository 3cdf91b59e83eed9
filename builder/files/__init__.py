"""The only reader and writer of the disk: what stands in `content/` (`reading`), and what is published (`output`), which is whole, always."""

from builder.files.output import OutputProblem, apply, clear_leftovers, exchange, is_inside, manifest, present
from builder.files.reading import DEFAULT_TEMPLATES, STARTER, Tree, bare_images, digests, find_root, line_of, read

__all__ = [
    "DEFAULT_TEMPLATES",
    "STARTER",
    "OutputProblem",
    "Tree",
    "apply",
    "bare_images",
    "clear_leftovers",
    "digests",
    "exchange",
    "find_root",
    "is_inside",
    "line_of",
    "manifest",
    "present",
    "read",
]
