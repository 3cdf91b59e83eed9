"""The search page, and the records of its index: explainers, actors, quotes, events and sources, each with an address."""

from collections.abc import Iterable, Iterator

import msgspec

from builder import urls
from builder.dates import Date, day_counts
from builder.formats import value_labels
from builder.model import QuoteKey, Site
from builder.pages import body_html, cards
from builder.pages.page import Page

SEARCH_KINDS = ("explainer", "actor", "quote", "paraphrase", "event", "source")


class SearchPage(msgspec.Struct, frozen=True, gc=False):
    """What `search.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    kinds: tuple[tuple[str, str], ...]
    """(kind, its heading) in the order of the results."""


class SearchRecord(msgspec.Struct, frozen=True):
    """Something to be found."""

    kind: str
    path: str
    """Its page, from the site's root: `explainers/talks/#quote--q1`."""
    title: str
    text: str
    """All words that find it, besides the title."""
    note: str
    """A line that says what it is: `Anna Example, to Reuters · said 3 May 2022`."""
    filters: tuple[tuple[str, str], ...]
    """(`kind`, `speaker`, `basis`, `topic` or `year`; value)."""


def search(site: Site) -> Iterator[Page]:
    """Yield the page to search on, where the site wants one."""
    if not site.settings.search:
        return
    word = site.language.word
    headings = (word("Explainers"), word("Who’s who"), word("Quotes"), word("Paraphrases"), word("Events"), word("Sources"))
    view = SearchPage(
        "search/",
        urls.root_path("search/"),
        "search",
        word("Search"),
        word("Search explainers, people, quotes, events and sources."),
        tuple(zip(SEARCH_KINDS, headings, strict=True)),
    )
    yield Page("search/", "search.html", view, kind="search")


def records(site: Site) -> Iterator[SearchRecord]:
    """Yield all that can be found on a site."""
    for slug in site.explainers:
        yield _explainer(site, slug)
    for key in site.actors:
        yield _actor(site, key)
    for quote in site.quotes:
        yield _quote(site, quote)
    for key in site.events:
        yield _event(site, key)
    for key in site.sources:
        yield _source(site, key)


def _explainer(site: Site, slug: str) -> SearchRecord:
    explainer = site.explainers[slug]
    days = (explainer.published, explainer.updated, *(update.on for update in explainer.updates))
    dated = [when.date for when in days if when.date is not None]
    texts = (site.bodies[slug], *(update.text for update in explainer.updates))
    spoken = sorted({site.actors[who].title for key in site.quotes_in[slug] for who in site.quotes[key].speakers})
    return SearchRecord(
        "explainer",
        urls.explainer_path(slug),
        explainer.title,
        " ".join((explainer.summary, *(body_html.words(site, ("explainer", slug), text) for text in texts))),
        explainer.summary,
        _filters("explainer", speakers=spoken, topics=explainer.topics, dates=dated),
    )


def _actor(site: Site, actor_id: str) -> SearchRecord:
    actor, card = site.actors[actor_id], cards.actor_card(site, actor_id)
    what = ", ".join(dict.fromkeys(cards.office_words(site, office) for office in card.offices)) or card.kind_words
    words = (*actor.alias, *actor.weak_alias, actor.described_as, what, body_html.words(site, ("actor", actor_id), actor.text))
    speakers = (actor.title,) if site.said_by.get(actor_id) else ()
    topics = _topics(site, (mention.slug for mention in site.mentions.get(actor_id, ())))
    return SearchRecord(
        "actor", urls.actor_path(actor_id), actor.title, _apart(words), what, _filters("actor", speakers=speakers, topics=topics)
    )


