"""One actor under two ids is told, and two that can be told apart are not."""

import pytest

from builder import checks
from builder.checks.same_actors import same_names
from tests.unit.checks.test_checks import site_of

HEAD = "title: T\npublished: 2024-03-08\nsources: {log: {title: A, published: 2024}}\n"


def told(section, one, two):
    front = f"{HEAD}{section}:\n  one: {one}\n  two: {two}\n"
    site = site_of(explainers_one=f"---\n{front}---\n“It runs,”{{by=one}} said one. “It sails,”{{by=two}} said the other.\n")
    found = [*checks.check(site), *same_names(site)]
    return [problem.message for problem in found if problem.code == "actor-twice"]


@pytest.mark.parametrize(
    "one, two, differ",
    [
        ("Ann Lee", "Ann Lee", "both are called Ann Lee."),
        ("Ann Lee, Mayor", "Dr Ann Lee", "they are called Ann Lee and Dr Ann Lee."),
        ("José Díaz", "Jose Diaz", "they are called José Díaz and Jose Diaz."),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "they are called Volodymyr Zelensky and Volodymyr Zelenskyy."),
        (
            "Ann Lee",
            "Ann L\u0435e",
            "they are called Ann Lee and Ann L\u0435e: the one has “\u0435” (CYRILLIC SMALL LETTER IE, U+0435) where the other has “e” (LATIN SMALL LETTER E, U+0065).",
        ),
        ("{type: PublicBody, name: The Harbour Board}", "{type: PublicBody, name: Harbour Board}", ""),
        ("Ann Lee", "Bob Lee", None),
        ("Ann Lee", "A. Lee", None),
        ("Alexander Weber", "Alexandra Weber", None),
        ("Christian Weber", "Christiane Weber", None),
        ("Christian Weber", "Christina Weber", None),
        ("Валентин Петров", "Валентина Петров", None),
        ("Ann Lee", "Ann Lee Jr.", None),
        ("Ann Lee, Mayor", "Ann Lee, Captain", None),
        ("{name: Ann Lee, same_as: wd:Q1}", "{name: Ann Lee, same_as: wd:Q2}", None),
        ("Ann Lee", "{type: Organization, name: Ann Lee}", None),
        ("{type: Group, name: Pilots}", "{type: Group, name: Pilot}", None),
    ],
)
def test_actors_of_one_name_are_told_unless_something_tells_them_apart(one, two, differ):
    assert [message.endswith(differ or "") for message in told("actors", one, two)] == [True] * (differ is not None)


@pytest.mark.parametrize(
    "one, two, is_told",
    [
        ("a senior official", "senior official", True),
        ("a senior U.S. official", "one senior US official", True),
        ("ein hoher Beamter", "Hoher Beamter", True),
        ("a senior official", "another senior official", False),
        ("two officials", "two other officials", False),
        ("a clerk", "a clerk at the hall", False),
    ],
)
def test_sources_that_are_described_in_the_same_words_are_told(one, two, is_told):
    assert len(told("unnamed", one, two)) == is_told
