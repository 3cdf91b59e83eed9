"""Inline tokens into words, links, marks and markup."""

import re
from html import escape
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote

from builder import urls
from builder.content.markup import reports, span_reports
from builder.content.markup.footnotes import Footnotes
from builder.content.markup.locations import Reporter
from builder.content.markup.quotation_marks import CLOSING, BlockMarks, QuotationMarks
from builder.content.markup.safe_addresses import is_local, may_show, safe_url
from builder.content.markup.segment_writer import Writer
from builder.content.markup.token_text import TAGS, marked, plain
from builder.diagnostics import Location
from builder.model import Href, MarkClose, MarkOpen, NoteClose, NoteOpen, NoteRef, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token


_DESTINATION = re.compile(r"\]\([ \t\n]*(?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))")
"""The address of an inline link, from the bracket that ends its words."""


_MOST_TRIES = 5


class InlineWriter:
    """Writes the inline text of one block after the other."""

    def __init__(self, reporter: Reporter, notes: Footnotes) -> None:
        self.out = Writer()
        self.outside: list[tuple[str, int]] = []
        """Addresses of other sites, each with its line."""
        self.signs = QuotationMarks(reporter)
        self._reporter = reporter
        self._notes = notes
        self._block: Token | None = None
        self._notice: BlockMarks | None = None
        """What gathers the signs of the block that may be quotation marks; None where it has none."""
        self._links: list[bool] = []
        """What closes each open link: "" for one whose address was refused."""
        self._fixed = 0
        """How many things are open in which no name becomes a link."""
        self._marks: list[str] = []
        """The kinds of the spans that are open."""
        self._in_note = False
        self._has_reported_html = False
        self.in_cell = False
        """Whether the block is a cell of a table."""

    def read(self, block: "Token") -> None:
        """Write the inline text of a block."""
        self._block = block
        self._has_reported_html = False
        before, self._notice = self.out.at, self.signs.notice(block)
        self._all(block.children or ())
        self.signs.read(block, self.out, before, self._notice, in_note=self._in_note)
        self._notice = None

    def fix(self) -> None:
        """From here on no name becomes a link."""
        self._fixed += 1
        self.out.linkable(on=False)

    def unfix(self) -> None:
        """Undo one `fix`."""
        self._fixed -= 1
        self.out.linkable(on=not self._fixed)

    def figure(self, block: "Token") -> bool:
        """Write a paragraph that is one image as a figure, its title as the caption; False where it is something else."""
        children = block.children or []
        if len(children) != 1 or children[0].type != "image":
            return False
        image = children[0]
        if not may_show(str(image.attrs["src"])):
            return False
        self._block = block
        self.out.apart()
        self.out.html("<figure>", "figure")
        self._image_tag(image, title="")
        if title := self._plain(image, str(image.attrs.get("title", ""))):
            self.out.html("<figcaption>")
            self.fix()
            self.out.text(title)
            self.unfix()
            self.out.html("</figcaption>")
        self.out.html("</figure>\n", "/figure")
        return True

    def _all(self, tokens: "Sequence[Token]") -> None:
        text, notice = self.out.text, self._notice
        for token in tokens:
            if token.type == "text":
                if token.content:
                    text(token.content)
                    if notice is not None:
                        notice.words(token.content, self.out.at)
            else:
                if notice is not None:
                    notice.passing(token)
                self._HANDLERS[token.type](self, token)

    def _problem(self, code: str, message: str, token: "Token", advice: str, *, subject: str = "") -> None:
        assert self._block is not None
        if not self._reporter.is_full(code):
            at = token.meta.get("at", 0)
            words = self._block.content[at : token.meta["end"]] if "end" in token.meta else token.content
            self._reporter.problem(code, message, self._reporter.spot(self._block, at, words), advice, subject=subject)

    def _location(self, token: "Token", shift: int, words: str) -> Location:
        """Return where `words` stand, `shift` characters into a mark."""
        assert self._block is not None
        return self._reporter.spot(self._block, token.meta["at"] + shift, words)

    def _destination(self, token: "Token", address: str) -> Location:
        """Return where the address of a link or an image stands; where that is given elsewhere, the whole of the mark."""
        assert self._block is not None
        if self._reporter.one_line:
            return self._reporter.block()
        at, end = token.meta["at"], token.meta["end"]
        written = self._block.content[at:end]
        start = len(written)
        # The last one that can be it: an image may stand in the words of a link, and brackets in its title.
        for _ in range(_MOST_TRIES):
            start = written.rfind("](", 0, start)
            found = _DESTINATION.match(written, start) if start >= 0 else None
            if found is None:
                break
            group = 1 if found[1] is not None else 2
            if unquote(found[group]) == unquote(address):
                return self._location(token, found.start(group), found[group])
        return self._location(token, 0, written)

    def _line(self, token: "Token") -> int:
        assert self._block is not None
        return self._reporter.line(self._block, token.meta.get("at", 0))

    # --- words and simple markup ------------------------------------------------

    def _as_words(self, token: "Token") -> None:
        self.out.text(token.content)
        if self._notice is not None:
            self._notice.words(token.content, self.out.at, token.markup)

    def _softbreak(self, _token: "Token") -> None:
        self.out.text("\n")

    def _hardbreak(self, _token: "Token") -> None:
        self.out.opaque("<br>\n", stands_for="\n")

    def _tag(self, token: "Token") -> None:
        self.out.html(f"<{token.tag}>" if token.nesting > 0 else f"</{token.tag}>")

    def _code(self, token: "Token") -> None:
        self.out.opaque(f"<code>{escape(token.content, quote=False)}</code>", shows=token.content)

    def _html(self, token: "Token") -> None:
        if token.content[:3].lower() == "<br":
            self._problem(
                "raw-html",
                "HTML is not read here, so it is shown as it is written.",
                token,
                "Begin a new line where it stands, with a backslash at the end of the line before; in a table, write two rows.",
            )
            self.out.text(token.content)
            return
        if not (self._has_reported_html and token.content.startswith("</")):
            self._problem(
                "raw-html", "HTML is not read here, so it is shown as it is written.", token, "Use Markdown, or put code between backticks."
            )
        self._has_reported_html = True
        self.out.text(token.content)

    def _too_long(self, token: "Token") -> None:
        self._problem(
            "too-long", "This paragraph is too long to be read as Markdown.", token, "Divide it; until then it is shown as it is written."
        )
        self.out.text(token.content)

    # --- reports ------------------------------------------------

    def _report(self, token: "Token") -> None:
        assert self._block is not None
        if self.in_cell and reports.is_cut_code(self._reporter, self._block, token):
            return
        reports.OF_TOKENS[token.type](self._reporter, self._block, token)
        if token.type in {"foreign", "stars_unread"}:
            self.out.text(token.content)

    # --- links and images ------------------------------------------------

    def _address(self, token: "Token", address: str) -> str:
        """Return an address that may be published, or "" and a report for any other."""
        image = token.type == "image"
        if not address:
            self._problem(
                "link-empty", "There is no address between the round brackets.", token, "Write one: [words](https://…) or [words](/page/)."
            )
        elif not (may_show(address) if image else safe_url(address)):
            if not self._reporter.is_full("unsafe-url"):
                self._reporter.problem(
                    "unsafe-url",
                    f"“{unquote(address)[:80]}” cannot be the address of {'an image' if image else 'a link'}.",
                    self._destination(token, address),
                    "Write an address that begins with https:, or a path on this site.",
                )
        else:
            return address
        return ""

    def _href(self, token: "Token", address: str) -> Href:
        location = self._destination(token, address)
        return Href(urls.decoded(address), location.line, location.column, location.width)

    def _link_open(self, token: "Token") -> None:
        self.fix()
        # CommonMark lets an address between angle brackets be a link within a link, and HTML does not.
        href = "" if self._links else self._address(token, str(token.attrs["href"]))
        self._links.append(bool(href))
        if not href:
            return
        title = self._plain(token, str(token.attrs.get("title", "")))
        more = f' title="{escape(title)}"' if title else ""
        if is_local(href):
            self.out.begin_link('<a href="')
            self.out.put(self._href(token, href))
            self.out.html(f'"{more}>')
        else:
            self.outside.append((href, self._line(token)))
            rel = ' rel="noopener"' if href[:4].lower() == "http" else ""
            self.out.begin_link(f'<a href="{escape(href)}"{more}{rel}>')

    def _link_close(self, _token: "Token") -> None:
        if self._links.pop():
            self.out.end_link()
        self.unfix()

    def _image(self, token: "Token") -> None:
        if not self._image_tag(token, title=self._plain(token, str(token.attrs.get("title", "")))):
            self.out.text(plain(token.children or []))

    def _image_tag(self, token: "Token", *, title: str) -> bool:
        src = self._address(token, str(token.attrs["src"]))
        if not src:
            return False
        reports.within(self._reporter, self._location(token, 0, "["), token.children or ())
        alt = plain(token.children or [])
        if not alt.strip():
            advice = "Say between the square brackets what is to be seen: ![a bridge at night](bridge.jpg)."
            self._problem("image-alt", "This image has no alternative text.", token, advice)
        if is_local(src):
            at = self._href(token, src)
            self.out.put(Shown(at.target, at.line, at.column, at.width, alt, title))
        else:
            more = f' title="{escape(title)}"' if title else ""
            advice = "Put a copy into content/static/, if you may, and write its path here."
            self._problem("image-remote", "This image comes from another site, which then sees who reads the page.", token, advice)
            self.outside.append((src, self._line(token)))
            self.out.html(f'<img src="{escape(src)}" alt="{escape(alt)}"{more} loading="lazy">')
        return True

    # --- our marks ------------------------------------------------

    def _wikilink(self, token: "Token") -> None:
        meta, target = token.meta, token.meta["target"]
        words = self._plain(token, meta["words"])
        html = marked(token.children).strip() if token.children else ""
        reports.within(self._reporter, self._location(token, 0, "["), token.children or ())
        self.out.link(target, meta["kind"], words, self._location(token, token.content.partition("|")[0].rindex(target), target), html=html)
        if self._notice is not None and words:
            self._notice.words(words, self.out.at)

    def _plain(self, token: "Token", words: str) -> str:
        assert self._block is not None
        return span_reports.caption(self._reporter, self._block, token, words)

    def _link_unread(self, token: "Token") -> None:
        assert self._block is not None
        if self.in_cell and "]]" not in self._block.content:
            return  # a bar has cut it in two, which is reported for the cell
        if token.meta["why"] is not None:
            reports.link_unread(self._reporter, self._block, token)
            return
        advice = "Write [[id]] or [[id|words]], all of it on one line; or a backslash before the brackets."
        self._problem("link-unread", f"“{token.content}” is no link, so it is shown as text.", token, advice)

    def _embed(self, token: "Token") -> None:
        advice = span_reports.EMBEDDED if self._reporter.one_line else "Put it on a line of its own, between blank lines."
        self._problem("embed-inline", f"“{token.content}” stands among other words, so it is shown as text.", token, advice)
        self.out.text(token.content)

    def _span_unknown(self, token: "Token") -> None:
        assert self._block is not None
        span_reports.unknown(self._reporter, self._block, token)

    def _attributes(self, token: "Token") -> None:
        assert self._block is not None
        behind = token.meta.get("kind") == "block" or (self.out.last != "" and self.out.last in CLOSING) or self.signs.in_quote
        if span_reports.is_understood(self._reporter, self._block, token, behind=behind) and self._notice is not None:
            self._notice.behind(token, self.out.at)

    def _mark_open(self, token: "Token") -> None:
        kind = token.meta["kind"]
        self._marks.append(kind)
        if self._marks.count(kind) > 1:
            self._problem(*span_reports.nested(kind), token, span_reports.APART)
            return
        named = token.meta["id"]
        shift = token.meta.get("shift", token.content.rindex(named) if named else 0)
        location = self._location(token, shift, named or token.content)
        token.meta["id"] = named or f"{location.line}:{location.column}"  # until its quote is made
        self.out.put(MarkOpen(kind, token.meta["id"], 0, location.line, location.column, location.width))
        if "items" in token.meta and self._notice is not None:
            self._notice.behind(token, self.out.at)
        if kind == "quote":
            self.fix()

    def _mark_close(self, token: "Token") -> None:
        kind = self._marks.pop()
        if kind in self._marks:
            return
        if kind == "quote":
            self.unfix()
        self.out.put(MarkClose(kind, token.meta["id"], last=False))
        self._sidenotes()

    def _span(self, token: "Token") -> None:
        assert self._block is not None
        if (segment := span_reports.of_plugin(self._reporter, self._block, token)) is not None:
            self.out.put(segment)

    # --- footnotes ------------------------------------------------

    def _note(self, token: "Token") -> None:
        number, first = self._notes.refer(token.meta["label"])
        self.out.put(NoteRef(number, first, first and not self._in_note and not self._marks))
        self._sidenotes()

    def _sidenotes(self) -> None:
        """Show the notes that are due.

        A note within marked words waits for their end, since it is not theirs; one that a note refers to stands beside that note, not inside.
        """
        if self._in_note or self._marks:
            return
        while note := self._notes.due():
            number, parts = note
            before = self.out, self._fixed, self._block, self._has_reported_html, self._notice
            self.out, self._fixed, self._in_note = self.out.aside(), 0, True
            self.out.put(NoteOpen(number))
            self.signs.enter_note()
            for index, part in enumerate(parts):
                if index:
                    self.out.opaque("<br>", stands_for="\n")
                if part.type == "inline":
                    self.read(part)
                else:
                    self._code(part)
            self.out.put(NoteClose())
            self._in_note = False
            self.out, self._fixed, self._block, self._has_reported_html, self._notice = before

    def _note_undefined(self, token: "Token") -> None:
        label = token.meta["label"]
        if self._reporter.one_line:
            message, advice = "There are no footnotes in the front matter.", "Say it in the sentence, or in the body."
        else:
            message, advice = f"There is no footnote “{label}”.", f"Write a paragraph “[^{label}]: …” for it."
        self._problem("footnote-undefined", message, token, advice, subject=label)
        self.out.text(token.content)

    _HANDLERS: ClassVar["Mapping[str, Callable[[InlineWriter, Token], None]]"] = {
        "text_special": _as_words,
        "softbreak": _softbreak,
        "hardbreak": _hardbreak,
        "code_inline": _code,
        "html_inline": _html,
        "too_long": _too_long,
        **dict.fromkeys(TAGS, _tag),
        **dict.fromkeys(reports.OF_TOKENS, _report),
        "link_open": _link_open,
        "link_close": _link_close,
        "image": _image,
        "wikilink": _wikilink,
        "link_unread": _link_unread,
        "embed": _embed,
        "span_unknown": _span_unknown,
        "attributes": _attributes,
        "mark_open": _mark_open,
        "mark_close": _mark_close,
        "span": _span,
        "note": _note,
        "note_undefined": _note_undefined,
    }
