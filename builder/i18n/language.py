"""The words of a language: of dates, and of the interface.

A language is one catalogue, `builder/i18n/catalogues/<tag>.json`: no code depends on how a language builds a date.
`make languages` compiles it from `<tag>.po`, the words of the interface in gettext's format, from `<tag>.toml`, the wording of dates, and from
CLDR; so a run reads one file, and neither Babel nor gettext files. To add a language, copy `en.po` and `en.toml`, translate both, and run
that command; `tests/unit/i18n/test_catalogues.py` reports what is missing.

In a catalogue, `{slot}` stands for a part. A phrase may ask for a part in a form, `{date:dative}`, which the units of the same style then have; a
unit without that form gives its `bare` one. The names of forms are the catalogue's own, so a language has as many cases as it needs.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from builder.i18n.patterns import late
from builder.i18n.tags import language_code

FALLBACK = "en"
"""The catalogue that always exists."""
CATALOGUES = Path(__file__).with_name("catalogues")

_TAG = late(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,8}")
"""Valid tags (BCP 47); anything else, such as a path, never reaches the disk."""


class DatePhrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases for dates with more than one part. Every catalogue has all of these."""

    around: str
    """`2022-01-18~`"""
    possibly: str
    """`2022-01-18?`"""
    possibly_around: str
    """`2022-01-18%`"""
    around_inside: str
    """`2022-01-18~` within a longer phrase (the next two are `?` and `%`): “from around …”."""
    possibly_inside: str
    possibly_around_inside: str
    some_time: str
    """`201X`, `20XX`, `2022-XX`"""
    some_day: str
    """`2022-01-XX`, `2022-XX-XX`"""
    some_named_month: str
    """`156X-12`: {month} of some year"""
    some_day_of_named_month: str
    """`156X-12-XX`"""
    day_in: str
    """`156X-12-25`: {day} is day and month"""
    day_of_some_month: str
    """`2022-XX-18`: {day} is its number"""
    of_form: str
    """`19X4-1X-XX`: what there is no phrase for"""
    doubted: str
    """`2004-06~-11`: {doubts} says which parts of the date are not certain"""
    parts_around: str
    """Which parts are only around known."""
    parts_possibly: str
    """Which parts are possibly wrong."""
    parts_possibly_around: str
    """Which parts are both only around known and possibly wrong."""
    the_year: str
    """What the three parts of a date are called there."""
    the_month: str
    the_day: str
    estimated: str
    """`1950S2`: between {a} and {b}, and {date} is the estimate"""
    moment: str
    """`2022-01-18T14:30`"""
    moment_in_zone: str
    """`2022-01-18T14:30Z`"""
    zone: str
    """Coordinated universal time; an offset such as +5:30 follows it."""
    around_at: str
    """The {time} of `2022-01-18T14:30~`"""
    possibly_at: str
    """That of `2022-01-18T14:30?`"""
    possibly_around_at: str
    """That of `2022-01-18T14:30%`"""
    hours: str
    """`2022-01-18T14:30/15:00`"""
    hours_in_zone: str
    """`2022-01-18T14:30Z/15:00Z`"""
    span: str
    """`2022-01-18/2022-02-03`"""
    span_tight: str
    """A span whose first part is one word: 18–21 January."""
    span_loose: str
    """A span of which an end is only around or possibly known."""
    from_on: str
    """`2014-03-03/..`"""
    from_end_unknown: str
    """`2014-03-03/`"""
    until: str
    """`../2022-01-21`"""
    until_start_unknown: str
    """`/2022-01-21`"""
    only_no_end: str
    """`/..`: the start is unknown, and there is no end"""
    only_no_start: str
    """`../`: there is no start, and the end is unknown"""
    no_ends: str
    """`../..`: there is neither"""
    between: str
    """`[2022-01-18..2022-01-21]`: one day of these"""
    by: str
    """`[..2022-01-21]`: that day or an earlier one"""
    or_later: str
    """`[2022-01-18..]`: that day or a later one"""
    or_earlier: str
    """The first of `[..2022-01-18,2022-01-21]`"""
    one_of: str
    """`[1667,1668,1670..1672]`: {a} are all but the last"""
    all_of: str
    """`{1667,1668,1670..1672}`"""
    each_day: str
    """What {each} is in the next three."""
    each_month: str
    each_year: str
    each_between: str
    """`{1670..1672}`"""
    each_until: str
    """`{..1672}`"""
    each_from: str
    """`{1670..}`"""
    either: str
    """`[2022-01-18,2022-01-19]`: the last two of the list"""
    both: str
    """`{2022-01-18,2022-01-19}`: the last two of the list"""
    comma: str
    """Between the others of a list."""
    bce: str
    """A year before the year 1."""
    ce: str
    """A year so early that the era is said."""


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One length of wording, `long` for sentences or `short` for lists and margins."""

    units: Mapping[str, Mapping[str, str]]
    """Unit → form → pattern. The units are `UNITS`."""
    phrases: DatePhrases


class Relative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of days relative to another: “Friday”, “two weeks ago”. All in small letters."""

    weekdays: tuple[tuple[str, ...], ...]
    """The names of each weekday from Monday on, also the dialects': Samstag, Sonnabend."""
    months: tuple[tuple[str, ...], ...]
    """The names of each month from January on, in full and abbreviated."""
    numbers: Mapping[str, int]
    """Words for numbers: two, a couple of."""
    beside: tuple[str, ...]
    """Words that name a day beside a weekday: the day after Friday."""
    rules: Mapping[str, tuple[str, ...]]
    """Rule of `dates.relative` → patterns: `{slot}`, `[may be missing]`, `(this|that)`."""
    wrong_weekday: str
    """The sentence for a weekday that is not the date's."""


