"""All dated changes, of the site, an explainer or an actor, the newest first, for readers who come back."""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter

import msgspec

from builder import dates, urls
from builder.dates import day_counts
from builder.model import Explainer, Site, Status, Trusted, When
from builder.pages import body_html, cards
from builder.pages.page import Page, Query
from builder.pages.shapes import DateView, Ref

MOST_CHANGES, MOST_CHANGES_OF_ONE = 500, 100
"""Changes on the page of all, and on that of one explainer or actor: more are read by no one, and a page that grew with the site would slow every build."""


class Change(msgspec.Struct, frozen=True, gc=False):
    """One thing that is new."""

    words: str
    """`New explainer`, `Updated`, `Corrected`; of an event, how sure it is from that day on."""
    to: Ref
    """What has changed; without a name where it is what the page is about."""
    text: Trusted
    """Of an update of the log, what was new; of a correction, what was wrong; else empty."""


class Day(msgspec.Struct, frozen=True, gc=False):
    """The changes of one day."""

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


def catch_up(_site: Site) -> Iterator[Page]:
    """Yield the page of changes."""
    yield Page("changes/", "changes.html", Query(_page, "changes/"), kind="changes")


def _page(site: Site, path: str) -> ChangesPage:
    word = site.language.word
    root = urls.root_path(path)
    return ChangesPage(
        path=path,
        root=root,
        section="changes",
        title=word("Updates"),
        summary=word("New explainers, updates, corrections and changes of status, by date."),
        days=_days(
            *[_of_story(site, slug, root) for slug in site.explainers],
            *[_status_changes(site, event)[1] for event in site.events],
        ),
    )


_Dated = tuple[tuple[int, int, int], DateView, str, Change]
"""A change, after what days are sorted by, its day in words, and the first day that this can be."""


def of_explainer(site: Site, explainer: Explainer, root: str) -> tuple[Day, ...]:
    """Return the changes of an explainer; empty if its publication is the only one."""
    changes = _changes_of(site, explainer.slug, root)
    changed = [_status_changes(site, key) for key in site.timelines[explainer.slug]]
    if not explainer.updates and len(changes) + sum(number for number, _ in changed) < 2:
        return ()
    itself = Ref("", "")
    # What was wrong stands on the same page, under a heading of its own.
    wrong = site.language.word("Corrected")
    own = _dated(
        site,
        (
            (
                on,
                Change(site.language.word("Corrected (see below)"), itself, Trusted(""))
                if change.words == wrong
                else msgspec.structs.replace(change, to=itself),
            )
            for on, change in changes
        ),
    )
    return _days(own, *[dated for _, dated in changed], most=MOST_CHANGES_OF_ONE)


def of_actor(site: Site, actor_id: str, root: str) -> tuple[Day, ...]:
    """Return the changes of an actor: explainers that name them, and their events."""
    stories = [_of_story(site, mention.slug, root) for mention in site.mentions.get(actor_id, ())]
    return _days(*stories, *[_status_changes(site, event)[1] for event in site.events_of.get(actor_id, ())], most=MOST_CHANGES_OF_ONE)


def _days(*changes: Iterable[_Dated], most: int = MOST_CHANGES) -> tuple[Day, ...]:
    found = sorted(chain(*changes), key=itemgetter(0), reverse=True)[:most]
    of_day: dict[str, tuple[DateView, str, list[Change]]] = {}
    for _, on, first, change in found:
        of_day.setdefault(on.edtf, (on, first, []))[2].append(change)
    return tuple([Day(on, first, tuple(changes)) for on, first, changes in of_day.values()])


def _dated(site: Site, changes: Iterable[tuple[When, Change]]) -> tuple[_Dated, ...]:
    """Return the changes with a known day."""
    made = []
    for on, change in changes:
        worded = cards.date(site, When(date=on.date))
        if worded is not None and on.date is not None and on.date.lower is not None:
            year, month, day = day_counts.civil(on.date.lower)
            made.append((dates.sort_key(on.date), worded, f"{year:04}-{month:02}-{day:02}", change))
    return tuple(made)


@cards.once_a_site
def _of_story(site: Site, slug: str, root: str) -> tuple[_Dated, ...]:
    return _dated(site, _changes_of(site, slug, root))


def _changes_of(site: Site, slug: str, root: str) -> tuple[tuple[When, Change], ...]:
    word, none = site.language.word, Trusted("")
    explainer = site.explainers[slug]
    to = cards.explainer_ref(explainer)
    found = [(explainer.published, Change(word("New explainer"), to, none))]
    # A correction on that day says what the update was.
    known_dates = {explainer.published.date, *(correction.on.date for correction in explainer.corrections)}
    if not explainer.updates and explainer.updated.date is not None and explainer.updated.date not in known_dates:
        found.append((explainer.updated, Change(word("Updated"), to, none)))
    for words, logged in ((word("Updated"), explainer.updates[::-1]), (word("Corrected"), explainer.corrections)):
        for entry in logged:
            text = body_html.line(site, ("explainer", slug), entry.text, root, file=explainer.location.path)
            found.append((entry.on, Change(words, to, text)))
    return tuple(found)


@cards.once_a_site
def _status_changes(site: Site, event_id: str) -> tuple[int, tuple[_Dated, ...]]:
    """Return the number of status changes of an event, and those with a day."""
    history = site.events[event_id].history
    # What it was on that day stands before its title; what it is by now does not stand behind it.
    to, none = Ref(site.events[event_id].title, urls.event_path(event_id), "event"), Trusted("")
    return len(history), _dated(
        site,
        ((past.on, Change(_then(site, past), to, none)) for past in history),
    )


def _then(site: Site, past: Status) -> str:
    standing = cards.standing(site, past.status, (voice.name for voice in cards.voices(site, past.by)))
    return f"{standing} {cards.date_then(site, past)}".rstrip()
