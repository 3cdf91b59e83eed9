"""Files that are published as they are: reports those with the place or maker in their metadata, and those that run scripts.

Pictures of the kinds that `image_metadata` knows lose such details before they are published. What is reported here is all else, by its bytes and not by its name alone.
"""

import functools
import os
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.content import image_metadata
from builder.content.secrets import is_private
from builder.diagnostics import WARNING, Diagnostic, Place

MOST = 4_000_000
"""Bytes that are looked at, at either end of a file."""

PLACE, DEVICE, MAKER = "where it was taken", "with what device it was made", "who made it"

_MARKUP = (".svg", ".html", ".htm", ".xhtml", ".xht", ".xml")
_OFFICE = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp", ".epub")
_PROPERTIES = ("docProps/core.xml", "meta.xml")

_SCRIPTS = (
    ("<script>", re.compile(rb"<(?:[a-z]{1,20}:)?script[\s>/]", re.IGNORECASE)),
    (
        "an attribute such as onload",
        re.compile(
            rb"[\s\"'/]on(?:abort|activate|after|animation|before|begin|blur|change|click|copy|cut|dbl|drag|drop|end|error|focus|hash|input|key|load|message|mouse"
            rb"|page|paste|play|pointer|pop|repeat|reset|resize|scroll|select|submit|toggle|touch|transition|unload|wheel|zoom)[a-z]{0,30}\s{0,9}=",
            re.IGNORECASE,
        ),
    ),
    ("an address with javascript:", re.compile(rb"(?:href|src|action|data|to|from|values)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?:javascript|vbscript)\s{0,9}:", re.IGNORECASE)),
)
_TOLD_BY_TEXT = (
    (PLACE, re.compile(rb"GPS(?:Latitude|Longitude)|\xa9xyz|com\.apple\.quicktime\.location|GPSCoordinates")),
    (DEVICE, re.compile(rb"(?:tiff|exif):(?:Make|Model)\b|\xa9(?:mak|mod)|com\.apple\.quicktime\.(?:make|model)")),
    (MAKER, re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)\b[^>]{0,500}>(?:\s|<rdf:[^>]{0,99}>){0,20}[^<\s]")),
    (MAKER, re.compile(rb"/Author\s{0,9}(?:\((?!\))|<(?![<>]))|\xa9(?:ART|aut)|(?:inkscape:export-filename|sodipodi:docbase)\s{0,9}=")),
)
_TIFF_TAGS = {0x8825: PLACE, 0x010F: DEVICE, 0x0110: DEVICE, 0x013B: MAKER, 0x9C9D: MAKER}


def problems(root: Path, copies: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Report which files tell more than they show, and which run scripts. `copies` are paths in the output, each with that of its file below `root`.

    A file that cannot be read is passed over: whoever copies it reports that.
    """
    for output, path in copies.items():
        try:
            status = os.stat(root / path)
            told, scripts = _looked(str(root / path), output.rpartition("/")[2], status.st_size, status.st_mtime_ns, status.st_ino)
        except OSError:
            continue
        if told:
            names = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
            hint = "Save it without these details, or as JPEG, PNG, WebP, AVIF or HEIC: from these, Backstory leaves them out."
            yield Diagnostic("file-details", f"This file tells {names}.", Place(path), help=hint, severity=WARNING)
        if scripts is not None:
            line, what = scripts
            message = f"This file runs scripts in the browser of whoever opens it: {what}."
            hint = "Delete them if you do not know what they do. If they are yours, turn the warning off for this file under “problems:”."
            yield Diagnostic("file-scripts", message, Place(path, line), help=hint, severity=WARNING)


@functools.lru_cache(maxsize=8_192)
def _looked(path: str, name: str, size: int, modified: int, number: int) -> tuple[tuple[str, ...], tuple[int, str] | None]:
    """Return what a file tells, and where it runs scripts. The size, time and number of a file stand for its bytes."""
    del modified, number
    lower = name.lower()
    with open(path, "rb") as stream:
        head = stream.read(64)
        kind = _kind(head, lower)
        if not kind or is_private(name):
            return (), None
        data = head + stream.read(MOST - len(head))
        if size > 2 * MOST:
            stream.seek(size - MOST)
        data += stream.read(MOST)
    if kind == "office":
        return _office(path), None
    return details(data, kind), scripts(data) if kind == "markup" else None


def _kind(head: bytes, name: str) -> str:
    """Return what kind of file its first bytes or its name show it to be; "" if it tells nothing that is looked for."""
    if name.endswith(_MARKUP):
        return "markup"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "" if name.endswith(image_metadata.SUFFIXES) or "." not in name else "picture"
    if head[4:8] == b"ftyp":
        return "" if name.endswith(image_metadata.SUFFIXES) else "film"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    if head.startswith((b"GIF8", b"%PDF-", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ", b"ID3")):
        return "other"
    return "office" if head.startswith(b"PK\3\4") and name.endswith(_OFFICE) else ""


def details(data: bytes, kind: str) -> tuple[str, ...]:
    """Return what the bytes of a file tell besides what they show."""
    found = dict.fromkeys(what for what, pattern in _TOLD_BY_TEXT if pattern.search(data))
    if kind == "picture" and image_metadata.bare(data) != data:
        exif = data.find(b"Exif\0\0")
        found |= dict.fromkeys(_tiff(data[exif + 6 :]) if exif >= 0 else ())
        found = found or {DEVICE: None}
    elif kind == "tiff":
        found |= dict.fromkeys(_tiff(data))
    elif (exif := data.find(b"Exif\0\0")) >= 0:
        found |= dict.fromkeys(_tiff(data[exif + 6 :]))
    return tuple(what for what in (PLACE, DEVICE, MAKER) if what in found)


def _tiff(data: bytes) -> Iterator[str]:
    """Yield what the first directory of a TIFF, or of Exif, has; nothing where it is broken."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return
    try:
        at = struct.unpack_from(order + "I", data, 4)[0]
        for n in range(struct.unpack_from(order + "H", data, at)[0]):
            tag = struct.unpack_from(order + "H", data, at + 2 + 12 * n)[0]
            if tag in _TIFF_TAGS:
                yield _TIFF_TAGS[tag]
    except struct.error:
        return


def _office(path: str) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            texts = [archive.read(one) for one in archive.infolist() if one.filename in _PROPERTIES and one.file_size < MOST]
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return ()
    return details(b"".join(texts), "office")


def scripts(data: bytes) -> tuple[int, str] | None:
    """Return the line of the first script of a text of markup, and what it is; None if there is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    found = [(match.start(), what) for what, pattern in _SCRIPTS if (match := pattern.search(data)) is not None]
    if not found:
        return None
    at, what = min(found)
    return data.count(b"\n", 0, at) + 1, what
