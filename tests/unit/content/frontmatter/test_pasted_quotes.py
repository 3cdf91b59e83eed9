"""Quotation marks that were pasted along with a value."""

import pytest

from builder.content.frontmatter.pasted_quotes import OFF, UNCLEAR, unmarked, unmarked_pieces
from builder.content.parse import parse


@pytest.mark.parametrize("marks", ["“”", "„“", "„”", "””", '""', "«»", "»«", "»»", "‘’", "‚‘", "''", "‹›", "「」", "『』", "＂＂", "〝〟"])
def test_marks_of_every_style_around_the_whole_are_left_out(marks):
    assert unmarked(f"{marks[0]}It’s a boat.{marks[1]}") == ("It’s a boat.", OFF)
    assert unmarked(f"{marks[0]}\u202fIt’s a boat\u202f{marks[1]},") == ("It’s a boat", OFF)


@pytest.mark.parametrize(
    "words, left, done",
    [
        ("“‘Yes’ and ‘no’”", "‘Yes’ and ‘no’", OFF),
        ("“‘The boat.’”", "‘The boat.’", OFF),
        ("““The boat””", "The boat", OFF),
        ('"“The boat”"', "The boat", OFF),
        ('"He said "no" twice"', 'He said "no" twice', OFF),
        ("‘Yes’ and ‘no’", "‘Yes’ and ‘no’", ""),
        ("“Yes” and “no”", "“Yes” and “no”", ""),
        ('"Yes" and "no"', '"Yes" and "no"', ""),
        ("»Ja» och »nej»", "»Ja» och »nej»", ""),
        ("“Bob” Lee", "“Bob” Lee", ""),
        ("Robert “Bob” Lee", "Robert “Bob” Lee", ""),
        ("rock ’n’ roll", "rock ’n’ roll", ""),
        ("’Tis the boys’", "’Tis the boys’", ""),
        ("'90s'", "'90s'", ""),
        ('12"', '12"', ""),
        ("””", "””", ""),
        ("“", "“", UNCLEAR),
        ("“The boat", "“The boat", UNCLEAR),
        ("The boat.”", "The boat.”", UNCLEAR),
        ("“The boat”.", "“The boat”.", UNCLEAR),
        ("‘The boys’ boat’", "‘The boys’ boat’", UNCLEAR),
        ("", "", ""),
    ],
)
def test_what_is_left_of_words_with_marks(words, left, done):
    assert unmarked(words) == (left, done)


@pytest.mark.parametrize(
    "pieces, left",
    [
        (("“The ferry will run,”", "“we have the money.”"), ("The ferry will run,", "we have the money.")),
        (("“The ferry will run", "we have the money.”"), ("The ferry will run", "we have the money.")),
        (("“The ferry will run", "", "we have the money.”,"), ("The ferry will run", "", "we have the money.")),
    ],
)
def test_the_pieces_of_a_split_quote_lose_their_marks(pieces, left):
    assert unmarked_pieces(pieces) == (left, OFF)


def read(front, body="Ann Lee says: “The boat is sound.”\n", path="content/explainers/a.md"):
    document = parse(path, f"---\ntitle: A\npublished: 2024-03-08\n{front}---\n{body}".encode())
    return document.explainer, [problem.code for problem in document.diagnostics]


@pytest.mark.parametrize("words", ["“The boat is sound.”", '"“The boat is sound.”"', "'\"The boat is sound.\"'", "[“The boat is sound.”]"])
def test_a_quote_is_found_and_shown_without_its_marks(words):
    made, problems = read(f"quotes:\n  - ann-lee: {words}\n    translation: „Das Boot ist fest.“\n")
    assert (made.quotes[0].segments, made.quotes[0].translation.text, problems) == (("The boat is sound.",), "Das Boot ist fest.", [])


@pytest.mark.parametrize(
    "actor", ["“Ann Lee, Mayor”", '"“Ann Lee, Mayor”"', "“Ann Lee”, Mayor", "«Ann Lee», «Mayor»", "{name: “Ann Lee”, position: „Mayor“}"]
)
def test_names_and_roles_have_no_marks(actor):
    made, problems = read(f"actors:\n  ann-lee: {actor}\n")
    assert (made.actors[0].name, made.actors[0].positions[0].role, problems) == ("Ann Lee", "Mayor", [])


def test_marks_with_no_counterpart_are_told_and_stay():
    made, problems = read("actors:\n  ann-lee: “Ann Lee\n")
    assert (made.actors[0].name, problems) == ("“Ann Lee", ["marks-around"])


@pytest.mark.parametrize(
    "written, title, told",
    [
        ("“The boat sinks”", "The boat sinks", ["marks-around"]),
        ('"“The boat sinks”"', "“The boat sinks”", []),
        ("“A” and “B”", "“A” and “B”", []),
    ],
)
def test_marks_stay_around_a_title_only_where_it_is_quoted_for_yaml_too(written, title, told):
    made, problems = read(f"timeline:\n  - 2024-03-01: {written}\nsources:\n  s: {{title: {written}}}\n")
    assert (made.timeline[0].title, made.sources[0].title, problems) == (title, title, 2 * told)
