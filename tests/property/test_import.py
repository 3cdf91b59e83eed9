"""A timeline that goes out as TimelineJS and comes back is the same timeline; and one from elsewhere is read as it is, or refused in words."""

import json
import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from builder import cli, linking
from builder.content.parse import parse
from builder.content.reading import STARTER
from builder.formats import timelinejs
from builder.formats.published_data import VERSION, DateRecord, EventRecord, Publication, SiteData
from builder.i18n import language
from builder.importing import ExistingRecords, ImportOptions, ImportProblem, layout, timelinejs as imported
from builder.importing.html_words import line
from builder.model import STATUSES, Settings
from builder.pages import data_records, event_records
from tests.effort import effort

WORDS = (
    st.text(st.characters(exclude_categories=("Cs", "Pi", "Pf", "Ps", "Pe"), exclude_characters="\"'`"), min_size=1, max_size=40)
    .map(line)
    .filter(bool)
)
EDTF = st.sampled_from(
    (
        "2022",
        "2022-01",
        "2022-01-18",
        "2022-01-18~",
        "2022-01-18/2022-01-21",
        "2022-01/2022-03",
        "202X",
        "2022-21",
        "2022-01-18/..",
        "2022-01-18T14:30",
        "2022-01-18T14:30:05Z",
        "-0044-03-15",
        "-0044",
    )
)
KEYS = (*timelinejs.MEDIA.values(), *timelinejs.BACKGROUND.values(), timelinejs.GROUP)
EXTRA = st.dictionaries(st.sampled_from(KEYS), WORDS, max_size=4).map(
    lambda extra: {key: f"https://example.org/{n}" if key in ADDRESSES else words for n, (key, words) in enumerate(extra.items())}
)
ADDRESSES = {"x_media", "x_thumbnail", "x_media_link", "x_background"}


def held(extra):
    """What the format can hold: what is told of a picture needs the picture."""
    return {key: words for key, words in extra.items() if "x_media" in extra or key not in timelinejs.MEDIA.values()}


def site_of(text):
    document = parse("content/explainers/back.md", text.encode())
    site, _ = linking.link(Settings(base_url="https://example.org/"), language.load("en"), (document,), drafts=True)
    return site, document


def as_explainer(found, title):
    made = msgspec.structs.replace(imported.as_result(found), title=title)
    (text,) = layout(made, ExistingRecords(), ImportOptions(today="2022-01-19")).files.values()
    return text.decode()


def back(found):
    """What comes of a timeline as an explainer that is read and gathered again."""
    site, document = site_of(as_explainer(found, found.title or "Back"))
    (slug,) = site.explainers
    return data_records.explainer_data(site, slug), document


@st.composite
def events(draw):
    made = []
    for n in range(draw(st.integers(1, 4))):
        edtf, says = draw(EDTF), draw(st.sampled_from(("", "that spring")))
        when = f"{{says: {says}, is: '{edtf}'}}" if says else f"'{edtf}'"
        site, _ = site_of(f"---\ntitle: T\npublished: 2022-01-19\ntimeline:\n- {{title: A, when: {when}}}\n---\nText.\n")
        when = next(event_records.event(site, key).when for key in site.events)
        assert isinstance(when, DateRecord)
        made.append(
            EventRecord(
                id=f"event-{n}",
                path=f"events/event-{n}/",
                title=draw(WORDS),
                status=draw(st.sampled_from(STATUSES)),
                when=when,
                place=draw(st.one_of(st.just(""), WORDS)),
                text=draw(st.one_of(st.just(""), WORDS)),
                extra=draw(EXTRA),
            )
        )
    return tuple(made)


def without_voice(event):
    """Return an event as it comes back: nobody is named in the file who alleges or denies it."""
    return (
        msgspec.structs.replace(event, status="disputed", extra=event.extra | {"x_status": event.status})
        if event.status in {"alleged", "denied"}
        else event
    )


@given(events())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=effort(12, 100))
def test_what_goes_out_comes_back(made):
    data = SiteData(VERSION, Publication("A title", "en", "https://example.org/"), events=made)
    again, document = back(imported.from_json(timelinejs.encode(data)))
    assert document.diagnostics == ()
    kept = ("id", "title", "status", "place", "text")
    said = [
        sorted(
            [*(getattr(event, name) for name in kept), event.when.edtf, event.when.says, sorted(held(event.extra).items())]
            for event in events
        )
        for events in (again.events, map(without_voice, made))
    ]
    assert said[0] == said[1]
    assert all(event.extra == held(event.extra) for event in again.events)
    assert again.explainer.title == "A title"


