"""What files tell besides what they show: where they were taken, with what device, by whom. Found by their bytes, and not by their names alone.

Pictures of the kinds that `image_metadata` knows lose such details before they are published: of these, only what is left is found.
"""

import base64
import binascii
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from builder.content import image_metadata

MOST_BYTES = 4_000_000
"""Bytes that are looked at, at either end of a file, and of each file in an archive."""

MOST_FILES = 2_000
"""Files in an archive that are looked at."""

PLACE, DEVICE, MAKER, NOTE = "where it was taken", "with what device it was made", "who made it", "what is noted in it"

MARKUP, PACKED, ARCHIVE, PICTURE, FILM, CLEANED, TIFF, SOUND, PDF, OTHER = (
    "markup",
    "packed markup",
    "archive",
    "picture",
    "film",
    "cleaned",
    "tiff",
    "sound",
    "pdf",
    "other",
)
"""Kinds of files. A `PICTURE` is one that keeps its details because of its name; a `CLEANED` one is a picture that is built like a film."""

MARKUP_SUFFIXES = (".svg", ".html", ".htm", ".xhtml", ".xht", ".xml", ".shtml", ".xsl", ".mht", ".mhtml")
_MARKUP_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,50}<(?:!doctype|html|head|body|svg|script|\?xml|!--)", re.IGNORECASE)
_PICTURES = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
"""Brands of AVIF and HEIC, in files that are built like films."""
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
"""TIFF, BigTIFF, and what cameras of Olympus and Panasonic write like it."""
_SOUND = (b"ID3", b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"RIFF", b"RF64", b"FORM")
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_OTHER = (b"GIF8", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"8BPS", b"FUJIFILM", _ASF)

_TOLD_BY_XMP = (
    (PLACE, re.compile(rb"GPS(?:Latitude|Longitude)")),
    (DEVICE, re.compile(rb"(?:tiff|exif):(?:Make|Model)\b")),
    (
        MAKER,
        re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)\b[^>]{0,500}>(?:\s|<(?:rdf|cc|dc):[^>]{0,99}>){0,40}[^<\s]"),
    ),
)
_TOLD_BY_TEXT = (
    *_TOLD_BY_XMP,
    (PLACE, re.compile(rb"\xa9xyz|com\.apple\.quicktime\.location|GPSCoordinates")),
    (DEVICE, re.compile(rb"\xa9(?:mak|mod)|com\.apple\.quicktime\.(?:make|model)")),
    (
        MAKER,
        re.compile(
            rb"/Author\s{0,9}(?:\((?!\))|<(?![<>])|\d{1,9}\s\d{1,5}\sR)|\xa9(?:ART|aut)|(?:inkscape:export-filename|sodipodi:docbase)\s{0,9}="
        ),
    ),
)
_TOLD_BY_FILM = ((PLACE, re.compile(rb"loci\0\0\0\0|gpmd|camm|udta[\0-\xff]{4}gps ")),)
_TOLD_BY_SOUND = (
    (PLACE, re.compile(rb"(?:RECORDING_)?LOCATION(?:\x00|\x44\x87|=)", re.IGNORECASE)),
    (DEVICE, re.compile(rb"com\.android\.(?:manufacturer|model)")),
    # ID3 2.3 and 2.2; comments of Vorbis; tags of Matroska; lists of RIFF; the notes of a broadcaster; AIFF.
    (MAKER, re.compile(rb"T(?:PE[1-4]|ENC|COM|OWN)[\0-\x7f]{4}[^A-Z]{2}|T(?:P1|EN|CM)\0[\0-\xff]{2}[\0-\3]")),
    (MAKER, re.compile(rb"TXXX[\0-\xff]{7}(?:AUTHOR|ARTIST|PERFORMER|DIRECTOR)\0", re.IGNORECASE)),
    (MAKER, re.compile(rb"(?:ARTIST|PERFORMER|AUTHOR|ENCODED[-_]?BY|DIRECTOR|COMPOSER)(?:=[^\0]|\x44\x87)", re.IGNORECASE)),
    (MAKER, re.compile(rb"(?:IART|IENG|ITCH|bext)[\x01-\xff][\0-\x0f]\0\0[^\0]")),
    (MAKER, re.compile(rb"(?:AUTH|\(c\) )\0\0[\0-\xff]{2}[^\0]")),
    (MAKER, re.compile(rb"TAG.{30}[^\0 ].{94}\Z", re.DOTALL)),
)
_TOLD_BY_OFFICE = (
    (
        MAKER,
        re.compile(
            rb"\bw(?:15)?:author\s?=\s?[\"'][^\"']|<author>[^<\s]|\bdisplayName=[\"'][^\"']|<p:cmAuthor\b[^>]{0,200}\bname=[\"'][^\"']"
        ),
    ),
    (MAKER, re.compile(rb"<(?:Manager|Company)>[^<\s]")),
)
_TOLD_BY_PRESS = (
    (MAKER, re.compile(rb"\x1c\x02[\x50\x7a]\0[\x01-\x80][^\0]")),
    (PLACE, re.compile(rb"\x1c\x02[\x5a\x5c\x5f\x65]\0[\x01-\x80][^\0]")),
)
"""What agencies note in pictures, by IPTC: who made it, its city, region and country."""
_ASF_AUTHOR = re.compile(re.escape(bytes.fromhex("3326b2758e66cf11a6d900aa0062ce6c")) + rb".{10}(?!\x00\x00|\x02\x00)", re.DOTALL)
_COMMENT = re.compile(rb"!\xfe[\x01-\xff](?!(?:created|made|generated|optimi[sz]ed|edited|file source|gif)\b)", re.IGNORECASE)
"""The comment of a GIF, unless a program put its name there."""
_RTF = re.compile(rb"\\(?:author|operator|manager|company)\s[^{}\\]")
SUMMARY_FORMAT = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""Begins what a document of the old Office tells about itself."""
_TIFF_TAGS = {0x8825: PLACE, 0x010F: DEVICE, 0x0110: DEVICE, 0x013B: MAKER, 0x9C9D: MAKER}

_IN_TEXT = re.compile(rb"data:(?:image|video|audio|application)/[\w.+-]{1,60};base64,([A-Za-z0-9+/=\s]{64,})")
"""A file within a text of markup."""
_PACKED_IN_PDF = re.compile(rb"/(?:(?:ObjStm|Metadata)\b|[A-Za-z]{0,20}#[0-9A-Fa-f]{2})[^\0]{0,400}?stream\r?\n")
"""What a PDF tells about itself, packed; under a name with `#` may be anything."""
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A letter of a name in a PDF, written by its number: `/#41uthor`."""
_MOST_PARTS = 200

