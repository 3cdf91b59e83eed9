"""The sentence that holds some words."""

import pytest

from builder.content.mentions.sentences import around, sentence

FIRST = "The ferry was late."
LAST = "Nobody was hurt in the harbour, and the boat went on."


@pytest.mark.parametrize(
    "middle",
    [
        "Ann Lee left.",
        "Did Ann Lee leave?",
        "On 3. May Ann Lee left.",
        "Ann Lee met J. Curtis.",
        "“It is sound. It floats,” Ann Lee said.",
        '"It is sound. It floats", Ann Lee said.',
        "»Es schwimmt. Es hält«, sagte Ann Lee.",
        "«It is sound. It floats», Ann Lee said.",
        'The 5" pipe of Ann Lee burst.',
    ],
)
def test_a_sentence_ends_neither_within_quotation_marks_nor_behind_a_day_or_an_initial(middle):
    for before, behind in ((FIRST, LAST), ("", LAST), (FIRST, ""), ("", "")):
        text = " ".join(filter(None, (before, middle, behind)))
        start = text.index("Ann Lee")
        found, first, last = sentence(text, start, start + 7)
        assert (found, found[first:last]) == (middle, "Ann Lee")


def test_a_mark_at_the_beginning_of_a_text_opens_whatever_its_end_is():
    text = '"It is sound. It floats", Ann Lee said to a clerk'
    assert sentence(text, text.index("Ann"), text.index("Ann") + 7)[0] == text


def test_a_block_ends_a_sentence():
    text = "The hall\n\nAnn Lee left\n\nIt rained."
    assert sentence(text, 10, 17)[0] == "Ann Lee left"


def test_words_around_a_name_are_cut_at_words():
    text = f"{'It was a long and dark night, in which '}Ann Lee {'looked for the old boat of the harbour master.'}"
    assert (
        around(text, text.index("Ann"), text.index("Ann") + 7) == "… long and dark night, in which Ann Lee looked for the old boat of the …"
    )
