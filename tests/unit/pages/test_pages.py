"""What the views work out: the bounds of dates, the spans of a timeline, whom an actor appears with, what is new."""

import msgspec
import pytest

from builder import dates, linking
from builder.content.parse import parse
from builder.formats import json_ld
from builder.i18n import language
from builder.model import Settings
from builder.pages import actors, changes, data_records, embeds, event_records, events, explainer_text, margin_notes, search_records
from builder.pages.cards.actor_cards import held_on
from builder.pages.cards.event_cards import event_card
from builder.pages.cards.quote_cards import quote_card
from builder.pages.network import CROWD, NEWEST, companions, connections, newest
from builder.pages.page import paginate
from builder.pages.rebuttals import rebuttals

HEAD = "---\ntitle: One\nsummary: Two.\npublished: 2024-03-08\n"


def site_of(front, body="A text."):
    document = parse("content/explainers/one.md", f"{HEAD}{front}---\n{body}\n".encode())
    return linking.link(Settings(), language.load("en"), (document,), drafts=False)[0]


def test_years_before_our_era_and_open_dates_stand_where_they_say():
    years = ["-0043-03-15", "Y-12022", *(f"2022-0{n}-01" for n in range(1, 10)), "2022-10", "2022-11", "2022-12", "2022/..", "../2022"]
    entries = "".join(f"  - {{id: e{n}, when: '{when}', title: T{n}}}\n" for n, when in enumerate(years))
    site = site_of(f"timeline:\n{entries}")
    spans = next(events.index_pages(site)).of(site).view.spans
    titles = {event.id: span.title for span in spans for event in span.events}
    assert (titles["e0"], titles["e1"]) == ("44 BCE", "12,023 BCE")
    assert (titles["e2"], titles["e14"], titles["e15"]) == ("January 2022", "2022, other dates", "2022, other dates")


def test_a_date_that_can_be_of_several_years_is_its_own_heading():
    years = ["156X-12-25", "1950S2", "[1998,1999]", "1998/1999", "1998-1X", "{..1984}", "XXXX-12-25", "/.."]
    entries = "".join(f"  - {{id: e{n}, when: '{when}', title: T{n}}}\n" for n, when in enumerate(years))
    site = site_of(f"timeline:\n{entries}")
    spans = next(events.index_pages(site)).of(site).view.spans
    titles = {event.id: span.title for span in spans for event in span.events}
    assert [titles[f"e{n}"] for n in range(8)] == [
        "25 Dec, 1560s",
        "c. 1950",
        "1998 or 1999",
        "1998",
        "1998",
        "1984",
        "Undated",
        "Undated",
    ]


@pytest.mark.parametrize(
    "edtf, shape, ends, machine",
    [
        ("2021-03-29T04:30~", "about", "", "2021-03-29"),
        ("2021-03-23T07:40/09:00", "hours", "", "2021-03-23"),
        ("2004-06~-11", "about", "", ""),
        ("{..1984}", "open", "from-nowhere", ""),
        ("2022/", "open", "to-nowhere", ""),
        ("[..1760,1770..]", "open", "from-nowhere to-nowhere", ""),
        ("2014~/..", "about", "", ""),
    ],
)
def test_a_date_is_drawn_and_told_to_machines_as_no_more_than_it_is(edtf, shape, ends, machine):
    site = site_of(f"timeline:\n  - {{id: a, when: '{edtf}', title: A}}\n")
    view = event_card(site, "a", "").when
    assert (view.shape, view.ends, view.machine) == (shape, ends, machine)


def test_a_year_with_many_events_is_divided_into_months():
    days = [f"2022-{1 + n % 3:02}-{1 + n:02}" for n in range(14)]
    entries = "".join(f"  - {{id: e{n}, title: E{n}, when: {day}}}\n" for n, day in enumerate([*days, "2014", "2022", "unknown"]))
    site = site_of(f"timeline:\n{entries}")
    spans = next(events.index_pages(site)).of(site).view.spans
    assert {span.title: len(span.events) for span in spans} == {
        "2014": 1,
        "2022, other dates": 1,
        "January 2022": 5,
        "February 2022": 5,
        "March 2022": 4,
        "Undated": 1,
    }
    assert [span.title for span in spans if span.title != "2022, other dates"] == [
        "2014",
        "January 2022",
        "February 2022",
        "March 2022",
        "Undated",
    ]


