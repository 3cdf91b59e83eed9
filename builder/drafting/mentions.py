"""Collects the mentions of a sentence: every phrase for a person or a body, with the apposition beside it."""

import msgspec

from builder.drafting.coreference import MentionedEntities
from builder.drafting.descriptions import bare, is_plural, text_of
from builder.drafting.entities import Entity
from builder.drafting.findings import BODY, PERSON, UNNAMED
from builder.drafting.noun_kinds import GROUP, ROLE, THING
from builder.drafting.organizations import MAY_BE_BODIES, is_company, is_firm
from builder.drafting.phrases import NAME, OTHER, PRONOUN, Phrase
from builder.drafting.subjects import SubjectReader
from builder.drafting.tokens import QUOTED, WORD
from builder.i18n.lexicons import first_names
from builder.linking.actor_types import kind_of

_ONE = frozenset({"a", "an", "ein", "eine"})
_CALLED = frozenset({"known", "identified", "named", "called", "referred"})
_HOLDS = {"chairs": "chair", "heads": "head", "leads": "leader", "directs": "director", "owns": "owner"}
"""Verbs by which somebody holds an office, and what they are: “Leonora Vask, who chairs the Friends of …”."""
_NEAR = 4
"""Words in which one of them stands before “as”."""
_PLACED = frozenset({"in", "near"})
"""Prepositions before the name of a place."""
_CLAUSE = 14
"""Words of a clause between an office and its name."""
_SHEETS = frozenset({"statement", "letter", "note", "message", "memo", "post", "email"})
_SHOUTED = 4
"""Words in capitals that make a headline."""
_CLOSING = frozenset((",", ".", ";", "(", ")", ":"))

Mentions = dict[tuple[int, int], Entity]
"""The entity of each phrase, by sentence and first token."""


def collect_mentions(cast: MentionedEntities, reader: SubjectReader, sentence: int, found: Mentions) -> None:
    """Add the mentions of a sentence to the cast, in order, and to `found`."""
    tokens, known, n = reader.tokens, cast.lexicon, 0
    has_subject = False
    if sum(token.kind == WORD for token in tokens) == 1 and tokens[0].text.isupper():
        return  # the place that a report was sent from
    if sum(token.kind == WORD for token in tokens) >= _SHOUTED and all(token.text.isupper() for token in tokens if token.kind == WORD):
        return  # a headline in capitals, where no name can be told
    while n < len(tokens):
        phrase = reader.phrase(n)
        if phrase is not None and phrase.kind == THING and (owner := _owner(reader, phrase)) is not None:
            somebody = cast.resolve(owner, tokens)
            if somebody is not None:
                cast.add_mention(somebody, sentence, owner.start, subject=False)
        if phrase is not None and phrase.kind == THING and _is_office_of_name(reader, phrase):
            phrase = msgspec.structs.replace(phrase, kind=ROLE)  # “the alcalde of Alvo, Joaquim Teles,”
        if (owner := _named_owner(reader, n)) is not None and (somebody := cast.resolve(owner, tokens)) is not None:
            cast.add_mention(somebody, sentence, n, subject=False)
        if phrase is not None and phrase.kind == GROUP and phrase.head in _SHEETS and not known.capitals:
            phrase = msgspec.structs.replace(phrase, kind=THING)  # whose statement it is, `ArticleState` finds
        if phrase is None or phrase.kind in {THING, OTHER}:
            n = n + 1 if phrase is None or phrase.kind == OTHER else max(n + 1, phrase.core)
            continue
        before = tokens[n - 1].low if n else ""
        if phrase.kind == ROLE and before == "as" and (same := _known_as(cast, reader, n, sentence)) is not None:
            same.heads.add(phrase.head)
            found[sentence, phrase.start] = same
            n = max(n + 1, phrase.core)
            continue
        subject = before not in known.prepositions and (
            not has_subject or before in known.conjunctions | known.says or before in {",", "", ";"}
        )
        if phrase.kind == PRONOUN:
            has_subject |= _pronoun(cast, phrase, sentence, found, subject=subject)
            n += 1
            continue
        entity, end = _beside(cast, reader, phrase, sentence, found)
        if entity is not None:
            found[sentence, phrase.start] = entity
            if phrase.name is not None:
                found[sentence, phrase.name[0]] = entity
            if before in _PLACED and entity.kind == BODY and len(entity.name.split()) == 1:
                entity.is_place = True
            cast.add_mention(entity, sentence, phrase.start, subject=subject)
            has_subject |= subject
        n = max(n + 1, end)


