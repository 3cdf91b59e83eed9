"""Keys that several kinds of records have: ids, texts, topics, old addresses, references; and the entries of a list of records."""

from urllib.parse import unquote

from builder import model, urls
from builder.content import markup, schema
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode, flow_commas
from builder.content.parse import misplaced_keys, one_line
from builder.i18n.patterns import late
from builder.model import Reference, When

_PATH_PART = late(r"[\w.~!$'()+,;=@-]+(?: [\w.~!$'()+,;=@-]+)*")
"""What an old address may be made of: letters, digits and signs that need no escape, in an address or in a file's name."""

NEVER = When()
_SAME_AS = late(r"wd:Q[1-9][0-9]{0,11}")


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
        reader.value_locations.append((topic, item.line, item.column))
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
    if isinstance(node, MappingNode):
        cut = flow_commas.cut_off(node)
        for key in cut:
            reader.problems.append(flow_commas.problem("id-wrong", key, cut[key], reader.location(key), subject=key.value))
        kept = [item for item in node.items if item[0] not in cut]
        return [*misplaced_keys.without(reader, MappingNode(tuple(kept), node.line, node.column), record, form or record)]
    if isinstance(node, Scalar):
        return [one_line.parted(reader, node, form or record)]
    found: list[tuple[Scalar | None, Node]] = []
    for item in node.items:
        if isinstance(item, MappingNode) and len(item.items) == 1 and item.items[0][0].value not in schema.BY_NAME[record]:
            found.append(item.items[0])
        elif not is_misplaced(reader, item, record):
            found.append(one_line.parted(reader, item, form or record) if isinstance(item, Scalar) else (None, item))
    return found


def is_misplaced(reader: Reader, item: Node, record: str) -> bool:
    """Report a list where a record is expected. Returns whether the node is a list."""
    if not isinstance(item, SequenceNode):
        return False
    message = f"A list stands here where a record of the kind “{record}” is expected."
    reader.error("not-a-record", message, item, "Remove the inner brackets or dashes.", kind=record)
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


def reference(reader: Reader, node: Scalar) -> Reference | None:
    """Return a bare id as a reference to the shared record."""
    if urls.is_id(node.value):
        return Reference(node.value, reader.location(node))
    reader.bad_id(node)
    return None


def check_weekdays(reader: Reader, values: Values, record: str) -> None:
    """Report weekdays in the author's own words that are not those of the dates beside them."""
    for node in filter(None, map(values.get, schema.OWN_WORDS[record])):
        for _, _, message in markup.wrong_weekdays(node.value, reader.near):
            reader.error(
                "weekday-wrong", message, node, "Correct the weekday or the date; if a date of another year is meant, write the year."
            )
