"""Find names in a body.

Names become links only in text that may contain one (`Text.linkable`); a longer name wins over a shorter one that begins at the same place.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

import msgspec

from builder.content.mentions.addresses import is_in_address
from builder.content.mentions.affixes import has_hyphenated_prefix, has_particle, has_prefix, is_korean, variants
from builder.content.mentions.longer_names import end_of_longer_name
from builder.content.mentions.mention_filter import KnownNames, MentionFilter
from builder.content.mentions.name_normal_form import plain, plain_with_offsets
from builder.content.mentions.other_bearers import Bearer, Whose, start_of_longer_name
from builder.content.mentions.word_before import BearerFacts
from builder.content.mentions.word_bounds import is_separate_word, is_unspaced
from builder.i18n.patterns import late
from builder.i18n.scripts import ARABIC, CLOSE, HAN, HEBREW, KATAKANA
from builder.model import Body, Link, Occurrence, Section, Segment, Text

_AT = attrgetter("at")

FEW = 4
"""Number of possible next words up to which they are tried one by one."""

_CAPITALISED = late(r"[A-ZÀ-ÖØ-ÞĀ-ɏͰ-ϿЀ-ЯҐ]\w*")
"""A word that may begin a name."""


def capitals(text: str) -> tuple[str, ...]:
    """Return the capitalised words of a text, each once, in order. Most actors are not in most texts: comparing these words first costs far less than searching for each name."""
    return tuple(dict.fromkeys(_CAPITALISED.findall(plain(text))))


def occurrences(body: Body, known: KnownNames, *, autolink: str, language: str = "") -> tuple[Occurrence, ...]:
    """Return every mention of a name in a body: first those in text that may contain links, in their order, then those in quoted words, headings and other links.

    `autolink` is `first` (the first mention in each section becomes a link), `all` or `off`. A name does not count in a longer one, by the rules of a language.
    A name that an explicit `[[link]]` has linked before in the section does not become a link again.
    """
    # Plain searches in the whole text: an expression of all names would have to be compiled for every explainer, which takes ten times as long.
    owners = {**known.owners} | {name.upper(): known.owners[name] for name in _in_capitals(body.text, known.owners, known.people)}
    candidates = sorted((_Candidate(*named, is_surname=False) for named in _name_ranges(body.text, owners)), key=_by_start_then_longest)
    if not candidates:
        return ()
    mentions = MentionFilter(body, known, language, [candidate.end for candidate in candidates])
    sections = [*_sections(body.segments)]
    decided: dict[_Candidate, bool] = {}
    if known.later:
        decided = _up_to_first_named(candidates, [piece for section in sections for piece in section if isinstance(piece, Text)], mentions)
        first_named = {candidate.owner: candidate.end for candidate, is_named in decided.items() if is_named}
        candidates += [
            _Candidate(start, end, owner, is_surname=True)
            for start, end, owner in _name_ranges(body.text, _with_capitals(body.text, known.later))
            if start >= first_named.get(owner, start + 1)
        ]
        candidates.sort(key=_by_start_then_longest)
    found: list[Occurrence] = []
    elsewhere: list[Occurrence] = []
    of_others: set[str] = set()
    n = 0
    for section in sections:
        linked: set[str] = set()
        for segment in section:
            if isinstance(segment, Link):
                linked.add(segment.target)
                continue
            piece_start, piece_end = segment.at, segment.at + len(segment.text)
            low = piece_start
            while n < len(candidates) and candidates[n].start < piece_end:
                candidate = candidates[n]
                start, end, owner = candidate.start, candidate.end, candidate.owner
                n += 1
                if start < low or end > piece_end:
                    continue
                if candidate.is_surname:
                    whose = mentions.whose_surname(owner, start, end, piece_start, piece_end)
                    if whose is Whose.ANOTHER:
                        of_others.add(owner)  # from here on, the surname alone may be theirs
                    is_named = whose is Whose.ITS_OWN and owner not in of_others
                else:
                    is_named = decided[candidate] if candidate in decided else mentions.is_named(owner, start, end, piece_start, piece_end)
                if not is_named:
                    continue
                low = end  # of two names that overlap, the first counts, and of those the longest
                if not segment.linkable:
                    elsewhere.append(Occurrence(owner, start, end, linked=False))
                    continue
                links = autolink == "all" or (autolink == "first" and owner not in linked)
                if links:
                    linked.add(owner)
                found.append(Occurrence(owner, start, end, links))
    return (*found, *elsewhere)


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """A name in a text that may be that of its owner."""

    start: int
    end: int
    owner: str
    is_surname: bool
    """Whether it counts only behind the first of its owner's names."""


