"""Sentences of the press that were read wrongly once: who speaks, of what kind they are, and when."""

import re

import pytest

from builder import dates
from builder.drafting import draft_of, explainer, read
from builder.drafting.draft_file import DraftFileOptions
from builder.drafting.findings import BODY, INDIRECT, LIKELY, PERSON, UNNAMED, UNRESOLVED

DAY = dates.parse("2026-03-26")


def found(text: str, language: str = ""):
    return draft_of(read(text, name="a.txt", language=language), DAY)


@pytest.mark.parametrize(
    "text, language, name",
    [
        ("Two people familiar with the talks said the boat was sound.", "en", "two people familiar with the talks"),
        ("Two officials spoke. “It leaks,” one of them said.", "en", "one of two officials"),
        ("Three sources close to the port said the boat was sound.", "en", "three sources close to the port"),
        ("Aus Kreisen der Verwaltung hieß es, man habe „die Sache vergessen“.", "de", "Kreise der Verwaltung"),
        ("Insider nannten das Boot „dicht“.", "de", "Insider"),
        ("Mehrere Beteiligte nannten das Boot „dicht“.", "de", "mehrere Beteiligte"),
        ("Ein Vertrauter nannte das Boot „dicht“.", "de", "ein Vertrauter"),
    ],
)
def test_people_without_a_name_are_unnamed(text, language, name):
    speaker = found(text, language).said[-1].speaker
    assert (speaker.name, speaker.kind) == (name, UNNAMED)


@pytest.mark.parametrize(
    "text, language, name",
    [
        ("“It leaks,” Ellery's predecessor, Ruth Hallam, wrote in an email.", "en", "Ruth Hallam"),
        ("Holzapfels Vorgänger, Dieter Wolf, widersprach: „Das wäre nicht passiert.“", "de", "Dieter Wolf"),
    ],
)
def test_the_name_beside_an_office_is_the_speaker(text, language, name):
    assert [quote.speaker.name for quote in found(text, language).said] == [name]


@pytest.mark.parametrize(
    "text, language, name, kind",
    [
        ("The head of the press service Larysa Vonk confirmed: “The post works.”", "en", "Larysa Vonk", PERSON),
        (
            "The harbour office said so. “The post works,” it is said in a statement, which the press service distributed.",
            "en",
            "the press service",
            BODY,
        ),
        ("A statement from the company late on Tuesday said the fire was “small”.", "en", "the company", BODY),
        ("Ann Lee said in a statement that it was over. The statement added: “We are sorry.”", "en", "Ann Lee", PERSON),
        ("The mayor, Mr. Pavlo Hryt, spoke. “We turned to them,” has emphasized the official.", "en", "Pavlo Hryt", PERSON),
        ("Two people said prosecutors had come. One of them called it “routine”.", "en", "one of two people", UNNAMED),
        ("The mayor came. Ann Lee brought her husband, Rolf Lee. “We go on,” her husband said.", "en", "Rolf Lee", PERSON),
        ("Die Imkerin Ute Kranich kam mit achtzig Völkern. „Es geht weiter“, sagte die Imkerin.", "de", "Ute Kranich", PERSON),
        ("Ihr Mann Rolf schwieg. „Einer muss ja steuern“, sagte er.", "de", "Rolf", PERSON),
    ],
)
def test_the_speaker_is_whoever_the_words_mean(text, language, name, kind):
    speaker = found(text, language).said[-1].speaker
    assert (speaker.name, speaker.kind) == (name, kind)


def test_a_statement_of_nobody_known_is_no_speaker():
    said = found("The port burned. A statement said the fire had started “in a pump”.").said[-1]
    assert (said.speaker, said.how) == (None, UNRESOLVED)


@pytest.mark.parametrize(
    "text, pieces",
    [
        ("“It leaks,” says Leo Fanning. “Then,” he says, “somebody sang.”", [3]),
        ("“It leaks,” has emphasized Leo Fanning, “and it creaks.”", [2]),
        ("“It leaks,” says Leo Fanning. “It creaks,” added Fanning.", [1, 1]),
        ("“It leaks,” says Leo Fanning. Bo Berg came. “Then,” he says, “somebody sang.”", [1, 2]),
    ],
)
def test_one_speech_told_in_pieces_is_one_quote(text, pieces):
    assert [len(quote.spans) for quote in found(text).said] == pieces


