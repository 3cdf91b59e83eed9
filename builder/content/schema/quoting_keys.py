"""Keys of an explainer whose words readers see, and in which quotations are accounted for as in the body.

Left out are the words of quotes, which are records themselves, and what others wrote: titles of sources. Names have their nicknames in quotation marks,
and why a source is not named stands in the words of its report.
"""

import functools

from builder.content.schema import BY_NAME, OR_UNKNOWN, SEEN, TITLES, WITHOUT_MARKS

_QUOTING = {
    "explainer": ("title", "summary"),
    "actor": ("here", "described_as", "knows_because"),
    "source": ("note",),
    "quote": ("note",),
    "event": ("title", "text"),
    "update": ("text",),
    "correction": ("text",),
    "image": ("alt", "caption"),
    "in_short": ("happened", "says", "disputed", "not_known", "next"),
}

MAY_QUOTE = frozenset(BY_NAME[record][name] for record, names in _QUOTING.items() for name in names)

SHOWN = frozenset(
    {
        "title",
        "summary",
        "tagline",
        "description",
        "name",
        "alias",
        "role",
        "here",
        "described_as",
        "knows_because",
        "anonymity_reason",
        "place",
        "alt",
        "credit",
        "licence",
        "caption",
        "note",
        "authors",
        "topics",
    }
)
"""Keys of words that readers see as they are written: marks of Markdown in them are seen too."""


@functools.cache
def taken_as_read(record: str) -> frozenset[str]:
    """Return the keys of a record in whose values nothing is looked for once they are read: marks around them, ids, Markdown."""
    looked_at = {*SHOWN, *WITHOUT_MARKS.get(record, ()), *SEEN.get(record, ()), *OR_UNKNOWN.get(record, ())}
    return frozenset(BY_NAME[record]) - looked_at - {TITLES.get(record, "")}
