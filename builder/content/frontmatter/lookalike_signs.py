"""Characters typed or pasted for the signs of YAML which only look like them: a no-break space for an indent, “–” for “-”, “：” for “:”.

YAML takes them for letters of the words beside them, and what was meant as structure becomes a part of a name.
"""

import re
from typing import NamedTuple

from builder.content import schema
from builder.diagnostics import characters
from builder.i18n.patterns import late

BULLETS = "‐‑‒–—―−•·‣▪●∙"
COLONS = "：﹕∶꞉ː"
_COLON = late(rf"([a-z0-9][\w.~?%/-]*)\s*([{COLONS}])\s*(.*)", re.DOTALL)
_BULLET = late(rf"([{BULLETS}])(\s)")
_GLUED_DASH = late(r"-([^\S ])")
_NEXT_KEY = late(r"(;|[^;,\s])[ ]+([a-z_]+)\Z")
_KEYS = frozenset(key for table in schema.BY_NAME.values() for key in table)
_TEXTS = {name for table in schema.BY_NAME.values() for name, key in table.items() if key.takes in {schema.TEXT, schema.MARKDOWN}}
_RECORDS = {name for name, key in schema.BY_NAME["explainer"].items() if key.takes == schema.RECORDS}


def colon(words: str) -> tuple[str, str] | None:
    """Return what is wrong with `key：value` and what to write; None if there is no such colon."""
    found = _COLON.match(words)
    if found is None:
        return None
    message = (
        f"“{found[2]}” ({characters.name(found[2])}, {characters.point(found[2])}) stands behind “{found[1]}”, where a plain colon belongs."
    )
    return message, f"Type it anew: “{found[1]}: {found[3].strip()[:60]}”."


def bullet(words: str) -> tuple[str, str] | None:
    """Return what is wrong with `– entry` and what to write; None if no such sign stands first."""
    if found := _BULLET.match(words):
        message = (
            f"“{found[1]}” ({characters.name(found[1])}, {characters.point(found[1])}) stands where a hyphen begins an entry of a list."
        )
        return message, f"Type a hyphen and a space: “- {words[2:].strip()[:60]}”."
    if found := _GLUED_DASH.match(words):
        message = f"A {characters.name(found[1])} ({characters.point(found[1])}) stands behind the dash, where a plain space belongs."
        return message, f"Type it anew: “- {words[2:].strip()[:60]}”."
    return None


def star(words: str) -> tuple[str, str] | None:
    """Return what is wrong with `* entry`, which begins lists in Markdown, and what to write; None for other words."""
    if not words.startswith("* "):
        return None
    return "“*” stands where a hyphen begins an entry of a list.", f"Type a hyphen and a space: “- {words[2:62]}”."


class SlipInRow(NamedTuple):
    """A slip in a row of YAML."""

    column: int
    """Counted from 0."""
    width: int
    message: str
    help: str


def missing_comma(words: str) -> SlipInRow | None:
    """Return the comma that is missing in a value in braces that ends with the next key; None if it has no such key."""
    if (found := _NEXT_KEY.search(words)) is None or found[2] not in _KEYS:
        return None
    if found[1] == ";":
        return SlipInRow(
            found.start(1), 1, "A semicolon stands where a comma is needed.", f"Write “, {found[2]}: …”; commas part the keys in braces."
        )
    return SlipInRow(found.start(2), len(found[2]), f"A comma is missing before “{found[2]}”.", f"Write “, {found[2]}: …”.")


def may_be_odd(value: str) -> bool:
    """Return whether a plain value could begin with, or have, one of these characters."""
    return not value.isascii() and (value[0] > "~" or value[0] == "-" or _COLON.match(value) is not None)


def slip(value: str, row: str, column: int, *, is_key: bool, owner: str) -> SlipInRow | None:
    """Return what is wrong with a plain value or key that begins in a column, counted from 0; None if nothing is.

    `row` is its line, `owner` the key that a value belongs to, or for what stands in a list the key of the whole file.
    """
    first = not row[:column].strip(" -")
    slip = None
    if value[0].isspace() or not characters.plain(value[0]):
        bare = value.strip().lstrip("".join(char for char in value if not characters.plain(char)))
        what = f"A {characters.name(value[0])} ({characters.point(value[0])})"
        if first and value[0].isspace():
            slip = f"{what} indents this line.", "YAML takes only plain spaces: delete what stands before the words, and type spaces."
        elif is_key or first:
            slip = f"{what} stands before “{bare[:60]}”.", "Delete it: most editors do not show it."
        width = len(value) - len(bare)
    elif first and (is_key or owner not in _TEXTS):
        slip, width = bullet(row[column:].strip()), 2
    else:
        width = 1
    if slip is None and (is_key or owner in _RECORDS):
        found = _COLON.match(value)
        slip, column, width = colon(value), column + (found.start(2) if found is not None else 0), 1
    return SlipInRow(column, max(1, width), *slip) if slip is not None else None
