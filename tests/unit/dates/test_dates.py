"""Dates in examples; tests/fixtures/dates.txt is the table of what is a date and what is not."""

import contextlib
import datetime as dt
import timeit
from pathlib import Path

import msgspec
import pytest

from builder import dates
from builder.dates import DateProblem, day_counts, grammar
from builder.dates.relative import RULES
from builder.i18n import language
from tests.lines_run import lines_run

TABLE = Path(__file__).parents[2] / "fixtures" / "dates.txt"
EN, DE = language.load("en"), language.load("de")


def table(kind):
    """The rows of the sections that begin with `kind`, each as its cells."""
    wanted = False
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            wanted = line.startswith(f"== {kind}")
        elif wanted and line and not line.startswith("#"):
            yield [cell.strip().replace("␣", " ").replace("\r", "") if cell.strip() != "-" else "" for cell in line.split(" | ")]


ACCEPTED = list(table("Accepted"))
REFUSED = list(table("Refused"))


AGREED = [(text, kind == "valid") for kind in ("valid", "invalid") for row in table(f"Agreed: {kind}") for text in row[0].split()]


def is_read(text):
    with contextlib.suppress(DateProblem):
        return dates.parse(text) is not None
    return False


def first_cells(rows):
    return [row[0] for row in rows]


def number(day):
    if not day:
        return None
    year, month, of_month = day.rsplit("-", 2)
    return day_counts.ordinal(int(year), int(month), int(of_month))


# --- reading ---------------------------------------------------------------------------


def test_the_table_is_read_whole():
    assert len(ACCEPTED) > 50
    assert len(REFUSED) > 70
    assert {len(row) for row in ACCEPTED} == {7}
    assert {len(row) for row in REFUSED} == {3}


@pytest.mark.parametrize("text, lower, upper, shape, machine, english, german", ACCEPTED, ids=first_cells(ACCEPTED))
def test_accepted(text, lower, upper, shape, machine, english, german):
    date = dates.parse(text)
    assert date.edtf == text
    assert (date.lower, date.upper) == (number(lower), number(upper))
    assert date.shape == shape
    assert dates.html_datetime(date) == machine
    assert dates.wording(date, EN) == english
    assert dates.wording(date, DE) == german


@pytest.mark.parametrize("text, reason, hint", REFUSED, ids=first_cells(REFUSED))
def test_refused(text, reason, hint):
    with pytest.raises(DateProblem) as problem:
        dates.parse(text)
    assert problem.value.reason == str(problem.value) == reason
    assert problem.value.hint == hint


def test_what_three_other_parsers_agree_on_is_not_read_otherwise():
    assert len(AGREED) > 800
    assert [text for text, is_date in AGREED if is_date != is_read(text)] == []


DECIDED = list(table("Decided"))


def test_where_the_three_differ_the_rule_of_the_table_decides():
    assert {len(row) for row in DECIDED} == {4}
    assert [text for text, decision, *_ in DECIDED if is_read(text) != (decision == "read")] == []


def test_only_days_hours_and_spaces_part_us_from_all_three():
    alone = {rule for _, decision, others, rule in DECIDED if others == ("---" if decision == "read" else "+++")}
    assert alone == {"Days must exist.", "A sign behind a time is an extension of ours.", "ISO 8601 has no spaces."}


def test_every_refusal_has_a_hint_about_its_own_date():
    for text, _, hint in REFUSED:
        assert hint, text
        if "2022-01-18" in hint:
            assert "2022" in text


def test_every_shape_is_drawn_by_some_date():
    assert {row[3] for row in ACCEPTED} == set(dates.DATE_SHAPES)


def test_days_are_counted_as_the_standard_library_counts():
    assert dates.parse("2022-01-01").lower == dt.date(2022, 1, 1).toordinal()
    assert dates.parse("0001-01-01").lower == 1
    assert dates.parse("0000-12-31").lower == 0


