"""The search index, frames for other sites, and how hosts are told of both."""

import importlib.util
import json
import shutil
import tempfile
from pathlib import Path

import pytest

from builder.build.pipeline import Options, build
from builder.content import reading
from builder.model import PublishTarget
from builder.pages.search_records import SearchRecord
from builder.publish import headers
from builder.render.search_index import FILTERS, SearchProblem, index

ONE = SearchRecord(
    "quote", "explainers/x/#quote--q1", "“We <b>left</b>.”", "At dawn", "Anna", (("kind", "quote"), ("speaker", "Anna"), ("year", "2022"))
)
MANY = [
    SearchRecord("event", f"events/e{n}/", f"Event {n}", f"word{n % 7}", "", (("kind", "event"), ("year", str(1900 + n))))
    for n in range(80)
]


def test_the_same_records_make_the_same_bytes(tmp_path):
    first, again = (index([*MANY, ONE], "en", tmp_path, keep=False) for _ in range(2))
    assert first == again
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json", FILTERS} <= first.keys()


def test_the_index_is_kept_until_a_record_changes(tmp_path, monkeypatch):
    made = index([ONE], "en", tmp_path, keep=True)
    monkeypatch.setattr("builder.render.search_index.run_pagefind", lambda *_: pytest.fail("Pagefind ran for nothing"))
    assert index([ONE], "en", tmp_path, keep=True) == made
    with pytest.raises(pytest.fail.Exception):
        index([ONE, *MANY], "en", tmp_path, keep=True)


@pytest.mark.parametrize("language", ["en", "de", "ar", "zh"])
@pytest.mark.parametrize(
    "records", [[], [SearchRecord("event", "events/e/", "–", "…", "", (("kind", "event"),))]], ids=["no record", "no word"]
)
def test_a_site_in_which_nothing_can_be_found_yet_has_an_index(tmp_path, records, language):
    made = index(records, language, tmp_path, keep=False)
    assert "pagefind/pagefind-entry.json" in made
    assert json.loads(made[FILTERS])["filters"] == {}


def test_a_torn_index_is_made_anew(tmp_path):
    made = index([ONE], "en", tmp_path, keep=True)
    pack = tmp_path / ".backstory" / "search.pack"
    pack.write_bytes(pack.read_bytes()[:-40])
    assert index([ONE], "en", tmp_path, keep=True) == made


def test_without_pagefind_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SearchProblem, match=r"pip install 'backstory\[search\]'"):
        index([ONE], "en", tmp_path, keep=False)


def site(folder: Path, settings: str) -> set[str]:
    if not folder.exists():
        shutil.copytree(reading.STARTER, folder)
        (folder / "kept.yaml").write_bytes((folder / "content" / "site.yaml").read_bytes())
        text = (folder / "content" / "explainers" / "lighthouse.md").read_text("utf-8")
        (folder / "content" / "explainers" / "hidden.md").write_text(text.replace("---\n", "---\nstatus: draft\n", 1), "utf-8")
    (folder / "content" / "site.yaml").write_text((folder / "kept.yaml").read_text("utf-8") + settings, "utf-8")
    report = build(Options(folder, folder / "site", base_url="https://example.org/a/", drafts=True, jobs=1))
    assert report.plan is not None, report.diagnostics
    return {path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("*") if path.is_file()}


def test_a_disk_for_passing_files_that_refuses_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(SearchProblem, match=r"No such file or directory: .*nowhere.*Nothing was written\."):
        index([], "en", tmp_path, keep=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SearchProblem, match=f"in {tmp_path}: .*No space left on device"):
        index([], "en", tmp_path, keep=False)
    assert not list(tmp_path.iterdir())


def test_the_index_and_the_frames_come_and_go_with_their_settings(tmp_path):
    both = site(tmp_path / "a", "search: yes\nembeds: yes\n")
    assert {"search/index.html", "pagefind/pagefind.js"} <= both
    frames = {path for path in both if path.startswith("embed/")}
    assert any(path.startswith("embed/quotes/winter-ferry/") for path in frames)
    assert not [path for path in frames if "hidden" in path]
    neither = site(tmp_path / "a", "")
    assert not [path for path in neither if path.startswith(("embed/", "pagefind/", "search/"))]


def policies(paths):
    text = dict(headers.host_files(PublishTarget("live", "git", served_by="cloudflare"), "https://example.org/a/", (), paths))["_headers"]
    found, rule = {}, ""
    for line in text.splitlines():
        if line.startswith("/"):
            rule = line
        elif line.strip().startswith("Content-Security-Policy:"):
            found[rule] = line.partition(": ")[2]
    return found


def test_only_search_runs_webassembly_and_only_frames_are_framed():
    found = policies(
        ["index.html", "404.html", "actors/x/index.html", "search/index.html", "pagefind/pagefind.js", "embed/actors/x/index.html"]
    )
    assert found["/a/search/*"] == found["/a/pagefind/*"] == headers.SEARCH_POLICY
    assert found["/a/embed/*"] == headers.FRAME_POLICY
    assert found["/a/"] == found["/a/actors/*"] == found["/a/404.html"] == headers.POLICY
    assert "/a/*" not in found
    assert "wasm" not in headers.POLICY + headers.FRAME_POLICY
    assert "frame-ancestors 'none'" in headers.POLICY
    assert "frame-ancestors 'none'" in headers.SEARCH_POLICY


def test_a_site_without_them_has_one_policy():
    assert policies(["index.html", "actors/x/index.html"]) == {"/a/*": headers.POLICY}
