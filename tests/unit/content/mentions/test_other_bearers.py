"""Names that words in front of them or behind them make somebody else's."""

import pytest

from builder.content import mentions
from builder.content.markup import read

LEE = mentions.Bearer("ann", "Ann", frozenset({"harbour", "master", "captain"}))


def surnames(text, language="en", bearer=LEE, surname="Lee", name="Ann Lee"):
    """Return how many times a surname is found behind the full name."""
    whole = f"{name} came. {text}"
    body, _ = read(whole, path="a.md")
    found = mentions.occurrences(
        body, mentions.KnownNames({name: bearer.id}, {surname: bearer}, {bearer.id}), autolink="all", language=language
    )
    return sum(occurrence.start >= len(name) for occurrence in found)


@pytest.mark.parametrize(
    "text",
    [
        "They saw Bruce Lee there.",
        "Bruce Lee was there.",
        "They saw J. Lee there.",
        "J. Lee was there.",
        "Mr Lee, her husband, was there.",
        "Mr. Lee was there.",
        "Herr Lee was there.",
        "Lee, her husband, was there.",
        "Lee, his elder brother, was there.",
        "Her brother Lee was there.",
        "The Lee family was there.",
        "Several Lee relatives were there, of the Lee brothers.",
        "Lee family members were there.",
        "The old house of the Lee Foundation and a Lee aide.",
        "Rocky Lee burned.",
        "It was on Mount Lee then.",
        "Lee & Sons sold it.",
        "Cox & Lee sold it.",
        "Lee and Sons sold it.",
        "So said von Lee.",
        "So said Stan\nLee.",
        "“Bruce Lee was there.”",
    ],
)
def test_a_surname_beside_words_of_another_name_is_no_mention(text):
    assert surnames(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "They saw Lee there.",
        "Lee was there.",
        "But Lee was there.",
        "Yesterday Lee was there.",
        "On Monday Lee was there.",
        "When asked, Lee was there.",
        "Asked why, she said so. Will Lee go?",
        "Reportedly Lee was there.",
        "Ms Lee was there.",
        "Ms. Lee was there.",
        "Dr. Lee was there.",
        "Captain Lee was there.",
        "Harbour Master Lee was there.",
        "They saw Senator Lee there.",
        "They saw CEO Lee there.",
        "A. Lee was there.",
        "“No,” said Lee.",
        "With Lee’s friends.",
        "“Lee was there.”",
        "Under pressure from rivals, Lee, her voice breaking, left.",
        "A stern rebuke. Stern Lee looked on.",
    ],
)
def test_a_surname_behind_a_title_or_a_word_of_the_sentence_is_a_mention(text):
    assert surnames(text) == 1


@pytest.mark.parametrize(
    "text, language, number",
    [
        ("So sagte Frau Lee.", "de", 1),
        ("So sagte Herr Lee.", "de", 0),
        ("So sagte die Kapitänin Lee.", "de", 1),
        ("So sagte die Vizepräsidentin Lee.", "de-CH", 1),
        ("So sagte Bruno Lee.", "de", 0),
        ("Ihr Bruder Lee kam.", "de", 0),
        ("Die Familie Lee kam.", "de", 0),
        ("Die Firma Lee und Söhne kam.", "de", 0),
        ("Gestern kam Lee.", "de", 1),
        ("Aber Lee kam.", "de", 1),
        ("Lo dijo la señora Lee.", "es", 1),
        ("Lo dijo Bruno Lee.", "es", 0),
        ("Pero Lee no vino, pero habló.", "es", 1),
        ("Так сказал Брюс Lee.", "ru", 0),
    ],
)
def test_surnames_in_other_languages(text, language, number):
    assert surnames(text, language) == number


def full(text, names, language="en", people=()):
    body, _ = read(text, path="a.md")
    return [
        occurrence.id
        for occurrence in mentions.occurrences(body, mentions.KnownNames(names, people=people), autolink="all", language=language)
    ]


@pytest.mark.parametrize(
    "text, number",
    [
        ("So Mary Ann Lee said.", 0),
        ("Mary Ann Lee said.", 0),
        ("So Democrat Ann Lee said.", 1),
        ("So CEO Ann Lee said.", 1),
        ("Will Ann Lee go?", 1),
        ("On Monday Ann Lee said.", 1),
        ("To Mary, Ann Lee said.", 1),
        ("Mary. Ann Lee said.", 1),
    ],
)
def test_a_first_name_before_a_full_name_makes_it_another_one(text, number):
    assert len(full(text, {"Ann Lee": "ann"}, people={"ann"})) == number


@pytest.mark.parametrize(
    "text, name, number",
    [
        ("The World Bank said so.", "Bank", 0),
        ("The Bank said so.", "Bank", 1),
        ("On Monday Bank officials said so.", "Bank", 1),
        ("A Bank said so. Bank staff agreed.", "Bank", 2),
        ("The New Gazette said so.", "Gazette", 0),
        ("South Sudan said so.", "Sudan", 0),
        ("In eastern Sudan, and East Sudan.", "Sudan", 1),
        ("North Marl Council said so.", "Marl Council", 0),
        ("British Guiana said so.", "Guiana", 0),
    ],
)
def test_words_that_begin_the_name_of_another_body_or_state(text, name, number):
    assert len(full(text, {name: "x"})) == number
