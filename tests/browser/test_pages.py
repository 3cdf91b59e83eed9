"""Every kind of page as a reader meets it: wide and narrow, light and dark, with the keyboard, without scripts, on paper."""

import gzip
import re
from collections import Counter
from urllib.parse import urldefrag, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.browser.ours import BOTH_FACES, KINDS, PAGES, UNSCRIPTED, VIEWS

WEIGHT = 100_000
"""Bytes of an explainer with all it loads, compressed: what a phone on a train gets in a second or two."""
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_shows_whole(new_page, site, fullest, kind):
    page = new_page()
    troubles = []
    page.on("console", lambda message: troubles.append(message.text) if message.type in {"error", "warning"} else None)
    # What is cut off because the next page is opened has not failed.
    page.on("requestfailed", lambda request: troubles.append(request.url) if request.failure != "net::ERR_ABORTED" else None)
    page.on("response", lambda response: troubles.append(response.url) if response.status >= 400 else None)
    papers = set()
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(site.url + fullest(kind))
        page.wait_for_function(BOTH_FACES)
        assert not troubles
        assert page.locator("h1").count() == 1
        assert page.locator("h1").is_visible()
        assert len(page.inner_text("main")) > 30
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(papers) == 2


def contrast(one, other):
    """Return how far two colours are apart, as WCAG counts it; the first may let the second shine through."""

    def parts(colour):
        numbers = [float(number) for number in re.findall(r"[\d.]+", colour.removeprefix("color(srgb"))]
        return [number if colour.startswith("color(") or n == 3 else number / 255 for n, number in enumerate(numbers)]

    def light(rgb):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    below = parts(other)[:3]
    above, alpha = parts(one)[:3], (parts(one)[3:] or [1])[0]
    lights = sorted(light(rgb) for rgb in (below, [a * alpha + b * (1 - alpha) for a, b in zip(above, below, strict=True)]))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path, of, selectors",
    [
        (
            "explainers/how-thin-is-the-evidence/",
            "textDecorationColor",
            (
                ".text .quote-words",
                ".text .event-words:not(.more)",
                ".text a[href*='/actors/']:not(.more)",
                ".in-short a[href*='/events/']",
                ".kicker a[href*='/topics/']",
            ),
        ),
        ("events/", "borderTopColor", (".filter select",)),
        ("changes/", "borderTopColor", (".since input", ".since button")),
        ("search/", "borderTopColor", (".search select",)),
    ],
)
def test_what_tells_a_link_or_a_field_can_be_seen(new_page, site, scheme, path, of, selectors):
    page = new_page(color_scheme=scheme)
    page.goto(site.url + path)
    for selector in selectors:
        lines, paper = page.locator(selector).first.evaluate(
            "(node, of) => [getComputedStyle(node)[of], getComputedStyle(document.body).backgroundColor]", of
        )
        assert contrast(lines, paper) >= 3, (selector, lines, paper)


@pytest.fixture(scope="module")
def enlarged(new_page_to_share):
    """A phone whose reader has set letters of twice the size."""
    page = new_page_to_share(viewport={"width": 390, "height": 800})
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_letters_of_twice_the_size_fit_a_phone(enlarged, site, folder, kind):
    for path in sorted(folder.glob(KINDS[kind]))[:12]:
        enlarged.goto(site.url + path.relative_to(folder).as_posix().removesuffix("index.html"))
        assert enlarged.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert enlarged.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_no_sign_of_a_heading_stands_alone_where_letters_are_large(enlarged, site):
    enlarged.goto(f"{site.url}explainers/arming-a-resistance/")
    enlarged.wait_for_function(BOTH_FACES)
    widths = enlarged.evaluate(
        "(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('h1'));"
        " return [...range.getClientRects()].map((line) => line.width / parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)); })()"
    )
    assert len(widths) > 2
    assert min(widths) > 1.5, widths


