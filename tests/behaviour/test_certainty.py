"""No status but “occurred” and “ongoing” is told as a bare fact, in any format; who denies is never told as who claims; no claim is without its denial."""

import csv
import io
import json
import re

import icalendar
import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build
from builder.importing import timelinejs as imported
from builder.model import FACTS, STATUSES

HEAD = "---\ntitle: The boat\nsummary: Two.\npublished: 2025-10-30\nauthors: [Harbour desk, Mina Quist]\n"
ACTORS = "actors:\n  mina: {name: Mina Quist}\n  otto: {name: Otto}\n  line: {type: Organization, name: The Patience Line}\nunnamed: {talk: quay talk}\n"
SETTINGS = "format: 1\ntitle: Gullhaven\nbase_url: https://example.org/\ndata: full\nembeds: yes\nsearch: no\n"
EVENTS = "timeline:\n" + "".join(
    f"  - {{id: {status}, title: The sale {status}, when: 2025-10-2{n}, status: {status}, by: mina, actors: [otto, line]}}\n"
    for n, status in enumerate(STATUSES)
)
WORDS = {"occurred": "happened", "conditional": "possible"}
BY = {"alleged": "alleged by", "denied": "denied by", "expected": "expected by", "disputed": "disputed, statements by"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    made = {}

    def of(front, body="Text."):
        if front not in made:
            root = tmp_path_factory.mktemp("told")
            (root / "content/explainers").mkdir(parents=True)
            (root / "content/site.yaml").write_text(SETTINGS, "utf-8")
            (root / "content/explainers/boat.md").write_text(f"{HEAD}{ACTORS}{front}---\n{body}\n", "utf-8")
            report = build(Options(root, root / "out", jobs=1, cache=False))
            assert report.plan is not None, report.diagnostics
            made[front] = root / "out"
        return made[front]

    return of


def of(path):
    return json.loads(path.read_bytes())


def words(path, css="main"):
    apart = " ".join(LexborHTMLParser(path.read_text("utf-8")).css_first(css).text(separator=" ").split())
    return re.sub(r" (?=[,.;:)”])|(?<=[(“]) ", "", apart)


def linked(path):
    return json.loads(LexborHTMLParser(path.read_text("utf-8")).css_first('script[type="application/ld+json"]').text())


# --- all statuses, all formats ------------------------------------------------


def said_by(status):
    return f"{BY[status]} Mina Quist" if status in BY else f"{WORDS.get(status, status)}, said by Mina Quist"


@pytest.mark.parametrize("status", STATUSES)
def test_search_engines_get_an_event_without_more_only_of_what_has_happened(built, status):
    out = built(EVENTS)
    node = linked(out / f"events/{status}/index.html")
    assert {"@id": node["@id"]} in linked(out / "explainers/boat/index.html")["about"]
    if status in FACTS:
        assert (node["@type"], node["name"], node["startDate"][:8]) == ("Event", f"The sale {status}", "2025-10-")
        assert [thing["name"] for thing in node["about"]] == ["Otto", "The Patience Line"]
        assert not {"actor", "contributor"} & set(node)
    else:
        assert node["name"] == f"The sale {status} ({WORDS.get(status, status)})"
        assert node["@type"] == "Claim" or node["eventStatus"]
        assert "startDate" not in node or status in {"planned", "cancelled"}
        assert node["@type"] == "Event" or not {"about", "startDate", "endDate"} & set(node)
    assert node["description"].startswith(said_by(status))
    assert ("creator" in node) == (status in {"alleged", "expected", "conditional"})


@pytest.mark.parametrize("status", STATUSES)
def test_calendars_timelines_and_tables_say_how_sure_an_event_is_and_who_says_so(built, status):
    out = built(EVENTS)
    title = f"The sale {status}" if status in FACTS else f"The sale {status} ({WORDS.get(status, status)})"
    (entry,) = icalendar.Calendar.from_ical((out / f"events/{status}/event.ics").read_bytes()).walk("VEVENT")
    assert (str(entry["SUMMARY"]), str(entry["STATUS"])) == (title, "CANCELLED" if status == "cancelled" else "TENTATIVE")
    assert said_by(status) in str(entry["DESCRIPTION"])
    slide = next(event for event in of(out / "events/timeline.json")["events"] if event["unique_id"] == status)
    assert slide["text"]["headline"] == title
    assert said_by(status) in slide["text"]["text"]
    entities = (out / "data/entities.ftm.json").read_text("utf-8")
    assert (f'"event-{status}"' in entities) == (status in FACTS)
    row = next(row for row in csv.DictReader(io.StringIO((out / "data/events.csv").read_text("utf-8"))) if row["id"] == status)
    assert (row["status"], row["standing"], row["derived"]) == (status, said_by(status), "")
    record = of(out / f"events/{status}/data.json")["event"]
    assert (record["standing"], record.get("label", record["title"])) == (said_by(status), title)


@pytest.mark.parametrize("status", STATUSES)
def test_pages_and_frames_put_who_says_so_behind_the_status(built, status):
    out = built(EVENTS)
    told = said_by(status) if status != "occurred" else "said by Mina Quist"
    page = LexborHTMLParser((out / "explainers/boat/index.html").read_text("utf-8"))
    entry = page.css_first(f'.timeline .entry:has(a[href$="/{status}/"])')
    doubt = [" ".join(node.text().split()) for node in entry.css(".title .doubt")]
    assert doubt == ([] if status in FACTS else [WORDS.get(status, status)])
    by = BY.get(status, "said by").removeprefix("disputed, ")
    assert " ".join(entry.css_first(".status").text().split()) == (told if status == "ongoing" else f"{by} Mina Quist")
    frame = words(out / "embed/timelines/boat/index.html")
    assert (told if status in FACTS else f"{doubt[0]} The sale {status} {by} Mina Quist") in frame
    label = BY.get(status, "said by").removeprefix("disputed, ")
    assert f"{label.capitalize()} Mina Quist" in words(out / f"events/{status}/index.html")
    assert f"{label} Mina Quist" in words(out / f"embed/events/{status}/index.html")
    involved = (
        "Involved" if status in FACTS else "Said to be involved" if status in {"alleged", "denied", "disputed"} else "Would be involved"
    )
    assert f"{involved} Otto, The Patience Line" in words(out / f"events/{status}/index.html")
    assert "according to" not in words(out / f"events/{status}/index.html")


def test_confirmed_is_only_what_the_author_says_to_have_happened(built):
    out = built("timeline:\n  - {id: sure, title: S, when: 2025-10-20, status: occurred}\n  - {id: inferred, title: I, when: 2025-10-20}\n")
    calendar = (out / "events/events.ics").read_text("utf-8")
    assert re.findall(r"SUMMARY:(\w)|STATUS:(\w+)", calendar) == [("I", ""), ("", "TENTATIVE"), ("S", ""), ("", "CONFIRMED")] or re.findall(
        r"SUMMARY:(\w)|STATUS:(\w+)", calendar
    ) == [("S", ""), ("", "CONFIRMED"), ("I", ""), ("", "TENTATIVE")]
    row = next(row for row in csv.DictReader(io.StringIO((out / "data/events.csv").read_text("utf-8"))) if row["id"] == "inferred")
    assert (row["standing"], row["derived"]) == ("happened (inferred)", "status")
    assert "happened (inferred)" in words(out / "embed/events/inferred/index.html")
    entity = next(
        json.loads(line) for line in (out / "data/entities.ftm.json").read_text("utf-8").splitlines() if '"event-inferred"' in line
    )
    assert entity["properties"]["keywords"] == ["occurred", "inferred"]


@pytest.mark.parametrize(
    "more, is_fact",
    [
        ("", True),
        (", by: mina", False),
        (", by: log", False),
        (", by: mina, status: occurred", True),
        (", by: mina, sources: [log]", True),
        (", by: mina, history: [{status: occurred, on: 2025-10-22, source: log}]", True),
        (", by: mina, history: [{status: planned, on: 2025-10-19, source: log}]", False),
    ],
)
def test_what_stands_on_somebodys_word_alone_is_a_claim_of_theirs_for_machines(built, more, is_fact):
    out = built(
        "sources: {log: {title: A log, published: 2025-10-22}, other: {title: Another log}}\n"
        f"timeline:\n  - {{id: mast, when: 2025-10-20, title: The mast falls{more}}}\n"
    )
    node, story = linked(out / "events/mast/index.html"), linked(out / "explainers/boat/index.html")
    assert (node["@type"], story["about"]) == ("Event" if is_fact else "Claim", [{"@id": node["@id"]}])
    assert ("startDate" in node, "temporalCoverage" in story) == (is_fact,) * 2
    assert node.get("creator", [{}])[0].get("name") == ("Mina Quist" if not is_fact and "mina" in more else None)
    assert ('"event-mast"' in (out / "data/entities.ftm.json").read_text("utf-8")) == is_fact
    assert ("Said by" in words(out / "events/mast/index.html")) == ("by:" in more)


def test_the_day_on_which_somebody_spoke_of_an_event_fills_no_day_of_a_calendar(built):
    out = built(
        "quotes:\n  - {id: q, speaker: mina, text: may go, in_body: no, said: 2025-10-20, about: [go, vote]}\n"
        "timeline:\n  - {id: go, title: It goes, when: 2025-10-20, status: conditional, by: mina}\n"
        "  - {id: vote, title: It is voted, when: 2025-10-20, status: planned}\n"
    )
    assert not (out / "events/go/event.ics").exists()
    assert (out / "events/vote/event.ics").exists()
    assert of(out / "events/go/data.json")["event"]["spoken"] is True


@pytest.mark.parametrize(
    "when, start", [("[2025-10-20..2025-10-24]", {"year": 2025, "month": 10}), ("[2025-10-30,2025-11-02]", {"year": 2025})]
)
def test_one_day_of_several_is_never_all_of_them(built, when, start):
    out = built(f'timeline:\n  - {{id: one, title: One, when: "{when}", status: occurred}}\n')
    (slide,) = of(out / "events/timeline.json")["events"]
    assert (slide["start_date"], "end_date" in slide) == (start, False)
    assert not (out / "events/one/event.ics").exists()
    assert not {"startDate", "endDate"} & set(linked(out / "events/one/index.html"))


def test_a_timeline_comes_back_with_its_titles_and_without_what_was_inferred(built):
    out = built(
        "timeline:\n  - {id: sold, title: Sold, when: 2025-10-20, status: denied, by: mina}\n  - {id: gone, title: Gone, when: 2025-10-21}\n"
    )
    found = imported.from_json((out / "events/timeline.json").read_bytes())
    fields = {event.id: event.fields for event in found.events}
    assert (fields["sold"]["title"], fields["sold"]["status"].key) == ("Sold", "denied")
    assert "status" not in fields["gone"]


# --- who wrote it ------------------------------------------------


def test_nobody_is_called_a_person_who_may_be_a_desk(built):
    authors = linked(built(EVENTS) / "explainers/boat/index.html")["author"]
    assert authors == [{"name": "Harbour desk"}, {"@type": "Person", "name": "Mina Quist"}]


# --- a claim and its denial ------------------------------------------------

SOLD = (
    "sources: {lantern: {publisher: The Lantern, title: T}}\n"
    "quotes:\n  - {id: sold, speaker: talk, text: the boat has been sold, about: sale}\n"
    "  - {id: not-sold, speaker: line, text: she is not for sale, denies: sold}\n"
    "  - {id: shrug, speaker: otto, text: we shall see, answers: sold}\n"
    "  - {id: again, speaker: otto, text: sold indeed, repeats: sold, stated: yes}\n"
    "timeline:\n  - {id: sale, title: The boat is sold, status: alleged, by: talk}\n"
)
BODY = "“The boat has been sold”, says the quay. The Line: “she is not for sale”. Otto: “we shall see”. And “sold indeed”."


@pytest.mark.parametrize(
    "path", ["actors/talk", "events/sale", "sources/lantern", "quotes", "embed/quotes/boat/sold", "explainers/boat/statements"]
)
def test_a_claim_stands_nowhere_without_its_denial(built, path):
    out = built(SOLD.replace("the boat", "The boat"), BODY)
    assert "is denied by “she is not for sale” (The Patience Line)" in words(out / path / "index.html")


def test_the_denial_stands_in_the_margin_and_in_every_file(built):
    out = built(SOLD.replace("the boat", "The boat"), BODY)
    page = LexborHTMLParser((out / "explainers/boat/index.html").read_text("utf-8"))
    assert "; is denied by The Patience Line; is answered by Otto, as we read it" in page.css_first(".sidenote").text()
    told = "is denied by: “she is not for sale” (The Patience Line)"
    record = next(quote for quote in of(out / "data/quotes.json")["quotes"] if quote["id"] == "boat#sold")
    assert [(reply["relation"], reply.get("ours", False)) for reply in record["replies"]] == [
        ("denies", False),
        ("answers", True),
        ("repeats", False),
    ]
    assert record["replies"][0]["words"] == told
    row = next(row for row in csv.DictReader(io.StringIO((out / "data/quotes.csv").read_text("utf-8"))) if row["id"] == "boat#sold")
    assert row["replies"].startswith(told + "; is answered by (as we read it): “we shall see” (Otto)")
    assert told in (out / "explainers/boat/annotations.jsonld").read_text("utf-8")
    claim = next(part for part in linked(out / "explainers/boat/statements/index.html")["hasPart"] if part["@id"].endswith("--sold"))
    assert claim["subjectOf"][0]["name"] == told


# --- reports ------------------------------------------------


@pytest.mark.parametrize(
    "via, told",
    [
        ("[lantern, copy]", "One report (The Lantern), read in a copy (The Mainland)."),
        ("[lantern]", "2 reports, one origin (The Lantern)."),
    ],
)
def test_a_copy_of_a_report_is_no_second_report(built, via, told):
    out = built(
        "sources:\n  lantern: {publisher: The Lantern, title: T}\n  copy: {publisher: The Mainland, title: T, cites: lantern}\n"
        f"quotes:\n  - {{id: a, speaker: mina, text: one, in_body: no, via: {via}}}\n"
    )
    assert words(out / "explainers/boat/index.html", ".origins") == told
