"""The kind of a noun: a person, a body such as a council, or a thing; by the lists of a language and by its ending."""

import re

from builder.i18n.lexicons.lexicon import Lexicon

ROLE, GROUP, THING = "role", "body", "thing"

_AGENT = re.compile(
    r".{3,}(?:ist|ian|man|woman|men|women|person|people|eer|ists|ians|eers|(?:keep|mak|work|own|driv|play|dwell|go|mong|teach)ers?|(?:hold|mast)ers|(?:smith|wright)s?)$"
)
_AGENT_DE = re.compile(
    r".{3,}(?:minister|meister|sprecher|leiter|chef|präsident|direktor|vorsitzende|vorsitzender|vorsitzenden|beauftragte|beauftragter|vertreter|mitarbeiter"
    r"|beamter|beamte|beamten|anwalt|anwält|experte|forscher|händler|arbeiter|führer|ärzt|besitzer|betreiber|inhaber|helfer|politiker|diplomat|soldat|kanzler"
    r"|sekretär|berater|fahrer|gänger|wärter|bäcker|spieler|sänger|maler|schreiber|hörer|zuschauer|käufer|mieter|winzer|fischer|züchter|tischler|schüler|turner|werker|angler|gärtner"
    r"|metzger|friseur|monteur|ingenieur|redakteur|funktionär|kritiker|musiker|techniker|mechaniker|kassierer|schaffner|wohner|schwimmer|taucher|retter|reiter|läufer|pfleger|gründer|manager|verwalter|kapitän|pfarrer|ologe|ologin|kreise)(?:in|innen|n|en|s|e|ern)?$"
)
_AFTER_ARTICLE = re.compile(
    r".{3,}(?:mann|frau|leute|bauer|lehrer|richter|arzt|rat|räte|rätin|wirt|wirtin|nachbar|nachbarin|ist|isten|istin|ent|enten|entin|iker)$"
)
"""Ends of German nouns for people that are those of surnames too."""

SOMEBODY = re.compile(
    r"(?!.*(?:letter|paper|poster|sticker|flyer|banner|folder|ledger|register|order|monitor|chapter|charter|answer|number|server|meter|printer|sensor|cover|corner|computer)$)"
    r".{3,}(?:er|or|ee|hand|mate|maid|smith|wright|ary)"
)
"""Endings of nouns for people, except for printed matter and instruments."""

_SHORTEST = 3
"""Letters: a noun for a body that has no more is too short to end longer ones."""


def kind_of(lexicon: Lexicon, head: str, determiner: str = "") -> str:
    """Return what a noun stands for, in small letters, with the determiner before it: `ROLE`, `GROUP` or `THING`."""
    last = head.rpartition("-")[2] if not head.endswith("-one") else head  # “ninety-one” is a number
    if head.endswith("year-old") or head in lexicon.people or last in lexicon.people:
        return ROLE
    if head in lexicon.bodies or last in lexicon.bodies:
        return GROUP
    if lexicon.capitals:
        return _of_german(lexicon, head, determiner)
    if head.endswith("s") and head[:-1] in lexicon.people:
        return ROLE
    return ROLE if _AGENT.match(head) or (last != head and _AGENT.match(f"---{last}")) else THING


def _of_german(lexicon: Lexicon, head: str, determiner: str) -> str:
    if re.fullmatch(r"\d+-jährige[rn]?", head):
        return ROLE
    if is_german_agent(head) or (determiner and _AFTER_ARTICLE.match(head)):
        return ROLE
    if any(head.removesuffix(ending) in lexicon.people for ending in ("s", "es", "n", "en")):
        return ROLE
    return GROUP if any(head.endswith(body) for body in lexicon.bodies if len(body) > _SHORTEST) else THING


def is_german_agent(head: str) -> bool:
    """Return whether a German noun ends as those for people do."""
    return bool(_AGENT_DE.match(head))
