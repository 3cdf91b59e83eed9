"""Front-matter nodes into quotes and timeline entries: the long forms, and the short forms that expand to them."""

import hashlib
import re
from itertools import pairwise

from builder import dates, model, urls
from builder.content import schema
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode, flow_commas
from builder.content.parse import coordinates
from builder.content.parse.record_keys import (
    NEVER,
    as_words,
    check_weekdays,
    former_ids,
    given_keys,
    id_of,
    is_left_out,
    line_of,
    reference,
    same_as,
    text_of,
    texts_of,
)
from builder.content.schema.suggestions import is_sure, meant_key, shortened
from builder.diagnostics import WARNING, Diagnostic, nearest
from builder.model import Event, Quote, Reference, Status, Translation

_COMMAS = ",，、 "

_NO_SPEAKERS = frozenset((*schema.BY_NAME["quote"], *schema.KEY_SYNONYMS["quote"]))
"""What the short form of a quote cannot begin with: our keys, and what others call them."""


def _with_defaults(values: Values, defaults: Values) -> Values:
    return {**defaults, **values} if defaults else values


def _joined(reader: Reader, node: MappingNode) -> MappingNode:
    """Report values in braces that end at a comma, and return a record in which they are whole."""
    if not (cut := flow_commas.cut_off(node)):
        return node
    for key, (owner, words) in cut.items():
        reader.problems.append(flow_commas.problem("key-unknown", key, (owner, words), reader.location(key)))
    whole = dict(cut.values())
    return MappingNode(
        tuple(
            (key, Scalar(whole[key], value.line, value.column) if key in whole else value) for key, value in node.items if key not in cut
        ),
        node.line,
        node.column,
    )


_GLUED = re.compile(r"([a-z0-9-]+):(\S.*)", re.DOTALL)


def _no_quote(node: Node) -> tuple[str, Node, str]:
    """Return what is wrong with what stands in place of a quote, where, and what to write."""
    if isinstance(node, Scalar):
        speaker, _, words = node.value.partition(" ")
        if glued := _GLUED.fullmatch(node.value):
            return f"A space is missing behind “{glued[1]}:”, so this is no quote.", node, f"Write “- {glued[1]}: {shortened(glued[2])}”."
        if words and "-" in speaker and urls.is_id(speaker):
            return (
                f"A colon is missing behind “{speaker}”, so this is no quote.",
                node,
                f"Write “- {speaker}: {shortened(words.lstrip('–—- '))}”.",
            )
    return "A quote is “speaker: words” or a record with “text”.", node, "Write “- speaker-id: the words”."


def quote(reader: Reader, key: Scalar | None, node: Node, defaults: Values) -> Quote | None:
    """Read a quote: a record, or `speaker: words` with the rest of the record beside it."""
    location = reader.location(key or node)
    if isinstance(node, MappingNode):
        node = _spoken_in_full(_joined(reader, node))
    elif key is not None and not is_left_out(node):
        node, key = _spoken((), key, node, node), None
    else:
        reader.error("not-a-record", *_no_quote(node), kind="quote")
        return None
    values, extra = reader.record(node, "quote")
    check_weekdays(reader, values, "quote")
    values = _with_defaults(values, defaults)
    segments = texts_of(values, "text")
    if not segments:
        return None
    # A comma at the end is of the sentence around the quote: “It may rain,” she said.
    segments = (*segments[:-1], segments[-1].rstrip(_COMMAS) or segments[-1])
    speakers = texts_of(values, "speaker")
    _report_unknown_among_names(reader, values)
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
        relations=tuple((relation, model.quote_key(target)) for relation in model.RELATIONS for target in texts_of(values, relation)),
        stated=values.get("stated", False),
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
        as_words=as_words(values, "quote"),
        location=reader.location(words[0]) if words else location,
    )


def _report_unknown_among_names(reader: Reader, values: Values) -> None:
    """Report `unknown` beside a name: a page could show only the name, as if it were the only one."""
    for key in ("speaker", "to"):
        items = values.get(key, ())
        unknown = next((item for item in items if item.value.strip() == "unknown"), None)
        if unknown is not None and any(item.value.strip() != "unknown" for item in items):
            reader.error(
                "unknown-beside-name",
                f"“unknown” stands beside a name in “{key}”.",
                unknown,
                f"Name only who is known in “{key}:” and mention the other in “note:”, or describe the other under “unnamed:” and write that id.",
            )


