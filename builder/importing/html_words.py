"""HTML of other programs as words and as Markdown that shows just these words: addresses stay links, paragraphs stay apart, tags of single letters put in no space."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

import msgspec

from builder.content import html_events
from builder.content.html_events import Comment, EndTag, HtmlText, StartTag
from builder.i18n.patterns import late

AddNote = Callable[[str], None]
"""Notes one thing that is not taken over as it was."""

PARAGRAPH, LINE = "\\\n\\\n", "\\\n"
"""What parts paragraphs and lines in a line of Markdown."""

_BLOCKS = late(
    r"address|article|aside|blockquote|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section"
    r"|summary|table|tbody|tfoot|thead|tr|ul"
)
_SHOWN = {"img": "picture", "iframe": "media", "embed": "media", "video": "film", "audio": "sound", "source": "media"}
_UNSEEN = {"script", "style", "template", "del"}
_PUNCTUATION = late(r"([\\`*_{}\[\]<>()#+\-!|~^:&$=@\"'.])")
_BARE = late(r"(?:https?://|(?<![\w.@/])www\.)[^\s<>\"“”«»\x01-\x05]+", re.IGNORECASE)
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_NOTHING = frozenset("\u200b\u2060\ufeff\xad")
"""Characters that only say where a line may break."""

# Marks that stand in the text until it is written as Markdown; no text has them, since control characters are taken out of it.
_OPEN, _NUMBERED, _CLOSE, _PARAGRAPH, _LINE = "\x01", "\x02", "\x03", "\x04", "\x05"


_LED = late(r"https?://(?:www\.)?google\.[a-z.]{2,6}/url\?", re.IGNORECASE)
"""Addresses of Google that only lead on to others, as its documents have them."""


class MarkdownText(msgspec.Struct, frozen=True):
    """Words, and the same as a line of Markdown."""

    words: str = ""
    markdown: str = ""
    addresses: tuple[str, ...] = ()
    """Where links in it lead."""


def clean(text: str) -> str:
    """Return a text without what cannot be printed or turns words round. Joiners stay, since they are part of how words are spelt."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c
        if c.isprintable() or unicodedata.category(c) == "Zs"
        else ""
        if c in _NOTHING or c in _TURNING
        else c
        if unicodedata.category(c) == "Cf"
        else " "
        for c in text
    )


def shifted(tag: str, text: str) -> str:
    """Return the words of `<sup>` or `<sub>` with figures that are raised or lowered themselves: 10<sup>6</sup> is not 106."""
    return text.translate(_RAISED if tag == "sup" else _LOWERED)


def line(text: str) -> str:
    """Return words as one line of what can be printed."""
    if text.isascii() and text.isprintable() and "  " not in text:  # most cells of a table
        return text.strip(" ")
    return re.sub(r"[ \t\r\n\f\v]+", " ", clean(text)).strip()


def address(given: str) -> str:
    """Return an address of the web, or of mail, that a link may lead to; "" for any other."""
    made = re.sub(r"\s", "%20", line(given))
    made = f"https:{made}" if made.startswith("//") else made
    if _LED.match(made):
        made = next((to for name, to in parse_qsl(urlsplit(made).query) if name in {"q", "url"} and to.startswith("http")), made)
    return made if re.match(r"(?:https?://[^/]|mailto:.)", made, re.IGNORECASE) else ""


_SCHEMELESS = re.compile(r"(?:www\.\S+|(?:[\w-]+\.)+[a-z]{2,24}/\S*)", re.IGNORECASE)
"""An address without `https://`."""


def with_scheme(text: str, column: str, add_note: AddNote) -> str:
    """Return a cell of addresses in which those without `https://` have it, which is noted."""

    def complete(found: re.Match[str]) -> str:
        if not _SCHEMELESS.fullmatch(found[0]):
            return found[0]
        add_note(f"“{column}”: “{found[0]}” is taken as https://{found[0]}")
        return f"https://{found[0]}"

    return re.sub(r"[^\s;|,]+", complete, text)


def literal(words: str) -> str:
    """Return words as Markdown that shows just them, for the inside of a link."""
    return _PUNCTUATION.sub(r"\\\1", words)


def escaped(words: str) -> str:
    """Return words as Markdown that shows just them; addresses in them are links."""
    made, at = [], 0
    for found in _BARE.finditer(words):
        bare = found[0].rstrip(".,;:!?'’*_")
        while bare.endswith(")") and bare.count(")") > bare.count("("):
            bare = bare[:-1].rstrip(".,;:!?'’")
        if to := address(bare if bare[:4].lower() != "www." else f"https://{bare}"):
            made += [literal(words[at : found.start()]), link(literal(bare), to)]
            at = found.start() + len(bare)
    return "".join((*made, literal(words[at:])))


def plain(text: str) -> str:
    """Return a text without markup as a line of Markdown in which its lines stay apart."""
    return LINE.join(escaped(line(part)) for part in text.strip().splitlines())


def link(markdown: str, to: str) -> str:
    """Return a link of Markdown."""
    for sign, code in (("\\", "%5C"), ("<", "%3C"), (">", "%3E")):
        to = to.replace(sign, code)
    to = re.sub(r"&(?=#?\w+;)", "&amp;", to)
    return f"[{markdown}]({f'<{to}>' if set(to) & set('()') else to})"


