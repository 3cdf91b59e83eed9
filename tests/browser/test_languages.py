"""A site in German, and one that is read from the right: the interface in its words, long words within the window."""

import re

import pytest

from builder.build.pipeline import Options, build
from builder.i18n import language
from tests.browser.ours import BOTH_FACES
from tests.wording import asked

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
PAGES = (
    "",
    "explainers/",
    "explainers/recht/",
    "actors/",
    "actors/amt/",
    "events/",
    "events/gesetz/",
    "quotes/",
    "sources/",
    "sources/bote/",
    "changes/",
    "404.html",
)
TEXT = f"""---
title: Wird das {LONG} bald geändert?
summary: Worum es geht.
published: 2024-03-01
updated: 2024-03-08
as_of: 2024-03-08
topics: [Recht]
sources:
  bote: {{publisher: Der Bote, title: Ein {LONG}, published: 2024-03-07, url: "https://example.org/a", lang: de}}
actors:
  amt: {{type: PublicBody, name: "{LONG}skommission", alias: [Kommission], here: prüft den Entwurf}}
  sprecherin: {{name: Sprecherin, position: {{role: {LONG}sbeauftragte, of: amt}}}}
quotes:
  - {{id: q1, speaker: sprecherin, text: Wir ändern das Gesetz., to: Der Bote, via: [bote], said: 2024-03-07}}
  - {{id: q2, speaker: amt, text: Nichts wird geändert., denies: [q1], via: [bote], medium: press-conference}}
timeline:
  - {{id: gesetz, when: 2024-04~, title: "{LONG} wird geändert", status: planned, by: sprecherin, actors: [amt], sources: [bote], history: [{{status: expected, on: 2024-03-02}}]}}
  - {{id: entwurf, when: {{says: Montag, as_of: 2024-03-07, is: 2024-03-04}}, title: Ein Entwurf, actors: [amt], sources: [bote]}}
---
Die Kommission prüft seit [Montag]{{event=entwurf}}. „Wir ändern das Gesetz.“ „Nichts wird geändert.“
"""


def built(folder, tag):
    (folder / "content/explainers").mkdir(parents=True)
    (folder / "content/site.yaml").write_text(f"format: 1\ntitle: Hintergrund\nlanguage: {tag}\nbase_url: https://example.org/\n", "utf-8")
    (folder / "content/explainers/recht.md").write_text(TEXT, "utf-8")
    report = build(Options(folder, folder / "site", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    return folder / "site"


@pytest.fixture(scope="module")
def german(tmp_path_factory, served):
    return served(built(tmp_path_factory.mktemp("german"), "de"))


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory, served):
    return served(built(tmp_path_factory.mktemp("hebrew"), "he"))


def within(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", PAGES)
def test_a_german_site_speaks_german_and_holds_long_words(new_page, german, path):
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto(german.url + path)
    page.wait_for_function(BOTH_FACES)
    assert page.get_attribute("html", "lang") == "de"
    assert within(page)
    page.set_viewport_size({"width": 640, "height": 400})  # A window of 1280 px at 200 %.
    assert within(page)
    words = page.evaluate(
        "document.body.innerText + [...document.querySelectorAll('[title], [aria-label]')].map((one) => one.title + one.ariaLabel).join()"
    )
    same = language.load("de").words
    english = [key for key in asked() if " " in key and "{" not in key and same[key] != key]
    assert len(english) > 60
    assert not [key for key in english if re.search(rf"\b{re.escape(key)}\b", words)]


def test_dates_quotation_marks_and_numbers_are_german(new_page, german):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(german.url + "explainers/recht/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert within(page)
    main = " ".join(page.inner_text("main").split())
    for words in (
        "Stand: 8. März 2024",
        "1 namentlich · 1 Institution",
        "Ein Bericht (Der Bote, 7. März 2024)",
        "veröffentlicht 1. März 2024",
        "1 Minute Lesezeit",
        "„Wir ändern das Gesetz.“",
        "Aktualisierungen",
        "Ca. Apr. 2024",
        "GEPLANT",
        "gesagt von Sprecherin",
        "„Montag“",
    ):
        assert words in main, words


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_can_be_read_from_the_right(new_page, hebrew, width):
    page = new_page(viewport={"width": width, "height": 800})
    for path in PAGES[:-1]:
        page.goto(hebrew.url + path)
        page.wait_for_function(BOTH_FACES)
        assert page.get_attribute("html", "dir") == "rtl"
        assert within(page), path
    page.goto(hebrew.url + "explainers/recht/")
    heading, note = page.locator("h1").bounding_box(), page.locator(".text .sidenote").first
    if width == 1280:
        assert note.bounding_box()["x"] + note.bounding_box()["width"] <= page.locator(".text").bounding_box()["x"]
    assert heading["x"] + heading["width"] > width / 2
    # English words run from the left there, and a dot before them could begin a line.
    dots = page.locator(".dateline > span").evaluate_all("(all) => all.map((part) => getComputedStyle(part, '::before').content)")
    assert set(dots) == {"none"}
