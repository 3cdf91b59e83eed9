"""The bytes of a text as its letters."""

import re
from itertools import accumulate

from builder.importing.importer_types import ImportNote, ImportProblem, Missing

_LIKELY = [
    "cp1252",
    "mac_roman",
    "cp1250",
    "cp1251",
    "koi8_r",
    "mac_cyrillic",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
]
"""Encodings in which programs save texts that are in no Unicode."""

_DETECTION_SAMPLE_BYTES = 60_000
"""Bytes from which the encoding is found out."""


def decode(data: bytes, encoding: str = "", import_notes: list[ImportNote] | None = None) -> str:
    """Return the text of a file. What had to be found out about its encoding is added to `import_notes`. Raises `ImportProblem` if it cannot be found out."""
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except LookupError:
            message = (
                f"it cannot be read as “{encoding}”, which is no encoding that is known. Names are such as utf-8, windows-1252, mac_roman"
            )
            raise ImportProblem(message) from None
        except UnicodeDecodeError as error:
            message = f"it is not in “{encoding}”: byte {error.start + 1} has no letter there"
            raise ImportProblem(message) from None
        except UnicodeError:
            raise ImportProblem(f"it is not in “{encoding}”") from None
    for known in _of_unicode(data):
        try:
            return data.decode(known).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise Missing("tables") from None
    best = from_bytes(data[:_DETECTION_SAMPLE_BYTES], cp_isolation=_LIKELY, threshold=0.4).best()
    if best is None:
        message = "it is in no encoding that could be recognized. Say which with --encoding, such as windows-1252, or save it as UTF-8"
        raise ImportProblem(message)
    name = best.encoding
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        message = f"it looks like {name}, and is not: byte {error.start + 1}. Say its encoding with --encoding, or save it as UTF-8"
        raise ImportProblem(message) from None
    if text == data.decode("cp1252", "replace"):
        name = "windows-1252"  # the most usual of those in which it reads the same
    if import_notes is not None:
        word = next((word for word in text.split() if not word.isascii()), "")
        import_notes.append(
            ImportNote("the whole file", f"it is not in UTF-8, and was read as {name}, in which it has “{word}”; --encoding says another")
        )
    return text


def _of_unicode(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data[1:2] == b"\0" and data[:1] != b"\0":
        return ("utf-16-le",)
    if data[:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-8-sig",)


MAX_OPEN_BRACKETS = 100
"""Brackets that are open at once in YAML that is read: its reader looks at all of them again at each."""


def is_deep(text: str) -> bool:
    """Return whether more brackets may be open at once in a text than `MAX_OPEN_BRACKETS`."""
    return max(accumulate((1 if bracket in "[{" else -1 for bracket in re.findall(r"[][{}]", text)), initial=0)) > MAX_OPEN_BRACKETS
