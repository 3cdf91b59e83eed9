"""Which names are of companies and authorities, and which words are said of these as well as of persons."""

import re
from collections.abc import Sequence

from builder.drafting.tokens import WORD, Token
from builder.i18n.lexicons import first_names
from builder.i18n.lexicons.lexicon import words

MAY_BE_BODIES = frozenset(
    [
        "owner",
        "operator",
        "publisher",
        "maker",
        "builder",
        "supplier",
        "contractor",
        "insurer",
        "landlord",
        "employer",
        "sponsor",
        "organiser",
        "organizer",
        "betreiber",
        "betreiberin",
        "eigentümer",
        "eigentümerin",
        "besitzer",
        "besitzerin",
        "hersteller",
        "inhaber",
        "inhaberin",
        "veranstalter",
        "herausgeber",
    ]
)
"""What a company is as well as a person."""

_FIRM = re.compile(
    r"(?:mills|works|holdings|partners|industries|brothers|ltd|inc|plc|llc|llp|corp|gmbh|ag|kg|se|\w*werke?|\w*betriebe?|\w*verband|\w*rat|\w*amt|\w*gesellschaft)\.?",
    re.IGNORECASE,
)


_BEHIND_NOUN = frozenset(["of", "in", "from", "with", "for", "based", "that", "which", "aus", "in", "mit", "von", "für"])
"""Words that end the noun of a description."""

_COMPANY = re.compile(
    r"(?:firm|company|companies|corporation|consultancy|business|retailer|airline|startup|start-up|\w*(?:firma|unternehmen|konzern|agentur))",
    re.IGNORECASE,
)
"""Nouns for what is a company, and never a person."""


_OPERATED = words(
    "rail railway train tram bus coach ferry port airport grid network pipeline refinery telecoms telecom mobile cable water energy power toll motorway"
)
"""What an operator that is no person runs."""


def is_operator(before: str, head: str) -> bool:
    """Return whether a noun with the word before it is for a company, though it may be said of a person too: “rail operator”, “ferry owners”."""
    return head.removesuffix("s") == "operator" and before in _OPERATED


def is_company(description: str) -> bool:
    """Return whether words that stand beside a name say that it is of a company: “an engineering firm”, “shipping company based in Tarn”."""
    words = description.split()
    head = next((n for n, word in enumerate(words) if n and word.lower() in _BEHIND_NOUN), len(words))
    return bool(words) and _COMPANY.fullmatch(words[head - 1].strip(".,")) is not None


def is_organization(name: str) -> bool:
    """Return whether a name is certainly that of a company or an association: Hollin & Pryce, Friends of Tarnmouth Baths."""
    return "&" in name.split()[1:-1] or name.startswith("Friends of ")


def is_firm(name: str) -> bool:
    """Return whether a name of several words has one that companies and authorities have: Brightwell Mills, Stadtwerke Lauterbrück, Hollin & Pryce."""
    words = name.split()
    if is_organization(name):
        return True
    return len(words) > 1 and words[0].lower() not in first_names.KNOWN and any(_FIRM.fullmatch(word) for word in (words[0], words[-1]))


_FEWEST = 2
"""Words behind “Friends of” at the beginning of a sentence that make it the name of an association."""


def association_end(tokens: Sequence[Token], n: int) -> int:
    """Return where the name of an association ends that begins at a token: “Friends of Tarnmouth Baths”; `n` where none begins."""
    if tokens[n].text != "Friends" or n + 2 >= len(tokens) or tokens[n + 1].low != "of":
        return n
    first = end = n + 2 + (tokens[n + 2].low == "the")
    while end < len(tokens) and tokens[end].kind == WORD and tokens[end].text[0].isupper():
        end += 1
    is_of_people = n == 0 and (end - first < _FEWEST or tokens[first].low in first_names.KNOWN)
    return n if end == first or is_of_people else end
