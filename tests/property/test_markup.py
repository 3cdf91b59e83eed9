"""Whatever is written: it is read, its markup is whole, and every word has its place."""

import re
from collections import Counter
from html.parser import HTMLParser

import msgspec
from hypothesis import example, given, settings, strategies as st

from builder.content.anchoring import anchor
from builder.content.markup import read, read_line, safe_url
from builder.content.markup.page_context import PageContext
from builder.content.markup.page_html import inline, parts_of_page
from builder.content.markup.reading_time import words_to_read
from builder.diagnostics import Location
from builder.model import Body, Html, Link, MarkClose, MarkOpen, Quote, Section, Text, Trusted
from tests.effort import effort

PIECES = (
    *[
        "a",
        "b",
        "words",
        "Über",
        "日本",
        "&",
        "<",
        ">",
        '"',
        "'",
        "\\",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "```",
        "~~~",
        "[",
        "]",
        "(",
        ")",
        "!",
        "![",
        "[[",
        "]]",
        "[[nato]]",
        "[[nato|NATO]]",
        "![[x]]",
        "[[a|",
        "](b)",
        "](<b>)",
    ],
    *[
        "](javascript:x)",
        "]{quote=q}",
        "]{event=e}",
        "]{x=y}",
        "[^1]",
        "[^1]:",
        "[^2]",
        "[b]:",
        "#",
        "##",
        "-",
        "+",
        "1.",
        ">",
        "|",
        "|-|-|",
        ":",
        "---",
        "===",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "%%",
        "==",
        "$x$",
        "{{",
        "}}",
        "{.a}",
        "1989. ",
        "8. Mai ",
        "www.a.org",
        "a@b.org",
        "。",
        "[[a|*b*]]",
        "[x][y]",
        "[y]: /z",
        "• ",
    ],
    *["&amp;", "&#106;", "https://", "<https://a.b>", "//c", "￼", "\xad", "́"],
    *(
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\n- ",
        "\n> ",
        "\n\n[^1]: ",
        "\n| a | b |\n|---|---|\n| ",
        "\nTerm\n: ",
        "  \n",
        "\t",
        '"t"',
        "\r\n",
        "\0",
        "\u2028",
    ),
)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANYTHING = st.text(st.characters(), max_size=60)
TEXTS = MARKUP | ANYTHING | st.lists(MARKUP | ANYTHING, max_size=4).map("\n\n".join)

TAGS = frozenset(
    [
        "p",
        "em",
        "strong",
        "s",
        "a",
        "code",
        "pre",
        "br",
        "hr",
        "img",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "sup",
        "span",
        "label",
        "input",
    ]
)
ATTRIBUTES = {"href", "src", "alt", "title", "rel", "loading", "class", "id", "role", "style", "start", "type", "aria-label", "data-n"}


