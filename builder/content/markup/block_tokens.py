"""The library's tokens into a Body: one pass, a small handler for each kind of block."""

import re
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from builder import dates, urls
from builder.content.markup import comments, foreign_syntax, list_reports, marks, open_code, reports, table_reports, weekdays
from builder.content.markup.footnotes import Footnotes, after
from builder.content.markup.inline_tokens import InlineWriter
from builder.content.markup.locations import Reporter
from builder.content.markup.quotation_marks import parted
from builder.content.markup.reading_time import words_to_read
from builder.content.markup.token_text import plain
from builder.diagnostics import Diagnostic, Location
from builder.i18n.scripts import there
from builder.model import Body, Embed, Href, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

_HYPHENS = re.compile(r"--+")

MAIN = "main"
"""The one id of a page that is not in the text and has no double hyphen: where it begins, below its navigation."""

LOWEST = 6
"""The lowest level of a heading in HTML."""


def render_tokens(
    tokens: "Sequence[Token]",
    source: str,
    location: Location,
    *,
    read: "Mapping[str, Any] | None" = None,
    one_line: bool = False,
    near: int | None = None,
) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Return what the tokens of a text come to, and the problems in it.

    `source` is the text that they were made of, `location` where in the file it begins, `read` what the library noted of the text;
    with `one_line` the text is a value of the front matter and stands at `location` as a whole. `near` is the day that it counts from, as `dates.first_day` counts.
    """
    reporter = Reporter(source, location, one_line=one_line)
    body = _Blocks(tokens, reporter).body()
    for token in tokens if dates.may_have_weekdays(source) else ():
        if token.type == "inline":
            weekdays.check(reporter, token, near)
    if read is not None and isinstance(defined := read.get("references"), reports.Definitions):
        reports.definitions(reporter, defined, read.get("duplicate_refs", ()))
    return body, reporter.finish()


def render_verbatim(source: str, location: Location, reason: str) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Return a text as its author wrote it, in paragraphs: it is too long to be read as Markdown."""
    reporter = Reporter(source, location, one_line=False)
    reporter.problem("too-long", reason, location, "Divide it over several pages; until then it is shown as it is written.")
    blocks = _Blocks((), reporter)
    for block in source.split("\n\n"):
        if words := block.strip():
            blocks.paragraph(words)
    if (at := source.find(comments.BEGIN)) >= 0:
        reports.never_ends(reporter, reporter.at(source.count("\n", 0, at), comments.BEGIN), comments.BEGIN)
    return blocks.body(), reporter.finish()


_SIDES = {"text-align:left": "start", "text-align:center": "center", "text-align:right": "end"}
"""How the cells of a column are set, and the class that says so."""


def _is_comment(tokens: "Sequence[Token]") -> bool:
    """Return whether a paragraph is made of comments and nothing else."""
    kinds = {token.type for token in tokens if token.type != "text" or token.content.strip()}
    return "comment_inline" in kinds and kinds <= {"comment_inline", "softbreak"}


