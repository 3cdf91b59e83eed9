"""Inline elements of HTML as Markdown: emphasis, links, notes, pictures."""

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urljoin

from builder import urls
from builder.importing.articles.markdown_escaping import natural
from builder.importing.html_words import address, line, shifted
from builder.importing.importer_types import Picture

LEFT_OUT = frozenset(
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
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*", "s": "~~", "strike": "~~"}
NOTE = re.compile(r"#(?!\S*ref)_?(?:ftnt|ftn|edn|footnote-|endnote-|fn:?|cite_note-?)[\w.:-]*", re.IGNORECASE)
COMMENT = re.compile(r"#(?!\S*ref)_?(?:cmnt|comment-)[\w.-]*|#_msocom[\w-]*", re.IGNORECASE)
_BACK = re.compile(r"#_?(?:ftnt_ref|ftnref|ednref|footnote-ref|endnote-ref|fnref|cite_ref|cmnt_ref|comment-ref|_?msoanchor)", re.IGNORECASE)
ARROW = re.compile(r"\s*[↑↩↵⮐⏎]\ufe0e?\s*$")
"""What leads from a note back to its number."""
MAX_NESTED_ELEMENTS = 150
"""The deepest nesting of elements that is read."""

_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
    "image/avif": ".avif",
}


class Spans:
    """Writes what stands among words. What it needs of the whole page is set up by `html_to_markdown`."""

    def __init__(
        self, root: Any, base: str, find: Callable[[str], bytes | None], add_note: Callable[[str], None], styles: dict[str, str]
    ) -> None:
        self._base, self._find, self._add_note, self._styles = base, find, add_note, styles
        self._by_id: dict[str, Any] = {}
        for node in root.css("[id], a[name]"):
            for key in (node.attributes.get("id"), node.attributes.get("name")):
                if key:
                    self._by_id.setdefault(key, node)
        self._notes: dict[str, str] = {}
        self._taken: set[int] = set()
        self._pictures: dict[str, Picture] = {}
        self._import_notes: set[str] = set()
        self._within_article = False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures that the page shows and that are there."""
        return tuple(self._pictures.values())

    def _add_note_once(self, kind: str, what: str) -> None:
        if kind not in self._import_notes:
            self._import_notes.add(kind)
            self._add_note(what)

    def _note(self, to: str) -> str:
        """Return the sign of a note; `html_to_markdown` reads its words."""
        raise NotImplementedError

    # --- among words ---

    def _line(self, node: Any, depth: int) -> str:
        return tidied("".join(self._inline(child, depth + 1) for child in node.iter(include_text=True)))

    def _inline(self, node: Any, depth: int) -> str:
        tag = node.tag
        if tag == "-text":
            return natural(re.sub(r"[ \t\r\n\f]+", " ", node.text_content or ""))
        if tag in {"-comment", "_comment"} or node.mem_id in self._taken:
            return ""
        if depth > MAX_NESTED_ELEMENTS or tag in LEFT_OUT:
            self._leave_out(node, is_deep=depth > MAX_NESTED_ELEMENTS)
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
        if tag == "abbr" and (meant := line(node.attributes.get("title") or "")) and meant != line(inner):
            self._add_note_once(f"abbr {inner}", f"what “{line(inner)}” is short for was left out: “{meant}”")
        mark = _MARKS.get(tag, "") or self._styled(node)
        if tag == "q":
            return f"“{inner}”"
        if (moved := tag if tag in {"sup", "sub"} else self._moved(node)) and "[" not in inner:  # the sign of a note stays
            return shifted(moved, inner)
        return _marked(mark, inner) if mark else inner

    def _leave_out(self, node: Any, *, is_deep: bool = False) -> None:
        """Note the words of an element that is left out."""
        words = line(node.text(deep=True)) if node.tag not in {"script", "style", "template"} else ""
        if words:
            why = ", since it stands within too many others" if is_deep else ""
            self._add_note_once(f"{node.tag} {words}", f"<{node.tag}> was left out{why}: “{words[:200]}”")

    def _style_of(self, node: Any) -> str:
        return (node.attributes.get("style") or "") + ";".join(
            ["", *(self._styles.get(name, "") for name in (node.attributes.get("class") or "").split())]
        )

    def _moved(self, node: Any) -> str:
        """Return `sup` or `sub` for words that a style raises or lowers."""
        found = re.search(r"vertical-align:\s*(super|sub)\b", self._style_of(node)) if node.tag == "span" else None
        return "" if found is None else "sup" if found[1] == "super" else "sub"

    def _styled(self, node: Any) -> str:
        if node.tag != "span":
            return ""
        styles = self._style_of(node)
        if re.search(r"font-weight:\s*(?:bold|[7-9]00)", styles):
            return "**"
        return "*" if re.search(r"font-style:\s*italic", styles) else "~~" if re.search(r"text-decoration[^;]*line-through", styles) else ""

    def _link(self, node: Any, inner: str) -> str:
        to = (node.attributes.get("href") or "").strip()
        if COMMENT.fullmatch(to) or _BACK.match(to):
            return ""
        if NOTE.fullmatch(to) and unquote(to[1:]) in self._by_id:
            return self._note(to)
        if not to or not inner.strip():
            return inner
        if to.startswith("#") and ARROW.fullmatch(inner):
            return ""
        if to.startswith("#"):
            self._add_note_once("anchor", f"links within the page were left out, the first to “{to}”; their words stay")
            return inner
        web = address(urljoin(self._base, to) if self._base else to)
        if not web:
            self._add_note(f"the link to “{line(to)[:200]}” was left out, which is no address of the web")
            return inner
        if "![" in inner:
            return inner
        words = inner.strip()
        return f"{' ' if inner[0] == ' ' else ''}[{words}]({bracketed(web)}){' ' if inner[-1] == ' ' else ''}"

    def _picture(self, node: Any, caption: str) -> str:
        src = _source(node)
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
            return f"![{alt}]({bracketed(web)}{shown})"
        self._add_note(f"the picture “{src[:200]}” was not found, and was left out")
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


_LATER = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-srcset", "srcset")
"""Where a page has the address of a picture that it loads only when a reader comes to it."""
_MAX_PLACEHOLDER_CHARACTERS = 500


def _source(node: Any) -> str:
    """Return the address of a picture; of one that is loaded later, not that of the point in its place."""
    src = (node.attributes.get("src") or "").strip()
    if src and not (src.startswith("data:") and len(src) < _MAX_PLACEHOLDER_CHARACTERS):
        return src
    given = next((value.strip() for name in _LATER if (value := node.attributes.get(name) or "").strip()), "")
    return (given.split()[0].rstrip(",") if given else "") or src


def _marked(mark: str, inner: str) -> str:
    words = inner.strip()
    if not words or "\n" in words or words.startswith(mark):
        return inner
    return f"{' ' if inner[0].isspace() else ''}{mark}{words}{mark}{' ' if inner[-1].isspace() else ''}"


def tidied(text: str) -> str:
    """Return a paragraph without doubled spaces, line breaks at its ends, and emphasis that ends where it goes on."""
    text = re.sub(r"(?<!\*)\*\*(\s*)\*\*(?!\*)", r"\1", text)
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" ?(?:\\\n ?)+$", "", re.sub(r"^(?: ?\\\n)+", "", text.strip()))
    return re.sub(r" *\\\n *", "\\\\\n", text).strip()


def bracketed(to: str) -> str:
    """Return an address as it stands in a link of Markdown."""
    return f"<{to}>" if set(to) & set("() ") else to
