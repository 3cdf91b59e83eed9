"""Affixes that languages join to a name without a space: prefixes of Arabic and Hebrew, particles of Korean.

A name is found with them, unless they could as well be a part of another name, such as ו in front of two letters.
"""

import re

from builder.i18n.patterns import late
from builder.i18n.scripts import ARABIC, HANGUL, HEBREW

# --- Arabic and Hebrew: one-letter words in front ------------------------------------------------

_ARABIC_LEAD = late("(?=.)[وف]?[بلك]?(?:ال)?")
_HEBREW_LEAD = late("(?=.)ו?(?:כש|מש|לכש|ש)?[בלכמ]?ה?")
_LONGEST_LEAD = 5
_SHORTEST = 3
"""Letters of a name that may have a prefix: a shorter one occurs in too many words."""

_SHORTEST_WITH_ARTICLE = 5
"""Letters, without a prefix, of an Arabic name with the article: “العلي” is another family than “علي”."""

_OTHER_NAMES = (
    "وسام كريم كرامي بسام فراس وليد وحيد وهيب وجيه وداد وفاء وعد كمال كامل كنان كنعان بدران بشار بلال بهاء باسل باسم بكري فريد فلاح "
    "فهيم لحسن لمين لامين لطيف لبيب لبنى "
    "بعيد برهان وصفي وسيم وجدي بعدي بدين بهجت بشرى وصال فضل بدوي وردة وفيق بريد بحر لواء كمية كريمة كبير كثير بسيط بداية فاروق فيصل فؤاد "
    "كاظم كاتب كتاب لسان لغة لقاء لجنة وزير وزارة وطن وطني وقت واحد والد والدة ولاية ولي فلسطين فنان فريق فجر فقيه بلاد بيان بيت بشير بهي باقر "
    "שרון ברון מאור בארי כרון הראל מירון משרון שגיא שירן בארון כרמי ברמי מיכל מרים בשרה לביא הדס הדר להב ליאור ליאת משיח שלומי מנור "
    "שניר כדור מדור שמור כמור לבני מבני לחיים בחיים מברק לאור הרמי לירון לינור ליעד להט מאיר שמעון כרמל בלוי כלוי מגיל בגיל לגיל לשלום בשלום השלום "
    "ודים מנחם שלום משחר מכון מלון בנק מחיר מקום מסיבה הכל המון לבן שמאל שבוע משפט כביש כסף"
)
"""Names and words that begin like a prefix: כרמי is not רמי."""

_OTHERS = frozenset(_OTHER_NAMES.split())

_HEBREW_FIRST = late("(?:את|אל|על|עד|כל|בין|עם|פרו|אנטי|תת|דו|רב)")
"""Words that stand before a maqaf and are not part of a name."""

_ARABIC_LETTER, _HEBREW_LETTER = late(f"[{ARABIC}]"), late(f"[{HEBREW}]")


def has_prefix(text: str, start: int, end: int) -> bool:
    """Return whether there are only prefixes between the beginning of the word and the name at `start` to `end`."""
    low = start
    while low and start - low <= _LONGEST_LEAD and text[low - 1].isalnum():
        low -= 1
    lead, name = text[low:start], text[start:end]
    if not lead or len(name) < _SHORTEST or text[low:end] in _OTHERS:
        return False
    if _HEBREW_LETTER.match(lead):
        return bool(_HEBREW_LEAD.fullmatch(lead))
    if not _ARABIC_LEAD.fullmatch(lead):
        return False
    return not lead.endswith("ال") or (
        not name.startswith("ال") and (len(name) >= _SHORTEST_WITH_ARTICLE or not _ARABIC_LETTER.match(name))
    )


def has_hyphenated_prefix(text: str, start: int) -> bool:
    """Return whether a Hebrew prefix, or a small word, precedes the hyphen in front of a name: ב-NATO, אל־ירושלים."""
    low = start - 1
    while low and start - low <= _LONGEST_LEAD + 1 and text[low - 1].isalnum():
        low -= 1
    lead = text[low : start - 1]
    return bool(_HEBREW_LETTER.match(lead)) and bool(_HEBREW_LEAD.fullmatch(lead) or _HEBREW_FIRST.fullmatch(lead))


