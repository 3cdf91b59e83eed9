"""Search in a real browser, on a static host under a base path and in the preview; and frames without a script."""

import shutil

import pytest
from playwright.sync_api import expect

from builder.build.pipeline import Options, build
from builder.preview.engine import PreviewEngine
from builder.preview.listening import listen
from builder.preview.server import serve
from builder.publish.headers import FRAME_POLICY, SEARCH_POLICY
from tests.browser.ours import BASE, ROOT

WAIT = 60_000


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("finding")
    shutil.copytree(ROOT / "content", folder / "content")
    settings = folder / "content" / "site.yaml"
    kept = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith(("search:", "embeds:"))]
    settings.write_text("\n".join([*kept, "search: yes", "embeds: yes", ""]), "utf-8")
    return folder


@pytest.fixture(scope="module")
def found(root, served):
    output = root / "site"
    report = build(Options(root, output, base_url=f"https://example.org{BASE}", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    return served(output, BASE)


def guarded(page, policy):
    """Serve all that a page asks for with a policy, as a host does."""

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route("**/*", answer)


def opened(page, address):
    page.goto(address)
    page.locator("form.search[data-ready]").wait_for(timeout=WAIT)


def test_a_search_finds_by_kind_and_keeps_what_was_asked_in_the_address(page, found):
    guarded(page, SEARCH_POLICY)
    opened(page, f"{found.url}search/")
    page.keyboard.type("Ukraine")
    first = page.locator(".found[data-kind=explainer] li a").first
    first.wait_for(timeout=WAIT)
    assert page.locator(".found:not([hidden])").count() >= 3
    assert "q=Ukraine" in page.url
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found:not([hidden]) li > a").first).to_be_focused(timeout=WAIT)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search--words")).to_be_focused(timeout=WAIT)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    expect(page.locator("#search--words")).to_be_focused(timeout=WAIT)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{found.url}*/**", timeout=WAIT)
    assert not found.missing
    page.unroute_all(behavior="ignoreErrors")


def test_filters_narrow_and_a_shared_address_shows_the_same(page, found):
    opened(page, f"{found.url}search/?kind=quote")
    number = page.locator(".found[data-kind=quote] .number")
    expect(number).not_to_be_empty(timeout=WAIT)
    every = int(number.text_content())
    page.select_option("select[name=speaker]", "Jen Psaki")
    expect(number).not_to_have_text(str(every), timeout=WAIT)
    few = number.text_content()
    assert 0 < int(few) < every
    address = page.url
    opened(page, address)
    expect(number).to_have_text(few, timeout=WAIT)
    for name in ("basis", "topic", "year"):
        assert page.locator(f"select[name={name}] option").count() > 1, name


def test_a_found_quote_leads_to_its_card(page, found):
    opened(page, f"{found.url}search/?kind=quote")
    page.locator(".found[data-kind=quote] li a").first.click(timeout=WAIT)
    page.wait_for_url("**/explainers/**#quote--*", timeout=WAIT)
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


def test_without_a_script_the_lists_are_there(new_page, found):
    page = new_page(java_script_enabled=False)
    page.goto(f"{found.url}search/")
    expect(page.locator("form.search")).to_be_hidden()
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Quotes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quotes")


def test_the_preview_finds_what_was_just_saved(page, root, tmp_path):
    shutil.copytree(root / "content", tmp_path / "content")
    engine = PreviewEngine(Options(tmp_path, tmp_path / "site", cache=False, jobs=1))
    with serve(engine, listen("127.0.0.1", 0)) as running:
        opened(page, f"{running.url}search/?q=Quillfeather")
        expect(page.locator("form.search output")).to_have_text("No results. Try other words.", timeout=WAIT)
        file = "content/actors/quillfeather.md"
        (tmp_path / file).write_text("---\nname: Quillfeather Society\ntype: Organization\n---\n", "utf-8")
        assert engine.rebuild([file]) is not None
        opened(page, f"{running.url}search/?q=Quillfeather")
        expect(page.locator(".found[data-kind=actor] li a")).to_have_text("Quillfeather Society", timeout=WAIT)


def test_a_frame_on_another_site_is_light_and_needs_no_script(new_page, found, root, served, tmp_path):
    frames = sorted((root / "site" / "embed").rglob("index.html"))
    assert {path.relative_to(root / "site" / "embed").parts[0] for path in frames} == {"quotes", "events", "actors", "timelines"}
    sheet = sum((root / "site" / "assets" / name).stat().st_size for name in ("embed.css", "theme.css"))
    assert max(path.stat().st_size for path in frames) + sheet < 30_000
    quote = next(path for path in frames if "quotes" in path.parts).relative_to(root / "site").as_posix().removesuffix("index.html")
    page = new_page(java_script_enabled=False)
    guarded(page, FRAME_POLICY)
    asked = []
    page.on("response", lambda response: asked.append(response.url))
    # A busy browser shows words before it asks for their faces.
    with page.expect_response("**/sans-latin.woff2"), page.expect_response("**/serif-latin.woff2"):
        page.goto(f"{found.url}{quote}")
    expect(page.locator("blockquote")).to_be_visible()
    assert sorted(url.removeprefix(found.url) for url in asked if "favicon" not in url) == [
        "assets/embed.css",
        "assets/fonts/sans-latin.woff2",
        "assets/fonts/serif-latin.woff2",
        "assets/theme.css",
        quote,
    ]
    page.unroute_all(behavior="ignoreErrors")
    host = tmp_path / "host"
    host.mkdir()
    (host / "index.html").write_text(
        f'<!doctype html><title>Elsewhere</title><iframe src="{found.url}{quote}" width="600" height="360"></iframe>'
    )
    away = new_page(java_script_enabled=False)
    away.goto(served(host).url)
    inside = away.frame_locator("iframe")
    expect(inside.locator("blockquote")).to_be_visible()
    inside.get_by_role("link", name="Source and details").click()
    away.wait_for_url("**/explainers/**#quote--*", timeout=WAIT)


def test_what_others_copy_shows_the_frame(page, found, root):
    page.goto(f"{found.url}{next((root / 'site' / 'events').glob('*/index.html')).parent.relative_to(root / 'site')}/")
    code = page.locator(".taken pre code")
    page.locator(".taken summary").click()
    snippet = code.inner_text()
    read = """(text) => { const one = new DOMParser().parseFromString(text, "text/html").querySelector("iframe");
        return [one.getAttribute("src"), one.getAttribute("loading"), one.title]; }"""
    source, loading, title = page.evaluate(read, snippet)
    assert source.startswith(f"https://example.org{BASE}embed/events/")
    assert loading == "lazy"
    assert title
