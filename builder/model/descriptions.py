"""Whether the words that describe a source are of one person or of several, where that is certain. They are English or German."""

import re

from builder.i18n.patterns import late

_ROLES = (
    "adviser|advisor|aide|analyst|assistant|attendee|clerk|commander|contractor|critic|defector|deputy|diplomat|director|employee|engineer|executive|expert|"
    "informant|insider|investigator|journalist|judge|lawmaker|lawyer|leader|manager|member|minister|negotiator|observer|officer|official|participant|person|"
    "planner|politician|prosecutor|reporter|representative|researcher|scientist|secretary|senator|soldier|source|spokesman|spokesperson|spokeswoman|staffer|supporter|veteran|witness|worker"
)
_ROLES_IN_GERMAN = (
    r"\w*(?:beamt(?:er|in)|vertreter(?:in)?|sprecher(?:in)?|diplomat(?:in)?|mitarbeiter(?:in)?|berater(?:in)?|quelle|person|zeug(?:e|in)|offizier(?:in)?"
    r"|minister(?:in)?|abgeordneter?|funktionär(?:in)?|insider(?:in)?|expert(?:e|in)|informant(?:in)?|soldat(?:in)?|politiker(?:in)?|angestellter?)"
)
_ONE = late(rf"(?:{_ROLES}|{_ROLES_IN_GERMAN})")
_PLURAL = late(rf"(?:{_ROLES})s|people|secretaries|deputies|spokesmen|spokespeople|spokeswomen|witnesses|others")
_SEVERAL = late(
    r"(?:several|many|multiple|various|numerous|two|three|four|five|six|seven|eight|nine|ten|a (?:few|couple|number|handful|dozen))(?=\s|$)",
    re.IGNORECASE,
)
_HEAD = late(
    r"\s+(?:of|in|on|at|with|within|from|for|to|by|near|inside|close|familiar|involved|briefed|who|whom|whose|that|which|present|von|aus|im|bei|mit|nahe|des|der)\b|[,;:(]",
    re.IGNORECASE,
)
"""Where the words end that say what a person is: “a senior official | in the ministry”."""

_ARTICLES = frozenset({"a", "an", "one", "ein", "eine"})


def plain(words: str) -> str:
    """Return words with single spaces, and no more of them than anybody reads: a pattern must not take long over any text."""
    return " ".join(words[:1_000].split())


def is_of_several(words: str) -> bool:
    """Return whether a description is certainly of several people."""
    words = plain(words)
    head = _head(words)
    if not head or head[0] in _ARTICLES:
        return bool(_SEVERAL.match(words))
    return bool(_SEVERAL.match(words)) or bool(_PLURAL.fullmatch(head[-1]))


def is_of_one(words: str) -> bool:
    """Return whether a description is certainly of one person: “an official and a diplomat” may be two."""
    words = plain(words)
    head = _head(words)
    return (
        len(head) > 1
        and head[0] in _ARTICLES
        and _ONE.fullmatch(head[-1]) is not None
        and not re.search(r"\b(?:and|or|und|oder)\b|[,/&]", words)
    )


_GROUPS = frozenset(
    [
        "couple",
        "crew",
        "crowd",
        "delegation",
        "dozen",
        "family",
        "few",
        "group",
        "handful",
        "majority",
        "minority",
        "number",
        "pair",
        "panel",
        "party",
        "team",
        "gruppe",
        "reihe",
        "paar",
    ]
)


def reads_as_one(words: str) -> bool:
    """Return whether the words of a description say that it is of one person: “a mechanic at the works”."""
    head = _head(plain(words))
    return len(head) > 1 and head[0] in _ARTICLES and "and" not in head and not _GROUPS & {*head} and not is_of_several(words)


def _head(words: str) -> list[str]:
    return _HEAD.split(words, maxsplit=1)[0].casefold().split()
