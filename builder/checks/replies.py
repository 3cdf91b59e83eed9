"""Replies that cannot be: a quote that answers a later one, or confirms what denies it. Circles of replies are told by `circles`."""

from collections.abc import Iterator, Mapping

from builder.checks.chronology import is_before, worded
from builder.diagnostics import WARNING, Diagnostic
from builder.model import TO_EARLIER, QuoteKey, Site, quote_reference


def replies_to_later_quotes(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No quote answers or repeats a later one."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        for relation, key in quote.relations if quote.said.date is not None else ():
            other = site.quotes[key]
            if relation in TO_EARLIER and is_before(quote.said, other.said):
                yield Diagnostic(
                    "reply-too-early",
                    f"This quote {relation} “{other.id}”, but was said ({worded(quote.said)}) before it ({worded(other.said)}).",
                    quote.said.location,
                    help=f"Correct one of the dates, or delete “{relation}:”.",
                    severity=WARNING,
                    also=(other.said.location,),
                )


def replies_that_contradict(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No quote confirms, itself or through others, two of which one denies the other. That it denies what it confirms itself is an error of `linking.defaults`."""
    for key in site.quotes_in[slug]:
        relations = site.quotes[key].relations
        for relation, denied in relations:
            if relation != "denies" or ("confirms", denied) in relations:
                continue
            if ("repeats", denied) in relations:
                yield _denies_what_it_repeats(site, key, denied)
            if key > denied and ("denies", key) in site.quotes[denied].relations:
                continue  # told of the other one
            before, behind = _confirming(site, key), _confirming(site, denied)
            both = [confirming for confirming in before if confirming in behind]
            if both:
                yield _contradiction(site, min(both, key=lambda confirming: before[confirming] + behind[confirming]), key, denied)


def _denies_what_it_repeats(site: Site, key: QuoteKey, denied: QuoteKey) -> Diagnostic:
    return Diagnostic(
        "reply-contradicts",
        f"This quote both denies and repeats “{quote_reference(denied, key[0])}”.",
        site.quotes[key].location,
        help="Take “denies:” or “repeats:” away.",
        severity=WARNING,
        also=(site.quotes[denied].location,),
    )


def _confirming(site: Site, key: QuoteKey) -> Mapping[QuoteKey, int]:
    """Return a quote and all that confirm it, themselves or through others, each with the number of confirmations between."""
    found = {key: 0}
    waiting = [key]
    for confirmed in waiting:
        for relation, other in site.replies.get(confirmed, ()):
            if relation == "confirms" and other not in found:
                found[other] = found[confirmed] + 1
                waiting.append(other)
    return found


def _contradiction(site: Site, at: QuoteKey, key: QuoteKey, denied: QuoteKey) -> Diagnostic:
    quote = site.quotes[at]
    slug = at[0]
    direct = {other for relation, other in quote.relations if relation == "confirms"}

    def confirms(other: QuoteKey) -> str:
        return f"confirms “{quote_reference(other, slug)}”" + ("" if other in direct else " through others")

    if at == denied:
        message = f"This quote {confirms(key)}, which denies it."
    elif at == key:
        message = f"This quote {confirms(denied)}, which it denies."
    else:
        message = f"This quote {confirms(key)} and {confirms(denied)}, and the first denies the second."
    return Diagnostic(
        "reply-contradicts",
        message,
        quote.location,
        help="Take “confirms:” or “denies:” away from one of them.",
        severity=WARNING,
        also=tuple(site.quotes[other].location for other in (key, denied) if other != at),
    )
