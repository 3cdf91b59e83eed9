"""Timelines of TimelineJS: each value of a file is in what is made of it, or told with its place."""

import json

import pytest

from builder import cli
from builder.formats import timelinejs
from builder.formats.parts import DateRecord, Publication
from builder.formats.published_data import VERSION, EventRecord, SiteData
from builder.importing import ImportProblem, timelinejs as imported
from builder.importing.html_words import read_html
from builder.importing.timelinejs import slides
from builder.importing.timelinejs.moments import stamp

COLUMNS = [
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Alt Text",
    "Type",
    "Group",
    "Background",
    "Tag",
]


def of_json(*events, **more):
    return imported.from_json(json.dumps({"events": events, **more}).encode())


def of_rows(*rows, sign=",", columns=COLUMNS):
    lines = [sign.join(columns), *(sign.join(f'"{row.get(name, "")}"' for name in columns) for row in rows)]
    return imported.from_csv("\n".join(lines).encode())


def values(event):
    return {key: json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value for key, value in event.fields.items()}


def test_years_before_the_first_are_counted_as_the_viewer_counts_them():
    years = {-1: "0000", -300: "-0299", "-12000": "Y-11999", -13_800_000_000: "Y-13799999999", "44 BC": "-0043", 2024.0: "2024", 24: "0024"}
    for year, edtf in years.items():
        told = []
        assert (stamp({"year": year}, "start_date", told.append), told) == (edtf, [])
    assert stamp({"year": 0}, "start_date", told.append) == ""
    assert told == ["“start_date” could not be read, since there is no year 0: “0”"]


@pytest.mark.parametrize("edtf, year", [("-0043-03-15", -44), ("-0299", -300), ("0000", -1), ("Y-11999", -12000), ("2022", 2022)])
def test_years_go_out_as_the_viewer_counts_them(edtf, year):
    first = edtf if edtf == "2022" else ""
    event = EventRecord("a", "events/a/", "A", "occurred", DateRecord(edtf, edtf, first, first))
    written = json.loads(timelinejs.encode(SiteData(VERSION, Publication("T", "en"), events=(event,))))
    assert written["events"][0]["start_date"]["year"] == year
    (again,) = imported.from_json(json.dumps(written).encode()).events
    assert values(again)["when"] == f'"{edtf}"'


@pytest.mark.parametrize(
    "time, read_as",
    [
        ("5:30 PM", "17:30"),
        ("5:30pm", "17:30"),
        ("5 p.m.", "17:00"),
        ("12:05 AM", "00:05"),
        ("17.30", "17:30"),
        ("1730", "17:30"),
        ("930", "09:30"),
        ("17h30", "17:30"),
        ("17:30:05", "17:30:05"),
        ("17:30:05.000", "17:30:05"),
    ],
)
def test_a_time_is_read_in_every_form(time, read_as):
    told = []
    assert stamp({"year": "2024", "month": "3", "day": "8", "time": time}, "start_date", told.append) == f"2024-03-08T{read_as}"
    assert told == []


@pytest.mark.parametrize("time", ["noon", "13:00 PM", "25:00", "17:30:05.500", "5:30 UTC"])
def test_what_cannot_be_read_of_a_time_is_told_with_its_row(time):
    found = of_rows({"Year": "2024", "Month": "3", "Day": "8", "Time": time, "Headline": "A"})
    assert values(found.events[0])["when"].startswith('"2024-03-08')
    assert [told.startswith("row 2 (“A”): “start_date”") and time[:4] in told for told in found.import_notes] == [True]