@pytest.mark.parametrize(
    "text, days",
    [
        ("She has kept it since 1994.", ["1994"]),
        ("The letters of 1500 readers came from 2019.", ["2019"]),
        ("He rings for the last time on Sunday 29 March.", ["2026-03-29"]),
        ("The fair on 2 April.", ["2026-04-02"]),
        ("The union wants the money paid by Friday.", ["2026-03-27"]),
        ("The streets were cleared by Friday.", ["2026-03-20"]),
    ],
)
def test_a_year_and_a_day_without_one_are_dates(text, days):
    assert [day.date.edtf for day in found(text).days] == days


@pytest.mark.parametrize(
    "text, language, said",
    [
        ("Bernd Seiler kam. Die Heizung sei seit Januar kaputt, sagte er.", "de", None),
        ("The boiler has been broken since January, Ann Lee said.", "en", None),
        ("Ann Lee said the boat leaked on Monday.", "en", None),
        ("The bank denied on Monday that it was over. “It was lively,” a spokeswoman said.", "en", "2026-03-23"),
        ("Ann Lee confirmed the figures on Monday. “Three came,” she said.", "en", "2026-03-23"),
        ("Ann Lee said on Monday that the boat leaked.", "en", "2026-03-23"),
        ("On Monday, Ann Lee said that the boat leaked.", "en", "2026-03-23"),
        ("Am Montag sagte Anna Lenz vor Journalisten: „Das Boot ist dicht.“", "de", "2026-03-23"),
    ],
)
def test_a_day_within_what_is_reported_is_not_that_of_saying(text, language, said):
    day = found(text, language).said[-1].day
    assert (day.date.edtf if day is not None else None) == said


@pytest.mark.parametrize(
    "text, language, name",
    [
        ("Its owner, Brightwell Mills, said that it was “deeply concerned”.", "en", "Brightwell Mills"),
        ("Der Rat von Lauterbrück tagte. Die Stadtwerke Lauterbrück nannten das „gut“.", "de", "Stadtwerke Lauterbrück"),
    ],
)
def test_a_body_is_no_person(text, language, name):
    speaker = found(text, language).said[-1].speaker
    assert (speaker.name, speaker.kind) == (name, BODY)


def test_a_name_that_nothing_tells_of_may_be_no_person():
    assert [quote.speaker.unsure for quote in found("“Yes,” Oxley Brandt said. “No,” said Mayor Oxley Vane. “So,” Ann Orr said.").said] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "words", ["im kommenden Sommer", "im nächsten Mai", "bis zum nächsten Montag Unterschriften", "für mindestens 300 Euro"]
)
def test_times_and_sums_are_nobody(words):
    draft = found(f"Karin Holz kam {words}. „Kein Geld“, sagte sie.", "de")
    assert [person.name for said in draft.said for person in (said.speaker, *said.candidates)] == ["Karin Holz"]


@pytest.mark.parametrize(
    "text, language, first, other",
    [
        ("“Ask me in March,” Ann Lee said.", "en", "2027-03", "2026-03"),
        ("„Fragen Sie mich im Mai“, sagte Anna Lenz.", "de", "2026-05", "2025-05"),
        ("The boat will sail in May.", "en", "2026-05", "2025-05"),
        ("The boat sank in May.", "en", "2025-05", None),
        ("“It sank in May,” Ann Lee said.", "en", "2025-05", None),
        ("Das Boot liegt seit Mai im Hafen.", "de", "2025-05", None),
    ],
)
def test_a_bare_month_is_past_only_where_a_word_tells(text, language, first, other):
    (day,) = found(text, language).days
    assert (day.date.edtf, day.other.edtf if day.other else None, day.how == UNRESOLVED) == (first, other, other is not None)


