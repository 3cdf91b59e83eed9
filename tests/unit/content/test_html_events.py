"""HTML as tags, words and comments in their order; what never ends is words."""

import pytest

from builder.content.html_events import Comment, EndTag, HtmlText, StartTag, events, offsets


def words(html):
    return "".join(event.text for event in events(html) if isinstance(event, HtmlText))


def test_each_event_says_where_it_stands():
    assert events('<P class="a" hidden>R&amp;D<br>\n<!-- b --></p>') == [
        StartTag("p", {"class": "a", "hidden": ""}, 0),
        HtmlText("R&D", 20),
        StartTag("br", {}, 27),
        HtmlText("\n", 31),
        Comment(" b "),
        EndTag("p", 42),
    ]


@pytest.mark.parametrize(
    "html, shown, at",
    [
        ("<p>a&amp;b", "a&b", [3, 4, 9]),
        ("<p>AT&T is", "AT&T is", [3, 4, 5, 6, 7, 8, 9]),
        ("<p>AT&T", "AT&T", [3, 4, 5, 6]),
        ("<p>&notit", "¬it", [3, 3, 3]),
        ("<p>&#x41;&#66;c", "ABc", [3, 9, 14]),
        ("a\n<b>é", "a\né", [0, 1, 5]),
    ],
)
def test_each_character_has_the_offset_of_what_it_is_written_with(html, shown, at):
    assert words(html) == shown
    assert [offset for event in events(html) if isinstance(event, HtmlText) for offset in offsets(html, event)] == at


@pytest.mark.parametrize(
    "html, shown",
    [
        ("<p>a < b", "a < b"),
        ("<p>a</p><b<b", "a<b<b"),
        ("<!-- a --><!-- b <p>c</p>", "<!-- b c"),
        ("<!-- a <p>--> b", " b"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_what_never_ends_is_words(html, shown):
    assert words(html) == shown


def test_an_attribute_keeps_its_signs():
    assert events('<!-- a --><a title="x <!-- y">') == [Comment(" a "), StartTag("a", {"title": "x <!-- y"}, 10)]
