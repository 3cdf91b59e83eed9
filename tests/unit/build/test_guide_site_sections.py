"""Every message leads to its section of the guide, which is at hand wherever Backstory is."""

import tomllib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder import cli
from builder.build import guide_site
from builder.cli.commands import guide as guide_command
from builder.content import reading
from builder.diagnostics import CODES, section_of
from builder.diagnostics.formats import as_sarif

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def problems():
    return LexborHTMLParser(guide_site.file("guide/problems/index.html"))


def test_every_code_has_a_section_in_the_terminal_and_on_the_page(problems):
    ids = {node.attributes["id"] for node in problems.css("[id]")}
    for code in CODES:
        page, _, anchor = section_of(code).partition("#")
        assert (page, anchor) == ("guide/problems/", code)
        assert anchor in ids
        text = guide_site.section(code)
        assert text.startswith(f"### {code}\n\n**")
        assert text.count("\n### ") == 0


def test_the_chapters_of_the_guide_and_what_they_look_like_are_there():
    for chapter in ("", *(f"{path.stem}/" for path in (ROOT / "content/pages/guide").glob("*.md"))):
        page = LexborHTMLParser(guide_site.file(f"guide/{chapter}index.html"))
        for node in page.css("link[rel=stylesheet], script[src]"):
            address = node.attributes.get("href") or node.attributes["src"]
            assert guide_site.file(address.rpartition("../")[2]) is not None, address
    assert guide_site.file("guide/none/index.html") is None
    assert guide_site.file("../pyproject.toml") is None


def test_it_is_laid_into_the_package():
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    for target in ("sdist", "wheel"):
        assert {"content/pages/guide", "content/pages/guide.md"} <= set(built[target]["only-include"])
    assert built["wheel"]["sources"]["content/pages"] == "builder/defaults/pages"
    assert reading.GUIDE == ROOT / "content/pages"


def test_sarif_says_where_each_section_is_and_makes_up_no_address():
    rules = as_sarif([], lambda _: "")["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["help"]["text"].rpartition(": ")[2] for rule in rules] == [f"backstory guide {code}" for code in CODES]
    assert not any("helpUri" in rule for rule in rules)


@pytest.mark.parametrize("asked", ["link-dead", "[link-dead]"])
def test_the_command_prints_a_section(asked, capsys):
    assert guide_command.print_section(asked) == cli.FINE
    assert capsys.readouterr().out == guide_site.section("link-dead")


def test_the_command_proposes_a_code(capsys):
    assert guide_command.print_section("link-ded") == cli.USAGE
    assert capsys.readouterr().err == "backstory: no problem has the code “link-ded”. Did you mean “link-dead”?\n"
