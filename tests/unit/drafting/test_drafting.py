"""What the rules find in a sentence or two, and what they leave open."""

import json

import pytest

from builder import dates
from builder.drafting import as_data, draft_of, read
from builder.drafting.findings import CERTAIN, DIRECT, INDIRECT, LIKELY, PARTIAL, UNRESOLVED

DAY = dates.parse("2022-01-19")


def found(text: str, name: str = "article.txt"):
    return draft_of(read(text, name=name), DAY)


def speakers(text: str) -> list[str | None]:
    return [quote.speaker.name if quote.speaker else None for quote in found(text).said if quote.kind != INDIRECT]


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000 ", "\u200b", "\u2028\ufeff", "\x0b", "\u2060\u00ad"])
def test_a_line_of_spaces_of_any_kind_divides_paragraphs_and_is_none(blank):
    assert speakers(f"{blank}\n\nThe ferry\n{blank}\n“The boat is sound,” Ann Lee said.\n\n{blank}") == ["Ann Lee"]
    assert read(blank).paragraphs == ()


@pytest.mark.parametrize(
    "text, speaker",
    [
        ("“The boat is sound,” Ann Lee said.", "Ann Lee"),
        ("“The boat is sound,” said Mayor Ann Lee.", "Ann Lee"),
        ("Ann Lee, who has sailed for years, said on Monday: “The boat is sound.”", "Ann Lee"),
        ("In a letter to the port, the harbour council called the boat “sound”.", "the harbour council"),
        ("“Is the boat sound?” asked one of the skippers.", "one of the skippers"),
        ("“We are watching” — General Ann Lee, commander of the guard.", "Ann Lee"),
        ("Visitors saw the boat, saying that it was “sound as a bell”.", "visitors"),
        ("„Das Boot ist gut“, sagte Bürgermeisterin Anna Lehr.", "Anna Lehr"),
        ("Laut Anna Lehr ist das Boot „gut und sicher“.", "Anna Lehr"),
        ("«The boat is sound», — complains Ann Lee, who has sailed. — «It floats».", "Ann Lee"),
        ("“The boat is sound”, so the skipper, who smiled.", "the skipper"),
        ("“The boat is sound,” sighs one commuter.", "one commuter"),
        ("The boat has been called “sound as a bell” by the mayor, Ann Lee.", "Ann Lee"),
        ("The minister spoke on Monday of a “sound boat”.", "the minister"),
        ("The port, which on Monday had accused the mayor of “sailing blind”, is shut.", "the port"),
        ("“The boat is sound,” said the minister of supply Ann Lee.", "Ann Lee"),
        ("A sailor, who can only be identified as Witness F, told the court that it was “sound”.", "a sailor"),
        ("„Das Boot ist gut“, seufzt Fischer Olaf Brun, 71.", "Olaf Brun"),
        ("„Das Boot ist gut“, murmelte eine ältere Kapuzinerin im Saal.", "eine ältere Kapuzinerin im Saal"),
        ("Nach Angaben eines früheren Sprechers der Reederei ist das Boot „gut und sicher“.", "ein früherer Sprecher der Reederei"),
        ("Das Amt hat bestritten, dass das Boot „gut und sicher“ sei.", "das Amt"),
        ("„Das Boot ist gut“, so die Sprecherin der Reederei.", "die Sprecherin der Reederei"),
    ],
)
def test_the_speaker_is_read_beside_the_words(text, speaker):
    assert [(name or "").lower() for name in speakers(text)] == [speaker.lower()]


def test_whom_a_pronoun_means_is_likely_and_has_its_reason_and_another_candidate():
    text = "Ann Lee met Ruth Cox.\n\n“The boat is sound,” she said."
    (said,) = found(text).said
    assert (said.speaker.name, said.how, said.why) == ("Ann Lee", LIKELY, "she said")
    assert [candidate.name for candidate in said.candidates] == ["Ruth Cox"]


def test_a_quotation_that_nothing_leads_to_is_asked():
    (said,) = found("The boat has a new mast.\n\n“The boat is as sound as it ever was.”").said
    assert (said.speaker, said.how) == (None, UNRESOLVED)


