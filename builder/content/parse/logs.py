"""`in_short`, `log` and `corrections`: lines of front matter that an explainer shows above and below its text."""

from collections.abc import Iterator

from builder import dates
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode
from builder.content.parse import quotes_and_events, record_keys
from builder.diagnostics import WARNING, Diagnostic
from builder.model import Body, Correction, InShort, Update, When


def in_short(reader: Reader, values: Values) -> InShort:
    """Return the lines of the author for the top of the page."""
    node = values.get("in_short")
    if node is None:
        return InShort()
    inner, _ = reader.record(node, "in_short")
    return InShort(*(record_keys.line_of(reader, inner, key) for key in InShort.__struct_fields__))


def corrections(reader: Reader, values: Values) -> tuple[Correction, ...]:
    """Return what was wrong, in the author's order."""
    return tuple(Correction(on, text) for on, text in _lines(reader, values, "corrections", "correction"))


def updates(reader: Reader, values: Values) -> tuple[Update, ...]:
    """Return what was new, the first first: the author may begin with the first or with the last."""
    found = [Update(on, text) for on, text in _lines(reader, values, "updates", "update")]
    if found and _number(found[0]) > _number(found[-1]):
        found.reverse()
    return tuple(sorted(found, key=_number))


def _number(update: Update) -> int:
    return (dates.first_day(update.on.date) or 0) if update.on.date is not None else 0


def last(reader: Reader, updates: tuple[Update, ...], updated: When) -> When:
    """Return the day of the last update, by the log where there is one; `updated` is that which the author gives besides."""
    if not updates:
        return updated
    on = updates[-1].on
    if updated != When() and (updated.date is None or on.date is None or updated.date.edtf != on.date.edtf):
        day = on.date.edtf if on.date is not None else "unknown"
        reader.problems.append(
            Diagnostic(
                "date-order",
                f"The last of the “updates” is of {day}, and “updated” says {updated.date.edtf if updated.date is not None else 'unknown'}.",
                updated.location,
                help="Delete “updated:”, since the log has the day; or add to the log what was new on that day.",
                severity=WARNING,
                also=(on.location,),
            )
        )
    return on


def _lines(reader: Reader, values: Values, key: str, record: str) -> Iterator[tuple[When, Body]]:
    node = values.get(key)
    for item in _each(node) if node is not None else ():
        if isinstance(item, Scalar) and quotes_and_events.is_reported_as_untitled(reader, item):
            continue
        inner, _ = reader.record(quotes_and_events.dated_in_full(item, record) if isinstance(item, MappingNode) else item, record)
        if "on" in inner and inner["on"].date is not None:
            reader.near = dates.first_day(inner["on"].date)
        body = record_keys.line_of(reader, inner, "text")
        if body is not None and "on" in inner:
            yield inner["on"], body


def _each(node: Node) -> tuple[Node, ...]:
    """Return the entries of a list, of a mapping of day to words, or the only one."""
    if isinstance(node, SequenceNode):
        return node.items
    if isinstance(node, MappingNode) and len(node.items) > 1 and all(dates.is_date(key.value) for key, _ in node.items):
        return tuple(MappingNode((item,), item[0].line, item[0].column) for item in node.items)
    return (node,)
