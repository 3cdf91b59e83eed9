"""Dates that moved: a step of a history says which date its event had then."""

import json

import pytest

from builder.build.pipeline import Options, build, load_site

EVENT = """timeline:
  - id: return
    when: 2020-11-18
    title: The boat sails again
    status: occurred
    sources: {sources}
    history: {history}
"""


def written(root, history):
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\nsearch: no\n", "utf-8")
    source = "sources: {log: {title: Log, publisher: Harbour, published: 2019-03-14}}\n"
    event = EVENT.format(sources="log", history=history)
    text = f"---\ntitle: One\npublished: 2020-11-19\n{source}{event}---\nText.\n"
    (root / "content/explainers/one.md").write_text(text, "utf-8")
    return Options(root, root / "site", jobs=1)


def told(options):
    return [(problem.code, problem.message) for problem in load_site(options).diagnostics]


def test_timelines_pages_and_data_tell_how_a_date_moved(tmp_path):
    history = "[{status: planned, when: 2019-04~, on: 2019-03-14, source: log}, {status: postponed, when: 2020, on: 2019-10-01}]"
    assert not build(written(tmp_path, history)).diagnostics
    words = "planned for around April 2019 (as of 14 March 2019); postponed to 2020 (as of 1 October 2019); now 18 November 2020"
    for page in ("explainers/one", "events/return"):
        assert words in (tmp_path / "site" / page / "index.html").read_text("utf-8"), page
    page = (tmp_path / "site/events/return/index.html").read_text("utf-8")
    assert '<span class="status-words">planned</span> for around April 2019, reported by' in page
    assert "planned for around April 2019" in (tmp_path / "site/changes/index.html").read_text("utf-8")
    event = json.loads((tmp_path / "site/explainers/one/data.json").read_text("utf-8"))["events"][0]
    assert [step["when"]["edtf"] for step in event["history"]] == ["2019-04~", "2020"]
    assert event["when"]["edtf"] == "2020-11-18"


@pytest.mark.parametrize(
    "event, codes",
    [
        ("{id: sale, title: The boat is sold}", ["event-no-date"]),
        ("{id: sale, title: The boat is sold, when: }", ["event-no-date"]),
        ("{id: sale, title: The boat is sold, when: unknown}", []),
        ("{id: sale, title: The boat is sold, when: the 5th}", ["date-wrong"]),
        ("{id: sale, title: The boat is sold, wen: 2019}", ["key-unknown"]),
        ("{id: sale, title: The boat is sold, when: {says: Friday}}", ["date-open"]),
    ],
)
def test_a_date_that_was_forgotten_is_told(tmp_path, event, codes):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n", "utf-8")
    text = f"---\ntitle: One\npublished: 2020-11-19\nsources: {{log: {{title: Log}}}}\ntimeline: [{event}]\n---\nText.\n"
    (tmp_path / "content/explainers/one.md").write_text(text, "utf-8")
    assert [code for code, _ in told(Options(tmp_path, tmp_path / "site", jobs=1))] == codes


def test_an_explainer_need_not_repeat_the_date_of_a_shared_event(tmp_path):
    options = written(tmp_path, "[]")
    (tmp_path / "content/events").mkdir()
    (tmp_path / "content/events/sale.md").write_text("---\ntitle: Sold\nwhen: 2019\nsources: log\n---\n", "utf-8")
    path = tmp_path / "content/explainers/one.md"
    path.write_text(path.read_text("utf-8").replace("timeline:\n", "timeline:\n  - {id: sale, title: Sold}\n"), "utf-8")
    assert told(options) == []


@pytest.mark.parametrize(
    "history",
    [
        "[{status: planned, on: 2019-03-14}]",
        "[{status: planned, when: 2019-04, on: 2019-03-14}, {status: planned, when: 2020-11-18, on: 2020-11-01}]",
        "[{status: planned, when: 2020-11-18, on: 2020-11-01}, {status: planned, when: 2019-04, on: 2019-03-14}]",
        "[{status: planned, on: 2019-03-14}, {status: expected, on: 2019-03-14, by: Log}, {status: planned, on: unknown}]",
    ],
)
def test_what_fits_is_not_told(tmp_path, history):
    assert told(written(tmp_path, history)) == []


