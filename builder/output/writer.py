"""Apply a plan to the output folder, in one step.

A build is staged in a folder beside the output, kept files as hard links, and then the two folders are exchanged (`swap`). A build that is killed leaves the old folder or the new one,
and the next build removes the rest. The folder that was published before is kept, and the next build is staged in it (`previous`):
by the record of the last build, if there is one (`_stage_on_mirror`, `mirror`), or by comparing all files (`stage_all`). Both have the same result. Pages may be staged one by one, before the plan is complete.
"""

import contextlib
import errno
import itertools
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping, Set as AbstractSet
from pathlib import Path

import msgspec

from builder import urls
from builder.content.reading import reason
from builder.output import mirror, plan as planning
from builder.output.durable import flush, flush_names
from builder.output.folders import folder_of, folders_of, foreign_files, kind_of, link_or_copy, make_folders, parents, remove_file
from builder.output.mirror import UNKNOWN, Mirror, Staged, StampPair
from builder.output.previous import Base, keep_previous, prepare_base
from builder.output.regular_files import LARGEST_LIST, read_ordinary
from builder.output.swap import OutputProblem, delete_folder, exchange, is_inside, replace_file, sibling


def read_manifest(output: Path) -> planning.Manifest:
    """Return the manifest of an output folder; an empty one for a folder that is new or empty. Listed paths outside of the folder are left out.

    Raises `OutputProblem` if the folder cannot be read, or holds files but no manifest.
    """
    try:
        found = planning.decode(read_ordinary(output / planning.MANIFEST, LARGEST_LIST))
    except FileNotFoundError:
        found = None
        if output.is_dir() and any(output.iterdir()):
            message = f"{output} has files in it that Backstory did not make. Nothing was written. Choose another folder with --output, or empty this one yourself."
            raise OutputProblem(message) from None
    except NotADirectoryError:
        message = f"{output} {_in_the_place(output)}, not a folder. Choose another with --output."
        raise OutputProblem(message) from None
    except OSError as error:
        message = f"{error.filename or output} cannot be read: {reason(error)}."
        if error.errno == errno.EFBIG:
            message += " Delete the folder yourself, and all is made again; or choose another with --output."
        raise OutputProblem(message) from error
    if found is None:
        return planning.Manifest()
    # Deleting and replacing rely on these paths. They are checked in one string: there are thousands, and nearly always all are right.
    if not is_inside("/".join(found.files)):
        return msgspec.structs.replace(found, files={path: made for path, made in found.files.items() if is_inside(path)})
    return found


def _in_the_place(output: Path) -> str:
    """Return what stands in the place of the folder, or of one above it: “is a pipe”."""
    try:
        return f"is {kind_of(output.stat().st_mode)}"
    except OSError:
        return "lies below a file"


def remove(folder: Path, *, ours: bool = False) -> bool:
    """Delete an output folder, but for files that Backstory did not make; a folder that is `ours` is deleted with all it holds. Return whether there was one.

    If `folder` is `ours` and a symbolic link, only the link is deleted. Raises `OutputProblem` if Backstory did not make the folder, or if the disk refuses.
    """
    if ours and folder.is_symlink():
        try:
            folder.unlink()
        except OSError as error:
            raise _not_deleted(error, folder) from error
        return True
    folder = folder.resolve()
    if not folder.exists():
        return False
    made = planning.Manifest() if ours else read_manifest(folder)
    others = not ours and any(foreign_files(os.fspath(folder), made.files.keys()))
    if others and not made.files:
        message = f"{folder} has files in it that Backstory did not make. Nothing was deleted."
        raise OutputProblem(message)
    try:
        if others:
            _remove_listed(folder, made)
        else:
            # Renamed first, in one step: half a folder would be of no use.
            gone = folder.rename(sibling(folder, "new"))
            delete_folder(gone)
            if gone.exists():
                shutil.rmtree(gone)  # raises the reason
    except OSError as error:
        raise _not_deleted(error, folder) from error
    return True


