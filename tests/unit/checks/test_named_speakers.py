"""The name beside a quotation is that of its speaker."""

import pytest

from builder import checks
from builder.checks.speakers_in_east_asia import named_in_east_asia
from tests.unit.checks.test_checks import site_of

HEAD = "title: T\npublished: 2024-03-08\nsources: {log: {title: A, published: 2024}}\n"
CAST = (
    "actors: {mina: {name: Mina Roe, type: Person}, bob-cox: {name: Bob Cox, type: Person}, will: Will Ray, joe: Joe Will, jr: Abe Orr Jr., sr: Abe Orr,"
    " line: {name: Patience Line, type: Organization}}\n"
)


def told(paragraphs):
    """Return the paragraphs beside a quotation of which another name is told, and the names."""
    text = "\n\n".join(paragraphs)
    site = site_of(explainers_one=f"---\n{HEAD}{CAST}---\n{text}\n")
    found = {
        problem.location.line: problem.message.partition("names ")[2].partition(" beside")[0]
        for problem in checks.check(site)
        if problem.code == "quote-other-name"
    }
    starts = [7 + sum(paragraph.count("\n") + 2 for paragraph in paragraphs[:number]) for number in range(len(paragraphs))]
    return {
        paragraph: name
        for line, name in found.items()
        for start, paragraph in zip(starts, paragraphs, strict=True)
        if start <= line <= start + paragraph.count("\n")
    }


BESIDE = [
    "“It runs 1,”{by=mina} said Bob Cox.",
    "“It runs 2,”{by=mina} Cox said.",
    "Bob Cox said “it runs 3”{by=mina}.",
    "„Sie läuft 4“{by=mina}, sagte Bob Cox.",
    "« Il marche 5 »{by=mina}, a déclaré Bob Cox.",
    "«It runs 6»{by=mina}, сказал Bob Cox.",
    "“It runs 7,”{by=mina} said\nBob Cox.",
    "“It runs 8!”{by=mina} said Harbour Master Bob Cox.",
    "“It runs 9,”{by=mina} Mr Cox told reporters.",
    "Bob Cox told the Gazette: “It runs 10.”{by=mina}",
    "Bob Cox, a captain, said: “It runs 11.”{by=mina}",
    "According to Bob Cox, “it runs 12”{by=mina}.",
    "“It runs 13,”{by=mina} according to Bob Cox.",
    "Bob Cox: “It runs 14.”{by=mina}",
    "“It runs 15”{by=mina} — Bob Cox",
    "> It runs 16{by=mina}\n>\n> — Bob Cox",
    "“It runs 17,”{by=mina} [[bob-cox]] said.",
    "“It runs 18,”{by=mina} said Mina Roe. “It sails 18,”{quote=more} said Bob Cox.",
    "“It runs 19,”{by=mina} said Bob Cox to Mina Roe.",
    "When Bob Cox said “it runs 20”{by=mina}, all laughed.",
    "Bob Cox ответил: «It runs 21»{by=mina}.",
    "«It runs 22»{by=mina}, — відповів Bob Cox.",
]


def test_another_name_beside_a_quotation_is_told():
    assert told(BESIDE) == dict.fromkeys(BESIDE, "Bob Cox")


