"""What goes out and comes in again is the same, where the format can hold it."""

import msgspec
from hypothesis import given, settings, strategies as st

from builder import linking
from builder.content.parse import parse
from builder.exporting import EXPORTERS, csv_tables, select_all
from builder.exporting.whole_records import as_markdown
from builder.i18n import language
from builder.importing import ExistingRecords, ImportInput, ImportOptions, find, layout
from builder.importing.content_files import quote_yaml
from builder.importing.importer_types import File
from builder.model import MEDIUMS, STATUSES, Settings, Status, When
from tests.effort import effort

WORDS = st.sampled_from(
    (
        "The vote",
        "=1+1",
        "-5 degrees at noon",
        "@home, they say",
        "+ a plus",
        "'=already marked",
        "Ünïcødé 山の上",
        'A "word" in marks',
        "Two, with a comma",
        "5 & 6 < 7",
        "`code` *stars* [brackets]",
        "{braces}: and # hash",
        "\\ a backslash",
        "Smith; Sons | and / others",
        'She said: "no; never, \\n"',
        '"All in marks"',
        "עיתון העיר; ב",
        "خبر: «نعم»",
        "👩‍👩‍👧 at sea",
        "^n and ^' are no marks",
        "BEGIN:VEVENT",
        "a" * 90 + "é" * 40,
        "<b>bold</b> & <script>",
        "See https://example.org/x; and more",
        "Unknown; N/A",
        "Two\nlines; or\n\nthree",
    )
)
"""Words that spreadsheets, calendars, JSON, YAML, HTML and Markdown may take for something else."""
NAMES = st.sampled_from(
    (
        "Anna Hale",
        "The Council",
        "Otto Quist",
        "山田太郎",
        "Mary-Ann O'Neill",
        'Ann "Annie" Lee',
        "Lee; Sons | Co / Co",
        "עיתון העיר",
        "Doe, Jane",
    )
)
EDTF = st.sampled_from(
    (
        "2022",
        "2022-01",
        "2022-01-18",
        "2022-01-18~",
        "2022-01-18/2022-01-21",
        "202X",
        "2022-21",
        "-0043",
        "2022-01-18T14:30",
        "1850~",
        "2022-01-18/..",
    )
)
URLS = st.sampled_from(("", "https://example.org/a", "https://example.org/b?x=1&y=2"))


def site_of(text, path="content/explainers/back.md"):
    document = parse(path, text.encode())
    site, _ = linking.link(Settings(title="Back"), language.load("en"), (document,), drafts=True)
    return site


def explainer(**lists):
    lines = ["---", "title: Back", "published: 2022-02-01", "as_of: 2022-02-01"]
    for name, entries in lists.items():
        lines += [f"{name}:", *(f"  - {{{', '.join(f'{key}: {value}' for key, value in entry.items() if value)}}}" for entry in entries)]
    return "\n".join([*lines, "---", "Text.", ""])


def files_back(data, name, **wishes):
    given_ = ImportInput(name, (File(name, data),))
    made = find(given_).read(given_, ImportOptions(today="2022-12-31", **wishes))
    laid = layout(made, ExistingRecords(), ImportOptions(today="2022-12-31", title="Back"))
    return tuple(parse(path, text) for path, text in laid.files.items())


def back(data, name, **wishes):
    site, _ = linking.link(Settings(title="Back"), language.load("en"), files_back(data, name, **wishes), drafts=True)
    return site


def out(site, name):
    return next(exporter for exporter in EXPORTERS if exporter.name == name).write(select_all(site)).files[0].data


def numbered(entries):
    return [{"id": f"e-{n}", **entry} for n, entry in enumerate(entries)]


EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "title": WORDS.map(quote_yaml),
            "when": EDTF,
            "status": st.sampled_from(("", *STATUSES)),
            "by": NAMES.map(lambda name: f"[{quote_yaml(name)}]"),
            "place": WORDS.map(quote_yaml),
            "actors": st.sampled_from(("", "[a-1]", "[a-2, a-1]")),
            "sources": st.sampled_from(("", "[s-2]", "[s-1, s-2]")),
            "text": st.just(""),
            "coordinates": st.sampled_from(("", "[46.2, -6.14]")),
            "short": st.sampled_from(("", "Two words")),
            "x_own": WORDS.map(quote_yaml),
        }
    ),
    min_size=1,
    max_size=4,
).map(numbered)


def in_a_line(text):
    """Return a text as a cell has it: a page shows a line break as a space."""
    return " ".join(text.split())