def _not_deleted(error: OSError, folder: Path) -> OutputProblem:
    return OutputProblem(f"{error.filename or folder} could not be deleted: {reason(error)}.")


def _remove_listed(folder: Path, made: planning.Manifest) -> None:
    """Delete the files that the manifest lists, and the manifest last: as long as it is there, this can be repeated."""
    for path in (*made.files, planning.MANIFEST):
        if is_inside(path):
            (folder / path).unlink(missing_ok=True)
            for parent in (folder / path).relative_to(folder).parents:
                with contextlib.suppress(OSError):
                    (folder / parent).rmdir()


def refuse_foreign_files(output: Path, fresh: Iterable[str], ours: Iterable[str]) -> None:
    """Raise `OutputProblem` if one of the `fresh` files, which are to be written, exists already and is not among those that are `ours`."""
    folder = os.fspath(output)
    there = []
    for path in fresh:
        try:
            if not stat.S_ISDIR(os.lstat(f"{folder}/{path}").st_mode):
                there.append(path)
        except OSError:
            continue
    # On file systems that ignore case, A.jpg may be a.jpg, which is ours.
    known = {urls.alike(path) for path in ours} if there else set()
    for path in there:
        if urls.alike(path) not in known:
            raise _not_ours(output / path)


def stage(output: Path, path: str, data: bytes) -> None:
    """Write one file of the new folder, before the plan is complete.

    `output` must be resolved: this is called for every page. `apply` takes None as the contents of such a file; without an `apply`, call `discard_staged`.
    Raises `OutputProblem` if the disk refuses; the output folder is then as it was.
    """
    file = f"{sibling(output, 'new')}/{_inside(path)}"
    folder = file.rpartition("/")[0]
    try:
        _make(folder)
        try:
            _write(file, data)
        except FileExistsError:  # of the base folder; it may be a hard link to the published file, so it is not written into
            os.unlink(file)  # noqa: PTH108 - as above
            _write(file, data)
    except OSError as error:
        raise _problem(error, output, path) from error


def _make(folder: str) -> None:
    # Most files are the only one of their folder, so trying to make it first costs the fewest calls.
    try:
        os.mkdir(folder)  # noqa: PTH102 - as strings: so often is this done
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above


def discard_staged(output: Path) -> None:
    """Delete the files that `stage` has written, after a build that failed."""
    delete_folder(sibling(output.resolve(), "new"))


class NewFiles(msgspec.Struct, frozen=True):
    """The files of a plan that are to be written."""

    contents: Mapping[str, bytes | Path | None]
    """The bytes of each, the file to copy, or None for one that was staged."""
    staged: bool = False
    """Whether some were."""
    base: Base | None = None
    """The folder in which they were staged, if it was there before."""


def apply(output: Path, plan: planning.Plan, new_files: NewFiles, *, previous: Path | None = None, durable: bool = False) -> None:
    """Apply the plan to the output folder, in one step. The caller holds the lock (`locked`).

    `previous` is where the folder that was published before is kept; `durable` is whether to wait until the disk has the new one. Raises `OutputProblem` if the disk refuses; the output folder is then as it was.
    """
    contents, staged, base = new_files.contents, new_files.staged, new_files.base
    output = output.resolve()
    new = sibling(output, "new")
    if not plan.changes and (output / planning.MANIFEST).exists():
        if previous is not None and base is not None:  # kept for the next build
            keep_previous(new, previous)
        return
    only = plan.write[0].path if len(plan.write) == 1 and not plan.delete and not staged else ""
    known = None
    try:
        if only and all(_is_file(output, path) for path in (only, planning.MANIFEST)):
            _replace_one(output, plan, contents[only], durable=durable)
            return
        try:
            if previous is not None and not staged:
                base = _base(output, previous, plan)
            done = None
            if base is not None and base.mirrored is not None:
                done, base = _stage_on_mirror(new, plan, contents, base.mirrored, staged=staged), None
            if done is None:
                new.mkdir(parents=True, exist_ok=staged or base is not None)
                done = stage_all(new, output, plan, contents, base.linked if base is not None else frozenset())
            _write(f"{new}/{planning.MANIFEST}", planning.encode(plan.manifest))
            if output.is_dir():
                shutil.copymode(output, new)
                known = mirror.record_of(new, output, done) if previous is not None else None
            if durable:
                flush(new)
            exchange(new, output)
            if durable:
                flush_names(output.parent)
        except BaseException:
            delete_folder(new)
            raise
    except OSError as error:
        raise _problem(error, output, only) from error
    with contextlib.suppress(KeyboardInterrupt):  # it is done
        if previous is not None and not plan.withdraws:  # a page that was withdrawn is not kept
            keep_previous(new, previous, known)
        delete_folder(new)


