"""Front-matter nodes into actors and sources, and what all records have in common: the long forms, and the short forms that expand to them.

The same functions read a record in an explainer's front matter and in a file of its own; `entries` has quotes and events.
"""

from urllib.parse import unquote

from builder import model, urls
from builder.content import markup, schema
from builder.content.fields import Reader, Values
from builder.content.frontmatter import Mapping, Node, Scalar, Sequence, flow_commas, pasted_quotes
from builder.content.parse import misplaced_keys, one_line
from builder.content.parse.images import image
from builder.content.parse.weekdays import check_weekdays
from builder.i18n.language import is_legal_form
from builder.i18n.patterns import late
from builder.model import Actor, Position, Reference, Source, When

_PATH_PART = late(r"[\w.~!$'()+,;=@-]+(?: [\w.~!$'()+,;=@-]+)*")
"""What an old address may be made of: letters, digits and signs that need no escape, in an address or in a file's name."""

NEVER = When()
_SAME_AS = late(r"wd:Q[1-9][0-9]{0,11}")
_CONTACT = late(schema.CONTACT)


def text_of(values: Values, key: str) -> str:
    """Return a text value, "" if it was left out."""
    value = values.get(key)
    return value.value.strip() if value is not None else ""


def texts_of(values: Values, key: str) -> tuple[str, ...]:
    """Return a list of texts, empty where it was left out."""
    found = values.get(key)
    return tuple([item.value.strip() for item in found]) if found else ()


def topics_of(reader: Reader, values: Values) -> tuple[str, ...]:
    """Return the topics, each once: those whose page can have an address."""
    kept: dict[str, None] = {}
    for item in values.get("topics", ()):
        topic = item.value.strip()
        reader.spots.append((topic, item.line, item.column))
        if urls.slug(topic):
            kept[topic] = None
        else:
            reader.error(
                "id-missing",
                f"The topic “{topic[:60]}” has no letter and no digit, so its page can have no address.",
                item,
                "Call it by a word.",
            )
    return tuple(kept)


def _path_for(address: str) -> str:
    """Return what to write instead of an old address that is none."""
    plain = unquote(address).partition("?")[0].partition("#")[0]
    if "://" in plain:
        plain = "/" + plain.partition("://")[2].partition("/")[2]
    parts = plain.strip("/").split("/")
    if plain != address and all(_PATH_PART.fullmatch(part) and part.strip(".") for part in parts) and urls.is_portable(plain):
        return f"Write its path alone: {plain if plain.startswith('/') else f'/{plain}'}"
    another = (
        ""
        if "/" in address
        else " Delete it if it is another name of the page, as in Obsidian: links find a page by its title and its file."
    )
    return f"Write its path alone, as it was: /old/path/.{another}"


def aliases_of(reader: Reader, values: Values) -> tuple[str, ...]:
    """Return the old addresses that are paths of this site, without percent-encoding; no alias may lead a page out of it."""
    kept = []
    for item in values.get("aliases", ()):
        path = unquote(item.value)  # as browsers copy it: /%C3%A9t%C3%A9/
        parts = path.strip("/").split("/")
        if (
            all(_PATH_PART.fullmatch(urls.whole(part)) and part.strip(".") for part in parts)
            and urls.is_portable(path)
            and not path.startswith("//")
        ):
            kept.append(path)
        else:
            reader.error(
                "alias-wrong",
                f"“{item.value[:60]}” cannot be an old address of this site.",
                item,
                _path_for(item.value),
            )
    # What a disk may hold to be one path is one address.
    return tuple({urls.alike(urls.alias_path(path)): path for path in reversed(kept)}.values())[::-1]


def line_of(reader: Reader, values: Values, key: str) -> model.Body | None:
    """Return a line of Markdown, rendered."""
    value = values.get(key)
    if value is None:
        return None
    body, problems = markup.read_line(value.value, location=reader.location(value), near=reader.near)
    reader.problems += problems
    return body


def is_left_out(node: Node) -> bool:
    """Return whether a key has nothing after it: a bare reference."""
    return isinstance(node, Scalar) and node.plain and not node.value


