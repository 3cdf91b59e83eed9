"""Sources that are written out in a mark: `{source="Lantern, Bakery on the brink, 2025-10-21"}`."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from builder import urls
from builder.content.fields import Reader
from builder.content.frontmatter import Scalar
from builder.content.parse import one_line
from builder.diagnostics import Location
from builder.model import Attributes, Body, Item, Source


def read(reader: Reader, body: Body, taken: Iterable[str]) -> tuple[Body, tuple[Source, ...]]:
    """Return a body whose marks name these sources by ids, and the sources. The same words are the same source; `taken` are the ids of others."""
    if not any(item.key == "source" and not item.plain for mark in body.marks for item in mark.items):
        return body, ()
    made: dict[str, Source] = {}
    ids = {*taken}
    times: Counter[str] = Counter()
    marks = tuple(_named(reader, mark, made, ids, times) for mark in body.marks)
    return msgspec.structs.replace(body, marks=marks), tuple(made.values())


def _named(reader: Reader, mark: Attributes, made: dict[str, Source], ids: set[str], times: Counter[str]) -> Attributes:
    items = []
    for item in mark.items:
        key = _id(reader, mark, item, made, ids, times) if item.key == "source" and not item.plain else ""
        items.append(msgspec.structs.replace(item, value=key, plain=True) if key else item)
    return msgspec.structs.replace(mark, items=tuple(items))


def _id(reader: Reader, mark: Attributes, item: Item, made: dict[str, Source], ids: set[str], times: Counter[str]) -> str:
    """Return the id of the source that a value is; "" if it is none."""
    words = " ".join(item.value.split())
    if words in made:
        return made[words].id
    node = Scalar(item.value, mark.line, item.column, plain=False, width=len(item.value))
    line = one_line.source(reader, node)
    if not line:
        reader.error(
            "value-wrong",
            f"“{words[:60]}” is no source: neither an id nor a line.",
            node,
            'Write an id, or the whole of a source: {source="Lantern, Ferry in doubt, 2025-10-15"}.',
        )
        return ""
    base = urls.slug(one_line.made_from(line)) or "source"
    key = base
    while key in ids:
        times[base] += 1
        key = f"{base}-{times[base] + 1}"
    ids.add(key)
    made[words] = one_line.report(line, key, Location(reader.path, mark.line, item.column, max(1, len(item.value))))
    return key