def _is_file(output: Path, path: str) -> bool:
    """Return whether a path is an ordinary file of the folder, and not reached by a link that leads out of it."""
    file = output / path
    return file.is_file() and not file.is_symlink() and not any((output / folder).is_symlink() for folder in parents(path))


def _problem(error: OSError, output: Path, single: str) -> OutputProblem:
    names = [Path(os.fsdecode(name)) for name in (error.filename2, error.filename) if name is not None]
    path = output if output in names or not names else names[0]
    for laid in (sibling(output, "new"), sibling(output, "one")):
        if path == laid:
            hint = f"The new folder is made beside the old one, so you need permission to write in {output.parent}. "
            return OutputProblem(f"{path} could not be made: {reason(error)}. {hint if error.errno in _REFUSED else ''}{_AS_IT_WAS}")
        if path.is_relative_to(laid):
            path = output / (path.relative_to(laid) if laid == sibling(output, "new") else single)
    if error.errno in {errno.EBUSY, errno.EXDEV} and path == output:
        hint = f"It is a disk of its own, and nothing can take its place in one step. Choose a folder in it: --output {output / 'site'}."
        return OutputProblem(f"{output} could not be replaced: {reason(error)}. {hint} {_AS_IT_WAS}")
    return OutputProblem(f"{path} could not be written: {reason(error)}. {_AS_IT_WAS}")


_AS_IT_WAS = "The published folder is as it was."
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def _replace_one(output: Path, plan: planning.Plan, content: bytes | Path | None, *, durable: bool) -> None:
    assert content is not None
    path = _inside(plan.write[0].path)

    def prepare(before: Path, fresh: Path, manifest: Path) -> None:
        link_or_copy(f"{output}/{path}", str(before))
        _write_content(str(fresh), content)
        _write(str(manifest), planning.encode(plan.manifest))
        if durable:
            flush(manifest.parent)

    replace_file(output, path, prepare)


def _base(output: Path, previous: Path, plan: planning.Plan) -> Base | None:
    """Return the base folder for a complete plan."""
    keep = {action.path for action in plan.keep}
    made = {action.path for actions in (plan.write, plan.delete) for action in actions}
    return prepare_base(output, previous, keep, made, ())


def _stage_on_mirror(
    new: Path, plan: planning.Plan, contents: Mapping[str, bytes | Path | None], mirrored: Mirror, *, staged: bool
) -> Staged | None:
    """Stage the new folder in one that mirrors the output, and return what was done; None, and nothing is staged, if that fails.

    The result is that of `stage_all`: all files of the output, without those to delete, with those to write. If files were `staged` already, `OSError` is raised instead.
    """
    top = os.fspath(new)
    write, delete = [action.path for action in plan.write], [action.path for action in plan.delete]
    try:
        for action in plan.keep:
            if action.path.rpartition("/")[0] in mirrored.listed:
                os.lstat(f"{top}/{action.path}")  # it may have been deleted since the plan was made
        for path in delete:
            remove_file(top, path)
        unstaged = [(path, content) for path in write if (content := contents[path]) is not None]
        for folder in {folder_of(_inside(path)) for path, _ in unstaged}:
            make_folders(top, folder)
        for path, content in unstaged:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{top}/{path}")  # noqa: PTH108 - as a string: so often is this done
            _write_content(f"{top}/{path}", content)
    except OSError:  # `stage_all` reports it
        if staged:
            raise
        delete_folder(new)
        return None
    touched = mirrored.touched.union(*map(parents, write), *map(parents, delete))
    return Staged([*write, *mirrored.copied], delete, mirrored.stamps(), touched)


