"""The name beside a quotation, “said Bob Cox”, is that of the speaker in its record."""

import re
from collections.abc import Iterator

from builder.checks.quotations import scanned, shortened
from builder.content.anchoring import spans
from builder.content.quotations import MARKS
from builder.diagnostics import Diagnostic, Place
from builder.i18n.patterns import late
from builder.incremental.memoize import once_a_site
from builder.linking.surnames import surname_of
from builder.model import PERSON, Site

_REACH = 80
"""Characters beside a quotation in which its speaker is looked for."""

_VERBS = (
    r"(?:said|says|added|adds|told|tells|asked|asks|wrote|writes|replied|replies|answered|insisted|warned|declared|announced"
    r"|sagte|sagt|fügte|erklärte|erklärt|schrieb|schreibt|fragte|meinte|antwortete"
    r"|dit|déclare|déclara|ajoute|écrit|répond|dijo|dice|afirmó|añadió|escribió|ha detto|disse|dice)"
)
_VERB = late(_VERBS)
_BEHIND = late(rf"[\s,.;:!?”“\"»«’‘'—–-]*{_VERBS}\s+(?P<name>[^\W\d_].*)", re.DOTALL)
_BEFORE = late(rf"(?P<name>\S.*?)\s+{_VERBS}[\s,:]*[“„\"«»‘'”]?\Z", re.DOTALL)
_NAMED_BEHIND = late(rf"[\s,.;:!?”“\"»«’‘'—–-]*(?P<name>[^\W\d_].*?)\s+{_VERBS}\b", re.DOTALL)


def named_beside(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No other person of the explainer is named, by a verb of saying, right beside a quotation than the one who is its speaker."""
    names: dict[str, str] | None = None
    body, text = site.bodies[slug], site.bodies[slug].text
    quotes = {quote.id: quote for quote in (site.quotes[key] for key in site.quotes_in[slug])}
    at = sorted((one.start, one.end, one.quote) for one in spans(body))
    for passage in scanned(site, slug).passages:
        of = [quotes[quote] for start, end, quote in at if start < passage.end and end > passage.start and quote in quotes]
        speakers = {speaker for quote in of for speaker in quote.speakers}
        if passage.kind != MARKS or not speakers or any(one not in site.actors or site.actors[one].type != PERSON for one in speakers):
            continue
        if _VERB.search(text, max(0, passage.start - _REACH), passage.end + _REACH) is None:
            continue
        # The surnames of a cast take longer to find than all else here, and few texts need them.
        if names is None:
            names = _names(site, slug)
        other = _named(text, passage.start, passage.end, names)
        if other and other not in speakers:
            yield Diagnostic(
                "quote-other-name",
                f"The text names {site.actors[other].name} beside “{shortened(text[passage.start : passage.end])}”, and its record {' and '.join(sorted(site.actors[one].name for one in speakers))}.",
                Place(site.explainers[slug].place.path, passage.line, passage.column),
                help=f"If {site.actors[other].name} said it, write {{by={other}}} or “{other}:”; else mend the text.",
            )


def _names(site: Site, slug: str) -> dict[str, str]:
    """Return the names of the people of an explainer, each with the id of the only one who bears it."""
    found: dict[str, set[str]] = {}
    for part in site.cast[slug]:
        actor = site.actors[part.id]
        if actor.type == PERSON:
            for name in {actor.name, *actor.alias, _surname(site, part.id)} - {""}:
                found.setdefault(name, set()).add(part.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


@once_a_site
def _surname(site: Site, key: str) -> str:
    return surname_of(site.actors[key], site.language)


def _named(text: str, start: int, end: int, names: dict[str, str]) -> str:
    """Return the id of the person who is named as the speaker right behind a passage, or right before it; "" for none."""
    behind = text[end : end + _REACH].partition("\n")[0]
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    if found := _BEHIND.match(behind):
        return next((key for name, key in _longest(names) if re.match(rf"{re.escape(name)}\b", found["name"])), "")
    # Behind a full stop, a name begins the next sentence.
    joined = text[end - 1] in ",，!?" or behind.lstrip("”“\"»«’‘'").startswith((",", "，"))
    if joined and (found := _NAMED_BEHIND.match(behind)) and (key := names.get(found["name"])):
        return key
    if found := _BEFORE.search(before):
        return next((key for name, key in _longest(names) if re.search(rf"(?:^|[\s(]){re.escape(name)}\Z", found["name"])), "")
    return ""


def _longest(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda item: -len(item[0]))
