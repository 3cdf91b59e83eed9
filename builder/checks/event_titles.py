"""Titles of events that say something else than their status: “Allegedly the boat sank” is published as having happened if no status says otherwise."""

import re
from collections.abc import Iterator

from builder.checks.made_by_marks import marked_event
from builder.content.markup.plain_words import status_words
from builder.diagnostics import WARNING, Diagnostic
from builder.i18n.language import Language
from builder.i18n.patterns import late
from builder.model import FACTS, Site

_HEARSAY = (
    "allegedly reportedly supposedly purportedly rumoured rumored unconfirmed angeblich mutmaßlich vermeintlich vorgeblich prétendument "
    "presuntamente supuestamente presumibilmente alegadamente supostamente vermeend angiveligt angivelig angivligen rzekomo údajně údajne "
    "navodno domnevno якобы предположительно предполагаемо нібито буцімто väitetysti väidetavalt állítólag τάχα pretins sözde güya iddiaya"
)
_WORDS = late(
    rf"\b(?:{'|'.join(_HEARSAY.split())}|(?-i:(?:may|might) have|(?:May|Might) Have)|据称|據稱|据说|據說|とされる)(?!\w)|据称|據稱|据说|據說",
    re.IGNORECASE,
)
"""Words that make a sentence hearsay, wherever they stand in it; not “in May have”."""

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
    found = _WORDS.search(text)
    return found[0] if found is not None else ""


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
