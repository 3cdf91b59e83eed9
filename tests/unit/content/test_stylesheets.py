"""Stylesheets without comments."""

import pytest

from builder.content import cleaning, reading, stylesheets


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


ASSETS = reading.DEFAULT_TEMPLATES / "assets"
OURS = {path.relative_to(reading.DEFAULT_TEMPLATES).as_posix(): path for path in ASSETS.rglob("*.css")}


def test_our_own_stylesheets_lose_comments_and_no_rule():
    for name, path in OURS.items():
        published = cleaning.cleaned(path, OURS).decode()
        written = path.read_text("utf-8")
        parts = stylesheets.sections(written)
        assert "/*" in written
        assert "/*" not in published
        together = written + "".join(OURS[part].read_text("utf-8") for part in parts)
        layers = sum(f'@import url("{part.removeprefix("assets/")}") layer' in written for part in parts)
        for sign in "{}":
            assert published.count(sign) == together.count(sign) + layers, name


def test_every_section_of_ours_is_imported_once():
    imported = stylesheets.sections((ASSETS / "backstory.css").read_text("utf-8"))
    assert sorted(imported) == sorted(filter(stylesheets.is_section, OURS))


def test_sections_stand_in_their_layers_and_the_theme_stays_an_import():
    written = b'@import url("theme.css");\n@import url("backstory/a.css") layer(a);\n@import url("backstory/b.css");\n@import url("backstory/none.css");\n'
    given = {"assets/backstory/a.css": b'a {\n  b: url("../fonts/c")\n}\n', "assets/backstory/b.css": b'd { e: "f\\\n  g" }\n\n'}
    assert stylesheets.joined(written, given.get).decode() == (
        '@import url("theme.css");\n@layer a {\na {\nb: url("fonts/c")\n}\n}\nd { e: "f\\\n  g" }\n@import url("backstory/none.css");\n'
    )


def test_a_section_is_not_published_alone(tmp_path):
    (tmp_path / "a.css").write_text("a{}", "utf-8")
    digests, problems = reading.digests({"assets/backstory/a.css": tmp_path / "a.css", "assets/a.css": tmp_path / "a.css"}, tmp_path)
    assert (list(digests), problems) == (["assets/a.css"], ())
