"""Beginnings of texts that are too long."""

import pytest

from builder.diagnostics.shortening import shorten, shorten_at_word


@pytest.mark.parametrize(
    "text, most, cut, at_word",
    [
        ("The boat", 8, "The boat", "The boat"),
        ("The boat is sound", 12, "The boat is…", "The boat …"),
        ("The boat, which", 12, "The boat, w…", "The boat …"),
        ("The boat is", 10, "The boat…", "The …"),
        ("渡し船はいつまでも", 6, "渡し船はい…", "渡し船は …"),
    ],
)
def test_beginning_has_at_most_so_many_characters(text, most, cut, at_word):
    assert (shorten(text, most), shorten_at_word(text, most)) == (cut, at_word)
    assert max(len(cut), len(at_word)) <= max(most, len("The …"))
