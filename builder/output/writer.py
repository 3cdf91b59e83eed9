"""The output folder: what it was made from, and how it becomes what the plan says, in one step.

A build is laid beside the folder, kept files as hard links, and then the two change places (`switching`). Killed at any moment, it leaves the old folder or the new one;
what it left lying is cleared away by the next build. What was there before is kept, out of the readers' way, as the ground on which the next one is laid (`earlier`):
by what is known of it, if the last build left that (`_relay`, `likeness`), or by comparing all (`_lay`); before the pages are made, where each is laid as soon as it is. Both leave the same.
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
from builder.output.folders import above, folder_of, folders_of, link_or_copy, make, of_others, take_out
from builder.output.mirror import UNKNOWN, Alike, Laid, Row
from builder.output.previous import Ground, ground as ground_of, put_away
from builder.output.swap import OutputProblem, beside, clear, exchange, is_inside, put


def manifest(output: Path) -> planning.Manifest:
    """Return what the output folder was made from; an empty manifest where it is new or empty. What it lists outside of the folder is not ours, and left out.

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
    if found is None:
        return planning.Manifest()
    # Whatever deletes and replaces goes by these paths. All are looked at in one go: there are thousands, and mostly all are right.
    if not is_inside("/".join(found.files)):
        return msgspec.structs.replace(found, files={path: made for path, made in found.files.items() if is_inside(path)})
    return found


def remove(folder: Path, *, ours: bool = False) -> bool:
    """Delete an output folder but for what others put there, or a folder that is `ours` whatever it holds; say whether there was one.

    Of a link in the place of the latter only the link goes: what lies behind it was made by somebody else. `OutputProblem` where we did not make it, or the disk refuses.
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
    made = planning.Manifest() if ours else manifest(folder)
    others = not ours and any(of_others(os.fspath(folder), made.files.keys()))
    if others and not made.files:
        message = f"{folder} has files in it that Backstory did not make. Nothing was deleted."
        raise OutputProblem(message)
    try:
        if others:
            _remove_listed(folder, made)
        else:
            # Out of the way in one step: half a folder would be no use to anybody.
            gone = folder.rename(beside(folder, "new"))
            clear(gone)
            if gone.exists():
                shutil.rmtree(gone)  # which tells why it cannot
    except OSError as error:
        raise _not_deleted(error, folder) from error
    return True


def _not_deleted(error: OSError, folder: Path) -> OutputProblem:
    return OutputProblem(f"{error.filename or folder} could not be deleted: {reason(error)}.")


def _remove_listed(folder: Path, made: planning.Manifest) -> None:
    """Delete what is ours from a folder, the manifest last: as long as it is there, this can be done again."""
    for path in (*made.files, planning.MANIFEST):
        if is_inside(path):
            (folder / path).unlink(missing_ok=True)
            for parent in (folder / path).relative_to(folder).parents:
                with contextlib.suppress(OSError):
                    (folder / parent).rmdir()


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


def make_way(output: Path, fresh: Iterable[str], ours: Iterable[str]) -> None:
    """Refuse (`OutputProblem`) where one of the files to come, `fresh`, is there already though it is not among those that are `ours`: others put it there."""
    folder = os.fspath(output)
    there = []
    for path in fresh:
        try:
            if not stat.S_ISDIR(os.lstat(f"{folder}/{path}").st_mode):
                there.append(path)
        except OSError:
            continue
    # Some systems take A.jpg and a.jpg for one: then it is ours by its old name.
    known = {urls.alike(one) for one in ours} if there else set()
    for path in there:
        if urls.alike(path) not in known:
            raise _not_ours(output / path)


def published(output: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of files in the output folder, without those that cannot be read."""
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            found[path] = (output / path).read_bytes()
    return found


def published_file(output: Path, path: str) -> bytes | None:
    """Return a file of the output as it lies there; None where it does not."""
    try:
        return (output / path).read_bytes()
    except OSError:
        return None


def lay(output: Path, path: str, data: bytes) -> None:
    """Lay one file of the new folder, before it is known what else it will hold. `OutputProblem` where the disk refuses: the output folder is then as it was.

    `output` is resolved: this is done for every page. For `apply` such a file has None for its contents; whoever never gets there calls `leave`.
    """
    file = f"{beside(output, 'new')}/{_inside(path)}"
    folder = file.rpartition("/")[0]
    try:
        _make(folder)
        try:
            _write(file, data)
        except FileExistsError:  # of the ground; it may be the published one by another name, and is not written into
            os.unlink(file)  # noqa: PTH108 - as above
            _write(file, data)
    except OSError as error:
        raise _problem(error, output, path) from error


def _make(folder: str) -> None:
    # Most files are the only one of their folder, so it is made first: nothing is asked of the disk that it has to deny.
    try:
        os.mkdir(folder)  # noqa: PTH102 - as strings: so often is this done
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above


def leave(output: Path) -> None:
    """Clear away what `lay` has laid for a build that comes to nothing."""
    clear(beside(output.resolve(), "new"))


