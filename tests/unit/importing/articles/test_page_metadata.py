"""What pages say of themselves, in whichever way: title, publisher, authors, day and language of a source."""

import json

import pytest

from builder.importing.articles.html import read_source

AT = "https://example.org/a"


def about(inside, *, charset="", encoding="utf-8"):
    found = read_source(inside.encode(encoding), AT, [], charset=charset)
    assert found.pop("url") == AT
    return found


def linked(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


GRAPH = {
    "@graph": [
        {"@type": "WebSite", "@id": "#site", "name": "The site"},
        {"@type": "Organization", "@id": "#paper", "name": "Harbour Gazette"},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        {"@type": "WebPage", "headline": "Not this", "datePublished": "2020-01-01"},
        {
            "@type": ["NewsArticle", "ReportageNewsArticle"],
            "headline": "Ferry &amp; doubt",
            "datePublished": "2024-03-08T10:00:00+01:00",
            "author": [{"@id": "#ann"}, {"@type": "Person", "name": "Bo Ray"}, {"@id": "#gone"}],
            "publisher": {"@id": "#paper"},
            "inLanguage": "en-GB",
        },
    ]
}
WHOLE = {
    "title": "Ferry & doubt",
    "publisher": "Harbour Gazette",
    "authors": ["Ann Lee", "Bo Ray"],
    "published": "2024-03-08",
    "lang": "en-GB",
}


@pytest.mark.parametrize(
    "inside, fields",
    [
        (linked(GRAPH), WHOLE),
        (
            linked([{"@type": "BreadcrumbList"}, {"@type": "Article", "headline": ["One"], "author": "Ann Lee"}]),
            {"title": "One", "authors": ["Ann Lee"]},
        ),
        ('<script type="application/ld+json">/*<![CDATA[*/{"headline": "One"}/*]]>*/</script>', {"title": "One"}),
        ('<script type="application/ld+json">{broken</script><title>Two</title>', {"title": "Two"}),
        (
            '<meta name="citation_title" content="Q"><meta name="citation_author" content="Lee, Ann"><meta name="citation_language" content="fr">',
            {"title": "Q", "authors": ["Ann Lee"], "lang": "fr"},
        ),
        (
            '<meta name="DC.title" content="D"><meta name="DC.creator" content="Ann Lee"><meta name="DC.publisher" content="P"><meta name="dcterms.issued" content="2019-01-02">',
            {"title": "D", "publisher": "P", "authors": ["Ann Lee"], "published": "2019-01-02"},
        ),
        (
            '<h1 itemprop="headline">M</h1><span itemprop="author">By <b itemprop="name">Ann Lee</b></span><time itemprop="datePublished" datetime="2024-03-08">8 March</time>',
            {"title": "M", "authors": ["Ann Lee"], "published": "2024-03-08"},
        ),
        ('<title>T</title><meta name="author" content="By Ann Lee">', {"title": "T", "authors": ["Ann Lee"]}),
        ('<title>T</title><i itemprop="author">A</i><i itemprop="author">B</i>', {"title": "T"}),
    ],
)
def test_a_page_is_asked_in_every_way_in_which_pages_tell(inside, fields):
    assert about(f"<html><head></head><body>{inside}</body></html>") == fields


@pytest.mark.parametrize(
    "encoding, charset, said",
    [
        ("utf-8", "iso-8859-1", "iso-8859-1"),
        ("latin-1", "", "iso-8859-1"),
        ("euc-jp", "EUC-JP", ""),
        ("shift_jis", "", "Shift_JIS"),
        ("utf-16", "", ""),
        ("latin-1", "idna", "no-such-encoding"),
    ],
)
def test_the_encoding_of_a_page_is_that_in_which_it_can_be_read(encoding, charset, said):
    title = "Fähre" if encoding not in {"euc-jp", "shift_jis"} else "港の船"
    assert about(f'<meta charset="{said}"><title>{title}</title>', charset=charset, encoding=encoding)["title"] == title


def test_a_page_that_is_cut_within_a_letter_is_read():
    data = "<title>Fähre</title>ä".encode()
    assert read_source(data[:-1], AT, [])["title"] == "Fähre"
