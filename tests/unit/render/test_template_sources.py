"""A site's own templates: each file of ours can be put aside alone by one of the same name, and only what it says changes."""

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder.build.pipeline import Options, build, load_site
from builder.content import cleaning, reading
from builder.i18n.language import load
from builder.pages import site_view
from builder.render.template_sources import TemplateProblem, TemplateSources
from builder.render.templates import Renderer, linked_data_of
from tests.hostile.running import FRONT, lay
from tests.long_lists import short_pages
from tests.wording import ROOT

OURS = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(OURS).as_posix() for path in OURS.rglob("*.*") if "assets" not in path.parts)
GUIDE = (ROOT / "content/pages/guide/templates.md").read_text("utf-8")


@pytest.fixture(scope="module")
def seen():
    """Our own site, before any template has seen it."""
    with short_pages(5):  # so that every template has a page
        return load_site(Options(ROOT, ROOT / "unused", jobs=1, cache=False, base_url="https://example.org/"))


@pytest.fixture(scope="module")
def plain(seen):
    """Render a page as our templates make it, once."""
    renderer = Renderer(TemplateSources((OURS,)), seen.site.language)
    return cache(lambda page: renderer.render(page, site_view(seen.site, page.root)))


@pytest.fixture
def changed(seen, plain, tmp_path):
    """Put one file aside, and give each page that changes: without it, and with it. Of each template's pages, the first and the last."""

    def made(name, text):
        own = tmp_path / name
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(text, "utf-8")
        before, after = TemplateSources((OURS,)), TemplateSources((tmp_path, OURS))
        other, found = Renderer(after, seen.site.language), []
        for template in sorted({page.template for page in seen.pages}):
            if before.fingerprint(template) != after.fingerprint(template):
                pages = [page for page in seen.pages if page.template == template]
                found += [(page, plain(page), other.render(page, site_view(seen.site, page.root))) for page in (pages[0], pages[-1])]
        return found

    return made


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TEMPLATES if "/" not in name and name != "base.html"])
def test_a_page_can_be_put_aside_alone(name, changed):
    found = changed(name, "<p>{{ page.path }} is mine</p>")  # which is XML too, as that of a sitemap must be
    assert {page.template for page, _, _ in found} == {name}
    for page, before, after in found:
        assert after == f"<p>{page.view.path} is mine</p>".encode() != before


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("parts/")])
def test_a_part_can_be_put_aside_alone(name, changed):
    """With a word more in each macro: the pages that use the part change, and only by that."""
    found = changed(name, re.sub(r"(\{% macro [^%]*%\})", r"\1<!-- mine -->", (OURS / name).read_text("utf-8")))
    assert any(b"<!-- mine -->" in after for _, _, after in found), f"no page uses {name}"
    for page, before, after in found:
        assert b"".join(after.replace(b"<!-- mine -->", b"").split()) == b"".join(before.split()), page.path


def test_the_frame_can_be_put_aside_alone(changed):
    found = changed("base.html", "<main>{% block main %}{% endblock %}</main>")
    assert {page.template for page, _, _ in found} > {"explainer.html", "actor.html", "404.html"}
    assert all(after.startswith(b"<main>") and not before.startswith(b"<main>") for _, before, after in found)


