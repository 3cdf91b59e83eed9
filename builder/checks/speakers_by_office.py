"""Who is named as the speaker beside a quotation by an office alone: “…,” said the minister.

It counts only if one person of the explainer alone holds an office of that name, so that nobody else can be meant.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from builder.checks.beside_quotations import HELPERS, SAYS_OR_TOLD, VERBS
from builder.i18n.patterns import late
from builder.model import PERSON, Actor

_THE = r"(?:the|der|die|le|la|l[’']|el|il|de)"
_OFFICE = r"(?P<office>[^\W\d_][^,.;:!?()“”„«»\"]{1,50}?)"
_MARK = r"[”“\"»«’‘'›‹]"
_GOES_ON = r"(?:[.,;:!?)…—–]|\Z|(?:on|at|in|after|when|before|during|as|to|am|beim|nach|im|lundi|mardi|mercredi|jeudi|vendredi|el|ayer|hier|yesterday|today|later)(?!\w))"
"""What stands behind an office that is whole: no “for health”."""

_BEHIND = late(rf"{_MARK}*,?\s*(?:[—–-]\s*)?{SAYS_OR_TOLD}\s+{_THE}\s+{_OFFICE}\s*(?={_GOES_ON})", re.IGNORECASE)
"""“…,” said the minister."""
_NAMED_BEHIND = late(rf"(?:.?{_MARK}*,|,{_MARK}*)\s+{_THE}\s+{_OFFICE}\s+{SAYS_OR_TOLD}(?!\w)", re.IGNORECASE)
"""“…,” the minister said."""
_BEFORE = late(
    rf"(?:\A|[.!?…:;,”»]\s+|^)(?:(?:and|but|then|und|et|y)\s+)?{_THE}\s+{_OFFICE}\s+{SAYS_OR_TOLD}(?:\s+that)?\s*[,:]?\s*{_MARK}?[„]?\s*\Z",
    re.IGNORECASE,
)
"""The minister said: “…”"""

_VERBS = VERBS | HELPERS
_FIRST = _VERBS.union(("the", "der", "die", "le", "la", "el", "il", "de"))
_LAST = _VERBS | {"that"}
_FAR = 40
"""Characters beside a quotation that are read first."""
_SIGNS = "”“\"»«’‘'›‹„.,:!?—–- "

_OF = re.compile(r"\s(?:of|for|at|in|to|und|für|des|der|von|de|du|di|do|da|del|delle|dei)\s")
_LIKE = frozenset(
    ["deputy", "vice", "former", "acting", "assistant", "ex", "junior", "shadow", "under", "associate", "honorary", "past", "interim", "co"]
)
"""Words by which an office is another than the one that follows: the deputy mayor is not the mayor."""


def holders_of(people: Iterable[Actor]) -> dict[str, str]:
    """Return the names of the offices that people hold, in small letters, each with the id of the only one who holds it; "" where several do."""
    found: dict[str, str] = {}
    for actor in people:
        if actor.type != PERSON:
            continue
        for name in {name for held in actor.positions if held.until.date is None and not held.until_unknown for name in _names(held.role)}:
            found[name] = "" if name in found else actor.id
    return found


@lru_cache(maxsize=4_096)
def _names(role: str) -> frozenset[str]:
    """Return what the holder of an office is called: “minister of transport”, “minister”."""
    whole = " ".join(role.casefold().split()).removeprefix("the ")
    head = _OF.split(whole, maxsplit=1)[0]
    words = head.replace("-", " ").split()
    last = () if len(words) < 2 or _LIKE.intersection(words) else (words[-1],)
    return frozenset((whole, head, *last))


def may_name_an_office(text: str, start: int, end: int) -> bool:
    """Return whether an article, or a verb of saying, stands right beside a quotation where `named_by_office` finds one: asked first, since it costs less."""
    first = text[end : end + _FAR].lstrip(_SIGNS).partition(" ")[0]
    return (
        first in _FIRST or first.startswith(("l’", "l'")) or text[max(0, start - _FAR) : start].rstrip(_SIGNS).rpartition(" ")[2] in _LAST
    )


def named_by_office(before: str, behind: str, held: Mapping[str, str], *, last: str, begins: bool) -> tuple[str, str]:
    """Return the office by which a speaker is named right beside a quotation, and the id of its only holder; both "" if none is.

    `before` is the last sentence before its words, `last` their last sign, `behind` what follows them. `begins` says whether they begin their sentence.
    """
    for pattern, text in ((_BEHIND, behind), (_NAMED_BEHIND, last + behind)) if begins else ():
        if (found := pattern.match(text)) and (holder := held.get(" ".join(found["office"].casefold().split()), "")):
            return found["office"], holder
    found = _BEFORE.search(before)
    holder = held.get(" ".join(found["office"].casefold().split()), "") if found else ""
    return (found["office"], holder) if found and holder else ("", "")


def is_of_another(text: str, office: str, names: Iterable[str], speakers: Iterable[str]) -> bool:
    """Return whether a text gives an office to another than its only holder, whose names are `names`: “Minister Reed”; or to one of `speakers`."""
    word = re.escape(office)
    of_holder = {part for name in names for part in name.split()}
    titled = re.findall(rf"\b(?i:{word})\s+(?:[^\W\d_]+\.\s+)?([^\W\d_a-z][\w’'-]+)", text)
    if any(name not in of_holder for name in titled):
        return True
    beside = r"[^.!?\n]{0,40}"
    return any(
        re.search(rf"\b(?i:{word})\b{beside}(?<!\w){re.escape(name)}(?!\w)|(?<!\w){re.escape(name)}(?!\w),?{beside}\b(?i:{word})\b", text)
        for name in speakers
    )
