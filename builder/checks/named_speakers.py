"""The name beside a quotation, “said Bob Cox”, is that of the speaker in its record.

Only what leaves no doubt counts: the name is the subject of the verb, “a friend of Bob Cox said” and “said Bob Cox’s lawyer” name somebody else;
the quotation begins its sentence, for in “she called it ‘sound’, said Bob Cox” the words within are hers; and the speaker of the record is not named beside it too.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from builder.checks.beside_quotations import ACCORDING, SAYS, TOLD, VERBS, beside
from builder.checks.quotations import scanned, shortened
from builder.checks.speakers_by_office import holders_of, is_of_another, may_name_an_office, named_by_office
from builder.checks.speakers_in_east_asia import named_in_east_asia
from builder.content.anchoring import spans
from builder.content.quotations import BLOCK, QuotedPassage
from builder.diagnostics import Diagnostic, Location
from builder.i18n.lexicons import first_names
from builder.i18n.lexicons.speech import words_of
from builder.i18n.patterns import late
from builder.incremental.memoize import once_a_site
from builder.linking.descriptions_as_names import is_like_name
from builder.linking.surnames import surname_of
from builder.model import PERSON, UNNAMED, Site

_REACH = 160
"""Characters beside a quotation in which its speaker is looked for."""

_CLOSING = r"[”“\"»«’‘'›‹」』]"

_BEHIND = late(rf"{_CLOSING}*,?\s*(?:[—–-]\s*)?(?:{SAYS}|{ACCORDING})\s+(?P<name>[^\W\d_].*)", re.DOTALL)
"""“…,” said Bob Cox."""
_NAMED_BEHIND = late(
    rf"{_CLOSING}*,?\s+(?P<name>[^\W\d_][^,;:()“”„«»\"]*?)(?:, [^,.;:()“”„«»\"]{{1,60}},)?\s+(?:(?P<told>{TOLD})|{SAYS}(?P<to>\s+to(?!\w))?)(?!\w)\s*(?P<rest>.*)",
    re.DOTALL,
)
"""“…,” Bob Cox said; “…,” Bob Cox, a captain, said to her."""
_SIGNED = late(rf"{_CLOSING}*\s+[—–-]+\s*(?P<name>[^\W\d_][^\n]*?)\s*\Z")
"""“…” — Bob Cox"""
_WHERE = r"(?:\s+(?:on|in|at|by|via|during|am|le|el)\s+(?:(?:an?|the|his|her|their|its|einem?|einer|une?)\s+)?[\w-]+(?:\s+(?:to|with|of|on|for)\s+(?:(?:an?|the)\s+)?[\w-]+)?)?"
"""“on Monday”, “in a letter to the council”, between a verb of saying and the words."""
_BEFORE = late(
    rf"(?P<name>[^\W\d_].*?)(?P<aside>, [^,.:;“”„«»\"]{{1,60}},)?\s+(?:(?:has|had|have|later|also|then|would only|will only)\s+)?"
    rf"(?:{SAYS}{_WHERE}(?:\s+that)?|(?:{TOLD}|{SAYS}\s+(?:to|zu|à|a))\s+(?P<heard>[^.:;,“”„«»\"]{{1,40}}?)(?:\s+that)?|say"
    r"|(?:called|calls|described|describes|labelled|dubbed)\s+[^.:;,“”„«»\"]{1,30}?(?:\s+as)?|(?:warned|spoke|complained|wrote|talked)\s+of"
    rf")\s*[,:，：]?\s*{_CLOSING}?[„]?\Z",
    re.DOTALL,
)
"""Bob Cox said: “…”"""
_LETTER = late(r"[^\W\d_]")
_WORD = late(r"[^\W\d_]+")
_VERBS = VERBS | words_of("say|called|calls|described|describes|labelled|dubbed|warned|spoke|complained|wrote|talked")
"""Verbs of which one stands in these."""
_THEIR_PAPER = late(
    r"(?P<name>[^\W\d_][^.:;“”„«»\"]*?)[’']s?\s+(?:\w+\s+)?(?:letter|statement|e-?mail|note|memo|post|tweet|message|speech|testimony|report|diary)"
    rf"\s+(?:{SAYS}|reads?){_WHERE}(?:\s+that)?\s*[,:，：]?\s*{_CLOSING}?[„]?\Z"
)
"""Bob Cox’s letter says: “…”"""
_ACCORDING = late(rf"(?<!\w){ACCORDING}\s+(?P<name>[^\W\d_][^.:;“”„«»\"]*?)\s*[,:]?\s*{_CLOSING}?[„]?\Z", re.IGNORECASE)
"""According to Bob Cox, “…”"""
_SCRIPT = late(rf"\A(?P<name>[^\W\d_][^.,;“”„«»\"]*?)\s?[:：]\s*{_CLOSING}?[„]?\Z")
"""Bob Cox: “…”, at the beginning of a paragraph"""

_BEGINS = late(rf"(?:\A|[.!?…:。！？]{_CLOSING}*\s|[—–-]\s*)\s*{_CLOSING}?[„]?\Z")
"""What stands before a quotation that begins its sentence."""
_SENTENCE = late(r"[.!?;。！？]\s")
_OF_SOMEBODY = late(r"[’']s?(?!\w)|[’']s(?!\w)|[-‐‑]\w|\s+(?:Jr|Sr|Jnr|Snr|[IV]+)(?!\w)")
"""What makes a name that of somebody else's: “Bob Cox’s lawyer”, “Bob Cox Jr.”."""
_LONGER = late(r"\s+(?P<word>[^\W\d_][\w-]*)")
_SMALL = 3
"""Letters of a word that begins another part of the sentence: “said Bob Cox to …”, “at …”; a longer one may be a noun, “said Bob Cox aide Ann Lee”."""
_JOINING = late(
    r"(?:when|then|but|while|as|after|before|and|that|dann|als|aber|dass|und|mais|quand|et|que|pero|cuando|y|ma|quando|e)\Z", re.IGNORECASE
)
"""Small words that may stand before the subject of a sentence."""
_NOT_TOLD = late(r"(?<!\w)(?:what|that|how|why|whether|of|about|he|she|they|had|was)(?!\w)")
_OF_ANOTHER = late(r"(?:he|she|they|er|sie|il|elle|that)\s|,\s+(?:were|was|is|are)\s")
_MOST_TITLES = 4
_ADJECTIVES = late(
    r"(?i:an?|the|eine?|de[rs]|die|une?|el|la|le)\s+(?:[a-z]+ly\s+|very\s+|still\s+)?(?P<word>[^\W\d_A-Z][\w-]*)\s+(?=[^\W\d_a-z])"
)
"""What may stand before a name that is the subject: “an angry Bob Cox”."""
_NO_ADJECTIVES = frozenset(
    [
        "of",
        "for",
        "to",
        "with",
        "by",
        "from",
        "near",
        "like",
        "against",
        "about",
        "at",
        "in",
        "on",
        "von",
        "für",
        "bei",
        "mit",
        "de",
        "du",
        "di",
        "do",
        "à",
        "pour",
        "con",
    ]
)
_ENDS = late(r"\s*(?:[.,;:!?)—–]|\Z|(?:on|at|in|to|after|when|before|as|am|le|el)\s)")


