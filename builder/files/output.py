"""The output folder: what it was made from, and how it becomes what the plan says, in one step.

A build is laid beside the folder, kept files as hard links, and then the two change places. Killed at any moment, it leaves the old folder or the new one;
what it left lying is cleared away by the next build.
"""

import contextlib
import ctypes
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from builder import plan as planning
from builder.files.reading import reason


class OutputProblem(Exception):
    """The output folder cannot be written; the message is for the person at the keyboard."""


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
        message = f"{output} cannot be read: {reason(error)}."
        raise OutputProblem(message) from error
    return found or planning.Manifest()


def remove(folder: Path, *, ours: bool = False) -> bool:
    """Delete an output folder, or one that is `ours` whatever it holds; say whether there was one.

    `OutputProblem` where we did not make it, or the disk refuses.
    """
    if not folder.exists() and not folder.is_symlink():
        return False
    if not ours and not manifest(folder).files and any(folder.iterdir()):
        message = f"{folder} has files in it that Backstory did not make. Nothing was deleted."
        raise OutputProblem(message)
    try:
        shutil.rmtree(folder)
    except OSError as error:
        message = f"{error.filename or folder} could not be deleted: {reason(error)}."
        raise OutputProblem(message) from error
    return True


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
        clear_leftovers(output)
        if len(plan.write) == 1 and not plan.delete and (output / planning.MANIFEST).exists():
            _replace(output, plan, contents[plan.write[0].path])
            return
        _lay(staged, output, plan, contents)
        exchange(staged, output)
    except OSError as error:
        path = error.filename or output
        message = f"{path} could not be written: {reason(error)}. The published folder is as it was."
        raise OutputProblem(message) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _replace(output: Path, plan: planning.Plan, content: bytes | Path) -> None:
    """Write the only file that changes: one renaming is as whole as an exchange of folders, and needs no look at the others.

    The manifest forgets the file first and learns of it last: killed in between, the next build writes the file again.
    """
    path = plan.write[0].path
    others = {name: made for name, made in plan.manifest.files.items() if name != path}
    fresh = output.parent / f".{output.name}.new-{os.getpid()}"
    fresh.mkdir()
    steps = (
        (planning.MANIFEST, planning.encode(msgspec.structs.replace(plan.manifest, files=others))),
        (path, content if isinstance(content, bytes) else content.read_bytes()),
        (planning.MANIFEST, planning.encode(plan.manifest)),
    )
    if not is_inside(path):
        message = f"{path} would lie outside of the output folder"
        raise ValueError(message)
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    for name, data in steps:
        _write(f"{fresh}/file", data)
        (fresh / "file").replace(output / name)


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


def clear_leftovers(output: Path) -> None:
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


def exchange(staged: Path, output: Path) -> None:
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
