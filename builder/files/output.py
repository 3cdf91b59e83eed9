"""The output folder: what it was made from, and how it becomes what the plan says, in one step.

A build is laid beside the folder, kept files as hard links, and then the two change places (`switching`). Killed at any moment, it leaves the old folder or the new one;
what it left lying is cleared away by the next build. What was there before is kept, out of the readers' way, as the ground on which the next one is laid.
"""

import contextlib
import errno
import os
import shutil
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from builder import plan as planning
from builder.files.memo import KEPT
from builder.files.reading import reason
from builder.files.switching import OutputProblem, beside, clear, exchange, is_inside, put


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
    """Delete an output folder but for what others put there, or a folder that is `ours` whatever it holds; say whether there was one.

    `OutputProblem` where we did not make it, or the disk refuses.
    """
    folder = folder.resolve()
    if not folder.exists():
        return False
    made = planning.Manifest() if ours else manifest(folder)
    others = not ours and any(_of_others(folder, made.files.keys()))
    if others and not made.files:
        message = f"{folder} has files in it that Backstory did not make. Nothing was deleted."
        raise OutputProblem(message)
    try:
        if others:
            _remove_listed(folder, made)
        else:
            # Out of the way in one step: half a folder would be no use to anybody.
            folder.rename(beside(folder, "new"))
            shutil.rmtree(beside(folder, "new"))
    except OSError as error:
        message = f"{error.filename or folder} could not be deleted: {reason(error)}."
        raise OutputProblem(message) from error
    return True


def _remove_listed(folder: Path, made: planning.Manifest) -> None:
    """Delete what is ours from a folder, the manifest last: as long as it is there, this can be done again."""
    for path in (*made.files, planning.MANIFEST):
        if is_inside(path):
            (folder / path).unlink(missing_ok=True)
            for above in (folder / path).relative_to(folder).parents:
                with contextlib.suppress(OSError):
                    (folder / above).rmdir()


def present(output: Path, wanted: Iterable[str]) -> set[str]:
    """Return which of the wanted files are in the output folder."""
    if not output.is_dir():
        return set()
    folder, found, look_at = os.fspath(output), set(), os.lstat
    for path in wanted:
        try:
            if stat.S_ISREG(look_at(f"{folder}/{path}").st_mode):
                found.add(path)
        except OSError:
            continue
    return found


