"""Quoted words of which the text itself says that they were not said."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from builder.checks.beside_quotations import beside
from builder.checks.quotations import scanned, shortened
from builder.content.anchoring import spans
from builder.content.quotations.negations import reverses_meaning
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.i18n.lexicons.speech import JOINED, SPEECH, Speech, any_of, words_of
from builder.i18n.patterns import late
from builder.i18n.tags import language_code
from builder.model import Site

_REACH = 80
"""Characters beside a quotation that are read."""

_SIGNS = "”“\"»«’‘'„›‹「」『』"
_OBJECT = r"(?:\s+(?:the\s+)?(?:words?|phrase|sentence|that|anything\s+like)|\s*这句话|\s*這句話)?"
"""“never used the words”, between a verb and the words."""
_BUT = r"(?:but|and|though|while|when|who|aber|und|mais|et|pero|y|но|и|але)"
"""Words behind which another clause begins."""
_QUESTION = r"(?!\s+(?:why|when|where|how|whether|more|who|what|if|warum|wann|wo|wie|mehr|pourquoi|quand|plus|por qué|cuándo|más|почему|когда|больше)\b)"
"""“did not say why” is said of another thing."""
_NAME = r"(?:[\w.’'-]+\s+){1,4}"


_EN, _DE = SPEECH["en"], SPEECH["de"]
_NOT_SO = rf"(?:{any_of(_EN.untrue)}|{any_of(_EN.withdraws, _EN.denies, _EN.rejects)}\s+(?:[\w’'-]+\s+){{0,3}}{any_of(_EN.reports)})"
"""“It is not true”, “the Gazette withdrew its report”, before “that Bob Cox said”."""
_NOT_SO_WORDS = words_of(_EN.untrue, _EN.withdraws, _EN.denies, _EN.rejects) | words_of(
    "no|not|never|nothing|nobody|none|nor|any|little|scant|without|hardly|far|isn|wasn|unable|cannot|can|couldn|wrong|mistake|misleading|absurd|nonsense|lied"
    "|wrongly|falsely|mistakenly|erroneously|incorrectly|took|takes|taken|taking|retraction|apologised|apologized|apologises|apologizes|walked|backed|rule|rules|ruled|ruling"
)
"""Words of which one stands in it: asked for first, since it costs less."""
_REPORT = late(
    rf"(?<!\w){_NOT_SO}\b[^.;:“”]{{0,30}}\b(?:that|to\s+say)\s+(?:that\s+)?{_NAME}(?:had\s+|ever\s+)?{any_of(_EN.says)}{_OBJECT}(?:\s+that)?\s*[,:]?\s*[{_SIGNS}]?\s*\Z",
    re.IGNORECASE,
)
_REPORTED: Mapping[str, tuple[str, ...]] = {
    "en": (
        rf"never\s+(?:did|has|had)\s+{_NAME}{any_of(_EN.say)}{_OBJECT}",
        rf"(?<!not )(?<!n’t )(?<!n't )(?<!never )(?:deny|denies|denied|denying)\s+(?:(?:ever|having)\s+){{0,2}}{any_of(_EN.say)}{_OBJECT}",
    ),
    "de": (r"(?:leugnet|leugnete|bestritt|bestreitet|dementierte|dementiert),?\s+(?:jemals\s+)?gesagt\s+zu\s+haben",),
}
"""Wordings of one language for what stands right before words that were not said."""
_BEHIND: Mapping[str, tuple[str, ...]] = {
    "en": (r"(?:was|were)(?:\s+(?:not|never)|n[’']t)\s+(?:ever\s+)?(?:said|written|spoken|uttered)",),
    "de": (rf"(?:hat|habe|haben|hatte)\s+(?:\w+\s+){{1,3}}(?:nicht|nie|niemals)\s+(?:so\s+)?{any_of(_DE.say)}",),
}


class _Wordings(NamedTuple):
    """How a language says that words were not said."""

    before: re.Pattern[str]
    """Right before them: Bob Cox did not say: “…”"""
    behind: re.Pattern[str]
    """Right behind them: “…,” Bob Cox did not say."""
    denied: re.Pattern[str] | None
    """Right before what somebody denies: Bob Cox denied that [the boat runs]{by=bob-cox}; None where the language has no such word."""


def _wordings(tag: str, row: Speech) -> _Wordings:
    """Return the wordings that the words of a language make."""
    blank = r"\s*" if tag in JOINED else r"\s+"
    unsaid = f"{any_of(row.nots)}(?:{blank}{any_of(row.between)})*{blank}{any_of(row.say)}" if row.nots and row.say else r"(?!)"
    that = f"(?:,?{blank}{any_of(row.that)})?" if row.that else ""
    before = [f"{unsaid}{_OBJECT}", row.misquoted and any_of(row.misquoted), *_REPORTED.get(tag, ())]
    begin = "" if tag in JOINED else r"(?<!\w)"
    ends = "" if tag in JOINED else r"(?!\w)"
    subject = (
        rf"(?:(?!{_BUT}\b)[^\W\d_](?:(?!\b{_BUT}\b)[^,.;:?!{_SIGNS}]){{0,30}}\s)?"
        if tag not in JOINED
        else rf"[^。，；：！？{_SIGNS}]{{0,8}}"
    )
    behind = [rf"{subject}{unsaid}{_QUESTION}", row.misquoted_behind and any_of(row.misquoted_behind), *_BEHIND.get(tag, ())]
    denied = None
    if row.denies and row.that:
        denied = late(
            rf"\b{any_of(row.denies)}(?:\s+(?:again|on \w+|firmly|any reports?|reports|rumou?rs))?,?\s+{any_of(row.that)}\s*\Z",
            re.IGNORECASE,
        )
    elif row.denies:
        denied = late(rf"{any_of(row.denies)}\Z")
    return _Wordings(
        late(rf"{begin}(?:{'|'.join(filter(None, before))}){that}\s*[,:：，]?\s*[{_SIGNS}]?\s*\Z", re.IGNORECASE),
        late(rf"\s*[{_SIGNS}]*[,，]?[\s—–-]*(?:{'|'.join(filter(None, behind))}){ends}", re.IGNORECASE),
        denied,
    )


_WORDINGS = {tag: _wordings(tag, row) for tag, row in SPEECH.items() if row.nots or row.misquoted or row.misquoted_behind}
"""Language → how it says that words were not said."""


def _by_word(*fields: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of some fields of the rows, small and with a capital, each with the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for tag in _WORDINGS.keys() - JOINED:
        for word in words_of(*(getattr(SPEECH[tag], field) for field in fields)):
            for form in (word, word.capitalize()):
                found[form] = (*found.get(form, ()), tag)
    return found


_CUES, _NEGATIONS, _SAID = _by_word("cues"), _by_word("nots", "reverses", "denies"), _by_word("say")
_THATS = _by_word("that")
_WORD = late(r"[^\W\d_]+")


def paraphrases_denied(site: Site, slug: str) -> Iterator[Diagnostic]:
    """Nobody is given words in a paraphrase that they deny, or did not say, by the sentence in which it stands."""
    body = site.bodies[slug]
    if not body.marks:
        return
    told = {quote.id: quote for quote in map(site.quotes.__getitem__, site.quotes_in[slug]) if quote.mode == "indirect"}
    for part in spans(body) if told else ():
        before, behind = beside(body.text, part.start, part.end, _REACH)
        if part.quote in told and _is_unsaid(before, behind, _tag(site, slug)):
            quote = told.pop(part.quote)
            yield Diagnostic(
                "quote-not-said",
                f"By its sentence “{shortened(body.text[part.start : part.end])}” was denied or not said, and pages show it as a paraphrase.",
                quote.location,
                help="Mark what they say: [denied that the boat is sold]{by=ID}; or give the words to whoever says them.",
                severity=WARNING,
            )


def words_not_said(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No words have a record as somebody's own of which the text says that they were not said."""
    passages = scanned(site, slug).passages
    if not passages:
        return
    body, quotes, at, tag = site.bodies[slug], {}, None, _tag(site, slug)
    for passage in passages:
        before, behind = beside(body.text, passage.start, passage.end, _REACH)
        if not _is_unsaid(before, behind, tag):
            continue
        if at is None:
            at = [(span.start, span.end, span.quote) for span in spans(body)]
            quotes = {quote.id: quote for quote in (site.quotes[key] for key in site.quotes_in[slug])}
        told = next(
            (quotes[quote_key] for start, end, quote_key in at if start < passage.end and end > passage.start and quote_key in quotes), None
        )
        if told is None or told.mode == "indirect":
            continue
        yield Diagnostic(
            "quote-not-said",
            f"The text says that “{shortened(body.text[passage.start : passage.end])}” was not said, and pages show it as a quote.",
            Location(site.explainers[slug].location.path, passage.line, passage.column),
            help="If nobody said it, delete its record and write {quote=no} behind it; else correct the text.",
            severity=WARNING,
        )


