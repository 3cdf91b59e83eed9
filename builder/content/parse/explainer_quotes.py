"""The quotes of an explainer: those of its front matter and those that marks of its text make, with their words marked in the text."""

from collections.abc import Collection, Sequence

from builder.content import anchoring
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Node
from builder.content.parse import quote_marks, quotes_and_events, record_lists, unknown_quotes
from builder.content.parse.record_keys import text_of
from builder.model import Body, Quote


def quoted(reader: Reader, values: Values, body: Body, path: str) -> tuple[Body, tuple[Quote, ...]]:
    """Return the body with the words of all quotes marked, and the quotes: those of the front matter, then those that marks of the text make."""
    marked = quote_marks.read(reader, body, text_of(values, "lang")) if body.marks else []
    quotes, quoting = _quotes(reader, values, marked)
    body, given = quote_marks.placed(body, quoting) if marked else (body, [])
    if anchoring.anchored(body):
        body = unknown_quotes.of_quotes(reader, body, quotes)
    body, problems, quotes = anchoring.anchor(body, quotes, path=path, ranges=given)
    reader.problems += problems
    return body, quotes


def _quotes(
    reader: Reader, values: Values, marked: Sequence[quote_marks.Marked]
) -> tuple[tuple[Quote, ...], list[tuple[str, quote_marks.Marked]]]:
    """Return the quotes, and of those whose words are left to the text the id with the marks; `marked` are all marks of the text."""
    node = values.get("quotes")
    found, defaults = record_lists.list_and_defaults(reader, node, "quote") if node is not None else ([], {})
    made: list[Quote | None] = []
    given = []
    own = _ids(values.get("actors")) | _ids(values.get("unnamed"))
    by_name = {marked_quote.names: marked_quote for marked_quote in reversed(marked) if marked_quote.names}
    for key, value in found:
        whole, mark = quote_marks.completed(key, value, by_name)
        quote = quotes_and_events.quote(reader, key, whole, defaults)
        if quote is not None and _is_turned_round(quote, own):
            words = quote.speakers[0]
            message = "This quote has its words before the colon, where the speaker belongs."
            reader.error(
                "not-a-record", message, key if key is not None else value, f"Write “- {quote.segments[0]}: {words}”.", kind="quote"
            )
            quote = None
        made.append(quote)
        if quote is not None and mark is not None:
            given.append((quote.id, mark))
    used = {id(mark) for _, mark in given}
    others = [marked_quote for marked_quote in marked if id(marked_quote) not in used]
    for quote, mark in quote_marks.quotes(reader, others, [quote.id for quote in made if quote is not None], defaults):
        made.append(quote)
        given.append((quote.id, mark))
    quotes = record_lists.once(reader, made, "quote")
    quote_marks.report_unused(reader, marked, [mark for _, mark in given], quotes)
    return quotes, given


def _ids(node: Node | None) -> set[str]:
    """Return the ids of a section of the front matter, as far as it is written with them."""
    return {key.value for key, _ in node.items} if isinstance(node, MappingNode) else set()


def _is_turned_round(quote: Quote, ids: Collection[str]) -> bool:
    """Return whether a quote has the words for its speaker, and a speaker for its words: `The boat is sound: ann`."""
    words, speaker = " ".join(quote.speakers), " ".join(quote.segments)
    return speaker in ids and words not in ids and " " in words
