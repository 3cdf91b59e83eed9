"""What is true of every date, and of every text that is none."""

import datetime as dt
import re

import msgspec
import pytest
from hypothesis import example, given, strategies as st

from builder import dates
from builder.dates import DateProblem, day_counts
from builder.i18n import language

EN, DE = language.load("en"), language.load("de")

# --- dates as authors write them ------------------------------------------------

years = st.one_of(st.integers(1990, 2030), st.integers(0, 9_999)).map("{:04}".format)
months = st.integers(1, 12).map("{:02}".format)
all_days = st.dates().map(dt.date.isoformat)
near_days = st.dates(dt.date(2021, 12, 20), dt.date(2022, 2, 10)).map(dt.date.isoformat)
plain = st.one_of(near_days, all_days, years, st.tuples(years, months).map("-".join))
with_seasons = st.one_of(plain, st.tuples(years, st.sampled_from(("21", "22", "23", "24"))).map("-".join))
unknown_digits = st.one_of(
    years.map(lambda year: year[:3] + "X"),
    years.map(lambda year: year[:2] + "XX"),
    years.map(lambda year: year + "-XX"),
    years.map(lambda year: year + "-XX-XX"),
    st.tuples(years, months).map(lambda pair: "-".join(pair) + "-XX"),
)
qualified = st.tuples(st.one_of(with_seasons, unknown_digits), st.sampled_from(("", "", "?", "~", "%"))).map("".join)
far = st.one_of(st.integers(10_000, 10**12 - 1), st.integers(-(10**12) + 1, -10_000)).map("Y{}".format)
early = st.integers(-9_999, -1).map(lambda year: f"-{-year:04}")
zones = st.one_of(
    st.just(""), st.just("Z"), st.builds("{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(1, 11), st.sampled_from((0, 30, 45)))
)
moments = st.builds("{}T{:02}:{:02}{}".format, near_days, st.integers(0, 23), st.integers(0, 59), zones)
ends = st.one_of(qualified, st.just(""), st.just(".."))
spans = st.builds("{}/{}".format, ends, ends)
choices = st.builds("[{}..{}]".format, st.one_of(plain, st.just("")), st.one_of(plain, st.just("")))
lists = st.builds(
    lambda of, items: of.format(",".join(items)), st.sampled_from(("[{}]", "{{{}}}")), st.lists(with_seasons, min_size=2, max_size=5)
)
signs = st.sampled_from(("", "", "?", "~", "%"))
masked_years = st.one_of(
    years, st.text(alphabet="0129X", min_size=4, max_size=4), st.builds("-{}".format, st.text(alphabet="012X", min_size=4, max_size=4))
)
masked_months = st.one_of(months, st.sampled_from(("XX", "0X", "1X", "X1", "X3")))
masked_days = st.one_of(st.integers(1, 31).map("{:02}".format), st.sampled_from(("XX", "0X", "3X", "X1", "X9")))
masked = st.one_of(
    masked_years, st.tuples(masked_years, masked_months).map("-".join), st.tuples(masked_years, masked_months, masked_days).map("-".join)
)
signed = st.builds(
    lambda date, left, right: "-".join(b + part + ("" if b else a) for part, b, a in zip(date.split("-"), left, right, strict=False)),
    plain,
    st.tuples(signs, signs, signs),
    st.tuples(signs, signs, signs),
)
parts_of_year = st.builds("{}-{}".format, years, st.integers(21, 41))
estimates = st.one_of(
    st.builds("{}S{}".format, st.one_of(years, early), st.integers(1, 5)),
    st.builds("Y{}E{}".format, st.integers(-999, 9_999).filter(bool), st.integers(1, 40)),
    st.builds("Y{}E{}S{}".format, st.integers(1, 9_999), st.integers(1, 12), st.integers(1, 9)),
)
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
hours = st.one_of(
    st.builds("{}{}".format, moments, signs),
    st.builds("{}T{}{}{}/{}{}".format, near_days, clocks, zones, signs, clocks, signs),
    st.builds("{}{}/{}{}".format, moments, signs, moments, signs),
    st.builds("{}/..".format, moments),
)
runs = st.builds(lambda a, b: f"{min(a, b)}..{max(a, b)}", years, years)
wide_lists = st.builds(
    lambda of, items, before, after: of.format(before + ",".join(items) + after),
    st.sampled_from(("[{}]", "{{{}}}")),
    st.lists(st.one_of(plain, signed, masked, runs), min_size=1, max_size=4),
    st.sampled_from(("", "", "..1960,")),
    st.sampled_from(("", "", ",2030..")),
)
wide_spans = st.builds("{}/{}".format, st.one_of(signed, masked, st.just("..")), st.one_of(signed, masked, st.just("")))
level_2 = st.one_of(masked, signed, parts_of_year, estimates, wide_lists, wide_spans)
texts = st.one_of(qualified, moments, spans, choices, lists, far, early, level_2, hours)


def attempt(text):
    """The date and the problem, one of them None."""
    try:
        return dates.parse(text), None
    except DateProblem as problem:
        return None, problem


def read(text):
    return attempt(text)[0]


accepted = texts.map(read).filter(lambda date: date is not None)
edtf_like = st.text(alphabet=st.sampled_from("0123456789-/.?~%XY[]{},TZ:+ "), max_size=30)
words = st.lists(
    st.sampled_from(
        (
            "18",
            "2022",
            "January",
            "jan",
            "c.",
            "around",
            "-",
            "–",
            "to",
            "or",
            "and",
            "between",
            "before",
            "/",
            "1/18/2022",
            "BC",
            "next",
            "Friday",
            "Q1",
            "the",
            "2010s",
            "21st",
            "century",
            "spring",
            ",",
            "?",
            "~",
            "%",
            "T14:30",
            "24:00",
            "2022-01-18",
            "2022-1-8",
            "9999-12-31",
            "x",
        )
    ),
    max_size=7,
).flatmap(lambda parts: st.sampled_from((" ", "")).map(lambda joint: joint.join(parts)))


# --- reading ------------------------------------------------


@given(st.one_of(st.text(), edtf_like, words, texts))
@example("9999-12-31T24:00")
@example("after 9999")
@example("before 0000-01-01")
@example("\ud800")
def test_any_text_is_a_date_or_a_date_problem(text):
    date, problem = attempt(text)
    if date is None:
        assert problem.reason.endswith(".")
        assert problem.hint.endswith(".")
        assert "\n" not in problem.reason
    else:
        assert date.edtf == text
        assert date.shape in dates.DATE_SHAPES
        assert (date.shape == "open") <= (date.lower is None or date.upper is None)


@given(st.one_of(edtf_like, words))
def test_a_hint_to_write_something_can_be_followed(text):
    _, problem = attempt(text)
    found = re.fullmatch(r"Write (\S+)(?: or (\S+))? instead\.", problem.hint) if problem is not None else None
    for proposal in found.groups() if found else ():
        assert proposal is None or read(proposal) is not None


@given(accepted)
def test_the_first_day_is_not_after_the_last(date):
    if date.lower is not None and date.upper is not None:
        assert date.lower <= date.upper
    assert (date.earliest is None) == (date.lower is None)
    assert (date.latest is None) == (date.upper is None)
    assert date.lower is None or date.earliest <= date.lower
    assert date.upper is None or date.latest >= date.upper


@given(st.dates())
def test_days_are_those_of_the_standard_library(day):
    date = dates.parse(day.isoformat())
    assert date.lower == date.upper == day.toordinal()
    assert dates.weekday(date) == day.weekday()
    assert dates.is_day(day.isoformat())
    assert dates.html_datetime(date) == day.isoformat()


@given(st.integers(-(10**15), 10**15))
def test_a_day_is_found_again_by_its_number(number):
    year, month, day = day_counts.civil(number)
    assert day_counts.ordinal(year, month, day) == number
    assert 1 <= day <= day_counts.month_length(year, month)


@given(st.one_of(edtf_like, texts))
def test_a_plain_day_is_a_day(text):
    date = read(text)
    assert dates.is_day(text) == (date is not None and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None)


@given(accepted)
def test_a_date_survives_being_packed(date):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(date), type=dates.Date) == date


