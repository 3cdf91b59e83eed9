"""Front-matter nodes into actors, sources, quotes and events: the long forms, and the short forms that expand to them.

The same functions read a record in an explainer's front matter and in a file of its own.
"""

import hashlib
import re

from builder import dates, keys, markup, model, urls
from builder.frontmatter import Mapping, Node, Scalar, Sequence
from builder.model import Actor, Event, Position, Quote, Reference, Source, Status, Translation, When
from builder.values import Reader, Values, is_address

NEVER = When()
_SAME_AS = re.compile(r"wd:Q[1-9][0-9]{0,11}")


def text_of(values: Values, key: str) -> str:
    """Return a text value, "" where it was left out."""
    value = values.get(key)
    return value.value.strip() if value is not None else ""


def texts_of(values: Values, key: str) -> tuple[str, ...]:
    """Return a list of texts, empty where it was left out."""
    return tuple(item.value.strip() for item in values.get(key, ()))


def line_of(reader: Reader, values: Values, key: str) -> model.Body | None:
    """Return a line of Markdown, rendered."""
    value = values.get(key)
    if value is None:
        return None
    body, problems = markup.read_line(value.value, place=reader.place(value))
    reader.problems += problems
    return body


def is_left_out(node: Node) -> bool:
    """Say whether a key has nothing after it: a bare reference."""
    return isinstance(node, Scalar) and node.plain and not node.value


def entries(reader: Reader, node: Node, record: str) -> list[tuple[Scalar | None, Node]]:
    """Return the entries of a list or mapping of records, each with its id where the author gave one as a key.

    A list item may be a bare id, a record, or one id with its record.
    """
    if isinstance(node, Mapping):
        return list(node.items)
    if isinstance(node, Scalar):
        return [(None, node)]
    found: list[tuple[Scalar | None, Node]] = []
    for item in node.items:
        if isinstance(item, Mapping) and len(item.items) == 1 and item.items[0][0].value not in keys.BY_NAME[record]:
            found.append(item.items[0])
        elif isinstance(item, Sequence):
            reader.error("not-a-record", f"A list stands here where a record of the kind “{record}” is expected.", item, "Remove the inner brackets or dashes.")
        else:
            found.append((None, item))
    return found


def _id(reader: Reader, key: Scalar | None, values: Values, made_from: str, node: Node, record: str) -> str:
    """Return the id that the author gave, or one made from the record; "" where neither is to be had."""
    given = values.get("id") or key
    if given is not None:
        if urls.is_id(given.value):
            return str(given.value)
        if key is given:  # the record's own “id” was checked when it was read
            reader.bad_id(given)
        return urls.slug(given.value)
    made = urls.slug(made_from)
    if not made:
        reader.error("id-missing", f"This {record} has no id, and none can be made from it.", node, "Add “id:” with small letters and hyphens.")
    return made


def _given(values: Values) -> tuple[str, ...]:
    return tuple(sorted(values))


def actor(reader: Reader, key: Scalar | None, node: Node, *, unnamed: bool = False) -> Actor | Reference | None:
    """Read an actor: a record, `Name, office`, the words that describe an unnamed source, or nothing for the shared record."""
    if isinstance(node, Scalar):
        if key is None:
            return _reference(reader, node)
        if is_left_out(node):
            return _reference(reader, key)
        place = reader.place(key)
        if not node.value.strip():
            reader.error("value-empty", "The name is empty.", node, "Write the name, or nothing at all for the shared record.")
            return None
        found = _id(reader, key, {}, "", node, "actor")
        if unnamed:
            return Actor(id=found, type=model.UNNAMED, described_as=node.value.strip(), given=("described_as", "type"), place=place)
        name, _, role = (part.strip() for part in node.value.partition(","))
        positions = (Position(role=role, place=reader.place(node)),) if role else ()
        return Actor(id=found, name=name, positions=positions, given=("name", "position") if role else ("name",), place=place)
    if not isinstance(node, Mapping):
        reader.error("not-a-record", "An actor is a name or a record.", node, "Write “id: Name, office”.")
        return None
    values, extra = reader.record(node, "actor")
    type_ = text_of(values, "type") or (model.UNNAMED if unnamed else model.PERSON)
    name = text_of(values, "name")
    if type_ == model.UNNAMED:
        _refuse_identity(reader, node)
        values = {k: v for k, v in values.items() if k not in keys.IDENTIFYING}
        name = ""
    found = _id(reader, key, values, name or text_of(values, "described_as"), node, "actor")
    if not found:
        return None
    given = _given(values)
    if unnamed and "type" not in given:
        given = tuple(sorted((*given, "type")))
    return Actor(
        id=found,
        type=type_,
        name=name,
        alias=texts_of(values, "alias"),
        weak_alias=texts_of(values, "weak_alias"),
        positions=_positions(reader, values),
        of=text_of(values, "of"),
        same_as=_same_as(reader, values),
        here=text_of(values, "here"),
        described_as=text_of(values, "described_as"),
        knows_because=text_of(values, "knows_because"),
        anonymity_reason=text_of(values, "anonymity_reason"),
        count=text_of(values, "count"),
        extra=extra,
        given=given,
        place=reader.place(key or node),
    )