def stage_all(new: Path, output: Path, plan: planning.Plan, contents: Mapping[str, bytes | Path | None], there: AbstractSet[str]) -> Staged:
    """Stage the new folder, and return what was done. It may have files already: hard links to those of the output (`there`), and those whose contents are None."""
    made: set[str] = set()
    copied = []

    top = os.fspath(new)

    def folder_for(path: str) -> None:
        folder = folder_of(_inside(path))
        if folder not in made:
            _make(f"{top}/{folder}")
            made.add(folder)

    since = mirror.changed_at(new)
    for action in plan.keep:
        if action.path in there:
            continue
        folder_for(action.path)
        if not link_or_copy(f"{output}/{action.path}", f"{top}/{action.path}"):
            copied.append(action.path)
    for action in plan.write:
        content = contents[action.path]
        if content is not None:
            if action.path in there:
                os.unlink(f"{new}/{action.path}")  # noqa: PTH108 - as a string: so often is this done
            folder_for(action.path)
            _write_content(f"{new}/{action.path}", content)
    listed: dict[str, StampPair] = {}
    others = _carry_over_foreign(
        new, output, plan, lambda path: listed.update({path: (*UNKNOWN, *mirror.stamp(f"{output}/{path}", since))})
    )
    copied += (path for path, linked in others.items() if linked is False)
    written = {*(action.path for action in plan.write), *(path for path, content in contents.items() if content is None), *copied}
    folders = folders_of(itertools.chain((action.path for actions in (plan.keep, plan.write) for action in actions), others))
    folders.update(path for path, linked in others.items() if linked is None)
    return Staged(list(written), [action.path for action in plan.delete], listed, folders)


def _carry_over_foreign(new: Path, output: Path, plan: planning.Plan, listing: Callable[[str], None]) -> dict[str, bool | None]:
    """Link or copy files into the new folder that Backstory did not make: only what the manifest lists is ever deleted. Return path → whether it is a hard link, None for a folder."""
    ours = {action.path for actions in (plan.write, plan.keep, plan.delete) for action in actions}
    others: dict[str, bool | None] = {}
    for path, is_folder in foreign_files(os.fspath(output), ours, listing):
        try:
            if is_folder:
                (new / path).mkdir(parents=True)
                shutil.copystat(output / path, new / path)
                others[path] = None
            else:
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                others[path] = link_or_copy(f"{output}/{path}", f"{new}/{path}")
        except (FileExistsError, NotADirectoryError) as error:
            raise _not_ours(output / path) from error
    return others


def _not_ours(path: Path) -> OutputProblem:
    return OutputProblem(f"{path} was not made by Backstory, and lies where a file of the site must go. Move it away. {_AS_IT_WAS}")


def _inside(path: str) -> str:
    if not is_inside(path):
        message = f"{path} would lie outside of the output folder"
        raise ValueError(message)
    return path


def _write_content(path: str, content: bytes | Path) -> None:
    if isinstance(content, bytes):
        _write(path, content)
        return
    with content.open("rb") as stream:
        _write(path, iter(lambda: stream.read(1 << 20), b""))


def _write(path: str, data: bytes | Iterable[bytes]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        for piece in (data,) if isinstance(data, bytes) else data:
            view = memoryview(piece)
            while view:
                view = view[os.write(handle, view) :]
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(handle)