@pytest.mark.parametrize(
    "text, name, begins",
    [
        ("Ute Krämer kam. Laut Krämer haben schon viele Menschen unterschrieben.", "Ute Krämer", "haben schon"),
        ("Bernd Seiler kam. Ihm zufolge lag das Gutachten bereits vor.", "Bernd Seiler", "lag das"),
        ("Ute Krämer kam. Ihr zufolge lag das Gutachten bereits vor.", "Ute Krämer", "lag das"),
    ],
)
def test_laut_and_zufolge_report(text, name, begins):
    (said,) = found(text, "de").said
    assert (said.kind, said.speaker.name) == (INDIRECT, name)
    assert text[said.spans[0][0] :].startswith(begins)


@pytest.mark.parametrize(
    "text, language, words",
    [
        ("The spokesman denied that a figure had been agreed.", "en", "denied that a figure had been agreed"),
        ("The spokesman flatly denied having said that a figure was agreed.", "en", "denied having said that a figure was agreed"),
        ("Ann Lee rejected claims that the boat leaked.", "en", "rejected claims that the boat leaked"),
        ("Ann Lee ruled out that the boat leaked.", "en", "ruled out that the boat leaked"),
        ("The boat had leaked for years, Ann Lee denied.", "en", "The boat had leaked for years, Ann Lee denied"),
        ("Anna Lenz bestritt, dass eine Summe vereinbart sei.", "de", "bestritt, dass eine Summe vereinbart sei"),
        ("Anna Lenz wies zurück, dass das Boot undicht sei.", "de", "wies zurück, dass das Boot undicht sei"),
        ("Anna Lenz schloss aus, dass das Boot undicht sei.", "de", "schloss aus, dass das Boot undicht sei"),
    ],
)
def test_a_denial_holds_its_verb_and_is_likely_at_most(text, language, words):
    (said,) = found(text, language).said
    ((low, high),) = said.spans
    assert (text[low:high], said.kind, said.how) == (words, INDIRECT, LIKELY)


def test_what_is_said_beside_a_denial_is_told_apart():
    text = "Ann Lee denied that the boat leaked and said that it was sound."
    assert [text[low:high] for quote in found(text).said for low, high in quote.spans] == [
        "denied that the boat leaked",
        "that it was sound",
    ]


@pytest.mark.parametrize(
    "text, name",
    [
        ("In a letter seen by the Argus, its director, Kevin Grout, wrote: “It leaks.”", "Kevin Grout"),
        ("A nurse who was there, and who asked not to be named, said crews had “joked about it”.", "a nurse"),
        ("Ann Lee was absent. A friend of hers said she was “bewildered by it”.", "a friend of hers"),
        ("Two members of the panel met. “It leaks,” one said.", "one member"),
        ("Two members of the panel met. The other, who spoke later, called it “fiction”.", "the other member"),
        ("At the opening the then governor, Anna Velt, said: “It leaks.”", "Anna Velt"),
        ("“It leaks,” told our correspondent the pensioner Zoya Marchenko.", "Zoya Marchenko"),
        ("The deputy of the assembly Paul Orda stated: “It leaks.”", "Paul Orda"),
        ("A spokeswoman for the owners, Tarn Estates, said it was “sound”.", "a spokeswoman for the owners"),
        ("The head of the firm “Mostbau”, Viktor Genz, left. “It leaks,” said the head of the firm.", "Viktor Genz"),
        ("Later Ann Lee said: “It leaks.”", "Ann Lee"),
        ("Ellen Sharp’s son was shot in Wexley. She said: “It leaks.”", "Ellen Sharp"),
        ("The jury saw a letter that Ann Lee sent to Bob Cox. It read: “It leaks.”", "Ann Lee"),
        ("The boat, in the words of Ann Lee, was “sound as a bell”.", "Ann Lee"),
        ("Ann Lee left early. Her statement went on: “It leaks.”", "Ann Lee"),
        ("Ann Lee, whose letter spoke of “a leak”, has left.", "Ann Lee"),
        ("I waited there, and in the evening the keeper came out and said: “It leaks.”", "the keeper"),
        ("In the opinion of Ann Lee, it is “a leak”.", "Ann Lee"),
        ("The owner, Halden Copper, is silent. In a statement the company called it “a leak”.", "Halden Copper"),
        ("Ann Lee gave evidence. She was asked whether it leaked.\n\n“No.”\n\nThe trial goes on.", "Ann Lee"),
    ],
)
def test_the_speaker_stands_farther_from_the_words(text, name):
    assert [quote.speaker.name for quote in found(text).said if quote.kind != INDIRECT and quote.speaker] == [name]


