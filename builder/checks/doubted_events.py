"""Events marked in a sentence that does not say that they happened: “He denied that [the boat was sold]{on=2025-10-12}”."""

import re
from collections.abc import Iterator

from builder.checks.event_titles import hearsay
from builder.checks.made_by_marks import made_by_mark
from builder.content.quotations.negations import reverses_meaning
from builder.diagnostics import WARNING, Diagnostic
from builder.i18n.patterns import late
from builder.model import FACTS, Event, Site

_REACH = 90
"""Characters before the marked words that are read."""

_CLAUSE = r"(?:(?!\b(?:that|and|but|dass|und|aber)\b)[^,;:—–()“”«»„\"]){0,60}"
"""Words of the same clause."""
_THAT = r"\b(?:that|if|whether)\s+(?:\w+\s+){0,2}\Z"
_ENGLISH = (
    (
        rf"\b(?:den(?:y|ies|ied|ying)|denials?|disput(?:e|es|ed|ing)|doubt(?:s|ed|ing)?|refut(?:e|es|ed|ing)|reject(?:s|ed|ing)?)\b{_CLAUSE}{_THAT}",
        "denied",
    ),
    (r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing))\s+(?:(?:ever|having|the|any)\s+){0,2}\Z", "denied"),
    (
        rf"\b(?:no|little|scant|without)\s+(?:\w+\s+)?(?:evidence|proof|sign|signs|indication|confirmation|reason to believe)\b{_CLAUSE}{_THAT}",
        "alleged",
    ),
    (
        rf"\b(?:not|isn['’]t|wasn['’]t)\s+(?:true|certain|clear|known|confirmed|proven|sure|established|the case)\b{_CLAUSE}{_THAT}",
        "alleged",
    ),
    (rf"\b(?:unclear|unknown|uncertain|untrue|false|unproven|unconfirmed)\b{_CLAUSE}{_THAT}", "alleged"),
    (
        rf"\b(?:alleg(?:e|es|ed|ing|ations?)|claim(?:s|ed|ing)?|suspect(?:s|ed|ing)?|suspicions?|rumou?rs?|accusations?|speculation)\b{_CLAUSE}\bthat\s+(?:\w+\s+){{0,2}}\Z",
        "alleged",
    ),
    (
        rf"\b(?:fear(?:s|ed|ing)?|hop(?:e|es|ed|ing)|warn(?:s|ed|ing)?|threat(?:s|en|ens|ened|ening)?|expect(?:s|ed|ing)?|predict(?:s|ed|ing|ions?)?)\b{_CLAUSE}\bthat\s+(?:\w+\s+){{0,2}}\Z",
        "expected",
    ),
    (rf"\b(?:accus(?:e|es|ed|ing)|suspect(?:s|ed|ing)?)\b{_CLAUSE}\bof\s+(?:having\s+)?\Z", "alleged"),
    (r"\b(?:perhaps|maybe|possibly|conceivably)\b,?\s(?!because|to\b)[^,;:—–()“”«»„\"]{0,40}\Z", "alleged"),
    (r"\b(?:nobody|no one|none)\b[^.;,]{0,40}\b(?:believes?|believed|thinks?|thought|showed|shows|proved)\s+that\s+\Z", "alleged"),
    (
        rf"\b(?:myth|lie|hoax|fiction|never any (?:proof|evidence)|wrong to (?:say|think)|lied when \w+ said)\b{_CLAUSE}\bthat\s+\Z",
        "alleged",
    ),
    (r"\bcontrary to (?:reports|rumou?rs|claims),?\s*\Z|\b(?:far from|instead of|rather than|almost|nearly)\s+\Z", "denied"),
    (r"\b(?:has|have) yet to\s+\Z|\b(?:promised|pledged|vowed|agreed) to\s+\Z", "planned"),
    (r"\b(?<!even )(?<!as )(?:if|unless|whether)\s+(?:(?!that\b)[^\W\d_]+\s+){0,3}\Z", "conditional"),
    (r"\b(?-i:may|might|could|would|should)\s+(?:not\s+|also\s+|then\s+|soon\s+|have\s+){0,2}\Z", "conditional"),
    (r"\b(?:failed|refused|declined|threatened|planned|hoped|wanted|intended|tried)\s+to\s+\Z", "planned"),
)
_GERMAN = (
    (
        rf"\b(?:bestreitet|bestritt(?:en)?|bestreiten|dementier(?:t|te|ten|en)|leugne(?:t|te|ten|n)|bezweifel(?:t|te|ten|n)|Dementi)\b{_CLAUSE},?\s*\b(?:dass|ob)\s+(?:\w+\s+){{0,2}}\Z",
        "denied",
    ),
    (
        rf"\b(?:kein(?:e|en|erlei)?)\s+(?:\w+\s+)?(?:Belege?|Beweise?|Hinweise?|Anzeichen|Bestätigung)\b{_CLAUSE},?\s*\b(?:dass|ob)\s+(?:\w+\s+){{0,2}}\Z",
        "alleged",
    ),
    (
        rf"\b(?:unklar|ungewiss|unbekannt|falsch|unbestätigt|behaupte(?:t|te|ten|n)|Behauptung|Gerüchte?|Verdacht|Vorwurf)\b{_CLAUSE},?\s*\b(?:dass|ob)\s+(?:\w+\s+){{0,2}}\Z",
        "alleged",
    ),
    (rf"\b(?:vielleicht|womöglich|möglicherweise|eventuell)\b{_CLAUSE}\Z", "alleged"),
    (r"\b(?:ob|falls|wenn|sofern)\s+(?:[^\W\d_]+\s+){0,3}\Z", "conditional"),
    (r"\b(?:soll|sollen|könnte|könnten|würde|würden|dürfte|dürften)\s+(?:[^\W\d_]+\s+){0,2}\Z", "alleged"),
)
_FRENCH = ((r"\b(?:personne ne croit|dément|démentent|nie|nient|il est faux|rien ne prouve|rumeur)\s+qu(?:e\s+|[’'])\Z", "alleged"),)
_SPANISH = (
    (r"\b(?:no es cierto|es un bulo|es falso|nadie cree|niegan?|negó|desmintió|desmiente)\s+que\s+\Z|\bsegún rumores,?\s+\Z", "alleged"),
)
_RUSSIAN = ((r"(?:неправда|отрица(?:ет|л|ла|ют)|никто не верит|опроверг(?:ла?|ли)?|ложь),?\s+что\s+\Z|\bпо слухам,?\s+\Z", "alleged"),)
_CHINESE = ((r"(?:否认|否認|据传|據傳|传闻|傳聞|谣言|謠言|并非|並非|没有证据|沒有證據|疑似|如果|是否)[^。；，,;]{0,12}\Z", "alleged"),)
_PATTERNS = {
    language: tuple((late(pattern, re.IGNORECASE), status) for pattern, status in patterns)
    for language, patterns in (("en", _ENGLISH), ("de", _GERMAN), ("fr", _FRENCH), ("es", _SPANISH), ("ru", _RUSSIAN), ("zh", _CHINESE))
}
_BEHIND = tuple(
    (late(rf"\A[^\w.;:?!]*(?:{pattern})(?!\w)", re.IGNORECASE), status)
    for pattern, status in (
        (r"(?:was|were|is|has been|had been|wurde|ist)\s+(?:cancell?ed|called off|averted|prevented|abgesagt|verhindert)", "cancelled"),
        (r"(?:was|were|is|has been|had been|wurde)\s+(?:postponed|put off|delayed|verschoben)", "postponed"),
        (
            r"(?:never|did not|didn[’']t)\s+(?:take place|took place|happen|happened|occur|occurred)|fand(?:en)? (?:nie|nicht) statt",
            "cancelled",
        ),
        (
            r"(?:was|is|are|were|has been)\s+(?:denied|wrong|false|untrue|unconfirmed|disputed|invented|made up|debunked|an? (?:hoax|lie|myth|rumou?r))",
            "denied",
        ),
        (r"allegedly|reportedly|supposedly|apparently|or so|angeblich|mutmaßlich", "alleged"),
    )
)
"""What follows an event in its sentence and makes it no fact: “[The summit] never took place.”"""
_LAST_WORDS = late(r"(?:[^\s,;:.!?…“”«»\"()]+\s+){1,2}\Z")
_NO_DOUBT = late(
    r"\b(?:not|never|n[’']t|nicht|nie)\s+(?:until|only|just|merely|even|yet|least|long|far|bis|erst|nur|mehr|zuletzt|before)\b|\bno (?:doubt|longer|sooner)\b"
    r"|\b(?:nobody|no one|none|not|never|n[’']t|niemand|keiner|nicht)\s+(?:\w+\s+){0,2}(?:den|doubt|disput|bestr|bezweif|leugn)\w+",
    re.IGNORECASE,
)
"""“It was not until Monday that” and “not only” deny nothing."""


