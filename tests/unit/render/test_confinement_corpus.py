"""Known ways out of Jinja, and ways to go on without end, each of a kind of its own: none of them leads anywhere."""

import pytest

from builder.content import reading
from builder.i18n import language
from builder.model import Trusted
from builder.pages import Page
from builder.pages.shapes import Ref
from builder.render import metering
from builder.render.template_sources import TemplateProblem, TemplateSources
from builder.render.templates import Renderer

ENGLISH = language.load("en")
PAGE = Page("x.txt", "own.txt", Ref("Anna <Hale>", "actors/anna/"), kind="plugin-file")
SITE = Trusted("the site")
OTHER = "{% set l = [] %}{% macro say(n) %}{{ n }}!{% endmacro %}{% macro add(n) %}{% if l.append(n) %}{% endif %}{{ l }}{% endmacro %}"


@pytest.fixture
def renderer(tmp_path):
    def ready(text, **others):
        for name, source in {"other": OTHER, "own": text, **others}.items():
            (tmp_path / f"{name}.txt").write_text(source, "utf-8")
        return Renderer(TemplateSources((tmp_path, reading.DEFAULT_TEMPLATES)), ENGLISH)

    return ready


@pytest.fixture
def told(renderer):
    def of(text, **others):
        with pytest.raises(TemplateProblem) as caught:
            renderer(text, **others).render(PAGE, SITE)
        return caught.value.diagnostic

    return of


