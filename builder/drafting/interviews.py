"""Interviews as questions and answers, each behind the label of who speaks: “Q:”, “A:”, initials, or a name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from builder.drafting.findings import ArticleText, Paragraph

_LABEL = re.compile(
    r"(?P<label>[QAF]|Question|Answer|Frage|Antwort|[A-ZÄÖÜ]{2,3}|[A-ZÄÖÜ]\.\s?[A-ZÄÖÜ]\.|[A-ZÄÖÜ][\w’'-]*(?:\s(?:[A-ZÄÖÜ][\w.’'-]*|van|von|de)){0,3})(?::|\.(?=\s)(?<=[QAF]\.))\s+(?=\S)"
)
_QUESTION = frozenset({"Q", "Question", "F", "Frage"})
_ANSWER = frozenset({"A", "Answer", "Antwort"})
_FEWEST = 2
"""Times that each of two labels must stand in an interview."""
_ASKED = 0.6
"""Part of the labelled paragraphs of one label that end in a question: more are of who asks."""
_FEWEST_ASKED = 3
"""Questions without a label that make an interview."""
_LONGEST_QUESTION = 70
"""Words of a paragraph that only asks."""
_YOU = re.compile(r"\b[Yy]ou(?:r|rs)?\b|(?<=[a-zäöüß,] )(?:Sie|Ihre?n?|Ihnen)\b")
_ME = re.compile(r"\b(?:I|my|me|we|our|us|ich|mein\w*|mir|mich|wir|unser\w*|uns)\b|\bI['’]", re.IGNORECASE)
_MARKS = "“”„\"«»‘’'"


class Answer(msgspec.Struct, frozen=True):
    """An answer of an interview, with the label before it."""

    label: str
    """The label; "" if it only says that this is an answer."""
    mention: tuple[int, int] | None
    """Where it stands; None if no label tells who answers."""
    paragraphs: tuple[int, ...]
    """The numbers of the paragraphs that the answer has."""
    spans: tuple[tuple[int, int], ...]
    """Where its words stand, without the label and marks around all of it."""
    is_labelled: bool = True
    """Whether the label stands before these words, and not only before others above."""


def answers(article: ArticleText) -> tuple[Answer, ...]:
    """Return the answers of an interview, in its order; none where an article is no interview."""
    text = article.text
    labels = {n: label for n, paragraph in enumerate(article.paragraphs) if (label := _LABEL.match(text, paragraph.start, paragraph.end))}
    full = _full_names({label["label"] for label in labels.values()})
    names = {n: full.get(label["label"], label["label"]) for n, label in labels.items()}
    counts = Counter(names.values())
    known = {label for label in counts if label in _QUESTION | _ANSWER}
    often = {label for label, n in counts.items() if n >= _FEWEST}
    asking = _asking(text, article.paragraphs, names, often | known)
    if len(often) == 1 and not asking and _only_answers(article, labels, names, *often):
        return tuple(_labelled_answers(article, labels, names, *often))
    if len(often) < 2 or not asking or not often - asking:
        return tuple(_without_labels(article)) if not often else ()
    asking |= {label for label in counts if _initials(label) in asking or any(_initials(other) == label for other in asking)}
    found: list[Answer] = []
    numbers = [*labels, len(article.paragraphs)]
    for n, following in pairwise(numbers):
        is_last = following == numbers[-1]
        name = names[n]
        if name not in asking:
            goes_on = _going_on(article.paragraphs, n + 1, following, is_last=is_last)
            spans = [(labels[n].end(), article.paragraphs[n].end), *_spans(article, goes_on)]
            told = "" if name in _ANSWER else name
            found.append(Answer(told, labels[n].span("label"), (n, *goes_on), tuple(_without_marks(text, *span) for span in spans)))
        if is_last and found:
            found += _unlabelled(article, n + 1, found[-1], is_asked=name in asking)
    return tuple(found)


def _only_answers(article: ArticleText, labels: dict[int, re.Match[str]], names: dict[int, str], label: str) -> bool:
    """Return whether an interview has labels before its answers only, with questions above most of them."""
    numbers = [n for n in labels if names[n] == label]
    above = [n for n in numbers if n and n - 1 not in labels and _asks(article, article.paragraphs[n - 1])]
    return len(numbers) >= _FEWEST_ASKED and 2 * len(above) >= len(numbers)


def _labelled_answers(article: ArticleText, labels: dict[int, re.Match[str]], names: dict[int, str], label: str) -> Iterator[Answer]:
    for n, found in labels.items():
        if names[n] == label:
            span = _without_marks(article.text, found.end(), article.paragraphs[n].end)
            yield Answer("" if label in _ANSWER else label, found.span("label"), (n,), (span,))


def _full_names(labels: set[str]) -> dict[str, str]:
    """Return for labels that are initials the name among the labels that they stand for."""
    return {
        short: full
        for short in labels
        if short.isupper() and len(short) > 1
        for full in labels
        if full != short and _initials(full) == short
    }


def _unlabelled(article: ArticleText, low: int, last: Answer, *, is_asked: bool) -> Iterator[Answer]:
    """Yield the answers behind the last label, where an interview goes on without: each behind a paragraph that asks, up to one that tells of who answers."""
    if not any(_asks(article, paragraph) for paragraph in article.paragraphs[low:]):
        return
    surname = last.label.split()[-1] if last.label else ""
    for n in range(low, len(article.paragraphs)):
        paragraph = article.paragraphs[n]
        words = article.text[paragraph.start : paragraph.end]
        if surname and re.search(rf"\b{re.escape(surname)}\b", words):
            is_asked = False
        elif _asks(article, paragraph):
            is_asked = True
        elif is_asked and not paragraph.heading:
            yield Answer(last.label, last.mention, (n,), (_without_marks(article.text, paragraph.start, paragraph.end),), is_labelled=False)
            is_asked = False
        else:
            is_asked = not paragraph.heading and _YOU.search(words) is not None


def _without_labels(article: ArticleText) -> Iterator[Answer]:
    """Yield the answers of an interview whose questions have no label: each behind a paragraph that asks. None if most answers do not speak of themselves."""
    ones = article.paragraphs
    pairs = [n for n in range(1, len(ones)) if _asks(article, ones[n - 1]) and not _asks(article, ones[n]) and not ones[n].heading]
    plain = [n for n in pairs if not _begins_quoted(article, ones[n]) and not _begins_quoted(article, ones[n - 1])]
    own = [n for n in plain if _ME.search(article.text, ones[n].start, ones[n].end)]
    if len(plain) < _FEWEST_ASKED or 2 * len(own) < len(plain) or 5 * len(plain) < len(ones):
        return
    is_asked = False
    for n in range(plain[0], plain[-1] + 1):
        if is_asked or n in plain:
            yield Answer("", None, (n,), ((ones[n].start, ones[n].end),), is_labelled=False)
            is_asked = False
        else:
            is_asked = _YOU.search(article.text, ones[n].start, ones[n].end) is not None


def _asks(article: ArticleText, paragraph: Paragraph) -> bool:
    words = article.text[paragraph.start : paragraph.end].strip("*_ ")
    if words[-1:] in _MARKS and words[:1] not in _MARKS:
        return False  # the question is of somebody quoted
    return words.rstrip(_MARKS).endswith("?") and len(words.split()) <= _LONGEST_QUESTION


def _begins_quoted(article: ArticleText, paragraph: Paragraph) -> bool:
    return article.text[paragraph.start] in _MARKS


def _spans(article: ArticleText, numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(article.paragraphs[n].start, article.paragraphs[n].end) for n in numbers]


def named(label: str, names: Iterable[str]) -> str:
    """Return the first of some names that a label stands for, itself or by its initials; "" if none does."""
    for name in names:
        if label.casefold() in {name.casefold(), name.split()[-1].casefold()} or label.replace(".", "").replace(" ", "") == _initials(name):
            return name
    return ""


def _asking(text: str, paragraphs: Sequence[Paragraph], names: dict[int, str], often: set[str]) -> set[str]:
    """Return the labels of those who ask: whose paragraphs mostly end in a question, or of two who begins and asks more."""
    asked: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for n, name in names.items():
        total[name] += 1
        asked[name] += text[paragraphs[n].start : paragraphs[n].end].rstrip(_MARKS).endswith("?")
    sure = {label for label in often if label in _QUESTION or (label not in _ANSWER and asked[label] >= _ASKED * total[label])}
    if sure or len(often) != 2:
        return sure
    first = next(name for name in names.values() if name in often)
    other = next(iter(often - {first}))
    return {first} if first not in _ANSWER and asked[first] * total[other] > asked[other] * total[first] else set()


def _going_on(paragraphs: Sequence[Paragraph], low: int, high: int, *, is_last: bool) -> tuple[int, ...]:
    """Return the paragraphs without a label that an answer goes on in: none of those behind the last one, which may be the reporter's."""
    if is_last:
        return ()
    return tuple(n for n in range(low, high) if not paragraphs[n].heading)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _without_marks(text: str, low: int, high: int) -> tuple[int, int]:
    """Return a stretch without the quotation marks around all of it."""
    inner = text[low + 1 : high - 1]
    if high - low > 2 and text[low] in _MARKS and text[high - 1] in _MARKS and not any(mark in inner for mark in '“”„"«»'):
        return low + 1, high - 1
    return low, high
