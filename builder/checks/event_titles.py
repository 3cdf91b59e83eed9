"""Titles of events that say something else than their status: “Allegedly the boat sank” is published as having happened if no status says otherwise."""

import re
from collections.abc import Iterator

from builder.checks.made_by_marks import marked_event
from builder.content.markup.plain_words import status_words
from builder.diagnostics import WARNING, Diagnostic
from builder.i18n.language import Language
from builder.i18n.lexicons.speech import SPEECH, UNSPACED, any_of
from builder.i18n.patterns import late
from builder.model import FACTS, Site

_UNSPACED = any_of(*(SPEECH[tag].hearsay for tag in sorted(UNSPACED)))
_WORDS = late(
    rf"\b(?:{any_of(*(row.hearsay for row in SPEECH.values()))}|(?-i:(?:may|might) have|(?:May|Might) Have))(?!\w)|{_UNSPACED}",
    re.IGNORECASE,
)
"""Words that make a sentence hearsay, wherever they stand in it; not “in May have”."""

_ROMANCE = frozenset(word for tag in ("fr", "es", "it", "pt") for word in SPEECH[tag].hearsay.split("|"))
_ADJECTIVES = frozenset({"rumoured", "rumored", "unconfirmed"})
_DETERMINER = late(
    r"(?<!\w)(?:the|an?|his|her|its|their|our|this|these|those|some|two|three|four|five|several|many|of|for|with|from|by"
    r"|der|die|das|den|dem|des|eine?[nmrs]?|seine?[nmrs]?|ihre?[nmrs]?)\s+\Z",
    re.IGNORECASE,
)
_TWO_WORDS = late(r"\s+[^\W\d_][\w-]*\s+[^\W\d_]")
_PARTICIPLE = late(r"\s+[^\W\d_]+(?:[ai]d[oa]s?|[aiu]t[oaie]|[éiu]e?s?)\s+[^\W\d_]")
_HELPER = late(
    r"(?:\A|[,;:.]|(?<!\w)(?:a|ont|est|sont|été|fut|furent|avait|était|fue|fueron|ha|han|es|son|está|están|había|sido|è|sono|stat[oaie]|era|foi|foram|são|tem))\s*\Z"
)
_LONG_PARTICIPLE = late(r"\s+[^\W\d_]+(?:нн|т|вш|ющ)(?:ый|ая|ое|ые|ого|ой|ую|ых)\s+[^\W\d_]+\s+[^\W\d_]|被[^，。的]{1,6}的")
"""Behind a word of hearsay, what is a part of a noun phrase in Russian or Chinese: якобы украденное судно затонуло."""


_STATUSES = ("planned", "expected", "conditional", "alleged", "denied", "disputed", "cancelled", "postponed")
_OTHERS = {
    "rumour": "alleged",
    "rumor": "alleged",
    "claim": "alleged",
    "claimed": "alleged",
    "unconfirmed": "alleged",
    "reported": "alleged",
    "scheduled": "planned",
    "upcoming": "planned",
    "proposed": "planned",
    "canceled": "cancelled",
    "delayed": "postponed",
    "possible": "conditional",
}
_FIRST = late(r"([^\W\d_]+)\s*[:,–—]\s*\S|rumou?rs? (?:that|of)\b", re.IGNORECASE)
_LAST = late(r"[(\[]\s*([^\W\d_]+)\s*[)\]]\W*$")


def worded_otherwise(site: Site, key: str) -> Iterator[Diagnostic]:
    """The title of an event without doubt does not express doubt."""
    event = site.events[key]
    if event.status not in FACTS or (event.by and "status" in event.derived) or not event.title:
        return
    found = said_status(event.title, site.language)
    if found is None:
        return
    words, status = found
    where = "“status=" if marked_event(site, event) else "“status: "
    voice = ", with “by” for who says so" if status in {"alleged", "denied", "expected"} else ""
    yield Diagnostic(
        "event-title-doubt",
        f"The title “{event.title}” says “{words}”, and the event is shown as one that has happened.",
        event.location,
        help=f"Write {where}{status}”{voice}, and the title without that word; or another title, if it has happened.",
        severity=WARNING,
        subject=event.title,
    )


def hearsay(text: str) -> str:
    """Return the first word of a text that makes it hearsay, in any language; "" if there is none."""
    return next((found[0] for found in _WORDS.finditer(text) if not _is_of_word(text, found)), "")


def _is_of_word(text: str, found: re.Match[str]) -> bool:
    """Return whether a word of hearsay is about the word behind it only: “The allegedly stolen boat sank”, “El barco supuestamente robado se hundió”."""
    word, before = found[0].casefold(), text[: found.start()]
    if word in _ADJECTIVES:
        return False
    if word in _ROMANCE:
        return _PARTICIPLE.match(text, found.end()) is not None and _HELPER.search(before) is None
    if _DETERMINER.search(before):
        return _TWO_WORDS.match(text, found.end()) is not None
    return _LONG_PARTICIPLE.match(text, found.end()) is not None


def said_status(title: str, language: Language) -> tuple[str, str] | None:
    """Return the words of a title that give it a status other than a fact, and that status; None if there are none."""
    if word := hearsay(title):
        return word, "alleged"
    named = {
        **_OTHERS,
        **{status: status for status in _STATUSES},
        **{status_words(language, status).casefold(): status for status in _STATUSES},
    }
    first = _FIRST.match(title)
    if first is not None and first[1] is None:
        return first[0], "alleged"
    for found in (first, _LAST.search(title)):
        word = found[1].casefold() if found is not None else ""
        # “Claim, counterclaim and vote” is a title.
        if found is not None and word in named and not (word in _OTHERS and "," in found[0]):
            return found[1], named[word]
    return None
