"""What is new: everything dated that happened to the explainers, the newest first, so that a reader who comes back can catch up."""

from collections.abc import Iterator
from functools import partial

import msgspec

from builder import dates, urls
from builder.dates import days
from builder.model import Site, Trusted, When
from builder.views import cards, prose
from builder.views.pages import Page
from builder.views.shapes import DateView, Ref

MOST = 500
"""Changes on the page: nobody catches up with more, and a page that grew with the site would make every build grow with it."""


class Change(msgspec.Struct, frozen=True, gc=False):
    """One thing that is new."""

    words: str
    """`New explainer`, `Updated`, `Corrected`; of an event, how sure it is from that day on."""
    to: Ref
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
        days=_days(site, root),
    )


def _days(site: Site, root: str) -> tuple[Day, ...]:
    found = sorted(
        ((dates.sort_key(on.date), on, change) for on, change in _changes(site, root) if on.date is not None and on.date.lower is not None),
        key=lambda one: one[0],
        reverse=True,
    )[:MOST]
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


def _changes(site: Site, root: str) -> Iterator[tuple[When, Change]]:
    word, none = site.language.word, Trusted("")
    for explainer in site.explainers:
        to = cards.explainer_ref(explainer)
        yield explainer.published, Change(word("New explainer"), to, none)
        if explainer.updated.date is not None and explainer.updated.date != explainer.published.date:
            yield explainer.updated, Change(word("Updated"), to, none)
        for correction in explainer.corrections:
            text = prose.line(site, ("explainer", explainer.slug), correction.text, root, file=explainer.place.path)
            yield correction.on, Change(word("Corrected"), to, text)
    for key, event in site.events.items():
        for step in event.history:
            yield step.on, Change(cards.status_words(site, step.status), cards.event_ref(site, key), none)