UNITS = (
    *("day", "day_of_year", "day_of_month", "month", "month_of_year", "year", "any_year"),
    *("season", "north", "south", "quarter", "third", "half", "decade", "years"),
)
"""Patterns of a `Style`. `…_of_…` is without what a later date of the phrase has anyway: “18 and 21 January 2022”."""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language."""

    tag: str
    """BCP 47: `en`"""
    months: tuple[str, ...]
    """CLDR, format wide."""
    months_short: tuple[str, ...]
    """CLDR, format abbreviated."""
    weekdays: tuple[str, ...]
    """CLDR, format wide; from Monday on, as in ISO 8601."""
    seasons: tuple[str, ...]
    """Spring, summer, autumn, winter."""
    ordinals: tuple[str, ...]
    """First to fourth, of the quarters, thirds and halves of a year."""
    group: str
    """CLDR's group separator, also for years of five digits or more."""
    grouping: tuple[int, int]
    """CLDR: digits in the last group, and in each before it: (3, 3), in Hindi (3, 2)."""
    plural_forms: str
    """CLDR's plural rule for whole numbers, in gettext's notation: the form of a number `n`; `(n == 1) ? 0 : 1` is 1 for all but one."""
    long: Style
    short: Style
    relative: Relative
    instead_of: str = ""
    """BCP 47 tag of the requested language if it has no catalogue and this one is used instead; else ""."""
    words: Mapping[str, str | tuple[str, ...]] = {}
    """Words of the interface by their English; missing ones are English. For words with a number, all forms by the English plural."""

    def __hash__(self) -> int:
        """Return the hash of the tag, so that a language can be part of a key."""
        return hash(self.tag)

    def word(self, key: str) -> str:
        """Return a word of the interface, or the key, which is its English."""
        found = self.words.get(key, key)
        return found if isinstance(found, str) else found[-1]

    def plural(self, one: str, many: str, number: int) -> str:
        """Return the words for a number, with `{n}` replaced by it. Other slots stay."""
        forms = self.words.get(many)
        english = one if number == 1 else many
        words = forms[plural_rule(self.plural_forms)(number)] if isinstance(forms, tuple) else english
        return words.replace("{n}", self.number(number))

    def number(self, number: int) -> str:
        """Return a whole number with grouped digits: `2,000`, `2.000`, `2,00,000`."""
        last, others = self.grouping
        figures = str(number)
        if len(figures) <= last:
            return figures
        groups = [figures[-last:]]
        figures = figures[:-last]
        while figures:
            groups.append(figures[-others:])
            figures = figures[:-others]
        return self.group.join(reversed(groups))

    def text(self, one: str, many: str = "", number: int = 0) -> str:
        """Return the words for a call in a template: `_("Sources")`, or `_("1 quote", "{n} quotes", number)`."""
        return self.plural(one, many, number) if many else self.word(one)

    def attributes(self) -> Mapping[str, str]:
        """Return the `lang` and `dir` attributes of an element with words of the interface, in a page whose language has no catalogue."""
        if not self.instead_of or language_code(self.instead_of) == self.tag:
            return {}
        return {"lang": self.tag, **({"dir": direction(self.tag), "data-turned": ""} if self._is_turned() else {})}

    def apart(self, words: str) -> str:
        """Return words of the interface with direction marks, for a text of the other direction."""
        return f"\u2066{words}\u2069" if self._is_turned() else words

    def _is_turned(self) -> bool:
        return bool(self.instead_of) and direction(self.instead_of) != direction(self.tag)


