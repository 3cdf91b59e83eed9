"""Characters that an eye passes over are told by their names."""

import pytest

from builder.checks import link_suggestions
from builder.content.anchoring import anchor
from builder.content.markup import read
from builder.diagnostics import Diagnostic, Location, characters, did_you_mean
from builder.model import Quote


@pytest.mark.parametrize(
    "one, other, told",
    [
        ("o\ufb03ce", "office", "this has “\ufb03” (LATIN SMALL LIGATURE FFI, U+FB03) where that has “ffi”"),
        ("office", "o\ufb03ce", "this has “ffi” where that has “\ufb03” (LATIN SMALL LIGATURE FFI, U+FB03)"),
        ("\u200fשלום\u200f", "שלום", "this has ‹U+200F› (RIGHT-TO-LEFT MARK), which that does not have"),
        ("m\u043eney", "money", "this has “\u043e” (CYRILLIC SMALL LETTER O, U+043E) where that has “o” (LATIN SMALL LETTER O, U+006F)"),
        ("a\u0585b", "aob", "this has “\u0585” (ARMENIAN SMALL LETTER OH, U+0585) where that has “o” (LATIN SMALL LETTER O, U+006F)"),
        (
            "caf\u00e9",
            "cafe\u0301",
            "this has “\u00e9” (LATIN SMALL LETTER E WITH ACUTE, U+00E9) where that has “e\u0301” (LATIN SMALL LETTER E, U+0065 and COMBINING ACUTE ACCENT, U+0301)",
        ),
        ("a\u00a0b", "a b", "this has a NO-BREAK SPACE (U+00A0) where that has a space"),
        ("summary", "\u200bsummary", "that has ‹U+200B› (ZERO WIDTH SPACE), which this does not have"),
        ("❤\ufe0f", "❤", "this has ‹U+FE0F› (VARIATION SELECTOR-16), which that does not have"),
        ("ann-Iee", "ann-lee", "this has “I” (LATIN CAPITAL LETTER I, U+0049) where that has “l” (LATIN SMALL LETTER L, U+006C)"),
        ("cat", "car", ""),
        ("naïve", "naive", ""),
        ("straße", "strasse", ""),
        ("same", "same", ""),
    ],
    ids=ascii,
)
def test_two_texts_that_look_alike_are_told_apart_by_what_differs(one, other, told):
    assert characters.apart(one, other, "this", "that") == told


def test_many_differences_are_counted():
    assert characters.apart("\u043e\u0440\u0435\u043a", "opek", "this", "that").endswith("; and in 2 more places")


@pytest.mark.parametrize(
    "char, name",
    [
        ("\x1b", "U+001B (ESCAPE)"),
        ("\x9b", "U+009B (a control character)"),
        ("\ufffe", "U+FFFE (a noncharacter)"),
        ("\ue000", "U+E000 (a character of private use)"),
    ],
)
def test_every_character_has_a_name(char, name):
    assert characters.named(char) == name


def test_no_message_has_a_character_that_nobody_could_see():
    told = Diagnostic("id-wrong", "“a\u202eb\x1b\ud800” is wrong.", Location("a.md"), help="Write \u200bb.")
    assert (told.message, told.help) == ("“a‹U+202E›b‹U+001B›‹U+D800›” is wrong.", "Write ‹U+200B›b.")


@pytest.mark.parametrize("word", ["\u0430nn-lee", "ann\u200b-lee", "ann\u2011lee", "\u0430\u043d\u043d-lee"], ids=ascii)
def test_an_id_that_looks_like_another_is_never_proposed_without_a_word_of_the_difference(word):
    found = did_you_mean(word, ["ann-lee", "bob-cox"])
    assert found.startswith("Did you mean “ann-lee”?")
    assert ("The two look alike: " in found) is (characters.apart(word, "ann-lee", "", "") != "")


def test_so_are_file_names():
    hints = link_suggestions.LinkSuggestions(["explainers/b/cafe\u0301.png", "press%20photo.png"], {})
    assert "COMBINING ACUTE ACCENT" in hints.of("caf\u00e9.png", "content/explainers/b/index.md", "explainers/b/caf\u00e9.png").help
    assert "Rename it to press-photo.png" in hints.of("press photo.png", "content/explainers/b/index.md", "press photo.png").help


@pytest.mark.parametrize(
    "body, words, advice",
    [
        ("“Yes — no.”", "Yes—no.", "Only spaces differ: the body has “Yes — no.”, the quote “Yes—no.”."),
        (
            "The vote – such as it was – failed.",
            "The vote—such as it was—failed",
            "Only spaces differ: the body has “vote – such”, the quote “vote—such”.",
        ),
        (
            "The boat — as we know — is sound.",
            "The boat -- as we know -- is sound",
            "Only dashes differ: the body has “boat — as”, the quote “boat -- as”.",
        ),
        ("« Oui , dit-il . Non ! »", "Oui, dit-il. Non!", "Only spaces differ: the body has “Oui ,”, the quote “Oui,”."),
        ("“He said ‘no’ twice”", "He said “no” twice", "Only quotation marks differ: the body has “said ‘no’”, the quote “said “no””."),
        (
            "We have the m\u043eney, he said.",
            "We have the money.",
            "The two look alike: the body has “\u043e” (CYRILLIC SMALL LETTER O, U+043E) where the quote has “o” (LATIN SMALL LETTER O, U+006F).",
        ),
        (
            "“The boat is sound,” Ann Lee said. “The crew is willing.”",
            "The boat is sound. The crew is willing.",
            'There the body has “Ann Lee said” between the words: give the quote in pieces, as a list: ["The boat is sound", "The crew is willing."]',
        ),
        (
            "“The boat is sound,” Ann Lee said. “The crew is willing.”",
            "The boat is sound […] The crew is willing.",
            'There the body has “Ann Lee said” between the words: give the quote in pieces, as a list: ["The boat is sound", "The crew is willing."]',
        ),
        ("It is quite sound here.", "It is sound here", "There the body has “quite” more."),
        ("船是安全的，船员也愿意。", "船是安全的，船员都愿意", "There the body has “也”, the quote “都”."),
    ],
)
def test_what_is_near_to_a_quote_is_told_with_what_differs(body, words, advice):
    (problem,) = anchor(read(body, path="a.md")[0], [Quote(id="q", segments=(words,))], path="a.md")[1]
    assert problem.help.startswith("The nearest words in the body are “")
    assert problem.help.endswith(advice)


def test_the_pieces_that_are_proposed_stand_in_the_body():
    body = read("“The boat is sound,” Ann Lee said. “The crew is willing.”", path="a.md")[0]
    assert not anchor(body, [Quote(id="q", segments=("The boat is sound", "The crew is willing."))], path="a.md")[1]


@pytest.mark.parametrize(
    "text",
    ["a\x1bb", "\u0008", "\ufdd0", "\U0001ffff", "\ud800", "a\u202eb\u202c", "\u2067a", "a\u2069", "\u202aa\u2069", "\x85", "\x9b"],
    ids=ascii,
)
def test_what_is_never_published_is_found(text):
    assert characters.find_unpublishable(text)


@pytest.mark.parametrize(
    "text", ["a\tb\nc", "\u2067שלום\u2069 a", "\u202bשלום\u202c", "\u200fא\u200e", "👩\u200d🚀", "می\u200cخواهم", "\ue000"], ids=ascii
)
def test_what_may_be_published_is_let_through(text):
    assert characters.find_unpublishable(text) == ()
