"""Where the family name stands in names of several languages."""

import pytest

from builder.i18n.lexicons.name_order import FamilyName, family_name

FIRST = [
    "Xi Jinping",
    "Mao Zedong",
    "Mao Tse-tung",
    "Chiang Kai-shek",
    "Tsai Ing-wen",
    "Lai Ching-te",
    "Kim Jong-un",
    "Kim Jong Un",
    "Ban Ki-moon",
    "Park Geun-hye",
    "Moon Jae-in",
    "Lee Kuan Yew",
    "Hu Jintao",
    "Wen Jiabao",
    "Deng Xiaoping",
    "Zhou Enlai",
    "Abe Shinzo",
    "Kishida Fumio",
    "Ishiba Shigeru",
    "Koizumi Junichiro",
    "Orbán Viktor",
    "Magyar Péter",
    "Novák Katalin",
    "Nagy Imre",
    "Gyurcsány Ferenc",
]
LAST = [
    "Jo Hale",
    "Ann Lee",
    "Anna Hale",
    "Jinping Xi",
    "Shinzo Abe",
    "Fumio Kishida",
    "Viktor Orbán",
    "Péter Magyar",
    "Anna Kim",
    "Kim Brown",
    "Abe Lincoln",
    "Mary Ann Lee",
    "Bruce Lee",
    "Imre Nagy",
    "Otto Mason",
    "Hans Imre",
    "Lee Harvey Hale",
    "Ursula von der Leyen",
    "Jean-Luc Morel",
    "Han Solberg",
    "Anna Smith-Jones",
    "Song Brandt",
    "Иван Петров",
    "Yoko Tanaka",
    "Anna Al-hadi",
]
UNKNOWN = [
    "Park Hale",
    "Kim Yuna",
    "Ma Long",
    "Li Wei",
    "Wang Yang",
    "Kim Lee",
    "Ito Mori",
    "László Péter",
    "Nguyen Phu Trong",
    "Phạm Minh Chính",
    "Lê Đức Thọ",
    "Nguyễn Văn A",
]


@pytest.mark.parametrize(
    "name, order",
    [
        *((name, FamilyName.FIRST) for name in FIRST),
        *((name, FamilyName.LAST) for name in LAST),
        *((name, FamilyName.UNKNOWN) for name in UNKNOWN),
    ],
)
def test_the_family_name_is_known_by_lists_of_names(name, order):
    assert family_name(name.split()) is order
