"""Splits records in one line into their keys. The order of the parts is that of the guide.

Ann Lee, Mayor, of council, from 2019                →  name, position {role, of, from}
Toda Lines, Organization, of sanzen, owns the ship   →  name, type, of, here
Lantern, Bakery on the brink, 2025-10-21             →  publisher, title, published
a clerk; saw the file; fears for the job             →  described_as, knows_because, anonymity_reason
"""

import re

from builder import dates, model, urls
from builder.i18n.language import is_legal_form

Keys = dict[str, "str | dict[str, str]"]

OF = re.compile(r"of\s+(\S.*)")
_DAY = re.compile(r"(from|to)\s+(\S+)")


def parts_of(line: str) -> list[str]:
    """Return the parts of a line between commas; the legal form of a company belongs to the part before it, as `Inc.` does in `Acme, Inc.`: one part."""
    parts: list[str] = []
    for part in line.split(","):
        if len(parts) == 1 and is_legal_form(part):
            parts[0] += f",{part}"
        else:
            parts.append(part.strip())
    return parts


def actor(line: str) -> Keys:
    """Return the keys of a line of an actor in format 2."""
    name, *rest = parts_of(line)
    found: Keys = {"name": name}
    if rest and rest[0] in model.ACTOR_TYPES and rest[0] != model.UNNAMED:
        found["type"] = rest.pop(0)
    held: dict[str, str] = {}
    words: list[str] = []
    for part in rest:
        day, body = _DAY.fullmatch(part), OF.fullmatch(part)
        if day is not None and day[1] not in held and (dates.is_date(day[2]) or day[2] == "unknown"):
            held[day[1]] = day[2]
        elif body is not None and "of" not in held:
            held["of"] = body[1]
        elif part:
            words.append(part)
    said = ", ".join(words)
    if said and "type" in found and not held.keys() & {"from", "to"}:
        found["here"] = said
    elif said:
        found["position"] = {"role": said, **held}
        return found
    return {**found, "of": held["of"]} if "of" in held else found


def source(line: str) -> Keys:
    """Return the keys of a line of a source; none for words that end in no date."""
    parts = parts_of(line)
    url = parts.pop() if urls.is_web_address(parts[-1]) else ""
    day = parts.pop() if len(parts) > 1 and dates.is_date(parts[-1]) else ""
    if not day or not parts[0]:
        return {}
    publisher, *title = parts
    found: Keys = {"publisher": publisher, "title": ", ".join(title), "published": day, "url": url}
    return {key: value for key, value in found.items() if value}


def unnamed(line: str) -> Keys:
    """Return the keys of a line of an actor who is not named, in format 2."""
    described, *rest = (part.strip() for part in line.split(";"))
    found: Keys = {"described_as": described, "knows_because": rest[0] if rest else "", "anonymity_reason": "; ".join(rest[1:])}
    return {key: value for key, value in found.items() if value}
