"""Files that are published as they are: reports those with the place or maker in their metadata, and those that run scripts.

Pictures of the kinds that `image_metadata` knows lose such details before they are published. What is reported here is all else, by its bytes and not by its name alone.
"""

import functools
import html
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.content import image_metadata
from builder.content.secrets import is_private
from builder.diagnostics import WARNING, Diagnostic, Location

MOST_BYTES = 4_000_000
"""Bytes that are looked at, at either end of a file."""

PLACE, DEVICE, MAKER, NOTE = "where it was taken", "with what device it was made", "who made it", "what is noted in it"

_MARKUP = (".svg", ".html", ".htm", ".xhtml", ".xht", ".xml", ".shtml", ".xsl", ".mht", ".mhtml")
_MARKUP_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,50}<(?:!doctype|html|head|body|svg|script|\?xml|!--)", re.IGNORECASE)
_DRAWN = (".svg", ".svgz", ".gif", ".tif", ".tiff", ".jxl", ".jp2", ".bmp", ".dng", ".cr2", ".nef", ".arw", *image_metadata.SUFFIXES)
"""Names of pictures, which can be saved in another kind."""
_PICTURES = (b"avif", b"avis", b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1")
"""Brands of AVIF and HEIC, in files that are built like films."""
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
    (
        "an address with javascript:",
        re.compile(
            rb"(?:href|src|action|data|to|from|values|url)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?:(?:"
            + rb"|".join(rb"[\t\r\n]{0,9}".join(re.findall(rb".", word)) for word in (b"javascript", b"vbscript"))
            + rb")\s{0,9}:|data:text/html)",
            re.IGNORECASE,
        ),
    ),
    ("a page within it, in srcdoc", re.compile(rb"\ssrcdoc\s{0,9}=", re.IGNORECASE)),
)
_TOLD_BY_TEXT = (
    (PLACE, re.compile(rb"GPS(?:Latitude|Longitude)|\xa9xyz|com\.apple\.quicktime\.location|GPSCoordinates")),
    (DEVICE, re.compile(rb"(?:tiff|exif):(?:Make|Model)\b|\xa9(?:mak|mod)|com\.apple\.quicktime\.(?:make|model)")),
    (
        MAKER,
        re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)\b[^>]{0,500}>(?:\s|<(?:rdf|cc|dc):[^>]{0,99}>){0,40}[^<\s]"),
    ),
    (MAKER, re.compile(rb"/Author\s{0,9}(?:\((?!\))|<(?![<>]))|\xa9(?:ART|aut)|(?:inkscape:export-filename|sodipodi:docbase)\s{0,9}=")),
)
_TOLD_BY_SOUND = (
    (PLACE, re.compile(rb"(?:RECORDING_)?LOCATION(?:\x00|\x44\x87|=)", re.IGNORECASE)),
    (DEVICE, re.compile(rb"com\.android\.(?:manufacturer|model)")),
    # ID3 2.3 and 2.2; comments of Vorbis; tags of Matroska; lists of RIFF; the notes of a broadcaster.
    (MAKER, re.compile(rb"T(?:PE[1-4]|ENC|COM|OWN)[\0-\x7f]{4}[^A-Z]{2}|T(?:P1|EN|CM)\0[\0-\xff]{2}[\0-\3]")),
    (MAKER, re.compile(rb"(?:ARTIST|PERFORMER|AUTHOR|ENCODED[-_]?BY|DIRECTOR|COMPOSER)(?:=[^\0]|\x44\x87)", re.IGNORECASE)),
    (MAKER, re.compile(rb"(?:IART|IENG|ITCH|bext)[\x01-\xff][\0-\x0f]\0\0[^\0]")),
    (MAKER, re.compile(rb"TAG.{30}[^\0 ].{94}\Z", re.DOTALL)),
)
_COMMENT = re.compile(rb"!\xfe[\x01-\xff](?!(?:created|made|generated|optimi[sz]ed|edited|file source|gif)\b)", re.IGNORECASE)
"""The comment of a GIF, unless a program put its name there."""
_RTF = re.compile(rb"\\(?:author|operator|manager|company)\s[^{}\\]")
SUMMARY_FORMAT = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""Begins what a document of the old Office tells about itself."""
_TIFF_TAGS = {0x8825: PLACE, 0x010F: DEVICE, 0x0110: DEVICE, 0x013B: MAKER, 0x9C9D: MAKER}


def problems(root: Path, copies: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Report which files have more in them than they show, and which run scripts. `copies` are paths in the output, each with that of its file below `root`.

    A file that cannot be read is passed over: it is reported when it is copied.
    """
    for output, path in copies.items():
        try:
            status = (root / path).stat()
            in_file, scripts = _looked(str(root / path), output.rpartition("/")[2], status.st_size, status.st_mtime_ns, status.st_ino)
        except OSError:
            continue
        if in_file:
            names = f"{', '.join(in_file[:-1])} and {in_file[-1]}" if len(in_file) > 1 else in_file[0]
            kinds = (
                " It may also be a JPEG, PNG, WebP, AVIF or HEIC: from these, Backstory leaves them out."
                if output.lower().endswith(_DRAWN)
                else ""
            )
            entry = f"{{code: file-details, severity: off, files: '{path}', why: …}}"
            hint = f"Save it without these details.{kinds} If readers may know them, say so under “problems:” in site.yaml: {entry}"
            yield Diagnostic("file-details", f"This file tells {names}.", Location(path), help=hint, severity=WARNING)
        if scripts is not None:
            line, what = scripts
            message = f"This file runs scripts in the browser of whoever opens it: {what}."
            hint = "Delete them if you do not know what they do. If they are yours, turn the warning off for this file under “problems:”."
            yield Diagnostic("file-scripts", message, Location(path, line), help=hint, severity=WARNING)


