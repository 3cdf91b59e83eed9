"""Renames the id of a record in every file: front matter, links, marks, settings, and the name of its own file.

    plan(tree, documents, "actor", "ann-lee", "ann-lee-cole")  →  the changes of all files, or why the id cannot be changed

The record keeps its old id under `former_ids`, so that its address leads on; an explainer keeps its old address under `aliases`, and a quote has none.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from builder import urls
from builder.content.editing import FileEdit, Refused, between, digest, refused
from builder.content.parse import CONTENT, slug_of
from builder.content.renaming.files import renamed
from builder.content.renaming.id_change import IdChange
from builder.model import UNNAMED, Actor, Document, Event, QuoteKey, Reference, Source, quote_key, quote_reference

RENAMED_KINDS = ("actor", "event", "source", "quote", "explainer")
FOLDERS = {"actor": "actors", "event": "events", "source": "sources", "explainer": "explainers"}


class RecordToRename(NamedTuple):
    """A record that an id may name."""

    kind: str
    id: str
    slug: str
    """The explainer of a quote; "" for other kinds."""


def kinds_of(documents: Mapping[str, Document], reference: str) -> tuple[RecordToRename, ...]:
    """Return the records that an id may name. Drafts count."""
    kind, colon, rest = reference.partition(":")
    wanted, name = (kind, rest) if colon and kind in RENAMED_KINDS else ("", reference)
    known = _known(documents)
    if "#" in name:
        slug, key = quote_key(name)
        return (RecordToRename("quote", key, slug),) if wanted in {"", "quote"} and (slug, key) in known.quotes else ()
    found = [
        RecordToRename(renamed_kind, name, "")
        for renamed_kind in RENAMED_KINDS
        if renamed_kind != "quote" and name in known.ids[renamed_kind] and wanted in {"", renamed_kind}
    ]
    found += [RecordToRename("quote", name, slug) for slug, key in sorted(known.quotes) if key == name and wanted in {"", "quote"}]
    return tuple(found)


def names(documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Return all ids that can be given another: of quotes with their explainers."""
    known = _known(documents)
    return (*(key for ids in known.ids.values() for key in ids), *map(quote_reference, known.quotes))


class _Ids(msgspec.Struct, frozen=True):
    ids: dict[str, dict[str, list[str]]]
    """By kind: each id with the files that have its record."""
    quotes: set[QuoteKey]
    former: dict[str, set[str]]


def _known(documents: Mapping[str, Document]) -> _Ids:
    found = _Ids({kind: {} for kind in RENAMED_KINDS}, set(), {kind: set() for kind in RENAMED_KINDS})
    for path, document in documents.items():
        for kind, record in _records(document):
            if not isinstance(record, Reference):
                found.ids[kind].setdefault(record.id, []).append(path)
                found.former[kind].update(getattr(record, "former_ids", ()))
        if document.explainer is not None:
            found.ids["explainer"].setdefault(document.explainer.slug, []).append(path)
            found.quotes.update((document.explainer.slug, quote.id) for quote in document.explainer.quotes)
    return found


def _records(document: Document) -> Iterator[tuple[str, Actor | Event | Source | Reference]]:
    for kind, own in (("actor", document.actor), ("event", document.event), ("source", document.source)):
        if own is not None:
            yield kind, own
    if document.explainer is not None:
        for kind, records in (
            ("actor", document.explainer.actors),
            ("event", document.explainer.timeline),
            ("source", document.explainer.sources),
        ):
            yield from ((kind, record) for record in records)


def plan(
    files: Mapping[str, bytes], documents: Mapping[str, Document], kind: str, old: str, new: str, slug: str = ""
) -> tuple[FileEdit, ...] | Refused:
    """Return the changes of all files by which a record gets another id, or why it cannot.

    `files` are the content files and the settings by path, `documents` what the content files say, drafts included; `slug` is the explainer of a quote.
    """
    known = _known(documents)
    if old == new:
        return refused("there-already", "", message=f"“{new}” is the id that this {kind} has.")
    clash = _clash(known, kind, new, slug)
    if clash is not None:
        return clash
    others = [renamed_kind for renamed_kind in RENAMED_KINDS if renamed_kind not in {kind, "quote"}]
    change = IdChange(
        kind,
        old,
        new,
        slug,
        alone=not any(old in known.ids[other_kind] for other_kind in others),
        qualified=any(new in known.ids[other_kind] for other_kind in others),
    )
    moves = _moves(files, kind, old, new)
    keeper = _keeper(documents, kind, old)
    changes = []
    for path, data in files.items():
        after = renamed(path, data, documents.get(path), change, moves, is_keeper=path == keeper)
        if isinstance(after, Refused):
            return after
        target = moves.get(path, "")
        if after != data or target:
            made = between(path, data, after) if after != data else FileEdit(path, digest(data), ())
            changes.append(msgspec.structs.replace(made, to=target))
    return tuple(changes) if changes else refused("no-such-place", "")


def _clash(known: _Ids, kind: str, new: str, slug: str) -> Refused | None:
    """Return why a record cannot have an id: it is none, or something else is called so."""
    if not urls.is_id(new):
        made = urls.slug(new)
        hint = f": {made}" if made else ""
        return refused("value", "", message=f"“{new}” cannot be an id: small letters, digits and hyphens{hint}.")
    taken = (slug, new) in known.quotes if kind == "quote" else new in known.ids[kind]
    if taken:
        return refused("there-already", "", message=f"Another {kind} has the id “{new}”.")
    if kind != "quote" and new in known.former[kind]:
        return refused("there-already", "", message=f"“{new}” was the id of another {kind}, whose old address leads on.")
    return None


def _moves(files: Mapping[str, bytes], kind: str, old: str, new: str) -> dict[str, str]:
    """Return which files are called as the record, and what each is called then: its own, and the kept text of a source."""
    folder = FOLDERS.get(kind)
    found = {}
    for path in files:
        if folder is not None and path.startswith(f"{CONTENT}{folder}/") and slug_of(path) == old:
            name = path.removeprefix(f"{CONTENT}{folder}/")
            if name.startswith(f"{old}."):
                found[path] = f"{CONTENT}{folder}/{new}{name.removeprefix(old)}"
    return found


def _keeper(documents: Mapping[str, Document], kind: str, old: str) -> str:
    """Return the file whose record keeps the old id: the shared one, else the first that has the record; "" if none does.

    The old id of a source without a name may tell who it was, and is not kept.
    """
    if kind == "quote":
        return ""
    if kind == "explainer":
        return next((path for path, document in documents.items() if document.explainer is not None and document.explainer.slug == old), "")
    found = []
    for path, document in documents.items():
        for record_kind, record in _records(document):
            if record_kind == kind and record.id == old and not isinstance(record, Reference):
                if isinstance(record, Actor) and record.type == UNNAMED:
                    return ""
                found.append((not record.shared, path))
    return min(found)[1] if found else ""