@settings(max_examples=effort(15, 300))
@given(EVENTS)
def test_a_timeline_comes_back_from_its_table(events):
    actors, sources = [{"id": f"a-{n}", "name": "Ann Lee"} for n in (1, 2)], [{"id": f"s-{n}", "title": "A letter"} for n in (1, 2)]
    site = site_of(explainer(actors=actors, sources=sources, timeline=events))
    again = back(csv_tables.of_kind("timeline", select_all(site)).files[0].data, "timeline.csv")
    for key, event in site.events.items():
        other = again.events[key]
        assert (other.title, other.when.date, other.status, other.derived, other.where, other.extra) == (
            in_a_line(event.title),
            event.when.date,
            event.status,
            event.derived,
            in_a_line(event.where),
            event.extra,
        )
        assert (len(other.by), other.actors, other.sources) == (len(event.by), event.actors, event.sources)
        assert (other.coordinates, other.short) == (event.coordinates, event.short)


TIMED = st.sampled_from(
    (
        "2022-01-18",
        "2022-01-18/2022-01-21",
        "2022-01-18T14:30",
        "2022-01-18T14:30Z",
        "2022-01-18T14:30+05:30",
        "2022-01-18T22:40/23:10",
        "2022-01-18T04:30~",
        '{says: "Friday; noon", is: "2022-01-14"}',
    )
)
PLACED = st.sampled_from(
    ("-0043", "-0043-03-15", "1850~", "202X", "2022-21", "2022-01/2022-03", "2022-01-18/..", "{says: Friday, is: '2022-01-14'}")
)


TOLD = quote_yaml(
    "*She* said: **no *never*** and `x*y`, un*believ*able (\\\\* [*here*](https://example.org/l_(a)?b=1), 5 < 6 & ~~gone~~ %%."
)
"""Words with emphasis, code and links."""


def whole_events(when):
    """Events with everything that one can have, in a list."""
    return st.lists(
        st.fixed_dictionaries(
            {
                "title": WORDS.map(quote_yaml),
                "when": when,
                "status": st.sampled_from(("", *STATUSES)),
                "by": st.sampled_from(("[a-1]", "[s-1, a-2]", '["Otto; Quist"]')),
                "place": WORDS.map(quote_yaml),
                "coordinates": st.sampled_from(("", "[46.2, -6.14]")),
                "actors": st.sampled_from(("", "[a-2, a-1]", "[talk]")),
                "sources": st.sampled_from(("", "[s-2]", "[s-1, s-2, s-3]")),
                "text": st.sampled_from(("", quote_yaml("See [the letter; here](https://example.org/l?a=1&b=2), 5 < 6."), TOLD)),
                "short": st.sampled_from(("", "Two words")),
                "key": st.sampled_from(("", "yes")),
                "same_as": st.sampled_from(("", "[wd:Q42]")),
                "history": st.sampled_from(
                    ("", "[{status: planned, on: 2021-10-14, source: s-1, when: 2021~}, {status: alleged, by: [a-1], on: 2021-12}]")
                ),
                "x_own": WORDS.map(quote_yaml),
            }
        ),
        min_size=1,
        max_size=3,
    ).map(numbered)


AROUND = {
    "actors": [
        {"id": "a-1", "name": '"Ann Lee"', "alias": '["Lee; Ann"]', "same_as": "wd:Q7"},
        {"id": "a-2", "name": '"Ann Lee"', "type": "Organization"},
        {"id": "talk", "described_as": '"a clerk; of sorts"', "type": "UnnamedSource"},
    ],
    "sources": [
        {
            "id": "s-1",
            "title": '"A letter; and, more"',
            "publisher": '"The Gazette; Daily"',
            "published": "2022-01-15",
            "authors": '["Otto, Q", "Ann; Lee"]',
            "url": '"https://example.org/a;b?c=1,2"',
        },
        {"id": "s-2", "title": '"A letter; and, more"', "note": '"He said \\"no\\""', "x_shelf": '"7; b"'},
        {"id": "s-3", "url": '"https://example.org/bare"'},
    ],
}
"""Actors of one name and sources of one title, with signs that part the entries of a list."""

ALIKE = (
    "title",
    "when",
    "status",
    "by",
    "actors",
    "where",
    "coordinates",
    "sources",
    "key",
    "short",
    "history",
    "same_as",
    "extra",
    "derived",
)