def _owner(reader: SubjectReader, phrase: Phrase) -> Phrase | None:
    """Return whose a thing is: the phrase of “her grandfather” in “her grandfather’s diary”."""
    if reader.lexicon.capitals or phrase.determiner not in reader.lexicon.possessives:
        return None
    for n in range(phrase.start + 1, phrase.core - 1):
        word = reader.tokens[n].low
        if word.endswith("'s") and reader.kind_of(bare(word)) == ROLE:
            return Phrase(phrase.start, n + 1, n + 1, ROLE, bare(word), phrase.determiner)
    return None


def _behind_clause(reader: SubjectReader, n: int) -> int:
    """Return the comma behind a clause with “who” that a name follows: “the engineer who drew the bridge, Tom Adeyemi,”; `n` where none does."""
    tokens = reader.tokens
    if reader.low_at(n) not in {"who", "whose"}:
        return n
    comma = next((k for k in range(n, min(n + _CLAUSE, len(tokens))) if tokens[k].text == ","), n)
    name = reader.phrase(comma + 1) if comma > n else None
    return comma if name is not None and name.kind == NAME and name.end < len(tokens) and tokens[name.end].text == "," else n


def _named_owner(reader: SubjectReader, n: int) -> Phrase | None:
    """Return the name in the genitive that begins at a token: “Ellen Sharp’s son”, “Prime Minister Frode Aasen’s office”."""
    tokens, end = reader.tokens, n
    if reader.lexicon.capitals:
        return None
    while end < len(tokens) and tokens[end].kind == WORD and tokens[end].text[0].isupper():
        end += 1
        if tokens[end - 1].low.endswith("'s"):
            break
    if end - n < 2 or not tokens[end - 1].low.endswith("'s"):
        return None
    first = next((k for k in range(n, end - 1) if tokens[k].low in first_names.KNOWN and tokens[k].low not in reader.lexicon.titles), None)
    title = next((k + 1 for k in range(end - 3, n - 1, -1) if tokens[k].low in reader.lexicon.titles | reader.lexicon.honours.keys()), None)
    first = first if first is not None else title
    if first is None:
        return None
    return Phrase(n, end, end, NAME, bare(tokens[end - 1].low), "", (first, end), (n, first) if first > n else None)


def _is_office_of_name(reader: SubjectReader, phrase: Phrase) -> bool:
    """Return whether a noun that the lists do not have is an office: a person’s name stands behind it between commas."""
    tokens, end = reader.tokens, phrase.end
    if reader.lexicon.capitals or phrase.determiner != "the" or end + 1 >= len(tokens) or tokens[end].text != ",":
        return False
    name = reader.phrase(end + 1)
    if name is None or name.name is None or name.name[1] - name.name[0] == 1:
        return False
    words = text_of(tokens, name.name)
    closes = name.end < len(tokens) and tokens[name.end].text == ","
    return closes and not kind_of(words) and not is_firm(words) and _is_verb_behind(reader, name.end + 1)


def _is_verb_behind(reader: SubjectReader, n: int) -> bool:
    """Return whether a verb stands at a token, behind an adverb at most."""
    known = reader.lexicon
    n += reader.low_at(n) in known.adverbs
    low = reader.low_at(n)
    return low in known.says | known.calls | known.auxiliaries | known.verbs or low.endswith("ed")


def _known_as(cast: MentionedEntities, reader: SubjectReader, n: int, sentence: int) -> Entity | None:
    """Return the entity that the words at a token name: “a sailor, who can only be identified as Witness F”."""
    if not any(token.low in _CALLED for token in reader.tokens[max(0, n - _NEAR) : n]):
        return None
    here = [mention.entity for mention in cast.mentions if mention.sentence == sentence and mention.entity.kind == UNNAMED]
    return here[0] if here else None