class _Blocks:
    """Writes one Body."""

    def __init__(self, tokens: "Sequence[Token]", reporter: Reporter) -> None:
        self._tokens = tokens
        self._reporter = reporter
        self._notes = Footnotes(tokens)
        self._writer = InlineWriter(reporter, self._notes)
        self._out = self._writer.out
        self._signs = self._writer.signs
        self._sections: list[Section] = []
        # The page's own element has this id: a link to it leads to the top.
        self._ids: dict[str, int] = {MAIN: 0}
        self._next = 0
        self._quotes = self._items = 0
        """How many quotes and lists are open."""
        self._rare = there(foreign_syntax.OF_BLOCKS, reporter.source)
        self._columns = 0
        """Cells in the head of the table."""
        # The page's title is its only heading of the first level.
        self._shift = int("h1" in [token.tag for token in tokens])

    def body(self) -> Body:
        """Return the whole."""
        tokens, handlers, count = self._tokens, self._HANDLERS, len(self._tokens)
        while self._next < count:
            token = tokens[self._next]
            self._next += 1
            handlers[token.type](self, token)
        for label, note in self._notes.again():
            location = self._reporter.block(note, f"[^{label}]")
            message = f"The footnote “{label}” is written twice, and the first is shown."
            self._reporter.problem("footnote-unused", message, location, "Give this one a name of its own, or take it out.")
        for label, note in self._notes.unused():
            advice = f"Write [^{label}] where it belongs, or take it out."
            location = self._reporter.block(note, f"[^{label}]")
            self._reporter.problem("footnote-unused", f"Nothing refers to this footnote “{label}”, so it is not shown.", location, advice)
        segments, text = self._out.finish()
        blocks, short = parted(self._signs.finish())
        return Body(
            segments,
            text,
            tuple(self._sections),
            words_to_read(text),
            tuple([segment for segment in segments if isinstance(segment, Href)]),
            tuple([segment for segment in segments if segment.__class__ is Embed]),
            tuple(self._writer.outside),
            blocks,
            short,
        )

    def paragraph(self, words: str) -> None:
        """Write words without markup."""
        self._out.apart()
        self._out.html("<p>", "p")
        self._out.text(words)
        self._out.html("</p>\n", "/p")
        self._signs.between()

    # --- paragraphs, and what stands alone in one ------------------------------------------------

    def _inline(self, token: "Token") -> None:
        if "~~" in token.content:
            reports.struck(self._reporter, token)
        self._writer.read(token)

    def _paragraph_open(self, token: "Token") -> None:
        inline = self._tokens[self._next]
        content, children = inline.content, inline.children
        if content:
            if content[0] in list_reports.FIRST or "\n" in content:
                self._look(inline)
            else:
                for sign in self._rare:
                    if sign in content and (sign != "|" or content[0] in table_reports.FIRST):
                        self._look(inline)
                        break
        if children and children[0].type == "comment_inline" and _is_comment(children):
            self._writer.read(inline)  # a paragraph that is a comment and nothing else
            self._next += 2
            return
        if inline.content.startswith("!") and (self._embeds(inline) or self._writer.figure(inline)):
            self._signs.between()
            self._next += 2
            return
        self._out.apart()
        if not token.hidden:
            self._out.html("<p>", "p")
        elif self._tokens[self._next - 2].type == "comment":
            self._out.html("\n")  # within a list without empty lines, the words around a comment

    def _look(self, inline: "Token") -> None:
        """Report what the lines of a paragraph were to be, where Markdown makes something else of them."""
        content, reporter = inline.content, self._reporter
        first = content[0]
        if first == "#":
            reports.heading_unread(reporter, inline)
        if "\n" in content or first in list_reports.FIRST:
            list_reports.unread(reporter, inline, in_list=self._items > 0)
            if "  \n" in content:
                reports.broken_lines(reporter, inline)
        if "|" in content:
            table_reports.no_table(reporter, inline)
        else:
            table_reports.foreign(reporter, inline)
        for kind, at, shown in foreign_syntax.of_block(content, in_list=self._items > 0, in_quote=self._quotes > 0):
            if not reporter.is_enough(("foreign", kind)):
                reports.of_kind(reporter, kind, shown, reporter.spot(inline, at, shown))

    def _paragraph_close(self, token: "Token") -> None:
        if not token.hidden:
            self._out.html("</p>\n", "/p")

    def _embeds(self, inline: "Token") -> bool:
        found = [marks.embed_parts(line.strip()) for line in inline.content.split("\n")]
        if None in found:
            return False
        at = 0
        for line, parts in zip(inline.content.split("\n"), found, strict=True):
            assert parts is not None
            target, kind, filters = parts
            location = self._reporter.spot(inline, at + line.index(target, line.index(":") if kind else 0), target)
            self._out.put(Embed(target, kind, filters, location.line, location.column, location.width))
            at += len(line) + 1
        return True

    # --- headings ------------------------------------------------

    def _heading_open(self, token: "Token") -> None:
        inline = self._tokens[self._next]
        title = " ".join(plain(inline.children or []).split())
        reports.heading(self._reporter, token, inline)
        level = self._level(token)
        section = Section(self._id(title), title, level)
        self._sections.append(section)
        self._out.put(section)
        self._out.apart()
        self._out.html(f'<h{level} id="{escape(section.id)}">', f"h{level}")
        self._writer.fix()
        self._signs.heading(on=True)

    def _heading_close(self, token: "Token") -> None:
        self._signs.heading(on=False)
        self._writer.unfix()
        level = self._level(token)
        self._out.html(f"</h{level}>\n", f"/h{level}")

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
        self._out.html(f"<{token.tag}>\n", token.tag)

    def _close(self, token: "Token") -> None:
        self._out.html(f"</{token.tag}>\n", f"/{token.tag}")

    def _quote_open(self, token: "Token") -> None:
        self._quotes += 1
        self._signs.enter_quote()
        self._open(token)

    def _quote_close(self, token: "Token") -> None:
        self._quotes -= 1
        self._signs.leave_quote(self._out)
        self._close(token)

    def _row_open(self, token: "Token") -> None:
        if self._columns:
            table_reports.row(self._reporter, token, self._columns)
        self._open(token)

    def _bullets_open(self, token: "Token") -> None:
        if not (self._items or self._quotes):
            list_reports.single_entry(self._reporter, self._tokens, self._next - 1)
        self._open(token)

    def _terms_open(self, token: "Token") -> None:
        list_reports.single_definition(self._reporter, self._tokens, self._next - 1)
        self._open(token)

    def _ordered_open(self, token: "Token") -> None:
        list_reports.single_number(self._reporter, self._tokens, self._next - 1)
        start = token.attrs.get("start", 1)
        self._out.html("<ol>\n" if start == 1 else f'<ol start="{start}">\n', "ol")

    def _item_open(self, token: "Token") -> None:
        self._items += token.tag == "li"
        if "after" in token.meta:
            list_reports.numbers(self._reporter, token)
        self._signs.enter()
        self._out.apart()
        value = token.attrs.get("value")
        self._out.html(f"<{token.tag}>" if value is None else f'<{token.tag} value="{value}">', token.tag)

    def _item_close(self, token: "Token") -> None:
        self._items -= token.tag == "li"
        self._signs.leave()
        self._close(token)

    def _table_open(self, token: "Token") -> None:
        self._out.apart()
        self._open(token)

    def _head_close(self, token: "Token") -> None:
        n = self._next
        while self._tokens[n - 1].type != "table_open":
            n -= 1
            self._columns += self._tokens[n].type == "th_open"
        self._close(token)

    def _cell_open(self, token: "Token") -> None:
        # A class, since a strict content security policy forbids the style that the library gives.
        side = _SIDES.get(str(token.attrs.get("style")))
        self._writer.in_cell = True
        self._signs.enter("cell")
        self._out.apart()
        self._out.html(f'<{token.tag} class="{side}">' if side else f"<{token.tag}>", token.tag)

    def _cell_close(self, token: "Token") -> None:
        self._writer.in_cell = False
        self._signs.leave()
        inline = self._tokens[self._next - 2]
        if "[[" in inline.content and "]]" not in inline.content:
            location = self._reporter.spot(inline, inline.content.rindex("[["), "[[")
            self._reporter.problem(
                "link-in-table",
                "A “|” ends the cell of a table, so this link is cut in two.",
                location,
                "Write it with a backslash: [[id\\|words]].",
            )
        self._out.html(f"</{token.tag}>\n", f"/{token.tag}")

    def _table_close(self, token: "Token") -> None:
        self._columns = 0
        self._close(token)
        self._out.apart()

    # --- code, HTML, rules ------------------------------------------------

    def _code(self, token: "Token") -> None:
        open_code.report(self._reporter, token)
        words = token.info.split(maxsplit=1)
        language = f' class="language-{escape(words[0])}"' if words else ""
        self._out.apart()
        self._out.opaque(f"<pre><code{language}>{escape(token.content, quote=False)}</code></pre>\n", "pre", shows=token.content)
        self._out.apart()
        self._signs.between()

    def _html(self, token: "Token") -> None:
        advice = "Use Markdown, or put code between backticks."
        content, count = comments.without(token.content)
        if count:
            reports.left_out(self._reporter, self._reporter.block(token))
        if comments.BEGIN in content:
            reports.never_ends(self._reporter, self._reporter.block(token), comments.BEGIN)
        if content.strip():
            self._reporter.problem(
                "raw-html", "HTML is not read here, so it is shown as it is written.", self._reporter.block(token), advice
            )
            self.paragraph(content.strip())

    def _comment(self, token: "Token") -> None:
        reports.left_out(self._reporter, self._reporter.block(token))

    def _too_deep(self, token: "Token") -> None:
        advice = "Write it flatter; until then it is shown as it is written."
        self._reporter.problem("too-deep", "Lists or quotes stand too deep in each other here.", self._reporter.block(token), advice)
        self.paragraph(token.content.strip())

    def _rule(self, token: "Token") -> None:
        table_reports.ruled(self._reporter, token)
        self._out.html(f"<{token.tag}>\n", token.tag)
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
        "bullet_list_open": _bullets_open,
        "dl_open": _terms_open,
        **dict.fromkeys(("thead_open", "tbody_open"), _open),
        "blockquote_open": _quote_open,
        "blockquote_close": _quote_close,
        "tr_open": _row_open,
        "comment": _comment,
        "ordered_list_open": _ordered_open,
        "table_open": _table_open,
        **dict.fromkeys(("list_item_open", "dt_open", "dd_open"), _item_open),
        **dict.fromkeys(("th_open", "td_open"), _cell_open),
        **dict.fromkeys(("th_close", "td_close"), _cell_close),
        **dict.fromkeys(("list_item_close", "dt_close", "dd_close"), _item_close),
        **dict.fromkeys(("bullet_list_close", "ordered_list_close", "dl_close"), _close),
        **dict.fromkeys(("tbody_close", "tr_close"), _close),
        "thead_close": _head_close,
        "table_close": _table_close,
        **dict.fromkeys(("fence", "code_block"), _code),
        "html_block": _html,
        "too_deep": _too_deep,
        "hr": _rule,
        "footnote_reference_open": _note_open,
    }
