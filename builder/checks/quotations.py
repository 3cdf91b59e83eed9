"""Every quotation of a text has a quote record, or is marked as no quotation."""

from collections.abc import Iterator, Sequence

from builder.content.anchoring import spans
from builder.content.quotations import (
    BLOCK,
    MARKED,
    NONE,
    PARTLY,
    MatchedPassage,
    QuotedPassage,
    Scan,
    match_records,
    match_records_in_values,
    scan,
)
from builder.content.schema import SHORT
from builder.diagnostics import Diagnostic, Location
from builder.diagnostics.shortening import shorten_at_word
from builder.incremental.memoize import for_a_while
from builder.model import Actor, Attributes, Body, Event, MarkOpen, QuoteKey, Site, Source

MOST_NAMED = 3
"""Number of passages that a message quotes; of more it gives the number."""

MOST_ALONE = 20
"""Number of unpaired marks that are reported for one text."""

_LONGEST = 40


@for_a_while
def scanned(site: Site, slug: str) -> Scan:
    """Return the quotations of an explainer, by the marks of its language."""
    return scan(site.bodies[slug], site.explainers[slug].lang or site.settings.language)


def matched_quotations(site: Site, slug: str) -> tuple[MatchedPassage, ...]:
    """Return the status of each quotation in an explainer: in the body, and in the words of its front matter."""
    found, values = scanned(site, slug), scanned_values(site, slug)
    if not found.passages and not any(value.passages for value in values):
        return ()
    quotes = [site.quotes[key] for key in site.quotes_in[slug]]

    def names() -> Iterator[str]:
        return _names(site, slug)

    matched_passages = match_records(site.bodies[slug], found, quotes, names)
    return (*match_records_in_values(values, quotes, names), *matched_passages)


def scanned_values(site: Site, slug: str) -> tuple[Scan, ...]:
    """Return the quotations in the front matter of an explainer, value by value."""
    language = site.explainers[slug].lang or site.settings.language
    return tuple(scan(value, language) for value in site.bodies[slug].values)


def _names(site: Site, slug: str) -> Iterator[str]:
    """Yield the names of the actors, sources and events of an explainer."""
    for part in site.cast[slug]:
        actor = site.actors[part.id]
        yield from (actor.name, *actor.alias, *actor.weak_alias)
    for key in site.explainer_sources[slug]:
        source = site.sources[key]
        yield source.title
        yield site.actors[source.publisher].name if source.publisher in site.actors else source.publisher
    for key in site.timelines[slug]:
        yield site.events[key].title


def quotations(site: Site, slug: str) -> Iterator[Diagnostic]:
    """Each quotation has a record, with speaker and source, or is marked as no quotation."""
    path = site.explainers[slug].location.path
    found = scanned(site, slug)
    matched_passages = matched_quotations(site, slug)
    # The head of a callout is reported as that.
    without = [
        matched_passage.passage
        for matched_passage in matched_passages
        if matched_passage.status == NONE and not matched_passage.passage.words.startswith("[!")
    ]
    partly = [
        matched_passage.passage for matched_passage in matched_passages if matched_passage.status == PARTLY and not matched_passage.cut
    ]
    if without or partly:
        first, *others = [
            _location(path, passage) for passage in sorted((*without, *partly), key=lambda passage: (passage.line, passage.column))
        ]
        is_short = site.explainers[slug].format == SHORT
        how = (
            "Write {by=id}, with the id of the speaker, behind the closing mark; or {quote=no}"
            if is_short
            else "Give each a record under “quotes:”, or write {quote=no} right behind it"
        )
        if site.explainers[slug].draft:
            how = f"In the preview, the key a asks for each. By hand: {how[0].lower()}{how[1:]}"
        yield Diagnostic(
            "quotation-unrecorded",
            f"{_of_nobody(without) if is_short and not partly else _message(without, partly)}.",
            first,
            f"{how} if it is no quotation. `backstory check --quotations` lists all.",
            also=tuple(others),
        )
    for matched_passage in matched_passages:
        if matched_passage.cut:
            yield Diagnostic(
                "quote-cut-short",
                f"The quote “{matched_passage.quotes[0]}” leaves out “{shortened(matched_passage.cut)}”, which may reverse its meaning.",
                _location(path, matched_passage.passage),
                "Take the whole sentence, or write it as a paraphrase, with “mode: indirect”.",
            )
        if matched_passage.status == MARKED and matched_passage.quotes:
            yield Diagnostic(
                "quotation-marked-wrong",
                f"{{quote=no}} says that “{shortened(matched_passage.passage.words)}” is no quotation, but the quote “{matched_passage.quotes[0]}” has words of it.",
                _location(path, matched_passage.passage),
                "Take the mark out, or the quote.",
            )
    yield from _unmarked(site, slug, found)
    for marks in (*scanned_values(site, slug), found):
        yield from _alone(path, marks)
        for attributes, inner in marks.misplaced:
            yield _astray(path, attributes, inner=inner)


