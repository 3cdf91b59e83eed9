"""Our Jinja makes what Jinja makes: what is left out on the way changes no text and hides no mistake."""

from types import SimpleNamespace

import jinja2
import msgspec
import pytest
from hypothesis import given, strategies as st
from markupsafe import Markup, escape

from builder.content import reading
from builder.model import Trusted
from builder.render import escaping, jinja_env

WORDS = {"Sources": "Quellen & mehr", "until": "<bis>"}


def word(one, many="", number=0):
    return f"{number} {many}" if many else WORDS.get(one, one)


class Worded(jinja_env.Environment):
    word = staticmethod(word)


OTHERS = {
    "inner.html": "{{ loop.index }}",
    "parts.html": "{% macro named(a, b='<b>') %}{{ a }}{{ b }}{% endmacro %}{% macro late() %}{{ page }}{% endmacro %}",
}


def both(source, ours=Worded, **sees):
    made = []
    for kind in (jinja2.Environment, ours):
        environment = kind(loader=jinja2.DictLoader(OTHERS), autoescape=True, undefined=jinja2.StrictUndefined)
        environment.globals = {"_": word}
        try:
            made.append(environment.from_string(source).render(**sees))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the same
            made.append((type(error), str(error)))
    return made


TEMPLATES = [
    "{{ page }}",
    "{{ page }} and {{ page|upper }} and {{ page ~ '<' }}",
    "{{ '<' }}{{ 1 }}{{ none }}{{ page|e }}{{ page|safe }}",
    "{% autoescape false %}{{ page }}<{% endautoescape %}{{ page }}",
    "{% macro plain() %}{% autoescape false %}{{ page }}{% endautoescape %}{% endmacro %}{{ plain() }}",
    "{% autoescape page == 1 %}{{ page }}{% endautoescape %}",
    "{% macro one(a) %}<p>{{ a }}</p>{% endmacro %}{{ one(page) }}{{ one(a=page) }}{{ one() }}",
    "{% macro one(a) %}<p>{{ a }}</p>{% endmacro %}{{ one(page, page) }}",
    "{% macro one(a) %}<p>{{ a }}</p>{% endmacro %}{{ one(page, b=page) }}",
    "{% macro one(a, b=2, c='<') %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ one(page) }}{{ one(page, 3) }}{{ one(page, c=page) }}",
    "{% macro one(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ one(page, 2, x=3) }}{{ one(1) }}",
    "{% macro one(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call one(page) %}<{{ page }}{% endcall %}{{ one(1) }}",
    "{% macro one(a, caller) %}{{ a }}{{ caller() }}{% endmacro %}{% call one(page) %}<{% endcall %}",
    "{% macro one(n) %}{{ n }}{% if n %}{{ one(n - 1) }}{% endif %}{% endmacro %}{{ one(3) }}",
    "{% macro one(a) %}{{ a }}{% endmacro %}{% set made = one(page) %}{{ made }}{{ made ~ '<' }}{{ made|length }}",
    "{% from 'parts.html' import named %}{% for one in (page, 2) %}{{ named(one) }}{{ loop.cycle('a', '<') }}{{ loop.index }}{% endfor %}",
    "{% from 'parts.html' import named, late with context %}{{ named(page) }}{{ late() }}",
    "{% from 'parts.html' import late %}{{ late() }}",
    "{% for one in (page, 2, '<') %}{{ one }}{% if not loop.last %}, {% endif %}{{ loop.first }}{% endfor %}",
    "{% for one in (page,) %}{{ loop.first }}{{ loop.last }}{% endfor %}{% for one in [] %}{{ loop.last }}{% else %}none{% endfor %}",
    "{% for one in page %}{{ one }}{% if loop.first %}<{% endif %}{% endfor %}",
    "{% for one in (1, 2) %}{% for two in (3, 4) if two != one %}{{ loop.last }}{% endfor %}{{ loop.last }}{% endfor %}",
    "{% for one in (1, 2) %}{{ loop.last }}{{ loop.length }}{% for two in (3, 4) %}{{ loop.first }}{% endfor %}{% endfor %}",
    "{% for one in (1, 2) %}{{ loop.last }}{% set here = loop %}{{ here.index }}{% endfor %}",
    "{% for one in ((1, (2,)), (3, ())) recursive %}{{ loop.last }}{% if one.__class__ != 1.__class__ and one[1] %}{{ loop(one[1]) }}{% endif %}{% endfor %}",
    "{% for one in (page, page) %}{{ loop.last }}{% include 'inner.html' %}{% endfor %}",
    "{{ (page, 2) | map('string') | join(', ') }}{{ [page, 1] | list | length }}{{ (page, page) | groupby('real') | first }}",
    "{% block it %}{% for one in (page,) %}{% set b = one %}{{ b }}{% endfor %}{% endblock %}{{ self.it() }}",
    "{{ _('Sources') }}{{ _('until') }}{{ _('nowhere') }}{{ _('until')|lower }}{{ _('until') ~ page }}",
    "{{ _('one', 'many <', 2) }}{{ _(page) }}{{ [_('until'), page]|join(', ') }}{% if _('until') == '<bis>' %}yes{% endif %}",
    "{% set _ = page %}{{ _ }}",
    "{% macro one(_) %}{{ _('Sources') }}{% endmacro %}{{ one(page) }}",
    "{% for _ in (page,) %}{{ _ }}{% endfor %}{{ _('Sources') }}",
    "{{ _(*['until']) }}{{ _(one='until') }}",
    "{{ nobody }}",
    "{{ page.nobody }}",
    "{{ page() }}",
    "{{ page.format('<') }}",
    "{% if %}",
]


