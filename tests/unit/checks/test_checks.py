"""The editorial rules, by what they tell and what they let through. Whole inputs with their messages stand in `tests/cases/`."""

import re
from pathlib import Path

import pytest

from builder import checks, linking
from builder.content import settings
from builder.content.parse import parse
from builder.i18n import language
from builder.pages import PageEntry

GUIDE = Path(__file__).parents[3] / "content/pages/guide/problems.md"


def site_of(**files):
    """Return the Site of some files, each named by folder and id: `explainers_one`, `sources_log.txt`."""
    paths = {name: name.replace("_", "/") + ("" if "." in name else ".md") for name in files}
    documents = [parse(f"content/{paths[name]}", text.encode()) for name, text in files.items()]
    assert not [problem for document in documents for problem in document.diagnostics]
    site, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), documents)
    assert not problems
    return site


GROUNDS = ("quote-no-source", "event-no-source", "source-nameless")
"""What most sites here are told as well, and is not what their test is about."""


def told(**files):
    return [code for code in told_in_full(**files) if code not in GROUNDS]


def told_in_full(**files):
    # That words stand in no quotation marks is tested of quotations; hardly a text here has any.
    return sorted(problem.code for problem in checks.check(site_of(**files)) if problem.code != "quote-no-marks")


def unnamed(**given):
    """Return what is told of an unnamed source who is quoted."""
    said = given.pop("said", "nothing is signed")
    fields = {"described_as": "a clerk", "knows_because": "was there", "anonymity_reason": "fears for the job"} | given
    record = "\n".join(f'    {key}: "{value}"' for key, value in fields.items() if value)
    text = f'---\ntitle: T\npublished: 2024-03-08\nunnamed:\n  clerk:\n{record}\nquotes:\n  - {{speaker: clerk, text: "{said}", said: 2024-03-08}}\n---\n{said}\n'
    return told(explainers_one=text)


def test_a_source_that_says_how_it_knows_and_why_it_is_unnamed_is_let_through():
    assert unnamed() == []
    assert unnamed(knows_because="unknown", anonymity_reason="unknown") == []


@pytest.mark.parametrize(
    "words",
    [
        "a source familiar with the talks",
        "officials who have seen the intelligence",
        "an aide briefed on the plan",
        "a spokeswoman for the bank",
        "three people with direct knowledge of the sale",
        "someone who took part in the meeting",
        "eine mit den Plänen vertraute Person",
        "ein Sprecher der Bank",
    ],
)
def test_a_description_can_tell_how_a_source_knows(words):
    assert "unnamed-basis" not in unnamed(described_as=words, knows_because="")


@pytest.mark.parametrize("words", ["a senior official", "officials who stressed how early it is", "some who are worried", "ein Beamter"])
def test_most_descriptions_do_not(words):
    assert unnamed(described_as=words, knows_because="") == ["unnamed-basis"]


def test_nothing_is_asked_of_a_source_on_whom_nothing_rests():
    text = "---\ntitle: T\npublished: 2024-03-08\nunnamed: {clerk: a clerk}\ntimeline: [{when: 2024-03-01, title: A vote, actors: clerk}]\n---\nText.\n"
    assert told(explainers_one=text) == []
    assert told(explainers_one=text.replace("actors: clerk", "by: clerk")) == ["unnamed-basis", "unnamed-reason"]


@pytest.mark.parametrize(
    "reason",
    [
        "not authorized to speak",
        "was not authorised to speak publicly about the matter",
        "because he wasn’t allowed to discuss the case",
        "they hadn't been cleared to comment",
        "lacked authorization to talk to the press",
        "unauthorized to brief reporters",
        "is not at liberty to speak for the council",
        "war nicht befugt, öffentlich zu sprechen",
    ],
)
def test_boilerplate_is_told(reason):
    assert unnamed(anonymity_reason=reason) == ["unnamed-boilerplate"]


@pytest.mark.parametrize(
    "reason",
    [
        "not authorized to speak, and fears for her job",
        "not authorised to speak because the case is before a court",
        "“was not authorised to speak publicly”",
        "fears for the job",
        "to speak freely",
        "was authorized to speak without a name",
        "does not want to speak of a friend by name",
        "allowed to speak on this condition by the ministry",
        "unknown",
    ],
)
def test_a_reason_that_says_more_is_let_through(reason):
    assert unnamed(anonymity_reason=reason) == []


@pytest.mark.parametrize(
    "words, count",
    [
        ("sources in the ministry", "1"),
        ("US officials", "1"),
        ("two people close to the talks", "1"),
        ("several figures in the party", "1"),
        ("a number of diplomats", "1"),
        ("others", "1"),
        ("a senior official", "2"),
        ("an aide to the minister", "12"),
        ("one diplomat", "3"),
        ("a CIA spokeswoman", "2"),
        ("ein hoher Beamter des Ministeriums", "2"),
    ],
)
def test_a_count_that_the_description_contradicts_is_told(words, count):
    assert unnamed(described_as=words, count=count) == ["unnamed-count"]


@pytest.mark.parametrize(
    "words, count",
    [
        ("a senior official", "1"),
        ("sources in the ministry", "3"),
        ("sources in the ministry", "unknown"),
        ("sources in the ministry", "at least 1"),
        ("a two-star general", "1"),
        ("two-star general", "1"),
        ("the officials’ lawyer", "1"),
        ("one of several officials", "1"),
        ("a member of the Proud Sources", "1"),
        ("a group of officials", "4"),
        ("an official and a diplomat", "2"),
        ("a US and a French official", "2"),
        ("a delegation", "4"),
        ("an expert panel", "5"),
        ("Beamte des Ministeriums", "1"),
        ("a senior official", "²"),
        ("a senior official", "9" * 5000),
    ],
)
def test_a_count_that_may_be_right_is_let_through(words, count):
    assert ("unnamed-count" in unnamed(described_as=words, count=count)) == (count == "9" * 5000)