def test_hours_have_their_end():
    day = {"year": 2024, "month": 3, "day": 8}
    found = of_json(
        {"start_date": {**day, "hour": 9, "minute": 0}, "end_date": {**day, "hour": 17, "minute": 30}, "text": {"headline": "A"}},
        {
            "start_date": {**day, "hour": 22, "minute": 15},
            "end_date": {**day, "day": 11, "hour": 6, "minute": 0},
            "text": {"headline": "B"},
        },
        {"start_date": {**day, "hour": 22, "minute": 15}, "end_date": {**day, "day": 11}, "text": {"headline": "C"}},
    )
    assert [values(event)["when"] for event in found.events] == [
        '"2024-03-08T09:00/17:30"',
        '"2024-03-08T22:15/2024-03-11T06:00"',
        '"2024-03-08T22:15/2024-03-11"',
    ]
    assert found.import_notes == ()


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("The <i>Herald</i>’s <b>W</b>ord", "The Herald’s Word"),
        ("1<sup>st</sup>", "1st"),
        ("<p>One</p>\n<p>Two<br>lines</p>", "One\\\n\\\nTwo\\\nlines"),
        ("One\n\nTwo\nsame", "One\\\n\\\nTwo same"),
        ('<a href="https://example.org/a_b?x=1&copy=2">she</a>, too', "[she](https://example.org/a_b?x=1&copy=2), too"),
        ('<a href="https://example.org/(a)">x</a>', "[x](<https://example.org/(a)>)"),
        ("see https://example.org/a), ok", "see [https\\://example\\.org/a](https://example.org/a)\\), ok"),
        ('<img src="//example.org/a.png" alt="A boat">', "[picture\\: A boat](https://example.org/a.png)"),
        ("نمی‌خواهد 👩‍👧 a\xadb", "نمی‌خواهد 👩‍👧 ab"),
        ("<ul><li>one</li><li>two</li></ul>", "• one\\\n• two"),
        ("<q>Sold</q> for 10<sup>6</sup>", "“Sold” for 10⁶"),
        ("3 < 4 &amp; 5 > 4", "3 \\< 4 \\& 5 \\> 4"),
    ],
)
def test_html_is_words_with_its_links(html, markdown):
    told = []
    assert (read_html(html, told.append).markdown, told) == (markdown, [])


def test_what_html_loses_is_told():
    told = []
    assert read_html("<script>x()</script><a href='javascript:x'>w</a><img src='a.png'>", told.append).words == "w picture"
    assert len(told) == 3
    assert read_html("A<blockquote>It is sold.</blockquote><s>B</s>", told.append).words == "A It is sold. B"
    assert told[3:] == [
        "a quotation that was set apart is a paragraph now: say whose words it is",
        "words that were struck through are words like all others now",
    ]
    told.clear()
    assert read_html('<span class="clip" data-url="https://example.org/a.ogg" data-start="0">a song</span>', told.append).words == "a song"
    assert told == ["the address “https://example.org/a.ogg” in “data-url” was left out"]


def test_a_picture_its_group_and_an_era_stand_in_the_text():
    media = {"url": "https://example.org/boat.jpg", "caption": "The boat", "credit": "<a href='https://example.org/c'>A. Clerk</a>"}
    linked = {**media, "caption": "By <a href='https://example.org/k'>her</a>", "credit": ""}
    frame = {"url": '<iframe src="https://example.org/film"></iframe>'}
    found = of_json(
        {"start_date": {"year": 2024}, "text": {"headline": "A", "text": "Said."}, "media": media, "group": 3},
        {"start_date": {"year": 2024}, "text": {"headline": "B"}, "media": linked},
        {"start_date": {"year": 2024}, "text": {"headline": "C"}, "media": frame},
        eras=[{"start_date": {"year": 2020}, "end_date": {"year": 2024}, "text": {"headline": "D"}}],
    )
    assert [json.loads(values(event)["text"]) for event in found.events] == [
        "Said\\.\\\n\\\n[picture\\: The boat](https://example.org/boat.jpg), [A\\. Clerk](https://example.org/c) · group: 3",
        "[picture](https://example.org/boat.jpg): By [her](https://example.org/k)",
        "[media](https://example.org/film)",
        "era",
    ]
    assert values(found.events[2])["x_media"] == '"https://example.org/film"'


def test_whatever_is_not_taken_is_told_with_its_place():
    found = of_json(
        {"start_date": {"year": 2024, "format": "f"}, "text": {"headline": "A", "size": 3}, "media": {"url": "a", "link_target": "_blank"}},
        {"start_date": {"year": 2024, "month": 13}, "text": {"headline": "B"}, "background": {"opacity": 5}, "location": {"lat": 1}},
        {"name": "C"},
        {"start_date": {"year": -12000}, "end_date": {"year": -11000}, "text": {"headline": "D"}, "group": ["x"]},
        scale="human",
    )
    for words in (
        "event 1 (“A”): “start_date.format”",
        "event 1 (“A”): “text.size”",
        "event 1 (“A”): “media.link_target” was left out: “_blank”",
        "event 1 (“A”): “a” is no address",
        "event 2 (“B”): “start_date”: of the date “2024-13” only “2024” was kept",
        "event 2 (“B”): “background.opacity”",
        'event 2 (“B”): “location” was left out: “{"lat": 1}”',
        "event 3 was left out",
        "event 4 (“D”): “end_date” is kept as x_end",
        "event 4 (“D”): “group”",
        "the whole file: “scale”",
    ):
        assert any(told.startswith(words) for told in found.import_notes), words
    assert len(found.import_notes) == 11


