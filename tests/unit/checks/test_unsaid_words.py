"""Quoted words of which the text says that nobody said them are told."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

HEAD = "title: T\npublished: 2024-03-08\nsources: {log: {title: A, published: 2024}}\n"
CAST = "actors: {bob-cox: {name: Bob Cox, type: Person}}\n"


def told(text):
    site = site_of(explainers_one=f"---\n{HEAD}{CAST}---\n{text}\n")
    return [problem.message for problem in checks.check(site) if problem.code == "quote-not-said"]


@pytest.mark.parametrize(
    "text",
    [
        "Bob Cox did not say “it runs”{by=bob-cox}.",
        "Bob Cox didn’t say: “It runs.”{by=bob-cox}",
        "Bob Cox never said the words “it runs”{by=bob-cox}.",
        "Bob Cox denied saying “it runs”{by=bob-cox}.",
        "Bob Cox denies ever having said “it runs”{by=bob-cox}.",
        "Bob Cox refused to say “it runs”{by=bob-cox}.",
        "Never did Bob Cox say “it runs”{by=bob-cox}.",
        "Bob Cox did not say that “it runs”{by=bob-cox}.",
        "“It runs,”{by=bob-cox} Bob Cox did not say.",
        "“It runs”{by=bob-cox} was never said.",
        "Bob Cox sagte nie: „Sie läuft.“{by=bob-cox}",
        "„Sie läuft“{by=bob-cox} hat Bob Cox nicht gesagt.",
        "Bob Cox n’a jamais dit « il marche »{by=bob-cox}.",
        "Bob Cox nunca dijo «funciona»{by=bob-cox}.",
        "Bob Cox никогда не говорил «оно идёт»{by=bob-cox}.",
    ],
)
def test_words_that_the_text_says_nobody_said_are_told(text):
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Bob Cox said “it does not run”{by=bob-cox}.",
        "Bob Cox did say “it runs”{by=bob-cox}.",
        "Bob Cox did not say why. “It runs,”{by=bob-cox} he said.",
        "“Never,”{by=bob-cox} said Bob Cox.",
        "Bob Cox denied it: “It runs.”{by=bob-cox}",
        "“It runs,”{by=bob-cox} said Bob Cox. She did not say more.",
        "“No. It runs,”{by=bob-cox} said Bob Cox, who never said much.",
        "Bob Cox never said “it runs”{quote=no}.",
        "Bob Cox did not only say “it runs”{by=bob-cox}.",
        "Bob Cox does not deny saying “it runs”{by=bob-cox}.",
        "Bob Cox never stopped saying “it runs”{by=bob-cox}.",
        "He called it “a wreck”{by=bob-cox} but did not say why.",
        "He called it “a wreck”{by=bob-cox} though the port did not tell police.",
        "Bob Cox did not say “it runs”.",
        "Nicht nur das: „Sie läuft“{by=bob-cox}, sagte Bob Cox.",
    ],
)
def test_words_beside_another_negation_are_not(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text, number",
    [
        ("Bob Cox denied that [the boat runs]{by=bob-cox}.", 1),
        ("Bob Cox did not say that [the boat runs]{by=bob-cox}.", 1),
        ("Bob Cox never claimed that [the boat runs]{by=bob-cox}.", 1),
        ("Bob Cox bestritt, dass [das Schiff fährt]{by=bob-cox}.", 1),
        ("Bob Cox [denied that the boat runs]{by=bob-cox}.", 0),
        ("Bob Cox said that [the boat does not run]{by=bob-cox}.", 0),
        ("Bob Cox did not deny that [the boat runs]{by=bob-cox}.", 0),
        ("Bob Cox denied it. [The boat runs]{by=bob-cox}.", 0),
    ],
)
def test_a_paraphrase_of_what_is_denied_is_told(text, number):
    assert len(told(text)) == number
