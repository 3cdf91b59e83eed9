"""A site's own templates reach nothing but what their page gives them, and end."""

import pytest

from builder.build.load import load_site
from builder.build.pipeline import build
from builder.build.run import Options
from builder.content import reading
from builder.i18n import language
from builder.model import Trusted
from builder.pages import Page
from builder.pages.shapes import Ref
from builder.preview.engine import PreviewEngine
from builder.render import confinement, metering
from builder.render.template_sources import TemplateProblem, TemplateSources
from builder.render.templates import Renderer
from tests.bench.corpus import write

ENGLISH = language.load("en")
PAGE = Page("x.txt", "own.txt", Ref("Anna <Hale>", "actors/anna/"), kind="plugin-file")


@pytest.fixture
def made(tmp_path):
    """Return what a template makes of `PAGE`; further templates are given by name."""

    def make(text, **others):
        for name, source in {"own": text, **others}.items():
            (tmp_path / f"{name}.txt").write_text(source, "utf-8")
        renderer = Renderer(TemplateSources((tmp_path, reading.DEFAULT_TEMPLATES)), ENGLISH)
        return renderer.render(PAGE, SITE).decode()

    return make


SITE = Trusted("the site")


def problem(made, text, **others):
    with pytest.raises(TemplateProblem) as caught:
        made(text, **others)
    return caught.value.diagnostic


