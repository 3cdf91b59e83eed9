"""What stands beside the text of an explainer: who this is, at the first mention; who said so, to whom and how it reached us, at quoted words."""

from builder.content.markup.page_html import Note, PublishTarget
from builder.model import INDIRECT, UNNAMED, Site
from builder.pages.cards import inferred, office_words
from builder.pages.shapes import ActorCard, Chain, EventCard, QuoteCard, Ref

_Line = tuple[str | PublishTarget, ...]


def of_actor(site: Site, actor: ActorCard) -> Note | None:
    """Return what is to be known of an actor in one story; None where that is no more than a name."""
    word = site.language.word
    name = _link(Ref(actor.name[:1].upper() + actor.name[1:], actor.path, "actor", actor.line))
    here: tuple[_Line, ...] = ((actor.here,),) if actor.here else ()
    lines: tuple[_Line, ...] = ()
    if actor.type == UNNAMED:
        knows = site.actors[actor.id].knows_because
        known = word("knows because: {reason}").format(reason=knows) if knows not in {"", "unknown"} else word("how they know is not told")
        lines = ((name, ": ", actor.kind_words, *_of(actor)), (known,), *here)
    elif actor.offices:
        if actor.on is not None:
            held = "; ".join(f"{office.role}, {office.of.name}" if office.of is not None else office.role for office in actor.offices)
            held += " (" + site.language.apart(f"{word('as of')} {actor.on.short}") + ")"
        else:
            held = "; ".join(office_words(site, office) for office in actor.offices)
        lines = ((name, f": {held}"), *here)
    elif actor.of is not None:
        lines = ((name, ": ", actor.kind_words, *_of(actor)), *here)
    elif actor.here:
        lines = ((name, ": ", actor.here),)
    return Note(word("About {name}").format(name=actor.name), lines) if lines else None


def of_quote(site: Site, quote: QuoteCard) -> Note:
    """Return who said it, to whom, when, on what basis, and by which way it reached us."""
    word = site.language.word
    way: list[str | PublishTarget] = []
    if quote.said is not None:
        way.append(word("Said {date}").format(date=quote.said.short))
    for step in quote.chain:
        if step.refs != quote.speakers:
            # The day that stands with a source is that of the report, not of the words.
            begin = " →\u00a0" if way else f"{word('Reported by')} " if step.refs[0].kind == "source" else ""
            way += (begin, *_links(site, step))
    # What contradicts or confirms it stands in the first line: that of the way is left out where the note above says the same.
    first: list[str | PublishTarget] = [PublishTarget(quote.path, quote.basis.sentence, "quote")]
    for one in quote.replies:
        first += ("; ", PublishTarget(one.quote.path, one.told, "quote"))
    return Note(quote.basis.sentence, (tuple(first), *((tuple(way),) if way else ())), (low(quote), quote.basis.line), "quote")


def low(quote: QuoteCard) -> str:
    """Return the square of a quote, low where it is a paraphrase: the classes that it is drawn by."""
    return f"{quote.basis.square} {INDIRECT}" if quote.mode == INDIRECT else quote.basis.square


def of_event(site: Site, event: EventCard) -> Note:
    """Return when it was, as exactly as is known, and how sure it is: what “Friday” means in this text."""
    word = site.language.word
    when = event.when.words if event.when is not None else word("no date known")
    status = f" ({event.standing})" if event.status != "occurred" or event.by else ""
    shape = event.when.shape if event.when is not None else "unknown"
    return Note(
        f"{event.title}: {when}", ((PublishTarget(event.path, when, "event"), f": {event.title}{status}"),), (shape, event.signs), "event"
    )


def _of(actor: ActorCard) -> _Line:
    return ("\u00a0· ", _link(actor.of)) if actor.of is not None else ()


def _links(site: Site, step: Chain) -> list[str | PublishTarget]:
    found: list[str | PublishTarget] = []
    for n, ref in enumerate(step.refs):
        found += (", " if n else "", _link(ref), inferred(site, "") if ref.derived else "")
    return found


def _link(ref: Ref) -> str | PublishTarget:
    return PublishTarget(ref.path, ref.name, ref.kind, ref.line) if ref.path else ref.name
