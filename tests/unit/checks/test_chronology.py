"""Events whose dates and statuses contradict each other, their sources or the day of their explainer; words said after that day."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

CODES = {"event-after-as-of", "event-not-over", "event-passed", "event-too-late", "event-status-open", "history-contradicts", "date-order"}


def told(event):
    site = site_of(
        explainers_one="---\ntitle: T\npublished: 2025-11-15\nas_of: 2025-11-15\nsources: {log: {title: A, published: 2025}}\n"
        f"timeline:\n  - {{id: a, title: The strike, {event}}}\n---\nA text.\n"
    )
    return site.events["a"].status, [problem.code for problem in checks.check(site) if problem.code in CODES]


@pytest.mark.parametrize(
    "event, status",
    [
        ("when: 2025-10-01/2025-12-31", "ongoing"),
        ("when: 2025-10-01/..", "ongoing"),
        ("when: 2025-10-01/", "occurred"),
        ("when: 2025-10-01/2025-11-15", "occurred"),
        ("when: 2025-11", "occurred"),
        ("when: ../2025-12-31", "ongoing"),
        ("when: 2025-11-16/2025-12-31", "planned"),
        ("when: 2025-11/2025-12", "ongoing"),
        ("when: '{2025-11-10,2025-11-20}'", "ongoing"),
        ("when: '{2025-11-10,2025-11-14}'", "occurred"),
        ("when: 2025-11-20/2025-12", "planned"),
        ("when: 2025-11-16?", "planned"),
        ("when: 2025-11-17~", "planned"),
        ("when: 2025-12~", "planned"),
        ("when: 2025-11-14~", "occurred"),
        ("when: 2025-10~", "occurred"),
        ("when: 2025-24", "planned"),
        ("when: 2025-11-16T00:30+14:00", "occurred"),
    ],
)
def test_a_status_follows_from_a_span(event, status):
    assert told(event) == (status, [])


@pytest.mark.parametrize(
    "event, codes",
    [
        ("when: 2025-10-01/2025-10-31, status: ongoing", ["event-passed"]),
        ("when: 2025-10-01, status: ongoing", []),
        ("when: 2025-10-01/.., status: ongoing", []),
        ("when: 2025-11-10/2025-11-20, status: occurred", ["event-not-over"]),
        ("when: 2025-11-10/2025-11-15, status: occurred", []),
        ("when: 2025-10-01/.., status: occurred", []),
    ],
)
def test_a_span_that_is_not_over_or_is_over_is_told(event, codes):
    assert told(event)[1] == codes


@pytest.mark.parametrize(
    "event, codes",
    [
        ("when: 2025-11~", ["event-status-open"]),
        ("when: 2025-11?", ["event-status-open"]),
        ("when: 2025~", ["event-status-open"]),
        ("when: '[2025-11-14,2025-11-20]'", ["event-status-open"]),
        ("when: 2025-11~, status: occurred", []),
        ("when: 2025-11~, status: planned", []),
        ("when: 2025-11~, history: [{status: occurred, on: 2025-11-14}]", []),
        ("when: 2025-11", []),
        ("when: 2025", []),
        ("when: 2025-10~", []),
        ("when: 2025-12~", []),
        ("when: 2025-11-14~", []),
        ("when: '[2025-11-10,2025-11-14]'", []),
        ("when: '[2025-11-10..]'", []),
    ],
)
def test_a_status_is_asked_for_where_a_date_may_be_past_or_to_come(event, codes):
    assert told(event)[1] == codes


SOURCES = (
    "sources:\n  old: {title: A, publisher: P, published: 2025-09-01}\n  living: {title: B, publisher: P, published: 2025-09-01, accessed: 2025-10-12}\n"
    "  undated: {title: C, publisher: P}\n  month: {title: D, publisher: P, published: 2025-10}\n  new: {title: E, publisher: P, published: 2025-10-11}\n"
    "  read: {title: F, publisher: P, published: 2025-09-01, accessed: 2025-09-02}\n"
)


def told_of_sources(event, quote="", as_of="2025-11-15"):
    more = f"actors: {{ann: Ann Lee}}\nquotes:\n  - {{speaker: ann, text: It sails, mode: indirect, about: a, {quote}}}\n" if quote else ""
    site = site_of(
        explainers_one=f"---\ntitle: T\npublished: {as_of}\nas_of: {as_of}\n{SOURCES}{more}"
        f"timeline:\n  - {{id: a, title: The boat sails, when: 2025-10-10, {event}}}\n---\nIt sails.\n"
    )
    return [one.message for one in checks.check(site) if one.code == "event-too-late"]


def test_an_event_without_sources_rests_on_the_only_one():
    text = "---\ntitle: T\npublished: 2025-11-15\nsources: {old: {title: A, publisher: P, published: %s}}\ntimeline: [{id: a, title: The boat sails, when: 2025-10-10}]\n---\nA.\n"
    for published, is_told in (
        ("2025-09-01", True),
        ("2025-10-08", True),
        ("2025-10-09", False),
        ("2025-10-12", False),
        ("unknown", False),
    ):
        found = [one.code for one in checks.check(site_of(explainers_one=text % published)) if one.code == "event-too-late"]
        assert bool(found) is is_told, published


def test_what_is_taken_to_have_happened_is_no_older_than_all_its_sources():
    assert told_of_sources("sources: [old]") == [
        "This event is taken to have occurred (2025-10-10), but its source came out before (2025-09-01)."
    ]
    assert len(told_of_sources("sources: [old, read]")) == 1
    assert len(told_of_sources("sources: [old]", "via: old, said: 2025-09-01")) == 1


@pytest.mark.parametrize(
    "event, quote",
    [
        ("sources: [old, new]", ""),
        ("sources: [undated]", ""),
        ("sources: [month]", ""),
        ("sources: [living]", ""),
        ("sources: [old], status: occurred", ""),
        ("sources: [old], status: planned", ""),
        ("sources: [old], by: new", ""),
        ("sources: [old], history: [{status: planned, on: 2025-09-01, when: 2025-09-20}]", ""),
        ("sources: [old]", "via: new, said: 2025-10-11"),
        ("", ""),
    ],
)
def test_older_sources_that_are_accounted_for_are_let_through(event, quote):
    assert told_of_sources(event or "place: here", quote) == []
    assert told_of_sources(event or "place: here", quote, as_of="2025-09-05") == []  # planned


@pytest.mark.parametrize(
    "said, codes", [("2025-11-18", ["date-order"]), ("2025-11-16", []), ("2025-11-18~", []), ("2025-11", []), ("2025-11-10", [])]
)
def test_no_words_are_of_a_later_day_than_their_explainer(said, codes):
    site = site_of(
        explainers_one="---\ntitle: T\npublished: 2025-11-10\nupdated: 2025-11-15\nsources: {log: {title: A, publisher: P, published: 2025-12-01}}\n"
        f"actors: {{ann: Ann Lee}}\nquotes:\n  - {{speaker: ann, text: It sails, via: log, said: {said}}}\n---\n“It sails.”\n"
    )
    assert [one.code for one in checks.check(site) if one.code in CODES] == codes
