"""Names that are descriptions: “A neighbour”, “Three witnesses”, “Officials”. They would count as people with a name."""

import re

from builder.content.frontmatter import in_braces
from builder.diagnostics import Diagnostic
from builder.i18n.patterns import late
from builder.linking.near_names import HEARERS
from builder.model import Actor

_ALONE = HEARERS | frozenset(
    [
        "anonymous",
        "unknown",
        "source",
        "sources",
        "witness",
        "witnesses",
        "eyewitness",
        "eyewitnesses",
        "neighbour",
        "neighbours",
        "neighbor",
        "neighbors",
        "insider",
        "insiders",
        "expert",
        "experts",
        "analyst",
        "analysts",
        "critic",
        "critics",
        "observer",
        "observers",
        "official",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "spokespeople",
        "bystander",
        "bystanders",
        "passengers",
        "survivors",
        "anonym",
        "unbekannt",
        "quelle",
        "quellen",
        "zeuge",
        "zeugen",
        "zeugin",
        "anwohner",
        "nachbar",
        "nachbarn",
        "experten",
        "beobachter",
        "sprecher",
        "sprecherin",
        "insiderkreise",
        "teilnehmer",
        "anonyme",
        "inconnu",
        "témoin",
        "témoins",
        "voisins",
        "habitants",
        "anónimo",
        "testigo",
        "testigos",
        "vecinos",
        "anonimo",
        "testimoni",
        "vicini",
        "источник",
        "источники",
        "очевидец",
        "очевидцы",
        "свидетели",
        "джерело",
        "джерела",
        "очевидці",
    ]
)
_PREPOSITION = late(
    r"\s+(?:of|in|at|from|for|within|close|near|who|familiar|aus|im|in|von|vom|bei|de|du|des|à|en|di|из|в|з)\b", re.IGNORECASE
)
_DESCRIBED = late(
    r"(?:An?|The|Two|Three|Four|Five|Six|Seven|Several|Some|Many|Multiple|Various|Numerous|\d{1,3}|Unnamed|Unidentified|Anonymous)\s+(?=[a-z])[a-z]+"
    r"|(?:Une?|Deux|Trois|Plusieurs|Certains|Una|Unos|Unas|Dos|Tres|Varios|Algunos|Uno|Due|Tre|Alcuni|Diversi|Um|Uma|Dois|Een|Twee)\s+(?=[a-zà-ÿ])"
    r"|(?:Ein|Eine|Zwei|Drei|Vier|Mehrere|Einige|Viele|Unbekannte|Anonyme)\s+\w",
)


def is_description(name: str) -> bool:
    """Return whether a name is a description: by its article or number, or as a word for people in general."""
    if _DESCRIBED.match(name):
        return True
    head = _PREPOSITION.split(name, maxsplit=1)[0]
    return head.strip().casefold() in _ALONE


def as_description(actor: Actor) -> Diagnostic:
    """Return the warning about an actor whose name is a description."""
    words = actor.name if actor.name[1:2].isupper() else actor.name[:1].lower() + actor.name[1:]
    return Diagnostic(
        "actor-untyped",
        f"“{actor.name}” describes somebody and is no name, and readers would see a person who is named.",
        actor.location,
        help=f"Write it under “unnamed:”: {actor.id}: {in_braces(words)}. If it is a name, add “type: Person”; if it is a group’s, “type: Organization”.",
    )