# --- order ------------------------------------------------


@given(accepted, accepted)
def test_compare_is_the_same_from_both_sides(a, b):
    forwards, backwards = dates.compare(a, b), dates.compare(b, a)
    assert forwards == (None if backwards is None else -backwards)


@given(accepted, accepted)
def test_compare_decides_only_what_the_bounds_decide(a, b):
    found = dates.compare(a, b)
    if found == -1:
        assert a.latest is not None
        assert b.earliest is not None
        assert a.latest < b.earliest or (a.instant is not None and b.instant is not None and a.instant < b.instant)
    elif found == 0:
        assert a.is_certain_day
        assert b.is_certain_day
        assert (a.instant, a.instant or a.lower) == (b.instant, b.instant or b.lower)


@given(accepted, accepted)
def test_compare_never_decides_between_days_that_overlap(a, b):
    starts = [date.lower for date in (a, b) if date.lower is not None]
    ends_ = [date.upper for date in (a, b) if date.upper is not None]
    moments_ = a.instant is not None and b.instant is not None
    if not moments_ and (not starts or not ends_ or max(starts) <= min(ends_)):
        assert dates.compare(a, b) in {None, 0}


@given(accepted, accepted)
def test_sorting_never_contradicts_comparing(a, b):
    if dates.compare(a, b) == -1:
        assert dates.sort_key(a) < dates.sort_key(b)
    if dates.compare(a, b) == 0 and a.kind == b.kind:
        assert dates.sort_key(a) == dates.sort_key(b)
    assert dates.sort_key(a) < dates.sort_key(None)


