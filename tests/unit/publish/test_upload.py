"""The files of an upload: which there are, in what order they go, and the list of them at a target."""

import gzip

import brotli
import pytest

from builder.model import PublishTarget
from builder.output.plan import Fingerprint, Manifest
from builder.publish.problems import PublishProblem
from builder.publish.upload import ASSET, LIST, PAGE, Upload, UploadFile, find_leaks, gather, read_marker, sha256
from tests.unit.content.test_secrets import SECRETS

TEXTS = "a.html old.htm A.HTML a.css a.js a.mjs data/a.json a.jsonld a.geojson atom.xml robots.txt NOTES.TXT a.svg a.webmanifest a.csv a.tsv a.md a.ics a.ttl a.nt a.vtt"


TEXTS += " a.yaml a.yml a.log _headers _redirects CNAME"


@pytest.mark.parametrize("path", TEXTS.split())
def test_files_of_text_are_looked_through(path):
    (secret,) = SECRETS["a Google key"]
    files = {
        name: UploadFile(name, PAGE, len(secret), sha256(secret.encode()), secret.encode()) for name in (path, f"{path}.gz", "a.woff2")
    }
    assert [(found, leak.what) for found, leak in find_leaks(Upload(files, 0), [])] == [(path, "a Google key")]


@pytest.mark.parametrize(
    "path, kind, order",
    [
        *((f"{kind}/index.html", kind, LIST) for kind in ("home", "not-found", "list", "topic", "changes", "search")),
        *((f"{kind}/index.html", kind, PAGE) for kind in ("explainer", "actor", "event", "source", "page", "redirect")),
        ("sitemap.xml", "sitemap", LIST),
        ("data/quotes.csv", "all-records", LIST),
        ("explainers/ferry/card.png", "share-image", ASSET),
        ("images/boat-800.webp", "picture", ASSET),
        ("guide/boat.svg", "copy", ASSET),
        ("old.htm", "copy", PAGE),
        ("old.html", "copy", PAGE),
        ("pagefind/pagefind.js", "search-index", ASSET),
        # They name the files of the index, which must be there before them.
        ("pagefind/pagefind-entry.json", "search-entry", LIST),
    ],
)
def test_what_leads_to_others_comes_after_them(tmp_path, path, kind, order):
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("words")
    made = gather(tmp_path, Manifest("1", {}, {path: Fingerprint(kind, "", "", "")}), PublishTarget("x", "folder"), "")
    assert {file.path: file.kind for file in made.files.values()} == {path: order}


def test_texts_that_are_long_enough_lie_packed_beside_themselves_where_that_is_wished(tmp_path):
    texts = {"long.html": "words" * 200, "short.html": "words", "film.mp4": "words" * 200}
    for path, text in texts.items():
        (tmp_path / path).write_text(text)
    made = Manifest("1", {}, {path: Fingerprint("copy", "", "", "") for path in texts})
    assert set(gather(tmp_path, made, PublishTarget("x", "folder"), "").files) == set(texts)
    packed = gather(tmp_path, made, PublishTarget("x", "folder", precompress=True, brotli=True), "").files
    assert set(packed) == {*texts, "long.html.gz", "long.html.br"}
    assert brotli.decompress(packed["long.html.br"].read()).decode() == texts["long.html"]
    assert packed["long.html.br"].kind == PAGE
    assert gzip.decompress(packed["long.html.gz"].read()).decode() == texts["long.html"]
    assert packed["long.html.gz"].kind == PAGE


@pytest.mark.parametrize("data", [None, b"", b"[]", b"{}", b'{"files": 1}', b'{"files": {"a": 1}}', b"\xff"])
def test_what_is_no_list_of_ours_is_none(data):
    assert read_marker(data) is None


def test_the_list_at_a_target_comes_back_and_names_nothing_outside():
    site = Upload({"a": UploadFile("a", PAGE, 1, "digest", b"")}, 0)
    assert read_marker(site.marker(["gone"])) == {"a": "digest", "gone": ""}
    assert read_marker(b'{"files": {"../x": "1", "/etc/x": "2", "b/../../x": "3", "b/c": "4"}}') == {"b/c": "4"}


def test_redirects_keep_to_the_path_of_the_site(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old/index.html").write_text("moved")
    made = Manifest(
        "1", {}, {"old/index.html": Fingerprint("redirect", "redirect.html", "", "")}, redirects={"old/index.html": "explainers/a&b/"}
    )
    files = gather(tmp_path, made, PublishTarget("x", "folder", served_by="cloudflare"), "https://example.org/desk/")
    assert files.files["_redirects"].read() == b"/desk/old/ /desk/explainers/a&b/ 301\n"


@pytest.mark.parametrize("path", [".env", "a/.git/config", "notes.md~", "../x", "/etc/x", "a//b", "a.swp"])
def test_a_hidden_file_in_the_manifest_is_refused(tmp_path, path):
    with pytest.raises(PublishProblem, match="hidden"):
        gather(tmp_path, Manifest("1", {}, {path: Fingerprint("copy", "", "", "")}), PublishTarget("x", "folder"), "")
