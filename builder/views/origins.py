"""Where the reports of an explainer come from in the end: four papers that carry one agency's story are one origin."""

from collections.abc import Mapping, Sequence

from builder.model import Explainer, Site
from builder.views.cards import once_a_site


def origins(site: Site, explainer: Explainer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the reports of an explainer, and those sources among them, or behind them, that rest on no other.

    A source rests on those that it `cites`, and a quote comes from the first source of its `via`; those after it only repeat it. Where the
    `via` of one quote names a source after one that it cites, and another quote is its own, quotes tell what was taken over: then it is an origin too.
    """
    reports = tuple(dict.fromkeys((*site.reports[explainer.slug], *(source for via in site.ways[explainer.slug] for source in via))))
    told = _told_by_quotes(site)
    rests: dict[str, tuple[str, ...]] = {}
    wanted = list(reports)
    while wanted:
        source = wanted.pop()
        if source not in rests:
            rests[source] = tuple(cited for cited in site.sources[source].cites if (source, cited) not in told)
            wanted += rests[source]
    again = {source for via in site.ways[explainer.slug] for source in via[1:]}
    first = [via[0] for via in site.ways[explainer.slug]]
    begin = dict.fromkeys((*first, *(source for source in reports if source not in again)))
    return reports, tuple(dict.fromkeys(origin for source in begin for origin in _ends(source, rests)))


@once_a_site
def _told_by_quotes(site: Site) -> dict[tuple[str, str], None]:
    """Return the pairs (later, earlier) of sources of which quotes tell themselves what one took over from the other, and what it did not."""
    named = [via for ways in site.ways.values() for via in ways]
    first = {via[0] for via in named}
    return dict.fromkeys((later, earlier) for via in named for n, later in enumerate(via) if later in first for earlier in via[:n])


def _ends(source: str, rests: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the sources at the end of the way; of those that rest on each other in a ring, the first by id."""
    behind = _behind(source, rests)
    ends = [one for one in behind if not rests[one]]
    return ends or [min(behind, key=lambda one: (len(_behind(one, rests)), one))]


def _behind(source: str, rests: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return a source and all that it rests on, however deep."""
    seen: dict[str, None] = {}
    wanted = [source]
    while wanted:
        one = wanted.pop()
        if one not in seen:
            seen[one] = None
            wanted += rests[one]
    return tuple(seen)
