"""Hints for misplaced lines of three dashes around the front matter."""

import re

from builder.content import schema
from builder.content.frontmatter import SplitFile
from builder.diagnostics import Diagnostic, Location, characters

_BLOCK = re.compile(r"^---[ \t]*\n(?=[\w-]+:(?:\s|$))", re.MULTILINE)
_NEARLY = re.compile(r"[-–—―]{1,6}")
_KEY = re.compile(r"\s*([a-z_]+):(?:\s|$)")

_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _bare(line: str) -> str:
    """Return a line without what is not seen at its ends: spaces of every kind, and characters without width."""
    return line.strip().strip(_UNSEEN).strip()


def missing(path: str, text: str) -> Diagnostic:
    """Return the message about a file without front matter: what stands above it, or that there is none."""
    line = text.partition("\n")[0]
    first = _bare(line)
    if first == "---":
        char, where = (line[0], "before") if line[0] != "-" else (line[-1], "behind")
        what = {" ": "A space", "\t": "A tab"}.get(char, characters.named(char))
        message = f"{what} stands {where} the first “---”, so the front matter is not read."
        help_ = "Delete it: a file begins with a line “---”."
        return Diagnostic("front-matter-missing", message, Location(path, 1, 1), help=help_)
    if _NEARLY.fullmatch(first):
        message = f"The first line is “{first}”, and must be three hyphens: “---”."
        return Diagnostic(
            "front-matter-missing", message, Location(path, 1, 1, len(first)), help="Type them anew: some programs make a dash of them."
        )
    found = _BLOCK.search(text)
    if found is not None:
        number = text.count("\n", 0, found.start()) + 1
        what = "An empty line stands" if not text[: found.start()].strip() else "Something stands"
        message = f"{what} above the first line “---”, so the front matter is not read."
        return Diagnostic(
            "front-matter-missing", message, Location(path, number, 1, 3), help="Delete what stands above it: a file begins with “---”."
        )
    key = "name" if path.startswith("content/actors/") else "title"
    help_ = f"Begin the file with a line “---”, then “{key}: …”, then a line “---”."
    return Diagnostic("front-matter-missing", "This file has no front matter.", Location(path, 1, 1), help=help_)


def meant(text: str) -> tuple[str, int]:
    """Return the text from where its front matter was most likely meant to begin, with hyphens for what looks like them, and the line of that; of a text that has none, all of it."""
    if _NEARLY.fullmatch(_bare(text.partition("\n")[0])):
        rows = text.split("\n")
        closing = next((n for n, row in enumerate(rows[1:], 1) if _NEARLY.fullmatch(_bare(row))), None)
        for n in (0, *(() if closing is None else (closing,))):
            rows[n] = "---"
        return "\n".join(rows), 1
    found = _BLOCK.search(text)
    return (text[found.start() :], text.count("\n", 0, found.start()) + 1) if found is not None else (text, 1)


def early(path: str, block: SplitFile, record: str) -> Diagnostic | None:
    """Return what is reported where the body begins with a key of the front matter; None if it does not."""
    found = _KEY.match(block.body)
    if found is None or found[1] not in schema.BY_NAME[record]:
        return None
    line = block.body_line + block.body.count("\n", 0, found.start(1))
    column = found.start(1) - block.body.rfind("\n", 0, found.start(1))
    message = f"The text begins with “{found[1]}:”, which looks like a key of the front matter."
    help_ = "If it is one, the line “---” above it stands too early: move it below the last key."
    return Diagnostic("front-matter-early", message, Location(path, line, column, len(found[1])), help=help_)