NUMBERS = st.one_of(st.none(), st.integers(-20000, 20000), st.text(max_size=4))
STAMPS = st.fixed_dictionaries({}, optional={"year": NUMBERS, "month": NUMBERS, "day": NUMBERS, "hour": NUMBERS, "minute": NUMBERS})
SLIDES = st.fixed_dictionaries(
    {},
    optional={
        "start_date": STAMPS,
        "end_date": STAMPS,
        "text": st.fixed_dictionaries({}, optional={"headline": st.text(max_size=20), "text": st.text(max_size=20)}),
        "display_date": st.text(max_size=12),
        "unique_id": st.text(max_size=8),
        "group": st.text(max_size=8),
        "media": st.fixed_dictionaries({"url": st.text(max_size=8)}),
        "background": st.fixed_dictionaries({"color": st.text(max_size=8)}),
    },
)


@given(st.lists(SLIDES, min_size=1, max_size=4), st.lists(SLIDES, max_size=1))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=effort(12, 100))
def test_whatever_a_timeline_holds_becomes_front_matter_that_is_read(slides, eras):
    try:
        found = imported.from_json(json.dumps({"events": slides, "eras": eras}).encode("utf-8", "surrogatepass"))
    except ImportProblem:
        return
    text = as_explainer(found, "Back")
    explainer = parse("content/explainers/back.md", text.encode()).explainer
    assert explainer is not None
    assert [event.title for event in explainer.timeline] == [event.title for event in found.events]
    assert len({event.id for event in found.events}) == len(found.events)


@given(st.binary(max_size=80))
def test_whatever_is_no_timeline_is_refused_in_words(data):
    for read in (imported.from_json, imported.from_csv):
        said = ""
        try:
            read(data)
        except ImportProblem as problem:
            said = str(problem)
        assert said.startswith("it ")


def test_a_timeline_from_elsewhere_is_read_as_it_is():
    found = imported.from_json(
        json.dumps(
            {
                "title": {"text": {"headline": "A <b>strike</b>", "text": "<p>Of bakers &amp; millers.</p>"}},
                "events": [
                    {
                        "start_date": {"year": "1912", "month": "5"},
                        "end_date": {"year": 1912, "month": 6, "day": 1},
                        "display_date": "Late spring",
                        "text": {"headline": "It *begins*", "text": "<p>In the [[east]]</p>"},
                        "media": {"url": "https://example.org/a.jpg", "credit": "A. Baker"},
                        "group": "Bakers",
                    }
                ],
            }
        ).encode()
    )
    data, document = back(found)
    assert document.diagnostics == ()
    (event,) = data.events
    assert (event.title, event.text, event.when.edtf, event.when.says) == (
        "It *begins*",
        "In the [[east]]\n\npicture, A. Baker · group: Bakers",
        "1912-05/1912-06-01",
        "Late spring",
    )
    assert (data.explainer.title, data.explainer.summary) == ("A strike", "Of bakers & millers.")
    assert dict(document.explainer.timeline[0].extra) == {
        "x_group": "Bakers",
        "x_media": "https://example.org/a.jpg",
        "x_credit": "A. Baker",
    }


def test_what_came_from_elsewhere_goes_back_as_it_came():
    picture = {
        "url": "https://example.org/a.jpg",
        "caption": "A &lt;mill&gt;",
        "credit": "A. Baker",
        "thumbnail": "https://example.org/s.jpg",
        "alt": "A mill",
        "title": "Mill",
        "link": "https://example.org/mill",
    }
    slide = {
        "start_date": {"year": 1912, "month": 5, "day": 3, "hour": 14, "minute": 30, "second": 5},
        "display_date": "3 May 1912, 14:30:05",
        "text": {"headline": "It begins"},
        "media": picture,
        "background": {"url": "https://example.org/b.jpg", "color": "#333", "alt": "Smoke"},
        "group": "Bakers",
        "unique_id": "it-begins",
    }
    era = {"start_date": {"year": 1912, "month": 5}, "end_date": {"year": 1912, "month": 6}, "text": {"headline": "The strike"}}
    whole = {"title": {"text": {"headline": "Bread"}, "media": picture}, "events": [slide], "eras": [era]}
    data, document = back(imported.from_json(json.dumps(whole).encode()))
    assert document.diagnostics == ()
    again = json.loads(timelinejs.encode(data))
    assert again["title"] == whole["title"]
    (event,), (span,) = again["events"], again["eras"]
    assert {name: event[name] for name in ("start_date", "media", "background", "group", "unique_id")} == {
        name: slide[name] for name in ("start_date", "media", "background", "group", "unique_id")
    }
    assert (span["start_date"], span["end_date"]) == ({"year": 1912, "month": 5, "day": 1}, {"year": 1912, "month": 6, "day": 30})
    assert (span["x_edtf"], span["text"]["headline"]) == ("1912-05/1912-06", "The strike")
    assert json.loads(timelinejs.encode(back(imported.from_json(json.dumps(again).encode()))[0])) == again