def other_speaker_named(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No other person of the explainer is named, by a verb of saying, right beside a quotation than the one who is its speaker."""
    passages = scanned(site, slug).passages
    people = {part.id: found for part in site.cast[slug] if (found := _names_of(site, part.id))} if passages else {}
    unnamed = {part.id for part in site.cast[slug] if site.actors[part.id].type == UNNAMED} if passages else set()
    if len(people) < 2 and not unnamed:
        return
    names = _names(people)
    body, text = site.bodies[slug], site.bodies[slug].text
    beside = [text[max(0, passage.start - _REACH) : passage.end + _REACH] for passage in passages]
    all_beside = "\0".join(beside)  # shorter than the text, in which most names stand somewhere
    # A full name and a surname end with the same word, which is looked for once.
    by_last_word = {name: name.rpartition(" ")[2] for name, actor_id in names.items() if actor_id}
    last_words = {word for word in {*by_last_word.values()} if word in all_beside}
    told_of = {name: names[name] for name, word in by_last_word.items() if word in last_words and (word == name or name in all_beside)}
    quotes = {quote.id: quote for quote in (site.quotes[key] for key in site.quotes_in[slug])}
    at = sorted((span.start, span.end, span.quote) for span in spans(body))
    reported: set[str] = set()
    for passage, near in zip(passages, beside, strict=True):
        of = [quotes[quote] for start, end, quote in at if start < passage.end and end > passage.start and quote in quotes]
        speakers = {speaker for quote in of for speaker in quote.speakers}
        if not speakers or not all(speaker in unnamed or _names_of(site, speaker) for speaker in speakers):
            continue
        if speakers <= unnamed and (name := _unlisted(text, passage)) and name not in names:
            yield _names_unnamed(site, slug, name, passage, sorted(speakers))
        other = ""
        if any(actor_id not in speakers and name in near for name, actor_id in told_of.items()):
            other = _named(text, passage, names, speakers)
        if not other and may_name_an_office(text, passage.start, passage.end) and passage.kind != BLOCK:
            other = _holder_named(site, slug, passage, speakers)
        if other and not reported.issuperset(quote.id for quote in of):
            reported.update(quote.id for quote in of)
            yield Diagnostic(
                "quote-other-name",
                f"The text names {site.actors[other].name} beside “{shortened(text[passage.start : passage.end])}”, and its record {' and '.join(sorted(site.actors[speaker].title for speaker in speakers))}.",
                Location(site.explainers[slug].location.path, passage.line, passage.column),
                help=f"If {site.actors[other].name} said it, write {{by={other}}} or “{other}:”; else correct the text.",
            )


@once_a_site
def _holders(site: Site, slug: str) -> Mapping[str, str]:
    return holders_of(site.actors[part.id] for part in site.cast[slug])


def _holder_named(site: Site, slug: str, passage: QuotedPassage, speakers: set[str]) -> str:
    """Return the id of the person who is certainly named by an office as the speaker beside a passage, and is none of `speakers`; "" for none."""
    text = site.bodies[slug].text
    before, behind = beside(text, passage.start, passage.end, _REACH)
    held = _holders(site, slug)
    sentence = _last_sentence(before)
    office, holder = named_by_office(sentence, behind, held, last=text[passage.end - 1], begins=_BEGINS.search(before) is not None)
    if not holder or holder in speakers:
        return ""
    of_them = {name for speaker in speakers for name in _names_of(site, speaker)}
    if _has(f"{sentence} | {_SENTENCE.split(behind, maxsplit=1)[0]}", list(of_them)):
        return ""
    return "" if is_of_another(text, office, _names_of(site, holder), of_them) else holder


def _names_unnamed(site: Site, slug: str, name: str, passage: QuotedPassage, speakers: list[str]) -> Diagnostic:
    return Diagnostic(
        "unnamed-named",
        f"The text names {name} beside the words of “{', '.join(speakers)}”, an unnamed source.",
        Location(site.explainers[slug].location.path, passage.line, passage.column),
        help="Take the name out, of the file’s history too; if the report names them, list them under “actors:”.",
    )


_UNLISTED = late(r"[^\W\d_][\w’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,3}?(?=[\s,.;:]*(?:[,.;:)]|\Z|\s[^A-Z]))")


def _unlisted(text: str, passage: QuotedPassage) -> str:
    """Return the name of a person, by a known first name, right behind a passage and a verb of saying: “…,” said Sam Reed; "" for none."""
    _, behind = beside(text, passage.start, passage.end, _REACH)
    said = _BEHIND.match(behind)
    found = _UNLISTED.match(said["name"]) if said else None
    name = found[0].rstrip(".") if found else ""
    if name.endswith(("’s", "'s", "’", "'")):
        return ""
    return name if name and name.split()[0].casefold() in first_names.KNOWN and is_like_name(name) else ""


@once_a_site
def _names_of(site: Site, actor_id: str) -> frozenset[str]:
    """Return the names of a person, of whom the id itself is one in a link without words; none of another actor."""
    actor = site.actors.get(actor_id)
    if actor is None or actor.type != PERSON:
        return frozenset()
    return frozenset({actor.id, actor.name, *actor.alias, surname_of(actor, site.language)} - {""})


def _names(people: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return the names of people, the longest first, each with the id of the only one who bears it; "" for several."""
    found: dict[str, str] = {}
    for actor_id, names in people.items():
        for name in names:
            found[name] = "" if name in found else actor_id
    return {name: found[name] for name in sorted(found, key=len, reverse=True)}


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(name.split())


def _named(text: str, passage: QuotedPassage, names: Mapping[str, str], speakers: set[str]) -> str:
    """Return the id of the person who is certainly named as the speaker right behind a passage, or right before it, and is none of `speakers`; "" for none."""
    start, end = passage.start, passage.end
    of_them = [name for name, actor_id in names.items() if actor_id in speakers]
    words = {word for name in of_them for word in name.split()}
    # “said Will” may mean Will Ray, whoever is called Will besides.
    others = {name: "" if words.issuperset(_words(name)) else actor_id for name, actor_id in names.items()}
    if passage.kind == BLOCK:
        last = text.find("\n\n", end + 2)
        signed = _SIGNED.search(text[max(start, end - _REACH) : end]) or _SIGNED.match(text[end : last if last >= 0 else len(text)])
        return _whole(signed["name"], others) if signed else ""
    before, behind = beside(text, start, end, _REACH)
    if found := named_in_east_asia(before, behind, others, of_them):
        return found
    if _BEGINS.search(before) and (found := _named_behind(text[end - 1], behind, others, of_them)):
        return found
    if found := _told_to(_last_sentence(before), others, speakers, names):
        return found
    if _attributed(behind) or _has(f"{_last_sentence(before)} | {_SENTENCE.split(behind, maxsplit=1)[0]}", of_them):
        return ""
    return _named_before(before, others)


def _told_to(before: str, others: Mapping[str, str], speakers: set[str], names: Mapping[str, str]) -> str:
    """Return who is named before a quotation as having told it to one of `speakers`, who are its speakers by the record: “Bob Cox told Mina Roe: …”."""
    found = _said_before(before)
    if found is None or found["heard"] is None or found["aside"] is not None or _whole(found["heard"], names) not in speakers:
        return ""
    return _whole(re.split(r"[,;:”“\"»«()—–]\s*", found["name"])[-1], others)


def _named_behind(last: str, behind: str, names: Mapping[str, str], of_them: list[str]) -> str:
    """Return who is named behind a quotation that begins its sentence and ends with the sign `last`."""
    if found := _BEHIND.match(behind):
        words = _without_adjectives(found["name"])
        name, actor_id = _leading(words, names)
        rest = words[len(name) :]
        is_whole = words == found["name"] or _ENDS.match(rest) is not None
        return actor_id if name and is_whole and not _goes_on(rest, of_them) else ""
    if found := _SIGNED.match(behind):
        return _whole(found["name"], names)
    found = _NAMED_BEHIND.match(behind)
    if found is None:
        return ""
    # Behind a full stop, a name begins the next sentence; behind “!” so does “Bob Cox said that …”.
    comma = last in ",，" or behind.lstrip("”“\"»«’‘'").startswith((",", "，"))
    if not comma and not (last in "!?" and found["rest"][:1] in {"", *".,;:"}):
        return ""
    # “…,” Bob Cox said she had written.
    if _OF_ANOTHER.match(found["rest"]) or (
        not (found["told"] or found["to"]) and _has(_SENTENCE.split(found["rest"], maxsplit=1)[0], of_them)
    ):
        return ""
    return _whole(found["name"], names)


def _attributed(behind: str) -> bool:
    """Return whether the words behind a quotation say that it was said: “she replied”."""
    goes_on = behind[:1] in "”“\"»«’‘'" or behind.startswith(",")
    return bool(_BEHIND.match(behind) or (goes_on and _NAMED_BEHIND.match(behind)))


def _named_before(before: str, names: Mapping[str, str]) -> str:
    """Return who is named before a quotation."""
    if (found := _SCRIPT.match(before)) and not _ADJECTIVES.match(found["name"]) and (whole := _whole(found["name"], names)):
        return whole
    before = _last_sentence(before)
    if found := _ACCORDING.search(before) or (_THEIR_PAPER.search(before) if _has_verb(before) else None):
        return _whole(found["name"], names)
    found = _said_before(before)
    if found is None or (found["heard"] and (_NOT_TOLD.search(found["heard"]) or len(found["heard"].split()) > 3)):
        return ""
    if found["aside"] is not None:
        return _whole(found["name"].strip(), names)
    clause = re.split(r"[,;:”“\"»«()—–]\s*", found["name"])[-1]
    return _whole(clause, names) or _whole(clause.partition(" ")[2] if _JOINING.match(clause.partition(" ")[0]) else "", names)


def _said_before(before: str) -> re.Match[str] | None:
    """Return the match of `_BEFORE`; None if a sentence names no speaker at its end."""
    # The name is all from the first letter on, so that no other start need be tried.
    first = _LETTER.search(before)
    return _BEFORE.match(before, first.start()) if first is not None and _has_verb(before) else None


def _has_verb(words: str) -> bool:
    """Return whether a word of saying is among some words."""
    return not _VERBS.isdisjoint(_WORD.findall(words))


def _last_sentence(before: str) -> str:
    ends = [found.end() for found in _SENTENCE.finditer(before)]
    # “J. Cox”, “Dr. Cox”: no sentence has ended.
    return before[ends[-1] :] if ends else before


def _leading(words: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Return the name at the beginning of some words, with titles before it, and whose it is."""
    at = 0
    for _ in range(_MOST_TITLES):
        for name, actor_id in names.items():
            if words.startswith(name, at) and not words[at + len(name) : at + len(name) + 1].isalnum():
                return words[: at + len(name)], actor_id
        if not words[at : at + 1].isupper() or (space := words.find(" ", at)) < 0 or words[space - 1] in ",;:":
            break
        at = space + 1
    return "", ""


def _whole(words: str, names: Mapping[str, str]) -> str:
    """Return whose name some words are, with no more than titles before it."""
    words = _without_adjectives(words.strip())
    name, actor_id = _leading(words, names)
    return actor_id if name and words[len(name) :].strip(" .") == "" else ""


def _without_adjectives(words: str) -> str:
    """Return words without an article and adjectives before a name: “an angry Bob Cox”; not “a friend of Bob Cox”."""
    found = _ADJECTIVES.match(words)
    return words if found is None or found["word"] in _NO_ADJECTIVES else words[found.end() :]


def _goes_on(rest: str, of_them: list[str]) -> bool:
    """Return whether the words behind a name make it that of another, or name the speaker too."""
    if _OF_SOMEBODY.match(rest):
        return True
    if (longer := _LONGER.match(rest)) and (longer["word"][0].isupper() or len(longer["word"]) > _SMALL or _JOINING.match(longer["word"])):
        clause = re.split(r"[,.;:!?(—–]", rest, maxsplit=1)[0]
        return longer["word"][0].isupper() or _has(clause, of_them)
    return bool(re.match(r",\s+(?:\w+ing|zitierte?|citant)\s", rest)) and _has(rest, of_them)


def _has(words: str, names: list[str]) -> bool:
    """Return whether one of some names stands among words."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in names if name in words)
