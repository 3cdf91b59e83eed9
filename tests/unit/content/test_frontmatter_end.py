"""The line that ends a block of front matter is found by its signs."""

import pytest

from builder.content import frontmatter


@pytest.mark.parametrize(
    "text, body",
    [
        ("---\n---\nBody", "Body"),
        ("---\ntitle: a\n...\nBody\n---\n", "Body\n---\n"),
        ("---\ntitle: a\n---\nBody\n...\n", "Body\n...\n"),
        ("---\ntitle: a\n----\n--- \t\nBody", "Body"),
        ("---\n----: a\n...\nBody", "Body"),
    ],
)
def test_a_block_ends_at_the_first_line_of_its_signs_alone(text, body):
    split, _ = frontmatter.split(text, path="a.md")
    assert split.body == body


def test_a_block_without_such_a_line_has_no_end():
    _, (problem,) = frontmatter.split("---\ntitle: a----\n....\n", path="a.md")
    assert problem.code == "front-matter-open"
