"""The day on which something was said: told beside the verb, by an occasion, or by another day."""

import pytest

from builder import dates
from builder.drafting import draft_of, read

PUBLISHED = "2025-09-17"  # a Wednesday


def days(text: str) -> list[str | None]:
    """Return the days of the quotations of an article, in its order."""
    draft = draft_of(read(f"{text}\n\nThe ferry waits at the quay.\n", name="a.txt"), dates.parse(PUBLISHED))
    return [one.day.date.edtf if one.day is not None else None for one in draft.said if one.kind != "indirect"]


@pytest.mark.parametrize(
    "text, day",
    [
        ("“No,” Ann Lee told the court on Tuesday.", "2025-09-16"),
        ("Yesterday Ann Lee said: “No.”", "2025-09-16"),
        ("On Tuesday Ann Lee told the council the ferry was “safe”.", "2025-09-16"),
        ("In an interview recorded on 3 May last year, Ann Lee told detectives: “No, I did not.”", "2024-05-03"),
        ("Ann Lee was freed on Monday. “No,” she wrote the next day.", "2025-09-16"),
        ("Ann Lee left on Monday. “No,” she said the same evening.", "2025-09-15"),
        ("Ann Lee told parliament on Monday that it was over. Pressed, she agreed. “It is over,” Lee said.", "2025-09-15"),
        ("At the opening of the bridge on 5 May 2020 the then governor, Ann Lee, said: “No.”", "2020-05-05"),
        ("In a letter to parishioners on Sunday, Ann Lee wrote: “No.”", "2025-09-14"),
        ("Ann Lee said this Tuesday: “No.”", "2025-09-16"),
        ("Ann Lee said on Monday that it was over.\n\n“It is over,” Lee told a crowd.", "2025-09-15"),
        ("Two ministers said on Monday that it was over. “It is over,” said one.", "2025-09-15"),
        ("In an address late on Monday, Ann Lee said: “No.”", "2025-09-15"),
        ("In an interview with police in April 2024, read to the court, Ann Lee said: “No.”", "2024-04"),
        ("“No,” wrote Ann Lee of the Brook Club in a note on Tuesday.", "2025-09-16"),
        ("Ann Lee struck a softer note on Tuesday. “No,” she said.", "2025-09-16"),
        ("The club rejected that on Monday. “No,” race director Hugo Lamm said.", "2025-09-15"),
        ("A court in Tarn heard on Monday of two books.\n\n“No,” the prosecutor, Ed Marsh, told the jury.", "2025-09-15"),
        ("The bridge was opened on Monday.\n\n“No,” said Ann Lee at the ceremony.", "2025-09-15"),
        ("The court heard Ann Lee on Monday.\n\nRain fell.\n\nThe judge, Bob Cox, sighed. “No,” he said.", "2025-09-15"),
        ("Rain fell. The council met on Monday. Ann Lee promised “an open ear”.", "2025-09-15"),
        (
            "A court sits. On Monday the jury had heard from the pilot, Bob Cox, who described the sea on 2 June last year as “calm”.",
            "2025-09-15",
        ),
        ("Opening the inquest on Monday, Ann Lee said it was over. “No,” she said.", "2025-09-15"),
        ("She has said little since a meeting on Monday, at which Ann Lee pleaded for “rest”.", "2025-09-15"),
        ("On the telephone on Monday Ann Lee was gentler. “No,” she told me.", "2025-09-15"),
        ("The strike began on Monday.\n\nRain fell.\n\nAsked the same evening whether she was afraid, Ann Lee said: “No.”", "2025-09-15"),
        ("When I visit on Tuesday, Ann Lee is at the door. “No,” she says.", "2025-09-16"),
        ("While we wait: on Sunday, Ann Lee promised that there would be “no surprises”.", "2025-09-14"),
        ("Ann Lee wished her well in a message on Monday. “No,” she wrote.", "2025-09-15"),
        ("Ann Lee agreed to meet me last Thursday. She was late. “No,” she said.", "2025-09-11"),
        ("On my last visit, on a wet Thursday in April, Ann Lee was late. “No,” she said.", "2025-04"),
        ("It is a Monday in March and Ann Lee is up. “No,” she says.", "2025-03"),
        ("The bridge was opened on Monday.\n\n“No,” said Ann Lee after the end of the talks.", "2025-09-15"),
        ("Handing over the list on Monday, Ann Lee said: “No.”", "2025-09-15"),
        ("Interviewed by two detectives in Tarn on Monday, Ann Lee said: “No.”", "2025-09-15"),
        ("The last strike, in 2017, was short. “No,” Ann Lee said at the time.", "2017"),
        ("The city sent a letter on 12 January. “No,” Ann Lee told me the following week.", "2025-01-13/2025-01-19"),
        ("Ann Lee was freed on Monday 1 September. “No,” she wrote two weeks later.", "2025-09-15"),
        ("Ann Lee, on a visit to Tarn on Monday, refused to be drawn. “No,” she said.", "2025-09-15"),
        ("A court heard on Monday of two books.\n\nRain fell.\n\nAnn Lee lent them. “No,” she said.", "2025-09-15"),
        ("A court cleared Ann Lee on Monday.\n\nRain fell.\n\n“No,” she said outside the courthouse.", "2025-09-15"),
    ],
)
def test_a_day_is_that_of_the_verb_of_saying(text, day):
    assert days(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee had promised on Monday that it was over. “No,” she says.",
        "The court heard Ann Lee on Monday.\n\nRain fell.\n\nOutside, the judge, Bob Cox, sighed. “No,” he said.",
        "Ann Lee described the sea on 2 June last year as “calm”.",
        "Ann Lee told police on Monday that it was over. “No,” she told the court.",
        "Ann Lee, who won the race in 2022, said it was over. “No,” she said.",
        "Ann Lee bought the house on 3 May 2019. “No,” she said.",
        "The strike began on Monday. Ann Lee came on Tuesday.\n\nRain fell.\n\nBob Cox said the same evening: “No.”",
        "Ann Lee will leave on Friday. “No,” she said the next day.",
        "Ann Lee found a letter of 2 July 1904. “I read it,” she tells me.",
        "Ann Lee asked whether he would come on Monday. “No,” said Bob Cox.",
    ],
)
def test_a_day_of_something_else_is_not_that_of_saying(text):
    assert days(text)[-1] is None


