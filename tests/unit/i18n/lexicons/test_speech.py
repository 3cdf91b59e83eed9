"""The words of saying, denial and doubt of each language."""

import re

import pytest

from builder.i18n.lexicons import lexicon_of
from builder.i18n.lexicons.speech import JOINED, SPEECH, UNSPACED, Speech, any_of, speech_of, words_of


@pytest.mark.parametrize("tag", SPEECH)
def test_each_value_is_a_list_for_a_regular_expression_without_groups_and_empty_entries(tag):
    for name in Speech.__struct_fields__:
        if isinstance(value := getattr(SPEECH[tag], name), bool):
            continue
        made = re.compile(any_of(value))
        assert made.groups == 0, name
        assert not value or made.fullmatch("") is None, name


def test_a_language_is_found_by_any_tag_of_it():
    assert speech_of("de-AT") is speech_of("DE") is speech_of("de_CH") is SPEECH["de"]
    assert speech_of("tlh") == Speech()


def test_a_language_without_blanks_joins_words_as_does_korean():
    assert {"zh", "ja"} == UNSPACED
    assert {"zh", "ja", "ko"} == JOINED


def test_the_lexicons_have_the_words_of_their_language():
    for tag in ("en", "de"):
        lexicon = lexicon_of(tag)
        assert words_of(SPEECH[tag].denies) <= lexicon.denying.keys()
    assert words_of(SPEECH["en"].says, SPEECH["en"].told) <= lexicon_of("en").says


def test_blanks_between_words_are_any_and_those_that_may_be_missing_are_none_too():
    assert re.fullmatch(any_of("according to", "laut"), "according  to")
    assert re.fullmatch(any_of("것 ?을"), "것을")


def test_the_words_of_a_list_are_its_single_words_in_both_forms():
    assert words_of("said|according to|isn[’']t|сказала?") == {"said", "сказала", "сказал"}


@pytest.mark.parametrize("tag", [tag for tag in SPEECH if tag not in JOINED])
def test_verbs_of_saying_are_single_words(tag):
    for value in (SPEECH[tag].says, SPEECH[tag].told):
        assert all(len(words_of(entry)) == 1 + entry.endswith("?") for entry in value.split("|") if entry)


@pytest.mark.parametrize(
    "tag", [tag for tag, row in SPEECH.items() if (row.misquoted or row.misquoted_behind) and tag not in {"zh", "ja", "ko"}]
)
def test_in_languages_with_blanks_wordings_of_what_was_not_said_hold_a_cue(tag):
    row = SPEECH[tag]
    assert row.cues
    for value in (row.misquoted, row.misquoted_behind):
        assert not value or any(re.search(cue, value, re.IGNORECASE) for cue in row.cues.split("|"))
