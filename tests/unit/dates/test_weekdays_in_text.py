"""Weekdays beside dates in a text, and days marked as those of events."""

import pytest

from builder import dates
from builder.content import markup
from builder.content.markup import weekdays
from builder.content.parse import parse

NEAR = dates.first_day(dates.parse("2022-01-19"))


def told(text, near=NEAR):
    return [problem.message for problem in markup.read(text, path="a.md", near=near)[1] if problem.code == "weekday-wrong"]


@pytest.mark.parametrize(
    "text, day",
    [
        ("On Friday 22 January 2022 they met.", "Saturday"),
        ("On Monday, 30 March 2021, they met.", "Tuesday"),
        ("On Monday, March 30, 2021 they met.", "Tuesday"),
        ("On Monday, the 30th of March 2021, they met.", "Tuesday"),
        ("On Monday 2021-03-30 they met.", "Tuesday"),
        ("Montag, 30.3.2021", "Tuesday"),
        ("30 March 2021 (Monday)", "Tuesday"),
        ("It was 30 March 2021, a Monday.", "Tuesday"),
        ("Am Freitag, den 22. Januar 2022, kam er.", "Saturday"),
        ("Am Sonnabend, 21. Januar 2022, kam er.", "Friday"),
        ("vendredi 22 janvier 2022", "Saturday"),
        ("le lundi 30 mars 2021", "Tuesday"),
        ("el lunes 30 de marzo de 2021", "Tuesday"),
        ("Monday evening, 30 March 2021", "Tuesday"),
        ("**Monday**, 30 March 2021", "Tuesday"),
        ("Monday&nbsp;30 March 2021", "Tuesday"),
        ("am Montagabend, 30. März 2021", "Tuesday"),
        ("Am Freitag, 22.01.", "Saturday"),
        ("lun. 30 mars 2021", "Tuesday"),
        ("2021 m. kovo 30 d., pirmadienį,", "Tuesday"),
        ("2021. március 30-án, hétfőn,", "Tuesday"),
        ("2021eko martxoaren 30a, astelehena.", "Tuesday"),
        ("пн, 30 марта 2021", "Tuesday"),
        ("понедельник, 30-го марта 2021 года", "Tuesday"),
        ("30.03.2021 (понедельник)", "Tuesday"),
        ("30/3/2021 (lundi)", "Tuesday"),
        ("2021-03-30 (Monday)", "Tuesday"),
        ("二〇二一年三月三十日，星期一，", "Tuesday"),
        ("2021年十月十一日（星期二）", "Monday"),
        ("ma 30 maart 2021", "Tuesday"),
        ("30 марта 2021 года, в понедельник,", "Tuesday"),
        ("hétfő, 2021. március 30.", "Tuesday"),
        ("2021. március 30-án, hétfőn", "Tuesday"),
        ("pirmdien, 2021. gada 30. martā", "Tuesday"),
        ("pirmadienį, 2021 m. kovo 30 d.", "Tuesday"),
        ("Esmaspäeval, 30. märtsil 2021", "Tuesday"),
        ("mánudaginn 30. mars 2021", "Tuesday"),
        ("У понедељак, 30. марта 2021.", "Tuesday"),
        ("V ponedeljek, 30. marca 2021", "Tuesday"),
        ("الإثنين ٣٠ مارس ٢٠٢١", "Tuesday"),
        ("الاثنين 30 آذار 2021", "Tuesday"),
        ("Monday 30 to Wednesday 31 March 2021", "Tuesday"),
        ("du lundi 30 au mercredi 31 mars 2021", "Tuesday"),
        ("Montag, 30., bis Mittwoch, 31. März 2021", "Tuesday"),
        ("Monday to Thursday, 30 March to 1 April 2021", "Tuesday"),
        ("Monday and Tuesday, April 5 and 7, 2021", "Wednesday"),
        ("29 and 30 March 2021 (Monday and Wednesday)", "Tuesday"),
        ("Thursday 31 December to Saturday 1 January 2021", "Friday"),
        ("segunda-feira, 30 de março de 2021", "Tuesday"),
        ("в пятницу, 22 января 2022 года", "Saturday"),
        ("w środę, 21 stycznia 2022", "Friday"),
        ("الجمعة 22 يناير 2022", "Saturday"),
        ("2022年1月22日（金）", "Saturday"),
        ("2022年1月22日星期五", "Saturday"),
        ("2022년 1월 22일 금요일", "Saturday"),
        ("10 May 2024 (a Saturday)", "Friday"),
        ("On Fri 9 May 2024", "Thursday"),
        ("On Tues. 13 May 2024", "Monday"),
        ("Thursday, Oct. 17, 2025", "Friday"),
        ("Thursday, 17 Oct 2025", "Friday"),
        ("Fri, 16 Oct 2025", "Thursday"),
        ("मंगलवार, 17 जून 2025 नहीं, मंगलवार, 16 जून 2025", "Monday"),
        ("יום שישי, 16 באוקטובר 2025", "Thursday"),
        ("П’ятниця, 16 жовтня 2025", "Thursday"),
        ("17 Ekim 2025 Perşembe", "Friday"),
        ("Giovedì 1° ottobre 2025", "Wednesday"),
        ("Friday, 16 October 1582", "Saturday"),
        ("Am 17. Oktober 2025, einem Montag, kam er.", "Friday"),
        ("Am Mo., 30.3.2021, kam er.", "Tuesday"),
        ("Do, 17. Oktober 2025", "Friday"),
        ("El 17 de octubre de 2025, jueves, vino.", "Friday"),
        ("17 October 2025, Thursday.", "Friday"),
        ("الخميس، 17 أكتوبر 2025", "Friday"),
        ("Måndagen den 30 mars 2021", "Tuesday"),
        ("Thứ Hai, ngày 30 tháng 3 năm 2021", "Tuesday"),
        ("Thứ Năm (17/10/2025)", "Friday"),
        # names of several words
        ("19 yanvar 2022-ci il, çərşənbə axşamı", "Wednesday"),
        ("21 yanvar 2022 cümə axşamı", "Friday"),
        ("18 yanvar 2022, çərşənbə", "Tuesday"),
        ("Dydd Llun 14 Ionawr 2022", "Friday"),
        ("יום שני, 14 בינואר 2022", "Friday"),
        # eras of Japan and Taiwan
        ("令和4年1月22日（金）", "Saturday"),
        ("民國111年1月22日（五）", "Saturday"),
        ("令和元年5月2日（金）", "Thursday"),
        ("Jumat (22/1/2022)", "Saturday"),
        # years of the Buddhist era, in words that run together
        ("เมื่อวันพฤหัสบดีที่ 14 มกราคม 2565", "Friday"),
        ("วันเสาร์ที่ ๑๔ ม.ค. พ.ศ. ๒๕๖๕", "Friday"),
        ("วันเสาร์ที่ 14 มกราคม 2022", "Friday"),
        # without a year: the year is that of the day that the text counts from
        ("On Friday 22 January they meet.", "Saturday"),
        ("On Friday, January 22, they meet.", "Saturday"),
        ("On Wednesday, 30 December, they met.", "Thursday"),
        ("1月22日（金）", "Saturday"),
    ],
)
def test_a_weekday_that_is_not_that_of_the_date_beside_it_is_told(text, day):
    (message,) = told(text)
    assert f"that day is a {day}" in message


