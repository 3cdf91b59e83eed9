"""A problem in a file is about the part of the page that was written there."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.build.load import load_site
from builder.build.run import Options
from builder.diagnostics import Location
from builder.pages import site_view
from builder.preview.snapshot import SourceSpot
from builder.preview.source_map import HEAD_SELECTORS, PAGE_SELECTOR, entries, passage
from builder.render.template_sources import TemplateSources
from builder.render.templates import Renderer

FILE = "content/explainers/talks.md"
TEXT = """---
title: Talks
summary: 'they met
quotes:
  - id: q1
    speaker: ada
    text: We met
  - {id: q2, text: "We
  - {id: q3, speaker: bo}
timeline:
  - shared-event
  - 2022-01-01: They meet
    id: meeting
actors:
  ada: {name: Ada}
---
First.

Second.
"""
QUOTE, MEETING, FIRST, SECOND = "[id='quote--q1']", "#meeting", ".text > 1", ".text > 2"
OWN = (
    SourceSpot(PAGE_SELECTOR, FILE, 1),
    SourceSpot(FIRST, FILE, 17),
    SourceSpot(SECOND, FILE, 19),
    SourceSpot(QUOTE, FILE, 7),
    SourceSpot(MEETING, FILE, 12),
)


def line_of(words):
    return next(n for n, row in enumerate(TEXT.splitlines(), 1) if words in row)


@pytest.mark.parametrize(
    "words, selector",
    [
        ("title:", "main h1"),
        ("summary:", "main .head .summary"),
        ("quotes:", PAGE_SELECTOR),
        ("id: q1", QUOTE),
        ("speaker: ada", QUOTE),
        ("text: We met", QUOTE),
        ('text: "We', PAGE_SELECTOR),  # it could not be read, and is none of the quote above it
        ("id: q3", PAGE_SELECTOR),  # it is not shown
        ("- shared-event", ".timeline .entry:has(a[href$='events/shared-event/'])"),
        ("id: meeting", MEETING),
        ("ada: {name", ".cast > div:has(dt a[href$='actors/ada/'])"),
        ("First.", FIRST),
        ("Second.", SECOND),
    ],
)
def test_a_line_of_its_own_file(words, selector):
    assert passage(OWN, entries(TEXT.encode(), FILE), Location(FILE, line_of(words), 3)) == selector


def test_what_is_told_of_a_text_stands_in_it_and_not_at_the_record_that_a_mark_there_makes():
    marked = (*OWN, SourceSpot(".timeline .entry:has(a[href$='events/second/'])", FILE, 19, 5))
    assert passage(marked, entries(TEXT.encode(), FILE), Location(FILE, 19, 3)) == SECOND


def test_of_another_file_only_the_record_that_the_page_shows_is_its_own():
    shown = (SourceSpot(PAGE_SELECTOR, "content/explainers/other.md", 1), SourceSpot(MEETING, FILE, 12))
    within = entries(TEXT.encode(), FILE)
    told = {words: passage(shown, within, Location(FILE, line_of(words))) for words in ("title:", "id: meeting", "id: q1", "First.")}
    assert told == {"title:": "", "id: meeting": MEETING, "id: q1": "", "First.": ""}


def test_the_page_of_a_record_in_an_explainer_has_the_problems_of_that_record_alone():
    shown = (SourceSpot(PAGE_SELECTOR, FILE, 12),)
    within = entries(TEXT.encode(), FILE)
    assert [passage(shown, within, Location(FILE, line_of(words))) for words in ("id: meeting", "title:")] == [PAGE_SELECTOR, ""]


def test_a_file_that_the_page_does_not_show_has_no_part():
    assert passage(OWN, (), Location("content/pages/about.md", 3)) == ""


@pytest.mark.slow
def test_each_key_of_the_head_is_shown_where_its_selector_leads(tmp_path):
    root = Path(__file__).parents[3]
    loaded = load_site(Options(root, tmp_path, jobs=1, cache=False))
    ours = loaded.pages.find("explainers/is-diplomacy-over/index.html")
    renderer = Renderer(TemplateSources((root / "templates",)), loaded.site.language)
    page = LexborHTMLParser(renderer.render(ours, site_view(loaded.site, ours.root)).decode())
    assert [key for key, selector in HEAD_SELECTORS.items() if not page.css(selector)] == []
