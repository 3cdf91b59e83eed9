"""Removes metadata from pictures: place, device, editing programs.

Only segments of metadata are taken out; the picture itself is not decoded, so that not one pixel changes. What a picture needs to be shown right stays: its colours
(ICC profile) and which way up it is (a fresh Exif segment with nothing but that).
JPEG: ITU-T T.81 and Exif 2.32. PNG: W3C PNG, third edition. WebP: RFC 9649. AVIF and HEIF: ISO/IEC 14496-12 and 23008-12.
"""

import re
import struct
import zlib
from collections.abc import Iterator

SUFFIXES = (".jpg", ".jpeg", ".jpe", ".jfif", ".jps", ".mpo", ".png", ".apng", ".webp", ".avif", ".avifs", ".heic", ".heif", ".hif")


def bare(data: bytes) -> bytes:
    """Return the picture without its metadata. What is no picture of a kind we know, and an AVIF or HEIC that is broken, comes back as it is.

    Of other pictures that are broken, browsers show what there is, so nothing that tells is left in these either.
    """
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        if data[4:8] == b"ftyp":
            return _heif(data)
    except (struct.error, IndexError, ValueError):
        pass
    return data


# --- JPEG ------------------------------------------------

_ALONE = {0x01, *range(0xD0, 0xD8)}
_NO_SEGMENT = {0x00, 0xD8, *_ALONE}
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
        index = 2 if len(kept) > 1 and kept[1][:2] == b"\xff\xe0" else 1
        kept.insert(index, b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return b"".join(kept)


_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the end of the picture, or to where it is cut off; a scan comes with the data behind it.

    As browsers do, it passes over bytes that lie between segments.
    """
    at = 2
    while (at := data.find(b"\xff", at)) >= 0:
        while data[at + 1 : at + 2] == b"\xff":
            at += 1
        if at + 1 == len(data):
            return
        marker = data[at + 1]
        if marker == 0xD9:
            yield marker, b"\xff\xd9"
            return
        if marker in _ALONE:
            yield marker, data[at : at + 2]
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _NO_SEGMENT or size < 2:
            at += 2
            continue
        end = at + 2 + size
        if marker == 0xDA:
            behind = _AFTER_SCAN.search(data, end)
            if behind is None:  # cut off: browsers show what there is
                yield marker, data[at:]
                return
            end += len(data[end : behind.start()].rstrip(b"\xff"))  # signs that only fill belong to what comes
        if end > len(data):
            return
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
_PNG_SHOWN = frozenset(b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT sTER acTL fcTL fdAT".split())
"""Chunks that may be left out and that change what is seen; those with a capital may not be left out."""


def _png(data: bytes) -> bytes:
    kept = [_PNG]
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if kind == b"eXIf" and (upright := _orientation(data[at + 8 : end - 4])) != 1:
            kept.append(_chunk(b"eXIf", _exif(upright)))
        elif kind[:1].isupper() or kind in _PNG_SHOWN:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break  # what stands behind the end is no part of the picture
    return b"".join(kept)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


# --- WebP ------------------------------------------------

_WEBP_SHOWN = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}


def _webp(data: bytes) -> bytes:
    whole = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    chunks: list[tuple[bytes, bytes]] = []
    at = 12
    upright = 1
    while at + 8 <= whole:
        kind, size = struct.unpack_from("<4sI", data, at)
        content = data[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            upright = _orientation(content.removeprefix(b"Exif\0\0"))
        elif kind in _WEBP_SHOWN:
            chunks.append((kind, content))
        at += 8 + size + size % 2
    if chunks and chunks[0][0] == b"VP8X" and chunks[0][1]:
        flags = (chunks[0][1][0] & ~0x0C) | (0x08 if upright != 1 else 0)
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        if upright != 1:
            chunks.append((b"EXIF", _exif(upright)))
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for kind, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# --- AVIF, HEIF ------------------------------------------------


def _heif(data: bytes) -> bytes:
    """Blank the Exif and XMP items where they lie, so that nothing else moves: which way up such a picture is stands elsewhere."""
    kept = bytearray(data)
    left = len(data)
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind != b"meta":
            continue
        inner = {name: (first, last) for name, first, last in _boxes(data, start + 4, end)}
        kinds = dict(_items_that_tell(data, *inner.get(b"iinf", (0, 0))))
        for item, method, offset, size in _extents(data, *inner.get(b"iloc", (0, 0))):
            if item in kinds:
                at = offset + (inner[b"idat"][0] if method == 1 and b"idat" in inner else 0)
                last = min(at + size if size else len(data), len(data))
                left -= max(0, last - at)
                if left < 0:
                    raise ValueError("items that lie over each other")
                kept[at:last] = (_EMPTY_EXIF if kinds[item] == b"Exif" else b"")[: last - at].ljust(last - at, b"\0")
    return bytes(kept)


_EMPTY_EXIF = b"\0\0\0\0II*\0" + struct.pack("<IHI", 8, 0, 0)
"""An Exif item that says nothing."""


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the type of each box and where its content begins and ends."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        last = end if size == 0 else at + size
        if size and size < head:
            raise ValueError("a box that is none")
        yield kind, at + head, min(last, end)
        at = last


def _items_that_tell(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield number and type of the items that are metadata."""
    if at == end:
        return
    wide = data[at] != 0
    for kind, start, last in _boxes(data, at + (8 if wide else 6), end):
        if kind == b"infe" and data[start] >= 2:  # older ones name no type
            number, _, type_ = struct.unpack_from(">HH4s" if data[start] == 2 else ">IH4s", data, start + 4)
            if type_ in {b"Exif", b"mime"} and start < last:
                yield number, type_


def _extents(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield number, method, offset and size of each piece of an item."""
    if at == end:
        return
    version = data[at]
    sizes = struct.unpack_from(">H", data, at + 4)[0]
    of_offset, of_size, of_base, of_index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if not of_offset + of_size:
        raise ValueError("pieces without a place")
    at += 6
    narrow = 2 if version < 2 else 4

    def number(width: int) -> int:
        nonlocal at
        found = int.from_bytes(data[at : at + width], "big")
        at += width
        return found

    for _ in range(number(narrow)):
        if at >= end:
            raise ValueError("cut off")
        item = number(narrow)
        method = number(2) & 15 if version else 0
        number(2)  # which file: this one
        base = number(of_base)
        for _ in range(number(2)):
            if version:
                number(of_index)
            yield item, method, base + number(of_offset), number(of_size)
            if at > end:
                raise ValueError("cut off")
