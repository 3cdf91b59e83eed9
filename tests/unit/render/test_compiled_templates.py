"""Plain code of our templates makes what Jinja makes, or leaves it to Jinja."""

import jinja2
import msgspec
import pytest
from markupsafe import Markup

from builder.content import reading
from builder.i18n.language import load
from builder.model import Trusted
from builder.pages import Page
from builder.render.compiled_templates import CompiledTemplates
from builder.render.template_compiler import Unsupported, written
from builder.render.template_sources import TemplateProblem, TemplateSources
from builder.render.templates import Renderer
from tests.unit.render.test_jinja_env import OTHERS, TEMPLATES, THINGS, Thing, Worded, both, word

OURS = sorted(path.relative_to(reading.DEFAULT_TEMPLATES).as_posix() for path in reading.DEFAULT_TEMPLATES.rglob("*.html"))
MORE = [
    "{% set a = '<' %}{{ a }}{% if page %}{% set b = a ~ page %}{{ b }}{% endif %}{% for a in (1, 2) %}{{ a }}{% set a = a * 2 %}{{ a }}{% endfor %}{{ a }}",
    "{% set a = 1 %}{% if page %}{% set a = 2 %}{% endif %}{{ a }}",
    "{% set made %}<b>{{ page }}</b>{% endset %}{{ made }}{{ made ~ '<' }}",
    "{% for one in [] %}{{ one }}{% else %}none {{ page }}{% endfor %}{% for one in (1, 2, 3) if one != 2 %}{{ one }}{% else %}none{% endfor %}",
    "{% for a, b in ((1, '<'), (2, page)) %}{{ loop.index }}{{ a }}{{ b }}{% endfor %}",
    '{{ \'{}\\\\ \\\' \\" {{\' }}{x} \\ " """ \' \n{% if page %}{}{% elif page is string %}"{% else %}\\{% endif %}{{ page }}',
    "{{ page if page else '<' }}{{ not page }}{{ 1 < 2 < 3 }}{{ 1 > 2 or page }}{{ -1 + 2 - 3 * 4 / 5 }}{{ {'a': page}['a'] }}{{ [page, 1][1] }}{{ 'abc'[1:] }}",
    "{% macro one(a, b=(1, 2)) %}{{ a }}{% for x in b %}{{ x }}{% endfor %}{% endmacro %}{{ one(page) }}{{ one(page, b=[page]) }}{{ [one(1)] | join(page) }}",
    "{% macro outer(t) %}<{{ t }}>{{ caller() }}{% endmacro %}{% call outer(page) %}{{ page }}{% call outer(1) %}&{% endcall %}{% endcall %}",
    "{% block a %}{{ page }}{% block b %}<{% endblock %}{% endblock %}",
    "{% if page.many is defined %}{{ page.many | map(attribute='name') | join(', ') }}{% endif %}{{ [page] | map(attribute=0) | join }}",
    "{{ '{a} <'.format(a=page) }}{{ 'a b'.split(' ') | first }}{{ page.name is defined }}",
]


def plain(source, page):
    """Return what plain code makes of a template; None where it is left to Jinja."""
    environment = Worded(loader=jinja2.DictLoader(OTHERS), autoescape=True, undefined=jinja2.StrictUndefined)
    environment.globals = {"_": word}
    sources = {**OTHERS, "it": source}
    made = CompiledTemplates(
        environment,
        lambda name: environment.with_words(environment.parse(sources[name])),
        lambda name: True,
        lambda name, code: compile(code(), name, "exec"),
        lambda part, *given: part(*given),
    )
    try:
        draw = made.page("it")
        return None if draw is None else draw(page, None, None)
    except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError, NameError, jinja2.TemplateError):
        return None


@pytest.mark.parametrize("source", list(dict.fromkeys((*TEMPLATES, *THINGS, *MORE))))
def test_it_makes_the_same_text_or_leaves_it(source):
    record = Thing("<a>", inner=Thing("b&"), many=[Thing("c")], by={"name": "<"})
    for page in ("a < b & 'c'", Markup("<b>it</b>"), Trusted("<b>it</b>"), None, record):
        made = plain(source, page)
        assert made is None or made == both(source, page=page)[0], page


@pytest.mark.parametrize("source", MORE)
def test_what_templates_mostly_say_is_written(source):
    assert plain(source, "<") is not None or "set a = 2" in source or "else %}none{% endfor" in source


@pytest.mark.parametrize("name", OURS)
def test_every_template_of_ours_is_written(name):
    tree = Renderer(TemplateSources((reading.DEFAULT_TEMPLATES,)), load("en"))._tree(name)
    assert compile(written(tree), name, "exec").co_code


@pytest.mark.parametrize(
    "source", ["{% include 'a' %}", "{% if page %}{% set a = 1 %}{% endif %}{{ a }}", "{{ nobody }}", "{{ page.__class__ }}"]
)
def test_what_it_cannot_say_alike_is_left_to_jinja(source):
    with pytest.raises(Unsupported):
        written(jinja2.Environment().parse(source))


class Bare(msgspec.Struct):
    title: str = "Topics"
    summary: str = ""
    path: str = "topics/"
    root: str = "../"


def _site():
    from types import SimpleNamespace

    return SimpleNamespace(
        title="", language="en", direction="ltr", version="", base_url="", licence="", authors=(), nav=(), search=False, footer=""
    )


def test_what_is_not_there_is_told_by_jinja():
    renderer = Renderer(TemplateSources((reading.DEFAULT_TEMPLATES,)), load("en"))
    with pytest.raises(TemplateProblem) as caught:
        renderer.render(Page("topics/", "topics.html", Bare()), _site())
    assert caught.value.diagnostic.code == "template-name"


def test_a_site_that_puts_a_part_aside_has_its_pages_made_by_jinja(tmp_path):
    (tmp_path / "parts").mkdir()
    ours = (reading.DEFAULT_TEMPLATES / "parts/ref.html").read_text("utf-8")
    for text, by_jinja in ((ours + "{# changed #}", True), (ours, False)):  # a copy without a change is as good as ours
        (tmp_path / "parts/ref.html").write_text(text, "utf-8")
        made = Renderer(TemplateSources((tmp_path, reading.DEFAULT_TEMPLATES)), load("en")).compiled
        assert (made.page("source.html") is None) == by_jinja
        assert made.page("404.html") is not None
