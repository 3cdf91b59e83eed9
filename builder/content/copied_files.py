"""Files that are published as they are: reports those with the place or maker in their metadata (`file_details`), those that run scripts, and disordered texts."""

import functools
import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.content import file_details, image_metadata
from builder.content.file_details import MOST_BYTES
from builder.content.secrets import is_private
from builder.diagnostics import WARNING, Diagnostic, Location, characters

_DRAWN = (".svg", ".svgz", ".gif", ".tif", ".tiff", ".jxl", ".jp2", ".bmp", ".dng", ".cr2", ".nef", ".arw", *image_metadata.SUFFIXES)
"""Names of pictures, which can be saved in another kind."""

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

_TEXTS = (
    ".css",
    ".csv",
    ".ics",
    ".js",
    ".json",
    ".md",
    ".mjs",
    ".srt",
    ".tsv",
    ".txt",
    ".vtt",
    ".yaml",
    ".yml",
    *file_details.MARKUP_SUFFIXES,
)
"""Names of files that are read as text."""

_REORDERS = re.compile(
    rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])|&#(?:0{0,9}82(?:3[4-8]|9[4-7])|x0{0,9}20(?:2[a-e]|6[6-9]));?", re.IGNORECASE
)
"""The signs that begin or end words of another order, as they are and as HTML may write them."""


def problems(root: Path, copies: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Report which files have more in them than they show, which run scripts, and which show words in another order than they are written. `copies` are paths in the output, each with that of its file below `root`.

    A file that cannot be read is passed over: it is reported when it is copied.
    """
    for output, path in copies.items():
        try:
            status = (root / path).stat()
            name = output.rpartition("/")[2]
            in_file, scripts, reordered = _looked(str(root / path), name, status.st_size, status.st_mtime_ns, status.st_ino)
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
            yield Diagnostic("file-details", f"This file reveals {names}.", Location(path), help=hint, severity=WARNING)
        if scripts is not None:
            line, what = scripts
            message = f"This file runs scripts in the browser of its readers: {what}."
            hint = "Delete them if you do not know what they do. If they are yours, turn the warning off for this file under “problems:”."
            yield Diagnostic("file-scripts", message, Location(path, line), help=hint, severity=WARNING)
        if reordered is not None:
            line, found = reordered
            yield Diagnostic("file-reordered", found.message, Location(path, line), help=found.help, severity=WARNING)


def reordered_line(data: bytes, *, is_markup: bool) -> tuple[int, characters.Unpublishable] | None:
    """Return the first line of a text that is shown in another order than it is written, and the sign that does it; None if there is none.

    Signs that are closed in the same line may stand, but for those that turn letters around.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    if not _REORDERS.search(data):
        return None
    for number, line in enumerate(data.split(b"\n"), 1):
        if _REORDERS.search(line):
            text = line.decode("utf-8", "replace")
            for found in characters.find_unpublishable(html.unescape(text) if is_markup else text):
                if _REORDERS.match(found.char.encode("utf-8", "replace")):
                    return number, found
    return None


_Found = tuple[tuple[str, ...], tuple[int, str] | None, tuple[int, characters.Unpublishable] | None]
_NOTHING: _Found = ((), None, None)


@functools.lru_cache(maxsize=8_192)
def _looked(path: str, name: str, size: int, modified: int, number: int) -> _Found:
    """Return the kinds of details in a file, where it runs scripts, and where it is shown in another order. The size, time and number of a file stand for its bytes."""
    del modified, number
    if is_private(name):
        return _NOTHING
    is_text = name.lower().endswith(_TEXTS)
    with Path(path).open("rb") as stream:
        head = stream.read(64)
        kind = file_details.kind_of(head, name.lower())
        if not (kind or is_text):
            return _NOTHING
        if kind == file_details.ARCHIVE:
            return file_details.in_archive(stream), None, None
        begins = data = head + stream.read(size if kind == file_details.CLEANED else MOST_BYTES - len(head))
        if kind:
            if size > 2 * MOST_BYTES:
                stream.seek(max(len(data), size - MOST_BYTES))
            data += stream.read(MOST_BYTES)
    reordered = reordered_line(begins, is_markup=name.lower().endswith(file_details.MARKUP_SUFFIXES)) if is_text else None
    if not kind:
        return (), None, reordered
    if kind == file_details.PACKED:
        data, kind = file_details.unpacked(data), file_details.MARKUP
    return file_details.found_in(data, kind), scripts(data) if kind == file_details.MARKUP else None, reordered


def scripts(data: bytes) -> tuple[int, str] | None:
    """Return the line of the first script of a text of markup, and what it is; None if there is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    if b"&" in data:  # a browser reads “java&#115;cript:” too; lines stay as they are
        data = re.sub(
            rb"&(?:#\w{1,8}|colon|tab|newline);?",
            lambda match: html.unescape(match[0].decode()).replace("\n", " ").encode("utf-8", "replace"),
            data,
            flags=re.IGNORECASE,
        )
    found = [(match.start(), what) for what, pattern in _SCRIPTS if (match := pattern.search(data)) is not None]
    if not found:
        return None
    at, what = min(found)
    return data.count(b"\n", 0, at) + 1, what