def events_doubted_in_text(site: Site, slug: str) -> Iterator[Diagnostic]:
    """Each event that is marked in the text, and has no status, is marked in a sentence that says that it happened."""
    if not site.bodies[slug].marks:
        return
    path = site.explainers[slug].location.path
    for key in site.timelines[slug]:
        event = site.events[key]
        if event.location.path == path and made_by_mark(site, slug, event):
            yield from _doubted(site, slug, event)


def _doubted(site: Site, slug: str, event: Event) -> Iterator[Diagnostic]:
    if event.status not in FACTS or "status" not in event.derived or event.by or not event.title:
        return
    mention = next((mention for mention in site.event_mentions.get(event.id, ()) if mention.slug == slug), None)
    if mention is None:
        return
    before = doubt_before(mention.sentence[: mention.start], site.explainers[slug].lang or site.language.tag)
    found = before or doubt_behind(mention.sentence[mention.end :])
    if found is None:
        return
    words, status = found
    told = f"{words} {event.title}" if before else f"{event.title} {words}"
    voice = " by=ID" if status in {"alleged", "denied", "expected"} else ""
    yield Diagnostic(
        "event-text-doubt",
        f"The text says “{told}”, and the event is shown as one that has happened.",
        event.location,
        help=f"Write what the text says of it into the mark: {{… status={status}{voice}}}; or “status=occurred”, if it has happened.",
        severity=WARNING,
        subject=event.title,
    )


def doubt_before(text: str, language: str) -> tuple[str, str] | None:
    """Return the last words of a sentence before an event by which it is no fact, and the status that they give it; None if there are none."""
    text = text if len(text) <= _REACH else text[-_REACH:].partition(" ")[2]
    tag = language.partition("-")[0].lower()
    if _NO_DOUBT.search(text):
        return None
    for pattern, status in _PATTERNS.get(tag, ()):
        if found := pattern.search(text):
            return found[0].strip(), status
    if (word := hearsay(text)) and not re.search(r"[;:—]", text[text.index(word) :]):
        return text[text.index(word) :].strip(), "alleged"
    last = _LAST_WORDS.search(text)
    if last is not None and reverses_meaning(last[0], language):
        return last[0].strip(), "denied"
    return None


def doubt_behind(text: str) -> tuple[str, str] | None:
    """Return the first words of a sentence behind an event by which it is no fact, and the status that they give it; None if there are none."""
    for pattern, status in _BEHIND:
        if found := pattern.match(text):
            return found[0].strip(" ,"), status
    return None