def _spoken_in_full(node: MappingNode) -> MappingNode:
    """Return a quote in which a speaker stands as a key, as the record that it is short for."""
    if {key.value for key, _ in node.items} & {"text", "speaker"}:
        return node
    unknown = [(k, v) for k, v in node.items if k.value not in _NO_SPEAKERS and not k.value.startswith("x_")]
    found = next(((k, v) for k, v in unknown if len(unknown) > 1 and not _is_misspelt(k.value)), unknown[0] if unknown else None)
    return _spoken(tuple(item for item in node.items if item[0] is not found[0]), *found, node) if found is not None else node


def _is_misspelt(key: str) -> bool:
    """Return whether a key is more likely one of a quote, misspelt, than a speaker."""
    return is_sure(key, meant_key(key, "quote"), "quote")


def _spoken(rest: tuple[tuple[Scalar, Node], ...], speaker: Scalar, words: Node, at: Node) -> MappingNode:
    """Return `speaker: words`, with the rest of its record, as the record with “speaker” and “text” that stands `at` a node."""
    pairs = ((Scalar("speaker", speaker.line, speaker.column), speaker), (Scalar("text", words.line, words.column), words))
    return MappingNode((*rest, *pairs), at.line, at.column)


def _translation(reader: Reader, values: Values) -> Translation | None:
    node = values.get("translation")
    if node is None:
        return None
    if isinstance(node, Scalar):
        words = reader.text(node, schema.BY_NAME["translation"]["text"])
        return Translation(reader.bare(words).value.strip()) if words is not None else None
    inner, _ = reader.record(node, "translation")
    return Translation(text_of(inner, "text"), text_of(inner, "by"), text_of(inner, "method") or "unknown") if "text" in inner else None


def _date_for(text: str) -> str:
    """Return a text that is a date, or what to write instead of it; "" if unknown."""
    try:
        dates.parse(text)
    except dates.DateProblem as problem:
        return problem.instead
    return text


def _meant_as_date(text: str) -> bool:
    return text[:4].isdigit() or bool(_date_for(text))


def _in_full(rest: tuple[tuple[Scalar, Node], ...], day: Scalar, what: Node, record: str = "event") -> MappingNode:
    """Return `date: words`, with the rest of its record, as the record with the two keys that this is short for: of an event, “when” and “title”."""
    form = schema.SHORT_FORMS[record].short
    assert form is not None
    pairs = ((Scalar(form[0], day.line, day.column), day), (Scalar(form[1], what.line, what.column), what))
    return MappingNode((*rest, *pairs), what.line, what.column)


def dated_in_full(node: MappingNode, record: str = "event") -> MappingNode:
    """Return an entry in which a date, or what was meant as one, stands as a key, as the record that it is short for."""
    own = schema.BY_NAME[record]
    if {key.value for key, _ in node.items} & {*(schema.SHORT_FORMS[record].short or ())}:
        return node
    unknown = [(key, value) for key, value in node.items if key.value not in own and not key.value.startswith("x_")]
    found = next((item for item in unknown if dates.is_date(item[0].value)), None)
    if found is None and len(unknown) == 1 and isinstance(unknown[0][1], Scalar):
        # A date written otherwise; but not a key that is misspelt.
        word = unknown[0][0].value
        found = unknown[0] if _meant_as_date(word) or not (is_left_out(unknown[0][1]) or nearest(word, own)) else None
        if word in schema.KEY_SYNONYMS.get(record, {}):
            found = None
    return _in_full(tuple(item for item in node.items if item[0] is not found[0]), *found, record) if found is not None else node


_DAY_FIRST = (re.compile(r"(.{4,40}?)\s+[-–—]\s+(\S.*)"), re.compile(r"([^\s,;]+)[,;]?\s+(\S.*)"))


def is_reported_as_untitled(reader: Reader, node: Scalar) -> bool:
    """Report words that begin with a date and have no colon behind it; False where they do not."""
    for form in _DAY_FIRST:
        found = form.fullmatch(node.value)
        day = _date_for(found[1]) if found is not None else ""
        if found is not None and day[:4].isdigit():
            hint = f"Write “- {day}: {found[2][:60]}”."
            reader.error("not-a-record", f"A colon is missing behind the date “{found[1]}”.", node, hint)
            return True
    return False


def _is_reported_as_words(reader: Reader, node: Scalar) -> bool:
    """Report words in place of an event, which are neither the id of one nor begin with one; False where they may be an id."""
    first, _, words = node.value.strip().partition(" ")
    if not words or ("-" in first and urls.is_id(first)):
        return False
    written = shortened(node.value.strip())
    message = f"“{written}” has no date, and is no id of an event."
    reader.error(
        "not-a-record", message, node, f"Write “- YYYY-MM-DD: {written}”; if the day is not known, “- {{when: unknown, title: {written}}}”."
    )
    return True


