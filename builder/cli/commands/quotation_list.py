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
        ListedQuotation(
            Location(explainer.location.path, matched_quotation.passage.line, matched_quotation.passage.column),
            matched_quotation,
            explainer.draft,
        )
        for slug, explainer in site.explainers.items()
        for matched_quotation in matched_quotations(site, slug)
    ]
    return tuple(
        sorted(
            found,
            key=lambda listed_quotation: (listed_quotation.location.path, listed_quotation.location.line, listed_quotation.location.column),
        )
    )


def in_words(listed: tuple[ListedQuotation, ...]) -> Iterator[str]:
    """Yield a line for each quotation, and one that counts them."""
    for listed_quotation in listed:
        quotes = ", ".join(f"“{quote}”" for quote in listed_quotation.match.quotes)
        yield f"{listed_quotation.location}: {_SAID[listed_quotation.match.status].format(quotes=quotes)}: “{shortened(listed_quotation.match.passage.words, LONGEST)}”{' (draft)' * listed_quotation.draft}"
    yield count_sentence(listed)


def count_sentence(listed: tuple[ListedQuotation, ...]) -> str:
    """Return how many quotations there are, and of how many something is missing: “9 quotations, 3 without a record”."""
    counts = Counter(listed_quotation.match.status for listed_quotation in listed)
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
            "path": listed_quotation.location.path,
            "line": listed_quotation.location.line,
            "column": listed_quotation.location.column,
            "end_line": listed_quotation.match.passage.end_line or None,
            "end_column": listed_quotation.match.passage.end_column + 1 if listed_quotation.match.passage.end_line else None,
            "kind": "block" if listed_quotation.match.passage.kind == BLOCK else "marks",
            "words": listed_quotation.match.passage.words,
            "status": listed_quotation.match.status,
            "quotes": list(listed_quotation.match.quotes),
            "draft": listed_quotation.draft,
        }
        for listed_quotation in listed
    ]
