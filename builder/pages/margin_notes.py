"""Margin notes of an explainer: an actor once, the number of their statements in a section, the date of an event."""

from builder.content.markup.page_context import LinkTarget, Note, NoteLine
from builder.model import INDIRECT, UNNAMED, Site
from builder.pages import labels
from builder.pages.cards import office_words
from builder.pages.shapes import ActorCard, EventCard, QuoteCard, Ref


def of_actor(site: Site, actor: ActorCard) -> Note | None:
    """Return the note of an actor in one explainer; None if there is nothing but a name."""
    about = _about(site, actor)
    return Note("actor", actor.path, (_named(actor),), about) if about else None


def _about(site: Site, actor: ActorCard) -> tuple[NoteLine, ...]:
    word = site.language.word
    here: tuple[NoteLine, ...] = ((actor.here[:1].upper() + actor.here[1:],),) if actor.here else ()
    if actor.type == UNNAMED:
        knows = site.actors[actor.id].knows_because
        known = word("How they know: {reason}").format(reason=knows) if knows not in {"", "unknown"} else word("How they know: not stated")
        return ((word("not named"), *_of(actor)), *here, (known,))
    if actor.offices:
        # The head of the page says of which day all of it is.
        if actor.on is not None:
            held = "; ".join(f"{office.role}, {office.of.name}" if office.of is not None else office.role for office in actor.offices)
        else:
            held = "; ".join(office_words(site, office) for office in actor.offices)
        return ((held,), *here)
    # That a body is one, and whose, is no news beside its name.
    return ((actor.kind_words, *_of(actor)), *here) if actor.of is not None and here else here


def of_speakers(site: Site, quotes: tuple[QuoteCard, ...], speakers: tuple[ActorCard, ...]) -> Note:
    """Return the note of the quotes that the same speakers have in one section; `speakers` are those of them that are in the cast."""
    language, first = site.language, quotes[0]
    cards = {card.path: card for card in speakers}
    name: list[str | LinkTarget] = []
    for n, ref in enumerate(first.speakers):
        name += (", " if n else "", _named(cards[ref.path]) if ref.path in cards else _link(ref))
    alone = cards.get(first.speakers[0].path) if len(first.speakers) == 1 else None
    paraphrases = sum(quote.mode == INDIRECT for quote in quotes)
    number = labels.how_many(language, len(quotes) - paraphrases, paraphrases)
    here: list[str | LinkTarget] = [LinkTarget(_near(first.path, first), number, "quote")]
    if len(days := {quote.said.short if quote.said is not None else "" for quote in quotes}) == 1 and (day := days.pop()):
        here.append(", " + day)
    told_once = dict.fromkeys(words for quote in quotes for words in (quote.basis.terms, quote.basis.doubt) if words)
    here += [f"; {words}" for words in told_once]
    for path, words in dict.fromkeys((reply.quote.path, reply.told) for quote in quotes for reply in quote.replies):
        here += ("; ", LinkTarget(_near(path, first), words, "quote"))
    return Note(
        "actor",
        " ".join(ref.path or ref.name for ref in first.speakers),
        tuple(name) or (language.word("Speaker unknown"),),
        _about(site, alone) if alone is not None else (),
        (tuple(here),),
    )


def of_event(site: Site, event: EventCard) -> Note:
    """Return the note of an event: its date and status, such as the day that “Friday” means in this text."""
    status = event.standing if event.status != "occurred" or event.by else ""
    if event.when is None:
        about = ", ".join(filter(None, (status, site.language.word("date unknown"))))
        return Note("event", event.path, (LinkTarget(event.path, event.title, "event"),), ((about,),))
    title = f"{event.title} ({status})" if status else event.title
    return Note("event", event.path, (LinkTarget(event.path, event.when.words, "event"),), ((title,),))


def _near(path: str, quote: QuoteCard) -> str:
    """Return a path of the explainer that has a quote, counted from its page; another as it is."""
    return f"./{path.removeprefix(quote.explainer.path)}" if path.startswith(quote.explainer.path) else path


def _named(actor: ActorCard) -> LinkTarget:
    return LinkTarget(actor.path, actor.name[:1].upper() + actor.name[1:], "actor", actor.line)


def _of(actor: ActorCard) -> NoteLine:
    return (", ", _link(actor.of)) if actor.of is not None else ()


def _link(ref: Ref) -> str | LinkTarget:
    return LinkTarget(ref.path, ref.name, ref.kind, ref.line) if ref.path else ref.name