ESCAPES = {
    "self": "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "subclasses": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "subscript": "{{ ''['__class__']['__base__'] }}",
    "double quotes": '{{ ""["__class__"] }}',
    "escaped name": r"{{ ''['\x5f\x5fclass\x5f\x5f'] }}",
    "joined at compile time": "{{ ''|attr('__cl' ~ 'ass__') }}",
    "attr": "{{ ''|attr('__class__') }}",
    "attr twice": "{{ page|attr('format')|attr('__globals__') }}",
    "attr of a harmless name": "{{ page|attr('name') }}",
    "map attribute": "{{ ['']|map(attribute='__class__')|list }}",
    "map attribute, dotted": "{{ [page]|map(attribute='name.__class__.__mro__')|list }}",
    "map attr": "{{ ['']|map('attr', '__class__')|list }}",
    "map of map": "{{ [['']]|map('map', 'attr', '__class__')|list }}",
    "map of join": "{{ [['']]|map('join', ',', '__class__')|list }}",
    "map of join, named": "{{ [['']]|map('join', ',', attribute='__class__')|list }}",
    "map of sum": "{{ [['']]|map('sum', '__class__')|list }}",
    "map of a computed filter": "{% set f = 'at' ~ 'tr' %}{{ ['']|map(f, '__class__')|list }}",
    "map of a computed attribute": "{% set a = '__class__' %}{{ ['']|map(attribute=a)|list }}",
    "map with given arguments": "{% set a = ['attr', '__class__'] %}{{ ['']|map(*a)|list }}",
    "map with named arguments": "{% set a = {'attribute': '__class__'} %}{{ ['']|map(**a)|list }}",
    "selectattr": "{{ ['']|selectattr('__class__')|list }}",
    "rejectattr": "{{ ['']|rejectattr('__class__.x')|list }}",
    "selectattr, computed": "{{ ['']|selectattr(page.name)|list }}",
    "sort": "{{ ['', '']|sort(attribute='__class__') }}",
    "sort by two": "{{ ['', '']|sort(attribute='name,__class__') }}",
    "sort, by place": "{{ ['', '']|sort(false, false, '__class__') }}",
    "groupby": "{{ ['']|groupby('__class__') }}",
    "groupby, named": "{{ ['']|groupby(attribute='__class__') }}",
    "unique": "{{ ['']|unique(attribute='__class__')|list }}",
    "min": "{{ ['']|min(attribute='__class__') }}",
    "max": "{{ ['']|max(attribute='__class__') }}",
    "sum": "{{ ['']|sum('__class__') }}",
    "sum, named": "{{ ['']|sum(attribute='__class__') }}",
    "join": "{{ ['']|join(',', '__class__') }}",
    "format": "{{ '{0.__class__}'.format(page) }}",
    "format, by subscript": "{{ '{0.__class__}'['format'](page) }}",
    "format under another name": "{% set f = '{0.__class__}'.format %}{{ f(page) }}",
    "format of markup": "{{ ('{0.__class__}'|safe).format(page) }}",
    "format of a computed pattern": "{% set p = '{0.__class__}' %}{{ p.format(page) }}",
    "format of a word": "{{ _('{a.__class__}').format(a=page) }}",
    "format with items": "{{ '{0[x]}'.format({'x': 1}) }}",
    "format with a width": "{{ '{0:1000000000}'.format(1) }}",
    "format_map": "{{ '{a.__class__}'.format_map({'a': page}) }}",
    "format_map under another name": "{% set f = '{a}'.format_map %}{{ f({'a': page}) }}",
    "map to format": "{{ ['{0.__class__}']|map(attribute='format')|list }}",
    "globals of a macro": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "globals of a word": "{{ _.__func__.__globals__ }}",
    "the word itself": "{{ _.__self__ }}",
    "kept": "{{ kept.__globals__ }}",
    "kept, of a method": "{{ kept('x'.upper) }}",
    "kept, of a value": "{% set m = 'x' %}{{ kept(m) }}",
    "kept, passed on": "{% macro m(k) %}{% endmacro %}{{ m(kept) }}",
    "format of a module that became a text": "{% import 'other.txt' as s %}{% set s = '{0.__class__}' %}{% set f = s.format %}{{ f(page) }}",
    "format of a word that became a macro": "{% macro _(s) %}{0.__class__}{% endmacro %}{{ _('a').format(page) }}",
    "the word, set": "{% set _ = page %}",
    "the word, in a loop": "{% for _ in [1] %}{% endfor %}",
    "the word, given": "{% macro m(_) %}{% endmacro %}",
    "the word, with": "{% with _ = page %}{% endwith %}",
    "the word, called": "{% macro m() %}{% endmacro %}{% call(_) m() %}{% endcall %}",
    "the word, imported": "{% import 'other.txt' as _ %}",
    "the word, imported by name": "{% from 'other.txt' import x as _ %}",
    "kept, set": "{% set kept = page %}",
    "kept, shown": "{{ kept }}",
    "the word, shown": "{{ _ }}",
    "generator": "{{ (['']|map('upper')).gi_frame.f_globals }}",
    "generator's code": "{{ (['']|map('upper')).gi_code }}",
    "frame": "{{ page.f_back }}",
    "context of self": "{{ self._TemplateReference__context }}",
    "context of a loop": "{% for x in [1] %}{{ loop._iterator }}{% endfor %}",
    "environment of undefined": "{{ nothing._undefined_exception }}",
    "fields of a record": "{{ page.__struct_fields__ }}",
    "module": "{% import 'other.txt' as o %}{{ o.__init__ }}",
    "caller": "{% macro m() %}{{ caller._func }}{% endmacro %}{% call m() %}{% endcall %}",
    "block": "{% block b %}{{ super.__init__ }}{% endblock %}",
    "filter block": "{% filter attr('__class__') %}x{% endfilter %}",
    "set block": "{% set x | attr('__class__') %}x{% endset %}",
    "in a condition": "{% if ''.__class__ %}{% endif %}",
    "in a default": "{% macro m(a=''.__class__) %}{% endmacro %}",
    "in a loop": "{% for x in ''.__class__.__mro__ %}{% endfor %}",
    "in a test": "{{ ''.__class__ is defined }}",
    "bytes": "{{ (1).to_bytes(1000000000, 'big') }}",
    "encoding": "{{ 'x'.encode('utf-8') }}",
    "translation": "{{ 'x'.translate({}) }}",
}


@pytest.mark.parametrize("name", ESCAPES)
def test_what_reaches_out_of_a_template_is_refused_before_it_runs(name, made):
    told = problem(made, ESCAPES[name], other="")
    assert told.code == "template-unsafe"
    assert (told.location.path, told.location.line) == ("templates/own.txt", 1)
    assert told.location.column > 0


def test_the_place_is_that_of_the_word_itself(made):
    told = problem(made, "format\n\n  {{ page.name }} {{ page.name.__class__ }}\n")
    assert (told.location.line, told.location.column, told.location.width) == (3, 32, 9)


