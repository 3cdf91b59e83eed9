"""Days that an article names, and which they are, counted from the day on which it came out."""

import re
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from builder import dates
from builder.dates import Date
from builder.drafting import bylines
from builder.drafting.findings import CERTAIN, LIKELY, UNRESOLVED, ArticleText, DateMention
from builder.drafting.tokens import QUOTED, Sentence, sentence_at
from builder.i18n import language
from builder.i18n.lexicons.english import ENGLISH


class _Tense(msgspec.Struct, frozen=True):
    """Words that place a day in the future or the past; the last one before the day counts."""

    words: re.Pattern[str]


# Each begins where a word does: asked first, since most places are inside of words.
_ENGLISH = _Tense(
    re.compile(
        r"(?:\b(?=\w)|(?=['’]))(?:(?P<future>\b(?:will|won['’]t|shall|would|should|may|might|can|must)\b(?:\s+(?:not|also|be|have|been|then|now))*(?:\s+\w+)?|['’]ll\b"
        r"|\b(?:is|are|was|were|be)\s+(?:to|due|set|scheduled|expected|planned|likely|going|ready|supposed)\b(?:\s+to)?(?:\s+be\s+\w+|\s+\w+(?:ed|en|t))?"
        r"|\b(?:hopes?|hoped|plans?|planned|wants?|wanted|expects?|expected|intends?|agreed|promised|vowed|pledged|prepar\w+|due|set|scheduled|ready|refused|threatened|asked\s+\w+|ordered\s+\w+)\s+to\s+(?:be\s+)?\w+"
        r"|\b(?:expects?|predicts?|forecasts?|anticipates?|awaits?)\b|\bahead\s+of\b|\b(?:due|scheduled|planned|set|deadline)\b|\b(?:by|until)(?=\s*$)|\bnext\b"
        r"|\b(?:I|we|they|you)(?:['’](?:m|re))?\s+(?:give|speak|travel|go|sail|fly|start|open|begin|leave|meet|play|move|return|giving|going|flying|leaving|starting)\b"
        r"|\b[a-z]\w+s\s+(?:close|open|begin|start|end|expire|resume|reopen|vote|meet)\b"
        r"|\b(?-i:[A-Z])\w+s\s+(?:play|face|host|meet|travel|visit|open|vote|return|begin|start)\b"
        r"|\b(?:called?|calling|calls|booked|fixed|arranged|slated|pencilled\s+in|summoned|sold)\b[^.;:]*\bfor(?=\s*$)"
        r"|(?P<present>(?<!\ban )(?<!\ba )(?<!\d )(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!\bits )\b(?:is|are|begins?|starts?|follows?|comes|leaves|departs|opens?|meets?|votes?|reopens?|returns?|resumes?|faces?|continues?|closes|appears?|travels?|launch(?:es)?|turns|marks|celebrates?|hosts?|holds|stages?|publish(?:es)?|presents?|releases?|delivers?|gives|sits?|heads|flies|moves?|convenes?|gathers?|elects?|chooses?|airs|concludes?|receives?|speaks?|address(?:es)?|takes\s+place|ends|expires|arrives|sails|plays|goes|runs\s+until|hears|decides|wants|hopes|plans|has\s+until|have\s+until)\b(?!\s+(?:also\s+)?\w+ed\b)))"
        r"|(?P<past>\b(?:\w{2,}ed|was|were|had|has|have|did|said|says|told|wrote|met|came|went|took|gave|made|saw|found|left|began|ran|sat|stood|won|lost|sent|brought|held|fell|rose|broke|spoke|"
        r"drew|flew|kept|heard|paid|got|became|felt|led|built|bought|sold|caught|taught|showed|swore|tore|struck|sank|rang|sang|knew|grew|threw|chose|drove)\b))",
        re.IGNORECASE,
    )
)
_GERMAN = _Tense(
    re.compile(
        r"\b(?=\w)(?:(?P<future>\b(?:wird|werden|soll|sollen|solle|will|wollen|wolle|kann|können|muss|müssen|plant|planen|"
        r"werde|würde|würden|spätestens|bis(?=\s*(?:zum\s+)?$)|ab(?=\s*$)|fällig|geplant|hofft|hoffen)\b"
        r"|(?P<present>\b(?:beginnt|beginnen|entscheidet|entscheiden|stimmt|stimmen|trifft|treffen|öffnet|öffnen|findet|tagt|endet|läuft|kommt|fährt|berät)\b))"
        r"|(?P<past>\b(?:wurden?|war|waren|hatten?|habe|hat|haben|ist|sei|seien|sagten?|erklärten?|schrieb(?:en)?|teilten?|kam(?:en)?|ging(?:en)?|gab(?:en)?|fand(?:en)?|traf(?:en)?|nannten?|nahm(?:en)?|sprach(?:en)?|stand(?:en)?|lag(?:en)?|"
        r"fiel(?:en)?|blieb(?:en)?|ließ(?:en)?|rief(?:en)?|begann(?:en)?|verlor(?:en)?|trat(?:en)?|wies(?:en)?|bekam(?:en)?|stieg(?:en)?|sank(?:en)?|brach(?:en)?|zog(?:en)?|hielt(?:en)?|sah(?:en)?|\w{3,}ten?)\b))",
        re.IGNORECASE,
    )
)
_CLAUSE = re.compile(
    r"[;:—]|,(?!\d)|(?<=\s)–(?=\s)"
    r"|\b(?:(?P<past>after|following|nach|nachdem)|before|when|while|because|since|although|though|that|which|who|whose|where|if|but|and"
    r"|bevor|als|weil|während|obwohl|dass|wenn|und|aber)\b",
    re.IGNORECASE,
)
"""Where another clause begins; behind some of these words stands what was before."""
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
"""Short names of English months."""
_YEAR = r"(?:last|this|next)\syear"
_YEAR_DE = r"(?:des\s)?(?:vergangenen|vorigen|letzten|dieses|kommenden|nächsten)\sJahres"
"""A year that is told beside a day or month: “3 May last year”."""
_FOUR = r"(?:1[5-9]|20)\d\d\b(?![.,:]\d|\s?[-–/]\s?\d|%|\s+(?!was\b|is\b|has\b|as\b)[a-z]+s\b|\s+(?:people|men|women|children)\b|\s+[A-ZÄÖÜ][a-zäöüß]+en\b)"
"""A year, and not a number of things: “since 1994”, “of 1500 letters”."""
_THIS_DAY = re.compile(r"this (?:past )?([A-Z]\w+day)")
_FROM, _LOOKS_BACK = "from", "looks back"
_BEFORE = 40
"""Characters before a month in which its noun stands."""
_OF_SOMETHING = re.compile(
    r"\b(?:offer|proposal|plan|draft|bid|decision|vote|ruling|verdict|report|letter|statement|promise|agreement|deal|speech|meeting|hearing|announcement"
    r"|accident|crash|fire|flood|storm|strike|protest|attack|election|referendum|budget|survey|audit|inspection)s?\s+of\s+$",
    re.IGNORECASE,
)
"""Nouns for what was made or happened before: “the offer of March” is the last March."""
_TENSES = {"en": _ENGLISH, "de": _GERMAN}


