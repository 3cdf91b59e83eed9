"""The library's tokens into a Body: one pass, a small handler for each kind of block."""

import re
from html import escape
from typing import TYPE_CHECKING, ClassVar

from builder import urls
from builder.diagnostics import Diagnostic, Place
from builder.markup import marks
from builder.markup.notes import Notes, after
from builder.markup.phrases import Phrases, plain
from builder.markup.spots import Spots
from builder.model import Body, Embed, Href, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

_HYPHENS = re.compile(r"--+")

LOWEST = 6
"""The lowest level of a heading in HTML."""


def flatten(tokens: "Sequence[Token]", source: str, place: Place, *, one_line: bool = False) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Return what the tokens of a text come to, and the problems in it.

    `source` is the text that they were made of, `place` where in the file it begins;
    with `one_line` the text is a value of the front matter and stands at `place` as a whole.
    """
    spots = Spots(source, place, one_line=one_line)
    return _Blocks(tokens, spots).body(), tuple(spots.problems)


def as_it_is(source: str, place: Place, reason: str) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Return a text as its author wrote it, in paragraphs: it is too long to be read as Markdown."""
    spots = Spots(source, place, one_line=False)
    spots.problem("too-long", reason, place, "Divide it over several pages; until then it is shown as it is written.")
    blocks = _Blocks((), spots)
    for block in source.split("\n\n"):
        if words := block.strip():
            blocks.paragraph(words)
    return blocks.body(), tuple(spots.problems)


_SIDES = {"text-align:left": "start", "text-align:center": "center", "text-align:right": "end"}
"""How the cells of a column are set, and the class that says so."""


