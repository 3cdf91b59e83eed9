"""CLDR data of a language, by way of Babel."""

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
"""Whole numbers that distinguish CLDR's plural rules: these depend on the last two digits, and on whole millions."""


class Unknown(Exception):
    """CLDR has no such language."""


class Facts(NamedTuple):
    """The part of a catalogue that comes from CLDR, by key; and all names of weekdays and months."""

    keys: Mapping[str, object]
    weekdays: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, ...], ...]
    nplurals: int
    plural: str


@cache
def facts(tag: str) -> Facts:
    """Return CLDR's data for the language of a BCP 47 tag. Raises `Unknown` if there is none."""
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
    """Return all names in CLDR, in full and abbreviated, in small letters and without the dot of an abbreviation."""
    names = [table[context][width] for width in ("wide", "abbreviated") for context in ("format", "stand-alone")]
    return tuple(tuple(dict.fromkeys(name[number].casefold().rstrip(".") for name in names)) for number in numbers)


# --- plurals ------------------------------------------------


def plurals(rule: PluralRule) -> tuple[int, str]:
    """Return the number of plural forms of whole numbers, and gettext's rule. Forms for fractions are ignored."""
    taken = {rule(number) for number in _WHOLE}
    whole = PluralRule({tag: text for tag, text in rule.rules.items() if tag in taken})
    written = to_gettext(whole).partition("plural=")[2].rstrip(";")
    plural = _plain(written)
    plainer, first = c2py(plural), c2py(_bare(written))
    forms = [plainer(number) for number in _WHOLE]
    assert forms == [first(number) for number in _WHOLE], "made plainer, the rule says the same"
    return max(forms) + 1, plural


def same_plurals(one: str, other: str) -> bool:
    """Return whether two rules in gettext's notation are equal for whole numbers."""
    first, second = _rule(one), _rule(other)
    return first is not None and second is not None and all(first(number) == second(number) for number in _WHOLE)


def _rule(plural: str) -> Callable[[int], int] | None:
    try:
        return c2py(plural)
    except ValueError:
        return None


def _bare(written: str) -> str:
    """Replace the exponent of compact numbers such as “1.2M” by 0, since gettext has none."""
    return re.sub(r"\be\b", "0", written)


def _plain(written: str) -> str:
    """Remove conditions that are always true of whole numbers, and superfluous brackets."""
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
    """Return the languages that are written from right to left, `rtl`, by tag; `ltr` if a longer tag is an exception. Countries make no difference."""
    orders = {
        tag: load(tag.replace("-", "_")).get("character_order")
        for tag in sorted(map(_tag, locale_identifiers()))
        if not _COUNTRY.search(tag)
    }
    found: dict[str, str] = {}
    for tag, order in orders.items():
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
    """Return CLDR's names of states and territories in a language; both names of “Myanmar (Burma)”."""
    names = [name for code, name in Locale.parse(tag, sep="-").territories.items() if len(code) == 2 and code not in _NO_STATES]
    return tuple(sorted(chain.from_iterable(found.groups() if (found := _BESIDE.fullmatch(name)) else (name,) for name in names)))
