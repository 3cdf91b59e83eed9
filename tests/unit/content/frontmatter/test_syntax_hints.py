"""What is not valid YAML is told where the slip is, in an author's words."""

import pytest

from builder.content import frontmatter


def told(text):
    _, problems = frontmatter.load(text, path="a.md")
    return [(problem.location.line, problem.location.column, problem.message, problem.help) for problem in problems]


RIGHT = "stands too far to the right, and so counts as part of the text above."
QUOTES = "Put the whole value in quotation marks:"


@pytest.mark.parametrize(
    "text, line, column, message, hint",
    [
        # indentation
        ("quotes:\n  - bo-li: We will\n      said: 2022\n", 3, 7, f"“said” {RIGHT}", "Begin it in column 5, below “bo-li”."),
        ("title: A\n  summary: B\n", 2, 3, f"“summary” {RIGHT}", "Begin it in column 1, below “title”."),
        (
            "quotes:\n  bo-li: We will\n    said: 2022\n",
            3,
            5,
            f"“said” {RIGHT}",
            "Write “- bo-li: …”, with a dash, and begin “said” below “bo-li”, in the same column.",
        ),
        ("actors:\n  bo-li: Bo Li\n    alias: Li\n", 3, 5, f"“alias” {RIGHT}", "Write one record: bo-li: {name: Bo Li, alias: Li}"),
        ("unnamed:\n  clerk: a clerk\n    of: hall\n", 3, 5, f"“of” {RIGHT}", "Write one record: clerk: {described_as: a clerk, of: hall}"),
        ("actors:\n  bo-li: Bo Li\n    an: An\n", 3, 5, f"“an” {RIGHT}", "Begin it in column 3, below “bo-li”."),
        (
            "quotes:\n  - bo: We will\n   said: 2022\n",
            3,
            4,
            "“said” stands too far to the left to belong to the entry above.",
            "Begin it in column 5, below “bo”.",
        ),
        # dashes
        ("quotes:\n  -bo-li: We will\n    said: 2022\n", 2, 3, "A space is missing behind the dash.", "Write “- bo-li: We will”."),
        ("quotes:\n  - bo: We will\n  an: We wont\n", 3, 3, "A dash is missing before “an”.", "Write “- an: We wont”."),
        # colons
        ("title: A\nauthors Ada Fenn\ntopics: [Pool]\n", 2, 1, "A colon is missing behind “authors”.", "Write “authors: Ada Fenn”."),
        ("title: A\nauthors Ada Fenn\n", 2, 1, "A colon is missing behind “authors”.", "Write “authors: Ada Fenn”."),
        ("title Why\nauthors: Ada\n", 1, 1, "A colon is missing behind “title”.", "Write “title: Why”."),
        (
            "title: A\nauthors:Ada Fenn\ntopics: [Pool]\n",
            2,
            8,
            "A space is missing behind “authors:”.",
            "Type it anew: “authors: Ada Fenn”.",
        ),
        (
            "title: A\nauthors:\u00a0Ada Fenn\ntopics: [Pool]\n",
            2,
            8,
            "The space behind “authors:” is one of another kind, such as word processors make.",
            "Type it anew: “authors: Ada Fenn”.",
        ),
        (
            "summary: The pool is shut\nand nobody knows.\ntopics: [Pool]\n",
            2,
            1,
            "This line has no key: a colon is missing, or it goes on from the text above.",
            "Write “key: value”, or indent the line by two spaces if it goes on from the text above.",
        ),
        ("quotes:\n  - bo-li We will\n    said: 2022\n", 2, 5, "A colon is missing behind “bo-li”.", "Write “bo-li: We will”."),
        ("actors:\n  bo-li Bo Li\n  an: An\n", 2, 3, "A colon is missing behind “bo-li”.", "Write “bo-li: Bo Li”."),
        (
            "quotes:\n  * bo: Look\n",
            2,
            3,
            "“*” stands where a hyphen begins an entry of a list.",
            "Type a hyphen and a space: “- bo: Look”.",
        ),
        ("quotes:\n  - {speaker: bo text: Look}\n", 2, 18, "A comma is missing before “text”.", "Write “, text: …”."),
        (
            "quotes:\n  - bo: Look: this\n",
            2,
            13,
            "A second colon stands where YAML expects a plain value.",
            f'{QUOTES} bo: "Look: this"',
        ),
        (
            "summary: The report\n  on what: nothing\n",
            2,
            10,
            "A colon stands in a text that goes on from the line above.",
            "Put the whole text in quotation marks.",
        ),
        (
            "summary: Council item #4 says\n  that it is shut.\n",
            1,
            23,
            "The text ends before “#4 says”: a space and “#” begin a comment.",
            "Put the whole text in quotation marks.",
        ),
        # quotation marks and brackets
        (
            'title: "Will it open?\nsummary: S\ntopics: [a]\nquotes:\n  - bo: He said "no" to us\n',
            1,
            8,
            "The quotation mark that is opened here is not closed on this line.",
            "Close it where the value ends.",
        ),
        (
            "text: 'It's fine'\nnote: x\n",
            1,
            7,
            "This value begins with a quotation mark that ends in the middle.",
            f'{QUOTES} text: "It\'s fine"',
        ),
        (
            'quotes:\n  - bo: "Yes," she said\n    said: 2022\n',
            2,
            9,
            "This value begins with a quotation mark that ends in the middle.",
            f"{QUOTES} bo: '\"Yes,\" she said'",
        ),
        (
            "text: [This] is fine\nnote: x\n",
            1,
            7,
            "This value begins with a bracket that ends in the middle.",
            f'{QUOTES} text: "[This] is fine"',
        ),
        (
            "title: \"It\n  'is'\" so\n",
            1,
            8,
            "The quotation mark that is opened here is not closed on this line.",
            "Close it where the value ends.",
        ),
        # signs
        *(
            (
                f"title: {sign} Why\n",
                1,
                8,
                f"A value cannot begin with “{sign}”, which means something in YAML.",
                f'{QUOTES} title: "{sign} Why"',
            )
            for sign in ">|&?*@`%,]"
        ),
        (
            "topics: - Pool\n",
            1,
            9,
            "A value cannot begin with “-”, which means something in YAML.",
            f'{QUOTES} topics: "- Pool", or write a list: topics: [Pool]',
        ),
    ],
)
def test_a_slip_is_told_where_it_is_with_what_to_write(text, line, column, message, hint):
    assert told(text) == [(line, column, message, hint)]


