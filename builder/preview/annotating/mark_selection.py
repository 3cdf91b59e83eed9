"""Makes selected words a quote, a paraphrase, an actor, an event, the day of one, or a source. Each is written in the shortest way that the format of the explainer has."""

from collections.abc import Mapping

import msgspec

from builder import urls
from builder.content import markup, one_line_records, quotations
from builder.content.editing import (
    Edit,
    FileEdit,
    Refused,
    SourceFile,
    Value,
    insert,
    mark,
    mark_behind,
    mark_block,
    mark_words,
    refused,
    replace_text,
    set_key,
    spliced,
)
from builder.content.editing.outline import Leaf, Map, Seq
from builder.content.editing.selected_words import TextRange, locate
from builder.content.quotations import MARKS
from builder.content.schema import SHORT
from builder.linking import actor_types
from builder.model import INDIRECT, PERSON, UNNAMED, Site
from builder.preview.annotating.annotation_form import (
    ActorSelection,
    AliasSelection,
    DateSelection,
    EventSelection,
    ParaphraseSelection,
    QuoteSelection,
    SelectionForm,
    SourceSelection,
)
from builder.preview.annotating.build_records import (
    as_change,
    distinguishing_keys,
    in_front_matter,
    mark_keys,
    new_actor,
    new_id,
    quote_record,
    speaker_of,
    with_record,
)
from builder.preview.annotating.edit_quote import node_at, record_path
from builder.preview.annotating.quotation_status import quotations_in


class _MarkRequest(msgspec.Struct, frozen=True):
    """A selection and its file."""

    site: Site
    slug: str
    source: SourceFile
    data: bytes
    at: TextRange

    @property
    def is_short(self) -> bool:
        """Whether marks in the text take the place of records."""
        return self.site.explainers[self.slug].format == SHORT

    def made(self, now: SourceFile, edit: FileEdit | Refused) -> FileEdit | Refused:
        """Return the change that a last edit makes of the file, which may be changed already."""
        return edit if isinstance(edit, Refused) else as_change(self.source.path, self.data, spliced(now.text, edit.edits))

    def shift(self, now: SourceFile) -> int:
        """Return by how many characters the text has moved."""
        return now.body_start - self.source.body_start


def mark_selection(site: Site, slug: str, source: SourceFile, data: bytes, answer: SelectionForm) -> FileEdit | Refused:
    """Return the edit that turns selected words into a record, or the reason for refusing it."""
    needs_no_mark = isinstance(answer, ActorSelection | AliasSelection)
    at = TextRange(" ".join(answer.selected.words.split()), 0, 0, 0, 0) if needs_no_mark else locate(source, answer.selected)
    if isinstance(at, Refused):
        return at
    work = _MarkRequest(site, slug, source, data, at)
    match answer:
        case QuoteSelection():
            return _quote(work, answer)
        case ParaphraseSelection():
            return _paraphrase(work, answer)
        case ActorSelection():
            return _actor(work, answer)
        case AliasSelection():
            return _alias(work, answer)
        case EventSelection():
            return _event(work, answer)
        case DateSelection():
            return _day(work, answer)
        case SourceSelection():
            return _source(work, answer)


def _quote(work: _MarkRequest, answer: QuoteSelection) -> FileEdit | Refused:
    """Put words into quotation marks and record them as a quote."""
    spoken = speaker_of(work.site, answer)
    if isinstance(spoken, Refused):
        return spoken
    language = work.site.explainers[work.slug].lang or work.site.settings.language
    opening, closing = _marks(work, language)
    at = work.at
    quoted = work.source.with_text(spliced(work.source.text, [Edit(at.low, at.low, opening), Edit(at.high, at.high, closing)]))
    body = markup.read(quoted.block.body, path=quoted.path, line=quoted.block.body_line, marks=True)[0]
    found = next((passage for passage in quotations.scan(body, language).passages if passage.start == at.start + len(opening)), None)
    if found is None or found.end != at.end + len(opening):
        return refused(
            "not-in-text",
            work.source.path,
            message="These words cannot stand in quotation marks there: they are in a quotation, or have a mark of one.",
        )
    now = with_record(quoted, *spoken)
    if isinstance(now, Refused):
        return now
    if work.is_short and not answer.says:
        end = at.high + len(opening) + len(closing) + now.body_start - quoted.body_start
        return work.made(now, mark_behind(now, end, mark_keys(spoken.id, answer)))
    return in_front_matter(
        work.data, now, quote_record(spoken.id, (at.words,), answer), distinguishing_keys(work.site, work.slug, at.start, (at.words,))
    )


def _marks(work: _MarkRequest, language: str) -> tuple[str, str]:
    """Return the quotation marks that the text has already, or else those of its language."""
    text = work.source.text
    for passage in quotations.scan(work.site.bodies[work.slug], language).passages:
        if passage.kind == MARKS:
            return text[work.source.offset(passage.line, passage.column)], text[work.source.offset(passage.end_line, passage.end_column)]
    return quotations.usual(language)


def _paraphrase(work: _MarkRequest, answer: ParaphraseSelection) -> FileEdit | Refused:
    """Record words as a paraphrase."""
    if any(
        low < work.at.end and work.at.start < high
        for found in quotations_in(work.site, work.slug)
        if found.in_text
        for low, high in found.passage.parts
    ):
        return refused("not-in-text", work.source.path, message="These words stand in quotation marks: a paraphrase has none.")
    spoken = speaker_of(work.site, answer)
    if isinstance(spoken, Refused):
        return spoken
    now = with_record(work.source, *spoken)
    if isinstance(now, Refused):
        return now
    at, shift = work.at, work.shift(now)
    if work.is_short and not answer.says:
        return work.made(now, mark_words(now, at.low + shift, at.high + shift, mark_keys(spoken.id, answer)))
    record = {**quote_record(spoken.id, (at.words,), answer), "mode": INDIRECT}
    return in_front_matter(work.data, now, record, distinguishing_keys(work.site, work.slug, at.start, (at.words,)))


