"""Plain text, Markdown and HTML into the text of an article, with the offset of each character in the file."""

import re
from collections.abc import Iterable, Iterator

from builder.drafting import bylines, web_page
from builder.drafting.findings import ArticleText, Paragraph

_LINES = re.compile(r"[^\n]+")
_OLD_LINE_END = re.compile(r"\r(?!\n)")
_BLANK = re.compile(r"\n(?:[^\S\n]|[\xad\u180e\u200b-\u200f\u2060\ufeff])*\n")
_VISIBLE = re.compile(r"[^\s\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""What makes a line of a text: not spaces alone, of any width, nor characters that only steer how others are shown."""
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<article|<div|<p\b|<h1)", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6} |---\r?$|> )|\[[^\]\n]+\]\([^)\n]+\)|\*\*[^*\n]+\*\*", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?:;…][”“\"’'»«)\]]*$")
_WRAPPED = 100
"""Characters: a line that is longer was not wrapped by hand."""
_HEADING = 110

_LOOKED_AT = 20_000
"""Characters by which the language is told."""
_FEWEST_LETTERS = 150
_RARE = 0.015
"""Common words for each letter: a text in English has 0.04 and more."""
_WORDS = re.compile(r"[^\W\d_]+")
_COMMON = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "was",
            "for",
            "with",
            "said",
            "his",
            "her",
            "which",
            "from",
            "have",
            "has",
            "been",
            "were",
            "they",
            "after",
            "would",
            "not",
            "are",
            "this",
            "but",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "ein",
            "eine",
            "mit",
            "von",
            "dem",
            "den",
            "zu",
            "auf",
            "sich",
            "sagte",
            "werden",
            "wurde",
            "hat",
            "für",
            "im",
            "auch",
            "als",
            "wird",
            "sei",
            "bei",
            "nach",
        ]
    ),
}


def read(text: str, *, name: str = "", language: str = "", publishers: Iterable[str] = ()) -> ArticleText:
    """Return the article that a file holds. The ending of `name` shows the format of the file; without one, its first words do.

    `language` is `en` or `de`; without it the commonest words decide. `publishers` are
    names of publications that the article may speak of, besides its own.
    """
    ending = name.lower().rpartition(".")[2]
    text = _OLD_LINE_END.sub("\n", text)
    metadata = web_page.PageMetadata()
    if ending in {"html", "htm", "xhtml"} or (ending not in {"txt", "md", "markdown"} and _HTML.match(text.removeprefix("\ufeff"))):
        words, offsets, metadata = web_page.from_html(text)
    elif ending in {"md", "markdown"} or (ending != "txt" and _MARKDOWN.search(text)):
        words, offsets, metadata = _from_markdown(text)
    else:
        words, offsets = text, ()
    paragraphs = tuple(_paragraphs(words))
    tag = language or guessed(words)
    above = bylines.Masthead(words, paragraphs, tag)
    paragraphs = above.paragraphs
    first = paragraphs[0] if paragraphs else None
    title = metadata.title or (" ".join(words[first.start : first.end].split()) if first is not None and first.heading else "")
    return ArticleText(
        words,
        paragraphs,
        tag,
        offsets,
        title=title,
        url=metadata.url,
        publisher=metadata.publisher or above.publisher,
        published=metadata.published or above.published,
        authors=above.authors,
        outlets=bylines.outlets(metadata.publisher, above.publisher, *sorted(publishers)),
    )


def guessed(text: str) -> str:
    """Return whether a text is English or German, by its commonest words."""
    counts = _common_words(text)
    return "de" if counts["de"] > counts["en"] else "en"


def is_foreign(text: str) -> bool:
    """Return whether a text of some length has hardly any of the commonest words of English and German."""
    counts = _common_words(text)
    letters = sum(map(str.isalpha, text[:_LOOKED_AT]))
    return letters > _FEWEST_LETTERS and max(counts.values()) < _RARE * letters


def _common_words(text: str) -> dict[str, int]:
    words = [word.lower() for word in _WORDS.findall(text[:_LOOKED_AT])]
    return {tag: sum(word in common for word in words) for tag, common in _COMMON.items()}


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs: the lines, unless blank lines divide them and lines were wrapped by hand."""
    lines = [found.span() for found in _LINES.finditer(text) if _VISIBLE.search(found[0])]
    blocks: list[list[tuple[int, int]]] = []
    for start, end in lines:
        if blocks and not _BLANK.search(text, blocks[-1][-1][1], start):
            blocks[-1].append((start, end))
        else:
            blocks.append([(start, end)])
    wrapped = any(len(block) > 1 for block in blocks) and all(end - start <= _WRAPPED for start, end in lines)
    wrapped = wrapped and any(not _SENTENCE_END.search(text[start:end].rstrip()) for block in blocks for start, end in block[:-1])
    stretches = [(block[0][0], block[-1][1]) for block in blocks] if wrapped else lines
    for start, end in stretches:
        words = text[start:end]
        low = start + len(words) - len(words.lstrip(" \t\r\ufeff"))
        high = end - (len(words) - len(words.rstrip()))
        yield Paragraph(low, high, heading=high - low <= _HEADING and not _SENTENCE_END.search(text[low:high]))


_LINE_MARKS = re.compile(r"^(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)+", re.MULTILINE)
_INLINE = re.compile(
    r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|(?<!!)\[(?P<words>[^\]\n]{1,500})\]\([^)\n]{1,2000}\)|\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`"
)
_FRONT = re.compile(r"\A\ufeff?---\r?\n.*?^---\r?\n", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^title:(.+)$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"^#[ \t]+([^ \t\r\n].*)$", re.MULTILINE)


def _from_markdown(text: str) -> tuple[str, tuple[int, ...], web_page.PageMetadata]:
    """Return the words of Markdown, with the offset of each character in the file, and its title."""
    cut: list[tuple[int, int]] = []
    front = _FRONT.match(text)
    title = ""
    if front:
        cut.append(front.span())
        found = _TITLE.search(front[0])
        title = found[1].strip().removeprefix('"').removeprefix("'").removesuffix('"').removesuffix("'") if found else ""
    begin = front.end() if front else 0
    heading = _FIRST_HEADING.search(text, begin)
    cut += [found.span() for found in _LINE_MARKS.finditer(text, begin)]
    for found in _INLINE.finditer(text, begin):
        if found["words"] is not None:
            cut += [(found.start(), found.start("words")), (found.end("words"), found.end())]
        else:
            cut.append(found.span())
    offsets: list[int] = []
    at = 0
    for start, end in sorted(cut):
        offsets += range(at, max(at, start))
        at = max(at, end)
    offsets += range(at, len(text))
    return (
        "".join(text[offset] for offset in offsets),
        tuple(offsets),
        web_page.PageMetadata(title or (heading[1].rstrip("\r").rstrip(" \t#") if heading else "")),
    )
