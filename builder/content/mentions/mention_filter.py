"""Whether a name in a text is that of its bearer, by what stands beside it and before it."""

from collections.abc import Container, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from builder.content.mentions.longer_names import end_of_longer_name, is_in_title
from builder.content.mentions.named_after import is_of_thing
from builder.content.mentions.other_bearers import Bearer, Whose, is_of_body, is_saying, start_of_longer_name, whose_surname
from builder.content.mentions.word_before import BearerFacts
from builder.i18n.patterns import late
from builder.model import Body, Html, Section, Text

_AFTER_CAPITALS = late(r"(?P<colon>:)|\s(?P<word>[^\W\d_]+)(?!\w)")
_NONE: Mapping[str, Bearer] = {}
_NO_OFFICES: Mapping[str, frozenset[str]] = {}


class KnownNames(NamedTuple):
    """Names to look for in a text, with what tells their owners from others of the same name."""

    owners: Mapping[str, str]
    """Name or alias → id of its actor."""
    later: Mapping[str, Bearer] = _NONE
    """Surnames with whose they are, which count behind the first of that person's names only, and where they are not another's: “Bruce Lee”, “the Lee family”."""
    people: Container[str] = ()
    """The owners that are people."""
    offices: Mapping[str, frozenset[str]] = _NO_OFFICES
    """The words of the offices of each."""


class MentionFilter:
    """Decides whether a name in a text is that of its bearer, from what stands beside it and before it."""

    def __init__(self, body: Body, known: KnownNames, language: str, ends: Iterable[int]) -> None:
        self._body, self.text, self._language = body, body.text, language
        self._names, self._people, self._offices, self._ends = known.owners, known.people, known.offices, frozenset(ends)
        self._beside = {
            bearer.id: BearerFacts(language, first_name=bearer.first_name, surname=surname, offices=bearer.offices)
            for surname, bearer in known.later.items()
        }
        self._full: dict[str, str] = {}
        """Owner → the first of their names that has several words; empty until it is asked for."""

    def is_named(self, owner: str, start: int, end: int, piece_start: int, piece_end: int) -> bool:
        """Return whether a name or alias in a range of the text, in a piece of it, is that of its owner."""
        who = self._of(owner)
        if _is_in_longer_name(self._body, end, piece_end, self._language) if who.is_person else is_of_body(self.text, start, end):
            return False
        if who.is_person and (
            is_of_thing(self.text, start, end, piece_start, who)
            or (start == piece_start and end == piece_end and self._is_in_italics(start, end))
        ):
            return False
        if who.surname and who.surname == self.text[start:end]:
            return whose_surname(self.text, start, end, piece_start, who, is_alias=True) is Whose.ITS_OWN
        longer = start_of_longer_name(self.text, start, end, piece_start, who)
        # Two bodies may stand side by side: a Lion Air Boeing.
        return longer < 0 or not (who.is_person or self._ends.isdisjoint(range(longer + 1, start)))

    def _may_be_initials(self, start: int, end: int, who: BearerFacts) -> bool:
        """Return whether a surname in capitals may be initials: not before a colon, as in an interview, a verb of saying, or another word in capitals."""
        surname = self.text[start:end]
        if not surname.isupper() or surname == who.surname:
            return False
        found = _AFTER_CAPITALS.match(self.text, end)
        return found is None or not (
            found["colon"] or is_saying(found["word"], self._language) or (found["word"].isupper() and len(found["word"]) > 1)
        )

    def _is_in_italics(self, start: int, end: int) -> bool:
        """Return whether the piece of text at an offset is in italics by itself, as the names of ships and books are; not before a colon, as speakers are in an interview."""
        if self.text[end : end + 1] == ":":
            return False
        pairs = pairwise(self._body.segments)
        return any(
            isinstance(words, Text) and words.at == start and isinstance(before, Html) and before.html.endswith("<em>")
            for before, words in pairs
        )

    def whose_surname(self, owner: str, start: int, end: int, piece_start: int, piece_end: int) -> Whose:
        """Return whose a surname of an owner is, in a range of the text and in a piece of it."""
        if _is_in_longer_name(self._body, end, piece_end, self._language):
            return Whose.NOBODY
        who = self._of(owner)
        if is_of_thing(self.text, start, end, piece_start, who) or self._may_be_initials(start, end, who):
            return Whose.NOBODY
        return whose_surname(self.text, start, end, piece_start, who)

    def _of(self, owner: str) -> BearerFacts:
        known = self._beside.get(owner)
        if known is None:
            if not self._full:
                self._full = {of: name for name, of in reversed(tuple(self._names.items())) if " " in name} or {"": ""}
            full = self._full.get(owner, "")
            offices = self._offices.get(owner, frozenset())
            is_person = owner in self._people
            first_name, surname = (full.split(" ")[0], full.rpartition(" ")[2]) if full else ("", "")
            known = BearerFacts(self._language, is_person, first_name, surname if is_person else "", offices)
            self._beside[owner] = known
        return known


def _is_in_longer_name(body: Body, end: int, piece_end: int, language: str) -> bool:
    if not end_of_longer_name(body.text, end, piece_end, language):
        return False
    # Asked last, and seldom: only a heading may have capitals throughout.
    following = body.text[end + 1 :].partition("\n")[0].partition(" ")[0]
    return not (
        (is_in_title(body.text, end) or is_saying(following.lower(), language))
        and _line(body.text, end) in {segment.title for segment in body.segments if isinstance(segment, Section)}
    )


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0].strip()
