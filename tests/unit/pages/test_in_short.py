"""A story in short: what the author says or the records do, in the order of time, and nothing that nobody said."""

import pytest

from builder import linking
from builder.content.parse import parse
from builder.i18n import language
from builder.model import Settings
from builder.pages import event_ranking, explainers

HEAD = "---\ntitle: One\npublished: 2024-03-08\nas_of: 2024-03-08\n"
CAST = "actors:\n  mina: {name: Mina}\n  town: {type: PublicBody, name: The Town}\nunnamed:\n  clerk: a clerk\n"


def site_of(front, body="A text."):
    document = parse("content/explainers/one.md", f"{HEAD}{front}---\n{body}\n".encode())
    assert not [problem for problem in document.diagnostics if problem.severity == "error"], document.diagnostics
    return linking.link(Settings(), language.load("en"), (document,), drafts=False)[0]


def view_of(front, body="A text."):
    site = site_of(front, body)
    return next(explainers.detail_pages(site)).of(site).view


def lines(view):
    return {sentence.kind: sentence for sentence in view.in_short}


def points(line):
    return [" ".join(filter(None, (point.to.doubt.upper(), point.to.name, *point.with_it))) for point in line.points]


def test_what_happened_is_what_the_author_calls_key_in_order_of_time():
    view = view_of(
        CAST + "timeline:\n  - {id: c, when: 2024-03-07, title: C, key: yes, status: occurred}\n  - {id: a, when: 2024-03-01, title: A}\n"
        "  - {id: b, when: 2024-03-05, title: B, key: yes, status: occurred, by: mina}\n"
    )
    assert points(lines(view)["happened"]) == ["B 5 Mar 2024 said by Mina", "C 7 Mar 2024"]


def test_what_goes_on_is_not_said_to_have_happened():
    view = view_of(
        "timeline:\n  - {id: a, when: 2024-03-01/2024-03-20, title: A, key: yes}\n  - {id: b, when: 2024-03-02, title: B, key: yes}\n"
        "  - {id: c, when: 2024-03-01, title: C, key: yes, status: ongoing}\n"
    )
    happened = lines(view)["happened"]
    assert points(happened) == ["C 1 Mar 2024 ongoing", "A 1–20 Mar 2024 ongoing, inferred", "B 2 Mar 2024 happened, judging by its date"]
    assert happened.close == ""


def test_without_a_key_event_it_is_what_most_is_said_about():
    view = view_of(
        CAST + "quotes:\n  - {id: q, speaker: mina, text: fell, in_body: no, about: [b]}\n"
        "timeline:\n"
        + "".join(
            f"  - {{id: {letter}, when: 2024-03-0{n}, title: {letter.upper()}, status: occurred}}\n" for n, letter in enumerate("abcd", 1)
        )
    )
    assert points(lines(view)["happened"]) == ["B 2 Mar 2024", "D 4 Mar 2024"]


@pytest.mark.parametrize(
    "statuses, found, close",
    [
        (("", ""), ["A 1 Mar 2024", "B 2 Mar 2024"], "Taken to have happened, since the dates are past."),
        (("", "status: occurred"), ["A 1 Mar 2024 happened, judging by its date", "B 2 Mar 2024"], ""),
        (("status: occurred", "status: occurred"), ["A 1 Mar 2024", "B 2 Mar 2024"], ""),
    ],
)
def test_that_no_author_wrote_that_it_happened_is_said_once(statuses, found, close):
    events = "".join(
        f"  - {{id: {letter}, when: 2024-03-0{n}, title: {letter.upper()}, {statuses[n - 1]}}}\n" for n, letter in enumerate("ab", 1)
    )
    happened = lines(view_of(f"timeline:\n{events}"))["happened"]
    assert (points(happened), happened.close) == (found, close)


@pytest.mark.parametrize(
    "when, found, close",
    [
        ("2024-03~", ["A c. Mar 2024 taken to have happened, but may be still to come", "B 2 Mar 2024 happened, judging by its date"], ""),
        ("2024-03", ["A Mar 2024 taken to have happened, but may be still to come", "B 2 Mar 2024 happened, judging by its date"], ""),
        ("2024-02", ["A Feb 2024", "B 2 Mar 2024"], "Taken to have happened, since the dates are past."),
        ("2024-03-09~", ["B 2 Mar 2024"], "Taken to have happened, since the date is past."),
    ],
)
def test_a_date_that_may_be_still_to_come_is_not_called_past(when, found, close):
    view = lines(view_of(f"timeline:\n  - {{id: a, when: {when}, title: A}}\n  - {{id: b, when: 2024-03-02, title: B}}\n"))
    assert (points(view["happened"]), view["happened"].close) == (found, close)
    assert ("next" in view) is (when == "2024-03-09~")


