"""Words behind a name that make it a longer one."""

import pytest

from builder.content.mentions.longer_names import end_of_longer_name, is_in_title

NAME = "Ann Lee"


@pytest.mark.parametrize(
    "behind, language, longer",
    [
        (" Curtis said", "en", " Curtis"),
        ("\u00a0Curtis said", "en", "\u00a0Curtis"),
        (" Jr. said", "en", " Jr."),
        (" J. Curtis", "en", " J."),
        (" II said", "en", " II"),
        (" Curtis’s boat", "en", " Curtis’s"),
        (" said", "en", ""),
        (", Curtis", "en", ""),
        (" MP said", "en", ""),
        (" I said", "en", ""),
        (" Monday", "en", ""),
        (" March 3", "en", ""),
        (" March said", "en", " March"),
        (" Иванова", "en", ""),
        (" Recht hat", "de", ""),
        ("", "en", ""),
    ],
)
def test_a_word_with_a_capital_is_a_part_of_the_name_unless_it_is_something_else(behind, language, longer):
    text = NAME + behind
    assert end_of_longer_name(text, len(NAME), len(text), language) == (len(NAME + longer) if longer else 0)


@pytest.mark.parametrize("gap, last, is_longer", [("\n", 8, False), ("\n", 9, True), (" ", 8, True), (" ", 9, True)])
def test_behind_a_line_break_only_a_word_of_the_same_piece_counts(gap, last, is_longer):
    assert end_of_longer_name(f"{NAME}{gap}Curtis said", len(NAME), last, "en") == (14 if is_longer else 0)


@pytest.mark.parametrize(
    "line, is_title",
    [
        ("Ann Lee Says No", True),
        ("Why Ann Lee Left the Hall", True),
        ("Why Ann Lee left the Hall", False),
        ("Ann Lee Curtis", False),
        ("Ann Lee", False),
    ],
)
def test_a_line_in_which_all_longer_words_have_capitals_is_a_title(line, is_title):
    for before, behind in (("", ""), ("It was late.\n", "\nThe boat sank.")):
        text = before + line + behind
        assert is_in_title(text, text.index(NAME) + len(NAME)) is is_title
