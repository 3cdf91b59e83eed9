"""Actors and sources written in one line, which `content.one_line_records` takes apart."""

import re

from builder import dates, model
from builder.content import markup, one_line_records
from builder.content.fields import Reader, Values
from builder.content.frontmatter import Scalar, pasted_quotes
from builder.content.schema import BY_NAME
from builder.diagnostics import Diagnostic, Location
from builder.diagnostics.shortening import shorten
from builder.model import Actor, Position, Source, When

_JOINED = re.compile(r"\s+(?:and|und|et|y|og|och|en|и|&)\s+|,\s+|;\s*")
"""What stands between the names of several people."""


def authors(reader: Reader, values: Values) -> tuple[str, ...]:
    """Return the authors of a record. One that reads as several people is reported, unless it stands in quotation marks."""
    for value in values.get("authors", ()):
        names = _JOINED.split(value.value.strip())
        # Names of people have a first and a last name; “Trade and Industry” has not.
        if value.plain and len(names) > 1 and all(2 <= len(name.split()) <= 4 and all(map(_is_name, name.split())) for name in names):
            hint = f"Write [{', '.join(names)}]; or put it in quotation marks if it is one name."
            reader.warning("authors-joined", f"“{value.value.strip()}” counts as one author.", value, hint)
    return tuple(item.value.strip() for item in values.get("authors", ()))


_GLUED = re.compile(r"([a-z][a-z0-9]*(?:-[a-z0-9]+)*):([^\W\d_].*)", re.DOTALL)


def parted(reader: Reader, node: Scalar, form: str) -> tuple[Scalar | None, Scalar]:
    """Return an entry of a list as its id, if it has one, and the rest; an id whose colon runs together with the rest is reported.

    `re:publica` is a name: what follows the colon has a capital, the id a hyphen, or the entry is an unnamed source, which is no name.
    """
    found = _GLUED.fullmatch(node.value) if node.plain else None
    if found is None or form in {"quote", "event"} or not (found[2][0].isupper() or "-" in found[1] or form == "unnamed"):
        return None, node
    at = node.column + len(found[1])
    reader.problems.append(
        Diagnostic(
            "not-a-record",
            f"A space is missing behind “{found[1]}:”.",
            Location(reader.path, node.line, at),
            help=f"Write “{found[1]}: {shorten(found[2], 60)}”.",
            subject=found[1],
        )
    )
    return Scalar(found[1], node.line, node.column), Scalar(found[2], node.line, at + 1)


def _is_name(word: str) -> bool:
    return word[0].isupper() or word in {"de", "van", "von", "der", "den", "da", "dos", "al", "bin", "la", "le", "du"}


def _given(found: one_line_records.Keys, *more: str) -> tuple[str, ...]:
    return tuple(sorted((*found, *more)))


def _text(found: one_line_records.Keys, key: str) -> str:
    value = found.get(key, "")
    return value if isinstance(value, str) else ""


def actor(reader: Reader, node: Scalar, words: str, key: str, location: Location) -> Actor:
    """Read the line of an actor in format 2."""
    found = one_line_records.actor(words)
    held = found.get("position")
    position = _position(reader, node, held) if isinstance(held, dict) else None
    _spot(reader, node, _text(found, "of"))
    return Actor(
        id=key,
        name=pasted_quotes.unmarked(_text(found, "name"))[0],
        type=_text(found, "type") or model.PERSON,
        positions=(position,) if position is not None else (),
        of=_text(found, "of"),
        here=_text(found, "here"),
        given=_given(found),
        location=location,
    )


def _position(reader: Reader, node: Scalar, held: dict[str, str]) -> Position:
    _spot(reader, node, held.get("of", ""))
    location = reader.location(node)
    since, until = (_when(held.get(key, ""), location) for key in ("from", "to"))
    return Position(role=held["role"], of=held.get("of", ""), since=since, until=until, location=location)


def _when(day: str, location: Location) -> When:
    if not day:
        return When()
    return When(dates.parse(day) if day != "unknown" else None, location=location)


def words_of_unnamed(reader: Reader, node: Scalar, *, short: bool) -> str:
    """Return the words about an actor who is not named, in one line, and record what may be a quotation in them.

    A reason for leaving out the name may stand in quotation marks, as under its own key: those are the report's words, and no quotation.
    """
    noted = len(reader.quoting) if reader.quoting is not None else 0
    words = reader.bare(reader.note_quoting(node, BY_NAME["actor"]["described_as"])).value
    reason = _text(one_line_records.unnamed(words), "anonymity_reason") if short else ""
    if reader.quoting is not None and reason and not any(markup.signs_in(words.removesuffix(reason))):
        del reader.quoting[noted:]
    return words


def unnamed(words: str, key: str, location: Location) -> Actor:
    """Read the line of an actor who is not named, in format 2."""
    found = one_line_records.unnamed(words)
    return Actor(
        id=key,
        type=model.UNNAMED,
        described_as=_text(found, "described_as"),
        knows_because=_text(found, "knows_because"),
        anonymity_reason=_text(found, "anonymity_reason"),
        given=_given(found, "type"),
        location=location,
    )


def source(reader: Reader, node: Scalar) -> one_line_records.Keys:
    """Return what the line of a source says; nothing for words that end in no date."""
    found = one_line_records.source(node.value)
    _spot(reader, node, _text(found, "publisher"))
    return found


def _day(words: str) -> str:
    """Return what stands in the place of the date of a source in one line and is none; "" if there are no figures."""
    *before, last = one_line_records.parts_of(words)
    return last if before and any(map(str.isdigit, last)) and not dates.is_date(last) else ""


def has_wrong_day(words: str) -> bool:
    """Return whether words are a source in one line but for their date: `Lantern, Ferry in doubt, 15 October 2025`."""
    return bool(_day(words)) and " " in words


def source_unread(reader: Reader, node: Scalar) -> None:
    """Report a line that is no source: its date cannot be read, or it is of another form."""
    subject = node.value
    if day := _day(subject):
        try:
            dates.parse(day)
        except dates.DateProblem as problem:
            message = f"A source in one line ends with its date, and “{day}” is not a date. {problem.reason}"
            reader.problems.append(
                Diagnostic("date-wrong", message, reader.location(node), help=problem.hint, subject=subject, kind="source")
            )
            return
    message = "A source in one line is its address, or “Publisher, title, date”."
    advice = "Write an address that begins with https://, a line such as “Lantern, Ferry in doubt, 2025-10-15”, or a record: {title: …, publisher: …}."
    reader.problems.append(Diagnostic("url-wrong", message, reader.location(node), help=advice, subject=subject, kind="source"))


def made_from(keys: one_line_records.Keys) -> str:
    """Return what the id of a source in one line is made from: publisher and day."""
    return f"{_text(keys, 'publisher')} {_text(keys, 'published')}"


def report(keys: one_line_records.Keys, key: str, location: Location) -> Source:
    """Return the source that a line says."""
    return Source(
        id=key,
        title=_text(keys, "title"),
        publisher=_text(keys, "publisher"),
        url=_text(keys, "url"),
        published=_when(_text(keys, "published"), location),
        given=_given(keys),
        location=location,
    )


def _spot(reader: Reader, node: Scalar, words: str) -> None:
    """Record where an id stands in a line."""
    if words:
        at = node.value.find(words)
        reader.value_locations.append((words, node.line, node.column + (at if node.width == len(node.value) else 0)))