def test_entries_of_a_live_report_are_of_its_day_unless_they_tell_of_another():
    entries = [
        "17.20",
        "“No,” Ann Lee has told us.",
        "16.10",
        "Ann Lee had said in May: “Maybe.”",
        "15.00",
        "Yesterday all was calm. “Yes,” said Bob Cox.",
    ]
    assert days("\n\n".join(entries)) == ["2025-09-17", "2025-05", None]
    over_midnight = ["00.20", "“No,” Ann Lee has told us.", "23.40", "“Yes,” said Bob Cox.", "23.10", "All is calm."]
    assert days("\n\n".join(over_midnight)) == [None, None]


@pytest.mark.parametrize(
    "text, day",
    [
        ("They had not exchanged a word until Tuesday night.", "2025-09-16"),
        ("Applications close on Friday, and nobody has filed one.", "2025-09-19"),
        ("The Harriers play on Friday.", "2025-09-19"),
    ],
)
def test_a_verb_tells_whether_a_day_is_to_come(text, day):
    draft = draft_of(read(text, name="a.txt"), dates.parse(PUBLISHED))
    assert [day.date.edtf for day in draft.days] == [day]


def test_answers_of_an_interview_have_the_day_on_which_it_was_held():
    text = "Ann Lee tunes bells. We spoke to her on Monday.\n\nQ: Why?\n\nA: I like it.\n\nQ: Still?\n\nA: Yes."
    assert days(text) == ["2025-09-15", "2025-09-15"]


@pytest.mark.parametrize(
    "text, named",
    [
        ("Am Montag kam das Schiff. Am nächsten Tag lag es im Hafen, und die Leute waren da.", ["2025-09-15", "2025-09-16"]),
        ("Das Schiff kam am Montag. Tags zuvor war der Hafen leer und die Stadt nicht da.", ["2025-09-15", "2025-09-14"]),
        ("Das steht in der E-Mail vom 4. Februar des vergangenen Jahres, die das Gericht hat.", ["2024-02-04"]),
        ("Gestern war das Schiff da und der Hafen nicht.", ["2025-09-16"]),
    ],
)
def test_german_days_are_counted_from_others(text, named):
    found = draft_of(read(text, name="a.txt", language="de"), dates.parse(PUBLISHED))
    assert [day.date.edtf for day in found.days] == named


def how(text: str, language: str = "en") -> list[tuple[str, str, str] | None]:
    """Return of the quotations of an article the day of each, how it is known, and its words in the article."""
    draft = draft_of(read(text, name="a.txt", language=language), dates.parse(PUBLISHED))
    return [(one.day.date.edtf, one.day.how, one.day.words) if one.day else None for one in draft.said if one.kind != "indirect"]


