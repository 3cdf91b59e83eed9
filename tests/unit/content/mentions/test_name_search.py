"""Which mentions count depends on offices, aliases, and whom the text has named before."""

import pytest

from builder.content import mentions
from builder.content.markup import read

ANN = {"Ann Lee": "x"}
LEE = {"Lee": "x"}
"""The surname with whose it is."""


def found(text, names, later=None, *, language="en", offices=()):
    whole, _ = read(text, path="a.md")
    bearers = {surname: mentions.Bearer("x", "Ann", frozenset(offices)) for surname in later or ()}
    known = mentions.KnownNames(names, bearers, ("x",), {"x": frozenset(offices)})
    occurrences = mentions.occurrences(whole, known, autolink="all", language=language)
    return [whole.text[occurrence.start : occurrence.end] for occurrence in occurrences]


@pytest.mark.parametrize("text", ["Lamplighter Lee said no.", "So said Baker Lee."])
def test_an_office_of_the_same_actor_may_stand_before_the_surname(text):
    assert found(f"Ann Lee came. {text}", ANN, LEE, offices=("lamplighter", "baker")) == ["Ann Lee", "Lee"]
    assert found(f"Ann Lee came. {text}", ANN, LEE) == ["Ann Lee"]


@pytest.mark.parametrize("other", ["Bruce Lee left.", "Her husband, Mr Lee, left.", "J. Lee left.", "Lee, her brother, left."])
def test_behind_another_person_of_that_surname_it_is_that_of_nobody(other):
    assert found(f"Ann Lee came. Lee spoke. {other}\n\nLee said no.", ANN, LEE) == ["Ann Lee", "Lee"]


@pytest.mark.parametrize(
    "text, number",
    [
        ("Bruce Lee said", 0),
        ("Qing Lee said", 0),
        ("J. Lee said", 0),
        ("Ms Lee said", 1),
        ("But Lee said", 1),
        ("the Lee family", 0),
        ("Lee & Sons", 0),
        ("Mr Lee, her husband", 0),
        ("the Lee boat", 1),
    ],
)
def test_an_alias_is_not_found_in_the_name_of_another(text, number):
    assert len(found(text, {**ANN, "Lee": "x"})) == number


def test_a_single_name_may_stand_behind_a_first_name():
    assert found("Bruce Lee said", LEE) == ["Lee"]


@pytest.mark.parametrize(
    "text, language, names, expected",
    [
        ("伊万卡·特朗普说", "zh", ["特朗普"], []),
        ("唐纳德·特朗普说", "zh", ["特朗普", "唐纳德·特朗普"], ["唐纳德·特朗普"]),
        ("ブルース・リーは言った", "ja", ["リー"], []),
        ("リー・クアンは言った", "ja", ["リー"], []),
    ],
)
def test_a_dot_joins_the_parts_of_a_foreign_name(text, language, names, expected):
    assert found(text, dict.fromkeys(names, "x"), language=language) == expected


@pytest.mark.parametrize(
    "heading, number",
    [
        ("What Lee Said and Did", 1),
        ("BUT LEE SAYS NO", 1),
        ("What Lee Said", 1),
        ("What Lee Curtis", 0),
        ("How Bruce Lee Won It", 0),
    ],
)
def test_a_surname_in_a_heading_is_that_of_its_bearer(heading, number):
    assert found(f"Ann Lee came.\n\n## {heading}\n\nText.", ANN, LEE)[1:] in ([["Lee"], ["LEE"]] if number else [[]])


def test_two_bodies_may_stand_side_by_side():
    assert found("a Lion Air Boeing", {"Lion Air": "a", "Boeing": "b"}) == ["Lion Air", "Boeing"]
    assert found("a Big Air Boeing", {"Lion Air": "a", "Boeing": "b"}) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("They saw *Ann Lee* leave. Then Lee spoke.", []),
        ("They saw *Ann Lee* leave. Ann Lee came. Then Lee spoke.", ["Ann Lee", "Lee"]),
        ("They saw *Ann* Lee leave. Then Lee spoke.", ["Lee"]),
        ("They saw [[x|Ann Lee]] leave. Then Lee spoke.", ["Lee"]),
    ],
)
def test_a_surname_counts_behind_a_name_of_the_person_not_of_a_ship(text, expected):
    assert found(text, ANN, LEE) == expected
