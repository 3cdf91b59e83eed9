"""Documents of Word, read by mammoth, and texts of LibreOffice: each is converted to HTML, which `html` reads. Comments and tracked changes are noted, never published."""

import base64
import io
import posixpath
import re
import zipfile
from html import escape, unescape
from typing import Any
from xml.etree import ElementTree as ET

from builder import dates
from builder.importing import unpacking, written_dates
from builder.importing.articles import html
from builder.importing.articles.hidden_text import remove_hidden_runs
from builder.importing.html_words import line
from builder.importing.shapes import ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Missing

# --- Word ------------------------------------------------


_OF_STYLES = re.compile(r"nrecognised|referenced but not defined")
"""What the library says of names of styles, which change no words."""

_MOST_TAGS = 1_500_000
"""Of the XML of a document: as many as a thousand pages have."""


def read_docx(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    """Return the article of a document of Word."""
    try:
        import mammoth  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        raise Missing("articles") from None
    import_notes: list[ImportNote] = []
    with unpacking.open_package(import_input.data) as package:
        # Every part is looked at before a library is: none that unpacks too far or declares entities reaches it.
        parts = {name: unpacking.read_part(package, name) for name in package.namelist() if name.endswith((".xml", ".rels"))}
        if "word/document.xml" not in parts:
            message = "it is no document of Word: it has no word/document.xml"
            raise ImportProblem(message)
        if sum(parts[name].count(b"<") for name in parts) > _MOST_TAGS:
            raise ImportProblem("it is far longer than an article. Divide it")
        _note_word_features(parts, package, import_notes)
    data = remove_hidden_runs(import_input.data, parts, import_notes)
    try:
        result: Any = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES)
    except (ValueError, KeyError, AttributeError, TypeError, IndexError, zipfile.BadZipFile, RecursionError, ET.ParseError) as error:
        message = f"it is damaged, or no document of Word: {error}"
        raise ImportProblem(message) from error
    except Exception as error:
        message = f"it is damaged, or no document of Word: {error}"
        raise ImportProblem(message) from error
    import_notes += [
        ImportNote("", f"{line(message.message)}") for message in dict.fromkeys(result.messages) if not _OF_STYLES.search(message.message)
    ]
    title, fields = _about(parts.get("docProps/core.xml", b""), import_notes)
    text, head = _split_head(result.value, import_notes)
    return html.import_html(text, import_input, import_notes, fields=fields | head, title=title)


