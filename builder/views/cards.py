"""The small shapes that pages are made of, as templates see them: a link to an actor, a date, a quote with how anybody knows it.

A path is that of a page below the site; a template puts `page.root` before it. Words are in the site's language and ready to print.
"""

import msgspec

from builder import dates, urls
from builder.model import GROUP, ORGANIZATION, PERSON, UNNAMED, Actor, Event, Explainer, Mention, Quote, QuoteKey, Site, Source, Status, Trusted, When
from builder.views import prose

SOLID, DASHED, DOTTED = "solid", "dashed", "dotted"
FULL, HALF, EMPTY = "full", "half", "empty"


class Ref(msgspec.Struct, frozen=True, gc=False):
    """Words that lead to a page."""

    name: str
    path: str
    """From the site's root; "" where there is no page and the name is plain words."""
    kind: str = ""
    """`actor`, `event`, `source`, `quote`, `explainer`, `topic`, `page`; "" for plain words."""
    line: str = ""
    """Of an actor: `solid` for one who is named, `dashed` for an unnamed source."""


class DateView(msgspec.Struct, frozen=True, gc=False):
    """A date, ready to print."""

    words: str
    """`around 18 January 2022`"""
    short: str
    """`c. 18 Jan 2022`"""
    machine: str
    """For `<time datetime>`; "" where HTML has no form for it."""
    shape: str
    """One of `dates.DATE_SHAPES`: the sign that a timeline draws."""
    edtf: str
    says: str = ""
    """The story's own word for it: `Friday`."""


class Basis(msgspec.Struct, frozen=True, gc=False):
    """On what footing words stand."""

    line: str
    """`solid`: named, on the record; `dashed`: unnamed, on background; `dotted`: deep background or unknown."""
    square: str
    """`full`: a named person; `half`: an institution, a state, a group; `empty`: nobody named."""
    words: str
    """`on the record`, `on background`, `on deep background`."""
    sentence: str
    """`An unnamed senior US official, to CNN, on background`"""


class Chain(msgspec.Struct, frozen=True, gc=False):
    """One step of the way from the speaker to the reader."""

    role: str
    """`said by`, `translated by`, `first published by`, `republished by`"""
    refs: tuple[Ref, ...]


class Relation(msgspec.Struct, frozen=True, gc=False):
    """How a quote stands to another."""

    words: str
    """`denies`, `is denied by`, …"""
    quote: Ref
    by: tuple[Ref, ...]
    """Who said the other."""


class TranslationView(msgspec.Struct, frozen=True, gc=False):
    """The words in the site's language."""

    text: str
    by: str
    words: str
    """`translated by a machine`"""


class QuoteCard(msgspec.Struct, frozen=True, gc=False):
    """A quote with how anybody knows it."""

    id: str
    path: str
    """Of its card on its explainer's page: `explainers/talks/#quote--q1`."""
    in_text: str
    """Of the words in the text: `explainers/talks/#said--q1`; "" where they do not stand there."""
    segments: tuple[str, ...]
    speakers: tuple[Ref, ...]
    to: tuple[Ref, ...]
    said: DateView | None
    reported: DateView | None
    """The date of the first source, where nobody gives a date of speaking."""
    mode: str
    """`direct`, `partial`, `indirect`"""
    mode_words: str
    medium: str
    basis: Basis
    via: tuple[Ref, ...]
    chain: tuple[Chain, ...]
    about: tuple[Ref, ...]
    relations: tuple[Relation, ...]
    lang: str
    translation: TranslationView | None
    as_published: str
    corrected: str
    certainty: str
    """`attribution fairly certain, in the judgement of …`; "" where the author says nothing."""
    note: str
    explainer: Ref
    derived: tuple[str, ...]
    """What the author left out and the tool filled in, in words: `ground rules`."""
    extra: tuple[tuple[str, str], ...]


class Step(msgspec.Struct, frozen=True, gc=False):
    """How sure an event was, from a day on."""

    status: str
    words: str
    on: DateView | None
    source: Ref | None


class EventCard(msgspec.Struct, frozen=True, gc=False):
    """An event, with how firm it is."""

    id: str
    title: str
    path: str
    when: DateView | None
    status: str
    status_words: str
    by: tuple[Ref, ...]
    actors: tuple[Ref, ...]
    place: str
    sources: tuple[Ref, ...]
    text: Trusted
    history: tuple[Step, ...]
    status_derived: bool


class SourceCard(msgspec.Struct, frozen=True, gc=False):
    """A report or document."""

    id: str
    title: str
    path: str
    publisher: Ref | None
    authors: tuple[str, ...]
    published: DateView | None
    accessed: DateView | None
    url: str
    archived: str
    lang: str
    note: str
    cites: tuple[Ref, ...]
    quotes: int
    """How many quotes of the site it published."""
    events: int


