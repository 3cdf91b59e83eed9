"""Quotes whose words are left to the text: `“The boat is sound,”{by=ann-lee} she said. “Go.”{quote=more}`.

A mark is read as the record that it is short for, by the tables of the format, so that all is checked as in front matter.
A record under `quotes:` without words gets them from the mark that names it: `“The boat is sound”{quote=sound}`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping as Named, Sequence

import msgspec

from builder.content import quotations
from builder.content.anchoring.search import Range
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode
from builder.content.parse import mark_items, quotes_and_events
from builder.content.schema import MARK_KEYS
from builder.diagnostics import Advice, Diagnostic, Location, advice
from builder.model import INDIRECT, Attributes, Body, Link, Quote

MORE = "more"
"""What a mark says of words that go on with the quote before them: `{quote=more}`."""

MOST_NAMELESS = 100
"""Links without words that are looked for among quoted words."""

_COMMAS = ",，、 "
_LISTED = frozenset(("speaker", "via", "to", "about", "denies", "confirms", "answers", "repeats"))
"""Keys of a mark that take several ids, with commas between them."""


class Marked(msgspec.Struct, frozen=True):
    """One quote, as written in its marks."""

    marks: tuple[Attributes, ...]
    ranges: tuple[tuple[int, int], ...]
    """Of its words in `Body.text`; none for words in square brackets, which are marked there."""
    words: tuple[str, ...]
    names: str = ""
    """The id of the record under `quotes:` that it has the words of, or its own."""

    @property
    def record(self) -> MappingNode:
        """The record that it is short for."""
        first = self.marks[0]
        here = (first.line, first.column)
        pairs = [item for item in mark_items.pairs(first, MARK_KEYS, _LISTED) if item[0].value != "quote"]
        words = SequenceNode(tuple(Scalar(words, *here, plain=False, width=first.width) for words in self.words), *here)
        pairs.append((Scalar("text", *here), words))
        if not self.ranges and all(key.value != "mode" for key, _ in pairs):
            pairs.append((Scalar("mode", *here), Scalar(INDIRECT, *here)))
        return MappingNode(tuple(pairs), *here)


# --- the marks of a text ------------------------------------------------


def read(reader: Reader, body: Body, language: str) -> list[Marked]:
    """Return the quotes that the marks of a text make or complete, in its order, and report marks that stand behind nothing."""
    quoting = [mark for mark in body.marks if mark.kind not in {"block", "heading"} and not mark_items.is_of_event(mark)]
    if not quoting:
        return []
    ends = {_end(passage): passage for passage in _all(quotations.scan(body, language).passages)}
    spans = mark_items.words_of(body)
    found: list[Marked] = []
    nameless = [segment for segment in body.segments if isinstance(segment, Link) and not segment.words]
    for written in sorted(quoting, key=lambda attributes: (attributes.at, attributes.line, attributes.column)):
        mark = mark_items.with_known_keys(reader, written, "quote", MARK_KEYS)
        named = next((item.value for item in mark.items if item.key in {"quote", "id"}), "")
        if mark.kind == "words":
            words = spans.get((mark.line, mark.column), "")
            found.append(Marked((mark,), (), (words,), named))
            continue
        passage = ends.get(mark.at)
        if passage is None:
            if any(item.key == "by" for item in mark.items):
                hint = "Is its closing mark missing? Put the mark right behind it, without a space."
                reader.problems.append(
                    Diagnostic(
                        "mark-mistyped",
                        f"No quotation ends before “{_written(mark)}”.",
                        _location(reader, mark),
                        help=hint,
                        subject=_written(mark),
                    )
                )
            else:
                _report(
                    reader,
                    mark,
                    "stands behind no quotation, so it says nothing",
                    "Put it right behind the quotation mark that closes, without a space.",
                )
            continue
        if nameless:
            _report_nameless(reader, nameless, passage, mark)
        parts = tuple(_trimmed(body.text, start, end) for start, end in passage.parts)
        words = " ".join(" ".join(body.text[start:end].split()) for start, end in parts)
        if named == MORE:
            if not found:
                _report(reader, mark, "goes on with no quote: none stands before it", "Write {by=id} behind the first of its words.")
            else:
                before = found[-1]
                found[-1] = Marked((*before.marks, mark), (*before.ranges, *parts), (*before.words, words), before.names)
            continue
        found.append(Marked((mark,), parts, (words,), named))
    return found


def _all(passages: Iterable[quotations.QuotedPassage]) -> Iterator[quotations.QuotedPassage]:
    for passage in passages:
        yield from _all(passage.inside)
        yield passage


def _end(passage: quotations.QuotedPassage) -> int:
    return passage.end + (passage.kind == quotations.MARKS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the comma that is of the sentence around the quote."""
    while end > start and (text[end - 1] in _COMMAS or text[end - 1].isspace()):
        end -= 1
    return start, end