def test_a_build_takes_a_sites_own_templates_and_colours(tmp_path):
    own = (OURS / "assets/theme.css").read_text("utf-8").replace("--paper: #fcfaf5", "--paper: #ffffff")
    root = lay(tmp_path, {"content/explainers/a.md": FRONT, "templates/topics.html": "Mine", "templates/assets/theme.css": own})
    report = build(Options(root, tmp_path / "out", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    assert (tmp_path / "out/topics/index.html").read_text("utf-8") == "Mine"
    assert "--paper: #ffffff" in (tmp_path / "out/assets/theme.css").read_text("utf-8")
    ours = TemplateSources((OURS,)).assets()
    assert (tmp_path / "out/assets/backstory.css").read_bytes() == cleaning.cleaned(ours["assets/backstory.css"], ours)


def test_a_section_of_the_look_can_be_put_aside_alone(tmp_path):
    files = {"templates/assets/backstory/notes.css": "p{top:0}", "templates/assets/backstory/mine.css": "p{}"}
    report = build(Options(lay(tmp_path, {"content/explainers/a.md": FRONT, **files}), tmp_path / "out", jobs=1, cache=False))
    style = (tmp_path / "out/assets/backstory.css").read_text("utf-8")
    assert "@layer notes {\np{top:0}\n}" in style
    assert not (tmp_path / "out/assets/backstory").exists()
    assert [(problem.code, problem.location.path) for problem in report.diagnostics] == [
        ("template-unused", "templates/assets/backstory/mine.css")
    ]


def test_every_variable_of_the_look_is_in_the_guide_and_used():
    told = set(re.findall(r"`(--[a-z]+)`", GUIDE))
    theme = (OURS / "assets/theme.css").read_text("utf-8")
    style = "".join(path.read_text("utf-8") for path in (OURS / "assets/backstory").glob("*.css"))
    assert told == set(re.findall(r"^ +(--[a-z]+):", theme, re.MULTILINE))
    assert told <= set(re.findall(r"var\((--[a-z]+)", style + theme))
    # Colours stand in the theme and nowhere else, but for shadows and paper's black.
    assert not re.findall(r"#[0-9a-f]{6}\b", style)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plain_code_and_parts_that_are_kept_make_what_jinja_makes(seen, language):
    """All pages, one after another: what one has drawn must not stand on another that shows something else. `ar` has no catalogue: its pages say which words are English."""
    sources, words = TemplateSources((OURS,)), load(language)
    plain, kept, anew = (Renderer(sources, words, keeps=keeps) for keeps in (True, True, False))
    for renderer in (kept, anew):
        renderer.compiled = SimpleNamespace(page=lambda name: None)
    pages = [page for page in seen.pages if page.template in TEMPLATES]
    assert {page.template for page in pages} >= {name for name in TEMPLATES if "/" not in name} - {"base.html", "robots.txt"}
    for page in pages:
        view = site_view(seen.site, page.root)
        draw, made = plain.compiled.page(page.template), anew.render(page, view)
        assert draw is not None, page.template
        assert draw(page.view, view, linked_data_of(page, view)).encode() == made, page.path
        assert kept.render(page, view) == made, page.path


@pytest.mark.parametrize(
    "text, made",
    [
        ("{{ page.title }}{% if page.nobody is defined %}!{% endif %}", "Topics"),
        ("{{ page.title }}{% macro one(a) %}{% if a is undefined %} none{% endif %}{% endmacro %}{{ one(page.nobody) }}", "Topics none"),
    ],
)
def test_a_template_may_ask_whether_something_is_there(changed, text, made):
    assert {after.decode() for _, _, after in changed("topics.html", text)} == {made}


def test_what_is_not_there_is_told_by_its_name(changed):
    with pytest.raises(TemplateProblem) as caught:
        changed("topics.html", "{{ page.title }}\n{{ page.nobody }}")
    assert (caught.value.diagnostic.code, caught.value.diagnostic.location.line) == ("template-name", 2)
    assert "nobody" in caught.value.diagnostic.message


def test_a_way_to_the_site_that_goes_up_first_leads_to_its_templates(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site/templates").mkdir(parents=True)
    (tmp_path / "site/templates/404.html").write_text("own", "utf-8")
    monkeypatch.chdir(tmp_path / "elsewhere")
    sources = TemplateSources((Path("../site/templates"), reading.DEFAULT_TEMPLATES))
    assert sources.text("404.html") == "own"
    with pytest.raises(TemplateProblem, match="There is no template"):
        sources.text("../templates/404.html")


def test_a_space_that_does_not_break_is_one_character():
    assert "\u00a0· " in TemplateSources((OURS,)).text("parts/source.html")
