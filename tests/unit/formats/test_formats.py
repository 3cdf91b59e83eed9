"""Every file for machines, held to the specification of its own format; of our own site, the starter, and one that is full of traps."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import feedparser
import icalendar
import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build, load_site
from builder.content import reading
from builder.diagnostics import ERROR
from builder.formats import csv_files, followthemoney, json_ld
from builder.formats.published_data import VERSION, ActorRecord, Publication, SiteData
from builder.pages import data_files, data_records as gathered, page as pages, text_selectors

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
VOCABULARIES = ROOT / "tests/fixtures/vocabularies"
BASE = "https://example.org/a/b/"

TRAPS = """---
title: "</script><script>alert(1)</script> & =1+1 \\u2028 rtl"
summary: "</script onload> Comma, semicolon; back\\\\slash “quote” & <b>"
published: 2022-01-19
updated: 2022-02-01
authors: ["=HYPERLINK(1)", "</script>"]
topics: ["<i>", "a,b;c"]
sources:
  gazette: {publisher: "@Gazette", title: "-1 & <x>", url: "https://example.org/?a=1&b=/script", published: 2022-01-18}
actors:
  ada: {type: Person, name: "Ada “X” </script>", alias: ["=Ada"], same_as: [wd:Q7259], position: {role: "+Clerk, senior", of: council, from: 2020-01}}
  council: {type: PublicBody, name: "Council; of, Gull\\\\haven"}
  land: {type: Country, name: Land}
unnamed:
  clerk: a senior clerk & <friend>
quotes:
  - {id: q1, speaker: ada, text: "=SUM(A1:A9) is all we have", said: 2022-01-18~}
  - {id: q2, speaker: clerk, text: "It was, it was; it was", via: gazette}
  - {id: q3, speaker: ada, text: ["the first half", "and the second"], via: gazette, denies: q2, lang: de, translation: {text: "<half>", method: machine}}
  - {id: q4, speaker: land, text: "it was late & dark", via: gazette}
timeline:
  - {id: day, when: 2022-01-18, title: "A day, with; signs \\\\ and </script> and a very long title that goes on and on — ünd umläuts, so that the line must be folded more than once", place: "Here; there, üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü", actors: [ada, land, clerk], sources: [gazette]}
  - {id: span, when: 2022-01-18/2022-01-21, title: A span, status: cancelled}
  - {id: month, when: 2022-01, title: A month}
  - {id: about, when: 2022-01-18~, title: About}
  - {id: open, when: 2022-01-18/.., title: Open}
  - {id: old, when: "-0044-03-15", title: Old}
  - {id: season, when: 2021-21, title: Season}
  - {id: either, when: "[2022-01-18,2022-01-19]", title: Either}
  - {id: rumour, when: 2022-01-20, title: A rumour, status: alleged, by: clerk}
  - {id: no, when: 2022-01-20, title: Not so, status: denied, by: ada}
  - {id: undated, title: Undated}
  - {id: meeting, when: 2023-03-01, title: Meeting, status: planned}
---
“=SUM(A1:A9) is all we have”, said Ada *“X”*.

It was dark. “It was, it was; it was”, said [[ada|a clerk]] & others. “the first half,” she said, “and the second”.

> it was late & dark

The same words again: it was late, and dark. “the first one”.