@pytest.mark.parametrize(
    "text", ["", "\n", "２０２２", "2022\n", "2022-01-18\x00", "٢٠٢٢", "9" * 5_000, "Y" + "9" * 5_000, "\ud800", "[" * 9_999]
)
def test_odd_texts_are_refused(text):
    with pytest.raises(DateProblem):
        dates.parse(text)


def test_the_empty_text_is_told_what_to_write():
    with pytest.raises(DateProblem) as problem:
        dates.parse("")
    assert problem.value.reason == "There is no date here."
    assert "unknown" in problem.value.hint


@pytest.mark.parametrize("shape", ["[{}]", "2022-{}", "{}/{}", "Y{}", "{}~", "18 January {}", "[..{}]"])
@pytest.mark.parametrize("unit", ["2022,", "9", "?", " ", ".", "/", "X", "-", "a", "T", "or "])
def test_long_texts_take_no_longer_than_their_length(shape, unit):
    def seconds(count):
        text = shape.format(unit * count, unit * count)

        def attempt():
            with contextlib.suppress(DateProblem):
                dates.parse(text)

        return min(timeit.repeat(attempt, number=1, repeat=3))

    # 100 times the text; anything but linear would take 10,000 times as long. A millisecond is lost in the noise.
    # Time, since a pattern that runs back and forth runs no line of Python.
    assert seconds(20_000) < max(seconds(200), 1e-4) * 2_000


def test_reading_a_day_takes_few_steps():
    assert lines_run(lambda: grammar.read("2022-01-21")) < 100


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2022-01-18", True),
        ("2024-02-29", True),
        ("2022-02-29", False),
        ("2022-00-18", False),
        ("2022-13-18", False),
        ("2022-01-00", False),
        ("2022-01", False),
        ("2022-01-18~", False),
        ("2022-1-8", False),
        ("", False),
    ],
)
def test_is_day(text, expected):
    assert dates.is_day(text) is expected


def test_a_date_survives_being_packed():
    for row in ACCEPTED:
        date = dates.parse(row[0])
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(date), type=dates.Date) == date


def test_a_date_within_what_is_not_known_is_told():
    with pytest.raises(DateProblem, match="which has no days"):
        dates.parse("2022-21-XX")


# --- order ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "a, b, expected",
    [
        ("2022-01-18", "2022-01-19", -1),
        ("2022-01-18", "2022-01-18", 0),
        ("2022-01-18", "2022-01-18/2022-01-18", 0),
        ("2022-01", "2022-02", -1),
        ("2022-01", "2022-01", None),
        ("2022-01", "2022-01-18", None),
        ("2022", "2022-01-01", None),
        ("2022-01-18/2022-01-21", "2022-01-22", -1),
        ("2022-01-18/2022-01-21", "2022-01-21", None),
        ("2014/..", "2013-12-31", 1),
        ("2014/..", "2020", None),
        ("../2022", "2023", -1),
        ("../2022", "2014/..", None),
        ("[2022-01-18,2022-01-25]", "2022-01-20", None),
        ("[2022-01-18,2022-01-25]", "2022-01-26", -1),
        ("-0044", "0001", -1),
        ("Y170000", "9999", 1),
        # Around a day is half a week on either side; around a month another month; and so on.
        ("2022-01-18~", "2022-01-18", None),
        ("2022-01-18~", "2022-01-21", None),
        ("2022-01-18~", "2022-01-22", -1),
        ("2022-01-18?", "2022-01-19", None),
        ("2022-01-18~", "2022-01-18~", None),
        ("2022-01~", "2022-02-15", None),
        ("2022-01~", "2022-04", -1),
        # In Australia, spring 2022 ended in November; and winter 2022 may have begun in January.
        ("2022-21", "2022-07", None),
        ("2022-21", "2023", -1),
        ("2022-23", "2022-01", 1),
        ("2022-24", "2022-01", None),
        ("2022-24", "2021", 1),
        # Where the hemisphere is named, only astronomers and winters that end in their year are left.
        ("2022-25", "2022-07", -1),
        ("2022-29", "2022-07", 1),
        ("2022-33", "2022-04", -1),
        ("2022-40", "2022-41", -1),
        ("156X-12-25", "1560-12-24", 1),
        ("156X-12-25", "1565", None),
        ("XXXX-12", "2022", None),
        ("1950S2", "2000", -1),
        ("1950S2", "1950", None),
        # The coarsest part that is not certain counts.
        ("2004-06~-11", "2005-06-11", None),
        ("2004-06~-11", "2005-07", -1),
        ("2004-06-~11", "2004-06-15", -1),
        ("{2022-01-18,2022-01-20..2022-01-22}", "2022-01-23", -1),
        ("[..2022,2024..]", "2023", None),
        ("/..", "2022", None),
        ("Y17E100", "Y17E10", 1),
    ],
)
def test_compare(a, b, expected):
    assert dates.compare(dates.parse(a), dates.parse(b)) == expected
    assert dates.compare(dates.parse(b), dates.parse(a)) == (None if expected is None else -expected)


