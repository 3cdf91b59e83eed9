"""Resolves names, offices, descriptions and pronouns to the entities of an article, in reading order."""

import re
from collections.abc import Iterator, Sequence

from builder.drafting import described_persons, namesakes
from builder.drafting.descriptions import bare, head_of, is_plural, nominative, singular, text_of, with_article
from builder.drafting.entities import Entities, Entity, EntityMention, agreement, companies
from builder.drafting.findings import BODY, PERSON, UNNAMED
from builder.drafting.noun_kinds import GROUP, ROLE, SOMEBODY
from builder.drafting.organizations import is_company, is_firm
from builder.drafting.phrases import NAME, OTHER, Phrase
from builder.drafting.tokens import Token
from builder.i18n.lexicons import first_names
from builder.i18n.lexicons.lexicon import Lexicon, words
from builder.linking.actor_types import kind_of

_SAME_PARAGRAPH = 3.5
"""Weight of antecedents in the paragraph of a pronoun."""

_FAR_AHEAD = 4.0
"""Weight by which the likeliest antecedent must be ahead of the next to be beyond doubt."""

_REACH = 14
"""Sentences back in which a pronoun is looked for."""

_NOT_ONE = frozenset({"nobody", "everyone", "everybody", "anyone", "anybody", "niemand", "jemand"})
"""Indefinite pronouns, which are never antecedents."""

_OF_MEN = frozenset({"ein", "eines", "einem", "einen", "des", "den"})
"""German articles that no noun for a woman has."""

_HOURS = words("one two three four five six seven eight nine ten eleven twelve")
_COUNSEL = frozenset({"KC", "QC"})
KIN = words(
    "husband wife son daughter brother sister father mother partner uncle aunt mann frau sohn tochter bruder schwester vater mutter"
)
"""Words for what somebody is to another: no position."""
_BEHIND = frozenset({"KC", "QC", "MP", "MEP", "MSP", "MD", "PhD", "OBE", "MBE"})
"""Letters after a name that are not part of it."""