@given(accepted, accepted, accepted)
def test_before_is_handed_on(a, b, c):
    if dates.compare(a, b) == dates.compare(b, c) == -1:
        assert dates.compare(a, c) in {-1, None}
        assert dates.sort_key(a) < dates.sort_key(c)


# --- wording ------------------------------------------------


@pytest.mark.parametrize("language_", [EN, DE], ids=["en", "de"])
@given(date=accepted, style=st.sampled_from(("long", "short")))
def test_wording_says_a_day_only_where_there_is_one(language_, date, style):
    text = dates.wording(date, language_, style=style)
    assert text == text.strip()
    assert not re.search(r"[{}]|  ", text)
    given_ = {int(day) for day in re.findall(r"-[?~%]?\d\d[?~%]?-[?~%]?(\d\d)", date.edtf)}
    months_ = "|".join(re.escape(name) for name in (*language_.months, *language_.months_short))
    named = {int(day) for day in re.findall(rf"(\d+)\.? (?:{months_})", text)}
    if not re.search(r"X[0-9]|[0-9]X(?![0-9X])", date.edtf):  # some figures of a day stand for several days
        assert named <= given_


@pytest.mark.parametrize("language_", [EN, DE], ids=["en", "de"])
@given(date=st.one_of(near_days, all_days, moments).map(read))
def test_wording_of_a_day_says_its_day_month_and_year(language_, date):
    point = date.points[0]
    text = dates.wording(date, language_)
    assert language_.months[point.month - 1] in text
    assert {point.day, point.year} <= {int(number) for number in re.findall(r"\d+", text)}


@given(date=near_days)
def test_what_people_write_leads_back_to_the_date(date):
    day = dates.parse(date)
    for text in (
        dates.wording(day, EN),
        dates.wording(day, EN, style="short"),
        dates.wording(day, DE),
        dates.wording(day, DE, style="short"),
    ):
        with pytest.raises(DateProblem) as problem:
            dates.parse(text)
        assert problem.value.hint == f"Write {date} instead."


@given(accepted)
def test_what_machines_get_is_a_form_that_html_has(date):
    text = dates.html_datetime(date)
    assert not text or re.fullmatch(r"\d{4,}|\d{4}-\d\d|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?", text, re.ASCII)
    if re.fullmatch(r"\d{4}-.*", text) and dates.standard_edtf(date) == date.edtf and "T24" not in date.edtf:
        again = dates.parse(text)
        assert (again.lower, again.upper, again.instant, again.shape) == (date.lower, date.upper, date.instant, date.shape)


@given(accepted)
def test_what_other_programs_get_can_be_read_again_and_says_no_more(date):
    text = dates.standard_edtf(date)
    again = dates.parse(text)
    assert dates.standard_edtf(again) == text
    assert text == date.edtf or not re.search("T", text)
    if text == date.edtf:
        assert again == date
    assert again.lower is None or again.lower <= date.lower
    assert again.upper is None or again.upper >= date.upper


@given(accepted)
def test_a_choice_is_ordered_by_all_that_it_can_be(date):
    if date.kind in {"either", "all"} and date.lower is not None and date.upper is not None:
        assert {date.lower, date.upper} <= {bound for point in date.points for bound in (point.lower, point.upper)}


# --- a text's own words ------------------------------------------------


@given(says=st.one_of(st.text(), words), as_of=accepted)
def test_any_words_can_be_asked_about(says, as_of):
    for language_ in (EN, DE):
        found = dates.resolve(says, as_of, language_)
        assert found is None or isinstance(found, dates.Date)
        assert dates.contradicts(says, as_of, language_) != ""


@given(as_of=all_days.map(read), rule=st.sampled_from(("{}", "on {}", "last {}", "next {}", "this {}")), name=st.sampled_from(EN.weekdays))
def test_a_weekday_is_proposed_that_does_not_contradict(as_of, rule, name):
    found = dates.resolve(rule.format(name), as_of, EN)
    if found is not None:
        assert dates.contradicts(name, found, EN) is None
        assert abs(found.lower - as_of.lower) <= 7
        assert (found.lower > as_of.lower) == (rule == "next {}" or (rule == "this {}" and found.lower != as_of.lower))


@given(says=st.sampled_from(sorted(text for texts_ in EN.relative.rules.values() for text in texts_)), as_of=near_days.map(read))
def test_what_is_proposed_can_be_written(says, as_of):
    plain_ = re.sub(r"\[[^\]]*\]", "", re.sub(r"\(([^|]*)\|[^)]*\)", r"\1", says))
    found = dates.resolve(plain_.format(weekday="Friday", month="March", number="two", day="3"), as_of, EN)
    assert found is not None, plain_
    assert dates.parse(found.edtf) == found
