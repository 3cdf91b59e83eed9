import jinja2
import pytest

from builder.render import template_blocks, unused_templates
from builder.render.template_sources import TemplateProblem, TemplateSources

OURS = {
    "base.html": "<main>{% block main %}{% endblock %}</main>",
    "page.html": '{% extends "base.html" %}{% block main %}{% block text %}x{% endblock %}{% endblock %}',
    "parts/quote.html": "{{ quote }}",
}


def told(name, text):
    own = {name: text}
    return [
        (problem.location.line, problem.message, problem.help)
        for problem in template_blocks.check(own, OURS, lambda name: {**OURS, **own}[name], KeyError)
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "base.html" %}\n{# why #}\n{% block main %}x{% block inner %}y{% endblock %}{% endblock %}\n',
        '{% extends "page.html" %}{% block text %}{% endblock %}',
        '{% extends "base.html" %}{% import "parts/quote.html" as quotes %}{% set x = 1 %}{% block main %}x{% endblock %}',
        "<p>Whole of its own.</p>",
        "{% if %}",
    ],
)
def test_a_template_of_which_everything_is_shown_is_not_told(text):
    assert told("explainer.html", text) == []


def test_a_misspelt_block_is_told_with_its_line():
    ((line, message, hint),) = told("explainer.html", '{% extends "page.html" %}\n{% block mian %}x{% endblock %}')
    assert (line, hint) == (2, "Did you mean “main”?")
    assert "has no block “mian”" in message


def test_words_outside_of_every_block_are_told_with_their_line():
    ((line, message, _),) = told("explainer.html", '{% extends "base.html" %}\n\n<p>Lost.</p>{% block main %}x{% endblock %}')
    assert line == 3
    assert "outside of every block" in message


@pytest.mark.parametrize("parent", ["explainer.html", "a.html"])
def test_templates_that_extend_each_other_come_to_an_end(parent):
    own = {"explainer.html": f'{{% extends "{parent}" %}}{{% block x %}}{{% endblock %}}', "a.html": '{% extends "explainer.html" %}'}
    (problem,) = template_blocks.check(own, OURS, lambda name: {**OURS, **own}[name], KeyError)
    assert problem.message == f"“{parent}” has no block “x”, so what stands in it is on no page."


def test_one_that_extends_nothing_hides_no_other():
    own = {"a.html": '{% extends "gone.html" %}', "home.html": ""}
    found = list(template_blocks.check(own, {**OURS, "home.html": "x"}, lambda name: {**OURS, **own}[name], KeyError))
    assert [problem.location.path for problem in found] == ["templates/home.html"]


@pytest.mark.parametrize(
    "name, text, is_told",
    [
        ("explainer.html", "", True),
        ("explainer.html", " \n{# empty #}\n", True),
        ("parts/quote.html", "\n", True),
        ("parts/quote.html", "{# left out #}", False),
        ("parts/quote.html", "{{ 1 }}", False),
    ],
)
def test_an_empty_template_is_told_but_for_a_part_that_says_why(name, text, is_told):
    assert bool(told(name, text)) is is_told


@pytest.mark.parametrize(
    "name, text, is_told",
    [
        ("page.html", '{% extends "base.html" %}', True),
        ("page.html", '{% extends "base.html" %}{% block main %} {# soon #}{% endblock %}', True),
        ("page.html", '{% extends "base.html" %}{% block main %}x{% endblock %}', False),
        # no page of ours
        ("frame.html", '{% extends "base.html" %}', False),
    ],
)
def test_a_page_without_its_content_is_told(name, text, is_told):
    assert [message.partition(",")[0] for _, message, _ in told(name, text)] == ["This fills no block “main”"] * is_told


def test_a_page_that_takes_the_content_of_another_away_is_told():
    own = {"home.html": '{% extends "page.html" %}{% block main %}{% endblock %}'}
    found = template_blocks.check(own, {**OURS, "home.html": "x"}, lambda name: {**OURS, **own}[name], KeyError)
    assert [problem.location.path for problem in found] == ["templates/home.html"]


@pytest.mark.parametrize("text, name", [("a\n\x07b", "U+0007 (BELL)"), ("a\n\u202eb", "U+202E (RIGHT-TO-LEFT OVERRIDE)")])
def test_a_template_has_no_characters_that_are_never_published(tmp_path, text, name):
    (tmp_path / "page.html").write_text(text, "utf-8")
    with pytest.raises(TemplateProblem) as told:
        TemplateSources((tmp_path,)).text("page.html")
    assert (told.value.diagnostic.code, str(told.value.diagnostic.location)) == ("character-wrong", "templates/page.html:2:1")
    assert told.value.diagnostic.message.startswith(name)


def test_templates_of_other_names_are_told_and_notes_are_not():
    own = ["explainer.htm", "page.j2", "notes.txt", "README.md", "parts/quote.html", "parts/qoute.html"]
    found = unused_templates.files(own, OURS, (), lambda name: ())
    assert [problem.location.path for problem in found] == ["templates/explainer.htm", "templates/page.j2", "templates/parts/qoute.html"]


def test_a_template_without_the_blocks_of_those_that_extend_it_is_told():
    assert told("base.html", "<html></html>") == [
        (
            1,
            "This has no block “main”, so pages made with page.html show nothing of their own.",
            "Write {% block main %}{% endblock %} where that is to stand.",
        )
    ]
    assert told("base.html", "<html>{% block main %}{% endblock %}</html>") == []


def test_each_template_is_parsed_once_however_many_others_extend_it(monkeypatch):
    own = {name: text for name, text in OURS.items() if name != "parts/quote.html"} | {"embed.html": "<p>Whole.</p>"}
    ours = {**OURS, "embed.html": "<main></main>"}
    parsed, parse = [], jinja2.Environment.parse
    monkeypatch.setattr(jinja2.Environment, "parse", lambda made, text, name: parsed.append(name) or parse(made, text, name))
    assert not list(template_blocks.check(own, ours, lambda name: own.get(name, ours[name]), KeyError))
    assert sorted(parsed) == sorted(set(parsed))
