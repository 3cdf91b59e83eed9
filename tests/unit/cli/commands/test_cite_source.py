"""A source from its address: the page is asked once, politely, and says what it is; an archive is asked only where somebody says so."""

import functools
import gzip
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from builder import cli
from builder.cli.commands import cite_source
from builder.link_checker import RequestLimits, client

PAGE = """<html lang="en-GB"><head><title>No</title>
<meta property="og:title" content="Ferry in “doubt”"><meta property="og:site_name" content="Harbour Gazette">
<link rel="canonical" href="/ferry"><script type="application/ld+json">
{"@type": "NewsArticle", "headline": "x", "datePublished": "2024-03-08T10:00:00Z", "author": [{"name": "A. Clerk"}]}</script></head><body></body></html>"""
ANSWERS = {
    "/ferry?from=feed": (200, "text/html; charset=utf-8", PAGE),
    "/old": (301, "", "/ferry?from=feed"),
    "/paper.pdf": (200, "application/pdf", "%PDF"),
    "/cited": (
        200,
        "text/html",
        '<meta name="citation_title" content="On quays"><meta name="citation_author" content="Zoe Kim"><meta name="citation_date" content="2023/5">',
    ),
    "/copy": (200, "text/html", '<title>Copied</title><link rel="canonical" href="https://example.org/original">'),
    "/kept?url=http%3A%2F%2F127.0.0.1": (
        200,
        "application/json",
        '{"archived_snapshots": {"closest": {"url": "http://web.archive.org/web/1/x"}}}',
    ),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        path = self.path if not self.path.startswith("/kept") else "/kept?url=http%3A%2F%2F127.0.0.1"
        status, kind, body = ANSWERS.get(path, (404, "text/html", ""))
        self.send_response(status)
        if status == 301:
            self.send_header("Location", body)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked = []
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    monkeypatch.setattr(cite_source, "RequestLimits", functools.partial(RequestLimits, pause=0))
    monkeypatch.setattr(cite_source, "ARCHIVE", f"http://127.0.0.1:{made.server_port}/kept?url=")
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def cite(server, tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")

    def run(path, *options):
        code = cli.main(["new", "source", f"http://127.0.0.1:{server.server_port}{path}", "--root", str(tmp_path), *options])
        made = {path.stem: path.read_text("utf-8") for path in (tmp_path / "content").glob("sources/*")}
        return code, made, "".join(capsys.readouterr())

    return run


def test_a_page_says_what_it_is(cite, server):
    code, made, said = cite("/old", "--intranet")
    assert code == 0
    assert made["ferry-in-doubt"] == (
        '---\ntitle: "Ferry in “doubt”"\npublisher: "Harbour Gazette"\nauthors: ["A. Clerk"]\n'
        f'url: "http://127.0.0.1:{server.server_port}/ferry"\npublished: "2024-03-08"\naccessed: "2026-01-02"\nlang: "en-GB"\n---\n'
    )
    assert "Look whether all of it is right" in said
    assert [path for path, _ in server.asked] == ["/old", "/ferry?from=feed"]
    assert all(agent.startswith("Backstory/") for _, agent in server.asked)
    code, _, said = cite("/old", "--intranet")
    assert (code, "the site has this source already, as “ferry-in-doubt”" in said) == (2, True)


def test_citation_tags_a_copy_and_what_is_no_page(cite):
    assert 'published: "2023-05"' in cite("/cited", "--intranet")[1]["on-quays"]
    assert "it says that it is a copy of https://example.org/original" in cite("/copy", "--intranet")[2]
    code, made, said = cite("/paper.pdf", "--intranet")
    assert (code, "it is no page but application/pdf" in said, "It does not say: title, publisher, published." in said) == (0, True, True)
    assert any("/paper.pdf" in text for text in made.values())


def test_an_archive_is_asked_only_where_somebody_says_so(cite, server):
    _, made, _ = cite("/cited", "--intranet", "--archive")
    assert 'archived: "https://web.archive.org/web/1/x"' in made["on-quays"]
    assert [path.partition("?")[0] for path, _ in server.asked] == ["/cited", "/kept"]


def test_nobody_is_asked_offline_or_within_a_private_network(cite, server):
    code, made, said = cite("/ferry")
    assert (code, made) == (1, {})
    assert "it leads into a private network, which is not asked. Nothing was written." in said
    code, _, said = cite("/gone", "--offline")
    assert (code, "The page was not asked. Write yourself: title, publisher, published." in said, "about itself" in said) == (
        0,
        True,
        False,
    )
    assert not server.asked
    code, _, said = cite("/lost", "--intranet")
    assert (code, "it is not there (404)" in said) == (1, True)


def test_options_of_an_address_are_refused_for_a_title(cite, tmp_path, capsys):
    assert cli.main(["new", "source", "A letter", "--archive", "--root", str(tmp_path)]) == 2
    assert "for a source with an address" in capsys.readouterr().err


@pytest.mark.parametrize(
    "body, packing, read",
    [
        (b"plain", "", b"plain"),
        (gzip.compress(b"page", mtime=0), "gzip", b"page"),
        (zlib.compress(b"page"), "deflate", b"page"),
        (gzip.compress(b"x" * 50_000_000, mtime=0), "gzip", client.LARGEST_PAGE),
        (b"no gzip", "gzip", "its server packs its pages in a way that cannot be read (gzip)"),
        (b"x", "br", "its server packs its pages in a way that cannot be read (br)"),
    ],
    ids=["plain", "gzip", "deflate", "too long", "no gzip", "unknown"],
)
def test_what_a_server_packs_unasked_is_unpacked_so_far_as_a_page_is_read(body, packing, read, monkeypatch):
    reply = client.ServerReply(200, type='text/html; charset="EUC-JP"', body=body, packing=packing)
    monkeypatch.setattr(client.Client, "request", lambda *_, **__: reply)
    found = client.Client(client.RequestLimits(), threading.Event()).read("https://example.org/")
    if isinstance(read, str):
        assert found.why == read
    else:
        assert found.charset == "EUC-JP"
        assert (len(found.body) if isinstance(read, int) else found.body) == read
