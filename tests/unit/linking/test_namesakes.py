"""Names that may be of several people: told where they stand in a text, and no link to one of them."""

import pytest

from builder import linking
from builder.content import settings
from builder.content.parse import parse
from builder.i18n import language

ANN, BOB = "ann-lee: {name: Ann Lee, alias: Lee}", "bob-lee: {name: Bob Lee}"


def read(actors, body, more="", **files):
    text = f"---\ntitle: T\npublished: 2024-03-08\n{more}actors: {actors}\n---\n{body}\n"
    documents = [parse("content/explainers/a.md", text.encode()), *(parse(path, given.encode()) for path, given in files.items())]
    site, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), documents)
    links = [
        (occurrence.id, site.bodies["a"].text[occurrence.start : occurrence.end])
        for occurrence in site.occurrences["a"]
        if occurrence.linked
    ]
    return links, [problem for problem in problems if problem.code == "name-shared"]


@pytest.mark.parametrize(
    "actors, name, ids",
    [
        (f"{{{ANN}, {BOB}}}", "Lee", ["ann-lee", "bob-lee"]),
        ("{ann-lee: {name: Ann Lee, alias: Lee}, bob-lee: {name: Bob Lee, alias: Lee}}", "Lee", ["ann-lee", "bob-lee"]),
        ("{xi-a: {name: Xi Jing, alias: Xi}, xi-b: {name: Xi Ming}}", "Xi", ["xi-a", "xi-b"]),
        ("{a: {name: Ann de Vries, alias: De Vries}, b: Otto de Vries}", "De Vries", ["a", "b"]),
        ("{a: {name: Pepe García, alias: García}, b: Ana Garcia}", "García", ["a", "b"]),
        ("{a: {name: Pepe GARCIA, alias: Garcia}, b: Ana García}", "Garcia", ["a", "b"]),
        ("{a: {name: Ann Smith, alias: Smith}, b: Tom Jones-Smith}", "Smith", ["a", "b"]),
        ("{a: {name: Tom Lee, alias: Mr Lee}, b: Bob Lee}", "Mr Lee", ["a", "b"]),
        ("{a: {name: Ann Lee, alias: Dr. Lee}, b: Bob Lee}", "Dr. Lee", ["a", "b"]),
        ("{a: {name: Ann Lee, alias: Frau Lee}, b: Bea Lee}", "Frau Lee", ["a", "b"]),
        ("{js-1: John Smith, js-2: John Smith}", "John Smith", ["js-1", "js-2"]),
        (
            "{a: {name: O’Hara, alias: Chief}, b: {name: Mina Quist, alias: Chief}, c: {name: Bo Ek, alias: Chief}}",
            "Chief",
            ["a", "b", "c"],
        ),
    ],
)
def test_a_name_that_may_be_of_several_leads_to_none_and_is_told_once(actors, name, ids):
    links, (problem,) = read(actors, f"## Then\n\nA day later {name} said no.\n\n## Now\n\n{name} said yes.")
    assert links == []
    assert all(f"({key})" in problem.message and f"[[{key}|{name}]]" in problem.help for key in ids)
    assert problem.help.endswith(f"The text has: “A day later {name} said no.” (under “Then”)")


@pytest.mark.parametrize(
    "actors, body, links",
    [
        (f"{{{ANN}, {BOB}}}", "Ann Lee and Bob Lee said no.", ["ann-lee", "bob-lee"]),
        (f"{{{ANN}, {BOB}}}", "[[bob-lee|Lee]] said no. Then Lee left.", []),
        (f"{{{ANN}, bo: Bo Ek}}", "Lee said no.", ["ann-lee"]),
        (f"{{{ANN}, works: {{type: Organization, name: Lee Works}}}}", "Lee said no.", ["ann-lee"]),
        (
            "{boat: {type: Organization, name: Boat Company, alias: Boat}, u: {type: Organization, name: Boat Workers}}",
            "Boat said no.",
            ["boat"],
        ),
        ("{a: {name: Ann de Vries, alias: De Vries}, b: Otto Vries}", "De Vries said no.", ["a"]),
        ("{a: {name: Ann Lee, alias: Mayor Lee}, b: Bob Lee}", "Mayor Lee said no.", ["a"]),
        ("{a: Ann Lee, b: Bob Ann Lee}", "Ann Lee said no.", ["a"]),
        (f"{{{ANN}, {BOB}}}", "Nobody said no.", []),
        ("{ann-lee: Ann Lee, bob-lee: Bob Lee}", "Lee said no.", []),
    ],
)
def test_what_is_clear_is_not_told(actors, body, links):
    found, problems = read(actors, body)
    assert ([link for link, _ in found], problems) == (links, [])


def test_a_link_says_who_is_meant_in_its_section_alone():
    _, (problem,) = read(f"{{{ANN}, {BOB}}}", "## A\n\n[[bob-lee|Lee]] said no. Lee left.\n\n## B\n\nLee came.")
    assert "(under “B”)" in problem.help


def test_nothing_is_told_where_names_become_no_links():
    assert read(f"{{{ANN}, {BOB}}}", "Lee said no.", more="autolink: off\n") == ([], [])


def test_shared_actors_that_an_explainer_lists_are_told():
    files = {"content/actors/ann-lee.md": "---\nname: Ann Lee\nalias: Lee\n---\n", "content/actors/bob-lee.md": "---\nname: Bob Lee\n---\n"}
    assert [problem.code for problem in read("[ann-lee, bob-lee]", "Lee said no.", **files)[1]] == ["name-shared"]
    assert read("[ann-lee]", "Lee said no.", **files) == ([("ann-lee", "Lee")], [])


@pytest.mark.parametrize(
    "body, line",
    [
        ("One line\nand “two”\nand Lee said.", 9),
        ("Lee said\nand “two”.", 7),
        ("- a Lee\n  said “x”", 7),
        ("Lee went.\n\n“No,” he said.", 0),
    ],
)
def test_the_line_of_a_shared_name_is_told_where_its_paragraph_quotes(body, line):
    _, (problem,) = read("{ann-lee: Ann Lee, bob-lee: Bob Lee}", body, "format: 2\n")
    assert problem.location.line == line


@pytest.mark.parametrize("head", ["", "format: 2\n"])
@pytest.mark.parametrize(
    "text, number", [("So said Lamplighter Lee.", 1), ("So said Gardener Lee.", 0), ("So said Bruce Lee.", 0), ("So said Lee.", 1)]
)
def test_an_office_may_stand_before_a_surname_or_an_alias(head, text, number):
    alias = "" if head else ", alias: Lee"
    links, problems = read(f"{{ann-lee: {{name: Ann Lee, position: Lamplighter{alias}}}}}", f"Ann Lee came.\n\n## Later\n\n{text}", head)
    assert (len(links), problems) == (1 + number, [])