@pytest.mark.parametrize("source", TEMPLATES)
@pytest.mark.parametrize("page", ["a < b & 'c'", Markup("<b>it</b>"), Trusted("<b>it</b>"), 5, None, 0.5, ["<"], ""], ids=repr)
def test_it_makes_the_same_text_and_the_same_mistakes(source, page):
    usual, ours = both(source, page=page)
    assert ours == usual


class NativeAttributes(Worded):
    native_attributes = True


THINGS = [
    "{{ page.name }}{{ page.inner.name }}{{ page.many[0].name }}{{ page.name.upper() }}",
    "{{ page.nobody is defined }}{{ page.name is defined }}{{ page.inner.nobody is undefined }}{{ page.nobody|default('<') }}{{ page.nobody|d(page.name) }}",
    "{% if page.nobody is defined and page.nobody %}yes{% endif %}{{ page.many|map(attribute='name')|join(',') }}",
    "{{ page.class }}",
    "{{ page.by.name }}{{ page.by.key }}",
    "{{ 'a'.upper() }}{{ (1).real }}{{ (page.name ~ 'b').upper() }}{{ [page][0].name }}",
    "{% macro one(a) %}{{ a.name }}{% endmacro %}{{ one(page) }}{{ one(a=page.inner) }}{{ one() }}",
    "{% macro one(a) %}{% if a is defined %}{{ a }}{% endif %}!{% endmacro %}{{ one(page.nobody) }}",
    "{{ nobody.name }}",
    "{{ page.nobody }}",
    "{{ page.inner.nobody.name }}",
]


class Thing:
    def __init__(self, name, **others):
        self.name = name
        for key, value in others.items():
            setattr(self, key, value)


@pytest.mark.parametrize("source", list(dict.fromkeys((*THINGS, *TEMPLATES))))
def test_attributes_are_asked_for_as_python_does_it_or_it_is_left_to_jinja(source):
    page = Thing("<a>", inner=Thing("b&"), many=[Thing("c")], by={"name": "<"})
    usual, ours = both(source, NativeAttributes, page=page)
    assert ours == usual or ours[0] is AttributeError


def test_what_is_there_is_found_at_once():
    page = Thing("<a>", inner=Thing("b&"), many=[Thing("c")], by={})
    for source in THINGS[:3]:
        usual, ours = both(source, NativeAttributes, page=page)
        assert ours == usual
        assert isinstance(ours, str)


