"""Reads the files of `content/`."""

import contextlib
import errno
import os
import stat
import sys
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from builder import urls
from builder.content import cleaning, stylesheets, unused_files
from builder.content.parse import CONTENT, FOLDERS
from builder.content.parse.images import SHOWN
from builder.content.secrets import is_private
from builder.content.settings import PATH as SETTINGS, STYLE
from builder.content.table_rows import MAPPING, TABLES, TableRow
from builder.diagnostics import Diagnostic, Location, characters
from builder.incremental.digests import digest
from builder.incremental.up_to_date import WINDOW

SITES_OWN = ("content", "templates")
"""Folders of a site that its authors write in."""

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of one content file: far more than any author writes."""

_PACKAGE = Path(__file__).parents[1]
DEFAULT_TEMPLATES = _PACKAGE / "defaults" / "templates" if (_PACKAGE / "defaults" / "templates").is_dir() else _PACKAGE.parent / "templates"
"""Our own templates: inside the installed package, or at the top of a checkout."""

GUIDE = _PACKAGE / "defaults" / "pages" if (_PACKAGE / "defaults" / "pages").is_dir() else _PACKAGE.parent / "content" / "pages"
"""Where the guide for authors lies, as `guide.md` and `guide/`: in the same two places."""

STARTER = _PACKAGE / "defaults" / "starter"
"""The site that `backstory init` copies."""

_TEXT = (".md", ".markdown")
_ARCHIVE = (".txt",)
"""The words of a source, kept beside its record."""


class Tree(msgspec.Struct, frozen=True):
    """The files of `content/`, by their use."""

    texts: tuple[tuple[str, bytes], ...]
    """Content files and their bytes, by path from the site's root."""
    copies: Mapping[str, str]
    """Output file → file of `content/` that is copied there as it is, by path from the site's root."""
    settings: bytes | None
    """`site.yaml`; None if there is none."""
    diagnostics: tuple[Diagnostic, ...]
    style: bytes | None = None
    """`style.yaml`; None if there is none."""
    unread: Mapping[str, str] = {}
    """Content files that are as they were when they were last read, and where each lies: they are not among the `texts`."""
    signatures: Mapping[str, bytes] = {}
    """Content file → the signature that it is known by the next time, of those whose times prove enough."""
    tables: Mapping[str, bytes] = {}
    """Tables whose rows are records, and the mappings beside them."""
    rows: Mapping[str, TableRow] | None = None
    """Of files that are rows of tables, where each comes from; None before the tables have been read."""

    def get(self, path: str) -> bytes | None:
        """Return the bytes of a content file, or of the settings or the house style."""
        if path == SETTINGS:
            return self.settings
        if path == STYLE:
            return self.style
        if path in self.unread:
            return _bytes(path, self.unread[path], [])
        n = bisect_left(self.texts, (path,))
        return self.texts[n][1] if n < len(self.texts) and self.texts[n][0] == path else None

    def line(self, location: Location) -> str:
        """Return the line that a place names, as it was read; "" if there is none."""
        lines = (self.get(location.path) or b"").decode("utf-8-sig", "replace").splitlines() if location.line else []
        return lines[location.line - 1] if 0 < location.line <= len(lines) else ""


def read(root: Path, known: Mapping[str, bytes] | None = None) -> Tree:
    """Read everything in `content/`. What cannot be read is reported and passed over.

    `known` are the `signatures` of an earlier time: a file that has its signature still is not read again. Without them none is taken.
    """
    since = time.time_ns() - WINDOW
    unread: dict[str, str] = {}
    found: dict[str, bytes] = {}
    texts: list[tuple[str, bytes]] = []
    copies: dict[str, str] = {}
    tables: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    settings: bytes | None = None
    style: bytes | None = None
    for path, entry in _walk(root / "content", CONTENT.rstrip("/"), (root / "content").resolve(), problems):
        use = _use_of(path)
        if use == _UNUSED:
            problems.append(unused_files.report(path))
            continue
        if use == _COPIED:
            _copy(copies, path)
            continue
        if use == _PARSED and known is not None and (signature := file_signature(entry, since)):
            found[path] = signature
            if known.get(path) == signature:
                unread[path] = entry.path
                continue
        data = _bytes(path, entry.path, problems)
        if path == SETTINGS:
            settings = data
        elif path == STYLE:
            style = data
        elif data is not None and use == _TABLE:
            tables[path] = data
        elif data is not None:
            texts.append((path, data))
    return Tree(tuple(sorted(texts)), copies, settings, tuple(problems), style, unread, found, tables)