def listed(reader: Reader, node: Node, record: str, form: str = "") -> list[tuple[Scalar | None, Node]]:
    """Return the entries of a list or mapping of records, each with its id where the author gave one as a key.

    A list item may be a bare id, a record, or one id with its record. `form` is the name of their short form in `schema.IN_LINE`, if it is another than the record's.
    """
    if isinstance(node, Mapping):
        cut = flow_commas.cut_off(node)
        for key in cut:
            reader.problems.append(flow_commas.problem("id-wrong", key, cut[key], reader.location(key), subject=key.value))
        kept = [item for item in node.items if item[0] not in cut]
        return [*misplaced_keys.without(reader, Mapping(tuple(kept), node.line, node.column), record, form or record)]
    if isinstance(node, Scalar):
        return [one_line.parted(reader, node, form or record)]
    found: list[tuple[Scalar | None, Node]] = []
    for item in node.items:
        if isinstance(item, Mapping) and len(item.items) == 1 and item.items[0][0].value not in schema.BY_NAME[record]:
            found.append(item.items[0])
        elif not is_misplaced(reader, item, record):
            found.append(one_line.parted(reader, item, form or record) if isinstance(item, Scalar) else (None, item))
    return found


def is_misplaced(reader: Reader, item: Node, record: str) -> bool:
    """Report a list that stands where a record is expected, and say whether it is one."""
    if not isinstance(item, Sequence):
        return False
    message = f"A list stands here where a record of the kind “{record}” is expected."
    reader.error("not-a-record", message, item, "Remove the inner brackets or dashes.")
    return True


def id_of(reader: Reader, key: Scalar | None, values: Values, made_from: str, node: Node, record: str) -> str:
    """Return the id that the author gave, or one made from the record; "" if neither is to be had."""
    given: Scalar | None = values.get("id") or key
    if given is not None:
        if urls.is_id(given.value):
            return str(given.value)
        if given is key:  # the record's own “id” was checked when it was read
            reader.bad_id(given, defines=True)
        return urls.slug(given.value)
    made = urls.slug(made_from)
    # A quote of signs alone gets an id from its digest, and the missing title of an event was reported.
    if not made and record != "quote" and (record != "event" or "title" in values):
        reader.error(
            "id-missing", f"This {record} has no id, and none can be made from it.", node, "Add “id:” with small letters and hyphens."
        )
    return made


def as_words(values: Values, record: str) -> tuple[str, ...]:
    """Return what the author put in quotation marks where an id or plain words may stand, or an id may have been meant."""
    found: list[str] = []
    for key in (*schema.NAMES_IN[record], *schema.BESIDE_IDS.get(record, ())):
        value = values.get(key, ())
        found += [item.value.strip() for item in ((value,) if isinstance(value, Scalar) else value) if not item.plain]
    return tuple(found)


def given_keys(values: Values) -> tuple[str, ...]:
    """Return which keys the author wrote."""
    return tuple(sorted(values))


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
    if not isinstance(node, Mapping):
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


def _refuse_identity(reader: Reader, node: Mapping) -> None:
    for key, value in node.items:
        if (key.value in schema.IDENTIFYING or _CONTACT.fullmatch(key.value)) and not is_left_out(value):
            reader.error(
                "unnamed-identity",
                f"An unnamed source cannot carry “{key.value}”: it would name them.",
                key,
                "Delete the key, from the file’s history too. Use “described_as” for the words of the report.",
            )


def same_as(reader: Reader, values: Values) -> tuple[str, ...]:
    """Return the Wikidata items and addresses of `same_as`, and report what is neither."""
    kept = []
    for item in values.get("same_as", ()):
        if _SAME_AS.fullmatch(item.value) or urls.is_web_address(item.value):
            kept.append(item.value)
        else:
            reader.error(
                "url-wrong",
                f"“{item.value[:60]}” is neither a Wikidata item nor an address.",
                item,
                "Write wd:Q30, or an address that begins with https://.",
            )
    return tuple(kept)


def former_ids(reader: Reader, values: Values) -> tuple[str, ...]:
    """Return the ids that a record had before, and report what is none."""
    kept = []
    for item in values.get("former_ids", ()):
        if urls.is_id(item.value):
            kept.append(item.value)
        else:
            reader.bad_id(item)
    return tuple(kept)


def _positions(reader: Reader, values: Values) -> tuple[tuple[Position, ...], tuple[str, ...]]:
    """Return the offices, and what of their words is in quotation marks."""
    node = values.get("position")
    if node is None:
        return (), ()
    held: list[Position] = []
    marked: list[str] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
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
    if not isinstance(node, Mapping):
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


def reference(reader: Reader, node: Scalar) -> Reference | None:
    """Return a bare id as a reference to the shared record."""
    if urls.is_id(node.value):
        return Reference(node.value, reader.location(node))
    reader.bad_id(node)
    return None
