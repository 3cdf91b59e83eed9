"""Actors in a list, by their names alone."""

import pytest

from builder.content.parse import parse


def read(key, entry):
    document = parse("content/explainers/a.md", f"---\ntitle: A\npublished: 2024-01-01\n{key}:\n  - {entry}\n---\nText.\n".encode())
    return [*document.explainer.actors], [problem.code for problem in document.diagnostics]


@pytest.mark.parametrize(
    "entry, key, name, roles",
    [
        ("Ann Lee", "ann-lee", "Ann Lee", []),
        ("Ann Lee, Mayor", "ann-lee", "Ann Lee", ["Mayor"]),
        ("“Ann Lee, Mayor”", "ann-lee", "Ann Lee", ["Mayor"]),
        ("Ægir Ólsen", "ægir-olsen", "Ægir Ólsen", []),
        ("李 安", "李-安", "李 安", []),
    ],
)
def test_the_id_of_a_name_in_a_list_is_made_from_it(entry, key, name, roles):
    (actor,), problems = read("actors", entry)
    assert (actor.name, [held.role for held in actor.positions], problems) == (name, roles, [])
    assert actor.id == key


def test_so_is_that_of_words_which_describe_somebody():
    (actor,), problems = read("unnamed", "a clerk at the hall")
    assert (actor.id, actor.described_as, problems) == ("a-clerk-at-the-hall", "a clerk at the hall", [])


@pytest.mark.parametrize("entry", ["Ann-Lee", "ann_lee", "Ann", "ann lee", "ann-lee Ann Lee", "-marsh"])
def test_what_may_be_an_id_that_is_misspelt_is_told(entry):
    assert read("actors", entry) == ([], ["id-wrong"])
