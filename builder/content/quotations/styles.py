"""Which sign opens a quotation, which one closes it, and what that depends on: the language, and what stands on either side."""

from builder.content.quotations.delimiters import DELIMITERS

SINGLE = frozenset("'‘’‚‛‹›❛❜＇")
"""Marks within a quotation, or of all quotations where that is the custom; of these, most may be something else."""

STRAIGHT = frozenset("\"'＂＇")

CLOSERS = {
    "“": "”",
    "”": "”“",
    "„": "“”„",
    "‟": "”",
    "⹂": "”“",
    '"': '"',
    "＂": "＂",
    "«": "»",
    "»": "«»",
    "❝": "❞",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    "﹁": "﹂",
    "﹃": "﹄",
    "｢": "｣",
    "‘": "’‘",
    "’": "’‘",
    "‚": "‘’",
    "‛": "’",
    "'": "'",
    "＇": "＇",
    "‹": "›",
    "›": "‹›",
    "❛": "❜",
}
"""Mark that opens → those that may close what it has opened, in any language: writers borrow each other's. Titles of works in 《 》 are no quotations."""

ONLY_OPEN = frozenset("„‟⹂❝「『〝﹁﹃｢‚‛❛")
ONLY_CLOSE = frozenset("」』〞〟﹂﹄｣❞❜")

AGAIN = {"“": "“”»", "„": "„”“", "«": "«»", "»": "»«", "”": "”", "「": "「", "『": "『", "‘": "‘’", "'": "'", '"': '"'}
"""Mark that opened a quotation → what may stand at the beginning of its further paragraphs: the same in English, the one that closes in Spanish and French."""


def opens(language: str) -> frozenset[str]:
    """Return the marks that open a quotation in a language, by its tag; in one that CLDR has nothing special of, those of English."""
    return frozenset(_marks(language)[::2])


def _marks(language: str) -> str:
    tag = language.lower().replace("_", "-")
    while tag not in DELIMITERS and "-" in tag:
        tag = tag.rpartition("-")[0]
    return DELIMITERS.get(tag, DELIMITERS["und"])
