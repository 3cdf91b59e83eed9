"""Plain words where an id may stand too: told where they were meant as an id, or as the name of somebody."""

import pytest

from builder import linking
from builder.content import settings
from builder.content.parse import parse
from builder.i18n import language
from builder.linking import near_names
from builder.urls import looks_like_id

ACTORS = "actors: {reuters: {type: Organization, name: Reuters}, bank: {type: Organization, name: Bank of Gullhaven}, ann-lee: Ann Lee, us-faa: {type: PublicBody, name: Federal Aviation Administration, alias: FAA}}"


def told(front, **others):
    text = f"---\ntitle: T\npublished: 2024-03-08\n{ACTORS}\n{front}\n---\nText.\n"
    documents = [parse("content/explainers/a.md", text.encode()), *(parse(name, text.encode()) for name, text in others.items())]
    _, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), documents)
    return [(p.code, p.suggestion) for p in (*(p for d in documents for p in d.diagnostics), *problems) if p.code.startswith("words-")]


MAYOR = "content/actors/mayor.md"
EVERYWHERE = [
    ("", "sources: {{s: {{title: Q, publisher: {}}}}}"),
    ("content/sources/s.yaml", "title: Q\npublisher: {}"),
    (MAYOR, "name: Mina Quist\nof: {}"),
    (MAYOR, "name: Mina Quist\nposition: {{role: Head, of: {}}}"),
    ("", "quotes: [{{speaker: unknown, text: Text, to: {}}}]"),
    ("", "quotes: [{{speaker: unknown, text: Text, to: [The press, {}]}}]"),
    ("", "timeline: [{{when: 2024, title: A vote, status: alleged, by: {}}}]"),
    ("", "timeline: [{{when: 2024, title: A vote, history: [{{status: alleged, by: {}}}]}}]"),
    ("content/events/vote.md", "title: A vote\nwhen: 2024\nby: {}"),
]
"""Where an id or plain words may stand: the file, "" for an explainer, and what it says."""


def told_at(place, words):
    path, text = place[0], place[1].format(words)
    return told("", **{path: text if path.endswith("yaml") else f"---\n{text}\n---\n"}) if path else told(text)


@pytest.mark.parametrize("place", EVERYWHERE)
@pytest.mark.parametrize(
    "words, code, near",
    [
        ("ruters", "words-like-id", "reuters"),
        ("bankk", "words-like-id", "bank"),
        ("zzz", "words-like-id", ""),
        ("ann-le", "words-like-id", "ann-lee"),
        ("us_faa", "words-like-id", "us-faa"),
        ("Ann-Lee", "words-like-id", "ann-lee"),
        ("Village_Hall", "words-like-id", ""),
        ("Unknown", "words-like-id", ""),
        ("N/A", "words-like-id", ""),
        ("None", "words-like-id", ""),
        ("TBD", "words-like-id", ""),
        ('"?"', "words-like-id", ""),
        ("quote:a", "words-like-id", ""),
        ("event:sale", "words-like-id", ""),
        ('"[[bank]]"', "words-like-id", "bank"),
        ('"@the-body"', "words-like-id", ""),
        ("Ruters", "words-like-name", ""),
        ("Bank of Gulhaven", "words-like-name", ""),
    ],
)
def test_words_that_were_meant_as_an_id_or_a_name_are_told_wherever_an_id_may_stand(place, words, code, near):
    assert told_at(place, words) == [(code, near)]


@pytest.mark.parametrize("place", EVERYWHERE)
@pytest.mark.parametrize(
    "words",
    [
        "reuters",
        "Reuters",
        '"reuters"',
        "FAA",
        '"npm"',
        "'unicef'",
        "“ebay”",
        '"Ruters"',
        "Harbour Gazette",
        "the press",
        "reporters",
        "journalisten",
        "nu.nl",
        '"None"',
        '"@ferries"',
        '"Ann-Lee"',
        "路透社",
        "რადიო",
        "1922",
        "eBay",
    ],
)
def test_other_words_are_let_through_and_quotation_marks_say_that_they_are_words(place, words):
    assert told_at(place, words) == []


@pytest.mark.parametrize(
    "words, code",
    [
        ("ann-lee reuters", "words-like-id"),
        ('"ann-lee, us-faa"', "words-like-id"),
        ("ann-lee and the press", "words-like-id"),
        ("ann-lee’s office", "words-like-id"),
        ("AnnLee", "words-like-name"),
        ("Anne Lee", "words-like-name"),
        ("Ann L\u0435e", "words-like-name"),
        ('"ann-lee’s office"', ""),
        ("the press and reuters", ""),
    ],
)
def test_ids_among_words_and_names_that_look_alike_are_told(words, code):
    assert told_at(EVERYWHERE[-1], words) == ([(code, "")] if code else [])


@pytest.mark.parametrize("place", EVERYWHERE)
def test_unknown_is_told_but_where_it_is_a_word_of_the_format(place):
    assert told_at(place, "unknown") == [("words-like-id", "")] * ("to: " not in place[1])


