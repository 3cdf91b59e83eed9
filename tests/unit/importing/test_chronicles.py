"""Calendars, markwhen and lists as events: each value is in what is made of it, or told with its place."""

import json

import pytest

from builder import cli
from builder.importing import ExistingRecords, ImportInput, ImportOptions, ImportProblem, LayoutOptions, Question, find, layout
from builder.importing.chronicles import recurring
from builder.importing.importer_types import File
from builder.importing.record_ids import event_mark


def made(name, data, reader="", **wishes):
    given = ImportInput(name, (File(name, data.encode() if isinstance(data, str) else data),))
    found = find(given)
    assert found is not None
    assert not reader or found.name == reader
    return found.read(given, ImportOptions(today="2026-01-02", **wishes))


def events(found):
    return [record.fields for record in found.records if record.kind == "event"]


def told(found):
    return [str(note) for note in found.import_notes]


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
X-WR-CALNAME:Council
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example.org
DTSTAMP:20240101T000000Z
DTSTART;VALUE=DATE:20240308
DTEND;VALUE=DATE:20240311
SUMMARY:Fair\\, with boats
DESCRIPTION:First line\\nsee https://example.org/x
LOCATION:Harbour
URL:https://example.org/fair
CATEGORIES:News,Sea
STATUS:CANCELLED
ORGANIZER;CN=A. Clerk:mailto:clerk@example.org
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:ring
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
DTSTART;TZID=Europe/Berlin:20240708T090000
DTEND;TZID=Europe/Berlin:20240708T173000
SUMMARY:Meeting
END:VEVENT
BEGIN:VEVENT
UID:3@example.org
DTSTART:20240308T090000Z
DURATION:PT1H
SUMMARY:Weekly
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE:20240315T090000Z
END:VEVENT
BEGIN:VEVENT
UID:4@example.org
DTSTART;VALUE=DATE:20240101
SUMMARY:For ever
RRULE:FREQ=DAILY
END:VEVENT
BEGIN:VTODO
SUMMARY:Buy rope
END:VTODO
END:VCALENDAR
""".replace("\n", "\r\n")


def test_every_property_of_a_calendar_is_taken_or_told():
    found = made("council.ics", ICS.replace("\\\\", "\\"), "ics")
    fair, meeting, *weekly = events(found)
    assert found.title == "Council"
    assert {key: value.key if key == "status" else value for key, value in fair.items() if key != "sources"} == {
        "title": "Fair, with boats",
        "when": "2024-03-08/2024-03-10",
        "status": "cancelled",
        "place": "Harbour",
        "text": "First line\\\nsee [https\\://example\\.org/x](https://example.org/x)",
        "x_categories": "News, Sea",
        "x_uid": "1@example.org",
    }
    assert fair["sources"][0].key == "https://example.org/fair"
    assert meeting["when"] == "2024-07-08T09:00+02:00/17:30+02:00"
    assert [event["when"] for event in weekly[:2]] == ["2024-03-08T09:00Z/10:00Z", "2024-03-22T09:00Z/10:00Z"]
    assert len(weekly) == 102
    assert (weekly[2]["when"], weekly[-1]["when"]) == ("2024-01-01", "2024-04-09")
    for words in (
        "“ORGANIZER” was left out: “A. Clerk, mailto:clerk@example.org”",
        "a VALARM was left out: “ring”",
        "a VTODO was left out: “Buy rope”",
        "the first 100 times were taken",
    ):
        assert any(words in message for message in told(found)), words
    assert len(found.import_notes) == 4


def calendar(*events):
    inner = "".join(f"BEGIN:VEVENT\nUID:u{n}\nSUMMARY:E{n}\n{event}\nEND:VEVENT\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{inner}END:VCALENDAR\n".replace("\n", "\r\n")


@pytest.mark.parametrize(
    "event, words",
    [
        ("DTSTART:garbage", "(UID “u0”)"),
        ("DTSTART:20240308\nDTEND:xx", "(UID “u0”)"),
        ("DTSTART:20240308T090000Z\nDURATION:P999999999D", "left out, since it is broken"),
        ("DTSTART;VALUE=DATE:2024-05-06", "left out, since it is broken: “DTSTART” is no date: “2024-05-06”"),
        ("DTSTART:99991231T090000Z\nDURATION:P1D\nRRULE:FREQ=DAILY", "left out, since it is broken"),
        ("DTSTART;VALUE=DATE:20240308\nCLASS:PRIVATE", "its class is “PRIVATE”"),
        ("DTSTART;VALUE=DATE:20240308\nCLASS:CONFIDENTIAL", "not for everybody"),
    ],
)
def test_an_event_that_is_broken_or_private_is_left_out_and_the_others_come_in(event, words):
    found = made("a.ics", calendar(event, "DTSTART;VALUE=DATE:20240310"))
    assert [event["when"] for event in events(found)] == ["2024-03-10"]
    assert len(found.import_notes) == 1
    assert "E0" in told(found)[0]
    assert words in told(found)[0]


@pytest.mark.parametrize(
    "rule, times, words",
    [
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 1, "no further times were looked for than 0"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1, "no further times were looked for than 0"),
        ("FREQ=DAILY;INTERVAL=0", 1, "the rule cannot be followed"),
        ("FREQ=SECONDLY;BYSETPOS=2", 1, "no further times were looked for than 0"),
        ("FREQ=MINUTELY", 100, "the first 100 times"),
        ("FREQ=DAILY;COUNT=3", 3, ""),
        ("FREQ=DAILY;UNTIL=20240310T090000Z", 3, ""),
    ],
)
def test_a_rule_is_tried_for_so_many_steps_and_no_more(monkeypatch, rule, times, words):
    monkeypatch.setattr(recurring, "MAX_DAYS_TRIED", 20_000)
    found = made("a.ics", calendar(f"DTSTART:20240308T090000Z\nRRULE:{rule}"))
    assert (len(events(found)), [words in message for message in told(found)]) == (times, [True] if words else [])


def test_one_time_is_replaced_by_the_event_that_stands_for_it():
    moved = "UID:u0\nRECURRENCE-ID:20240309T090000Z\nDTSTART:20240309T150000Z\nSUMMARY:Moved"
    data = calendar("DTSTART:20240308T090000Z\nRRULE:FREQ=DAILY;COUNT=3").replace(
        "END:VCALENDAR", f"BEGIN:VEVENT\n{moved}\nEND:VEVENT\nEND:VCALENDAR"
    )
    assert [event["when"] for event in events(made("a.ics", data))] == ["2024-03-08T09:00Z", "2024-03-10T09:00Z", "2024-03-09T15:00Z"]


BERLIN = "DTSTART;TZID=Europe/Berlin:20240408T180000\nRRULE:FREQ=DAILY;"


@pytest.mark.parametrize(
    "event, days",
    [
        ("DTSTART;VALUE=DATE:20240308\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20240309T000000Z", ["2024-03-08", "2024-03-10"]),
        (f"{BERLIN}COUNT=3\nEXDATE:20240409T180000", ["2024-04-08", "2024-04-10"]),
        (f"{BERLIN}COUNT=3\nEXDATE;VALUE=DATE:20240409", ["2024-04-08", "2024-04-10"]),
        (f"{BERLIN}COUNT=3\nEXDATE:20240409T160000Z", ["2024-04-08", "2024-04-10"]),
        (f"{BERLIN}UNTIL=20240409T160000Z", ["2024-04-08", "2024-04-09"]),
        (f"{BERLIN}UNTIL=20240409T155959Z", ["2024-04-08"]),
        ("DTSTART:20240404T100000Z\nRDATE;VALUE=PERIOD:20240405T100000Z/PT2H", ["2024-04-04", "2024-04-05"]),
    ],
)
def test_times_that_are_left_out_and_the_last_one_are_those_that_programs_mean(event, days):
    found = made("a.ics", calendar(event))
    assert [event["when"][:10] for event in events(found)] == days
    assert told(found) == []


def test_a_zone_that_nobody_knows_is_told():
    found = made("a.ics", calendar("DTSTART;TZID=Mars/Base:20240308T090000"))
    assert events(found)[0]["when"] == "2024-03-08T09:00"
    assert "“Mars/Base”" in told(found)[0]


@pytest.mark.parametrize("data", ["BEGIN:VCALENDAR\nnonsense", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"])
def test_what_is_no_calendar_is_refused(data):
    with pytest.raises(ImportProblem, match=r"^it (?:is no calendar|has no events)"):
        made("a.ics", data)


MARKWHEN = """title: Search engines
#Sea: blue
// made by hand
group Early
12/31/1990: First #Sea [a report](https://example.org/r) location: Harbour
more words
see [it](https://example.org/it) too
endGroup
260 BC: Old
2024-03-08 / 2024-03-11: Storm id: storm
Dec 2020 - now: Calm
3 weeks: Later
stray
"""


def test_every_line_of_markwhen_is_taken_or_told():
    found = made("timeline.mw", MARKWHEN, "markwhen")
    first, old, storm, calm, later = events(found)
    assert found.title == "Search engines"
    assert [ref.key for ref in first.pop("sources")] == ["https://example.org/r", "https://example.org/it"]
    assert first == {
        "title": "First a report",
        "when": "1990-12-31",
        "place": "Harbour",
        "text": "more words\\\nsee [it](https://example.org/it) too",
        "x_tags": "Sea",
        "x_group": "Early",
    }
    assert (old["when"], storm["when"], calm["when"], later["when"], later["text"]) == (
        "-0259",
        "2024-03-08/2024-03-11",
        "2020-12/..",
        {"says": "3 weeks"},
        "stray",
    )
    assert next(record.id for record in found.records if record.fields.get("title") == "Storm") == "storm"
    assert told(found) == [
        "line 2: the colour of a tag was left out: “#Sea: blue”",
        "line 3: a comment was left out: “made by hand”",
        "line 12 (“Later”): its date cannot be read, and stays as the story’s own word: “3 weeks”",
    ]
    assert events(made("t.mw", "dateFormat: d/M/y\n03/04/2021: A\n"))[0]["when"] == "2021-04-03"


@pytest.mark.parametrize(
    "text, dates, when",
    [
        ("03/04/2021: A\n", "", "2021-03-04"),
        ("03/04/2021: A\n", "dmy", "2021-04-03"),
        ("03/04/2021: A\n26/04/2021: B\n", "", "2021-04-03"),
        ("dateFormat: d/M/y\n03/04/2021: A\n", "mdy", "2021-03-04"),
    ],
)
def test_markwhen_has_the_order_that_is_said_or_proven(text, dates, when):
    assert events(made("t.mw", text, dates=dates))[0]["when"] == when


@pytest.mark.parametrize(
    "date, when",
    [
        ("2022-04/4 months", "2022-04/2022-07"),
        ("03/2023 - 1 year", "2023-03/2024-02"),
        ("2024-03-10 / 3 days", "2024-03-10/2024-03-12"),
        ("2024 / 2 years", "2024/2025"),
        ("1 month 1 day", "2024-03-09/2024-04-09"),
        ("after !vote 2 weeks", "2024-03-09/2024-03-22"),
        ("!vote 1 day", "2024-03-09"),
        ("before !vote 1 week", "2024-03-01/2024-03-07"),
        ("after !nobody 2 weeks", {"says": "after !nobody 2 weeks"}),
        ("now / 10 days", {"says": "now / 10 days"}),
        ("c. 1850 / 3 days", {"says": "c. 1850 / 3 days"}),
        ("9999 / 3 years", {"says": "9999 / 3 years"}),
    ],
)
def test_a_length_of_markwhen_is_counted_from_the_date_before_it_or_another_event(date, when):
    assert events(made("t.mw", f"2024-03-08: A !vote\n{date}: B\n"))[1] == {"title": "B", "when": when}


def test_places_names_and_pages_of_markwhen_are_no_words_of_an_event():
    found = made(
        "t.mw",
        "title: One\n2024-03-08: Vote at [hall](location) !vote\n[Quay](location)\n- [ ] call: Anna\nIt took 5 days: long\n_-_-_break_-_-_\ntitle: Two\n2025: End\n",
    )
    vote, end = events(found)
    text = "\\- \\[ \\] call\\: Anna\\\nIt took 5 days\\: long"
    assert vote == {"title": "Vote at hall", "when": "2024-03-08", "place": "hall; Quay", "text": text}
    assert (end, found.records[0].id) == ({"title": "End", "when": "2025"}, "vote")
    assert told(found) == [
        "line 6: a new page begins here, whose events stand behind the others",
        "line 7: it was left out, since it is no event: “title: Two”",
    ]


YAML = """- date: 8 March 2024
  title: The vote
  description: Five to four
  url: https://example.org/v
  icon: fa-ship
  nested: {a: 1}
- year: 1850
  event: The harbour
- just words
"""


def test_a_list_in_yaml_is_a_table_of_its_entries():
    found = made("_data/timeline.yml".rpartition("/")[2], YAML, "yaml")
    first, second = events(found)
    assert [ref.key for ref in first.pop("sources")] == ["https://example.org/v"]
    assert first == {"title": "The vote", "when": "2024-03-08", "text": "Five to four"}
    assert second == {"title": "The harbour", "when": "1850"}
    text = "\n".join(told(found))
    assert "entry 1: “nested” was left out" in text
    assert "the column “icon” was left out: 1 cell, the first in entry 1: “fa-ship”" in text
    assert "entry 3: it was left out, since it has no keys: “just words”" in text


def test_sources_of_a_list_may_be_mappings_and_what_goes_on_has_no_end():
    text = """- title: Mayor
  from: 2011
  to: present
  source: {name: "Gazette; late", url: https://example.org/g}
- title: Clerk
  from: 2001
  to: 2005
  sources: [https://example.org/1, {title: Two, link: https://example.org/2}]
  place: {name: Hall, floor: 2}
"""
    found = made("cv.yml", text, "yaml")
    assert [event["when"] for event in events(found)] == ["2011/..", "2001/2005"]
    assert [(record.fields.get("title"), record.fields["url"]) for record in found.records if record.kind == "source"] == [
        ("Gazette; late", "https://example.org/g"),
        (None, "https://example.org/1"),
        ("Two", "https://example.org/2"),
    ]
    assert told(found) == ['entry 2: “place” was left out: “{"name":"Hall","floor":"2"}”']


def test_a_list_in_json_of_its_own_shape_is_read():
    whole = {
        "title": "Bay",
        "version": 2,
        "events": [{"name": "Treaty", "begin": 1648, "end": 1650, "description": "Two towns agree."}, {"name": "Harbour", "begin": 1700}],
    }
    found = made("timeline.json", json.dumps(whole), "json")
    assert events(found) == [{"title": "Treaty", "when": "1648/1650", "text": "Two towns agree\\."}, {"title": "Harbour", "when": "1700"}]
    assert (found.title, told(found)) == ("Bay", ["the whole file: “version” was left out: “2”"])
    with pytest.raises(ImportProblem, match="no list of events"):
        made("a.json", '{"a": 1}')
    with pytest.raises(Question, match="--map"):
        made("a.json", '[{"a": 1, "b": 2}]')


DATED = """# The harbour

Some words.

- 5 May 1789: The estates meet, says [the report](https://example.org/r)
  and more
- **1790** – Second
- c. 1850: Third

## 1901

- 8 March: Fourth
"""


def test_a_dated_list_in_markdown_is_a_chronology():
    found = made("timeline.md", DATED, "dated-list")
    assert found.title == "The harbour"
    first, second, third, fourth = events(found)
    assert [ref.key for ref in first.pop("sources")] == ["https://example.org/r"]
    assert first == {
        "title": "The estates meet, says the report",
        "when": "1789-05-05",
        "text": "The estates meet, says [the report](https://example.org/r)\\\nand more",
    }
    assert [(event["title"], event["when"]) for event in (second, third, fourth)] == [
        ("Second", "1790"),
        ("Third", "1850~"),
        ("Fourth", "1901-03-08"),
    ]
    assert told(found) == ["line 3: it was left out, since it has no date: “Some words.”"]
    with pytest.raises(Question, match="03/04/2021"):
        made("timeline.md", "- 03/04/2021: a\n- 05/04/2021: b\n- 06/04/2021: c\n")
    ordered = made("timeline.md", "- 03/04/2021: a\n- 05/04/2021: b\n- 26/04/2021: c\n")
    assert [event["when"] for event in events(ordered)] == ["2021-04-03", "2021-04-05", "2021-04-26"]


def test_these_come_in_and_the_site_builds(tmp_path):
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\n")
    for name, data in (("c.ics", ICS), ("m.mw", MARKWHEN), ("y.yml", YAML), ("d.md", DATED)):
        (tmp_path / name).write_bytes(data.encode())
    for name in ("c.ics", "m.mw", "y.yml", "d.md"):
        assert cli.main(["import", str(tmp_path / name), "--same", "join", "--root", str(root)]) == cli.FINE
    assert cli.main(["build", "--drafts", "--root", str(root), "--jobs", "1"]) == cli.FINE


def test_an_event_without_an_end_takes_no_other_with_it():
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A\r\nDTSTART:20240308T100000Z\r\nSTATUS:TENTATIVE\r\nBEGIN:VEVENT\r\nSUMMARY:B\r\nDTSTART:20240309T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    found = made("a.ics", text, "ics")
    assert [event["title"] for event in events(found)] == ["A", "B"]
    assert events(found)[0]["status"].key == "planned"
    assert "line 2: the event has no end (END:VEVENT), and was taken to end above line 6" in told(found)


def test_a_date_of_markwhen_with_seconds_begins_an_event():
    found = made("a.mw", "2024-03-08: A\n2024-03-08T10:00:00Z / 2 hours: B\n", "markwhen")
    assert [(event["title"], event["when"]) for event in events(found)] == [
        ("A", "2024-03-08"),
        ("B", "2024-03-08T10:00Z/2024-03-08T12:00Z"),
    ]


PLACED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:1@example.org
DTSTART;VALUE=DATE:20240308
SUMMARY:Fair
GEO:46.2;6.14
ORGANIZER;CN=Anna Hale:mailto:anna@example.org
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_gives_coordinates_and_tells_people_by_their_names():
    found = made("c.ics", PLACED, "ics")
    (event,) = events(found)
    assert [number.key for number in event["coordinates"]] == ["46.2", "6.14"]
    assert "event 1 (“Fair”): “ORGANIZER” was left out: “Anna Hale, mailto:anna@example.org”" in told(found)
    assert any("no place on Earth" in message for message in told(made("c.ics", PLACED.replace("46.2", "146.2"), "ics")))


def test_a_mapping_of_days_in_yaml_is_a_list_of_events():
    found = made("timeline.yml", "1990: The wall\n1991:\n  - The vote\n  - {title: The fair, place: Gullhaven}\n", "yaml")
    assert [(event["title"], event["when"], event.get("place", "")) for event in events(found)] == [
        ("The wall", "1990", ""),
        ("The vote", "1991", ""),
        ("The fair", "1991", "Gullhaven"),
    ]


def test_an_event_of_a_calendar_that_the_site_has_is_proposed_to_be_joined():
    found = made("c.ics", PLACED, "ics")
    existing = ExistingRecords(same={event_mark("1@example.org", "2024-03-08"): "fair"})
    with pytest.raises(Question, match=r"“Fair” is “fair” of the site, by UID 1@example.org, 2024-03-08"):
        layout(found, existing, ImportOptions(), LayoutOptions(name="c"))
    (files,) = layout(found, existing, ImportOptions(), LayoutOptions(name="c", same="join")).files.values()
    assert b"timeline:\n  - fair\n" in files


def test_the_name_of_a_calendar_is_as_it_was_before_its_signs_were_marked():
    calendar = "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Council\\; a\\, b\\nc\nX-WR-CALDESC:All\\, of it\nX-WR-TIMEZONE:Europe/Rome\nBEGIN:VEVENT\nUID:1\nDTSTART:20240301\nSUMMARY:Vote\nX-ROOM:7\\; b\nEND:VEVENT\nEND:VCALENDAR\n"
    found = made("a.ics", calendar, "ics")
    assert found.title == "Council; a, b c"
    assert told(found) == [
        "the whole file: its description was left out: “All, of it”",
        "the whole file: its time zone (X-WR-TIMEZONE) was left out: “Europe/Rome”; times stand as each event has them",
        "event 1 (“Vote”): “X-ROOM” was left out: “7; b”",
    ]


def test_entries_of_one_key_that_is_a_date_are_events():
    found = made("timeline.yml", "- 1990: The wall falls\n- 1991: {title: The Union ends, place: Moscow}\n", "yaml")
    assert [(event["title"], event["when"]) for event in events(found)] == [("The wall falls", "1990"), ("The Union ends", "1991")]


def test_brackets_at_the_end_of_a_dated_entry_are_a_source_only_where_they_look_like_one():
    text = """- 3 May 2019: The bridge closes (source)
- 4 May 2019: The council meets ([source](https://example.org/a)).
- 5 May 2019: The mayor resigns (Gazette, 6 May 2019)
- 6 May 2019: The bridge reopens (for bikes)
- 7 May 2019: Ann Lee is mayor (Harbour, 3 May 1950)
"""
    found = made("a.md", text, "dated-list")
    assert [event["title"] for event in events(found)] == [
        "The bridge closes (source)",
        "The council meets",
        "The mayor resigns",
        "The bridge reopens (for bikes)",
        "Ann Lee is mayor (Harbour, 3 May 1950)",
    ]
    assert [record.fields for record in found.records if record.kind == "source"] == [
        {"url": "https://example.org/a"},
        {"publisher": "Gazette", "published": "2019-05-06"},
    ]
    assert told(found) == ["line 3: “(Gazette, 6 May 2019)” was taken for its source. If it is none, write it into the title"]


def test_the_front_matter_of_a_dated_list_has_its_title():
    text = '---\ntitle: "Dated: list"\ntags: [a, b]\n---\n- 5 May 1789: One\n- 14 July 1789: Two\n- 1790: Three\n- and more\n'
    found = made("a.md", text, "dated-list")
    assert found.title == "Dated: list"
    assert told(found) == ["line 3: “tags” was left out: “a; b”", "line 8: it was left out, since it has no date: “- and more”"]