_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Byline'] => p.byline:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
""" + "".join(
    f"p[style-name='{name}{f' {level}' if level > 1 else ''}'] => {'ul|ol > li > ' * (level - 1)}{end}\n"
    for level in range(1, 6)
    for name, end in (("List Bullet", "ul > li:fresh"), ("List Number", "ol > li:fresh"), ("List Continue", "ul|ol > li > p:fresh"))
)
"""Styles of Word and LibreOffice that mean more than a paragraph. Lists in the style alone have no depth of their own in the file."""
_HEAD = re.compile(r'<p class="(subtitle|byline)">(.*?)</p>', re.DOTALL)


def _split_head(text: str, import_notes: list[ImportNote]) -> tuple[str, dict[str, Any]]:
    """Return a converted document without the summary and the line of authors and date below its title, and these as keys. `export docx` writes them so."""
    fields: dict[str, Any] = {}

    def taken(found: re.Match[str]) -> str:
        said = line(unescape(re.sub(r"<[^<>]*>", "", found[2])))
        if found[1] == "subtitle" and "summary" not in fields:
            fields["summary"] = said
            return ""
        if found[1] == "byline" and "published" not in fields:
            days = [made for part in said.split(" · ") if (made := written_dates.read_date(part).edtf) and dates.is_day(made)]
            if days:
                fields["published"] = days[0]
                import_notes.append(ImportNote("", f"the line below its title was read for the date alone: “{said}”"))
                return ""
        return found[0]

    return _HEAD.sub(taken, text), fields


_W = re.compile(rb"<w:(?P<kind>ins|del|moveFrom|moveTo)\b(?P<said>[^>]*?)(?<!/)>(?P<inner>.*?)</w:(?P=kind)>", re.DOTALL)


def _letters(data: bytes, tags: bytes) -> str:
    found = re.findall(rb"<w:(?:" + tags + rb")(?:\s[^>]*)?>([^<]*)</w:(?:" + tags + rb")>", data)
    text = b"".join(found).decode("utf-8", "replace")
    return line(
        re.sub(r"&(lt|gt|amp|quot|apos);", lambda sign: {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}[sign[1]], text)
    )


def _said(data: bytes, name: bytes) -> str:
    found = re.search(rb"w:" + name + rb'="([^"]*)"', data)
    return found[1].decode("utf-8", "replace") if found else ""


def _note_word_features(parts: dict[str, bytes], package: zipfile.ZipFile, import_notes: list[ImportNote]) -> None:
    import_notes += [
        ImportNote(f"a comment by {_said(comment, b'author') or 'nobody'}", f"it was left out: “{_letters(comment, b't')}”")
        for comment in re.findall(rb"<w:comment\b.*?</w:comment>", parts.get("word/comments.xml", b""), re.DOTALL)
    ]
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        for found in _W.finditer(parts.get(name, b"")):
            words = _letters(found["inner"], b"t|delText")
            if words and found["kind"] == b"del":
                import_notes.append(
                    ImportNote(f"a change by {_said(found['said'], b'author') or 'nobody'}", f"deleted text was left out: “{words}”")
                )
            elif words and found["kind"].startswith(b"move"):
                where = "was left out at its old place" if found["kind"] == b"moveFrom" else "stays at its new place"
                import_notes.append(
                    ImportNote(f"a change by {_said(found['said'], b'author') or 'nobody'}", f"text that was moved {where}: “{words}”")
                )
            elif words:
                import_notes.append(
                    ImportNote(
                        f"a change by {_said(found['said'], b'author') or 'nobody'}",
                        f"inserted text stays, as if the change were accepted: “{words}”",
                    )
                )
    import_notes += [
        ImportNote("", f"the {'header' if 'header' in name else 'footer'} of its pages was left out: “{words}”")
        for name in sorted(parts)
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name) and (words := _letters(parts[name], b"t"))
    ]
    import_notes += [
        ImportNote("", f"a formula was left out: “{words}”")
        for found in re.findall(rb"<m:oMath\b[^>]*>.*?</m:oMath>", parts.get("word/document.xml", b""), re.DOTALL)
        if (words := _letters(found.replace(b"m:t", b"w:t"), b"t"))
    ]
    if any(name.lower().endswith("vbaproject.bin") for name in package.namelist()):
        import_notes.append(ImportNote("", "its macros were left out, and not run"))


def _about(core: bytes, import_notes: list[ImportNote]) -> tuple[str, dict[str, Any]]:
    """Return the title and the keys that the properties of a document give."""

    def value(tag: bytes) -> str:
        found = re.search(rb"<" + tag + rb"(?:\s[^>]*)?>([^<]*)</" + tag + rb">", core)
        return line(found[1].decode("utf-8", "replace").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")) if found else ""

    author, comments, keywords = value(rb"dc:creator") or value(rb"meta:initial-creator"), value(rb"dc:description"), value(rb"cp:keywords")
    if comments:
        import_notes.append(ImportNote("the properties of the document", f"its comments were left out: “{comments}”"))
    fields: dict[str, Any] = {
        "authors": [one.strip() for one in author.split(";") if one.strip()],
        "topics": [one.strip() for one in re.split(r"[,;]", keywords) if one.strip()],
    }
    return value(rb"dc:title"), {key: one for key, one in fields.items() if one}


# --- OpenDocument ------------------------------------------------

_NS = re.compile(r"\{[^}]*\}")


def read_odt(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    """Return the article of a text of LibreOffice."""
    import_notes: list[ImportNote] = []
    pictures: dict[str, bytes] = {}
    core = b""
    if import_input.data[:2] == b"PK":
        with unpacking.open_package(import_input.data) as package:
            names = set(package.namelist())
            if "content.xml" not in names:
                message = "it is no text of LibreOffice: it has no content.xml"
                raise ImportProblem(message)
            content = unpacking.read_part(package, "content.xml")
            core = unpacking.read_part(package, "meta.xml") if "meta.xml" in names else b""
            pictures = {name: unpacking.read_part(package, name) for name in names if name.startswith("Pictures/")}
    else:
        content = import_input.data
        unpacking.refuse_protected(content)
        if unpacking.declares_entities(content) or b"<!ENTITY" in content:
            message = "it declares entities, which no office program does, and was not read"
            raise ImportProblem(message)
    try:
        root = ET.fromstring(content)  # noqa: S314 – what declares entities was refused
    except (ET.ParseError, RecursionError, ValueError) as error:
        message = f"it is damaged: {error}"
        raise ImportProblem(message) from error
    writer = _Odt(root, pictures, import_notes)
    body = next((one for one in root.iter() if _name(one) == "text" and one.tag.endswith("office:1.0}text")), None)
    if body is None:
        message = "it is no text of LibreOffice"
        raise ImportProblem(message)
    made = "".join(map(writer.html, body))
    title, fields = _about(core, import_notes)
    return html.import_html(f"<body>{made}{writer.notes()}</body>", import_input, import_notes, fields=fields, title=title)


def _name(node: ET.Element) -> str:
    return _NS.sub("", str(node.tag))


def _attribute(node: ET.Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if _NS.sub("", key) == name), "")


class _Odt:
    def __init__(self, root: ET.Element, pictures: dict[str, bytes], import_notes: list[ImportNote]) -> None:
        self._pictures, self._import_notes = pictures, import_notes
        self._notes: list[str] = []
        self._styles: dict[str, list[str]] = {}
        self._numbered = {
            _attribute(one, "name")
            for one in root.iter()
            if _name(one) == "list-style" and next((_name(level) for level in one), "") == "list-level-style-number"
        }
        self._lists: list[str] = []
        """The styles of the lists that are open: one within another has none of its own."""
        self._parents = {_attribute(one, "name"): _attribute(one, "parent-style-name") for one in root.iter() if _name(one) == "style"}
        for style in (one for one in root.iter() if _name(one) == "style"):
            for one in style:
                if _name(one) == "text-properties":
                    marks = ["b"] * (_attribute(one, "font-weight") == "bold") + ["i"] * (_attribute(one, "font-style") == "italic")
                    marks += [tag for tag in ("sup", "sub") if _attribute(one, "text-position").startswith(tag)]
                    self._styles[_attribute(style, "name")] = marks

    def notes(self) -> str:
        return "".join(f'<p id="fn{n}">{text}</p>' for n, text in enumerate(self._notes, 1))

    def _inner(self, node: ET.Element) -> str:
        return escape(node.text or "") + "".join(self.html(child) + escape(child.tail or "") for child in node)

    def html(self, node: ET.Element) -> str:  # noqa: PLR0911 – a case for each element of the format
        name = _name(node)
        if name == "h":
            level = _attribute(node, "outline-level")
            return f"<h{level if level in set('123456') else 2}>{self._inner(node)}</h{level if level in set('123456') else 2}>"
        if name == "p":
            style = _attribute(node, "style-name")
            meant = {style, self._parents.get(style, "")}
            inner = f"<p>{self._inner(node)}</p>"
            return (
                f"<h1>{self._inner(node)}</h1>"
                if "Title" in meant
                else f"<blockquote>{inner}</blockquote>"
                if "Quotations" in meant
                else inner
            )
        if name == "a":
            return f'<a href="{escape(_attribute(node, "href"))}">{self._inner(node)}</a>'
        if name == "span":
            marks = self._styles.get(_attribute(node, "style-name"), [])
            return "".join(f"<{mark}>" for mark in marks) + self._inner(node) + "".join(f"</{mark}>" for mark in reversed(marks))
        if name == "list":
            self._lists.append(_attribute(node, "style-name") or (self._lists[-1] if self._lists else ""))
            tag = "ol" if self._lists[-1] in self._numbered else "ul"
            items = "".join(map(self.html, node))
            self._lists.pop()
            return f"<{tag}>{items}</{tag}>"
        if name in {"list-item", "table", "table-row", "table-cell"}:
            tag = {"list-item": "li", "table": "table", "table-row": "tr", "table-cell": "td"}[name]
            spans = "".join(
                f' {to}="{escape(spanned)}"'
                for of, to in (("number-columns-spanned", "colspan"), ("number-rows-spanned", "rowspan"))
                if (spanned := _attribute(node, of))
            )
            return f"<{tag}{spans}>{''.join(map(self.html, node))}</{tag}>"
        if name in {"line-break", "tab", "s"}:
            return "<br>" if name == "line-break" else " "
        if name == "note":
            body = next((one for one in node if _name(one) == "note-body"), None)
            self._notes.append(" ".join(self._inner(one) for one in body) if body is not None else "")
            return f'<a href="#fn{len(self._notes)}">{len(self._notes)}</a>'
        if name in {"annotation", "annotation-end"}:
            if name == "annotation":
                by = next((one.text or "" for one in node if _name(one) == "creator"), "")
                words = line(" ".join("".join(one.itertext()) for one in node if _name(one) in {"p", "list"}))
                self._import_notes.append(ImportNote(f"a comment by {by or 'nobody'}", f"it was left out: “{words}”"))
            return ""
        if name == "tracked-changes":
            for change in (one for one in node.iter() if _name(one) == "deletion"):
                words = line(" ".join("".join(one.itertext()) for one in change if _name(one) in {"p", "h"}))
                self._import_notes.append(ImportNote("a change", f"deleted text was left out: “{words}”"))
            return ""
        if name == "frame":
            return self._picture(node)
        if name in {
            "sequence-decls",
            "forms",
            "soft-page-break",
            "change",
            "change-start",
            "change-end",
            "bookmark",
            "bookmark-start",
            "bookmark-end",
        }:
            return ""
        return self._inner(node)

    def _picture(self, node: ET.Element) -> str:
        image = next((one for one in node if _name(one) == "image"), None)
        if image is None:
            return "".join(map(self.html, node))
        alt = next((line("".join(one.itertext())) for kind in ("desc", "title") for one in node if _name(one) == kind), "")
        to = _attribute(image, "href")
        data = self._pictures.get(to)
        kind = {
            ".png": "image/png",
            ".jpg": "image/jpeg",
            ".jpeg": "image/jpeg",
            ".gif": "image/gif",
            ".svg": "image/svg+xml",
            ".webp": "image/webp",
        }.get(posixpath.splitext(to)[1].lower(), "")
        src = f"data:{kind};base64,{base64.b64encode(data).decode()}" if data is not None and kind else to
        return f'<img src="{escape(src)}" alt="{escape(alt)}">'