def dates_of(value):
    """Return a value without where it stands in its file."""
    if isinstance(value, When):
        return value.date, value.relative and value.relative.says
    if isinstance(value, tuple):
        return tuple(map(dates_of, value))
    return (
        {name: dates_of(getattr(value, name)) for name in value.__struct_fields__ if name != "location"}
        if isinstance(value, Status)
        else value
    )


def assert_same_events(site, again):
    assert again.events.keys() >= site.events.keys()
    for key, event in site.events.items():
        other = again.events[key]
        assert {name: dates_of(getattr(other, name)) for name in ALIKE} == {name: dates_of(getattr(event, name)) for name in ALIKE}
        assert (event.summary is None) == (other.summary is None)
        if event.summary is not None:
            assert as_markdown(again, ("event", key), other.summary) == as_markdown(site, ("event", key), event.summary)
        for who in (*event.actors, *event.by):
            if who in site.actors:
                names = ("name", "described_as", "type", "alias", "same_as")
                assert [getattr(again.actors[who], name) for name in names] == [getattr(site.actors[who], name) for name in names]
        for source in event.sources:
            assert without_places(again.sources[source]) == without_places(site.sources[source])
            assert again.sources[source].published.date == site.sources[source].published.date


@settings(max_examples=effort(25, 400))
@given(whole_events(TIMED))
def test_events_come_back_from_a_calendar(events):
    site = site_of(explainer(**AROUND, timeline=events))
    assert_same_events(site, back(out(site, "ics"), "events.ics"))


def test_an_entry_that_a_calendar_has_changed_is_read_as_it_is_now():
    event = {"id": "vote", "title": "The vote", "when": "2022-01-18", "short": "A vote"}
    data = out(site_of(explainer(timeline=[event])), "ics")
    assert b"DTSTART;VALUE=DATE:20220118" in data
    (found,) = back(data.replace(b"DTSTART;VALUE=DATE:20220118", b"DTSTART;VALUE=DATE:20220117"), "events.ics").events.values()
    assert (found.when.date.edtf, found.short) != ("2022-01-18", "A vote")
    assert found.when.date.edtf.startswith("2022-01-17")


@settings(max_examples=effort(25, 400))
@given(whole_events(st.one_of(TIMED, PLACED)))
def test_events_come_back_from_timelinejs(events):
    site = site_of(explainer(**AROUND, timeline=events))
    assert_same_events(site, back(out(site, "timelinejs"), "timeline.json"))


SOURCES = st.lists(
    st.fixed_dictionaries(
        {
            "title": WORDS.map(quote_yaml),
            "publisher": WORDS.map(quote_yaml),
            "url": URLS.map(lambda url: quote_yaml(url) if url else ""),
            "archived": st.sampled_from(("", '"https://archive.example.org/1"')),
            "published": EDTF,
            "accessed": st.sampled_from(("", "2022-01-18")),
            "lang": st.sampled_from(("", "de", "pt-BR")),
            "note": WORDS.map(quote_yaml),
            "x_volume": st.sampled_from(("", '"3"')),
            "x_shelf": WORDS.map(quote_yaml),
        }
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda source: source["url"] or source["title"],
).map(numbered)


def without_places(source):
    made = msgspec.to_builtins(source)
    kept = {"title", "publisher", "authors", "url", "archived", "lang", "note"}
    return {name: value for name, value in made.items() if name in kept} | dict(source.extra)


def in_a_row(source):
    """Return the fields of a source as the cells of a table have them."""
    return {key: in_a_line(value) if key in {"title", "publisher"} else value for key, value in source.items()}


@settings(max_examples=effort(15, 300))
@given(SOURCES)
def test_sources_come_back_from_a_table_and_from_references(sources):
    site = site_of(explainer(sources=sources))
    for data, name in (
        (csv_tables.of_kind("sources", select_all(site)).files[0].data, "sources.csv"),
        (out(site, "csl-json"), "sources.json"),
    ):
        again = back(data, name)
        assert again.sources.keys() == site.sources.keys()
        for key, source in site.sources.items():
            other = again.sources[key]
            kept = (lambda record: record) if name.endswith(".json") else in_a_row
            assert without_places(other) == kept(without_places(source))
            assert (other.published.date, other.accessed.date) == (source.published.date, source.accessed.date)


@settings(max_examples=effort(15, 300))
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "text": WORDS.map(quote_yaml),
                "said": EDTF,
                "medium": st.sampled_from(("", *MEDIUMS)),
                "rules": st.sampled_from(("", "background")),
                "cert": st.sampled_from(("", "low")),
                "resp": st.sampled_from(("", "the desk")),
                "note": WORDS.map(quote_yaml),
            }
        ),
        min_size=1,
        max_size=3,
    ).map(numbered),
    NAMES,
)
def test_quotes_come_back_from_a_table(quotes, name):
    # Two of one name, two of one title: only their ids tell them apart.
    full = [{**quote, "speaker": f"a-{n % 2}", "via": f"s-{n % 2}", "in_body": "no"} for n, quote in enumerate(quotes)]
    actors = [{"id": f"a-{n}", "name": quote_yaml(name)} for n in range(2)]
    site = site_of(explainer(actors=actors, sources=[{"id": f"s-{n}", "title": '"A letter; and | more"'} for n in range(2)], quotes=full))
    again = back(csv_tables.of_kind("quotes", select_all(site)).files[0].data, "quotes.csv")
    for (_, key), quote in site.quotes.items():
        other = again.quotes["back", key]
        assert [getattr(other, name) for name in ("segments", "medium", "rules", "cert", "resp", "note")] == [
            getattr(quote, name) for name in ("segments", "medium", "rules", "cert", "resp", "note")
        ]
        assert other.said.date == quote.said.date
        assert (other.speakers, other.via, again.actors[other.speakers[0]].name) == (quote.speakers, quote.via, name)


