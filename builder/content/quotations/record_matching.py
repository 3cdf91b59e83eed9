"""Match the quotations of a text with quote records."""

import bisect
from collections.abc import Callable, Iterable, Sequence

import msgspec

from builder import dates
from builder.content.anchoring.quote_normal_form import Normal
from builder.content.anchoring.search import spans
from builder.content.quotations.negations import reverses_meaning
from builder.content.quotations.passages import BLOCK, QuotedPassage, Scan, uncovered
from builder.i18n.patterns import late
from builder.model import Body, Quote

RECORDED, PARTLY, NONE, MARKED, NAME, UNFOUND = "recorded", "partly", "none", "marked", "name", "not-found"
"""A quote record has the words; has some of them; none has; the author marked the passage as no quotation; it is the name of a record of the explainer;
a quote record that was not found in the text nearly has the words, and is reported itself.
"""

FEWEST_WORDS = 5
"""Consecutive words without a record from which on a passage is `PARTLY` recorded; for a whole sentence two are enough."""

_WHOLE_SENTENCE = 2
_WORD = late("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]{1,2}|[^\\W_]+(?:[’'-][^\\W_]+)*")
_SENTENCE = late(r"[.!?…。！？]+[\"'“”’»«)\]]*\s*$")
_END = late(r"(?:[.!?…]+[\"'“”’»«)\]]*(?=\s|\Z)|[。！？]+)")
_STOPS = (*".!?…。！？",)
_CUT = late(r"…|\.\.\.|\[[^\]]*\]")
"""Where words are left out of a passage, or an author's stand in it."""
_UNWORDED = late(r"[^\w’'-]+")
_REACH = 12
_AFTER = ".,;:!?…，。、！？ "
_NEAR = 0.6
"""Share of words in common from which on a quote that was not found is taken as the one that was meant."""


class MatchedPassage(msgspec.Struct, frozen=True, gc=False):
    """A quotation and its status."""

    passage: QuotedPassage
    status: str
    """One of the constants above."""
    quotes: tuple[str, ...] = ()
    """Ids of the quotes that share words with it, in the order of the text."""
    cut: str = ""
    """Words without a record, in one sentence with recorded ones, that reverse the meaning of these: “I never said”."""


def match_records(body: Body, scan: Scan, quotes: Sequence[Quote], names: Callable[[], Iterable[str]]) -> tuple[MatchedPassage, ...]:
    """Return the status of each passage of a body in which the words of quotes are marked.

    `scan` has the passages, `quotes` are the records of the explainer. `names` returns the names of its other records; it is called only if a passage has no quote.
    """
    if not scan.passages:
        return ()
    marked = sorted((span.start, span.end, span.quote) for span in spans(body))
    ranges = [(start, end) for start, end, _ in marked]
    ends = [end for _, end, _ in marked]
    present = {quote for _, _, quote in marked}
    lost = [
        (quote.id, set(_plain(segment).split()))
        for quote in quotes
        if quote.in_body and quote.id not in present
        for segment in quote.segments
    ]
    repeatable = (
        [(quote.id, f" {_plain(' '.join(quote.segments))} ") for quote in quotes]
        if any(passage.heading for passage in scan.passages)
        else []
    )
    spoken = {quote.id for quote in quotes if not quote.is_paraphrase}
    known: set[str] | None = None
    result = []
    for passage in scan.passages:
        near = marked[bisect.bisect_right(ends, passage.start) : bisect.bisect_left(marked, (passage.end,))]
        having = tuple(dict.fromkeys(quote for start, end, quote in near if _has(passage, start, end)))
        cut = ""
        if passage.no_quotation:
            status = MARKED
        elif having:
            left = uncovered(passage, ranges)
            cut = (
                next((words for text in left if (words := _cut(body.text, passage, text, scan.language))), "") if spoken & {*having} else ""
            )
            status = PARTLY if cut or any(_is_much(body.text, passage, text) for text in left) else RECORDED
        elif passage.heading and (repeated := _repeated(passage, repeatable)):
            status, having = RECORDED, (repeated,)
        elif meant := _nearest(passage, lost):
            status, having = UNFOUND, (meant,)
        else:
            if known is None:
                known = _known(names())
            is_name = passage.kind != BLOCK and (_plain(passage.words) in known or _is_name(body.text, passage, scan.language))
            status = NAME if is_name else NONE
        result.append(MatchedPassage(passage, status, having, cut))
    return tuple(result)