def apply(
    output: Path,
    plan: planning.Plan,
    contents: Mapping[str, bytes | Path | None],
    *,
    laid: bool = False,
    ground: Ground | None = None,
    former: Path | None = None,
) -> None:
    """Bring the output folder to what the plan says, in one step. Who calls it is `alone` there.

    `contents` has the bytes of each file to write, or the file to copy, None for one that was laid, with `laid`; `ground` is that on which they were laid, if there was one.
    `former` is where the folder that was there before is kept, and where the ground comes from otherwise. `OutputProblem` where the disk refuses: the folder is then as it was.
    """
    output = output.resolve()
    new = beside(output, "new")
    if not plan.changes and (output / planning.MANIFEST).exists():
        if former is not None and ground is not None:  # which waits for the next
            put_away(new, former)
        return
    only = plan.write[0].path if len(plan.write) == 1 and not plan.delete and not laid else ""
    known = None
    try:
        if only and all(_is_file(output / path) for path in (only, planning.MANIFEST)):
            _put_one(output, plan, contents[only])
            return
        try:
            if former is not None and not laid:
                ground = _ground(output, former, plan)
            done = None
            if ground is not None and ground.alike is not None:
                done, ground = _relay(new, plan, contents, ground.alike, laid=laid), None
            if done is None:
                new.mkdir(parents=True, exist_ok=laid or ground is not None)
                done = _lay(new, output, plan, contents, ground.there if ground is not None else frozenset())
            _write(f"{new}/{planning.MANIFEST}", planning.encode(plan.manifest))
            if output.is_dir():
                shutil.copymode(output, new)
                known = mirror.known(new, output, done) if former is not None else None
            exchange(new, output)
        except BaseException:
            clear(new)
            raise
    except OSError as error:
        raise _problem(error, output, only) from error
    with contextlib.suppress(KeyboardInterrupt):  # it is done
        if former is not None:
            put_away(new, former, known)
        clear(new)


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
        link_or_copy(f"{output}/{path}", str(before))
        _put(str(fresh), content)
        _write(str(manifest), planning.encode(plan.manifest))

    put(output, path, prepare)


def _ground(output: Path, former: Path, plan: planning.Plan) -> Ground | None:
    """Return the ground for a build of which everything is known."""
    keep = {step.path for step in plan.keep}
    made = {step.path for steps in (plan.write, plan.delete) for step in steps}
    return ground_of(output, former, keep, made, ())


def _relay(new: Path, plan: planning.Plan, contents: Mapping[str, bytes | Path | None], alike: Alike, *, laid: bool) -> Laid | None:
    """Lay the new folder on one that was made like the output, and tell what was done; None where something stands in the way, and then nothing is laid.

    It comes out as `_lay` has it: all that the output holds, without what is deleted, with what is written. What was `laid` already stays: with it `OSError` tells what stands in the way.
    """
    top = os.fspath(new)
    write, delete = [step.path for step in plan.write], [step.path for step in plan.delete]
    try:
        for step in plan.keep:
            if step.path.rpartition("/")[0] in alike.listed:
                os.lstat(f"{top}/{step.path}")  # somebody may have taken it away since it was decided
        for path in delete:
            take_out(top, path)
        unlaid = [(path, content) for path in write if (content := contents[path]) is not None]
        for folder in {folder_of(_inside(path)) for path, _ in unlaid}:
            make(top, folder)
        for path, content in unlaid:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{top}/{path}")  # noqa: PTH108 - as a string: so often is this done
            _put(f"{top}/{path}", content)
    except OSError:  # whatever it was, the longer way tells it
        if laid:
            raise
        clear(new)
        return None
    touched = alike.touched.union(*map(above, write), *map(above, delete))
    return Laid([*write, *alike.copied], delete, alike.noted(), touched)


def _lay(new: Path, output: Path, plan: planning.Plan, contents: Mapping[str, bytes | Path | None], there: AbstractSet[str]) -> Laid:
    """Lay the new folder, and tell what was done. It may have files already: those that are `there`, which are the very ones of the output, and those whose contents are None."""
    made: set[str] = set()
    copied = []

    top = os.fspath(new)

    def folder_for(path: str) -> None:
        folder = folder_of(_inside(path))
        if folder not in made:
            _make(f"{top}/{folder}")
            made.add(folder)

    since = mirror.moment(new)
    for step in plan.keep:
        if step.path in there:
            continue
        folder_for(step.path)
        if not link_or_copy(f"{output}/{step.path}", f"{top}/{step.path}"):
            copied.append(step.path)
    for step in plan.write:
        content = contents[step.path]
        if content is not None:
            if step.path in there:
                os.unlink(f"{new}/{step.path}")  # noqa: PTH108 - as a string: so often is this done
            folder_for(step.path)
            _put(f"{new}/{step.path}", content)
    listed: dict[str, Row] = {}
    others = _keep_what_is_not_ours(
        new, output, plan, lambda path: listed.update({path: (*UNKNOWN, *mirror.mark(f"{output}/{path}", since))})
    )
    copied += (path for path, linked in others.items() if linked is False)
    written = {*(step.path for step in plan.write), *(path for path, content in contents.items() if content is None), *copied}
    folders = folders_of(itertools.chain((step.path for steps in (plan.keep, plan.write) for step in steps), others))
    folders.update(path for path, linked in others.items() if linked is None)
    return Laid(list(written), [step.path for step in plan.delete], listed, folders)


def _keep_what_is_not_ours(new: Path, output: Path, plan: planning.Plan, listing: Callable[[str], None]) -> dict[str, bool | None]:
    """Take over what others have put into the folder: only what the manifest lists is ever deleted. Return it, and whether each is the very same file; None for a folder."""
    ours = {step.path for steps in (plan.write, plan.keep, plan.delete) for step in steps}
    others: dict[str, bool | None] = {}
    for path, is_folder in of_others(os.fspath(output), ours, listing):
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