WHOLE_ACTORS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.one_of(NAMES, WORDS).map(quote_yaml),
            "type": st.sampled_from(("", "Person", "Organization", "PublicBody", "Country", "Group")),
            "alias": st.sampled_from(("", '["Lee; Ann"]')),
            "weak_alias": st.sampled_from(("", '["Lee", "A. L."]')),
            "same_as": st.sampled_from(("", "wd:Q7")),
            "here": WORDS.map(quote_yaml),
            "of": st.sampled_from(("", "body", '"The Harbour; Board"')),
            "position": st.sampled_from(
                (
                    "",
                    "[{role: Chair, of: body, from: 1850~, to: unknown}]",
                    "[{role: Consul, from: -0043, to: -0040-03}, {role: 'Chair; deputy', of: '\"Board\"', to: 2022-21}]",
                )
            ),
            "x_own": WORDS.map(quote_yaml),
        }
    ),
    min_size=1,
    max_size=3,
).map(numbered)

ACTOR_FIELDS = ("id", "name", "type", "derived", "alias", "weak_alias", "described_as", "knows_because", "same_as", "of", "extra")


def actor_said(site, key):
    actor = site.actors[key]
    offices = [
        (position.role, position.of, position.since.date, position.until.date, position.until_unknown) for position in actor.positions
    ]
    return {name: getattr(actor, name) for name in ACTOR_FIELDS} | {"offices": offices}


def roles_in(site):
    return {part.id: part.here for part in site.cast["back"] if part.here}


@settings(max_examples=effort(15, 300))
@given(WHOLE_ACTORS)
def test_actors_come_back_from_a_table(actors):
    body = {"id": "body", "name": '"The Board"', "type": "Organization"}
    talk = {"id": "talk", "described_as": "a clerk", "type": "UnnamedSource", "knows_because": "he was there"}
    # An actor with an office has its body there: a row has one column for both.
    people = [{**actor, "id": f"p-{n}", "of": "" if actor["position"] else actor["of"]} for n, actor in enumerate(actors)]
    site = site_of(explainer(actors=[body, talk, *people]))
    table = csv_tables.of_kind("actors", select_all(site)).files[0].data
    again = back(table, "actors.csv")
    for key in site.actors:
        said = actor_said(site, key)
        assert actor_said(again, key) == said | {"name": in_a_line(said["name"])}
    # In a file of its own an actor has a role in no explainer yet, and the file keeps it.
    roles = {file.actor.id: file.actor.here for file in files_back(table, "actors.csv") if file.actor.here}
    assert roles == {key: in_a_line(role) for key, role in roles_in(site).items()}