@pytest.mark.parametrize(
    "since, until, held",
    [
        ("2021-01-26", "", True),
        ("2024-01-01", "", False),
        ("", "2022-01-18", False),
        ("2022-01", "2022-01", True),
        ("", "", True),
        ("2022-02~", "", False),
        ("2022-01~", "", True),
        ("", "2021-12~", False),
        ("2022-01-20?", "", False),
    ],
)
def test_an_office_is_held_unless_it_was_over_or_yet_to_come_by_its_dates_as_written(since, until, held):
    years = "".join(f", {key}: {value}" for key, value in (("from", since), ("to", until)) if value)
    site = site_of(f"actors:\n  mina: {{name: Mina, position: {{role: Mayor{years}}}}}\n")
    assert bool(held_on(site.actors["mina"], dates.parse("2022-01-19"))) is held


CAST = "actors:\n" + "".join(f"  a{n}: {{name: Actor {n}}}\n" for n in range(14))
MEETINGS = "timeline:\n  - {id: e, title: E, when: 2022, actors: [a0, a13]}\n  - {id: f, title: F, when: 2023, actors: [a0, a13, a5]}\n"


def test_connected_is_only_who_is_so_by_a_record_and_named_in_one_explainer_is_told_apart():
    site = site_of(CAST + MEETINGS)
    found = connections(site, "a0")
    assert [(companion.actor.name, companion.ties) for companion in found] == [("Actor 13", ("2 events",)), ("Actor 5", ("1 event",))]
    assert (connections(site, "a1"), len(companions(site, "a1"))) == ((), 10)


def test_what_connects_is_told_in_words_and_no_more_surely_than_it_is():
    site = site_of(
        "actors:\n  ada: {name: Ada, position: {role: Head, of: bank}}\n  bank: {type: Organization, name: The Bank}\n  bo: {name: Bo}\n  cy: {name: Cy}\n"
        "sources:\n  bote: {publisher: bank, title: T}\n"
        "quotes:\n  - {id: q1, speaker: ada, text: one, in_body: no, to: cy}\n  - {id: q2, speaker: bo, text: two, in_body: no, denies: q1}\n"
        "  - {id: q3, speaker: cy, text: three, in_body: no, answers: q2}\n"
        "timeline:\n  - {id: deal, title: A deal, status: alleged, by: cy, actors: [ada, bo]}\n"
    )
    assert {connection.actor.name: connection.ties for connection in connections(site, "ada")} == {
        "The Bank": ("member or office holder",),
        "Bo": ("1 event not certain", "one denies the other"),
        "Cy": ("spoken to",),
    }
    assert ("Cy", ("one answers the other (as we read it)",)) in [
        (connection.actor.name, connection.ties) for connection in connections(site, "bo")
    ]
    assert "Bo" not in {connection.actor.name for connection in connections(site, "bank")}


def test_in_a_crowd_nobody_is_a_companion():
    """Among hundreds it says nothing that two are named, and it would take as many looks as there are pairs."""
    crowd = "actors:\n" + "".join(f"  a{n}: {{name: Actor {n}}}\n" for n in range(CROWD))
    assert [connection.actor.name for connection in connections(site_of(crowd + MEETINGS), "a0")] == ["Actor 13", "Actor 5"]
    assert companions(site_of(crowd + MEETINGS), "a0") == ()
    everybody = ", ".join(f"a{n}" for n in range(CROWD))
    march = f"timeline:\n  - {{id: march, title: The march, when: 2022, actors: [{everybody}]}}\n"
    assert connections(site_of(crowd + march), "a0") == ()


def test_of_somebody_in_many_explainers_it_is_said_that_only_the_newest_are_counted():
    text = "---\ntitle: T\npublished: 2024-03-{n:02}\nactors:\n  ada: {{name: Ada}}\n  bo: {{name: Bo}}\n---\nAda and Bo.\n"
    documents = [parse(f"content/explainers/t{n}.md", text.format(n=n).encode()) for n in range(1, NEWEST + 4)]
    few, many = (linking.link(Settings(), language.load("en"), those)[0] for those in (documents[:NEWEST], documents))
    assert [(companion.stories, newest(few, "ada")) for companion in companions(few, "ada")] == [(NEWEST, 0)]
    assert [(companion.stories, newest(many, "ada")) for companion in companions(many, "ada")] == [(NEWEST, NEWEST)]