@pytest.mark.parametrize(
    "a, b, expected",
    [
        ("2022-01-18T14:30Z", "2022-01-18T14:31Z", -1),
        ("2022-01-18T14:30Z", "2022-01-18T15:30+01:00", 0),
        ("2022-01-18T14:30Z", "2022-01-18T15:00+01", 1),
        # It is the 19th in Sydney while it is still the 18th in New York, and no later for that.
        ("2022-01-19T00:30+11:00", "2022-01-18T23:30-05:00", -1),
        ("2022-01-18T14:30", "2022-01-18T16:00", None),
        ("2022-01-18T14:30", "2022-01-18T16:00Z", None),
        ("2022-01-18T14:30", "2022-01-19T16:00", -1),
        ("2022-01-18T14:30Z", "2022-01-18", None),
        # Half past eleven at night in New York is the 19th in UTC.
        ("2022-01-18T23:30-05:00", "2022-01-19", None),
        ("2022-01-18T23:30-05:00", "2022-01-20", -1),
        # The end of a day is the beginning of the next.
        ("2022-01-18T24:00Z", "2022-01-19T00:00Z", 0),
        # Around a time is an hour on either side.
        ("2022-01-18T14:30Z~", "2022-01-18T14:30Z", None),
        ("2022-01-18T14:30Z~", "2022-01-18T15:31Z", -1),
        ("2022-01-18T23:30~", "2022-01-19", None),
        ("2022-01-18T22:30~", "2022-01-19", -1),
        ("2022-01-18T07:40Z/09:00Z", "2022-01-18T09:01Z", -1),
        ("2022-01-18T07:40Z/09:00Z", "2022-01-18T08:00Z", None),
        ("2022-01-18T07:40Z/09:00Z", "2022-01-18T07:40Z/09:00Z", None),
        ("2022-01-18T07:40/09:00", "2022-01-18T10:00", None),
        ("2022-01-18T07:40/09:00", "2022-01-19", -1),
    ],
)
def test_compare_moments(a, b, expected):
    assert dates.compare(dates.parse(a), dates.parse(b)) == expected
    assert dates.compare(dates.parse(b), dates.parse(a)) == (None if expected is None else -expected)


def test_sorting():
    ordered = [
        "-0044",
        "2021-12-31",
        "../2021",
        "2022-01-01",
        "2022-01",
        "2022",
        "2022/..",
        "2022-01-18",
        "2022-01-18T07:40/09:00",
        "2022-01-18T09:00",
        "2022-01-18T14:30Z",
        "2022-01-18T12:00-05:00",
        "2022-01-18/2022-01-20",
        "2022-01-19",
        "Y17000",
        None,
    ]
    keyed = [dates.sort_key(dates.parse(text) if text else None) for text in ordered]
    assert keyed == sorted(keyed)
    assert len(set(keyed)) == len(keyed)
    assert all(isinstance(part, int) and abs(part) < 2**63 for key in keyed for part in key)


