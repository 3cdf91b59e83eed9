"""The last releases of a target, kept on this machine so that one can be brought back.

    .backstory/releases/NAME/index.json     the releases, the oldest first
    .backstory/releases/NAME/objects/…      the bytes of their files, each once, by digest

Only what was published is kept, of `KEPT_RELEASES` releases.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from builder.content.reading import reason
from builder.incremental.small_files import STATE_FOLDER, remember
from builder.output import OutputProblem, is_inside, locked
from builder.output.regular_files import read_ordinary
from builder.publish.problems import NothingSent, PublishProblem
from builder.publish.upload import LIST, Upload, UploadFile, sha256

KEPT_RELEASES = 3
"""Number of releases that are kept of each target."""

OF_TOOL = ("assets/", "pagefind/")
"""Folders whose files are no addresses of the site: what pages load, under names that change."""

_DIGEST = re.compile(r"[0-9a-f]{64}")

_SPARED = frozenset({"releases", "edits", "publishing"})
"""What `forget` leaves in `.backstory/`; all else only saves time, and may hold the text of a page."""


class KeptFile(msgspec.Struct, frozen=True):
    """A file of a release."""

    kind: str
    size: int
    digest: str


class Release(msgspec.Struct, frozen=True, rename={"withdrawn": "forgotten"}):
    """The files that were published at one time."""

    name: str
    """Its time in UTC, as on the command line: `2026-11-30-021200`."""
    files: Mapping[str, KeptFile]
    redirects: int = 0
    withdrawn: tuple[str, ...] = ()
    """Files that `--forget` has taken out."""
    former: tuple[str, ...] = ()
    """The names of the same release before it was brought back: each finds it."""


def list_releases(root: Path, target: str) -> tuple[Release, ...]:
    """Return the kept releases of a target of the site at `root`, the oldest first.

    Raises `PublishProblem` if there is a list that cannot be read: to go on without it would delete the bytes that it names, and bring back what `forget` took out.
    """
    index = _folder(root, target) / "index.json"
    if not os.path.lexists(index):
        return ()
    if not index.is_file():  # reading a pipe would wait for ever
        raise _unreadable(index, "it is no file")
    try:
        found = msgspec.json.decode(index.read_bytes(), type=tuple[Release, ...])
    except OSError as error:
        raise _unreadable(index, reason(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unreadable(index, "it is damaged") from error
    if outside := next((path for release in found for path in release.files if not is_inside(path)), ""):
        raise _unreadable(index, f"it names “{outside}”, which is no file of a site")
    if any(
        not _DIGEST.fullmatch(file.digest) for release in found for file in release.files.values()
    ):  # as a path, it could lead to any file
        raise _unreadable(index, "it names a file by what is no digest")
    return found


def _unreadable(index: Path, why: str) -> PublishProblem:
    return NothingSent(
        f"The list of the kept releases cannot be read: {index}: {why}.",
        f"Bring the file back from a copy, or delete the folder {index.parent}: then no earlier release can be brought back.",
    )


def kept_targets(root: Path) -> tuple[str, ...]:
    """Return the names of all targets of which releases are kept, also those that the settings no longer have."""
    return tuple(sorted(index.parent.name for index in (root / STATE_FOLDER / "releases").glob("*/index.json")))


def is_last(root: Path, target: str, upload: Upload) -> bool:
    """Return whether an upload is the last kept release with all its bytes, but for what `forget` has taken out of it."""
    kept = list_releases(root, target)
    if not kept or kept[-1].files != {path: file for path, file in _kept_files(upload).items() if path not in kept[-1].withdrawn}:
        return False
    return all(_object(_folder(root, target), file.digest).is_file() for file in kept[-1].files.values())


def _kept_files(upload: Upload) -> dict[str, KeptFile]:
    return {path: KeptFile(file.kind, file.size, file.digest) for path, file in upload.files.items()}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from the releases of a target: what one of them keeps, another would delete as needed by none."""
    try:
        with locked(folder):
            yield
    except OutputProblem as problem:
        raise PublishProblem(str(problem)) from problem


def keep_release(root: Path, target: str, upload: Upload, name: str) -> None:
    """Keep an upload that has arrived as a release. Raises `PublishProblem` if the disk refuses."""
    with _alone(_folder(root, target)):
        _keep(root, target, upload, name)


