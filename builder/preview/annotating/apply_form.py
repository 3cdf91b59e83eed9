"""Turns a submitted form into one edit of the content file.

A change is made here for the bytes that the page was made from, read again as the whole file, and refused if that brings up an error which was not there.
"""

from builder.content.editing import (
    FileEdit,
    Refused,
    SourceFile,
    Value,
    insert,
    mark,
    mark_behind,
    path_at,
    quote_nobody,
    refused,
    replace,
    spliced,
)
from builder.content.editing.outline import Leaf, Map, Seq
from builder.content.parse import parse
from builder.content.quotations import BLOCK, QuotedPassage
from builder.content.schema import SHORT
from builder.model import Site
from builder.preview.annotating import edit_record, mark_selection, proposals
from builder.preview.annotating.annotation_form import (
    AcceptProposal,
    AnnotationForm,
    ChangeEvent,
    ChangeQuote,
    ChangeRecord,
    ContinueQuote,
    DeleteEvent,
    DeleteQuote,
    DeleteRecord,
    ProposalForm,
    QuotationForm,
    QuoteNobody,
    QuoteQuotation,
    RejectProposal,
)
from builder.preview.annotating.build_records import (
    ChosenSpeaker,
    as_change,
    checked,
    distinguishing_keys,
    free_quote_id,
    in_front_matter,
    mark_keys,
    quote_record,
    speaker_of,
    with_record,
    without_comma,
)
from builder.preview.annotating.edit_event import edit_event
from builder.preview.annotating.edit_quote import change_quote, delete_quote, find_mark, node_at, record_path
from builder.preview.annotating.quotation_status import TO_DO, LocatedQuotation, quotations_in, words_of


def apply(site: Site, slug: str, data: bytes, answer: AnnotationForm) -> FileEdit | Refused:
    """Return the edit of an explainer's file for a form, or the reason for refusing it. `data` are the bytes that the site was built from."""
    source = SourceFile.of(site.explainers[slug].location.path, data)
    if isinstance(source, Refused):
        return source
    match answer:
        case ChangeRecord() | DeleteRecord():
            return edit_record.edit_record(site, source, data, answer)
        case AcceptProposal() | RejectProposal():
            return _proposed(site, slug, source, data, answer)
        case ChangeQuote() | DeleteQuote():
            return _changed(site, slug, source, data, answer)
        case ChangeEvent() | DeleteEvent():
            return edit_event(site, slug, source, data, answer)
        case QuoteQuotation() | QuoteNobody() | ContinueQuote():
            return _of_quotation(site, slug, source, data, answer)
        case _:
            return mark_selection.mark_selection(site, slug, source, data, answer)


def _proposed(site: Site, slug: str, source: SourceFile, data: bytes, answer: ProposalForm) -> FileEdit | Refused:
    found = _found(site, slug, answer.passage, answer.words) if answer.passage is not None else None
    if answer.passage is not None and found is None:
        return _gone(source.path)
    return proposals.answer_proposal(site, source, data, answer, found)


def _of_quotation(site: Site, slug: str, source: SourceFile, data: bytes, answer: QuotationForm) -> FileEdit | Refused:
    found = _found(site, slug, answer.passage, answer.words)
    if found is None:
        return _gone(source.path)
    if isinstance(answer, QuoteNobody):
        made = quote_nobody(source, _behind(source, found.passage)) if found.in_text else _nobody_above(source, found.passage)
        return made if isinstance(made, Refused) else checked(source.path, data, made)
    if found.match.quotes and found.match.status not in TO_DO:  # as where two windows record the same passage
        what = f"This passage is recorded already: quote “{found.match.quotes[0]}”."
        return refused("there-already", source.path, found.passage.line, what)
    if isinstance(answer, ContinueQuote):
        return _joined(site, slug, source, data, found, answer.joins)
    return _quoted(site, slug, source, data, found, answer)


def _gone(path: str) -> Refused:
    return refused("changed", path, message="This passage is not in the text any more, or has become another.")


def _found(site: Site, slug: str, number: int, words: tuple[str, ...]) -> LocatedQuotation | None:
    found = quotations_in(site, slug)
    if not 0 <= number < len(found):
        return None
    located_quotation = found[number]
    return located_quotation if words_of(located_quotation.body, located_quotation.passage) == words else None


def _behind(source: SourceFile, passage: QuotedPassage) -> int:
    """Return where in the file a quotation ends: behind the mark that closes it, or the last words of a block."""
    if passage.kind != BLOCK:
        return source.offset(passage.end_line, passage.end_column) + 1
    at = source.offset(passage.line, 1)
    while (behind := source.next_line(at)) < len(source.text) and source.text[behind : source.line_end(behind)].strip():
        at = behind
    return at + len(source.text[at : source.line_end(at)].rstrip())


def _nobody_above(source: SourceFile, passage: QuotedPassage) -> FileEdit | Refused:
    """Mark a quotation in the front matter as not being a quote."""
    at = source.offset(passage.end_line, passage.end_column) + 1
    path = path_at(source, passage.end_line, passage.end_column)
    node = node_at(source, path) if path else None
    if path is None or not isinstance(node, Leaf) or node.odd:
        return refused("no-such-place", source.path, passage.end_line)
    cut = len(node.value) - (node.end - at - bool(node.style))
    if not 0 < cut <= len(node.value) or node.value[cut - 1] != source.text[at - 1]:
        return refused("layout", source.path, passage.end_line)
    return replace(source, path, f"{node.value[:cut]}{{quote=no}}{node.value[cut:]}")


