"""Topics that are taken for one another: of one path, or of like looks."""

from collections.abc import Iterator, Mapping

from builder import urls
from builder.diagnostics import WARNING, Diagnostic, characters
from builder.linking.lookup import Lookup
from builder.model import Site


def on_one_path(lookup: Lookup, site: Site) -> Iterator[Diagnostic]:
    """Report topics with two spellings that have the same page, at each place of the less usual one."""
    twice = lookup.memory.compute("topics spelled in two ways", site.topics, _spelled_in_two_ways, tuple[tuple[str, str], ...])
    for topic, usual in twice:
        first = lookup.locate(site.explainers[site.topics[usual][0]].location, usual)
        alike = characters.apart(topic, usual, "this one", "the other")
        for slug in site.topics[topic]:
            yield Diagnostic(
                "path-twice",
                f"The topics “{topic}” and “{usual}” would have one page, /{urls.topic_path(usual)}.",
                lookup.locate(site.explainers[slug].location, topic),
                help=(f"The two look alike: {alike}. " if alike else "")
                + "Spell it in one way everywhere, or give one of them another name.",
                also=(first,),
            )


def alike(lookup: Lookup, site: Site) -> Iterator[Diagnostic]:
    """Report topics that look like another one, each where it is first written."""
    for usual, topic in characters.lookalikes(site.topics):
        here, first = (lookup.locate(site.explainers[site.topics[spelling][0]].location, spelling) for spelling in (topic, usual))
        how = characters.apart(topic, usual, "the one", "the other")
        message = f"Two topics look alike, “{topic}” and “{usual}”" + (f": {how}." if how else ".")
        also = (first,) if first != here else ()
        yield Diagnostic(
            "id-alike", message, here, help="If they are one, write it in one way.", severity=WARNING, also=also, subject=topic
        )


def _spelled_in_two_ways(topics: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """Return each topic whose path is that of a more usual topic, with that one."""
    by_path: dict[str, list[str]] = {}
    for topic in topics:
        by_path.setdefault(urls.alike(urls.topic_path(topic)), []).append(topic)
    usual = {path: max(found, key=lambda topic: len(topics[topic])) for path, found in by_path.items() if len(found) > 1}
    return tuple((topic, usual[path]) for path, found in by_path.items() if path in usual for topic in found if topic != usual[path])