def _pronoun(cast: MentionedEntities, phrase: Phrase, sentence: int, found: Mentions, *, subject: bool) -> bool:
    """Record the antecedent of a pronoun, and return whether it is the subject."""
    if cast.lexicon.pronouns[phrase.head] not in {"m", "f", "a"}:
        return False
    may = cast.antecedents(phrase.head, sentence, phrase.start)
    if not may:
        return False
    cast.learn_gender(phrase.head, may, sentence)
    found[sentence, phrase.start] = may[0][1]
    cast.add_mention(may[0][1], sentence, phrase.start, subject=subject).is_pronoun = True
    return True


def _beside(cast: MentionedEntities, reader: SubjectReader, phrase: Phrase, sentence: int, found: Mentions) -> tuple[Entity | None, int]:
    """Return the entity of a phrase and its apposition, and the token after them."""
    tokens, known = reader.tokens, cast.lexicon
    called = _called(reader, phrase)
    if called is not None and phrase.kind == ROLE:
        return _with_office(cast, reader, called, phrase, sentence, found), called.core
    after = phrase.end if phrase.kind != NAME else phrase.core
    if phrase.kind == ROLE and after + 1 < len(tokens) and tokens[after].kind == QUOTED and tokens[after + 1].text == ",":
        after += 1  # “the head of the company “Mostbau”, Viktor Genz,”
    if phrase.kind == ROLE and phrase.determiner in known.definite:
        after = _behind_clause(reader, after)
    comma = after < len(tokens) and tokens[after].text == ","
    other = reader.phrase(after + 1) if comma else None
    if comma and phrase.kind == NAME and (held := _held(reader, after + 1)) and (entity := cast.resolve(phrase, tokens)) is not None:
        entity.kind, entity.certain = PERSON, True
        cast.add_role(entity, held)
        return entity, phrase.core
    if other is not None and phrase.kind == ROLE and other.kind == ROLE and (called := _called(reader, other)) is not None:
        neighbour = _with_office(cast, reader, called, other, sentence, found)  # “her neighbour, a farmer called Olaf Brun,”
        cast.add_role(neighbour, text_of(tokens, (phrase.start, phrase.end)))
        return neighbour, called.core
    if other is None or not _closes(reader, other):
        return cast.resolve(phrase, tokens), phrase.core
    entity = _named_after_role(cast, reader, phrase, other)
    if entity is None:
        entity = cast.resolve(phrase, tokens)
        if entity is None or not _takes_description(cast, reader, entity, phrase, other):
            return entity, phrase.core
    found[sentence, other.start] = entity
    return entity, other.core


def _named_after_role(cast: MentionedEntities, reader: SubjectReader, role: Phrase, name: Phrase) -> Entity | None:
    """Return the entity of a name behind its role: “the superintendent, Paul Brandt,”; None if the two phrases are not that."""
    known = cast.lexicon
    if role.kind != ROLE or name.kind != NAME or _is_of_joined(reader, role, name):
        return None
    if not (role.determiner or not role.start or _is_of_somebody(reader, role)):
        return None
    if is_plural(role.head, role.determiner, known) and not _is_of_somebody(reader, role):
        return None
    entity = cast.resolve(name, reader.tokens)
    if entity is None:
        return None
    is_person = entity.kind == BODY and (len(entity.name.split()) > 1 or role.head in known.men | known.women)
    if is_person and not (kind_of(entity.name) or is_firm(entity.name)):
        entity.kind = PERSON
    if entity.kind != PERSON and role.head not in MAY_BE_BODIES:
        return None
    cast.add_role(entity, text_of(reader.tokens, (role.start, role.end)))
    return entity


