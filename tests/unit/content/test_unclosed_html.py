"""Tags and comments without an end are text, so that no reader searches for it again and again."""

import pytest

from builder.content.unclosed_html import closed


@pytest.mark.parametrize(
    "html, expected",
    [
        ("<p>a < b", "<p>a &lt; b"),
        ("<p>a</p><b<b", "<p>a</p>&lt;b&lt;b"),
        ("<!-- a --><!-- b <p>c</p>", "<!-- a -->&lt;!-- b <p>c</p>"),
        ("<!-- a <p>--> b", "<!-- a <p>--> b"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_what_never_ends_is_written_as_text(html, expected):
    assert closed(html) == expected
    assert len(closed(html, " ")) == len(html)