@pytest.mark.parametrize(
    "history, code, message",
    [
        (
            "[{status: planned, when: 2020-11-18, on: 2019-03-14}]",
            "date-not-moved",
            "This step of the history gives the date that the event has (2020-11-18).",
        ),
        (
            "[{status: planned, when: 2019-02, on: 2019-03-14}]",
            "date-order",
            "This was planned for 2019-02 on 2019-03-14, when that had passed.",
        ),
        (
            "[{status: planned, on: 2019-03-14}, {status: postponed, on: 2019-05}, {status: planned, on: 2018-06-01}, {status: planned, on: 2019-07}]",
            "date-order",
            "The steps of this history are not in order: 2018-06-01 stands below 2019-05.",
        ),
    ],
)
def test_what_does_not_fit_is_told(tmp_path, history, code, message):
    assert told(written(tmp_path, history)) == [(code, message)]


EARLIER = """---
title: Earlier
published: 2025-01-10
as_of: 2025-01-10
sources: {log: {publisher: Log, title: Votes, published: 2025-01-09}}
actors: {ann: Ann Lee}
timeline:
  - {id: vote, when: 2025-02-01, title: The council votes, sources: [log]}
  - {id: talk, when: 2025-01-05, title: They talk, status: alleged, by: ann, sources: [log]}
  - {id: sale, when: 2025-01-04, title: The boat is sold, sources: [log]}
  - walk
quotes: [{speaker: ann, text: We vote soon, via: log, about: [vote, talk]}]
---
“We vote soon,” says Ann Lee.
"""
LATER = """---
title: Later
published: 2025-03-10
as_of: 2025-03-10
sources: {paper: {publisher: Paper, title: Voted, published: 2025-03-09}}
actors: {bob: Bob Cox, ann: Ann Lee}
timeline:
  - {id: vote, when: 2025-02-01, title: The council votes, status: cancelled, by: bob, sources: [paper]}
  - {id: talk, when: 2025-01-05, title: They talk, status: denied, by: bob, sources: [paper]}
  - {id: sale, when: 2025-01-04, title: The boat is sold, status: denied, by: ann, sources: [paper]}
  - walk
---
Bob Cox has spoken.
"""
WALK = """---
when: 2025-02-03
title: They walk
status: occurred
history: [{status: expected, on: 2025-01-02}, {status: planned, on: 2025-02-02}]
---
"""


def test_an_earlier_account_has_the_status_and_the_sources_of_its_day_in_every_file(tmp_path):
    root = tmp_path / "root"
    for name, text in {
        "site.yaml": "title: T\nsearch: no\ndata: full\nbase_url: https://example.org/\n",
        "explainers/earlier.md": EARLIER,
        "explainers/later.md": LATER,
        "events/walk.md": WALK,
    }.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, "utf-8")
    build(Options(root, root / "site", jobs=1))
    folder = root / "site/explainers/earlier"
    record = json.loads((folder / "data.json").read_text("utf-8"))
    found = {
        event["id"]: (event["status"], event["now"], event["standing"], "status" in event.get("derived", ())) for event in record["events"]
    }
    assert found == {
        "vote": ("planned", "cancelled", "planned (inferred) (now cancelled)", True),
        "talk": ("alleged", "denied", "alleged by Ann Lee (now denied)", False),
        "sale": ("occurred", "denied", "happened (inferred) (now denied)", True),
        "walk": ("expected", "occurred", "expected (now happened)", False),
    }
    assert [thing["status"] for thing in record["quotes"][0]["about"]] == ["planned", "alleged"]
    assert [source["id"] for source in record["sources"]] == ["log"]
    assert [actor["id"] for actor in record["actors"]] == ["ann"]
    assert "STATUS:CANCELLED" not in (folder / "events.ics").read_text("utf-8")
    assert ",cancelled," not in (folder / "events.csv").read_text("utf-8")
    assert '"x_status":"denied"' not in (folder / "timeline.json").read_text("utf-8")
    page = (folder / "index.html").read_text("utf-8")
    assert "(now cancelled)" in page
    assert "Bob Cox" not in page
    assert "Paper" not in page
    assert "STATUS:CANCELLED" in (root / "site/events/events.ics").read_text("utf-8")
