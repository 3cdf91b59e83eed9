"""Days that have not come, where they cannot lie ahead."""

import pytest

from builder import dates
from builder.build.pipeline import Options, build, load_site

FRONT = (
    "title: One\npublished: {published}\nsources: {{log: {{title: Log, publisher: Harbour, published: {came}, accessed: {read}}}}}\n{more}"
)
TODAY = dates.parse("2026-11-29").lower


def site(root, more="", *, published="2026-11-01", came="2026-10-01", read="2026-10-02", day=TODAY, **options):
    (root / "content/explainers").mkdir(parents=True, exist_ok=True)
    (root / "content/site.yaml").write_text("title: T\nsearch: no\n", "utf-8")
    front = FRONT.format(published=published, came=came, read=read, more=more)
    (root / "content/explainers/one.md").write_text(f"---\n{front}---\nText.\n", "utf-8")
    return Options(root, root / "site", jobs=1, day=day, **options)


def ahead(options):
    return [problem.message for problem in load_site(options).diagnostics if problem.code == "date-ahead"]


HISTORY = "timeline: [{{title: A vote, when: unknown, status: planned, sources: log, history: [{{status: planned, on: {day}}}]}}]\n"
OFFICE = "actors: {{mina: {{name: Mina Quist, position: {{role: Mayor, since: {day}}}}}}}\n"
QUOTE = "actors: {{mina: Mina Quist}}\nquotes: [{{mina: It will run., via: other, said: {day}, in_body: no}}]\n"


@pytest.mark.parametrize(
    "more, message",
    [
        ("updated: {day}\n", "This explainer was updated on {day}, a day that has not come."),
        ("updates: [{{2026-11-02: a}}, {{{day}: b}}]\n", "This explainer was updated on {day}, a day that has not come."),
        ("corrections: [{{on: {day}, text: It was.}}]\n", "This was corrected on {day}, a day that has not come."),
        (HISTORY, "This event gets the status “planned” on {day}, a day that has not come."),
        (OFFICE, "Mina Quist took up the office “Mayor” on {day}, a day that has not come."),
        (QUOTE, "These words were said on {day}, a day that has not come."),
    ],
)
@pytest.mark.parametrize("day, is_told", [("2026-11-30", True), ("2204-03-09", True), ("2026-11-29", False)])
def test_what_has_been_cannot_lie_ahead(tmp_path, more, message, day, is_told):
    assert ahead(site(tmp_path, more.format(day=day))) == ([message.format(day=day)] if is_told else [])


def test_no_source_comes_out_or_is_read_on_a_day_to_come(tmp_path):
    assert ahead(site(tmp_path, came="2027", read="2027-02-01")) == [
        "The source “log” came out in 2027, a year that has not come.",
        "The source “log” was read on 2027-02-01, a day that has not come.",
    ]


@pytest.mark.parametrize(
    "came, words",
    [
        ("2027-02", "in 2027-02, a month that has not come"),
        ("2027-02-01T10:00", "on 2027-02-01T10:00, a day that has not come"),
        ("2027/2028", "at 2027/2028, which has not come"),
    ],
)
def test_a_date_to_come_is_told_by_what_it_is(tmp_path, came, words):
    assert ahead(site(tmp_path, came=came, read="unknown")) == [f"The source “log” came out {words}."]


@pytest.mark.parametrize("came", ["2026", "2026-11", "2026-11-30~", "unknown"])
def test_what_may_have_been_is_not_told(tmp_path, came):
    assert ahead(site(tmp_path, came=came, read="unknown")) == []


def test_without_a_day_nothing_lies_ahead(tmp_path):
    assert ahead(site(tmp_path, "updated: 2204-03-09\n", day=None)) == []


def test_an_explainer_that_waits_tells_of_what_comes_until_its_day(tmp_path):
    assert ahead(site(tmp_path, published="2026-12-10", came="2026-12-09", read="2026-12-11", future=True)) == [
        "The source “log” was read on 2026-12-11, a day that has not come."
    ]


@pytest.mark.parametrize("future", [False, True])
def test_a_build_on_a_later_day_tells_what_a_clean_one_would(tmp_path, future):
    def told(day):
        options = site(tmp_path, "updated: 2026-12-02\ncorrections: [{on: 2026-12-04, text: It was.}]\n", day=day, future=future)
        return [problem.message for problem in build(options).diagnostics if problem.code == "date-ahead"]

    both = told(TODAY)
    assert len(both) == 2
    assert told(TODAY + 1) == both
    assert told(TODAY + 3) == both[1:]
    assert told(TODAY + 5) == []
    assert told(TODAY) == both