def match_records_in_values(
    scans: Iterable[Scan], quotes: Sequence[Quote], names: Callable[[], Iterable[str]]
) -> tuple[MatchedPassage, ...]:
    """Return the same of the passages of values of the front matter, such as a headline: they repeat the words of a quote, which are marked in the body alone."""
    passages = [passage for scan in scans for passage in scan.passages]
    if not passages:
        return ()
    matched_passages = []
    told = [(quote.id, _texts(quote)) for quote in quotes]
    known: set[str] | None = None
    for passage in passages:
        pieces, whole = _words(_CUT.split(passage.words)), _words([passage.words])
        having = next(((key, left) for key, texts in told if (left := _left_by(pieces, whole, texts)) is not None), None)
        if passage.no_quotation:
            matched_passages.append(MatchedPassage(passage, MARKED))
        elif having is not None:
            matched_passages.append(MatchedPassage(passage, PARTLY if having[1] >= FEWEST_WORDS else RECORDED, (having[0],)))
        else:
            if known is None:
                known = _known(names())
            matched_passages.append(MatchedPassage(passage, NAME if _plain(passage.words) in known else NONE))
    return tuple(matched_passages)


_BEFORE = late(r"(?<![\w.'’-])[^\W\d_][\w.'’-]*\s\Z")
_BEHIND = late(r"\s([^\W\d_][\w'’-]+)")
_SMALL = frozenset(["the", "of", "a", "and", "de", "del", "da", "di", "la", "le", "el", "il", "van", "von", "y", "e", "&"])
_LONGEST_NAME = 40


def _known(names: Iterable[str]) -> set[str]:
    """Return names also without their article: the “Post”."""
    found = {_plain(name) for name in names}
    return {*found, *(name.removeprefix("the ") for name in found)} - {""}


def _is_name(text: str, passage: QuotedPassage, language: str) -> bool:
    """Return whether a passage is a name by where it stands: part of the name of a person, or in Japanese a title in 『』 behind which nothing says that it was said."""
    is_title = language.startswith("ja") and text[passage.start - 1 : passage.start] == "『"
    return text[passage.end + 1 : passage.end + 2] not in _SAID if is_title else _is_nickname(text, passage, language)


_SAID = frozenset("とっ")
"""How what stands behind words goes on that somebody said, in Japanese: 『…』と述べた, 『…』って."""


def _is_nickname(text: str, passage: QuotedPassage, language: str) -> bool:
    """Return whether a passage stands between two parts of a name: Dwayne “The Rock” Johnson. In German every noun has a capital letter, so no name is found by it."""
    words = passage.words.split()
    if passage.heading or len(passage.words) > _LONGEST_NAME or not passage.words[-1:].isalnum() or language.startswith("de"):
        return False
    if not all(word[0].isupper() or word.casefold() in _SMALL for word in words) or words[-1].casefold() in _SMALL:
        return False
    first = _BEFORE.search(text, max(0, passage.start - 1 - _LONGEST_NAME), passage.start - 1)
    last = _BEHIND.match(text, passage.end + 1)
    if first is None or last is None or not (first[0][0].isupper() and last[1][0].isupper()):
        return False
    return not dates.may_have_weekdays(f"1 {last[1]}")  # told Anna “Never” Tuesday