def test_a_master_of_something_holds_that_office():
    (said,) = found("“We have the timber,” said Harold Wicks, the pier master.").said
    assert said.speaker.roles == ("pier master",)


def test_pieces_around_the_speaker_are_one_quote():
    (said,) = found("“The boat is sound,” Ann Lee said. “The crew is willing.”").said
    assert (said.kind, len(said.spans), said.how) == (DIRECT, 2, CERTAIN)


def test_a_second_official_is_another_than_the_first():
    text = "A port official called the boat “sound”. A second official laughed. “It leaks,” this official said. “All boats leak,” the port official said."
    assert speakers(text) == ["a port official", "a second official", "a port official"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("A diplomat laughed. “It leaks,” the person said.", ["a diplomat"]),
        ("“It leaks,” said one reader, Ted Fox. Another, who was there, said: “It floats.”", ["Ted Fox", "another reader"]),
        ("One of the cooks, a young man with a beard, laughed. “It leaks,” he said.", ["one of the cooks"]),
        ("Her brother, Arun, told the court: “It leaks.”", ["Arun"]),
        ("Bob Lee left. “It leaks,” Lee said. Ann Lee said no. “It floats,” Lee said.", ["Bob Lee", "Bob Lee"]),
        ("Ann Lee met Bob Lee. “It leaks,” Ms Lee said.", ["Ann Lee"]),
        ("Ann Lee met Bob Lee. Lee said he was “tired”.", ["Bob Lee"]),
        ("Ann Lee met Bob Lee. “It leaks,” Lee told her before he left.", ["Bob Lee"]),
        ("Ann Lee met Bob Lee. “It leaks,” Lee said, praising her crew.", ["Ann Lee"]),
        ("Ann Lee met Bob Lee. “It leaks,” Lee told himself.", ["Bob Lee"]),
        ("Mayor Ann Lee met Bob Lee, the pilot. “It leaks,” said Mayor Lee.", ["Ann Lee"]),
        ("On Monday evening, Cllr Ann Lee, cabinet member for roads, told residents: “It leaks.”", ["Ann Lee"]),
        ("The rail operator says it is “working flat out”.", ["The rail operator"]),
        ("The Ministry of Waters said that it was “sound”.", ["Ministry of Waters"]),
        ("A government source hits back: “It leaks.”", ["a government source"]),
        (
            "A jury heard it on Monday. Giving evidence, Ann Lee said no. Bob Cox, for the port, asked why. “It leaks,” the witness said.",
            ["Ann Lee"],
        ),
        ("Der Bürgermeister von Kahlen, Tim Reuss, mahnte: „Nein.“", ["Tim Reuss"]),
        ("Nicht alle sehen das so. Der Mesner lacht. »Um sechs bin ich dagegen«, sagt er.", ["der Mesner"]),
        ("Ann Lee did not recall it, she said. “It leaks.”", ["Ann Lee"]),
        ("Sprecherin Anna Lehr schwieg. Sie habe „nicht geschlafen“.", ["Anna Lehr"]),
    ],
)
def test_words_lead_back_to_who_was_mentioned_before(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize("rest", ["Lee said", "said Lee", "Lee said she would ask Bob whether he left"])
def test_of_two_with_one_surname_both_are_offered_where_nothing_tells(rest):
    (said,) = [quote for quote in found(f"Kim Lee met Sam Lee. “It leaks,” {rest}.").said if quote.kind == DIRECT]
    assert (said.speaker, said.how) == (None, UNRESOLVED)
    assert {candidate.name for candidate in said.candidates} == {"Kim Lee", "Sam Lee"}


@pytest.mark.parametrize(
    "rest", ["told her", "told him", "told her the next day", "told her on Monday", "told her she could go", "told him that he could go"]
)
def test_an_object_pronoun_is_the_hearer_and_tells_nothing_of_the_speaker(rest):
    (said,) = [quote for quote in found(f"Ann Lee met Bob Lee. “It leaks,” Lee {rest}.").said if quote.kind == DIRECT]
    assert (said.speaker, {candidate.name for candidate in said.candidates}) == (None, {"Ann Lee", "Bob Lee"})


@pytest.mark.parametrize("rest", ["sagte Lehr ihr", "sagte Lehr ihm", "sagte Lehr zu ihr"])
def test_a_german_object_pronoun_tells_nothing_of_the_speaker(rest):
    (said,) = [quote for quote in found(f"Anna Lehr traf Tim Lehr. „Das Boot leckt“, {rest}.").said if quote.kind == DIRECT]
    assert (said.speaker, {candidate.name for candidate in said.candidates}) == (None, {"Anna Lehr", "Tim Lehr"})


def test_a_surname_that_has_meant_one_is_likely_that_one_and_the_other_is_offered():
    said = found("Bob Lee left. “It leaks,” Lee said. Ann Lee said no. “It floats,” Lee said.").said[-1]
    assert (said.speaker.name, said.how) == ("Bob Lee", LIKELY)
    assert [candidate.name for candidate in said.candidates] == ["Ann Lee"]


@pytest.mark.parametrize(
    "text",
    [
        "She has read her book, “The Apprentice Years,” and said so.",
        "The hall showed “the last boat of all” to its guests.",
        "The so-called “blue fleet” is one boat.",
    ],
)
def test_names_and_titles_are_no_quotes(text):
    assert not [quote for quote in found(text).said if quote.kind != INDIRECT]


def test_a_curly_mark_may_be_closed_by_a_straight_one():
    text = '“The boat is sound," Ann Lee said. "It floats.”'
    (said,) = found(text).said
    assert [text[low:high] for low, high in said.spans] == ["The boat is sound,", "It floats."]
    (said,) = found('„Das Boot ist gut", sagte Anna Lehr.').said
    assert said.speaker.name == "Anna Lehr"


def test_a_few_words_of_a_sentence_are_partial_and_reported_speech_is_indirect():
    text = "Ann Lee said that the boat was “sound”. Ann Lee said that the crew was willing to go."
    assert [quote.kind for quote in found(text).said] == [PARTIAL, INDIRECT]


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("The council met on Friday.", "2022-01-14"),
        ("The council will meet on Friday.", "2022-01-21"),
        ("The council met on Wednesday.", "2022-01-19"),
        ("The vote is due on Wednesday.", "2022-01-26"),
        ("The council is weighing a sale after an inspection on Monday found rust.", "2022-01-17"),
        ("The council is weighing a sale after an inspection on Monday.", "2022-01-17"),
        ("The council will sell it after an inspection on Monday found rust.", "2022-01-17"),
        ("The council is to meet after an inspection on Monday.", "2022-01-24"),
        ("The council meets on Monday.", "2022-01-24"),
        ("The pier, closed after a report on Monday, will be sold.", "2022-01-17"),
        ("Der Rat berät über den Verkauf, nachdem eine Prüfung am Montag Rost gefunden hatte.", "2022-01-17"),
        ("Der Rat berät nach einer Prüfung am Montag über den Verkauf.", "2022-01-17"),
        ("Der Rat tagt am Montag.", "2022-01-24"),
        ("Der Rat soll nach einer Prüfung am Montag tagen.", "2022-01-24"),
        ("Talks to resume on Wednesday after a pause.", "2022-01-26"),
        ("The mayor turns 70 on Sunday.", "2022-01-23"),
        ("They had most of the streets clear by Monday.", "2022-01-17"),
        ("By Monday morning the market stood in water.", "2022-01-17"),
        ("The council must decide by Monday.", "2022-01-24"),
        ("The court gave them until Monday.", "2022-01-24"),
        ("“If it rains on Monday as it did before, we are back,” she said.", "2022-01-24"),
        ("The council met on Nov 20.", "2021-11-20"),
        ("In November the council met.", "2021-11"),
        ("She expects a first cut in June.", "2022-06"),
        ("The council met last week.", "2022-01-10/2022-01-16"),
        ("The council met on 3 May.", "2021-05-03"),
        ("The council met on 3 May 2019.", "2019-05-03"),
        ("Der Rat hat am Freitag getagt und nicht entschieden.", "2022-01-14"),
        ("Der Rat will am Freitag tagen und dann entscheiden.", "2022-01-21"),
    ],
)
def test_a_day_is_counted_from_the_day_of_the_article(text, edtf):
    assert [day.date.edtf for day in found(text).days] == [edtf]


