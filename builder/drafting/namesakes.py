"""Tells apart two people with one surname, by what stands around it: “Ms Hale”, “Mayor Hale”, “Hale said she was tired”."""

from collections.abc import Sequence

from builder.drafting.descriptions import bare
from builder.drafting.entities import Entity
from builder.drafting.phrases import Phrase
from builder.drafting.tokens import QUOTED, WORD, Token
from builder.i18n.lexicons.lexicon import Lexicon

_OF_PRONOUN = {"he": "m", "she": "f", "his": "m", "her": "f", "himself": "m", "herself": "f"}
_HEARER = {"him": "m", "her": "f"}
"""Objects, which name whoever is spoken to: “Hale told her”."""


def meant(phrase: Phrase, tokens: Sequence[Token], of_surname: Sequence[Entity], lexicon: Lexicon) -> Entity | None:
    """Return whom of those with a surname a phrase means, by a title, an office or a pronoun in its own sentence; None if nothing tells."""
    before = [token.low for token in tokens[phrase.start : phrase.end]]
    gender = next(filter(None, (lexicon.honours.get(low, "") for low in before)), "") or _pronoun(phrase, tokens, lexicon)
    if gender:
        fit = [entity for entity in of_surname if entity.gender == gender]
        return fit[0] if len(fit) == 1 and all(entity.gender for entity in of_surname) else None
    office = {bare(token.low) for token in tokens[slice(*phrase.roles)]} if phrase.roles else set()
    fit = [entity for entity in of_surname if office & (entity.words | entity.heads)]
    return fit[0] if len(fit) == 1 else None


def _pronoun(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> str:
    """Return the gender of the pronoun behind a name in its sentence; "" if none stands there, or another name before it."""
    hearer = ""
    behind = () if lexicon.capitals else tokens[phrase.end :]
    for n, token in enumerate(behind):
        if token.kind == QUOTED:
            continue
        if token.text[0].isupper() and token.low not in lexicon.times:
            return ""
        if token.low in _HEARER and not (token.low == "her" and _is_noun(behind[n + 1 : n + 2], lexicon)):
            hearer = _HEARER[token.low]
        elif _OF_PRONOUN.get(token.low, hearer) != hearer:  # in “Hale told her she may go”, nothing tells who “she” is
            return _OF_PRONOUN[token.low]
    return ""


def _is_noun(following: Sequence[Token], lexicon: Lexicon) -> bool:
    """Return whether a noun, or an adjective before one, follows: “her crew”, and not “told her the crew” or “told her on Monday”."""
    small = (
        lexicon.determiners,
        lexicon.prepositions,
        lexicon.pronouns,
        lexicon.conjunctions,
        lexicon.that,
        lexicon.auxiliaries,
        lexicon.adverbs,
    )
    return any(
        token.kind == WORD and token.low not in lexicon.relatives and not any(token.low in words for words in small) for token in following
    )