def _event(site: Site, event_id: str) -> SearchRecord:
    event, card = site.events[event_id], cards.event_card(site, event_id, "")
    names = " ".join(ref.name for ref in card.actors)
    note = " · ".join(part for part in (card.when.words if card.when else "", card.standing) if part)
    words = (*(body_html.words(site, ("event", event_id), text) for text in (event.summary, event.text)), names, event.where)
    topics = _topics(site, (mention.slug for mention in site.event_mentions.get(event_id, ())))
    return SearchRecord(
        "event",
        urls.event_path(event_id),
        cards.headed(site, event),
        _apart(words),
        note,
        _filters("event", topics=topics, dates=(event.when.date,)),
    )


def _source(site: Site, source_id: str) -> SearchRecord:
    card = cards.source_card(site, source_id)
    by = ", ".join(((card.publisher.name,) if card.publisher else ()) + card.authors)
    note = " · ".join(part for part in (by, card.published.words if card.published else "") if part)
    topics = _topics(site, site.explainers_using.get(source_id, ()))
    return SearchRecord(
        "source",
        urls.source_path(source_id),
        card.title,
        _apart((by, card.note)),
        note,
        _filters("source", topics=topics, dates=(site.sources[source_id].published.date,)),
    )


def _quote(site: Site, key: QuoteKey) -> SearchRecord:
    quote, explainer = site.quotes[key], site.explainers[key[0]]
    card = cards.quote_card(site, key)
    word = site.language.word
    when = ""
    if card.said is not None:
        when = word("Said {date}").format(date=card.said.words)
    elif card.reported is not None:
        when = word("Reported {date}").format(date=card.reported.words)
    speakers = tuple(site.actors[who].title for who in quote.speakers)
    doubt = value_labels.doubt(site.language, quote.doubt)
    who = tuple(f"{name} ({doubt})" for name in speakers) if doubt else speakers
    heard = () if "to" in quote.derived else tuple(ref.name for ref in card.to)
    about = (cards.titled(site, site.events[event]) for event in quote.about)
    words = (*who, quote.translation.text if quote.translation else "", quote.note, *heard, *about)
    dated = quote.said.date or (site.sources[quote.via[0]].published.date if quote.via else None)
    said = " … ".join(quote.segments)
    kind = "paraphrase" if quote.is_paraphrase else "quote"
    return SearchRecord(
        kind,
        card.path,
        said if quote.is_paraphrase else word("“{words}”").format(words=said),
        _apart(words),
        " · ".join(part for part in (card.basis.sentence, when, *(reply.told for reply in card.replies), explainer.title) if part),
        _filters(kind, speakers=speakers, basis=card.basis.words, topics=explainer.topics, dates=(dated,)),
    )


def _apart(parts: Iterable[str]) -> str:
    """Return several short texts as one, a passage of which is shown: what is no sentence is set apart from what follows."""
    text = ""
    for part in filter(None, parts):
        text += part if not text else f" {part}" if text.endswith((".", "!", "?", "…", "。")) else f" · {part}"
    return text


def _topics(site: Site, slugs: Iterable[str]) -> list[str]:
    """Return the topics of some explainers, in the order of the alphabet."""
    return sorted({topic for slug in slugs for topic in site.explainers[slug].topics})


def _filters(
    kind: str, *, speakers: Iterable[str] = (), basis: str = "", topics: Iterable[str] = (), dates: Iterable[Date | None] = ()
) -> tuple[tuple[str, str], ...]:
    found = [("kind", kind), *(("speaker", name) for name in speakers), *(("topic", topic) for topic in topics)]
    found += [("basis", basis)] if basis else []
    return tuple(dict.fromkeys((*found, *(("year", year) for date in dates for year in _years(date)))))


def _years(date: Date | None) -> Iterator[str]:
    """Yield the year of a date; of one that leaves it open, all that it may be, if they are few."""
    if date is None or date.lower is None or date.upper is None:
        return
    first, last = day_counts.civil(date.lower)[0], day_counts.civil(date.upper)[0]
    if last - first < 10:
        yield from (f"{year:04}" for year in range(first, last + 1))