@pytest.mark.parametrize(
    "text",
    [
        "On Friday 21 January 2022 they met.",
        "On Friday 21 January they meet.",
        "Vendredi 21 janvier 2022",
        "2022年1月21日（金）",
        "On Tuesday, 30.3.2021",
        "Tuesday 3/30/2021 and Saturday 5/6/2021 and Sunday 5/6/2022",
        "On Monday 30 people came in March 2021.",
        "The Sun, 3 May 2021",
        "The committee sat 3 May 2021.",
        "On Saturday and Sunday, 15 and 16 January 2022.",
        "On 30 March 2021, Monday’s papers said nothing.",
        "On Friday 22 January 2021 … and in 2022.",
        "18 yanvar 2022-ci il, çərşənbə axşamı",
        "20 yanvar 2022, cümə axşamı",
        "令和4年1月21日（金）",
        "平成31年4月30日（火）",
        "民國111年1月21日（五）",
        "22年1月22日（金）",
        "เมื่อวันศุกร์ที่ 14 มกราคม 2565",
        "วันศุกร์ที่ ๑๔ ม.ค. ๒๕๖๕",
        "ในปี 2564 และวันเสาร์ที่ 22 มกราคม",
        "See you Friday. 22 January 2022 was a Saturday.",
        "Monday to Thursday, 29 March to 1 April 2021",
        "Monday, Tuesday and Wednesday, 29–31 March 2021",
        "lunes 29, martes 30 y miércoles 31 de marzo de 2021",
        "Monday and Tuesday, April 5 and 6, 2021",
        "Mon. and Tues., April 5 and 6, 2021",
        "Thursday and Friday, 31 December and 1 January 2021",
        "29, 30 и 31 марта 2021 (понедельник, вторник и среда)",
        "the week of Monday to Friday, 29 March 2021",
        "Am Montag, 12.30 Uhr",
        # of another year, far from the day that the text counts from
        "On Friday 22 August they meet.",
        # of the year that the words around it name
        "In October 2021 it began. On Saturday, 22 January, they met.",
        "On 22 January, a Friday, in 2021.",
        "2022年1月21日至1月25日（周五至周二）",
        "2022年1月25日（金曜〜火曜）",
        "בליל שבת, 21 בינואר 2022",
        "Sheffield Wednesday, 21 January 2022",
        "8 Mart 2026 Pazar. 2 Mart 2026 başka.",
        # of the Julian calendar
        "On Sunday, 9 January 1905, they marched.",
        "`On Friday` 22",
    ],
)
def test_what_is_right_or_may_be_read_otherwise_is_not_told(text):
    assert told(text) == []