class Subtle(str):
    __slots__ = ()

    def __html__(self):
        return "<b>"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.text().map(Markup), st.text().map(Subtle)))
def test_what_is_shown_is_what_jinja_escapes(value):
    assert escaping.shown(value) == escape(value)


@given(st.text())
def test_a_text_is_escaped_without_what_markupsafe_does_not_promise(text):
    assert escaping.escaped(text) == str(escape(text))


class Record(msgspec.Struct):
    name: str


@pytest.mark.parametrize("asked", ["name", "nobody", "name.real", 0])
def test_what_a_record_has_is_asked_for_as_jinja_does(asked):
    usual, ours = both(f"{{{{ page | map(attribute={asked!r}) | join(', ') }}}}", page=[Record("<a>"), Record("b")])
    assert ours == usual


def test_words_are_put_in_when_a_template_is_compiled():
    environment = Worded(autoescape=True)
    environment.globals = {}
    assert environment.from_string("{{ _('Sources') }}").render() == "Quellen &amp; mehr"


ENTRY = '{% macro entry(one, root, level=2) %}<a{{ level }} href="{{ root + one.path }}">{% endmacro %}{% macro count(one, root) %}{{ root | length }}{% endmacro %}'


def parts(ours):
    environment = jinja_env.Environment(
        loader=jinja2.FunctionLoader(lambda name: (ENTRY, f"templates/{name}", lambda: True)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("a.html").module, escaping.FragmentCache(lambda name: ours and name == "a.html")


def test_a_part_of_ours_is_drawn_once_for_pages_of_every_depth():
    made, kept = parts(ours=True)
    page = SimpleNamespace(path="a/")
    assert kept(made.entry, page, "../") == Markup('<a2 href="../a/">')
    page.path = "b/"
    assert [kept(made.entry, page, "../../"), kept(made.entry, page, ""), kept(made.entry, page, "../", 3)] == [
        Markup(f'<a{level} href="{root}">') for level, root in ((2, "../../a/"), (2, "a/"), (3, "../b/"))
    ]


def test_what_is_no_way_to_the_root_is_escaped():
    made, kept = parts(ours=True)
    assert kept(made.entry, SimpleNamespace(path="a/"), '"<') == made.entry(SimpleNamespace(path="a/"), '"<')


def test_a_part_of_a_sites_own_sees_the_root_that_it_is_given():
    made, kept = parts(ours=False)
    assert [kept(made.count, 1, root) for root in ("../", "../../", "../")] == ["3", "6", "3"]


def test_what_is_kept_is_begun_anew_when_it_is_too_much():
    made, kept = parts(ours=True)
    kept.MOST = 100
    drawn = [kept(made.entry, SimpleNamespace(path=f"{n}/"), "../") for n in range(50)]
    assert drawn == [f'<a2 href="../{n}/">' for n in range(50)]
    assert len(kept) < 10


@pytest.mark.parametrize(
    "name", sorted(path.relative_to(reading.DEFAULT_TEMPLATES).as_posix() for path in reading.DEFAULT_TEMPLATES.rglob("*.html"))
)
def test_our_macros_put_the_root_before_paths_and_do_nothing_else_with_it(name):
    read = jinja2.Environment().parse((reading.DEFAULT_TEMPLATES / name).read_text("utf-8"))
    macros = [macro for macro in read.find_all(jinja2.nodes.Macro) if [argument.name for argument in macro.args][1:2] == ["root"]]
    for macro in macros:
        asked = [id(node) for node in macro.find_all(jinja2.nodes.Name) if node.name == "root" and node.ctx == "load"]
        before_paths = [id(node.left) for node in macro.find_all(jinja2.nodes.Add)]
        passed_on = [id(argument) for call in macro.find_all(jinja2.nodes.Call) for argument in call.args]
        assert set(asked) <= {*before_paths, *passed_on}