@pytest.mark.parametrize("text", ["On a Monday it sails.", "Every Friday it sails.", "An einem Montag und jeden Dienstag kam er nicht."])
def test_a_weekday_that_is_no_day_in_particular_is_none(text):
    assert draft_of(read(text, name="a.txt"), dates.parse("2025-03-19")).days == ()


def test_without_its_day_an_article_has_no_weekdays():
    draft = draft_of(read("The council met on Friday and on 3 May 2019.", name="a.txt"))
    assert [day.date.edtf for day in draft.days] == ["2019-05-03"]


def test_the_day_of_saying_is_that_of_the_cue():
    first, second = found("“It is sound,” Ann Lee said on Monday. Ann Lee said the boat had “leaked” on Friday.").said
    assert (first.day.date.edtf, second.day) == ("2022-01-17", None)


@pytest.mark.parametrize(
    "text, day",
    [
        ("Asked whether she would sail tonight, Ann Lee said: “No.”", None),
        ("Ann Lee said little when she was stopped on Monday. “I read,” she said.", "2022-01-17"),
        ("Ann Lee said the boat was filmed on 3 January leaving port. “I only watched,” she said.", None),
        ("“I only watched,” Ann Lee said when I visited her on Monday.", "2022-01-17"),
    ],
)
def test_a_day_of_what_is_told_is_none_of_saying_it(text, day):
    (said,) = [one for one in found(text).said if one.kind == DIRECT]
    assert (said.day.date.edtf if said.day else None) == day


