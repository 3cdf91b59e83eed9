"""Questions and answers behind labels, and whose the answers are."""

import pytest

from builder.drafting import draft_of, read
from builder.drafting.findings import CERTAIN, INDIRECT, LIKELY, UNRESOLVED

TOLD = "Bell tuner Ann Lee has worked for years. Bob Cox asked her what she hears.\n\n"


def answers(text: str):
    draft = draft_of(read(text, name="a.txt"))
    return [
        (quote.speaker.name if quote.speaker else None, quote.how, [text[low:high] for low, high in quote.spans])
        for quote in draft.said
        if quote.kind != INDIRECT
    ]


@pytest.mark.parametrize(
    "q, a, how",
    [
        ("Q:", "A:", LIKELY),
        ("Q.", "A.", LIKELY),
        ("BC:", "AL:", CERTAIN),
        ("BOB COX:", "ANN LEE:", CERTAIN),
        ("Cox:", "Lee:", CERTAIN),
        ("Q:", "AL:", CERTAIN),
    ],
)
def test_answers_are_of_whom_the_label_or_the_words_above_tell(q, a, how):
    text = f"{TOLD}{q} What do you hear?\n\n{a} Rain.\n\nAnd wind.\n\n{q} And at night?\n\n{a} Nothing.\n\nShe turns 70 soon.\n"
    assert answers(text) == [("Ann Lee", how, ["Rain.", "And wind."]), ("Ann Lee", how, ["Nothing."])]


def test_an_answer_in_quotation_marks_is_one_quote():
    text = f"{TOLD}Q: What do you hear?\n\nA: “Rain.”\n\nQ: And at night?\n\nA: “Nothing.”\n"
    assert answers(text) == [("Ann Lee", LIKELY, ["Rain."]), ("Ann Lee", LIKELY, ["Nothing."])]


def test_initials_of_nobody_who_is_named_are_left_open():
    text = "Notes.\n\nQ: Who?\n\nXY: Me.\n\nQ: When?\n\nXY: Now.\n"
    assert [(speaker, how) for speaker, how, _ in answers(text)] == [(None, UNRESOLVED), (None, UNRESOLVED)]


@pytest.mark.parametrize("text", ["Note: one.\n\nNote: two.\n", "Who: Ann.\n\nWhen: now.\n", "Q: Why?\n"])
def test_other_labels_make_no_interview(text):
    assert answers(text) == []


def test_an_interview_may_go_on_without_labels_and_end_in_the_words_of_the_reporter():
    text = f"{TOLD}Bob Cox: What do you hear?\n\nAnn Lee: Rain.\n\nBC: And at night?\n\nAL: Nothing.\n\nAnd by day?\n\nI hear birds.\n\nLee laughs.\n"
    assert answers(text) == [("Ann Lee", CERTAIN, ["Rain."]), ("Ann Lee", CERTAIN, ["Nothing."]), ("Ann Lee", LIKELY, ["I hear birds."])]


def test_answers_behind_questions_without_labels_are_of_whom_the_words_above_tell():
    text = f"{TOLD}What do you hear?\n\nI hear rain.\n\nAnd at night?\n\nMy cat.\n\nWill you stop?\n\nI will not.\n"
    assert [speaker for speaker, _, _ in answers(text)] == ["Ann Lee"] * 3
    assert answers(f"{TOLD}Is it true?\n\nThe boat is old.\n\nIs it safe?\n\nThe boat is sound.\n\nWhen?\n\nThe boat is late.\n") == []


def test_labels_may_stand_before_the_answers_only():
    text = f"{TOLD}What do you hear?\n\nLee: Rain.\n\nAnd at night?\n\nLee: A cat.\n\nAnd then?\n\nLee: Rain.\n"
    assert [speaker for speaker, _, _ in answers(text)] == ["Ann Lee"] * 3
