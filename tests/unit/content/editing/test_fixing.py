"""What `check --fix` mends: problems with one meaning alone, each in the front matter, and no other."""

import pytest

from builder import linking
from builder.content import settings
from builder.content.editing.fixing import fixed
from builder.content.parse import parse
from builder.diagnostics import CODES
from builder.i18n import language

PATH = "content/explainers/a.md"
BODY = "“It is sound”, said Ann_Lee on 3/23/2021, “and Title”: {quote=no}.\n"


def problems_of(data, path=PATH):
    if path == settings.PATH:
        return settings.read(data)[1]
    document = parse(path, data)
    _, found = linking.link(settings.read(b"title: T")[0], language.load("en"), [document])
    return (*document.diagnostics, *found)


def mended(head):
    """The front matter once all that is certain is mended, and the codes of what was."""
    data = f"---\n{head}---\n{BODY}".encode()
    codes = []
    for _ in range(4):
        data, done = fixed(PATH, data, problems_of(data))
        codes += [problem.code for problem in done]
        if not done:
            break
    text = data.decode()
    assert text.endswith(f"---\n{BODY}"), "the text was touched"
    return text.removeprefix("---\n").removesuffix(f"---\n{BODY}"), codes


@pytest.mark.parametrize(
    "head, after, code",
    [
        ("Title: T # x\n", "title: T # x\n", "key-unknown"),
        ("actors:\n\tann-lee: Ann Lee\n\tbob-cox:\n\t\tname: Bob\n", "actors:\n  ann-lee: Ann Lee\n  bob-cox:\n    name: Bob\n", "yaml"),
        (
            "sources:\n    a: {title: T}\nactors:\n\tann-lee: Ann Lee\n",
            "sources:\n    a: {title: T}\nactors:\n    ann-lee: Ann Lee\n",
            "yaml",
        ),
        ("AS-OF: 2021\n", "as_of: 2021\n", "key-unknown"),
        ("published: 3/23/2021\n", "published: 2021-03-23\n", "date-wrong"),
        ("published: '23. März 2021'\n", "published: '2021-03-23'\n", "date-wrong"),
        ("published: 2021–03–23\n", "published: 2021-03-23\n", "date-wrong"),
        ("published: 2021-3-5 # x\n", "published: 2021-03-05 # x\n", "date-wrong"),
        ("timeline:\n- March 23, 2021: x\n", "timeline:\n- 2021-03-23: x\n", "date-wrong"),
        ("timeline: [{when: 2021-03-23 7:40, title: x}]\n", "timeline: [{when: 2021-03-23T07:40, title: x}]\n", "date-wrong"),
        ("title: “Stuck, and how”\n", "title: Stuck, and how\n", "marks-around"),
        (
            "sources: {s: {title: “Stuck: how”, publisher: P}}\n",
            'sources: {s: {title: "Stuck: how", publisher: P}}\n',
            "",
        ),
        (
            "sources:\n  s:\n    title: “Stuck and how”\n    publisher: P\n",
            "sources:\n  s:\n    title: Stuck and how\n    publisher: P\n",
            "marks-around",
        ),
        ("actors:\n  Bob_Cox: Bob Cox\n", "actors:\n  bob-cox: Bob Cox\n", "id-wrong"),
        ("actors: {b: {name: Bob, type: person}}\n", "actors: {b: {name: Bob, type: Person}}\n", "value-unknown"),
        (
            "quotes: [{b: x, medium: Press Conference}]\n",
            "quotes: [{b: x, medium: press-conference}]\n",
            "value-unknown",
        ),
        ("lang: en_GB\n", "lang: en-GB\n", "value-wrong"),
        (
            "actors:\n  bob: Bob Cox, Mayor\n  alias: Cox\n  here: mayor\n  cy: Cy\n",
            "actors:\n  bob: {name: Bob Cox, position: Mayor, alias: Cox, here: mayor}\n  cy: Cy\n",
            "not-a-record",
        ),
        (
            "actors:\n  bob:\n    name: Bob\n    position:\n      role: Mayor\n    from: 2021 # x\n",
            "actors:\n  bob:\n    name: Bob\n    position:\n      role: Mayor\n      from: 2021 # x\n",
            "key-unknown",
        ),
        (
            "actors:\n  bob-cox: Bob\nquotes:\n- speaker: [Bob_Cox]\n  text: x\n",
            "actors:\n  bob-cox: Bob\nquotes:\n- speaker: [bob-cox]\n  text: x\n",
            "reference-unknown",
        ),
        (
            "actors:\n  bob-cox: Bob\nquotes:\n- text: x\n  speaker: unknown\n  to: Bob-Cox\n",
            "actors:\n  bob-cox: Bob\nquotes:\n- text: x\n  speaker: unknown\n  to: bob-cox\n",
            "words-like-id",
        ),
        (
            "quotes:\n- {id: q-1, speaker: unknown, text: x}\n- {id: q-2, speaker: unknown, text: y, denies: Q_1}\n",
            "quotes:\n- {id: q-1, speaker: unknown, text: x}\n- {id: q-2, speaker: unknown, text: y, denies: q-1}\n",
            "reference-unknown",
        ),
    ],
)
def test_a_problem_of_one_meaning_is_mended(head, after, code):
    made, codes = mended(head)
    if code:
        assert made == after
        assert code in codes
    else:
        assert made == head  # YAML that is broken is not touched


