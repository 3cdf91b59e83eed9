"""What Unicode's CLDR knows of a language, by Babel."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from gettext import c2py
from itertools import chain
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.localedata import load, locale_identifiers
from babel.numbers import parse_pattern
from babel.plural import PluralRule, to_gettext

_WHOLE = (*range(1_000), 1_000, 1_001, 1_002, 1_011, 2_000, 10_000, 100_000, 1_000_000, 1_000_001, 2_000_000, 10_000_000)
"""Whole numbers that tell the plural rules of CLDR apart: they look at the last two figures, and at whole millions."""


class Unknown(Exception):
    """CLDR has no such language."""


class Facts(NamedTuple):
    """What a catalogue has from CLDR, by the names of its keys; and the names by which people may call a weekday or a month."""

    keys: Mapping[str, object]
    weekdays: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, ...], ...]
    nplurals: int
    plural: str


@cache
def facts(tag: str) -> Facts:
    """Return what CLDR knows of the language of a BCP 47 tag; `Unknown` where it has none."""
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise Unknown(f"CLDR knows no language “{tag}”") from error
    nplurals, plural = plurals(locale.plural_form)
    pattern = parse_pattern(locale.decimal_formats[None])
    keys = {
        "months": _names(locale.months, "format", "wide", range(1, 13)),
        "months_short": _names(locale.months, "format", "abbreviated", range(1, 13)),
        "weekdays": _names(locale.days, "format", "wide", range(7)),
        # In the figures 0 to 9, which is what pages are written with in every language.
        "group": locale.number_symbols["latn"]["group"],
        "grouping": pattern.grouping,
        "plural_forms": plural,
    }
    return Facts(keys, _called(locale.days, range(7)), _called(locale.months, range(1, 13)), nplurals, plural)


def _names(table: Mapping[str, Any], context: str, width: str, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(table[context][width][number] for number in numbers)


def _called(table: Mapping[str, Any], numbers: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    """Return all that CLDR calls each of them, in full and abbreviated, in small letters and without the dot of an abbreviation."""
    names = [table[context][width] for width in ("wide", "abbreviated") for context in ("format", "stand-alone")]
    return tuple(tuple(dict.fromkeys(one[number].casefold().rstrip(".") for one in names)) for number in numbers)


# --- plurals ------------------------------------------------


def plurals(rule: PluralRule) -> tuple[int, str]:
    """Return how many forms whole numbers take, and gettext's rule for which. A form that only fractions take counts for nothing."""
    taken = {rule(number) for number in _WHOLE}
    whole = PluralRule({tag: text for tag, text in rule.rules.items() if tag in taken})
    written = to_gettext(whole).partition("plural=")[2].rstrip(";")
    plural = _plain(written)
    plainer, first = c2py(plural), c2py(_bare(written))
    forms = [plainer(number) for number in _WHOLE]
    assert forms == [first(number) for number in _WHOLE], "made plainer, the rule says the same"
    return max(forms) + 1, plural


def same_plurals(one: str, other: str) -> bool:
    """Return whether two rules in gettext's writing give each whole number the same form."""
    first, second = _rule(one), _rule(other)
    return first is not None and second is not None and all(first(number) == second(number) for number in _WHOLE)


def _rule(plural: str) -> Callable[[int], int] | None:
    try:
        return c2py(plural)
    except ValueError:
        return None


def _bare(written: str) -> str:
    """Put the exponent of compact numbers such as “1.2M” at 0: gettext has none."""
    return re.sub(r"\be\b", "0", written)


def _plain(written: str) -> str:
    """Take out what is always true of whole numbers, and brackets that bracket nothing."""
    before, plain = "", re.sub(r"\(0 >= 0 && 0 <= 5\)", "(0 == 0)", _bare(written).removeprefix("(").removesuffix(")"))
    while before != plain:
        before = plain
        for pattern, instead in (
            (r"\(\(([^()]*)\)\)", r"(\1)"),
            (r" && \(0 == 0\)|\(0 == 0\) && ", ""),
            (r"\(!\(0 == 0\)\)", "(0 != 0)"),
            (r" \|\| \(0 != 0\)|\(0 != 0\) \|\| ", ""),
        ):
            plain = re.sub(pattern, instead, plain)
    # What most languages have is known to every translator in these words.
    return "(n != 1)" if plain == "(n == 1) ? 0 : 1" else plain


# --- directions ------------------------------------------------


@cache
def directions() -> Mapping[str, str]:
    """Return which languages are read from the right, `rtl`, by tag; `ltr` where a longer tag is an exception. A country changes nothing of it."""
    told = {
        tag: load(tag.replace("-", "_")).get("character_order")
        for tag in sorted(map(_tag, locale_identifiers()))
        if not _COUNTRY.search(tag)
    }
    found: dict[str, str] = {}
    for tag, order in told.items():
        direction = "rtl" if order == "right-to-left" else "ltr"
        if direction != found.get(tag.partition("-")[0], "ltr"):
            found[tag.lower()] = direction
    return found


def _tag(name: str) -> str:
    return name.replace("_", "-")


_COUNTRY = re.compile(r"-(?:[A-Z]{2}|[0-9]{3})(?:-|$)")


# --- states ------------------------------------------------

_NO_STATES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ"})
_BESIDE = re.compile(r"(.+?)\s*\((.+)\)")


def states(tag: str) -> tuple[str, ...]:
    """Return what CLDR calls the states and territories of the world in a language: of “Myanmar (Burma)”, both names."""
    names = [name for code, name in Locale.parse(tag, sep="-").territories.items() if len(code) == 2 and code not in _NO_STATES]
    return tuple(sorted(chain.from_iterable(found.groups() if (found := _BESIDE.fullmatch(name)) else (name,) for name in names)))
