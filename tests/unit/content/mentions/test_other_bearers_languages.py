"""What stands beside a name tells whether it is that of the only actor who is known to bear it."""

import pytest

from builder.content import mentions
from builder.content.markup import read


def found(text, names, later=None, *, language="en", people=("x",), offices=None):
    whole, _ = read(text, path="a.md")
    words = frozenset(offices or ())
    bearers = {surname: mentions.Bearer("x", name.split()[0], words) for surname, name in (later or {}).items()}
    known = mentions.KnownNames(names, bearers, people, {"x": words})
    occurrences = mentions.occurrences(whole, known, autolink="all", language=language)
    return [whole.text[one.start : one.end] for one in occurrences]


OTHERS = {
    ("en", "Ann Lee", "Lee"): [
        "Bruce Lee said no.",
        "J. Lee said no.",
        "J.-P. Lee said",
        "J.R. Lee said",
        "Mr Lee, her husband, said no.",
        "Mr. Lee said no.",
        "The Lee family left.",
        "the Lee brothers",
        "The Lees left.",
        "Lee & Sons closed.",
        "Lee and Sons closed.",
        "Cox & Lee closed.",
        "In Bruce Lee’s house",
        "Cox v. Lee was heard",
        "Lee v. Cox",
        "Robert “Bob” Lee said",
        "*Bruce* Lee said no.",
        "Bruce\nLee said no.",
        "Lee, J. (2019)",
        "Lee et al. say",
        "A Lee came to the door.",
        "her husband, Lee, said",
        "Her brother Lee said no.",
        "de la Lee came",
        "von Lee came",
        "Lee Street is closed.",
        "Fort Lee is closed.",
        "Lake Lee is dry.",
        "Mount Lee is high",
        "Robert E. Lee lost.",
        "Lee Jr. lost.",
        "Lee II lost.",
        "Lee’s Diner closed.",
        "Jean-Luc Lee said no.",
        "Mary-Lee said no",
        "Lee-Cox said no",
        "Mr and Mrs Lee came.",
        "née Lee",
        "Will Lee has resigned.",
        "May Lee came.",
        "St. Lee",
        "Chr. Lee said",
        "Wm. Lee said",
        "Dean Lee said no.",
        "Saint Lee said",
        "Lee J Cox said.",
        "Lee Bros. closed",
        "No, Bruce Lee said",
    ],
    ("de", "Ann Lee", "Lee"): [
        "Bruno Lee sagte",
        "Herr Lee sagte",
        "Familie Lee zog fort",
        "die Familie Lee",
        "Die Eheleute Lee kamen",
        "ihr Mann, Herr Lee, sagte",
        "J. Lee sagte",
        "Lee & Söhne",
        "Lee und Söhne schließt",
        "van Lee",
        "Lee GmbH schließt",
        "Straße Lee",
        "ihr Bruder Lee",
    ],
    ("es", "Ana Ruiz", "Ruiz"): [
        "Bruno Ruiz dijo",
        "El señor Ruiz dijo",
        "Señor Ruiz",
        "los Ruiz llegaron",
        "Los Ruiz llegaron",
        "la familia Ruiz",
        "los hermanos Ruiz",
        "J. Ruiz dijo",
        "Ruiz e Hijos",
        "José Ruiz dijo",
        "Ruiz García dijo",
        "su marido, el Sr. Ruiz, dijo",
        "Sr. Ruiz",
    ],
    ("fr", "Anne Morel", "Morel"): [
        "Luc Morel",
        "M. Morel a dit",
        "les Morel",
        "la famille Morel",
        "les frères Morel",
        "Monsieur Morel",
        "J.-P. Morel",
        "son mari, M. Morel",
    ],
    ("ru", "Иван Петров", "Петров"): [
        "Олег Петров сказал",
        "О. Петров сказал",
        "О.П. Петров сказал",
        "семья Петров",
        "брат Петров",
    ],
    ("el", "Γιάννης Παππάς", "Παππάς"): [
        "Νίκος Παππάς",
        "Ν. Παππάς",
        "οι Παππάς",
        "η οικογένεια Παππάς",
    ],
    ("it", "Anna Rossi", "Rossi"): [
        "Marco Rossi disse",
        "i Rossi",
        "i fratelli Rossi",
        "Il signor Rossi",
    ],
    ("pt", "Ana Silva", "Silva"): [
        "Mas João Silva",
        "os Silva",
    ],
    ("en", "Ann Jansen", "Jansen"): [
        "Van Jansen",
    ],
    ("nl", "Anna Jansen", "Jansen"): [
        "meneer Jansen",
        "de familie Jansen",
    ],
    ("uk", "Олена Шевченко", "Шевченко"): [
        "Тарас Шевченко",
    ],
    ("pl", "Anna Nowak", "Nowak"): [
        "Jan Nowak",
        "pan Nowak",
    ],
    ("tr", "Ayşe Yılmaz", "Yılmaz"): [
        "Ali Yılmaz",
    ],
    ("en", "Ann Young", "Young"): [
        "Young people came.",
    ],
    ("en", "Ann Rose", "Rose"): [
        "Rose petals fell.",
    ],
    ("en", "Ann Short", "Short"): [
        "Short trips are fun.",
    ],
}
"""Language, name and surname → where the surname is that of another, of a family, of a firm, or in doubt."""