class ExplainerCard(msgspec.Struct, frozen=True, gc=False):
    """An explainer in a list."""

    title: str
    path: str
    summary: str
    published: DateView | None
    updated: DateView | None
    as_of: DateView | None
    topics: tuple[Ref, ...]
    authors: tuple[str, ...]
    draft: bool


class MentionView(msgspec.Struct, frozen=True, gc=False):
    """An explainer that names somebody, with the sentence that does."""

    explainer: Ref
    as_of: DateView | None
    before: str
    name: str
    after: str


class Office(msgspec.Struct, frozen=True, gc=False):
    """A position held."""

    role: str
    of: Ref | None
    since: DateView | None
    until: DateView | None


class ActorCard(msgspec.Struct, frozen=True, gc=False):
    """An actor in a list or in a cast."""

    id: str
    name: str
    path: str
    type: str
    kind_words: str
    line: str
    offices: tuple[Office, ...]
    of: Ref | None
    here: str
    described_as: str


# --- making them ------------------------------------------------


def date(site: Site, when: When) -> DateView | None:
    """Return a date in words; None where nobody gave one."""
    says = when.relative.says if when.relative is not None else ""
    if when.date is None:
        return DateView(says, says, "", "unknown", "", says) if says else None
    found = when.date
    return DateView(
        dates.wording(found, site.language), dates.wording(found, site.language, style="short"), dates.machine(found), found.shape, found.edtf, says
    )


def actor_ref(site: Site, key: str) -> Ref:
    """Return a link to an actor, or plain words where `key` is no id."""
    actor = site.actors.get(key)
    if actor is None:
        return Ref(key, "")
    return Ref(actor.title, urls.actor(key), "actor", DASHED if actor.type == UNNAMED else SOLID)


def event_ref(site: Site, key: str) -> Ref:
    """Return a link to an event."""
    return Ref(site.events[key].title, urls.event(key), "event")


def source_ref(site: Site, key: str) -> Ref:
    """Return a link to a source, called by its publisher and title."""
    source = site.sources[key]
    publisher = site.actors[source.publisher].title if source.publisher in site.actors else source.publisher
    name = f"{publisher}: {source.title}" if publisher and source.title else publisher or source.label
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
        certainty = {"high": word("The attribution is certain"), "medium": word("The attribution is fairly certain"), "low": word("The attribution is doubtful")}[quote.cert]
        if quote.resp:
            certainty = word("{judgement}, says {who}").format(judgement=certainty, who=quote.resp)
    translation = None
    if quote.translation is not None:
        how = {"human": word("translated by a person"), "machine": word("translated by a machine"), "unknown": word("nobody says who translated it")}
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
        chain=_chain(site, quote, speakers, via),
        about=tuple(event_ref(site, event) for event in quote.about),
        relations=_relations(site, key, quote),
        lang=quote.lang,
        translation=translation,
        as_published=quote.as_published,
        corrected=quote.corrected,
        certainty=certainty,
        note=quote.note,
        explainer=explainer_ref(explainer),
        derived=tuple({"via": word("the source"), "to": word("whom it was said to"), "rules": word("the ground rules"), "mode": word("the kind of quote")}[name] for name in quote.derived),
        extra=quote.extra,
    )


def _chain(site: Site, quote: Quote, speakers: tuple[Ref, ...], via: tuple[Ref, ...]) -> tuple[Chain, ...]:
    word = site.language.word
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
    passive = {"denies": word("is denied by"), "confirms": word("is confirmed by"), "answers": word("is answered by"), "repeats": word("is repeated by")}
    found = [(active[relation], tuple(target.split("#", 1))) for relation, target in quote.relations]
    found += [(passive[relation], other) for relation, other in site.replies.get(key, ())]
    return tuple(
        Relation(words, Ref(" … ".join(site.quotes[other].segments), urls.quote(*other), "quote"), tuple(actor_ref(site, who) for who in site.quotes[other].speakers))
        for words, other in found
    )


def status_words(site: Site, status: str) -> str:
    """Return a status as a reader reads it."""
    return site.language.word(status)


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
        sources=tuple(source_ref(site, source) for source in event.sources),
        text=prose.line(site, ("event", key), event.summary, root),
        history=tuple(_step(site, step) for step in event.history),
        status_derived="status" in event.derived,
    )


def _step(site: Site, step: Status) -> Step:
    return Step(step.status, status_words(site, step.status), date(site, step.on), source_ref(site, step.source) if step.source else None)


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


def explainer_card(site: Site, explainer: Explainer) -> ExplainerCard:
    """Return an explainer as lists show it."""
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
        explainer_ref(explainer), date(site, explainer.as_of), found.sentence[: found.start], found.sentence[found.start : found.end], found.sentence[found.end :]
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
    return tuple(Office(held.role, actor_ref(site, held.of) if held.of else None, date(site, held.since), date(site, held.until)) for held in actor.positions)


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