def test_columns_of_the_sheet_are_taken_or_told():
    full = {name: f"v {name}" for name in COLUMNS} | {"Year": "2024", "Month": "3", "Day": "", "Time": "", "Type": "", "Background": "#333"}
    full |= {name: "" for name in COLUMNS if name.startswith("End")} | {
        "Media": "https://example.org/a.jpg",
        "Media Thumbnail": "https://example.org/t.jpg",
    }
    found = of_rows({}, full, {"Year": " "}, {"Headline": "Whole", "Type": "title"})
    (event,) = found.events
    told = json.dumps(event.fields)
    assert all(f"v {name}" in told for name in ("Display Date", "Headline", "Text", "Media Credit", "Media Caption", "Alt Text", "Group"))
    assert ('"#333"' in told, "t.jpg" in told, found.title) == (True, True, "Whole")
    assert found.import_notes == ("row 3: “Tag” was left out: “v Tag”",)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_sheet_is_read_as_programs_save_it(sign, encoding):
    data = f"Year{sign}Headline\r\n2024{sign}Café\r\n"
    assert [event.title for event in imported.from_csv(data.encode(encoding)).events] == ["Café"]
    with pytest.raises(ImportProblem, match="Save it as UTF-8"):
        imported.from_csv(data.encode("cp1252"))


@pytest.mark.parametrize("loose", [{"group": 3}, {"media": ""}, {"end_date": ""}, {"media": None}, {"unique_id": 7}, {"background": ""}])
def test_loose_values_are_taken(loose):
    found = of_json(
        {"start_date": {"year": 2024.0}, "text": {"headline": 5}, **loose}, {"start_date": {"year": 1}, "text": {"headline": "B"}}
    )
    assert ([event.title for event in found.events], found.import_notes) == (["5", "B"], ())


def test_a_headline_that_is_empty_is_the_date_shown_or_the_first_words():
    found = of_json(
        {"start_date": {"year": 2024}, "display_date": "That spring", "text": {"headline": ""}},
        {"start_date": {"year": 2024}, "display_date": ".", "text": {"text": "<p>The council met.</p>"}},
    )
    assert [event.title for event in found.events] == ["That spring", "The council met."]


@pytest.mark.parametrize("shape", ["{}", "var storyjs_jsonp_data = {};", "callback({})"])
def test_the_versions_before_the_third_are_read(shape):
    old = {
        "headline": "Whole",
        "date": [
            {
                "startDate": "2011,12,10,14,30",
                "endDate": "2011,12,11",
                "headline": "A",
                "text": "T",
                "tag": "G",
                "asset": {"media": "https://example.org/a.jpg"},
            }
        ],
        "era": [{"startDate": "2011", "endDate": "2012", "headline": "E"}],
    }
    found = imported.from_json(shape.replace("{}", json.dumps({"timeline": old})).encode())
    event, era = map(values, found.events)
    assert (found.title, event["when"], event["x_group"], era["when"], found.import_notes) == (
        "Whole",
        '"2011-12-10T14:30/2011-12-11"',
        '"G"',
        '"2011/2012"',
        (),
    )


@pytest.mark.parametrize(
    "text, said",
    [
        ('{"events": [{"name": "A", "begin": 1648}]}', "none of its “events” has"),
        ('{"timeline": {"slides": []}}', "no list “date”"),
        ("---\nlayout: null\n---\n{}", "template of a site generator"),
        ("[1]", "list of “events”"),
    ],
)
def test_what_is_no_timeline_is_refused(text, said):
    with pytest.raises(ImportProblem, match=said):
        imported.from_json(text.encode())


