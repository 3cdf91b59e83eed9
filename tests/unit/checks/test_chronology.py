"""Events whose dates, statuses and histories contradict each other."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

CODES = {"event-after-as-of", "event-not-over", "event-passed", "history-contradicts", "date-order"}


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
        ("when: '[2025-10-01,2025-12-31]'", "occurred"),
        ("when: ../2025-12-31", "occurred"),
        ("when: 2025-11-16/2025-12-31", "planned"),
        ("when: 2025-11/2025-12", "occurred"),
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
    assert told(f"{now}, history: [{steps}]")[1] == codes
