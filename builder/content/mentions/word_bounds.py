"""Word boundaries around a name, in scripts without spaces.

海口 in “上海口岸” is no mention of Haikou: 上海 and 口岸 are the words. The models of BudouX score how likely a word ends between two characters of Chinese, Thai and
Japanese; titles and the like beside names, and changes of script in Japanese, are certain. In doubt the name is not found:
a missing link does less harm than a wrong one.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE, HAN, HIRAGANA, KANA, KATAKANA, THAI

if TYPE_CHECKING:
    from budoux import Parser

_CHINESE_BEFORE = (
    "总统 總統 总理 總理 首相 主席 书记 書記 部长 部長 外长 外長 防长 防長 市长 市長 省长 省長 州长 州長 局长 局長 校长 校長 司长 司長 院长 院長 社长 社長 议员 議員 发言人 發言人 "
    "领导人 領導人 国王 國王 记者 記者 教授 律师 律師 被告 原告 证人 證人 作家 导演 導演 经理 經理 董事长 董事長 秘书长 秘書長 司令 将军 將軍 先生 女士 博士 医生 醫生 小姐 "
    "位于 位於 来自 來自 前往 抵达 抵達 访问 訪問 根据 根據 随着 隨著 以及 或者"
)
_CHINESE_AFTER = (
    "总统 總統 总理 總理 首相 主席 先生 女士 博士 教授 小姐 部长 部長 外长 外長 市长 市長 议员 議員 政府 当局 當局 公司 集团 集團 发言人 發言人 方面 "
    "表示 指出 认为 認為 强调 強調 宣布 宣佈 回应 回應 会见 會見 会谈 會談 会晤 會晤 出席 访问 訪問 抵达 抵達 警告 批评 批評 否认 否認 承认 承認 呼吁 呼籲 要求 "
    "昨天 今天 明天 昨日 今日 明日 近日 当天 當天 随后 隨後 此前 上周 上週 已经 已經 正在 没有 沒有 以及 不是 不会 不會 将会 將會"
)
_CHINESE_SAYS = "说說称稱答问問讲講"
"""Verbs of one character, which count behind a name before which a word certainly ends: 王明说."""
_JAPANESE_BEFORE = "首相 外相 大統領 総書記 国家主席 主席 知事 市長 町長 村長 議員 議長 会長 社長 教授 監督 選手 俳優 被告 容疑者 記者 氏 長官 大臣 書記長 党首 代表 防衛相 官房長官"
_JAPANESE_AFTER = (
    "首相 外相 大統領 総書記 国家主席 主席 氏 さん 様 くん 君 知事 県知事 市長 町長 村長 議員 議長 会長 社長 教授 監督 選手 容疑者 被告 長官 大臣 書記長 党首 代表 政府 当局 "
    "元首相 前首相 元大統領 前大統領 元会長 前会長 元社長 前社長 元議員 前議員 元知事 前知事 元市長 前市長 元外相 前外相 元官房長官 前官房長官 "
    "国内 国民 大使 大使館 官房長官 防衛相 財務相 県内 県警 市内 市議 "
    "は が を に の と で も へ や から まで より など だけ しか では には との への での からの までの とは とも って だ です だった でした という といった による によると について における"
)
_THAI_BEFORE = (
    "นาย นาง นางสาว น.ส. คุณ ดร. นายก อดีตนายก นายกรัฐมนตรี รัฐมนตรี ประธานาธิบดี ประธาน โฆษก จังหวัด อำเภอ เมือง กับ และ โดย ของ ให้ ที่ ว่า พล.อ. "
    "พล.ต.อ. พล.ต.ท. ศาสตราจารย์ บริษัท พรรค"
)
_THAI_AFTER = "กล่าว แถลง ระบุ เผย เปิดเผย ยืนยัน บอก ปฏิเสธ ชี้แจง ตอบ และ กับ ได้ จะ มี เป็น ไม่ ว่า เดินทาง ประชุม ประกาศ"

_FEW_HIRAGANA = ("お", "ご")
"""Prefixes of a Japanese word."""

_KANJI = late(f"[{HAN}]")
_HIRAGANA = late(f"[{HIRAGANA}]")
_KATAKANA = late(f"[{KATAKANA}]")
_KANA = late(f"[{KANA}]")
_THAI = late(f"[{THAI}]")
_CLOSE = late(f"[{CLOSE}]")
_THAI_BEFORE_VOWEL = late("[เ-ไ\u0ec0-\u0ec4]")
"""Vowels that are written before the consonant that they follow."""
_THAI_VOWEL = late("[ะาำๅๆ\u0eb0\u0eb2\u0eb3]")
"""Vowels, and the repetition sign, that stand behind what they belong to."""

_TRADITIONAL = "們這個說國對時會來為過還後與從學開發問長東車見話關電題實應當進現經點動機體業總產條運內區員據許"
_SIMPLIFIED = "们这个说国对时会来为过还后与从学开发问长东车见话关电题实应当进现经点动机体业总产条运内区员据许"

_NEAR = 100
"""Characters on either side in which kana show that Chinese characters are Japanese."""

_LONG = 3
"""Characters of a Chinese name that other words seldom contain."""

_DOUBT = -1300
"""The least score at the edges of a long name: few words contain 习近平."""

_LONGER = frozenset("部局院会會党黨社国國市省县縣区區州学學报報行司委厅廳军軍队隊处處所站网網人民大中公安")
"""Characters that may end a name and continue a longer word: 外交部 is not in 外交部长, nor 北京大学 in 北京大学生. The scores at their edges must be positive."""

_CROSSING = frozenset(
    [
        "今日",
        "昨日",
        "明日",
        "近日",
        "当日",
        "當日",
        "即日",
        "生日",
        "节日",
        "節日",
        "周日",
        "每日",
        "假日",
        "院长",
        "院長",
        "部长",
        "部長",
        "局长",
        "局長",
        "会长",
        "會長",
        "社长",
        "社長",
        "校长",
        "校長",
        "市长",
        "市長",
        "省长",
        "省長",
        "县长",
        "縣長",
        "区长",
        "區長",
        "州长",
        "州長",
        "军长",
        "軍長",
        "队长",
        "隊長",
        "处长",
        "處長",
        "所长",
        "所長",
        "站长",
        "站長",
        "行长",
        "行長",
        "厅长",
        "廳長",
    ]
)
"""Words of two characters that may end or begin within what looks like a name: 今日 in 今日本报."""

CERTAIN = 1 << 30
NEVER = -CERTAIN


def is_unspaced(name: str) -> bool:
    """Return whether a name has characters of a script without spaces."""
    return not name.isascii() and bool(_CLOSE.search(name))


def is_separate_word(text: str, start: int, end: int) -> bool:
    """Return whether a name is a word of its own between its neighbours, at least one of which is of such a script."""
    name = text[start:end]
    sides = text[max(0, start - 1) : start] + text[end : end + 1]
    if _THAI.search(name) or (not _CLOSE.search(name) and _THAI.search(sides)):
        return _is_apart_in_thai(text, start, end)
    if not _CLOSE.search(name):
        return True  # NATO between Chinese characters
    near = text[max(0, start - _NEAR) : end + _NEAR]
    if _KANA.search(near):
        return _is_apart_in_japanese(text, start, end)
    if _KANJI.search(name):
        return _is_apart_in_chinese(text, start, end)
    return not (_both_close(text, start) or _both_close(text, end))  # no model knows the words of Lao, Khmer, Burmese and Tibetan


def _both_close(text: str, at: int) -> bool:
    return 0 < at < len(text) and bool(_CLOSE.match(text, at - 1) and _CLOSE.match(text, at))


def _is_apart_in_chinese(text: str, start: int, end: int) -> bool:
    score = _scores("traditional" if _is_traditional(text) else "simplified")
    left = CERTAIN if not _both_close(text, start) or text.endswith(_words(_CHINESE_BEFORE), 0, start) else score(text, start)
    right = CERTAIN if not _both_close(text, end) or text.startswith(_words(_CHINESE_AFTER), end) else score(text, end)
    if (left != CERTAIN and _is_crossed(text, start)) or (right != CERTAIN and _is_crossed(text, end)):
        return False
    if left == CERTAIN and text[end : end + 1] in _CHINESE_SAYS:
        right = CERTAIN
    if end - start >= _LONG:
        return min(left, right) > (0 if text[end - 1] in _LONGER else _DOUBT)
    return _is_word(score, text, start, end, min(left, right))


def _is_crossed(text: str, edge: int) -> bool:
    """Return whether a known word of two characters has one on each side of an edge: 国王 and 明天 in 国王明天, where nobody is called 王明."""
    across = text[edge - 1 : edge + 1] if edge else ""
    return across in _CROSSING or across in _words(_CHINESE_BEFORE) or across in _words(_CHINESE_AFTER)


def _is_apart_in_thai(text: str, start: int, end: int) -> bool:
    if _THAI_BEFORE_VOWEL.match(text, start - 1 if start else 0, start) or _THAI_VOWEL.match(text, end):
        return False
    score = _scores("thai")
    left = CERTAIN if not _both_close(text, start) or text.endswith(_words(_THAI_BEFORE), 0, start) else score(text, start)
    right = CERTAIN if not _both_close(text, end) or text.startswith(_words(_THAI_AFTER), end) else score(text, end)
    return _is_word(score, text, start, end, min(left, right))


def _is_word(score: "_Score", text: str, start: int, end: int, edges: int) -> bool:
    """Return whether a word begins and ends at a name rather than within it."""
    return edges > 0 and edges > max((score(text, at) for at in range(start + 1, end)), default=NEVER)


def _is_apart_in_japanese(text: str, start: int, end: int) -> bool:
    return _begins_in_japanese(text, start) and _ends_in_japanese(text, end)


def _begins_in_japanese(text: str, start: int) -> bool:
    if not _both_close(text, start) or text.endswith(_words(_JAPANESE_BEFORE), 0, start):
        return True
    before = text[start - 1]
    if _HIRAGANA.match(before):
        # Not behind お of a word such as お菓子; between hiragana only the model can tell.
        return _scores("japanese")(text, start) > 0 if _HIRAGANA.match(text, start) or before in _FEW_HIRAGANA else True
    return bool(_KATAKANA.match(before)) != bool(_KATAKANA.match(text, start))


def _ends_in_japanese(text: str, end: int) -> bool:
    if not _both_close(text, end) or text.startswith(_words(_JAPANESE_AFTER), end):
        return True
    return bool(_KATAKANA.match(text, end)) != bool(_KATAKANA.match(text, end - 1))


@cache
def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _is_traditional(text: str) -> bool:
    return sum(map(text.count, _TRADITIONAL)) > sum(map(text.count, _SIMPLIFIED))


class _Score:
    """The score of BudouX for a word end between two characters: above 0 if likely."""

    def __init__(self, model: Mapping[str, Mapping[str, int]]) -> None:
        self._base = -sum(sum(group.values()) for group in model.values()) // 2
        self._groups = [(model.get(name, {}), low, high) for name, low, high in _FEATURES]

    def __call__(self, text: str, at: int) -> int:
        found = self._base
        for group, low, high in self._groups:
            if at + low >= 0:
                found += group.get(text[at + low : at + high], 0)
        return found


_FEATURES = (
    *((f"UW{n}", n - 4, n - 3) for n in range(1, 7)),
    *((f"BW{n}", n - 3, n - 1) for n in range(1, 4)),
    *((f"TW{n}", n - 4, n - 1) for n in range(1, 5)),
)
"""The features of a model: characters by ones, twos and threes, with their offsets from the edge."""


@cache
def _scores(language: str) -> _Score:
    return _Score(_parser(language).model)


def _parser(language: str) -> "Parser":
    # Late: most texts have no such script.
    import budoux

    loaders = {
        "simplified": budoux.load_default_simplified_chinese_parser,
        "traditional": budoux.load_default_traditional_chinese_parser,
        "thai": budoux.load_default_thai_parser,
        "japanese": budoux.load_default_japanese_parser,
    }
    return loaders[language]()
