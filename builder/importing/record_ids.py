"""Ids for records that come in: each its own, on the site and in the import; and which of them the site has already."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from builder import urls
from builder.importing.importer_types import ACTOR, EVENT, QUOTE, SOURCE, ImportNote, Record, Ref

JOIN, APART = "join", "apart"
"""What to do with what the site has already: refer to it, or make another record."""


class ExistingRecords(msgspec.Struct, frozen=True):
    """The ids, names, topics and addresses of the site."""

    ids: Mapping[str, frozenset[str]] = {}
    """By kind."""
    same: Mapping[tuple[str, str], str] = {}
    """(kind, what is one thing's alone: an item of Wikidata, an address) → id."""
    names: frozenset[str] = frozenset()
    """Of explainers, and of the folders that they may lie in: what a new one cannot be called."""
    topics: Mapping[str, str] = {}
    """The last part of its address → how a topic is written."""
    linked: frozenset[str] = frozenset()
    """Ids that a link such as `[[ferry]]` of the site leads to: a new record of that id would make it lead to two."""
    addresses: frozenset[str] = frozenset()
    """Of plain pages, and old addresses of all, without slashes at their ends."""
    former: Mapping[str, frozenset[str]] = {}
    """By kind, the ids that records had before, which lead to these."""


class Duplicate(msgspec.Struct, frozen=True):
    """A record that comes in, and the one of the site that is the same."""

    record: Record
    id: str
    by: str


_ITEM = re.compile(r"(?:wd:|https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)(Q[1-9]\d*)/?", re.ASCII)


def wikidata_id(text: str) -> str:
    """Return an item of Wikidata as the format has it, `wd:Q42`; any other text as it is."""
    found = _ITEM.fullmatch(text)
    return f"wd:{found[1]}" if found else text


def identifiers_of(kind: str, same_as: Iterable[str], url: str = "") -> list[tuple[str, str]]:
    """Return what is this one's alone."""
    return [(kind, wikidata_id(address)) for address in (*same_as, *((url,) if kind == SOURCE and url else ())) if address]


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def find_duplicates(records: Iterable[Record], existing: ExistingRecords) -> list[Duplicate]:
    """Return the records that the site has already, by what is one thing's alone, never by a likeness."""
    found: list[Duplicate] = []
    for record in records:
        marks = identifiers_of(record.kind, _texts(record.fields.get("same_as")), "".join(_texts(record.fields.get("url"))[:1]))
        if uid := record.fields.get("x_uid"):
            marks.append(event_mark(str(uid), str(record.fields.get("when", ""))))
        mark = next((mark for mark in marks if mark in existing.same), None)
        if mark is not None:
            found.append(Duplicate(record, existing.same[mark], mark[1]))
        elif record.is_same and record.id in existing.ids.get(record.kind, ()):
            found.append(Duplicate(record, record.id, "its id"))
    return found


_NAMES = {EVENT: ("title",), ACTOR: ("name", "described_as"), SOURCE: ("title", "publisher", "url")}


def label_of(record: Record) -> str:
    """Return what a record is called in messages."""
    for key in (*_NAMES.get(record.kind, ("text",)), "title", "name", "text"):
        if texts := _texts(record.fields.get(key)):
            return texts[0]
    return record.key


def preferred_id(record: Record) -> str:
    """Return the id that a record would have if no other had it."""
    given = record.id if urls.is_id(record.id) else urls.slug(record.id)
    made = given or urls.slug(re.sub(r"^https?://(?:www\.)?", "", label_of(record)))
    # A bare number is the place in a list, and no id that a table could hold.
    return f"{record.kind}-{made}" if made.isdigit() and not given else made or record.kind


def assign_ids(
    records: Iterable[Record], existing: ExistingRecords, joined: Mapping[tuple[str, str], str]
) -> tuple[dict[tuple[str, str], str], list[ImportNote]]:
    """Return the id of each record by kind and key, and notes on changed ids. `joined` are records that the site already has, with their ids."""
    taken = {kind: set(ids) for kind, ids in existing.ids.items()}
    ids: dict[tuple[str, str], str] = dict(joined)
    counts: dict[tuple[str, str], int] = {}
    import_notes: list[ImportNote] = []
    for record in records:
        if (record.kind, record.key) in ids:
            continue
        there = taken.setdefault(record.kind, set())
        base = made = preferred_id(record)
        n = counts.get((record.kind, base), 1)
        former = existing.former.get(record.kind, frozenset())
        while made in there or made in former or made in existing.linked:
            n += 1
            made = f"{base}-{n}"
        there.add(made)
        counts[record.kind, base] = n
        ids[record.kind, record.key] = made
        if base in existing.ids.get(record.kind, ()):
            import_notes.append(ImportNote(record.where, f"the site has another {record.kind} “{base}”, so this one is “{made}”"))
        elif base in former:
            import_notes.append(ImportNote(record.where, f"another {record.kind} of the site was “{base}” before, so this one is “{made}”"))
        elif base in existing.linked:
            import_notes.append(ImportNote(record.where, f"a link of the site leads to another “{base}”, so this one is “{made}”"))
        elif record.id and record.id != made:
            import_notes.append(ImportNote(record.where, f"its id is “{made}” here, not “{record.id}”"))
    return ids, import_notes


_WORDS_ALIKE = 4
"""First words that make the ids of two quotes alike, since an id is made of little more."""


def quote_ids(records: Iterable[Record]) -> tuple[dict[str, str], list[ImportNote]]:
    """Return the ids of quotes that need one of their own, by key: those that begin like an earlier one, or have its id. A changed id is noted."""
    found = [record for record in records if record.kind == QUOTE]
    words = {record.key: urls.slug(label_of(record)).split("-") for record in found}
    taken = {"-".join(parts[:n]) for parts in words.values() for n in range(1, 9)} | {record.id for record in found}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    made: dict[str, str] = {}
    import_notes: list[ImportNote] = []
    for record in found:
        given = record.id if urls.is_id(record.id) else urls.slug(record.id)
        mark = given or "-".join(words[record.key][:_WORDS_ALIKE])
        if mark in seen:
            base = given or "-".join(words[record.key][:6]) or QUOTE
            n = counts.get(base, 2)
            while f"{base}-{n}" in taken:
                n += 1
            counts[base] = n
            given = f"{base}-{n}"
        if given != record.id:
            made[record.key] = given
            taken.add(given)
            if record.id:
                why = ", which another quote has" if mark in seen else ""
                import_notes.append(ImportNote(record.where, f"its id is “{given}” here, not “{record.id}”{why}"))
        seen.add(mark)
    return made, import_notes


def event_mark(uid: str, when: str) -> tuple[str, str]:
    """Return what is one event's alone, of a calendar: its UID, and when it is, since an event that recurs has one UID."""
    return (EVENT, f"UID {uid}, {when}")


def resolve_refs(value: object, ids: Mapping[tuple[str, str], str]) -> object:
    """Return a value with the ids of the records that it refers to."""
    if isinstance(value, Ref):
        return Ref(value.kind, ids.get((value.kind, value.key), value.key))
    if isinstance(value, list):
        return [resolve_refs(item, ids) for item in value]
    if isinstance(value, dict):
        return {key: resolve_refs(member, ids) for key, member in value.items()}
    return value
