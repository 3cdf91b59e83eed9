"""Whom an article mentions: a person or a body, and each phrase or pronoun for it."""

from collections.abc import Sequence

from builder.drafting.descriptions import bare
from builder.drafting.findings import BODY, PERSON
from builder.drafting.organizations import MAY_BE_BODIES, is_firm, is_organization
from builder.i18n.lexicons import first_names


class Entity:
    """A person or a body, with its description so far."""

    def __init__(self, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name
        """The name; a description for an unnamed person."""
        self.certain = False
        """Whether it is certain that the name is of a person."""
        self.organization = is_organization(name)
        """Whether it is certain that the name is of a company or an association."""
        self.gender = ""
        self.is_place = False
        """Whether the name is of a place, which no “he” means."""
        self.plural = False
        self.roles: list[str] = []
        self.words: set[str] = set()
        """The words of all descriptions, by which “the senior official” is found again."""
        self.heads: set[str] = set()
        self.by_surname = False
        """Whether the article has called them by their surname alone."""
        self.last = -1
        """Which mention was its last."""

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return self.name.split()[0]

    @property
    def surname(self) -> str:
        """The last word of the name; the only one of a name of one word."""
        return self.name.split()[-1]

    @property
    def unsure(self) -> bool:
        """Whether the words leave open that the name is of no person."""
        told = self.certain or any(bare(role.split()[-1]).lower() not in MAY_BE_BODIES for role in self.roles)
        return self.kind == PERSON and not told and self.first_name.lower().split("-")[0] not in first_names.KNOWN

    @property
    def is_called_owner(self) -> bool:
        """Whether the article says of a body what companies are: owner, operator, maker."""
        return any(bare(role.split()[-1]).lower() in MAY_BE_BODIES for role in self.roles)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"


class EntityMention:
    """A phrase or a pronoun for an entity."""

    def __init__(self, entity: Entity, sentence: int, token: int, *, subject: bool) -> None:
        self.entity, self.sentence, self.token, self.subject = entity, sentence, token, subject
        self.speaks = False
        self.is_pronoun = False


def agreement(entity: Entity, wanted: str) -> float | None:
    """Return how well a pronoun’s gender and number fit somebody; None if it cannot mean them."""
    if wanted in {"m", "f"}:
        if entity.is_place and entity.kind == BODY:
            return None
        if entity.plural or (entity.kind == BODY and (entity.heads or " " in entity.name)):
            return None
        if entity.gender:
            return 2.0 if entity.gender == wanted else None
        return -0.5 if entity.kind != BODY else -3.0
    if wanted == "n":
        return 1.0 if entity.kind == BODY else None
    if wanted == "p":
        return 1.5 if entity.plural else 0.0 if entity.kind == BODY else None
    if wanted == "a":  # German “sie”: she, or they
        if entity.gender == "m" and not entity.plural:
            return None
        return 2.0 if entity.gender == "f" or entity.plural else -0.5 if entity.kind != BODY else -3.0
    return None


def companies(entities: Sequence[Entity]) -> list[Entity]:
    """Return those whom “the company” may mean; of an owner, who might be a person, these words tell that it is one."""
    sure = [
        entity for entity in entities if entity.kind == BODY and (entity.organization or is_firm(entity.name) or entity.is_called_owner)
    ]
    unsure = [entity for entity in entities if entity.kind == PERSON and entity.unsure and entity.is_called_owner and not entity.gender]
    if not sure and len(unsure) == 1:
        unsure[0].kind, unsure[0].organization = BODY, True
        return unsure
    return sure


class Entities(list[Entity]):
    """All entities, in the order of their first mentions, which are found by a word of their name without a look at each."""

    def __init__(self) -> None:
        super().__init__()
        self._by_word: dict[str, dict[int, Entity]] = {}
        self._numbers: dict[int, int] = {}

    def append(self, entity: Entity) -> None:
        """Add an entity behind all others."""
        self._numbers[id(entity)] = len(self)
        super().append(entity)
        self._note(entity)

    def rename(self, entity: Entity, name: str) -> None:
        """Give an entity another name."""
        entity.name = name
        if id(entity) in self._numbers:
            self._note(entity)

    def _note(self, entity: Entity) -> None:
        for word in entity.name.split():
            self._by_word.setdefault(word, {})[self._numbers[id(entity)]] = entity

    def with_word(self, word: str) -> list[Entity]:
        """Return the entities with a word in their name, now or before, in their order."""
        return [entity for _, entity in sorted(self._by_word.get(word, {}).items(), key=lambda item: item[0])]