@lru_cache(maxsize=4)
def _pattern(tag: str) -> re.Pattern[str]:
    known = language.load(tag)
    weekday = "|".join(known.weekdays)
    month = "|".join(known.months)
    if tag == "de":
        weekday += "|Sonnabend"
        month += "|Jänner"
        return re.compile(
            rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)|(?P<numeric>\b\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}\b)"
            rf"|(?:\b(?:{weekday}),?\s+(?:dem\s+|den\s+)?)?(?P<date>\b\d{{1,2}}\.\s(?:{month})(?:\s\d{{4}}|\s{_YEAR_DE})?)\b"
            rf"|(?P<month>\b(?:{month})\s(?:\d{{4}}|{_YEAR_DE})\b)"
            rf"|(?P<relative>\b(?:(?i:vorgestern|gestern|heute|übermorgen)|morgen(?=\s+(?:früh|Abend|Vormittag|Nachmittag|Mittag))"
            rf"|(?i:vergangene[nrs]?|vorige[nrs]?|letzte[nrs]?|diese[nrs]?|kommende[nrs]?|nächste[nrs]?)\s+(?:{weekday}|Woche|Monats?|Jahr(?:es)?|Wochenende)"
            rf"|vor\s+(?:\d+|einem|einer|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)\s+(?:Tag|Tagen|Woche|Wochen|Monat|Monaten|Jahr|Jahren)))\b"
            rf"|(?P<weekday>\b(?:{weekday})(?:morgen|vormittag|mittag|nachmittag|abend|nacht)?\b)"
            rf"|(?i:\b(?:im\sJahre?|seit|bis|ab|von|vor|nach)\s)(?P<year>{_FOUR})"
            rf"|(?:(?:\bim|\bseit|\bEnde|\bAnfang|\bMitte)\s+)(?P<bare>(?:{month})\b(?!\s(?:\d|{_YEAR_DE})))"
        )
    return re.compile(
        rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
        rf"|(?:\b(?:{weekday}),?\s+)?(?:the\s+)?(?P<date>\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{month}|{_SHORT})(?:,?\s\d{{4}}|,?\s{_YEAR})?|\b(?:{month}|{_SHORT})\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s\d{{4}}\b|,?\s{_YEAR}\b)?)"
        rf"|(?P<month>\b(?:{month})\s(?:\d{{4}}|(?:of\s)?{_YEAR})\b)"
        rf"|(?P<relative>\b(?:(?i:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tonight|tomorrow)"
        rf"|(?i:last|next|this|this\s+past|this\s+coming|the\s+previous)\s+(?:{weekday}|week|month|year|weekend|{month})|(?i:last\s+night|this\s+(?:morning|afternoon|evening)|(?:over|at|on)\s+the\s+weekend)"
        rf"|(?i:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:day|week|month|year)s?\s+(?:ago|earlier)))(?!['’]s\s+end)\b"
        rf"|(?P<weekday>\b(?:{weekday})\b(?!\s(?:\w+\s)?in\s(?:{month})\b))"
        rf"|(?i:\b(?:in|since|until|till|during|of|from|by|before|after|year|early|late|mid)[\s-])(?P<year>{_FOUR})"
        rf"|(?:\b(?:[Aa]s\s(?:recently|late|early|far\sback)\sas|[Bb]ack\sin|[Ii]n|[Ss]ince|[Ll]ate|[Ee]arly|[Mm]id|[Uu]ntil|of|[Bb]y|[Ff]rom|[Ll]ast|[Nn]ext)[\s-])(?P<bare>(?:{month})\b(?!,?\s(?:\d|(?:of\s)?{_YEAR})))",
    )


