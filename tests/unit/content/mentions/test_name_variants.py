"""Names in the other script of Chinese, or with letters that only look like theirs."""

import pytest

from builder.content import mentions

OPENCC = str.maketrans("賴將復", "赖将复")
"""A few of the signs that the library knows."""


@pytest.mark.parametrize(
    "name, text, form",
    [
        ("Boris Johnson", "So said B\u043eris Johnson, again.", "B\u043eris Johnson"),
        ("Boris Johnson", "So said Boris Johnson – and B\u043eris Johnson.", "B\u043eris Johnson"),
        ("Boris Johnson", "So said B\u043eris Johnsonson – again.", ""),
        ("Иван Петров", "Сказал Иван Петрович.", ""),
        ("NATO", "ＮＡＴＯ は答えた。", "ＮＡＴＯ"),
    ],
)
def test_a_name_with_letters_that_look_alike_is_found(name, text, form):
    assert mentions.in_other_signs(text, [name]) == ((name, form) if form else ("", ""))


@pytest.mark.parametrize(
    "name, text, form",
    [
        ("賴清德", "赖清德表示，將恢復。", "赖清德"),
        ("赖清德", "賴清德表示，將恢復。", "賴清德"),
        ("賴清德", "賴清德表示，將恢復。", ""),
        ("王毅", "李强表示，将恢复。", ""),
    ],
)
def test_a_name_in_the_other_script_of_chinese_is_found(monkeypatch, name, text, form):
    monkeypatch.setattr("builder.content.mentions.name_variants.simplifier", lambda: lambda words: words.translate(OPENCC))
    assert mentions.in_other_signs(text, [name]) == ((name, form) if form else ("", ""))


def test_without_the_library_such_a_name_is_not_found(monkeypatch):
    monkeypatch.setattr("builder.content.mentions.name_variants.simplifier", lambda: None)
    assert mentions.in_other_signs("赖清德表示，將恢復。", ["賴清德"]) == ("", "")


@pytest.mark.parametrize(
    "text, found",
    [
        ("Ann Lee came. Then \u0410nn Lee left.", ("Ann Lee", "\u0410nn Lee")),
        ("Ann Lee came.\nThen “\u0410nn Lee” left, and \u0410nna.", ("Ann Lee", "\u0410nn Lee")),
        ("Ann Lee came, and \uff21nn Lee.", ("Ann Lee", "\uff21nn Lee")),
        ("Ann Lee came, and Ann\nLee, and \u0410нна.", ("", "")),
        ("Ann Lee came, and \u0410nn Leeds.", ("", "")),
    ],
)
def test_a_name_may_stand_with_other_letters_beside_its_own(text, found):
    assert mentions.in_other_signs(text, ["Ann Lee"]) == found
