"""The changes of a publish to its target, in an order in which readers never see a page without the files it needs.

Assets first; then new pages, which nothing links to yet; then changed pages, whose links now have targets; then lists and feeds, which link to all of them;
last, files that nothing links to any more are deleted. Where a host replaces the whole site in one step, the order does not matter.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from builder.publish.problems import NothingSent, PublishProblem
from builder.publish.upload import ASSET, PAGE, Upload, UploadFile

Each = Callable[[Callable[[str], bool], Iterable[str]], Iterable[bool]]
"""A function that applies another to several paths, as `map` does."""


class Changes(msgspec.Struct, frozen=True):
    """The files of a site and of a target, by what publishing does to them."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    deleted: tuple[str, ...]

    @property
    def existing(self) -> int:
        """Number of our files at the target now."""
        return len(self.changed) + len(self.same) + len(self.deleted)

    @property
    def any(self) -> bool:
        """Whether anything is to be sent or deleted."""
        return bool(self.new or self.changed or self.deleted)


def compare(upload: Upload, existing: Mapping[str, bool], ours: Collection[str]) -> Changes:
    """Compare an upload with a target.

    `existing` maps each file at the target to whether it is as it should be; `ours` are those that Backstory put there.
    """
    return Changes(
        tuple(path for path in upload.files if path not in existing),
        tuple(path for path in upload.files if existing.get(path) is False),
        tuple(path for path in upload.files if existing.get(path) is True),
        tuple(sorted(path for path in ours if path in existing and path not in upload.files)),
    )


def is_all_ours(
    paths: Collection[str], upload: Upload, is_version: Callable[[str, tuple[UploadFile, ...]], bool], each: Each = map
) -> bool:
    """Return whether every file at a target is one of this site, as it is now or as an earlier release had it, byte for byte.

    `is_version` gets the path of a file at the target and the versions of the file; `each` applies it to all paths.
    """
    versions = {path: tuple(upload.versions(path)) for path in paths}
    return all(versions.values()) and all(each(lambda path: is_version(path, versions[path]), versions))


def foreign_files_problem(where: str) -> PublishProblem:
    """Return the problem of a folder to publish to with files in it that are not of the site."""
    return NothingSent(f"{where} has files in it that Backstory did not put there.", "Choose another folder, or empty this one yourself.")


def refuse_conflicts(upload: Upload, foreign: Iterable[str], where: str) -> None:
    """Raise `PublishProblem` if a foreign file at the target is in the place of a folder of the site, or its folder in the place of a file. `where` is the target, for the message."""
    folders = {str(folder) for path in upload.files for folder in PurePosixPath(path).parents}
    for path in sorted(foreign):
        if path in folders or any(str(folder) in upload.files for folder in PurePosixPath(path).parents):
            raise conflict_problem(path, where)


def conflict_problem(path: str, where: str) -> PublishProblem:
    """Return the problem of a foreign file or folder at the target that is in the place of one of the site."""
    return NothingSent(
        f"{path} at {where} was not put there by Backstory, and lies where files of the site must go.",
        "Move it away there, or rename yours.",
    )


def overtaken_problem(where: str) -> PublishProblem:
    """Return the problem of a target that another process has changed since it was compared."""
    return NothingSent(f"{where} was changed by another process in the meantime.", "Publish again.")


def restored_note(where: str) -> str:
    """Return the note on a target whose list was lost and is made again."""
    return f"The list of Backstory’s files at {where} was missing. Every file there is one of this site, so the list was made again."


def batches_to_send(upload: Upload, changes: Changes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the batches in which to send files: a name for messages, and paths. Deletions come after all batches."""
    sent = sorted((*changes.new, *changes.changed))
    fresh = set(changes.new)
    kinds = {path: upload.files[path].kind for path in sent}
    yield "assets", tuple(path for path in sent if kinds[path] == ASSET)
    yield "new pages", tuple(path for path in sent if kinds[path] != ASSET and path in fresh)
    yield "pages", tuple(path for path in sent if kinds[path] == PAGE and path not in fresh)
    yield "lists and feeds", tuple(path for path in sent if kinds[path] not in {ASSET, PAGE} and path not in fresh)