PAGE = """<!doctype html><html><head><title>Ferry – Lantern</title><meta property="og:site_name" content="The Lantern">
<meta property="article:published_time" content="2022-01-19T08:00:00Z"></head><body><nav>Menu “not this” said Nobody Here.</nav>
<article><h1>The ferry</h1><p>&ldquo;The boat is <em>sound</em>,&rdquo; Ann Lee said.</p></article></body></html>"""


@pytest.mark.parametrize(
    "text, name", [(PAGE, "a.html"), (PAGE, "-"), ("# The ferry\n\n“The boat is *sound*,” [Ann Lee](https://example.org) said.\n", "a.md")]
)
def test_places_are_those_of_the_file_whatever_it_is_written_in(text, name):
    article = read(text, name=name)
    (quote,) = as_data(draft_of(article, DAY))["quotes"]
    assert (article.title, quote["text"], quote["speaker"]) == ("The ferry", "The boat is sound,", "Ann Lee")
    assert text[quote["start"] : quote["end"]].startswith("The boat is ")
    assert text[quote["speaker_start"] : quote["speaker_end"]] == "Ann Lee"


def test_an_ampersand_of_a_page_stays_what_it_is():
    page = "<p>“R&D at AT&amp;T pays,” Ann Lee of M&S said.</p>"
    article = read(page, name="a.html")
    (quote,) = as_data(draft_of(article, DAY))["quotes"]
    assert article.text.strip() == "“R&D at AT&T pays,” Ann Lee of M&S said."
    assert page[quote["start"] : quote["end"]] == "R&D at AT&amp;T pays,"


def test_a_page_tells_its_day_and_publisher():
    article = read(PAGE, name="a.html")
    assert (article.published, article.publisher, "not this" in article.text) == ("2022-01-19", "The Lantern", False)


@pytest.mark.parametrize(
    "text", ["“", "„“»«", "“a” “b”, said", "said " * 400, "“" * 300 + "x", "\ufeff\n\n,,, said: “x", "A, " * 300 + "said “x”."]
)
def test_any_text_gives_a_draft_and_the_same_one_twice(text):
    assert json.dumps(as_data(found(text))) == json.dumps(as_data(found(text)))