def quotations_of_actor(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """Report quotations in the text of an actor's own file that no quote by or to the actor accounts for."""
    return _in_shared(site, site.actors[actor_id], (*site.said_by.get(actor_id, ()), *site.said_to.get(actor_id, ())))


def quotations_of_event(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """Report quotations in the text of an event's own file that no quote of the event accounts for."""
    return _in_shared(site, site.events[event_id], site.said_about.get(event_id, ()))


def quotations_of_source(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """Report quotations in the text of a source's own file that no quote from the source accounts for."""
    return _in_shared(site, site.sources[source_id], site.quotes_by_source.get(source_id, ()))


def _in_shared(site: Site, record: Actor | Event | Source, near: Sequence[QuoteKey]) -> Iterator[Diagnostic]:
    """Report the quotations of one shared record; `near` are the quotes that it is most likely to repeat."""
    body = record.text
    # The quotations of an explainer's own file are reported with it.
    if body is None or not body.blocks or record.location.path.startswith("content/explainers/"):
        return
    found = scan(body, site.settings.language)
    path = record.location.path

    def names() -> Iterator[str]:
        yield record.name if isinstance(record, Actor) else record.title
        if isinstance(record, Actor):
            yield from (*record.alias, *record.weak_alias, record.described_as, record.title)

    matched_passages = match_records_in_values([found], [site.quotes[key] for key in near], names)
    if any(matched_passage.status == NONE for matched_passage in matched_passages):
        matched_passages = match_records_in_values([found], [*site.quotes.values()], names)
    without = [matched_passage.passage for matched_passage in matched_passages if matched_passage.status == NONE]
    partly = [matched_passage.passage for matched_passage in matched_passages if matched_passage.status == PARTLY]
    if without or partly:
        first, *others = sorted(
            (_location(path, passage) for passage in (*without, *partly)), key=lambda location: (location.line, location.column)
        )
        yield Diagnostic(
            "quotation-unrecorded",
            f"{_message(without, partly)}.",
            first,
            "Give each a record under “quotes:” of an explainer, or write {quote=no} right behind it if it is no quotation.",
            also=tuple(others),
        )
    yield from _alone(path, found)
    for attributes, inner in found.misplaced:
        yield _astray(path, attributes, inner=inner)


def _location(path: str, passage: QuotedPassage) -> Location:
    return Location(path, passage.line, passage.column)


def shortened(words: str, most: int = _LONGEST) -> str:
    """Return the beginning of a passage, for a message."""
    return shorten_at_word(words, most)


def _message(without: Sequence[QuotedPassage], partly: Sequence[QuotedPassage]) -> str:
    if not without:
        return f"{_counted(partly, 'has a record', 'have a record')} for a part of its words only: {_named(partly)}".replace(
            "its", "its" if len(partly) == 1 else "their", 1
        )
    message = f"{_counted(without, 'has no record', 'have no record')}: {_named(without)}"
    if partly:
        message += f"; and {len(partly)} {'has' if len(partly) == 1 else 'have'} one for a part of the words only: {_named(partly)}"
    return message


def _of_nobody(without: Sequence[QuotedPassage]) -> str:
    count = f"{len(without)} quotations: " if len(without) > 1 else ""
    return f"Nobody is named as the speaker of {count}{_named(without)}"


def _counted(passages: Sequence[QuotedPassage], one: str, many: str) -> str:
    number = len(passages)
    noun = "quotation" if any(passage.kind == BLOCK for passage in passages) else "passage in quotation marks"
    if number == 1:
        return f"1 {noun} {one}"
    return f"{number} {noun.replace('passage', 'passages') if ' ' in noun else noun + 's'} {many}"


def _named(passages: Sequence[QuotedPassage]) -> str:
    shown = [f"“{shortened(passage.words)}” (line {passage.line})" for passage in passages[:MOST_NAMED]]
    more = len(passages) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _unmarked(site: Site, slug: str, found: Scan) -> Iterator[Diagnostic]:
    """Report quotes whose words stand in the text as the author's own: neither in quotation marks nor marked."""
    body = site.bodies[slug]
    # An unpaired mark is reported, and its quotation is not known.
    if found.unpaired:
        return
    by_author = {segment.id for segment in body.segments if isinstance(segment, MarkOpen) and segment.kind == "quote" and segment.line}
    inside: dict[str, bool] = {}
    for span in spans(body):
        quoted = any(span.start < high and low < span.end for passage in found.passages for low, high in passage.parts)
        inside[span.quote] = inside.get(span.quote, False) or quoted or _is_line_of_dialogue(body, span.start)
    for name, quoted in inside.items():
        quote = site.quotes.get((slug, name))
        if quote is not None and not quoted and name not in by_author and "mode" in quote.derived:
            yield Diagnostic(
                "quote-no-marks",
                "These words stand in no quotation marks in the text.",
                quote.location,
                "Put quotation marks around them there; or write “mode: indirect” if they are your words for what was said.",
            )


def _is_line_of_dialogue(body: Body, at: int) -> bool:
    """Return whether an offset is in a paragraph that begins with a dash, as dialogue does in Spanish, French and Polish."""
    return body.text[body.text.rfind("\n", 0, at) + 1 :].lstrip()[:1] in {*"—–―"}


def _alone(path: str, found: Scan) -> Iterator[Diagnostic]:
    unpaired = found.unpaired[:MOST_ALONE]
    for n, (sign, opens) in enumerate(unpaired):
        following = unpaired[n + 1] if n + 1 < len(unpaired) else None
        is_pair = opens and following is not None and not following[1]
        if not opens and n and unpaired[n - 1][1]:
            continue  # told with the mark that opens
        if is_pair and following is not None and following[0].line == sign.line:
            message = "The mark that opens this quotation and the one that closes it do not belong together."
            advice = "Write two that do: “…”, „…“ or «…»."
        elif opens:
            message = "This quotation mark opens a quotation that is never closed."
            advice = "Close it; or begin the next paragraph with a quotation mark too, if the quotation goes on."
        else:
            message, advice = (
                "This quotation mark closes a quotation that nothing opens.",
                "Write the mark that opens it, or take this one out.",
            )
        also = (Location(path, following[0].line, following[0].column),) if is_pair and following is not None else ()
        yield Diagnostic("quotation-unpaired", message, Location(path, sign.line, sign.column), advice, also=also)


def _astray(path: str, attributes: Attributes, *, inner: bool) -> Diagnostic:
    return Diagnostic(
        "span-unknown",
        "{quote=no} stands behind a quotation within another one, which counts as a whole."
        if inner
        else "{quote=no} stands behind no quotation, so it says nothing.",
        Location(path, attributes.line, attributes.column, attributes.width),
        "Put it right behind the quotation mark that closes the whole, without a space, or take it out.",
    )