def test_what_a_jury_heard_is_not_said_by_it():
    assert [quote.speaker for quote in found("The bell “got on his nerves”, a jury heard on Tuesday.").said] == [None]


def test_two_who_ask_and_answer_speak_by_turns():
    text = "“How much?” Dev Anand asked.\n\n“Enough,” Ann Lee replied.\n\n“And now?”\n\n“Nothing.”\n\nThe trial goes on."
    assert [quote.speaker.name for quote in found(text).said] == ["Dev Anand", "Ann Lee", "Dev Anand", "Ann Lee"]


def test_one_of_several_may_be_one_who_has_spoken():
    text = (
        "Two officials spoke. “It leaks,” one official said. A second official denied it. One of the two officials said the boat was sold."
    )
    said = found(text).said[-1]
    assert (said.speaker.name, said.how) == ("one of two officials", LIKELY)
    assert {"one official", "a second official"} & {candidate.name for candidate in said.candidates}


@pytest.mark.parametrize("text, unsure", [("“I sold it,” Osric Delane said.", False), ("“It was sold,” Osric Delane said.", True)])
def test_whoever_says_i_is_a_person(text, unsure):
    assert found(text).said[0].speaker.unsure == unsure


@pytest.mark.parametrize(
    "text, is_denied",
    [
        ("Bob Cox denied that the boat was “rotten”.", True),
        ("Bob Cox denied saying that the boat was “rotten”.", True),
        ("Bob Cox denied having called the boat “rotten”.", True),
        ("Bob Cox rejected the claim as “rotten”.", False),
        ("Bob Cox denied that he had sold it, saying that the boat was “rotten”.", False),
        ("Bob Cox denied it: “The boat was rotten.”", False),
    ],
)
def test_words_that_somebody_denies_are_not_drafted_as_theirs(text, is_denied):
    draft = found(text)
    (quote,) = [quote for quote in draft.said if quote.kind != INDIRECT]
    assert (quote.speaker.name, quote.denied) == ("Bob Cox", is_denied)
    written = explainer(draft, DraftFileOptions(title="T", file=text)).text
    assert ("Somebody: “" in written) == ("Whose words are these?" in written) == is_denied


@pytest.mark.parametrize(
    "text, denied",
    [
        ("“He took the money,” said Ann Lee. Bob Cox denied that he had taken the money.", "he-took-the-money"),
        ("“He took the money,” said Ann Lee. “All of it.” Bob Cox denied the claim.", "he-took-the-money-all-of"),
        ("Ann Lee said the boat was rotten. Bob Cox denied it: “She is sound.”", "the-boat-was-rotten"),
        ("„Er nahm das Geld“, sagte Anna Lehmann. Bernd Koch bestritt, dass er das Geld genommen habe.", "er-nahm-das-geld"),
        ("“He wrote three pages,” said Ann Lee. Bob Cox denied that he had been warned.", ""),  # of something else
        ("“He took it,” said Ann Lee. “He took the money,” said Eve Fox. Bob Cox denied the claim.", "he-took-the-money"),
        ("“He took it,” said Ann Lee, and “he took the money,” said Eve Fox. Bob Cox denied the claim.", ""),  # of two
        ("“He took it,” said Ann Lee. The boat sailed. Bob Cox denied the claim.", ""),  # too far
        ("“I took it,” said Bob Cox. Bob Cox denied the claim.", ""),  # his own
        ("“He took it,” said Ann Lee. Bob Cox denied that boats leak: “He took it.”", ""),
    ],
)
def test_what_is_denied_is_proposed_where_it_is_one_quote(text, denied):
    draft = draft_of(read(text, name="a.txt"), None)
    written = explainer(draft, DraftFileOptions(title="T", file=text, own=True)).text
    assert re.findall(r" denies: ([\w-]+)", written) == [denied] * bool(denied)
    assert written.count("Does this deny") == bool(denied)


def test_a_draft_asks_what_is_denied():
    draft = found("Bob Cox denied that the boat was sold.")
    assert "What is denied there" in explainer(draft, DraftFileOptions(title="T", file=draft.article.text)).text
