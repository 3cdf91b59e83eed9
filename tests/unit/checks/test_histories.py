"""Histories whose steps contradict each other, or the day of an explainer."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

CODES = {"event-after-as-of", "history-contradicts", "date-order", "date-not-moved"}


def told(event, as_of="2025-11-15", **more):
    site = site_of(
        explainers_one=f"---\ntitle: T\npublished: {as_of}\nas_of: {as_of}\nsources: {{log: {{title: A, published: 2025}}}}\n"
        f"timeline:\n  - {{id: a, title: The strike, {event}}}\n---\nA text.\n",
        **more,
    )
    return [one.code for one in checks.check(site) if one.code in CODES]


@pytest.mark.parametrize(
    "steps, now, codes",
    [
        (
            "{status: occurred, on: 2025-10-01}, {status: planned, on: 2025-10-10}",
            "when: 2025-12-01, status: planned",
            ["history-contradicts"],
        ),
        ("{status: occurred, on: 2025-10-01}", "when: 2025-10-01, status: cancelled", ["history-contradicts"]),
        ("{status: occurred, on: 2025-10-02}", "when: 2025-10-01, status: disputed, by: The Lantern", []),
        ("{status: planned, on: 2025-10-01}", "when: 2025-10-02, status: cancelled", []),
        ("{status: occurred, on: 2025-10-01}", "when: 2025-12-01", ["event-after-as-of"]),
        ("{status: planned, on: 2025-10-01}", "when: 2025-12-01", []),
        ("{status: planned, on: 2025-10-20}", "when: 2025-10-05, status: occurred", ["date-order"]),
        ("{status: planned, on: 2025-10-04}", "when: 2025-10-05, status: occurred", []),
        (
            "{status: planned, on: 2025-10-01, when: 2025-11-20}, {status: planned, on: 2025-10-01, when: 2025-11-21}",
            "when: 2025-12-01, status: planned",
            ["history-contradicts"],
        ),
        (
            "{status: planned, on: 2025-10-01, when: 2025-11-20}, {status: planned, on: 2025-10-02, when: 2025-11-21}",
            "when: 2025-12-01, status: planned",
            [],
        ),
    ],
)
def test_a_history_that_contradicts_itself_is_told(steps, now, codes):
    assert told(f"{now}, history: [{steps}]") == codes


LATER = "---\ntitle: T2\npublished: 2025-12-01\nas_of: 2025-12-01\ntimeline: [a]\n---\nA text.\n"


@pytest.mark.parametrize(
    "on, later, codes",
    [
        ("2025-11-20", False, ["date-order"]),
        ("2025-11-20", True, []),
        ("2025-12-20", True, ["date-order"]),
        ("2025-11-15", False, []),
        ("2025-11", False, []),
        ("2025-11-16~", False, []),
        ("unknown", False, []),
    ],
)
def test_no_step_is_of_a_later_day_than_the_newest_explainer(on, later, codes):
    event = f"when: 2026-01-10, status: planned, history: [{{status: expected, on: {on}}}]"
    shared = f"---\ntitle: The strike\n{event.replace(', ', chr(10))}\n---\n".replace("expected\non", "expected, on")
    if later:
        text = "---\ntitle: T\npublished: 2025-11-15\nas_of: 2025-11-15\ntimeline: [a]\n---\nA text.\n"
        site = site_of(explainers_one=text, explainers_two=LATER, events_a=shared)
        assert [one.code for one in checks.check(site) if one.code in CODES] == codes
    else:
        assert told(event) == codes


@pytest.mark.parametrize(
    "now, step, codes",
    [
        ("when: 2025-10-10, status: occurred", "{status: occurred, on: 2025-10-01}", ["date-order"]),
        ("when: 2025-10-10, status: occurred", "{status: occurred, on: 2025-10-01, when: 2025-10-01}", []),
        ("when: 2025-10, status: occurred", "{status: occurred, on: 2025-10-01}", []),
        ("when: 2025-10-10/2025-10-12, status: occurred", "{status: ongoing, on: 2025-10-11}", []),
        ("when: 2025-10-10, status: occurred", "{status: postponed, on: 2025-10-12}", ["date-order"]),
        ("when: 2025-10-10, status: occurred", "{status: postponed, on: 2025-10-08, when: 2025-10-10}", []),
        ("when: 2025-10-10, status: occurred", "{status: cancelled, on: 2025-10-01}", []),
        ("when: 2025-12-10, status: planned", "{status: expected, on: 2025-10-10, source: old}", ["date-order"]),
        ("when: 2025-12-10, status: planned", "{status: expected, on: 2025-08-30, source: old}", []),
        ("when: 2025-12-10, status: planned", "{status: expected, on: 2025-10-10, source: log}", []),
        ("when: 2025-12-10, status: planned", "{status: expected, on: unknown, source: old}", []),
    ],
)
def test_a_step_fits_the_date_of_its_event_and_its_source(now, step, codes):
    old = "---\ntitle: B\npublished: 2025-09-01\n---\n"
    assert told(f"{now}, history: [{step}]", sources_old=old) == codes
