"""What it costs to write by hand: two explainers in the short forms, counted character by character.

Their people, firms, places and words are invented.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from builder.content.parse import parse
from builder.diagnostics import ERROR
from builder.model import UNNAMED, Actor, Document, Event, Explainer, Source

SITE = Path(__file__).parents[1] / "fixtures" / "by_hand"
MARK = re.compile(r"\{[a-z]+=[^{}]*\}|\[\[[^|\]]*\||\]\]|\[(?!\[)|\](?!\])")
"""What stands in a text for the tool: braces, and the brackets of links and spans."""


@cache
def files() -> dict[str, str]:
    return {str(path.relative_to(SITE)): path.read_text() for path in sorted(SITE.rglob("content/*/*.md"))}


def parts(text: str) -> tuple[str, str]:
    """Front matter and body."""
    _, front, body = text.split("---\n", 2)
    return front, body


@cache
def documents() -> tuple[Document, ...]:
    return tuple(parse(path, text.encode()) for path, text in files().items())


def explainers() -> Iterator[tuple[Explainer, str, str]]:
    for document in documents():
        if document.explainer is not None:
            yield document.explainer, *parts(files()[document.path])


def section(front: str, name: str) -> str:
    """The lines of a section without the line of its key."""
    found = re.search(rf"^{name}:\n((?:[ -].*\n)*)", front, re.MULTILINE)
    return found[1] if found else ""


IN_PLACE = re.compile(r'[ {]?source="([^"]*)"')
"""A source that stands in a mark itself."""


MORE = re.compile(r' (?:about|medium|denies|answers|to|id)="?[\w,-]+"?')
"""What a mark says beside who said it, where it stands and when."""


class Cost:
    """Characters of each kind of record, of all explainers, without the words that a reporter writes anyway and without ids."""

    def __init__(self) -> None:
        self.characters: Counter[str] = Counter()
        self.records: Counter[str] = Counter()
        for explainer, front, body in explainers():
            marks = marks_in(body)
            said = "".join(mark for mark in marks if not is_of_event(mark))
            happened = "".join(mark for mark in marks if is_of_event(mark))
            named = [actor for actor in explainer.actors if isinstance(actor, Actor) and actor.type != UNNAMED]
            unnamed = [actor for actor in explainer.actors if isinstance(actor, Actor) and actor.type == UNNAMED]
            bare = [actor for actor in explainer.actors if not isinstance(actor, Actor)]
            events = [event for event in explainer.timeline if isinstance(event, Event)]
            sources = [source for source in explainer.sources if isinstance(source, Source)]
            self.add("actor", section(front, "actors"), [word for actor in named for word in of_actor(actor)], [*named, *bare])
            self.add("unnamed source", section(front, "unnamed"), [word for actor in unnamed for word in of_actor(actor)], unnamed)
            self.add(
                "event",
                section(front, "timeline") + IN_PLACE.sub("", happened),
                [word for event in events for word in of_event(event)],
                explainer.timeline,
            )
            in_place = "".join(found[0] for mark in marks for found in IN_PLACE.finditer(mark))
            self.add(
                "source",
                section(front, "sources") + in_place,
                [word for source in sources for word in (source.title, source.publisher)],
                sources,
            )
            self.add("quote", MORE.sub("", IN_PLACE.sub("", said)), [], explainer.quotes)
            self.add(
                "quote, all that is said of it",
                section(front, "quotes") + IN_PLACE.sub("", said),
                ["It may take weeks", "the author"],
                explainer.quotes,
            )

    def add(self, kind: str, written: str, words: Iterable[str], records: Iterable[object]) -> None:
        for word in sorted(filter(None, words), key=len, reverse=True):
            written = written.replace(word, "", 1)
        self.characters[kind] += len(ID.sub("", written))
        self.records[kind] += len(tuple(records))


ID = re.compile(
    r"(?<=^  )[a-z][\w-]*(?=: )|(?<=^  id: )[\w-]+$|(?<=^  by: )[\w-]+$|(?<=[{ ]by=)[\w-]+|(?<=[{ ](?:id|on)=)[a-z][\w-]*"
    r"|(?<=about=)[\w,-]+|(?<=event=)[\w-]+|(?<=source=)[\w-]+|(?<=denies=)[\w-]+|(?<=answers=)[\w-]+|(?<=actors=)[\w,-]+|(?<=actors: )[\w-]+|(?<=^- )[a-z][\w-]*$",
    re.MULTILINE,
)
"""Ids where they are given, and where they are referred to."""


def marks_in(body: str) -> list[str]:
    """The marks of a text, each with the brackets or the space that it needs."""
    return [
        ("[]" if found[1] else "") + found[2]
        for found in re.finditer(r"(\[(?:\[\[[^\]]*\]\]|[^\[\]])*\])?( ?\{(?:event|by|on|source|quote)=[^{}]*\})", body)
    ]


def is_of_event(mark: str) -> bool:
    return "event=" in mark or mark.startswith("[]{on=")


def of_actor(actor: Actor) -> list[str]:
    held = [word for position in actor.positions for word in (position.role, f" {position.of}")]
    return [
        actor.name,
        actor.described_as,
        actor.knows_because,
        actor.anonymity_reason,
        actor.here,
        f" {actor.of}",
        *filter(str.strip, held),
    ]


def of_event(event: Event) -> list[str]:
    steps = [word for step in event.history for word in (*step.by, step.source)]
    return [event.title, *steps]


@cache
def cost() -> Cost:
    return Cost()


@pytest.mark.parametrize(
    "kind, most, number",
    [
        ("quote", 15, 23),
        ("quote, all that is said of it", 26, 23),
        ("actor", 25, 20),
        ("event", 30, 23),
        ("source", 40, 15),
        ("unnamed source", 45, 5),
    ],
)
def test_a_record_costs_few_characters_beyond_its_words_and_ids(kind: str, most: int, number: int) -> None:
    assert cost().records[kind] == number
    assert cost().characters[kind] / number <= most


def test_front_matter_and_marks_are_no_longer_than_the_text() -> None:
    records = text = 0
    for path, whole in files().items():
        front, body = parts(whole)
        marks = sum(map(len, MARK.findall(body)))
        records += len(front) + marks
        text += len(body) - marks if "/explainers/" in path else 0
    assert records / text <= 1.0, f"{records / text:.2f}"


def test_the_explainers_written_by_hand_have_no_error_and_all_their_quotes() -> None:
    assert not [problem for document in documents() for problem in document.diagnostics if problem.severity == ERROR]
    quotes = [quote for explainer, _, _ in explainers() for quote in explainer.quotes]
    assert (len(quotes), sum(quote.is_paraphrase for quote in quotes)) == (23, 3)
    assert all(quote.via for quote in quotes)
    assert {quote.via for quote in quotes if quote.id == "weeks"} == {("avond",)}
