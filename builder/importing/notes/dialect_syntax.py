"""Marks of other programs in a text: each becomes Markdown that means the same here, or is left out, with a note on its line. Code is never changed."""

import re
from bisect import bisect_right
from collections.abc import Callable

import msgspec

from builder.importing.articles.hidden_text import HIDING
from builder.importing.html_words import clean, line, shifted
from builder.importing.importer_types import ImportNote
from builder.importing.notes.links import NoteLinks
from builder.importing.notes.templates import enclosed, fill_addresses


class ConvertedText(msgspec.Struct, frozen=True):
    """A text with marks of ours alone."""

    body: str
    tags: tuple[str, ...]


_TOKEN = re.compile(
    r"(?P<fence>^[ ]{0,3}(?:`{3,}|~{3,})[^\n]*$)"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,6})(?!`)[^\n]{0,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<template>\{%-?\s*comment\b[^%\n]{0,200}%\}(?P<unseen>(?s:.*?))(?:\{%-?\s*endcomment\s*-?%\}|\Z))"
    r"|(?P<aside>^[ ]{0,3}\[(?://|comment|_metadata_[^\]\n]*)\]:[ \t]*(?:\#|<>)[ \t]*(?P<remark>[^\n]*)$)"
    r"|(?P<critic>\{>>(?P<said>(?s:.{0,1000}?))<<\}|\{--(?P<gone>(?s:.{0,1000}?))--\}|\{\+\+(?P<new>(?s:.{0,1000}?))\+\+\}|\{~~(?P<old>(?s:.{0,1000}?))~>(?P<other>(?s:.{0,1000}?))~~\}|\{==(?P<marked>(?s:.{0,1000}?))==\})"
    r"|(?P<comment>%%|<!--)"
    r"|(?P<liquid>\{%-?[^\n]{0,800}?%\}|\{\{[<%][^\n]{0,800}?[>%]\}\}|\{\{[^{}\n]{0,500}\}\}|<%(?s:.{0,800}?)%>)"
    r"|(?P<wiki>!?\[\[[^\[\]\n]{1,500}\]\])"
    r"|(?P<picture>!\[(?P<alt>[^\[\]\n]{0,1000}?(?P<size>\|\d{1,5}(?:x\d{1,5})?)?)\]\([ \t]*(?P<shown>[^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)?|<[^<>\n]{1,2000}>)(?:\s+[\"'](?P<caption>[^\"\n]{0,1000})[\"'])?\s*\))"
    r"|(?P<link>(?<!!)\[(?P<words>[^\[\]\n]{1,1000})\]\([ \t]*(?P<to>[^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)?|<[^<>\n]{1,2000}>)(?:\s+[\"'](?P<hover>[^\"\n]{0,1000})[\"'])?\s*\))"
    r"|(?P<attributes>[ \t]?\{:[^{}\n]{0,200}\}|[ \t]?\{[#.][\w.#: =\"'%-]{1,200}\}|(?<=\))\{[\w-]{1,40}=[^{}\n]{1,200}\}|[ \t]?(?<!\])[(\[][^\W\d_][\w -]{0,60}::[ ][^\[\]()\n]{0,300}[)\]])"
    r"|(?P<defined>^[ ]{0,3}\[(?!\^)(?P<label>[^\[\]\n]{1,500})\]:[ \t]*(?P<where><[^<>\n]{0,2000}>|\S{1,2000})(?P<rest>[^\n]{0,1000})$)"
    r"|(?P<auto><[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}>)"
    r"|(?P<html></?[A-Za-z][\w-]{0,20}(?:\s[^<>]{0,3000})?/?>)"
    r"|(?P<highlight>==(?=[^\s=])[^=\n]{1,500}(?<=\S)==)"
    r"|(?P<tag>(?<![^\s(,;])\#(?=[^\W_])[\w/-]*[^\W\d_][\w/-]*)"
    r"|(?P<note>\^\[(?P<inner>[^\[\]\n]{1,1000})\])",
    re.MULTILINE,
)

_SHIFTED = re.compile(r"<su[pb]>(?P<words>[^<>\[\n]{1,40})</su[pb]>", re.IGNORECASE)
_END_OF_LINK = re.compile(r"</a\s*>", re.IGNORECASE)
_LONGEST_LINK = 2_000
"""Characters in which a link ends."""
_TAGS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~"}
_HIDDEN = frozenset({"script", "style", "template", "svg", "iframe", "video", "audio", "object", "del"})


def plain_heading(words: str) -> str:
    """Return a heading as the words of a title."""
    return line(re.sub(r"[*_`]|\\(?=[^\w\s])", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words)))


