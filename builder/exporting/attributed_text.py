"""The text of an explainer with whose words it has, in words: where a page draws a mark, a sentence in brackets names the speaker, the listener and the reporter."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import escape

import msgspec

from builder.content.markup.page_context import LinkTarget
from builder.exporting.blocks import Runs, TextBlock, TextRun, blocks
from builder.formats.parts import DateRecord
from builder.formats.published_data import ExplainerRecord, SourceRecord
from builder.model import UNNAMED, Body, Embed, Href, Html, Link, MarkClose, NoteClose, NoteOpen, NoteRef, QuoteKey, Shown, Site, Text
from builder.pages import body_html, data_records, event_records, explainer_text, margin_notes
from builder.pages.cards import event_in, inferred, quote_card, state_day

SELF_EVIDENT, UNKNOWN = "occurred", "unknown"

_CLOSING = re.compile(r"[.,;:!?…，。、；：！？،؛؟।]*[\u00a0\u202f]?[”“\"»«’‘›‹」』〞〟״](?!\w)")
"""What closes quoted words, with the signs that stand before it."""


class Prose(msgspec.Struct, frozen=True):
    """An explainer as a document."""

    record: ExplainerRecord
    blocks: tuple[TextBlock, ...]
    """Its text, then the rest of its page: actors, events, quotes that are not in the text, sources, corrections."""
    notes: tuple[tuple[int, Runs], ...]
    """The author's own notes, by number."""
    address: str
    """Of its page; "" if the site does not know its own."""


def explainer_prose(site: Site, slug: str) -> Prose:
    """Return an explainer as a document."""
    writer = _Writer(site, slug)
    html = writer.text()
    record = data_records.explainer(site, slug)
    base = site.settings.base_url
    return Prose(
        record,
        blocks(_lead(site, slug) + html + "".join(_rest(site, slug, writer.placed))),
        tuple((number, tuple(run for block in blocks(note) for run in block.runs)) for number, note in writer.notes),
        base + record.path if base else "",
    )


def attribution(site: Site, key: QuoteKey) -> str:
    """Return whose words a quote is, and how they reached us: `Anna Hale; said 3 May 2024 → Lantern, 4 May 2024`."""
    word, card = site.language.word, quote_card(site, key)
    way = word("Said {date}").format(date=card.said.short) if card.said is not None else ""
    for link in card.chain:
        if link.refs != card.speakers:
            # The day beside a source is that of the report, not of the words.
            way += " → " if way else f"{word('Reported by')} " if link.refs[0].kind == "source" else ""
            way += ", ".join(ref.name + (inferred(site, "") if ref.derived else "") for ref in link.refs)
    parts = [card.basis.sentence, *_terms(site, key), *_beside(site, key), *(reply.told for reply in card.replies), way]
    return "; ".join(part.strip() for part in parts if part).replace("\u00a0", " ")


def _terms(site: Site, key: QuoteKey) -> Iterator[str]:
    """Yield how speakers without a name know what they say, and why they are not named."""
    word = site.language.word
    for actor in (site.actors[speaker] for speaker in site.quotes[key].speakers):
        if actor.type == UNNAMED:
            if actor.knows_because not in {"", UNKNOWN}:
                yield word("How they know: {reason}").format(reason=actor.knows_because)
            if actor.anonymity_reason not in {"", UNKNOWN}:
                yield f"{word('Why not named')}: {actor.anonymity_reason}"


def _beside(site: Site, key: QuoteKey) -> Iterator[str]:
    """Yield what a page shows beside the words: their translation, what they were read as, and the note."""
    word, card = site.language.word, quote_card(site, key)
    if card.translation is not None:
        made_by = ": ".join(filter(None, (card.translation.words, card.translation.by)))
        yield f"{word('Translation')}: {word('“{words}”').format(words=card.translation.text)} ({made_by})"
    if card.corrected:
        yield f"{word('Our reading')}: {card.corrected}" + (f" ({card.certainty})" if card.certainty else "")
    yield site.quotes[key].note


def render_line(site: Site, owner: tuple[str, str], body: Body) -> str:
    """Return Markdown as words, its paragraphs apart, with the addresses of its links: `[words](https://…)`."""
    lines = (block.runs for block in blocks(body_html.line(site, owner, body, "", file="").html))
    return "\n\n".join("".join(map(_with_address, runs)) for runs in lines)


def _with_address(run: TextRun) -> str:
    if not (run.link.startswith("http") and run.text):
        return run.text
    return f"[{run.text}]({run.link.replace('(', '%28').replace(')', '%29')})"


