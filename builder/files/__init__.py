"""The only reader and writer of the disk: what stands in `content/` (`reading`), and what is published (`output`), which is whole, always."""

from builder.files.memory import recall, remember
from builder.files.output import OutputProblem, apply, is_inside, manifest, present
from builder.files.reading import DEFAULT_TEMPLATES, STARTER, Tree, digests, find_root, line_of, read

__all__ = [
    "DEFAULT_TEMPLATES",
    "STARTER",
    "OutputProblem",
    "Tree",
    "apply",
    "digests",
    "find_root",
    "is_inside",
    "line_of",
    "manifest",
    "present",
    "read",
    "recall",
    "remember",
]
