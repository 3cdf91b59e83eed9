"""Opening and closing quotation marks, by language."""

from builder.content.quotations.delimiters import DELIMITERS

SINGLE = frozenset("'‘’‚‛‹›❛❜＇")
"""Single marks, used within a quotation, or for all where that is the custom; most may be something else."""

DOUBLE = frozenset('"＂״″')
"""Double marks that open and close alike; Hebrew writes the sign of its abbreviations for them, some programs that of inches."""

STRAIGHT = DOUBLE | frozenset("'＇")

CLOSERS = {
    "“": "”",
    "”": "”“",
    "„": "“”„‟",
    "‟": "”",
    "⹂": "”“",
    '"': '"',
    "״": "״",
    "″": "″",
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
"""Opening mark → possible closing marks, in any language, since writers mix styles. Titles of works in 《 》 are no quotations."""

ONLY_OPEN = frozenset("„⹂❝「『〝﹁﹃｢‚‛❛")
ONLY_CLOSE = frozenset("」』〞〟﹂﹄｣❞❜")

AGAIN = {"“": "“”»", "„": "„”“", "«": "«»", "»": "»«", "”": "”", "「": "「", "『": "『", "‘": "‘’", "'": "'", '"': '"'}
"""Opening mark → marks that may begin its further paragraphs: the same one in English, the closing one in Spanish and French."""


def opens(language: str) -> frozenset[str]:
    """Return the opening marks of a language, by its tag; those of English if CLDR has none for it."""
    return frozenset(_marks(language)[::2])


def usual(language: str) -> tuple[str, str]:
    """Return the mark that opens a quotation in a language, by its tag, and the one that closes it."""
    marks = _marks(language)
    return marks[0], marks[1]


def _marks(language: str) -> str:
    tag = language.lower().replace("_", "-")
    while tag not in DELIMITERS and "-" in tag:
        tag = tag.rpartition("-")[0]
    return DELIMITERS.get(tag, DELIMITERS["und"])