def test_somebody_alone_has_no_companions():
    assert companions(site_of("actors:\n  mina: {name: Mina}\n"), "mina") == ()


def test_what_is_new_is_told_by_day_the_newest_first():
    site = site_of(
        "updated: 2024-05-01\ncorrections: [{on: 2024-04-02, text: The *name* was wrong.}]\n"
        "timeline:\n  - {id: e, title: E, when: 2024-06-01, status: planned, history: [{status: planned, on: 2024-04-02~}]}\n"
    )
    (page,) = (page.of(site) for page in changes.catch_up(site))
    told = [(day.first, [(change.words, change.to.name, change.text.html) for change in day.changes]) for day in page.view.days]
    assert told == [
        ("2024-05-01", [("Updated", "One", "")]),
        ("2024-04-02", [("Corrected", "One", "The <em>name</em> was wrong.")]),
        ("2024-04-02", [("planned", "E", "")]),
        ("2024-03-08", [("New explainer", "One", "")]),
    ]


def offered(number, of):
    """Return the pager of one page of a list, as a reader sees it."""
    _, pager, _ = list(paginate("quotes/", range(of), per_page=1))[number - 1]
    return " ".join(
        ("… " if crumb.gap else "") + (f"[{crumb.number}]" if crumb.number == pager.number else str(crumb.number)) for crumb in pager.pages
    )


@pytest.mark.parametrize(
    "number, of, words",
    [
        (1, 1, ""),
        (1, 2, "[1] 2"),
        (4, 7, "1 2 3 [4] 5 6 7"),
        (1, 5, "[1] 2 3 4 5"),
        (5, 9, "1 2 3 4 5 6 7 8 9".replace("5", "[5]")),
        (6, 11, "1 … 4 5 [6] 7 8 … 11"),
        (1, 12, "[1] 2 3 … 12"),
        (1, 13, "[1] 2 3 … 8 … 13"),
        (26, 120, "1 … 12 … 24 25 [26] 27 28 … 74 … 120"),
        (120, 120, "1 … 59 … 118 119 [120]"),
    ],
)
def test_a_long_list_offers_its_ends_its_neighbours_and_the_halves_between(number, of, words):
    assert offered(number, of) == words


def test_any_page_of_a_long_list_is_a_few_steps_from_any_other():
    pagers = {pager.number: [crumb.number for crumb in pager.pages] for _, pager, _ in paginate("quotes/", range(1200), per_page=1)}
    assert max(map(len, pagers.values())) <= 9
    assert all(sorted(set(pages)) == pages and number in pages for number, pages in pagers.items())
    for start in (1, 600, 1200):
        reached, steps = {start}, 0
        while len(reached) < len(pagers):
            reached |= {to for number in reached for to in pagers[number]}
            steps += 1
        assert steps <= 12


@pytest.mark.parametrize(
    "more, line, ending",
    [
        ("", "", ""),
        (", cert: high", "", ""),
        (", cert: medium", "", ", attribution likely, not certain"),
        (", cert: low", "dotted", ", attribution doubtful"),
        (", cert: low, corrected: other words", "", ""),
        (", rules: on-record", "", ", on the record"),
        (", rules: deep-background", "", ", on deep background"),
        (", mode: indirect, rules: background, cert: low", "dotted", ", paraphrased, on background, attribution doubtful"),
    ],
)
def test_what_the_author_tells_of_terms_and_doubt_stands_beside_the_words(more, line, ending):
    cast = "actors: {marsh: Helen Marsh}\n"
    site = site_of(f"{cast}quotes:\n  - {{id: q, speaker: marsh, text: We lost a word., in_body: no{more}}}\n")
    found = quote_card(site, ("one", "q")).basis
    assert (found.line, found.sentence) == (line, f"Helen Marsh{ending}")