def published(output: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of files in the output folder, without those that cannot be read."""
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            found[path] = (output / path).read_bytes()
    return found


def lay(output: Path, path: str, data: bytes) -> None:
    """Lay one file of the new folder, before it is known what else it will hold. `OutputProblem` where the disk refuses: the output folder is then as it was.

    `output` is resolved: this is done for every page. For `apply` such a file has None for its contents; whoever never gets there calls `leave`.
    """
    file = f"{beside(output, 'new')}/{_inside(path)}"
    folder = file.rpartition("/")[0]
    try:
        # Most files are the only one of their folder, so it is made first: nothing is asked of the disk that it has to deny.
        try:
            os.mkdir(folder)  # noqa: PTH102 - as strings: so often is this done
        except FileExistsError:
            pass
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
        try:
            _write(file, data)
        except FileExistsError:  # of the ground; it may be the published one by another name, and is not written into
            os.unlink(file)  # noqa: PTH108 - as above
            _write(file, data)
    except OSError as error:
        raise _problem(error, output, path) from error


def former(root: Path, output: Path) -> Path:
    """Return where the site at `root` keeps the folder that an output folder was before."""
    return root / KEPT / "former" / f"{zlib.crc32(os.fsencode(output.resolve())):08x}"


def leave(output: Path) -> None:
    """Clear away what `lay` has laid for a build that comes to nothing."""
    clear(beside(output.resolve(), "new"))


def ground(output: Path, former: Path, wanted: AbstractSet[str]) -> AbstractSet[str] | None:
    """Lay the folder that was published before the present one as the ground of the next: thousands of folders need not be made and taken away again.

    All that is not `wanted` in the new folder is taken out of it, and every file that is not the very one of the output. `former` is where it is kept. Return the
    files that lie there then, for `apply`; None where there is no such ground. Who calls it is `alone` at the output, and lays or applies next, or calls `leave`.
    """
    output = output.resolve()
    new = beside(output, "new")
    try:
        former.rename(new)
    except OSError:  # there is none, or it lies on another disk
        return None
    try:
        return _still_there(new, output, wanted)
    except BaseException as error:
        clear(new)
        if isinstance(error, OSError):
            return None
        raise


def apply(
    output: Path,
    plan: planning.Plan,
    contents: Mapping[str, bytes | Path | None],
    *,
    laid: bool = False,
    there: AbstractSet[str] | None = None,
    former: Path | None = None,
) -> None:
    """Bring the output folder to what the plan says, in one step. Who calls it is `alone` there.

    `contents` has the bytes of each file to write, or the file to copy, None for one that was laid, with `laid`; `there` is what the `ground` had where files were laid on one.
    `former` is where the folder that was there before is kept, and where the ground comes from otherwise. `OutputProblem` where the disk refuses: the folder is then as it was.
    """
    output = output.resolve()
    new = beside(output, "new")
    if not plan.changes and (output / planning.MANIFEST).exists():
        if former is not None and there is not None:  # the ground waits for the next
            _put_away(new, former)
        return
    only = plan.write[0].path if len(plan.write) == 1 and not plan.delete and not laid else ""
    try:
        if only and all(_is_file(output / path) for path in (only, planning.MANIFEST)):
            _put_one(output, plan, contents[only])
            return
        try:
            if former is not None and not laid:
                there = ground(output, former, {step.path for step in plan.keep})
            new.mkdir(parents=True, exist_ok=laid or there is not None)
            _lay(new, output, plan, contents, there or frozenset())
            exchange(new, output)
        except BaseException:
            clear(new)
            raise
    except OSError as error:
        raise _problem(error, output, only) from error
    with contextlib.suppress(KeyboardInterrupt):  # it is done
        if former is not None:
            _put_away(new, former)
        clear(new)


def _put_away(new: Path, former: Path) -> None:
    """Keep what was published before as the ground of the next build. A disk that refuses costs that one time."""
    clear(former)
    with contextlib.suppress(OSError):
        former.parent.mkdir(parents=True, exist_ok=True)
        new.rename(former)


def _still_there(new: Path, output: Path, keep: AbstractSet[str]) -> set[str]:
    """Take everything out of a folder but the files to keep that are the very ones of the output, and the folders of such; return these."""
    folders, there = _folders_of(keep), set()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{new}/{folder}") as found:
            entries = list(found)
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if path in folders:
                    waiting.append(f"{path}/")
                else:
                    shutil.rmtree(entry.path)
            elif path in keep and _is_same(entry.stat(follow_symlinks=False), f"{output}/{path}"):
                there.add(path)
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as a string: so often is this done
    return there


def _is_same(one: os.stat_result, path: str) -> bool:
    """Say whether a file is the one at `path`: two names for one thing, not two things that are alike."""
    other = os.lstat(path)
    return (one.st_ino, one.st_dev, one.st_mode, one.st_size, one.st_mtime_ns) == (
        other.st_ino,
        other.st_dev,
        other.st_mode,
        other.st_size,
        other.st_mtime_ns,
    )


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _problem(error: OSError, output: Path, one: str) -> OutputProblem:
    names = [Path(os.fsdecode(name)) for name in (error.filename2, error.filename) if name is not None]
    path = output if output in names or not names else names[0]
    for laid in (beside(output, "new"), beside(output, "one")):
        if path == laid:
            hint = f"The new folder is laid beside the old one: {output.parent} must be yours to write in. "
            return OutputProblem(f"{path} could not be made: {reason(error)}. {hint if error.errno in _REFUSED else ''}{_AS_IT_WAS}")
        if path.is_relative_to(laid):
            path = output / (path.relative_to(laid) if laid == beside(output, "new") else one)
    if error.errno in {errno.EBUSY, errno.EXDEV} and path == output:
        hint = f"It is a disk of its own, and nothing can take its place in one step. Choose a folder in it: --output {output / 'site'}."
        return OutputProblem(f"{output} could not be replaced: {reason(error)}. {hint} {_AS_IT_WAS}")
    return OutputProblem(f"{path} could not be written: {reason(error)}. {_AS_IT_WAS}")


_AS_IT_WAS = "The published folder is as it was."
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def _put_one(output: Path, plan: planning.Plan, content: bytes | Path | None) -> None:
    assert content is not None
    path = _inside(plan.write[0].path)

    def prepare(before: Path, fresh: Path, manifest: Path) -> None:
        _link_or_copy(f"{output}/{path}", str(before))
        _put(str(fresh), content)
        _write(str(manifest), planning.encode(plan.manifest))

    put(output, path, prepare)


def _lay(new: Path, output: Path, plan: planning.Plan, contents: Mapping[str, bytes | Path | None], there: AbstractSet[str]) -> None:
    made: set[str] = set()

    def folder_for(path: str) -> None:
        folder = _inside(path).rpartition("/")[0]
        if folder not in made:
            (new / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)

    for step in plan.keep:
        if step.path in there:
            continue
        folder_for(step.path)
        _link_or_copy(f"{output}/{step.path}", f"{new}/{step.path}")
    for step in plan.write:
        content = contents[step.path]
        if content is not None:
            if step.path in there:
                os.unlink(f"{new}/{step.path}")  # noqa: PTH108 - as a string: so often is this done
            folder_for(step.path)
            _put(f"{new}/{step.path}", content)
    _keep_what_is_not_ours(new, output, plan)
    _write(f"{new}/{planning.MANIFEST}", planning.encode(plan.manifest))
    if output.is_dir():
        shutil.copymode(output, new)


def _keep_what_is_not_ours(new: Path, output: Path, plan: planning.Plan) -> None:
    """Take over what others have put into the folder: only what the manifest lists is ever deleted."""
    ours = {step.path for steps in (plan.write, plan.keep, plan.delete) for step in steps}
    for path, is_folder in _of_others(output, ours):
        try:
            if is_folder:
                (new / path).mkdir(parents=True)
                shutil.copystat(output / path, new / path)
            else:
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                _link_or_copy(f"{output}/{path}", f"{new}/{path}")
        except (FileExistsError, NotADirectoryError) as error:
            message = f"{output / path} was not made by Backstory, and lies where a page of the site must go. Move it away. {_AS_IT_WAS}"
            raise OutputProblem(message) from error


def _of_others(output: Path, ours: AbstractSet[str]) -> Iterator[tuple[str, bool]]:
    """Yield what lies in an output folder besides the files that are ours: paths, and whether it is a folder, which comes before what is in it."""
    folders = _folders_of(ours)
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(output / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
                if path not in folders:
                    yield path, True
            elif path not in ours and path != planning.MANIFEST:
                yield path, False


def _folders_of(files: Iterable[str]) -> set[str]:
    """Return the folders that files lie in, and those above."""
    folders = {""}
    for path in files:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def _inside(path: str) -> str:
    if not is_inside(path):
        message = f"{path} would lie outside of the output folder"
        raise ValueError(message)
    return path


def _put(path: str, content: bytes | Path) -> None:
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


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except (FileNotFoundError, FileExistsError, NotADirectoryError):
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)