def event_line(site: Site, slug: str, event_id: str) -> str:
    """Return an event as a sentence that is no more certain than the page of an explainer: `18 January 2022: The embassy closes (alleged by NATO)`.

    What became of it after the day of the explainer is said as such: `(planned; now cancelled)`.
    """
    event = event_in(site, slug, event_id, "")
    when = event.when.words or event.when.says if event.when is not None else ""
    is_plain = event.status == SELF_EVIDENT and not event.by and not event.status_derived and not event.now
    # Brackets in brackets are hard to read.
    standing = event.standing.replace(" (", ", ").replace(")", "") if event.status_derived else event.standing
    now = f"; {site.language.word('now {status}').format(status=event.now)}" if event.now else ""
    title = event.title if is_plain else f"{event.title} ({standing}{now})"
    return f"{when}: {title}" if when else title


def _lead(site: Site, slug: str) -> str:
    """Return of which day an explainer is, and the picture that it leads with, with its caption and whose it is, as HTML."""
    explainer = site.explainers[slug]
    # Where it is left out, it is the day of the update or of the publication, which stand beside the title.
    as_of = state_day(site, slug) if explainer.as_of not in (explainer.updated, explainer.published) else None
    said = site.language.word("As of")
    day = f"<p>{escape(f'{said} {as_of.words}', quote=False)}</p>" if as_of is not None else ""
    image = explainer.image
    if image is None:
        return day
    said = ". ".join(part.rstrip(".") for part in (image.caption, image.credit, image.licence) if part)
    folder = site.explainers[slug].location.path.rpartition("/")[0]
    paths = (posixpath.normpath(f"{folder}/{image.file}"), image.file)
    src = site.settings.base_url + next((path for path, picture in site.pictures.items() if picture.file in paths), image.file)
    return f'{day}<figure><img src="{escape(src)}" alt="{escape(image.alt)}"><figcaption>{escape(said, quote=False)}</figcaption></figure>'


class _Writer:
    """Joins the segments of a text to HTML in which attributions are words."""

    def __init__(self, site: Site, slug: str) -> None:
        self._site, self._slug = site, slug
        explainer = site.explainers[slug]
        # Addresses that hold wherever the document goes; without them, words.
        self._root = site.settings.base_url
        self._context = body_html.page_context(site, ("explainer", slug), root=self._root, file=explainer.location.path)
        self.placed: set[tuple[str, str]] = set()
        """(kind, id) of what stands in the text."""
        self.notes: list[tuple[int, str]] = []
        self._due = ""
        """An attribution that waits for the mark that closes the words."""

    def text(self) -> str:
        """Return the text as HTML; notes and what is placed in it are noted."""
        made: list[str] = []
        outer = made
        number = 0
        for segment in self._site.bodies[self._slug].segments:
            if isinstance(segment, NoteOpen):
                outer, made = made, []
            elif isinstance(segment, NoteClose):
                self.notes.append((number, f"<p>{''.join(made)}</p>"))
                made = outer
            else:
                if isinstance(segment, NoteRef):
                    number = segment.number
                made.append(self._with_due(segment) if self._due else self._segment(segment))
        return "".join((*made, self._due))

    def _with_due(self, segment: object) -> str:
        """Return a segment with the attribution of the words before it: behind the quotation mark that closes them."""
        due, self._due = self._due, ""
        found = _CLOSING.match(segment.text) if isinstance(segment, Text) else None
        if found is None or not isinstance(segment, Text):
            return due + self._segment(segment)
        at = found.end()
        return f"{escape(segment.text[:at], quote=False)}{due}{escape(segment.text[at:], quote=False)}"

    def _segment(self, segment: object) -> str:
        if isinstance(segment, Html):
            return segment.html
        if isinstance(segment, Text):
            return escape(segment.text, quote=False)
        if isinstance(segment, Link):
            to = self._context.links.get((segment.kind, segment.target))
            return _linked(self._root, to, segment.words or (to.name if to is not None else segment.target))
        if isinstance(segment, Shown):
            return f'<img src="{escape(self._root + self._context.href(segment.target))}" alt="{escape(segment.alt)}">'
        if isinstance(segment, Href):
            return escape(self._root + self._context.href(segment.target))
        if isinstance(segment, NoteRef):
            return f'<sup data-note="{segment.number}"></sup>'
        if isinstance(segment, MarkClose) and segment.last:
            self._due = self._mark(segment)
            return ""
        return self._embed(segment) if isinstance(segment, Embed) else ""

    def _mark(self, mark: MarkClose) -> str:
        if mark.kind == "quote":
            self.placed.add((mark.kind, mark.id))
            return _attributed(attribution(self._site, (self._slug, mark.id)))
        if mark.id not in self._site.events:
            return ""
        told = event_in(self._site, self._slug, mark.id, "")
        is_fact = event_records.event(self._site, mark.id).is_fact and not told.now
        return "" if is_fact else _attributed(event_line(self._site, self._slug, mark.id))

    def _embed(self, embed: Embed) -> str:
        self.placed.add((embed.kind, embed.target))
        if embed.target == "timeline":
            filters = dict(embed.filters)
            kept = [
                key
                for key in self._site.timelines[self._slug]
                if filters.get("actor") in {None, *self._site.events[key].actors}
                and filters.get("status") in {None, event_in(self._site, self._slug, key, "").status}
            ]
            return _events(self._site, self._slug, kept)
        if embed.target == "who":
            return _cast(self._site, self._slug)
        target = self._site.targets.get(("explainer", self._slug), {}).get((embed.kind, embed.target))
        if target is None:
            return ""
        if target.kind == "quote":
            self.placed.add(("quote", target.id))
            return _quote(self._site, (target.slug, target.id))
        if target.kind == "event":
            self.placed.add(("event", target.id))
            return _events(self._site, self._slug, [target.id])
        to = body_html.destination(self._site, target)
        return f"<p>{_linked(self._root, to, to.name)}</p>"


