"""Stylesheets without comments."""

import pytest

from builder.content import reading, stylesheets


@pytest.mark.parametrize(
    "written, published",
    [
        ("/* All\n * of it. */\n\na { b: c }\n", "\na { b: c }\n"),
        ("a { b: c; /* why */ d: e; /* and why */\n}\n", "a { b: c;  d: e;\n}\n"),
        ("a/**/.b{c:d}", "a/**/.b{c:d}"),
        ("a/* no link */.b{c:d/* x */ e}", "a/**/.b{c:d e}"),
        ("a /* x */.b{c:d}", "a .b{c:d}"),
        ("a{b:c}/* end */", "a{b:c}"),
        ('a::after { content: "/* words */" }', 'a::after { content: "/* words */" }'),
        ("a::after { content: 'it\\'s /* words */' }", "a::after { content: 'it\\'s /* words */' }"),
        ("a { b: url(x/*y*/z) }", "a { b: url(x/*y*/z) }"),
        ("/* it's */ a { b: 'c' } /* isn't */\n", " a { b: 'c' }\n"),
        (
            "/*! Normal 1.0 */\n/* Licence: MIT */\n/* © Ann Lee */\n/* gone */\n",
            "/*! Normal 1.0 */\n/* Licence: MIT */\n/* © Ann Lee */\n",
        ),
        ("a { b: c } /* never closed", "a { b: c } /* never closed"),
        ("/* one *//* two **/\na { b: c }\n", "\na { b: c }\n"),
    ],
)
def test_comments_are_left_out_and_nothing_else(written, published):
    assert stylesheets.bare(written.encode()).decode() == published


def test_what_is_not_utf_8_stays_as_it_is():
    assert stylesheets.bare(b"/* caf\xe9 */") == b"/* caf\xe9 */"


def test_our_own_stylesheets_lose_comments_and_no_rule():
    for path in sorted((reading.DEFAULT_TEMPLATES / "assets").glob("*.css")):
        written, published = path.read_text("utf-8"), reading.bare(path).decode()
        assert "/*" in written
        assert "/*" not in published
        for sign in "{}":
            assert published.count(sign) == written.count(sign)
