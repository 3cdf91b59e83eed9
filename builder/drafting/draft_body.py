"""The text of a draft explainer: of one's own article all of it, of another's each quotation with its speaker."""

import re
from collections.abc import Iterator

from builder.drafting.findings import INDIRECT, AttributedSpeech, Draft

LONGEST = 12
"""Words of an article by others that may stand together outside quotation marks."""

_BEGINS = re.compile(r"[-+#>=~|]|(?P<number>\d{1,9})(?=[.)])")
"""Beginnings that would turn a paragraph into a list, a heading or the like."""

_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_<{"})


def cut(words: str) -> str:
    """Return words of an article, no more of them than may be repeated."""
    parts = words.split()
    return " ".join(parts) if len(parts) <= LONGEST else " ".join(parts[: LONGEST - 1]) + " …"


def is_quoted(speech: AttributedSpeech) -> bool:
    """Return whether words stand in quotation marks, so that a draft of an article by others may repeat them."""
    return speech.kind != INDIRECT and speech.in_marks


def plain(words: str) -> str:
    """Return quoted words in one line, without the comma that belongs to the sentence around them."""
    words = " ".join(words.split())
    return words.removesuffix(",")


def body(draft: Draft, *, own: bool) -> Iterator[str]:
    """Yield the lines of the text: of one's own article all of it, of another's each quotation with its speaker."""
    text = draft.article.text
    if own:
        for paragraph in draft.article.paragraphs:
            words = " ".join(text[paragraph.start : paragraph.end].split())
            if paragraph == draft.article.paragraphs[0] and words == draft.article.title:
                continue
            yield ("## " if paragraph.heading else "") + _as_paragraph(_escaped(words))
            yield ""
        return
    for said in draft.said:
        if not is_quoted(said) or said.unclosed:
            continue
        speaker = cut(said.speaker.name) if said.speaker is not None else "Somebody"
        pieces = " … ".join(_marked(text, start, end) for start, end in said.spans)
        yield f"{_escaped(speaker)}: {pieces}"
        yield ""


def _marked(text: str, start: int, end: int) -> str:
    """Return quoted words with the marks that they have in the article."""
    opening, closing = text[start - 1 : start], text[end : end + 1]
    if not opening or opening.isspace() or opening.isalnum():
        opening = "“"
    if not closing or closing.isspace() or closing.isalnum():
        closing = {"“": "”", "„": "“", "«": "»", "»": "«", "‘": "’", "‚": "‘"}.get(opening, opening)
    return opening + _escaped(plain(text[start:end])) + closing


def _as_paragraph(words: str) -> str:
    """Return words that begin with a sign so that Markdown takes them for words."""
    found = _BEGINS.match(words)
    if found is None:
        return words
    return f"{found[0]}\\{words[found.end() :]}" if found["number"] else f"\\{words}"


def _escaped(words: str) -> str:
    return words.translate(_ESCAPED).replace("[[", "\\[[")
