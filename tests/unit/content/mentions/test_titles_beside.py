"""Titles before a surname tell whether it is that of its bearer: ranks that they have or not, and forms of men and of women."""

import pytest

from tests.unit.content.mentions.test_other_bearers_languages import found

OF_OTHERS = {
    ("en", "Ann Lee", ""): [
        "Judge Lee ruled.",
        "the judge Lee ruled.",
        "Mr Justice Lee ruled.",
        "General Lee spoke.",
        "Gen. Lee spoke.",
        "Major General Lee spoke.",
        "Colonel Lee spoke.",
        "Sgt Lee spoke.",
        "Captain Lee spoke.",
        "Bishop Lee spoke.",
        "Rev. Lee spoke.",
        "the Reverend Lee spoke.",
        "Cardinal Lee spoke.",
        "Rabbi Lee spoke.",
        "Chairman Lee spoke.",
        "Congressman Lee spoke.",
        "Judge Cox heard Ann Lee. Then Judge Lee spoke.",
        "Ann Lee, who sued a judge, came. Judge Lee spoke.",
        "Ann Lee told the judge. Judge Lee spoke.",
        "General Lee spoke. Lee left.",
    ],
    ("en", "Ann Lee", "harbour master"): ["Judge Lee ruled.", "Captain Lee spoke.", "Master Sergeant Lee spoke."],
    ("en", "John Lee", ""): ["Congresswoman Lee spoke.", "Queen Lee spoke.", "Chairwoman Lee spoke."],
    ("de", "Anna Hale", ""): [
        "Richter Hale sagte nein.",
        "Minister Hale sagte nein.",
        "Vizepräsident Hale sagte nein.",
        "der Bürgermeister Hale",
        "Oberst Hale sagte nein.",
        "Generalmajor Hale sagte nein.",
        "Bischof Hale sagte nein.",
        "Pfarrer Hale sagte nein.",
        "Ex-Minister Hale sagte nein.",
    ],
    ("de", "Anna Hale", "hafenmeisterin"): ["Richterin Hale sagte nein."],
    ("de", "Karl Hale", ""): ["Ministerin Hale sagte nein.", "Richterin Hale sagte nein.", "Ärztin Hale sagte nein."],
    ("es", "Ana Ruiz", ""): [
        "El ministro Ruiz dijo que no.",
        "el exministro Ruiz",
        "el juez Ruiz",
        "el presidente Ruiz",
        "el general Ruiz",
        "el obispo Ruiz",
        "El alcalde Ruiz",
        "el doctor Ruiz",
    ],
    ("es", "Pedro Ruiz", ""): ["la ministra Ruiz", "la juez Ruiz", "la presidenta Ruiz", "la alcaldesa Ruiz"],
    ("fr", "Anne Morel", ""): [
        "le directeur Morel",
        "le juge Morel",
        "le ministre Morel",
        "le député Morel",
        "le général Morel",
        "l’abbé Morel",
    ],
    ("fr", "Pierre Morel", ""): ["la directrice Morel", "la juge Morel", "la députée Morel", "la ministre Morel"],
    ("it", "Anna Rossi", ""): ["il direttore Rossi", "il giudice Rossi", "il ministro Rossi", "don Rossi"],
    ("it", "Paolo Rossi", ""): ["la direttrice Rossi", "la giudice Rossi", "la dottoressa Rossi"],
    ("ru", "Анна Ким", ""): ["генерал Ким сказал", "судья Ким", "епископ Ким", "Король Ким"],
    ("ru", "Иван Ким", ""): ["королева Ким", "журналистка Ким"],
    ("ru", "Олег Петров", ""): ["актриса Петров"],
}
"""Language, name and offices → where the surname is not that of its bearer."""

OF_BEARER = {
    ("en", "Ann Lee", ""): [
        "Senator Lee spoke.",
        "Attorney General Lee spoke.",
        "Secretary-General Lee spoke.",
        "Director General Lee spoke.",
        "Chairwoman Lee spoke.",
        "Actor Lee spoke.",
        "Nurse Lee spoke.",
        "Chair Lee spoke.",
    ],
    ("en", "John Lee", ""): ["Chairman Lee spoke.", "Spokesman Lee spoke."],
    ("en", "Ann Lee", "high court judge"): ["Judge Lee ruled.", "the judge Lee met"],
    ("en", "Ann Lee", "captain chairman"): ["Capt. Lee spoke.", "Captain Lee spoke.", "Chairman Lee spoke."],
    ("de", "Anna Hale", ""): [
        "Richterin Hale",
        "Ministerin Hale",
        "Vizepräsidentin Hale",
        "Professorin Hale",
        "Ex-Ministerin Hale",
        "Abgeordnete Hale",
    ],
    ("de", "Karl Hale", ""): ["Minister Hale", "Bürgermeister Hale", "Arzt Hale"],
    ("es", "Ana Ruiz", ""): ["la ministra Ruiz", "La jueza Ruiz", "la juez Ruiz", "la presidente Ruiz", "la portavoz Ruiz"],
    ("es", "Pedro Ruiz", ""): ["el ministro Ruiz", "el presidente Ruiz"],
    ("fr", "Anne Morel", ""): ["la juge Morel", "la ministre Morel", "la directrice Morel"],
    ("it", "Anna Rossi", ""): ["la ministra Rossi", "la giudice Rossi"],
    ("ru", "Анна Иванова", ""): ["министр Иванова", "депутат Иванова", "директор Иванова", "журналистка Иванова"],
}
"""The same → where it is."""

GIVEN = [
    "Judge Ann Lee came. Judge Lee spoke.",
    "Judge Ann Lee came. Justice Cox was there. The judge Lee spoke.",
    "Gen. Ann Lee came. General Lee spoke.",
    "Ann Lee, a High Court judge, came. Judge Lee spoke.",
    "Ann Lee is a judge. Judge Lee spoke.",
    "Ann Lee, the bishop of Gullhaven, came. Bishop Lee spoke.",
]
"""Texts that give Ann Lee a rank before it stands with her surname."""


def _cases(table):
    return [(*who, text) for who, texts in table.items() for text in texts]


def _surnames(language, name, offices, text):
    given = found(f"{name} –\n\n{text}", {name: "x"}, {name.split()[-1]: name}, language=language, offices=offices.split())
    return [one for one in given if " " not in one]


@pytest.mark.parametrize("language, name, offices, text", _cases(OF_OTHERS))
def test_a_title_that_somebody_does_not_have_makes_the_surname_anothers(language, name, offices, text):
    assert _surnames(language, name, offices, text) == []


@pytest.mark.parametrize("language, name, offices, text", _cases(OF_BEARER))
def test_a_title_that_somebody_may_have_leaves_them_the_surname(language, name, offices, text):
    assert len(_surnames(language, name, offices, text)) == 1


@pytest.mark.parametrize("text", GIVEN)
def test_a_rank_that_the_text_gives_somebody_is_theirs(text):
    assert len(_surnames("en", "Ann Lee", "", text)) == 1