NOT_BESIDE = [
    "“It runs 1,”{by=mina} said Mina Roe.",
    "“It runs 2.”{by=mina} Bob Cox said nothing.",
    "“It runs 3,”{by=line} said Bob Cox.",
    "“It runs 4,”{by=mina} said the mayor to Bob Cox.",
    "“It runs 5”{by=mina} is what they heard. Bob Cox said nothing.",
    # the name is that of somebody else's
    "“It runs 6,”{by=mina} said Bob Cox’s lawyer.",
    "“It runs 7,”{by=mina} said Bob Cox spokeswoman Mina Roe.",
    "A spokeswoman for Bob Cox said: “It runs 8.”{by=mina}",
    "„Sie läuft 9“{by=mina}, sagte Bob Cox’ Anwältin.",
    "„Sie läuft 10“{by=mina}, sagte die Anwältin von Bob Cox.",
    "“It runs 11,”{by=mina} said Cox-friendly mayor Mina Roe.",
    "“It runs 12,”{by=will} said Will.",
    "“It runs 13,”{by=jr} said Abe Orr Jr.",
    # another sentence, or another part of it
    "Told what Bob Cox said, “It runs 14,”{by=mina} she replied.",
    "Mina Roe shouted, “It runs 15!”{by=mina} Bob Cox said she was wrong.",
    "“It runs 16?”{by=mina} Bob Cox said the answer was no.",
    "“It runs 17”{by=mina} – Bob Cox said that was a lie.",
    "## Bob Cox says\n\n“It runs 18.”{by=mina}",
    "- Bob Cox said: wait\n- “It runs 19,”{by=mina} she said",
    # words within what the other one says
    "In a letter she calls it “sound 20”{by=mina}, said Bob Cox.",
    "“It runs 21,”{by=mina} Bob Cox said she had told him.",
    "“It runs 22,”{by=mina} Bob Cox recalled Mina Roe saying.",
    "“It runs 23,”{by=mina} says Bob Cox, quoting Mina Roe.",
    "Bob Cox says she told him: “It runs 24.”{by=mina}",
    "According to Bob Cox, she said “it runs 25”{by=mina}.",
    # both
    "Mina Roe and Bob Cox said: “It runs 26.”{by=mina}",
    "“It runs 27,”{by=mina} said Bob Cox and Mina Roe.",
    # spoken to
    "“It runs 28,”{by=mina} she told Bob Cox.",
    "To Bob Cox, her rival, said Mina Roe: “It runs 29.”{by=mina}",
    "“It runs 30?”{by=mina} asked by Bob Cox, she laughed.",
]


def test_a_name_that_is_not_the_subject_beside_a_quotation_is_not_told():
    assert told(NOT_BESIDE) == {}


def test_a_quote_of_several_pieces_is_told_once():
    found = checks.check(
        site_of(explainers_one=f"---\n{HEAD}{CAST}---\n“It runs,”{{by=mina}} Bob Cox said, “and it sails,”{{quote=more}} Bob Cox said.\n")
    )
    assert [problem.location.column for problem in found if problem.code == "quote-other-name"] == [1]


IN_EAST_ASIA = {
    "zh": ("李强", "王明"),
    "ja": ("鈴木一郎", "田中太郎"),
    "ko": ("이영희", "김민수"),
}


def told_in(language, paragraph):
    own, other = IN_EAST_ASIA[language]
    front = f"{HEAD}lang: {language}\nactors: {{m: {own}, b: {other}}}\n"
    site = site_of(explainers_one=f"---\n{front}---\n{paragraph}\n")
    return [problem.message.split()[3] for problem in checks.check(site) if problem.code == "quote-other-name"]


@pytest.mark.parametrize(
    "language, paragraph",
    [
        ("zh", "王明说：“船很好。”{by=m}"),
        ("zh", "“船很好，”{by=m}王明说。"),
        ("zh", "「船很好。」{by=m}王明說。"),
        ("zh", "王明部长指出，“船很好”{by=m}。"),
        ("ja", "「船は大丈夫だ」{by=m}と田中太郎氏は述べた。"),
        ("ja", "田中太郎氏は会見で「船は大丈夫だ」{by=m}と述べた。"),
        ("ko", "김민수 의원은 “배는 괜찮다”{by=m}고 말했다."),
        ("ko", "“배는 괜찮다”{by=m}고 김민수 의원이 말했다."),
    ],
)
def test_another_name_is_told_where_names_are_joined_to_what_follows(language, paragraph):
    assert told_in(language, paragraph) == [IN_EAST_ASIA[language][1]]


