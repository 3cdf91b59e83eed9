"""Pictures without what readers must not learn from them: where and on what device they were taken, and by whom they were edited.

Only segments of metadata are taken out; the picture itself is not decoded, so that not one pixel changes. What a picture needs to be shown right stays: its colours
(ICC profile) and which way up it is (a fresh Exif segment with nothing but that).
JPEG: ITU-T T.81 and Exif 2.32. PNG: W3C PNG, third edition. WebP: RFC 9649.
"""

import re
import struct
import zlib
from collections.abc import Iterator

SUFFIXES = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp")


def bare(data: bytes) -> bytes:
    """Return the picture without its metadata. What is no picture of a kind we know, or is broken, comes back as it is."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError, ValueError):
        pass
    return data


# --- JPEG ------------------------------------------------

_ALONE = {0x01, *range(0xD0, 0xD8)}
_KEPT_APPS = {0xE0: (b"JFIF\0",), 0xE2: (b"ICC_PROFILE\0",), 0xEE: (b"Adobe",)}


def _jpeg(data: bytes) -> bytes:
    """Keep what decodes the picture; drop all other APPn segments, comments, and what phones hang on behind the end."""
    kept = [b"\xff\xd8"]
    upright = 1
    for marker, segment in _segments(data):
        content = segment[4:]
        if marker == 0xE1 and content.startswith(b"Exif\0\0"):
            upright = _orientation(content[6:])
        elif 0xE0 <= marker <= 0xEF or marker == 0xFE:
            if content.startswith(_KEPT_APPS.get(marker, ())):
                kept.append(segment)
        else:
            kept.append(segment)
    if upright != 1:
        exif = b"Exif\0\0" + _exif(upright)
        place = 2 if len(kept) > 1 and kept[1][:2] == b"\xff\xe0" else 1
        kept.insert(place, b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return b"".join(kept)


_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the end of the picture; a scan comes with the data behind it. `ValueError` where it is broken."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == 0xD9:
            yield marker, b"\xff\xd9"
            return
        if marker in _ALONE:
            yield marker, data[at : at + 2]
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            behind = _AFTER_SCAN.search(data, end)
            if behind is None:  # cut off: browsers show what there is
                yield marker, data[at:]
                return
            end = behind.start()
        if end > len(data) or end < at + 4:
            raise ValueError("cut off")
        yield marker, data[at:end]
        at = end


def _orientation(tiff: bytes) -> int:
    """Return which way up a picture is (1 to 8) by its Exif; 1 where it does not say."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        at = struct.unpack_from(order + "I", tiff, 4)[0]
        for n in range(struct.unpack_from(order + "H", tiff, at)[0]):
            tag, kind, count, value = struct.unpack_from(order + "HHIH", tiff, at + 2 + 12 * n)
            if (tag, kind, count) == (0x0112, 3, 1):
                return int(value) if 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1


def _exif(orientation: int) -> bytes:
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)


# --- PNG ------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TOLD = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def _png(data: bytes) -> bytes:
    kept = [_PNG]
    at = len(_PNG)
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise ValueError("cut off")
        if kind == b"eXIf" and (upright := _orientation(data[at + 8 : end - 4])) != 1:
            kept.append(_chunk(b"eXIf", _exif(upright)))
        elif kind not in _PNG_TOLD:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break  # what stands behind the end is no part of the picture
    return b"".join(kept)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


# --- WebP ------------------------------------------------


def _webp(data: bytes) -> bytes:
    whole = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    chunks: list[tuple[bytes, bytes]] = []
    at = 12
    upright = 1
    while at + 8 <= whole:
        kind, size = struct.unpack_from("<4sI", data, at)
        content = data[at + 8 : at + 8 + size]
        if len(content) < size:
            raise ValueError("cut off")
        if kind == b"EXIF":
            upright = _orientation(content.removeprefix(b"Exif\0\0"))
        elif kind != b"XMP ":
            chunks.append((kind, content))
        at += 8 + size + size % 2
    if chunks and chunks[0][0] == b"VP8X":
        flags = (chunks[0][1][0] & ~0x0C) | (0x08 if upright != 1 else 0)
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        if upright != 1:
            chunks.append((b"EXIF", _exif(upright)))
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for kind, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body
