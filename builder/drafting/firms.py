"""Which names are of companies and authorities, and which words are said of these as well as of persons."""

import re

from builder.drafting import firstnames

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


def is_firm(name: str) -> bool:
    """Return whether a name of several words has one that companies and authorities have: Brightwell Mills, Stadtwerke Lauterbrück."""
    words = name.split()
    return len(words) > 1 and words[0].lower() not in firstnames.KNOWN and any(_FIRM.fullmatch(word) for word in (words[0], words[-1]))