_FULL_STOP = re.compile(r"[.!?]\s+")
_STOP_AND_MARK = re.compile(r"[.!?](?=\s|[”“\"’'»«])")
_OF_NO_DAY = re.compile(r"\b(?:an?|any|every|each|(?:k?ein|jed)e[nmrs]?)\s+\Z", re.IGNORECASE)
"""Words before a weekday that is no day in particular: “on a Monday”."""
_BEFORE_DAY = 10
_MOST_OF_STRETCH = 12
"""Days of one sentence whose tense is looked for; a sentence with more of them is a list."""


def named(article: ArticleText, sentences: Sequence[Sentence], published: Date | None) -> Iterator[DateMention]:
    """Yield the days that an article names, in its order. Without the day on which it came out only those that need none."""
    text = article.text
    stretches = _Stretches(text, sentences)
    in_stretch: Counter[tuple[int, int]] = Counter()
    for found in _pattern(article.language).finditer(text):
        kind = next(
            name for name in ("iso", "numeric", "date", "month", "relative", "weekday", "year", "bare") if found.groupdict().get(name)
        )
        start, end = found.span(kind) if kind in {"bare", "year"} else found.span()
        if not article.is_in_paragraph(start):
            continue  # the line that tells when the article came out
        if kind == "date" and bylines.is_in_dateline(article, start, end):
            continue
        stretch = stretches.around(start)
        in_stretch[stretch] += 1
        is_judged = in_stretch[stretch] <= _MOST_OF_STRETCH
        future, has_tense = _is_future(article, text, stretch, start, end) if is_judged else (False, False)
        if kind == "relative":
            future = future and _THIS_DAY.fullmatch(" ".join(found[kind].split())) is not None
        if kind == "bare":
            quoted = _is_in_quotation(sentences, start)
            begins = _before_month(article.language, text, start)
            past = (has_tense and not future and begins != _FROM) or begins == _LOOKS_BACK
            ahead = begins == _FROM or future or quoted
            main, other = _of_bare_month(article.language, found[kind], published, past=past, ahead=ahead)
            if begins == _FROM and not (has_tense and not future):
                other = None
            if main is not None:
                yield DateMention(start, end, main, stretch, LIKELY if other is None else UNRESOLVED, other)
            continue
        if kind == "year":
            yield DateMention(start, end, dates.parse(found[kind]), stretch)
            continue
        if kind == "weekday" and _OF_NO_DAY.search(text, max(0, start - _BEFORE_DAY), start):
            continue
        main, other = _resolved(article.language, kind, found[kind], published, future=future)
        if (
            main is not None
            and other is not None
            and kind == "date"
            and _is_other(article.language, found[0], main, other, published, has_tense=has_tense)
        ):
            main, other = other, main
        if main is not None:
            yield DateMention(
                start,
                end,
                main,
                stretch,
                CERTAIN if has_tense else LIKELY,
                other if other is not None and other.edtf != main.edtf else None,
            )