REFUSED = {
    "kept in letters that Python reads as others": "{% macro m() %}{% endmacro %}{% set ｋept = page %}{{ kept(m) }}",
    "a value in such letters": "{% set ｗorded = 5 %}{{ worded }}",
    "what is given, in such letters": "{% macro m(ｋept) %}{{ kept(m) }}{% endmacro %}",
    "a loop, in such letters": "{% for ｋept in [page] %}{{ kept(page) }}{% endfor %}",
    "an import in such letters": "{% import 'other.txt' as ｋept %}",
    "an imported macro in such letters": "{% from 'other.txt' import say as ｋept %}",
    "a block in such letters": "{% block bＡ %}x{% endblock %}{% block bA %}y{% endblock %}",
    "a macro in such letters": "{% macro mＡ() %}x{% endmacro %}{% macro mA() %}y{% endmacro %}",
    "a name asked for in such letters": "{{ ｐage.name }}",
    "the context of a module": "{% import 'other.txt' as o with context %}{{ o._TemplateReference__context }}",
    "the name of a module": "{% import 'other.txt' as o %}{{ o.__name__ }}",
    "the body of a module": "{% import 'other.txt' as o %}{{ o._body_stream }}",
    "how a loop goes on": "{% for i in [1] %}{{ loop._recurse }}{% endfor %}",
    "what a loop makes of nothing": "{% for i in [1] %}{{ loop._undefined }}{% endfor %}",
    "an attribute of nothing": "{{ (nothing|default(page.x))._x }}",
    "whose a method is": "{{ ''.join.__self__ }}",
    "format by default": "{{ (''|default('')).format }}",
    "format of joined texts": "{{ ('{0.__class__}' ~ '').format(page) }}",
    "format of a choice": "{{ ('{0.__class__}' if 1 else '').format(page) }}",
    "format of a translation's plural": "{{ _('a', '{0.__class__}', 2).format(page) }}",
    "format of a text from a macro": "{% macro m() %}{0.__class__}{% endmacro %}{{ m().format(page) }}",
    "format of a text from a block": "{% set p %}{0.__class__}{% endset %}{{ p.format(page) }}",
    "format of a caught body": "{% macro m() %}{{ caller().format(page) }}{% endmacro %}{% call m() %}{0.__class__}{% endcall %}",
    "a filter's name from a variable": "{% set n = 'upper' %}{{ ['a']|map(n)|list }}",
    "what a drawn macro is made of": "{% macro m() %}{% endmacro %}{{ m.drawn_by }}",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_way_out_is_refused_before_the_template_runs(name, told):
    problem = told(REFUSED[name])
    assert (problem.code, problem.location.path, problem.location.line) == ("template-unsafe", "templates/own.txt", 1)


TOLD = {
    "a place in a record, set": "{% set page.name = 1 %}",
    "format by a computed subscript": "{{ ''[('for' ~ 'mat')] }}",
    "format of a list by a computed subscript": "{{ {}[('for' ~ 'mat')] }}",
    "format by a slice": "{{ ''['format'[:]] }}",
    "a record as a mapping": "{{ '%(name)s' % page }}",
    "a caller that is a record": "{% macro m() %}{{ caller() }}{% endmacro %}{{ m(caller=page) }}",
    "an item of a loop before the first": "{% for i in [1] %}{{ loop.previtem.x }}{% endfor %}",
    "a list of templates": "{% include ['nope.txt', 'other.txt'] %}",
    "a method in a pattern with braces": "{{ '{a}'.format(a=''.upper) }}",
    "a method between others": "{{ [1, 2]|join(''.upper) }}",
    "a mapping that grows under its view": "{% set d = {0: 0} %}{% for x in d.keys() %}{% if d.setdefault(x + 1, 1) %}{% endif %}{% endfor %}",
    "letters that are digits": "{{ ('%' ~ '٩٩٩٩٩٩٩٩٩' ~ 'd') % 1 }}",
    "debugging": "{% debug %}",
    "a statement": "{% do page.name %}",
}


@pytest.mark.parametrize("name", TOLD)
def test_a_way_out_that_only_values_tell_is_refused(name, told):
    assert told(TOLD[name]).code in {"template-name", "template-failed", "template-syntax", "template-dynamic"}


NOT_PYTHON = {
    "a name given twice": ("\n{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m(a=1, a=2) }}", 3, "keyword argument repeated"),
    "a name of Jinja's own": ("{% for i in [1] %}\n{{ _('x', _loop_vars=1) }}{% endfor %}", 2, "keyword argument repeated"),
    "a name of Python's own": ("\n{{ _('x', __debug__=1) }}", 2, "cannot assign to __debug__"),
    "loops in loops": ("\n" + "{% for a in [1] %}" * 24 + "x" + "{% endfor %}" * 24, 2, "nested blocks"),
    "conditions in conditions": ("\n" + "{% if 1 %}{{ page.name }}" * 120 + "{% endif %}" * 120, 2, "indentation"),
}


@pytest.mark.parametrize("name", NOT_PYTHON)
def test_what_jinja_reads_and_python_does_not_is_told_with_its_line(name, told):
    text, line, words = NOT_PYTHON[name]
    problem = told(text)
    assert (problem.code, problem.location.path, problem.location.line) == ("template-syntax", "templates/own.txt", line)
    assert words in problem.message


DEEP = "{% set a = [1] %}" + "{% set a = [a, a] %}" * 40
AS_KEY = "{% set a = (1,) %}" + "{% set a = (a, a) %}" * 40
NESTED = "{% set l = [(1,)] %}{% for i in 'x' * 90000 %}{% if l.append((l[-1],)) %}{% endif %}{% endfor %}{% set d = l[-1] %}"
AGAIN = "{% for x in 'x' * 9000 %}{% if l.append(THIS) %}{% endif %}{% endfor %}"

ENDLESS = {
    "lists in lists, by a pattern with braces": DEEP + "{{ '{x}'.format(x=a) }}",
    "a text in each place of a pattern": "{% set s = 'a' * 1000000 %}{{ '" + "{a}" * 90 + "'.format(a=s)|length }}",
    "between others": DEEP + "{{ [1, 2]|join(a)|length }}",
    "between others, by map": DEEP + "{{ [[1, 2]]|map('join', a)|list }}",
    "in the place of a letter": DEEP + "{{ 'a'|replace('a', a)|length }}",
    "what is replaced": DEEP + "{{ 'a'|replace(a, 'x')|length }}",
    "the target of links": DEEP + "{{ 'http://a.b'|urlize(target=a)|length }}",
    "the end of a text": DEEP + "{{ ('a' * 20)|truncate(5, true, a, 0)|length }}",
    "values of a mapping as text": DEEP + "{{ {'x': a}.values()|string|length }}",
    "items of a mapping, shown": DEEP + "{{ {'x': a}.items() }}",
    "attributes": DEEP + "{{ {'a': a}|xmlattr|length }}",
    "as a key of a way to round": AS_KEY + "{{ 1|round(0, a) }}",
    "as a key of a word": AS_KEY + "{{ _(a) }}",
    "as a key of a word's plural": AS_KEY + "{{ _('a', 'b', a) }}",
    "as a key that is asked for": AS_KEY + "{{ {}.get(a) }}",
    "as a key of a test": AS_KEY + "{{ a is in {1: 2} }}",
    "as a key of links": AS_KEY + "{{ 'http://a.b'|urlize(extra_schemes=a)|length }}",
    "as a place to indent": AS_KEY + "{{ [1]|tojson(indent=a) }}",
    "as a way to sort": AS_KEY + "{{ {'a': 1}|dictsort(false, a) }}",
    "tuples in tuples, as a key": NESTED + "{{ {d: 1}|length }}",
    "tuples in tuples, as a word": NESTED + "{{ _(d) }}",
    "filters of filters": "{% set l = ['a'] %}{% for i in 'x' * 90000 %}{% if l.append(l[-1]|map('upper')) %}{% endif %}{% endfor %}{{ l[-1]|list }}",
    "lines behind a text": "{{ ('\n' * 900000)|indent('x' * 199, true, true)|length }}",
    "texts between words": "{{ ('a b ' * 100000)|wordwrap(3, true, 'x' * 199)|length }}",
    "numbers as texts": "{% set l = [] %}{% set n = 2 ** 4000 %}" + AGAIN.replace("THIS", "n ~ ''"),
    "records as texts": "{% set l = [] %}" + AGAIN.replace("THIS", "page ~ page"),
    "modules as texts": "{% import 'big.txt' as o %}{% set l = [] %}" + AGAIN.replace("THIS", "o ~ ''"),
    "modules, shown": "{% import 'big.txt' as o %}{% for x in 'x' * 9000 %}{{ o }}{% endfor %}",
    "a silent macro": "{% macro m(n) %}{% if n and m(n - 1) == m(n - 1) %}{% endif %}{% endmacro %}{{ m(40) }}",
    "a silent caller": "{% macro m(n) %}{{ caller(n) }}{% endmacro %}{% macro r(n) %}{% if n %}{% call(k) m(n) %}{{ r(k - 1) }}{{ r(k - 1) }}"
    "{% endcall %}{% endif %}{% endmacro %}{{ r(40) }}",
    "what a macro is given by default": "{% macro m(n, b=[1] * 9000) %}{{ b|length }}{% endmacro %}{% for x in 'x' * 900 %}{{ m(1) }}{% endfor %}",
    "choices of a loop": "{% for i in [1, 2] %}{{ loop.cycle(*(['a'] * 900000)) }}{% endfor %}",
    "links in a long text": "{{ ('http://a.b ' * 200000)|urlize|length }}",
    "a long text in lines": "{{ ('ab ' * 700000)|wordwrap(1)|length }}",
    "capitals of a long text": "{% for i in 'x' * 40 %}{% set t = ('ab ' * 1000000)|title|length %}{% endfor %}",
    "a long text without tags": "{% for i in 'x' * 40 %}{% set t = ('a<b>' * 1000000)|striptags|length %}{% endfor %}",
    "put in at the front": "{% set l = [1] %}{% for x in 'x' * 300000 %}{% if l.insert(0, 1) %}{% endif %}{% endfor %}",
    "taken from the front": "{% set l = [1] * 30000 %}{% for x in l %}{% if l.pop(0) %}{% endif %}{% endfor %}",
    "all but the first, again and again": "{% set l = [1] * 30000 %}{% for x in l %}{% set y = l[1:] %}{% endfor %}",
    "copies of a list": "{% set l = [1] * 30000 %}{% for x in l %}{% set y = l.copy() %}{% endfor %}",
    "a list that holds itself": "{% set l = [] %}{% if l.append(l) %}{% endif %}{{ l }}",
    "a list that holds itself, as JSON": "{% set l = [] %}{% if l.append(l) %}{% endif %}{{ l|tojson }}",
    "a mapping that holds itself": "{% set d = {} %}{% if d.update({'d': d}) %}{% endif %}{{ d }}",
    "a block in itself": "{% block b %}{{ self.b() }}{{ self.b() }}{% endblock %}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_goes_on_without_end_is_stopped(name, told, monkeypatch):
    # A part of what a page may do is enough to see.
    monkeypatch.setattr(metering, "MOST_OPERATIONS", metering.MOST_OPERATIONS // 20)
    monkeypatch.setattr(metering, "MOST_CHARACTERS", metering.MOST_CHARACTERS // 20)
    problem = told(ENDLESS[name], big="x" * 500_000)
    assert (problem.code, problem.location.path) == ("template-failed", "templates/own.txt")
    assert "stopped" in problem.message or "recurses endlessly" in problem.message


IMPORTS = {
    "by a macro": "{% from 'other.txt' import add %}{{ add(1) }}",
    "in a list": "{% import 'other.txt' as o %}{% if o.l.append(page.name) %}{% endif %}{{ o.l|length }}",
    "by a part between": "{% from 'between.txt' import more %}{{ more(1) }}",
}


@pytest.mark.parametrize("name", IMPORTS)
def test_no_page_leaves_anything_for_the_next(name, renderer):
    made = renderer(IMPORTS[name], between="{% from 'other.txt' import add %}{% macro more(n) %}{{ add(n) }}{% endmacro %}")
    assert len({made.render(PAGE, SITE) for _ in range(3)}) == 1


def test_what_is_imported_is_made_once_where_it_leaves_nothing(renderer):
    made = renderer(
        "{% from 'parts.txt' import say %}{{ kept(say, 1) }}", parts="{% set a = 'x' %}{% macro say(n) %}{{ n }}{{ a }}{% endmacro %}"
    )
    assert made.render(PAGE, SITE) == b"1x"
    module = made.environment.get_template("parts.txt")._get_default_module()
    made.render(PAGE, SITE)
    assert made.environment.get_template("parts.txt")._get_default_module() is module


def test_a_macro_counts_for_as_much_as_it_takes(renderer, monkeypatch):
    monkeypatch.setattr(metering, "MOST_OPERATIONS", 5_000)
    loop = "{% macro m() %}{% endmacro %}{% for x in 'x' * TIMES %}{{ m() }}{% endfor %}"
    assert renderer(loop.replace("TIMES", "400")).render(PAGE, SITE) == b""
    with pytest.raises(TemplateProblem):
        renderer(loop.replace("TIMES", "600")).render(PAGE, SITE)
