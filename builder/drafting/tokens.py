"""A text as sentences of words, signs and quotations: what every rule of the drafting reads."""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec

from builder.content.quotations import QuotedPassage, scan
from builder.drafting import dash_dialogue
from builder.drafting.bylines import words_begin
from builder.drafting.findings import ArticleText, Paragraph
from builder.model import Block, Body, QuotationMark

WORD, SIGN, QUOTED = "word", "sign", "quoted"

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]+s[’'](?=\s+[^\W\d_])|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|Jr|Sr|St|Fr|Pres|No|Inc|Corp|Co|Ltd|vs|Nr|bzw|ca|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Okt|Dez)\.(?=\s)"
    r"|[^\W\d_]\.(?=\s+[A-ZÄÖÜ][^\W\d_]+)(?<=[A-Z]\.)|[^\W\d_]+(?:[’'‑-][^\W\d_]+)*[’']?(?<![’'])|\d+(?:[.,:]\d+)*(?:-[^\W\d_]+)+|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|%)?|–|—|\S"
)
_MARKS = '"“”„‟«»「」『』〝〞❝❞＂‚‛‹›'
_APOSTROPHES = "'‘’"
_SIGN = re.compile(f"[{_MARKS}{_APOSTROPHES}]")
_OPENING = re.compile(r'(?<![^\s(\[—–-])"(?=\S)')
_CLOSING = re.compile(r'(?<=[^\s\d])"')
_TAG = re.compile(r"<[^<>\n]*>")
"""What is left of HTML in a text."""
_ENDS = ".!?…"
_DASHES = frozenset("—–-")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, a sign or a quotation with its marks."""

    text: str
    low: str
    start: int
    end: int
    kind: str
    quote: int = -1
    """Of a quotation its number."""


LONGEST = 200
"""Tokens after which a sentence is divided: no text in words has such a long one, and the work for each token grows with its length."""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence, or a heading."""

    tokens: tuple[Token, ...]
    paragraph: int
    heading: bool
    first: bool
    """Whether it begins its paragraph."""
    is_alone: bool = False
    """Whether nothing but quotations stands in it."""

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end


def passages(article: ArticleText, says: frozenset[str] = frozenset()) -> tuple[QuotedPassage, ...]:
    """Return the quotations of an article in its order; one that is never closed goes to the end of its paragraph.

    With `says`, verbs of saying, the speech that dashes set apart is among them.
    """
    text = _like_marks(article)
    blocks = tuple(
        Block("heading" if paragraph.heading else "paragraph", 0, number, paragraph.start, paragraph.end, tuple(_signs(text, paragraph)))
        for number, paragraph in enumerate(article.paragraphs)
    )
    found = scan(Body(text=text, blocks=blocks), article.language)
    kept = [
        part for passage in found.passages if any(map(str.isalnum, passage.words)) for part in dash_dialogue.divided(text, passage, says)
    ]
    begins = sorted(quote.start for quote in kept)
    for paragraph in article.paragraphs if says else ():
        if bisect_left(begins, paragraph.start) == bisect_left(begins, paragraph.end):
            kept += dash_dialogue.in_paragraph(text, paragraph, says)
    kept += _unclosed(text, article, kept, [sign.at for sign, opens in found.unpaired if opens and text[sign.at] in '“„«"'])
    return tuple(sorted(kept, key=lambda quoted_passage: quoted_passage.start))


def _unclosed(text: str, article: ArticleText, closed: Sequence[QuotedPassage], opening: Sequence[int]) -> Iterator[QuotedPassage]:
    """Yield the quotations that are opened and never closed: each goes to the next one, or to the end of its paragraph."""
    begins = [paragraph.start for paragraph in article.paragraphs]
    covered = sorted((quoted_passage.start, quoted_passage.end) for quoted_passage in closed)
    lows, highs = [low for low, _ in covered], list(accumulate((high for _, high in covered), max))
    stops = sorted({*(low - 1 for low in lows), *opening})
    letters = [at for at, sign in enumerate(text) if sign.isalnum()] if opening else []
    for at in opening:
        inside = article.paragraphs[bisect(begins, at) - 1] if begins and begins[0] <= at else None
        stop = inside.end if inside is not None and at < inside.end else at
        following = bisect(stops, at)
        if following < len(stops):
            stop = min(stop, stops[following])
        before, letter = bisect(lows, at), bisect(letters, at)
        if not (before and at < highs[before - 1]) and letter < len(letters) and letters[letter] < stop:
            yield QuotedPassage(" ".join(text[at + 1 : stop].split()), ((at + 1, stop),), 0, 0, -1, 0)


def _like_marks(article: ArticleText) -> str:
    """Return the text of an article with curly marks for the straight ones in paragraphs that have both: “It is sound," she said."""
    text = article.text
    found: list[str] = []
    at = 0
    for paragraph in article.paragraphs:
        words = text[paragraph.start : paragraph.end]
        if '"' not in words or not any(mark in words for mark in "“”„"):
            continue
        closes = "“" if "„" in words and "”" not in words else "”"
        found += [text[at : paragraph.start], _OPENING.sub("“", words) if closes == "”" else words.replace(' "', " „")]
        found[-1] = _CLOSING.sub(closes, found[-1])
        at = paragraph.end
    return "".join([*found, text[at:]])


