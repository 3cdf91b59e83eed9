"""Deleted text, and text hidden by an attribute or a style: noted, and removed before anything is read."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from builder.importing.html_words import line
from builder.importing.importer_types import ImportNote, ImportProblem

HIDING = re.compile(r"(?:^|[;\s{\"'])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE)
"""Declarations of a style that hide an element."""


_UNSEEN = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "element-invisible"})
_UNPRINTED = frozenset({"noprint", "no-print", "d-print-none", "hidden-print", "mw-editsection", "mw-cite-backlink"})
"""Classes by which many sites hide an element, and by which they leave it out of print."""


def remove_hidden(root: Any, styles: Mapping[str, str], add_note: Callable[[str], None]) -> None:
    """Take what is deleted or hidden out of the tree of a page."""
    gone: list[tuple[Any, str]] = []
    stack = [root]
    while stack:
        for node in stack.pop().iter():
            said = node.attributes
            style = (said.get("style") or "") + ";".join(["", *(styles.get(name, "") for name in (said.get("class") or "").split())])
            if node.tag == "del":
                gone.append((node, "deleted text"))
            elif "hidden" in said or HIDING.search(style) or _UNSEEN & set((said.get("class") or "").split()):
                gone.append((node, "hidden text"))
            elif _UNPRINTED & set((said.get("class") or "").split()):
                gone.append((node, "what is not printed"))
            else:
                stack.append(node)
    noted: set[str] = set()
    for node, what in gone:
        said = f"{what} was left out: “{line(node.text(deep=True))[:300]}”"
        if not said.endswith("“”") and said not in noted:
            noted.add(said)
            add_note(said)
        node.decompose()


# --- Word ------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NO = frozenset({"0", "false", "off"})


def _hides(properties: ET.Element | None) -> bool | None:
    """Return whether properties of a run hide it; None if they do not say."""
    found = properties.find(f"{_W}vanish") if properties is not None else None
    return None if found is None else found.get(f"{_W}val", "true") not in _NO


def _styles(data: bytes) -> set[str]:
    """Return the styles that hide what has them."""
    if not data:
        return set()
    root = ET.fromstring(data)  # noqa: S314 – what declares entities was refused
    return {style.get(f"{_W}styleId", "") for style in root.iter(f"{_W}style") if _hides(style.find(f"{_W}rPr"))}


def remove_hidden_runs(data: bytes, parts: Mapping[str, bytes], import_notes: list[ImportNote]) -> bytes:
    """Return a Word document without its hidden runs, each of which is noted; `parts` are its XML parts."""
    if not any(b"vanish" in part for part in parts.values()):
        return data
    made: dict[str, bytes] = {}
    try:
        hiding = _styles(parts.get("word/styles.xml", b""))
        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if name in parts:
                root = ET.fromstring(parts[name])  # noqa: S314 – what declares entities was refused
                _remove_runs(root, hiding, import_notes)
                made[name] = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    except (ET.ParseError, ValueError, RecursionError) as error:
        message = f"it is damaged: {error}"
        raise ImportProblem(message) from error
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(stream, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, made.get(name) or parts.get(name) or package.read(name))
    return stream.getvalue()


def _remove_runs(root: ET.Element, hiding: set[str], import_notes: list[ImportNote]) -> None:
    for paragraph in root.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        whole = style is not None and style.get(f"{_W}val", "") in hiding
        words = ""
        for parent in list(paragraph.iter()):
            for run in list(parent):
                if run.tag != f"{_W}r":
                    continue
                properties = run.find(f"{_W}rPr")
                own = run.find(f"{_W}rPr/{_W}rStyle")
                hides = _hides(properties)
                if hides if hides is not None else whole or (own is not None and own.get(f"{_W}val", "") in hiding):
                    words += "".join(text.text or "" for text in run.iter(f"{_W}t"))
                    parent.remove(run)
        if line(words):
            import_notes.append(ImportNote("", f"hidden text was left out: “{line(words)[:300]}”"))
