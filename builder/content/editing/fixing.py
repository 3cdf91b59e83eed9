"""The edits that problems bring along, made in one file: as many as do not stand in each other's way, and none that is not certain."""

from collections.abc import Sequence

from builder.diagnostics import Diagnostic
from builder.content.editing.fields import proved
from builder.content.editing.mends import located
from builder.content.editing.record import Edit, Refused, in_order, spliced
from builder.content.editing.source import Source


def fixed(path: str, data: bytes, problems: Sequence[Diagnostic]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the bytes of a file with what its problems have edits for, and the problems that were mended so.

    Each edit leaves the text below the front matter as it is, and brings up no new problem of the YAML; of two that are of the same words the first is made.
    """
    source = Source.of(path, data)
    if isinstance(source, Refused):
        return data, ()
    taken: tuple[Edit, ...] = ()
    mended = []
    for problem in problems:
        edits = located(source, problem.edits)
        both = in_order((*taken, *edits)) if edits else None
        if both is None or isinstance(proved(source, both, None, source.block.body), Refused):
            continue
        taken = both
        mended.append(problem)
    return spliced(source.text, taken).encode("utf-8"), tuple(mended)
