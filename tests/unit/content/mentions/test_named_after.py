"""Ships, streets, prizes, firms and places with the name of a person are not that person."""

import pytest

from tests.unit.content.mentions.test_other_bearers_languages import found

THINGS = {
    ("en", "Ann Lee"): [
        "Lee, Inc. paid.",
        "Lee, Ltd, paid.",
        "Lee, Cox & Marsh closed.",
        "Lee, Cox and Partners closed.",
        "She lives in Lee, a village.",
        "Lee, a small fishing village, is near.",
        "in Lee, Kent, she slept",
        "the village of Lee",
        "the Bishop of Lee",
        "Lee station was closed.",
        "the 2019 Lee report",
        "the frigate Lee sank",
        "storm Lee came",
        "the Lee–Cox pact",
        "the Cox–Lee pact",
        "the Ann Lee Prize",
        "Ann Lee Street",
        "the Ann Lee sank",
        "The Ann Lee sank",
        "the *Ann Lee* sank",
        "*Ann Lee* sank",
        "the ferry Ann Lee sank",
        "MV Ann Lee sank",
        "MS Ann Lee sank",
        "HMS Ann Lee sank",
        "Ann Lee & Sons closed.",
        "Ann Lee and Partners closed.",
        "Ann Lee Ltd closed.",
        "Ann Lee, Inc., closed.",
        "Ann Lee, a ferry, sank.",
        "Ann Lee, the old tanker which sank, was raised.",
    ],
    ("de", "Anna Hale"): [
        "die Anna Hale sank",
        "Die Fähre Anna Hale sank.",
        "das Frachtschiff Anna Hale sank",
        "Anna Hale, ein Schiff aus Gullhaven, sank.",
        "Sie wohnt in Hale, einem Dorf.",
        "Die Firma Hale zahlte.",
        "Stiftung Anna Hale",
        "die Anna-Hale-Straße",
    ],
    ("fr", "Anne Morel"): [
        "rue Anne Morel",
        "le prix Anne Morel",
        "au lycée Anne Morel",
        "le navire Anne Morel",
        "à Morel, un village",
        "la Anne Morel",
    ],
    ("es", "Ana Ruiz"): ["la calle Ana Ruiz", "el premio Ana Ruiz", "el buque Ana Ruiz", "en Ruiz, un pueblo pequeño", "la calle Ruiz"],
    ("it", "Anna Rossi"): ["in via Anna Rossi", "il premio Anna Rossi", "il traghetto Anna Rossi"],
    ("ru", "Анна Ким"): ["улица Анна Ким", "теплоход Анна Ким", "Ким, деревня у моря"],
}
"""Language and name → where it is that of a thing."""

PEOPLE = {
    ("en", "Ann Lee"): [
        "Lee, a captain, spoke.",
        "Lee, a ship captain, spoke.",
        "Lee, the village doctor, spoke.",
        "Lee, an old friend of the village, spoke.",
        "Lee, who owns a ship, spoke.",
        "Lee, the ferry’s owner, spoke.",
        "In court, Lee spoke.",
        "a critic of Lee spoke",
        "a friend of Lee spoke",
        "the Ann Lee case",
        "the Ann Lee interview",
        "the Ann Lee who spoke",
        "ferry captain Ann Lee spoke",
        "Ms Ann Lee spoke",
        "**Ann Lee** spoke",
        "*Ann Lee*: “No.”",
        "*Captain Ann Lee* spoke",
        "Ann Lee & Bob Cox spoke",
        "Ann Lee and Bob Cox spoke",
        "Ann Lee and her partners spoke",
        "Lee – a captain – spoke",
        "told Lee, Marsh said",
        "Ann Lee, the ferry pilot, spoke.",
        "Lee, the company’s founder, spoke.",
    ],
    ("de", "Anna Hale"): [
        "Sie war es, die Anna Hale kannte.",
        "Anna Hale, die Kapitänin des Schiffs, kam.",
        "Hale, eine Freundin aus dem Dorf, kam.",
        "mit Hale, einer Lehrerin",
    ],
    ("fr", "Anne Morel"): ["Morel, une amie du village, parla.", "selon Anne Morel"],
    ("es", "Ana Ruiz"): ["Ruiz, una amiga, habló.", "para Ana Ruiz"],
    ("ru", "Анна Ким"): ["Ким, врач из деревни, сказала", "сказала Анна Ким"],
}
"""The same → where it is that of the person."""


def _cases(table):
    return [(*who, text) for who, texts in table.items() for text in texts]


def _count(language, name, text):
    return len(found(f"{name} –\n\n{text}", {name: "x"}, {name.split()[-1]: name}, language=language)) - 1


@pytest.mark.parametrize("language, name, text", _cases(THINGS))
def test_a_thing_is_nobody(language, name, text):
    assert _count(language, name, text) == 0


@pytest.mark.parametrize("language, name, text", _cases(PEOPLE))
def test_a_person_beside_a_thing_is_a_mention(language, name, text):
    assert _count(language, name, text) == 1