@pytest.mark.parametrize("text", ['title: "It\'s\n  fine"\n', "summary: >\n  A\n", "topics: [a,\n  b]\n", 'title: "a: b" # c\n'])
def test_what_is_right_is_let_through(text):
    assert told(text) == []


@pytest.mark.slow
def test_a_long_file_of_what_is_never_closed_is_soon_given_up():
    assert told('"\n' * 100_001)
    assert told("- '\n" * 100_001)


def test_typographic_marks_around_a_value_are_not_quoted_once_more():
    ((_, _, _, hint),) = told("title: “T: a”\npublished: 2025\n")
    assert hint == f'{QUOTES} title: "T: a"'


@pytest.mark.parametrize("sign, name", [("–", "EN DASH, U+2013"), ("•", "BULLET, U+2022")])
def test_another_sign_than_a_hyphen_before_an_entry_is_named_in_any_column(sign, name):
    for column in (1, 3):
        ((line, at, message, hint),) = told(f"topics:\n{' ' * (column - 1)}{sign} ferry\n{' ' * (column - 1)}{sign} council\n")
        assert (line, at) == (2, column)
        assert message == f"“{sign}” ({name}) stands where a hyphen begins an entry of a list."
        assert hint == "Type a hyphen and a space: “- ferry”."


@pytest.mark.parametrize("key", ["2025-10-13", "13 October 2025", "2025-10-13T04:30~", "Ann Lee", "title"])
def test_of_a_second_colon_the_whole_line_is_written_right(key):
    ((_, _, _, hint),) = told(f"timeline:\n  - {key}: Planned: the vote\n")
    assert hint == f'{QUOTES} {key}: "Planned: the vote"'