def variants(name: str) -> tuple[str, ...]:
    """Return other spellings of a name: ل and the article are joined in Arabic, a Hebrew name has a maqaf or a space."""
    if name.isascii():
        return ()
    found = [f"لل{name[2:]}"] if name.startswith("ال") and len(name) > len("ال") + 1 else []
    if _HEBREW_LETTER.search(name):
        found += [name.replace(" ", "-"), name.replace("-", " ")]
    return tuple(form for form in found if form != name)


_ARABIC_PREFIXES = (late("[وف]"), late("[بلك](?=ال)|ل(?=ل)|[بلك]"), late("ال"))
_HEBREW_PREFIXES = (late("ו"), late("כש|מש|לכש|ש"), late("[בלכמ]"), late("ה"))


def without_prefixes(word: str) -> tuple[str, ...]:
    """Return a word of Arabic or Hebrew without its possible prefixes: without the first, without the first two, and so on."""
    found: list[str] = []
    is_arabic = bool(_ARABIC_LETTER.match(word))
    rest = word
    for prefix in _ARABIC_PREFIXES if is_arabic else _HEBREW_PREFIXES:
        if is_arabic and rest.startswith("لل"):  # ل and the article are written as one
            rest = f"ا{rest[1:]}"
            found.append(rest)
        lead = prefix.match(rest)
        if lead is not None and len(rest) - lead.end() >= _SHORTEST:
            rest = rest[lead.end() :]
            found.append(rest)
    return tuple(found)


# --- Korean: particles behind ------------------------------------------------

_HANGUL = late(f"[{HANGUL}]")
_AFTER_ANY = (
    "에게서는 에게서 에게는 에게도 에게만 에게 에서는 에서도 에서만 에서의 에서 에는 에도 에만 에 의 께서는 께서도 께서 께 한테서 한테는 한테도 한테 "
    "도 만이 만은 만을 만 까지는 까지도 까지 부터는 부터 보다는 보다 보다도 처럼 조차 마저 하고 같은 같이 뿐 측은 측이 측의 측 씨는 씨가 씨를 씨의 씨도 씨와 씨에게 씨"
)
_AFTER_CONSONANT = "은 이 을 과는 과의 과도 과 으로부터 으로서 으로써 으로는 으로도 으로 이라고 이라는 이라며 이라도 이라면 이나 이랑 이며 이다 이었다 입니다"
_AFTER_VOWEL = "는 가 를 와는 와의 와도 와 로부터 로서 로써 로는 로도 로 라고 라는 라며 라도 라면 나 랑 며 다 였다 입니다"
_IN_NAMES = frozenset("은만도나로이다며의씨측뿐랑")
"""Particles of one syllable that also end given names: 김정 is not meant in 김정은."""

_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
)
"""First syllables of the names of people: what begins with another one, such as 미국, is no half of such a name."""

_FULL_NAME = 3
"""Syllables of a complete name."""

_RIEUL = 8
"""ㄹ at the end of a syllable, which 로 follows as it does a vowel."""


def _any_of(words: str) -> re.Pattern[str]:
    return late("|".join(sorted(words.split(), key=len, reverse=True)))


_CONSONANT, _VOWEL = _any_of(f"{_AFTER_ANY} {_AFTER_CONSONANT}"), _any_of(f"{_AFTER_ANY} {_AFTER_VOWEL}")
_EITHER = _any_of(f"{_AFTER_ANY} {_AFTER_CONSONANT} {_AFTER_VOWEL}")


def is_korean(character: str) -> bool:
    """Return whether a character is a Korean syllable, or a part of one."""
    return bool(_HANGUL.match(character))


def has_particle(text: str, start: int, end: int) -> bool:
    """Return whether the rest of the word behind a name is a particle, of the form that the name's last sound requires."""
    high = end
    while high < len(text) and _HANGUL.match(text, high):
        high += 1
    if high < len(text) and (text[high].isalnum() or text[high] == "_"):
        return False
    rest, last = text[end:high], text[end - 1]
    if not "가" <= last <= "힣":
        return bool(_EITHER.fullmatch(rest))  # NATO는: how it ends depends on how it is read
    if end - start < _FULL_NAME and text[start] in _SURNAMES and rest[:1] in _IN_NAMES and (len(rest) == 1 or _EITHER.fullmatch(rest, 1)):
        return False
    closing = (ord(last) - ord("가")) % 28
    if closing == _RIEUL and rest.startswith("로"):
        return bool(_VOWEL.fullmatch(rest))
    return bool((_CONSONANT if closing else _VOWEL).fullmatch(rest))
