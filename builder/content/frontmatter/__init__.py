"""The YAML block at the head of a file, as values that know their line and column.

YAML never changes a value here: every scalar is the string that the author wrote, so `NO`, `2022-01`, `1e3` and `12:30` keep their meaning.
A key given twice, an anchor, an alias, a tag, too deep a nesting and what is no YAML are problems, and what else stands in the block is still read.

    ---
    title: Talks        →  SplitFile(MappingNode((Scalar("title"), Scalar("Talks")),), body="Body", body_line=4)
    ---
    Body
"""

import re

import msgspec

from builder.content.frontmatter.node_reader import NodeReader
from builder.content.frontmatter.nodes import MappingNode, Node, Scalar, SequenceNode
from builder.content.frontmatter.syntax_hints import in_braces, in_full, quoted
from builder.diagnostics import Diagnostic, Location
from builder.i18n.patterns import late

__all__ = ["MappingNode", "Node", "Scalar", "SequenceNode", "SplitFile", "in_braces", "in_full", "load", "quoted", "split"]


class SplitFile(msgspec.Struct, frozen=True):
    """A file, taken apart."""

    fields: MappingNode
    body: str
    """The text below the block."""
    body_line: int
    """The line of the file on which the body begins, from 1."""
    present: bool = True
    """False where the file has no front matter at all."""


_CLOSING = late(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_ENDS = ("---", "...")
_OF_BLOCK = late(r"[ \t#-]|[\w-]+[ \t]*:(?:[ \t]|$)|$")
"""A line that may stand in a block: the first that may not begins the text, where nothing ends the block."""
_KEY = late(r"[\w-]+[ \t]*:(?:[ \t]|$)")
_EMPTY_LINE = late(r"\n[ \t]*\n")
_LINE_ENDS = late(r"\r\n?")


def split(text: str, *, path: str, line: int = 1) -> tuple[SplitFile, tuple[Diagnostic, ...]]:
    """Take a file's text apart into its front matter and its body.

    `line` is the line of the file on which `text` begins. `text` may have a byte-order mark and any line ends; `path` goes into the problems. Of a block that is no YAML, or never ends, as much is returned as can be read. Never raises.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    first, _, rest = text.partition("\n")
    if first.rstrip() != "---":
        return SplitFile(MappingNode((), line, 1), text, line, present=False), ()
    closing = _end_of_block(rest)
    if closing is None or _has_text(rest[: closing.start()]):
        problem = Diagnostic(
            "front-matter-open",
            "The front matter begins with “---” but never ends.",
            Location(path, line, 1, 3),
            help="Put a line with only “---” below the last key, above the body.",
        )
        rows = rest.split("\n")
        end = next((n for n, row in enumerate(rows) if not _OF_BLOCK.match(row)), len(rows))
        fields, _ = load("\n".join(rows[:end]), path=path, line=line + 1)
        return SplitFile(fields, "\n".join(rows[end:]), line + end + 1), (problem,)
    head, body = rest[: closing.start()], rest[closing.end() + 1 :]
    fields, problems = load(head, path=path, line=line + 1)
    return SplitFile(fields, body, line + head.count("\n") + 2), problems


def _end_of_block(rest: str) -> re.Match[str] | None:
    """Return the line that ends a block; None where no line does. The signs are found far sooner than the beginnings of lines."""
    if rest.startswith(_ENDS):
        return _CLOSING.search(rest)
    hyphens = rest.find("\n---")
    points = rest.find("\n...", 0, hyphens if hyphens >= 0 else len(rest))
    begins = points if points >= 0 else hyphens
    return _CLOSING.search(rest, begins) if begins >= 0 else None


def _has_text(head: str) -> bool:
    """Return whether what seems to be the end of a block stands in the text: a line of the text, behind an empty one, comes before it, and no key after that."""
    if _EMPTY_LINE.search(head) is None:
        return False  # as in nearly all files
    rows = head.split("\n")
    begins = next((n for n, row in enumerate(rows) if n and not rows[n - 1].strip() and not _OF_BLOCK.match(row) and row[0].isalpha()), 0)
    return begins > 0 and any(_KEY.match(row) for row in rows[:begins]) and not any(_KEY.match(row) for row in rows[begins:])


def load(text: str, *, path: str, line: int = 1) -> tuple[MappingNode, tuple[Diagnostic, ...]]:
    """Read YAML whose top is a mapping; `line` is the line of the file on which `text` begins.

    What is no YAML is left out, in as small a piece as can be, and reported; all else is returned. Never raises.
    """
    reader = NodeReader(path, line - 1)
    return reader.read(text), tuple(reader.problems)