def _by_start_then_longest(candidate: _Candidate) -> tuple[int, int, str, bool]:
    return candidate.start, -candidate.end, candidate.owner, candidate.is_surname


def _up_to_first_named(candidates: Sequence[_Candidate], pieces: Sequence[Text], mentions: MentionFilter) -> dict[_Candidate, bool]:
    """Return whether each candidate is its owner's name, up to the first of each owner that is. A name in several pieces, “*Ann* Lee”, or in a link is judged by the whole text."""
    decided: dict[_Candidate, bool] = {}
    named: set[str] = set()
    starts = [piece.at for piece in pieces]
    for candidate in candidates:
        start, end, owner = candidate.start, candidate.end, candidate.owner
        if owner in named:
            continue
        n = bisect_right(starts, start) - 1
        piece_end = starts[n] + len(pieces[n].text) if n >= 0 else 0
        piece = (starts[n], piece_end) if end <= piece_end else (0, len(mentions.text))
        decided[candidate] = mentions.is_named(owner, start, end, *piece)
        if decided[candidate]:
            named.add(owner)
    return decided


def _in_capitals(text: str, names: Mapping[str, str], people: Container[str]) -> Iterator[str]:
    """Yield the full names of people that a text has in capitals throughout: ANN LEE."""
    for name, owner in names.items():
        if " " in name and owner in people and (capitals := name.upper()) in text and capitals not in names:
            yield name


def _with_capitals(text: str, later: Mapping[str, Bearer]) -> dict[str, str]:
    """Return surname → owner, with those that a text has in capitals: LEE."""
    found = {surname: bearer.id for surname, bearer in later.items()}
    for surname, bearer in later.items():
        if (capitals := surname.upper()) in text:
            found.setdefault(capitals, bearer.id)
    return found


def contains_name(text: str, names: Mapping[str, str]) -> bool:
    """Return whether any of the names occurs in a text."""
    return next(_name_ranges(text, names), None) is not None


def in_longer_names(text: str, names: Iterable[str], language: str, *, is_person: bool = True) -> Iterator[tuple[int, int]]:
    """Yield start and end of the longer names in a text of which one of the names is a part."""
    given = {name: name for name in names if name}
    who = BearerFacts(language, is_person, next((name.split(" ")[0] for name in given if " " in name), ""))
    for start, end, _ in _name_ranges(text, given):
        after = end_of_longer_name(text, end, len(text), language) if is_person else 0
        before = start_of_longer_name(text, start, end, 0, who)
        if after or before >= 0:
            yield before if before >= 0 else start, after or end


def _sections(segments: Sequence[Segment]) -> Iterator[list[Text | Link]]:
    """Yield the texts and links of each section, in the order of the text: a sidenote follows its block there, so a mention in the block comes first."""
    section: list[Text | Link] = []
    for segment in segments:
        kind = segment.__class__  # faster than isinstance, of which most would say no
        if kind is Text or kind is Link:
            section.append(segment)  # type: ignore[arg-type]  # narrowed by the class
        elif kind is Section:
            yield sorted(section, key=_AT)
            section = []
    yield sorted(section, key=_AT)


MOST_WORDS = 40
"""Words of a name that is looked for: each may begin at any word of a text."""


