"""Quoted words of which the text itself says that they were not said."""

import re
from collections.abc import Iterator

from builder.checks.quotations import scanned, shortened
from builder.content.anchoring import spans
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.i18n.patterns import late
from builder.model import Site

_REACH = 60
"""Characters beside a quotation that are read."""

_SIGNS = "”“\"»«’‘'„›‹"
_SAY = r"(?:say|said|saying|tell|told|telling|write|written|writing|add|reply|use|used|utter|uttered)"
_NOT = (
    r"(?:did|do|does|has|have|had|would|could|will)(?:\s+(?:not|never)|n[’']t)|never|(?:refus|declin)(?:es|ed|e|ing)\s+to|cannot|can[’']t"
)
_WORDS = r"(?:\s+(?:the\s+)?(?:words?|phrase|sentence|that|anything\s+like))?"
_BEFORE = late(
    rf"(?<!\w)(?:(?:{_NOT})\s+(?:(?:ever|actually|once|really|publicly)\s+)?{_SAY}{_WORDS}"
    rf"|never\s+(?:did|has|had)\s+(?:\w+\s+){{1,3}}{_SAY}{_WORDS}"
    rf"|(?<!not )(?<!n’t )(?<!n't )(?<!never )den(?:ies|ied|y|ying)\s+(?:ever\s+)?(?:having\s+)?{_SAY}{_WORDS}"
    r"|(?:sagte|sagt|schrieb|hat|habe)\s+(?:nicht|nie|niemals)"
    r"|n[’']a\s+(?:pas|jamais)\s+(?:dit|écrit)|(?:no|nunca|jamás)\s+(?:dijo|ha\s+dicho|escribió)|non\s+(?:ha\s+)?(?:mai\s+)?(?:detto|disse|scritto)"
    r"|(?:não|nunca|jamais)\s+(?:disse|escreveu)|(?:zei|schreef)\s+(?:niet|nooit)|sa(?:de)?\s+(?:inte|aldrig|ikke)"
    r"|(?:не|никогда не)\s+(?:говорила?|сказала?|писала?)|(?:не|ніколи не)\s+(?:казав|казала|говорив|говорила|писав|писала))"
    rf"(?:\s+(?:that|dass|que|che|что))?\s*[,:]?\s*[{_SIGNS}]?\Z",
    re.IGNORECASE,
)
"""Bob Cox did not say: “…”"""
_BEHIND = late(
    rf"[{_SIGNS}]*,?\s+(?:(?!(?:but|and|though|while|when|who)\b)[^\W\d_](?:(?!\b(?:but|and|though|while|when|who)\b)[^,.;:?!{_SIGNS}]){{0,30}}\s)?(?:(?:{_NOT})\s+(?:say|said|write|written|add|reply)(?!\s+(?:why|when|where|how|whether|more|who|what|if)\b)"
    r"|(?:was|were)(?:\s+(?:not|never)|n[’']t)\s+(?:ever\s+)?(?:said|written)"
    r"|(?:nicht|nie|niemals)\s+(?:gesagt|geschrieben)|(?:sagte|schrieb)\s+(?:\w+\s+){1,3}(?:nicht|nie|niemals)"
    r"|n[’']a\s+(?:pas|jamais)\s+(?:dit|écrit)|(?:no|nunca)\s+dijo|non\s+disse|não\s+disse)(?!\w)",
    re.IGNORECASE,
)
"""“…,” Bob Cox did not say."""
_NEGATIONS = (
    "not ",
    "n’t ",
    "n't ",
    "never",
    "deny",
    "denie",
    "refus",
    "declin",
    "nicht",
    " nie",
    "niemals",
    "pas dit",
    "pas écrit",
    "jamais",
    "no di",
    "no ha d",
    "no escr",
    "nunca",
    "jamás",
    "non ",
    "não ",
    "niet",
    "nooit",
    "inte ",
    "aldrig",
    "ikke",
    "не ",
)
"""One of these stands in all that matches: asked first, since it costs less."""


_DENIED = late(
    r"(?<!not )(?<!n’t )(?<!n't )(?<!never )(?<!body )(?<!one )\bden(?:ies|ied|y|ying)\s+that\s+\Z|\b(?:never|not|n[’']t)\s+(?:claim|claimed|claiming)\s+that\s+\Z"
    r"|(?<!nicht )\bbestr(?:eitet|itt|itten|eiten),?\s+dass\s+\Z|\bdementier(?:t|te|ten),?\s+dass\s+\Z|\b(?:negó|niega|niegan|desmintió)\s+que\s+\Z"
    r"|\b(?:nie|nient|dément|a démenti)\s+qu(?:e\s+|[’'])\Z|отрица(?:ет|л|ла|ют),?\s+что\s+\Z|否认\Z",
    re.IGNORECASE,
)
"""Bob Cox denied that [the boat runs]{by=bob-cox}"""


def paraphrases_denied(site: Site, slug: str) -> Iterator[Diagnostic]:
    """Nobody is given words in a paraphrase that they deny, or did not say, by the sentence in which it stands."""
    body = site.bodies[slug]
    if not body.marks:
        return
    told = {quote.id: quote for quote in map(site.quotes.__getitem__, site.quotes_in[slug]) if quote.mode == "indirect"}
    for part in spans(body) if told else ():
        before = _beside(body.text, part.start, part.end)[0]
        if part.quote in told and (_DENIED.search(before) or _BEFORE.search(before)):
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
    body, quotes, at = site.bodies[slug], {}, None
    for passage in passages:
        before, behind = _beside(body.text, passage.start, passage.end)
        small = f"{before} {behind}".casefold()
        if not any(word in small for word in _NEGATIONS) or not (_BEFORE.search(before) or _BEHIND.match(behind)):
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


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the text of the same paragraph before and behind a quotation, as far as it is read."""
    before = text[max(0, start - _REACH) : start].rpartition("\n\n")[2].replace("\n", " ")
    return before, text[end : end + _REACH].partition("\n\n")[0].replace("\n", " ")
