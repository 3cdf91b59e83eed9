"""The names of weekdays and months as texts have them, and the small words beside them: from CLDR, and the forms that it lacks."""

from functools import lru_cache

from builder.dates import weekday_patterns
from builder.dates.calendar_names import NAMES
from builder.i18n.patterns import late

WORD = late(rf"[^\W\d_](?:[^\W\d_]|[{weekday_patterns.SIGNS}]|['’ʼ-](?=[^\W\d_]))*|\d+|[^\w\s]")
"""A word, a number or a sign."""

_WEEKDAYS = {
    "en": "mon=0 tue=1 tues=1 wed=2 thu=3 thur=3 thurs=3 fri=4",
    "de": "sonnabend=5",
    "sv": "måndagen=0 tisdagen=1 onsdagen=2 torsdagen=3 fredagen=4 lördagen=5 söndagen=6",
    "da": "mandagen=0 tirsdagen=1 onsdagen=2 torsdagen=3 fredagen=4 lørdagen=5 søndagen=6",
    "nb": "mandagen=0 tirsdagen=1 onsdagen=2 torsdagen=3 fredagen=4 lørdagen=5 søndagen=6",
    "is": "mánudaginn=0 þriðjudaginn=1 miðvikudaginn=2 fimmtudaginn=3 föstudaginn=4 laugardaginn=5 sunnudaginn=6",
    "ru": "среду=2 пятницу=4 субботу=5",
    "he": "ראשון=6 שני=0 שלישי=1 רביעי=2 חמישי=3 שישי=4 שבת=5",
    "uk": "середу=2 п'ятницю=4 суботу=5 неділю=6",
    "be": "сераду=2 пятніцу=4 суботу=5 нядзелю=6",
    "sr": "среду=2 суботу=5 недељу=6 ponedeljak=0 utorak=1 sreda=2 sredu=2 četvrtak=3 petak=4 subota=5 subotu=5 nedelja=6 nedelju=6",
    "pl": "środę=2 sobotę=5 niedzielę=6",
    "cs": "středu=2 sobotu=5 neděli=6",
    "sk": "stredu=2 sobotu=5 nedeľu=6",
    "sl": "sredo=2 soboto=5 nedeljo=6",
    "hr": "srijedu=2 subotu=5 nedjelju=6",
    "bs": "srijedu=2 subotu=5 nedjelju=6",
    "pt": "segunda=0 terça=1 quarta=2 quinta=3 sexta=4",
    "hu": "hétfőn=0 kedden=1 szerdán=2 csütörtökön=3 pénteken=4 szombaton=5 vasárnap=6",
    "et": "esmaspäeval=0 teisipäeval=1 kolmapäeval=2 neljapäeval=3 reedel=4 laupäeval=5 pühapäeval=6",
    "lt": "pirmadienį=0 antradienį=1 trečiadienį=2 ketvirtadienį=3 penktadienį=4 šeštadienį=5 sekmadienį=6",
    "lv": "pirmdien=0 otrdien=1 trešdien=2 ceturtdien=3 piektdien=4 sestdien=5 svētdien=6",
    "ar": "الإثنين=0 الاربعاء=2 الاحد=6",
}
"""Forms of weekdays. “Sat” and “Sun” are words too: the committee sat, The Sun."""

_MONTHS = {
    "en": "jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12",
    "ar": "شباط=2 آذار=3 نيسان=4 أيار=5 حزيران=6 تموز=7 آب=8 أيلول=9 جانفي=1 فيفري=2 أفريل=4 ماي=5 جوان=6 جويلية=7 أوت=8",
    "sr": "januar=1 februar=2 mart=3 april=4 maj=5 jun=6 jul=7 avgust=8 septembar=9 oktobar=10 novembar=11 decembar=12"
    " јануара=1 фебруара=2 марта=3 априла=4 маја=5 јуна=6 јула=7 августа=8 септембра=9 октобра=10 новембра=11 децембра=12 januara=1 februara=2 marta=3 aprila=4 maja=5 juna=6 jula=7 avgusta=8 septembra=9 oktobra=10 novembra=11 decembra=12",
    "bs": "januara=1 februara=2 marta=3 aprila=4 maja=5 juna=6 jula=7 augusta=8 septembra=9 oktobra=10 novembra=11 decembra=12",
    "sl": "januarja=1 februarja=2 marca=3 aprila=4 maja=5 junija=6 julija=7 avgusta=8 septembra=9 oktobra=10 novembra=11 decembra=12",
    "et": "jaanuaril=1 veebruaril=2 märtsil=3 aprillil=4 mail=5 juunil=6 juulil=7 augustil=8 septembril=9 oktoobril=10 novembril=11 detsembril=12",
    "lv": "janvārī=1 februārī=2 martā=3 aprīlī=4 maijā=5 jūnijā=6 jūlijā=7 augustā=8 septembrī=9 oktobrī=10 novembrī=11 decembrī=12",
    "eu": "urtarrilaren=1 otsailaren=2 martxoaren=3 apirilaren=4 maiatzaren=5 ekainaren=6 uztailaren=7 abuztuaren=8 irailaren=9 urriaren=10"
    " azaroaren=11 abenduaren=12",
}
"""Forms of months: of English newspapers, of the Levant and the Maghreb, and as the language declines them."""

