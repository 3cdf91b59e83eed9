"""Records as the small shapes that pages are made of, with dates and footing put into words of the site's language."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from builder import dates, urls
from builder.model import (
    GROUP,
    ORGANIZATION,
    PERSON,
    UNNAMED,
    Actor,
    Explainer,
    Mention,
    Quote,
    QuoteKey,
    Site,
    Source,
    Status,
    When,
)
from builder.views import prose
from builder.views.shapes import (
    DASHED,
    DOTTED,
    EMPTY,
    FULL,
    HALF,
    SOLID,
    ActorCard,
    Basis,
    Chain,
    DateView,
    EventCard,
    ExplainerCard,
    MentionView,
    Office,
    QuoteCard,
    Ref,
    Relation,
    SourceCard,
    Step,
    TranslationView,
)

_Parameters = ParamSpec("_Parameters")
_Made = TypeVar("_Made")


def once_a_site(make: Callable[Concatenate[Site, _Parameters], _Made]) -> Callable[Concatenate[Site, _Parameters], _Made]:
    """Keep what a function makes of a Site for as long as the Site lives: a quote stands on four pages and more, and a Site never changes."""
    memo: WeakKeyDictionary[Site, dict[Any, _Made]] = WeakKeyDictionary()

    def kept(site: Site, /, *arguments: _Parameters.args, **keywords: _Parameters.kwargs) -> _Made:
        of_site = memo.get(site)
        if of_site is None:
            of_site = memo[site] = {}
        key = (arguments, tuple(keywords.items())) if keywords else arguments
        found = of_site.get(key)
        if found is None:
            found = of_site[key] = make(site, *arguments, **keywords)
        return found

    kept.__doc__ = make.__doc__
    return kept


def date(site: Site, when: When) -> DateView | None:
    """Return a date in words; None where nobody gave one."""
    says = when.relative.says if when.relative is not None else ""
    if when.date is None:
        return DateView(says, says, "", "unknown", "", says) if says else None
    found = when.date
    return DateView(
        dates.wording(found, site.language),
        dates.wording(found, site.language, style="short"),
        dates.machine(found),
        found.shape,
        found.edtf,
        says,
    )


@once_a_site
def actor_ref(site: Site, key: str) -> Ref:
    """Return a link to an actor, or plain words where `key` is no id."""
    actor = site.actors.get(key)
    if actor is None:
        return Ref(key, "")
    return Ref(actor.title, urls.actor(key), "actor", DASHED if actor.type == UNNAMED else SOLID)


@once_a_site
def event_ref(site: Site, key: str) -> Ref:
    """Return a link to an event."""
    return Ref(site.events[key].title, urls.event(key), "event")


@once_a_site
def source_ref(site: Site, key: str) -> Ref:
    """Return a link to a source, called by its publisher and title."""
    source = site.sources[key]
    publisher = site.actors[source.publisher].title if source.publisher in site.actors else source.publisher
    name = f"{publisher}: {source.title}" if publisher and source.title else publisher or source.label
    return Ref(name, urls.source(key), "source")


@once_a_site
def source_short(site: Site, key: str) -> Ref:
    """Return a link to a source, called as one calls it in passing: `CNN, 19 Jan 2022`."""
    source = site.sources[key]
    publisher = site.actors[source.publisher].title if source.publisher in site.actors else source.publisher
    published = date(site, source.published)
    name = ", ".join(part for part in (publisher, published.short if published is not None else "") if part) if publisher else source.label
    return Ref(name, urls.source(key), "source")


def explainer_ref(explainer: Explainer) -> Ref:
    """Return a link to an explainer."""
    return Ref(explainer.title, urls.explainer(explainer.slug), "explainer")


def topic_ref(topic: str) -> Ref:
    """Return a link to a topic's page."""
    return Ref(topic, urls.topic(topic), "topic")


def basis(site: Site, quote: Quote) -> Basis:
    """Return on what footing a quote stands; what is not known counts as the weaker."""
    word = site.language.word
    speakers = [site.actors[key] for key in quote.speakers]
    if not speakers:
        square, line = EMPTY, DOTTED
    elif any(actor.type == UNNAMED for actor in speakers):
        square, line = EMPTY, DASHED
    elif all(actor.type == PERSON for actor in speakers):
        square, line = FULL, SOLID
    else:
        square, line = HALF, SOLID
    if quote.rules == "background" and line == SOLID:
        line = DASHED
    elif quote.rules == "deep-background":
        line = DOTTED
    rules = {
        "on-record": word("on the record"),
        "background": word("on background"),
        "deep-background": word("on deep background"),
        "off-record": word("off the record"),
    }.get(quote.rules, word("on unknown terms"))
    who = _names([_spoken_name(site, actor) for actor in speakers], site) if speakers else word("A speaker nobody names")
    to = _names([actor_ref(site, key).name for key in quote.to], site)
    parts = [who, word("to {name}").format(name=to) if to else "", rules]
    return Basis(line, square, rules, ", ".join(part for part in parts if part))


