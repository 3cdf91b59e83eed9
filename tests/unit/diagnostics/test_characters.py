"""Characters that are never published, wherever they are written."""

import pytest

from builder.content import settings
from builder.content.parse import parse
from builder.content.reading import read as read_tree
from builder.diagnostics import CODES, characters

ESCAPES = ("\\e", "\\x01", "\\b", "\\uFFFE", "\\x9b", "\\u202e", "\\u2067", "\\u202c", "\\U0001FFFF")
RAW = ("\x1b", "\x01", "\b", "\x00", "\x7f", "\x85", "\x9b", "\u202e", "\u2067", "\u202c", "\ufffe", "\ufdd0", "\U0001ffff", "\u2028")
FRONT = "---\ntitle: T\npublished: 2024-03-08\n"
FILES = ("explainers", "actors", "events", "sources", "pages")


def wrong(document):
    return [problem for problem in document.diagnostics if problem.code == "character-wrong"]


def is_clean(text):
    return not characters.NEVER.search(text)


def test_it_can_never_count_for_less():
    assert CODES["character-wrong"].fixed


@pytest.mark.parametrize("sign", ESCAPES)
@pytest.mark.parametrize("key", ["title", "summary", "x_own", "lang", "no_key", "aliases"])
def test_an_escape_is_told_where_its_value_stands(sign, key):
    document = parse("content/explainers/a.md", f'---\n{key}: "a{sign}b"\n---\nText.\n'.encode())
    (problem,) = wrong(document)
    assert (problem.location.line, problem.location.column) == (2, len(key) + 4)
    assert problem.message.startswith("U+")


SEVERAL = "U+0001 (START OF HEADING), U+0008 (BACKSPACE) and U+202E (RIGHT-TO-LEFT OVERRIDE) stand here: they cannot be published."


@pytest.mark.parametrize("value", ["a\x01b\bc\u202ed", '"a\\x01b\\bc\\u202ed\\x01"'], ids=["raw", "escaped"])
def test_several_in_one_value_are_one_problem(value):
    (problem,) = wrong(parse("content/explainers/a.md", f"{FRONT}summary: {value}\n---\nText.\n".encode()))
    assert (problem.message, problem.location.line) == (SEVERAL, 4)
    assert problem.help.endswith(" They stand here 4 times." if "\\" in value else "anew.")


def test_several_in_one_paragraph_are_one_problem():
    first, second = wrong(parse("content/explainers/a.md", f"{FRONT}---\na\x01b\bc\u202ed\n\nA \x01 and \x1b.\n".encode()))
    assert (first.message, first.location.line) == (SEVERAL, 5)
    assert (second.message.partition(" (")[0], second.location.line) == ("U+001B", 7)


@pytest.mark.parametrize("sign", RAW, ids=ascii)
@pytest.mark.parametrize("folder", FILES)
def test_a_raw_character_is_told_with_its_name_in_values_and_texts(sign, folder):
    document = parse(f"content/{folder}/a.md", f"---\ntitle: T{sign}U\n---\nA{sign}B.\n".encode())
    told = [(problem.location.line, problem.location.column) for problem in wrong(document)]
    assert told == ([(2, 9)] if sign == "\u2028" else [(2, 9 if characters.NEVER.match(sign) else 8), (4, 2)])


@pytest.mark.parametrize("sign", ["\x1b", "\x01", "\u202e", "\ufffe"], ids=ascii)
def test_none_of_it_is_in_what_was_read(sign):
    document = parse(
        "content/explainers/a.md", f'---\ntitle: "T{sign}"\nsummary: "a\\e\\u202e"\n---\nA{sign}B `{sign}` [l](x "{sign}").\n'.encode()
    )
    made = document.explainer
    assert all(
        is_clean(text)
        for text in (made.title, made.summary, made.body.text, *(getattr(segment, "html", "") for segment in made.body.segments))
    )


@pytest.mark.parametrize(
    "entity, told, help_",
    [
        ("&#27;", "“&#27;” stands for U+001B (ESCAPE), which cannot be published.", "Delete it."),
        ("&#xFFFE;", "“&#xFFFE;” stands for U+FFFE (a noncharacter), which cannot be published.", "Delete it."),
        ("&#x202E;", "“&#x202E;” stands for U+202E (RIGHT-TO-LEFT OVERRIDE), which cannot be published.", "Delete it."),
        ("&#xD800;", "“&#xD800;” stands for U+D800 (half of a surrogate pair), which cannot be published.", "Delete it."),
        ("&#150;", "“&#150;” stands for U+0096 (a control character), which cannot be published.", "Write “–” itself."),
    ],
)
def test_an_entity_is_told_unless_it_is_shown_as_it_is_written(entity, told, help_):
    document = parse("content/explainers/a.md", f"{FRONT}---\nA {entity} b.\n".encode())
    (problem,) = wrong(document)
    assert (problem.message, problem.help, problem.location.line, problem.location.column) == (told, help_, 5, 3)
    for shown in (f"`{entity}`", f"\\{entity}", f"```\n{entity}\n```"):
        assert not wrong(parse("content/explainers/a.md", f"{FRONT}---\n{shown}\n".encode()))


@pytest.mark.parametrize("text", ["\u2067a\u2069", "\u202aa\u202c", "a &#x200f; b", "&#8211; &#x2014;", "\u2067a\nb\u2069"], ids=ascii)
def test_what_is_closed_in_its_paragraph_may_stand(text):
    assert not wrong(parse("content/explainers/a.md", f"{FRONT}---\n{text}\n".encode()))


@pytest.mark.parametrize("text", ["\u2067a\n\nb\u2069", "- \u2067a\n- b\u2069"], ids=ascii)
def test_what_is_closed_in_another_may_not(text):
    assert len(wrong(parse("content/explainers/a.md", f"{FRONT}---\n{text}\n".encode()))) == 2


def test_settings_are_looked_through():
    _, problems = settings.read(b'title: "a\\e"\nfooter: "b &#27; c"\n')
    assert [problem.code for problem in problems] == ["character-wrong"] * 2


def test_file_names_are_looked_through(tmp_path):
    (tmp_path / "content/static").mkdir(parents=True)
    (tmp_path / "content/static/a\u202egnp.txt").write_text("")
    (problem,) = read_tree(tmp_path).diagnostics
    assert (problem.code, problem.message) == ("file-name", "The name of this file has U+202E (RIGHT-TO-LEFT OVERRIDE).")


@pytest.mark.parametrize(
    "front, line, help_",
    [
        ('title: "\\ud83d\\ude00 b"', 2, "Write “😀” itself."),
        ('title: "\\ud800"', 2, "Delete it."),
        ('title: "\\U0000DFFF"', 2, "Write the character itself, or use single quotation marks around the value."),
    ],
)
def test_half_a_character_is_told(front, line, help_):
    (problem,) = parse("content/pages/a.md", f"---\n{front}\n---\n".encode()).diagnostics
    assert (problem.code, problem.location.line, problem.help) == ("yaml", line, help_)


@pytest.mark.parametrize("coded", ["%1B", "%E2%80%AE", "%C2%85", "%EF%BF%BE"])
def test_an_address_is_not_decoded_into_it(coded):
    document = parse("content/explainers/a.md", f"{FRONT}---\nSee <https://example.org/a{coded}b>.\n".encode())
    assert f"https://example.org/a{coded}b" in document.explainer.body.text
    assert is_clean(document.explainer.body.text)
