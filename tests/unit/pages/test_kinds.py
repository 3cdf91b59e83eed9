"""The kinds of page, on the pages of a small site."""

from typing import get_args

import pytest

from builder import linking
from builder.content.parse import parse
from builder.i18n import language
from builder.model import Settings
from builder.pages import list_pages
from builder.pages.kinds import PAGE_KINDS, PageKind, address_from

STORY = """---
title: Will the ferry run?
published: 2025-10-16
aliases: [/ferry/]
topics: [ships]
sources: {lantern: {publisher: Lantern, title: Ferry in doubt, published: 2025-10-15}}
actors: {anna-hale: "Anna Hale, Ferry captain"}
quotes: [anna-hale: The boat is sound]
timeline: [2025-10-15: The boat is inspected]
---
“The boat is sound,” says Anna Hale.
"""


@pytest.fixture(scope="module")
def pages():
    documents = [
        parse("content/explainers/ferry.md", STORY.encode()),
        parse("content/pages/about.md", b"---\ntitle: About\n---\nWords.\n"),
    ]
    settings = Settings(base_url="https://example.org/", data="full", search=True, images=True)
    return list_pages(linking.link(settings, language.load("en"), documents, drafts=False)[0])


def test_every_kind_has_a_row():
    assert list(PAGE_KINDS) == list(get_args(PageKind))


@pytest.mark.parametrize(
    "output, kind, key",
    [
        ("index.html", "home", ("", "")),
        ("explainers/ferry/index.html", "explainer", ("explainer", "ferry")),
        ("explainers/ferry/statements/index.html", "statements", ("explainer", "ferry")),
        ("explainers/ferry/data.json", "data", ("explainer", "ferry")),
        ("explainers/ferry/card.png", "share-image", ("explainer", "ferry")),
        ("actors/anna-hale/index.html", "actor", ("actor", "anna-hale")),
        ("actors/anna-hale/atom.xml", "feed", ("actor", "anna-hale")),
        ("actors/index.html", "list", ("", "")),
        ("about/index.html", "page", ("page", "about")),
        ("ferry/index.html", "redirect", ("explainer", "ferry")),
        ("ferry/statements/index.html", "redirect", ("explainer", "ferry")),
        ("topics/ships/index.html", "topic", ("topic", "ships")),
        ("data/actors.json", "all-records", ("", "")),
        ("404.html", "not-found", ("", "")),
        ("search/index.html", "search", ("", "")),
        ("sitemap.xml", "sitemap", ("", "")),
    ],
)
def test_page_has_kind_and_key_of_its_record(pages, output, kind, key):
    entry = pages.entry(output)
    assert (entry.kind, entry.key) == (kind, key)
    assert pages.find(output).kind == kind


def test_no_page_of_ours_has_the_kind_of_a_plugin(pages):
    assert not {page.kind for page in pages.entries} & {"plugin-page", "plugin-file"}


def test_sitemap_leaves_out_redirects_search_and_404(pages):
    shown = {location.address.removeprefix("https://example.org/") for location in pages.find("sitemap.xml").view.locations}
    assert {"", "explainers/ferry/", "actors/", "about/"} <= shown
    assert not shown & {"ferry/", "search/", "404.html"}


def test_address_comes_from_title_or_id_or_neither():
    assert [address_from(kind) for kind in ("page", "redirect", "actor", "list", "")] == ["title", "title", "id", "", ""]
