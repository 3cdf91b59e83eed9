"""Sources as people write them in a cell: words, addresses, links of Markdown, and several of them in one sentence."""

import re

from builder.importing.html_words import line

_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\((?P<to>https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)|\.")
_JOINING = frozenset({"and", "und", "et", "y", "e", "en", "och", "og", "&", "see", "siehe", "via", "at", "in"})
"""Words between two sources that name neither."""
_MOST_SIGNS = 50
"""How many signs are taken off an end, one after the other."""
_PAIRS = {")": "(", "]": "[", "}": "{"}


def cited_works(entry: str) -> list[tuple[str, str]]:
    """Return the sources that an entry of a cell names, each with its words and its address; either may be ""."""
    entry = _LINK.sub(lambda found: f" {found['words']} {found['to']} ", entry)
    parts: list[str] = []
    addresses: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(entry):
        to = bare_address(found[0])
        parts.append(words_of(entry[at : found.start()], is_beside=True))
        addresses.append(to)
        at = found.start() + len(to)
    rest = words_of(entry[at:], is_beside=bool(addresses))
    if not addresses:
        return [(rest, "")] if rest else []
    if len(addresses) == 1:
        return [(words_of(f"{entry[: entry.index(addresses[0])]} {entry[at:]}", is_beside=True), addresses[0])]
    # Where an address comes first, each is followed by its words.
    said = parts if parts[0] or not any(parts) else [*parts[1:], rest]
    further = [] if said is not parts or not rest else [(rest, "")]
    return [*zip(said, addresses, strict=True), *further]


def bare_address(given: str) -> str:
    """Return an address without the signs of the sentence around it: a full stop, a bracket that closes one before it."""
    for _ in range(_MOST_SIGNS):
        if not (given and (given[-1] in ".,;:!?'’»”" or (given[-1] in _PAIRS and given.count(given[-1]) > given.count(_PAIRS[given[-1]])))):
            break
        given = given[:-1]
    return given


def words_of(text: str, *, is_beside: bool = False) -> str:
    """Return the words that name a source, without what only stood around its address; words `is_beside` one may stand in brackets."""
    made = line(re.sub(r"\(\s*\)|\[\s*\]|<\s*>", " ", text))
    for _ in range(_MOST_SIGNS):
        before, made = made, made.strip(" ,:;–—-|•").removesuffix(" .")
        if is_beside and (found := _IN_BRACKETS.fullmatch(made)):
            made = found[1] or ""
        for last, first in _PAIRS.items():
            if made.endswith(first) or (made.endswith(last) and made.count(last) > made.count(first)):
                made = made[:-1]
            if made.startswith(last) or (made.startswith(first) and made.count(first) > made.count(last)):
                made = made[1:]
        if made == before:
            break
    return "" if made.casefold() in _JOINING else made