![[day]]
"""


def trap(root, *, base, language="en"):
    (root / "content/explainers").mkdir(parents=True)
    settings = f'title: "T </script> & Co"\nlanguage: {language}\ndata: full\nlicence: CC BY 4.0\nauthors: [Desk & Co]\n'
    (root / "content/site.yaml").write_text(settings + (f"base_url: {BASE}\n" if base else ""), "utf-8")
    (root / "content/explainers/traps.md").write_text(TRAPS, "utf-8")
    return root


SITES = ("our-site", "the-starter", "traps", "traps-without-address")


@pytest.fixture(scope="module", params=SITES)
def site(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("data") / "out"
    if request.param.startswith("traps"):
        root = trap(tmp_path_factory.mktemp("traps"), base=request.param == "traps")
        report = build(Options(root, out, jobs=1, cache=False))
    else:
        root = {"our-site": ROOT, "the-starter": reading.STARTER}[request.param]
        report = build(Options(root, out, jobs=1, base_url=BASE, cache=False))
    assert [problem for problem in report.diagnostics if problem.severity == ERROR] == []
    return out


@pytest.fixture(scope="module")
def traps(tmp_path_factory):
    root = trap(tmp_path_factory.mktemp("traps"), base=True)
    build(Options(root, root / "out", jobs=1, cache=False))
    return root / "out"


def found(site, pattern):
    paths = sorted(site.rglob(pattern))
    assert paths, pattern
    return paths


def of(path):
    return json.loads(path.read_bytes())


# --- JSON ------------------------------------------------


def records(site):
    return [
        path
        for path in found(site, "*.json")
        if path.name == "data.json" or (path.parent.name == "data" and "schema" not in path.name and "ftm" not in path.name)
    ]


def test_every_json_keeps_to_the_schema_that_is_published(site):
    schema = of(site / "data/schema.json")
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert len(records(site)) > 5
    for path in records(site):
        assert list(validator.iter_errors(of(path))) == [], path


@pytest.mark.parametrize("wrong", [{"kind": "event"}, {"explainer": {"id": "x"}}, {"quotes": [{}]}, {"version": "one"}])
def test_the_schema_refuses_what_is_no_such_file(traps, wrong):
    data = of(traps / "explainers/traps/data.json") | wrong
    assert not jsonschema.Draft202012Validator(of(traps / "data/schema.json")).is_valid(data)


def test_the_json_says_what_the_author_wrote_and_no_more(traps):
    data = of(traps / "explainers/traps/data.json")
    quotes = {quote["id"]: quote for quote in data["quotes"]}
    assert quotes["traps#q1"]["said"] == {
        "edtf": "2022-01-18~",
        "words": "around 18 January 2022",
        "first": "2022-01-18",
        "last": "2022-01-18",
        "sure": False,
    }
    assert quotes["traps#q3"]["relations"][0]["relation"] == "denies"
    events = {event["id"]: event for event in data["events"]}
    assert events["month"]["when"] == {
        "edtf": "2022-01",
        "words": "January 2022",
        "first": "2022-01-01",
        "last": "2022-01-31",
        "iso": "2022-01",
    }
    assert "first" not in events["old"]["when"]
    assert "last" not in events["open"]["when"]
    assert "when" not in events["undated"]
    assert [entry["id"] for entry in data["sources"]] == ["gazette"]


def test_the_files_of_a_lean_site_are_few(tmp_path):
    root = trap(tmp_path, base=True)
    settings = root / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("data: full\n", ""), "utf-8")
    build(Options(root, root / "out", jobs=1, cache=False))
    assert {path.name for path in (root / "out/explainers/traps").iterdir()} == {
        "index.html",
        "data.json",
        "annotations.jsonld",
        "statements",
    }
    assert {path.name for path in (root / "out/actors/ada").iterdir()} == {"index.html"}
    assert {path.name for path in (root / "out/events/day").iterdir()} == {"index.html"}


def test_an_unnamed_source_gains_no_name(site):
    for path in found(site, "data.json"):
        data = of(path)
        for actor in [*data.get("actors", ()), *([data["actor"]] if "actor" in data else [])]:
            if actor["type"] == "UnnamedSource":
                assert not {"name", "alias", "same_as", "positions"} & set(actor)
    assert "clerk" not in (site / "data/entities.ftm.json").read_text("utf-8").replace("a clerk", "") or "traps" not in str(site)


# --- JSON-LD in the head ------------------------------------------------


def linked(path):
    node = LexborHTMLParser(path.read_text("utf-8")).css('script[type="application/ld+json"]')
    assert len(node) == 1, path
    return json.loads(node[0].text())


def nodes(value):
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


ORG = json.loads((VOCABULARIES / "schema-org.json").read_text("utf-8"))
ISO = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")
TEXTS = {"Text", "URL", "Language", "EventStatusType", "DefinedTerm"}


def wrong_values(node):
    """Yield the properties of a node whose values are not of a type that schema.org gives as their range."""
    for name, value in node.items():
        if name.startswith("@"):
            continue
        ranges = set(ORG["ranges"][name])
        for message in value if isinstance(value, list) else [value]:
            if isinstance(message, dict):
                kinds = message.get("@type", [])
                is_a = {above for kind in ([kinds] if isinstance(kinds, str) else kinds) for above in ORG["ancestors"][kind]}
                right = not is_a or bool(is_a & ranges)
            elif isinstance(message, int):
                right = "Integer" in ranges
            else:
                right = bool(ranges & TEXTS) or (ranges >= {"Date"} and bool(ISO.fullmatch(message)))
                right = right and (ranges & TEXTS != {"URL"} or message.startswith(("https://", "http://", "../", "./", "/")))
            if not right:
                yield name, message


def is_aside(path):
    """Say whether a page is no place to come to: one that leads on, or that stands in a frame."""
    return 'http-equiv="refresh"' in path.read_text("utf-8") or "embed" in path.parts


def test_every_page_tells_machines_what_it_is_in_words_that_schema_org_has(site):
    for path in found(site, "*.html"):
        if is_aside(path):
            continue
        whole = linked(path)
        assert whole.pop("@context") == "https://schema.org"
        for node in nodes(whole):
            kinds = node.get("@type", [])
            for kind in [kinds] if isinstance(kinds, str) else kinds:
                assert kind in ORG["types"], (path, kind)
            if kinds:
                allowed = {name for kind in ([kinds] if isinstance(kinds, str) else kinds) for name in ORG["types"][kind]}
                assert {name for name in node if not name.startswith("@")} <= allowed, (path, kinds)
            assert list(wrong_values(node)) == [], path


@pytest.mark.parametrize(
    "node", [{"datePublished": "2022-01-18~"}, {"spokenByCharacter": {"@type": "Country"}}, {"license": "CC"}, {"wordCount": "9"}]
)
def test_a_wrong_value_is_seen(node):
    assert list(wrong_values(node))


def test_the_head_of_an_explainer_tells_who_said_what(traps):
    whole = linked(traps / "explainers/traps/index.html")
    assert whole["@type"] == "BackgroundNewsArticle"
    assert whole["headline"].startswith("</script><script>alert(1)</script> & =1+1")
    parts = linked(traps / "explainers/traps/statements/index.html")
    assert (parts["@id"], whole["hasPart"]) == (whole["@id"], [{"@id": node["@id"]} for node in parts["hasPart"]])
    quotes = {node["@id"].rpartition("--")[2]: node for node in parts["hasPart"]}
    assert [(who["@id"], who["@type"]) for who in quotes["q1"]["spokenByCharacter"]] == [(f"{BASE}actors/ada/", "Person")]
    assert "dateCreated" not in quotes["q1"]  # “around” is no date of ISO 8601
    assert quotes["q2"]["spokenByCharacter"] == [{"description": "a senior clerk & <friend>", "url": f"{BASE}actors/clerk/"}]
    assert whole["mentions"][0] == {"@id": f"{BASE}actors/ada/"}
    ids = [node["@id"].split("/")[-2] for node in whole["about"]]
    events = {name: linked(traps / f"events/{name}/index.html") for name in ids}
    assert (events["day"]["startDate"], events["span"]["startDate"], events["span"]["endDate"]) == (
        "2022-01-18",
        "2022-01-18",
        "2022-01-21",
    )
    assert events["span"]["eventStatus"].endswith("EventCancelled")
    assert events["month"]["startDate"] == "2022-01"
    assert {name for name, node in events.items() if node["@type"] == "Claim"} == {"rumour", "no"}
    assert (events["open"]["startDate"], "endDate" in events["open"]) == ("2022-01-18", False)
    assert not {name for name in ("about", "either", "season", "old", "undated") if "startDate" in events[name]}
    assert "temporalCoverage" not in whole  # an event without a date spans nobody knows what


def test_the_pages_of_actors_and_events_are_of_their_kind(traps):
    kinds = {name: linked(traps / f"actors/{name}/index.html")["@type"] for name in ("ada", "council", "land", "clerk")}
    assert kinds == {"ada": "Person", "council": "GovernmentOrganization", "land": "Country", "clerk": "WebPage"}
    ada = linked(traps / "actors/ada/index.html")
    assert ada["sameAs"] == ["http://www.wikidata.org/entity/Q7259"]
    assert ada["jobTitle"] == ["+Clerk, senior"]
    denied = linked(traps / "events/no/index.html")
    assert (denied["@type"], "creator" in denied) == ("Claim", False)
    assert linked(traps / "events/rumour/index.html")["@type"] == "Claim"
    assert linked(traps / "sources/gazette/index.html")["url"].endswith("&b=/script")
    assert linked(traps / "index.html")["@type"] == "WebSite"


def test_what_is_shown_where_somebody_shares_a_page(site):
    for path in found(site, "*.html"):
        if not is_aside(path):
            page = LexborHTMLParser(path.read_text("utf-8"))
            meta = {
                node.attributes.get("property") or node.attributes.get("name"): node.attributes["content"]
                for node in page.css("meta[content]")
            }
            assert meta["og:title"], path
            assert meta["og:type"] in {"website", "article", "profile"}, path
            assert meta["twitter:card"] == ("summary_large_image" if "og:image" in meta else "summary"), path
            assert ("og:image" in meta) == ("og:image:alt" in meta), path


# --- Web Annotation ------------------------------------------------

SELECTOR = {
    "type": "object",
    "properties": {
        "type": {"const": "TextQuoteSelector"},
        "exact": {"type": "string", "minLength": 1},
        "prefix": {"type": "string"},
        "suffix": {"type": "string"},
    },
    "required": ["type", "exact", "prefix", "suffix"],
}
TARGET = {"type": "object", "properties": {"source": {"type": "string"}, "selector": SELECTOR}, "required": ["source", "selector"]}
ANNOTATIONS = {
    "type": "object",
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": {"type": "string"},
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 1},
        "first": {
            "type": "object",
            "properties": {
                "type": {"const": "AnnotationPage"},
                "items": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "id": {"type": "string", "minLength": 1},
                            "type": {"const": "Annotation"},
                            "motivation": {"type": "array", "items": {"enum": ["describing", "identifying"]}},
                            "body": {
                                "type": "array",
                                "items": {"properties": {"type": {"enum": ["TextualBody", "SpecificResource"]}}, "required": ["type"]},
                            },
                            "target": {"oneOf": [TARGET, {"type": "array", "items": TARGET, "minItems": 2}]},
                        },
                        "required": ["id", "type", "target"],
                    },
                },
            },
            "required": ["id", "type", "items"],
        },
    },
    "required": ["@context", "id", "type", "total", "first"],
}
"""What the Web Annotation Data Model asks of a collection, and of what we put into it."""


def test_every_quote_in_the_text_is_found_where_its_annotation_says(site):
    for path in found(site, "annotations.jsonld"):
        whole = of(path)
        jsonschema.validate(whole, ANNOTATIONS)
        text = LexborHTMLParser((path.parent / "index.html").read_text("utf-8")).css_first("main").text()
        items = whole["first"]["items"]
        assert whole["total"] == len(items) == len({item["id"] for item in items})
        for item in items:
            for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
                selector = target["selector"]
                assert text.count(selector["prefix"] + selector["exact"] + selector["suffix"]) == 1, selector


def test_a_quote_in_two_halves_has_two_targets(traps):
    items = {item["id"].rpartition("--")[2]: item for item in of(traps / "explainers/traps/annotations.jsonld")["first"]["items"]}
    assert [target["selector"]["exact"] for target in items["q3"]["target"]] == ["the first half", "and the second"]
    assert items["q4"]["target"]["selector"]["exact"] == "it was late & dark"
    assert set(items) == {"q1", "q2", "q3", "q4"}


def test_context_grows_until_it_tells_two_places_apart():
    text = "A " + "z" * 100 + "word" + "z" * 100 + " B " + "z" * 100 + "word" + "z" * 100
    for start in (102, 309):
        assert text[start : start + 4] == "word"
        found = text_selectors.passage_at(text, start, start + 4)
        assert text.find(found.prefix + found.exact + found.suffix) == start - len(found.prefix)
        assert text.count(found.prefix + found.exact + found.suffix) == 1


# --- feeds ------------------------------------------------

JSON_FEED = {
    "type": "object",
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https://"},
        "feed_url": {"type": "string", "pattern": "^https://"},
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": {"$ref": "#/$defs/authors"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https://"},
                    "title": {"type": "string"},
                    "content_text": {"type": "string", "minLength": 1},
                    "summary": {"type": "string"},
                    "date_published": {"$ref": "#/$defs/date"},
                    "date_modified": {"$ref": "#/$defs/date"},
                    "authors": {"$ref": "#/$defs/authors"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
                "required": ["id", "content_text"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "$defs": {
        "authors": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}},
        "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    },
}
"""JSON Feed 1.1, as far as we use it."""
ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_feed_is_a_feed_in_both_formats(site):
    if site.parent.name.startswith("data") and not (site / "atom.xml").exists():
        assert not list(site.rglob("feed.json"))
        return
    paths = found(site, "atom.xml")
    assert len(paths) > 3
    for path in paths:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert feed.version == "atom10"
        root = ET.fromstring(path.read_bytes())
        # RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have, once.
        for node in (root, *root.iter(f"{ATOM}entry")):
            assert all(len(node.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated")), path
            assert node.find(f"{ATOM}author") is not None or root.find(f"{ATOM}author") is not None
        beside = of(path.with_name("feed.json"))
        jsonschema.validate(beside, JSON_FEED)
        assert [item["url"] for item in beside["items"]] == [entry.link for entry in feed.entries]
        assert [item["title"] for item in beside["items"]] == [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_a_topic_and_an_actor_have_the_explainers_that_are_theirs(traps):
    for folder in ("topics/i", "actors/ada"):
        assert [item["url"] for item in of(traps / folder / "feed.json")["items"]] == [f"{BASE}explainers/traps/"], folder


# --- iCalendar ------------------------------------------------


def test_every_calendar_is_read_by_a_calendar(site):
    for path in found(site, "*.ics"):
        data = path.read_bytes()
        assert data.endswith(b"\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        data.decode("utf-8")
        for line in data.split(b"\r\n"):
            line.decode("utf-8")  # no letter is cut in two
        calendar = icalendar.Calendar.from_ical(data)
        assert not calendar.errors
        assert calendar["VERSION"] == "2.0"
        events = calendar.walk("VEVENT")
        assert events, path
        for event in events:
            assert not event.errors
            assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
            assert event["DTSTART"].params.get("VALUE") == "DATE" or b"T" in event["DTSTART"].to_ical()
        assert len({str(event["UID"]) for event in events}) == len(events)


def test_only_what_has_a_day_is_in_the_calendar(traps):
    events = {
        str(event["UID"]).partition("@")[0]: event
        for event in icalendar.Calendar.from_ical((traps / "events/events.ics").read_bytes()).walk("VEVENT")
    }
    assert set(events) == {"day", "span", "rumour", "no", "meeting"}
    unfolded = (traps / "events/events.ics").read_bytes().replace(b"\r\n ", b"")
    assert b"SUMMARY:A day\\, with\\; signs \\\\ and </script>" in unfolded
    title = of(traps / "events/day/data.json")["event"]["title"]
    assert str(events["day"]["SUMMARY"]) == title
    assert str(events["no"]["SUMMARY"]) == "Not so (denied)"
    assert str(events["day"]["LOCATION"]) == "Here; there, " + "ü" * 90
    assert (str(events["span"].start), str(events["span"].end)) == ("2022-01-18", "2022-01-22")
    assert {key: str(event["STATUS"]) for key, event in events.items()} == {
        "day": "TENTATIVE",  # nobody wrote that it happened
        "span": "CANCELLED",
        "rumour": "TENTATIVE",
        "no": "TENTATIVE",
        "meeting": "TENTATIVE",
    }
    assert str(events["day"]["DTSTAMP"].dt) == "2022-02-01 00:00:00+00:00"
    assert str(events["day"]["URL"]) == f"{BASE}events/day/"


@pytest.mark.parametrize(
    "when, lines",
    [
        ("2025-10-20T14:30+02:00", ["DTSTART:20251020T123000Z"]),
        ("2025-10-20T14:30Z", ["DTSTART:20251020T143000Z"]),
        ("2025-10-20T00:30+05:45", ["DTSTART:20251019T184500Z"]),
        ("2025-10-20T14:30", ["DTSTART:20251020T143000"]),
        ("2025-10-20T14:30:15", ["DTSTART:20251020T143015"]),
        ("2025-10-20T14:30/16:00", ["DTSTART:20251020T143000", "DTEND:20251020T160000"]),
        ("2025-10-20T14:30+02:00/16:00", ["DTSTART:20251020T123000Z", "DTEND:20251020T140000Z"]),
        ("2025-10-20T22:00Z/2025-10-21T02:00Z", ["DTSTART:20251020T220000Z", "DTEND:20251021T020000Z"]),
        ("2025-10-20T14:30~", ["DTSTART;VALUE=DATE:20251020", "DTEND;VALUE=DATE:20251021"]),
        ("2025-10-20T14:30/16:00~", ["DTSTART;VALUE=DATE:20251020", "DTEND;VALUE=DATE:20251021"]),
        ("2025-10-20", ["DTSTART;VALUE=DATE:20251020", "DTEND;VALUE=DATE:20251021"]),
        ("2025-10-20/2025-10-22", ["DTSTART;VALUE=DATE:20251020", "DTEND;VALUE=DATE:20251023"]),
        ("0001-01-01T01:00+02:00", ["DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00010102"]),
    ],
)
def test_a_calendar_has_the_hours_of_an_exact_time(tmp_path, when, lines):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\nsearch: no\ndata: full\n", "utf-8")
    front = f"title: One\npublished: 2025-10-21\ntimeline: [{{id: vote, title: The vote, when: '{when}'}}]\n"
    (tmp_path / "content/explainers/one.md").write_text(f"---\n{front}---\nText.\n", "utf-8")
    build(Options(tmp_path, tmp_path / "site", jobs=1))
    written = (tmp_path / "site/events/events.ics").read_bytes()
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert not event.errors
    assert [line for line in written.decode().split("\r\n") if line.startswith(("DTSTART", "DTEND"))] == lines
    if "~" in when:
        assert "about" in str(event["DESCRIPTION"])


# --- TimelineJS ------------------------------------------------

DATE = {
    "type": "object",
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "hour": {"type": "integer", "minimum": 0, "maximum": 23},
        "minute": {"type": "integer", "minimum": 0, "maximum": 59},
        "second": {"type": "integer", "minimum": 0, "maximum": 59},
    },
    "required": ["year"],
    "additionalProperties": False,
}
WORDS = {"type": "object", "properties": {"headline": {"type": "string"}, "text": {"type": "string"}}, "additionalProperties": False}
TIMELINE = {
    "type": "object",
    "properties": {
        "title": {"type": "object", "properties": {"text": WORDS}, "additionalProperties": False},
        "events": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "start_date": DATE,
                    "end_date": DATE,
                    "text": WORDS,
                    "unique_id": {"type": "string"},
                    "display_date": {"type": "string"},
                },
                "patternProperties": {"^x_": {"type": "string"}},
                "required": ["start_date", "text"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["events"],
    "additionalProperties": False,
}
"""The JSON that TimelineJS documents, as far as we use it."""


def test_every_timeline_is_one_that_timelinejs_draws(site):
    for path in found(site, "timeline.json"):
        jsonschema.validate(of(path), TIMELINE)


def test_a_timeline_shows_the_words_of_a_date_and_escapes_markup(traps):
    events = {event["unique_id"]: event for event in of(traps / "explainers/traps/timeline.json")["events"]}
    assert events["month"]["start_date"] == {"year": 2022, "month": 1}
    assert events["about"]["display_date"] == "around 18 January 2022"
    assert events["span"]["end_date"] == {"year": 2022, "month": 1, "day": 21}
    assert events["old"]["start_date"] == {"year": -45, "month": 3, "day": 15}
    assert "undated" not in events
    assert "<" not in events["day"]["text"]["headline"]


# --- CSV ------------------------------------------------

COLUMNS = {"actors": csv_files.ACTORS, "quotes": csv_files.QUOTES, "events": csv_files.EVENTS, "sources": csv_files.SOURCES}


def test_every_table_has_its_columns_and_no_formula(site):
    for path in found(site, "*.csv"):
        data = path.read_bytes().decode("utf-8")
        assert data.endswith("\r\n")
        rows = list(csv.reader(io.StringIO(data, newline=""), strict=True))
        assert tuple(rows[0]) == COLUMNS[path.stem]
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not [cell for row in rows for cell in row if cell.startswith(csv_files.FORMULA)]


def test_a_table_has_the_words_as_they_are_but_for_formulas(traps):
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO((traps / "data/quotes.csv").read_text("utf-8"), newline=""))}
    assert rows["traps#q1"]["text"] == "'=SUM(A1:A9) is all we have"
    assert rows["traps#q3"]["text"] == "the first half … and the second"
    assert (rows["traps#q1"]["said"], rows["traps#q1"]["said_first"]) == ("2022-01-18~", "2022-01-18")
    assert set(rows) == {"traps#q1", "traps#q2", "traps#q3", "traps#q4"}


def test_the_guide_lists_the_columns():
    guide = (ROOT / "content/pages/guide/data.md").read_text("utf-8")
    for name, columns in COLUMNS.items():
        assert f"| `{name}.csv` | {', '.join(f'`{column}`' for column in columns)} |" in guide, name


# --- FollowTheMoney ------------------------------------------------

FTM = json.loads((VOCABULARIES / "followthemoney.json").read_text("utf-8"))["schemata"]


def test_every_entity_keeps_to_the_model_of_followthemoney(site):
    entities = [json.loads(line) for line in (site / "data/entities.ftm.json").read_bytes().rstrip().split(b"\n")]
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities) > 3
    for entity in entities:
        schema = FTM[entity["schema"]]
        properties = entity["properties"]
        assert set(schema["required"]) <= set(properties) <= set(schema["properties"]), entity
        for name, values in properties.items():
            kind, *target = schema["properties"][name]
            assert values
            assert all(isinstance(value, str) and value for value in values)
            for value in values:
                if kind == "entity":
                    assert target[0] in FTM[by_id[value]["schema"]]["is"], (entity["id"], name)
                elif kind == "date":
                    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value)
                elif kind == "url":
                    assert value.startswith(("https://", "http://"))


def test_what_followthemoney_cannot_say_is_left_out(traps):
    entities = {json.loads(line)["id"] for line in (traps / "data/entities.ftm.json").read_bytes().rstrip().split(b"\n")}
    assert {"actor-ada", "actor-land", "event-day", "membership-ada-1", "documentation-gazette-ada"} <= entities
    assert not {"actor-clerk", "event-rumour", "event-no", "event-span"} & entities


# --- the whole ------------------------------------------------


def test_the_files_do_not_hang_on_the_number_of_processes(tmp_path):
    root = trap(tmp_path, base=True)
    for jobs in (1, 2):
        build(Options(root, tmp_path / f"out{jobs}", jobs=jobs))
    one, two = (
        {
            path.relative_to(tmp_path / f"out{n}").as_posix(): path.read_bytes()
            for path in found(tmp_path / f"out{n}", "*.*")
            if path.is_file()
        }
        for n in (1, 2)
    )
    assert one == two


def test_the_sitemap_tells_the_day_of_the_newest_explainer_on_a_page(traps):
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = list(ET.fromstring((traps / "sitemap.xml").read_bytes()).iter(f"{space}url"))
    days = {url.findtext(f"{space}loc").removeprefix(BASE): url.findtext(f"{space}lastmod") for url in urls}
    for path in ("", "explainers/", "explainers/traps/", "actors/ada/", "events/day/", "sources/gazette/", "topics/i/"):
        assert days[path] == "2022-02-01", path
    assert {days["data/"], days["sources/"]} == {None}


def test_facts_are_made_when_they_are_asked_for_and_once():
    asked = []
    facts = pages.Query(lambda _site: asked.append(1) or SiteData(VERSION, Publication("T", "en")))
    page = pages.Page("a/", "home.html", data_files.CardImage("", "", "", ()), facts).of(object())
    assert asked == []
    assert page.facts is page.facts
    assert asked == [1]


def test_a_site_of_many_pages_is_looked_at_without_making_its_data(tmp_path, monkeypatch):
    """A preview does so at every save."""
    made = []
    for name in ("explainer_data", "actor_data", "event_data", "source_data", "site_data", "quote", "actor", "source"):
        monkeypatch.setattr(gathered, name, lambda *_arguments, name=name: made.append(name))
    load_site(Options(trap(tmp_path, base=True), tmp_path / "out", jobs=1, cache=False))
    assert made == []


def test_the_authors_own_keys_are_told_but_for_those_of_unnamed_sources(tmp_path):
    root = trap(tmp_path, base=True)
    file = root / "content/explainers/traps.md"
    text = file.read_text("utf-8").replace("clerk: a senior clerk & <friend>", "clerk: {described_as: a senior clerk, x_desk: harbour}")
    file.write_text(
        text.replace("{id: month,", "{id: month, x_desk: harbour,").replace("authors: [", "x_series: ferries\nauthors: ["), "utf-8"
    )
    build(Options(root, root / "out", jobs=1, cache=False))
    data = of(root / "out/explainers/traps/data.json")
    assert data["explainer"]["extra"] == {"x_series": "ferries"}
    assert next(event for event in data["events"] if event["id"] == "month")["extra"] == {"x_desk": "harbour"}
    assert "extra" not in next(actor for actor in data["actors"] if actor["id"] == "clerk")


def test_a_large_site_has_an_index_of_sitemaps(tmp_path, monkeypatch):
    monkeypatch.setattr("builder.pages.sitemap.PER_SITEMAP", 7)
    root = trap(tmp_path, base=True)
    build(Options(root, root / "out", jobs=1, cache=False))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring((root / "out/sitemap.xml").read_bytes())
    assert index.tag == f"{space}sitemapindex"
    parts = [node.text.removeprefix(BASE) for node in index.iter(f"{space}loc")]
    assert len(parts) > 2
    named = [node.text for part in parts for node in ET.fromstring((root / "out" / part).read_bytes()).iter(f"{space}loc")]
    pages = {BASE + path.relative_to(root / "out").as_posix().removesuffix("index.html") for path in found(root / "out", "index.html")}
    assert (set(named), len(named)) == (pages, len(pages))


def test_an_inferred_type_of_an_actor_is_said_to_be_inferred():
    site = Publication("S", "en", "https://example.org/")
    actor = ActorRecord("port", "actors/port/", "PublicBody", ("type",), "Port Authority")
    assert json_ld.actor_node(site, actor, "")["disambiguatingDescription"] == "GovernmentOrganization: inferred"
    assert "disambiguatingDescription" not in json_ld.actor_node(site, ActorRecord("port", "actors/port/", "PublicBody", name="Port"), "")
    assert (
        csv_files.ACTORS_FORM.sections[0].piece(site, actor).decode().rstrip() == "port,PublicBody,Port Authority,,,,,,,,,type,actors/port/"
    )
    (line,) = followthemoney.FORM.sections[0].piece(site, actor).splitlines()
    assert json.loads(line)["properties"]["keywords"] == ["inferred"]
