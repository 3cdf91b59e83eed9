"""Finds the quote that a denial is about: only one of the same sentence or the one before, by another speaker, and only where its words say so."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from builder import urls
from builder.drafting import cues
from builder.drafting.findings import INDIRECT, UNRESOLVED, ArticleText
from builder.drafting.tokens import Sentence
from builder.drafting.utterances import Utterance
from builder.i18n.lexicons.lexicon import Lexicon

_THAT = re.compile(
    r"""(?:it|this|that|so | (?:the|this|that|these|those|any\ such|her|his|their)\ (?:claim|accusation|allegation|charge|assertion)s?
    | das|dies|es | (?:den|die|diesen|diese)\ (?:Vorwurf|Vorwürfe|Anschuldigung(?:en)?|Behauptung(?:en)?) )(?!\w)""",
    re.VERBOSE,
)
"""What is denied where it stands for the words before."""
_ENDS = re.compile(r"\s*(?:$|[.,;:!?“”\"„»«]|(?:on|in|at|when|am|im|bei)\s)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 4
"""Letters by which forms of a word count as the same: taken, taking."""
_SHARED = 2
"""One in so many words of a denial is among those that it denies, at least."""
_IN_ID = 6
"""Words of a quote in the id that it gets where it has none of its own."""
_OF_ANY = """deny denied denies denying that this have has had was were been being will would could should with from they them their there then than
    any and the his her she him for not are who what which when said says bestritt bestreitet bestritten dementierte dementiert dass das die der
    den dem ein eine einen sei seien habe haben hatte hätte wird werde würde nicht und sie ihr sein seine"""
_COMMON = frozenset(_OF_ANY.split())
"""Words that say nothing of what is denied."""
_NOTHING: Mapping[int, Utterance] = MappingProxyType({})


def denied_quotes(
    article: ArticleText, sentences: Sequence[Sentence], utterances: Sequence[Utterance], lexicon: Lexicon
) -> Mapping[int, Utterance]:
    """Return, by the number of each denial, the one utterance that it denies; nothing for one that may deny several, or none."""
    found = {}
    for n, utterance in enumerate(utterances):
        told = _denial(article, sentences, utterance, lexicon)
        if not told or utterance.entity is None or utterance.how == UNRESOLVED:
            continue
        near = [other for other in utterances[:n] if other.sentence in {utterance.sentence - 1, utterance.sentence} and not other.nobody]
        heads = {id(head): head for other in near for head in (_head(other),)}
        fit = [head for head in heads.values() if head.entity is not utterance.entity]
        if (
            len(fit) == 1
            and fit[0].entity is not None
            and fit[0].how != UNRESOLVED
            and not fit[0].denied
            and _is_about(article, told, fit[0])
        ):
            found[n] = fit[0]
    return found or _NOTHING


def id_of_quote(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the id that a quote of some words gets where it has none of its own."""
    return id_of_words(" ".join(text[low:high] for low, high in spans))


def id_of_words(words: str) -> str:
    """Return the id that a quote gets by its words."""
    return urls.slug(" ".join(words.split()[:_IN_ID]))


def _denial(article: ArticleText, sentences: Sequence[Sentence], utterance: Utterance, lexicon: Lexicon) -> str:
    """Return the words of a denial behind its verb; "" if there is none. “He denied it: “No.”” is one too."""
    if utterance.cue is None or utterance.joins is not None or (utterance.kind == INDIRECT) != utterance.denied:
        return ""
    tokens = sentences[utterance.sentence].tokens
    verb = utterance.cue.verb
    if not 0 <= verb < len(tokens) or not cues.denies(lexicon, tokens, verb):
        return ""
    end = utterance.spans[-1][1] if utterance.kind == INDIRECT else utterance.spans[0][0]
    return article.text[tokens[verb].end : end].strip()


def _head(utterance: Utterance) -> Utterance:
    while utterance.joins is not None:
        utterance = utterance.joins
    return utterance


def _is_about(article: ArticleText, told: str, denied: Utterance) -> bool:
    """Return whether a denial means some words: it says “it” or “the claim”, or repeats some of them."""
    whole = _THAT.match(told)
    if whole is not None and _ENDS.match(told, whole.end()):
        return True
    said = " ".join(article.text[low:high] for low, high in denied.spans)
    stems = _stems(told)
    return bool(stems) and len(stems & _stems(said)) * _SHARED >= len(stems)


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in map(str.lower, _WORD.findall(words)) if word not in _COMMON}
