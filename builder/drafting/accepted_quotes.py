"""An accepted quote as a mark in the text, in an explainer of format 2: its words are there already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.content import frontmatter, markup, quotations
from builder.content.anchoring import normalise
from builder.content.editing import Refused, SourceFile, mark_behind, mark_words, spliced
from builder.content.editing.front_matter import is_short
from builder.content.editing.selected_words import Selected, locate
from builder.content.frontmatter import Scalar
from builder.content.schema import MARK_KEYS
from builder.model import INDIRECT

_NAMES = {key: name for name, key in MARK_KEYS.items()}
_LEFT_OUT = frozenset(("text", "mode", "prefix", "id"))
"""Keys that only find the words, or follow from them."""

_COMMAS = ",，、 "


def marked(text: str, record: Mapping[str, str]) -> str | None:
    """Return a file with a quote marked in its text; None if that cannot be done, and the front matter takes the record.

    `record` has the keys of the quote with their values as they are written in braces.
    """
    source = SourceFile.of("content/explainers/draft.md", text.encode("utf-8"))
    if isinstance(source, Refused) or not is_short(source):
        return None
    values = {key: _values(value) for key, value in record.items()}
    if not all(values.get(key) for key in ("text", "speaker")):
        return None
    keys = {}
    for key, several in values.items():
        if key in _LEFT_OUT or not several:
            continue
        keys[_NAMES.get(key, key)] = ",".join(several)
    if INDIRECT in values.get("mode", ()):
        return _paraphrased(source, values["text"], values.get("prefix", ()), keys)
    ends = _ends(source, values["text"])
    if ends is None:
        return None
    before = len(source.text)
    for number, end in enumerate(ends):
        made = mark_behind(source, end + len(source.text) - before, keys if not number else {"quote": "more"})
        if isinstance(made, Refused):
            return None
        source = source.with_text(spliced(source.text, made.edits))
    return source.text


def _paraphrased(source: SourceFile, pieces: Sequence[str], prefix: Sequence[str], keys: Mapping[str, str]) -> str | None:
    """Return a file with the words of a paraphrase in square brackets; None if they are not there exactly once, or hold a quotation or a mark."""
    at = locate(source, Selected(pieces[0], before=" ".join(prefix))) if len(pieces) == 1 else None
    if at is None or isinstance(at, Refused):
        return None
    body, _ = markup.read(source.block.body, path=source.path, line=source.block.body_line, marks=True)
    quoted = (part for passage in quotations.scan(body, "").passages for part in passage.parts)
    if any(low < at.end and at.start < high for low, high in quoted) or any(at.start < mark.at <= at.end for mark in body.marks):
        return None
    made = mark_words(source, at.low, at.high, keys)
    return None if isinstance(made, Refused) else spliced(source.text, made.edits)


def _values(written: str) -> tuple[str, ...]:
    """Return the words of a value as it is written in braces; none where it is a record."""
    fields, problems = frontmatter.load(f"value: {written}", path="")
    value = fields.items[0][1] if fields.items and not problems else None
    items = value.items if isinstance(value, frontmatter.SequenceNode) else (value,)
    return tuple(item.value for item in items if isinstance(item, Scalar) and item.value)


def _ends(source: SourceFile, pieces: Sequence[str]) -> list[int] | None:
    """Return where in the file the quotations of some words end, one behind the other; None if they are not there exactly once, or have a mark."""
    body, _ = markup.read(source.block.body, path=source.path, line=source.block.body_line, marks=True)
    taken = {mark.at for mark in body.marks}
    found: dict[str, list[quotations.QuotedPassage]] = {}
    for passage in _all(quotations.scan(body, "").passages):
        if passage.kind == quotations.MARKS and passage.end + 1 not in taken:
            found.setdefault(without_commas(passage.words), []).append(passage)
    ends: list[int] = []
    at = 0
    while at < len(pieces):
        # A quotation of several paragraphs is a piece for each.
        joined = ((to, found.get(without_commas(" ".join(pieces[at:to])), [])) for to in range(len(pieces), at, -1))
        at, those = next(((to, those) for to, those in joined if those), (at, []))
        if len(those) != 1:
            return None
        ends.append(source.offset(those[0].end_line, those[0].end_column) + 1)
    # Between two pieces no other quote may begin: “more” goes on with the one before.
    between = [source.offset(mark.line, mark.column) for mark in body.marks if mark.kind == ""]
    return None if ends != sorted(ends) or any(ends[0] < at < ends[-1] for at in between) else ends


def _all(passages: Iterable[quotations.QuotedPassage]) -> Iterator[quotations.QuotedPassage]:
    for passage in passages:
        yield passage
        yield from _all(passage.inside)


def without_commas(words: str) -> str:
    """Return words in the normal form, without the commas of the sentence around them."""
    return normalise(words)[0].strip(_COMMAS)
