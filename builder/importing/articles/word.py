"""Documents of Word: mammoth converts them to HTML, which `html` reads. Comments and tracked changes are noted, never published."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

from builder.importing import unpacking
from builder.importing.articles import html
from builder.importing.articles.hidden_text import remove_hidden_runs
from builder.importing.articles.properties import document_properties, split_head
from builder.importing.html_words import line
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Missing

_OF_STYLES = re.compile(r"nrecognised|referenced but not defined")
"""What the library says of names of styles, which change no words."""

_MAX_XML_TAGS = 1_500_000
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
        if sum(parts[name].count(b"<") for name in parts) > _MAX_XML_TAGS:
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
    title, fields = document_properties(parts.get("docProps/core.xml", b""), import_notes)
    text, head = split_head(result.value, import_notes)
    return html.import_html(text, import_input, import_notes, fields=fields | head, title=title)


_STYLES = """
p[style-name^='toc '] => !
p[style-name='TOC Heading'] => !
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


_PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL)
_CONTENTS = re.compile(rb'<w:pStyle w:val="TOC(?:\d|Heading)"')
_DELETED = re.compile(rb"<w:del\b(?P<said>[^>]*?)(?<!/)>(?P<inner>.*?)</w:del>", re.DOTALL)
_CHANGES = {
    b"del": "deleted text was left out",
    b"moveFrom": "text that was moved was left out at its old place",
    b"moveTo": "text that was moved stays at its new place",
    b"ins": "inserted text stays, as if the change were accepted",
}


def _note_change(kind: bytes, said: bytes, inner: bytes, import_notes: list[ImportNote]) -> None:
    if words := _letters(inner, b"t|delText"):
        import_notes.append(ImportNote(f"a change by {_said(said, b'author') or 'nobody'}", f"{_CHANGES[kind]}: “{words}”"))


def _note_word_features(parts: dict[str, bytes], package: zipfile.ZipFile, import_notes: list[ImportNote]) -> None:
    import_notes += [
        ImportNote(f"a comment by {_said(comment, b'author') or 'nobody'}", f"it was left out: “{_letters(comment, b't')}”")
        for comment in re.findall(rb"<w:comment\b.*?</w:comment>", parts.get("word/comments.xml", b""), re.DOTALL)
    ]
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        for found in _W.finditer(parts.get(name, b"")):
            # Somebody may have deleted a part of what somebody else inserted.
            inner = found["inner"]
            within = list(_DELETED.finditer(inner)) if found["kind"] != b"del" else []
            _note_change(found["kind"], found["said"], _DELETED.sub(b"", inner) if within else inner, import_notes)
            for match in within:
                _note_change(b"del", match["said"], match["inner"], import_notes)
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
    text = parts.get("word/document.xml", b"")
    listed = (
        (_letters(paragraph, b"t") for paragraph in _PARAGRAPH.findall(text) if _CONTENTS.search(paragraph))
        if _CONTENTS.search(text)
        else ()
    )
    if words := " ".join(filter(None, listed)):
        import_notes.append(ImportNote("", f"a table of contents was left out: “{words[:300]}”"))
    if any(name.lower().endswith("vbaproject.bin") for name in package.namelist()):
        import_notes.append(ImportNote("", "its macros were left out, and not run"))
