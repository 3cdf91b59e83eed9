"""Titles, particles, relatives and common words beside names, as texts of several languages have them."""

import pytest

from tests.unit.content.mentions.test_other_bearers_languages import cases, found

OF_OTHERS = {
    ("de", "Ann Lee", "Lee", True): [
        "Herr Dr. Lee sagte nein.",
        "Frau Professor Cox und Herr Lee",
        "die Brüder Lee",
        "Schwester Lee kam",
        "Karl-Heinz Lee sagte",
        "Lee jun. sagte",
        "Die Lees kamen",
        "K.-H. Lee sagte",
        "Fam. Lee",
        "Ehepaar Lee",
        "Geschwister Lee",
        "Autohaus Lee",
        "Bäckerei Lee",
        "Lee KG",
        "Lee & Co. KG",
        "Lee-Schmidt sagte",
        "Schmidt-Lee sagte",
        "Sir Lee",
        "der Vater Lee",
    ],
    ("en", "Ann Lee", "Lee", True): [
        "The Honourable Bruce Lee",
        "In May Lee’s house it was cold.",
        "With May Lee",
        "In Fort Lee stood a tower.",
        "In Rocky Lee stood a tower.",
        "At Lake Lee rained it.",
        "After Rocky Lee died, it rained.",
        "In Bruce Lee met his match.",
        "the LEE drone",
        "LEE drones",
        "Sir Bruce Lee",
        "Lord Lee said",
        "King Lee said",
        "the Lee-led group",
        "A young Bruce Lee",
        "Lee Van Cleef",
        "van Lee",
        "Ma Lee",
        "Uncle Lee",
        "Big Lee",
        "John-Paul Lee",
        "J P Lee",
        "T. S. Lee",
        "Lee Kuan Yew",
        "the other Lee said",
        "Bruce “The Dragon” Lee",
        "Team Lee",
        "General Robert Lee",
        "Camp Lee",
        "Lee County",
        "Lee Bridge",
        "Messrs Lee and Cox",
        "the Misses Lee",
        "Lee Sr.",
        "Young Mr Lee",
        "Private Lee said",
        "BRUCE LEE said",
    ],
    ("en", "Ursula von der Leyen", "von der Leyen", True): [
        "Heiko von der Leyen spoke.",
        "Mr von der Leyen spoke.",
        "Then Leyen spoke.",
        "the von der Leyen family",
    ],
    ("es", "Ana de la Cruz", "de la Cruz", True): [
        "Juan de la Cruz dijo",
        "los de la Cruz",
        "el señor de la Cruz",
    ],
    ("ru", "Анна Иванова", "Иванова", True): [
        "Мария Иванова сказала",
        "М. Иванова сказала",
        "М.И. Иванова",
        "сестра Иванова",
    ],
    ("es", "Ana Ruiz", "Ruiz", True): [
        "Don Pedro Ruiz",
        "Don Ruiz",
        "Ruiz y Asociados",
        "Juan Carlos Ruiz",
        "Hnos. Ruiz",
        "Calle Ruiz",
        "Doña María Ruiz",
    ],
    ("en", "Ann Lee", "", True): [
        "Jo Ann Lee said",
        "Sue-Ann Lee",
        "Lee Ann Lee",
        "Ann Lee-Cox",
        "Ann Lee Cox",
    ],
    ("zh", "李明", "", True): [
        "李明博说",
    ],
    ("en", "Ann White", "White", True): [
        "White smoke rose.",
        "The White House said",
    ],
    ("en", "Ann Little", "Little", True): [
        "Little is known.",
    ],
    ("en", "Ann Long", "Long", True): [
        "Long before that, it rained.",
    ],
    ("en", "Ann King", "King", True): [
        "King Charles came.",
    ],
    ("en", "Ann Black", "Black", True): [
        "Black Friday",
    ],
    ("en", "Ann Green", "Green", True): [
        "Green energy grew.",
    ],
    ("en", "Police", "", False): [
        "the Saltby Police said",
    ],
    ("en", "Council", "", False): [
        "Marl Council said",
    ],
    ("en", "Times", "", False): [
        "the New York Times",
    ],
    ("en", "Guinea", "", False): [
        "Equatorial Guinea",
    ],
}
"""Language, name, surname and whether it is a person’s → where it is not that of its bearer."""