def test_moments_sort_by_the_clock_and_not_by_what_the_calendar_shows():
    new_york, sydney = dates.parse("2022-01-18T23:30-05:00"), dates.parse("2022-01-19T00:30+11:00")
    assert dates.sort_key(sydney) < dates.sort_key(new_york)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2022-01-17", 0),
        ("2022-01-21", 4),
        ("2022-01-21T14:30Z", 4),
        ("0001-01-01", 0),
        ("2022-01-21~", None),
        ("2022-01-21?", None),
        ("2022-01", None),
        ("2022-01-21/2022-01-22", None),
        ("2022-01-XX", None),
        ("2022-01-21T04:30~", 4),
        ("2022-01-21T00:30~", None),
        ("2022-01-21T07:40/09:00", 4),
        ("2022-01-21T07:40~/09:00?", 4),
    ],
)
def test_weekday(text, expected):
    assert dates.weekday(dates.parse(text)) == expected


# --- wording ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, english, german",
    [
        ("2022-01-18", "18 Jan 2022", "18. Jan. 2022"),
        ("2022-01-18~", "c. 18 Jan 2022", "ca. 18. Jan. 2022"),
        ("2022-01-18?", "18 Jan 2022?", "18. Jan. 2022?"),
        ("2022-01-18%", "c. 18 Jan 2022?", "ca. 18. Jan. 2022?"),
        ("2022-01-18/2022-01-21", "18–21 Jan 2022", "18.–21. Jan. 2022"),
        ("2022-01-18/2022-02-03", "18 Jan – 3 Feb 2022", "18. Jan. – 3. Feb. 2022"),
        ("2022-01/2022-03", "Jan–Mar 2022", "Jan.–März 2022"),
        ("2021/2022", "2021–2022", "2021–2022"),
        ("2021/2022-01", "2021 – Jan 2022", "2021 – Jan. 2022"),
        ("2014/..", "from 2014", "ab 2014"),
        ("2014/", "2014 – ?", "2014 – ?"),
        ("/2014-03", "until Mar 2014", "bis März 2014"),
        ("201X", "2010s", "2010er"),
        ("20XX", "between 2000 and 2099", "zwischen 2000 und 2099"),
        ("2000/2099", "2000–2099", "2000–2099"),
        ("00XX", "between 1 BCE and 99 CE", "zwischen 1 v. Chr. und 99 n. Chr."),
        ("2022-01-XX", "Jan 2022", "Jan. 2022"),
        ("2022-01-18T14:30Z", "18 Jan 2022, 14:30 UTC", "18. Jan. 2022, 14:30 Uhr UTC"),
        ("2022-01-18T14:30~", "18 Jan 2022, c. 14:30", "18. Jan. 2022, ca. 14:30 Uhr"),
        ("2022-01-18T14:30/15:00", "18 Jan 2022, 14:30–15:00", "18. Jan. 2022, 14:30–15:00 Uhr"),
        ("156X-12", "Dec, 1560s", "Dez., 1560er"),
        ("1950S2", "c. 1950", "ca. 1950"),
        ("2001-34", "second quarter of 2001", "2. Quartal 2001"),
    ],
)
def test_short_wording(text, english, german):
    assert dates.wording(dates.parse(text), EN, style="short") == english
    assert dates.wording(dates.parse(text), DE, style="short") == german


# --- a text's own words ------------------------------------------------

WEDNESDAY = "2022-01-19"