OWN = {
    ("en", "Ann Lee", "Lee"): [
        "Lee said no.",
        "But Lee said no.",
        "“But Lee,” she said",
        "When Lee came",
        "On Monday Lee said no.",
        "Mrs Lee said",
        "Ms. Lee said",
        "Dr Lee said",
        "Senator Lee said no.",
        "Sen. Lee said",
        "Prime Minister Lee said",
        "Gullhaven Mayor Lee said",
        "said Lee.",
        "Lee’s boat",
        "According to Lee, no.",
        "Told of it, Lee left.",
        "Lee, who came",
        "Lee (Labour) said",
        "a sound boat—Lee said",
        "Secretary of State Lee said",
        "In January Lee said",
        "President-elect Lee",
        "The former Senator Lee",
        "It was Cox. Lee said no.",
        "Lee MP said",
        "the late Lee said",
        "Professor Lee said",
        "Cox and Lee said",
        "Lee and Cox said",
    ],
    ("de", "Ann Lee", "Lee"): [
        "Frau Lee sagte",
        "Aber Lee sagte",
        "Bürgermeisterin Lee sagte",
        "Vizepräsidentin Lee sagte",
        "CDU-Chefin Lee",
        "von Lee stammt",
        "Von Lee stammt",
        "Am Montag Lee",
        "Dr. Lee sagte",
        "Bundesministerin Lee",
        "sagte Lee",
        "Die Ministerin Lee",
    ],
    ("es", "Ana Ruiz", "Ruiz"): [
        "La señora Ruiz dijo",
        "Pero Ruiz dijo",
        "la presidenta Ruiz",
        "Según Ruiz",
        "De Ruiz dijo",
        "de Ruiz",
        "La alcaldesa Ruiz",
        "Sra. Ruiz",
        "El lunes Ruiz dijo",
    ],
    ("fr", "Anne Morel", "Morel"): [
        "Mme Morel",
        "Mais Morel",
        "la ministre Morel",
        "Selon Morel",
        "de Morel",
        "Madame Morel",
        "Me Morel",
        "la juge Morel",
    ],
    ("ru", "Иван Петров", "Петров"): [
        "Но Петров сказал",
        "Президент Петров",
        "президент Петров",
        "господин Петров",
        "Господин Петров",
        "В понедельник Петров",
        "А Петров",
        "В Петров",
    ],
    ("el", "Γιάννης Παππάς", "Παππάς"): [
        "ο Παππάς",
        "Ο Παππάς είπε",
        "Ο πρόεδρος Παππάς",
        "Αλλά Παππάς",
        "Ο κ. Παππάς",
    ],
    ("it", "Anna Rossi", "Rossi"): [
        "la Rossi disse",
        "Ma Rossi disse",
        "La ministra Rossi",
    ],
    ("pt", "Ana Silva", "Silva"): [
        "a Silva disse",
        "A ministra Silva",
    ],
    ("nl", "Ann Jansen", "Jansen"): [
        "van Jansen",
    ],
    ("uk", "Олена Шевченко", "Шевченко"): [
        "Але Шевченко",
    ],
    ("pl", "Anna Nowak", "Nowak"): [
        "Ale Nowak",
        "pani Nowak",
    ],
    ("tr", "Ayşe Yılmaz", "Yılmaz"): [
        "Ama Yılmaz",
    ],
    ("en", "Ann Young", "Young"): [
        "Young said no.",
        "Young, who came",
    ],
    ("en", "Ann Rose", "Rose"): [
        "Then Rose turned.",
    ],
}
"""The same → where it is that of the only bearer."""