def read_html(html: str, add_note: AddNote) -> MarkdownText:
    """Return what a browser shows of HTML."""
    made = _MarkdownWords(add_note)
    # Text without tags of blocks has its paragraphs by empty lines.
    if not re.search(r"<(?:p|div|br|li)\b", html, re.IGNORECASE):
        html = re.sub(r"\r?\n[ \t]*\r?\n\s*", "<p>", html)
    # In an address a browser takes “&copy=” for the name of a value, not for ©.
    for event in html_events.events(re.sub(r"&(?=[A-Za-z]\w*=)", "&amp;", html)):
        match event:
            case StartTag(tag, attributes):
                made.begin(tag, attributes)
            case EndTag(tag):
                made.end(tag)
            case HtmlText(text):
                made.add(text)
            case Comment(text):
                made.leave_out(text)
    return made.result()


def _collapsed(marked: str) -> str:
    return re.sub(r"[ \t\r\n\f\v]+", " ", marked)


class _MarkdownWords:
    def __init__(self, add_note: AddNote) -> None:
        self._add_note = add_note
        self._parts: list[str] = []
        self._addresses: list[str] = []
        self._is_open = False
        self._later: list[str] = []
        """What stands behind the link that is open: a link holds no other."""
        self._unseen = ""
        self._gone: list[str] = []
        """The words of what is not shown."""
        self._shift = ""

    def begin(self, tag: str, said: Mapping[str, str]) -> None:
        for name, value in said.items():
            if (name == "cite" or name.startswith("data-")) and re.match(r"\s*https?://", value):
                self._add_note(f"the address “{line(value)[:200]}” in “{name}” was left out")
        if tag in _UNSEEN:
            if not self._unseen:
                self._unseen = tag
                self._gone = []
                if tag != "del":
                    self._add_note(f"a <{tag}> was left out")
        elif tag == "br":
            self._parts.append(" " if self._is_open else _LINE)
        elif tag == "q":
            self._parts.append("“")
        elif tag in {"s", "strike"}:
            self._add_note("words that were struck through are words like all others now")
        elif tag in {"sup", "sub"}:
            self._shift = tag
        elif tag == "li":
            self._parts += (" " if self._is_open else _LINE, "• ")
        elif _BLOCKS.fullmatch(tag):
            self._parts.append(" " if self._is_open else _PARAGRAPH)
            if tag == "blockquote":
                self._add_note("a quotation that was set apart is a paragraph now: say whose words it is")
        elif tag in {"td", "th"}:
            self._parts.append(" ")
        elif tag == "a" and "href" in said:
            self._end_link()
            if to := address(said["href"]):
                self._parts.append(self._opened(to))
                self._is_open = True
            else:
                self._add_note(f"the link to “{line(said['href'])[:200]}” was left out, which is no address of the web")
        elif tag in _SHOWN and said.get("src"):
            label = f"{_SHOWN[tag]}: {said['alt']}" if said.get("alt") else _SHOWN[tag]
            if to := address(said["src"]):
                made = f"{self._opened(to)}{clean(label)}{_CLOSE}"
                (self._later if self._is_open else self._parts).append(made)
            else:
                self._parts.append(clean(f" {label} "))
                self._add_note(f"the address “{line(said['src'])[:200]}” was left out, which is none of the web")

    def end(self, tag: str) -> None:
        if tag == self._unseen:
            self._end_unseen()
        elif tag == "a":
            self._end_link()
        elif tag == "q":
            self._parts.append("”")
        elif tag in {"sup", "sub"}:
            self._shift = ""
        elif _BLOCKS.fullmatch(tag) and tag != "li":
            self._parts.append(" " if self._is_open else _PARAGRAPH)

    def add(self, data: str) -> None:
        if self._unseen:
            self._gone.append(data)
        else:
            self._parts.append(clean(shifted(self._shift, data) if self._shift else data))

    def leave_out(self, comment: str) -> None:
        if words := line(comment):
            self._add_note(f"a comment was left out: “{words[:300]}”")

    def _end_unseen(self) -> None:
        if self._unseen == "del":
            self._add_note(f"deleted text was left out: “{line(''.join(self._gone))[:300]}”")
        self._unseen = ""

    def _opened(self, to: str) -> str:
        self._addresses.append(to)
        return f"{_OPEN}{len(self._addresses) - 1}{_NUMBERED}"

    def _end_link(self) -> None:
        if self._is_open:
            self._parts.append(_CLOSE)
            self._parts += [f" {attribute}" for attribute in self._later]
            self._later = []
            self._is_open = False

    def result(self) -> MarkdownText:
        self._end_unseen()
        self._end_link()
        marked = _collapsed("".join(self._parts))
        paragraphs = [
            [text for part in paragraph.split(_LINE) if (text := part.strip()) and text != "•"] for paragraph in marked.split(_PARAGRAPH)
        ]
        words = " ".join(text for paragraph in paragraphs for text in paragraph)
        words = line(re.sub(rf"{_OPEN}\d+{_NUMBERED}|{_CLOSE}", "", words))
        made = PARAGRAPH.join(LINE.join(map(self._markdown, paragraph)) for paragraph in paragraphs if paragraph)
        return MarkdownText(words, made, tuple(self._addresses))

    def _markdown(self, marked: str) -> str:
        made, at = [], 0
        for found in re.finditer(rf"{_OPEN}(\d+){_NUMBERED}([^{_CLOSE}]*){_CLOSE}", marked):
            made.append(escaped(marked[at : found.start()]))
            words = found[2].strip()
            spaces = [" " if found[2][:1] == " " else "", " " if found[2][-1:] == " " else ""]
            made.append(link(literal(words or "link"), self._addresses[int(found[1])]).join(spaces))
            at = found.end()
        return "".join((*made, escaped(marked[at:]))).strip()