_TOGETHER = {
    "de": "morgen vormittag mittag nachmittag abend nacht",
    "nl": "ochtend morgen middag avond nacht",
    "sv": "morgon förmiddag eftermiddag kväll natt",
}
"""What a language joins to a weekday: Montagabend."""

PARTS_OF_DAY = frozenset(
    [
        *("morning", "afternoon", "evening", "night", "noon", "early", "late"),
        *("früh", "morgens", "vormittags", "mittags", "nachmittags", "abends", "nachts", "abend", "nachmittag", "vormittag", "morgen"),
        *(
            "matin",
            "après-midi",
            "soir",
            "nuit",
            "mattina",
            "mattino",
            "pomeriggio",
            "sera",
            "notte",
            "mañana",
            "tarde",
            "noche",
            "manhã",
            "noite",
        ),
        *("ochtend", "middag", "avond", "nacht", "kväll", "aften", "kveld", "утром", "вечером", "днём", "ночью", "rano", "wieczorem"),
    ]
)
"""What may stand behind a weekday: Monday evening."""

RANGE = frozenset(
    [
        "to",
        "until",
        "till",
        "through",
        "–",
        "—",
        "-",
        "～",
        "〜",
        "bis",
        "zum",
        "au",
        "à",
        "al",
        "a",
        "tot",
        "til",
        "till",
        "do",
        "по",
        "до",
        "až",
    ]
)
"""What stands between the first and the last day of a span."""

JOINING = RANGE | frozenset(
    [
        "and",
        "or",
        "&",
        "/",
        "und",
        "oder",
        "et",
        "ou",
        "y",
        "e",
        "o",
        "ed",
        "en",
        "met",
        "och",
        "og",
        "i",
        "и",
        "та",
        "й",
        "ve",
        "ile",
        "és",
        "ja",
    ]
)
"""Words that join two, and characters between two days."""


def plain(text: str) -> str:
    """Return words for comparison: in small letters, with straight apostrophes."""
    return text.casefold().replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=1)
def tables() -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Return name → language → number, of weekdays and of months."""
    weekdays: dict[str, dict[str, int]] = {}
    months: dict[str, dict[str, int]] = {}
    for tag, names in NAMES.items():
        for table, part, first in zip((weekdays, months), names.split("/"), (0, 1), strict=True):
            for number, same in enumerate(part.split(";"), first):
                for name in same.split("|"):
                    low = plain(name)
                    words = () if low.isalpha() else WORD.findall(low)
                    table.setdefault(" ".join(words) if len(words) > 1 else low, {})[tag] = number
    for table, more in ((weekdays, _WEEKDAYS), (months, _MONTHS)):
        for tag, forms in more.items():
            for form in forms.split():
                name, _, which = form.partition("=")
                table.setdefault(name, {})[tag] = int(which)
    for tag, joined in _TOGETHER.items():
        for number, same in enumerate(NAMES[tag].partition("/")[0].split(";")):
            for part in joined.split():
                weekdays.setdefault(plain(same) + part, {})[tag] = number
    return weekdays, months


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[tuple[str, ...]]]:
    """Return the names of several words by their first one, the longest first: “çərşənbə axşamı” is Tuesday, and “çərşənbə” Wednesday."""
    found: dict[str, list[tuple[str, ...]]] = {}
    weekdays, months = tables()
    for name in weekdays.keys() | months.keys():
        words = () if name.isalpha() else tuple(WORD.findall(name))
        # “de marzo” is March in one language, and “of March” in another.
        if len(words) > 1 and words[-1] not in months:
            found.setdefault(words[0], []).append(words)
    return {first: sorted(names, key=len, reverse=True) for first, names in found.items()}
