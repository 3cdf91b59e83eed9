"""The words of a language: of dates, and of the interface.

A language is one catalogue, `builder/i18n/catalogues/<tag>.json`, and nothing else: no code knows how any of them builds a date. Nobody writes it by hand.
`make languages` makes it from `<tag>.po`, the words of the interface in gettext's format, from `<tag>.toml`, how dates are put into words, and from what
CLDR knows; so a run reads one file that is ready, and neither Babel nor gettext files. To add a language, copy `en.po` and `en.toml`, translate both, run
that command; `tests/unit/test_languages.py` tells what is missing.

In a catalogue, `{slot}` stands for a part. A phrase may ask for a part in a form, `{date:dative}`, which the units of the same style then spell out; a
unit without that form gives its `bare` one. The names of forms are the catalogue's own, so a language has as many cases as it needs.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec

FALLBACK = "en"
"""The catalogue that always exists."""
CATALOGUES = Path(__file__).with_name("catalogues")

_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,8}")
"""What may become the name of a catalogue (BCP 47); anything else, such as a path, never reaches the disk."""


class DatePhrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a date is put into words that are more than its parts. Every catalogue has all of these."""

    around: str
    """`2022-01-18~`"""
    possibly: str
    """`2022-01-18?`"""
    possibly_around: str
    """`2022-01-18%`"""
    around_inside: str
    """The same three within a longer phrase: “from around …”."""
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
    """Both."""
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
    """The same where the first part is one word: 18–21 January."""
    span_loose: str
    """The same where an end is only around or possibly known."""
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
    """How people name a day from another: “Friday”, “two weeks ago”. All in small letters."""

    weekdays: tuple[tuple[str, ...], ...]
    """The names of each weekday from Monday on, also the dialects': Samstag, Sonnabend."""
    months: tuple[tuple[str, ...], ...]
    """The names of each month from January on, in full and abbreviated."""
    numbers: Mapping[str, int]
    """Words for numbers: two, a couple of."""
    beside: tuple[str, ...]
    """Words that move a day away from the weekday that is named: the day after Friday."""
    rules: Mapping[str, tuple[str, ...]]
    """Rule of `dates.relative` → patterns: `{slot}`, `[may be missing]`, `(this|that)`."""
    wrong_weekday: str
    """The sentence that says that a weekday is not the date's."""


UNITS = (
    *("day", "day_of_year", "day_of_month", "month", "month_of_year", "year", "any_year"),
    *("season", "north", "south", "quarter", "third", "half", "decade", "years"),
)
"""What a `Style` has patterns for. `…_of_…` is the same without what a later date of the phrase says anyway: “18 and 21 January 2022”."""


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
    """CLDR: what parts a number into thousands, and a year of five digits or more."""
    grouping: tuple[int, int]
    """CLDR: how many figures stand in the last group, and in each before it: (3, 3), in Hindi (3, 2)."""
    plural_forms: str
    """CLDR's rule for whole numbers, as gettext writes it: which form goes with a number `n`; `(n == 1) ? 0 : 1` is 1 for all but one."""
    long: Style
    short: Style
    relative: Relative
    instead_of: str = ""
    """BCP 47 of the language that this one stands in for, of which there is no catalogue; "" where it is the one that was asked for."""
    words: Mapping[str, str | tuple[str, ...]] = {}
    """Words of the interface by their English; what is not here is English. Of words for a number of things, all forms by the English of many."""

    def __hash__(self) -> int:
        """Of the tag, so that a language can be part of a key; mappings have no hash."""
        return hash(self.tag)

    def word(self, key: str) -> str:
        """Return a word of the interface in this language, or the key, which is its English."""
        found = self.words.get(key, key)
        return found if isinstance(found, str) else found[-1]

    def plural(self, one: str, many: str, number: int) -> str:
        """Return the words for a number of things, `{n}` being the number. Slots of other names stay as they are."""
        forms = self.words.get(many)
        english = one if number == 1 else many
        words = forms[_rule(self.plural_forms)(number)] if isinstance(forms, tuple) else english
        return words.replace("{n}", self.number(number))

    def number(self, number: int) -> str:
        """Return a whole number in figures, parted into groups: `2,000`, `2.000`, `2,00,000`."""
        last, others = self.grouping
        figures = str(number)
        groups = [figures[-last:]]
        figures = figures[:-last]
        while figures:
            groups.append(figures[-others:])
            figures = figures[:-others]
        return self.group.join(reversed(groups))

    def text(self, one: str, many: str = "", number: int = 0) -> str:
        """Return what a template asks for: `_("Sources")`, or `_("1 quote", "{n} quotes", number)`."""
        return self.plural(one, many, number) if many else self.word(one)

    def attributes(self) -> Mapping[str, str]:
        """Return the attributes of an element that holds words of the interface, in a page of a language that has none: browsers and screen readers then read them as what they are."""
        if not self.instead_of or self.instead_of.lower().partition("-")[0] == self.tag:
            return {}
        return {"lang": self.tag, **({"dir": direction(self.tag), "data-turned": ""} if self._is_turned() else {})}

    def apart(self, words: str) -> str:
        """Return words of the interface for a text that may be read from the other side: between marks that keep them in order."""
        return f"\u2066{words}\u2069" if self._is_turned() else words

    def _is_turned(self) -> bool:
        return bool(self.instead_of) and direction(self.instead_of) != direction(self.tag)