def _quoted(site: Site, slug: str, source: SourceFile, data: bytes, found: LocatedQuotation, answer: QuoteQuotation) -> FileEdit | Refused:
    """Record a passage as a quote, with a record for a new speaker."""
    spoken = speaker_of(site, answer)
    if isinstance(spoken, Refused):
        return spoken
    section, record, speaker = spoken
    now = with_record(source, section, record, speaker)
    if isinstance(now, Refused):
        return now
    if site.explainers[slug].format == SHORT and not answer.says and found.in_text:
        at = _behind(source, found.passage) + now.body_start - source.body_start
        made = mark_behind(now, at, mark_keys(speaker, answer))
        if not isinstance(made, Refused):
            return as_change(source.path, data, spliced(now.text, made.edits))
        if made.reason not in {"layout", "not-in-text"}:  # as behind an escaped mark, where no mark of ours can stand
            return made
    words = without_comma(words_of(found.body, found.passage))
    quote: dict[str, Value] = {**quote_record(speaker, words, answer)}
    if not found.in_text:
        quote["in_body"] = "no"
    start = found.passage.start if found.in_text else 0
    made = in_front_matter(data, now, quote, distinguishing_keys(site, slug, start, words))
    if not isinstance(made, Refused) or not found.in_text or len(words) > 1 or found.passage.kind == BLOCK:
        return made
    # The same words stand elsewhere, and too few before these to tell them apart.
    return _marked_in_text(site, slug, source, now, found.passage, quote) or made


def _marked_in_text(
    site: Site, slug: str, source: SourceFile, now: SourceFile, passage: QuotedPassage, quote: dict[str, Value]
) -> FileEdit | None:
    """Record a passage as a quote that a mark in the text leads to; None if that cannot be done. `now` is the file with the speaker."""
    key = free_quote_id(site, slug, str(quote.get("text") or next(iter(quote.values()))))
    shift = now.body_start - source.body_start
    start = source.offset(passage.line, passage.column) + 1 + shift
    end = source.offset(passage.end_line, passage.end_column) + shift
    end -= len(now.text[start:end]) - len(without_comma((now.text[start:end],))[0])
    marked = mark(now, start, end, "quote", key)
    if isinstance(marked, Refused):
        return None
    both = insert(now.with_text(spliced(now.text, marked.edits)), "quotes", {**quote, "id": key})
    if isinstance(both, Refused):
        return None
    made = as_change(source.path, source.text.encode("utf-8"), spliced(spliced(now.text, marked.edits), both.edits))
    return made if not isinstance(made, Refused) else None


def _joined(site: Site, slug: str, source: SourceFile, data: bytes, found: LocatedQuotation, key: str) -> FileEdit | Refused:
    """Join a quotation to the quote before it."""
    quote = site.quotes.get((slug, key))
    if quote is None or not found.in_text:
        return refused("changed", source.path, message=f"There is no quote “{key}” before this passage.")
    words = without_comma(words_of(found.body, found.passage))
    if find_mark(site, slug, quote) is not None:
        made = mark_behind(source, _behind(source, found.passage), {"quote": "more"})
    else:
        path = record_path(source, quote)
        if isinstance(path, Refused):
            return path
        node = node_at(source, path)
        name = next((name for name in ("text", *quote.speakers) if isinstance(node, Map) and node.get(name) is not None), "")
        held = node.get(name) if isinstance(node, Map) else None
        texts = (
            [held.value]
            if isinstance(held, Leaf)
            else [leaf.value for leaf in held.items if isinstance(leaf, Leaf)]
            if isinstance(held, Seq)
            else []
        )
        if not texts:
            return refused("not-a-record", source.path, quote.location.line)
        made = replace(source, (*path, name), [*texts, *words])
    if isinstance(made, Refused):
        return made
    # The parsed result decides: `more` continues whichever quote comes before.
    after = parse(source.path, spliced(source.text, made.edits).encode("utf-8")).explainer
    now = (
        next((candidate for candidate in after.quotes if candidate.segments == (*quote.segments, *words)), None)
        if after is not None
        else None
    )
    if now is None:
        return refused("layout", source.path, message="Another quote stands between the two.")
    if now.id != key and site.replies.get((slug, key)):
        return refused(
            "value",
            source.path,
            quote.location.line,
            f"Another quote refers to “{key}”, which is made from the words: give it an id first.",
        )
    return checked(source.path, data, made)


def _changed(site: Site, slug: str, source: SourceFile, data: bytes, answer: ChangeQuote | DeleteQuote) -> FileEdit | Refused:
    """Change or delete the record of a quote."""
    quote = site.quotes.get((slug, answer.quote))
    if quote is None:
        return refused("changed", source.path, message=f"There is no quote “{answer.quote}” any more.")
    if isinstance(answer, DeleteQuote):
        made = delete_quote(site, slug, source, quote)
        return made if isinstance(made, Refused) else checked(source.path, data, made)
    spoken = speaker_of(site, answer) if answer.is_spoken else ChosenSpeaker("", None, "")
    if isinstance(spoken, Refused):
        return spoken
    made = change_quote(site, slug, source, quote, answer.keys, spoken.id)
    if isinstance(made, Refused):
        return made
    # Behind the change: the record was found by its line.
    both = with_record(source.with_text(spliced(source.text, made.edits)), *spoken)
    return both if isinstance(both, Refused) else as_change(source.path, data, both.text)
