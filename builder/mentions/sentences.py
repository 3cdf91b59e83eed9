"""The sentence around a name, as another page quotes it."""

import re

_BLOCK = "\n\n"
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[“‘\"'(\[]*[^\W\d_]|[“‘\"'(\[]*\d)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|vs|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_CLOSED = ("”", '"', "’", "'")
SHORTEST_SENTENCE = 40
"""Characters: what is shorter and follows a quote is its attribution."""

LONGEST_SENTENCE = 320
"""Characters of a sentence to quote on another page; a longer one is cut at a word."""

_REACH = 10 * LONGEST_SENTENCE
"""How far from a name its sentence is looked for."""


def sentence(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the sentence of `text` that holds `start` to `end`, and where in it they stand.

    A sentence ends within its block; abbreviations and initials do not end one.
    """
    # No farther than a sentence can reach: a block of a whole book is not looked through once for each name in it.
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    low = text.rfind(_BLOCK, first, start)
    low = first if low < 0 else low + len(_BLOCK)
    high = text.find(_BLOCK, end, last)
    high = last if high < 0 else high
    earlier = low
    for match in _SENTENCE_END.finditer(text, low, high):
        if _ABBREVIATION.search(text, max(low, match.start() - 12), match.start() + 1):
            continue
        if match.end() <= start:
            earlier, low = low, match.end()
        elif match.start() >= end - 1:
            high = match.end()
            break
    if high - low < SHORTEST_SENTENCE and low and text[max(0, low - 100) : low].rstrip().endswith(_CLOSED):
        low = earlier  # “The ferry will run.” she said: the attribution belongs to the quote
    piece = text[low:high]
    lead = len(piece) - len(piece.lstrip())
    low += lead
    words = " ".join(text[low:start].split())
    before = words + " " if words and text[start - 1].isspace() else words
    middle = " ".join(text[start:end].split())
    after = " ".join(text[end:high].split())
    if after and text[end].isspace():
        after = " " + after
    whole = before + middle + after
    at = len(before)
    return _cut(whole, at, at + len(middle))


def _cut(whole: str, start: int, end: int) -> tuple[str, int, int]:
    if len(whole) <= LONGEST_SENTENCE:
        return whole, start, end
    low = max(0, start - LONGEST_SENTENCE // 2)
    low = whole.rfind(" ", 0, low) + 1 if low else 0
    high = min(len(whole), low + LONGEST_SENTENCE)
    if high < len(whole):
        high = max(whole.rfind(" ", 0, high), end)
    lead = "… " if low else ""
    return lead + whole[low:high] + (" …" if high < len(whole) else ""), start - low + len(lead), end - low + len(lead)
