"""A proposal in words, and the line of the article that it is about: what `backstory annotate` shows."""

import re
from collections.abc import Mapping, Sequence

from builder.content import frontmatter
from builder.drafting.proposals import Proposal

KINDS_IN_WORDS = {"Organization": "organization", "PublicBody": "public body", "Group": "group", "Country": "country", "Person": "person"}
"""What an actor may be, as the questions call it."""

_FEWEST = 3
"""Letters of words by which a line is looked for."""

_MARKS = "“”„«»\"'‘’ \n"


def in_words(one: Proposal, names: Mapping[str, str]) -> str:
    """Return the record of a quote or an event in words; `names` has the names of speakers by their ids."""
    words = " … ".join(one.values("text"))
    if one.kind == "event":
        when = one.value("when")
        says, day = (str(when.get("says", "")), str(when.get("is", ""))) if isinstance(when, Mapping) else ("", str(when))
        title = str(one.value("title") or "")
        return ": ".join(filter(None, (f"“{says}”, that is {day}" if says else day, title)))
    speaker = str(one.value("speaker") or "")
    said = one.value("said")
    day = str(said.get("is", "")) if isinstance(said, Mapping) else str(said or "")
    parts = [
        "words in no quotation marks" if not words else words if "indirect" in one.get("mode") else f"“{words}”",
        f"said by {names.get(speaker, speaker)}" if speaker else "",
        f"on {day}" if day else "",
        f"source {via}" if (via := ", ".join(one.values("via"))) else "",
    ]
    return " · ".join(filter(None, parts))


def names(proposals: Sequence[Proposal]) -> dict[str, str]:
    """Return the names of those whom proposals make actors or sources, by their ids."""
    return {
        one.get("id"): str(one.value("name") or one.value("described_as") or "") for one in proposals if one.kind in {"actor", "unnamed"}
    }


def line_of(one: Proposal, kept: str) -> tuple[int, str]:
    """Return the line of a kept article that a proposal is about, with its number; 0 and "" if it has none."""
    lines = kept.splitlines()
    words = lines[one.at - 1].strip() if 0 < one.at <= len(lines) else ""
    return (one.at, words) if words else (0, "")


def line_in_text(one: Proposal, text: str) -> tuple[int, str]:
    """Return the line of an explainer's own text with the words that led to a proposal, with its number; 0 and "" if none has them.

    Of several lines with the same words, it is the one nearest to where the draft has found them.
    """
    block, _ = frontmatter.split(text, path="")
    lines = [(number, _plain(line), line.strip()) for number, line in enumerate(block.body.split("\n"), block.body_line) if line.strip()]
    for sought in map(_plain, _sought(one)):
        having = [
            (number, line)
            for number, plain, line in lines
            if len(sought) >= _FEWEST and re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", plain)
        ]
        if having:
            return min(having, key=lambda found: abs(found[0] - block.body_line + 1 - one.at))
    return 0, ""


def _sought(one: Proposal) -> list[str]:
    """Return the words by which the line of a proposal is found, the surest first."""
    when = one.value("when")
    says = str(when.get("says", "")) if isinstance(when, Mapping) else ""
    return [
        *one.values("text")[:1],
        says,
        one.because.removesuffix("…"),
        str(one.value("name") or ""),
        str(one.value("described_as") or ""),
    ]


def _plain(words: str) -> str:
    return " ".join(words.replace("\\", "").split()).strip(_MARKS)
