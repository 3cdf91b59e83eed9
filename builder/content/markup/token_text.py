"""The words of inline tokens: alone, or with the marks that a link may have."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

COMMENTS = frozenset({"comment_inline", "comment_open"})

TAGS = ("em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close")
"""The marks that are a tag and nothing else."""


def marked(tokens: "Sequence[Token]") -> str:
    """Return the words of a link as markup, "" where there are no marks in them; what cannot stand in a link is its words."""
    parts: list[str] = []
    for token in tokens:
        if token.type in TAGS:
            parts.append(f"<{token.tag}>" if token.nesting > 0 else f"</{token.tag}>")
        elif token.type == "code_inline":
            parts.append(f"<code>{escape(token.content, quote=False)}</code>")
        elif token.type not in {*COMMENTS, "attributes"}:
            parts.append(escape(token.content, quote=False))
    html = "".join(parts)
    return html if "<" in html else ""


def plain(tokens: "Sequence[Token]") -> str:
    """Return the words of inline tokens alone, for alternative texts and the titles of sections."""
    parts: list[str] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "wikilink":
            parts.append(token.meta["words"] or token.meta["target"])
        elif token.type == "image":
            parts.append(plain(token.children or []))
        elif token.type not in {
            "note",
            "span_unknown",
            "link_unread",
            "tick_unread",
            "mark_open",
            "mark_close",
            "span",
            "attributes",
            *COMMENTS,
        }:
            parts.append(token.content)
    return "".join(parts)
