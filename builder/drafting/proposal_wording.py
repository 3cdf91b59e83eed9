"""A proposal in words, and the line of the article that it is about: what `backstory annotate` shows."""

import bisect
import functools
import itertools
import re
from collections.abc import Mapping, Sequence

import msgspec

from builder.content import frontmatter
from builder.diagnostics.shortening import shorten
from builder.drafting.denials import id_of_words
from builder.drafting.proposals import Proposal
from builder.model import Actor, Document, Source

KINDS_IN_WORDS = {"Organization": "organization", "PublicBody": "public body", "Group": "group", "Country": "country", "Person": "person"}
"""What an actor may be, as the questions call it."""

_MOST_OF_NAME = 60
"""Characters of a name, a title or a quote that stand for it."""
_FEWEST = 3
"""Letters of words by which a line is looked for."""

_MARKS = "“”„«»\"'‘’ \n"


def in_words(proposal: Proposal, names: Mapping[str, str]) -> str:
    """Return the record of a quote or an event in words; `names` has the names of speakers by their ids."""
    words = " … ".join(proposal.values("text"))
    if proposal.kind == "event":
        return ": ".join(filter(None, (day_in_words(proposal), str(proposal.value("title") or ""))))
    speaker = str(proposal.value("speaker") or "")
    said = proposal.value("said")
    day = str(said.get("is", "")) if isinstance(said, Mapping) else str(said or "")
    parts = [
        "words in no quotation marks" if not words else words if "indirect" in proposal.get("mode") else f"“{words}”",
        f"said by {names.get(speaker, speaker)}" if speaker else "",
        f"denies {names.get(proposal.get('denies'), proposal.get('denies'))}" if proposal.get("denies") else "",
        f"on {day}" if day else "",
        f"source {via}" if (via := ", ".join(names.get(one_of, one_of) for one_of in proposal.values("via"))) else "",
    ]
    return " · ".join(filter(None, parts))


def day_in_words(proposal: Proposal) -> str:
    """Return the day of an event or a quote with the word that names it: `“Friday”, that is 2022-01-14`; "" where it has none."""
    day = proposal.value("when") or proposal.value("said")
    says, is_ = (str(day.get("says", "")), str(day.get("is", ""))) if isinstance(day, Mapping) else ("", str(day or ""))
    return f"“{says}”, that is {is_}" if says and is_ else says or is_


def briefly(proposal: Proposal) -> str:
    """Return what a proposal is known by: the words of a quote, a name, a description, a title, or the word for a day."""
    when = proposal.value("when")
    says = str(when.get("says", "")) if isinstance(when, Mapping) else str(when or "")
    own = [str(proposal.value(key) or "") for key in ("name", "described_as", "title")]
    return next(filter(None, (" … ".join(proposal.values("text")), *own, says)), proposal.get("id"))


def names(proposals: Sequence[Proposal]) -> dict[str, str]:
    """Return the names of those whom proposals make actors or sources, and the words of their quotes, by their ids."""
    found = {
        proposal.get("id"): str(proposal.value("name") or proposal.value("described_as") or "")
        for proposal in proposals
        if proposal.kind in {"actor", "unnamed"}
    }
    quotes = [proposal for proposal in proposals if proposal.kind == "quote"]
    return found | {id_of_words(" ".join(quote.values("text"))): f"“{shorten(briefly(quote), _MOST_OF_NAME)}”" for quote in quotes}


def names_in(document: Document) -> dict[str, str]:
    """Return what the actors, sources, quotes and events of a file are called, by their ids; of a quote its words."""
    own = document.explainer
    if own is None:
        return {document.actor.id: document.actor.name} if document.actor is not None else {}
    found = {actor.id: actor.name or actor.described_as for actor in own.actors if isinstance(actor, Actor)}
    found |= {source.id: source.label for source in own.sources if isinstance(source, Source)}
    found |= {quote.id: f"“{' … '.join(quote.segments)}”" for quote in own.quotes}
    return {key: shorten(name, _MOST_OF_NAME) for key, name in found.items() if name}


def line_of(proposal: Proposal, kept: str) -> tuple[int, str]:
    """Return the line of a kept article that a proposal is about, with its number; 0 and "" if it has none."""
    lines = kept.splitlines()
    words = lines[proposal.at - 1].strip() if 0 < proposal.at <= len(lines) else ""
    return (proposal.at, words) if words else (0, "")


def line_in_text(proposal: Proposal, text: str) -> tuple[int, str]:
    """Return the line of an explainer's own text with the words that led to a proposal, with its number; 0 and "" if none has them.

    Of several lines with the same words, it is the one nearest to where the draft has found them.
    """
    body = _Body.of(text)
    for sought in map(_plain, _sought(proposal)):
        if len(sought) >= _FEWEST and (having := body.having(sought)):
            at = bisect.bisect_left(having, proposal.at)
            nearest = min(having[max(at - 1, 0) : at + 1], key=lambda number: abs(number - proposal.at))
            return nearest + body.begins - 1, body.lines[nearest - 1]
    return 0, ""


class _Body(msgspec.Struct, frozen=True, eq=False):
    """The text of an explainer, in which the words of many proposals are looked for."""

    begins: int
    """The number of its first line in the file; its own lines count from 1."""
    lines: tuple[str, ...]
    plain: str
    offsets: tuple[int, ...]
    """Where each line begins in `plain`."""
    found: dict[str, list[int]]
    """The numbers of the lines with words that were looked for."""

    @staticmethod
    @functools.lru_cache(maxsize=2)
    def of(text: str) -> "_Body":
        """Return the text of a file, which is read once for all of its proposals."""
        block, _ = frontmatter.split(text, path="")
        lines = block.body.split("\n")
        plain = [_plain(line) for line in lines]
        offsets = (0, *itertools.accumulate(len(line) + 1 for line in plain[:-1]))
        return _Body(block.body_line, tuple(line.strip() for line in lines), "\n".join(plain), offsets, {})

    def having(self, sought: str) -> list[int]:
        """Return the numbers of the lines with these words."""
        if sought not in self.found:
            places = _words(sought).finditer(self.plain) if sought in self.plain else ()
            self.found[sought] = [*dict.fromkeys(bisect.bisect_right(self.offsets, place.start()) for place in places)]
        return self.found[sought]


def _words(sought: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(sought)}(?!\w)")


def in_context(proposal: Proposal, text: str) -> tuple[str, str, str]:
    """Return the words of an explainer's own text that led to a proposal, between what its line has before and behind them; thrice "" where none has."""
    _, line = line_in_text(proposal, text)
    for sought in map(_plain, _sought(proposal)):
        found = _words(sought).search(line) if sought and sought in line else None
        if found is not None:
            return line[: found.start()], found[0], line[found.end() :]
    return "", "", ""


def _sought(proposal: Proposal) -> list[str]:
    """Return the words by which the line of a proposal is found, the surest first."""
    when = proposal.value("when")
    says = str(when.get("says", "")) if isinstance(when, Mapping) else str(when or "")
    return [
        *proposal.values("text")[:1],
        says,
        proposal.because.removesuffix("…"),
        str(proposal.value("name") or ""),
        str(proposal.value("described_as") or ""),
    ]


def _plain(words: str) -> str:
    return " ".join(words.replace("\\", "").split()).strip(_MARKS)