@pytest.mark.parametrize("said", ["In my view, it is late", "It is, in our personal opinion, too late", "My opinion is that it is late"])
def test_words_that_call_themselves_an_opinion_are_told(said):
    assert unnamed(said=said) == ["unnamed-opinion"]


@pytest.mark.parametrize(
    "said", ["I think that he left at nine", "in their view the war is over", "a room with a view", "public opinion is split"]
)
def test_other_words_are_for_an_editor_to_judge(said):
    assert unnamed(said=said) == []


def test_a_named_person_may_have_an_opinion():
    text = "---\ntitle: T\npublished: 2024-03-08\nactors: {mina: Mina Quist}\nunnamed: {clerk: {described_as: a clerk, knows_because: unknown, anonymity_reason: unknown}}\nquotes:\n  - {speaker: [mina, clerk], text: In my view, said: 2024}\n---\nIn my view. Mina Quist\n"
    assert told(explainers_one=text) == []


@pytest.mark.parametrize(
    "described, of, codes",
    [
        ("the mayor", "town", ["unnamed-recognisable"]),
        ("the Mayor of Saltholm", "town", ["unnamed-recognisable"]),
        ("a mayor", "town", []),
        ("the mayor’s office", "town", []),
        ("the mayor", "union", []),
        ("the mayor", "", []),
    ],
)
def test_an_office_that_one_named_person_holds_gives_a_source_away(described, of, codes):
    text = "---\ntitle: T\npublished: 2024-03-08\nactors:\n  town: {name: Saltholm}\n  union: {type: Organization, name: Ferry Union}\n  mina: {name: Mina Quist, position: {role: Mayor, of: town}}\nunnamed:\n  voice: {described_as: DESCRIBED, of: OF}\n---\nText.\n"
    text = text.replace("DESCRIBED", described).replace(", of: OF", f", of: {of}" if of else "")
    assert told(explainers_one=text) == codes
    assert told(explainers_one=text.replace("unnamed:", "  bo: {name: Bo Ek, position: {role: mayor, of: town}}\nunnamed:")) == []


@pytest.mark.parametrize(
    "described, said",
    [
        ("Karl Huber", "“Karl Huber” reads as somebody’s name"),
        ("K. Huber, a clerk", "“K. Huber” reads as somebody’s name"),
        ("Jean-Luc van der Berg", "“Jean-Luc van der Berg” reads as somebody’s name"),
        ("Иван Петров", "“Иван Петров” reads as somebody’s name"),
        ("mina quist", "“mina quist” is the name of Mina Quist"),
        ("王明", "“王明” is the name of 王明"),
        ("a clerk of Mina Quist", ""),
        ("Senior White House Official", ""),
        ("South Korean Negotiator", ""),
        ("Two Officials", ""),
        ("Harbour Council", ""),
    ],
)
def test_a_name_is_no_description_of_an_unnamed_source(described, said):
    text = f"---\ntitle: T\npublished: 2024-03-08\nactors: {{mina: Mina Quist, wm: 王明}}\nunnamed: {{voice: '{described}'}}\n---\nMina Quist.\n"
    found = [problem.message for problem in checks.check(site_of(explainers_one=text)) if problem.code == "unnamed-recognisable"]
    assert [message.startswith(said) for message in found] == ([True] if said else [])


def test_a_description_in_german_may_have_capitals():
    text = "---\ntitle: T\npublished: 2024-03-08\nlang: de\nunnamed: {voice: Enger Vertrauter}\n---\nText.\n"
    assert "unnamed-recognisable" not in told(explainers_one=text)


@pytest.mark.parametrize(
    "actor, voice, codes",
    [
        ("Mina Quist, Harbour master", "the harbour master", ["unnamed-recognisable"]),
        ("Mina Quist, Harbour master", "the harbour master of Saltholm", ["unnamed-recognisable"]),
        ("Mina Quist, Harbour master", "{described_as: the harbour master, of: town}", ["unnamed-recognisable"]),
        ("Mina Quist, Harbour master", "a harbour master", []),
        (
            "{name: Mina Quist, position: [{role: Harbour master, to: 2001}, {role: Harbour master, from: 2010}]}",
            "the harbour master",
            ["unnamed-recognisable"],
        ),
    ],
)
def test_an_office_in_one_line_gives_a_source_away_in_the_same_explainer(actor, voice, codes):
    head = "---\ntitle: T\npublished: 2024-03-08\nactors:\n  town: {name: Saltholm}\n"
    named, unnamed = f"  mina: {actor}\n", f"unnamed:\n  voice: {voice}\n"
    assert told(explainers_one=f"{head}{named}{unnamed}---\nText.\n") == codes
    assert told(explainers_one=f"{head}{named}---\nText.\n", explainers_two=f"{head}{unnamed}---\nText.\n") == []
    assert told(explainers_one=f"{head}{named}  bo: Bo Ek, harbour master\n{unnamed}---\nText.\n") == []


@pytest.mark.parametrize(
    "words, count", [("three former pilots", "2"), ("two officials", "3"), ("3 officials of the ministry", "2"), ("Drei Beamte", "4")]
)
def test_a_number_that_is_not_the_count_is_told(words, count):
    assert "unnamed-count" in unnamed(described_as=words, count=count)


@pytest.mark.parametrize(
    "words, count",
    [
        ("three former pilots", "3"),
        ("two or three officials", "3"),
        ("two dozen officials", "24"),
        ("two pairs of brothers", "4"),
        ("two brothers and a cousin", "3"),
        ("two-star generals", "3"),
        ("at least two officials", "3"),
    ],
)
def test_a_number_that_may_be_the_count_is_let_through(words, count):
    assert "unnamed-count" not in unnamed(described_as=words, count=count)


