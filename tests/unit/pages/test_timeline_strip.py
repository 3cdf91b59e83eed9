"""The strip: to scale, with what is claimed below the axis and what lies far off at its ends."""

import pytest

from builder import dates
from builder.i18n import language
from builder.pages.shapes import DateView, EventCard
from builder.pages.timeline_strip import WHOLE, strip

ENGLISH = language.load("en")


def event(edtf, status="occurred", title="T"):
    date = None if edtf == "unknown" else dates.parse(edtf)
    words = dates.wording(date, ENGLISH, style="short") if date else ""
    card = EventCard(
        id="e",
        title=title,
        path="events/e/",
        when=DateView(words, words, "", date.shape if date else "", edtf),
        status=status,
        status_words=status,
        by=(),
        by_words="",
        standing=status,
        actors=(),
        place="",
        sources=(),
        text="",
        history=(),
        moved=(),
        status_derived=False,
        now="",
        signs=status,
        doubt="" if status in {"occurred", "ongoing"} else status,
        short="",
    )
    return card, date


def drawn(*found, as_of="2022-01-19", rtl=False):
    events = [event(*given) if isinstance(given, tuple) else event(given) for given in found]
    return strip(ENGLISH, events, dates.parse(as_of) if as_of else None, None, rtl=rtl)


def test_days_stand_to_scale():
    first, second, third = drawn("2022-01-10", "2022-01-14", "2022-01-18").marks
    assert first.left == first.middle == first.right
    assert second.middle - first.middle == pytest.approx(third.middle - second.middle, abs=1)


@pytest.mark.parametrize(
    "edtf, shape, ends",
    [
        ("[2022-01-10..2022-01-16]", "choice", ""),
        ("2022-01-10/2022-01-16", "range", ""),
        ("2022-01-XX", "choice", ""),
        ("[..2022-01-14]", "choice", "from-nowhere"),
        ("2022-01-14/..", "open", "to-nowhere"),
        ("2022-01-14~", "about", ""),
        ("{2022-01-10,2022-01-16}", "several", ""),
        ("2022-01-14?", "uncertain", ""),
        ("2022", "range", "from-nowhere to-nowhere"),
    ],
)
def test_every_kind_of_date_has_a_sign(edtf, shape, ends):
    mark = next(mark for mark in drawn(edtf, "2022-01-12", "2022-01-18").marks if mark.number == 1)
    assert (mark.shape, mark.ends) == (shape, ends)
    assert 0 <= mark.left <= mark.middle <= mark.right <= WHOLE


def test_what_goes_on_is_drawn_as_far_as_the_account_knows():
    known = drawn("2022-01-10", "2022-01-14/..", "2022-01-23")
    assert known.marks[1].right == known.now < WHOLE
    assert drawn("2022-01-10", "2022-01-14/..", as_of=None).marks[1].right == WHOLE
    later = drawn("2022-01-10", ("2022-01-21/..", "planned"), "2022-01-23")
    assert later.marks[1].right == WHOLE


def test_what_is_only_claimed_stands_below_the_axis():
    found = drawn(("2022-01-14", "alleged"), ("2022-01-15", "denied"), ("2022-01-16", "planned"), "2022-01-17")
    assert [mark.y > found.axis for mark in found.marks] == [True, True, False, False]


def test_what_lies_far_off_breaks_the_axis_and_has_its_date():
    found = drawn("2014", "2022-01-14", "2022-01-18", "2022-01-21")
    assert [mark.far for mark in found.marks] == [True, False, False, False]
    assert found.marks[0].left < found.begins < found.marks[1].left
    assert "2014" not in {tick.words for tick in found.ticks}


def test_the_account_ends_with_its_day():
    found = drawn("2022-01-19", "2022-01-21")
    assert found.marks[0].middle < found.now < found.marks[1].middle
    assert drawn("2022-01-19", "2022-01-21", as_of=None).now == -1


def test_words_that_would_overlap_stand_in_lines_of_their_own():
    found = drawn(*(("2022-01-10", "occurred", "Twenty letters long..") for _ in range(3)), "2022-01-20")
    assert len({mark.y for mark in found.marks[:3]}) == 3


def test_long_titles_are_cut_between_words():
    words = [mark.words for mark in drawn(("2022-01-10", "occurred", "Officials run through all possible responses"), "2022-01-20").marks]
    assert words == ["Officials run through all…", "T"]


def test_words_are_longer_on_a_line_with_room():
    title = "Officials run through all possible responses"
    assert [mark.words for mark in drawn(("2022-01-10", "occurred", title), "2022-01-25", as_of=None).marks] == [title, "T"]