class MentionedEntities:
    """The entities mentioned so far."""

    def __init__(self, lexicon: Lexicon, paragraphs: Sequence[int] = (), headings: frozenset[int] = frozenset()) -> None:
        self.lexicon = lexicon
        self.paragraphs = paragraphs
        """Of each sentence its paragraph."""
        self.headings = headings
        """Which sentences are headings."""
        self.entities = Entities()
        self.mentions: list[EntityMention] = []
        self._in_sentence: dict[int, list[EntityMention]] = {}
        self.rivals: dict[int, list[Entity]] = {}
        """By where a surname stands, all whom it may mean where nothing tells: first whoever the article has called so alone before, if anybody."""

    # --- resolving phrases ------------------------------------------------

    def add_mention(self, entity: Entity, sentence: int, token: int, *, subject: bool) -> EntityMention:
        """Add a mention of an entity."""
        made = EntityMention(entity, sentence, token, subject=subject)
        entity.last = len(self.mentions)
        self.mentions.append(made)
        self._in_sentence.setdefault(sentence, []).append(made)
        return made

    def of_sentence(self, sentence: int) -> Sequence[EntityMention]:
        """Return the mentions of a sentence."""
        return self._in_sentence.get(sentence, ())

    def is_mentioned(self, entity: Entity, sentence: int) -> bool:
        """Return whether a sentence mentions an entity."""
        return any(entity_mention.entity is entity for entity_mention in self._in_sentence.get(sentence, ()))

    def resolve(self, phrase: Phrase, tokens: Sequence[Token]) -> Entity | None:
        """Return the entity of a phrase, adding a new one if needed. None for a thing."""
        if phrase.kind == NAME:
            described = described_persons.of_origin(phrase, tokens, self.mentions, self.lexicon)
            return described if described is not None else self._named(phrase, tokens)
        if phrase.kind == ROLE:
            return self._described(phrase, tokens)
        if phrase.kind == GROUP:
            return self._body(phrase, tokens)
        if phrase.kind == OTHER:
            return self._another(phrase, tokens)
        return None

    def _new(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        return entity

    def _named(self, phrase: Phrase, tokens: Sequence[Token]) -> Entity:
        assert phrase.name is not None
        begin, end = phrase.name
        words = [*(token.text for token in tokens[begin : end - 1]), bare(tokens[end - 1].text)]
        words[0] = words[0].capitalize() if phrase.determiner and begin == phrase.start else words[0]  # “the Post” is The Post
        while len(words) > 1 and words[0].lower() in self.lexicon.honours:
            words = words[1:]
        is_counsel = words[-1] in _COUNSEL
        while len(words) > 1 and words[-1].rstrip(".") in _BEHIND:
            words = words[:-1]
        honours = [self.lexicon.honours.get(token.low, "") for token in tokens[phrase.start : end]]
        role = text_of(tokens, phrase.roles) if phrase.roles else ""
        titled = any(token.low in self.lexicon.honours for token in tokens[phrase.start : end])
        name = " ".join(words)
        is_body = is_company(role) and not titled
        found = self._of_name(words)
        if found is not None and len(words) == 1:
            found = self._of_surname(found, phrase, tokens)
        if found is None:
            kind = BODY if is_body else self._kind(phrase, words, titled=titled or (bool(role) and not is_firm(name)))
            found = self._new(Entity(kind, name))
        elif len(words) > len(found.name.split()) and found.kind == PERSON:
            self.entities.rename(found, name)
        if is_body and not found.certain:
            self.mark_as_company(found, role)
        elif titled or (role and found.kind == PERSON):
            found.kind, found.certain = PERSON, True
        if role and not is_body:
            self.add_role(found, role)
        if is_counsel:
            found.heads.add("barrister")
        if found.kind == PERSON:
            found.gender = (
                found.gender
                or next(filter(None, honours), "")
                or (first_names.gender(words[0]) if len(words) > 1 or found.certain or words[0].lower() in first_names.KNOWN else "")
            )
        return found

    def mark_as_company(self, entity: Entity, description: str) -> None:
        """Record that an entity is a company, and the words that say so: “the firm” then means it."""
        entity.kind, entity.organization = BODY, True
        low = [bare(word).lower() for word in description.split()]
        entity.words |= set(low)
        entity.heads.add(head_of(low, self.lexicon))

    def add_role(self, entity: Entity, role: str) -> None:
        """Record an office or a description of an entity."""
        words = role.split()
        if len(words) > 1 and bare(words[1]) == words[1]:  # “the port’s engineer” keeps its article
            small = self.lexicon.definite | self.lexicon.possessives | {"a", "an", "one", "ein", "eine", "einer"}
            words = words[1:] if words[0].lower() in small else words
        honours = {honour.rstrip(".") for honour in self.lexicon.honours}
        while words and words[0].lower().rstrip(".") in honours:
            words = words[1:]
        while words and words[-1].lower().rstrip(".") in honours:
            words = words[:-1]
        if not words:
            return
        plain = " ".join(words)
        if plain not in entity.roles:
            entity.roles.append(plain)
        low = {bare(word).lower() for word in words}
        entity.words |= low
        if words[0].lower() == "detective":
            entity.heads.add("detective")
        head = head_of([bare(word).lower() for word in words], self.lexicon)
        entity.heads.add(head)
        for part in (head, head.rpartition("-")[2]):
            entity.gender = entity.gender or ("m" if part in self.lexicon.men else "f" if part in self.lexicon.women else "")
        if self.lexicon.capitals and not entity.gender:
            entity.gender = "f" if head.endswith("in") else "m" if head in self.lexicon.titles else ""

    def _kind(self, phrase: Phrase, words: Sequence[str], *, titled: bool) -> str:
        name = " ".join(words)
        if titled:
            return PERSON
        is_of_name = phrase.determiner not in self.lexicon.that | _HOURS  # “said that Ann Lee”, “at seven Ann Lee”
        if phrase.determiner and is_of_name and not phrase.roles:
            return BODY
        if len(words) > 1 and words[0].lower() in first_names.KNOWN and words[-1].lower() not in self.lexicon.bodies:
            return PERSON
        if (
            kind_of(name)
            or is_firm(name)
            or words[-1].lower() in self.lexicon.bodies
            or any(word.lower() in self.lexicon.bodies for word in words)
        ):
            return BODY
        if len(words) > 1 or words[0].lower() in first_names.KNOWN:
            return PERSON if not (len(words[0]) > 1 and words[0].isupper() and len(words) == 1) else BODY
        return BODY

    def _of_name(self, words: Sequence[str]) -> Entity | None:
        """Return the entity with a name: the whole name, or a part of it."""
        name = " ".join(words)
        named = [entity for entity in self.entities.with_word(words[-1]) if entity.kind != UNNAMED and entity.name[:1].isupper()]
        same = [entity for entity in named if entity.name == name]
        people = [entity for entity in named if entity.kind == PERSON]
        if same:
            return max(same, key=lambda entity: entity.last)
        if len(words) == 1:
            last = [entity for entity in people if entity.surname == name]
            alone = [entity for entity in last if entity.by_surname]  # “Kallio” goes on meaning whom it has meant before
            last = alone or last
            first = [entity for entity in people if entity.first_name == name]
            found = max(last or first, key=lambda entity: entity.last, default=None)
            if found is not None and last == [found]:
                found.by_surname = True
            return found
        alone = [entity for entity in named if entity.name == words[-1]]
        if alone and not is_firm(name) and not kind_of(name) and all(word.lower() not in self.lexicon.bodies for word in words):
            alone[-1].kind = PERSON
            return alone[-1]
        parts = [entity for entity in people if " " in entity.name and (entity.first_name, entity.surname) == (words[0], words[-1])]
        return max(parts, key=lambda entity: entity.last, default=None)

    def _of_surname(self, found: Entity, phrase: Phrase, tokens: Sequence[Token]) -> Entity:
        """Return whom a surname means; where others have it too and nothing tells, they are noted as rivals."""
        name = found.surname
        same = [entity for entity in self.entities.with_word(name) if entity.kind == PERSON and entity.surname == name]
        same = [entity for entity in same if " " in entity.name]
        if found not in same or len(same) == 1:
            return found
        told = namesakes.meant(phrase, tokens, same, self.lexicon)
        if told is None:
            assert phrase.name is not None
            self.rivals[tokens[phrase.name[1] - 1].start] = sorted(same, key=lambda entity: entity is not found)
        return told or found

    def _described(self, phrase: Phrase, tokens: Sequence[Token]) -> Entity:
        known = self.lexicon
        core = [bare(token.low) for token in tokens[phrase.start : phrase.core] if token.low not in known.determiners]
        text = bare(text_of(tokens, (phrase.start, phrase.end)))
        plural = is_plural(phrase.head, phrase.determiner, known)
        if phrase.determiner in known.definite or phrase.determiner in {"der", "die", "das", "dem", "den"}:
            found = self._again(phrase.head, set(core) - {phrase.head}, plural=plural)
            is_title = tokens[phrase.core - 1].text[0].isupper() and not known.capitals  # “the Speaker” of a parliament
            if found is None and not is_title and len(core) == 1 and phrase.end == phrase.core and not plural:
                found = described_persons.without_name(phrase.head, phrase.determiner, self.entities, self.mentions, known)
            if found is None and not plural:
                found = described_persons.of_description(phrase, tokens, self.entities, self.mentions, known)
            if found is not None:
                return found
        if phrase.determiner in known.possessives and phrase.head in KIN and phrase.end == phrase.core:
            kin = [entity for entity in self.entities if entity.kind == PERSON and phrase.head in entity.heads]
            if len(kin) == 1:
                return kin[0]  # “her husband Rolf”, and later “her husband”
        if phrase.determiner == "one" and tokens[phrase.start + 1].low == "of":
            parent = self._again(phrase.head, set(), plural=True)
            if parent is not None:
                text = f"one of {parent.name}"
            plural = False
        if not phrase.determiner or plural or phrase.determiner in known.possessives:
            same = [entity for entity in self.entities if entity.kind == UNNAMED and entity.name.lower() == text.lower()]
            if same:
                return same[-1]
        if phrase.determiner in known.definite:
            text = text.partition(" ")[2] if tokens[phrase.start].low in known.definite else text
            text = with_article(text, tokens[phrase.start].text)
        first = tokens[phrase.start]
        if first.text[0].isupper() and (
            first.low in known.determiners | known.others.keys() or (first.low in known.people and not known.capitals)
        ):
            text = text[0].lower() + text[1:]
        text, head = nominative(text, phrase.head, known)
        made = self._new(Entity(UNNAMED, text))
        made.plural = plural
        made.words = set(core)
        made.heads = {phrase.head, head}
        last = head.rpartition("-")[2]
        self.entities.rename(made, re.sub(r"^(\w*[Kk]reise)n\b", r"\1", text))  # “aus Kreisen der Verwaltung”
        made.gender = "m" if last in known.men else "f" if last in known.women else ""
        if known.capitals and not made.gender and not plural:
            made.gender = "f" if head.endswith("in") else "m" if phrase.determiner in _OF_MEN else ""
        return made

    def _again(self, head: str, modifiers: set[str], *, plural: bool) -> Entity | None:
        """Return the last entity that was described by such words."""
        stem, more = self._stem(head), {"first", "second", "same", "former", "said", "then", "now"}
        same = [entity for entity in self.entities if entity.plural == plural and any(self._stem(other) == stem for other in entity.heads)]
        is_past = "then" in modifiers  # “the then mayor” is not the one named as mayor now
        same = [entity for entity in same if modifiers <= entity.words | more and (not is_past or entity.kind == UNNAMED)]
        return max(same, key=lambda entity: entity.last, default=None)

    def like(self, entity: Entity) -> list[Entity]:
        """Return the other single sources without a name that are described by the same noun, the last mentioned first."""
        stems = {self._stem(singular(head)) for head in entity.heads}
        fit = [other for other in self.entities if other is not entity and other.kind == UNNAMED and not other.plural and other.last >= 0]
        return sorted(
            (entity for entity in fit if stems & {self._stem(singular(head)) for head in entity.heads}), key=lambda entity: -entity.last
        )

    def _stem(self, head: str) -> str:
        """Return a noun without its case ending: Beamter, Beamte."""
        return re.sub(r"(?:er|en|em|es|e|n|r|s)$", "", head) if self.lexicon.capitals else head

    def _body(self, phrase: Phrase, tokens: Sequence[Token]) -> Entity:
        core = [bare(token.low) for token in tokens[phrase.start : phrase.core] if token.low not in self.lexicon.determiners]
        text = text_of(tokens, (phrase.start, phrase.end))
        if phrase.determiner:
            same = [
                entity
                for entity in self.entities
                if entity.kind == BODY and set(core) <= entity.words | {word.lower() for word in entity.name.split()}
            ]
            if not same and is_company(phrase.head):
                same = companies(self.entities)
            if same and phrase.determiner in self.lexicon.definite:
                return max(same, key=lambda entity: entity.last)
        same = [entity for entity in self.entities if entity.kind == BODY and entity.name.lower() == text.lower()]
        if same:
            return same[-1]
        made = self._new(Entity(BODY, text))
        made.words, made.heads, made.plural = set(core), {phrase.head}, phrase.head == "operators"
        return made

    def _another(self, phrase: Phrase, tokens: Sequence[Token]) -> Entity:
        """Return the next of a kind: “Another said” after a diplomat has spoken."""
        spoke = [mention.entity for mention in self.mentions if mention.speaks and mention.entity.kind != BODY and mention.entity.heads]
        before = [entity for entity in self.entities if entity.kind == UNNAMED and entity.last >= 0]
        several = [entity for entity in before if entity.plural]
        like = spoke[-1] if spoke and spoke[-1].plural else max([*spoke[-1:], *several], key=lambda entity: entity.last, default=None)
        like = like or max(before, key=lambda entity: entity.last, default=None)
        text, head = text_of(tokens, (phrase.start, phrase.end)), ""
        if phrase.end - phrase.start == 3 and like is not None and like.plural:  # “one of them”
            text = f"{tokens[phrase.start].low} {tokens[phrase.start + 1].low} {like.name}"
        elif phrase.end - phrase.start == 3:
            text = text.lower()
        if like is not None and phrase.end - phrase.start == 1 and self.lexicon.others.get(phrase.head) in {"other", "one", "some"}:
            head = max(like.heads, key=len, default="")
            text = f"{text.lower()} {singular(head)}" if phrase.head in {"another", "one", "other"} else text
        elif like is not None and phrase.determiner in self.lexicon.definite and phrase.head == "other":
            head = max(like.heads, key=len, default="")
            text = f"{text.lower()} {singular(head)}"
        made = self._new(Entity(UNNAMED, text))
        made.heads = {singular(head) or phrase.head}
        made.words = {singular(head)} - {""}
        made.plural = phrase.head not in {"another", "one", "other", "eine", "einer", "ein"}
        return made

    def thing(self, phrase: Phrase, tokens: Sequence[Token]) -> Entity:
        """Return the entity of a thing that makes a statement: a report."""
        again = self._again(phrase.head, set(), plural=False) if phrase.determiner in self.lexicon.definite else None
        if again is not None and again.kind == UNNAMED:
            return again
        described = (
            described_persons.of_description(phrase, tokens, self.entities, self.mentions, self.lexicon)
            if phrase.determiner in self.lexicon.definite
            else None
        )
        if described is not None:
            return described
        text = text_of(tokens, (phrase.start, phrase.end))
        same = [entity for entity in self.entities if entity.kind == BODY and phrase.head in entity.heads]
        if same and phrase.determiner in self.lexicon.definite:
            return same[-1]
        is_somebody = bool(SOMEBODY.fullmatch(phrase.head)) and not self.lexicon.capitals
        is_somebody |= self.lexicon.capitals and phrase.determiner in {"ein", "eine"}
        made = self._new(
            Entity(UNNAMED if is_somebody else BODY, text[0].lower() + text[1:] if is_somebody and phrase.determiner else text)
        )
        made.heads = {phrase.head}
        return made

    # --- pronouns ------------------------------------------------

    def antecedents(self, pronoun: str, sentence: int, token: int) -> list[tuple[float, Entity]]:
        """Return the antecedents of a pronoun with their weights, the likeliest first."""
        wanted = self.lexicon.pronouns.get(pronoun, "")
        weights: dict[int, tuple[float, Entity]] = {}
        for mention in reversed(self.mentions):
            distance = sentence - mention.sentence
            if distance > _REACH:
                break
            if distance < 0 or (distance == 0 and mention.token >= token):
                continue
            entity = mention.entity
            if entity.heads & _NOT_ONE:
                continue
            fit = agreement(entity, wanted)
            if fit is None or (self.lexicon.capitals and entity.kind == BODY and wanted != "n" and not mention.subject):
                continue
            if mention.sentence in self.headings and entity.kind == UNNAMED:
                continue  # “The man who counts the rain”, above an article that names him
            weight = 10.0 - 2.4 * distance + (3 if mention.subject else 0) + (2 if mention.speaks else 0) + fit
            weight += _SAME_PARAGRAPH if self._together(mention.sentence, sentence) else 0
            if id(entity) not in weights or weights[id(entity)][0] < weight:
                weights[id(entity)] = (weight, entity)
        return sorted(weights.values(), key=lambda pair: (-pair[0], -pair[1].last))

    def learn_gender(self, pronoun: str, may: Sequence[tuple[float, Entity]], sentence: int) -> None:
        """Record whether somebody is a man or a woman by a pronoun that means them and, by far, nobody else; of somebody unnamed only within their sentence."""
        wanted, (weight, entity) = self.lexicon.pronouns.get(pronoun, ""), may[0]
        alone = len(may) == 1 or weight - may[1][0] >= _FAR_AHEAD
        last = self.mentions[entity.last]
        is_near = entity.kind == PERSON or (entity.kind == UNNAMED and last.sentence == sentence and not last.is_pronoun and last.subject)
        if wanted in {"m", "f"} and is_near and not entity.plural and not entity.gender and alone:
            entity.gender = wanted

    def _together(self, one: int, other: int) -> bool:
        """Return whether two sentences stand in one paragraph."""
        return other < len(self.paragraphs) and self.paragraphs[one] == self.paragraphs[other]

    def persons(self) -> Iterator[Entity]:
        """Yield the possible speakers, the last mentioned first."""
        yield from sorted((entity for entity in self.entities if entity.last >= 0 and entity.kind != BODY), key=lambda entity: -entity.last)