@lru_cache(maxsize=64)
def _rule(plural_forms: str) -> Callable[[int], int]:
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
    """Return whether there is a catalogue of a language, or of the one that it is a kind of."""
    return load(tag).tag.partition("-")[0] == tag.strip().replace("_", "-").lower().partition("-")[0]


COMPANY = re.compile(r"\s(?:&|and|und|et|y|e)\s+(?:co|cie|sons|söhne|partners?|brothers|fils|hijos|figli)\.?$", re.IGNORECASE)
"""The end of a company's name that has several people in it: Quist & Sons."""


class Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By which words a name is that of a company, a public body or a state. All are in small letters but `forms_as_written`."""

    forms: tuple[str, ...]
    """Legal forms: ltd."""
    forms_first: tuple[str, ...]
    """Those that stand before the name: ООО."""
    forms_as_written: tuple[str, ...]
    persons: tuple[str, ...]
    """What stands at the beginning of a person's name: judge."""
    prepositions: tuple[str, ...]
    articles: tuple[str, ...]
    last: Mapping[str, str]
    """Noun → type of actor, where it is the last word before a preposition."""
    first: Mapping[str, str]
    endings: Mapping[str, str]
    beginnings: Mapping[str, str]
    unspaced: Mapping[str, str]
    """By the end of a name in a script without spaces: 省."""
    not_bodies: tuple[str, ...]
    """Ends of words, and names, that are of people all the same: the Bundeskanzler."""
    before_states: Mapping[str, str]
    """By the word before the name of a state: Police Scotland."""
    named: Mapping[str, str]
    """Whole names: the United Nations."""
    surnames: Mapping[str, str]
    """The same of nouns that are surnames too: they count before a preposition, or behind one of `before`."""
    before: tuple[str, ...]
    states: tuple[str, ...]
    """Names of states and territories."""


@cache
def bodies() -> Bodies:
    """Return these words, of all languages."""
    return msgspec.json.decode((Path(__file__).parent / "catalogues" / "bodies.json").read_bytes(), type=Bodies)


def is_legal_form(words: str) -> bool:
    """Return whether words behind the comma of a name are a part of a company's name, and nobody's office: Acme, Inc.; Marsh, Pike & Sons."""
    return words.replace(".", "").strip().casefold() in bodies().forms or bool(COMPANY.search(words.strip()))


@lru_cache(maxsize=64)
def direction(tag: str) -> str:
    """Return which way a language is read, by CLDR: `rtl`, from the right, or `ltr`. It need not be one that there is a catalogue of. Never raises."""
    wanted = tag.strip().replace("_", "-").lower()
    while _TAG.fullmatch(wanted):
        if wanted in _directions():
            return _directions()[wanted]
        wanted = wanted.rpartition("-")[0]
    return "ltr"


def set_apart(words: str, tag: str) -> str:
    """Return words with an invisible mark behind them if they end in a script that is read another way than the language: a number that follows would else go over to their side."""
    mark, others = ("\u200e", {"R", "AL"}) if direction(tag) == "ltr" else ("\u200f", {"L"})
    strong = [kind for kind in map(unicodedata.bidirectional, words) if kind in {"L", "R", "AL"}]
    return words + mark if strong and strong[-1] in others else words


@cache
def _directions() -> Mapping[str, str]:
    return msgspec.json.decode((CATALOGUES / "directions.json").read_bytes(), type=dict[str, str])


def read(catalogue: bytes) -> Language:
    """Return the language of a catalogue in JSON; `msgspec.ValidationError` or `ValueError` where it is none.

    A key given twice is an error: JSON would keep the last one in silence, and a translation would be lost.
    """
    return msgspec.convert(json.loads(catalogue, object_pairs_hook=_unique), type=Language)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in: " + ", ".join(key for key, _ in pairs))
    return found
