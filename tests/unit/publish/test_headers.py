"""How files are to be served."""

import pytest

from builder.publish import headers


@pytest.mark.parametrize(
    "path, kind",
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/a.css", "text/css; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("A.JPG", "image/jpeg"),
        ("data.json", "application/json"),
        ("topics/schools/feed.json", "application/feed+json"),
        ("data/entities.ftm.json", "application/x-ndjson"),
        ("explainers/ferry/annotations.jsonld", "application/ld+json"),
        ("events/events.ics", "text/calendar; charset=utf-8"),
        ("data/quotes.csv", "text/csv; charset=utf-8"),
        ("unknown", "application/octet-stream"),
    ],
)
def test_each_file_has_its_media_type(path, kind):
    assert headers.content_type(path) == kind
