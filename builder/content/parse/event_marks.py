"""Timeline entries whose words are left to the text: `[The court had the ship seized]{event=seized on=2021-04-13}`."""

from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Scalar
from builder.content.parse import mark_items, quotes_and_events
from builder.content.schema import EVENT_MARK_KEYS
from builder.model import Body, Event

_LISTED = frozenset(("by", "actors", "sources"))


def read(reader: Reader, body: Body, defaults: Values) -> tuple[Body, list[Event]]:
    """Return the body with its marks named after the events that they make, and these events, in its order; what is wrong in their keys is reported."""
    marks = [mark for mark in body.marks if mark_items.is_of_event(mark)]
    words = mark_items.words_of(body) if marks else {}
    found = []
    names: dict[str, str] = {}
    for written in marks:
        mark = mark_items.with_known_keys(reader, written, "event", EVENT_MARK_KEYS)
        pairs = mark_items.pairs(mark, EVENT_MARK_KEYS, _LISTED)
        named = next((item for item in mark.items if item.key == "event"), None)
        title = words.get((mark.line, named.column if named is not None else mark.column), "")
        if title and all(key.value != "title" for key, _ in pairs):
            here = (mark.line, mark.column)
            pairs.append((Scalar("title", *here), Scalar(title[0].upper() + title[1:], *here, plain=False, width=mark.width)))
        made = quotes_and_events.event(reader, None, MappingNode(tuple(pairs), mark.line, mark.column), defaults)
        if isinstance(made, Event):
            found.append(made)
            if named is None:
                names[f"{mark.line}:{mark.column}"] = made.id
    unnamed = {f"{mark.line}:{mark.column}" for mark in marks if all(item.key != "event" for item in mark.items)}
    return mark_items.renamed(body, names, unnamed), found
