"""Events marked in a sentence that does not say that they happened: “He denied that [the boat was sold]{on=2025-10-12}”."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from builder.checks.event_titles import hearsay
from builder.checks.made_by_marks import made_by_mark
from builder.content.quotations.negations import reverses_meaning
from builder.diagnostics import WARNING, Diagnostic
from builder.i18n.lexicons.speech import SPEECH, UNSPACED, Speech, any_of
from builder.i18n.patterns import late
from builder.i18n.scripts import HAN, HANGUL, HIRAGANA, KATAKANA
from builder.i18n.tags import language_code
from builder.model import FACTS, Event, Site

_REACH = 90
"""Characters before the marked words that are read."""

_EN, _DE = SPEECH["en"], SPEECH["de"]

_CLAUSE = r"(?:(?!\b(?:that|and|but|dass|und|aber|mais|pero|ma|mas|maar|но|але)\b)[^,;:—–()“”«»„\"]){0,60}"
"""Words of the same clause."""
_FEW = r"(?:\w+\s+){0,2}\Z"

_ENGLISH = (
    (r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing))\s+(?:(?:ever|having|the|any)\s+){0,2}\Z", "denied"),
    (rf"{any_of(_EN.untrue)}\b{_CLAUSE}\bto\s+(?:say|claim|suggest|think|report|write|believe|assume)\s+{_FEW}", "alleged"),
    (r"\b(?:accus(?:e|es|ed|ing)|suspect(?:s|ed|ing)?)\b[^,;:—–()“”«»„\"]{0,60}\bof\s+(?:having\s+)?\Z", "alleged"),
    (
        r"\b(?:is|are|was|were|been)\s+(?:also\s+|still\s+)?(?:said|believed|thought|alleged|rumou?red|reported|understood|suspected|claimed|presumed)\s+to\s+(?:have\s+)?(?:been\s+)?\Z",
        "alleged",
    ),
    (r"\b(?:rumou?rs?|allegations?|accusations?|talk|whispers)\s+of\s+(?:an?\s+|the\s+)?\Z", "alleged"),
    (r"\b(?:fears?|threats?|hopes?|danger|risk)\s+of\s+(?:an?\s+|the\s+)?\Z", "expected"),
    (r"\b(?:pretend(?:s|ed|ing)?|imagin(?:e|es|ed|ing)|dream(?:s|t|ed)?|joke[sd]?)\s+that\s+(?:\w+\s+){0,2}\Z", "alleged"),
    (r"\bcontrary to (?:reports|rumou?rs|claims),?\s*\Z|\b(?:far from|instead of|rather than|almost|nearly)\s+\Z", "denied"),
    (r"\b(?:has|have) yet to\s+\Z|\b(?:promised|pledged|vowed|agreed|pretended) to\s+\Z", "planned"),
    (
        r"\b(?:is|are|was|were)\s+(?:still\s+|also\s+)?(?:supposed|meant|due|expected|set|scheduled|about|going|likely|intended|planning|preparing)\s+to\s+(?:have\s+)?(?:be(?:en)?\s+)?\Z",
        "planned",
    ),
    (r"\b(?-i:may|might|could|would|should)\s+(?:not\s+|also\s+|then\s+|soon\s+|have\s+){0,2}\Z", "conditional"),
    (r"\b(?:failed|refused|declined|threatened|planned|hoped|wanted|intended|tried)\s+to\s+\Z", "planned"),
)
_GERMAN = (
    (r"\b(?:soll|sollen|könnte|könnten|würde|würden|dürfte|dürften)\s+(?:[^\W\d_]+\s+){0,2}\Z", "alleged"),
    (rf"{any_of(_DE.withdraws)}{_CLAUSE}{any_of(_DE.reports)}{_CLAUSE},?\s*\b(?:dass|ob)\s+{_FEW}", "denied"),
    (rf"\b(?:nahm|zog|nimmt|zieht)\b{_CLAUSE}{any_of(_DE.reports)}{_CLAUSE}\bzurück,?\s*(?:dass|ob)\s+{_FEW}", "denied"),
    (r"\b(?:beinahe|fast|anstatt|statt)\s+(?:\w+\s+)?\Z", "denied"),
)
_FRENCH = (
    (
        r"\b(?:aurait|auraient|serait|seraient|pourrait|pourraient|devrait|devraient)\s+(?:été\s+)?\Z|\bselon (?:une|la|des|les) rumeurs?,?\s+\Z",
        "alleged",
    ),
)
_SPANISH = (
    (r"\b(?:habría|habrían|podría|podrían|sería|serían)\s+(?:sido\s+)?\Z|\bsegún (?:(?:un|el|los|unos) )?rumor(?:es)?,?\s+\Z", "alleged"),
)
_ITALIAN = ((r"\b(?:avrebbe|avrebbero|sarebbe|sarebbero|potrebbe|potrebbero)\s+(?:stat[oaie]\s+)?\Z", "alleged"),)
_RUSSIAN = ((r"\bпо слухам,?\s+\Z", "alleged"),)
_OWN = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "it": _ITALIAN, "ru": _RUSSIAN}
"""Wordings of one language, as expressions for what stands right before an event, each with the status that they give it."""


class _Wording(NamedTuple):
    """A way to say right before an event that it is no fact."""

    pattern: re.Pattern[str]
    status: str
    """What the words make of the event."""
    is_reversible: bool = False
    """Whether a word of negation before it makes a fact of it again: “she does not dispute that”."""


def _wordings(tag: str, row: Speech) -> Iterator[_Wording]:
    """Yield the wordings that the words of a language make."""
    if tag in UNSPACED:
        unsaid = f"{any_of(row.nots)}{any_of(row.say)}" if row.nots else ""
        doubts = any_of(row.denies, row.withdraws, row.untrue, row.claimed, row.perhaps, row.ifs, unsaid)
        yield _Wording(late(rf"{doubts}[^。；，,;]{{0,12}}\Z"), "alleged")
        return
    then = rf",?\s*\b{any_of(row.that)}(?:\s+|(?<=[’']))" if row.that else r"\s+"
    for listed, words, status, is_reversible in (
        (row.denies, any_of(row.denies, row.denials), "denied", True),
        (row.withdraws, rf"{any_of(row.withdraws, row.rejects)}\b{_CLAUSE}\b{any_of(row.reports)}", "denied", True),
        (row.untrue, any_of(row.untrue), "alleged", True),
        (row.claimed, any_of(row.claimed), "alleged", False),
        (row.expected, any_of(row.expected), "expected", False),
        (row.nots and row.say, rf"{any_of(row.nots)}(?:\s+{any_of(row.between)})*\s+{any_of(row.say)}", "alleged", False),
    ):
        if listed:
            yield _Wording(late(rf"\b{words}\b{_CLAUSE}{then}{_FEW}", re.IGNORECASE), status, is_reversible)
    if row.perhaps:
        maybe = rf"\b{any_of(row.perhaps)}\b,?\s(?!because|to\b)[^,;:—–()“”«»„\"]{{0,40}}\Z"
        yield _Wording(late(maybe, re.IGNORECASE), "alleged")
    if row.ifs:
        condition = rf"\b(?<!even )(?<!as ){any_of(row.ifs)}\s+(?:(?!that\b)[^\W\d_]+\s+){{0,3}}\Z"
        yield _Wording(late(condition, re.IGNORECASE), "conditional")


_WORDINGS = {
    tag: (*_wordings(tag, row), *(_Wording(late(pattern, re.IGNORECASE), status) for pattern, status in _OWN.get(tag, ())))
    for tag, row in SPEECH.items()
    if row.denies or row.ifs
}
"""Language → what stands right before an event that is no fact."""

_BEHIND = tuple(
    (
        late(
            rf"\A[^\w.;:?!。；]*(?:{any_of(*(getattr(row, name) for row in SPEECH.values()))})(?-i:(?![^\W{HAN}{HIRAGANA}{KATAKANA}{HANGUL}]))",
            re.IGNORECASE,
        ),
        status,
    )
    for name, status in (
        ("cancelled", "cancelled"),
        ("postponed", "postponed"),
        ("never_happened", "cancelled"),
        ("denied", "denied"),
        ("doubted", "alleged"),
    )
)
"""What follows an event in its sentence and makes it no fact: “[The summit] never took place.”"""
_OF_REPORT = late(rf"(?:\b{any_of(_EN.reports)}\s+that|\A\W*that)\s+(?:\w+\s+){{0,2}}\Z", re.IGNORECASE)
_TAKEN_BACK = late(
    rf"\A[^\w.;:?!]*(?:was|were|is|are|has been|have been|had been)\s+(?:\w+ly\s+|later\s+|since\s+|not\s+)?(?:{_EN.denies}|{_EN.rejects}|retracted|withdrawn|corrected|confirmed|unfounded)\b",
    re.IGNORECASE,
)
"""“The report that [the boat sank] was later withdrawn.”"""
_WITHOUT = late(r"(?:without|ohne|sans|sin|senza|sem|zonder|bez|без|utan|uden|uten)\s+\S", re.IGNORECASE)
_LAST_WORDS = late(r"(?:[^\s,;:.!?…“”«»\"()]+\s+){1,2}\Z")
_PAST = late(r"\b(?:after|since|nachdem|seitdem|seit|après que|depuis que|después de que|desde que)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
"""What stands behind such a word is taken for a fact: “whether to resign after [the ferry sank]”."""
_ACCUSED = late(
    r"\b(?:charged|accused|indicted|arrested|sued|investigated|convicted|sentenced|angeklagt|beschuldigt|inculpé|acusado)\b", re.IGNORECASE
)
"""Of whom this is told, they deny what they did, not that it was: “[He was charged with fraud], which he denies.”"""
_NO_DOUBT = late(
    r"\b(?:not|never|n[’']t|nicht|nie)\s+(?:until|only|just|merely|even|yet|least|long|far|bis|erst|nur|mehr|zuletzt|before)\b|\bno (?:doubt|longer|sooner)\b"
    r"|\b(?:nobody|no one|none|few|not|never|n[’']t|niemand|keiner|kaum jemand|nicht)\s+(?:\w+\s+){0,2}(?:den|doubt|disput|bestr|bezweif|leugn)\w*",
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
    left, right = mention.sentence[: mention.start], mention.sentence[mention.end :]
    before = doubt_before(left, site.explainers[slug].lang or site.language.tag)
    found = before or doubt_behind(right) or _taken_back(left, right)
    if found is None:
        return
    words, status = found
    if not before and words.startswith("which ") and _ACCUSED.search(event.title):
        return
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
    tag = language_code(language)
    if _NO_DOUBT.search(text) or _PAST.search(text):
        return None
    for wording in _WORDINGS.get(tag, ()):
        if (found := wording.pattern.search(text)) and not (wording.is_reversible and _is_reversed(text[: found.start()], language)):
            return found[0].strip(), wording.status
    # Whether a word of hearsay is about the word behind it only, shows what follows: the event's own words, for which a letter stands here.
    if (word := hearsay(f"{text}x")) and not re.search(r"[;:—]", text[text.index(word) :]):
        return text[text.index(word) :].strip(), "alleged"
    last = _LAST_WORDS.search(text)
    if last is not None and _WITHOUT.match(last[0]):  # “Without a word, the council …” leaves the event a fact
        return None
    if last is not None and reverses_meaning(last[0], language) and not _is_reversed(text[: last.start()], language):
        return last[0].strip(), "denied"
    return None


def doubt_behind(text: str) -> tuple[str, str] | None:
    """Return the first words of a sentence behind an event by which it is no fact, and the status that they give it; None if there are none."""
    for pattern, status in _BEHIND:
        if found := pattern.match(text):
            return found[0].strip(" ,"), status
    return None


def _is_reversed(before: str, language: str) -> bool:
    """Return whether a word of negation stands right before a denial: “she does not dispute that”, “it is not untrue that”."""
    last = _LAST_WORDS.search(before)
    return last is not None and reverses_meaning(last[0], language)


def _taken_back(before: str, behind: str) -> tuple[str, str] | None:
    """Return the words behind an event by which the report of it was denied or taken back, and the status that they give it; None if there are none."""
    found = _TAKEN_BACK.match(behind) if _OF_REPORT.search(before) else None
    if found is None or (found[0].endswith("confirmed") and " not " not in found[0]):
        return None
    return found[0].strip(" ,"), "denied"
