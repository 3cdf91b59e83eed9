"""The preview as an author meets it: a save changes the page under their eyes and nothing else."""

import pytest

from builder.diagnostics import WARNING, Diagnostic, Location
from builder.preview.listening import listen
from builder.preview.server import serve
from builder.preview.snapshot import SourceSpot
from tests.browser.fake_engine import FakeEngine

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
FILE = "content/explainers/talks.md"
FAR = "".join(f'<p id="p{number}">Passage {number}.</p>' for number in range(60))
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
WAIT = 60_000


def html(body, *, title="Talks", sheet="site.css"):
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title}</title><link rel="stylesheet" href="/assets/{sheet}"></head><body><main>{body}</main></body></html>""".encode()


def talks(first="The first passage.", quote="We were not asked."):
    return html(f"""<h1>Talks</h1><p id="first">{first}</p><img id="pixel" src="/pixel.svg" alt="">
<details id="more"><summary>More</summary><p>Inside.</p></details>
<form><input id="typed" value="was"><textarea id="area"></textarea><input type="checkbox" id="box"></form>
<button popovertarget="card">Card</button><div id="card" popover>A card</div>
<blockquote id="quote--q1"><p>{quote}</p></blockquote><p><a id="link" href="/other/">Other</a></p>{FAR}""")


@pytest.fixture
def engine():
    made = FakeEngine(
        files={
            "index.html": html("<h1>Home</h1>", title="Home"),
            "explainers/talks/index.html": talks(),
            "other/index.html": html("<h1>Other</h1>", title="Other"),
            "404.html": html("<h1>Lost</h1>", title="Lost"),
            "assets/site.css": b"h1 { color: rgb(1, 2, 3) }",
            "assets/new.css": b"h1 { color: rgb(7, 7, 7) }",
            "pixel.svg": PIXEL,
        }
    )
    spots = (SourceSpot("main", FILE, 1), SourceSpot("#first", FILE, 5), SourceSpot("#quote--q1", FILE, 9, 3))
    made.save(spots={"explainers/talks/index.html": spots})
    return made


@pytest.fixture
def preview(engine):
    with serve(engine, listen("127.0.0.1", 0), editor="x-editor://open{path}:{line}:{column}") as running:
        yield running


@pytest.fixture
def opened(preview, page):
    return visit(page, preview, "explainers/talks/")


def visit(page, preview, path=""):
    """Open a page, and wait until its client listens."""
    page.goto(preview.url + path)
    page.evaluate("window.kept = true")
    ready(page, preview)
    return page


def ready(page, preview):
    page.wait_for_function("() => document.querySelector('backstory-preview')?.shadowRoot.querySelector('.entries p')", timeout=WAIT)
    page.wait_for_function("() => navigator.locks.query().then(locks => locks.held.length > 0)", timeout=WAIT)
    # The stream is open on the server's side too: what is saved from now on is heard.
    page.wait_for_timeout(1)
    for _ in range(6000):
        if preview.stream_count:
            return
        page.wait_for_timeout(10)
    raise AssertionError("no stream was opened")


def save_talks(engine, **parts):
    engine.save({"explainers/talks/index.html": talks(**parts)}, follow="explainers/talks/index.html", spot="#quote--q1")


def shows(page, text, selector="#first"):
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.textContent === text", arg=[selector, text], timeout=WAIT
    )


def problem(severity="error", line=5, code="quote-not-found"):
    return Diagnostic(code, "The words are not in the text. <b>", Location(FILE, line, 3, 4), help="Correct them.", severity=severity)


def test_what_the_reader_did_stays_when_the_page_changes(opened, engine):
    page = opened
    page.evaluate("""() => {
        document.querySelector("#more").open = true;
        document.querySelector("#box").click();
        document.querySelector("#card").showPopover();
        document.querySelector("#area").value = "a long thought";
        document.querySelector("#pixel").kept = true;
        getSelection().selectAllChildren(document.querySelector("#p30"));
        scrollTo({ top: 900, behavior: "instant" });
    }""")
    page.fill("#typed", "typed text")
    page.evaluate(
        "() => { const field = document.querySelector('#typed'); field.focus({ preventScroll: true }); field.setSelectionRange(2, 4); scrollTo({ top: 900, behavior: 'instant' }) }"
    )
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    # A quote above the window grows by many lines: what is read stays where it is.
    top = page.evaluate("document.querySelector('#p30').getBoundingClientRect().top")
    save_talks(engine, first="Another first passage.", quote="We were not asked. " * 200)
    shows(page, "Another first passage.")
    assert page.evaluate("[window.kept, document.querySelector('#more').open, document.querySelector('#box').checked]") == [
        True,
        True,
        True,
    ]
    assert page.evaluate("document.querySelector('#card').matches(':popover-open')")
    assert page.evaluate("[document.querySelector('#typed').value, document.querySelector('#area').value]") == [
        "typed text",
        "a long thought",
    ]
    assert page.evaluate(
        "(field => [document.activeElement === field, field.selectionStart, field.selectionEnd])(document.querySelector('#typed'))"
    ) == [True, 2, 4]
    assert page.evaluate("document.querySelector('#pixel').kept")
    assert abs(page.evaluate("document.querySelector('#p30').getBoundingClientRect().top") - top) < 2
    assert not [url for url in fetched if url.endswith(("pixel.svg", ".css"))]


@pytest.mark.parametrize("spacing", ["font: 16px/1.2 serif", "font: 23px/1.9 monospace", "font: 11px/1 sans-serif"])
@pytest.mark.parametrize("margin", ["0", "9px 0", "150px 0"])
def test_its_place_is_held_whatever_the_fonts_and_gaps(engine, preview, page, spacing, margin):
    engine.save({"assets/site.css": f"body {{ {spacing} }} p {{ margin: {margin} }}".encode()})
    page.set_viewport_size({"width": 700, "height": 300})
    visit(page, preview, "explainers/talks/")
    page.evaluate("document.querySelector('#p30').scrollIntoView({ block: 'center', behavior: 'instant' })")
    top = page.evaluate("document.querySelector('#p30').getBoundingClientRect().top")
    save_talks(engine, first="Another first passage.", quote="We were not asked. " * 200)
    shows(page, "Another first passage.")
    assert abs(page.evaluate("document.querySelector('#p30').getBoundingClientRect().top") - top) < 2


def test_its_place_is_held_where_the_passage_at_the_top_is_gone(engine, preview, page):
    visit(page, preview, "explainers/talks/")
    page.evaluate("document.querySelector('#p30').scrollIntoView({ block: 'start', behavior: 'instant' })")
    top = page.evaluate("document.querySelector('#p31').getBoundingClientRect().top")
    body = talks(first="Another first passage.", quote="We were not asked. " * 200).decode()
    engine.save({"explainers/talks/index.html": body.replace('<p id="p30">Passage 30.</p>', "").encode()})
    shows(page, "Another first passage.")
    assert abs(page.evaluate("document.querySelector('#p31').getBoundingClientRect().top") - top) < 2


def test_data_in_the_head_changes_without_a_reload(opened, engine):
    def head(data):
        return talks().replace(b"</head>", f'<script type="application/ld+json">{{"name": "{data}"}}</script></head>'.encode())

    engine.save({"explainers/talks/index.html": head("One")})
    opened.evaluate("document.querySelector('#more').open = true")
    engine.save({"explainers/talks/index.html": head("Two")})
    opened.wait_for_function("() => document.querySelector('script[type*=json]')?.textContent.includes('Two')", timeout=WAIT)
    assert opened.evaluate(
        "[window.kept, document.querySelector('#more').open, document.querySelectorAll('script[type*=json]').length]"
    ) == [True, True, 1]


def test_a_selection_stays(opened, engine):
    opened.evaluate("getSelection().selectAllChildren(document.querySelector('#p3'))")
    save_talks(engine, first="New.")
    shows(opened, "New.")
    assert opened.evaluate("getSelection().toString().trim()") == "Passage 3."


def test_what_is_new_is_marked_for_a_moment(opened, engine):
    save_talks(engine, quote="They were asked.")
    shows(opened, "They were asked.", "#quote--q1")
    assert opened.evaluate("[...document.querySelectorAll('[data-backstory-changed]')].map(one => one.textContent)") == ["They were asked."]
    opened.wait_for_function("() => !document.querySelector('[data-backstory-changed]')", timeout=WAIT)


def test_the_head_changes_too(opened, engine):
    engine.save({"explainers/talks/index.html": html("<h1>New</h1>", title="New title", sheet="new.css")})
    opened.wait_for_function("() => document.title === 'New title'", timeout=WAIT)
    opened.wait_for_function("() => getComputedStyle(document.querySelector('h1')).color === 'rgb(7, 7, 7)'", timeout=WAIT)
    shows(opened, "New", "h1")
    assert opened.evaluate("document.querySelectorAll('script[data-backstory-at]').length") == 1
    # The old one goes when the new one is there.
    opened.wait_for_function("() => document.querySelectorAll('link[rel=stylesheet]').length === 2", timeout=WAIT)
    assert opened.evaluate("window.kept")


def test_a_stylesheet_is_swapped_and_never_missing(opened, engine):
    opened.evaluate("""() => {
        window.least = Infinity;
        new MutationObserver(() => {
            window.least = Math.min(least, [...document.styleSheets].filter(one => one.href?.includes("site.css")).length);
        }).observe(document.head, { childList: true });
    }""")
    for number in (11, 12):
        engine.save({"assets/site.css": f"h1 {{ color: rgb({number}, 0, 0) }}".encode()})
        opened.wait_for_function(
            "number => getComputedStyle(document.querySelector('h1')).color === `rgb(${number}, 0, 0)`", arg=number, timeout=WAIT
        )
    opened.wait_for_function("() => document.querySelectorAll('link[href*=\"site.css\"]').length === 1", timeout=WAIT)
    assert opened.evaluate("least") >= 1
    save_talks(engine, first="After it.")
    shows(opened, "After it.")
    assert opened.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(12, 0, 0)"
    assert opened.evaluate("window.kept")


def test_a_problem_stands_at_its_passage(opened, engine):
    tab = opened.locator("backstory-preview .menu summary")
    engine.save(problems=(problem(),))
    told = opened.locator("#first + backstory-marker .note")
    told.wait_for(timeout=WAIT)
    assert "The words are not in the text. <b>" in told.inner_text()
    assert "Correct them." in told.inner_text()
    link = told.get_by_role("link", name=f"{FILE}:5")
    assert link.get_attribute("href") == f"x-editor://open/somewhere/of%20the/site/{FILE}:5:3"
    assert told.get_by_role("link", name="quote-not-found").get_attribute("href") == "/__backstory/guide/problems/#quote-not-found"
    engine.save(problems=(problem(), problem(line=7)))
    told.nth(1).wait_for(timeout=WAIT)
    assert tab.inner_text() == "Preview · 2 errors"
    engine.save(problems=())
    told.first.wait_for(state="detached", timeout=WAIT)


def test_a_warning_stands_at_its_passage(opened, engine):
    engine.save(problems=(problem(WARNING, line=10),))
    mark = opened.locator("#quote--q1 backstory-marker button")
    mark.wait_for(timeout=WAIT)
    mark.click()
    assert "The words are not" in opened.locator("#quote--q1 backstory-marker .note").inner_text()
    save_talks(engine, first="With a mark.")
    shows(opened, "With a mark.")
    mark.wait_for(timeout=WAIT)
    engine.save(problems=())
    mark.wait_for(state="detached", timeout=WAIT)


def test_a_page_that_could_not_be_made_anew_says_so(opened, engine):
    engine.save(failed=True)
    opened.get_by_text("You see the page as it was before").wait_for(timeout=WAIT)
    engine.save(failed=False)
    opened.get_by_text("You see the page as it was before").wait_for(state="detached", timeout=WAIT)


def test_a_draft_is_called_one(opened, engine):
    engine.save(drafts=frozenset({"explainers/talks/index.html"}))
    opened.get_by_text("Preview · draft", exact=True).wait_for(timeout=WAIT)


def test_what_waits_for_its_day_is_called_that_and_no_draft(opened, engine):
    engine.save(days={"explainers/talks/index.html": "2030-05-01"})
    opened.get_by_text("Preview · scheduled for 2030-05-01", exact=True).wait_for(timeout=WAIT)
    engine.save(days={}, drafts=frozenset({"explainers/talks/index.html"}))
    opened.get_by_text("Preview · draft", exact=True).wait_for(timeout=WAIT)


def test_following_goes_to_what_is_saved(page, preview, engine):
    visit(page, preview)
    save_talks(engine, first="Not followed.")
    engine.save({"index.html": html("<h1>Home again</h1>", title="Home")})
    shows(page, "Home again", "h1")
    page.get_by_text("Preview", exact=True).click()
    page.get_by_label("Go to what is saved").check()
    save_talks(engine, first="Followed.")
    page.wait_for_url("**/explainers/talks/", timeout=WAIT)
    shows(page, "Followed.")
    ready(page, preview)
    engine.save({"explainers/talks/index.html": talks(first="Down.")}, follow="explainers/talks/index.html", spot="#p55")
    page.wait_for_function("() => document.querySelector('#p55').getBoundingClientRect().bottom <= innerHeight", timeout=WAIT)


def test_alt_and_click_leads_into_the_editor(opened):
    opened.evaluate("""() => {
        window.led = [];
        addEventListener("click", event => {
            const link = event.composedPath()[0];
            if (link.href?.startsWith?.("x-editor:")) { led.push(link.href); event.preventDefault(); }
        });
    }""")
    for selector in ("#quote--q1 p", "#first", "#link"):
        opened.click(selector, modifiers=["Alt"])
    assert [address.rpartition(".md:")[2] for address in opened.evaluate("led")] == ["9:3", "5:1", "1:1"]
    assert opened.url.endswith("/talks/")
    opened.click("#link")
    opened.wait_for_url("**/other/", timeout=WAIT)


def test_it_comes_back_when_the_server_is_started_again(page, engine):
    first = serve(engine, listen("127.0.0.1", 0))
    visit(page, first, "explainers/talks/")
    first.stop()
    page.get_by_text("disconnected").wait_for(timeout=WAIT)
    save_talks(engine, first="Meanwhile.")
    with serve(engine, listen("127.0.0.1", first.port)):
        shows(page, "Meanwhile.")
        page.get_by_text("disconnected").wait_for(state="hidden", timeout=WAIT)
    assert page.evaluate("window.kept")


def test_a_page_that_is_gone_is_told_and_stays_to_be_read(opened, engine):
    engine.save({"explainers/talks/index.html": None})
    opened.get_by_text("This page no longer exists").wait_for(timeout=WAIT)
    assert opened.inner_text("#first") == "The first passage."
    save_talks(engine, first="Here again.")
    shows(opened, "Here again.")
    assert opened.get_by_text("This page no longer exists").count() == 0


def test_a_page_appears_where_there_was_none(page, preview, engine):
    visit(page, preview, "coming/")
    assert page.title() == "Lost"
    engine.save({"coming/index.html": html("<h1>Come</h1>", title="Come")})
    shows(page, "Come", "h1")


def test_two_browsers_and_many_tabs_hear_of_a_save(new_page, preview, engine):
    one, other = new_page(), new_page()
    tabs = [one, *(one.context.new_page() for _ in range(8)), other]
    for tab in tabs:
        visit(tab, preview, "explainers/talks/")
    for _ in range(6000):
        if preview.stream_count == 2:
            break
        one.wait_for_timeout(10)
    assert preview.stream_count == 2
    save_talks(engine, first="For all.")
    for tab in tabs:
        shows(tab, "For all.")
    # The tab with the stream is closed: another one takes it up.
    one.close()
    save_talks(engine, first="For the rest.")
    for tab in tabs[1:]:
        shows(tab, "For the rest.")


def test_back_leads_to_the_newest_of_a_page(opened, engine, preview):
    opened.click("#link")
    opened.wait_for_url("**/other/", timeout=WAIT)
    save_talks(engine, first="While away.")
    opened.go_back()
    shows(opened, "While away.")