def _tag(site: Site, slug: str) -> str:
    return language_code(site.explainers[slug].lang or site.settings.language)


def _is_unsaid(before: str, behind: str, tag: str) -> bool:
    """Return whether the text beside some words says that they were not said, or denies them. `tag` is the language of the text; foreign words count too."""
    left, right = _WORD.findall(before), _WORD.findall(behind)
    if any(_WORDINGS[language].before.search(before) for language in _languages(left)):
        return True
    if any(_WORDINGS[language].behind.match(behind) for language in _languages(right)):
        return True
    # “denied that”, “it is not true that Cox said”
    if left and left[-1] in _THATS and any(_is_denied(before, language) for language in _THATS[left[-1]]):
        return True
    if tag in JOINED:
        wordings = _WORDINGS[tag]
        return _is_denied(before, tag) or any((wordings.before.search(before), wordings.behind.match(behind)))
    return (
        ("that" in left or "say" in left)
        and not _NOT_SO_WORDS.isdisjoint(word.lower() for word in left)
        and _REPORT.search(before) is not None
    )


def _languages(words: list[str]) -> set[str]:
    """Return the languages in which words may say that something was not said: by a word of negation and one of saying, or by one of misquoting."""
    found: set[str] = set()
    if not _CUES.keys().isdisjoint(words):
        found.update(language for word in words if word in _CUES for language in _CUES[word])
    if not _NEGATIONS.keys().isdisjoint(words) and not _SAID.keys().isdisjoint(words):
        negated = {language for word in words if word in _NEGATIONS for language in _NEGATIONS[word]}
        found.update(negated.intersection(language for word in words if word in _SAID for language in _SAID[word]))
    return found


def _is_denied(before: str, language: str) -> bool:
    """Return whether a verb of denial stands right before words, and is not itself denied."""
    denied = _WORDINGS[language].denied
    found = denied.search(before) if denied is not None else None
    return found is not None and not reverses_meaning(" ".join(before[: found.start()].split()[-2:]), language)