@settings(max_examples=effort(15, 300))
@given(WHOLE_ACTORS, SOURCES, whole_events(st.one_of(TIMED, PLACED)))
def test_whole_records_come_back_from_followthemoney(actors, sources, events):
    body = {"id": "body", "name": '"The Board"', "type": "Organization", "position": "[{role: Member, of: e-0}]"}
    sources = [{**source, "id": f"s-{n + 9}", "cites": "[s-1]", "publisher": "body"} for n, source in enumerate(sources)]
    people = [{**actor, "id": f"p-{n}", "of": actor["of"], "position": actor["position"]} for n, actor in enumerate(actors)]
    site = site_of(
        explainer(
            actors=[*AROUND["actors"], {**body, "position": "[{role: Member, of: p-0}]"}, *people],
            sources=[*AROUND["sources"], *sources],
            timeline=[{**event, "id": f"t-{n}", "status": "occurred", "by": ""} for n, event in enumerate(events)],
        )
    )
    again = back(out(site, "followthemoney"), "entities.ftm.json")
    assert_same_events(site, again)
    assert roles_in(again) == roles_in(site)
    for key, actor in site.actors.items():
        if actor.type != "UnnamedSource":
            assert actor_said(again, key) == actor_said(site, key)
    for key, source in site.sources.items():
        other = again.sources[key]
        assert without_places(other) == without_places(source)
        assert (other.published.date, other.accessed.date, other.cites) == (source.published.date, source.accessed.date, source.cites)


SPOKEN = ("The boat sails at noon", "Nobody has seen the captain", "We deny every word of it", "It was raining in the harbour")


@settings(max_examples=effort(10, 200))
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "said": st.one_of(EDTF, st.just('{says: Friday, is: "2022-01-14"}')),
                "medium": st.sampled_from(("", *MEDIUMS)),
                "rules": st.sampled_from(("", "on-record", "background")),
                "cert": st.sampled_from(("", "low")),
                "lang": st.sampled_from(("", "de")),
                "note": WORDS.map(quote_yaml),
                "mode": st.sampled_from(("", "indirect")),
                "speaker": st.sampled_from(("a-1", "[a-1, a-2]", "talk", "unknown")),
                "to": st.sampled_from(("", "[a-2]", "[the crew]")),
                "via": st.sampled_from(("s-1", "[s-1, s-2]")),
                "translation": st.sampled_from(("", "{text: Das Boot, by: Otto}")),
                "x_own": WORDS.map(quote_yaml),
            }
        ),
        min_size=1,
        max_size=len(SPOKEN),
    ).map(numbered),
    st.booleans(),
)
def test_quotes_come_back_from_annotations(quotes, is_denial):
    quotes = [{**quote, "text": quote_yaml(words)} for quote, words in zip(quotes, SPOKEN, strict=False)]
    if is_denial and len(quotes) > 1:
        quotes[1] = {**quotes[1], "denies": "e-0"}
    lists = explainer(
        # Two of one name, two of one title: only their ids tell them apart.
        actors=[
            {
                "id": "a-1",
                "name": "Ann Lee",
                "type": "Person",
                "position": "[{role: Chair, of: body, from: -0043, to: unknown}]",
                "here": "the witness",
            },
            {"id": "a-2", "name": "Ann Lee", "of": "body", "weak_alias": "[Lee]"},
            {"id": "body", "name": "The Board", "type": "PublicBody", "same_as": "wd:Q7"},
            {
                "id": "talk",
                "described_as": "a clerk",
                "type": "UnnamedSource",
                "knows_because": "he was there",
                "anonymity_reason": "he may not speak",
            },
        ],
        sources=[
            {"id": "s-1", "title": "A letter", "publisher": "Gazette", "published": "2022-01-15", "authors": "[Otto]"},
            {"id": "s-2", "title": "A letter", "url": '"https://example.org/a"'},
        ],
        quotes=quotes,
    )
    site = site_of(lists.replace("Text.", "\n\n".join(f"“{words}”" for words, _ in zip(SPOKEN, quotes, strict=False))))
    again = back(out(site, "annotations"), "back.jsonld")
    assert again.quotes.keys() == site.quotes.keys()
    same = (
        "segments",
        "speakers",
        "speaker_unknown",
        "to",
        "mode",
        "derived",
        "rules",
        "medium",
        "via",
        "relations",
        "lang",
        "cert",
        "note",
        "extra",
    )
    for key, quote in site.quotes.items():
        other = again.quotes[key]
        assert {name: getattr(other, name) for name in same} == {name: getattr(quote, name) for name in same}
        assert (other.said.date, str(other.said.relative and other.said.relative.says), other.translation and other.translation.text) == (
            quote.said.date,
            str(quote.said.relative and quote.said.relative.says),
            quote.translation and quote.translation.text,
        )
        for who in other.speakers:
            assert actor_said(again, who) == actor_said(site, who)
        for source in other.via:
            assert without_places(again.sources[source]) == without_places(site.sources[source])