_UNUSED, _COPIED, _PARSED, _TABLE, _FOR_ALL = "unused", "copied", "parsed", "table", "for the whole site"


def _use_of(path: str) -> str:
    """Return what becomes of a file of `content/`, by its path."""
    folder, _, rest = path.removeprefix(CONTENT).partition("/")
    if path in {SETTINGS, STYLE}:
        return _FOR_ALL
    if not rest:
        return _UNUSED
    if folder == "static":
        return _COPIED
    if folder == "tables" and path.lower().endswith((*TABLES, *MAPPING)):
        return _TABLE
    if folder in FOLDERS and path.endswith(_TEXT if folder != "sources" else _TEXT + unused_files.DATA + _ARCHIVE):
        return _PARSED
    if folder in FOLDERS and unused_files.right_name(folder, path):
        return _UNUSED
    if (folder in {"explainers", "pages"} and "/" in rest) or (folder in {"explainers", "actors"} and path.lower().endswith(SHOWN)):
        return _COPIED
    return _UNUSED


def file_signature(entry: os.DirEntry[str], since: int) -> bytes:
    """Return the signature of a file, made of its place on the disk, its size and times; b"" if its times prove nothing, or not yet (see `incremental.up_to_date`)."""
    if sys.platform == "win32" or entry.is_symlink():
        return b""
    try:
        now = entry.stat(follow_symlinks=False)
    except OSError:  # the reason is reported when it is read
        return b""
    if max(now.st_mtime_ns, now.st_ctime_ns) > since:
        return b""
    return b"%d %d %d %d %d %d" % (now.st_mode, now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)


def reread(root: Path, tree: Tree, touched: Iterable[str]) -> Tree:
    """Return the tree as it is now, where only the files `touched` (paths from the site's root) may have changed.

    Where one of them is more than new words in a file that was there before, everything is read.
    """
    texts = dict(tree.texts)
    copied = frozenset(tree.copies.values())
    with_problems = {problem.location.path for problem in tree.diagnostics}
    settings, style = tree.settings, tree.style
    for path in touched:
        if not path.startswith(CONTENT):
            continue
        file = root / path
        if path in copied and file.is_file() and not file.is_symlink():
            continue  # what is in it is read when it is shown
        if path not in texts and path != SETTINGS and (path != STYLE or style is None):
            if any(is_private(name) for name in path.split("/")) or not (
                path in copied or path in with_problems or path in tree.tables or file.exists()
            ):
                continue
            return read(root)
        problems: list[Diagnostic] = []
        data = _bytes(path, os.fspath(file), problems) if not file.is_symlink() else None
        if data is None:
            return read(root)
        if path == SETTINGS:
            settings = data
        elif path == STYLE:
            style = data
        else:
            texts[path] = data
    return msgspec.structs.replace(tree, texts=tuple(texts.items()), settings=settings, style=style)


def signatures(root: Path) -> dict[str, tuple[int, int, int]]:
    """Return what shows at a glance that a file of `content/` or `templates/` is another now: its size, its time and its place on the disk."""
    found: dict[str, tuple[int, int, int]] = {}
    folders = [*SITES_OWN]
    while folders:
        folder = folders.pop()
        with contextlib.suppress(OSError), os.scandir(root / folder) as entries:
            for entry in entries:
                if is_private(entry.name):
                    continue
                path = f"{folder}/{entry.name}"
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path)
                        continue
                    status = entry.stat()
                    found[path] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return found


DEEPEST = 40
"""Folders in each other below `content/`."""


def _copy(copies: dict[str, str], path: str) -> None:
    """Take in a file that is copied as it is. Two whose names differ only in Unicode's form keep their own, so that the check of paths sees both."""
    published = urls.copied_path(path)
    twice = copies.pop(published, None)
    if twice is None:
        copies[published] = path
        return
    for name in (twice, path):
        copies[urls.unfolded(name)] = name


