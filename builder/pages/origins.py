"""Where the reports of an explainer come from in the end, and which of its sources are no reports, but copies: four papers that carry one agency's story are one report."""

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from builder.model import Explainer, Site
from builder.pages import labels
from builder.pages.cards import once_a_site

OUTLETS = 3
"""Outlets that the head names: of more it says how many there are."""


def origins(site: Site, explainer: Explainer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the reports of an explainer, and those sources among them, or behind them, that rest on no other.

    A source rests on those that it `cites`, and a quote comes from the first source of its `via`; those after it only repeat it. Where the
    `via` of one quote names a source after one that it cites, and another quote is its own, quotes tell what was taken over: then it is an origin too.
    """
    reports = tuple(
        dict.fromkeys((*site.explainer_sources[explainer.slug], *(source for via in site.source_chains[explainer.slug] for source in via)))
    )
    repeated = _repeated_reports(site)
    rests: dict[str, tuple[str, ...]] = {}
    wanted = list(reports)
    while wanted:
        source = wanted.pop()
        if source not in rests:
            rests[source] = tuple(cited for cited in site.sources[source].cites if (source, cited) not in repeated)
            wanted += rests[source]
    again = {source for via in site.source_chains[explainer.slug] for source in via[1:]}
    first = [via[0] for via in site.source_chains[explainer.slug]]
    begin = dict.fromkeys((*first, *(source for source in reports if source not in again)))
    behind = functools.cache(lambda source: sources_behind(source, rests))
    return reports, tuple(dict.fromkeys(origin for source in begin for origin in _ends(behind(source), rests, behind)))


def copies(site: Site, explainer: Explainer) -> tuple[str, ...]:
    """Return the sources of an explainer that carry nothing of their own: all that any quote or event has from them, it has from a report that they repeat."""
    again = dict.fromkeys(source for via in site.source_chains[explainer.slug] for source in via[1:])
    own = {via[0] for via in site.source_chains[explainer.slug]} | {later for later, _ in _repeated_reports(site)}
    return tuple(source for source in again if source not in own and not _vouches(site, source))


def _vouches(site: Site, source: str) -> bool:
    """Whether any event rests on a source alone, or on its word."""
    return bool(site.events_attributed_to.get(source)) or any(
        site.events[event].sources == (source,) for event in site.events_from.get(source, ())
    )


@once_a_site
def _repeated_reports(site: Site) -> dict[tuple[str, str], None]:
    return dict.fromkeys(site.repeated_reports)


def _ends(way: Iterable[str], rests: Mapping[str, Sequence[str]], behind: Callable[[str], Sequence[str]]) -> list[str]:
    """Return the sources at the end of a chain; of sources that cite each other in a ring, the first by id. `behind` maps a source to all that it rests on."""
    ends = [source_id for source_id in way if not rests[source_id]]
    return ends or [min(way, key=lambda source_id: (len(behind(source_id)), source_id))]


def sources_behind(source: str, rests: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return a source and all that it rests on, however deep."""
    seen: dict[str, None] = {}
    wanted = [source]
    while wanted:
        source_id = wanted.pop()
        if source_id not in seen:
            seen[source_id] = None
            wanted += rests[source_id]
    return tuple(seen)


def counted(site: Site, reports: tuple[str, ...], roots: tuple[str, ...]) -> str:
    """Return how many reports there are, and from how many origins, if fewer: `4 reports, one origin`; "" without reports."""
    plural = site.language.plural
    found = plural("One report", "{n} reports", len(reports))
    # That there are as many origins as reports is never known: only copies and citations are.
    return f"{found}, {plural('one origin', '{n} origins', len(roots))}" if len(roots) < len(reports) else found if reports else ""


def told(site: Site, reports: tuple[str, ...], roots: tuple[str, ...]) -> str:
    """Return whose reports there are: `CNN, one report`, `10 reports (Reuters, BBC, CNN and 2 more)`."""
    word = site.language.word
    if len(reports) != 1:
        outlets = Counter(labels.publisher(site, report) for report in reports)
        words = counted(site, reports, roots)
        if not words or "" in outlets:
            return words
        # Of many, those with most reports.
        shown = [name for name, _ in outlets.most_common(OUTLETS)]
        more = len(outlets) - len(shown)
        publishers = ", ".join(shown)
        if more:
            publishers = site.language.plural("{publishers} and 1 more", "{publishers} and {n} more", more).format(publishers=publishers)
        return word("{reports} ({publishers})").format(reports=words, publishers=publishers)
    publisher = labels.publisher(site, reports[0])
    return word("{publisher}, one report").format(publisher=publisher) if publisher else counted(site, reports, roots)