@pytest.mark.parametrize(
    "written, hours",
    [
        ("2021-03-23T07:40/09:00", ("2021-03-23T07:40", "2021-03-23T09:00")),
        ("2021-03-23T07:40Z/09:00", ("2021-03-23T07:40Z", "2021-03-23T09:00Z")),
        ("2021-03-23T23:00+01:00/2021-03-24T01:00+01:00", ("2021-03-23T23:00+01:00", "2021-03-24T01:00+01:00")),
        ("2021-03-23T07:40~/09:00", ("", "")),
        ("2021-03-29T04:30~", ("", "")),
        ("2021-03-23T07:40/..", ("", "")),
        ("", ("", "")),
    ],
)
def test_hours_are_told_in_full_and_come_back_as_they_were_written(written, hours):
    when = DateRecord("2021-03-23", "in words", "2021-03-23", "2021-03-23", "2021-03-23", written=written)
    assert when.hours == hours
    event = EventRecord("a", "events/a/", "A", "occurred", when)
    (slide,) = json.loads(timelinejs.encode(SiteData(VERSION, Publication("T", "en"), events=(event,))))["events"]
    assert slide["start_date"].get("hour") == (int(hours[0][11:13]) if hours[0] else None)
    (again,) = imported.from_json(json.dumps({"events": [slide]}).encode()).events
    assert again.fields["when"] in ({"says": "in words", "is": written or "2021-03-23"}, written or "2021-03-23")


def test_an_end_that_no_date_can_hold_is_kept():
    slide = {"start_date": {"year": -61000}, "end_date": {"year": -2000}, "text": {"headline": "Ice"}}
    (event,) = imported.from_json(json.dumps({"events": [slide]}).encode()).events
    assert (event.fields["when"], event.fields["x_end"]) == ("Y-60999", "-1999")


def test_only_addresses_of_the_web_lead_out_of_a_timeline():
    extra = {"x_media": "javascript:alert(1)", "x_caption": "<b>", "x_background": "data:x", "x_background_color": "red"}
    event = EventRecord("a", "events/a/", "A", "occurred", DateRecord("2022", "2022", "2022-01-01", "2022-12-31", "2022"), extra=extra)
    written = json.loads(timelinejs.encode(SiteData(VERSION, Publication("T", "en"), events=(event,))))
    assert ("media" in written["events"][0], written["events"][0]["background"]) == (False, {"color": "red"})


SHEET = """Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background
,,,,,,,,,The strike,All of it,,,,,title,,
1912,5,1,,,,,,,It begins,"With, commas",,,,,,,
1912,6,2,14:30,1912,6,2,15:00,,It ends,,https://example.org/a.jpg,A. Baker,A mill,https://example.org/s.jpg,,Bakers,#333
1912,5,,,1912,6,,,,The spring,,,,,,era,,
"""


@pytest.mark.parametrize("kind", ["explainer", "events"])
def test_the_command_makes_files_and_never_overwrites(kind, tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    file = tmp_path / "sheet.csv"
    file.write_text(SHEET, "utf-8")
    command = ["import", str(file), "--root", str(tmp_path)] + (["--events"] if kind == "events" else [])
    assert cli.main(command) == cli.FINE
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("content/*/*"))
    assert made == (
        ["content/events/it-begins.md", "content/events/it-ends.md", "content/events/the-spring.md"]
        if kind == "events"
        else ["content/explainers/the-strike.md"]
    )
    before = [(tmp_path / path).read_text("utf-8") for path in made]
    for words in (
        "1912-06-02T14:30",
        "1912-05/1912-06",
        'x_thumbnail: "https://example.org/s.jpg"',
        'x_background_color: "#333"',
        'x_era: "yes"',
    ):
        assert words in "".join(before)
    assert cli.main(command) == cli.USAGE
    assert "already" in capsys.readouterr().err
    assert [(tmp_path / path).read_text("utf-8") for path in made] == before
    assert cli.main(["build", "--drafts", "--root", str(tmp_path), "--jobs", "1"]) == cli.FINE


def test_an_import_makes_up_no_day(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    (tmp_path / "sheet.csv").write_text(SHEET, "utf-8")
    assert cli.main(["import", str(tmp_path / "sheet.csv"), "--root", str(tmp_path)]) == cli.FINE
    text = (tmp_path / "content/explainers/the-strike.md").read_text("utf-8")
    assert not re.search("^(published|as_of):", text, re.MULTILINE)


def test_a_file_that_is_none_is_refused(tmp_path, capsys):
    for name, content in (("a.json", "[1]"), ("b.csv", "x,y\n1,2\n"), ("c.json", '{"events": []}'), ("d.json", "[" * 100_000)):
        (tmp_path / name).write_text(content)
        assert cli.main(["import", str(tmp_path / name), "--root", str(STARTER)]) == cli.PROBLEMS
    assert cli.main(["import", str(tmp_path / "none.json"), "--root", str(STARTER)]) == cli.USAGE
    assert "Nothing was written" in capsys.readouterr().err
