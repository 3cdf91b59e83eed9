"""Characters that look like signs of YAML and are none, and signs of YAML that look like words."""

import pytest

from builder.content.parse import parse

FRONT = "---\ntitle: T\npublished: 2024-03-08\n"


def told(front):
    document = parse("content/explainers/a.md", f"{FRONT}{front}---\nText.\n".encode())
    return [
        (problem.code, problem.location.line, problem.location.column, problem.message, problem.help)
        for problem in document.diagnostics
        if problem.code.startswith("yaml")
    ]


NBSP, ZWSP = "\u00a0", "\u200b"
INDENT = "YAML takes only plain spaces: delete what stands before the words, and type spaces."


@pytest.mark.parametrize(
    "front, line, column, message, help_",
    [
        (f"sources:\n{NBSP}{NBSP}g: {{title: T}}\n", 5, 1, "A NO-BREAK SPACE (U+00A0) indents this line.", INDENT),
        (f"sources:\n  {NBSP}g: {{title: T}}\n", 5, 3, "A NO-BREAK SPACE (U+00A0) indents this line.", INDENT),
        ("actors:\n  bo:\n\u3000\u3000name: Bo\n", 6, 1, "A IDEOGRAPHIC SPACE (U+3000) indents this line.", INDENT),
        (f"{ZWSP}topics: x\n", 4, 1, "A ZERO WIDTH SPACE (U+200B) stands before “topics”.", "Delete it: most editors do not show it."),
        (
            f"actors: {{{ZWSP}bo: Bo}}\n",
            4,
            10,
            "A ZERO WIDTH SPACE (U+200B) stands before “bo”.",
            "Delete it: most editors do not show it.",
        ),
        (
            "\ufefftopics: x\n",
            4,
            1,
            "A ZERO WIDTH NO-BREAK SPACE (U+FEFF) stands before “topics”.",
            "Delete it: most editors do not show it.",
        ),
        (
            f"timeline:\n  -{NBSP}2024-03-01: The vote\n",
            5,
            3,
            "A NO-BREAK SPACE (U+00A0) stands behind the dash, where a plain space belongs.",
            "Type it anew: “- 2024-03-01: The vote”.",
        ),
        (
            f"topics:\n  -{NBSP}ferry\n  -{NBSP}pool\n",
            5,
            3,
            "A NO-BREAK SPACE (U+00A0) stands behind the dash, where a plain space belongs.",
            "Type it anew: “- ferry”.",
        ),
        (
            "timeline:\n  – 2024-03-01: The vote\n  – 2024-03-02: The pool\n",
            5,
            3,
            "“–” (EN DASH, U+2013) stands where a hyphen begins an entry of a list.",
            "Type a hyphen and a space: “- 2024-03-01: The vote”.",
        ),
        (
            "quotes:\n  • bo: It is\n    said: 2024-03-01\n",
            5,
            3,
            "“•” (BULLET, U+2022) stands where a hyphen begins an entry of a list.",
            "Type a hyphen and a space: “- bo: It is”.",
        ),
        (
            "updated： 2024-03-09\n",
            4,
            1,
            "“：” (FULLWIDTH COLON, U+FF1A) stands behind “updated”, where a plain colon belongs.",
            "Type it anew: “updated: 2024-03-09”.",
        ),
        (
            "timeline:\n  - 2024-03-01：The vote\n",
            5,
            15,
            "“：” (FULLWIDTH COLON, U+FF1A) stands behind “2024-03-01”, where a plain colon belongs.",
            "Type it anew: “2024-03-01: The vote”.",
        ),
        (
            "actors: {bo: {name：Bo}}\n",
            4,
            19,
            "“：” (FULLWIDTH COLON, U+FF1A) stands behind “name”, where a plain colon belongs.",
            "Type it anew: “name: Bo”.",
        ),
    ],
    ids=ascii,
)
def test_what_only_looks_like_a_sign_is_told_once_with_its_name(front, line, column, message, help_):
    assert told(front) == [("yaml", line, column, message, help_)]


@pytest.mark.parametrize(
    "front",
    [
        "topics: [电影：评论, 标题：副]\n",
        "topics:\n  - 电影：评论\n",
        f"summary: |\n  {NBSP}{NBSP}A poem\n  – of dashes\n",
        "summary: – said he\n",
        "summary:\n  – said he\n",
        'x_a: "{ZWSP}a"\n',
        f"x_a: {NBSP}a\n",
        "actors: {bo: 李白：诗人}\n",
        "x_b: ﹕\n",
    ],
    ids=ascii,
)
def test_what_is_the_authors_is_let_through(front):
    assert told(front) == []


@pytest.mark.parametrize(
    "value, sign, written",
    [
        ("! Stop the boats", "!", '"! Stop the boats"'),
        ("!Stop the boats", "!Stop", '"!Stop the boats"'),
        ("!!str 5", "!!str", '"!!str 5"'),
        ("&b Boats and “men”", "&b", '"&b Boats and “men”"'),
        ('!a "b"', "!a", None),
        ("!", "!", '"!"'),
    ],
)
def test_no_sign_of_yaml_is_lost_in_silence(value, sign, written):
    ((code, line, column, message, help_),) = told(f"summary: {value}\n")
    assert (code, line, column) == ("yaml-tag", 4, 10)
    assert message.startswith(f"“{sign}” is a")
    assert help_.endswith(written or "if the sign is meant.")


@pytest.mark.parametrize(
    "value",
    [
        "1e3",
        "0x1F",
        "~",
        "=",
        "<<",
        "= x",
        "NO",
        "2022-01",
        "12:30",
        ".inf",
        "null",
        "012",
        "1_000",
        "0o7",
        "?x",
        "-x",
        ":x",
        "a & b",
        "a ! b",
        "a*b",
    ],
)
def test_every_value_is_read_as_it_is_written(value):
    document = parse("content/explainers/a.md", f"{FRONT}summary: {value}\n---\nText.\n".encode())
    assert document.explainer.summary == value
