"""What is new: everything dated that happened to the explainers, to one of them or to an actor, the newest first, so that a reader who comes back can catch up."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain

import msgspec

from builder import dates, urls
from builder.dates import days
from builder.model import Explainer, Site, Trusted, When
from builder.views import cards, prose
from builder.views.pages import Page
from builder.views.shapes import DateView, Ref

MOST, MOST_OF_ONE = 500, 100
"""Changes on the page of all, and on that of one explainer or actor: nobody catches up with more, and a page that grew with the site would make every build grow with it."""


class Change(msgspec.Struct, frozen=True, gc=False):
    """One thing that is new."""

    words: str
    """`New explainer`, `Updated`, `Corrected`; of an event, how sure it is from that day on."""
    to: Ref
    """What has changed; without a name where it is what the page is about."""
    text: Trusted
    """Of a correction, what was wrong; else empty."""


class Day(msgspec.Struct, frozen=True, gc=False):
    """What is new since one day."""

    on: DateView
    first: str
    """The first day that the date can be, `2026-11-23`: what a reader's day is compared with."""
    changes: tuple[Change, ...]


class ChangesPage(msgspec.Struct, frozen=True, gc=False):
    """What `changes.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    days: tuple[Day, ...]
    """The newest first."""


def catch_up(site: Site) -> Iterator[Page]:
    """Yield the page that tells what is new."""
    yield Page("changes/", "changes.html", partial(_page, site, "changes/"))


def _page(site: Site, path: str) -> ChangesPage:
    word = site.language.word
    root = urls.root(path)
    return ChangesPage(
        path=path,
        root=root,
        section="changes",
        title=word("What is new"),
        summary=word("New explainers, updates, corrections, and events that became more or less sure, by the day."),
        days=_days(
            site,
            (change for explainer in site.explainers for change in _of_story(site, explainer.slug, root)),
            _of_events(site, site.events),
        ),
    )


def of_explainer(site: Site, explainer: Explainer, root: str) -> tuple[Day, ...]:
    """Return what is new in an explainer; nothing where that is no more than that it is there."""
    itself = Ref("", "")
    own = tuple((on, msgspec.structs.replace(change, to=itself)) for on, change in _of_story(site, explainer.slug, root))
    steps = tuple(_of_events(site, site.timelines[explainer.slug]))
    return _days(site, own, steps, most=MOST_OF_ONE) if len(own) + len(steps) > 1 else ()


def of_actor(site: Site, key: str, root: str) -> tuple[Day, ...]:
    """Return what is new about an actor: the explainers that name them, and the events that they took part in."""
    stories = (change for mention in site.mentions.get(key, ()) for change in _of_story(site, mention.slug, root))
    return _days(site, stories, _of_events(site, site.events_of.get(key, ())), most=MOST_OF_ONE)


def _days(site: Site, *changes: Iterable[tuple[When, Change]], most: int = MOST) -> tuple[Day, ...]:
    found = sorted(
        ((dates.sort_key(on.date), on, change) for on, change in chain(*changes) if on.date is not None and on.date.lower is not None),
        key=lambda one: one[0],
        reverse=True,
    )[:most]
    of_day: dict[str, tuple[When, list[Change]]] = {}
    for _, on, change in found:
        assert on.date is not None
        of_day.setdefault(on.date.edtf, (on, []))[1].append(change)
    return tuple(day for on, changes in of_day.values() if (day := _day(site, on, changes)) is not None)


def _day(site: Site, on: When, changes: list[Change]) -> Day | None:
    worded = cards.date(site, When(date=on.date))
    if worded is None or on.date is None or on.date.lower is None:
        return None
    year, month, day = days.civil(on.date.lower)
    return Day(worded, f"{year:04}-{month:02}-{day:02}", tuple(changes))


@cards.once_a_site
def _of_story(site: Site, slug: str, root: str) -> tuple[tuple[When, Change], ...]:
    word, none = site.language.word, Trusted("")
    explainer = site.by_slug[slug]
    to = cards.explainer_ref(explainer)
    found = [(explainer.published, Change(word("New explainer"), to, none))]
    if explainer.updated.date is not None and explainer.updated.date != explainer.published.date:
        found.append((explainer.updated, Change(word("Updated"), to, none)))
    for correction in explainer.corrections:
        text = prose.line(site, ("explainer", slug), correction.text, root, file=explainer.place.path)
        found.append((correction.on, Change(word("Corrected"), to, text)))
    return tuple(found)


def _of_events(site: Site, keys: Iterable[str]) -> Iterator[tuple[When, Change]]:
    for key in keys:
        for step in site.events[key].history:
            yield step.on, Change(cards.status_words(site, step.status), cards.event_ref(site, key), Trusted(""))
