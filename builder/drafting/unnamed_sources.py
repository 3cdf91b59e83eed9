"""Finds the details of unnamed sources: reason for anonymity, basis of knowledge, number. In English and German."""

import re
from collections.abc import Iterable

from builder.checks.unnamed_sources import NOT_AUTHORISED, number_in

UNKNOWN = "unknown"

_CLAUSE_ENDS = re.compile(r"[.!?](?=\s|$)|[\n“”\"„»«:;]")
_HEAD = re.compile(r"(?:,|\s(?:familiar|close|briefed|involved|present|privy|who|with|in|at|of|from|for|mit|aus|im|der|des|von)\b)")
"""The end of a description of sources."""
_GERMAN_REST = re.compile(r"(?:\s(?:war|ist|waren|sind|sei|seien))?(?:,\s(?:\w+\s){0,5}?zu\s\w+)?")
_FAR = 300
"""Characters after a description that are searched."""

_KNOWS = re.compile(
    r"""\b(?: familiar\ with | with\ (?:direct\ |first-?hand\ )?knowledge\ of | (?:close|privy)\ to | involved\ in | briefed\ (?:on|about|by)
    | present\ (?:at|in|during) | with\ access\ to
    | who\ (?:\w+\ )?(?:had\ |has\ |have\ )?(?:saw|seen|heard|read|attended|worked|took\ part|was\ there|were\ there|was\ present|were\ present|reviewed)
    | mit\ [^,.]{2,60}?\ vertraut\w* | aus\ dem\ Umfeld | (?:mit\ )?Kenntnis\ (?:von|der|des|über)
    | d(?:er|ie)\ [^,.]{2,60}?\ (?:gesehen|gelesen|gehört)\ (?:hat|haben|hatten?) )(?![\w’'-])[^,]*""",
    re.VERBOSE,
)
"""Words about the basis of a source's knowledge, to the end of their clause."""

_REASON = re.compile(
    r"""\b(?: (?:out\ of\ |for\ )fear(?:ing)?\ (?:of|that)\b | feared\b | fearing\b | because\ (?=\w) | (?:since|as)\ (?=(?:s?he|they|the)\b) | to\ (?:protect|avoid|keep)\b
    | aus\ (?:Angst|Furcht|Sorge)\b | weil\ (?=(?:er|sie)\b) )[^,]*""",
    re.VERBOSE,
)
_NAMELESS = re.compile(
    r"\banonym|\bnot to be (?:named|identified)|\bto be (?:named|identified)|\bnamentlich|\bungenannt|\bName[n]? nicht|\b(?:out of |for )fear|\baus (?:Angst|Furcht|Sorge)"
)
"""Words about a withheld name: only beside them is a “because” the reason for it."""


def knows_because(description: str, behind: str = "") -> str:
    """Return the basis of a source's knowledge in the words of the article; `unknown` if there is none. `behind` is the text after its description."""
    found = _KNOWS.search(description) or _KNOWS.search(_relative_clause(behind))
    return found[0].strip() if found is not None else UNKNOWN


def anonymity_reason(behind: str) -> str:
    """Return the reason for anonymity in the words of the article after the description; `unknown` if there is none."""
    words = _relative_clause(behind)
    found = NOT_AUTHORISED.search(words)
    if found is not None:
        start = re.compile(r"(?:was|were|is|are|had|has|have)\s+$", re.IGNORECASE).search(words, 0, found.start())
        low = start.start() if start is not None else found.start()
        rest = _GERMAN_REST.match(words, found.end())
        end = rest.end() if rest is not None else found.end()
        ending = re.compile(r",|\s(?:said|says|told|sagte|sagten|sagt)\b|$").search(words, end)
        return words[low : ending.start() if ending is not None else len(words)].strip()
    if not _NAMELESS.search(words):
        return UNKNOWN
    reason = _REASON.search(words)
    return reason[0].strip() if reason is not None else UNKNOWN


def first_known(found: Iterable[str]) -> str:
    """Return the first detail that is not `unknown`; `unknown` where none is."""
    return next((detail for detail in found if detail != UNKNOWN), UNKNOWN)


def count(description: str) -> str:
    """Return how many sources a description of several is of; `unknown` where it gives no number."""
    return str(number_in(_HEAD.split(description, maxsplit=1)[0]) or UNKNOWN)


def _relative_clause(behind: str) -> str:
    """Return the rest of the sentence after a description."""
    return " ".join(_CLAUSE_ENDS.split(behind[:_FAR], maxsplit=1)[0].split())