def _refuse_identity(reader: Reader, node: Mapping) -> None:
    for key, value in node.items:
        if key.value in keys.IDENTIFYING and not is_left_out(value):
            reader.error("unnamed-identity", f"An unnamed source cannot carry “{key.value}”: it would name them.", key, "Delete the key, from the file's history too. Use “described_as” for the words of the report.")


def _same_as(reader: Reader, values: Values) -> tuple[str, ...]:
    kept = []
    for item in values.get("same_as", ()):
        if _SAME_AS.fullmatch(item.value) or is_address(item.value):
            kept.append(item.value)
        else:
            reader.error("url-wrong", f"“{item.value[:60]}” is neither a Wikidata item nor an address.", item, "Write wd:Q30, or an address that begins with https://.")
    return tuple(kept)


def _positions(reader: Reader, values: Values) -> tuple[Position, ...]:
    node = values.get("position")
    if node is None:
        return ()
    held: list[Position] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            held.append(Position(role=item.value.strip(), place=reader.place(item)))
            continue
        inner, extra = reader.record(item, "position")
        del extra
        if "role" in inner:
            held.append(
                Position(role=text_of(inner, "role"), of=text_of(inner, "of"), since=inner.get("from", NEVER), until=inner.get("to", NEVER), place=reader.place(item))
            )
    return tuple(held)


def source(reader: Reader, key: Scalar | None, node: Node) -> Source | Reference | None:
    """Read a source: a record, a bare address, or nothing for the shared record."""
    if isinstance(node, Scalar):
        if is_address(node.value):
            found = _id(reader, key, {}, node.value.split("://", 1)[1].removeprefix("www."), node, "source")
            reader.warning("source-bare", "This source has an address but no title, publisher or date.", node, "Add them when you can: {title: …, publisher: …, url: …, published: …}.")
            return Source(id=found, url=node.value, given=("url",), place=reader.place(key or node))
        if key is None:
            return _reference(reader, node)
        if is_left_out(node):
            return _reference(reader, key)
        reader.error("url-wrong", "A source in one line is its address.", node, "Write an address that begins with https://, or a record: {title: …, publisher: …}.")
        return None
    if not isinstance(node, Mapping):
        reader.error("not-a-record", "A source is an address or a record.", node)
        return None
    values, extra = reader.record(node, "source")
    published = values.get("published", NEVER)
    day = published.date.edtf if published.date is not None else ""
    found = _id(reader, key, values, f"{text_of(values, 'publisher') or text_of(values, 'title')} {day}", node, "source")
    if not found:
        return None
    return Source(
        id=found,
        title=text_of(values, "title"),
        publisher=text_of(values, "publisher"),
        authors=texts_of(values, "authors"),
        url=text_of(values, "url"),
        archived=text_of(values, "archived"),
        published=published,
        accessed=values.get("accessed", NEVER),
        lang=text_of(values, "lang"),
        cites=texts_of(values, "cites"),
        note=text_of(values, "note"),
        extra=extra,
        given=_given(values),
        place=reader.place(key or node),
    )


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
        node = Mapping((*((k, v) for k, v in node.items if k is not short[0]), (Scalar("speaker", short[0].line, short[0].column), short[0]), (Scalar("text", short[1].line, short[1].column), short[1])), node.line, node.column)
        also = ()
    values, extra = reader.record(node, "quote", also=also)
    values = _with_defaults(values, defaults)
    segments = texts_of(values, "text")
    if not segments:
        return None
    speakers = texts_of(values, "speaker")
    found = _id(reader, key, values, " ".join(" ".join(segments).split()[:6]), node, "quote") or "q-" + hashlib.blake2b("\n".join(segments).encode(), digest_size=4).hexdigest()
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
        return Translation(node.value.strip())
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
            return _reference(reader, node)
        if is_left_out(node):
            return _reference(reader, key)
        if not _is_date(key.value):
            reader.error("date-wrong", f"“{key.value[:60]}” is not a date.", key, "Write “2022-01-21: what happened”, or a record with “when” and “title”.")
            return None
        node = Mapping(((Scalar("when", key.line, key.column), key), (Scalar("title", node.line, node.column), node)), node.line, node.column)
        key = None
    elif isinstance(node, Mapping):
        short = [(k, v) for k, v in node.items if k.value not in keys.BY_NAME["event"] and not k.value.startswith("x_") and _is_date(k.value)]
        if short and not {k.value for k, _ in node.items} & {"when", "title"}:
            day, title = short[0]
            rest = tuple((k, v) for k, v in node.items if k is not day)
            node = Mapping((*rest, (Scalar("when", day.line, day.column), day), (Scalar("title", title.line, title.column), title)), node.line, node.column)
    else:
        reader.error("not-a-record", "A timeline entry is “date: title” or a record.", node)
        return None
    values, extra = reader.record(node, "event")
    values = _with_defaults(values, defaults)
    when = values.get("when", NEVER)
    title = text_of(values, "title")
    found = _id(reader, key, values, f"{title} {when.date.edtf if when.date is not None else ''}", node, "event")
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
        same_as=_same_as(reader, values),
        extra=extra,
        given=_given(values),
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
            steps.append(Status(text_of(inner, "status"), inner.get("on", NEVER), text_of(inner, "source"), reader.place(item)))
    return tuple(steps)


def _reference(reader: Reader, node: Scalar) -> Reference | None:
    if urls.is_id(node.value):
        return Reference(node.value, reader.place(node))
    reader.bad_id(node)
    return None

