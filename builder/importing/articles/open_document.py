"""Texts of LibreOffice: each is converted to HTML, which `html` reads. Comments, tracked changes and hidden text are noted, never published."""

import base64
import posixpath
import re
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from builder.importing import unpacking
from builder.importing.articles import html
from builder.importing.articles.properties import document_properties, split_head
from builder.importing.html_words import line
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult

if TYPE_CHECKING:
    from collections.abc import Callable

_NS = re.compile(r"\{[^}]*\}")


def read_odt(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    """Return the article of a text of LibreOffice."""
    import_notes: list[ImportNote] = []
    parts: dict[str, bytes] = {}
    if import_input.data[:2] == b"PK":
        with unpacking.open_package(import_input.data) as package:
            names = set(package.namelist())
            if "content.xml" not in names:
                message = "it is no text of LibreOffice: it has no content.xml"
                raise ImportProblem(message)
            wanted = names & {"content.xml", "styles.xml", "meta.xml"} | {name for name in names if name.startswith("Pictures/")}
            parts = {name: unpacking.read_part(package, name) for name in wanted}
    else:
        parts = {"content.xml": import_input.data, "meta.xml": b"".join(_META.findall(import_input.data))}
        unpacking.refuse_protected(import_input.data)
        if unpacking.declares_entities(import_input.data) or b"<!ENTITY" in import_input.data:
            message = "it declares entities, which no office program does, and was not read"
            raise ImportProblem(message)
    try:
        root = ET.fromstring(parts["content.xml"])  # noqa: S314 – what declares entities was refused
        styles = [root, *([ET.fromstring(parts["styles.xml"])] if "styles.xml" in parts else [])]  # noqa: S314 – as above
    except (ET.ParseError, RecursionError, ValueError) as error:
        message = f"it is damaged: {error}"
        raise ImportProblem(message) from error
    body = next((element for element in root.iter() if _name(element) == "text" and element.tag.endswith("office:1.0}text")), None)
    if body is None:
        message = "it is no text of LibreOffice"
        raise ImportProblem(message)
    _note_pages(styles[-1], import_notes)
    writer = _Odt(_Styles(styles), parts, import_notes)
    made = "".join(map(writer.html, body))
    writer.note_insertions()
    title, fields = document_properties(parts.get("meta.xml", b""), import_notes)
    text, head = split_head(f"<body>{made}{writer.notes()}</body>", import_notes)
    return html.import_html(text, import_input, import_notes, fields=fields | head, title=title)


_META = re.compile(rb"<office:meta>.*?</office:meta>", re.DOTALL)


def _note_pages(root: ET.Element, import_notes: list[ImportNote]) -> None:
    """Note the heads and feet of the pages."""
    import_notes += [
        ImportNote("", f"the {_name(node)} of its pages was left out: “{words}”")
        for node in root.iter()
        if _name(node) in {"header", "footer"} and (words := line(" ".join(node.itertext())))
    ]


def _name(node: ET.Element) -> str:
    return _NS.sub("", str(node.tag))


def _attribute(node: ET.Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if _NS.sub("", key) == name), "")


class _Styles:
    """The styles of a document: its own and those of the author."""

    def __init__(self, roots: list[ET.Element]) -> None:
        self.parents: dict[str, str] = {}
        self._marks: dict[str, list[str]] = {}
        self._shown: dict[str, bool] = {}
        self._levels: dict[str, dict[int, tuple[bool, int]]] = {}
        """Style of a list → level → whether it is numbered, and from which number on."""
        for node in (element for root in roots for element in root.iter()):
            name = _attribute(node, "name")
            if _name(node) == "list-style":
                self._levels[name] = {
                    int(_attribute(level, "level") or 0): (
                        _name(level) == "list-level-style-number",
                        int(_attribute(level, "start-value") or 1),
                    )
                    for level in node
                    if (_attribute(level, "level") or "0").isdecimal() and (_attribute(level, "start-value") or "1").isdecimal()
                }
            elif _name(node) == "style":
                self.parents[name] = _attribute(node, "parent-style-name")
                for properties in (child for child in node if _name(child) == "text-properties"):
                    self._marks[name] = [
                        *["b"] * (_attribute(properties, "font-weight") == "bold"),
                        *["i"] * (_attribute(properties, "font-style") == "italic"),
                        *["s"] * (_attribute(properties, "text-line-through-style") not in {"", "none"}),
                        *(tag for tag in ("sup", "sub") if _attribute(properties, "text-position").startswith(tag)),
                    ]
                    if said := _attribute(properties, "display"):
                        self._shown[name] = said != "none"

    def marks(self, name: str) -> list[str]:
        """Return the elements of HTML that words of a style stand in."""
        return self._marks.get(name, [])

    def meant(self, name: str) -> set[str]:
        """Return the names of a style and of those that it is made from."""
        found: set[str] = set()
        while name and name not in found:
            found.add(name)
            name = self.parents.get(name, "")
        return found

    def hides(self, name: str) -> bool:
        """Return whether a style hides what has it."""
        seen: set[str] = set()
        while name and name not in seen:
            if name in self._shown:
                return not self._shown[name]
            seen.add(name)
            name = self.parents.get(name, "")
        return False

    def level(self, name: str, depth: int) -> tuple[bool, int]:
        """Return whether a list at this depth is numbered, and from which number on."""
        return self._levels.get(name, {}).get(depth, (False, 1))


