"""How sure an event is by all that is told of it: who says so, what was told before, and how each story goes on telling it as of its own day."""

import pytest

from builder import dates, linking
from builder.content.parse import parse
from builder.i18n import language
from builder.model import STATUSES, Settings
from builder.pages import cards, events, explainer_text

TALK = "actors: {talk: {type: Group, name: Harbour Talk}, line: {type: Organization, name: The Patience Line}}"


def site_of(**files):
    """Return a Site of explainers, by slug, and of events, by `event_` and id, with the problems of joining them."""
    documents = []
    for name, front in files.items():
        folder, _, key = name.rpartition("_")
        path = f"content/events/{key}.md" if folder else f"content/explainers/{key}.md"
        head = "" if folder else f"title: {name.title()}\nsummary: Two.\n"
        documents.append(parse(path, f"---\n{head}{front}\n---\nText.\n".encode()))
    return linking.link(Settings(), language.load("en"), documents, drafts=False)


def on_timeline(site, slug):
    return {event.id: event for event in explainer_text.timeline(site, slug)}


def names(refs):
    return [ref.name for ref in refs]


# --- who says so ------------------------------------------------


ALLEGED = (
    f"published: 2025-10-12\n{TALK}\ntimeline:\n  - {{id: sold, when: 2025-10-10, title: The boat is sold, status: alleged, by: talk}}"
)
DENIED = f"published: 2025-10-16\n{TALK}\ntimeline:\n  - {{id: sold, title: The boat is sold, status: denied, by: line}}"


def test_who_alleged_something_does_not_stand_beside_its_denial():
    site, problems = site_of(first=ALLEGED, second=DENIED)
    assert not problems
    card = cards.event_card(site, "sold", "")
    assert (card.status, names(card.by)) == ("denied", ["The Patience Line"])
    assert [(step.status, names(step.by)) for step in card.history] == [("alleged", ["Harbour Talk"])]


def test_each_story_tells_an_event_as_it_was_in_its_day():
    site, _ = site_of(first=ALLEGED, second=DENIED)
    first, second = on_timeline(site, "first")["sold"], on_timeline(site, "second")["sold"]
    assert (first.status, names(first.by), first.now) == ("alleged", ["Harbour Talk"], "denied")
    assert (second.status, names(second.by), second.now) == ("denied", ["The Patience Line"], "")


@pytest.mark.parametrize(
    "as_of, steps, status, derived",
    [
        ("2025-10-22", "{status: planned, on: 2025-10-01}, {status: cancelled, on: 2025-10-20, by: line}", "cancelled", False),
        ("2025-10-22", "{status: occurred, on: 2025-10-21, by: line}, {status: planned, on: 2025-10-01}", "occurred", False),
        ("2025-10-22", "{status: postponed, on: 2025-10-20, by: line}", "postponed", False),
        ("2025-10-20", "{status: expected, on: 2025-10-19, by: line}", "expected", False),
        ("2025-10-22", "{status: planned, on: 2025-10-01, by: line}", "occurred", True),
    ],
)
def test_the_last_step_of_a_history_is_written_and_not_inferred(as_of, steps, status, derived):
    told = f"published: {as_of}\n{TALK}\ntimeline:\n  - {{id: sale, when: 2025-10-21, title: The sale, history: [{steps}]}}"
    site, _ = site_of(one=told)
    for card in (cards.event_card(site, "sale", ""), on_timeline(site, "one")["sale"]):
        assert (card.status, card.status_derived, "inferred" in card.standing) == (status, derived, derived)
        assert names(card.by) == ([] if derived else ["The Patience Line"])


def test_voices_that_say_the_same_add_up():
    site, _ = site_of(first=ALLEGED, second=DENIED.replace("denied", "alleged"))
    assert names(cards.event_card(site, "sold", "").by) == ["Harbour Talk", "The Patience Line"]


def fire(status, by):
    said = f", status: {status}" if status else ""
    return f"{TALK}\ntimeline:\n  - {{id: fire, title: The barn burns, when: 2025-10-10, by: {by}{said}}}"


@pytest.mark.parametrize("then", ["", *STATUSES])
@pytest.mark.parametrize("now", ["", *STATUSES])
def test_who_is_named_in_a_file_says_only_what_that_file_says(then, now):
    """The later file counts, but for one without a status, which has none to tell; what else was said is a step of the history."""
    site, problems = site_of(first=f"published: 2025-10-12\n{fire(then, 'talk')}", second=f"published: 2025-10-16\n{fire(now, 'line')}")
    assert not problems
    said = [(then or "occurred", "Harbour Talk", "2025-10-12"), (now or "occurred", "The Patience Line", "2025-10-16")]
    status = now or then or "occurred"
    card = cards.event_card(site, "fire", "")
    assert (card.status, names(card.by)) == (status, [who for what, who, _ in said if what == status])
    history = site.events["fire"].history
    steps = [(step.status, *names(cards.voices(site, step.by)), dates.iso(step.on.date.lower)) for step in history]
    assert steps == [quote for quote in said if quote[0] != status]
    for slug, (what, who, _) in zip(("first", "second"), said, strict=True):
        own = on_timeline(site, slug)["fire"]
        assert own.status == what
        assert who in names(own.by)