@pytest.mark.parametrize("words", ["two three four five six seven eight nine ten", "zwei drei vier fünf sechs sieben acht neun zehn"])
def test_numbers_are_known_in_words(words):
    for number, word in enumerate(words.split(), 2):
        assert unnamed(described_as=f"{word} officials", count=f"{number}") == []
        assert unnamed(described_as=f"{word} officials", count=f"{number + 1}") == ["unnamed-count"]


def test_two_files_together_do_not_name_a_source():
    one = "---\ntitle: T\npublished: 2024-03-08\nunnamed: {clerk: a clerk}\n---\nText.\n"
    two = "---\ntitle: U\npublished: 2024-03-08\nactors: {clerk: KEY}\n---\nText.\n"
    for key, codes in (("Ada Abara", ["unnamed-identity"]), ("{here: is silent, type: UnnamedSource}", []), ("", [])):
        site = site_of(explainers_one=one, explainers_two=two.replace("KEY", key))
        problems = [problem for problem in checks.check(site) if problem.code == "unnamed-identity"]
        assert [problem.code for problem in problems] == codes
        assert [problem.location.path for problem in problems] == ["content/explainers/two.md"] * len(codes)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["who ", " of", "not ", "mit der ", "a ", "nicht befugt, ", "official "])
def test_a_text_without_end_is_no_trouble(words):
    long = words * (400_000 // len(words)) + "x"
    assert unnamed(described_as=long, count="2", knows_because="", anonymity_reason=long) == ["unnamed-basis"]


# --- names in the text ------------------------------------------------


def unlisted(body, *, actors="", **others):
    names = {
        "actors_mina": "---\nname: Mina Quist\nalias: [Quist]\nweak_alias: [Mayor]\n---\n",
        "actors_bank": "---\nname: Bank of Quist\ntype: Organization\n---\n",
        "actors_al": "---\nname: al-Ahram\n---\n",
    }
    text = f"---\ntitle: T\npublished: 2024-03-08\nactors: [{actors}]\n---\n{body}\n"
    found = checks.check(site_of(**names | others, explainers_one=text))
    return [problem.help.split("“")[1].partition("”")[0] for problem in found if problem.code == "actor-unlisted"]


@pytest.mark.parametrize(
    "body, ids",
    [
        ("Mina Quist came.", ["mina"]),
        ("Mina\nQuist came.", ["mina"]),
        ("“Quist,” they say. Quist!", ["mina"]),
        ("## A heading\n\nThe reader of al-Ahram.", ["al"]),
        ("The Bank of Quist pays.", ["bank"]),
        ("The Bank of Quist pays Quist.", ["bank", "mina"]),
        ("See [Quist](https://example.org/).", ["mina"]),
        ("## What Quist knows\n\nNothing.", ["mina"]),
    ],
)
def test_a_known_actor_who_is_named_and_not_listed_is_told(body, ids):
    assert unlisted(body) == ids
    assert unlisted(body, actors=", ".join(ids)) == []


@pytest.mark.parametrize("body", ["Quistian", "quist", "the Mayor", "Mina", "[[mina]] is Quist", "`Quist`", "MinaQuist"])
def test_what_is_not_the_name_is_let_through(body):
    assert unlisted(body) == []


@pytest.mark.parametrize(
    "body, lang, form",
    [
        ("Слова Ивана Петрова.", "ru", "Ивана Петрова"),
        ("Иван Петров, слова Ивана Петрова.", "ru", ""),
        ("Слова [[ivan|Ивана Петрова]].", "ru", ""),
        ("Sanna Marinin hallitus.", "fi", "Sanna Marinin"),
        ("Sanna Marinin hallitus.", "en", ""),
    ],
)
def test_a_listed_actor_who_is_named_in_another_case_only_is_told(body, lang, form):
    actors = "---\nname: Иван Петров\n---\n", "---\nname: Sanna Marin\n---\n"
    text = f"---\ntitle: T\npublished: 2024-03-08\nlang: {lang}\nactors: [ivan, sanna]\n---\n{body}\n"
    found = checks.check(site_of(actors_ivan=actors[0], actors_sanna=actors[1], explainers_one=text))
    assert [problem.message.partition("only, “")[2].partition("”")[0] for problem in found if problem.code == "actor-in-words"] == (
        [form] if form else []
    )


@pytest.mark.parametrize(
    "body, longer",
    [
        ("Ann Lee Curtis came.", "Ann Lee Curtis"),
        ("Ann Lee Curtis came, and Ann Lee.", ""),
        ("Ann Lee Young came.", ""),
        ("Ann Lee Young came. And Ann Lee Curtis.", "Ann Lee Curtis"),
    ],
)
def test_a_person_who_is_named_in_a_longer_name_only_is_told(body, longer):
    text = f"---\ntitle: T\npublished: 2024-03-08\nactors: {{ann: Ann Lee, young: Ann Lee Young}}\n---\n{body}\n"
    found = checks.check(site_of(explainers_one=text))
    assert [problem.message.partition("part of “")[2].partition("”")[0] for problem in found if "“Ann Lee” stands" in problem.message] == (
        [longer] if longer else []
    )


def test_an_actor_who_is_named_in_a_quote_alone_is_told():
    text = "---\ntitle: T\npublished: 2024-03-08\nquotes: [{speaker: bo, text: Quist was late., said: 2024}]\nactors: [{id: bo, name: Bo Lind}]\n---\n“Quist was late.” So says Bo Lind.\n"
    mina = "---\nname: Mina Quist\nalias: [Quist]\n---\n"
    assert "actor-unlisted" in told(actors_mina=mina, explainers_one=text)
    listed = site_of(actors_mina=mina, explainers_one=text.replace("actors: [", "actors: [mina, "))
    assert "actor-unlisted" not in {problem.code for problem in checks.check(listed)}
    assert [mention.sentence for mention in listed.mentions["mina"]] == ["“Quist was late.” So says Bo Lind."]


def test_a_name_of_two_actors_tells_nothing():
    assert unlisted("Quist came.", actors_other="---\nname: Quist\n---\n") == []


def test_a_speaker_counts_as_listed():
    text = "---\ntitle: T\npublished: 2024-03-08\nquotes: [{speaker: mina, text: It is late, said: 2024}]\n---\n“It is late,” says Mina Quist.\n"
    assert told(actors_mina="---\nname: Mina Quist\n---\n", explainers_one=text) == []


# --- who says it, when, and where that stands ------------------------------------------------


@pytest.mark.parametrize(
    "told_of_it, log, codes",
    [
        ("speaker: mina, via: log", "title: A log, published: 2024", []),
        ("speaker: unknown, via: log", "title: A log, published: 2024", []),
        ("via: log", "title: A log, published: 2024", ["quote-no-speaker"]),
        # Nobody's words that nobody is known to have said are no quote.
        ("speaker: unknown, mode: indirect, via: log", "title: A log, published: 2024", ["quote-of-nobody"]),
        ("speaker: mina, mode: indirect, via: log", "title: A log, published: 2024", []),
        ("speaker: unknown, mode: partial, via: log", "title: A log, published: 2024", []),
        ("mode: indirect, via: log", "title: A log, published: 2024", ["quote-no-speaker"]),
        ("speaker: mina", "title: A log, published: 2024", ["quote-no-source"]),
        ("speaker: mina, said: 2024", "title: A log, published: 2024", ["quote-no-source"]),
        ("speaker: mina, said: unknown", "title: A log, published: 2024", ["quote-no-source"]),
        ("speaker: mina, via: log", "title: A log", ["quote-no-date"]),
        ("speaker: mina, via: log", "title: A log, published: unknown", []),
        # A source that is an address alone was told of already.
        ("speaker: mina, via: log", "url: https://example.org/", []),
        ("speaker: mina, said: unknown, via: log", "title: A log", []),
        ("speaker: mina, via: [log, blog]", "title: A log", []),
    ],
)
def test_a_quote_has_a_speaker_a_source_and_a_day_or_says_that_nobody_knows(told_of_it, log, codes):
    text = f"---\ntitle: T\npublished: 2024-03-08\nsources: {{log: {{{log}}}, blog: {{title: A blog, published: 2024}}}}\nactors: {{mina: Mina Quist}}\n"
    assert told_in_full(explainers_one=f"{text}quotes: [{{text: It runs, {told_of_it}}}]\n---\nIt runs. Mina Quist\n") == codes


@pytest.mark.parametrize(
    "log, quote, compared",
    [
        ("", "", True),
        ("", ", lang: de", True),
        (", lang: en", "", True),
        (", lang: en-GB", ", lang: en", True),
        (", lang: en", ", lang: de", False),
        ("", ", mode: partial", True),
        ("", ", mode: indirect", False),
        # Words that were published otherwise count as they were published, and only if these stand there.
        ("", ", as_published: It stands", False),
        ("", ", as_published: It flies", True),
    ],
)
def test_words_are_looked_for_in_the_text_of_their_source_where_the_two_can_be_compared(log, quote, compared):
    text = f"---\ntitle: T\npublished: 2024-03-08\nsources: {{log: {{title: A log, published: 2024{log}}}}}\nactors: {{mina: Mina Quist}}\n"
    text += f"quotes: [{{speaker: mina, via: log, text: It runs{quote}}}]\n---\nIt runs. Mina Quist\n"
    assert told(**{"explainers_one": text, "sources_log.txt": "It stands still."}) == ["quote-not-in-source"] * compared
    assert told(**{"explainers_one": text, "sources_log.txt": "It runs, they say."}) == []


@pytest.mark.parametrize("segment, codes", [("There is … figure yet", ["quote-cut-short"]), ("There is no … yet", []), ("It … late", [])])
def test_dots_that_stand_for_a_negation_in_the_kept_text_are_told(segment, codes):
    text = "---\ntitle: T\npublished: 2024-03-08\nsources: {log: {title: A log, published: 2024}}\nactors: {mina: Mina Quist}\n"
    text += f"quotes: [{{speaker: mina, via: log, text: {segment}}}]\n---\nShe said “{segment}”. Mina Quist\n"
    assert told(**{"explainers_one": text, "sources_log.txt": "“There is no figure yet. It is very late.”"}) == codes


# --- events ------------------------------------------------

EARLY = "---\ntitle: T\npublished: 2024-03-01\ntimeline: [{id: vote, when: 2024-03-05, title: The vote, status: planned}]\n---\nText.\n"


def test_each_explainer_tells_what_it_knew():
    later = EARLY.replace("03-01", "03-09").replace("status: planned", "status: occurred")
    assert told(explainers_one=EARLY, explainers_two=later) == []
    assert told(explainers_one=EARLY, explainers_two=later.replace("occurred", "planned")) == ["event-passed"]
    assert told(explainers_one=EARLY.replace("planned", "occurred"), explainers_two=later) == ["event-after-update"]


def test_a_shared_event_fits_the_latest_state_that_is_told():
    shared = "---\ntitle: The vote\nwhen: 2024-03-05\nstatus: planned\n---\n"
    bare = "---\ntitle: T\npublished: 2024-03-01\ntimeline: [vote]\n---\nText.\n"
    later = bare.replace("03-01", "03-09")
    assert told(events_vote=shared, explainers_one=bare) == []
    assert told(events_vote=shared, explainers_one=bare, explainers_two=later) == ["event-passed"]
    assert told(events_vote=shared.replace("planned", "occurred"), explainers_one=bare) == ["event-after-update"]
    assert told(events_vote=shared.replace("planned", "occurred"), explainers_one=bare, explainers_two=later) == []
    assert told(events_vote=shared.replace("status: planned\n", ""), explainers_one=bare, explainers_two=later) == []
    newer = bare.replace("03-01\n", "03-20\nas_of: 2024-03-01\n")  # the newest explainer need not tell the latest state
    assert told(events_vote=shared, explainers_one=newer) == []
    assert told(events_vote=shared, explainers_one=newer, explainers_two=later) == ["event-passed"]
    linking = later.replace("timeline: [vote]\n", "").replace("Text.", "[[vote]]")  # and who only links to it tells no state of it
    assert told(events_vote=shared, explainers_one=bare, explainers_two=linking) == []


@pytest.mark.parametrize(
    "status, codes", [("alleged", True), ("denied", True), ("expected", True), ("disputed", False), ("planned", False), ("occurred", False)]
)
def test_what_only_somebody_says_names_who_says_it(status, codes):
    text = EARLY.replace("planned", status).replace("2024-03-05", "unknown")
    assert told(explainers_one=text) == ["event-no-voice"] * codes
    assert (
        told(explainers_one=text.replace(", title:", ", by: mina, title:").replace("timeline:", "actors: {mina: Mina Quist}\ntimeline:"))
        == []
    )


@pytest.mark.parametrize("relation, early", [("answers", True), ("repeats", True), ("denies", False), ("confirms", False)])
@pytest.mark.parametrize("said, before", [("03T10:00Z", True), ("05T08:59Z", True), ("05T09:00Z", False), ("06T08:00Z", False)])
def test_nobody_answers_or_repeats_what_is_said_only_later(relation, early, said, before):
    quotes = f"[{{id: run, speaker: mina, text: It runs, said: 2024-03-05T09:00Z}}, {{speaker: mina, text: It does, said: 2024-03-{said}, {relation}: run}}]"
    text = f"---\ntitle: T\npublished: 2024-03-08\nactors: {{mina: Mina Quist}}\nquotes: {quotes}\n---\nIt runs. It does. Mina Quist\n"
    assert told(explainers_one=text) == ["reply-too-early"] * (early and before)


# --- dates in the story's own words ------------------------------------------------


@pytest.mark.parametrize(
    "words, found",
    [
        ("{says: Friday, is: 2024-03-08}", None),
        ("{says: Friday, is: 2024-03-07}", ("weekday-wrong", "Correct the date in “is”, or the word in “says”.")),
        ("{says: Friday}", ("date-open", "Add “is: 2024-03-08” if that is what it means.")),
        ("{says: Friday, as_of: 2024-03-06}", ("date-open", "Add “is: 2024-03-01” if that is what it means.")),
        ("{says: Friday, as_of: log}", ("date-open", "Add “is: 2024-02-02” if that is what it means.")),
        ("{says: Friday, as_of: blog}", ("date-open", "Add “is:” with the date that it means.")),
        ("{says: one day}", ("date-open", "Add “is:” with the date that it means.")),
        ("{says: Friday, as_of: lag, is: 2024-03-08}", ("reference-unknown", "Did you mean “log”?")),
        ("{says: Friday, as_of: zzz, is: 2024-03-08}", ("reference-unknown", "Write a date, or the id of a source.")),
    ],
)
@pytest.mark.parametrize(
    "record", ["quotes: [{speaker: unknown, text: Text, via: log, said: WHEN}]", "timeline: [{title: A vote, when: WHEN, status: planned}]"]
)
def test_friday_is_a_friday_and_says_which(record, words, found):
    sources = "sources: {log: {title: A log, published: 2024-02-05}, blog: {title: A blog, published: unknown}}"
    text = f"---\ntitle: T\npublished: 2024-03-10\nas_of: 2024-03-09\n{sources}\n{record.replace('WHEN', words)}\n---\nText.\n"
    told_of = [(problem.code, problem.help) for problem in checks.check(site_of(explainers_one=text)) if problem.code in TIED]
    assert told_of == ([found] if found else [])


TIED = {"weekday-wrong", "date-open", "reference-unknown"}


def test_the_words_of_a_shared_event_are_counted_from_the_explainer_in_whose_timeline_it_stands():
    vote = "---\ntitle: A vote\nwhen: {says: Friday}\n---\n"
    listing = "---\ntitle: T\npublished: 2024-03-09\ntimeline: [vote]\n---\nText.\n"
    linking = "---\ntitle: T\npublished: 2024-03-20\n---\n[[vote]]\n"
    found = checks.check(site_of(events_vote=vote, explainers_one=listing, explainers_two=linking))
    assert [problem.help for problem in found if problem.code in TIED] == ["Add “is: 2024-03-08” if that is what it means."]


# --- offices ------------------------------------------------


@pytest.mark.parametrize(
    "position, when, held",
    [
        ("{role: Mayor, from: 2010}", "2009", False),
        ("{role: Mayor, from: 2010}", "2010", True),
        ("{role: Mayor, to: 2010}", "2010-12-31", True),
        ("{role: Mayor, to: 2010}", "2011", False),
        ("{role: Mayor, from: 2010, to: 2012}", "unknown", True),
        ("[{role: Mayor, to: 2010}, {role: Pilot, from: 2012}]", "2011", False),
        ("[{role: Mayor, to: 2010}, {role: Pilot, from: 2011}]", "2011", True),
        ("[{role: Mayor, to: 2010}, Pilot]", "2011", True),
    ],
)
def test_who_speaks_or_acts_holds_one_of_the_given_offices_then(position, when, held):
    text = f"---\ntitle: T\npublished: 2024-03-08\nsources: {{log: {{title: A log, published: 2024}}}}\nactors: {{mina: {{name: Mina Quist, position: {position}}}}}\n"
    said = f"quotes: [{{speaker: mina, via: log, text: It runs, said: {when}}}]\n---\nIt runs. Mina Quist\n"
    done = f"timeline: [{{title: A vote, when: {when}, actors: mina}}]\n---\nMina Quist\n"
    assert told(explainers_one=text + said) == ["office-not-held"] * (not held)
    assert told(explainers_one=text + done) == ["office-not-held"] * (not held)
    heard = f"quotes: [{{speaker: bo, to: mina, via: log, text: It runs, said: {when}}}]\n---\nIt runs. Mina Quist, Bo Ray\n"
    assert told(explainers_one=text.replace("{mina:", "{bo: Bo Ray, mina:") + heard) == ["office-not-held"] * (not held)


# --- what nothing leads to ------------------------------------------------


def test_a_link_from_anywhere_but_itself_is_a_use():
    records = {
        "actors_mina": "---\nname: Mina\n---\n",
        "events_vote": "---\ntitle: A vote\nwhen: unknown\n---\n",
        "sources_log": "---\ntitle: A log\n---\n",
    }
    unused = ["actor-unused", "event-unused", "source-unused"]
    assert told(**records) == unused
    assert told(**{name: f"{text}[[{name.partition('_')[2]}]]\n" for name, text in records.items()}) == unused
    assert told(**records, pages_about="---\ntitle: About\n---\n[[mina]], [[vote]], [[log]]\n") == []


@pytest.mark.parametrize(
    "unused, use",
    [
        ("actor", "actors: [mina]"),
        ("actor", "actors: {bo: {name: Bo Ek, of: mina}}"),
        ("actor", "actors: {bo: {name: Bo Ek, position: {role: Clerk, of: mina}}}"),
        ("actor", "sources: {blog: {title: A blog, publisher: mina, published: 2024}}"),
        ("actor", "timeline: [{when: 2024, title: The talk, actors: mina}]"),
        ("actor", "timeline: [{when: 2024, title: The talk, by: mina}]"),
        ("actor", "quotes: [{speaker: mina, said: 2024, text: Text, in_body: no}]"),
        ("event", "timeline: [vote]"),
        ("event", "quotes: [{speaker: unknown, said: 2024, text: Text, about: vote}]"),
        ("source", "sources: [log]"),
        ("source", "sources: {blog: {title: A blog, published: 2024, cites: log}}"),
        ("source", "quotes: [{speaker: unknown, via: log, text: Text}]"),
        ("source", "timeline: [{when: 2024, title: The talk, sources: log}]"),
        ("source", "timeline: [{when: 2024, title: The talk, by: log}]"),
    ],
)
def test_a_shared_record_is_used_wherever_it_is_named(unused, use):
    records = {
        "actors_mina": "---\nname: Mina\n---\n",
        "events_vote": "---\ntitle: A vote\nwhen: unknown\n---\n",
        "sources_log": "---\ntitle: A log\npublished: 2024\n---\n",
    }
    text = f"---\ntitle: T\npublished: 2024-03-08\n{use}\n---\nText.\n"
    others = {"actor-unused", "event-unused", "source-unused"} - {f"{unused}-unused"}
    assert set(told(**records, explainers_one=text)) == others


@pytest.mark.parametrize(
    "of_event, of_source, codes",
    [
        ("", "", {"actor-unused", "source-unused"}),
        ("actors: mina", "", {"source-unused"}),
        ("by: mina", "", {"source-unused"}),
        ("", "publisher: mina", {"source-unused"}),
        ("sources: log", "", {"actor-unused"}),
        ("by: log", "", {"actor-unused"}),
        ("", "cites: log", {"actor-unused"}),
    ],
)
def test_what_a_shared_record_names_is_used_though_nothing_leads_to_that_record(of_event, of_source, codes):
    records = {
        "actors_mina": "---\nname: Mina\n---\n",
        "sources_log": "---\ntitle: A log\n---\n",
        "events_vote": f"---\ntitle: A vote\nwhen: unknown\n{of_event}\n---\n",
        "sources_blog": f"---\ntitle: A blog\n{of_source}\n---\n",
    }
    found = {(problem.code, problem.location.path) for problem in checks.check(site_of(**records))}
    lonely = {("event-unused", "content/events/vote.md"), ("source-unused", "content/sources/blog.md")}
    paths = {"actor-unused": "content/actors/mina.md", "source-unused": "content/sources/log.md"}
    assert found == lonely | {(code, paths[code]) for code in codes}


def test_cards_and_timelines_are_placed_in_explainers_alone():
    files = {
        "explainers_one": "---\ntitle: T\npublished: 2024-03-08\ntimeline: [vote]\n---\n![[timeline]]\n\n![[vote]]\n",
        "actors_mina": "---\nname: Mina\n---\n[[mina]]\n\n![[timeline]]\n",
        "events_vote": "---\ntitle: A vote\n---\n[[mina]]\n\n![[who]]\n",
        "sources_log": "---\ntitle: A log\n---\n[[log]]\n\n![[vote]]\n",
        "pages_about": "---\ntitle: About\n---\n[[log]]\n\n![[vote]]\n",
    }
    found = [(problem.location.path, problem.location.line) for problem in checks.check(site_of(**files)) if problem.code == "embed-place"]
    where = [("actors/mina", 6), ("events/vote", 6), ("pages/about", 6), ("sources/log", 6)]
    assert sorted(found) == [(f"content/{path}.md", line) for path, line in where]


@pytest.mark.parametrize(
    "filter_, found",
    [
        ("actor=mina", None),
        ("actor=minna", ("reference-unknown", "Did you mean “mina”?")),
        ("status=occurred", None),
        ("place=town", ("embed-filter", "Its filters are actor=… and status=….")),
    ],
)
def test_the_filters_of_a_timeline_name_what_there_is(filter_, found):
    text = f"---\ntitle: T\npublished: 2024-03-08\nactors: {{mina: Mina Quist}}\n---\nMina Quist\n\n![[timeline {filter_}]]\n"
    assert [(problem.code, problem.help) for problem in checks.check(site_of(explainers_one=text))] == ([found] if found else [])


# --- paths ------------------------------------------------


@pytest.mark.parametrize(
    "pages, copies, claimed",
    [
        (["a/index.html=page.html", "b/index.html=page.html"], ["c.txt"], []),
        (["old/index.html=redirect.html", "old/index.html=redirect.html"], [], ["/old/index.html"]),
        (["a/index.html=page.html"], ["a/index.html"], ["/a/index.html"]),
        (["a/index.html=page.html"], ["A/index.html"], ["/A/index.html"]),
        (["a/index.html=page.html"], ["a"], ["/a"]),
        ([], ["a/b", "a/b/c/d.txt"], ["/a/b"]),
        # Topics that are spelled in two ways are told of where they stand.
        (["topics/a/index.html=topic.html", "topics/a/index.html=topic.html"], [], []),
        (["topics/a/index.html=topic.html"], ["topics/a/index.html"], ["/topics/a/index.html"]),
    ],
)
def test_each_path_has_one_owner(pages, copies, claimed):
    entries = [
        PageEntry(*page.split("="), page.rpartition("=")[2].removesuffix(".html"), ("topic" if "topic" in page else "", ""))
        for page in pages
    ]
    found = checks.paths(entries, {path: f"content/static/{path}" for path in copies})
    assert [f"/{clash.second if clash.makers[1] else clash.first}" for clash in found] == claimed


# --- the policies behind the rules ------------------------------------------------

POLICIES = {
    "words_in_source_text": ("quote-not-in-source", {"AP"}),
    "named_under_terms": ("quote-names-source", {"AP", "Reuters"}),
    "off_record": ("off-record", {"AP", "Reuters"}),
    "missing_description": ("unnamed-undescribed", {"AP"}),
    "missing_basis": ("unnamed-basis", {"New York Times"}),
    "missing_reason": ("unnamed-reason", {"Reuters"}),
    "boilerplate_reason": ("unnamed-boilerplate", {"New York Times"}),
    "count_and_number": ("unnamed-count", {"Reuters"}),
    "opinions_of_unnamed": ("unnamed-opinion", {"AP"}),
}
"""Rule → its code, and whose published policy stands behind it."""


def newsrooms(text):
    return {name for name in ("AP", "Reuters", "New York Times") if re.search(rf"\b{name}\b", text)}


def test_a_rule_and_its_section_in_the_guide_name_the_same_policy():
    sections = dict(re.findall(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL))
    behind = {rule.__name__: newsrooms(rule.__doc__ or "") for rules in checks.RULES.values() for rule in rules}
    assert {name: found for name, found in behind.items() if found} == {name: policy for name, (_, policy) in POLICIES.items()}
    assert {code: newsrooms(sections[code]) for code, _ in POLICIES.values()} == dict(POLICIES.values())


def test_every_rule_says_what_it_holds():
    rules = [rule for rules in checks.RULES.values() for rule in rules]
    assert len(set(rules)) == len(rules) >= 20
    for rule in rules:
        assert rule.__doc__, rule.__name__


@pytest.mark.parametrize(
    "value, help", [("plannd", "Did you mean “planned”?"), ("x", "An event is one of these: occurred, ongoing,")], ids=["near", "far"]
)
def test_a_timeline_of_a_status_that_there_is_not_is_told(value, help):
    text = f"---\ntitle: T\npublished: 2024-03-08\n---\n![[timeline status={value}]]\n\n![[timeline status=planned]]\n"
    (found,) = (problem for problem in checks.check(site_of(explainers_one=text)) if problem.code == "embed-filter")
    assert (found.message, found.location.line) == (f"No event has the status “{value}”.", 5)
    assert found.help.startswith(help)


# --- what claims rest on ------------------------------------------------

LOG, BLOG = "log: {title: A log, published: 2024}", "blog: {title: A blog, published: 2024}"


@pytest.mark.parametrize("given, severity", [("", "error"), (", said: unknown", "error"), (", said: 2024-03-01", "warning")])
def test_a_quote_without_a_source_is_an_error_and_with_its_day_a_warning(given, severity):
    text = f"---\ntitle: T\npublished: 2024-03-08\nsources: {{{LOG}, {BLOG}}}\nquotes: [{{text: It runs, speaker: unknown{given}}}]\n---\n“It runs.”\n"
    (problem,) = checks.check(site_of(explainers_one=text))
    assert (problem.code, problem.severity) == ("quote-no-source", severity)


@pytest.mark.parametrize(
    "sources, event, is_told",
    [
        (f"{LOG}, {BLOG}", "", True),
        ("", "", True),
        (f"{LOG}, {BLOG}", "status: ongoing", True),
        (f"{LOG}, {BLOG}", "sources: log", False),
        (f"{LOG}, {BLOG}", "by: log", False),
        (f"{LOG}, {BLOG}", "history: [{status: occurred, on: 2024-03-01, source: log}]", False),
        (f"{LOG}, {BLOG}", "history: [{status: planned, on: 2024-03-01, source: log}]", True),
        (f"{LOG}, {BLOG}", "status: planned", False),
        (f"{LOG}, {BLOG}", "status: cancelled", False),
        (f"{LOG}, {BLOG}", "when: 2024-04-01", False),
        # What is told where there is one source rests on it, as quotes do; a copy is a second one.
        (LOG, "", False),
        (f"{LOG}, copy: {{title: A copy, published: 2024, cites: log}}", "", True),
    ],
)
def test_what_happened_says_where_that_is_reported_or_who_says_so(sources, event, is_told):
    when = "" if "when" in event else "when: 2024-03-01, "
    text = f"---\ntitle: T\npublished: 2024-03-08\nsources: {{{sources}}}\ntimeline: [{{{when}title: A vote{', ' if event else ''}{event}}}]\n---\nText.\n"
    assert ("event-no-source" in told_in_full(explainers_one=text)) is is_told


def test_an_event_of_several_explainers_rests_on_the_only_source_of_any():
    text = "---\ntitle: T\npublished: 2024-03-08\nsources: {{{}}}\ntimeline: [vote]\n---\nText.\n"
    files = {"events_vote": "---\ntitle: A vote\nwhen: 2024-03-01\n---\n", "explainers_one": text.format("")}
    assert told_in_full(**files) == ["event-no-source"]
    assert told_in_full(**files, explainers_two=text.format(LOG)) == []


@pytest.mark.parametrize(
    "record, is_told",
    [
        ("", True),
        ("note: a copy\n", True),
        ("published: 2024\n", True),
        ("title: A log\n", False),
        ("publisher: A desk\n", False),
        ("url: https://example.org/\n", False),
    ],
)
def test_a_source_of_which_nothing_is_known_but_its_id_is_told(record, is_told):
    text = "---\ntitle: T\npublished: 2024-03-08\nsources: [log]\n---\nText.\n"
    assert ("source-nameless" in told_in_full(explainers_one=text, sources_log=f"---\n{record}---\n")) is is_told
    front = text.replace("[log]", f"{{log: {{{record.strip()}}}}}")
    assert ("source-nameless" in told_in_full(explainers_one=front)) is is_told


@pytest.mark.parametrize(
    "a, b, c, via, right",
    [
        ("published: 2024-03-04, cites: b", "published: 2024-03-03", "", "[a, b]", "[b, a]"),
        ("published: 2024-03-04, cites: b", "published: 2024-03-03", "", "[b, a]", ""),
        ("cites: b", "title: B", "", "[a, b]", "[b, a]"),
        ("published: 2024-03-04", "published: 2024-03-03", "", "[a, b]", "[b, a]"),
        ("published: 2024-03-04", "published: 2024-03", "", "[a, b]", ""),
        ("published: 2024-03-04", "published: 2024-03-04", "", "[a, b]", ""),
        ("cites: c", "title: B", "cites: b", "[a, b]", "[b, a]"),
        ("cites: c", "title: B", "cites: b", "[a, c, b]", "[b, c, a]"),
        # What is said of the two contradicts itself, or tells nothing.
        ("cites: b", "cites: a", "", "[a, b]", ""),
        ("published: 2024-03-02, cites: b", "published: 2024-03-03", "", "[a, b]", ""),
        ("title: A", "title: B", "", "[a, b]", ""),
    ],
)
def test_the_sources_of_a_quote_begin_with_its_first_publisher(a, b, c, via, right):
    sources = "".join(f"  {key}: {{publisher: P, {given}}}\n" for key, given in (("a", a), ("b", b), ("c", c or "note: N")))
    text = f"---\ntitle: T\npublished: 2024-03-08\nsources:\n{sources}quotes: [{{speaker: unknown, text: It runs, said: 2024, via: {via}}}]\n---\nIt runs.\n"
    found = [problem.help for problem in checks.check(site_of(explainers_one=text)) if problem.code == "via-order"]
    assert found == ([f"Write “via: {right}”, or correct “cites:” or “published:” of these sources."] if right else [])


@pytest.mark.parametrize("key", ["speaker", "to"])
@pytest.mark.parametrize(
    "who, codes", [("[unknown, mina]", 1), ("[mina, unknown]", 1), ("[unknown]", 0), ("unknown", 0), ("[mina, bo]", 0)]
)
def test_unknown_beside_a_name_is_told(key, who, codes):
    other = "speaker: mina, " if key == "to" else ""
    text = f"---\ntitle: T\nquotes: [{{{other}{key}: {who}, text: It runs}}]\n---\nIt runs.\n"
    found = [problem for problem in parse("content/explainers/one.md", text.encode()).diagnostics if problem.code == "unknown-beside-name"]
    assert [(problem.message, problem.location.line) for problem in found] == [(f"“unknown” stands beside a name in “{key}”.", 3)] * codes


MARKED = """---
format: 2
title: T
published: 2024-03-08
sources:
  one: Lantern, One, 2024-03-07
  two: Lantern, Two, 2024-03-07
actors:
  ann: Ann Lee
{more}---
{text}
"""


@pytest.mark.parametrize(
    "code, text, advice, more, instead",
    [
        (
            "quote-no-source",
            "“No”{by=ann}",
            "{by=ann source=…}, or {source=…} at the end of the paragraph",
            "quotes: [{ann: No}]\n",
            "“via:”",
        ),
        ("event-no-source", "[It sailed]{on=2024-03-01}", "“source=” to the mark", "timeline: [2024-03-01: It sailed]\n", "“sources:”"),
        ("quotation-unrecorded", "“Unsaid”", "{by=id}, with the id of the speaker", "", ""),
    ],
)
def test_what_to_do_is_told_in_the_words_of_a_mark_where_one_has_made_the_record(code, text, advice, more, instead):
    def help_of(front, words):
        site = site_of(explainers_one=MARKED.format(more=front, text=words))
        return next(problem.help for problem in checks.check(site) if problem.code == code)

    assert advice in help_of("", text)
    if more:
        assert instead in help_of(more, "“No”")
