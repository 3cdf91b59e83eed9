"""Rules of several lines are asked wherever one of them may find something."""

import pytest

from builder.content.markup import read

LONG = "words\n" * 30


@pytest.mark.parametrize(
    "text, tag",
    [
        ("a | b\n-- | -\n1 | 2", "<table>"),
        ("a|b\n:-:|-\n1|2", "<table>"),
        ("> a|b\n> -|-\n> 1|2", "<table>"),
        ("Term\n: meaning", "<dl>"),
        ("Term\n\n~ meaning", "<dl>"),
        ("Title\n=====", "<h2"),
        ("Title\n-----", "<h2"),
        (f"{LONG}-----", "<h2"),
        (f"- {LONG}  =====", "<h2"),
    ],
)
def test_a_block_of_several_lines_is_found(text, tag):
    body, _ = read(text, path="a.md")
    assert any(tag in segment.html for segment in body.segments if hasattr(segment, "html"))