@lru_cache(maxsize=64)
def plural_rule(plural_forms: str) -> Callable[[int], int]:
    """Return the function from a number to the index of its plural form."""
    from gettext import c2py

    return c2py(plural_forms)


@lru_cache(maxsize=64)
def load(tag: str) -> Language:
    """Return the language of a BCP 47 tag: its own catalogue, else that of its prefix (en-GB → en), else English.

    Never raises for any tag. Reads a file of the package the first time.
    """
    wanted = tag.strip().replace("_", "-").lower()
    while _TAG.fullmatch(wanted):
        path = CATALOGUES / f"{wanted}.json"
        if path.is_file():
            return read(path.read_bytes())
        wanted = wanted.rpartition("-")[0]
    english = read((CATALOGUES / f"{FALLBACK}.json").read_bytes())
    return msgspec.structs.replace(english, instead_of=tag)


def is_known(tag: str) -> bool:
    """Return whether a language, or one with a shorter tag, has a catalogue."""
    return language_code(load(tag).tag) == language_code(tag)


COMPANY = late(r"\s(?:&|and|und|et|y|e)\s+(?:co|cie|sons|söhne|partners?|brothers|fils|hijos|figli)\.?$", re.IGNORECASE)
"""The end of the name of a company of several people: Quist & Sons."""


class Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in the names of companies, public bodies and states, and beside the names of people. All are in small letters but `forms_as_written`."""

    forms: tuple[str, ...]
    """Legal forms: ltd."""
    forms_first: tuple[str, ...]
    """Those that stand before the name: ООО."""
    forms_as_written: tuple[str, ...]
    persons: tuple[str, ...]
    """Words at the beginning of a person's name: judge."""
    prepositions: tuple[str, ...]
    articles: tuple[str, ...]
    last: Mapping[str, str]
    """Noun → type of actor, if it is the last word before a preposition."""
    first: Mapping[str, str]
    endings: Mapping[str, str]
    beginnings: Mapping[str, str]
    unspaced: Mapping[str, str]
    """By the end of a name in a script without spaces: 省."""
    not_bodies: tuple[str, ...]
    """Endings and names of people that look like those of a body: the Bundeskanzler."""
    before_states: Mapping[str, str]
    """By the word before the name of a state: Police Scotland."""
    named: Mapping[str, str]
    """Whole names: the United Nations."""
    surnames: Mapping[str, str]
    """By a noun that is also a surname: it counts before a preposition, or behind a word of `before`."""
    before: tuple[str, ...]
    states: tuple[str, ...]
    """Names of states and territories."""
    titles: Mapping[str, tuple[str, ...]]
    """Language → what stands before a person's name by office or work: mayor."""
    ranks: Mapping[str, tuple[str, ...]]
    """Language → ranks of armies, courts and churches, each with its forms: “captain capt cpt”."""
    titles_of: Mapping[str, Mapping[str, str]]
    """Language → title or article before one → `m` or `f`: of whom alone it is said."""
    titles_also_names: tuple[str, ...]
    """Titles that are names of people too: Dean."""
    courtesies: Mapping[str, str]
    """Form of address → `m`, `f` or "": mr."""
    starts: Mapping[str, tuple[str, ...]]
    """Language → small words that begin a sentence before a name: but."""
    particles: tuple[str, ...]
    """Small words within a name: von."""
    others_of_name: tuple[str, ...]
    """What tells of several bearers of a surname: the other Lee."""
    family_articles: Mapping[str, tuple[str, ...]]
    """Language → articles before a surname by which it is not that of one person: “the Lee house”."""
    kin: tuple[str, ...]
    """Relatives, and words for a family."""
    possessives: tuple[str, ...]
    things: Mapping[str, tuple[str, ...]]
    """What bears names of people, by its place beside them: ferry, village."""
    named_after: Mapping[str, tuple[str, ...]]
    """Language → what stands before the name of a thing that is named after somebody: calle."""
    articles_of_things: Mapping[str, tuple[str, ...]]
    """Language → articles that stand before no name of a person: the."""
    months_also_names: Mapping[str, tuple[str, ...]]
    """Language → months that are first names too: may."""
    before_places: Mapping[str, tuple[str, ...]]
    """Language → prepositions of places and days that begin a sentence: in."""
    words_too: tuple[str, ...]
    """English surnames that are words too: young."""


@cache
def bodies() -> Bodies:
    """Return the words of all languages."""
    return msgspec.json.decode((Path(__file__).parent / "catalogues" / "bodies.json").read_bytes(), type=Bodies)


def is_legal_form(words: str) -> bool:
    """Return whether words behind a comma belong to a company's name, and are no office: Acme, Inc.; Marsh, Pike & Sons."""
    return words.replace(".", "").strip().casefold() in bodies().forms or bool(COMPANY.search(words.strip()))


@lru_cache(maxsize=64)
def direction(tag: str) -> str:
    """Return the direction of a language, by CLDR: `rtl` or `ltr`; also of one without a catalogue. Never raises."""
    wanted = tag.strip().replace("_", "-").lower()
    while _TAG.fullmatch(wanted):
        if wanted in _directions():
            return _directions()[wanted]
        wanted = wanted.rpartition("-")[0]
    return "ltr"


def set_apart(words: str, tag: str) -> str:
    """Return words with an invisible direction mark behind them, if they end in a script of another direction than the language: otherwise a number that follows would change sides."""
    mark, others = ("\u200e", {"R", "AL"}) if direction(tag) == "ltr" else ("\u200f", {"L"})
    strong = [kind for kind in map(unicodedata.bidirectional, words) if kind in {"L", "R", "AL"}]
    return words + mark if strong and strong[-1] in others else words


@cache
def _directions() -> Mapping[str, str]:
    return msgspec.json.decode((CATALOGUES / "directions.json").read_bytes(), type=dict[str, str])


def read(catalogue: bytes) -> Language:
    """Return the language of a catalogue in JSON. Raises `msgspec.ValidationError` or `ValueError` if it is invalid.

    A duplicate key is an error: JSON would keep the last one, and a translation would be lost.
    """
    return msgspec.convert(json.loads(catalogue, object_pairs_hook=_unique), type=Language)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in: " + ", ".join(key for key, _ in pairs))
    return found