def test_what_goes_out_with_a_picture_comes_back_the_same():
    found = of_json(
        {
            "start_date": {"year": 2024},
            "text": {"headline": "A"},
            "media": {"url": "https://example.org/a.jpg", "caption": "C"},
            "group": "G",
        }
    )
    event = EventRecord(
        "a",
        "events/a/",
        "A",
        "occurred",
        DateRecord("2024", "2024", "2024-01-01", "2024-12-31"),
        text="One.\n\nTwo.\n\npicture: C · group: G",
        extra={"x_media": "https://example.org/a.jpg", "x_caption": "C", "x_group": "G"},
    )
    written = timelinejs.encode(SiteData(VERSION, Publication("T", "en"), events=(event,)))
    assert json.loads(written)["events"][0]["text"]["text"] == "One.\n\nTwo."
    tail = json.loads(values(found.events[0])["text"])
    assert json.loads(values(imported.from_json(written).events[0])["text"]) == f"One\\.\\\n\\\nTwo\\.\\\n\\\n{tail}"


def test_two_imports_into_a_site_are_two_events(tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    for name in ("ferry", "school"):
        whole = {
            "title": {"text": {"headline": name}},
            "events": [{"start_date": {"year": 2024}, "text": {"headline": "The vote", "text": name}}],
        }
        (tmp_path / f"{name}.json").write_text(json.dumps(whole))
        assert cli.main(["import", str(tmp_path / f"{name}.json"), "--root", str(tmp_path)]) == cli.FINE
    assert "event 1 (“The vote”): the site has another event “the-vote”, so this one is “the-vote-2”" in capsys.readouterr().out
    assert cli.main(["import", str(tmp_path / "ferry.json"), "--events", "--root", str(tmp_path)]) == cli.FINE
    assert (tmp_path / "content/events/the-vote-3.md").exists()
    assert cli.main(["build", "--drafts", "--root", str(tmp_path), "--jobs", "1"]) == cli.FINE
    for name, key in (("ferry", "the-vote"), ("school", "the-vote-2")):
        assert name in (tmp_path / f"site/events/{key}/index.html").read_text("utf-8")


def test_an_id_that_an_event_had_before_is_not_taken(tmp_path, capsys):
    (tmp_path / "content/events").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    (tmp_path / "content/events/vote.md").write_text("---\ntitle: A vote\nwhen: 2020\nformer_ids: [the-vote]\n---\n")
    whole = {"title": {"text": {"headline": "Ferry"}}, "events": [{"start_date": {"year": 2024}, "text": {"headline": "The vote"}}]}
    (tmp_path / "ferry.json").write_text(json.dumps(whole))
    assert cli.main(["import", str(tmp_path / "ferry.json"), "--root", str(tmp_path)]) == cli.FINE
    assert "another event of the site was “the-vote” before, so this one is “the-vote-2”" in capsys.readouterr().out
    assert cli.main(["build", "--drafts", "--root", str(tmp_path), "--jobs", "1"]) == cli.FINE


@pytest.mark.parametrize("by, said, told", [("Ann Lee; a clerk", ["Ann Lee", "a clerk"], 0), ("", None, 1)])
def test_who_says_so_comes_back_with_a_timeline_of_ours(by, said, told):
    slide = {
        "start_date": {"year": "2020"},
        "text": {"headline": "A (denied)"},
        "x_edtf": "2020",
        "x_title": "A",
        "x_status": "denied",
        "x_by": by,
    }
    whole = {"title": {"text": {"headline": "Harbour"}}, "events": [slide]}
    found = imported.as_result(imported.from_json(json.dumps(whole).encode()))
    assert found.records[0].fields.get("by") == said
    assert len([note for note in found.import_notes if "Who denies it?" in str(note)]) == told


def test_thousands_of_slides_of_one_headline_get_ids_without_trying_all():
    class Counted(set):
        looked_up = 0

        def __contains__(self, key):
            Counted.looked_up += 1
            return super().__contains__(key)

    ids = slides.Ids()
    ids.taken = Counted()
    made = [ids.of("", "The vote", print) for _ in range(500)]
    assert (len(set(made)), made[-1]) == (500, "the-vote-500")
    assert Counted.looked_up < 2_000


def test_how_a_date_is_to_be_written_may_stand_within_it():
    said = {"year": "2024", "month": "3", "day": "8", "display_date": "8 March"}
    whole = {"events": [{"start_date": said, "end_date": {**said, "day": "9", "display_date": "the 9th"}, "text": {"headline": "A"}}]}
    found = imported.from_json(json.dumps(whole).encode())
    assert found.events[0].fields["when"] == {"says": "8 March", "is": "2024-03-08/2024-03-09"}
    assert found.import_notes == ("event 1 (“A”): “end_date.display_date” was left out: “the 9th”",)