def test_what_was_said_stands_beside_what_denies_or_confirms_it_wherever_that_is():
    front = "---\ntitle: T\npublished: 2024-03-0{n}\nquotes:\n{quotes}---\nText.\n"
    line = "  - {{id: {}, speaker: unknown, said: 2024, text: words, in_body: no{}}}\n"
    statements = [
        ("run", ""),
        ("no", ", denies: run"),
        ("well", ", answers: run"),
        ("aside", ""),
        ("more", ", repeats: aside"),
        ("left", ""),
    ]
    two = [("yes", ", confirms: one#run"), ("never", ", denies: one#aside"), ("so", ", answers: one#left")]
    texts = {
        slug: front.format(n=n, quotes="".join(line.format(*quote) for quote in quotes))
        for n, (slug, quotes) in enumerate([("one", statements), ("two", two)], 1)
    }
    documents = [parse(f"content/explainers/{slug}.md", text.encode()) for slug, text in texts.items()]
    site, problems = linking.link(Settings(), language.load("en"), documents)
    assert not problems
    run = ("run", [("confirms", "Confirmed", "yes"), ("denies", "Denied", "no")])
    aside = ("aside", [("denies", "Denied", "never")])
    for slug in ("one", "two"):
        found = [
            (pair.quote.id, [(reply.relation, reply.words, reply.quote.id) for reply in pair.replies])
            for pair in rebuttals(site, site.explainers[slug])
        ]
        assert found == [run, aside]


PAST = """actors:
  past: {name: Pat Past, position: {role: Harbour master, from: 2001, to: 2010}}
  gone: {name: Gil Gone, position: {role: Mayor, from: 2011, to: unknown}}
  both: {name: Bo Both, position: [{role: Clerk, to: unknown}, {role: Judge, from: 2012}, {role: Bailiff, to: 2002}]}
  now: {name: Nia Now, position: {role: Pilot, from: 2011}}
"""


def test_an_office_that_is_over_is_not_told_of_as_held():
    site = site_of(PAST + "as_of: 2024-03-08\n", "Pat Past, Gil Gone, Bo Both and Nia Now.")
    beside = {member.actor.id: margin_notes.of_actor(site, member.actor).about[0][0] for member in explainer_text.cast(site, "one")}
    assert beside == {
        "past": "Harbour master (2001 – 2010)",
        "gone": "Mayor (since 2011, end date unknown)",
        "both": "Judge",
        "now": "Pilot",
    }
    pages = {page.path: page.of(site) for page in actors.detail_pages(site)}
    assert pages["actors/gone/"].view.summary == "Gil Gone: person."
    assert pages["actors/both/"].view.summary == "Bo Both: Judge."
    titles = {
        key: json_ld.actor_node(data_records.publication(site), data_records.actor(site, key), "").get("jobTitle") for key in site.actors
    }
    assert titles == {"past": None, "gone": None, "both": ["Judge"], "now": ["Pilot"]}
    found = {record.title: record.note for record in search_records.records(site) if ("kind", "actor") in record.filters}
    assert found["Pat Past"] == "Harbour master (2001 – 2010)"
    assert found["Bo Both"] == "Clerk (end date unknown), Judge (since 2012), Bailiff (until 2002)"


# --- beside the text ------------------------------------------------


def words_of(note):
    """Return what a note says, as a reader sees it."""
    return [
        " ".join("".join(part if isinstance(part, str) else part.name for part in line).split())
        for line in (note.name, *note.about, *note.here)
    ]


BESIDE = """as_of: 2024-03-08
actors:
  desk: {name: the Harbour Desk, type: Organization}
  plain: {name: Pam Plain}
  hal: {name: Hal Here, here: wants the ferry}
  desked: {name: Dee Desk, of: desk}
  both: {name: Bo Both, position: {role: Pilot, of: desk}, here: fears it}
unnamed:
  knows: {described_as: a clerk, of: desk, knows_because: was there, here: is heard once}
  unknown: {described_as: a clerk, knows_because: unknown}
  silent: {described_as: two clerks}
"""


