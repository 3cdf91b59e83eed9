"""The questions of `backstory annotate` about a record to be changed: one for each key, as in the form of the preview."""

import msgspec

from builder import dates
from builder.content.frontmatter import in_braces
from builder.drafting.draft_file import KINDS_OF_ACTOR
from builder.drafting.proposals import Proposal

SPEAKER, SOURCE, KIND, WORDS, DAY = "speaker", "source", "kind", "words", "day"
"""What an answer is."""


ACCEPT, REJECT, SKIP, QUIT = ({"a", "accept", "y", "yes"}, {"x", "r", "reject"}, {"s", "skip", ""}, {"q", "quit"})
"""What may be answered at every question, in small letters."""
BACK = {"u", "undo"}
"""What goes back: to the question before, or to the last answer."""


class Quit(Exception):
    """The author has had enough for now."""


def ask(prompt: str) -> str:
    """Return what is typed at a question. `Quit` where that ends the session."""
    try:
        given = input(prompt).strip()
    except EOFError:
        raise Quit from None
    if given.lower() in QUIT:
        raise Quit
    return given


class KeyQuestion(msgspec.Struct, frozen=True):
    """A question about a key of a record."""

    key: str
    words: str
    answer: str = WORDS


QUESTIONS: dict[str, tuple[KeyQuestion, ...]] = {
    "quote": (
        KeyQuestion("speaker", "Who says it: a number, a name, or a new one such as Jane Roe, Clerk", SPEAKER),
        KeyQuestion("text", "The words, as they stand in your text"),
        KeyQuestion("denies", "The quote that it denies, by its id"),
        KeyQuestion("said", "Day on which it was said, such as 2025-03-05", DAY),
        KeyQuestion("via", "Source: a number, or a new one such as Lantern, Ferry in doubt, 2025-10-15", SOURCE),
    ),
    "actor": (
        KeyQuestion("name", "Name, or a line such as Ann Lee, Mayor"),
        KeyQuestion("position", "Office or occupation"),
        KeyQuestion("type", "What it is (its number)", KIND),
    ),
    "unnamed": (
        KeyQuestion("described_as", "The words that describe them"),
        KeyQuestion("knows_because", "How they know it"),
        KeyQuestion("anonymity_reason", "Why they are not named"),
        KeyQuestion("count", "How many they are"),
    ),
    "event": (KeyQuestion("title", "Title for the timeline"), KeyQuestion("when", "Day, such as 2025-03-05", DAY)),
}
"""The questions by the kind of a proposal, in their order."""


ASKED = {
    "speaker": "Speaker: a number, a name, or a new one such as Jane Roe, Clerk (empty: skip): ",
    "text": "The words, as they stand in your text (empty: skip): ",
    "title": "Title for the timeline (empty: leave it out): ",
    "type": "What it is (its number; empty: skip): ",
    "id": "Its id (empty: skip): ",
    "described_as": "The words that describe them (empty: skip): ",
}
"""What is asked where a record lacks a key that it needs."""


class NoAnswer(Exception):
    """The typed text does not answer the question; the message says why."""


def shown_value(proposal: Proposal, question: KeyQuestion) -> str:
    """Return what a record says now, in words."""
    if question.key == "when" and proposal.kind == "event":
        value = proposal.value("when")
        return str(value.get("is", "")) if isinstance(value, dict) else str(value)
    return ", ".join(proposal.values(question.key))


def answered(proposal: Proposal, question: KeyQuestion, typed: str) -> Proposal:
    """Return a proposal with the answer to a question about words, a day or a kind. `NoAnswer` where it is none."""
    if question.answer == KIND:
        numbered = dict(enumerate(KINDS_OF_ACTOR, 1))
        kind = (
            numbered.get(int(typed))
            if typed.isdecimal()
            else next((proposal for proposal in KINDS_OF_ACTOR if proposal.lower() == typed.lower()), None)
        )
        if kind is None:
            raise NoAnswer("Give the number of one of them.")
        return proposal.having(question.key, kind)
    if question.answer == DAY:
        try:
            day = dates.parse(typed)
        except dates.DateProblem as problem:
            raise NoAnswer(f"“{typed}” is not a date. {problem.reason} {problem.hint}".rstrip()) from None
        return proposal.having(question.key, in_braces(day.edtf))
    return proposal.having(question.key, in_braces(typed))
