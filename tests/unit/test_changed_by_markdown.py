"""What Markdown, or a program before us, makes of words that were meant otherwise."""

import pytest

from builder.content import markup, settings
from builder.content.parse import parse


@pytest.mark.parametrize(
    "text, sign, advice",
    [
        ("At night:\n\n- 5 degrees\n", "- 5 degrees", "begin its entry with “*”."),
        ("At night:\n- 5 degrees\n", "- 5 degrees", "begin its entry with “*”."),
        ("+ €5 a day\n", "+ €5 a day", "begin its entry with “*”."),
        ("She went to the quay\n- and left.\n", "- and left.", "put an empty line above it."),
        ("Five million\n* without Kyiv\n", "* without Kyiv", "put an empty line above it."),
        ("At night:\n\n\\- 5 degrees\n", "", ""),
        ("We need:\n- boats\n", "", ""),
        ("We need\n\n- boats\n", "", ""),
        ("- 5 boats\n- 3 crews\n", "", ""),
        ("- 5 boats\n\n  and what they need\n", "", ""),
        ("1. boats\n   - 5 crews\n", "", ""),
    ],
)
def test_a_sign_that_makes_a_list_of_one_entry_is_told(text, sign, advice):
    found = [one for one in markup.read(text, path="a.md")[1] if one.code == "list-unclear"]
    assert [one.message for one in found] == ([f"“{sign}” is a list of one entry, so “{sign[0]}” is not shown."] if sign else [])
    assert all(one.help.endswith(advice) for one in found)


@pytest.mark.parametrize(
    "text, shown, is_told",
    [
        (r"Where \(x\) is.", r"Where \(x\) is.", True),
        (r"Then \[E = mc^2\] holds.", r"Then \[E = mc^2\] holds.", True),
        (r"He \[sic\] and \(so on\) went.", "He [sic] and (so on) went.", False),
    ],
)
def test_formulas_between_backslashes_are_told_and_shown_as_they_are_written(text, shown, is_told):
    body, problems = markup.read(text, path="a.md")
    assert body.text == shown
    assert [one.code for one in problems] == ["markup-foreign"] * is_told


@pytest.mark.parametrize(
    "text, place",
    [
        ("Words %% private\n\nmore private %% words.", "a.md:1:7"),
        ("- words %% private\n\n  private %% words", "a.md:1:9"),
        ("One %% here.\n\nNone there.", ""),
        ("50 %% here.\n\n60 %% there.", ""),
        (r"One \%% here." + "\n\n" + r"Two \%% there.", ""),
    ],
)
def test_a_comment_over_an_empty_line_stops_the_build(text, place):
    assert [(one.code, str(one.place)) for one in markup.read(text, path="a.md")[1]] == ([("comment-open", place)] if place else [])


def test_lost_characters_are_told_once_a_file():
    (problem,) = parse("content/pages/a.md", "---\ntitle: caf\ufffd\n---\nThe caf\ufffd.\n".encode()).diagnostics
    assert (problem.code, str(problem.place), [str(one) for one in problem.also]) == (
        "character-lost",
        "content/pages/a.md:2:11",
        ["content/pages/a.md:4:8"],
    )
    assert "and in 1 other place:" in problem.message
    assert parse("content/pages/a.md", "---\ntitle: T\n---\nThe sign `\ufffd`.\n\n```\n\ufffd\n```\n".encode()).diagnostics == ()
    assert [one.code for one in settings.read("title: caf\ufffd\n".encode())[1]] == ["character-lost"]
