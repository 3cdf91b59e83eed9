"""The ids that a front matter defines, and those by which it refers to other records."""

import re
from collections.abc import Iterator

import msgspec

from builder.content import one_line_records, schema
from builder.content.editing.outline import Leaf, Map, Seq, Span

_OF: dict[str, dict[str, tuple[str, ...]]] = {
    "actor": {"of": ("actor",)},
    "position": {"of": ("actor",)},
    "source": {"publisher": ("actor",), "cites": ("source",)},
    "quote": {
        "speaker": ("actor",),
        "to": ("actor",),
        "via": ("source",),
        "about": ("event",),
        "denies": ("quote",),
        "confirms": ("quote",),
        "answers": ("quote",),
        "repeats": ("quote",),
    },
    "event": {"by": ("actor", "source"), "actors": ("actor",), "sources": ("source",)},
    "status": {"by": ("actor", "source"), "source": ("source",)},
    "relative_date": {"as_of": ("source",)},
}
"""By record and key: the kinds of records that a value may be the id of; where there are two, the first that has it."""

_OF_BODY = re.compile(r",\s*of\s+([^,\s][^,]*?)\s*(?=,|\Z)")
"""The body in a line of an actor."""

_WITH_IDS = frozenset({"actor", "source", "event", "quote"})
_NO_SPEAKERS = frozenset((*schema.BY_NAME["quote"], *schema.KEY_SYNONYMS["quote"]))


class NamedReference(msgspec.Struct, frozen=True):
    """A place that names a record."""

    kinds: tuple[str, ...]
    leaf: Leaf
    defines: bool = False
    """Whether the record itself stands there."""


def of_file(top: Map | None, record: str) -> Iterator[NamedReference]:
    """Yield all places of a file that holds a record such as `explainer` that name records."""
    if top is not None:
        yield from _record(top, record)
        if record == "explainer":
            yield from _in_lines(top)


def _in_lines(top: Map) -> Iterator[NamedReference]:
    """Yield the actors that records in one line name: `Lantern, Ferry in doubt, 2025-10-15`, and in format 2 `Ann Lee, Mayor, of council`."""
    for leaf in _leaves(top.get("sources")):
        publisher = one_line_records.source(leaf.value).get("publisher")
        if isinstance(publisher, str):
            yield NamedReference(("actor",), _part(leaf, leaf.value.index(publisher), publisher))
    version = top.get("format")
    if isinstance(version, Leaf) and version.value == str(schema.SHORT):
        for leaf in _leaves(top.get("actors")):
            found = _OF_BODY.search(leaf.value)
            if found is not None:
                yield NamedReference(("actor",), _part(leaf, found.start(1), found[1]))


def _leaves(node: Span | None) -> Iterator[Leaf]:
    """Yield the lines of a list, or of a mapping of id to line."""
    values = node.items if isinstance(node, Seq) else [value for _, value in node.items] if isinstance(node, Map) else ()
    for value in values:
        inner = value.items[0][1] if isinstance(value, Map) and len(value.items) == 1 else value
        if isinstance(inner, Leaf):
            yield inner


def _part(leaf: Leaf, at: int, words: str) -> Leaf:
    """Return where words of a line stand; with quotation marks of YAML around it, one character further on."""
    start = leaf.start + at + (leaf.style in {"'", '"'})
    return Leaf(start, start + len(words), words, odd=leaf.odd)


def texts(top: Map | None, record: str) -> Iterator[Leaf]:
    """Yield the lines of Markdown of a front matter, in which links may stand."""
    waiting: list[tuple[Span, str]] = [(top, record)] if top is not None else []
    while waiting:
        node, name = waiting.pop()
        if isinstance(node, Seq):
            waiting += [(item, name) for item in node.items]
        elif isinstance(node, Map):
            table = schema.BY_NAME[name]
            for key, value in node.items:
                known = table.get(key.value)
                if known is not None and known.takes == schema.MARKDOWN and isinstance(value, Leaf):
                    yield value
                elif known is not None and known.record:
                    waiting.append((value, known.record))
                elif known is None:  # an id, `list`, or the date of a short form
                    is_line = isinstance(value, Leaf) and name in {"correction", "update"}
                    if is_line and isinstance(value, Leaf):
                        yield value
                    waiting.append((value, name))


def kinds_in(record: str, key: str) -> tuple[str, ...]:
    """Return the kinds of records that a key of a record may name; none for another key."""
    return _OF.get(record, {}).get(key, ())


def _record(node: Map, record: str) -> Iterator[NamedReference]:
    table = schema.BY_NAME[record]
    given = {key.value for key, _ in node.items}
    is_short = record == "quote" and not given & {"text", "speaker"}
    for key, value in node.items:
        known = table.get(key.value)
        if known is None:
            if is_short and key.value not in _NO_SPEAKERS and not key.value.startswith("x_"):
                is_short = False
                yield NamedReference(("actor",), key)
            continue
        if key.value == "id" and record in _WITH_IDS and isinstance(value, Leaf):
            yield NamedReference((record,), value, defines=True)
        kinds = _OF.get(record, {}).get(key.value)
        if kinds is not None:
            for leaf in value.items if isinstance(value, Seq) else (value,):
                if isinstance(leaf, Leaf):
                    yield NamedReference(kinds, leaf)
        elif known.takes == schema.DATE and isinstance(value, Map):
            yield from _record(value, "relative_date")
        elif known.record:
            yield from _records(value, known.record)


def _records(node: Span, record: str) -> Iterator[NamedReference]:
    """Yield what stands below a key that takes records of a kind."""
    if isinstance(node, Map) and schema.SHORT_FORMS[record].defaults and {key.value for key, _ in node.items} & {"defaults", "list"}:
        for key, value in node.items:
            if key.value == "list":
                yield from _records(value, record)
            elif isinstance(value, Map):
                yield from _record(value, record)
        return
    if isinstance(node, Seq):
        for item in node.items:
            yield from _entry(item, record)
    elif isinstance(node, Map) and schema.SHORT_FORMS[record].by_id:
        for key, value in node.items:
            yield from _below_id(key, value, record)
    elif isinstance(node, Map):
        yield from _record(node, record)


def _entry(item: Span, record: str) -> Iterator[NamedReference]:
    if isinstance(item, Leaf) and record in _WITH_IDS:
        yield NamedReference((record,), item, defines=True)
    elif isinstance(item, Map):
        key, value = item.items[0] if len(item.items) == 1 else (None, item)
        is_by_id = key is not None and key.value not in schema.BY_NAME[record] and record in _WITH_IDS
        if key is not None and is_by_id and (isinstance(value, Map) or record in {"actor", "source"}):
            yield from _below_id(key, value, record)
        else:
            yield from _record(item, record)


def _below_id(key: Leaf, value: Span, record: str) -> Iterator[NamedReference]:
    if record == "quote" and not isinstance(value, Map):
        yield NamedReference(("actor",), key)  # `speaker: words`
        return
    if record in _WITH_IDS:
        yield NamedReference((record,), key, defines=True)
    if isinstance(value, Map):
        yield from _record(value, record)
