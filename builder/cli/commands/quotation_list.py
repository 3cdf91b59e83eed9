"""`backstory check --quotations`: every quotation of every explainer, with its place and what has become of it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from builder.checks.quotations import matched_quotations, shortened
from builder.content.quotations import BLOCK, MARKED, NAME, NONE, PARTLY, RECORDED, UNFOUND, MatchedPassage
from builder.diagnostics import Location
from builder.model import Site

_SAID = {
    RECORDED: "recorded as {quotes}",
    PARTLY: "recorded in part, as {quotes}",
    NONE: "no record",
    MARKED: "marked {{quote=no}}",
    NAME: "a name of this explainer’s records",
    UNFOUND: "not found as {quotes} has it",
}


LONGEST = 100
"""Characters of a quotation in the list; `--json` has all."""


class ListedQuotation(msgspec.Struct, frozen=True):
    """A quotation in its file."""

    location: Location
    match: MatchedPassage
    draft: bool
    """Whether its explainer is a draft."""


def list_quotations(site: Site) -> tuple[ListedQuotation, ...]:
    """Return the quotations of all explainers, by file and place."""
    found = [
        ListedQuotation(Location(explainer.location.path, one.passage.line, one.passage.column), one, explainer.draft)
        for slug, explainer in site.explainers.items()
        for one in matched_quotations(site, slug)
    ]
    return tuple(sorted(found, key=lambda one: (one.location.path, one.location.line, one.location.column)))


def in_words(listed: tuple[ListedQuotation, ...]) -> Iterator[str]:
    """Yield a line for each quotation, and one that counts them."""
    for one in listed:
        quotes = ", ".join(f"“{quote}”" for quote in one.match.quotes)
        yield f"{one.location}: {_SAID[one.match.status].format(quotes=quotes)}: “{shortened(one.match.passage.words, LONGEST)}”{' (draft)' * one.draft}"
    yield count_sentence(listed)


def count_sentence(listed: tuple[ListedQuotation, ...]) -> str:
    """Return how many quotations there are, and of how many something is missing: “9 quotations, 3 without a record”."""
    counts = Counter(one.match.status for one in listed)
    parts = [f"{len(listed)} quotation{'' if len(listed) == 1 else 's'}", f"{counts[NONE] + counts[UNFOUND]} without a record"]
    if counts[PARTLY]:
        parts.append(f"{counts[PARTLY]} recorded in part")
    if counts[MARKED]:
        parts.append(f"{counts[MARKED]} marked {{quote=no}}")
    if counts[NAME]:
        parts.append(f"{counts[NAME]} that only {'is a name' if counts[NAME] == 1 else 'are names'}")
    return ", ".join(parts)


def as_data(listed: tuple[ListedQuotation, ...]) -> list[dict[str, Any]]:
    """Return the quotations as programs read them."""
    return [
        {
            "path": one.location.path,
            "line": one.location.line,
            "column": one.location.column,
            "end_line": one.match.passage.end_line or None,
            "end_column": one.match.passage.end_column + 1 if one.match.passage.end_line else None,
            "kind": "block" if one.match.passage.kind == BLOCK else "marks",
            "words": one.match.passage.words,
            "status": one.match.status,
            "quotes": list(one.match.quotes),
            "draft": one.draft,
        }
        for one in listed
    ]
