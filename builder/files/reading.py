"""What stands in `content/`, read whatever lies there."""

import errno
import os
import stat
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

import msgspec

from builder import images
from builder.diagnostics import WARNING, Diagnostic, Place
from builder.parse import CONTENT, FOLDERS
from builder.plan import digest

LARGEST = 16 * 1024 * 1024
"""Bytes of one content file: text of a length that nobody writes, and that no reader reads."""

_PACKAGE = Path(__file__).parents[1]
DEFAULT_TEMPLATES = _PACKAGE / "defaults" / "templates" if (_PACKAGE / "defaults" / "templates").is_dir() else _PACKAGE.parent / "templates"
"""Our own templates: inside the installed package, or at the top of a checkout."""

STARTER = _PACKAGE / "defaults" / "starter"
"""The site that `backstory init` copies."""

_TEXT = (".md", ".markdown")
_DATA = (".yaml", ".yml")
_LEFTOVERS = ("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".part", ".crdownload")


class Tree(msgspec.Struct, frozen=True):
    """What stands in `content/`."""

    texts: tuple[tuple[str, bytes], ...]
    """Content files and their bytes, by path from the site's root."""
    copies: Mapping[str, str]
    """Output file → file of `content/` that is copied there as it is, by path from the site's root."""
    settings: bytes | None
    """`site.yaml`; None where there is none."""
    diagnostics: tuple[Diagnostic, ...]


def find_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that has a `content/site.yaml`."""
    for folder in (start, *start.parents):
        if (folder / "content" / "site.yaml").is_file():
            return folder
    return None


def read(root: Path) -> Tree:
    """Read everything in `content/`. What cannot be read is told and passed over."""
    texts: list[tuple[str, bytes]] = []
    copies: dict[str, str] = {}
    problems: list[Diagnostic] = []
    settings: bytes | None = None
    for path, entry in _walk(root / "content", CONTENT.rstrip("/"), root.resolve(), problems):
        inside = path.removeprefix(CONTENT)
        folder, _, rest = inside.partition("/")
        if inside == "site.yaml":
            settings = _bytes(path, entry, problems)
        elif not rest:
            problems.append(
                _warning(
                    "file-unused",
                    f"“{inside}” lies in content/ but belongs to no folder of it.",
                    path,
                    f"Move it into one of: {', '.join(FOLDERS)}, static.",
                )
            )
        elif folder == "static":
            copies[rest] = path
        elif folder in FOLDERS and path.endswith(_TEXT if folder != "sources" else _TEXT + _DATA):
            data = _bytes(path, entry, problems)
            if data is not None:
                texts.append((path, data))
        elif folder in {"explainers", "pages"} and "/" in rest:
            copies[inside if folder == "explainers" else rest] = path
        elif folder in FOLDERS:
            problems.append(
                _warning(
                    "file-unused",
                    f"“{inside}” is not a file of this folder and is not used.",
                    path,
                    "Put pictures into content/static/, or beside an explainer’s index.md in a folder of its own.",
                )
            )
        else:
            problems.append(
                _warning(
                    "file-unused",
                    f"content/ has no folder “{folder}”; this file is not used.",
                    path,
                    f"Its folders are: {', '.join(FOLDERS)}, static.",
                )
            )
    return Tree(tuple(sorted(texts)), copies, settings, tuple(problems))


def _warning(code: str, message: str, path: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, Place(path), help=hint, severity=WARNING)


def _walk(folder: Path, name: str, root: Path, problems: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    """Yield the ordinary files below a folder, in order of their names; dotfiles and what editors leave lying are passed over."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        if error.errno != errno.ENOENT:
            problems.append(Diagnostic("file-unreadable", f"This folder cannot be read: {reason(error)}.", Place(name)))
        return
    for entry in entries:
        if entry.name.startswith((".", "#")) or entry.name.endswith(_LEFTOVERS):
            continue
        path = f"{name}/{_shown(entry.name)}"
        try:
            if entry.is_symlink() and not _is_inside(Path(entry.path), root / "content"):
                problems.append(
                    Diagnostic("file-outside", "This link leads out of content/.", Place(path), help="Put a copy of the file here.")
                )
            elif entry.is_dir():
                if entry.is_symlink():
                    problems.append(
                        Diagnostic("file-outside", "A link to a folder is not followed.", Place(path), help="Put the folder itself here.")
                    )
                else:
                    yield from _walk(Path(entry.path), path, root, problems)
            elif not entry.is_file():
                problems.append(
                    Diagnostic(
                        "file-not-a-file", "This is a pipe, a socket or a device, not a file.", Place(path), help="Remove it from content/."
                    )
                )
            elif path != f"{name}/{entry.name}":
                problems.append(Diagnostic("file-name", "The name of this file is not valid UTF-8.", Place(path), help="Rename it."))
            else:
                yield path, Path(entry.path)
        except OSError as error:
            problems.append(Diagnostic("file-unreadable", f"This file cannot be read: {reason(error)}.", Place(path)))


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return resolved.is_relative_to(folder)


def reason(error: OSError) -> str:
    """Return why the disk refused, as words for the middle of a sentence."""
    return (error.strerror or str(error)).lower()


def _bytes(path: str, file: Path, problems: list[Diagnostic]) -> bytes | None:
    """Return a file's bytes, or tell why not. Never waits: a pipe that took the file's place is not opened for good."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                problems.append(Diagnostic("file-not-a-file", "This is not a file.", Place(path)))
                return None
            if status.st_size > LARGEST:
                problems.append(
                    Diagnostic(
                        "file-too-large",
                        f"This file is larger than {LARGEST // 1024 // 1024} MB.",
                        Place(path),
                        help="Cut it into several.",
                    )
                )
                return None
            return stream.read()
    except OSError as error:
        problems.append(
            Diagnostic(
                "file-unreadable",
                f"This file cannot be read: {reason(error)}.",
                Place(path),
                help="Check that it is yours and may be read.",
            )
        )
        return None


def digests(copies: Mapping[str, Path]) -> dict[str, str]:
    """Return the digest of each file that is copied, by its path in the output; of a picture, as it is published."""
    return {output: digest(_published(output, path)) for output, path in copies.items()}


def bare_images(copies: Mapping[str, Path], wanted: Container[str]) -> dict[str, bytes]:
    """Return the wanted pictures among the copied files as they are published: without where and with what they were taken."""
    return {output: _published(output, path) for output, path in copies.items() if output in wanted and _is_image(output)}


def _published(output: str, path: Path) -> bytes:
    data = path.read_bytes()
    return images.bare(data) if _is_image(output) else data


def _is_image(output: str) -> bool:
    return output.lower().endswith(images.SUFFIXES)


def line_of(root: Path, place: Place) -> str:
    """Return the line of a content file that a place names, "" where it cannot be had."""
    if not place.line:
        return ""
    try:
        with (root / place.path).open(encoding="utf-8-sig", errors="replace", newline=None) as stream:
            for number, line in enumerate(stream, 1):
                if number == place.line:
                    return line.rstrip("\n")
    except OSError:
        pass
    return ""