class _Words(msgspec.Struct, frozen=True, gc=False):
    """Words as they are compared."""

    plain: str
    spaced: str
    """With one space around each word."""

    def stand_in(self, text: "_Words") -> bool:
        """Return whether they stand in a text as whole words; in a script without spaces anywhere."""
        return self.spaced in text.spaced if self.plain.isascii() else self.plain in text.plain


def _words(texts: Iterable[str]) -> list[_Words]:
    return [_Words(plain, _in_spaces(plain)) for text in texts if (plain := _plain(text))]


def _texts(quote: Quote) -> list[_Words]:
    own = [*quote.segments, " ".join(quote.segments), quote.as_published, quote.corrected]
    return _words([*own, quote.translation.text] if quote.translation is not None else own)


def _left_by(pieces: Sequence[_Words], whole: Sequence[_Words], texts: Sequence[_Words]) -> int | None:
    """Return how many words of a passage a quote with these texts does not have; None if they have nothing in common. `whole` is the passage, `pieces` what stands between cuts of it."""
    if pieces and all(any(piece.stand_in(text) for text in texts) for piece in pieces):
        return 0
    of_quote = [len(_WORD.findall(text.plain)) for text in texts if any(text.stand_in(passage) for passage in whole)]
    return len(_WORD.findall(whole[0].plain)) - max(of_quote) if of_quote else None


def _in_spaces(text: str) -> str:
    return f" {' '.join(_UNWORDED.sub(' ', text).split())} "


def _has(passage: QuotedPassage, start: int, end: int) -> bool:
    return any(start < high and low < end for low, high in passage.parts)


def _is_much(text: str, passage: QuotedPassage, left: tuple[int, int]) -> bool:
    """Return whether the unrecorded range `left` is too long to ignore: a whole sentence, or several words."""
    start, end = left
    words = len(_WORD.findall(text, start, end))
    if words >= FEWEST_WORDS:
        return True
    if words < _WHOLE_SENTENCE:
        return False
    low, high = next(part for part in passage.parts if part[0] <= start < part[1])
    before, after = text[max(low, start - _REACH) : start], text[max(start, end - _REACH) : end]
    begins = not before.strip() or _SENTENCE.search(before) is not None or text[start:end].lstrip(" \n\"'”’»")[:1] in _STOPS
    return begins and (end == high or _SENTENCE.search(after) is not None)


def _cut(text: str, passage: QuotedPassage, left: tuple[int, int], language: str) -> str:
    """Return the words of the unrecorded range `left` that share a sentence with recorded words and reverse their meaning; "" if there are none."""
    start, end = left
    low, high = next(part for part in passage.parts if part[0] <= start < part[1])
    words = text[start:end]
    ends = [found.span() for found in _END.finditer(words)]
    before = words[: ends[0][0]] if ends else words
    after = words[ends[-1][1] :] if ends else words
    found = []
    if start > low and _SENTENCE.search(text[max(low, start - _REACH) : start]) is None:
        found.append(before)
    if end < high:
        found.append(after)
    return next((" ".join(words.split()).strip(_AFTER) for words in found if reverses_meaning(words, language)), "")


def _repeated(passage: QuotedPassage, told: Iterable[tuple[str, str]]) -> str:
    """Return the id of the quote whose words a heading repeats, as headings do; "" if there is none. `told` are ids with words."""
    words = _plain(passage.words)
    return next((key for key, whole in told if words and f" {words} " in whole), "")


def _nearest(passage: QuotedPassage, lost: Sequence[tuple[str, set[str]]]) -> str:
    """Return the id of the quote that was not found and shares most words with a passage; "" if none shares enough. `lost` are ids with the words of a piece."""
    if not lost:
        return ""
    words = set(_plain(passage.words).split())
    best, found = 0.0, ""
    for key, own in lost:
        share = len(words & own) / max(1, min(len(words), len(own)))
        if share > best:
            best, found = share, key
    return found if best >= _NEAR else ""


def _plain(words: str) -> str:
    return Normal(words).text.casefold().strip(_AFTER)
