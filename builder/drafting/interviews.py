"""Interviews as questions and answers, each behind the label of who speaks: “Q:”, “A:”, initials, or a name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from builder.drafting.record import Article, Paragraph

_LABEL = re.compile(
    r"(?P<label>[QAF]|Question|Answer|Frage|Antwort|[A-ZÄÖÜ]{2,3}|[A-ZÄÖÜ]\.\s?[A-ZÄÖÜ]\.|[A-ZÄÖÜ][\w’'-]*(?:\s(?:[A-ZÄÖÜ][\w.’'-]*|van|von|de)){0,3})(?::|\.(?=\s)(?<=[QAF]\.))\s+(?=\S)"
)
_QUESTION = frozenset({"Q", "Question", "F", "Frage"})
_ANSWER = frozenset({"A", "Answer", "Antwort"})
_FEWEST = 2
"""Times that each of two labels must stand in an interview."""
_ASKED = 0.6
"""Part of the labelled paragraphs of one label that end in a question: more are of who asks."""
_MARKS = "“”„\"«»‘’'"


class Answer(msgspec.Struct, frozen=True):
    """What somebody answers, with the label before it."""

    label: str
    """The label; "" where it only says that this is an answer."""
    mention: tuple[int, int]
    """Where it stands."""
    paragraphs: tuple[int, ...]
    """The numbers of the paragraphs that the answer has."""
    spans: tuple[tuple[int, int], ...]
    """Where its words stand, without the label and marks around all of it."""


def answers(article: Article) -> tuple[Answer, ...]:
    """Return the answers of an interview, in its order; none where an article is no interview."""
    text = article.text
    labels = {n: label for n, one in enumerate(article.paragraphs) if (label := _LABEL.match(text, one.start, one.end))}
    counts = Counter(label["label"] for label in labels.values())
    known = {label for label in counts if label in _QUESTION | _ANSWER}
    often = {label for label, n in counts.items() if n >= _FEWEST}
    asking = _asking(text, article.paragraphs, labels, often | known)
    if len(often) < 2 or not asking or not often - asking:
        return ()
    asking |= {label for label in counts if _initials(label) in asking or any(_initials(other) == label for other in asking)}
    found: list[Answer] = []
    numbers = [*labels, len(article.paragraphs)]
    for n, following in pairwise(numbers):
        label = labels[n]
        if label["label"] in asking:
            continue
        goes_on = _going_on(article.paragraphs, n + 1, following, is_last=following == numbers[-1])
        spans = [(label.end(), article.paragraphs[n].end), *((article.paragraphs[k].start, article.paragraphs[k].end) for k in goes_on)]
        name = "" if label["label"] in _ANSWER else label["label"]
        found.append(Answer(name, label.span("label"), (n, *goes_on), tuple(_without_marks(text, *span) for span in spans)))
    return tuple(found)


def named(label: str, names: Iterable[str]) -> str:
    """Return the first of some names that a label stands for, itself or by its initials; "" where none does."""
    for name in names:
        if label.casefold() in {name.casefold(), name.split()[-1].casefold()} or label.replace(".", "").replace(" ", "") == _initials(name):
            return name
    return ""


def _asking(text: str, paragraphs: Sequence[Paragraph], labels: dict[int, re.Match[str]], often: set[str]) -> set[str]:
    """Return the labels of those who ask."""
    asked: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for n, found in labels.items():
        total[found["label"]] += 1
        asked[found["label"]] += text[paragraphs[n].start : paragraphs[n].end].rstrip(_MARKS).endswith("?")
    return {label for label in often if label in _QUESTION or (label not in _ANSWER and asked[label] >= _ASKED * total[label])}


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
