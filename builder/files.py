"""The only reader and writer of the disk.

What is published is whole, always: a build is laid beside the output folder, kept files as hard links, and then the two change places in one step.
Killed at any moment, it leaves the old folder or the new one; what it left lying is cleared away by the next build.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from builder import plan as planning
from builder.diagnostics import WARNING, Diagnostic, Place
from builder.parse import CONTENT, FOLDERS

LARGEST = 16 * 1024 * 1024
"""Bytes of one content file: text of a length that nobody writes, and that no reader reads."""

_PACKAGE = Path(__file__).parent
DEFAULT_TEMPLATES = _PACKAGE / "defaults" / "templates" if (_PACKAGE / "defaults" / "templates").is_dir() else _PACKAGE.parent / "templates"
"""Our own templates: inside the installed package, or at the top of a checkout."""

STARTER = _PACKAGE / "defaults" / "starter"
"""The site that `backstory init` copies."""

_TEXT = (".md", ".markdown")
_DATA = (".yaml", ".yml")
_LEFTOVERS = ("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".part", ".crdownload")


class OutputProblem(Exception):
    """The output folder cannot be written; the message is for the person at the keyboard."""


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
            problems.append(Diagnostic("file-unreadable", f"This folder cannot be read: {_reason(error)}.", Place(name)))
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
            problems.append(Diagnostic("file-unreadable", f"This file cannot be read: {_reason(error)}.", Place(path)))


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return resolved.is_relative_to(folder)


def _reason(error: OSError) -> str:
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
                f"This file cannot be read: {_reason(error)}.",
                Place(path),
                help="Check that it is yours and may be read.",
            )
        )
        return None


def digests(copies: Mapping[str, Path]) -> dict[str, str]:
    """Return the digest of each file that is copied, by its path in the output."""
    return {output: planning.digest(path.read_bytes()) for output, path in copies.items()}


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


# --- the output folder ------------------------------------------------


def manifest(output: Path) -> planning.Manifest:
    """Return what the output folder was made from; an empty manifest where it is new or empty.

    `OutputProblem` where it holds files that we did not make.
    """
    try:
        found = planning.decode((output / planning.MANIFEST).read_bytes())
    except FileNotFoundError:
        found = None
        if output.is_dir() and any(output.iterdir()):
            message = f"{output} has files in it that Backstory did not make. Nothing was written. Choose another folder with --output, or empty this one yourself."
            raise OutputProblem(message) from None
    except NotADirectoryError:
        message = f"{output} is a file, not a folder. Choose another with --output."
        raise OutputProblem(message) from None
    except OSError as error:
        message = f"{output} cannot be read: {_reason(error)}."
        raise OutputProblem(message) from error
    return found or planning.Manifest()


def present(output: Path, wanted: Mapping[str, object]) -> set[str]:
    """Return which of the wanted files are in the output folder: one listing a folder, not one look a file."""
    found: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in wanted}:
        with contextlib.suppress(OSError), os.scandir(output / folder) as entries:
            prefix = f"{folder}/" if folder else ""
            found.update(prefix + entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    return found


def apply(output: Path, plan: planning.Plan, contents: Mapping[str, bytes | Path]) -> None:
    """Bring the output folder to what the plan says, in one step.

    `contents` has the bytes of each file to write, or the file to copy. `OutputProblem` where the disk refuses: the folder is then as it was.
    """
    if not plan.changes and (output / planning.MANIFEST).exists():
        return
    staged = output.parent / f".{output.name}.new-{os.getpid()}"
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(output)
        _lay(staged, output, plan, contents)
        _exchange(staged, output)
    except OSError as error:
        path = error.filename or output
        message = f"{path} could not be written: {_reason(error)}. The published folder is as it was."
        raise OutputProblem(message) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _lay(staged: Path, output: Path, plan: planning.Plan, contents: Mapping[str, bytes | Path]) -> None:
    made: set[str] = set()
    staged.mkdir()

    def folder_for(path: str) -> None:
        if not is_inside(path):
            message = f"{path} would lie outside of the output folder"
            raise ValueError(message)
        folder = path.rpartition("/")[0]
        if folder not in made:
            (staged / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)

    for step in plan.keep:
        folder_for(step.path)
        _link_or_copy(f"{output}/{step.path}", f"{staged}/{step.path}")
    for step in plan.write:
        folder_for(step.path)
        content = contents[step.path]
        if isinstance(content, Path):
            shutil.copyfile(content, f"{staged}/{step.path}")
        else:
            _write(f"{staged}/{step.path}", content)
    _write(f"{staged}/{planning.MANIFEST}", planning.encode(plan.manifest))
    if output.is_dir():
        shutil.copymode(output, staged)


def is_inside(path: str) -> bool:
    """Say whether a path of the output stays in it: the last lock, behind the checks of slugs, ids and aliases."""
    return bool(path) and "\\" not in path and "\0" not in path and not any(part in {"", ".", ".."} for part in path.split("/"))


def _write(path: str, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(handle)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _clear_leftovers(output: Path) -> None:
    """Remove what builds that were killed left lying beside the output folder."""
    for path in output.parent.glob(f".{output.name}.new-*"):
        pid = path.name.rpartition("-")[2]
        if pid.isdigit() and not _runs(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(pid: int) -> bool:
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def _exchange(staged: Path, output: Path) -> None:
    """Put the staged folder in the output's place. Where the system can, in one step that nobody can see the middle of."""
    if not output.exists():
        staged.rename(output)
        return
    if _exchange_at_once(staged, output):
        return
    # Two steps where the system cannot do it in one: for a moment there is no folder, but never half of one.
    aside = output.parent / f".{output.name}.new-{os.getpid()}-old"
    output.rename(aside)
    try:
        staged.rename(output)
    except OSError:
        aside.rename(output)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange_at_once(one: Path, other: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