@pytest.mark.parametrize("kind", UNSCRIPTED)
def test_nothing_on_a_page_needs_more_than_a_strict_policy_allows(new_page, site, fullest, kind):
    page = new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))

    def strictly(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": STRICT})

    page.route(site.url + fullest(kind), strictly)
    page.goto(site.url + fullest(kind))
    page.evaluate("document.fonts.ready.then(() => true)")
    assert not [line for line in refused if "Security Policy" in line]


def test_every_mark_leads_to_a_note_or_a_quote_that_is_there(folder):
    cards, leads = {}, []
    for path in folder.rglob("*.html"):
        tree = HTMLParser(path.read_text("utf-8"))
        address = "https://example.org/" + path.relative_to(folder).as_posix().removesuffix("index.html")
        cards[address] = {node.attributes["id"] for node in tree.css("[id]")}
        leads += [(address, urljoin(address, node.attributes["href"])) for node in tree.css("a.quote-sign, a[href*='#quote--']")]
    assert len(leads) > 20
    for address, to in leads:
        page, quote = urldefrag(to)
        assert quote in cards[page], address


def test_the_counts_of_an_explainer_agree(folder):
    for path in sorted(folder.glob("explainers/*/index.html")):
        tree = HTMLParser(path.read_text("utf-8"))
        ledger = HTMLParser((path.parent / "statements/index.html").read_text("utf-8"))

        def words(selector, tree=tree):
            return " ".join(" ".join(node.text().split()) for node in tree.css(selector))

        def total(of, text):
            return sum(int(number) for number in re.findall(rf"(\d+) (?:{of})", text))

        bar = tree.css(".voices-bar path")
        assert total("named|institutions?|unnamed", words(".segments")) == sum(part.attributes["d"].count("M") for part in bar), path
        assert total("only paraphrased", words(".segments")) == sum(part.attributes["d"].count(" 14h") for part in bar), path
        says = words(".in-short dl > div:nth-of-type(2)")
        assert total("unnamed", says) == total("unnamed", words(".segments")), path
        told = words("section.fold .number")
        assert total("quotes?", told) + total("paraphrases?", told) == len(ledger.css(".quote-card")), path
        for of in ("quotes?", "paraphrases?"):
            assert total(of, told) == total(of, words(".head", ledger)) == total(of, words(".cast dd")), (path, of)
        reports = words(".fold:has(#part--sources) .number").lower().partition(",")[0]
        assert (f"{reports} reports" if reports.isdigit() else reports) in words(".dateline").lower(), path


def test_a_list_says_once_what_all_its_entries_share(folder):
    timeline = HTMLParser((folder / "events/index.html").read_text("utf-8"))
    undated = timeline.css(".span")[-1]
    assert undated.css_first("h2").text() == "Undated"
    assert len(undated.css(".entry")) > 3
    assert not undated.css(".when")
    for path in folder.glob("sources/*/index.html"):
        own = f"sources/{path.parent.name}/"
        assert not [link for link in HTMLParser(path.read_text("utf-8")).css(".reports a") if link.attributes["href"].endswith(own)]
    for path in folder.glob("explainers/*/index.html"):
        silent = [entry.text() for entry in HTMLParser(path.read_text("utf-8")).css(".cast > div:has(.dashed) > dd")]
        assert all(words.partition(" · ")[0] != "unnamed source" or re.search(r"\d (?:quote|paraphrase)", words) for words in silent)


def test_no_page_uses_an_id_twice(folder):
    for path in folder.rglob("*.html"):
        ids = Counter(node.attributes["id"] for node in HTMLParser(path.read_text("utf-8")).css("[id]"))
        assert not [id_ for id_, times in ids.items() if times > 1], path


@pytest.mark.parametrize("kind", UNSCRIPTED)
def test_the_first_key_reaches_the_link_past_the_masthead(shared_page, site, fullest, kind):
    page = shared_page
    page.goto("about:blank")  # the same address with another fragment would be no new page
    page.goto(site.url + fullest(kind))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.wait_for_function("scrollY > 0 || document.querySelector('#main:target')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


def test_every_link_shows_where_the_focus_is(page, site, fullest):
    page.goto(site.url + fullest("explainer"))
    for _ in range(60):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2 or page.evaluate("document.activeElement.className") == "skip"


def test_all_is_there_without_scripts(new_page, site, fullest):
    with_scripts, without = new_page(), new_page(java_script_enabled=False)
    for kind in UNSCRIPTED:
        with_scripts.goto(site.url + fullest(kind))
        without.goto(site.url + fullest(kind))
        # What a script adds is controls, never words to read.
        assert not any(form.is_visible() for form in without.locator("form").all())
        with_scripts.evaluate("document.querySelectorAll('form').forEach((form) => form.remove())")
        assert with_scripts.inner_text("body") == without.inner_text("body")


def loaded(page, address):
    """Open a page, and give what it loads with it, each by its name with its bytes as they are sent."""
    responses = {}
    page.on("response", lambda response: responses.update({response.url.rpartition("/")[2]: response}))
    page.goto(address, wait_until="networkidle")
    page.wait_for_function(BOTH_FACES)
    sent = {name: response.body() for name, response in tuple(responses.items())}
    return {name: len(body if name.endswith(".woff2") else gzip.compress(body, 9, mtime=0)) for name, body in sent.items()}


def test_every_explainer_with_all_it_loads_is_light(new_page, site, folder):
    explainers = sorted(folder.glob("explainers/*/index.html"))
    assert len(explainers) >= 3
    for path in explainers:
        # In a context of its own, so that nothing comes from a cache.
        page = new_page(viewport={"width": 1280, "height": 800})
        weight = loaded(page, site.url + path.relative_to(folder).as_posix().removesuffix("index.html"))
        assert {"", "backstory.css", "theme.css", "backstory.js", "serif-latin.woff2", "sans-latin.woff2"} <= set(weight)
        assert sum(weight.values()) < WEIGHT, (path.parent.name, weight)


def test_an_address_that_leads_nowhere_is_answered_with_a_page_that_leads_on(page, site):
    answer = page.goto(f"{site.url}actors/nobody/at/all/")
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Backstory Serif"')
    page.click(".site-title a")
    assert page.url == site.url


def test_an_old_address_leads_on(page, site, folder):
    moved = [path for path in sorted(folder.rglob("*.html")) if 'http-equiv="refresh"' in path.read_text("utf-8")]
    assert moved
    for path in moved:
        old = site.url + path.relative_to(folder).as_posix().removesuffix("index.html")
        to = urljoin(old, HTMLParser(path.read_text("utf-8")).css_first("main a").attributes["href"])
        page.goto(old)
        page.wait_for_url(to)
        assert page.locator("h1").is_visible()