class _NameTrie:
    """A node of the trie of names, by words."""

    __slots__ = ("following", "initials", "longest", "owner")

    def __init__(self) -> None:
        self.owner = ""
        """The actor whose name ends here; "" if none does."""
        self.initials = False
        """Whether that name is initials, such as NATO."""
        self.following: dict[str, _NameTrie] = {}
        """Next word → the same."""
        self.longest = 0
        """Characters of the longest next word."""

    def then(self, word: str) -> "_NameTrie":
        self.longest = max(self.longest, len(word))
        return self.following.setdefault(word, _NameTrie())


def _name_ranges(text: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and owner of names that are whole words; a line may break between two words of a name."""
    # By their first words: thousands of names may begin with the same.
    begun = _NameTrie()
    for name, owner in names.items():
        typed = plain(name)
        for spelt in (*variants(typed), typed):
            words = spelt.split()
            if len(words) > MOST_WORDS:
                continue
            at = begun
            for word in words:
                at = at.then(word)
            if spelt == typed or not at.owner:
                at.owner, at.initials = owner, len(name) > 1 and name.isupper() and " " not in name
    whole = text
    text, offsets = plain_with_offsets(text)
    for first, rest in begun.following.items():
        start = text.find(first)
        while start >= 0:
            for end, form in _ends(text, rest, start + len(first)):
                if _stands_alone(text, start, end, initials=form.initials):
                    yield offsets[start], _end(whole, offsets[end]), form.owner
            start = text.find(first, start + 1)


def _end(text: str, end: int) -> int:
    """Return the end of a name without invisible characters behind it, such as direction marks."""
    while unicodedata.category(text[end - 1]) == "Cf":
        end -= 1
    return end


def _ends(text: str, name: _NameTrie, end: int) -> Iterator[tuple[int, _NameTrie]]:
    """Yield the ends of names whose first words end at `end`."""
    if name.owner:
        yield end, name
    while name.following:
        begin = end
        while begin < len(text) and text[begin].isspace():
            begin += 1
        if begin == end:
            return
        found = None
        for here, next_one in _words(text, name, begin):
            if next_one.owner:
                yield here, next_one
            # The last word of a name may be followed by a comma, every other one by a space alone.
            if next_one.following and here < len(text) and text[here].isspace():
                found = here, next_one
        if found is None:
            return
        end, name = found


def _words(text: str, name: _NameTrie, begin: int) -> Iterator[tuple[int, _NameTrie]]:
    """Yield the next words of names at `begin`, each with its end."""
    if len(name.following) <= FEW:
        for word, following in name.following.items():
            if text.startswith(word, begin):
                yield begin + len(word), following
        return
    for end in range(begin + 1, min(len(text), begin + name.longest) + 1):
        if text[end - 1].isspace():
            return
        next_one = name.following.get(text[begin:end])
        if next_one is not None:
            yield end, next_one


# --- what stands beside a name ------------------------------------------------

FREE, HYPHEN, CLOSE_BY, GLUED = range(4)
"""Neighbours of a name: no letter, or only an affix; a hyphen with a letter beyond; a letter in a script without spaces; a letter of the same word."""

_HYPHENS = "-‐‑"
_CLOSE = late(f"[{CLOSE}]")
_KATAKANA = late(f"[{KATAKANA}]{{2}}")
_DEVANAGARI = late("[\u0900-\u097f]")
"""Hindi joins two names by a hyphen, भारत-चीन, and writes no double names so."""
_WITHIN_NAMES = "·‧・＝゠"
"""Dots between the parts of a foreign name in Chinese and Japanese: リー is not in ブルース・リー."""
_EAST_ASIAN = late(f"[{HAN}{KATAKANA}]")
_APOSTROPHES = "'’ʼ"
"""Behind O they join it to a name, so that Neill is not in O’Neill. No language has an article or a preposition O’, as l’ and d’ are."""
_HONORIFIC = "जी"
_WITH_PREFIXES = late(f"[{ARABIC}{HEBREW}]")


def _stands_alone(text: str, start: int, end: int, *, initials: bool) -> bool:
    """Return whether the characters on both sides of a name leave it a word of its own.

    “Rus” is not in “Russia”, nor Anna in “Anna-Lena”: a missing link does less harm than a wrong one. Initials mean the same in “NATO-led”.
    A single Chinese character occurs in too many words.
    """
    before = _before(text, start, end)
    if before == GLUED or (before == HYPHEN and not initials):
        return False
    after = _after(text, start, end)
    if after == GLUED or (after == HYPHEN and not initials):
        return False
    if CLOSE_BY in {before, after} and not (end - start > 1 and is_separate_word(text, start, end)):
        return False
    return not is_in_address(text, start, end)


def _before(text: str, start: int, end: int) -> int:
    if not start:
        return FREE
    char = text[start - 1]
    if _is_letter(char):
        beside = _neighbours(text[start - 1 : start + 1])
        return FREE if beside == GLUED and _WITH_PREFIXES.match(char) and has_prefix(text, start, end) else beside
    if start > 1 and char in _WITHIN_NAMES and _EAST_ASIAN.match(text, start - 2) and _EAST_ASIAN.match(text, start):
        return GLUED if _joins(text, start - 1) else FREE
    if start > 1 and char in _HYPHENS and _is_letter(text[start - 2]):
        return FREE if has_hyphenated_prefix(text, start) or _DEVANAGARI.match(text, start - 2) else HYPHEN
    is_irish = char in _APOSTROPHES and start > 1 and text[start - 2] == "O" and not (start > 2 and _is_letter(text[start - 3]))
    return GLUED if is_irish else FREE


def _after(text: str, start: int, end: int) -> int:
    if end == len(text):
        return FREE
    char = text[end]
    if _is_letter(char):
        if text.startswith(_HONORIFIC, end) and not (end + len(_HONORIFIC) < len(text) and _is_letter(text[end + len(_HONORIFIC)])):
            return FREE
        if unicodedata.category(char)[0] == "M":
            return GLUED
        if is_korean(char):
            return FREE if has_particle(text, start, end) else GLUED
        return _neighbours(text[end - 1 : end + 1])
    if char in _WITHIN_NAMES and end + 1 < len(text) and _EAST_ASIAN.match(text, end - 1) and _EAST_ASIAN.match(text, end + 1):
        return GLUED if _joins(text, end) else FREE
    if unicodedata.category(char) == "Sc":
        return GLUED  # US$ 5
    return (
        HYPHEN if end + 1 < len(text) and char in _HYPHENS and _is_letter(text[end + 1]) and not _DEVANAGARI.match(text, end + 1) else FREE
    )


def _joins(text: str, at: int) -> bool:
    """Return whether a dot joins two parts of a name: in Japanese, it stands between two names in other signs than katakana."""
    return text[at] in "·‧" or bool(_KATAKANA.fullmatch(text[at - 1] + text[at + 1]))


def _neighbours(two: str) -> int:
    return CLOSE_BY if _CLOSE.search(two) and not _KATAKANA.fullmatch(two) else GLUED


def _is_letter(character: str) -> bool:
    """Return whether a character belongs to a word; so do combining accents."""
    return character.isalnum() or character == "_" or (character > "\x7f" and unicodedata.category(character)[0] == "M")


def uncertain(text: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the names, with their owners, that occur in a text only as a possible part of another word: in scripts without spaces, before a possible particle of Korean, and behind possible prefixes of Arabic and Hebrew."""
    asked = {name: owner for name, owner in names.items() if is_unspaced(name) or is_korean(name[-1:]) or _WITH_PREFIXES.match(name)}
    if not asked:
        return {}
    text = plain(text)
    inside = {name: owner for name, owner in asked.items() if plain(name) in text}
    found = {owner for _, _, owner in _name_ranges(text, names)} if inside else set()
    return {name: owner for name, owner in inside.items() if owner not in found}