class _Blocks:
    """Writes one Body."""

    def __init__(self, tokens: "Sequence[Token]", spots: Spots) -> None:
        self._tokens = tokens
        self._spots = spots
        self._notes = Notes(tokens)
        self._phrases = Phrases(spots, self._notes)
        self._out = self._phrases.out
        self._signs = self._phrases.signs
        self._sections: list[Section] = []
        self._ids: dict[str, int] = {}
        self._next = 0
        # The page's title is its only heading of the first level.
        self._shift = int(any(token.tag == "h1" for token in tokens))

    def body(self) -> Body:
        """Return the whole."""
        tokens, handlers = self._tokens, self._HANDLERS
        count = len(tokens)
        while self._next < count:
            token = tokens[self._next]
            self._next += 1
            handlers[token.type](self, token)
        for label, note in self._notes.unused():
            advice = f"Write [^{label}] where it belongs, or take it out."
            place = self._spots.block(note, f"[^{label}]")
            self._spots.problem("footnote-unused", f"Nothing refers to this footnote “{label}”, so it is not shown.", place, advice)
        segments, text = self._out.finish()
        return Body(
            segments,
            text,
            tuple(self._sections),
            len(text.split()),
            tuple(segment for segment in segments if isinstance(segment, Href)),
            tuple(segment for segment in segments if isinstance(segment, Embed)),
            tuple(self._phrases.outside),
            self._signs.finish(),
        )

    def paragraph(self, words: str) -> None:
        """Write words without markup."""
        self._out.apart()
        self._out.html("<p>")
        self._out.text(words)
        self._out.html("</p>\n")
        self._signs.between()

    # --- paragraphs, and what stands alone in one ------------------------------------------------

    def _inline(self, token: "Token") -> None:
        self._phrases.read(token)

    def _paragraph_open(self, token: "Token") -> None:
        inline = self._tokens[self._next]
        if inline.content.startswith("!") and (self._embeds(inline) or self._phrases.figure(inline)):
            self._signs.between()
            self._next += 2
            return
        self._out.apart()
        if not token.hidden:
            self._out.html("<p>")

    def _paragraph_close(self, token: "Token") -> None:
        if not token.hidden:
            self._out.html("</p>\n")

    def _embeds(self, inline: "Token") -> bool:
        found = [marks.embed_parts(line.strip()) for line in inline.content.split("\n")]
        if None in found:
            return False
        at = 0
        for line, parts in zip(inline.content.split("\n"), found, strict=True):
            assert parts is not None
            target, kind, filters = parts
            place = self._spots.spot(inline, at + line.index(target, line.index(":") if kind else 0), target)
            self._out.put(Embed(target, kind, filters, place.line, place.column, place.width))
            at += len(line) + 1
        return True

    # --- headings ------------------------------------------------

    def _heading_open(self, token: "Token") -> None:
        title = " ".join(plain(self._tokens[self._next].children or []).split())
        level = self._level(token)
        section = Section(self._id(title), title, level)
        self._sections.append(section)
        self._out.put(section)
        self._out.apart()
        self._out.html(f'<h{level} id="{escape(section.id)}">')
        self._phrases.fix()
        self._signs.heading(on=True)

    def _heading_close(self, token: "Token") -> None:
        self._signs.heading(on=False)
        self._phrases.unfix()
        self._out.html(f"</h{self._level(token)}>\n")

    def _level(self, token: "Token") -> int:
        return min(LOWEST, int(token.tag[1]) + self._shift)

    def _id(self, title: str) -> str:
        """Return an id that no heading before has; none has a double hyphen, which marks the tool's own."""
        base = _HYPHENS.sub("-", urls.slug(title)) or "section"
        made, number = base, self._ids.get(base, 0)
        while made in self._ids:
            number += 1
            made = f"{base}-{number}"
        self._ids[made] = 1
        self._ids[base] = max(number, 1)
        return made

    # --- lists, quotes, tables ------------------------------------------------

    def _open(self, token: "Token") -> None:
        self._out.html(f"<{token.tag}>\n")

    def _close(self, token: "Token") -> None:
        self._out.html(f"</{token.tag}>\n")

    def _ordered_open(self, token: "Token") -> None:
        start = token.attrs.get("start", 1)
        self._out.html("<ol>\n" if start == 1 else f'<ol start="{start}">\n')

    def _item_open(self, token: "Token") -> None:
        self._signs.enter()
        self._out.apart()
        self._out.html(f"<{token.tag}>")

    def _item_close(self, token: "Token") -> None:
        self._signs.leave()
        self._close(token)

    def _quote_open(self, token: "Token") -> None:
        self._signs.enter_quote()
        self._open(token)

    def _quote_close(self, token: "Token") -> None:
        self._signs.leave_quote(self._out)
        self._close(token)

    def _table_open(self, token: "Token") -> None:
        self._out.apart()
        self._open(token)

    def _cell_open(self, token: "Token") -> None:
        # A class, since a strict content security policy forbids the style that the library gives.
        side = _SIDES.get(str(token.attrs.get("style")))
        self._phrases.in_cell = True
        self._signs.enter("cell")
        self._out.apart()
        self._out.html(f'<{token.tag} class="{side}">' if side else f"<{token.tag}>")

    def _cell_close(self, token: "Token") -> None:
        self._phrases.in_cell = False
        self._signs.leave()
        inline = self._tokens[self._next - 2]
        if "[[" in inline.content and "]]" not in inline.content:
            place = self._spots.spot(inline, inline.content.rindex("[["), "[[")
            self._spots.problem(
                "link-in-table",
                "A “|” ends the cell of a table, so this link is cut in two.",
                place,
                "Write it with a backslash: [[id\\|words]].",
            )
        self._out.html(f"</{token.tag}>\n")

    def _table_close(self, token: "Token") -> None:
        self._close(token)
        self._out.apart()

    # --- code, HTML, rules ------------------------------------------------

    def _code(self, token: "Token") -> None:
        words = token.info.split(maxsplit=1)
        language = f' class="language-{escape(words[0])}"' if words else ""
        self._out.apart()
        self._out.opaque(f"<pre><code{language}>{escape(token.content, quote=False)}</code></pre>\n")
        self._out.apart()
        self._signs.between()

    def _html(self, token: "Token") -> None:
        advice = "Use Markdown, or put code between backticks."
        self._spots.problem("raw-html", "HTML is not read here, so it is shown as it is written.", self._spots.block(token), advice)
        self.paragraph(token.content.strip())

    def _too_deep(self, token: "Token") -> None:
        advice = "Write it flatter; until then it is shown as it is written."
        self._spots.problem("too-deep", "Lists or quotes stand too deep in each other here.", self._spots.block(token), advice)
        self.paragraph(token.content.strip())

    def _rule(self, token: "Token") -> None:
        self._out.html(f"<{token.tag}>\n")
        self._signs.between()

    def _note_open(self, token: "Token") -> None:
        # Its words were gathered before, and are shown where it is referred to.
        del token
        self._next = after(self._tokens, self._next)

    _HANDLERS: ClassVar["Mapping[str, Callable[[_Blocks, Token], None]]"] = {
        "inline": _inline,
        "paragraph_open": _paragraph_open,
        "paragraph_close": _paragraph_close,
        "heading_open": _heading_open,
        "heading_close": _heading_close,
        **dict.fromkeys(("bullet_list_open", "dl_open", "thead_open", "tbody_open", "tr_open"), _open),
        "ordered_list_open": _ordered_open,
        "table_open": _table_open,
        **dict.fromkeys(("list_item_open", "dt_open", "dd_open"), _item_open),
        **dict.fromkeys(("th_open", "td_open"), _cell_open),
        **dict.fromkeys(("th_close", "td_close"), _cell_close),
        **dict.fromkeys(("list_item_close", "dt_close", "dd_close"), _item_close),
        "blockquote_open": _quote_open,
        "blockquote_close": _quote_close,
        **dict.fromkeys(("bullet_list_close", "ordered_list_close", "dl_close"), _close),
        **dict.fromkeys(("thead_close", "tbody_close", "tr_close"), _close),
        "table_close": _table_close,
        **dict.fromkeys(("fence", "code_block"), _code),
        "html_block": _html,
        "too_deep": _too_deep,
        "hr": _rule,
        "footnote_reference_open": _note_open,
    }