@pytest.mark.parametrize("sign", ["> ", ">", "- ", "# ", "1. ", "`x`", "**", "“", "a|", "a\n", "&", "\\|", "[", "({"])
def test_a_weekday_is_seen_beside_any_sign_of_markdown(sign):
    assert dates.may_have_weekdays(f"{sign}Friday 22 January 2022")


@pytest.mark.parametrize("text", ["On Friday they met.", "On 22 January 2022 they met.", "Fridays 22", "2022"])
def test_most_texts_are_known_to_have_none(text):
    assert not dates.may_have_weekdays(text)


def test_a_day_that_does_not_exist_is_told():
    assert told("On Friday, 31 June 2024, and Friday 29 February 2023.") == [
        "“Friday, 31 June 2024”: there is no such day.",
        "“Friday 29 February 2023”: there is no such day.",
    ]


@pytest.mark.parametrize(
    "text", ["“It fell on Monday, 14 May 2024,” said Lind.", 'Lind: "On Monday, 14 May 2024."', "„Am Montag, dem 14. Mai 2024“"]
)
def test_in_somebodys_words_it_is_a_warning_that_does_not_ask_to_alter_them(text):
    (problem,) = markup.read(text, path="a.md")[1]
    assert (problem.severity, "keep the words" in problem.help) == ("warning", True)


def test_behind_a_quotation_it_is_an_error_again():
    (problem,) = markup.read("“It fell,” said Lind on Monday, 14 May 2024.", path="a.md")[1]
    assert problem.severity == "error"


@pytest.mark.parametrize("key", ["title", "summary"])
def test_titles_and_summaries_are_looked_at_too(key):
    other = "summary: S" if key == "title" else "title: T"
    text = f"---\n{other}\n{key}: It fell on Monday, 14 May 2024\npublished: 2024-05-20\n---\nText.\n"
    (problem,) = [problem for problem in parse("content/explainers/a.md", text.encode()).diagnostics if problem.code == "weekday-wrong"]
    assert problem.location.line == 3


def test_without_a_day_to_count_from_a_date_without_a_year_is_not_told():
    assert told("On Friday 22 January they meet.", near=None) == []


def test_it_is_told_where_it_stands():
    (problem,) = markup.read("One.\n\nTwo,\non Friday 22 January 2022.", path="a.md", line=10)[1]
    assert (problem.location.line, problem.location.column, problem.location.width) == (13, 4, len("Friday 22 January 2022"))


@pytest.mark.parametrize(
    "words, meant, misses",
    [
        ("Wednesday 20 January", "2022-01-22", True),
        ("22 January", "2022-01-22", False),
        ("January 22", "2022-01-22", False),
        ("22 January 2021", "2022-01-22", True),
        ("20 January", "2022-01-18/2022-01-22", False),
        ("20 January", "2022-01", False),
        ("20 February", "2022-01", True),
        ("20 January", "unknown", False),
        *(
            (words, "2021-03-30", True)
            for words in ["31.3.2021", "3/31/2021", "2021-03-31", "31.03.", "the 31st", "le 31", "am 31.", "April", "April 2021"]
        ),
        *(
            (words, "2021-03-30", True)
            for words in ["in 2020", "Mittwoch", "в среду", "3月31日", "2021年4月30日", "3월 31일", "31 मार्च", "Mar. 31", "April 5–6"]
        ),
        *(
            (words, "2021-03-30", False)
            for words in ["30.3.2021", "3/30/2021", "the 30th", "March", "2021", "Dienstag", "3月30日", "29–31 March"]
        ),
        *(
            (words, "2021-03-30", False)
            for words in ["before 31 March", "the night of 29 March", "no later than 31 March", "3 of 31 March boats"]
        ),
        *(
            (words, "2021-03-30", False)
            for words in ["29 and 31 March", "it may sail", "the march", "The March", "the 2020 vote", "a day later", "by 2030"]
        ),
        ("15:30", "2021-03-30T14:30", True),
        ("2:30 on 30 March", "2021-03-30T14:30", False),
        ("31 March", "[2021-03-30,2021-04-02]", True),
        ("April", "2021-03-30/2021-04-02", False),
        ("1996", "198X", True),
        ("weighing 20 options", "2022-01-22", False),
        ("20. Januar", "2022-01-22", True),
    ],
)
def test_a_day_that_an_event_is_marked_with_is_one_of_its_date(words, meant, misses):
    assert meant == "unknown" or dates.misses(words, dates.parse(meant)) is misses


