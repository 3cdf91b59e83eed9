"""How much of what is labelled in an article a draft has found; a small scorer for the articles beside this module.

A label is a line: `published DAY`, `quote PIECE | PIECE = SPEAKER / OTHER NAME` (pieces by their first words; `unnamed: WORDS` for somebody without a name), `date WORDS = EDTF`, or `said PIECE = EDTF`.
"""

import re
from collections import Counter
from pathlib import Path

from builder import dates
from builder.drafting import draft_of, read
from builder.drafting.findings import INDIRECT, UNNAMED, AttributedSpeech, Draft

ARTICLES = Path(__file__).parent / "articles"
PRONOUN = re.compile(r"(?:he|she|it|they|er|sie)", re.IGNORECASE)


def score(name: str) -> Counter[str]:
    """Return what was asked for and what was right, by the name of an article: quotes, speakers, filled, pronouns, unnamed, joined, dates, days of saying."""
    text = (ARTICLES / f"{name}.txt").read_text("utf-8")
    labels = (ARTICLES / f"{name}.labels").read_text("utf-8").splitlines()
    published = next(line.split()[1] for line in labels if line.startswith("published"))
    draft = draft_of(read(text, name=f"{name}.txt"), dates.parse(published))
    counts: Counter[str] = Counter()
    wrong = []
    for line in labels:
        kind, _, rest = line.partition(" ")
        words, _, told = rest.rpartition(" = ")
        if kind == "date":
            right = any(
                text[day.start : day.end] in words + " am" or words in text[day.start - 3 : day.end + 3]
                for day in draft.days
                if day.date.edtf == told
            )
            counts["date"] += 1
            counts["date right"] += right
            wrong += [] if right else [line]
        if kind == "said":
            day = _day_of(draft, text.index(words))
            counts["said"] += 1
            counts["said right"] += day == told
            wrong += [] if day == told else [f"{line}  – {day}"]
        if kind != "quote":
            continue
        pieces = [text.index(piece) for piece in words.split(" | ")]
        found = _at(draft, pieces[0])
        unnamed = told.startswith("unnamed: ")
        names = told.removeprefix("unnamed: ").casefold().split(" / ")
        counts["quote"] += 1
        speaker = found.speaker if found is not None else None
        right = speaker is not None and any(name in speaker.name.casefold() for name in names) and (speaker.kind == UNNAMED) == unnamed
        counts["right"] += right
        counts["filled"] += speaker is not None
        wrong += [] if right else [f"{line}  – {speaker.name if speaker else None} ({speaker.kind if speaker else ''})"]
        if found is not None and found.mention is not None and PRONOUN.fullmatch(text[slice(*found.mention)]):
            counts["pronoun"] += 1
            counts["pronoun right"] += right
        counts["unnamed"] += unnamed
        counts["unnamed right"] += unnamed and speaker is not None and speaker.kind == UNNAMED
        counts["called unnamed"] += speaker is not None and speaker.kind == UNNAMED
        if len(pieces) > 1:
            counts["split"] += 1
            joined = found is not None and all(any(start <= piece < end for start, end in found.spans) for piece in pieces)
            counts["joined"] += joined
            wrong += [] if joined else [f"{line}  – not joined"]
    for line in wrong:
        print(f"{name}: {line}")
    return counts


def _at(draft: Draft, place: int) -> AttributedSpeech | None:
    """Return the shortest quotation that stands at a place: one within an answer, rather than the answer."""
    here = [quote for quote in draft.said if quote.kind != INDIRECT and any(start <= place < end for start, end in quote.spans)]
    return min(here, key=lambda quote: sum(end - start for start, end in quote.spans), default=None)


def _day_of(draft: Draft, place: int) -> str:
    """Return when the words at a place were said; "" where the draft does not tell."""
    found = _at(draft, place)
    return found.day.date.edtf if found is not None and found.day is not None else ""