OF_BEARER = {
    ("de", "Ann Lee", "Lee", True): [
        "Frau Dr. Lee sagte nein.",
        "Frau Prof. Dr. Lee",
        "Oberbürgermeisterin Lee",
        "Ex-Ministerin Lee",
        "die frühere Ministerin Lee",
        "Staatssekretärin Lee",
        "so Lee",
        "Laut Lee",
        "Wie Lee sagte",
        "Im März Lee zu treffen",
        "„Nein“, sagte Lee.",
        "Dass Lee kam",
    ],
    ("en", "Ann Lee", "Lee", True): [
        "Lee's boat",
        "Then-Senator Lee",
        "Senator-elect Lee",
        "Det. Insp. Lee said",
        "Rep. Lee",
        "Vice President Lee",
        "Attorney General Lee",
        "former mayor Lee",
        "Ms Lee",
        "Secretary-General Lee",
        "“I,” Lee said, “go.”",
        "Not Lee.",
        "Only Lee knew.",
        "Even Lee",
        "Both Lee and Cox said",
        "Neither Lee nor Cox",
        "Meanwhile, Lee said",
        "* Lee said",
        "> Lee said",
        "1. Lee said",
        "By Friday Lee",
        "Was Lee there?",
        "“Did Lee know?”",
        "Cox told Lee",
        "Asked by Lee",
        "Ask Lee.",
        "In Gullhaven, Lee",
        "In London Lee met them.",
        "From Gullhaven Lee wrote.",
        "“In London Lee met them.”",
        "To the BBC Lee said no.",
        "On Twitter Lee denied it.",
        "On 3 May Lee spoke.",
        "In May Lee spoke.",
        "in early June Lee spoke",
        "LEE: Yes.",
        "LEE said no.",
        "U.S. Lee",
        "Then: Lee said",
        "late – Lee said",
        "In 2019 Lee said",
        "Lee (left)",
        "— Lee",
        "Lee; Cox",
        "Nurse Lee said",
        "Coach Lee said",
    ],
    ("en", "Ursula von der Leyen", "von der Leyen", True): [
        "Then von der Leyen spoke.",
        "Ms von der Leyen spoke.",
        "President von der Leyen said",
    ],
    ("es", "Ana de la Cruz", "de la Cruz", True): [
        "Pero de la Cruz dijo",
        "la señora de la Cruz dijo",
    ],
    ("ru", "Анна Иванова", "Иванова", True): [
        "Министр Иванова сказала",
        "министр Иванова",
        "В Лондоне Иванова сказала",
        "Г-жа Иванова",
        "Однако Иванова",
        "Как Иванова",
        "По словам министра Иванова",
        "— Иванова сказала",
        "«Нет», — сказала Иванова.",
        "Депутат Иванова",
    ],
    ("es", "Ana Ruiz", "Ruiz", True): [
        "Dra. Ruiz",
        "Doctora Ruiz",
        "la exministra Ruiz",
        "Ayer Ruiz dijo",
        "Cuando Ruiz llegó",
        "¿Fue Ruiz?",
        "¡Ruiz!",
        "En Madrid, Ruiz dijo",
        "En Madrid Ruiz dijo",
        "Doña Ruiz",
        "La jueza Ruiz",
        "Para Ruiz",
    ],
    ("en", "Ann Lee", "", True): [
        "Dr Ann Lee",
        "Dame Ann Lee",
        "Nobel laureate Ann Lee",
        "Labour’s Ann Lee",
        "Republican Ann Lee",
        "Reporter Ann Lee",
        "Harbour Master Ann Lee",
        "Ann Lee’s boat",
        "With Ann Lee",
        "Former Mayor Ann Lee",
        "Minister for Ports Ann Lee",
        "Archbishop of Gullhaven Ann Lee",
        "UN envoy Ann Lee",
        "“Ann Lee”",
        "Actress Ann Lee",
        "Prof. Dr. Ann Lee",
        "Ann Lee, Bob Cox",
        "Deputy Ann Lee",
    ],
    ("zh", "李明", "", True): [
        "李明说",
    ],
    ("ja", "田中", "", True): [
        "田中さんは言った",
    ],
    ("ko", "김철수", "", True): [
        "김철수는 말했다",
    ],
    ("en", "Ann White", "White", True): [
        "White said no.",
        "But White said",
    ],
    ("en", "Ann Long", "Long", True): [
        "Long denied it.",
    ],
    ("en", "Saltby Council", "", False): [
        "The Saltby Council said",
    ],
    ("en", "Sudan", "", False): [
        "In Sudan",
    ],
    ("en", "Boeing", "", False): [
        "Will Boeing pay?",
        "May Boeing fly?",
    ],
    ("en", "Reuters", "", False): [
        "Agence France-Presse and Reuters",
    ],
    ("en", "Kremlin", "", False): [
        "“The Kremlin”",
    ],
    ("en", "Council", "", False): [
        "“Council members”",
    ],
    ("en", "Times", "", False): [
        "The Times said",
    ],
}
"""The same → where it is."""


@pytest.mark.parametrize("language, name, surname, is_person, text", cases(OF_OTHERS))
def test_a_name_of_others_is_no_mention(language, name, surname, is_person, text):
    assert count(language, name, surname, text, is_person=is_person) == 0


@pytest.mark.parametrize("language, name, surname, is_person, text", cases(OF_BEARER))
def test_a_name_of_its_bearer_is_a_mention(language, name, surname, is_person, text):
    assert count(language, name, surname, text, is_person=is_person) == 1


def count(language, name, surname, text, *, is_person):
    """Return how often a text names somebody; behind the full name, if there is a surname too."""
    before = f"{name} –\n\n" if surname else ""
    people = ("x",) if is_person else ()
    later = {surname: name} if surname else {}
    return len(found(before + text, {name: "x"}, later, language=language, people=people)) - bool(surname)
