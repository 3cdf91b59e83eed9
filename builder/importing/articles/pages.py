"""A page of HTML as Markdown: headings, links, lists, tables, notes and pictures; comments and what belongs to the site around it are told."""

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urljoin

from builder import urls
from builder.importing.articles.natural import at_start, natural
from builder.importing.shapes import Picture
from builder.importing.words import address, line

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "-text",
        "picture",
        "source",
    ]
)
_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "nav",
        "form",
        "button",
        "input",
        "select",
        "textarea",
        "dialog",
        "object",
        "embed",
        "canvas",
        "head",
        "link",
        "meta",
        "title",
    ]
)
_AROUND = frozenset({"header", "footer", "aside"})
"""What stands around an article, where it stands outside of one."""
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*", "del": "~~", "s": "~~", "strike": "~~"}
_NOTE = re.compile(r"#(?!\S*ref)_?(?:ftnt|ftn|edn|footnote-|endnote-|fn:?|cite_note-?)[\w.:-]*", re.IGNORECASE)
_COMMENT = re.compile(r"#(?!\S*ref)_?(?:cmnt|comment-)[\w.-]*|#_msocom[\w-]*", re.IGNORECASE)
_BACK = re.compile(r"#_?(?:ftnt_ref|ftnref|ednref|footnote-ref|endnote-ref|fnref|cite_ref|cmnt_ref|comment-ref|_?msoanchor)", re.IGNORECASE)
DEEPEST = 150
"""Elements within one another; nobody writes more."""

_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
    "image/avif": ".avif",
}


