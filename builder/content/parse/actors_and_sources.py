"""Front-matter nodes into actors and sources: the long forms, and the short forms that expand to them.

The same functions read a record in an explainer's front matter and in a file of its own; `quotes_and_events` reads the other records.
"""

from builder import model, urls
from builder.content import schema
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode, pasted_quotes
from builder.content.parse import one_line
from builder.content.parse.images import image
from builder.content.parse.record_keys import (
    NEVER,
    as_words,
    check_weekdays,
    former_ids,
    given_keys,
    id_of,
    is_left_out,
    reference,
    same_as,
    text_of,
    texts_of,
)
from builder.i18n.language import is_legal_form
from builder.i18n.patterns import late
from builder.model import Actor, Position, Reference, Source

_CONTACT = late(schema.CONTACT)


def _actor_of_words(reader: Reader, key: Scalar | None, node: Scalar, *, unnamed: bool, short: bool) -> Actor | Reference | None:
    if key is None and not _is_name(node.value, unnamed=unnamed, short=short):
        return reference(reader, node)
    if key is not None and is_left_out(node):
        return reference(reader, key)
    location = reader.location(key or node)
    if not node.value.strip():
        reader.error("value-empty", "The name is empty.", node, "Write the name, or nothing at all for the shared record.")
        return None
    if node.cut:
        reader.cut_short(node)
    words = one_line.words_of_unnamed(reader, node, short=short) if unnamed else reader.bare(node).value
    made_from = (words.partition(";")[0] if short else words) if unnamed else words.partition(",")[0]
    found = id_of(reader, key, {}, made_from, node, "actor")
    if not found:
        return None
    if unnamed and short:
        return one_line.unnamed(words, found, location)
    if unnamed:
        return Actor(id=found, type=model.UNNAMED, described_as=words.strip(), given=("described_as", "type"), location=location)
    if short:
        return one_line.actor(reader, node, words, found, location)
    name, role = _name_and_role(words)
    positions = (Position(role=role, location=reader.location(node)),) if role else ()
    return Actor(id=found, name=name, positions=positions, given=("name", "position") if role else ("name",), location=location)


def actor(reader: Reader, key: Scalar | None, node: Node, *, unnamed: bool = False, short: bool = False) -> Actor | Reference | None:
    """Read an actor: a record, `Name, office`, the words that describe an unnamed source, or nothing for the shared record. `short` allows the lines of format 2."""
    if isinstance(node, Scalar):
        return _actor_of_words(reader, key, node, unnamed=unnamed, short=short)
    if not isinstance(node, MappingNode):
        reader.error("not-a-record", "An actor is a name or a record.", node, "Write “id: Name, office”.")
        return None
    values, extra = reader.record(node, "actor")
    check_weekdays(reader, values, "actor")
    type_ = text_of(values, "type") or (model.UNNAMED if unnamed else model.PERSON)
    name = text_of(values, "name")
    if type_ == model.UNNAMED:
        _refuse_identity(reader, node)
        values = {k: v for k, v in values.items() if k not in schema.IDENTIFYING}
        name = ""
    found = id_of(reader, key, values, name or text_of(values, "described_as"), node, "actor")
    if not found:
        return None
    given = given_keys(values)
    has_type = unnamed or any(key.value == "type" and not is_left_out(value) for key, value in node.items)
    if has_type and "type" not in given:  # also where its value is wrong
        given = tuple(sorted((*given, "type")))
    return Actor(
        id=found,
        type=type_,
        name=name,
        alias=texts_of(values, "alias"),
        weak_alias=texts_of(values, "weak_alias"),
        positions=(held := _positions(reader, values))[0],
        as_words=(*as_words(values, "actor"), *held[1]),
        of=text_of(values, "of"),
        same_as=same_as(reader, values),
        here=text_of(values, "here"),
        described_as=text_of(values, "described_as"),
        knows_because=text_of(values, "knows_because"),
        anonymity_reason=text_of(values, "anonymity_reason"),
        count=text_of(values, "count"),
        image=image(reader, values),
        former_ids=former_ids(reader, values),
        extra=extra,
        given=given,
        location=reader.location(key or node),
    )