@pytest.mark.parametrize(
    "actor, is_told",
    [
        ("position: {role: ann-lee}", True),
        ("position: ann-lee", True),
        ("position: [Head, ann-lee]", True),
        ("here: ann-lee", True),
        ('here: "ann-lee"', False),
        ('position: "ann-lee"', False),
        ("position: {role: bank}", False),
        ("here: mayor of the town", False),
        ("here: co-founder", False),
        ("here: deputy of ann-lee", True),
        ("here: unknown", True),
        ("position: ex-mayor", False),
        ("name: bob-lee", True),
        ("name: reuters", False),
        ("name: Unknown", True),
        ('name: "bob-lee"', False),
        ("type: Unnamed, described_as: ann-lee", True),
        ("type: Unnamed, described_as: an official, knows_because: unknwon", True),
        ("type: Unnamed, described_as: officials, count: unkown", True),
        ("type: Unnamed, described_as: officials, count: Unknown", True),
        ("type: Unnamed, described_as: officials, count: unknown, knows_because: unknown", False),
        ("type: Unnamed, described_as: an official, knows_because: unclear", False),
        ("type: Unnamed, described_as: unknown", True),
    ],
)
def test_ids_and_words_that_say_nothing_are_told_in_what_readers_see_of_an_actor(actor, is_told):
    name = "" if "name:" in actor or "Unnamed" in actor else "name: Bo Ek, "
    front = f"{ACTORS[:-1]}, bo: {{{name}{actor}}}}}"
    text = f"---\ntitle: T\npublished: 2024-03-08\n{front}\n---\nText.\n"
    document = parse("content/explainers/a.md", text.encode())
    _, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), [document])
    assert [p.code for p in (*document.diagnostics, *problems) if p.code.startswith("words-")] == ["words-like-id"] * is_told


def test_an_id_that_was_renamed_is_told_where_its_old_one_stands():
    assert told("quotes: [{speaker: unknown, text: Text, to: faa}]") == []  # still an alias
    assert told("quotes: [{speaker: unknown, text: Text, to: bank-g}]") == [("words-like-id", "bank")]


def test_a_name_of_two_actors_is_told_with_their_ids():
    files = {f"content/actors/john-{n}.md": "---\nname: John Smith\n---\n" for n in "ab"}
    assert told("sources: {s: {title: Q, publisher: John Smith}}", **files) == [("words-like-name", "")]


@pytest.mark.parametrize(
    "front, is_told",
    [
        ("authors: ann-lee", True),
        ("authors: [Mina Quist, mina]", True),
        ('authors: "mina"', False),
        ("authors: bell hooks", False),
        ("sources: {s: {title: Q, authors: mina-quist}}", True),
        ("quotes: [{speaker: unknown, text: Text, translation: {text: Worte, by: deepl}}]", True),
        ("quotes: [{speaker: unknown, text: Text, corrected: Texts, resp: mina-quist}]", True),
        ("quotes: [{speaker: unknown, text: Text, corrected: Texts, resp: editors}]", False),
        ("timeline: [{when: 2024, title: A vote, place: town-hall}]", True),
        ("timeline: [{when: 2024, title: A vote, place: online}]", False),
        ("timeline: [{when: 2024, title: A vote, place: unknown}]", True),
        ("timeline: [{when: 2024, title: sale-of-boat}]", True),
        ("timeline: [{when: 2024, title: sale}]", False),
        ("authors: unknown", True),
    ],
)
def test_names_that_are_always_words_are_told_where_they_look_like_ids(front, is_told):
    assert [code for code, _ in told(front)] == ["words-like-id"] * is_told


def test_the_settings_name_authors_and_no_ids():
    assert [problem.code for problem in settings.read(b"title: T\nauthors: [mina-quist]")[1]] == ["words-like-id"]


@pytest.mark.parametrize("words", ["ruters", "us-faa", "us_faa", "Village_Hall", "7sur7", "straße", "агентство"])
def test_what_looks_like_an_id(words):
    assert looks_like_id(words)


@pytest.mark.parametrize(
    "one, other, nearly",
    [
        ("Ruters", "Reuters", True),
        ("World Health Organisation", "World Health Organization", True),
        ("Niger", "Nigeria", False),
        ("Channel 4", "Channel 5", False),
    ],
)
def test_what_is_nearly_a_name(one, other, nearly):
    assert (near_names.frame(one) == near_names.frame(other) and near_names.is_nearly(one, other)) is nearly


@pytest.mark.parametrize(
    "topics, is_told",
    [("[ann-lee]", True), ("ann-lee", True), ('["ann-lee"]', False), ("[bank]", False), ("[ferry-crisis]", False), ("[Ann Lee]", False)],
)
def test_a_topic_that_is_an_id_is_told(topics, is_told):
    document = parse("content/explainers/a.md", f"---\ntitle: T\npublished: 2024-03-08\ntopics: {topics}\n{ACTORS}\n---\nText.\n".encode())
    _, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), [document])
    found = [problem for problem in problems if problem.code == "words-like-id"]
    assert [problem.location.line for problem in found] == [4] * is_told
