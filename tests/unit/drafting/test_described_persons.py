"""Descriptions of somebody whom the article has named, and names of things in quotation marks."""

import pytest

from builder import dates
from builder.drafting import draft_of, read
from builder.drafting.findings import CERTAIN, LIKELY


def said(text: str):
    draft = draft_of(read(f"{text}\n\nThe ferry waits at the quay.\n", name="a.txt"), dates.parse("2025-09-17"))
    return [quote for quote in draft.said if quote.kind != "indirect"]


@pytest.mark.parametrize(
    "text, name",
    [
        ("Brigid Halloran won. “I did not know,” the Irishwoman said.", "Brigid Halloran"),
        ("“It is small,” Tarn’s fisheries minister, Tom Reker, told us.", "Tom Reker"),
        ("Phil Drury read out a message that Susan Oates had sent in May: “Tell him.”", "Susan Oates"),
        ("“It is not so,” objected to this on Tuesday Ann Lee.", "Ann Lee"),
        ("“They are late,” Bob Cox admitted.", "Bob Cox"),
    ],
)
def test_a_speaker_is_found_by_what_stands_around_the_name(text, name):
    (quote,) = said(text)
    assert quote.speaker.name == name


@pytest.mark.parametrize(
    "text, name",
    [
        ("Femi Okoro had not played since August. “She cried,” the striker said.", "Femi Okoro"),
        ("Jon Haas saw Mary Vale win. Vale crossed the line alone. “I did not know,” the champion said.", "Mary Vale"),
        ("The governor of the region, Ann Lee, came. “It is work,” underlined the head of the region.", "Ann Lee"),
    ],
)
def test_a_description_means_the_person_named_before_and_is_only_likely(text, name):
    (quote,) = said(text)
    assert (quote.speaker.name, quote.how) == (name, LIKELY)


def test_a_description_that_the_article_gives_to_somebody_is_certain():
    (quote,) = said("The captain, Ann Lee, came. “It is work,” the captain said.")
    assert (quote.speaker.name, quote.how) == ("Ann Lee", CERTAIN)


def test_a_noun_for_somebody_new_stays_an_unnamed_source():
    (quote,) = said("Ann Lee came. “It is work,” the shopkeeper said.")
    assert quote.speaker.kind == "unnamed"


def test_the_name_of_a_thing_is_no_quote_and_does_not_part_one():
    (quote,) = said("“The boat,” Ann Lee told the channel “Drevin-1”, “is sound.”")
    assert len(quote.spans) == 2


def test_a_speaker_stands_behind_the_occasion_in_stilted_translations():
    (quote,) = said("As noted at the ceremony the governor of the region Pavlo Hrenko, «such works are built for our children».")
    assert quote.speaker.name == "Pavlo Hrenko"


def test_the_date_of_a_dateline_is_no_day_of_the_article():
    draft = draft_of(read("TARN, 16 September. Ann Lee came on Monday.\n", name="a.txt"), dates.parse("2025-09-17"))
    assert [day.date.edtf for day in draft.days] == ["2025-09-15"]


@pytest.mark.parametrize(
    "text",
    [
        "The man who counts the rain\n\nEvery day at seven Anton Vasely walks down. “Two births,” he says.",
        "Bob Cox was told that Anton Vasely had come. “Two births,” said Vasely.",
        "Anton Vasely has an idea. “Look at Lower Tarn,” he said.",
    ],
)
def test_a_name_behind_an_hour_or_that_is_of_a_person(text):
    (quote,) = said(text)
    assert (quote.speaker.name, quote.speaker.kind) == ("Anton Vasely", "person")