def test_who_says_so_names_the_named_and_counts_the_others():
    view = view_of(
        CAST + "quotes:\n  - {id: q, speaker: clerk, text: one, in_body: no}\n  - {id: r, speaker: town, text: two, in_body: no}\n"
        "  - {id: s, speaker: mina, text: three, mode: indirect, in_body: no}\n"
    )
    says = lines(view)["says"]
    assert (points(says), says.close) == (["Mina paraphrased", "The Town"], "1 unnamed source")


def test_who_says_so_gives_the_office_of_that_day_and_counts_as_the_bar_does():
    people = "".join(
        f"  p{n}: {{name: P{n}, position: [{{role: Mayor, of: town, from: 2023, to: {until}}}]}}\n"
        for n, until in enumerate((2025, 2023, 2025, 2025))
    )
    said = "".join(
        f"  - {{id: q{n}, speaker: {who}, text: t{n}, in_body: no}}\n" for n, who in enumerate(("town", "clerk", "p0", "p1", "p2", "p3"))
    )
    view = view_of(CAST.replace("  town:", f"{people}  town:") + f"quotes:\n{said}  - {{id: r, text: who knows, in_body: no}}\n")
    says = lines(view)["says"]
    assert points(says) == ["P0 Mayor, The Town", "P1", "P2 Mayor, The Town"]
    assert says.close == "1 more named person; 1 institution; 1 unnamed source; 1 unknown or doubtful"
    assert view.voices.sentence == "4 named · 1 institution · 1 unnamed · 1 unknown or doubtful"


def test_what_is_not_known_are_days_and_how_the_unnamed_know():
    cast = CAST.replace(
        "clerk: a clerk", "clerk: {described_as: a clerk, knows_because: unknown}\n  guard: {described_as: a guard, knows_because: saw it}"
    )
    said = "quotes:\n  - {id: q, speaker: clerk, text: one, in_body: no}\n  - {id: r, speaker: guard, text: two, in_body: no}\n"
    front = (
        cast
        + said
        + "timeline:\n  - {id: a, when: unknown, title: A, status: occurred}\n  - {id: b, when: unknown, title: B, status: planned}\n"
    )
    found = lines(view_of(front))["not-known"]
    assert (points(found), found.close) == (["A date unknown"], "No report says how one unnamed source knows.")
    assert "not-known" not in lines(view_of(front.replace("unknown", "2024-03-01")))
    unexplained = front.replace("knows_because: saw it", "knows_because: saw it, anonymity_reason: unknown")
    assert lines(view_of(unexplained))["not-known"].close == (
        "No report says how one unnamed source knows. No report says why one source is not named."
    )


@pytest.mark.parametrize(
    "statuses, label",
    [
        (("denied",), "Denied"),
        (("denied", "disputed"), "Disputed"),
        (("alleged",), "Only alleged"),
        (("alleged", "denied"), "Disputed or only alleged"),
    ],
)
def test_what_is_only_claimed_is_called_what_it_is(statuses, label):
    events = "".join(
        f"  - {{id: e{n}, when: 2024-03-0{n + 1}, title: T{n}, status: {status}, by: mina}}\n" for n, status in enumerate(statuses)
    )
    found = lines(view_of(f"{CAST}timeline:\n{events}"))
    assert found["disputed"].label == label
    assert all(point.split()[0] in {"ALLEGED", "DENIED", "DISPUTED"} for point in points(found["disputed"]))
    assert "happened" not in found


def test_a_side_that_nobody_takes_is_said_to_be_open():
    events = "".join(
        f"  - {{id: {status}, when: 2024-03-0{n}, title: T, status: {status}{by}}}\n"
        for n, (status, by) in enumerate((("denied", ", by: town"), ("disputed", "")), 1)
    )
    assert points(lines(view_of(f"{CAST}timeline:\n{events}"))["disputed"]) == [
        "DENIED T who claims it: not stated denied by The Town",
        "DISPUTED T by whom: not stated",
    ]


@pytest.mark.parametrize(
    "about, by, found",
    [("light", "town", ["DENIED The light claimed by a clerk denied by The Town"]), ("light", "mina", None), ("", "town", None)],
)
def test_a_statement_that_is_denied_has_its_speaker_and_is_not_told_twice(about, by, found):
    front = (
        f"{CAST}quotes:\n  - {{id: q, speaker: clerk, text: it was sold, in_body: no, about: [{about}]}}\n"
        "  - {id: r, speaker: town, text: never, in_body: no, denies: [q]}\n"
        f"timeline:\n  - {{id: light, when: 2024-03-01, title: The light, status: denied, by: {by}}}\n"
    )
    more = ["“it was sold” said by a clerk is denied by The Town"]
    assert points(lines(view_of(front))["disputed"])[-1:] == (found or more)


