"""Records in one line: `Ann Lee, Mayor, of council, from 2019`, `Lantern, Bakery on the brink, 2025-10-21`, `a clerk; saw the file; fears for the job`.

The parts stand in the order in which the guide names them. In an explainer of format 1, an actor in one line is `Name, office` alone.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from builder import dates, model, urls
from builder.content.fields import Reader
from builder.content.frontmatter import Scalar, pasted_quotes
from builder.diagnostics import Place
from builder.i18n.language import is_legal_form
from builder.model import Actor, Position, Source, When

_OF = re.compile(r"of\s+(\S.*)")
_DATE = re.compile(r"(from|to)\s+(\S+)")


class SourceLine(msgspec.Struct, frozen=True):
    """What the line of a source says."""

    publisher: str
    title: str
    published: When
    url: str = ""


def parts_of(line: str) -> list[str]:
    """Return the parts of a line between commas; the legal form of a company belongs to the part before it: `Acme, Inc.`."""
    parts: list[str] = []
    for part in line.split(","):
        if len(parts) == 1 and is_legal_form(part):
            parts[0] += f",{part}"
        else:
            parts.append(part.strip())
    return parts


def actor(reader: Reader, node: Scalar, words: str, key: str, place: Place) -> Actor:
    """Read `Name, office, of ID, from DATE, to DATE`, or with a type in the place of the office `Name, Organization, of ID, role in the story`."""
    name, *rest = parts_of(words)
    kind = rest.pop(0) if rest and rest[0] in model.ACTOR_TYPES and rest[0] != model.UNNAMED else ""
    of = ""
    days: dict[str, When] = {}
    others: list[str] = []
    for part in rest:
        day = _DATE.fullmatch(part)
        body = _OF.fullmatch(part)
        if day is not None and day[1] not in days and (dates.is_date(day[2]) or day[2] == "unknown"):
            days[day[1]] = When(dates.parse(day[2]) if day[2] != "unknown" else None, place=reader.place(node))
        elif body is not None and not of:
            of = body[1]
            _spot(reader, node, of)
        else:
            others.append(part)
    words = ", ".join(part for part in others if part)
    here = words if kind and not days else ""
    office = "" if here else words
    since, until = days.get("from", When()), days.get("to", When())
    held = (Position(role=office, of=of, since=since, until=until, place=reader.place(node)),) if office else ()
    told = {"type": kind, "position": office, "of": "" if held else of, "here": here}
    return Actor(
        id=key,
        name=pasted_quotes.unmarked(name)[0],
        type=kind or model.PERSON,
        positions=held,
        of=told["of"],
        here=here,
        given=_given("name", told),
        place=place,
    )


def _given(first: str, told: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted((first, *(key for key, value in told.items() if value))))


def source_without_name(described: str, knows: str = "", reason: str = "", *, key: str, place: Place) -> Actor:
    """Return an actor who is not named."""
    given = _given("described_as", {"type": model.UNNAMED, "knows_because": knows, "anonymity_reason": reason})
    return Actor(
        id=key, type=model.UNNAMED, described_as=described, knows_because=knows, anonymity_reason=reason, given=given, place=place
    )


def source(reader: Reader, node: Scalar) -> SourceLine | None:
    """Read `Publisher, title, DATE`, with an address behind it where there is one; None for words that end in no date."""
    parts = parts_of(node.value)
    url = parts.pop() if urls.is_address(parts[-1]) else ""
    day = parts.pop() if len(parts) > 1 and dates.is_date(parts[-1]) else ""
    if not day or not parts[0]:
        return None
    publisher, *title = parts
    _spot(reader, node, publisher)
    return SourceLine(publisher, ", ".join(title), When(dates.parse(day), place=reader.place(node)), url)


def report(line: SourceLine, key: str, place: Place) -> Source:
    """Return the source of a line."""
    given = _given("published", {"publisher": line.publisher, "title": line.title, "url": line.url})
    return Source(
        id=key, title=line.title, publisher=line.publisher, url=line.url, published=line.published, given=given, place=place
    )


def unnamed(line: str) -> Sequence[str]:
    """Return the parts of `description; how they know; why they are not named`."""
    described, *rest = (part.strip() for part in line.split(";"))
    return (described, rest[0] if rest else "", "; ".join(rest[1:]))


def _spot(reader: Reader, node: Scalar, words: str) -> None:
    """Note where an id stands in a line."""
    at = node.value.find(words)
    reader.spots.append((words, node.line, node.column + (at if node.width == len(node.value) else 0)))