@pytest.mark.parametrize(
    "language, paragraph",
    [
        ("zh", "王明、李强说：“船很好。”{by=m}"),
        ("zh", "李强对王明说：“船很好。”{by=m}"),
        ("zh", "记者对王明说：“船很好。”{by=m}"),
        ("zh", "王明的律师说：“船很好。”{by=m}"),
        ("zh", "“船很好。”{by=m}王明说他不知道。"),
        ("ja", "鈴木一郎氏は田中太郎氏に「船は大丈夫だ」{by=m}と述べた。"),
        ("ja", "田中太郎氏が来た。鈴木一郎氏は「船は大丈夫だ」{by=m}と語った。"),
        ("ja", "「船は大丈夫だ」{by=m}。田中太郎氏は述べた。"),
        ("ko", "이영희는 김민수에게 “배는 괜찮다”{by=m}고 말했다."),
        ("ko", "김민수의 변호사는 “배는 괜찮다”{by=m}고 말했다."),
    ],
)
def test_who_is_spoken_to_or_of_there_is_not_told(language, paragraph):
    assert told_in(language, paragraph) == []


def test_a_name_within_other_words_is_none():
    assert named_in_east_asia("国王明说：“", "", {"王明": "b"}, []) == ""
    assert named_in_east_asia("昨天王明说：“", "", {"王明": "b"}, []) == "b"


@pytest.mark.parametrize(
    "paragraph, number",
    [
        ("“It runs,”{by=clerk} said Bob Cox.", 1),
        ("Bob Cox said: “It runs.”{by=clerk}", 1),
        ("“It runs,”{by=clerk} said Captain Bob Cox of the line.", 1),
        ("“It runs,”{by=clerk} said a clerk.", 0),
        ("“It runs,”{by=clerk} said a clerk whom Bob Cox knows.", 0),
        ("“It runs,”{by=clerk} said Bob Cox’s clerk.", 0),
        ("A clerk told Bob Cox: “It runs.”{by=clerk}", 0),
    ],
)
def test_a_name_beside_the_words_of_an_unnamed_source_is_told(paragraph, number):
    site = site_of(explainers_one=f"---\n{HEAD}actors: {{bob-cox: {{name: Bob Cox}}}}\nunnamed: {{clerk: a clerk}}\n---\n{paragraph}\n")
    found = [problem for problem in checks.check(site) if problem.code == "quote-other-name"]
    assert len(found) == number
    assert all(
        "The text names Bob Cox beside “It runs" in problem.message and "and its record a clerk." in problem.message for problem in found
    )


@pytest.mark.parametrize(
    "paragraph, name",
    [
        ("“It runs,”{by=clerk} said Sam Reed.", "Sam Reed"),
        ("“It runs,”{by=clerk} said Sam Reed, a clerk.", "Sam Reed"),
        ("„Es fährt“{by=clerk}, sagte Anna Hale am Montag.", "Anna Hale"),
        ("“It runs,”{by=clerk} said a clerk.", ""),
        ("“It runs,”{by=clerk} said White House staff.", ""),
        ("“It runs,”{by=clerk} said Will.", ""),
        ("“It runs,”{by=clerk} said Sam Reed’s clerk.", ""),
        ("“It runs,”{by=bob-cox} said Sam Reed.", ""),
    ],
)
def test_a_name_that_no_actor_has_beside_the_words_of_an_unnamed_source_is_told(paragraph, name):
    site = site_of(explainers_one=f"---\n{HEAD}actors: {{bob-cox: Bob Cox}}\nunnamed: {{clerk: a clerk}}\n---\n{paragraph}\n")
    found = [problem.message for problem in checks.check(site) if problem.code == "unnamed-named"]
    assert found == ([f"The text names {name} beside the words of “clerk”, an unnamed source."] if name else [])