@pytest.mark.parametrize(
    "history, shown",
    [
        ("", "POSTPONED Vote planned for 11 March 2024; no new date given"),
        (", history: [{status: planned, on: 2024-03-01}]", "POSTPONED Vote planned for 11 March 2024; no new date given"),
        (", history: [{status: planned, when: 2024-03-11, on: 2024-03-01}]", "POSTPONED Vote planned for 11 March 2024; no new date given"),
        (", history: [{status: planned, when: 2024-03-09, on: 2024-03-01}]", "POSTPONED Vote 11 March 2024 3 days later"),
        (", history: [{status: postponed, when: 2024-03-11, on: 2024-03-07}]", "POSTPONED Vote 11 March 2024 3 days later"),
    ],
)
def test_days_are_counted_to_no_date_from_which_an_event_is_put_off(history, shown):
    view = view_of(f"{CAST}timeline:\n  - {{id: v, when: 2024-03-11, title: Vote, status: postponed{history}}}\n")
    assert points(lines(view)["next"]) == [shown]


def test_next_counts_from_the_day_of_the_account():
    view = view_of(
        CAST + "timeline:\n  - {id: past, when: 2024-03-07, title: Past, status: planned}\n  - {id: vote, when: 2024-03-11, title: Vote}\n"
        "  - {id: may, when: unknown, title: It may sink, status: conditional, by: mina}\n"
    )
    assert points(lines(view)["next"]) == [
        "PLANNED Vote 11 March 2024 3 days later",
        "POSSIBLE It may sink said by Mina date unknown",
    ]


def test_an_authors_line_stands_in_place_of_what_the_records_say():
    view = view_of(
        "in_short: {happened: 'It *fell*, see [[fall]].', not_known: Why.}\ntimeline:\n  - {id: fall, when: 2024-03-01, title: The fall, status: occurred}\n"
    )
    found = lines(view)
    assert found["happened"].text.html == 'It <em>fell</em>, see <a href="../../events/fall/">The fall</a>.'
    assert (found["happened"].points, found["not-known"].text.html) == ((), "Why.")


def test_nothing_is_said_of_what_nobody_said():
    assert view_of("").in_short == ()


def test_key_in_a_story_counts_there_and_in_the_events_own_file_everywhere():
    shared = parse("content/events/vote.md", b"---\ntitle: The vote\nwhen: 2024-03-01\nkey: yes\n---\n")
    one = parse(
        "content/explainers/one.md",
        f"{HEAD}timeline:\n  - vote\n  - {{id: own, when: 2024-03-02, title: Own, key: yes}}\n---\nA.\n".encode(),
    )
    two = parse("content/explainers/two.md", f"{HEAD}timeline:\n  - {{id: vote, title: The vote, key: no}}\n  - own\n---\nA.\n".encode())
    site = linking.link(Settings(), language.load("en"), (shared, one, two), drafts=False)[0]
    assert [(slug, event) for slug in ("one", "two") for event in ("vote", "own") if event_ranking.is_key(site, slug, event)] == [
        ("one", "vote"),
        ("one", "own"),
    ]


def test_questions_without_an_answer_are_named_at_the_end():
    found = lines(view_of("timeline:\n  - {id: fall, when: 2024-03-01, title: The fall, status: occurred}\n"))
    assert list(found) == ["happened", "unsaid"]
    assert (found["unsaid"].label, found["unsaid"].close) == (
        "Not said here",
        "Who says so; what is disputed; what is not known; what comes next.",
    )
    everything = "in_short: {happened: A., says: B., disputed: C., not_known: D., next: E.}\n"
    assert "unsaid" not in lines(view_of(everything))


@pytest.mark.parametrize(
    "when, found",
    [
        ("2024-03-XX", ["A Mar 2024 exact date not given"]),
        ("2024-03~", ["A c. Mar 2024 exact date not given"]),
        ("'[2024-03-01..2024-03-04]'", ["A between 1 and 4 Mar 2024 exact date not given"]),
        ("2024-03-01?", ["A 1 Mar 2024? day uncertain"]),
        ("2024-03", None),
        ("2024-03-01/2024-03-04", None),
    ],
)
def test_a_day_that_is_in_doubt_is_not_known(when, found):
    line = lines(view_of(f"timeline:\n  - {{id: a, when: {when}, title: A, status: occurred}}\n")).get("not-known")
    assert (points(line) if line else None) == found


def test_who_no_longer_holds_an_office_has_the_one_of_the_day_when_they_spoke():
    cast = CAST.replace("{name: Mina}", "{name: Mina, position: {role: Mayor, of: town, to: 2023}}")
    said = "quotes:\n  - {id: q, speaker: mina, text: one, in_body: no, said: 2023-05-01}\n"
    assert points(lines(view_of(cast + said))["says"]) == ["Mina then Mayor, The Town"]
    assert points(lines(view_of(cast + said.replace("2023-05", "2024-02")))["says"]) == ["Mina"]


def test_that_all_are_paraphrased_is_said_once():
    said = "".join(
        f"  - {{id: {speaker}, speaker: {speaker}, text: {speaker} says, mode: indirect, in_body: no}}\n" for speaker in ("mina", "town")
    )
    assert points(lines(view_of(f"{CAST}quotes:\n{said}"))["says"]) == ["Mina", "The Town all paraphrased"]