def _actor(work: _MarkRequest, answer: ActorSelection) -> FileEdit | Refused:
    """Add a record for the actor that words name."""
    name = answer.named.strip() or work.at.words
    is_unnamed = answer.kind == UNNAMED
    new = new_actor(work.site, "unnamed" if is_unnamed else "actors", name)
    if isinstance(new, Refused):
        return new
    section, record, key = new
    if not section:
        return refused("there-already", work.source.path, message=f"“{name}” has a record already: “{key}”.")
    if answer.kind not in {"", UNNAMED} and (answer.kind != PERSON or actor_types.kind_of(name)):
        record = f"{name}, {answer.kind}" if work.is_short else {"name": name, "type": answer.kind}
    now = with_record(work.source, section, record, key)
    return now if isinstance(now, Refused) else as_change(now.path, work.data, now.text)


def _alias(work: _MarkRequest, answer: AliasSelection) -> FileEdit | Refused:
    """Add words to the other names of an actor recorded in this file."""
    actor = work.site.actors.get(answer.other_name)
    if actor is None:
        return refused("changed", work.source.path, message=f"There is no actor “{answer.other_name}” any more.")
    if actor.location.path != work.source.path:
        return refused(
            "no-such-place", actor.location.path, message=f"{actor.title} has a file of their own: add “alias: {work.at.words}” there."
        )
    path = record_path(work.source, actor)
    if isinstance(path, Refused):
        return path
    node = node_at(work.source, path)
    held = node.get("alias") if isinstance(node, Map) else None
    now = (
        [leaf.value for leaf in held.items if isinstance(leaf, Leaf)]
        if isinstance(held, Seq)
        else [held.value]
        if isinstance(held, Leaf)
        else []
    )
    value: Value = [*now, work.at.words] if now else work.at.words
    return work.made(work.source, set_key(work.source, path, "alias", value))


def _event(work: _MarkRequest, answer: EventSelection) -> FileEdit | Refused:
    """Make a timeline entry from words about an event."""
    at = work.at
    if not answer.said:
        return refused("value", work.source.path, message="Choose or write the day of the event.")
    title = answer.named.strip()
    if work.is_short:
        chosen = {"on": answer.said, "source": answer.via, "title": title, "status": answer.status, "by": answer.by}
        return work.made(work.source, mark_words(work.source, at.low, at.high, {key: value for key, value in chosen.items() if value}))
    title = title or at.words[0].upper() + at.words[1:]
    key = new_id(work.site, " ".join(title.split()[:5]))
    if not key:
        return refused("value", work.source.path, message=f"No id can be made of “{title}”.")
    day: Value = {"says": answer.says, "is": answer.said} if answer.says else answer.said
    record: dict[str, Value] = {"id": key, "when": day, "title": title}
    record |= {name: value for name, value in {"status": answer.status, "by": answer.by, "sources": answer.via}.items() if value}
    added = insert(work.source, "timeline", record)
    if isinstance(added, Refused):
        return added
    now = work.source.with_text(spliced(work.source.text, added.edits))
    shift = work.shift(now)
    return work.made(now, mark(now, at.low + shift, at.high + shift, "event", key))


def _day(work: _MarkRequest, answer: DateSelection) -> FileEdit | Refused:
    """Mark words as those that mean an event, or its day."""
    if answer.event not in work.site.events:
        return refused("value", work.source.path, message="Choose the event that these words mean.")
    return work.made(work.source, mark(work.source, work.at.low, work.at.high, "event", answer.event))


def _source(work: _MarkRequest, answer: SourceSelection) -> FileEdit | Refused:
    """Return where a paragraph was read, or lead from words to the source that they name."""
    at = work.at
    now, key = work.source, answer.via
    if answer.named.strip():
        new = _new_source(work, answer.named)
        if isinstance(new, Refused):
            return new
        now, key = new
    elif key not in work.site.sources:
        return refused("value", work.source.path, message="Choose a source, or write a new one.")
    low, high = at.low + work.shift(now), at.high + work.shift(now)
    if work.is_short:
        return work.made(now, mark_block(now, high, {"source": key}))
    if any(char in now.text[low:high] for char in "[]|"):
        return refused("not-in-text", work.source.path, message="These words have a mark already.")
    return work.made(now, replace_text(now, low, high, f"[[source:{key}|{now.text[low:high]}]]"))


def _new_source(work: _MarkRequest, line: str) -> tuple[SourceFile, str] | Refused:
    """Return the file with a new source, and its id."""
    words = " ".join(line.split())
    record = _source_of_line(words)
    if not record:
        return refused(
            "value",
            work.source.path,
            message="Write publisher, title and day, such as “Lantern, Ferry in doubt, 2025-10-15”, or an address.",
        )
    name = record.get("publisher") or urls.slug(words.partition("//")[2])[:40]
    key = new_id(work.site, str(name).strip("-"))
    if not key:
        return refused("value", work.source.path, message=f"No id can be made of “{words}”.")
    now = with_record(work.source, "sources", words if work.is_short else {**record}, key)
    return now if isinstance(now, Refused) else (now, key)


def _source_of_line(words: str) -> Mapping[str, str | dict[str, str]]:
    return {"url": words} if urls.is_web_address(words) else one_line_records.source(words)
