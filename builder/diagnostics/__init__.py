"""Problems in the content, in one shape: what is wrong, where, and what to do about it.

Every part of the tool that meets a problem makes a `Diagnostic` and goes on; nothing raises for an author's mistake.
`codes` is the list of all kinds. How a problem is reported stands here too, once, so that terminal, preview and machine formats say the same.
"""

from builder.diagnostics.codes import CODES, ERROR, WARNING, Code, section_of
from builder.diagnostics.diagnostic import (
    KEY_OF_MARK,
    RUN_TOGETHER,
    SOURCE_OF_NOTHING,
    Advice,
    Details,
    Diagnostic,
    Location,
    TextEdit,
    advice,
    did_you_mean,
    nearest,
    proposed,
    stop_build,
)
from builder.diagnostics.terminal import count, count_in_words, excerpt, in_words

__all__ = [
    "CODES",
    "ERROR",
    "KEY_OF_MARK",
    "RUN_TOGETHER",
    "SOURCE_OF_NOTHING",
    "WARNING",
    "Advice",
    "Code",
    "Details",
    "Diagnostic",
    "Location",
    "TextEdit",
    "advice",
    "count",
    "count_in_words",
    "did_you_mean",
    "excerpt",
    "in_words",
    "nearest",
    "proposed",
    "section_of",
    "stop_build",
]