def _signs(text: str, paragraph: Paragraph) -> Iterator[QuotationMark]:
    tags = [found.span() for found in _TAG.finditer(text, paragraph.start, paragraph.end)]
    begins = [low for low, _ in tags]
    for found in _SIGN.finditer(text, paragraph.start, paragraph.end):
        at = found.start()
        before = bisect(begins, at - 1)
        if before and at < tags[before - 1][1]:
            continue
        if found[0] in _APOSTROPHES and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum():
            continue
        yield QuotationMark(at, 0, 0)


def sentences(article: ArticleText, quotes: Sequence[QuotedPassage]) -> tuple[Sentence, ...]:
    """Return the sentences of an article. A quotation is one token of the sentence that it stands in, and of each paragraph that it goes on into."""
    made: list[Sentence] = []
    parts = [(low, high, number) for number, quote in enumerate(quotes) for low, high in quote.parts]
    parts.sort()
    n = 0
    for number, paragraph in enumerate(article.paragraphs):
        here = []
        while n < len(parts) and parts[n][0] < paragraph.end:
            here.append(parts[n])
            n += 1
        tokens = list(_tokens(article.text, paragraph, here, words_begin(article, paragraph)))
        first = True
        for start, end in _divided(tokens):
            alone = all(token.kind in {QUOTED, SIGN} for token in tokens[start:end])
            made.append(Sentence(tuple(tokens[start:end]), number, paragraph.heading, first, alone))
            first = False
    return tuple(made)


def sentence_at(sentences: Sequence[Sentence], at: int) -> int:
    """Return the number of the sentence that a place of the text is in; -1 for none."""
    number = bisect(sentences, at, key=lambda sentence: sentence.start) - 1
    return number if number >= 0 and at < sentences[number].end else -1


def _tokens(text: str, paragraph: Paragraph, quoted: Sequence[tuple[int, int, int]], at: int) -> Iterator[Token]:
    for begin, end, number in quoted:
        low = begin - (begin > paragraph.start and not text[begin - 1].isspace())
        high = end + (end < paragraph.end and text[end] in _MARKS + _APOSTROPHES)
        yield from _words(text, at, low)
        yield Token(text[low:high], "", low, high, QUOTED, number)
        at = high
    yield from _words(text, at, paragraph.end)


def _words(text: str, low: int, high: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, low, high):
        word = found[0]
        yield Token(word, word.lower().replace("’", "'"), found.start(), found.end(), WORD if word[0].isalnum() else SIGN)


def _divided(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where sentences begin and end among the tokens of a paragraph."""
    start = 0
    for n, token in enumerate(tokens):
        after = tokens[n + 1] if n + 1 < len(tokens) else None
        if after is None:
            yield start, n + 1
        elif n + 1 - start >= LONGEST:
            yield start, n + 1
            start = n + 1
        elif _is_ordinal(tokens, n):
            continue
        elif (
            token.kind == SIGN
            and token.text in _ENDS
            and (after.kind == QUOTED or after.text[0].isupper() or after.text[0].isdigit() or after.text in "([—–")
        ):
            if n + 1 > start:
                yield start, n + 1
            start = n + 1
        elif token.kind == QUOTED and ends_inside(token) in (".", "…") and (after.kind == QUOTED or after.text[0].isupper()):
            yield start, n + 1
            start = n + 1
        elif (
            token.kind == QUOTED
            and ends_inside(token) in {"!", "?"}
            and after.kind == WORD
            and after.text[0].isupper()
            and (after.low in _BEGINS or (n and tokens[n - 1].text == ":"))
        ):  # “She called: “No!” Brandt stopped …”
            yield start, n + 1
            start = n + 1


_BEGINS = frozenset(
    [
        "a",
        "an",
        "the",
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "their",
        "in",
        "on",
        "at",
        "but",
        "and",
        "then",
        "after",
        "when",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "er",
        "sie",
        "es",
        "doch",
        "aber",
        "im",
        "am",
        "nach",
    ]
)
"""Small words that have a capital only where a sentence begins."""
_BEFORE_ORDINAL = frozenset({"am", "vom", "zum", "im", "der", "dem", "den", "des", "die", "das", "bis", "ab", "seit"})
_MONTHS = frozenset({"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"})


def _is_ordinal(tokens: Sequence[Token], n: int) -> bool:
    """Return whether a full stop is that of a German ordinal number: “vom 4. Februar”, “am 3. Verhandlungstag”."""
    if tokens[n].text != "." or not n or not re.fullmatch(r"\d{1,2}", tokens[n - 1].text):
        return False
    return tokens[n + 1].low in _MONTHS or (n > 1 and tokens[n - 2].low in _BEFORE_ORDINAL)


def ends_inside(token: Token) -> str:
    """Return the sign with which the words of a quotation end, if it is one of punctuation; else ""."""
    words = token.text.rstrip(_MARKS + _APOSTROPHES + " ")
    last = words[-1:]
    return last if last in ".,!?…;:—–-" else ""


def behind_dateline(tokens: Sequence[Token]) -> int:
    """Return the token with which a sentence begins behind a place that stands before all: “TARN (Field wire) — ”."""
    if not tokens or len(tokens[0].text) < 3 or not tokens[0].text.isupper():
        return 0
    return next((n + 1 for n, token in enumerate(tokens[:12]) if token.text in {"—", "–", "-"}), 0)