class Whole(HTMLParser):
    """Fails on markup that is not whole, or not ours."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.ids = Counter()
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        assert not (tag == "a" and "a" in self.open), "a link in a link"
        assert not (tag == "label" and {"a", "label"} & set(self.open)), "a box to tick in a link"
        assert len(attrs) == len(dict(attrs))
        for name, value in attrs:
            assert name in ATTRIBUTES
            if name in {"href", "src"}:
                assert safe_url(value) or value.startswith("../../"), value
            if name == "style":
                assert re.fullmatch("text-align:(left|right|center)", value)
            if name == "id":
                self.ids[value] += 1
        if tag not in {"br", "hr", "img", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def is_whole(body):
    """All that holds of every body."""
    marks_are_whole(body)
    words_have_their_place(body)
    parts = parts_of_page(body, PageContext("../../"))
    found = Whole("".join(part.html for part in parts if isinstance(part, Trusted)))
    assert set(found.ids.values()) <= {1}
    for section in body.sections:
        assert section.id
        assert "--" not in section.id
    assert tuple(segment for segment in body.segments if isinstance(segment, Section)) == body.sections
    assert not any(
        isinstance(one, Html) and isinstance(two, Html) and not one.ends_opening
        for one, two in zip(body.segments, body.segments[1:], strict=False)
    )
    assert all(segment.html for segment in body.segments if isinstance(segment, Html))
    assert all(segment.text for segment in body.segments if isinstance(segment, Text))


def words_have_their_place(body):
    spans = []
    for segment in body.segments:
        words = segment.text if isinstance(segment, Text) else (segment.words or segment.target) if isinstance(segment, Link) else ""
        if words:
            assert body.text[segment.at : segment.at + len(words)] == words
            spans.append((segment.at, segment.at + len(words)))
    at = 0
    for start, end in sorted(spans):
        assert start >= at
        assert set(body.text[at:start]) <= {"\n", "\ufffc"}
        at = end
    assert set(body.text[at:]) <= {"\n", "\ufffc"}
    assert body.words == words_to_read(body.text)


def marks_are_whole(body):
    parts, lasts, stack = Counter(), Counter(), []
    for segment in body.segments:
        if isinstance(segment, MarkOpen):
            assert segment.part == parts[segment.kind, segment.id]
            parts[segment.kind, segment.id] += 1
            assert segment.kind not in [kind for kind, _ in stack]
            stack.append((segment.kind, segment.id))
        elif isinstance(segment, MarkClose):
            assert stack.pop() == (segment.kind, segment.id)
            lasts[segment.kind, segment.id] += segment.last
            if segment.last:
                parts[segment.kind, segment.id] += 10**6  # after the last there is none
    assert not stack
    assert set(lasts.values()) <= {1}
    assert set(lasts) == set(parts)


@settings(max_examples=effort(100, 1600))
@given(TEXTS)
@example("[a[^1] b *c]{quote=q}* d\n\n[^1]: [[x]] [e]{event=e}")
@example("| [a]{quote=q} | ![[b]] |\n|-|-|\n| [^1] | \n\n[^1]: x\n\n    > y[^1]")
@example("[a](<javascript:x> 't') <javascript:y> ![b](//c)")
def test_any_text_is_read_whole(text):
    body, problems = read(text, path="a.md", line=5)
    is_whole(body)
    lines = re.sub("\r\n?", "\n", text).count("\n") + 1
    for problem in problems:
        assert problem.location.path == "a.md"
        assert 5 <= problem.location.line < 5 + lines
        assert problem.location.column >= 1
        assert problem.message
        assert problem.help


@settings(max_examples=effort(50, 800))
@given(TEXTS)
def test_any_line_is_read_whole(text):
    place = Location("a.md", 3, 4)
    body, problems = read_line(text, location=place)
    is_whole(body)
    assert not body.sections
    assert {problem.location for problem in problems} <= {place}
    Whole(inline(body, PageContext("../../")).html)


@given(TEXTS)
def test_a_text_is_always_read_the_same(text):
    assert read(text, path="a.md") == read(text, path="a.md")


@given(MARKUP)
def test_a_body_can_be_kept_and_read_back(text):
    body = read(text, path="a.md")[0]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(body), type=Body) == body


@given(st.lists(st.from_regex(r"[a-zåö]{1,8}", fullmatch=True), min_size=1, max_size=30), st.data())
def test_no_word_gets_lost(words, data):
    between = data.draw(
        st.lists(
            st.sampled_from([" ", "\n", "\n\n", "\n- ", "\n> ", " *", "* ", " [", "] ", "\n\n## "]),
            min_size=len(words),
            max_size=len(words),
        )
    )
    text = "".join(word + sep for word, sep in zip(words, between, strict=True))
    assert re.findall(r"[a-zåö]+", read(text, path="a.md")[0].text) == words


@given(st.text(st.characters(exclude_categories=["Cc", "Cn", "Cs"], exclude_characters="\ufffd"), max_size=30))
def test_plain_text_stays_as_it_is(text):
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
    if escaped:
        body, problems = read("x" + escaped, path="a.md")
        assert body.text == "x" + " ".join(text.split()).replace("\0", "\ufffd")
        assert problems == ()


@settings(max_examples=effort(75, 1200))
@given(TEXTS, st.data())
def test_marks_of_quotes_leave_all_whole(text, data):
    body = read(text, path="a.md")[0]
    words = body.text.split()
    quotes = []
    for number in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(words)))
        end = data.draw(st.integers(start, min(len(words), start + 6)))
        quotes.append(Quote(id=f"q{number}", segments=(" ".join(words[start:end]),)))
    anchored, problems, _ = anchor(body, quotes, path="a.md")
    marks_are_whole(anchored)
    words_have_their_place(anchored)
    Whole("".join(part.html for part in parts_of_page(anchored, PageContext("../../")) if isinstance(part, Trusted)))
    assert anchored.text == body.text
    shown = ["".join(s.text for s in shown_body.segments if isinstance(s, Text)) for shown_body in (body, anchored)]
    assert shown[0] == shown[1]
    assert all(problem.help for problem in problems)