class Page:
    """Writes the elements of a page as Markdown."""

    def __init__(
        self, root: Any, base: str, find: Callable[[str], bytes | None], tell: Callable[[str], None], styles: dict[str, str]
    ) -> None:
        self._base, self._find, self._tell, self._styles = base, find, tell, styles
        self._by_id: dict[str, Any] = {}
        for node in root.css("[id], a[name]"):
            for key in (node.attributes.get("id"), node.attributes.get("name")):
                if key:
                    self._by_id.setdefault(key, node)
        self._notes: dict[str, str] = {}
        self._taken: set[int] = set()
        self._pictures: dict[str, Picture] = {}
        self._told: set[str] = set()
        self._within_article = False
        self._find_notes(root)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures that the page shows and that are there."""
        return tuple(self._pictures.values())

    def markdown(self, node: Any) -> str:
        """Return an element as a whole text."""
        self._within_article = node.tag in {"article", "main"}
        blocks = self._blocks(node, 0)
        notes = [f"[^{key}]: {text}" for key, text in self._notes.items() if text]
        return "\n\n".join([*blocks, *notes]) + "\n"

    def _once(self, kind: str, what: str) -> None:
        if kind not in self._told:
            self._told.add(kind)
            self._tell(what)

    # --- notes and comments ---

    def _find_notes(self, root: Any) -> None:
        for node in root.css("a[href]"):
            to = node.attributes.get("href") or ""
            target = self._by_id.get(unquote(to[1:])) if to.startswith("#") else None
            if target is None or target.mem_id == node.mem_id:
                continue
            if _COMMENT.fullmatch(to):
                holder = self._holder(target)
                if holder.mem_id not in self._taken:
                    self._taken.add(holder.mem_id)
                    words = re.sub(r"^\s*\[\w+\]\s*", "", line(holder.text(deep=True)))
                    self._tell(f"a comment was left out: “{words.removesuffix('↑').strip()}”")
            elif _NOTE.fullmatch(to):
                self._taken.add(self._holder(target).mem_id)

    def _holder(self, target: Any) -> Any:
        """Return the element that has the words of a note, by the anchor or element that its number leads to."""
        node = target
        while node.tag in _INLINE and node.parent is not None:
            node = node.parent
        if (
            node.tag == "p"
            and node.parent is not None
            and node.parent.tag == "div"
            and len([one for one in node.parent.iter() if one.tag]) <= 3
        ):
            return node.parent
        return node

    def _note(self, to: str) -> str:
        key = urls.slug(to[1:].replace("_", "-")) or "note"
        if key not in self._notes:
            self._notes[key] = ""
            holder = self._holder(self._by_id[unquote(to[1:])])
            self._taken.discard(holder.mem_id)
            text = " ".join(self._blocks(holder, 0)) if holder.tag not in {"p", "li"} else self._line(holder, 0)
            self._taken.add(holder.mem_id)
            self._notes[key] = re.sub(r"^\s*(?:\\\[\w+\\\]|\d+\.?)\s*", "", line(text.removesuffix("↑")))
        return f"[^{key}]"

    # --- blocks ---

    def _blocks(self, node: Any, depth: int) -> list[str]:
        if depth > DEEPEST:
            self._once("deep", "elements within one another, deeper than anybody writes, were left out; their words stay")
            return [at_start(natural(line(node.text(deep=True))))]
        made: list[str] = []
        inline: list[str] = []

        def close() -> None:
            text = _tidied("".join(inline))
            if text:
                made.append(at_start(text))
            inline.clear()

        for child in node.iter(include_text=True):
            if child.tag in _INLINE and not self._has_blocks(child):
                inline.append(self._inline(child, depth + 1))
                continue
            close()
            made += self._block(child, depth + 1)
        close()
        return [one for one in made if one.strip()]

    def _has_blocks(self, node: Any) -> bool:
        return (
            node.tag not in {"-text", "br", "img"}
            and node.css_first("p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, figure") is not None
        )

    def _block(self, node: Any, depth: int) -> list[str]:  # noqa: PLR0911 – a case for each element of HTML
        tag = node.tag
        if node.mem_id in self._taken or tag in {"-comment", "_comment", "!doctype"}:
            return []
        if tag in _LEFT_OUT or (tag in _AROUND and not self._within_article):
            words = line(node.text(deep=True)) if tag not in {"script", "style", "template", "svg"} else ""
            if words or tag in {"form", "object", "embed"}:
                self._tell(f"<{tag}> was left out: “{words[:200]}”")
            return []
        if found := re.fullmatch(r"h([1-6])", tag or ""):
            text = self._line(node, depth).replace("\\\n", " ")
            return [f"{'#' * max(2, int(found[1]))} {text}"] if text else []
        if tag in {"ul", "ol"}:
            return [self._list(node, depth)]
        if tag == "blockquote":
            return ["\n".join(f"> {one}".rstrip() for one in "\n\n".join(self._blocks(node, depth)).split("\n"))]
        if tag == "pre":
            return [f"```\n{node.text(deep=True).strip(chr(10))}\n```"]
        if tag == "table":
            return self._table(node, depth)
        if tag == "figure":
            return self._figure(node, depth)
        if tag == "hr":
            return ["---"]
        if tag == "dl":
            return [self._terms(node, depth)]
        if tag in {"iframe", "video", "audio"}:
            src = node.attributes.get("src") or next((one.attributes.get("src") or "" for one in node.css("source[src]")), "")
            to = address(urljoin(self._base, src) if self._base else src)
            self._tell(f"<{tag}> is a link now: “{src}”")
            return [f"[media]({_bracketed(to)})"] if to else []
        return self._blocks(node, depth)

    def _list(self, node: Any, depth: int) -> str:
        made: list[str] = []
        number = 1
        for child in node.iter():
            if child.mem_id in self._taken:
                continue
            if child.tag in {"ul", "ol"}:
                made.append("\n".join(f"    {one}" for one in self._list(child, depth + 1).split("\n")))
                continue
            sign = f"{number}. " if node.tag == "ol" else "- "
            number += 1
            parts = self._blocks(child, depth + 1)
            whole = "\n".join(parts) if all(one.lstrip().startswith(("- ", "1. ")) for one in parts[1:]) else "\n\n".join(parts)
            made.append(sign + whole.replace("\n", "\n" + " " * len(sign)))
        return "\n".join(made)

    def _terms(self, node: Any, depth: int) -> str:
        made: list[str] = []
        for child in node.css("dt, dd"):
            text = self._line(child, depth)
            made.append(f"\n{text}" if child.tag == "dt" else f": {text}")
        return "\n".join(made).strip()

    def _table(self, node: Any, depth: int) -> list[str]:
        rows: list[list[str]] = []
        for row in node.css("tr"):
            cells: list[str] = []
            for cell in row.css("td, th"):
                cells.append(
                    " ".join(" ".join(self._blocks(cell, depth + 1)).replace("\\\n", " ").split()).replace("\\|", "|").replace("|", "\\|")
                )
                spans = cell.attributes.get("colspan") or "1"
                if spans.isdigit() and 1 < int(spans) < 100:
                    self._once("span", f"a cell over several columns stands in the first of them: “{line(cell.text(deep=True))[:100]}”")
                    cells += [""] * (int(spans) - 1)
            if any(cells):
                rows.append(cells)
        if not rows:
            return []
        width = max(map(len, rows))
        if width == 1:
            return [at_start(row[0].replace("\\|", "|")) for row in rows]
        caption = node.css_first("caption")
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        lines.insert(1, f"|{'---|' * width}")
        return [*([at_start(self._line(caption, depth))] if caption is not None else []), "\n".join(lines)]

    def _figure(self, node: Any, depth: int) -> list[str]:
        caption = node.css_first("figcaption")
        picture = node.css_first("img")
        if picture is None:
            return self._blocks(node, depth)
        words = line(caption.text(deep=True)) if caption is not None else ""
        if caption is not None and caption.css_first("a[href]") is not None:
            self._tell(f"links in a caption were left out: “{words[:200]}”")
        made = self._picture(picture, words)
        return [made] if made else []

    # --- among words ---

    def _line(self, node: Any, depth: int) -> str:
        return _tidied("".join(self._inline(child, depth + 1) for child in node.iter(include_text=True)))

    def _inline(self, node: Any, depth: int) -> str:
        tag = node.tag
        if tag == "-text":
            return natural(re.sub(r"[ \t\r\n\f]+", " ", node.text_content or ""))
        if depth > DEEPEST or tag in _LEFT_OUT or tag in {"-comment", "_comment"} or node.mem_id in self._taken:
            return ""
        if tag == "br":
            return "\\\n"
        if tag == "img":
            return self._picture(node, "")
        if tag in {"code", "kbd", "samp", "tt"}:
            text = line(node.text(deep=True))
            return f"`{text}`" if text and "`" not in text else natural(text)
        inner = "".join(self._inline(child, depth + 1) for child in node.iter(include_text=True))
        if tag == "a":
            return self._link(node, inner)
        mark = _MARKS.get(tag, "") or self._styled(node)
        if tag == "q":
            return f"“{inner}”"
        return _marked(mark, inner) if mark else inner

    def _styled(self, node: Any) -> str:
        if node.tag != "span":
            return ""
        styles = (node.attributes.get("style") or "") + ";".join(
            self._styles.get(name, "") for name in (node.attributes.get("class") or "").split()
        )
        if re.search(r"font-weight:\s*(?:bold|[7-9]00)", styles):
            return "**"
        return "*" if re.search(r"font-style:\s*italic", styles) else "~~" if re.search(r"text-decoration[^;]*line-through", styles) else ""

    def _link(self, node: Any, inner: str) -> str:
        to = (node.attributes.get("href") or "").strip()
        if _COMMENT.fullmatch(to) or _BACK.match(to):
            return ""
        if _NOTE.fullmatch(to) and unquote(to[1:]) in self._by_id:
            return self._note(to)
        if not to or not inner.strip():
            return inner
        if to.startswith("#"):
            self._once("anchor", f"links within the page were left out, the first to “{to}”; their words stay")
            return inner
        web = address(urljoin(self._base, to) if self._base else to)
        if not web:
            self._tell(f"the link to “{line(to)[:200]}” was left out, which is no address of the web")
            return inner
        if "![" in inner:
            return inner
        words = inner.strip()
        return f"{' ' if inner[0] == ' ' else ''}[{words}]({_bracketed(web)}){' ' if inner[-1] == ' ' else ''}"

    def _picture(self, node: Any, caption: str) -> str:
        src = (node.attributes.get("src") or node.attributes.get("data-src") or "").strip()
        alt = re.sub(r"[\[\]]", "", line(node.attributes.get("alt") or ""))
        caption = caption or line(node.attributes.get("title") or "")
        shown = f' "{caption.replace(chr(34), chr(39))}"' if caption else ""
        data, name = self._bytes(src)
        if data is not None:
            if name not in self._pictures:
                self._pictures[name] = Picture(name, data)
            return f"![{alt}]({name}{shown})"
        web = address(urljoin(self._base, src) if self._base else src)
        if web.startswith("http"):
            return f"![{alt}]({_bracketed(web)}{shown})"
        self._tell(f"the picture “{src[:200]}” was not found, and was left out")
        return natural(alt or caption)

    def _bytes(self, src: str) -> tuple[bytes | None, str]:
        """Return the bytes of a picture that is in the page or beside it, and the name that it gets."""
        if found := re.match(r"data:(image/[\w.+-]+)((?:;[\w=-]+)*),", src):
            try:
                data = (
                    base64.b64decode(src[found.end() :], validate=False) if ";base64" in found[2] else unquote_to_bytes(src[found.end() :])
                )
            except (binascii.Error, ValueError):
                return None, ""
            ending = _ENDINGS.get(found[1], "")
            return (data, f"picture-{len(self._pictures) + 1}{ending}") if ending and data else (None, "")
        if not src or re.match(r"[a-z][a-z0-9+.-]*:|//", src, re.IGNORECASE):
            return None, ""
        path = posixpath.normpath(unquote(re.split(r"[?#]", src)[0]))
        data_ = self._find(path) if not path.startswith("..") else None
        stem, ending = posixpath.splitext(posixpath.basename(path))
        return data_, f"{urls.slug(stem) or 'picture'}{ending.lower()}"


def _marked(mark: str, inner: str) -> str:
    words = inner.strip()
    if not words or "\n" in words or words.startswith(mark):
        return inner
    return f"{' ' if inner[0].isspace() else ''}{mark}{words}{mark}{' ' if inner[-1].isspace() else ''}"


def _tidied(text: str) -> str:
    """Return a paragraph without doubled spaces, line breaks at its ends, and emphasis that ends where it goes on."""
    text = re.sub(r"(?<!\*)\*\*(\s*)\*\*(?!\*)", r"\1", text)
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" ?(?:\\\n ?)+$", "", re.sub(r"^(?: ?\\\n)+", "", text.strip()))
    return re.sub(r" *\\\n *", "\\\\\n", text).strip()


def _bracketed(to: str) -> str:
    return f"<{to}>" if set(to) & set("() ") else to
