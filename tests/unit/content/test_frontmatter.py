"""YAML never changes a value, and every problem names its place."""

import pytest

from builder import dates
from builder.content import frontmatter
from builder.content.fields import MOST_HINTS
from builder.content.frontmatter import MappingNode, Scalar, SequenceNode, node_reader
from builder.content.parse import parse
from builder.content.schema import suggestions
from builder.content.unknown_keys import MOST_PROPOSALS
from builder.diagnostics import Location


def plain(node):
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.items}


def load(text):
    fields, problems = frontmatter.load(text, path="a.md")
    return plain(fields), [problem.code for problem in problems]


@pytest.mark.parametrize(
    "value", ["NO", "2022", "2022-01", "1e3", "12:30:45", "%2022-01", "0x1F", "~", "null", "True", ".inf", "2022-01-18~"]
)
def test_a_scalar_stays_as_it_was_written(value):
    text = f'k: "{value}"' if value.startswith("%") else f"k: {value}"
    assert load(text) == ({"k": value}, [])


def test_a_set_in_braces_is_a_mapping_for_the_caller_to_refuse():
    assert load("k: '{1667,1668}'") == ({"k": "{1667,1668}"}, [])


def test_an_empty_value_is_told_from_an_empty_text():
    fields, _ = frontmatter.load('a:\nb: ""\n', path="a.md")
    left_out, empty = fields.items[0][1], fields.items[1][1]
    assert isinstance(left_out, Scalar)
    assert isinstance(empty, Scalar)
    assert (left_out.plain, empty.plain) == (True, False)


def test_every_value_knows_its_line_and_column():
    block, _ = frontmatter.split("---\ntitle: Talks\nactors:\n  nato: NATO\n---\nBody\n", path="a.md")
    (title, talks), (_, actors) = block.fields.items
    assert (title.line, title.column, talks.line, talks.column) == (2, 1, 2, 8)
    assert isinstance(actors, MappingNode)
    assert (actors.items[0][1].line, actors.items[0][1].column) == (4, 9)
    assert (block.body, block.body_line) == ("Body\n", 6)


@pytest.mark.parametrize(
    "text, codes",
    [
        ("a: 1\na: 2\n", ["key-twice"]),
        ("a: &x 1\nb: *x\n", ["yaml-tag", "yaml-alias"]),
        ("a: !!python/object:os.system x\n", ["yaml-tag"]),
        ("a: [1\n", ["yaml"]),
        ("a: b: c\n", ["yaml"]),
        ("a: x\n\tb: y\n", ["yaml"]),
        ("- a\n- b\n", ["yaml-not-keys"]),
        ("a: 1\n---\nb: 2\n", ["yaml-documents"]),
        ("? [a]\n: b\n", ["yaml-key"]),
        ("a: \x07\n", ["character-wrong"]),
        ("[" * 20_000, ["yaml-too-deep", "yaml-not-keys"]),
        ("a: " + "{b: " * 31 + "c" + "}" * 31, ["yaml-too-deep"]),
    ],
    ids=["twice", "alias", "tag", "open list", "two colons", "tab", "list", "two documents", "key", "bell", "20000 deep", "31 deep"],
)
def test_what_is_not_read_is_told(text, codes):
    assert load(text)[1] == codes


def test_an_alias_bomb_is_refused_and_stays_small():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    fields, codes = load("\n".join(lines))
    assert set(codes) == {"yaml-tag", "yaml-alias"}
    assert fields["a39"] == ["", ""]


def test_what_stands_before_a_mistake_is_still_read():
    assert load("title: Talks\nsummary: [open\n")[0]["title"] == "Talks"


@pytest.mark.parametrize(
    "text", ["", "No front matter.\n", "---\ntitle: never ends\n", "---\n---\n", "\ufeff---\r\ntitle: x\r\n---\r\nBody\r\n"]
)
def test_any_file_is_taken_apart(text):
    block, _ = frontmatter.split(text, path="a.md")
    assert isinstance(block.fields, MappingNode)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    ours, _ = frontmatter.split("---\ntitle: x\n---\nBody\n", path="a.md")
    theirs, problems = frontmatter.split("\ufeff---\r\ntitle: x\r\n---\r\nBody\r\n", path="a.md")
    assert (plain(ours.fields), ours.body) == (plain(theirs.fields), theirs.body)
    assert problems == ()


@pytest.mark.parametrize(
    "lines, left, told",
    [
        (["a: b: c", "d: e"], {"d": "e"}, [1]),
        (["no key of anything", "d: e"], {"d": "e"}, [1]),
        (["a: {b: c", "d: e"], {"d": "e"}, [1]),
        (["a:", '  - {b: "c}', "  - {d: e}", "f: g"], {"a": [{"d": "e"}], "f": "g"}, [2]),
        (["a:", "  - b: c", '    d: "never closed', "    e: f", "  - g: h"], {"a": [{"b": "c", "e": "f"}, {"g": "h"}]}, [3]),
        (["a:", "  - b: c", "\t- d: e", "f: g"], {"a": [{"b": "c"}], "f": "g"}, [3]),
        (["a: 'b", "c: [d", "e: f"], {"e": "f"}, [1, 2]),
        (["a:", "  - {b: c", "  - d", "  - e: f: g", "  - h"], {"a": ["d", "h"]}, [2, 4]),
        (["- a", "b: c"], {"b": "c"}, [2]),
    ],
)
def test_of_a_block_that_is_no_yaml_only_the_piece_around_each_slip_is_left_out(lines, left, told):
    fields, problems = frontmatter.load("\n".join(lines), path="a.md")
    assert plain(fields) == left
    assert sorted(place.line for problem in problems for place in (problem.location, *problem.also)) == told
    assert {problem.code for problem in problems} == {"yaml"}