@pytest.mark.parametrize("now", STATUSES)
def test_who_is_named_in_a_shared_file_without_a_status_says_what_its_date_says(now):
    site, problems = site_of(
        event_fire="title: The barn burns\nwhen: 2025-10-10\nby: line", one=f"published: 2025-10-22\n{fire(now, 'talk')}"
    )
    assert not problems
    card = cards.event_card(site, "fire", "")
    assert names(card.by) == (["The Patience Line", "Harbour Talk"] if now == "occurred" else ["Harbour Talk"])
    assert [(step.status, names(step.by)) for step in card.history] == ([] if now == "occurred" else [("occurred", ["The Patience Line"])])


def test_who_said_that_something_was_planned_does_not_say_that_it_came():
    site, _ = site_of(early=f"published: 2025-10-08\n{fire('', 'talk')}", late="published: 2025-10-25\ntimeline: [fire]")
    card = cards.event_card(site, "fire", "")
    assert (card.status, names(card.by)) == ("occurred", [])
    assert [(step.status, names(step.by)) for step in card.history] == [("planned", ["Harbour Talk"])]
    assert names(on_timeline(site, "early")["fire"].by) == ["Harbour Talk"]


# --- what nobody wrote ------------------------------------------------


def test_what_lies_ahead_of_one_story_was_planned_in_its_day():
    site, _ = site_of(
        early="published: 2025-10-18\ntimeline:\n  - {2025-10-21: The council votes, id: vote}",
        late="published: 2025-10-25\ntimeline: [vote]",
    )
    event = site.events["vote"]
    assert (event.status, event.derived) == ("occurred", ("status",))
    assert [(step.status, dates.iso(step.on.date.lower)) for step in event.history] == [("planned", "2025-10-18")]
    early, late = on_timeline(site, "early")["vote"], on_timeline(site, "late")["vote"]
    assert (early.status, early.now) == ("planned", "happened")
    assert (late.status, late.now) == ("occurred", "")


def test_what_lies_behind_every_story_has_no_history():
    site, _ = site_of(early="published: 2025-10-18\ntimeline:\n  - {2025-10-11: The council votes, id: vote}")
    assert site.events["vote"].history == ()
    assert on_timeline(site, "early")["vote"].now == ""


# --- a file of its own ------------------------------------------------


@pytest.mark.parametrize(
    "now, then, history, told",
    [
        ("occurred", "planned", "", []),
        ("denied", "alleged", "", []),
        ("alleged", "cancelled", "", ["records-disagree"]),
        ("planned", "occurred", "", ["records-disagree"]),
        ("occurred", "denied", "", ["records-disagree"]),
        ("occurred", "denied", "\nhistory: [{status: denied, on: 2025-10-01}]", []),
    ],
)
def test_an_explainer_may_be_behind_a_shared_file_and_not_ahead(now, then, history, told):
    site, problems = site_of(
        event_sale=f"title: The boat is sold\nwhen: 2025-10-10\nstatus: {now}{history}",
        one=f"published: 2025-10-22\ntimeline:\n  - {{id: sale, title: The boat is sold, status: {then}}}",
    )
    assert [problem.code for problem in problems] == told
    assert site.events["sale"].status == now


# --- the story's own word for a date ------------------------------------------------


def test_each_story_shows_its_own_word_for_a_day():
    site, problems = site_of(
        one="published: 2025-10-18\ntimeline:\n  - {id: vote, when: {says: Tuesday, is: 2025-10-21}, title: The council votes}",
        two="published: 2025-10-20\ntimeline:\n  - {id: vote, when: {says: tomorrow, is: 2025-10-21}, title: The council votes}",
    )
    assert not problems
    assert on_timeline(site, "one")["vote"].when.says == "Tuesday"
    assert on_timeline(site, "two")["vote"].when.says == "tomorrow"
    assert cards.event_card(site, "vote", "").when.says == ""


# --- before and after ------------------------------------------------


def neighbours(whens):
    entries = "".join(f"  - {{id: e{n}, when: {when}, title: Event {n}}}\n" for n, when in enumerate(whens))
    site, _ = site_of(one=f"published: 2025-10-18\ntimeline:\n{entries}")
    views = [page.of(site).view for page in events.detail_pages(site)]
    pages = {view.event.id: view for view in views}
    return {key: ([card.id for card in view.before], [card.id for card in view.after]) for key, view in pages.items()}


def test_only_what_is_known_to_be_earlier_stands_before_an_event():
    found = neighbours(["2021", "2022", "2022-01-18", "unknown", "2023-05"])
    assert found["e2"] == (["e0"], ["e4"])
    assert found["e1"] == (["e0"], ["e4"])
    assert found["e3"] == ([], [])


def test_an_event_that_may_not_have_happened_says_so_in_its_title():
    site, _ = site_of(first=ALLEGED)
    page = next(events.detail_pages(site)).of(site).view
    assert (page.title, page.event.title) == ("Alleged: The boat is sold", "The boat is sold")