def _walk(folder: Path, name: str, top: Path, problems: list[Diagnostic]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the ordinary files below a folder, in order of their names; dotfiles and what editors leave lying are passed over, and links that leave `top`."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        if error.errno != errno.ENOENT:
            problems.append(Diagnostic("file-unreadable", f"This folder cannot be read: {reason(error)}.", Location(name)))
        return
    for entry in entries:
        if is_private(entry.name):
            if unused_files.is_hidden_text(f"{name}/{entry.name}"):
                problems.append(unused_files.report_hidden(f"{name}/{_shown(entry.name)}"))
            continue
        path = f"{name}/{_shown(entry.name)}"
        try:
            if wrong := _wrong_name(path, entry):
                problems.append(wrong)
                continue
            if entry.is_symlink() and not lies_in(Path(entry.path), top):
                problems.append(
                    Diagnostic("file-outside", "This link leads out of content/.", Location(path), help="Put a copy of the file here.")
                )
            elif entry.is_dir():
                if entry.is_symlink():
                    problems.append(
                        Diagnostic(
                            "file-outside", "A link to a folder is not followed.", Location(path), help="Put the folder itself here."
                        )
                    )
                else:
                    yield from _walk(Path(entry.path), path, top, problems)
            elif not entry.is_file():
                problems.append(
                    Diagnostic(
                        "file-not-a-file",
                        "This is a pipe, a socket or a device, not a file.",
                        Location(path),
                        help="Remove it from content/.",
                    )
                )
            else:
                yield path, entry
        except OSError as error:
            problems.append(Diagnostic("file-unreadable", f"This file cannot be read: {reason(error)}.", Location(path)))


def _wrong_name(path: str, entry: os.DirEntry[str]) -> Diagnostic | None:
    """Report what is wrong with the name of a file or folder, whatever it is."""
    if not path.endswith(f"/{entry.name}"):
        return Diagnostic("file-name", "The name of this file is not valid UTF-8.", Location(path), help="Rename it.")
    if found := characters.find_unpublishable(entry.name):
        return Diagnostic("file-name", f"The name of this file has {characters.named(found[0].char)}.", Location(path), help="Rename it.")
    if not urls.is_portable(entry.name):
        message = "Not every system can have a file of this name."
        hint = "Rename it: Windows gives names such as “aux” and “con” to devices, and takes no backslash, no line break and no dot at the end."
        return Diagnostic("file-name", message, Location(path), help=hint)
    if path.count("/") > DEEPEST:
        message = f"Folders stand more than {DEEPEST} deep in each other here."
        return Diagnostic("file-name", message, Location(path), help="Move what is in them up.")
    return None


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def lies_in(path: Path, folder: Path) -> bool:
    """Return whether a file lies in a folder, which is resolved, wherever links lead."""
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return resolved.is_relative_to(folder)


def reason(error: OSError) -> str:
    """Return why the disk refused, as words for the middle of a sentence."""
    return (error.strerror or str(error)).lower()


def _bytes(path: str, file: str, problems: list[Diagnostic]) -> bytes | None:
    """Return a file's bytes; None, and a problem, if it cannot be read. Never waits: a pipe that took the file's place is not opened for good."""
    try:
        handle = os.open(file, _READING)
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                problems.append(Diagnostic("file-not-a-file", "This is not a file.", Location(path)))
                return None
            if status.st_size > LARGEST_FILE:
                problems.append(
                    Diagnostic(
                        "file-too-large",
                        f"This file is larger than {LARGEST_FILE // 1024 // 1024} MB.",
                        Location(path),
                        help="Cut it into several.",
                    )
                )
                return None
            return stream.read()
    except OSError as error:
        problems.append(_unreadable(Location(path), error))
        return None


def digests(copies: Mapping[str, Path], root: Path) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Return the digest of each file that is copied, by its path in the output, and of a picture or stylesheet as it is published; what cannot be read is reported, named from `root`."""
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for output, path in copies.items():
        if stylesheets.is_section(output):
            continue
        try:
            found[output] = digest(cleaning.cleaned(path, copies)) if cleaning.is_cleaned(output) else _digest(path)
        except OSError as error:
            location = Location(path.relative_to(root).as_posix() if path.is_relative_to(root) else f"templates/{output}")
            problems.append(_unreadable(location, error))
    return found, tuple(problems)


def _digest(path: Path) -> str:
    """Return the digest of a file of any size: a film is not held in memory, and a pipe is not waited for."""
    handle = os.open(path, _READING)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        return digest(iter(lambda: stream.read(1 << 20), b""))


def _unreadable(location: Location, error: OSError) -> Diagnostic:
    message, hint = f"This file cannot be read: {reason(error)}.", "Check that it is yours and may be read."
    if error.errno == errno.ENOENT:  # its folder has just named it
        message, hint = "This file was taken away while everything was being read.", "Try again when nothing moves files here."
    return Diagnostic("file-unreadable", message, location, help=hint)


_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