@pytest.mark.parametrize(
    "key, lines",
    [
        ("plain", None),
        ("desk", None),
        ("hal", ["Hal Here", "Wants the ferry"]),
        ("desked", None),
        ("both", ["Bo Both", "Pilot, the Harbour Desk", "Fears it"]),
        ("knows", ["A clerk", "not named, the Harbour Desk", "Is heard once", "How they know: was there"]),
        ("unknown", ["A clerk", "not named", "How they know: not stated"]),
        ("silent", ["Two clerks", "not named", "How they know: not stated"]),
    ],
)
def test_beside_a_name_stands_who_that_is_and_how_an_unnamed_source_knows(key, lines):
    site = site_of(BESIDE)
    (member,) = [member.actor for member in explainer_text.cast(site, "one") if member.actor.id == key]
    note = margin_notes.of_actor(site, member)
    assert (words_of(note) if note is not None else None) == lines


@pytest.mark.parametrize(
    "when, status, lines",
    [
        ("2024-03-01", "occurred", ["1 March 2024", "A vote"]),
        ("2024-03~", "planned", ["around March 2024", "A vote (planned)"]),
        ("unknown", "alleged", ["A vote", "alleged, date unknown"]),
    ],
)
def test_beside_an_event_stands_when_it_was_and_how_sure_it_is(when, status, lines):
    site = site_of(f"timeline: [{{id: vote, when: {when}, title: A vote, status: {status}}}]\n")
    assert words_of(margin_notes.of_event(site, event_card(site, "vote", ""))) == lines


def test_beside_quotes_stands_who_said_them_how_many_there_are_and_when():
    front = "sources: {log: {title: A log, publisher: desk, published: 2024-03-02}, blog: {title: A blog, published: 2024-03-03}}\n"
    quotes = "quotes:\n  - {id: q, speaker: [plain, desked], to: [both, hal], via: [log, blog], said: 2024-03-01, text: words, in_body: no}\n  - {id: bare, speaker: plain, said: unknown, via: blog, text: words, in_body: no}\n"
    site = site_of(BESIDE + front + quotes)
    both, bare = (quote_card(site, ("one", key)) for key in ("q", "bare"))
    sense = msgspec.structs.replace(bare, mode="indirect")
    assert words_of(margin_notes.of_speakers(site, (both,), ())) == ["Pam Plain, Dee Desk", "1 quote, 1 Mar 2024"]
    assert words_of(margin_notes.of_speakers(site, (bare, bare), ())) == ["Pam Plain", "2 quotes"]
    assert words_of(margin_notes.of_speakers(site, (bare, sense), ())) == ["Pam Plain", "1 quote, 1 paraphrase"]


# --- records for machines ------------------------------------------------


def test_a_record_of_an_unnamed_source_has_nothing_that_could_tell_who_it_is():
    """A build stops where files say that much (`unnamed-identity`); this holds whatever is said."""
    shared = parse("content/actors/clerk.md", b"---\ntype: UnnamedSource\ndescribed_as: a clerk\n---\n")
    front = "actors: {clerk: {name: Ada Abara, alias: Ada, weak_alias: A., same_as: wd:Q1, position: Mayor, x_phone: '1'}}\n"
    site, _ = linking.link(Settings(), language.load("en"), (shared, parse("content/explainers/one.md", f"{HEAD}{front}---\n".encode())))
    assert site.actors["clerk"].alias == ("Ada",)
    found = data_records.actor(site, "clerk")
    assert (found.name, found.alias, found.positions, found.same_as, found.extra) == ("", (), (), (), {})
    assert found.described_as == "a clerk"


@pytest.mark.parametrize(
    "when, edtf, sure, says",
    [
        ("2024-03-01", "2024-03-01", True, ""),
        ("2024-03", "2024-03", True, ""),
        ("2024-03~", "2024-03~", False, ""),
        ("2024-03?", "2024-03?", False, ""),
        ("'[2024-03-01,2024-03-03]'", "[2024-03-01,2024-03-03]", False, ""),
        ("{says: Friday, is: 2024-03-01}", "2024-03-01", True, "Friday"),
        ("{says: one day}", "", False, "one day"),
    ],
)
def test_a_date_tells_machines_how_sure_it_is_and_the_storys_own_word(when, edtf, sure, says):
    site = site_of(f"timeline: [{{id: vote, when: {when}, title: A vote}}, {{id: plain, when: 2024-03-01, title: Another}}]\n")
    found = event_records.event(site, "vote").when
    assert (found.edtf, found.sure, found.says) == (edtf, sure, says)
    assert event_records.event(site, "plain").when.says == ""