_OFFICE = re.compile(
    r"(?:docProps/(?:core|app)|meta|(?:word|xl|ppt)/(?:document|footnotes|endnotes|comments\w*|people|commentAuthors|persons/\w+|threadedComments/\w+)"
    r"|ppt/comments/\w+)\.xml|.+\.opf"
)
"""Files within documents of Office, OpenDocument and EPUB that name who made them, changed them or made notes in them."""


def kind_of(head: bytes, name: str) -> str:
    """Return what kind of file its first 64 bytes or its name, in small letters, show it to be; "" for a kind without such details."""
    if name.endswith(MARKUP_SUFFIXES) or ("." not in name and _MARKUP_BEGINS.match(head)):
        return MARKUP
    if name.endswith(".svgz") and head.startswith(b"\x1f\x8b"):
        return PACKED
    is_bare = name.endswith(image_metadata.SUFFIXES) or "." not in name
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "" if is_bare else PICTURE
    if head[4:8] == b"ftyp":
        return CLEANED if is_bare and head[8:12] in _PICTURES else FILM
    for kind, beginnings in ((TIFF, _TIFF), (SOUND, _SOUND), (PDF, (b"%PDF-",)), (OTHER, _OTHER), (ARCHIVE, (b"PK\3\4",))):
        if head.startswith(beginnings):
            return kind
    return OTHER if name.endswith(image_metadata.SUFFIXES) else ""


def found_in(data: bytes, kind: str, *, depth: int = 0) -> tuple[str, ...]:
    """Return the kinds of details in the bytes of a file, besides what it shows, and in files within it."""
    if kind == CLEANED:
        data = image_metadata.bare(data)
        if b"moov" not in data:
            return tuple(dict.fromkeys((*(what for what, pattern in _TOLD_BY_XMP if pattern.search(data)), *_by_exif(data, kind))))
    tables = {
        SOUND: (*_TOLD_BY_TEXT, *_TOLD_BY_SOUND),
        FILM: (*_TOLD_BY_TEXT, *_TOLD_BY_FILM),
        PICTURE: (*_TOLD_BY_TEXT, *_TOLD_BY_PRESS),
        TIFF: (*_TOLD_BY_TEXT, *_TOLD_BY_PRESS),
        OTHER: (*_TOLD_BY_TEXT, *_TOLD_BY_PRESS),
    }
    names = _HEX_IN_NAME.sub(lambda digits: bytes.fromhex(digits[1].decode()), data) if kind == PDF else data
    found = dict.fromkeys(what for what, pattern in tables.get(kind, _TOLD_BY_TEXT) if pattern.search(names))
    if data.startswith(b"GIF8") and _COMMENT.search(data):
        found[NOTE] = None
    if (data.startswith(b"{\\rtf") and _RTF.search(data)) or (data.startswith(b"\xd0\xcf") and _names_somebody(data)):
        found[MAKER] = None
    if data.startswith(_ASF) and _ASF_AUTHOR.search(data):
        found[MAKER] = None
    found |= dict.fromkeys(_by_exif(data, kind))
    if kind == PICTURE and not found and image_metadata.bare(data) != data:
        found[DEVICE] = None
    if depth < 2:
        for part, its_kind in _parts(data, kind):
            found |= dict.fromkeys(found_in(part, its_kind, depth=depth + 1))
    return tuple(what for what in (PLACE, DEVICE, MAKER, NOTE) if what in found)