def convert_marks(body: str, first: int, page: NoteLinks, where: str, import_notes: list[ImportNote]) -> ConvertedText:
    """Return the text of a note; `first` is the line on which it begins in the file."""
    found = _Reader(_clean(body), first, page, where, import_notes).result()
    if "{{" in body or "{%" in body:
        # What a template puts in may have stood within a link, which can be read without it.
        found = msgspec.structs.replace(found, body=_Reader(found.body, first, page, where, import_notes).result().body)
    return found


def _clean(body: str) -> str:
    """Return a text without characters that cannot be printed; its line breaks and tabs stay."""
    return fill_addresses("\n".join(clean(text.replace("\t", "    ")) for text in body.split("\n")))


class _Reader:
    def __init__(self, body: str, first: int, page: NoteLinks, where: str, import_notes: list[ImportNote]) -> None:
        self._src, self._first, self._page, self._where, self._import_notes = body, first, page, where, import_notes
        self._breaks = [found.start() for found in re.finditer("\n", body)]
        self._tags: list[str] = []
        self._tagged = (-1, False)
        """Where the last line with a tag begins, and whether it has nothing else."""
        self._notes: list[str] = []
        self._seen: set[str] = set()
        self._parts: list[str] = []
        self._endless: set[str] = set()  # elements of HTML that no further end was found for
        self._endless_tags: set[str] = set()  # tags of templates, likewise

    def _line(self, at: int) -> int:
        return self._first + bisect_right(self._breaks, at - 1) if at else self._first

    def _add_note(self, at: int, what: str) -> None:
        n = self._line(at)
        self._import_notes.append(ImportNote(f"{self._where}, line {n}" if self._where else f"line {n}", what))

    def _add_note_once(self, kind: str, at: int, what: str) -> None:
        if kind not in self._seen:
            self._seen.add(kind)
            self._add_note(at, what)

    def result(self) -> ConvertedText:
        at = 0
        while found := _TOKEN.search(self._src, at):
            self._prose(at, found.start())
            kind = found.lastgroup or ""
            kind = next(name for name in _KINDS if found[name] is not None) if kind not in _KINDS else kind
            at = _KINDS[kind](self, found)
        self._prose(at, len(self._src))
        body = "".join(self._parts) + "".join(self._notes)
        return ConvertedText(re.sub(r"\n{3,}", "\n\n", body), tuple(dict.fromkeys(self._tags)))

    def _end_of(self, name: str, at: int) -> re.Match[str] | None:
        """Return the end of an element of HTML that begins before a place."""
        end = None if name in self._endless else re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._src, at)
        if end is None:
            self._endless.add(name)
        return end

    # --- lines ---

    def _prose(self, start: int, end: int) -> None:
        self._parts.append(_LINED.sub(lambda found: self._lined(found, start), self._src[start:end]) if end > start else "")

    def _lined(self, match: re.Match[str], start: int) -> str:
        at = start + match.start()
        begins = at == 0 or self._src[at - 1] == "\n"
        if match["callout"] is not None and begins:
            title = match["title"].strip() or match["kind"].capitalize()
            return f"{match['quote']}**{title}{'' if title[-1:] in '.!?:' else '.'}**\n{match['quote'].rstrip()}"
        if match["task"] is not None and begins:
            return f"{match['bullet']}{'☐' if match['box'] == ' ' else '☑'} "
        if match["field"] is not None and begins:
            self._add_note(at, f"a field was left out: “{line(match['field'])}”")
            return ""
        if match["container"] is not None and begins:
            self._add_note(at, f"the mark of a container was left out: “{line(match['container'])}”")
            return ""
        if match["block"] is not None:
            self._add_note(at, f"the name of a block was left out: “{match['block'].strip()}”")
            return ""
        return match[0]

    # --- marks ---

    def fence(self, match: re.Match[str]) -> int:
        """Keep a block of code."""
        sign = re.match(r"[ ]{0,3}(`{3,}|~{3,})", match[0])
        closing = re.compile(rf"^[ ]{{0,3}}{re.escape(sign[1] if sign else '```')}[`~]*[ \t]*$", re.MULTILINE)
        end = closing.search(self._src, match.end())
        at = end.end() if end else len(self._src)
        info = match[0].strip(" `~")
        if info in {"dataview", "dataviewjs", "query", "tasks", "mermaid"} or info.startswith("{"):
            self._add_note(match.start(), f"a block of “{info}” stays as code, which nothing computes here")
        self._parts.append(re.sub(r"(```|~~~)\{[^}\n]*\}", r"\1", self._src[match.start() : at]))
        return at

    def as_is(self, match: re.Match[str]) -> int:
        """Keep code among words."""
        self._parts.append(match[0])
        return match.end()

    def comment(self, match: re.Match[str]) -> int:
        """Leave a comment out."""
        sign = "-->" if match[0] == "<!--" else "%%"
        end = self._src.find(sign, match.end())
        before = self._src[max(0, match.start() - 1) : match.start()]
        if sign == "%%" and (before.isdigit() or before == "%") and (end < 0 or not self._src[match.end() : match.end() + 1].isalpha()):
            self._parts.append("\\%\\%")
            return match.end()
        stop = end if end >= 0 else len(self._src)
        words = line(self._src[match.end() : stop])
        self._add_note(match.start(), f"a comment{'' if end >= 0 else ' that never ends'} was left out: “{words}”")
        after = stop + len(sign) if end >= 0 else stop
        if self._src[after : after + 1] in {"", "\n"} and self._parts:
            self._parts[-1] = self._parts[-1].rstrip(" ")
        if self._src[after : after + 1] == " " and (not self._parts or self._parts[-1][-1:] in {" ", "\n", ""}):
            after += 1
        return after

    def template(self, match: re.Match[str]) -> int:
        """Leave a comment of Jekyll out."""
        self._add_note(match.start(), f"a comment was left out: “{line(match['unseen'])}”")
        return match.end()

    def aside(self, match: re.Match[str]) -> int:
        """Leave out a comment that is written as the definition of a link."""
        words = line(match["remark"]).strip("()'\"")
        self._add_note(match.start(), f"a comment was left out: “{words}”")
        return match.end()

    def critic(self, match: re.Match[str]) -> int:
        """Read a change of CriticMarkup as if it were accepted: comments and deletions go, insertions stay."""
        if match["said"] is not None:
            self._add_note(match.start(), f"a comment was left out: “{line(match['said'])}”")
        elif (gone := match["gone"] if match["gone"] is not None else match["old"]) is not None:
            self._add_note(match.start(), f"deleted text was left out: “{line(gone)}”")
        self._parts.append(match["new"] or match["other"] or match["marked"] or "")
        if match["new"]:
            self._add_note(match.start(), f"inserted text stays, as if the change were accepted: “{line(match['new'])}”")
        return match.end()

    def liquid(self, match: re.Match[str]) -> int:
        """Read a tag of Jekyll or Hugo, or leave it out."""
        inner = match[0].strip("{}%-<> \t")
        # The front of an address: {{ site.baseurl }}/pictures/boat.png
        if re.fullmatch(r"(?:site\.(?:baseurl|url)|page\.url)(?:\s*\|.*)?", inner):
            self._add_note_once("liquid-url", match.start(), f"“{match[0]}” was left out")
            return match.end()
        name, _, rest = inner.partition(" ")
        said = {key: value for key, _, value in re.findall(r"([\w-]+)\s*=\s*([\"'])(.*?)\2", rest)}
        if name in {"figure", "img", "image"} or (
            name == "include" and re.search(r"image|figure|img|picture|photo", rest.split("=", maxsplit=1)[0])
        ):
            to = next((said[key] for key in ("src", "image_path", "url", "file", "image", "path") if key in said), "")
            if to:
                alt = next((said[key] for key in ("alt", "title", "caption") if key in said), "")
                left = ", ".join(
                    f"{key}=“{value}”"
                    for key, value in said.items()
                    if key not in {"src", "image_path", "url", "file", "image", "path", "alt", "caption", "title"}
                )
                if left:
                    self._add_note(match.start(), f"of “{match[0]}” was left out: {left}")
                self._parts.append(self._page.picture(_bare(alt), to, _bare(said.get("caption", "")), self._line(match.start())))
                return match.end()
        if name in {"post_url", "link", "ref", "relref"}:
            self._parts.append(re.sub(r"[\"'\s]", "", rest))
            return match.end()
        if name not in self._endless_tags and (inside := enclosed(name, rest, self._src, match.end())) is not None:
            self._parts.append(inside[0])
            return inside[1]
        self._endless_tags.add(name)
        self._add_note(match.start(), f"a tag of a template or shortcode was left out: “{line(match[0])}”")
        return match.end()

    def wiki(self, match: re.Match[str]) -> int:
        """Read a link or picture of Obsidian."""
        shown = match[0].startswith("!")
        inner = match[0].lstrip("!")[2:-2]
        target, _, words = (part.strip() for part in inner.replace("\\|", "|").partition("|"))
        n = self._line(match.start())
        if shown and re.search(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp|pdf|mp3|mp4|webm|mov)$", target, re.IGNORECASE):
            if sized := re.fullmatch(r"(?:(.*)\|)?\d+(?:x\d+)?", words):
                self._add_note(match.start(), f"the size of a picture was left out: “{match[0]}”")
                words = sized[1] or ""
            self._parts.append(self._page.picture(_bare(words), target, "", n))
            return match.end()
        name, _, anchor = target.partition("#")
        words = words or (
            f"{name} – {anchor.lstrip('^')}" if name and anchor and not anchor.startswith("^") else name or anchor.lstrip("^")
        )
        if anchor.startswith("^"):
            self._add_note(match.start(), f"the block “{anchor}” is not led to, only its page: “{match[0]}”")
            target = name
        if shown:
            self._add_note(match.start(), f"“{match[0]}” puts another text in here; it is a link now")
        self._parts.append(self._page.link(_bare(words), target, n) if target else _bare(words))
        return match.end()

    def picture(self, match: re.Match[str]) -> int:
        """Read a picture of Markdown."""
        alt, sized, _ = match["alt"].partition(match["size"] or "\0")
        if sized:
            self._add_note(match.start(), f"the size of a picture was left out: “{match[0]}”")
        self._parts.append(self._page.picture(alt, match["shown"].strip("<>"), _bare(match["caption"] or ""), self._line(match.start())))
        return match.end()

    def link(self, match: re.Match[str]) -> int:
        """Read a link of Markdown."""
        if match["hover"]:
            self._add_note(match.start(), f"what a link shows below the pointer was left out: “{match['hover']}”")
        self._parts.append(self._page.link(match["words"], match["to"].strip("<>"), self._line(match.start())))
        return match.end()

    def defined(self, match: re.Match[str]) -> int:
        """Read the definition of a link that stands elsewhere."""
        made = self._page.link("x", match["where"].strip("<>"), self._line(match.start()))
        self._parts.append(f"[{match['label']}]: {made[4:-1]}{match['rest']}" if made.startswith("[x](") else "")
        return match.end()

    def auto(self, match: re.Match[str]) -> int:
        """Read an address in angle brackets."""
        inner = match[0][1:-1]
        if re.match(r"(?:https?|mailto):", inner, re.IGNORECASE):
            self._parts.append(match[0])
        else:
            self._parts.append(self._page.link(inner, inner, self._line(match.start())))
        return match.end()

    def left_out(self, match: re.Match[str]) -> int:
        """Leave an attribute out, and the item that stands for a table of contents."""
        if re.search(r"\{:\s*toc\b", match[0]) and self._parts:
            self._parts[-1] = re.sub(r"(?:^|\n)[ ]{0,3}[*+-][ ][^\n]*\n$", "\n", self._parts[-1])
        self._add_note(match.start(), f"{'a field' if '::' in match[0] else 'an attribute'} was left out: “{match[0].strip()}”")
        return match.end()

    def html(self, match: re.Match[str]) -> int:
        """Read a tag of HTML, or leave it out."""
        name = re.sub(r"[</>]", "", match[0]).split()[0].casefold()
        closes = match[0].startswith("</")
        said = {
            key.casefold(): one or two or three
            for key, one, two, three in re.findall(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", match[0])
        }
        is_hidden = name not in {"br", "img", "hr", "input"} and bool(
            re.search(r"\shidden(?=[\s=/>])", match[0]) or HIDING.search(match[0])
        )
        if (name in _HIDDEN or is_hidden) and not closes:
            end = self._end_of(name, match.end())
            stop = end.end() if end else match.end()
            self._add_note(match.start(), f"HTML was left out: “{line(self._src[match.start() : stop])[:500]}”")
            if said.get("src", "").startswith(("http", "//")):
                self._parts.append(self._page.link("media", said["src"], self._line(match.start())))
            return stop
        if name == "img" and said.get("src"):
            self._parts.append(
                self._page.picture(_bare(said.get("alt", "")), said["src"], _bare(said.get("title", "")), self._line(match.start()))
            )
        elif name == "a" and said.get("href") and not closes:
            end = _END_OF_LINK.search(self._src, match.end(), match.end() + _LONGEST_LINK)
            if end:
                words = line(re.sub(r"<[^<>]*>", "", self._src[match.end() : end.start()]))
                self._parts.append(self._page.link(_bare(words) or "link", said["href"], self._line(match.start())))
                return end.end()
            self._parts.append(self._page.link("link", said["href"], self._line(match.start())))
        elif name in {"sup", "sub"} and not closes and (raised := _SHIFTED.match(self._src, match.start())):
            self._parts.append(shifted(name, raised["words"]))
            return raised.end()
        elif name == "br":
            self._parts.append("\\\n" if self._src[match.end() : match.end() + 1] not in {"\n", ""} else "\\")
        elif name in _TAGS:
            self._parts.append(_TAGS[name])
        else:
            self._add_note_once(
                f"html-{name}",
                match.start(),
                f"the tag “{line(match[0])}” of HTML was left out, and others of its name; the words in it stay",
            )
            self._parts.append(
                "\n\n"
                if name in {"p", "div", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "details", "section", "figure", "summary"}
                else " "
                if name in {"td", "th", "li"}
                else ""
            )
        return match.end()

    def highlight(self, match: re.Match[str]) -> int:
        """Read a highlight."""
        self._add_note_once("highlight", match.start(), f"what is highlighted is in strong emphasis: “{match[0]}”")
        self._parts.append(f"**{match[0][2:-2]}**")
        return match.end()

    def tag(self, match: re.Match[str]) -> int:
        """Make a topic of a tag."""
        self._tags.append(match[0][1:])
        begin = self._src.rfind("\n", 0, match.start()) + 1
        if self._tagged[0] != begin:
            words = self._src[begin : (self._src.find("\n", begin) + 1 or len(self._src) + 1) - 1]
            self._tagged = begin, not re.sub(r"(?:^|\s)#[\w/-]+", "", words).strip(" \t>*-")
        self._parts.append("" if self._tagged[1] else match[0][1:])
        return match.end()

    def note(self, match: re.Match[str]) -> int:
        """Make a note of a note in line."""
        n = len(self._notes) + 1
        self._notes.append(f"\n\n[^inline-{n}]: {match['inner']}\n")
        self._parts.append(f"[^inline-{n}]")
        return match.end()


_LINED = re.compile(
    r"(?P<callout>(?P<quote>^[ ]{0,3}(?:>[ ]?)+)\[!(?P<kind>[\w-]+)\][+-]?[ \t]*(?P<title>[^\n]*)$)"
    r"|(?P<task>(?P<bullet>^[ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[(?P<box>[ xX/-])\][ \t]+)"
    r"|(?P<field>^[ \t]*(?:[-*+][ \t]+)?[\w][\w \t-]{0,60}::(?:[ \t][^\n]*)?$)"
    r"|(?P<container>^[ ]{0,3}(?::{3,}|!!!|\?\?\?)[^\n]*$)"
    r"|(?P<block>(?<![ \t])[ \t]+\^[\w-]{1,60}$)",
    re.MULTILINE,
)


def _bare(words: str) -> str:
    """Return words as the inside of a link or picture."""
    return re.sub(r"[\[\]\"]", "", line(words))


_KINDS: dict[str, Callable[[_Reader, re.Match[str]], int]] = {
    "fence": _Reader.fence,
    "code": _Reader.as_is,
    "template": _Reader.template,
    "aside": _Reader.aside,
    "critic": _Reader.critic,
    "comment": _Reader.comment,
    "liquid": _Reader.liquid,
    "wiki": _Reader.wiki,
    "picture": _Reader.picture,
    "link": _Reader.link,
    "defined": _Reader.defined,
    "auto": _Reader.auto,
    "attributes": _Reader.left_out,
    "html": _Reader.html,
    "highlight": _Reader.highlight,
    "tag": _Reader.tag,
    "note": _Reader.note,
}