def test_a_part_that_is_drawn_in_is_refused_too(made):
    assert problem(made, "{% include 'part.txt' %}", part="\n{{ x.__class__ }}").location.line == 2


def test_all_that_a_template_reaches_for_is_found_at_once():
    from jinja2 import Environment

    text = "{{ a.__x }}{{ b.__x }}\n{{ c|attr('d') }}"
    found = confinement.problems(Environment(autoescape=True).parse(text), text, "own.html")
    assert [(problem.location.line, problem.location.column) for problem in found] == [(1, 6), (1, 17), (2, 6)]


REACHED_WITH_VALUES = {
    "a computed attribute": "{{ page['na' ~ 'me'] }}",
    "a computed attribute of a text": "{% set a = '__class__' %}{{ ''[a] }}",
    "full width underscores": "{{ ''.＿＿class＿＿ }}",
    "a clock": "{{ now() }}",
    "a function of Jinja": "{% for n in range(3) %}{% endfor %}",
    "chance": "{{ [1, 2]|random }}",
    "a list that is not finished, which tells where it lies": "{{ [page]|map(attribute='name') }}",
    "a method, which tells where it lies": "{{ 'x'.upper }}",
    "a method as text": "{{ 'x'.upper|string }}",
    "a method, joined": "{{ 'a' ~ 'x'.upper }}",
    "a method in a pattern": "{{ '%s' % 'x'.upper }}",
    "a method in a list": "{{ [('x', 'x'.upper)] }}",
    "a method in a view of a mapping": "{{ {'x': 'x'.upper}.values() }}",
    "a method, put in": "{{ 'a'|replace('a', 'x'.upper) }}",
    "a method that groups": "{{ [page]|groupby('name.upper') }}",
    "a block, which tells where it lies": "{% extends 'frame.txt' %}{% block b %}{{ super }}{% endblock %}",
    "a list backwards": "{{ [1]|reverse }}",
}


@pytest.mark.parametrize("name", REACHED_WITH_VALUES)
def test_what_values_alone_tell_is_refused_when_it_is_reached(name, made):
    assert problem(made, REACHED_WITH_VALUES[name], frame="{% block b %}{% endblock %}").code in {
        "template-name",
        "template-failed",
        "template-syntax",
    }


DEEP = "{% set a = [1] %}" + "{% set a = [a, a] %}" * 40 + "{% set b = [1] %}" + "{% set b = [b, b] %}" * 40