@pytest.mark.parametrize(
    "text, code_is_blank",
    [
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        ("``a` b", "``a` b"),
        ("```x``` `y`", "           "),
        ("`a ``b`` c", "`a       c"),
    ],
)
def test_code_is_what_stands_between_runs_of_backticks_of_one_length(text, code_is_blank):
    assert weekdays.without_code(text) == code_is_blank


@pytest.mark.parametrize(
    "before, severity",
    [
        ("", "error"),
        ("„Ja“, sagt sie. ", "error"),
        ("„Ja, ", "warning"),
        ("“Yes,” she says. ", "error"),
        ("“Yes, ", "warning"),
        ('"Yes," she says. ', "error"),
        ("«Oui», dit-elle. «", "warning"),
    ],
)
def test_a_weekday_within_a_quotation_is_the_speakers(before, severity):
    found = markup.read(f"{before}Sunday, 11 January 2022", path="a.md")[1]
    assert [problem.severity for problem in found if problem.code == "weekday-wrong"] == [severity]


@pytest.mark.parametrize(
    "keys, line",
    [
        ("timeline: [{when: 2022-01-21, title: 'They meet on Monday, 21 January', sources: a}]", 4),
        ("timeline: [{when: 2022-01-21, title: They meet, text: 'On Monday, 21 January.', sources: a}]", 4),
        ("updates: [{2022-01-21: 'On Monday, 21 January, they met.'}]", 4),
        ("in_short: {happened: 'On Monday, 21 January, they met.'}", 4),
        ("sources: {a: {title: A, note: 'Read on Monday, 21 January 2022.'}}", 4),
        ("quotes: [{speaker: ann, text: words, note: 'On Monday, 21 January.'}]", 4),
        ("image: {file: a.jpg, alt: 'A boat on Monday, 21 January', credit: c}", 4),
        ("image: {file: a.jpg, alt: A boat, caption: 'On Monday, 21 January', credit: c}", 4),
        ("unnamed: {clerk: {described_as: 'a clerk, on Monday, 21 January'}}", 4),
        ("x_more: none\n---\n[They meet on Monday, 21 January]{on=2022-01-21 source=a}.\n", 6),
    ],
)
def test_a_weekday_in_the_authors_own_words_is_checked_wherever_they_stand(keys, line):
    text = f"---\ntitle: A\npublished: 2022-01-20\n{keys}\n---\nThe words.\n"
    found = [problem for problem in parse("content/explainers/a.md", text.encode()).diagnostics if problem.code == "weekday-wrong"]
    assert [problem.location.line for problem in found] == [line]
    right = parse("content/explainers/a.md", text.replace("Monday", "Friday").encode()).diagnostics
    assert "weekday-wrong" not in {problem.code for problem in right}


def test_the_words_of_an_event_count_from_its_own_day():
    front = "title: A\npublished: 2026-11-30\ntimeline: [{when: 2025-10-21, title: A vote, text: 'On Tuesday, 21 October.'}]\n"
    front += "updates: [{2026-12-01: 'On Tuesday, 1 December.'}]\nin_short: {happened: 'On Sunday, 30 November.'}"
    told = parse("content/explainers/a.md", f"---\n{front}\n---\nWords.\n".encode()).diagnostics
    assert [problem.message.partition(":")[0] for problem in told if problem.code == "weekday-wrong"] == ["“Sunday, 30 November”"]


@pytest.mark.parametrize(
    "text, at, words",
    [
        ("왔다. 2022년 1월 18일(월).", 4, "2022년 1월 18일(월)"),
        ("来た 2022年1月18日（月）に", 3, "2022年1月18日（月）"),
        ("on 2022-01-18 (Monday), too", 3, "2022-01-18 (Monday)"),
        ("(on Monday, 18 January 2022)", 4, "Monday, 18 January 2022"),
    ],
)
def test_a_wrong_weekday_is_shown_with_its_brackets_and_without_a_space_in_front(text, at, words):
    assert [(start, shown) for start, shown, _ in weekdays.wrong(text, None)] == [(at, words)]


@pytest.mark.parametrize("text", ["ponedeljak, 30. mart 2021", "ponedeljak 30 marta 2021", "понедељак 30. март 2021"])
def test_serbian_has_two_scripts(text):
    assert [found.weekdays for found in dates.find_weekdays(text)] == [frozenset({0})]