def _name_and_role(words: str) -> tuple[str, str]:
    """Return the two parts of `Name, office`; the legal form of a company belongs to its name."""
    name, _, role = words.partition(",")
    form, _, rest = role.partition(",")
    if role and is_legal_form(form):
        name, role = f"{name},{form}", rest
    return pasted_quotes.unmarked(name)[0], pasted_quotes.unmarked(role)[0]


def _is_name(text: str, *, unnamed: bool, short: bool) -> bool:
    """Return whether an entry of a list is no id but the name of an actor, or the words that describe one who is not named."""
    first, _, rest = pasted_quotes.unmarked(text)[0].partition(" ")
    if short and not rest and first[:1].isupper():
        return True
    if not rest or ("-" in first and urls.is_id(first)):  # “ann-lee Ann Lee” lacks a colon
        return False
    return unnamed or (first[0].isalpha() and first[0] == first[0].title())


def _refuse_identity(reader: Reader, node: MappingNode) -> None:
    for key, value in node.items:
        if (key.value in schema.IDENTIFYING or _CONTACT.fullmatch(key.value)) and not is_left_out(value):
            reader.error(
                "unnamed-identity",
                f"An unnamed source cannot carry “{key.value}”: it would name them.",
                key,
                "Delete the key, from the file’s history too. Use “described_as” for the words of the report.",
            )


def _positions(reader: Reader, values: Values) -> tuple[tuple[Position, ...], tuple[str, ...]]:
    """Return the offices, and what of their words is in quotation marks."""
    node = values.get("position")
    if node is None:
        return (), ()
    held: list[Position] = []
    marked: list[str] = []
    for item in node.items if isinstance(node, SequenceNode) else (node,):
        if isinstance(item, Scalar):
            role = reader.text(item, schema.BY_NAME["position"]["role"])
            if role is not None:
                marked += [] if role.plain else [role.value.strip()]
                held.append(Position(role=reader.bare(role).value.strip(), location=reader.location(item)))
            continue
        inner, _ = reader.record(item, "position")
        marked += as_words(inner, "position")
        if "role" in inner:
            held.append(
                Position(
                    role=text_of(inner, "role"),
                    of=text_of(inner, "of"),
                    since=inner.get("from", NEVER),
                    until=inner.get("to", NEVER),
                    location=reader.location(item),
                )
            )
    return tuple(held), tuple(marked)


def source(reader: Reader, key: Scalar | None, node: Node) -> Source | Reference | None:
    """Read a source: a record, a bare address, or nothing for the shared record."""
    if isinstance(node, Scalar):
        if urls.is_web_address(node.value):
            found = id_of(reader, key, {}, node.value.split("://", 1)[1].removeprefix("www."), node, "source")
            reader.warning(
                "source-bare",
                "This source has an address but no title, publisher or date.",
                node,
                "Add them when you can: {title: …, publisher: …, url: …, published: …}.",
            )
            return Source(id=found, url=node.value, given=("url",), location=reader.location(key or node))
        if key is not None and is_left_out(node):
            return reference(reader, key)
        if line := one_line.source(reader, node):
            found = id_of(reader, key, {}, one_line.made_from(line), node, "source")
            return one_line.report(line, found, reader.location(key or node)) if found else None
        if key is None and not one_line.has_wrong_day(node.value):
            return reference(reader, node)
        one_line.source_unread(reader, node)
        return None
    if not isinstance(node, MappingNode):
        reader.error("not-a-record", "A source is an address or a record.", node)
        return None
    values, extra = reader.record(node, "source")
    check_weekdays(reader, values, "source")
    published = values.get("published", NEVER)
    day = published.date.edtf if published.date is not None else ""
    found = id_of(reader, key, values, f"{text_of(values, 'publisher') or text_of(values, 'title')} {day}", node, "source")
    if not found:
        return None
    return Source(
        id=found,
        title=text_of(values, "title"),
        publisher=text_of(values, "publisher"),
        authors=one_line.authors(reader, values),
        url=text_of(values, "url"),
        archived=text_of(values, "archived"),
        published=published,
        accessed=values.get("accessed", NEVER),
        lang=text_of(values, "lang"),
        cites=texts_of(values, "cites"),
        note=text_of(values, "note"),
        former_ids=former_ids(reader, values),
        extra=extra,
        as_words=as_words(values, "source"),
        given=given_keys(values),
        location=reader.location(key or node),
    )