@functools.lru_cache(maxsize=8_192)
def _looked(path: str, name: str, size: int, modified: int, number: int) -> tuple[tuple[str, ...], tuple[int, str] | None]:
    """Return the kinds of details in a file, and where it runs scripts. The size, time and number of a file stand for its bytes."""
    del modified, number
    lower = name.lower()
    with Path(path).open("rb") as stream:
        head = stream.read(64)
        kind = _kind(head, lower)
        if not kind or is_private(name):
            return (), None
        data = head + stream.read(MOST_BYTES - len(head))
        if size > 2 * MOST_BYTES:
            stream.seek(size - MOST_BYTES)
        data += stream.read(MOST_BYTES)
    if kind == "office":
        return _office(path), None
    if kind == "packed":
        data, kind = _unpacked(data), "markup"
    return details(data, kind), scripts(data) if kind == "markup" else None


def _kind(head: bytes, name: str) -> str:
    """Return what kind of file its first bytes or its name show it to be; "" for a kind without such details."""
    if name.endswith(_MARKUP) or ("." not in name and _MARKUP_BEGINS.match(head)):
        return "markup"
    if name.endswith(".svgz") and head.startswith(b"\x1f\x8b"):
        return "packed"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "" if name.endswith(image_metadata.SUFFIXES) or "." not in name else "picture"
    if head[4:8] == b"ftyp":
        cleaned = name.endswith(image_metadata.SUFFIXES) or ("." not in name and head[8:12] in _PICTURES)
        return "" if cleaned else "film"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    if head.startswith((b"ID3", b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")) or head[:4] in {
        b"RIFF",
        b"RF64",
    }:
        return "sound"
    if head.startswith((b"GIF8", b"%PDF-", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return "other"
    return "office" if head.startswith(b"PK\3\4") else ""


def details(data: bytes, kind: str) -> tuple[str, ...]:
    """Return the kinds of details in the bytes of a file, besides what it shows."""
    found = dict.fromkeys(what for what, pattern in _TOLD_BY_TEXT if pattern.search(data))
    if kind == "sound":
        found |= dict.fromkeys(what for what, pattern in _TOLD_BY_SOUND if pattern.search(data))
    elif data.startswith(b"GIF8") and _COMMENT.search(data):
        found[NOTE] = None
    elif (data.startswith(b"{\\rtf") and _RTF.search(data)) or (data.startswith(b"\xd0\xcf") and _names_somebody(data)):
        found[MAKER] = None
    if kind == "picture" and image_metadata.bare(data) != data:
        exif = data.find(b"Exif\0\0")
        found |= dict.fromkeys(_tiff(data[exif + 6 :]) if exif >= 0 else ())
        found = found or {DEVICE: None}
    elif kind == "tiff":
        found |= dict.fromkeys(_tiff(data))
    elif (exif := data.find(b"Exif\0\0")) >= 0:
        found |= dict.fromkeys(_tiff(data[exif + 6 :]))
    return tuple(what for what in (PLACE, DEVICE, MAKER, NOTE) if what in found)


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


def _names_somebody(data: bytes) -> bool:
    """Return whether a document of the old Office names its author, or who saved it last."""
    at = data.find(SUMMARY_FORMAT)
    try:
        start = at - 28 + struct.unpack_from("<I", data, at + 16)[0] if at >= 28 else 0
        number = min(struct.unpack_from("<I", data, start + 4)[0], 100) if start else 0
        listed = [struct.unpack_from("<II", data, start + 8 + 8 * n) for n in range(number)]
        return any(one in {4, 8} and struct.unpack_from("<I", data, start + where + 4)[0] > 1 for one, where in listed)
    except struct.error:
        return False


def _unpacked(data: bytes) -> bytes:
    """Return what is packed with gzip, as far as it can be read; no more than `MOST_BYTES` bytes."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MOST_BYTES)
    except zlib.error:
        return b""


def _office(path: str) -> tuple[str, ...]:
    import zipfile  # late: few sites publish such files

    try:
        with zipfile.ZipFile(path) as archive:
            texts = [archive.read(one) for one in archive.infolist() if one.filename in _PROPERTIES and one.file_size < MOST_BYTES]
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return ()
    return details(b"".join(texts), "office")


def scripts(data: bytes) -> tuple[int, str] | None:
    """Return the line of the first script of a text of markup, and what it is; None if there is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    if b"&" in data:  # a browser reads “java&#115;cript:” too; lines stay as they are
        data = re.sub(
            rb"&(?:#\w{1,8}|colon|tab|newline);?",
            lambda one: html.unescape(one[0].decode()).replace("\n", " ").encode("utf-8", "replace"),
            data,
            flags=re.IGNORECASE,
        )
    found = [(match.start(), what) for what, pattern in _SCRIPTS if (match := pattern.search(data)) is not None]
    if not found:
        return None
    at, what = min(found)
    return data.count(b"\n", 0, at) + 1, what