def _spoken_name(site: Site, actor: Actor) -> str:
    if actor.type != UNNAMED:
        return actor.title
    words = actor.described_as or actor.title
    for article in ("a ", "an "):
        if words.startswith(article):
            words = words[len(article) :]
            return site.language.word("An unnamed {description}").format(description=words)
    return words[:1].upper() + words[1:]


def _names(names: list[str], site: Site) -> str:
    if len(names) < 2:
        return "".join(names)
    return site.language.word("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


@once_a_site
def quote_card(site: Site, key: QuoteKey) -> QuoteCard:
    """Return a quote with its whole chain."""
    quote, explainer = site.quotes[key], site.by_slug[key[0]]
    word = site.language.word
    said = date(site, quote.said)
    reported = date(site, site.sources[quote.via[0]].published) if said is None and quote.via else None
    speakers = tuple(actor_ref(site, who) for who in quote.speakers)
    via = tuple(source_ref(site, source) for source in quote.via)
    certainty = ""
    if quote.cert:
        judged = {
            "high": word("The corrected wording is certain") if quote.corrected else word("The attribution is certain"),
            "medium": word("The corrected wording is likely") if quote.corrected else word("The attribution is fairly certain"),
            "low": word("The corrected wording is a guess") if quote.corrected else word("The attribution is doubtful"),
        }
        certainty = judged[quote.cert]
        if quote.resp:
            certainty = word("{judgement}, says {who}").format(judgement=certainty, who=quote.resp)
    translation = None
    if quote.translation is not None:
        how = {
            "human": word("translated by a person"),
            "machine": word("translated by a machine"),
            "unknown": word("nobody says who translated it"),
        }
        translation = TranslationView(quote.translation.text, quote.translation.by, how[quote.translation.method])
    return QuoteCard(
        id=quote.id,
        path=urls.quote(*key),
        in_text=f"{urls.explainer(key[0])}#said--{quote.id}" if quote.in_body else "",
        segments=quote.segments,
        speakers=speakers,
        to=tuple(actor_ref(site, who) for who in quote.to),
        said=said,
        reported=reported,
        mode=quote.mode,
        mode_words={"direct": word("direct quote"), "partial": word("partial quote"), "indirect": word("indirect quote")}[quote.mode],
        medium=word(quote.medium.replace("-", " ")) if quote.medium else "",
        basis=basis(site, quote),
        via=via,
        chain=_chain(site, quote, speakers),
        about=tuple(event_ref(site, event) for event in quote.about),
        relations=_relations(site, key, quote),
        lang=quote.lang,
        translation=translation,
        as_published=quote.as_published,
        corrected=quote.corrected,
        certainty=certainty,
        note=quote.note,
        explainer=explainer_ref(explainer),
        derived=tuple(
            {
                "via": word("the source"),
                "to": word("whom it was said to"),
                "rules": word("the ground rules"),
                "mode": word("the kind of quote"),
            }[name]
            for name in quote.derived
        ),
        extra=quote.extra,
    )


def _chain(site: Site, quote: Quote, speakers: tuple[Ref, ...]) -> tuple[Chain, ...]:
    word = site.language.word
    via = tuple(source_short(site, source) for source in quote.via)
    steps = [Chain(word("said by"), speakers)] if speakers else []
    if quote.translation is not None and quote.translation.by:
        steps.append(Chain(word("translated by"), (Ref(quote.translation.by, ""),)))
    if via:
        steps.append(Chain(word("published by"), via[:1]))
        steps += [Chain(word("republished by"), (again,)) for again in via[1:]]
    return tuple(steps)


def _relations(site: Site, key: QuoteKey, quote: Quote) -> tuple[Relation, ...]:
    word = site.language.word
    active = {"denies": word("denies"), "confirms": word("confirms"), "answers": word("answers"), "repeats": word("repeats")}
    passive = {
        "denies": word("is denied by"),
        "confirms": word("is confirmed by"),
        "answers": word("is answered by"),
        "repeats": word("is repeated by"),
    }
    found: list[tuple[str, QuoteKey]] = []
    for relation, target in quote.relations:
        slug, _, name = target.partition("#")
        found.append((active[relation], (slug, name)))
    found += [(passive[relation], other) for relation, other in site.replies.get(key, ())]
    return tuple(
        Relation(
            words,
            Ref(" … ".join(site.quotes[other].segments), urls.quote(*other), "quote"),
            tuple(actor_ref(site, who) for who in site.quotes[other].speakers),
        )
        for words, other in found
    )


def status_words(site: Site, status: str) -> str:
    """Return a status as a reader reads it."""
    return site.language.word(status)


@once_a_site
def event_card(site: Site, key: str, root: str) -> EventCard:
    """Return an event as a card or an entry of a timeline; `root` leads from the page to the site's root, for the links in its text."""
    event = site.events[key]
    return EventCard(
        id=key,
        title=event.title,
        path=urls.event(key),
        when=date(site, event.when),
        status=event.status,
        status_words=status_words(site, event.status),
        by=tuple(source_ref(site, who) if who in site.sources and who not in site.actors else actor_ref(site, who) for who in event.by),
        actors=tuple(actor_ref(site, who) for who in event.actors),
        place=event.where,
        sources=tuple(source_short(site, source) for source in event.sources),
        text=prose.line(site, ("event", key), event.summary, root),
        history=tuple(_step(site, step) for step in event.history),
        status_derived="status" in event.derived,
    )


def _step(site: Site, step: Status) -> Step:
    return Step(step.status, status_words(site, step.status), date(site, step.on), source_short(site, step.source) if step.source else None)


@once_a_site
def source_card(site: Site, key: str) -> SourceCard:
    """Return a source with what rests on it, counted."""
    source: Source = site.sources[key]
    return SourceCard(
        id=key,
        title=source.label,
        path=urls.source(key),
        publisher=actor_ref(site, source.publisher) if source.publisher else None,
        authors=source.authors,
        published=date(site, source.published),
        accessed=date(site, source.accessed),
        url=source.url,
        archived=source.archived,
        lang=source.lang,
        note=source.note,
        cites=tuple(source_ref(site, other) for other in source.cites),
        quotes=len(site.rests_on.get(key, ())),
        events=len(site.events_from.get(key, ())),
    )


@once_a_site
def explainer_card(site: Site, slug: str) -> ExplainerCard:
    """Return an explainer as lists show it."""
    explainer = site.by_slug[slug]
    return ExplainerCard(
        title=explainer.title,
        path=urls.explainer(explainer.slug),
        summary=explainer.summary,
        published=date(site, explainer.published),
        updated=date(site, explainer.updated),
        as_of=date(site, explainer.as_of),
        topics=tuple(topic_ref(topic) for topic in explainer.topics),
        authors=explainer.authors,
        draft=explainer.draft,
    )


def mention(site: Site, found: Mention) -> MentionView:
    """Return an explainer with the sentence that names somebody."""
    explainer = site.by_slug[found.slug]
    return MentionView(
        explainer_ref(explainer),
        date(site, explainer.as_of),
        found.sentence[: found.start],
        found.sentence[found.start : found.end],
        found.sentence[found.end :],
    )


def kind_words(site: Site, kind: str) -> str:
    """Return a type of actor in words."""
    word = site.language.word
    return {
        PERSON: word("person"),
        ORGANIZATION: word("organization"),
        "PublicBody": word("public body"),
        "Country": word("country"),
        GROUP: word("group"),
        UNNAMED: word("unnamed source"),
    }[kind]


def offices(site: Site, actor: Actor) -> tuple[Office, ...]:
    """Return the positions that an actor holds or held."""
    return tuple(
        Office(held.role, actor_ref(site, held.of) if held.of else None, date(site, held.since), date(site, held.until))
        for held in actor.positions
    )


@once_a_site
def actor_card(site: Site, key: str, here: str = "") -> ActorCard:
    """Return an actor as a list or a cast shows them; `here` is their part in one story."""
    actor = site.actors[key]
    return ActorCard(
        id=key,
        name=actor.title,
        path=urls.actor(key),
        type=actor.type,
        kind_words=kind_words(site, actor.type),
        line=DASHED if actor.type == UNNAMED else SOLID,
        offices=offices(site, actor),
        of=actor_ref(site, actor.of) if actor.of else None,
        here=here,
        described_as=actor.described_as,
    )
