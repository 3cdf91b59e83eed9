"""What is reported as said: never the clause about the speaker, and what stands before “, the council announced”."""

import pytest

from builder import dates
from builder.drafting import draft_of, read

DAY = dates.parse("2026-11-18")


@pytest.mark.parametrize(
    "text, words, speaker",
    [
        (
            "The baths will close on 1 December, the town council announced on Tuesday, after an engineer found cracks in the boiler that has heated the pool since 1974.",
            "The baths will close on 1 December",
            "the town council",
        ),
        (
            "A council official, who asked not to be named because she is not allowed to speak to reporters, said the building would be sold.",
            "the building would be sold",
            "a council official",
        ),
        ("The Friends of Tarnmouth Baths said they would fight.", "they would fight", "Friends of Tarnmouth Baths"),
        ("St. Mary's Hospital said the ward was full.", "the ward was full", "St. Mary's Hospital"),
        ("Asked about the letter, Ann Lee said she stood by every word.", "she stood by every word", "Ann Lee"),
        ("The mayor said on Monday that the bridge was safe.", "the bridge was safe", "the mayor"),
        ("The mayor said that the bridge was safe, according to a statement by the town hall.", "the bridge was safe", "the mayor"),
    ],
)
def test_reported_words_are_those_of_the_speaker_alone(text, words, speaker):
    draft = draft_of(read(text, name="a.txt"), DAY)
    (said,) = draft.said
    ((start, end),) = said.spans
    assert words in text[start:end].removeprefix("that ")
    assert len(text[start:end]) <= len(words) + len("that ")
    assert said.speaker is not None
    assert said.speaker.name == speaker


@pytest.mark.parametrize(
    "done", ["put up a notice on the old bridge", "called off the vote on the bridge", "wrote down the number of the van"]
)
def test_a_verb_of_saying_that_says_nothing_is_no_reported_speech(done):
    assert draft_of(read(f"On Monday the harbour board {done}.", name="a.txt"), DAY).said == ()


@pytest.mark.parametrize(
    "text, month, other",
    [
        ("The ferry runs from January.", "2027-01", None),
        ("The council will bring the offer of March once more.", "2026-03", None),
        ("The council met in March.", "2026-03", None),
    ],
)
def test_the_year_of_a_month_follows_from_the_words_before_it(text, month, other):
    (day,) = draft_of(read(text, name="a.txt"), DAY).days
    assert (day.date.edtf, day.other and day.other.edtf) == (month, other)
