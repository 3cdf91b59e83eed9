"""The words of a text count as they are parted by spaces of any kind."""

import pytest

from builder.content.markup.reading_time import words_to_read


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "one",
        "one two",
        "one\n\ntwo",
        "one\ntwo\n",
        "one  two",
        "one \n two",
        "one\ttwo",
        "one\x1ctwo",
        "one\xa0two",
        "“one” two –\u2003three",
    ],
)
def test_words_are_what_stands_between_spaces(text):
    assert words_to_read(text) == len(text.split())
