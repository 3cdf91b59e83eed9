"""The date beside words such as “yesterday” is one that they can mean."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of


def told(said, language="en"):
    site = site_of(
        explainers_one="---\ntitle: T\npublished: 2025-11-15\nas_of: 2025-11-15\nsources: {log: {title: A, published: 2025-11-12}}\n"
        f"actors: {{ann: Ann Lee}}\nquotes:\n  - {{speaker: ann, text: It runs., in_body: no, via: log, said: {said}}}\n---\nA text.\n"
    )
    return [problem.message for problem in checks.check(site) if problem.code == "date-says-other"]


@pytest.mark.parametrize(
    "said, message",
    [
        ("{says: yesterday, is: 2025-11-15}", "“yesterday”, counted from 2025-11-15, is 2025-11-14, not 2025-11-15."),
        ("{says: tomorrow, is: 2025-11-14}", "“tomorrow”, counted from 2025-11-15, is 2025-11-16, not 2025-11-14."),
        ("{says: last year, is: 2025-03-04}", "“last year”, counted from 2025-11-15, is 2024, not 2025-03-04."),
        ("{says: last month, is: 2025-11-02}", "“last month”, counted from 2025-11-15, is 2025-10, not 2025-11-02."),
        ("{says: two days ago, is: 2025-11-02}", "“two days ago”, counted from 2025-11-15, is 2025-11-13, not 2025-11-02."),
        ("{says: in March, is: 2025-05-04}", "“in March”, counted from 2025-11-15, is 2025-03, not 2025-05-04."),
        ("{says: 12 October, is: 2025-10-13}", "“12 October”, counted from 2025-11-15, is 2025-10-12, not 2025-10-13."),
        ("{says: 3 p.m., is: '2025-11-14T09:00'}", "“3 p.m.” is another hour than that of 2025-11-14T09:00."),
        ("{says: 'at 15:30', is: '2025-11-14T15:00'}", "“at 15:30” is another hour than that of 2025-11-14T15:00."),
        ("{says: 'won 24:20 at 18:00', is: '2025-11-14T15:00'}", "“won 24:20 at 18:00” is another hour than that of 2025-11-14T15:00."),
        ("{says: yesterday, is: 2025-11-14, as_of: 2025-11-10}", "“yesterday”, counted from 2025-11-10, is 2025-11-09, not 2025-11-14."),
        ("{says: yesterday, is: 2025-11-14, as_of: log}", "“yesterday”, counted from 2025-11-12, is 2025-11-11, not 2025-11-14."),
        ("{says: two weeks ago, is: 2025-09-30}", "“two weeks ago”, counted from 2025-11-15, is 2025-11-01~, not 2025-09-30."),
        ("{says: three months ago, is: 2025-03-04}", "“three months ago”, counted from 2025-11-15, is 2025-08, not 2025-03-04."),
        ("{says: two years ago, is: 2019}", "“two years ago”, counted from 2025-11-15, is 2023, not 2019."),
        ("{says: in two weeks, is: 2025-11-01}", "“in two weeks”, counted from 2025-11-15, is 2025-11-29~, not 2025-11-01."),
        ("{says: ten days ago, is: 2025-10-01}", "“ten days ago”, counted from 2025-11-15, is 2025-11-05, not 2025-10-01."),
        ("{says: last weekend, is: 2025-10-25}", "“last weekend”, counted from 2025-11-15, is 2025-11-08/2025-11-09, not 2025-10-25."),
    ],
)
def test_a_date_that_its_words_cannot_mean_is_told(said, message):
    assert told(said) == [message]


@pytest.mark.parametrize(
    "said",
    [
        "{says: yesterday, is: 2025-11-14}",
        "{says: yesterday, is: 2025-11-11}",  # counted from the report
        "{says: yesterday, is: 2025-11-09, as_of: 2025-11-10}",
        "{says: yesterday, is: 2025-11~}",
        "{says: last month, is: 2025-10-31}",
        "{says: last year, is: 2024-03}",
        "{says: in March, is: 2026-03-04}",
        "{says: two weeks ago, is: 2025-10-30}",
        "{says: the day before, is: 2025-11-02}",
        "{says: 3 p.m., is: '2025-11-14T15:00'}",
        "{says: 3 p.m., is: '2025-11-14T15:10'}",
        "{says: 3 p.m., is: '2025-11-14T09:00Z'}",
        "{says: 3 p.m., is: 2025-11-14}",
        "{says: late March, is: 2025-05-04}",
        "{says: last summer, is: 2025-01}",
        "{says: six weeks ago, is: 2025-10-15}",
        "{says: three months ago, is: 2025-07-20}",
        "{says: two years ago, is: 2022-12}",
        "{says: two years ago, is: 2023~}",
        "{says: ten days ago, is: 2025-11-03}",
        "{says: last weekend, is: 2025-11-07}",
        "{says: last weekend, is: 2025-11-15}",
        "{says: 'ran in 2:05 on Friday', is: '2025-11-14T15:00'}",
        "{says: 'after a 24:20 win', is: '2025-11-14T15:00'}",
        "{says: 'gewann 24:20', is: '2025-11-14T15:00'}",
        "{says: 'won 3-1', is: '2025-11-14T15:00'}",
        "{says: 'flight 15:30', is: '2025-11-14T12:00'}",
    ],
)
def test_a_date_that_its_words_can_mean_is_not(said):
    assert told(said) == []