@pytest.mark.parametrize(
    "head",
    [
        "titel: T\n",  # a question
        "headline: T\n",
        "title: T\nTitle: U\n",  # which of the two?
        "published: 3/4/2021\n",  # March or April
        "published: 202101\n",
        "published: 2021/22\n",
        "published: winter 2021\n",
        "published: the 20th century\n",
        "published: 2021-02-30\n",
        "published: around 2021\n",
        "published: last Friday\n",
        "timeline: [{when: 2021, title: x, status: rumoured}]\n",
        "actors: {bob: {name: Bob, type: human}}\n",
        "actors:\n- Nato\n",  # an id or a name
        "actors: {bobb-cox: Bob}\nquotes:\n- {speaker: bob-cox, text: x}\n",
        "actors:\n  alias: Cox\n  bob: Bob\n",  # of nobody above
        "actors:\n  bob: {name: Bob, alias: B}\n  alias: Cox\n",  # has one
        "actors:\n  bob: {name: Bob}\n  alias: {name: Cox}\n",  # may be somebody called so
        "actors: {parliament: {type: PublicBody, name: The House}}\nquotes: [{speaker: unknown, text: x, to: Parliament}]\n",
        'title: "“Stuck”"\n',
        "title: “Stuck” and “how”\n",
        "quotes:\n- bob: “Yes” and “no”\n",
        "via: s1\n",
        "title: T\nlang: klingon language\n",
        "actors:\n \tann-lee: Ann Lee\n",
        "title: T\n\tpublished: 2021\n",
        "summary: |\n  x\nactors:\n\tann-lee: Ann Lee\n",  # a tab may be one of a text
    ],
)
def test_what_may_be_meant_otherwise_is_left_to_the_author(head):
    assert mended(head) == (head, [])


def test_settings_are_mended_too():
    data = b"\xef\xbb\xbftitle: T\r\nLanguage: en_GB\r\nproblems: [{code: yaml-key, severity: Off, why: x}]\r\n"
    made, done = fixed(settings.PATH, data, problems_of(data, settings.PATH))
    assert [problem.code for problem in done] == ["key-unknown", "value-wrong", "value-unknown"]
    assert made == data.replace(b"Language", b"language").replace(b"en_GB", b"en-GB").replace(b"Off", b"off")


def test_no_certain_edit_is_told_as_a_question():
    head = "Title: T\npublished: 3/23/2021\ntype: x\nactors: {Bob_Cox: {name: B, type: person}}\n"
    for problem in problems_of(f"---\n{head}---\n".encode()):
        assert not (problem.edits and "Did you mean" in problem.help)
        assert problem.code in CODES


def test_two_mends_of_the_same_words_are_not_made_at_once():
    data = b"---\nTitle: T\n---\n"
    (problem,) = (problem for problem in problems_of(data) if problem.edits)
    made, done = fixed(PATH, data, [problem, problem])
    assert made == b"---\ntitle: T\n---\n"
    assert len(done) == 2  # the same edit, once


def test_what_stands_in_braces_of_the_text_is_mended_and_no_other_word():
    text = (
        "---\ntitle: T\npublished: 2024-03-08\nactors: {ann: Ann Lee}\n---\nOn 3/23/2021 “it is”{by=ann on=3/23/2021 Medium=Statement}.\n"
    )
    data, done = fixed(PATH, text.encode(), problems_of(text.encode()))
    assert {problem.code for problem in done} >= {"date-wrong"}
    assert data.decode().endswith("On 3/23/2021 “it is”{by=ann on=2021-03-23 medium=statement}.\n")
