"""Which word of a person’s name is the family name: the first in “Xi Jinping”, “Kim Jong-un” and “Orbán Viktor”, the last in “Ann Lee”.

Lists of names decide. Where they fit both orders, as in “Li Wei”, it is not known.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, auto

from builder.i18n.lexicons import first_names
from builder.i18n.lexicons.lexicon import words as listed
from builder.i18n.patterns import late


class FamilyName(Enum):
    """Where the family name stands."""

    FIRST = auto()
    LAST = auto()
    UNKNOWN = auto()


_CHINESE_OR_KOREAN = listed(
    """an bae bai ban bao cai cao cha chai chan chang chao chen cheng cheong cheung chi chiang chin chiu cho choe choi chong chou chow chu chua chui chun chung chow cui dai deng ding dong
    du duan eom fan fang feng fong fu fung gan gao ge geng gong gu guan guo gwak ha hahm ham han hao he heo hong hou hu hua huang hui hung hsieh hsu hwang im jang jeon jeong ji jia jiang jiao jin joo jung
    kang kan ki kim ko koh kong koo kuang kuo kwak kwan kwok kwon kwong lai lam lau lee lei leung li lian liang liao lim lin ling liu lo long loo lu lui luo luk lung lyu ma mai mao mak meng min mok
    moon mu myung na nam ng ngai nie ning noh oh ong pae pai pak pan pang park pei peng pi pu pyo qi qian qiang qiao qin qiu qu quan rao ren rhee ri rim roh ryu seo seok shao shen shi shim shin sim sin so
    sohn son song su suh sun sung tai tam tan tang tao teng teo tian ting tong tsai tsang tse tseng tu tung wan wang wei wen weng wong woo wu xi xia xiang xiao xie xin xing xiong xu xue yan yang yao ye yee
    yeo yeom yeon yeung yi yim yin ying yip yoo yoon you yu yuan yue yuen yun zeng zha zhai zhan zhang zhao zheng zhong zhou zhu zhuang zhuge zou"""
)
_WORDS_ELSEWHERE = listed("an chan han ham he kan kim lee lim lo long lu ma mai moon pan park rim sim so son song sun tam tan ting")
"""Those that are first names or words elsewhere."""
_SYLLABLE = r"(?:zh|ch|sh|ts|hs|[bpmfdtnlgkhjqxrzcswy]w?y?|kk|pp|tt)?(?:i?a[ino]?g?|i?ang|iao|ae|e[inow]?g?|eng|eo[nmlk]?g?|eu[nmlk]?g?|i[anou]?n?g?|i[mlkp]|iu|o[umnk]?g?|ong|oo[nkm]?|u[aeionl]?n?g?|uang|uai|u[kml]|a[mklp]|üe?n?|yu[nk]?)"
_EAST_ASIAN_GIVEN = late(rf"{_SYLLABLE}(?:[-’']?{_SYLLABLE})?")
_HYPHENATED = late(r"(?!Al-|El-|Ben-|Bin-|Abd-)[A-Z][a-z]{1,5}-[a-z]{2,6}")
"""Given names as Korea and Taiwan write them: Jong-un."""

_JAPANESE = listed(
    """abe akiyama ando aoki aoyama arai aso endo fujii fujita fujiwara fukuda fukui goto hara harada hasegawa hashimoto hatoyama hayashi higuchi hirano hirata honda hosokawa iida ikeda imai inoue ishiba ishida
    ishihara ishii ishikawa ito iwasaki kaneko kato kawaguchi kawasaki kikuchi kimura kishida kishi kobayashi koike koizumi kojima kondo kono kubo kudo maeda maruyama masuda matsuda matsui matsumoto matsuno mishima miura
    miyamoto miyazaki mori morita motegi murakami murata nagai nagata nakagawa nakai nakajima nakamura nakano nakasone nakayama nishida nishimura noda noguchi nomura oda ogawa ohira oishi okada okamoto onishi ono
    oshima ota otsuka ozawa saito sakai sakamoto sakurai sano sasaki sato sekine shibata shimada shimizu suga sugawara sugimoto sugiyama suzuki takagi takahashi takaichi takeda takenaka takeuchi tamura tanaka taniguchi
    tokugawa toyoda tsuchiya uchida ueda ueno wada watanabe yagi yamada yamaguchi yamamoto yamamura yamanaka yamasaki yamashita yamazaki yano yokoyama yoshida yoshikawa yoshimura"""
)
_JAPANESE_GIVEN = listed(
    """ai aiko akemi aki akihiko akihito akiko akio akira asami asuka atsushi ayako ayumi chiaki chie daisuke eiji eiko emi emiko eriko etsuko fumiko fumio fusako hajime hana hanako haruka haruki haruko hayao
    hideki hideko hideo hiroaki hirofumi hiroko hiromi hiroshi hiroyuki hisako hitomi ichiro isamu isao junichi junichiro junko kaori katsuya kazuko kazuo kazuya keiko keisuke kei kenichi kenji kenta kenzaburo kenzo kiyoshi
    koichi koji kumiko kyoko makiko makoto mamoru mariko masahiro masako masao masaru masashi masato mayumi michiko midori mieko mika miki minoru misako mitsuko mitsuo miyuki naoko naoki naoto naruhito natsuki
    noboru noriko norio nobuo osamu reiko rie rika rumiko ryo ryoko ryota sachiko sadako sakura sanae satoko satoshi sayuri seiji seiko setsuko shigeki shigeru shinichi shinji shintaro shinya shinzo shizuka shoichi shota shunsuke sumiko
    susumu tadashi takako takao takashi takeo takeshi taku takuya taro tatsuo tatsuya tetsuo tetsuya tomoko tomoya toru toshiaki toshihiro toshiko toshio toshiro tsutomu tsuyoshi yasuhiro yasuko yasuo yasushi yayoi yoichi yoko yoriko
    yoshie yoshihide yoshihiro yoshiko yoshio yoshiro youko yuichi yuji yuka yukari yuki yukiko yukio yuko yumi yumiko yuriko yusuke yutaka"""
)
_HUNGARIAN_GIVEN = listed(
    """ágnes ágota ákos anikó ányos áron árpád attila balázs bálint béla bence borbála csaba csilla dávid dénes dezső domokos elek előd endre enikő erzsébet eszter éva ferenc gábor gellért gergely gergő géza
    gizella győző györgy györgyi gyula hajnalka ibolya ildikó ilona imre istván iván izabella jános jenő józsef judit kálmán károly katalin kinga klára krisztián krisztina lajos lászló lilla lóránt lőrinc magdolna mária márk márta márton
    máté mátyás mihály miklós mónika nándor noémi ödön orsolya ottó pál péter piroska réka rezső róbert rózsa sándor sára szabolcs szilárd szilvia tamás tibor tímea tivadar tünde vilmos vince zita zoltán zsanett zsigmond zsófia zsolt
    zsuzsanna zsuzsa"""
)
_HUNGARIAN_TOO = listed(
    "andrea anna viktor viktória gabriella katinka norbert roland dániel ádám bernadett edit emese gusztáv richárd levente botond csongor"
)
_HUNGARIAN_LETTERS = late("[áéíóöőúüűÁÉÍÓÖŐÚÜŰ]|sz|gy|cs|zs|ny")
_VIETNAMESE = listed("nguyen tran pham hoang huynh phan dang bui ngo duong le ho do vo vu ly truong dinh dao lam trinh doan")
_VIETNAMESE_LETTERS = late("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_CERTAINLY_VIETNAMESE = frozenset(["nguyen", "tran", "pham", "huynh"])
_MOST = 3


def family_name(words: Sequence[str]) -> FamilyName:
    """Return where the family name stands in the words of a name, of which there are two or more."""
    found = _hungarian(words) or _vietnamese(words) or _japanese(words) or _chinese_or_korean(words)
    return found or FamilyName.LAST


def _hungarian(words: Sequence[str]) -> FamilyName | None:
    first, last = words[0].casefold(), words[-1].casefold()
    given = _HUNGARIAN_GIVEN | (_HUNGARIAN_TOO if _HUNGARIAN_LETTERS.search(words[0]) else frozenset())
    if last not in given:
        return None
    if first in _HUNGARIAN_GIVEN or first in _HUNGARIAN_TOO or first in first_names.KNOWN:
        return FamilyName.LAST if first in first_names.KNOWN and first not in _HUNGARIAN_GIVEN else FamilyName.UNKNOWN
    return FamilyName.FIRST


def _vietnamese(words: Sequence[str]) -> FamilyName | None:
    """Vietnamese are called by their last word, which is no family name: no word of theirs stands for them alone."""
    first = _plain(words[0])
    is_one = first in _CERTAINLY_VIETNAMESE or (first in _VIETNAMESE and _VIETNAMESE_LETTERS.search(" ".join(words)))
    return FamilyName.UNKNOWN if is_one else None


def _japanese(words: Sequence[str]) -> FamilyName | None:
    if len(words) != len(("family", "given")):
        return None
    first, last = map(_plain, words)
    is_first, is_last = first in _JAPANESE, last in _JAPANESE
    if first in _JAPANESE_GIVEN or last in _JAPANESE_GIVEN:
        if is_first and not is_last and first not in _JAPANESE_GIVEN:
            return FamilyName.FIRST
        if last in _JAPANESE_GIVEN and first not in first_names.KNOWN and not is_last:
            return FamilyName.UNKNOWN if first in _JAPANESE_GIVEN else FamilyName.FIRST
        return FamilyName.UNKNOWN if is_first and is_last else FamilyName.LAST
    return FamilyName.UNKNOWN if is_first and is_last else None


def _chinese_or_korean(words: Sequence[str]) -> FamilyName | None:
    if len(words) > _MOST:
        return None
    first, rest = _plain(words[0]), [_plain(word) for word in words[1:]]
    if len(words) < _MOST and _HYPHENATED.fullmatch(words[1]):
        return FamilyName.FIRST
    is_given = all(map(_EAST_ASIAN_GIVEN.fullmatch, rest))
    if first in _CHINESE_OR_KOREAN and is_given:
        both = len(rest) == 1 and (first in _WORDS_ELSEWHERE or rest[0] in _CHINESE_OR_KOREAN or rest[0] in first_names.KNOWN)
        return FamilyName.UNKNOWN if both else FamilyName.FIRST
    return None


def _plain(word: str) -> str:
    """Return a word in small letters without accents."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", word.casefold().replace("đ", "d")))