@pytest.mark.parametrize(
    "text, day",
    [
        ("“No,” Ann Lee said on Tuesday.", ("2025-09-16", "read", "Tuesday")),
        ("The row began on Friday, when the clerk of the port, Ann Lee, wrote that “it leaks”.", ("2025-09-12", "read", "Friday")),
        ("Cox criticised the ministry, which on Monday had accused the port of “theft”.", ("2025-09-15", "read", "Monday")),
        ("Tarn on Monday dismissed as “a fairy tale” a report on its ships.", ("2025-09-15", "read", "Monday")),
        ("Ann Lee confirmed the figures on Tuesday. “Three came,” she said.", ("2025-09-16", "likely", "Tuesday")),
        ("Ann Lee has on Tuesday taken position. “No,” she said.", ("2025-09-16", "likely", "Tuesday")),
        ("When I rang the mill on 3 May, Ann Lee was busy. The wheel was, she said, “asleep”.", ("2025-05-03", "likely", "3 May")),
        ("Here is what the candidates said at the hustings on Monday. Ann Lee promised “a bus”.", ("2025-09-15", "likely", "Monday")),
        (
            "Ann Lee told peers yesterday that it leaked.\n\nReplying for the crown, Bob Cox said: “No.”",
            ("2025-09-16", "likely", "yesterday"),
        ),
        ("Ann Lee was sacked on Monday. “No,” she said.", None),
        ("Rain fell on Monday. “No,” Ann Lee said.", None),
        ("Ann Lee, who lost a case on Monday, smiled. “No,” she said.", None),
        ("Asked about the bags that were found on Tuesday, Ann Lee said: “No.”", None),
    ],
)
def test_a_day_that_another_sentence_tells_is_only_likely(text, day):
    assert how(text) == [day]


@pytest.mark.parametrize(
    "text, day",
    [
        ("Am Freitag hatte eine Gutachterin das Feuer als „gelegt“ bezeichnet.", ("2025-09-12", "read", "Freitag")),
        ("Anna Lenz hatte dem Amt am Montag vorgeworfen, die Prüfung „im Schlaf“ zu betreiben.", ("2025-09-15", "read", "Montag")),
        ("Die Ministerin hat am Dienstag Vorwürfe zurückgewiesen. „Nein“, sagte die Ministerin.", ("2025-09-16", "likely", "Dienstag")),
    ],
)
def test_german_participles_tell_who_speaks_and_when(text, day):
    assert how(text, "de") == [day]


def test_a_live_report_is_itself_the_day():
    entries = "18.00\n\n“No,” says Ann Lee.\n\n17.00\n\nRain.\n\n16.00\n\nMore rain."
    assert how(entries) == [(PUBLISHED, "likely", "")]


@pytest.mark.parametrize(
    "text, day",
    [
        ("“It is over,” Ann Lee said on Monday.\n\n“No,” Bob Cox replied.", "2025-09-15"),
        ("Rain fell.\n\nOn Monday Ann Lee arrived. “It is over,” she said.\n\n“No,” she said.", "2025-09-15"),
        ("Rain fell.\n\nOn Monday Ann Lee arrived. “It is over,” she said.\n\n“No,” Lee said.", None),
        (
            "Rain fell.\n\nOn Monday Ann Lee arrived. “It is over,” she said.\n\nAsked whether that was all, Lee said: “No.”",
            "2025-09-15",
        ),
        ("“It is over,” Ann Lee told a paper on Monday.\n\nRain fell.\n\nLee said in the same interview: “No.”", "2025-09-15"),
        ("“It is over,” Ann Lee said on Monday.\n\n“No,” Bob Cox said.", None),
        ("“It is over,” Ann Lee said on Monday.\n\nRain fell.\n\n“No,” Lee said.", None),
    ],
)
def test_words_that_follow_others_are_of_their_day(text, day):
    assert days(text) == ["2025-09-15", day]


@pytest.mark.parametrize(
    "text",
    [
        "A court heard on Monday of two books.\n\nRain fell.\n\nPolice came on 2 June. “No,” Ann Lee said.",
        "Recalling a storm on Monday, Ann Lee said: “No.”",
        "The last strike ended in 2017. “No,” Ann Lee said.",
    ],
)
def test_another_day_is_not_that_of_saying(text):
    assert days(text) == [None]