def _takes_description(cast: MentionedEntities, reader: SubjectReader, entity: Entity, phrase: Phrase, other: Phrase) -> bool:
    """Add what the phrase behind an entity says of it: what it is, or which office it holds. Returns whether it says that."""
    tokens, known = reader.tokens, cast.lexicon
    if entity.kind == UNNAMED and phrase.kind == ROLE and other.kind == ROLE and other.determiner in _ONE:
        entity.heads.add(other.head)  # “one of the cooks, a young man,”
        entity.gender = entity.gender or ("m" if other.head in known.men else "f" if other.head in known.women else "")
        return True
    if phrase.kind != NAME:
        return False
    if not entity.certain and other.determiner in _ONE | {"the"}:
        description = text_of(tokens, (other.start, other.core))
        if is_company(description):  # “Hollin & Pryce, an engineering firm,”
            cast.mark_as_company(entity, description)
            return True
    is_office = other.kind == ROLE and not is_plural(other.head, other.determiner, known)
    is_office = is_office and not (other.determiner in known.possessives and _is_of_next_name(reader, other))
    is_office = is_office and bool(other.determiner or tokens[other.start].text[0].islower())
    if entity.kind == UNNAMED or not is_office:
        return False
    cast.add_role(entity, text_of(tokens, (other.start, other.end)))  # “Tomas Bergen, the port’s chief engineer,”
    if not kind_of(entity.name) and not is_firm(entity.name) and other.head not in MAY_BE_BODIES:
        entity.kind, entity.certain = PERSON, True
        entity.gender = entity.gender or first_names.gender(entity.name.split()[0])
    return True


def _called(reader: SubjectReader, phrase: Phrase) -> Phrase | None:
    """Return the name after a phrase that introduces it: called, named."""
    if phrase.end >= len(reader.tokens) or reader.tokens[phrase.end].low not in {"called", "named", "namens"}:
        return None
    name = reader.phrase(phrase.end + 1)
    return name if name is not None and name.kind == NAME else None


def _with_office(cast: MentionedEntities, reader: SubjectReader, name: Phrase, office: Phrase, sentence: int, found: Mentions) -> Entity:
    """Return the entity of a name with an office beside it."""
    entity = cast.resolve(name, reader.tokens)
    assert entity is not None  # a name always names somebody
    entity.kind, entity.certain = PERSON, True
    entity.gender = entity.gender or first_names.gender(entity.name.split()[0])
    cast.add_role(entity, text_of(reader.tokens, (office.start, office.end)))
    found[sentence, name.start] = found[sentence, office.start] = entity
    return entity


def _is_of_somebody(reader: SubjectReader, phrase: Phrase) -> bool:
    """Return whether a phrase begins with a name in the genitive: Ellery’s predecessor, Holzapfels Vorgänger."""
    first, before = reader.tokens[phrase.start], reader.tokens[phrase.start : phrase.end - 1]
    ending = ("s", "’", "'") if reader.lexicon.capitals else ("'s", "’s", "s'", "s’")
    return phrase.end - phrase.start > 1 and first.text[0].isupper() and any(token.low.endswith(ending) for token in before)


def _is_of_joined(reader: SubjectReader, phrase: Phrase, name: Phrase) -> bool:
    """Return whether a name behind a phrase is that of a company within it: “a spokeswoman for the owners, Tarn Estates,”."""
    if phrase.end == phrase.core or reader.lexicon.capitals:
        return False
    last = reader.tokens[phrase.end - 1].low
    is_person = name.name is not None and reader.tokens[name.name[0]].low in first_names.KNOWN
    return not is_person and (last in MAY_BE_BODIES or last.removesuffix("s") in MAY_BE_BODIES or is_company(last))


def _is_of_next_name(reader: SubjectReader, office: Phrase) -> bool:
    """Return whether an office belongs to the name behind it, and not to the one before: “seen by the Argus, its director, Kevin Grout,”."""
    if office.end >= len(reader.tokens) or reader.tokens[office.end].text != ",":
        return False
    name = reader.phrase(office.end + 1)
    return name is not None and name.kind == NAME and _closes(reader, name)


def _closes(reader: SubjectReader, phrase: Phrase) -> bool:
    """Return whether an apposition ends with a phrase."""
    tokens = reader.tokens
    if phrase.end >= len(tokens):
        return True
    after = tokens[phrase.end]
    return after.text in _CLOSING or after.kind == "quoted" or after.low in reader.lexicon.relatives


def _held(reader: SubjectReader, n: int) -> str:
    """Return the office that “who chairs the Friends of Tarnmouth Baths” tells, in the words of an office; "" if no such clause begins."""
    tokens = reader.tokens
    if n + 2 >= len(tokens) or tokens[n].low != "who" or (office := _HOLDS.get(tokens[n + 1].low)) is None:
        return ""
    inner = reader.phrase(n + 2)
    return f"{office} of {text_of(tokens, (inner.start, inner.end))}" if inner is not None and inner.kind != PRONOUN else ""
