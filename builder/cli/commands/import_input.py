"""The input of `backstory import` from the disk: a file or a folder, and the records of the site."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from builder import urls
from builder.build import load, master_tables
from builder.build.run import Run
from builder.content import reading
from builder.content.renaming.files import bodies
from builder.importing.importer_types import ACTOR, EVENT, SOURCE, File, ImportInput, ImportProblem
from builder.importing.notes import ENDINGS
from builder.importing.record_ids import ExistingRecords, event_mark, identifiers_of
from builder.importing.unpacking import open_package, read_bytes
from builder.model import Actor, Document, Embed, Event, Link, Source

LARGEST = 64_000_000
"""Bytes of a file."""
LARGEST_FOLDER = 400_000_000
MOST_FILES = 20_000

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
_BESIDE = (*PICTURES, ".pdf")

_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "content.xml", "word/document.xml", "xl/workbook.xml"})
"""Parts of the packages of office programs: an archive of documents has them only within these."""

_PASSED_OVER = {"node_modules", "_site", "__pycache__", "__MACOSX"}


def read_inputs(paths: list[Path]) -> list[tuple[Path, ImportInput | str]]:
    """Return each file, or folder with all in it, or the reason why it cannot be read. Several notes are one thing, so that links between them work."""
    found = [(path, _read_input(path)) for path in paths]
    notes = [
        import_input
        for path, import_input in found
        if isinstance(import_input, ImportInput) and not import_input.is_folder and path.name.lower().endswith(ENDINGS)
    ]
    if len(notes) > 1 and len(notes) == len(found):
        top = Path(os.path.commonpath([path.absolute().parent for path in paths]))
        files_ = tuple(
            File(path.absolute().relative_to(top).as_posix(), import_input.data)
            for (path, _), import_input in zip(found, notes, strict=True)
        )
        return [(top, ImportInput(top.name, files_, is_folder=True, beside=partial(_read_nearby, top)))]
    return found


def _read_input(path: Path) -> ImportInput | str:
    try:
        if path.is_dir():
            return _read_folder(path)
        if path.exists() and not path.is_file():
            return "is no file"
        if path.stat().st_size > LARGEST:
            return f"is too large: more than {LARGEST // 1_000_000} MB"
        data = path.read_bytes()
        if (files := _unpacked(data)) is not None:
            return ImportInput(path.stem, files, is_folder=True)
        return ImportInput(path.name, (File(path.name, data),), beside=partial(_read_nearby, path.parent))
    except OSError as error:
        return f"could not be read: {reading.reason(error)}"
    except ImportProblem as problem:
        return f"could not be read: {problem}"


def _unpacked(data: bytes) -> tuple[File, ...] | None:
    """Return the files of an archive such as a download of Google Docs; None for any other file, and for those of office programs.

    Raises `ImportProblem` if it is damaged or unpacks to too much.
    """
    if data[:4] != b"PK\x03\x04":
        return None
    with open_package(data) as package:
        if _OFFICE & set(package.namelist()):
            return None
        names = [member.filename for member in package.infolist() if not member.is_dir()]
        plain = (name for name in names if not any(part in _PASSED_OVER or part[:1] in {".", ""} for part in name.split("/")))
        return tuple(File(name, read_bytes(package, name)) for name in sorted(plain))


def _read_folder(top: Path) -> ImportInput | str:
    found: list[File] = []
    size = 0
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_OVER)
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            size += path.stat().st_size
            if size > LARGEST_FOLDER or len(found) >= MOST_FILES:
                return f"is too large: more than {LARGEST_FOLDER // 1_000_000} MB, or {MOST_FILES} files"
            found.append(File(path.relative_to(top).as_posix(), path.read_bytes()))
    return ImportInput(top.resolve().name, tuple(found), is_folder=True, beside=partial(_read_nearby, top.resolve().parent))


def _read_nearby(folder: Path, name: str) -> bytes | None:
    """Return a file in a folder; None if there is none, if it is outside, or not of a kind that a text shows or links to."""
    if not name.lower().endswith(_BESIDE) or "\0" in name:
        return None
    path = folder / name.lstrip("/")
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def find_existing_records(root: Path, *, without: str = "") -> ExistingRecords:
    """Return what the site has, in drafts too; `without` is a table whose rows are left out."""
    ids: dict[str, set[str]] = {EVENT: set(), ACTOR: set(), SOURCE: set()}
    former: dict[str, set[str]] = {EVENT: set(), ACTOR: set(), SOURCE: set()}
    same: dict[tuple[str, str], str] = {}
    names: set[str] = set()
    topics: dict[str, str] = {}
    addresses: set[str] = set()
    linked: set[str] = set()
    tree = master_tables.read(root)
    rows = tree.rows or {}
    texts = [(path, data) for path, data in tree.texts if path not in rows or rows[path].table != without]
    for document in load.parse(texts, None, Run()):
        if document.explainer is not None:
            names |= {document.explainer.slug}
            addresses |= {alias.strip("/") for alias in document.explainer.aliases}
            topics |= {urls.slug(topic): topic for topic in document.explainer.topics}
            names.add(document.path.removeprefix("content/explainers/").partition("/")[0].removesuffix(".md"))
        if document.page is not None:
            addresses |= {document.page.slug, *(alias.strip("/") for alias in document.page.aliases)}
        for kind, record in _records(document):
            ids[kind].add(record.id)
            former[kind].update(record.former_ids)
            url = record.url if isinstance(record, Source) else ""
            same_as = () if isinstance(record, Source) else record.same_as
            for mark in identifiers_of(kind, same_as, url):
                same.setdefault(mark, record.id)
            if isinstance(record, Event) and (uid := dict(record.extra).get("x_uid")) and record.when.date is not None:
                same.setdefault(event_mark(uid, record.when.date.edtf), record.id)
        words = {
            segment.target
            for body in bodies(document)
            for segment in body.segments
            if isinstance(segment, Link | Embed) and not segment.kind
        }
        linked |= words
    linked &= names.union(addresses, *ids.values())
    return ExistingRecords(
        {kind: frozenset(there) for kind, there in ids.items()},
        same,
        frozenset(names),
        topics,
        frozenset(linked),
        frozenset(addresses),
        {kind: frozenset(there) for kind, there in former.items()},
    )


def _records(document: Document) -> Iterator[tuple[str, Actor | Event | Source]]:
    import_notes = document.explainer
    if import_notes is not None:
        yield from ((EVENT, record) for record in import_notes.timeline if isinstance(record, Event))
        yield from ((ACTOR, actor) for actor in import_notes.actors if isinstance(actor, Actor))
        yield from ((SOURCE, source) for source in import_notes.sources if isinstance(source, Source))
    for kind, record in ((EVENT, document.event), (ACTOR, document.actor), (SOURCE, document.source)):
        if record is not None:
            yield kind, record
