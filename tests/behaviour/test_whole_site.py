"""Our own site and the starter, as a whole: no dead link, no page that nothing links to, under any base path, and all that we promise of our material."""

import posixpath
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build
from builder.content import reading
from builder.diagnostics import count_in_words
from builder.render.site_environment import SiteEnvironment

ROOTS = {"our site": Path(__file__).parents[2], "the starter": reading.STARTER}
BASE = "https://example.org/some/folder/"


@pytest.fixture(scope="module", params=ROOTS, ids=lambda name: name.replace(" ", "-"))
def built(request, tmp_path_factory):
    """The files of a site, and the templates that Jinja had to draw."""
    output = tmp_path_factory.mktemp("whole") / "out"
    by_jinja = []
    get = SiteEnvironment.get_template

    def noted(self, name, *given):
        by_jinja.append(name)
        return get(self, name, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SiteEnvironment, "get_template", noted)
        report = build(Options(ROOTS[request.param], output, base_url=BASE, jobs=1, cache=False))
    assert count_in_words(report.diagnostics) == "no problems", report.diagnostics
    return {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}, by_jinja


@pytest.fixture(scope="module")
def site(built):
    return built[0]


def test_no_page_by_our_templates_is_left_to_jinja(built):
    assert not built[1], "Jinja makes the same pages, in several times the time"


@pytest.fixture(scope="module")
def pages(site):
    return {path: LexborHTMLParser(file.read_text("utf-8")) for path, file in site.items() if path.endswith(".html")}


def links(path, page):
    """Every address on a page, as (output file, fragment), where it is on this site."""
    for node in page.css("[href], [src]"):
        address = node.attributes.get("href") or node.attributes.get("src") or ""
        if address.startswith(BASE):
            address = "/some/folder/" + address.removeprefix(BASE)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        where = (
            posixpath.normpath(posixpath.join("/some/folder/" + posixpath.dirname(path), unquote(parts.path)))
            if parts.path
            else f"/some/folder/{path}"
        )
        assert where.startswith("/some/folder"), f"{path} links out of the base path: {address}"
        target = where.removeprefix("/some/folder").lstrip("/")
        if parts.path.endswith("/") or target in {"", "."}:
            target = f"{target}/index.html".lstrip("/")
        yield target, unquote(parts.fragment)


def test_no_link_is_dead_and_every_anchor_is_there(site, pages):
    ids = {path: {node.attributes["id"] for node in page.css("[id]")} for path, page in pages.items()}
    dead = {
        (path, target, fragment)
        for path, page in pages.items()
        for target, fragment in links(path, page)
        if target not in site or (fragment and fragment not in ids[target])
    }
    assert dead == set()


def test_every_page_is_linked_from_another(site, pages):
    linked = {target for path, page in pages.items() for target, _ in links(path, page) if target != path}
    redirects = {path for path, page in pages.items() if page.css_first('meta[http-equiv="refresh"]')}
    assert {path for path in pages if path not in linked} - redirects == {"404.html"}


def test_every_file_for_machines_is_linked_from_a_page(site, pages):
    linked = {target for path, page in pages.items() for target, _ in links(path, page)}
    files = {path for path in site if path.endswith((".json", ".jsonld", ".csv", ".ics", "atom.xml")) and not path.startswith("pagefind/")}
    assert len(files) > 20
    assert files - linked == set()


def test_no_id_stands_twice_on_a_page(pages):
    for path, page in pages.items():
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), path


def test_every_page_has_one_heading_a_title_and_a_description(pages):
    for path, page in pages.items():
        assert len(page.css("h1")) == 1, path
        assert page.css_first("title").text(), path
        assert page.css_first("html").attributes.get("lang"), path
        if not page.css_first('meta[http-equiv="refresh"]'):
            assert page.css_first("main"), path


def test_nothing_is_written_into_the_page_that_a_strict_policy_forbids(pages):
    for path, page in pages.items():
        # JSON-LD is a block of data that no browser runs.
        assert page.css('script:not([src], [type="application/ld+json"]), style, [style], [onclick]') == [], path
        assert all(script.text() == "" for script in page.css("script[src]")), path


def test_the_feed_is_a_feed_and_names_every_explainer(site):
    feed = feedparser.parse(site["atom.xml"].read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert {entry.link for entry in feed.entries} == {
        BASE + path.removesuffix("index.html")
        for path in site
        if path.startswith("explainers/") and path.count("/") == 2 and "/page/" not in path and path.endswith(".html")
    }


def test_the_sitemap_names_every_page(site, pages):
    root = ET.fromstring(site["sitemap.xml"].read_bytes())
    named = {node.text for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    redirects = {path for path, page in pages.items() if page.css_first('meta[http-equiv="refresh"]')}
    unlisted = {path for path, page in pages.items() if page.css_first('meta[name="robots"][content="noindex"]')}
    left_out = redirects | unlisted | {"404.html"}
    assert named == {BASE + path.removesuffix("index.html") for path in pages if path not in left_out}


@pytest.mark.parametrize("built", ["our site"], indirect=True)
def test_our_material_is_as_rich_as_we_say(site, pages):
    made = Counter(path.split("/")[0] for path in site if re.fullmatch(r"(explainers|actors|events)/[^/]+/index\.html", path))
    assert made["explainers"] >= 3
    assert made["actors"] >= 14
    assert made["events"] >= 9
    assert len(pages["quotes/index.html"].css("blockquote")) >= 12


def test_pictures_beside_an_explainer_come_with_it(tmp_path):
    bundle = tmp_path / "content/explainers/harbour"
    bundle.mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    (tmp_path / "content/static").mkdir()
    (tmp_path / "content/static/map.png").write_bytes(b"png")
    (bundle / "quay.jpg").write_bytes(b"jpg")
    (bundle / "index.md").write_text(
        '---\ntitle: T\npublished: 2024-01-01\n---\n![The quay](quay.jpg "At noon")\n\n![A map](/map.png) and ![again](../../static/map.png)\n'
    )
    report = build(Options(tmp_path, tmp_path / "out", jobs=1))
    assert {problem.code for problem in report.diagnostics} == {"picture-unreadable"}  # there are only the names of pictures here
    page = LexborHTMLParser((tmp_path / "out/explainers/harbour/index.html").read_text("utf-8"))
    assert [node.attributes["src"] for node in page.css("img")] == ["../../explainers/harbour/quay.jpg", "../../map.png", "../../map.png"]
    assert page.css_first("figcaption").text() == "At noon"
    assert (tmp_path / "out/explainers/harbour/quay.jpg").read_bytes() == b"jpg"


def test_the_text_of_a_source_stays_at_home(tmp_path):
    case = Path(__file__).parents[1] / "cases/source-kept-beside-its-record"
    assert "This sentence stays at home." in (case / "content/sources/gazette-0308.txt").read_text("utf-8")
    report = build(Options(case, tmp_path / "out", jobs=1))
    assert report.plan is not None
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert made
    assert not [path for path in made if b"stays at home" in path.read_bytes() or path.name == "gazette-0308.txt"]
