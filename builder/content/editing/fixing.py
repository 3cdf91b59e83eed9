"""Applies the edits of the problems of one file, as many as do not overlap."""

import re
from collections.abc import Collection, Sequence

from builder.content.editing.edit import Edit, Refused, in_order, spliced
from builder.content.editing.front_matter import proved
from builder.content.editing.line_edits import located
from builder.content.editing.source import SourceFile
from builder.diagnostics import Diagnostic

_LINE_END = re.compile(r"\r\n|\r|\n")


def fixed(path: str, data: bytes, problems: Sequence[Diagnostic]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the bytes of a file with what its problems have edits for, and the problems that were mended so.

    Each edit leaves the text below the front matter as it is but for what stands in braces there and words that the desk's own rules replace, and brings up no new problem of the YAML; of two that are of the same words the first is made.
    """
    source = SourceFile.of(path, data)
    if isinstance(source, Refused):
        return data, ()
    taken: tuple[Edit, ...] = ()
    mended = []
    ours: frozenset[Edit] = frozenset()
    for problem in problems:
        edits = located(source, problem.edits)
        both = in_order((*taken, *edits)) if edits else None
        named = ours.union(edits) if problem.code == "style-rule" else ours
        if both is None or not _is_sure(source, both, named):
            continue
        taken, ours = both, named
        mended.append(problem)
    return spliced(source.text, taken).encode("utf-8"), tuple(mended)


def _is_sure(source: SourceFile, edits: Sequence[Edit], ours: Collection[Edit]) -> bool:
    """Return whether edits leave a file that can be read, with the words of its text as they are but for those that the desk's own rules name, `ours`."""
    shift = source.body_start
    inner = [edit for edit in edits if edit.start >= shift]
    if not all(edit in ours or _is_in_braces(source, edit) for edit in inner):
        return False
    body = source.text[shift:]
    after = spliced(body, [Edit(edit.start - shift, edit.end - shift, edit.text) for edit in inner])
    return not isinstance(proved(source, edits, None, source.block.body if not inner else _LINE_END.sub("\n", after)), Refused)


def _is_in_braces(source: SourceFile, edit: Edit) -> bool:
    """Return whether an edit is of words in braces of one line, and leaves the braces."""
    before = source.text[source.line_start(edit.start) : edit.start]
    behind = source.text[edit.end : source.line_end(edit.end)]
    words = source.text[edit.start : edit.end] + edit.text
    return before.rfind("{") > before.rfind("}") and "}" in behind.partition("{")[0] and not set("{}\r\n") & set(words)