def event(reader: Reader, key: Scalar | None, node: Node, defaults: Values) -> Event | Reference | None:
    """Read a timeline entry: a record, `date: title` with the rest beside it, or a bare id for the shared record."""
    location = reader.location(key or node)
    if isinstance(node, Scalar):
        if key is None:
            return None if is_reported_as_untitled(reader, node) or _is_reported_as_words(reader, node) else reference(reader, node)
        if is_left_out(node):
            return reference(reader, key)
        if urls.is_id(key.value) and not _meant_as_date(key.value):
            hint = "Write “2022-01-21: what happened”, or a record with “when” and “title”."
            reader.error("date-wrong", f"“{key.value[:60]}” is not a date.", key, hint)
            return None
        node = _in_full((), key, node)
        key = None
    elif isinstance(node, MappingNode):
        node = dated_in_full(_joined(reader, node))
    else:
        reader.error("not-a-record", "A timeline entry is “date: title” or a record.", node)
        return None
    values, extra = reader.record(node, "event")
    values = _with_defaults(values, defaults)
    when = values.get("when", NEVER)
    reader.near = dates.first_day(when.date) if when.date is not None else None  # the words of an event count from its own day
    words = values.get("title")
    if words is None or (words.line, words.column) != (node.line, node.column):  # those of a mark are checked with the text
        check_weekdays(reader, values, "event")
    title = text_of(values, "title")
    found = id_of(reader, key, values, f"{title} {when.date.edtf if when.date is not None else ''}", node, "event")
    if not found:
        return None
    history, words_in_history = _history(reader, values)
    return Event(
        id=found,
        title=title or found,
        when=when,
        undated="when" not in values and all(_says_no_date(*item) for item in node.items),
        status=text_of(values, "status"),
        by=texts_of(values, "by"),
        actors=texts_of(values, "actors"),
        where=text_of(values, "place"),
        coordinates=coordinates.coordinates(reader, values),
        sources=texts_of(values, "sources"),
        summary=line_of(reader, values, "text"),
        key=values.get("key", False),
        short=text_of(values, "short"),
        history=history,
        as_words=(*as_words(values, "event"), *words_in_history),
        same_as=same_as(reader, values),
        former_ids=former_ids(reader, values),
        extra=extra,
        given=given_keys(values),
        location=location,
    )


def _says_no_date(key: Scalar, value: Node) -> bool:
    """Return whether an item of an event is neither a date nor anything that may have been meant as one."""
    return key.value.startswith("x_") or (key.value in schema.BY_NAME["event"] and (key.value != "when" or is_left_out(value)))


def _history(reader: Reader, values: Values) -> tuple[tuple[Status, ...], tuple[str, ...]]:
    """Return what was known when, and what of its words is in quotation marks."""
    node = values.get("history")
    if node is None:
        return (), ()
    statuses = []
    marked: list[str] = []
    for item in node.items if isinstance(node, SequenceNode) else (node,):
        inner, _ = reader.record(dated_in_full(item, "status") if isinstance(item, MappingNode) else item, "status")
        marked += as_words(inner, "status")
        if "status" in inner:
            statuses.append(
                Status(
                    status=text_of(inner, "status"),
                    on=inner.get("on", NEVER),
                    source=text_of(inner, "source"),
                    by=texts_of(inner, "by"),
                    location=reader.location(item),
                    when=inner.get("when", NEVER),
                )
            )
    _report_order(reader, statuses)
    return tuple(statuses), tuple(marked)


def _report_order(reader: Reader, statuses: list[Status]) -> None:
    """Report an entry that stands before an earlier one: its day, as likely as not, is a slip. A history may begin with the first or with the last."""
    pairs = [(status, two) for status, two in pairwise(statuses) if status.on.date is not None and two.on.date is not None]
    orders = [dates.compare(status.on.date, two.on.date) for status, two in pairs if status.on.date is not None and two.on.date is not None]
    if not {1, -1} <= set(orders):
        return
    wrong = 1 if orders.count(1) <= orders.count(-1) else -1
    first, second = pairs[orders.index(wrong)]
    assert first.on.date is not None
    assert second.on.date is not None
    words = f"The steps of this history are not in order: {second.on.date.edtf} stands below {first.on.date.edtf}."
    reader.problems.append(
        Diagnostic(
            "date-order",
            words,
            second.on.location,
            help="Correct the day, or put them in order.",
            severity=WARNING,
            also=(first.on.location,),
        )
    )