_EMPTY = (
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "forms",
    "soft-page-break",
    "change",
    "bookmark",
    "bookmark-start",
    "bookmark-end",
    "annotation-end",
    "hidden-text",
    "hidden-paragraph",
)
"""Elements of which nothing is shown."""
_LEFT_OUT = {
    "script": "a script",
    **dict.fromkeys(
        ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index"),
        "a table of contents or an index",
    ),
}
_TAGS = {"list-item": "li", "table": "table", "table-row": "tr", "table-cell": "td"}
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_MAX_CELL_REPEATS = 100
"""How often a cell may be repeated."""


class _Odt:
    """Writes the elements of a text of LibreOffice as HTML."""

    def __init__(self, styles: _Styles, parts: dict[str, bytes], import_notes: list[ImportNote]) -> None:
        self._styles, self._parts, self._import_notes = styles, parts, import_notes
        self._notes: list[str] = []
        self._lists: list[str] = []
        """The styles of the lists that are open: one within another has none of its own."""
        self._changed: dict[str, str] = {}
        """Who made a change, by its id."""
        self._inserted: dict[str, list[str]] = {}
        self._open: set[str] = set()
        self._elements: dict[str, Callable[[ET.Element], str]] = {
            "h": self._heading,
            "p": self._paragraph,
            "a": self._link,
            "span": self._span,
            "list": self._list,
            "note": self._note,
            "ruby-text": self._ruby,
            "annotation": self._comment,
            "tracked-changes": self._tracked_changes,
            "change-start": self._insertion_begins,
            "change-end": self._insertion_ends,
            "frame": self._picture,
            **dict.fromkeys(_TAGS, self._item_or_cell),
            **dict.fromkeys(("line-break", "tab", "s"), self._space),
            **dict.fromkeys(_EMPTY, self._nothing),
        }

    def notes(self) -> str:
        """Return the notes of the text."""
        return "".join(f'<p id="fn{n}">{text}</p>' for n, text in enumerate(self._notes, 1))

    def note_insertions(self) -> None:
        """Note the inserted text of tracked changes."""
        for key, words in self._inserted.items():
            if text := line("".join(words)):
                what = f"inserted text stays, as if the change were accepted: “{text}”"
                self._import_notes.append(ImportNote(f"a change by {self._changed.get(key, '') or 'nobody'}", what))

    def _text(self, text: str | None) -> str:
        for key in self._open:
            self._inserted[key].append(text or "")
        return escape(text or "")

    def _inner(self, node: ET.Element) -> str:
        return self._text(node.text) + "".join(self.html(child) + self._text(child.tail) for child in node)

    def _is_hidden(self, node: ET.Element, name: str) -> bool:
        if name in {"p", "h", "span"} and self._styles.hides(_attribute(node, "style-name")):
            return True
        if name == "section":
            return _attribute(node, "display") == "none" or _attribute(node, "is-hidden") == "true"
        return name == "p" and any(_name(child) == "hidden-paragraph" and _attribute(child, "is-hidden") == "true" for child in node)

    def html(self, node: ET.Element) -> str:
        """Return an element as HTML; of one that no line of the table has, what is in it."""
        name = _name(node)
        what = "hidden text" if self._is_hidden(node, name) else _LEFT_OUT.get(name, "")
        if what:
            if words := line(" ".join(node.itertext())):
                self._import_notes.append(ImportNote("", f"{what} was left out: “{words[:300]}”"))
            return ""
        return self._elements.get(name, self._inner)(node)

    def _nothing(self, node: ET.Element) -> str:
        del node
        return ""

    def _heading(self, node: ET.Element) -> str:
        level = _attribute(node, "outline-level")
        tag = f"h{level if level in set('123456') else 2}"
        return f"<{tag}>{self._inner(node)}</{tag}>"

    def _link(self, node: ET.Element) -> str:
        return f'<a href="{escape(_attribute(node, "href"))}">{self._inner(node)}</a>'

    def _span(self, node: ET.Element) -> str:
        marks = self._styles.marks(_attribute(node, "style-name"))
        return "".join(f"<{mark}>" for mark in marks) + self._inner(node) + "".join(f"</{mark}>" for mark in reversed(marks))

    def _space(self, node: ET.Element) -> str:
        return "<br>" if _name(node) == "line-break" else " "

    def _note(self, node: ET.Element) -> str:
        body = next((child for child in node if _name(child) == "note-body"), None)
        self._notes.append(" ".join(self._inner(child) for child in body) if body is not None else "")
        return f'<a href="#fn{len(self._notes)}">{len(self._notes)}</a>'

    def _ruby(self, node: ET.Element) -> str:
        return f"（{self._inner(node)}）"

    def _paragraph(self, node: ET.Element) -> str:
        meant = self._styles.meant(_attribute(node, "style-name"))
        inner = self._inner(node)
        for style, kind in (("Title", "title"), ("Subtitle", "subtitle")):
            if style in meant:
                return f'<p class="{kind}">{inner}</p>'
        if "Preformatted_20_Text" in meant:
            return f"<pre>{inner}</pre>"
        return f"<blockquote><p>{inner}</p></blockquote>" if "Quotations" in meant else f"<p>{inner}</p>"

    def _list(self, node: ET.Element) -> str:
        self._lists.append(_attribute(node, "style-name") or (self._lists[-1] if self._lists else ""))
        numbered, start = self._styles.level(self._lists[-1], len(self._lists))
        items = "".join(map(self.html, node))
        self._lists.pop()
        return f'<ol start="{start}">{items}</ol>' if numbered else f"<ul>{items}</ul>"

    def _item_or_cell(self, node: ET.Element) -> str:
        name = _name(node)
        names = (("number-columns-spanned", "colspan"), ("number-rows-spanned", "rowspan"), ("start-value", "value"))
        said = "".join(f' {to}="{escape(given)}"' for of, to in names if (given := _attribute(node, of)))
        made = f"<{_TAGS[name]}{said}>{''.join(map(self.html, node))}</{_TAGS[name]}>"
        repeated = _attribute(node, "number-columns-repeated")
        return made * (int(repeated) if name == "table-cell" and repeated.isdecimal() and int(repeated) <= _MAX_CELL_REPEATS else 1)

    def _comment(self, node: ET.Element) -> str:
        by = next((child.text or "" for child in node if _name(child) == "creator"), "")
        words = line(" ".join("".join(child.itertext()) for child in node if _name(child) in {"p", "list"}))
        self._import_notes.append(ImportNote(f"a comment by {by or 'nobody'}", f"it was left out: “{words}”"))
        return ""

    def _tracked_changes(self, node: ET.Element) -> str:
        for region in node:
            by = next((element.text or "" for element in region.iter() if _name(element) == "creator"), "")
            self._changed[_attribute(region, "id")] = by
            for change in (child for child in region if _name(child) == "deletion"):
                words = line(" ".join("".join(element.itertext()) for element in change if _name(element) in {"p", "h"}))
                self._import_notes.append(ImportNote(f"a change by {by or 'nobody'}", f"deleted text was left out: “{words}”"))
        return ""

    def _insertion_begins(self, node: ET.Element) -> str:
        key = _attribute(node, "change-id")
        self._open.add(key)
        self._inserted.setdefault(key, [])
        return ""

    def _insertion_ends(self, node: ET.Element) -> str:
        self._open.discard(_attribute(node, "change-id"))
        return ""

    def _picture(self, node: ET.Element) -> str:
        image = next((child for child in node if _name(child) == "image"), None)
        if image is None:
            return "".join(map(self.html, node))
        alt = next((line("".join(child.itertext())) for kind in ("desc", "title") for child in node if _name(child) == kind), "")
        to = _attribute(image, "href")
        data = self._parts.get(to) if to.startswith("Pictures/") else None
        kind = _TYPES.get(posixpath.splitext(to)[1].lower(), "")
        src = f"data:{kind};base64,{base64.b64encode(data).decode()}" if data is not None and kind else to
        return f'<img src="{escape(src)}" alt="{escape(alt)}">'