@pytest.mark.parametrize(
    "says, expected",
    [
        ("today", "2022-01-19"),
        ("Today", "2022-01-19"),
        ("  earlier   today. ", "2022-01-19"),
        ("yesterday", "2022-01-18"),
        ("last night", "2022-01-18"),
        ("tomorrow", "2022-01-20"),
        ("the day before yesterday", "2022-01-17"),
        ("Friday", "2022-01-14"),
        ("on Friday", "2022-01-14"),
        ("Fri.", "2022-01-14"),
        ("Friday night", "2022-01-14"),
        ("last Friday", "2022-01-14"),
        ("Wednesday", "2022-01-19"),
        ("last Wednesday", "2022-01-19"),
        ("Thursday", "2022-01-13"),
        ("next Friday", "2022-01-21"),
        ("next Wednesday", "2022-01-26"),
        ("this Friday", "2022-01-21"),
        ("this Wednesday", "2022-01-19"),
        ("last week", "2022-01-10/2022-01-16"),
        ("this week", "2022-01-17/2022-01-23"),
        ("next week", "2022-01-24/2022-01-30"),
        ("the weekend", "2022-01-15/2022-01-16"),
        ("over the weekend", "2022-01-15/2022-01-16"),
        ("last weekend", "2022-01-15/2022-01-16"),
        ("this weekend", "2022-01-22/2022-01-23"),
        ("next weekend", "2022-01-29/2022-01-30"),
        ("last month", "2021-12"),
        ("this month", "2022-01"),
        ("next month", "2022-02"),
        ("last year", "2021"),
        ("this year", "2022"),
        ("next year", "2023"),
        ("in January", "2022-01"),
        ("in March", "2021-03"),
        ("in late December", "2021-12"),
        ("last January", "2021-01"),
        ("next January", "2023-01"),
        ("two days ago", "2022-01-17"),
        ("30 days ago", "2021-12-20"),
        ("a week ago", "2022-01-12~"),
        ("two weeks ago", "2022-01-05~"),
        ("three months ago", "2021-10"),
        ("ten years ago", "2012"),
        ("in three days", "2022-01-22"),
        ("in 2 months", "2022-03"),
        ("on January 18", "2022-01-18"),
        ("18 January", "2022-01-18"),
        ("the 20th of January", "2021-01-20"),
        ("February 30", None),
        ("soon", None),
        ("", None),
        ("Friday or Saturday", None),
        ("9999 years ago", "-7977"),
    ],
)
def test_resolve_in_english(says, expected):
    found = dates.resolve(says, dates.parse(WEDNESDAY), EN)
    assert (found.edtf if found else None) == expected


@pytest.mark.parametrize(
    "says, expected",
    [
        ("heute", "2022-01-19"),
        ("gestern Abend", "2022-01-18"),
        ("vorgestern", "2022-01-17"),
        ("morgen", "2022-01-20"),
        ("Freitag", "2022-01-14"),
        ("am Freitag", "2022-01-14"),
        ("am Freitagabend", "2022-01-14"),
        ("Sonnabend", "2022-01-15"),
        ("letzten Freitag", "2022-01-14"),
        ("am vergangenen Freitag", "2022-01-14"),
        ("nächsten Freitag", "2022-01-21"),
        ("letzte Woche", "2022-01-10/2022-01-16"),
        ("in der vergangenen Woche", "2022-01-10/2022-01-16"),
        ("am Wochenende", "2022-01-15/2022-01-16"),
        ("im Januar", "2022-01"),
        ("im März", "2021-03"),
        ("MÄRZ", "2021-03"),
        ("vor zwei Tagen", "2022-01-17"),
        ("vor einem Monat", "2021-12"),
        ("vor 3 Jahren", "2019"),
        ("in einer Woche", "2022-01-26~"),
        ("am 18. Januar", "2022-01-18"),
        ("Friday", None),
    ],
)
def test_resolve_in_german(says, expected):
    found = dates.resolve(says, dates.parse(WEDNESDAY), DE)
    assert (found.edtf if found else None) == expected


