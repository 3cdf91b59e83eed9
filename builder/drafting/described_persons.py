"""Resolves descriptions of somebody whom an article has named: “the striker”, “the Irishwoman”, “the head of the region”."""

from collections.abc import Iterable, Sequence

from builder.drafting.descriptions import bare
from builder.drafting.entities import Entity, EntityMention
from builder.drafting.findings import BODY, PERSON, UNNAMED
from builder.drafting.phrases import Phrase
from builder.drafting.tokens import Token
from builder.i18n.lexicons.lexicon import Lexicon, words

_OF_SPORT = words(
    """striker defender midfielder winger goalkeeper keeper forward goalscorer scorer fullback full-back centre-back centre-half playmaker captain skipper batsman batter bowler
    pitcher quarterback linebacker sprinter cyclist rider racer runner climber swimmer rower boxer skater skier jumper thrower hurdler golfer gymnast wrestler judoka
    debutant substitute champion medallist medalist winner runner-up jockey oarsman oarswoman sportsman sportswoman stürmer stürmerin verteidiger verteidigerin torwart torhüter torhüterin
    mittelfeldspieler mittelfeldspielerin angreifer kapitän sprinter läufer läuferin siegerin sieger"""
)
_OF_LIFE = words(
    "veteran teenager youngster newcomer father-of-one father-of-two father-of-three mother-of-one mother-of-two mother-of-three grandmother grandfather billionaire millionaire"
)
_OF_ORIGIN = ("woman", "man")
"""Ends of words for where somebody comes from: Irishwoman."""
_LEADS = frozenset({"head", "chief", "leader", "boss"})
"""Nouns for whoever leads something, under whatever title."""
_IN_COURT = frozenset({"barrister", "counsel", "prosecutor", "lawyer", "solicitor", "judge", "coroner", "attorney", "magistrate"})
"""Who asks a witness."""
_OF_EVIDENCE = frozenset({"evidence", "testified", "testifies", "testifying"})
_NEAR = 2
"""Sentences back in which a description has the person whom it means."""


def is_description(head: str, word: str) -> bool:
    """Return whether a noun with “the” describes somebody named before rather than telling of somebody new: `head` in small letters, `word` as it is written."""
    return head in _OF_SPORT | _OF_LIFE or (head.endswith(_OF_ORIGIN) and word[0].isupper() and head not in _OF_ORIGIN)


def note_witness(entity: Entity, tokens: Sequence[Token]) -> None:
    """Record that “the witness” is whoever speaks in a sentence about giving evidence."""
    if entity.kind == PERSON and not entity.heads & _IN_COURT and _OF_EVIDENCE & {token.low for token in tokens}:
        entity.heads.add("witness")


def is_guess(entity: Entity, phrase: Phrase) -> bool:
    """Return whether only the place of a description tells whom it means: no words of the article call somebody that."""
    if entity.kind != PERSON or phrase.name is not None or phrase.head not in _OF_SPORT | _OF_LIFE | _LEADS:
        return False
    return not any(phrase.head in role.lower().split() for role in entity.roles)


def person_described(head: str, mentions: Sequence[EntityMention], lexicon: Lexicon) -> Entity | None:
    """Return the person named last before a description, as the subject of a sentence nearby rather than otherwise; None if there is none."""
    gender = "f" if head.endswith("woman") or head in lexicon.women else "m" if head.endswith("man") or head in lexicon.men else ""
    found: Entity | None = None
    for mention in reversed(mentions):
        entity = mention.entity
        if mention.sentence <= mentions[-1].sentence - _NEAR:
            break
        if entity.kind != PERSON or entity.plural or (gender and entity.gender and entity.gender != gender):
            continue
        if mention.subject:
            return entity
        found = found or entity
    return found


def leader_of(head: str, complement: Iterable[str], entities: Sequence[Entity]) -> Entity | None:
    """Return the one person whose office has the same complement: “the head of the region” for the governor of the region; None if there is none, or several."""
    wanted = set(complement)
    if head not in _LEADS or not wanted:
        return None
    fit = [entity for entity in entities if entity.kind == PERSON and wanted <= entity.words]
    return fit[0] if len(fit) == 1 else None


def of_description(
    phrase: Phrase, tokens: Sequence[Token], entities: Sequence[Entity], mentions: Sequence[EntityMention], lexicon: Lexicon
) -> Entity | None:
    """Return the person named before whom “the striker” or “the head of the region” means; None if the words tell of somebody new."""
    complement = {bare(token.low) for token in tokens[phrase.core : phrase.end]} - lexicon.definite - lexicon.prepositions
    found = leader_of(phrase.head, complement, entities)
    if found is None and not complement and is_description(phrase.head, tokens[phrase.core - 1].text):
        found = person_described(phrase.head, mentions, lexicon)
    if found is not None:
        found.heads.add(phrase.head)
    return found


def of_origin(phrase: Phrase, tokens: Sequence[Token], mentions: Sequence[EntityMention], lexicon: Lexicon) -> Entity | None:
    """Return whom “the Irishwoman” means, which is written like a name; None if it is none of these, or means somebody new."""
    is_alone = phrase.determiner in lexicon.definite and phrase.end == phrase.start + 2
    if not is_alone or not is_description(phrase.head, tokens[phrase.end - 1].text):
        return None
    found = person_described(phrase.head, mentions, lexicon)
    if found is not None:
        found.heads.add(phrase.head)
    return found


def without_name(
    head: str, determiner: str, entities: Sequence[Entity], mentions: Sequence[EntityMention], lexicon: Lexicon
) -> Entity | None:
    """Return the entity that “the person” or “the man” means: the last unnamed one."""
    if head == "witness":
        spoke = (mention.entity for mention in reversed(mentions) if mention.speaks and mention.entity.kind == PERSON)
        return next((entity for entity in spoke if not entity.heads & _IN_COURT), None)
    if head.endswith(("year-old", "-jährige", "-jähriger")):
        return _of_age({"der": "m", "die": "f"}.get(determiner, "") if lexicon.capitals else "", entities)
    if head in {"official", "politician"}:
        offices = [entity for entity in entities if entity.kind == PERSON and entity.last >= 0 and entity.heads & lexicon.titles]
        return max(offices, key=lambda office: office.last, default=None)
    if head not in lexicon.anybody:
        return None
    gender = "m" if head in lexicon.men else "f" if head in lexicon.women else ""
    fit = [entity for entity in entities if entity.kind == UNNAMED and not entity.plural and entity.last >= 0]
    fit = [entity for entity in fit if not (gender and entity.gender and entity.gender != gender)]
    return max(fit, key=lambda entity: entity.last, default=None)


def _of_age(gender: str, entities: Sequence[Entity]) -> Entity | None:
    """Return whom “the 29-year-old” means: the person mentioned last."""
    fit = [entity for entity in entities if entity.kind != BODY and not entity.plural and entity.last >= 0]
    fit = [entity for entity in fit if not (gender and entity.gender and entity.gender != gender)]
    return max(fit, key=lambda entity: entity.last, default=None)
