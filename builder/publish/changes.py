"""What publishing will do to a target, and in which order, so that no reader ever meets a page without what it needs.

Assets first; then pages that are new, which no page leads to yet; then pages that change, whose links now lead somewhere; then lists and feeds, which lead to all of them;
and last, what nothing leads to any more is deleted. Where a host changes places in one step, the order does not matter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from builder.publish.problems import PublishProblem
from builder.publish.upload import ASSET, PAGE, Upload


class Changes(msgspec.Struct, frozen=True):
    """All files of a site and of a target, by what becomes of them."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    deleted: tuple[str, ...]

    @property
    def held(self) -> int:
        """How many files of ours are at the target now."""
        return len(self.changed) + len(self.same) + len(self.deleted)

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.new or self.changed or self.deleted)


def changes(upload: Upload, there: Mapping[str, bool], ours: Collection[str]) -> Changes:
    """Compare.

    `there` maps the files at the target to whether they are as they shall be; `ours` are those that we put there.
    """
    return Changes(
        tuple(path for path in upload.files if path not in there),
        tuple(path for path in upload.files if there.get(path) is False),
        tuple(path for path in upload.files if there.get(path) is True),
        tuple(sorted(path for path in ours if path in there and path not in upload.files)),
    )


def make_way(upload: Upload, others: Iterable[str], where: str) -> None:
    """Refuse (`PublishProblem`) where one of the files that `others` have at the target lies where the site has a folder, or in what is a file of the site."""
    folders = {str(folder) for path in upload.files for folder in PurePosixPath(path).parents}
    for path in sorted(others):
        if path in folders or any(str(folder) in upload.files for folder in PurePosixPath(path).parents):
            raise in_the_way(path, where)


def in_the_way(path: str, where: str) -> PublishProblem:
    """Return the problem with a file or folder of others at the target, which the site cannot lie beside."""
    return PublishProblem(
        f"{path} at {where} was not put there by Backstory, and lies where files of the site must go. Nothing was sent. Move it away there, or rename yours."
    )


def passes(upload: Upload, made: Changes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is to be sent, one pass after the other, each with what to call it. Deletions come after them."""
    sent = sorted((*made.new, *made.changed))
    fresh = set(made.new)
    kinds = {path: upload.files[path].kind for path in sent}
    yield "assets", tuple(path for path in sent if kinds[path] == ASSET)
    yield "new pages", tuple(path for path in sent if kinds[path] != ASSET and path in fresh)
    yield "pages", tuple(path for path in sent if kinds[path] == PAGE and path not in fresh)
    yield "lists and feeds", tuple(path for path in sent if kinds[path] not in {ASSET, PAGE} and path not in fresh)
