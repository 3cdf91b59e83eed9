"""A site's own templates that go wrong: told by a code, never a traceback or a build without end."""

import pytest

from builder.content.reading import DEFAULT_TEMPLATES
from tests.hostile.running import FRONT, lay, run

BROKEN = {
    "includes-itself": (
        {"templates/page.html": '{% include "page.html" %}', "templates/home.html": '{% include "home.html" %}'},
        {"template-failed"},
    ),
    "includes-in-a-circle": (
        {"templates/home.html": '{% include "a.html" %}', "templates/a.html": '{% include "home.html" %}'},
        {"template-failed"},
    ),
    "extends-itself": ({"templates/home.html": '{% extends "home.html" %}'}, {"template-failed"}),
    "extends-in-a-circle": (
        {"templates/home.html": '{% extends "a.html" %}', "templates/a.html": '{% extends "home.html" %}'},
        {"template-failed"},
    ),
    "macro-without-end": ({"templates/home.html": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"}, {"template-failed"}),
    "imports-itself": ({"templates/home.html": '{% import "home.html" as me %}'}, {"template-failed"}),
    "too-much": ({"templates/home.html": "{{ 'a' * 10_000_000_000 }}"}, {"template-failed"}),
    "too-many-turns": ({"templates/home.html": "{% for n in range(10_000_000_000) %}a{% endfor %}"}, {"template-name"}),
    "number-too-large": ({"templates/home.html": "{{ 2.0 ** 100_000 }}"}, {"template-failed"}),
    "nested-deep": ({"templates/home.html": "{% if 1 %}" * 5_000 + "{% endif %}" * 5_000}, {"template-failed", "template-syntax"}),
    "brackets-deep": ({"templates/home.html": "{{ " + "(" * 5_000 + ")" * 5_000 + " }}"}, {"template-failed", "template-syntax"}),
    "lone-surrogate": ({"templates/home.html": r"{{ '\ud800' }}"}, {"template-failed"}),
    "latin-1": ({"templates/home.html": "Café".encode("latin-1")}, {"encoding"}),
    "utf-16": ({"templates/home.html": "Café".encode("utf-16")}, {"encoding"}),
    "binary": ({"templates/home.html": bytes(range(256)) * 100}, {"encoding"}),
    "included-latin-1": ({"templates/home.html": '{% include "a.html" %}', "templates/a.html": "Café".encode("latin-1")}, {"encoding"}),
    "open-tag": ({"templates/home.html": "{% if "}, {"template-syntax"}),
    "open-string": ({"templates/home.html": "{{ 'a"}, {"template-syntax"}),
    "name-computed": ({"templates/home.html": "{% include page.title %}"}, {"template-dynamic"}),
    "name-outside": ({"templates/home.html": '{% include "../content/site.yaml" %}'}, {"template-missing"}),
    "name-absolute": ({"templates/home.html": '{% include "/etc/hostname" %}'}, {"template-missing"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_template_that_goes_wrong_is_told(name, tmp_path):
    files, expected = BROKEN[name]
    outcome = run(lay(tmp_path, {"content/explainers/a.md": FRONT, **files}))
    assert not outcome.built
    assert outcome.errors <= expected
    assert all(str(problem["path"]).startswith("templates/") for problem in outcome.problems)


def test_a_folder_in_the_place_of_a_template_is_passed_over(tmp_path):
    assert run(lay(tmp_path, {"content/explainers/a.md": FRONT, "templates/home.html/x": "x"})).built


@pytest.mark.parametrize("name", ["atom.xml", "feed.json", "events.ics", "quotes.csv", "card.png"])
def test_a_file_called_like_one_that_no_template_makes_is_told(name, tmp_path):
    files = {
        "content/site.yaml": "format: 1\ntitle: T\nbase_url: https://example.org/\n",
        "content/explainers/a.md": FRONT,
        f"templates/{name}": "x",
    }
    outcome = run(lay(tmp_path, files))
    assert outcome.built
    told = [problem for problem in outcome.problems if problem["code"] == "template-unused"]
    assert [(problem["path"], problem["severity"]) for problem in told] == [(f"templates/{name}", "warning")]


THEME = (DEFAULT_TEMPLATES / "assets/theme.css").read_text("utf-8")


def of(outcome, code):
    return [
        (problem["path"], problem["severity"], problem["message"], problem["help"])
        for problem in outcome.problems
        if problem["code"] == code
    ]


@pytest.mark.parametrize(
    "name, hint",
    [
        ("parts/sources.html", "Did you mean “parts/source.html”?"),
        ("hmoe.html", "Did you mean “home.html”?"),
        ("theme.css", "Move it to templates/assets/theme.css."),
        ("css/favicon.svg", "Move it to templates/assets/favicon.svg."),
    ],
)
def test_a_file_that_takes_no_place_is_told(name, hint, tmp_path):
    outcome = run(lay(tmp_path, {"content/explainers/a.md": FRONT, f"templates/{name}": "x"}))
    assert outcome.built
    (told,) = of(outcome, "template-unused")
    assert told[0] == f"templates/{name}"
    assert told[1] == "warning"
    assert told[3] == hint


def test_a_part_of_ones_own_that_is_drawn_in_is_not_told(tmp_path):
    files = {
        "templates/404.html": '{% extends "frame.html" %}{% block main %}x{% endblock %}',
        "templates/frame.html": '{% extends "base.html" %}{% from "parts/logo.html" import logo %}',
        "templates/parts/logo.html": "{% macro logo() %}x{% endmacro %}",
        "templates/README.md": "x",
        "templates/.notes.html": "x",
        "templates/assets/frame.html": "x",
    }
    outcome = run(lay(tmp_path, {"content/explainers/a.md": FRONT, **files}))
    assert outcome.built
    assert of(outcome, "template-unused") == []


def test_a_theme_that_gives_not_all_that_ours_gives_is_told(tmp_path):
    theme = (
        THEME.replace("--measure:", "--width:").replace("  --ink: #1f1c18;\n", "/* --ink: #000; */").replace("    --ink: #e6e0d4;\n", "")
    )
    outcome = run(lay(tmp_path, {"content/explainers/a.md": FRONT, "templates/assets/theme.css": theme}))
    assert outcome.built
    ((path, severity, message, hint),) = of(outcome, "theme-incomplete")
    assert (path, severity) == ("templates/assets/theme.css", "warning")
    assert "leaves out --ink, --measure. The styles" in message
    assert "copy of our theme.css" in hint


def test_a_theme_of_few_lines_is_told_by_the_first_of_what_it_lacks(tmp_path):
    outcome = run(lay(tmp_path, {"content/explainers/a.md": FRONT, "templates/assets/theme.css": ":root{--paper:#fff;--actor:red}"}))
    assert "leaves out --shade, --ink, --soft, --rule and 17 more." in of(outcome, "theme-incomplete")[0][2]


@pytest.mark.parametrize(
    "files",
    [
        {"templates/assets/theme.css": THEME.replace("#fcfaf5", "#ffffff")},
        {"templates/assets/theme.css": ":root{}", "templates/assets/backstory.css": "body{}"},
        {"templates/assets/logo.svg": "<svg/>"},
    ],
)
def test_a_theme_that_gives_all_or_that_nothing_of_ours_draws_with_is_not_told(files, tmp_path):
    outcome = run(lay(tmp_path, {"content/explainers/a.md": FRONT, **files}))
    assert outcome.built
    assert of(outcome, "theme-incomplete") == []


def test_files_that_templates_make_or_draw_in_are_not_told(tmp_path):
    files = {"templates/robots.txt": "User-agent: *", "templates/parts/atom.xml": "<a/>", "templates/assets/atom.xml": ""}
    outcome = run(lay(tmp_path, {"content/explainers/a.md": FRONT, **files}))
    assert outcome.built
    assert "template-unused" not in outcome.codes