@pytest.mark.parametrize(
    "edtf, earliest, latest",
    [
        ("2022-01-10", "2022-01-10", "2022-01-10"),
        ("2022-01-10~", "2022-01-07", "2022-01-13"),
        ("2022-01-10?", "2022-01-07", "2022-01-13"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("2022-03~", "2022-01-29", "2022-05-01"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022~", "2020-12-31", "2024-01-01"),
        # A season may be that of the other half of the world, and winter the one that ends in its year.
        ("2022-21", "2021-08-29", "2022-12-01"),
        ("2022-24", "2022-01-01", "2024-01-28"),
        ("2022-21~", "2021-05-29", "2023-03-03"),
        ("202X~", "2009-12-31", "2040-01-01"),
        ("20XX~", "1899-12-31", "2200-01-01"),
    ],
)
def test_how_far_around_reaches(edtf, earliest, latest):
    found = dates.parse(edtf)
    assert (dates.iso(found.earliest), dates.iso(found.latest)) == (earliest, latest)


@pytest.mark.parametrize("zone", ["+14:00", "-12:00", "+13:59", "+05:45"])
def test_zones_that_there_are(zone):
    assert dates.parse(f"2022-01-10T10:00{zone}").edtf.endswith(zone)


@pytest.mark.parametrize("zone", ["+14:01", "-12:01", "+05:60"])
def test_zones_that_there_are_not(zone):
    with pytest.raises(dates.DateProblem):
        dates.parse(f"2022-01-10T10:00{zone}")


@pytest.mark.parametrize(
    "written, expected",
    [
        ("2021-03-29T04:30~", "2021-03-29"),
        ("2021-03-29T04:30Z", "2021-03-29T04:30Z"),
        ("2021-03-29T00:30~", "2021-03-28/2021-03-29"),
        ("2021-03-29T23:30?", "2021-03-29/2021-03-30"),
        ("2021-03-23T07:40/09:00", "2021-03-23"),
        ("2021-03-23T07:40/2021-03-23T09:00", "2021-03-23"),
        ("2021-03-23T23:00/2021-03-24T01:00", "2021-03-23/2021-03-24"),
        ("2021-03-23T23:00/2021-03-24T24:00", "2021-03-23/2021-03-24"),
        ("2021-03-23T07:40/..", "2021-03-23/.."),
        ("/2021-03-23T07:40", "/2021-03-23"),
        ("2021-03/2021-05-02T07:40", "2021-03/2021-05-02"),
        ("-0043-03-15T07:40/09:00", "-0043-03-15"),
        ("2004-06~-11", "2004-06~-11"),
    ],
)
def test_machines_are_told_hours_as_the_days_that_edtf_has(written, expected):
    assert dates.standard_edtf(dates.parse(written)) == expected


@pytest.mark.parametrize("edtf", ["[2022", "2022]", "{2022", "2022}", "[2022}"])
def test_a_bracket_without_its_other_half_is_told_as_such(edtf):
    with pytest.raises(dates.DateProblem, match="between"):
        dates.parse(edtf)


@pytest.mark.parametrize(
    "says, meant",
    [
        # Written on each day of a week, from Monday to Sunday; of a span, its first day.
        ("Friday", "01 01 01 01 08 08 08"),
        ("last Friday", "01 01 01 01 08 08 08"),
        ("this Friday", "08 08 08 08 08 15 15"),
        ("next Friday", "08 08 08 08 15 15 15"),
        ("the weekend", "02 02 02 02 02 09 09"),
        ("last weekend", "02 02 02 02 02 02 02"),
        ("this weekend", "09 09 09 09 09 09 09"),
        ("next weekend", "16 16 16 16 16 16 16"),
        ("this week", "04 04 04 04 04 04 04"),
        ("next week", "11 11 11 11 11 11 11"),
    ],
)
def test_resolve_on_every_day_of_a_week(says, meant):
    found = [dates.resolve(says, dates.parse(f"2024-03-{day:02}"), EN).edtf for day in range(4, 11)]
    assert [edtf[8:10] for edtf in found] == meant.split()
    assert all(edtf.startswith("2024-03-") for edtf in found)


@pytest.mark.parametrize(
    "says, as_of, expected",
    [
        ("last month", "2022-01", "2021-12"),
        ("last year", "2022", "2021"),
        ("yesterday", "2022-01", None),
        ("Friday", "2022-01-19~", None),
        ("last month", "2022-01-19~", "2021-12"),
        ("last month", "2022-01-02~", None),
        ("last year", "2022/..", None),
        ("yesterday", "2022-01-18T23:30-05:00", "2022-01-17"),
        ("last weekend", "2022-01-23", "2022-01-15/2022-01-16"),
        ("this weekend", "2022-01-23", "2022-01-22/2022-01-23"),
        ("the weekend", "2022-01-23", "2022-01-22/2022-01-23"),
        ("next weekend", "2022-01-23", "2022-01-29/2022-01-30"),
        ("yesterday", "-0044-01-01", "-0045-12-31"),
        ("tomorrow", "9999-12-31", None),
        ("February 29", "2024-06-01", "2024-02-29"),
        ("February 29", "2023-06-01", None),
    ],
)
def test_resolve_counts_from_any_date(says, as_of, expected):
    found = dates.resolve(says, dates.parse(as_of), EN)
    assert (found.edtf if found else None) == expected


@pytest.mark.parametrize("tag", ["en", "de"])
def test_every_rule_has_patterns_in_every_language(tag):
    assert set(language.load(tag).relative.rules) == set(RULES)


@pytest.mark.parametrize(
    "says, date, expected",
    [
        ("Friday", "2022-01-20", "Friday is not the weekday of 20 January 2022, a Thursday."),
        ("on Friday night", "2022-01-20T22:00Z", "Friday is not the weekday of 20 January 2022, a Thursday."),
        ("Fri.", "2022-01-20", "Friday is not the weekday of 20 January 2022, a Thursday."),
        ("FRIDAY’S", "2022-01-20", "Friday is not the weekday of 20 January 2022, a Thursday."),
        ("Friday", "2022-01-21", None),
        ("Thursday or Friday", "2022-01-21", None),
        ("the day after Friday", "2022-01-22", None),
        ("he sat down", "2022-01-20", None),
        ("last week", "2022-01-20", None),
        ("Friday", "2022-01-20~", None),
        ("Friday", "2022-01", None),
        ("Friday", "2022-01-20/2022-01-21", None),
    ],
)
def test_contradicts(says, date, expected):
    assert dates.contradicts(says, dates.parse(date), EN) == expected


@pytest.mark.parametrize("says", ["Sunday Times day", "the day of the Mail on Sunday", "the Saturday Evening", "Saturday Review"])
def test_a_paper_with_a_weekday_in_its_name_names_none(says):
    day = dates.parse("2022-01-22" if "Evening" in says else "2022-01-20")
    assert dates.contradicts(says, day, EN) is None


def test_contradicts_in_german():
    day = dates.parse("2022-01-20")
    assert dates.contradicts("am Freitagabend", day, DE) == "Der 20. Januar 2022 ist ein Donnerstag, kein Freitag."
    assert dates.contradicts("Sonnabend", day, DE) == "Der 20. Januar 2022 ist ein Donnerstag, kein Samstag."
    assert dates.contradicts("in der Nacht zum Freitag", day, DE) is None
    assert dates.contradicts("am Donnerstag", day, DE) is None


@pytest.mark.parametrize(
    "text, hint",
    [
        ("2025年10月16日", "Write 2025-10-16 instead."),
        ("Wednesday 2024-03-13", "Write 2024-03-13 instead."),
        ("on Wed., 13 March 2024", "Write 2024-03-13 instead."),
        ("2024-03-13 (Wednesday)", "Write 2024-03-13 instead."),
        ("am Mittwoch, 13.3.2024", "Write 2024-03-13 instead."),
        ("2025년 10월", "Write 2025-10 instead."),
        ("٢٠٢٥-١٠-١٦", "Write 2025-10-16 instead."),
        ("le 16 octobre 2025", "Write 2025-10-16 instead."),
        ("16 de octubre de 2025", "Write 2025-10-16 instead."),
        ("16 октября 2025 г.", "Write 2025-10-16 instead."),
        ("2025. október 16.", "Write 2025-10-16 instead."),
        ("१६ अक्टूबर २०२५", "Write 2025-10-16 instead."),
        ("15-16 octobre 2025", "Write 2025-10-15/2025-10-16 instead."),
        ("۱۴۰۴-۰۷-۲۴", dates.IN_GENERAL),
    ],
)
def test_of_a_date_in_any_language_the_notation_is_told(text, hint):
    with pytest.raises(DateProblem) as problem:
        dates.parse(text)
    assert problem.value.hint == hint
