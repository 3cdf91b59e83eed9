"""The log of an explainer: what was new on which day, wherever an explainer says when it was updated."""

import json
import re

import pytest

from builder.build.pipeline import Options, build
from builder.content.parse import parse

HEAD = "title: One\nsummary: About it.\npublished: 2019-03-14\n"


def read(front, head=HEAD):
    document = parse("content/explainers/one.md", f"---\n{head}{front}---\nText.\n".encode())
    return document.explainer, document.diagnostics


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\nbase_url: https://saltholm.example/\nsearch: no\n", "utf-8")
    log = "updates:\n  - 2019-04-05: The fix is *late*.\n  - {on: 2019-11-19, text: 'See [the text](#part--new).'}\n"
    (root / "content/explainers/one.md").write_text(f"---\n{HEAD}{log}---\nText.\n", "utf-8")
    assert not [problem for problem in build(Options(root, root / "site", jobs=1)).diagnostics if problem.code != "page-unlinked"]
    return root / "site"


def test_every_update_is_told_on_the_page_and_among_what_is_new(made):
    for page in ("explainers/one", "changes"):
        html = (made / page / "index.html").read_text("utf-8")
        assert re.findall(r'data-on="([^"]*)"', html) == ["2019-11-19", "2019-04-05", "2019-03-14"]
        assert "The fix is <em>late</em>." in html
    assert "updated 19 November 2019" in (made / "explainers/one/index.html").read_text("utf-8")


def test_the_last_update_is_the_day_of_the_change_for_machines(made):
    html = (made / "explainers/one/index.html").read_text("utf-8")
    assert '"dateModified":"2019-11-19"' in html
    told = json.loads((made / "explainers/one/data.json").read_text("utf-8"))["explainer"]
    assert [(update["on"]["edtf"], update["text"]) for update in told["updates"]] == [
        ("2019-04-05", "The fix is late."),
        ("2019-11-19", "See the text."),
    ]
    assert told["updated"]["edtf"] == "2019-11-19"
    assert "<lastmod>2019-11-19</lastmod>" in (made / "sitemap.xml").read_text("utf-8")


def test_feeds_say_what_was_new(made):
    item = json.loads((made / "feed.json").read_text("utf-8"))["items"][0]
    assert item["content_text"] == "About it.\n\n19 November 2019: See the text.\n5 April 2019: The fix is late."
    assert item["date_modified"].startswith("2019-11-19T")
    assert "5 April 2019: The fix is late.</content>" in (made / "atom.xml").read_text("utf-8")


@pytest.mark.parametrize(
    "front, times",
    [
        ("", ["2019-03-14T00:00:00Z", "2019-03-14T00:00:00Z"]),
        ("updated: 2019-03-14\n", ["2019-03-14T00:00:00Z", "2019-03-14T00:00:00Z"]),
        ("updated: 2019-04-05\n", ["2019-03-14T00:00:00Z", "2019-04-05T00:00:00Z"]),
        ("updates: [{2019-03-14: a}]\n", ["2019-03-14T00:00:00Z", "2019-03-14T00:00:01Z"]),
        ("updates: [{2019-04-05: a}, {2019-04-05: b}]\n", ["2019-03-14T00:00:00Z", "2019-04-05T00:00:01Z"]),
    ],
)
def test_times_of_a_feed_begin_their_day_and_tell_updates_of_one_day_apart(tmp_path, front, times):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\nbase_url: https://saltholm.example/\nsearch: no\n", "utf-8")
    (tmp_path / "content/explainers/one.md").write_text(f"---\n{HEAD}{front}---\nText.\n", "utf-8")
    build(Options(tmp_path, tmp_path / "site", jobs=1))
    item = json.loads((tmp_path / "site/feed.json").read_text("utf-8"))["items"][0]
    assert [item["date_published"], item["date_modified"]] == times
    assert f"<updated>{times[1]}</updated>" in (tmp_path / "site/atom.xml").read_text("utf-8")


@pytest.mark.parametrize(
    "log, days",
    [
        ("[{2019-04-05: a}, {2019-11-19: b}]", ["2019-04-05 a", "2019-11-19 b"]),
        ("{2019-04-05: a, 2019-11-19: b}", ["2019-04-05 a", "2019-11-19 b"]),
        ("{2019-04-05: a}", ["2019-04-05 a"]),
        ("{on: 2019-04-05, text: a}", ["2019-04-05 a"]),
        ("[{2019-11-19: c}, {2019-11-19: b}, {2019-04-05: a}]", ["2019-04-05 a", "2019-11-19 b", "2019-11-19 c"]),
        ("[{2019-04-05: a}, {2019-04-05: b}, {2019-04-05: c}]", ["2019-04-05 a", "2019-04-05 b", "2019-04-05 c"]),
    ],
)
def test_a_log_is_read_in_any_form_and_kept_in_order(log, days):
    explainer, problems = read(f"updates: {log}\n")
    assert not problems
    assert [f"{update.on.date.edtf} {update.text.text}" for update in explainer.updates] == days
    assert explainer.updated == explainer.as_of == explainer.updates[-1].on


@pytest.mark.parametrize(
    "front, code, message",
    [
        ("updates: [2019-04-05 It is late]\n", "not-a-record", "A colon is missing behind the date “2019-04-05”."),
        ("updates: [{5 April 2019: It is late}]\n", "date-wrong", "“5 April 2019” is not a date."),
        ("updates: [{2019-04: It is late}]\n", "date-not-a-day", "This date must be one day."),
        ("updates: [{on: unknown, text: It is late}]\n", "date-not-a-day", "This date must be one day."),
        ("updates: [{on: 2019-04-05}]\n", "key-missing", "This update has no “text”."),
        ("updates: [{date: 2019-04-05, text: It is late}]\n", "key-unknown", "A record of the kind “update” has no key “date”."),
        (
            "updated: 2019-11-20\nupdates: [{2019-11-19: a}]\n",
            "date-order",
            "The last of the “updates” is of 2019-11-19, and “updated” says 2019-11-20.",
        ),
    ],
)
def test_a_log_that_is_wrong_is_told(front, code, message):
    _, problems = read(front)
    assert [(problem.code, problem.message[: len(message)]) for problem in problems] == [(code, message)]


def test_updated_beside_the_log_may_say_the_same():
    explainer, problems = read("updated: 2019-11-19\nupdates: [{2019-11-19: a}]\n")
    assert not problems
    assert explainer.updated.date.edtf == "2019-11-19"


def test_without_a_log_updated_is_as_it_is_written():
    explainer, problems = read("updated: 2019-11-20\n")
    assert not problems
    assert (explainer.updated.date.edtf, explainer.updates) == ("2019-11-20", ())


def test_corrections_take_the_short_form():
    explainer, problems = read("corrections: [{2019-04-05: It was late.}]\n")
    assert not problems
    assert [(correction.on.date.edtf, correction.text.text) for correction in explainer.corrections] == [("2019-04-05", "It was late.")]