def cases(table):
    return [(*key, text) for key, texts in table.items() for text in texts]


@pytest.mark.parametrize("language, name, surname, text", cases(OTHERS))
def test_a_surname_of_others_is_no_mention(language, name, surname, text):
    assert found(f"{name} –\n\n{text}", {name: "x"}, {surname: name}, language=language) == [name]


@pytest.mark.parametrize("language, name, surname, text", cases(OWN))
def test_a_surname_of_its_own_bearer_is_a_mention(language, name, surname, text):
    assert found(f"{name} –\n\n{text}", {name: "x"}, {surname: name}, language=language) == [name, surname]


LONGER = {
    ("en", "Ann Lee"): [
        "Mary Ann Lee said",
        "J. Ann Lee said",
        "Mary\nAnn Lee said",
        "Jo-Mary Ann Lee",
        "Zorba Ann Lee said",
        "met Zorba Ann Lee there",
    ],
    ("de", "Ann Lee"): [
        "Marie Ann Lee sagte",
        "Eva-Maria Ann Lee sagte",
    ],
    ("ja", "アン・リー"): [
        "マリー・アン・リーは",
    ],
    ("vi", "Phạm Minh"): [
        "Nguyễn Phạm Minh đến",
    ],
}
"""Language and name → where the name of a person is a part of a longer one."""

WHOLE = {
    ("en", "Ann Lee"): [
        "Mayor Ann Lee said",
        "Ferry captain Ann Lee",
        "But Ann Lee said",
        "Secretary of State Ann Lee",
        "FBI Ann Lee",
        "Mr Bob Cox and Ann Lee",
        "Boeing’s Ann Lee",
        "On Monday Ann Lee",
        "In March, Ann Lee",
        "Foreign Minister Ann Lee",
        "Baker Ann Lee said",
        "Witness Ann Lee said",
    ],
    ("de", "Ann Lee"): [
        "die Bäckerin Ann Lee",
        "der Partei Ann Lee",
        "Die Anwältin Ann Lee",
    ],
    ("ja", "アン・リー"): [
        "アン・リーは言った",
    ],
}
"""The same → where it is not."""


@pytest.mark.parametrize("language, name, text", cases(LONGER))
def test_a_person_is_not_found_at_the_end_of_a_longer_name(language, name, text):
    assert found(text, {name: "x"}, language=language) == []
    if "・" not in text:
        ((start, end),) = mentions.in_longer_names(text, [name], language)
        assert text[start:end].endswith(name)
        assert end - start > len(name)


@pytest.mark.parametrize("language, name, text", cases(WHOLE))
def test_a_word_that_is_no_name_leaves_a_person_found(language, name, text):
    assert found(text, {name: "x"}, language=language) == [name]
    assert list(mentions.in_longer_names(text, [name], language)) == []


@pytest.mark.parametrize(
    "language, name, text, number",
    [
        ("en", "Bank", "World Bank said", 0),
        ("en", "Bank", "the World Bank said", 0),
        ("en", "Gazette", "the New Gazette said", 0),
        ("en", "Korea", "South Korea said", 0),
        ("en", "England", "New England said", 0),
        ("en", "Ireland", "Northern Ireland said", 0),
        ("en", "Bank", "the Bank of England said", 0),
        ("en", "Gazette", "Gullhaven Gazette said", 0),
        ("en", "Bank", "The Bank said", 1),
        ("en", "Bank", "But Bank said", 1),
        ("en", "Gazette", "In The Gazette it said", 1),
        ("en", "NATO", "Former NATO chief", 1),
        ("en", "NATO", "The Old NATO", 1),
        ("en", "Reuters", "On Monday Reuters said", 1),
        ("en", "Kremlin", "Moscow’s Kremlin said", 1),
        ("en", "Reuters", "said to Reuters", 1),
        ("en", "Bank", "bank. Bank said", 1),
        ("de", "Gazette", "die Neue Gazette schrieb", 0),
        ("de", "Bank", "die Deutsche Bank", 0),
        ("de", "Boeing", "der Konzern Boeing", 1),
        ("de", "Reuters", "Die Agentur Reuters", 1),
    ],
)
def test_a_body_is_not_found_in_a_longer_name(language, name, text, number):
    assert len(found(text, {name: "x"}, language=language, people=())) == number