def test_the_axis_goes_on_where_words_need_room_behind_the_last_event():
    found = drawn("2022-01-10", "2022-01-18", ("2022-01-21", "planned", "A title of many letters, more"))
    assert (found.begins, found.ends) == (0, WHOLE)
    assert found.marks[-1].middle < 880
    assert found.ticks[-1].at > found.marks[-1].middle


def test_words_of_what_is_past_do_not_stand_behind_the_line():
    going_on = drawn("2022-01-03", ("2022-01-14/..", "ongoing", "Twelve words"), "2022-01-25").marks[1]
    assert (going_on.side, going_on.right) == ("before", drawn("2022-01-03", ("2022-01-14/..", "ongoing"), "2022-01-25").now)
    assert drawn("2022-01-03", ("2022-01-25", "planned", "To come")).marks[1].side == "before"


def test_a_line_is_broken_where_words_cross_it():
    title = "A title of many letters thirty"
    found = drawn("2021-12-01", "2022-01-18", ("2032-07~", "planned", title))
    assert found.marks[2].far
    assert found.crossed == (found.marks[2].y,)
    assert drawn("2022-01-10", "2022-01-18").crossed == ()


def test_a_line_is_broken_where_words_cross_it_only_in_a_wide_window():
    title = "The European Union lets it fly again"
    found = drawn("2019-03-10", "2020-11-18", ("2021-01~", "planned", title), as_of="2020-11-19")
    assert found.marks[2].side == "before"
    assert found.crossed == (found.marks[2].y,)


def test_a_wide_window_has_more_of_a_long_title():
    title = "Officials run through all possible responses"
    first = drawn(("2022-01-18", "occurred", title), ("2022-01-18", "occurred", "T"), "2022-01-01", as_of=None).marks[0]
    assert len(first.words) <= len(first.wide_words or first.words)


def test_the_key_has_each_sign_that_is_drawn_once():
    found = drawn("2022-01-10", "2022-01-11", "[2022-01-10..2022-01-16]", ("2022-01-14", "denied"), ("2022-01-21", "planned"))
    assert [(sign.words, sign.left != sign.right, sign.struck) for sign in found.signs] == [
        ("on this day", False, False),
        ("some time within these days", True, False),
        ("only claimed", False, False),
        ("denied or cancelled", False, True),
        ("planned or possible", False, False),
    ]


def test_from_the_right_it_is_its_own_mirror():
    left, right = drawn("2022-01-10", "2022-01-16/2022-01-18"), drawn("2022-01-10", "2022-01-16/2022-01-18", rtl=True)
    assert [(WHOLE - mark.right, WHOLE - mark.left) for mark in right.marks] == [(mark.left, mark.right) for mark in left.marks]
    assert right.now == WHOLE - left.now
    assert [(WHOLE - mark.label_x, -mark.label_offset, mark.label_anchor) for mark in right.marks] == [
        (mark.label_x, mark.label_offset, mark.label_anchor) for mark in left.marks
    ]


@pytest.mark.parametrize(
    "span", ["2022-01-10/2022-01-12", "2022-01-01/2022-03-30", "2021-03-01/2022-11-30", "1914-07-28/1918-11-11", "-0043/0014"]
)
def test_a_strip_has_a_few_ticks(span):
    first, last = span.split("/")
    assert 2 <= len(drawn(first, last, as_of=None).ticks) <= 22


def test_of_events_without_dates_there_is_no_strip():
    assert drawn("unknown", "2022-01-10") is None
    assert [mark.name for mark in drawn("unknown", "2022-01-10", "2022-01-11").undated] == ["T"]


def test_a_month_without_room_before_the_next_is_not_told():
    ticks = drawn("2025-10-02", "2025-10-10", "2025-11-03", as_of=None).ticks
    told = [tick.at for tick in ticks if tick.below]
    assert [tick.below for tick in ticks if tick.below] == ["Oct 2025", "Nov 2025"]
    assert told[1] - told[0] >= 180


def test_two_long_titles_on_one_line_do_not_take_the_same_room():
    title = "Officials run through all possible responses"
    found = drawn(("2022-01-02", "occurred", title), ("2022-01-29", "occurred", title), ("2022-01-29", "occurred", "T"), as_of=None)
    first, second = (mark for mark in found.marks if mark.event.name == title)
    assert (first.side, second.side, first.y) == ("after", "before", second.y)
    for width, words in ((600, (first.words, second.words)), (860, (first.wide_words or first.words, second.wide_words or second.words))):
        assert (second.left - first.right) * width / WHOLE > 6.6 * sum(map(len, words))
