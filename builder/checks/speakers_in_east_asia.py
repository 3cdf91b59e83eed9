"""Who is named as the speaker beside a quotation in Chinese, Japanese or Korean, which join names to what stands around them.

Only a name right before a verb of saying counts, with no more than a title between: 王明说：“…”, 「…」と田中氏は述べた, 김민수 의원은 “…”라고 말했다.
“对王明说” is said to him, and 王明的律师说 is said by his lawyer.
"""

import re
from collections.abc import Iterable, Mapping

from builder.content import mentions
from builder.i18n.lexicons.speech import SPEECH, any_of
from builder.i18n.patterns import late
from builder.i18n.scripts import HAN, HANGUL, HIRAGANA, KATAKANA

_EAST = late(f"[{HAN}{HIRAGANA}{KATAKANA}{HANGUL}]")

_SENTENCE = late(r"(?<=[。！？!?])|(?<=\.)\s")
_CHINESE_SAYS, _JAPANESE_SAYS, _KOREAN_SAYS = (any_of(SPEECH[tag].says) for tag in ("zh", "ja", "ko"))
_CHINESE_TITLE = (
    r"(?:先生|女士|小姐|博士|教授|总统|總統|总理|總理|主席|部长|部長|外长|外長|市长|市長|议员|議員|发言人|發言人|局长|局長|校长|校長)?"
)
_NOT_BEFORE = "对對向跟和与與替由被把让讓给給问問告诉訴"
"""Behind these a name is no subject."""

_JAPANESE_TITLE = r"(?:氏|さん|首相|大統領|大臣|長官|市長|知事|町長|村長|議員|議長|社長|会長|教授|監督|選手|容疑者|被告|代表|党首|記者)?"

_KOREAN_TITLE = r"(?:\s?(?:씨|총리|대통령|장관|차관|의원|시장|지사|대표|교수|회장|사장|위원장|대변인|감독|선수|기자|국장|청장))?"


def named_in_east_asia(before: str, behind: str, names: Mapping[str, str], of_them: Iterable[str]) -> str:
    """Return the id of the person who is certainly named as the speaker right beside a quotation, by the text before and behind its words; "" for none.

    `of_them` are the names of the speakers of its record, none of whom is named in the same sentence.
    """
    if _EAST.search(before) is None and _EAST.search(behind) is None:  # nearly every text
        return ""
    names = {name: actor_id for name, actor_id in names.items() if actor_id and _EAST.match(name)}
    # A longer name begins or ends with a shorter one: the longest decides.
    name = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if not name:
        return ""
    before, behind = _SENTENCE.split(before)[-1], _SENTENCE.split(behind, maxsplit=1)[0]
    if any(name in before or name in behind for name in of_them):
        return ""
    for find, pattern, text in (
        (re.search, rf"(?<![{_NOT_BEFORE}])({name}){_CHINESE_TITLE}{_CHINESE_SAYS}[：:，,]?\s*[“「『‘\"]?\Z", before),
        (re.match, rf"[”」』’\"]?[，,]?\s*({name}){_CHINESE_TITLE}{_CHINESE_SAYS}[。，；！？]", behind),
        (re.match, rf"[”」』]?\s*と[、，]?({name}){_JAPANESE_TITLE}[はが][^。「」]{{0,12}}{_JAPANESE_SAYS}", behind),
        (re.match, rf"[”」』’\"]?\s*(?:이?라고|고|며|라며)\s+({name}){_KOREAN_TITLE}[은는이가]\s[^.“”]{{0,12}}{_KOREAN_SAYS}", behind),
    ):
        found = find(pattern, text)
        if found and mentions.contains_name(text, {found[1]: found[1]}):  # not 王明 in 国王明说
            return names[found[1]]
    if re.match(rf"[”」』]?\s*と[^。「」]{{0,12}}{_JAPANESE_SAYS}", behind):
        return _subject(rf"({name}){_JAPANESE_TITLE}[はが][^。「」はが]{{0,20}}[「『“]?\Z", before, names)
    if re.match(rf"[”」』’\"]?\s*(?:이?라고|고|며|라며)\s+[^.“”은는]{{0,12}}{_KOREAN_SAYS}", behind):
        return _subject(rf"({name}){_KOREAN_TITLE}[은는이가]\s[^.“”은는]{{0,20}}[“‘\"「]?\Z", before, names)
    return ""


def _subject(pattern: str, before: str, names: Mapping[str, str]) -> str:
    found = re.search(pattern, before)
    return names[found[1]] if found else ""