def _report_nameless(reader: Reader, links: Sequence[Link], passage: quotations.QuotedPassage, mark: Attributes) -> None:
    """Report a link without words among quoted words: what it shows is not known when they are read."""
    for link in links[:MOST_NAMELESS]:
        if passage.start <= link.at < passage.end:
            _report(
                reader,
                mark,
                f"is behind words with [[{link.target}]], whose name is not known here",
                f"Write the quoted words: [[{link.target}|words]].",
            )


def _report(reader: Reader, mark: Attributes, what: str, hint: str) -> None:
    written = _written(mark)
    reader.problems.append(Diagnostic("span-unknown", f"“{written}” {what}.", _location(reader, mark), help=hint, subject=written))


def _written(mark: Attributes) -> str:
    return f"{{{' '.join(f'{item.key}={item.value}' for item in mark.items)}}}"


def _location(reader: Reader, mark: Attributes) -> Location:
    return Location(reader.path, mark.line, mark.column, mark.width)


# --- quotes ------------------------------------------------


def completed(key: Scalar | None, node: Node, marked: Named[str, Marked]) -> tuple[Node, Marked | None]:
    """Return a record under `quotes:` with the words of the mark that names it, and that mark; a record with words of its own stays as it is. `marked` are marks by the ids that they name."""
    if not isinstance(node, MappingNode):
        return node, None
    given = {name.value: value for name, value in node.items}
    own = given.get("id")
    named = own.value if isinstance(own, Scalar) else key.value if key is not None else ""
    found = marked.get(named) if named else None
    if found is None or "text" in given:
        return node, None
    more = tuple(item for item in found.record.items if item[0].value not in {*given, "id"})
    return MappingNode((*node.items, *more), node.line, node.column), found


def quotes(reader: Reader, marked: Sequence[Marked], taken: Iterable[str], defaults: Values) -> list[tuple[Quote, Marked]]:
    """Return the quotes that marks make; one whose first words are those of another gets a number behind its id."""
    ids = {*taken}
    times: Counter[str] = Counter()
    made = []
    for marked_quote in marked:
        if not any(item.key in {"by", "speaker"} for item in marked_quote.marks[0].items):
            continue  # it names a quote; a missing one is reported
        quote = quotes_and_events.quote(reader, None, marked_quote.record, defaults)
        if quote is None:
            continue
        base = quote.id
        while quote.id in ids and not marked_quote.names:
            times[base] += 1
            quote = msgspec.structs.replace(quote, id=f"{base}-{times[base] + 1}")
        ids.add(quote.id)
        made.append((quote, marked_quote))
    return made


_NOBODY = frozenset(["no", "none", "nobody", "not", "false", "off", "n", "nein", "non", "null", "unknown"])
"""Values of a mark that were most likely meant as `no`."""


def report_unused(reader: Reader, marked: Sequence[Marked], used: Sequence[Marked], known: Sequence[Quote]) -> None:
    """Report marks that name a quote which has words of its own, or none of this file."""
    ids = dict.fromkeys(quote.id for quote in known)
    done = {id(marked) for marked in used}
    for marked_quote in marked:
        if id(marked_quote) in done:
            continue
        mark = marked_quote.marks[0]
        named = next((item for item in mark.items if item.key == "quote"), None)
        if named is None:
            continue  # what is wrong with it was reported
        if marked_quote.names in ids:
            _report(
                reader,
                mark,
                f"names the quote “{marked_quote.names}”, which has its words under “quotes:”",
                "Take the words out there, or the mark out here.",
            )
            continue
        near = Advice("Write {quote=no} if these words quote nobody.") if named.value.casefold() in _NOBODY else advice(named.value, ids)
        reader.problems.append(
            Diagnostic(
                "link-unknown",
                f"“{{quote={named.value}}}” names no quote of this file.",
                Location(reader.path, mark.line, named.column, len(named.value)),
                help=near.help or "Write {by=id}, with the id of the speaker, or the id of a quote under “quotes:”.",
                subject=named.value,
                kind="quote",
                suggestion=near.suggestion,
            )
        )


def placed(body: Body, marked: Sequence[tuple[str, Marked]]) -> tuple[Body, list[Range]]:
    """Return the body with its words in square brackets marked as those of their quotes, and the ranges of the words of the others. `marked` are ids of quotes."""
    names = {f"{marked_quote.marks[0].line}:{marked_quote.marks[0].column}": key for key, marked_quote in marked if not marked_quote.ranges}
    ranges = [Range(start, end, key) for key, marked_quote in marked for start, end in marked_quote.ranges]
    spans = {f"{mark.line}:{mark.column}" for mark in body.marks if mark.kind == "words" and not mark_items.is_of_event(mark)}
    return mark_items.renamed(body, names, spans), ranges