ENDLESS = {
    "loops in loops": "{% set l = '0123456789' * 10 %}" + "{% for a in l %}" * 9 + "x" + "{% endfor %}" * 9,
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(200) }}",
    "a recursive loop": "{% for a in [1, 2] recursive %}{% if loop.depth < 90 %}{{ loop([1, 2]) }}{% endif %}{% endfor %}",
    "a recursive loop by another name": "{% for a in [1, 2] recursive %}{% set again = loop %}{% if loop.depth < 90 %}{{ again([1, 2]) }}{% endif %}{% endfor %}",
    "includes that double": "{% set n = n|default(90) - 1 %}{% if n %}{% include 'own.txt' %}{% include 'own.txt' %}{% endif %}",
    "a list that grows while it is gone over": "{% set l = [1] %}{% for x in l %}{{ l.append(x) }}{% for x in l * 3000000 %}{% endfor %}{% endfor %}",
    "a caller": "{% macro m(n) %}{{ caller(n) }}{{ caller(n) }}{% endmacro %}{% macro r(n) %}{% if n %}{% call(k) m(n) %}{{ r(k - 1) }}{% endcall %}{% endif %}{% endmacro %}{{ r(90) }}",
    "a kept macro": "{% macro m(n) %}{% if n %}{{ kept(m, n - 1) }}{{ kept(m, n - 1) }}{% endif %}{% endmacro %}{{ m(200) }}",
    "multiplied": "{{ 'a' * 10 ** 10 }}",
    "multiplied from the left": "{{ 10 ** 10 * 'a' }}",
    "multiplied lists": "{{ [1] * 10 ** 10 }}",
    "power": "{{ 2 ** 999999999 }}",
    "powers of constants in a condition": "{% if 9 ** 9 ** 9 ** 99 %}{% endif %}",
    "squares": "{% set a = 12345 %}" + "{% set a = a * a %}" * 40,
    "doubled by ~": "{% set a = 'aaaa' %}" + "{% set a = a ~ a %}" * 60,
    "doubled by +": "{% set a = 'aaaa' %}" + "{% set a = a + a %}" * 60,
    "doubled lists": "{% set a = [1] %}" + "{% set a = a + a %}" * 60,
    "doubled by extend": "{% set a = [1] %}" + "{% set _x = a.extend(a) %}" * 60,
    "doubled by set": "{% set a %}aaaa{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60,
    "doubled by a pattern": "{% set a = 'aaaa' %}" + "{% set a = '%s%s' % (a, a) %}" * 60,
    "doubled by replace": "{% set a = 'a' %}" + "{% set a = a.replace('a', 'aaaa') %}" * 60,
    "doubled by the filter": "{% set a = 'a' %}" + "{% set a = a|replace('a', 'aaaa') %}" * 60,
    "doubled by join": "{% set a = 'aaaa' %}" + "{% set a = [a, a]|join %}" * 60,
    "doubled by the method join": "{% set a = 'aaaa' %}" + "{% set a = a.join([a, a]) %}" * 60,
    "nested lists": "{% set a = ['aaaa'] %}" + "{% set a = [a, a] %}" * 60 + "{{ a }}",
    "nested lists as text": "{% set a = ['aaaa'] %}" + "{% set a = [a, a] %}" * 60 + "{{ a|string }}",
    "nested lists as JSON": "{% set a = ['aaaa'] %}" + "{% set a = [a, a] %}" * 60 + "{{ a|tojson }}",
    "center": "{{ 'a'|center(10000000000) }}",
    "center by map": "{{ ['a']|map('center', 10000000000)|list }}",
    "the method center": "{{ 'a'.center(10000000000) }}",
    "ljust": "{{ 'a'.ljust(10000000000) }}",
    "zfill": "{{ 'a'.zfill(10000000000) }}",
    "tabs": "{{ '\t'.expandtabs(10000000000) }}",
    "indent": "{{ 'a\\nb'|indent(10000000000) }}",
    "a pattern with a width": "{{ '%10000000000d' % 1 }}",
    "a pattern with a given width": "{{ '%*d' % (10000000000, 1) }}",
    "a pattern with names and a width": "{{ '%(n)10000000000d' % {'n': 1} }}",
    "a pattern with a fraction": "{{ '%.10000000000f' % 1 }}",
    "letters of a long text": "{{ ('a' * 10000000)|list|length }}",
    "words of a long text": "{{ ('a ' * 10000000).split()|length }}",
    "a long text again and again": "{% macro m() %}{% endmacro %}{% set m = ('a' * 100000).split %}{% for x in 'x' * 10000 %}{{ m() }}{% endfor %}",
    "the filter format": "{{ '%10000000000d'|format(1) }}",
    "batch": "{{ [1]|batch(10000000000, 0)|list }}",
    "slice": "{{ [1]|slice(10000000000)|list }}",
    "round": "{{ 1|round(-10000000000) }}",
    "JSON": "{{ [[1]]|tojson(10000000000) }}",
    "wrapped": "{{ ('a ' * 100000)|wordwrap(1, true, 'x' * 10000) }}",
    "much data in a loop": "{% for a in 'x' * 100000 %}" + "x" * 2000 + "{% endfor %}",
    "a long word, wrapped": "{{ ('a' * 1000000)|wordwrap(1)|length }}",
    "many blanks, wrapped": "{{ (' ' * 300000)|wordwrap(5)|length }}",
    "lines of another kind, indented": "{{ ('\u2028' * 200000)|indent(199, true, true)|length }}",
    "a number read from a text": "{% set n = ('f' * 5000000)|int(0, 16) %}",
    "a number that grows by differences": "{% set l = [2 ** 8000] %}{% for i in 'x' * 40000 %}{% set y = l.append(l[-1] - -l[-1]) %}{% endfor %}",
    "products of large numbers": "{% set n = 2 ** 4000 %}{% for i in 'x' * 40000 %}{% set x = n * n %}{% endfor %}",
    "a text read as a number again and again": "{% set s = ' ' * 1000000 %}{% for i in 'x' * 40000 %}{% set a = s|int %}{% endfor %}",
    "a test of a long text again and again": "{% set s = 'a' * 1000000 %}{% for i in 'x' * 40000 %}{% set a = s is lower %}{% endfor %}",
    "equal lists in lists": DEEP + "{{ a == b }}",
    "a test for equal lists": DEEP + "{{ a is eq b }}",
    "items that are equal lists": DEEP + "{{ [a]|select('eq', b)|list|length }}",
    "lists in lists, sorted": DEEP + "{{ [a, b]|sort|length }}",
    "lists in lists, found": DEEP + "{{ [b].index(a) }}",
    "lists in lists, one by one": DEEP + "{% for x in [a, b] %}{{ loop.changed(x) }}{% endfor %}",
    "tuples in tuples as a key": "{% set a = (1,) %}" + "{% set a = (a, a) %}" * 40 + "{{ {a: 1}|length }}",
    "a list that takes in what is read from it": "{% set d = [1, 2] %}" + "{% set y = d.extend(d|select('number')) %}" * 30,
    "signs cut off at both ends": "{% set s = 'a' * 1000000 %}{{ s.rfind('b' ~ 'a' * 100000) }}",
    "addresses of letters": "{{ ('\U0001f600' * 900000)|urlencode|length }}",
    "long texts as keys, sorted": "{% set d = {'A' * 400000: 1, 'B' * 400000: 2} %}{% for a in 'a' * 100000 %}{% set y = d|dictsort %}{% endfor %}",
    "long equal texts in lists": "{% set l, m = ['a' * 400000], ['a' * 400000] %}{% for a in 'a' * 100000 %}{% set y = l == m %}{% endfor %}",
    "sums of lists": "{{ ([[1] * 1000] * 9000)|sum(start=[])|length }}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_template_without_end_is_stopped_and_told(name, made, monkeypatch):
    # A part of what a page may do is enough to see.
    monkeypatch.setattr(metering, "MOST_OPERATIONS", metering.MOST_OPERATIONS // 20)
    monkeypatch.setattr(metering, "MOST_CHARACTERS", metering.MOST_CHARACTERS // 20)
    told = problem(made, ENDLESS[name])
    assert (told.code, told.location.path, told.location.line) == ("template-failed", "templates/own.txt", 1)
    assert any(words in told.message for words in ("stopped", "recurses endlessly", "digits", "numbers", "by its name"))


def test_a_number_too_large_to_write_is_refused(made):
    told = problem(made, "a\n{% if 0 %}{{ 0x" + "f" * 4000 + " }}{% endif %}")
    assert (told.code, told.location.line) == ("template-unsafe", 2)


@pytest.mark.parametrize(
    "text, message",
    [
        ("{{ page.nmae }}", "The template asks for something that is not there: “nmae”."),
        ("{{ nothing }}", "The template asks for something that is not there: “nothing”."),
        ("{% do 1 %}", "This template cannot be read: Encountered unknown tag 'do'."),
        (
            "{% set d = {1: 1} %}{% for x, y in d.items() %}{% if d.update({x + 1: 1}) %}{% endif %}{% endfor %}",
            "The template failed on x.txt: dictionary changed size during iteration.",
        ),
        (
            "{{ {'a': 1}.keys() - [] }}",
            "The template failed on x.txt: what is left of keys has no order of its own, so a page would be another each time: choose among them with “if”.",
        ),
        ("{{ 'abc'|truncate(-5, leeway=-9) }}", "The template failed on x.txt: expected length >= 3, got -5."),
        ("{{ " + "not " * 3_000 + "1 }}", "This template nests expressions too deeply to be read."),
        (
            "{{ " + "9" * 5_000 + " }}",
            "The template failed on x.txt: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits.",
        ),
    ],
)
def test_what_is_wrong_is_told_in_words_of_templates(text, message, made):
    assert problem(made, text).message == message


def test_a_template_that_is_not_there_is_told_where_it_is_drawn_in(made):
    told = problem(made, "a\n{% include '../secret.txt' %}")
    assert (told.code, told.location.path, told.location.line, told.location.column) == ("template-missing", "templates/own.txt", 2, 13)


def test_a_template_that_is_a_link_out_of_the_folder_is_refused(made, tmp_path):
    (tmp_path.parent / "outside.txt").write_text("a secret")
    (tmp_path / "part.txt").symlink_to(tmp_path.parent / "outside.txt")
    told = problem(made, "{% include 'part.txt' %}")
    assert (told.code, told.location.path) == ("file-outside", "templates/part.txt")


def test_the_line_of_what_has_no_end_is_told(made, monkeypatch):
    monkeypatch.setattr(metering, "MOST_OPERATIONS", 5_000)
    told = problem(made, "{% set l = 'x' * 1000 %}\n{% for a in l %}\n{% for b in l %}\nx\n{% endfor %}\n{% endfor %}")
    assert told.location.line == 3
    assert "stopped on x.txt: it makes more than 5,000 passes and calls" in told.message


def test_a_page_begins_with_all_that_a_page_may_do(made, tmp_path, monkeypatch):
    monkeypatch.setattr(metering, "MOST_OPERATIONS", 1_000)
    (tmp_path / "own.txt").write_text("{% for a in 'x' * 700 %}{% endfor %}")
    renderer = Renderer(TemplateSources((tmp_path, reading.DEFAULT_TEMPLATES)), ENGLISH)
    assert [renderer.render(PAGE, SITE) for _ in range(3)] == [b""] * 3


ALLOWED = {
    "{{ 12345 | number }} {{ [1234] | map('number') | join }}": "12,345 1,234",
    "{{ page.name }} {{ page['name'] }}": "Anna &lt;Hale&gt; Anna &lt;Hale&gt;",
    "{{ [3, 1][-1] }}{{ {'a': 1}['a'] }}{{ {'a': 1}.a }}{% set k = 'a' %}{{ {'a': 1}[k] }}": "1111",
    "{{ page.name[:4] }}{{ page.name[-6:]|upper }}": "Anna&lt;HALE&gt;",
    "{{ '{n} quotes'.format(n=2) }} {{ '{} {{x}}'.format(page.name) }}": "2 quotes Anna &lt;Hale&gt; {x}",
    "{{ _('{n} more').format(n=2) }}": "2 more",
    "{{ '%s in 2024, %5.1f %(a)s' % ('it', 2) if 0 else '%s in 2024, %5.1f' % ('it', 2) }}": "it in 2024,   2.0",
    "{{ ['b', 'a']|sort|join(', ') }} {{ [page]|map(attribute='name')|join }}": "a, b Anna &lt;Hale&gt;",
    "{{ [['a', 'b']]|map('join', '-')|join }}": "a-b",
    "{{ [page, page]|join(', ', attribute='name') }}": "Anna &lt;Hale&gt;, Anna &lt;Hale&gt;",
    "{{ [page]|selectattr('name', 'in', ['x'])|list }}{{ ['a', 'b']|map('upper')|join }}": "[]AB",
    "{{ [[1], [2]]|sum(start=[]) }}{{ [page]|map(attribute='name')|map('length')|sum(start=1) }}": "[1, 2]12",
    "{{ [{'n': 2}]|sum('n', 1) }}{{ [{'n': 2}]|sum(attribute='n') }}": "32",
    "{{ [1, 2]|sum }}{{ [page]|groupby('name')|length }}{{ 'a b'|title }}{{ 'a'|center(3) }}": "31A B a ",
    "{{ 'a b'.split()|length }}{{ 'x'.upper() }}{{ 'a-b'.replace('-', '+') }}{{ ','.join(['a', 'b']) }}": "2Xa+ba,b",
    "{{ 2 ** 3 * 2 + 1 }}{{ 7 % 4 }}{{ '%s!' % 'a' }}{{ '%02d'|format(5) }}{{ 'a' ~ 1 ~ page.name }}": "173a!05a1Anna &lt;Hale&gt;",
    "{% set l = [] %}{% for x in 'ab' %}{% if l.append(loop.index) %}{% endif %}{% endfor %}{{ l }}": "[1, 2]",
    "{% for x in [1, [2, [3]]] recursive %}{% if x is number %}{{ x }}{% else %}{{ loop(x) }}{% endif %}{% endfor %}": "123",
    "{% macro m(a, b='!') %}{{ a }}{{ b }}{% endmacro %}{{ m('x') }}{{ kept(m, page.name) }}": "x!Anna &lt;Hale&gt;!",
    "{% macro m() %}[{{ caller('c') }}]{% endmacro %}{% call(a) m() %}{{ a }}{% endcall %}": "[c]",
    "{% import 'other.txt' as o %}{{ o.say(1) }}{{ kept(o.say, 2) }}": "1!2!",
    "{% from 'other.txt' import say as s %}{{ s(1) }}{{ kept(s, 2) }}": "1!2!",
    "{% filter upper %}a{{ page.path }}{% endfilter %}{% set x | trim %} b {% endset %}{{ x }}": "AACTORS/ANNA/b",
    "{% autoescape false %}{{ page.name }}{% endautoescape %}{{ '<b>'|safe }}": "Anna <Hale><b>",
    "{{ nothing is defined }}{{ nothing|default('d') }}{{ page.nothing is defined }}{{ page.nothing|default('e') }}": "FalsedFalsee",
    "{{ site }}{{ 'a' in page.name }}{{ 'a' is in(['a']) }}{{ 1 == 1 == page.name }}": "the siteTrueTrueFalse",
    "{% block b %}b{% endblock %}{{ self.b() }}": "bb",
}


@pytest.mark.parametrize("text", ALLOWED)
def test_what_templates_may_rely_on_is_as_it_was(text, made):
    assert made(text, other="{% macro say(n) %}{{ n }}!{% endmacro %}") == ALLOWED[text]


def test_our_own_templates_would_pass():
    from jinja2 import Environment

    for path in reading.DEFAULT_TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8")
        environment = Environment(autoescape=True)
        assert list(confinement.problems(environment.parse(text), text, path.name)) == []


@pytest.fixture
def site(tmp_path):
    """Return the options of a small site, with templates of its own by name."""

    def make(**templates):
        write(4, tmp_path, "backstory")
        for name, text in templates.items():
            path = tmp_path / "templates" / f"{name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return Options(tmp_path, tmp_path / "site", jobs=1, cache=False)

    return make


@pytest.mark.slow
def test_copies_of_all_our_templates_make_the_same_site(site, tmp_path):
    options = site()
    build(options)
    as_ours = {path: path.read_bytes() for path in options.output.rglob("*.html")}
    for path in reading.DEFAULT_TEMPLATES.rglob("*.html"):
        copy = tmp_path / "templates" / path.relative_to(reading.DEFAULT_TEMPLATES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    build(options)
    assert {path: path.read_bytes() for path in options.output.rglob("*.html")} == as_ours


def test_check_tells_every_place_where_templates_reach_out(site):
    found = load_site(site(**{"404": "{{ page.__x }}\n{{ page.__y }}", "parts/legend": "{{ page|attr('x') }}"})).diagnostics
    told = [(problem.location.path, problem.location.line) for problem in found if problem.code == "template-unsafe"]
    assert told == [("templates/404.html", 1), ("templates/404.html", 2), ("templates/parts/legend.html", 1)]


def test_the_preview_goes_on_beside_a_template_without_end(site, monkeypatch):
    monkeypatch.setattr(metering, "MOST_OPERATIONS", 2_000)
    options = site(**{"404": "{% set l = 'x' * 900 %}{% for a in l %}\n{% for b in l %}{% endfor %}{% endfor %}"})
    engine = PreviewEngine(options)
    for _ in range(2):
        shown = engine.current()
        assert b"<html" in shown.get("404.html").body
        assert shown.template_problem("404.html").location.line == 2
    assert b"<html" in shown.get("index.html").body
    (options.root / "templates/404.html").unlink()
    engine.rebuild(["templates/404.html"])
    assert engine.current().get("404.html") is not None
    assert engine.current().template_problem("404.html") is None


def test_a_pattern_made_to_stall_is_read_at_once(made):
    assert problem(made, "{{ '{" + "a" * 5_000 + "!r}'.format(1) }}").code == "template-unsafe"