@pytest.mark.parametrize(
    "paragraph",
    [
        "“It runs,”{by=mina} said an angry Bob Cox.",
        "An angry Cox said: “It runs.”{by=mina}",
        "“It runs,”{by=mina} a visibly tired Bob Cox said.",
        "The usually calm Cox said “it runs”{by=mina}.",
        "Bob Cox said to Mina Roe: “It runs.”{by=mina}",
        "“It runs,”{by=mina} Cox said to Mina Roe.",
        "“It runs,”{by=mina} Cox, who had come late, said.",
        "“It runs,”{by=mina} Bob Cox, a captain, told reporters.",
        "Bob Cox a dit à Mina Roe : « Il marche »{by=mina}.",
        "„Sie läuft“{by=mina}, sagte ein wütender Bob Cox.",
    ],
)
def test_a_name_behind_an_adjective_before_a_hearer_or_an_aside_is_told(paragraph):
    assert told([paragraph]) == {paragraph: "Bob Cox"}


@pytest.mark.parametrize(
    "paragraph",
    [
        "“It runs,”{by=mina} said a friend of Bob Cox.",
        "“It runs,”{by=mina} said the lawyer Bob Cox had hired.",
        "A rival of Bob Cox said: “It runs.”{by=mina}",
        "Mina Roe said to Bob Cox: “It runs.”{by=mina}",
        "“It runs,”{by=mina} Mina Roe said to Bob Cox.",
        "“It runs,”{by=mina} Mina Roe, whom Bob Cox hired, said.",
        "The woman hugging Bob Cox said: “It runs.”{by=mina}",
        "The woman with Bob Cox said: “It runs.”{by=mina}",
    ],
)
def test_a_name_behind_a_noun_or_of_a_hearer_is_not(paragraph):
    assert told([paragraph]) == {}


OFFICES = (
    "actors: {mina: {name: Mina Roe, type: Person}, bob-cox: {name: Bob Cox, type: Person, position: [{role: Minister of Transport}]},"
    " ann: {name: Ann Lee, type: Person, position: [{role: Deputy mayor}]}, joe: {name: Joe Ray, type: Person, position: [{role: Judge}]},"
    " sue: {name: Sue Day, type: Person, position: [{role: District judge}]}, old: {name: Al Fox, type: Person, position: [{role: Captain, to: 2001}]}}\n"
)


def told_by_office(paragraph, language="en"):
    site = site_of(explainers_one=f"---\n{HEAD}lang: {language}\n{OFFICES}---\n{paragraph}\n")
    return [one.message.partition("names ")[2].partition(" beside")[0] for one in checks.check(site) if one.code == "quote-other-name"]


@pytest.mark.parametrize(
    "paragraph, name",
    [
        ("“It runs,”{by=mina} said the minister.", "Bob Cox"),
        ("“It runs,”{by=mina} said the Minister of Transport.", "Bob Cox"),
        ("“It runs,”{by=mina} the minister said.", "Bob Cox"),
        ("The minister said: “It runs.”{by=mina}", "Bob Cox"),
        ("“It runs,”{by=mina} said the minister on Monday.", "Bob Cox"),
        ("“It runs,”{by=mina} said the deputy mayor.", "Ann Lee"),
    ],
)
def test_an_office_that_one_person_holds_beside_a_quotation_is_told(paragraph, name):
    assert told_by_office(paragraph) == [name]


@pytest.mark.parametrize(
    "paragraph",
    [
        "“It runs,”{by=bob-cox} said the minister.",
        "“It runs,”{by=mina} said a minister.",
        "“It runs,”{by=mina} said the minister for health.",
        "“It runs,”{by=mina} said the minister’s aide.",
        "“It runs,”{by=mina} said the minister, Mina Roe.",
        "“It runs,”{by=mina} said the mayor.",
        "“It runs,”{by=mina} said the judge.",
        "“It runs,”{by=mina} said the captain.",
        "Mina Roe, the new minister, came. “It runs,”{by=mina} said the minister.",
        "Minister Ada Rook came. “It runs,”{by=mina} the minister said.",
        "“It runs,”{by=mina} she said of the minister.",
        "The minister met Mina Roe. “It runs,”{by=mina} she said.",
    ],
)
def test_an_office_that_another_may_hold_is_not(paragraph):
    assert told_by_office(paragraph) == []
