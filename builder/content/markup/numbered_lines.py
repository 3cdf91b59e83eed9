"""Numbers at the beginning of lines, of which Markdown would make a list with other numbers.

1989. The wall falls.      →  a paragraph, “1989. The wall falls.”
8. Mai 1945                →  a paragraph
1. One  5. Two             →  a list with the numbers that stand there, which is reported
"""

import itertools
from typing import TYPE_CHECKING

from markdown_it.token import Token

from builder.i18n.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore

YEAR = 1000
"""From this number on, no list begins."""

_LARGE = 100
"""From this number on, a list begins hardly ever: it counts on, or its first number is a year too."""

_LAST_DAY = 31
_LAST_MONTH = 12
_FIRST = late(r"[^\W\d_]+")
_YEAR_NEXT = late(r"[^\W\d_]+\.?,?\s+[0-9]{4}\b")

_MONTHS_IN_WORDS = (
    "april august december february january july june march may november october september "
    "dezember februar januar juli juni mai märz oktober jänner feber marts maj desember mars "
    "elokuuta heinäkuuta helmikuuta huhtikuuta joulukuuta kesäkuuta lokakuuta maaliskuuta marraskuuta syyskuuta tammikuuta toukokuuta "
    "elokuu heinäkuu helmikuu huhtikuu joulukuu kesäkuu lokakuu maaliskuu marraskuu syyskuu tammikuu toukokuu "
    "březen března duben dubna květen května leden ledna listopad listopadu prosince prosinec srpen srpna září únor února červen června "
    "červenec července říjen října apríl apríla augusta decembra február februára január januára júl júla jún júna marca marec mája máj "
    "novembra októbra október septembra kolovoza lipnja listopada ožujka prosinca rujna siječnja studenoga studenog svibnja travnja veljače "
    "avgust avgusta julij julija junij junija marec maja februarja januarja jul jun mart novembar oktobar septembar decembar januara "
    "februara marta aprila jula juna septembra oktobra decembra aprill detsember jaanuar juuli juuni märts oktoober veebruar "
    "aprīlis aprīlī augusts augustā decembris decembrī februāris februārī janvāris janvārī jūlijs jūlijā jūnijs jūnijā marts martā maijs "
    "maijā novembris novembrī oktobris oktobrī septembris septembrī desember febrúar janúar júlí júní maí nóvember ágúst "
    "abrëll mee mäerz augusztus január július június május március szeptember április "
    "август април децембар декември март мај новембар ноември октобар октомври септембар септември фебруар февруари јануар јануари јул јули јун јуни "
    "августа априла децембра марта маја новембра октобра септембра фебруара јануара јула јуна"
)

MONTHS = frozenset(_MONTHS_IN_WORDS.split())
"""The months in the languages that write a point behind the day, as dates have them; in English too, which some write so."""


def as_written(state: "StateCore") -> None:
    """Give ordered lists the numbers that the author wrote, and make paragraphs of those that are none."""
    tokens = state.tokens
    # From the last to the first, since “8. 5. 1945” is a list within a list.
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].type == "ordered_list_open":
            _number(tokens, index)


def _number(tokens: list[Token], index: int) -> None:
    level = tokens[index].level
    end = index + 1
    items: list[int] = []
    while tokens[end].type != "ordered_list_close" or tokens[end].level != level:
        if tokens[end].level == level + 1 and tokens[end].type == "list_item_open":
            items.append(end)
        end += 1
    numbers = [int(tokens[item].info) for item in items]
    if _is_prose(tokens, index, items, numbers):
        tokens[index : end + 1] = _paragraphs(tokens[index : end + 1])
        return
    if _counts(numbers, 1) or (numbers[0] <= 1 and len(set(numbers)) == 1):
        return
    for item, number in zip(items[1:], numbers[1:], strict=True):
        tokens[item].attrs["value"] = number
    if not (_counts(numbers, -1) or _are_ranks(numbers)):
        n = next(n for n in range(1, len(numbers)) if numbers[n] != numbers[n - 1] + 1)
        tokens[items[n]].meta["after"] = numbers[n - 1]


def _counts(numbers: "Sequence[int]", by: int) -> bool:
    return all(number == numbers[0] + by * n for n, number in enumerate(numbers))


def _are_ranks(numbers: "Sequence[int]") -> bool:
    """Return whether numbers are places of which some are shared: 1, 2, 2, 4."""
    shared = any(one == other for one, other in itertools.pairwise(numbers))
    return (
        numbers[0] == 1
        and numbers[-1] == len(numbers)
        and shared
        and all(number in {at, before} for at, (before, number) in enumerate(itertools.pairwise(numbers), 2))
    )


def _is_prose(tokens: "Sequence[Token]", index: int, items: "Sequence[int]", numbers: "Sequence[int]") -> bool:
    """Return whether what stands before the points are years and days."""
    first = numbers[0]
    if first >= YEAR or (first >= _LARGE and (len(numbers) == 1 or not _counts(numbers, 1))):
        return True
    if tokens[index].markup != ".":
        return False
    # A list that begins on the line of the item that it stands in: “8. 5. 1945”.
    around = tokens[index - 1] if index else None
    if around is not None and around.type == "list_item_open" and around.info and len(items) == 1 and around.map and tokens[index].map:
        return around.map[:1] == (tokens[index].map or [])[:1] and max(first, int(around.info)) <= _LAST_DAY
    days = [_day(tokens, item) for item in items]
    return all(number >= YEAR or day for number, day in zip(numbers, days, strict=True)) and (
        len(items) == 1 or first != 1 or all(day > 1 for day in days)
    )


def _day(tokens: "Sequence[Token]", item: int) -> int:
    """Return how certainly an item is a day of a month: not at all, by the name of the month, by the year as well."""
    begins = tokens[item + 1]
    if begins.type != "paragraph_open" or int(tokens[item].info) > _LAST_DAY:
        return 0
    if begins.meta.get("written") == (tokens[item].map or [0])[0]:
        return 2 if begins.meta["number"] <= _LAST_MONTH else 0
    words = tokens[item + 2].content
    found = _FIRST.match(words)
    if found is None or found[0].casefold() not in MONTHS:
        return 0
    return 2 if _YEAR_NEXT.match(words) else 1


def _paragraphs(tokens: "Sequence[Token]") -> list[Token]:
    """Return the items of a list as paragraphs that begin with their numbers."""
    level = tokens[0].level
    made: list[Token] = []
    number: Token | None = None
    for n, token in enumerate(tokens[1:-1], 1):
        if token.level == level + 1 and token.type in {"list_item_open", "list_item_close"}:
            if token.nesting > 0:
                number = token
                if tokens[n + 1].type != "paragraph_open":
                    made += _alone(token, level)
                    number = None
            continue
        token.level -= 2
        if token.type in {"paragraph_open", "paragraph_close"} and token.level == level:
            token.hidden = False
            if number is not None:
                token.meta |= {"written": (number.map or [0])[0], "number": int(number.info)}
        if token.type == "inline" and number is not None:
            token.content = f"{number.info}{number.markup} {token.content}"
            number = None
        made.append(token)
    return made


def _alone(item: Token, level: int) -> list[Token]:
    line = (item.map or [0])[0]
    opened = Token("paragraph_open", "p", 1, map=[line, line + 1], level=level, block=True)
    words = Token("inline", "", 0, map=[line, line + 1], level=level + 1, block=True, children=[], content=f"{item.info}{item.markup}")
    return [opened, words, Token("paragraph_close", "p", -1, level=level, block=True)]
