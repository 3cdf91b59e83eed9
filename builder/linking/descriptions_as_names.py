"""Names that are descriptions: “A neighbour”, “Three witnesses”, “Officials”. They would count as people with a name."""

import re

from builder.content.frontmatter import in_braces
from builder.diagnostics import Diagnostic
from builder.i18n.language import bodies
from builder.i18n.patterns import late
from builder.linking import actor_types
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


_ROLES_IN_WORDS = (
    "aide aides adviser advisor staffer diplomat diplomats politician lawmaker lawyer attorney doctor nurse teacher student students resident residents worker workers "
    "employee employees manager executive executives banker trader investor investors farmer fisherman driver pilot sailor soldier soldiers guard prisoner "
    "agent prosecutor juror clerk secretary assistant deputy director chief head leader member members person people man men woman women boy girl "
    "mother father son daughter wife husband widow friend friends relative relatives colleague colleagues coach player fan visitor guest tourist passenger victim victims "
    "suspect activist activists campaigner protester protesters organiser organizer volunteer owner editor reporter journalist journalists councillor "
    "mayor governor ambassador envoy bishop priest pope king queen prince princess speaker operator engineer scientist scientists researcher mediator "
    "senior former top leading local foreign western eastern northern southern north south east west retired young old "
    "politique diplomate conseiller conseillère fonctionnaire responsable ministre élu élue député députée avocat avocate employé employée "
    "diplomático funcionario funcionaria asesor asesora portavoz diputado diputada abogado abogada diplomatico funzionario consigliere portavoce "
    "дипломат чиновник сотрудник представитель советник депутат министр посадовець радник дипломати"
)
_ROLES = frozenset(_ROLES_IN_WORDS.split())
"""Words for what somebody does or is, in small letters: no part of a name."""
_WORD = r"[^\W\d_](?:\.|[\w'’-]+)"
_NAME = late(rf"{_WORD}(?:[ \u00a0](?:(?:de|da|do|dos|del|della|di|van|von|der|den|bin|al|la|le|du) )*{_WORD}){{1,3}}")
_ROLE = late(r"(?:tor|ist|woman|person|worker|maker|keeper|holder)\Z")


def is_like_name(words: str) -> bool:
    """Return whether words read as the name of a person: two to four words with capitals, none of which is known to describe somebody."""
    if not words[:1].isupper():
        return False
    parts = [word for word in words.split() if not word.islower()]
    return (
        _NAME.fullmatch(words) is not None
        and not is_description(words)
        and not actor_types.kind_of(words)
        and len(parts) > 1
        and all(word[0].isupper() and (not word.isupper() or word.endswith(".")) for word in parts)
        and _ROLE.search(parts[-1]) is None
        and (_ROLES | _ALONE | frozenset(bodies().persons)).isdisjoint(word.casefold() for word in parts)
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
        f"“{actor.name}” is a description and no name; readers would take it for the name of a person.",
        actor.location,
        help=f"Write it under “unnamed:”: {actor.id}: {in_braces(words)}. If it is a name, add “type: Person”; if it is a group’s, “type: Organization”.",
    )