def test_what_stands_behind_a_slip_keeps_its_line():
    block, _ = frontmatter.split("---\na: 'b\nc: d\n---\nBody\n", path="a.md")
    assert [(key.value, key.line) for key, _ in block.fields.items] == [("c", 3)]
    assert (block.body, block.body_line) == ("Body\n", 5)


def test_a_block_that_never_ends_is_read_as_far_as_its_lines_look_like_one():
    text = "---\ntitle: Talks\n\nquotes:\n- a: b\n# a comment\n\nThey met.\n\nWho: they.\n"
    block, problems = frontmatter.split(text, path="a.md")
    assert plain(block.fields) == {"title": "Talks", "quotes": [{"a": "b"}]}
    assert (block.body, block.body_line) == ("They met.\n\nWho: they.\n", 8)
    assert [problem.code for problem in problems] == ["front-matter-open"]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Talks\n\nThey met\n---\n\nText.\n",
        "---\ntitle: Talks\n\nThey met.\n\n---\n\nText.\n",
        "---\ntitle: Talks\nactors:\n- a\n\nThey met\nagain\n---\nText.\n",
    ],
)
def test_a_heading_or_rule_of_the_text_ends_no_block_that_was_left_open(text):
    block, problems = frontmatter.split(text, path="a.md")
    assert plain(block.fields)["title"] == "Talks"
    assert block.body.startswith("They met")
    assert [problem.code for problem in problems] == ["front-matter-open"]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Talks\n\ndraft yes\nsummary: S\n---\nText\n",
        "---\ntitle: Talks\ndraft yes\n---\nText\n",
        "---\ntitle: |\n  A\n\n  B\n---\n",
    ],
)
def test_a_line_without_a_colon_leaves_a_block_ended(text):
    _, problems = frontmatter.split(text, path="a.md")
    assert "front-matter-open" not in [problem.code for problem in problems]


def test_of_thousands_of_slips_some_are_told_and_what_stands_below_other_keys_is_read():
    rows = [f"  - {{a{n}: " + '"x}' for n in range(1500)]
    fields, problems = frontmatter.load("\n".join(["a:", *rows, "z: y"]), path="a.md")
    assert plain(fields)["z"] == "y"
    assert problems


@pytest.mark.parametrize("text, line", [("–––\ntitle: Talks\n—\nBody.\n", 4), ("\nA note\n---\ntitle: Talks\n---\nBody.\n", 6)])
def test_a_front_matter_with_wrong_dashes_or_words_above_it_is_told_and_read_all_the_same(text, line):
    document = parse("content/pages/a.md", text.encode())
    assert document.page is not None
    assert (document.page.title, document.page.body.text, document.page.location.line) == ("Talks", "Body.", line - 2)
    assert [problem.code for problem in document.diagnostics] == ["front-matter-missing"]


def test_many_slips_in_one_file_take_no_more_work_for_each(monkeypatch):
    asked = []
    monkeypatch.setattr(suggestions, "taken_below", lambda *given: asked.append(given) or "")
    rows = "\n".join(f"key{n}: {{a: 1}}" for n in range(80))
    told = parse("content/explainers/a.md", f"---\ntitle: A\n{rows}\n---\nText.\n".encode()).diagnostics
    assert len([problem for problem in told if problem.code == "key-unknown"]) == 80
    assert len(asked) <= MOST_PROPOSALS

    class Problems(list):
        def __iter__(self):
            raise AssertionError("all others were looked at")

    reader = node_reader.NodeReader("a.md", 0)
    reader.problems = Problems()
    for n in range(3):
        reader.problem("yaml-alias", f"No “a{n}”.", Location("a.md", n + 1))
    assert len(reader.problems) == 3


def test_of_very_many_wrong_dates_each_is_an_error_and_the_first_have_their_own_hint():
    rows = "\n".join(f"  - {{id: e{n}, title: T, when: 3 March 2021}}" for n in range(MOST_HINTS + 5))
    found = parse("content/explainers/a.md", f"---\ntitle: A\npublished: 2021-01-01\ntimeline:\n{rows}\n---\nText.\n".encode()).diagnostics
    wrong = [problem for problem in found if problem.code == "date-wrong"]
    assert len(wrong) == MOST_HINTS + 5
    assert [bool(problem.edits) for problem in wrong] == [True] * MOST_HINTS + [False] * 5
    assert wrong[-1].help == dates.IN_GENERAL