def _linked(root: str, to: LinkTarget | None, words_: str) -> str:
    shown = escape(words_, quote=False)
    return f'<a href="{escape(root + to.path)}">{shown}</a>' if to is not None and root else shown


def _attributed(said: str) -> str:
    return f' <span class="attribution">[{escape(said, quote=False)}]</span>'


def _listed(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _quote(site: Site, key: QuoteKey) -> str:
    card = quote_card(site, key)
    said = " … ".join(card.segments)
    marked = said if card.mode == "indirect" else site.language.word("“{words}”").format(words=said)
    return f"<blockquote><p>{escape(marked, quote=False)}{_attributed(attribution(site, key))}</p></blockquote>"


def _events(site: Site, slug: str, keys: Iterable[str]) -> str:
    lines: list[str] = []
    for event in (event_records.event(site, key) for key in keys):
        more = f". {event.text}" if event.text else ""
        from_ = f" [{'; '.join(source.name for source in event.sources)}]" if event.sources else ""
        lines.append(escape(f"{event_line(site, slug, event.id)}{more}{from_}", quote=False))
    return _listed(lines)


def _cast(site: Site, slug: str) -> str:
    lines: list[str] = []
    for member in explainer_text.cast(site, slug):
        note = margin_notes.of_actor(site, member.actor)
        said = "; ".join("".join(part if isinstance(part, str) else part.name for part in line) for line in note.about) if note else ""
        name = member.actor.name[:1].upper() + member.actor.name[1:]
        lines.append(escape(f"{name}: {said}" if said else name, quote=False))
    return _listed(lines)


def source_line(site: Site, source: SourceRecord) -> str:
    """Return a source as a bibliography has it, as HTML."""
    publisher = source.publisher.name if source.publisher is not None else ""
    title = site.language.word("“{words}”").format(words=source.title) if source.title else ""
    parts = [", ".join(source.authors), title, publisher, _words(source.published)]
    made = escape(", ".join(part for part in parts if part), quote=False)
    links = [f'<a href="{escape(to)}">{escape(to, quote=False)}</a>' for to in (source.url, source.archived) if to.startswith("http")]
    return ". ".join(part for part in (made, " ".join(links), escape(source.note, quote=False)) if part)


def _words(date: DateRecord | None) -> str:
    return date.words or date.says if date is not None else ""


def _rest(site: Site, slug: str, placed: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the parts of an explainer's page after its text."""
    word = site.language.word
    names = {target for _, target in placed}
    quotes = [key for key in site.quotes_in[slug] if ("quote", key[1]) not in placed]
    events = [key for key in site.timelines[slug] if ("event", key) not in placed] if "timeline" not in names else []
    record = data_records.explainer_data(site, slug)
    parts = (
        (word("Quotes"), "".join(_quote(site, key) for key in quotes)),
        (word("Timeline"), _events(site, slug, events)),
        (word("Who’s who"), _cast(site, slug) if "who" not in names else ""),
        (word("Sources"), _listed(source_line(site, source) for source in record.sources)),
        (word("What is new"), _listed(_dated(_words(update.on), update.text) for update in record.explainer.updates)),
        (word("Corrections"), _listed(_dated(_words(correction.on), correction.text) for correction in record.explainer.corrections)),
    )
    for title, html in parts:
        if html:
            yield f"<h2>{escape(title)}</h2>{html}"


def _dated(day: str, text: str) -> str:
    return escape(f"{day}: {text}" if day else text, quote=False)


__all__ = ["Prose", "attribution", "event_line", "explainer_prose", "render_line", "source_line"]
