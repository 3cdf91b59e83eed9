"""Removes and reports characters that no text may have, written as themselves or as entities."""

import html
import re
from collections import Counter
from collections.abc import Iterator

from builder.diagnostics import Diagnostic, Location, characters
from builder.i18n.scripts import beyond_ascii
from builder.model import Body, Html, Text

_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_BLOCKS = re.compile(r"\n(?=[ \t]*(?:\n|[-*+>#|]|\d+[.)]))")
"""Where a block may begin: what is opened in one must be closed in it."""


def without(text: str, location: Location) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return a text that begins at `location` without what is never published, and the problems found."""
    if not characters.is_suspect(text):
        return text, ()
    found: dict[str, characters.Unpublishable] = {}
    edge = 0
    firsts: list[list[str]] = []
    """Of each block, the characters that no earlier one has: these are reported together."""
    for end in (*(block.start() for block in _BLOCKS.finditer(text)), len(text)):
        firsts.append([])
        for unpublishable in characters.find_unpublishable(text[edge:end]):
            if unpublishable.char not in found:
                firsts[-1].append(unpublishable.char)
            first = found.get(unpublishable.char)
            at, times = (first.at, first.times) if first is not None else (edge + unpublishable.at, 0)
            found[unpublishable.char] = characters.Unpublishable(unpublishable.char, at, times + unpublishable.times)
        edge = end
    problems = []
    for together in filter(None, firsts):
        of_block = [found[char] for char in together]
        message, hint = characters.message_and_advice(of_block)
        problems.append(Diagnostic("character-wrong", message, _location(text, of_block[0].at, location), hint))
    return characters.without(text, found.values()), tuple(problems)


_LOST = re.compile("[\ufffc\ufffd\ue000-\uf8ff]")
_WHY = {
    "\ufffd": (
        "a program could not read a character, and it is lost",
        "Write the character that belongs here, from the source or an older copy of the file.",
    ),
    "\ufffc": (
        "a picture or another object stood here, and it is lost",
        "Put the picture in, or delete the sign: most editors do not show it.",
    ),
    "": (
        "only the font of who wrote it has a letter or sign for it, so readers see an empty box",
        "Write the letter or sign that is meant.",
    ),
}
"""By character, "" for one of private use: what has been lost, and what to do."""


def lost(text: str, path: str) -> tuple[Diagnostic, ...]:
    """Return the messages about a file in which characters were lost before it came to us, one for each kind; in code the sign may be what is spoken of."""
    if _LOST.search(beyond_ascii(text)) is None:
        return ()
    text = _CODE.sub(lambda code: _LOST.sub(" ", code[0]), text)
    found: dict[str, list[int]] = {}
    for match in _LOST.finditer(text):
        found.setdefault(match[0] if match[0] in _WHY else "", []).append(match.start())
    return tuple(_problem(text, path, kind, offsets) for kind, offsets in found.items())


def _problem(text: str, path: str, kind: str, found: list[int]) -> Diagnostic:
    locations = [Location(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in found[:_MOST_LOCATIONS]]
    times = len(found)
    more = f" and in {times - 1} other place{'s' * (times > 2)}" if times > 1 else ""
    why, hint = _WHY[kind]
    message = f"{characters.named(text[found[0]])} stands here{more}: {why}."
    return Diagnostic("character-lost", message, locations[0], help=hint, also=tuple(locations[1:]))


_CODE = re.compile(r"^(```++|~~~++).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_MOST_LOCATIONS = 20


def in_entities(text: str, body: Body, location: Location, *, one_line: bool = False) -> Iterator[Diagnostic]:
    """Yield what is reported of entities that stand for such characters; where they are shown as they are written, as in code, nothing is wrong."""
    if "&#" not in text:
        return
    refused = [entity for entity in _ENTITY.finditer(text) if (char := _char(entity)) and characters.is_suspect(char)]
    literal: Counter[str] = Counter()
    for written in {entity[0] for entity in refused}:
        literal[written] = sum(
            segment.html.count(html.escape(written)) if isinstance(segment, Html) else segment.text.count(written)
            for segment in body.segments
            if isinstance(segment, (Html, Text))
        )
    total = Counter(entity[0] for entity in refused)
    reported: set[str] = set()
    for entity in refused:
        written, char = entity[0], _char(entity)
        if total[written] <= literal[written] or written in reported:
            continue
        reported.add(written)
        meant = _meant(ord(char))
        help_ = f"Write “{meant}” itself." if meant else "Delete it."
        spot = location if one_line else _location(text, entity.start(), location, len(written))
        yield Diagnostic("character-wrong", f"“{written}” stands for {characters.named(char)}, which cannot be published.", spot, help_)


def _char(entity: re.Match[str]) -> str:
    code = int(entity[1], 16) if entity[1] else int(entity[2])
    return chr(code) if code <= 0x10FFFF else "\uffff"


def _meant(code: int) -> str:
    """Return what old programs meant by a number that is that of a control character in Unicode."""
    return bytes([code]).decode("cp1252", "ignore") if 0x80 <= code <= 0x9F else ""


def _location(text: str, at: int, location: Location, width: int = 1) -> Location:
    return Location(location.path, location.line + text.count("\n", 0, at), at - text.rfind("\n", 0, at), width)