def test_a_quote_without_a_day_of_its_own_has_that_of_its_report():
    quotes = "".join(
        f"  - {{id: {key}, speaker: unknown, via: [log, blog], text: w{said}, in_body: no}}\n"
        for key, said in (("bare", ""), ("said", ", said: 2024-03-01"))
    )
    site = site_of(f"sources: {{log: {{title: L, published: 2024-03-02}}, blog: {{title: B, published: 2024-03-03}}}}\nquotes:\n{quotes}")
    bare, said = (data_records.quote(site, ("one", key)) for key in ("bare", "said"))
    assert (bare.said, bare.reported.edtf) == (None, "2024-03-02")
    assert (said.said.edtf, said.reported) == ("2024-03-01", None)


def test_who_vouches_for_an_event_is_an_actor_or_a_source():
    site = site_of(
        "actors: {mina: Mina Quist, both: Bo Both}\nsources: {log: {title: A log}, both: {title: B}}\ntimeline: [{id: vote, title: V, status: alleged, by: [mina, log, both]}]\n"
    )
    assert [voice.path for voice in event_records.event(site, "vote").by] == ["actors/mina/", "sources/log/", "actors/both/"]


def test_on_a_lean_site_an_actor_and_an_event_have_no_more_than_a_head_tells():
    full = site_of(f"{CAST}{MEETINGS}quotes: [{{speaker: a0, said: 2024, text: words, about: e, in_body: no}}]\n")
    lean = msgspec.structs.replace(full, settings=msgspec.structs.replace(full.settings, data="lean"))
    full = msgspec.structs.replace(full, settings=msgspec.structs.replace(full.settings, data="full"))
    for site, quotes, met in ((full, 1, 2), (lean, 0, 0)):
        ada, meeting = data_records.actor_data(site, "a0"), data_records.event_data(site, "e")
        assert (len(ada.quotes), len(ada.events), len(ada.mentions)) == (quotes, met, 1)
        assert (len(meeting.quotes), len(meeting.mentions)) == (quotes, 1)


def test_what_a_search_shows_sets_apart_what_is_no_sentence():
    site = site_of(
        "actors: [{id: port, name: The Port, type: Organization, alias: [Port Office]}]\n"
        "timeline: [{id: cut, title: The cut, when: 2024-03-01, text: A line was cut., actors: [port], place: Gullhaven}]\n"
    )
    texts = {record.title: record.text for record in search_records.records(site)}
    assert texts["The Port"] == "Port Office · organization"
    assert texts["The cut"] == "A line was cut. The Port · Gullhaven"


def test_what_is_told_of_an_actor_and_of_an_event_is_of_the_newest_day_that_an_explainer_tells_the_state_of():
    texts = {
        "old": "as_of: 2022-01-19\nactors: [ada: Ada Abara, bob: Bob Ito]\ntimeline: [{id: talks, title: Talks, when: 2022-02-01, actors: [ada]}]\n",
        "new": "as_of: 2021-12-24\nactors: [ada]\ntimeline: [talks]\n",
        "newer": "as_of: 2023-05-02\nactors: [bob]\n",
        "open": "as_of: unknown\nactors: [cy: Cy Noone]\n",
    }
    documents = [
        parse(f"content/explainers/{name}.md", f"{HEAD}{front}---\nAda Abara, Bob Ito and Cy Noone.\n".encode())
        for name, front in texts.items()
    ]
    settings = Settings(embeds=True, base_url="https://example.org/")
    site = linking.link(settings, language.load("en"), documents, drafts=False)[0]
    told = {page.path: page.of(site).view.as_of for page in (*actors.detail_pages(site), *events.detail_pages(site))}
    for path, day in list(told.items()):  # frames tell the same
        assert next(page for page in embeds.detail_pages(site) if page.path == f"embed/{path}").of(site).view.as_of == day
    assert {path: day and day.edtf for path, day in told.items()} == {
        "actors/ada/": "2022-01-19",
        "actors/bob/": "2023-05-02",
        "actors/cy/": None,
        "events/talks/": "2022-01-19",
    }
