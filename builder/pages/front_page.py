"""The front page: a lead story, coming events, corrections, and other new explainers."""

from collections.abc import Iterator
from itertools import islice

import msgspec

from builder import dates, urls
from builder.content.mentions.sentences import sentence
from builder.formats.published_data import VERSION, SiteData
from builder.model import Site, Trusted, When
from builder.pages import body_html, cards, data_records, in_short, timeline_strip
from builder.pages.explainer_text import timeline
from builder.pages.in_short import Point, ShortLine
from builder.pages.page import Page, Query
from builder.pages.shapes import DateView, ExplainerCard, Ref
from builder.pages.timeline_strip import MiniTimeline

NEWEST = 12
"""Explainers on the front page, and those that it looks at."""

CORRECTIONS = 3


class Corrected(msgspec.Struct, frozen=True, gc=False):
    """A correction, with the explainer that has it."""

    on: DateView | None
    explainer: Ref
    text: Trusted
    """Its first sentence, or all of it."""


class HomePage(msgspec.Struct, frozen=True, gc=False):
    """What `home.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    lead: ExplainerCard | None
    start: bool
    """Whether the author chose the lead: then it is where a reader should start."""
    strip: MiniTimeline | None
    """Of the lead."""
    in_short: tuple[ShortLine, ...]
    """Of the lead, without what comes next: that has a place of its own."""
    coming: tuple[Point, ...]
    """What is to come after the newest day to which an explainer is current."""
    as_of: DateView | None
    """That day."""
    corrections: tuple[Corrected, ...]
    """The latest, the newest first."""
    explainers: tuple[ExplainerCard, ...]
    """The newest, without the lead."""
    more: bool
    topics: tuple[Ref, ...]


def home(site: Site) -> Iterator[Page]:
    """Yield the front page."""
    yield Page("", "home.html", Query(_home), SiteData(VERSION, data_records.publication(site)), "home")


def _home(site: Site) -> HomePage:
    slugs = tuple(islice(site.explainers, NEWEST))
    chosen = next((slug for slug in slugs if site.explainers[slug].lead), "")
    lead = chosen or next(iter(slugs), "")
    root = urls.root_path("")
    newest = cards.newest(site, slugs)
    lines = in_short.in_short(site, site.explainers[lead], timeline(site, lead), root) if lead else ()
    return HomePage(
        path="",
        root=root,
        section="home",
        title=site.settings.title,
        summary=site.settings.description,
        lead=cards.explainer_card(site, lead) if lead else None,
        start=bool(chosen),
        strip=timeline_strip.of_explainer(site, lead, timeline(site, lead)) if lead else None,
        in_short=tuple(line for line in lines if line.kind not in {"next", "unsaid"}),
        coming=_coming(site, slugs, newest.as_of if newest is not None else When(), root),
        as_of=cards.state_day(site, newest.slug) if newest is not None else None,
        corrections=_corrections(site, slugs, root),
        explainers=tuple(cards.explainer_card(site, slug) for slug in slugs if slug != lead),
        more=len(site.explainers) > NEWEST,
        topics=tuple(cards.topic_ref(topic) for topic in site.topics),
    )


def _coming(site: Site, slugs: tuple[str, ...], as_of: When, root: str) -> tuple[Point, ...]:
    keys = sorted(
        {key for slug in slugs for key in site.timelines[slug]},
        key=lambda key: (dates.sort_key(site.events[key].when.date), -len(site.said_about.get(key, ())), key),
    )
    return in_short.coming(site, as_of.date, tuple(cards.event_card(site, key, root) for key in keys))


def _corrections(site: Site, slugs: tuple[str, ...], root: str) -> tuple[Corrected, ...]:
    found = [(correction, slug) for slug in slugs for correction in site.explainers[slug].corrections if correction.on.date is not None]
    latest = sorted(found, key=lambda pair: dates.sort_key(pair[0].on.date), reverse=True)[:CORRECTIONS]
    return tuple(
        Corrected(
            cards.date(site, correction.on),
            cards.explainer_ref(site.explainers[slug]),
            _first_sentence(body_html.line(site, ("explainer", slug), correction.text, root, file=site.explainers[slug].location.path)),
        )
        for correction, slug in latest
    )


def _first_sentence(text: Trusted) -> Trusted:
    """Return the first sentence of a correction; all of it, where its end is in doubt or there is markup that a cut may break."""
    first = sentence(text.html, 0, 1)[0].strip()
    return Trusted(first) if "<" not in text.html and text.html.startswith(first) and first[-1:] in {".", "!", "?"} else text
