"""Front-matter nodes into quotes and timeline entries: the long forms, and the short forms that expand to them."""

import hashlib

from builder import dates, keys, model
from builder.frontmatter import Mapping, Node, Scalar, Sequence
from builder.model import Event, Quote, Reference, Status, Translation
from builder.parse.records import NEVER, given_keys, id_of, is_left_out, line_of, reference, same_as, text_of, texts_of
from builder.values import Reader, Values

_COMMAS = ",，、 "


def _with_defaults(values: Values, defaults: Values) -> Values:
    return {**defaults, **values} if defaults else values


def quote(reader: Reader, key: Scalar | None, node: Node, defaults: Values) -> Quote | None:
    """Read a quote: a record, or `speaker: words` with the rest of the record beside it."""
    place = reader.place(key or node)
    also: tuple[str, ...] = ()
    short: tuple[Scalar, Node] | None = None
    if isinstance(node, Mapping):
        names = {k.value for k, _ in node.items}
        unknown = [(k, v) for k, v in node.items if k.value not in keys.BY_NAME["quote"] and not k.value.startswith("x_")]
        if unknown and not names & {"text", "speaker"}:
            short = unknown[0]
            also = (short[0].value,)
    elif key is not None and not is_left_out(node):
        short, node, key = (key, node), Mapping((), node.line, node.column), None
    if not isinstance(node, Mapping):
        reader.error("not-a-record", "A quote is “speaker: words” or a record with “text”.", node, "Write “- speaker-id: the words”.")
        return None
    if short is not None:
        node = Mapping(
            (
                *((k, v) for k, v in node.items if k is not short[0]),
                (Scalar("speaker", short[0].line, short[0].column), short[0]),
                (Scalar("text", short[1].line, short[1].column), short[1]),
            ),
            node.line,
            node.column,
        )
        also = ()
    values, extra = reader.record(node, "quote", also=also)
    values = _with_defaults(values, defaults)
    segments = texts_of(values, "text")
    if not segments:
        return None
    # A comma at the end is of the sentence around the quote: “It may rain,” she said.
    segments = (*segments[:-1], segments[-1].rstrip(_COMMAS) or segments[-1])
    speakers = texts_of(values, "speaker")
    found = (
        id_of(reader, key, values, " ".join(" ".join(segments).split()[:6]), node, "quote")
        or "q-" + hashlib.blake2b("\n".join(segments).encode(), digest_size=4).hexdigest()
    )
    words = values.get("text")
    return Quote(
        id=found,
        segments=segments,
        speakers=tuple(s for s in speakers if s != "unknown"),
        speaker_unknown="unknown" in speakers,
        to=texts_of(values, "to"),
        said=values.get("said", NEVER),
        mode=text_of(values, "mode"),
        rules=text_of(values, "rules"),
        medium=text_of(values, "medium"),
        via=texts_of(values, "via"),
        about=texts_of(values, "about"),
        relations=tuple((relation, target) for relation in model.RELATIONS for target in texts_of(values, relation)),
        lang=text_of(values, "lang"),
        translation=_translation(reader, values),
        as_published=text_of(values, "as_published"),
        corrected=text_of(values, "corrected"),
        cert=text_of(values, "cert"),
        resp=text_of(values, "resp"),
        in_body=values.get("in_body", True),
        prefix=text_of(values, "prefix"),
        note=text_of(values, "note"),
        extra=extra,
        place=reader.place(words[0]) if words else place,
    )


def _translation(reader: Reader, values: Values) -> Translation | None:
    node = values.get("translation")
    if node is None:
        return None
    if isinstance(node, Scalar):
        words = reader.text(node, keys.BY_NAME["translation"]["text"])
        return Translation(words.value.strip()) if words is not None else None
    inner, _ = reader.record(node, "translation")
    return Translation(text_of(inner, "text"), text_of(inner, "by"), text_of(inner, "method") or "unknown") if "text" in inner else None


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except dates.DateProblem:
        return False
    return True


def event(reader: Reader, key: Scalar | None, node: Node, defaults: Values) -> Event | Reference | None:
    """Read a timeline entry: a record, `date: title` with the rest beside it, or a bare id for the shared record."""
    place = reader.place(key or node)
    if isinstance(node, Scalar):
        if key is None:
            return reference(reader, node)
        if is_left_out(node):
            return reference(reader, key)
        if not _is_date(key.value):
            reader.error(
                "date-wrong",
                f"“{key.value[:60]}” is not a date.",
                key,
                "Write “2022-01-21: what happened”, or a record with “when” and “title”.",
            )
            return None
        node = Mapping(
            ((Scalar("when", key.line, key.column), key), (Scalar("title", node.line, node.column), node)), node.line, node.column
        )
        key = None
    elif isinstance(node, Mapping):
        short = [
            (k, v) for k, v in node.items if k.value not in keys.BY_NAME["event"] and not k.value.startswith("x_") and _is_date(k.value)
        ]
        if short and not {k.value for k, _ in node.items} & {"when", "title"}:
            day, what = short[0]
            rest = tuple((k, v) for k, v in node.items if k is not day)
            node = Mapping(
                (*rest, (Scalar("when", day.line, day.column), day), (Scalar("title", what.line, what.column), what)),
                node.line,
                node.column,
            )
    else:
        reader.error("not-a-record", "A timeline entry is “date: title” or a record.", node)
        return None
    values, extra = reader.record(node, "event")
    values = _with_defaults(values, defaults)
    when = values.get("when", NEVER)
    title = text_of(values, "title")
    found = id_of(reader, key, values, f"{title} {when.date.edtf if when.date is not None else ''}", node, "event")
    if not found:
        return None
    return Event(
        id=found,
        title=title or found,
        when=when,
        status=text_of(values, "status"),
        by=texts_of(values, "by"),
        actors=texts_of(values, "actors"),
        where=text_of(values, "place"),
        sources=texts_of(values, "sources"),
        summary=line_of(reader, values, "text"),
        history=_history(reader, values),
        same_as=same_as(reader, values),
        extra=extra,
        given=given_keys(values),
        place=place,
    )


def _history(reader: Reader, values: Values) -> tuple[Status, ...]:
    node = values.get("history")
    if node is None:
        return ()
    steps = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        inner, _ = reader.record(item, "status")
        if "status" in inner:
            steps.append(
                Status(
                    text_of(inner, "status"), inner.get("on", NEVER), text_of(inner, "source"), texts_of(inner, "by"), reader.place(item)
                )
            )
    return tuple(steps)