def _is_other(tag: str, words: str, main: Date, other: Date, published: Date | None, *, has_tense: bool) -> bool:
    """Return whether a day and month without a year mean the other year: its weekday is the one beside it, or no verb tells and it is much nearer."""
    day, else_day, today = (dates.first_day(date) for date in (main, other, published) if date is not None)
    if day is None or else_day is None or today is None:
        return False
    known = language.load(tag)
    beside = next((n for n, name in enumerate(known.weekdays) if words.startswith(name)), None)
    if beside is not None:
        return dates.weekday(main) != beside and dates.weekday(other) == beside
    return not has_tense and abs(else_day - today) < _SOON < abs(day - today)


class _Stretches:
    """The stretches whose verbs tell about the places of an article. Each quotation is searched for its sentences once."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._sentences = sentences
        self._ends: dict[int, tuple[list[int], list[int]]] = {}

    def around(self, at: int) -> tuple[int, int]:
        """Return the stretch around a place: its sentence, or within a quotation the sentence there."""
        number = sentence_at(self._sentences, at)
        for sentence in self._sentences[number : number + 1] if number >= 0 else ():
            for token in sentence.tokens:
                if token.kind == QUOTED and token.start <= at < token.end:
                    begins, ends = self._of_quotation(token.start, token.end)
                    before, behind = bisect(begins, at) - 1, bisect_left(ends, at)
                    # Without a sentence before it, a sentence begins behind the mark.
                    return begins[before] if before >= 0 else token.start + 1, ends[behind] + 1 if behind < len(ends) else token.end
            return sentence.start, sentence.end
        return at, at

    def _of_quotation(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """Return where sentences begin in a quotation, and where full stops are that end one."""
        if start not in self._ends:
            begins = [found.end() for found in _FULL_STOP.finditer(self._text, start, end)]
            ends = [found.start() for found in _STOP_AND_MARK.finditer(self._text, start, end)]
            self._ends[start] = begins, ends
        return self._ends[start]


def _is_in_quotation(sentences: Sequence[Sentence], at: int) -> bool:
    number = sentence_at(sentences, at)
    return any(token.kind == QUOTED and token.start <= at < token.end for token in (sentences[number].tokens if number >= 0 else ()))


def _before_month(tag: str, text: str, start: int) -> str:
    """Return what the words before a bare month tell of its year: `_FROM`, `_LOOKS_BACK`, or ""."""
    if tag != "en":
        return ""
    before = text[max(0, start - _BEFORE) : start]
    if re.search(r"\bfrom\s+$", before, re.IGNORECASE):
        return _FROM
    return _LOOKS_BACK if _OF_SOMETHING.search(before) else ""


def _of_bare_month(tag: str, words: str, published: Date | None, *, past: bool, ahead: bool) -> tuple[Date | None, Date | None]:
    """Return the month that its name alone means, and the other that it may mean where no word tells which."""
    if published is None:
        return None, None
    back = dates.resolve(words, published, language.load(tag))
    if back is None or past:
        return back, None
    year, month = int(back.edtf[:4]), back.edtf[4:]
    to_come = _parsed(f"{year + 1:04}{month}")
    return (to_come, back) if ahead else (back, to_come)


_SOON = 60
"""Days within which a day of this year is nearer than the same one of another year."""
_LIMIT = re.compile(r"by|until|bis", re.IGNORECASE)
"""Words before the day up to which something goes on, or was done."""
_NOT_UNTIL = re.compile(
    r"\b(?:(?:had|did|was|were|could)(?:\s+(?:not|never)|n['’]t)|nobody|nothing|no one|hatten?|war|waren)\b", re.IGNORECASE
)
"""“Had not spoken”, before “until Wednesday”: a day that has been."""
_WANTS = re.compile(r"\b(?:wants?|needs?|demands?|expects?|requires?|asks?|insists?|will|verlang(?:t|en)|forder[tn])\b", re.IGNORECASE)
"""Verbs of who wants something done, “wants the money paid by Friday”."""
_WHEN_I = re.compile(
    r"\b(?:when|as)\s+(?:I|we)\s+\w+(?:\s+\w+){0,2}\s*$|\bIt(?:\sis|['’]s)\s(?:an?|early|late|just|still|already|shortly)\s[^.,;]*$",
    re.IGNORECASE,
)
"""“When I leave”, before “on Tuesday”, “It is a Monday”, before “in March”: a scene told in the present."""
_DAY_OF_VISIT = re.compile(r",\s(?:the|a)\s(?:day|morning|afternoon|evening)\s(?:on\swhich\s|that\s)?(?:I|we)\b")
_ACTED = re.compile(r"(?:refus|agre|promis|pledg|vow|threaten)ed\s", re.IGNORECASE)  # “on Monday, refused to comment”
_AHEAD = frozenset({"until", "bis"})
_CONDITION = re.compile(r"\b(?:if|unless)\s+(?:it|he|she|they|we|you|I|nobody|nothing)\s+\w+\s*$", re.IGNORECASE)
"""“If it rains”, before “on Sunday”: a day to come, whatever is told behind it."""
_NEAR = 250  # characters before and behind a day in which a verb tells of it


def _is_future(article: ArticleText, text: str, stretch: tuple[int, int], start: int, end: int) -> tuple[bool, bool]:
    """Return whether a day is to come, and whether a word says so."""
    stretch = max(stretch[0], start - _NEAR), min(stretch[1], end + _NEAR)
    tense = _TENSES[article.language].words
    quoted = article.language == "de"
    before = re.sub(r"\b(?:on|am|the|at|a|den|dem)\s*$", "", text[stretch[0] : start])
    if not quoted:
        before = re.sub(r"[“\"][^”\"]*[”\"]", lambda match: " " * len(match[0]), before)
    if re.search(r"\b(?:since|seit|seit\s+dem)\s*$", before, re.IGNORECASE):
        return False, True
    clause = [*_CLAUSE.finditer(before)][-1:]
    low = clause[0].end() if clause else 0
    ending = _CLAUSE.search(text, end, stretch[1])
    high = ending.start() if ending is not None else stretch[1]
    if _CONDITION.search(before) and not tense.search(before, low):
        return True, True
    inside = [*tense.finditer(before, low)][-1:] or [*filter(None, [tense.search(text, end, high)])]
    if article.language == "en" and (_WHEN_I.search(before) or _DAY_OF_VISIT.match(text, end)):
        return False, True
    if inside and _LIMIT.fullmatch(inside[0][0]):
        # “The streets were clear by Friday” looks back, “he has until Friday” ahead.
        verb = [*tense.finditer(before, low, inside[0].start())][-1:] or [*filter(None, [tense.search(text, end, high)])]
        if verb and verb[0]["past"] and not _WANTS.search(before, low):
            looks_back = _NOT_UNTIL.search(before, low) is not None
            return inside[0][0].casefold() in _AHEAD and not looks_back, looks_back
    if inside:
        return inside[0]["future"] is not None, True
    infinitive = re.search(r"\bto\s+([a-z]+)\s*$", before[low:])
    if (
        article.language == "en"
        and infinitive
        and infinitive[1] not in ENGLISH.people | ENGLISH.bodies | ENGLISH.determiners
        and not re.search(r"[^su]s$", infinitive[1])
    ):
        return True, True  # “talks to resume on Monday”, and not “a letter to parishioners on Monday”
    # Another clause tells of this day only with a word for what is to come or has been: “is weighing it after a visit on Monday” does not.
    last = [match for match in tense.finditer(before) if not match["present"]][-1:]
    if last:
        return last[0]["future"] is not None, True
    if clause and clause[0]["past"]:
        return False, True
    after = tense.search(text, end, stretch[1])
    if after is not None:
        return after["future"] is not None and not _ACTED.match(after[0]), True
    return False, False


def _resolved(tag: str, kind: str, words: str, published: Date | None, *, future: bool) -> tuple[Date | None, Date | None]:
    """Return the date that words mean, and the other that they may mean."""
    if kind == "iso":
        return _parsed(words), None
    if kind == "numeric":
        day, month, year = (int(part) for part in re.findall(r"\d+", words))
        return _parsed(f"{year:04}-{month:02}-{day:02}"), None
    if kind in {"date", "month"}:
        return _of_month(tag, words, published, future=future)
    if published is None:
        return None, None
    known = language.load(tag)
    plain = " ".join(words.split())
    if (this := _THIS_DAY.fullmatch(plain)) and tag == "en":
        kind, plain = "weekday", this[1]
    if kind == "weekday":
        name = next((weekday for weekday in (*known.weekdays, "Sonnabend") if plain.startswith(weekday)), plain)
        to_come = "next" if tag == "en" else "kommenden"
        back, ahead = dates.resolve(name, published, known), dates.resolve(f"{to_come} {name}", published, known)
        return (ahead, back) if future else (back, ahead)
    return _relative(tag, plain, published), None


def _relative(tag: str, plain: str, published: Date) -> Date | None:
    known = language.load(tag)
    for words in (plain, plain.lower(), f"in der {plain}", f"am {plain}", re.sub(r"^(?:over|at|on) ", "", plain)):
        found = dates.resolve(words, published, known)
        if found is not None:
            return found
    if tag != "de":
        return None
    first, _, rest = plain.lower().partition(" ")
    side = "last" if first.startswith(("verg", "vor", "letz")) else "next" if first.startswith(("komm", "näch")) else "this"
    what = {"woche": "week", "monat": "month", "monats": "month", "jahr": "year", "jahres": "year", "wochenende": "weekend"}.get(rest, "")
    english = language.load("en")
    if what:
        return dates.resolve(f"{side} {what}", published, english)
    names = [name.lower() for name in known.weekdays]
    return dates.resolve(f"{side} {english.weekdays[names.index(rest)]}", published, english) if rest in names else None


@lru_cache(maxsize=1000)
def _month(tag: str, low: str) -> int:
    """Return the number of the month that words in small letters name; 0 for none."""
    known = language.load(tag)
    month = next((n for n, name in enumerate(known.months, 1) if re.search(rf"\b{name.lower()}\b", low)), 0)
    return month or next(
        (
            n
            for n, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
            if name in low
        ),
        0,
    )


def _of_month(tag: str, words: str, published: Date | None, *, future: bool) -> tuple[Date | None, Date | None]:
    low = words.lower()
    month = _month(tag, low)
    year = re.search(r"\b\d{4}\b", low)
    number = re.search(r"(?<!\d)\d{1,2}(?!\d)", low)
    if not month:
        return None, None
    day = f"-{int(number[0]):02}" if number else ""
    if year:
        return _parsed(f"{year[0]}-{month:02}{day}"), None
    first = dates.first_day(published) if published is not None else None
    if (relative_year := re.search(rf"{_YEAR}|{_YEAR_DE}", low, re.IGNORECASE)) is not None:
        if first is None:
            return None, None
        by = -1 if re.search(r"last|verg|vorig|letz", relative_year[0]) else 0 if re.search(r"this|dieses", relative_year[0]) else 1
        return _parsed(f"{dates.civil(first)[0] + by:04}-{month:02}{day}"), None
    if first is None or not number:
        return None, None
    this, when, today = dates.civil(first)
    past = (month, int(number[0])) <= (when, today)
    back = _parsed(f"{this if past else this - 1:04}-{month:02}{day}")
    ahead = _parsed(f"{this + 1 if past else this:04}-{month:02}{day}")
    return (ahead, back) if future else (back, ahead)


def _parsed(edtf: str) -> Date | None:
    try:
        return dates.parse(edtf)
    except dates.DateProblem:
        return None