def _by_exif(data: bytes, kind: str) -> Iterator[str]:
    if kind == TIFF:
        yield from _directory(data)
    at = -1
    for _ in range(_MOST_PARTS):
        at = data.find(b"Exif\0\0", at + 1)
        if at < 0:
            return
        yield from _directory(data[at + 6 : at + 6 + 65_536])


def _directory(data: bytes) -> Iterator[str]:
    """Yield what the first directory of a TIFF, or of Exif, has; nothing where it is broken."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return
    try:
        is_big = struct.unpack_from(order + "H", data, 2)[0] == 43
        at = struct.unpack_from(order + ("Q" if is_big else "I"), data, 8 if is_big else 4)[0]
        number = struct.unpack_from(order + ("Q" if is_big else "H"), data, at)[0]
        first, step = (at + 8, 20) if is_big else (at + 2, 12)
        for n in range(min(number, 65_536)):
            tag = struct.unpack_from(order + "H", data, first + step * n)[0]
            if tag in _TIFF_TAGS:
                yield _TIFF_TAGS[tag]
    except (struct.error, OverflowError):
        return


def _names_somebody(data: bytes) -> bool:
    """Return whether a document of the old Office names its author, or who saved it last."""
    at = data.find(SUMMARY_FORMAT)
    try:
        start = at - 28 + struct.unpack_from("<I", data, at + 16)[0] if at >= 28 else 0
        number = min(struct.unpack_from("<I", data, start + 4)[0], 100) if start else 0
        listed = [struct.unpack_from("<II", data, start + 8 + 8 * n) for n in range(number)]
        return any(property_id in {4, 8} and struct.unpack_from("<I", data, start + where + 4)[0] > 1 for property_id, where in listed)
    except struct.error:
        return False


# --- files within files ------------------------------------------------


def _parts(data: bytes, kind: str) -> Iterator[tuple[bytes, str]]:
    """Yield the bytes and the kind of each file that a text of markup carries, and of what is packed in a PDF."""
    left = MOST_BYTES
    for n, match in enumerate((_IN_TEXT if kind == MARKUP else _PACKED_IN_PDF).finditer(data) if kind in {MARKUP, PDF} else ()):
        if n == _MOST_PARTS or left <= 0:
            return
        try:
            if kind == MARKUP:
                part = base64.b64decode(match[1].translate(None, b" \t\r\n=") + b"==")
            else:
                part = zlib.decompressobj().decompress(data[match.end() : match.end() + MOST_BYTES], left)
        except (binascii.Error, zlib.error):
            continue
        left -= len(part)
        yield part, kind_of(part[:64], "a.part") if kind == MARKUP else OTHER


def unpacked(data: bytes) -> bytes:
    """Return what is packed with gzip, as far as it can be read; no more than `MOST_BYTES` bytes."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MOST_BYTES)
    except zlib.error:
        return b""


def in_archive(file: IO[bytes], *, depth: int = 0) -> tuple[str, ...]:
    """Return the kinds of details in an archive or a document that is one: in what it tells about itself, and in its files."""
    found: dict[str, None] = {}
    try:
        with zipfile.ZipFile(file) as archive:
            left = 16 * MOST_BYTES
            for member in archive.infolist()[:MOST_FILES]:
                left -= min(member.file_size, MOST_BYTES)
                if left < 0:
                    break
                with archive.open(member) as stream:
                    found |= dict.fromkeys(_in_member(stream, member.filename, depth))
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError):
        pass  # broken, or locked with a password
    return tuple(what for what in (PLACE, DEVICE, MAKER, NOTE) if what in found)


def _in_member(stream: IO[bytes], name: str, depth: int) -> tuple[str, ...]:
    if _OFFICE.fullmatch(name):
        data = stream.read(MOST_BYTES)
        told = [what for what, pattern in (*_TOLD_BY_TEXT, *_TOLD_BY_OFFICE) if pattern.search(data)]
        return tuple(dict.fromkeys(told))
    head = stream.read(64)
    # A picture in an archive keeps its details, whatever its name; markup is told by its name.
    kind = kind_of(head, "a.part") or kind_of(head, name.rpartition("/")[2].lower())
    if kind == PACKED:
        return found_in(unpacked(head + stream.read(MOST_BYTES)), MARKUP)
    if kind != MARKUP and not kind_of(head, "a.part"):
        return ()
    if kind == ARCHIVE:
        return in_archive(io.BytesIO(head + stream.read(4 * MOST_BYTES)), depth=depth + 1) if depth < 2 else ()
    return found_in(head + stream.read(MOST_BYTES), kind)