def _keep(root: Path, target: str, upload: Upload, name: str) -> None:
    folder = _folder(root, target)
    before = list_releases(root, target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        for file in upload.files.values():
            path = _object(folder, file.digest)
            if not (path.is_file() and path.stat().st_size == file.size) and not remember(path, file.read()):
                raise PublishProblem(f"This release could not be kept, so it cannot be brought back later: {path} could not be written.")
    except OSError as error:
        raise PublishProblem(f"This release could not be kept, so it cannot be brought back later: {folder}: {reason(error)}.") from error
    files = _kept_files(upload)
    same = [release for release in before if release.files == files]
    former = tuple(dict.fromkeys(old for release in same for old in (*release.former, release.name)))
    before = tuple(release for release in before if release.files != files)  # one that was brought back is kept once
    name = _free_name(name, before)
    _save(folder, (*before, Release(name, files, upload.redirects, former=former)))


def _free_name(name: str, releases: Iterable[Release]) -> str:
    taken = {release.name for release in releases}
    return next(candidate for n in range(1, len(taken) + 2) if (candidate := name if n == 1 else f"{name}-{n}") not in taken)


def _digests(files: Mapping[str, KeptFile]) -> dict[str, str]:
    return {path: file.digest for path, file in files.items()}


def keep_history(root: Path, target: str, found: Iterable[tuple[str, Mapping[str, UploadFile]]]) -> None:
    """Keep releases that the host still has: each with its name. What is kept already stays, and files that `forget` has taken out stay out.

    Raises `PublishProblem` if the disk refuses.
    """
    with _alone(_folder(root, target)):
        _keep_history(root, target, found)


def _keep_history(root: Path, target: str, found: Iterable[tuple[str, Mapping[str, UploadFile]]]) -> None:
    folder, before = _folder(root, target), list_releases(root, target)
    withdrawn = {path for release in before for path in release.withdrawn}
    added: list[Release] = []
    for name, files in found:
        spared = {path: file for path, file in files.items() if path not in withdrawn}
        for file in spared.values():
            if not remember(_object(folder, file.digest), file.read()):
                raise PublishProblem(f"This release could not be kept, so it cannot be brought back: {folder} could not be written.")
        kept = {path: KeptFile(file.kind, file.size, file.digest) for path, file in spared.items()}
        added = [release for release in added if _digests(release.files) != _digests(kept)]  # one that was brought back is kept once
        if all(_digests(release.files) != _digests(kept) for release in before):
            own = _free_name(name, (*before, *added))
            added.append(Release(own, kept, withdrawn=tuple(sorted(withdrawn & files.keys()))))
    if added:
        _save(folder, sorted((*before, *added), key=lambda release: release.name))


def release_files(root: Path, target: str, release: Release, paths: Collection[str] | None = None) -> dict[str, UploadFile]:
    """Return the files of a release, or those at `paths`, to be sent again. Raises `PublishProblem` if one is not kept any more."""
    folder = _folder(root, target)
    files = {}
    for path, kept in release.files.items():
        if paths is None or path in paths:
            stored = _object(folder, kept.digest)
            if not stored.is_file():
                raise NothingSent(f"{path} of the release {release.name} is not kept any more.", "Build and publish instead.")
            files[path] = UploadFile(path, kept.kind, kept.size, kept.digest, stored)
    return files


def refuse_damaged(files: Mapping[str, UploadFile], release: Release) -> None:
    """Raise `PublishProblem` if the disk has changed a kept file, or does not give it out.

    Bytes that were read and are others are deleted, so that the next publish keeps them anew. What could not be read may be whole, and stays.
    """
    for path, file in files.items():
        if isinstance(file.source, Path) and sha256(_read_kept(file.source, f"{path} of the release {release.name}")) != file.digest:
            with contextlib.suppress(OSError):
                file.source.unlink()
            raise NothingSent(
                f"{path} of the release {release.name} is damaged on this disk.", "Bring another release back, or build and publish."
            )


def _read_kept(stored: Path, what: str) -> bytes:
    try:
        return read_ordinary(stored)
    except OSError as error:
        raise NothingSent(f"{what} cannot be read: {stored}: {reason(error)}.", "Try again, or build and publish.") from error


def versions(root: Path, target: str) -> dict[str, tuple[UploadFile, ...]]:
    """Return each file as the kept releases have it, the newest first."""
    found: dict[str, tuple[UploadFile, ...]] = {}
    for release in reversed(list_releases(root, target)):
        with contextlib.suppress(PublishProblem):
            for path, file in release_files(root, target, release).items():
                found[path] = (*found.get(path, ()), file)
    return found


def find_release(releases: Sequence[Release], name: str, where: str) -> Release:
    """Return the release called `name`, or the last but one, which is the one before what is published now, if that is "". Raises `PublishProblem` if there is none."""
    names = ", ".join(release.name for release in releases)
    if name:
        found = next((release for release in releases if name == release.name), None) or next(
            (release for release in reversed(releases) if name in release.former), None
        )
        if found is None:
            raise PublishProblem(f"No release “{name}” of {where} is kept here. " + (f"There are: {names}." if names else "None is."))
        return found
    if len(releases) < 2:
        raise PublishProblem(
            f"No earlier release of {where} is kept on this machine. Releases are kept from the second publish on; `backstory clean` deletes them."
        )
    return releases[-2]


def with_present(root: Path, target: str, old: Release, now: Release, withdrawn: Iterable[str]) -> dict[str, UploadFile]:
    """Return the files of a release without addresses that were `withdrawn` since: a file that names one of them, and all that is new since, is as in `now`.

    So no link leads nowhere, and nothing shows what was withdrawn.
    """
    gone = frozenset(withdrawn)
    before, present = release_files(root, target, old), release_files(root, target, now)
    names = tuple(sorted({address(path).encode() for path in gone}))
    spared = {
        path
        for path, file in before.items()
        if path.startswith("pagefind/") or _names_records_otherwise(path, file.kind) or contains_any(file, names)
    }
    spared |= {f"{path}{end}" for path in spared for end in (".gz", ".br")}
    return dict(sorted((present | {path: file for path, file in before.items() if path not in gone and path not in spared}).items()))


def _names_records_otherwise(path: str, kind: str) -> bool:
    """Return whether a file of data may name a page by its id or title alone, as calendars and tables do; the data of an explainer have addresses."""
    return kind == LIST and not path.endswith(".html") and not path.startswith("explainers/")


def address(path: str) -> str:
    """Return the address of an output file without what all pages share: `explainers/ferry/`."""
    return path.removesuffix("index.html") or path


def contains_any(file: UploadFile, names: Iterable[bytes]) -> bool:
    """Return whether the bytes of a file have one of these addresses in them."""
    data = file.read()
    return any(name in data for name in names)


def forget(root: Path, targets: Iterable[str], path: str) -> tuple[int, int]:
    """Take a page, or a folder of pages, out of all that is kept: its files, and those that name its address.

    Returns the number of releases that had it, and of files that were taken out. If no release has it, nothing is deleted. Raises `PublishProblem` if the disk refuses.
    """
    targets = tuple(targets)
    wanted = path.lstrip("/").removesuffix("index.html").rstrip("/")
    if not any(_is_below(wanted, file) for target in targets for release in list_releases(root, target) for file in release.files):
        return 0, 0
    releases = files = 0
    for target in targets:
        with _alone(_folder(root, target)):
            without = [*_without(root, target, wanted)]
            releases += sum(bool(out) for _, out in without)
            files += sum(len(out) for _, out in without)
            if without:
                _save(_folder(root, target), [release for release, _ in without])
    for found in (root / STATE_FOLDER).glob("*"):
        if found.name not in _SPARED:
            try:
                shutil.rmtree(found) if found.is_dir() and not found.is_symlink() else found.unlink()
            except OSError as error:
                raise PublishProblem(
                    f"{error.filename or found} could not be deleted: {reason(error)}. Delete it yourself, or try again."
                ) from error
    return releases, files


def _without(root: Path, target: str, wanted: str) -> Iterator[tuple[Release, frozenset[str]]]:
    """Yield each release without the pages at or below an address, and without what names them; and these files."""
    for release in list_releases(root, target):
        out = frozenset(_files_to_forget(_folder(root, target), release, wanted))
        kept = {name: file for name, file in release.files.items() if name not in out}
        yield msgspec.structs.replace(release, files=kept, withdrawn=tuple(sorted({*release.withdrawn, *out}))), out


def _files_to_forget(folder: Path, release: Release, wanted: str) -> Iterator[str]:
    # “explainers/ferry” is not named by “explainers/ferry-2/”.
    named = re.compile(rb"(?<![\w-])" + re.escape(wanted.encode()) + rb"(?![\w-])")
    telling = {path for path, kept in release.files.items() if _is_below(wanted, path) or _has(_object(folder, kept.digest), named)}
    if telling:  # the search has the words of all pages, packed, as have the copies for hosts
        telling |= {path for path, kept in release.files.items() if _names_records_otherwise(path, kept.kind)}
        packed = {f"{path}{end}" for path in telling for end in (".gz", ".br")}
        yield from (path for path in release.files if path in telling or path in packed or path.startswith("pagefind/"))


def _has(stored: Path, named: re.Pattern[bytes]) -> bool:
    try:
        return named.search(read_ordinary(stored)) is not None
    except FileNotFoundError:
        return False
    except OSError as error:
        raise PublishProblem(f"{stored} cannot be read, so nobody knows whether it names the page: {reason(error)}. Try again.") from error


def _is_below(wanted: str, path: str) -> bool:
    return path == wanted or path.startswith(f"{wanted}/")


def pages(root: Path, targets: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of all pages in the kept releases."""
    found = {
        file for target in targets for release in list_releases(root, target) for file in release.files if file.endswith("/index.html")
    }
    return tuple(sorted(map(address, found)))


def _save(folder: Path, releases: Sequence[Release]) -> None:
    """Write the list of releases, without those that are too many, and delete what none of them has."""
    last = tuple(releases)[-KEPT_RELEASES:]
    if not remember(folder / "index.json", msgspec.json.encode(last)):
        raise PublishProblem(f"{folder / 'index.json'} could not be written, so this release cannot be brought back later.")
    needed = {_object(folder, file.digest) for release in last for file in release.files.values()}
    for found in (folder / "objects").glob("*/*"):
        if found not in needed:
            with contextlib.suppress(OSError):
                found.unlink()


def _folder(root: Path, target: str) -> Path:
    return root / STATE_FOLDER / "releases" / target


def _object(folder: Path, digest: str) -> Path:
    return folder / "objects" / digest[:2] / digest[2:]
