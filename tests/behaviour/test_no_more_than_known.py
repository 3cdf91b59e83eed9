"""Pages and files for machines say no more than what is known: whole builds of one explainer, each with what a reader is told."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build
from builder.linking import defaults

HEAD = "---\ntitle: T\npublished: 2025-10-16\n"


NOT_THE_POINT = {"unnamed-basis", "unnamed-reason", "actor-unused", "quote-no-source", "event-no-source", "quote-no-marks"}
"""What is told of many of these sites, and is not what they are about."""


@pytest.fixture
def built(tmp_path):
    """Return a function that builds an explainer, and returns what reads a file of the site."""

    def make(front, body, language="en", *, codes=()):
        content = tmp_path / "root/content"
        (content / "explainers").mkdir(parents=True)
        (content / "site.yaml").write_text(f"title: T\nbase_url: https://example.org/\ndata: full\nlanguage: {language}\n", "utf-8")
        (content / "explainers/a.md").write_text(f"{HEAD}{front}---\n{body}\n", "utf-8")
        report = build(Options(tmp_path / "root", tmp_path / "out", jobs=1, cache=False))
        assert {problem.code for problem in report.diagnostics} <= {*NOT_THE_POINT, *codes}, report.diagnostics
        return lambda path: (tmp_path / "out" / path).read_text("utf-8")

    return make


def words(html, selector="main"):
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(selector)]


def linked(html):
    return json.loads(LexborHTMLParser(html).css_first("script[type='application/ld+json']").text())


ACTORS = (
    "actors: {ob: {name: Ottoline Brack}, council: {type: PublicBody, name: Gullhaven Council}}\nunnamed: {clerk: a clerk at the hall}\n"
)


@pytest.mark.parametrize(
    "translation, told",
    [
        ("{text: xx, by: Tom}", "xx (translated by: Tom)"),
        ("{text: xx, by: Tom, method: human}", "xx (translated by a person: Tom)"),
        ("xx", "xx (translator not named)"),
    ],
)
def test_a_translation_with_a_name_has_somebody_who_made_it(built, translation, told):
    read = built(
        f"{ACTORS}quotes: [{{speaker: ob, text: Wir gehen, lang: de, said: 2025-10-15, translation: {translation}}}]\n",
        "Wir gehen.",
        codes={"quote-unsourced"},
    )
    assert told in words(read("explainers/a/statements/index.html"), ".quote-card .beside dd")


def test_who_publishes_their_own_words_did_not_say_them_to_themselves(built):
    sources = "sources: {release: {publisher: council, title: A statement, published: 2025-10-15T14:30Z, url: 'https://example.com/'}}\n"
    read = built(
        f"{ACTORS}{sources}quotes: [{{speaker: council, text: We have voted}}, {{speaker: ob, text: So have I}}]\n",
        "We have voted. So have I.",
    )
    cards = words(read("explainers/a/statements/index.html"), ".quote-card .who")
    assert cards == [f"{who}, reported at 14:30 UTC on 15 October 2025" for who in ("Gullhaven Council", "Ottoline Brack")]
    assert set(words(read("explainers/a/statements/index.html"), ".derived")) == {"(inferred)"}
    assert "Said to them" not in read("actors/council/index.html")
    assert set(words(read("explainers/a/statements/index.html"), ".quote-card .when")) == {"reported at 14:30 UTC on 15 October 2025"}


@pytest.mark.parametrize(
    "language, described, speakers, told",
    [
        ("en", "a clerk", "[ob, clerk]", "Ottoline Brack and an unnamed clerk"),
        ("en", "a clerk", "[clerk, ob]", "An unnamed clerk and Ottoline Brack"),
        ("en", "officials", "[ob, clerk]", "Ottoline Brack and officials"),
        ("de", "eine Beamtin", "[ob, clerk]", "Ottoline Brack und eine Beamtin"),
        ("de", "eine Beamtin", "clerk", "Eine Beamtin"),
    ],
)
def test_only_the_first_of_several_begins_with_a_capital(built, language, described, speakers, told):
    front = f"actors: {{ob: {{name: Ottoline Brack}}}}\nunnamed: {{clerk: {described}}}\nquotes: [{{speaker: {speakers}, text: We go, said: 2025-10-15}}]\n"
    read = built(front, "We go.", language, codes={"quote-unsourced"})
    (sign,) = LexborHTMLParser(read("explainers/a/index.html")).css(".quote-sign")
    assert sign.attributes["aria-label"] == told


@pytest.mark.parametrize(
    "when, start, end, sure",
    [
        ("2014", "2014", None, True),
        ("2014/2022", "2014", "2022", True),
        ("2014-05/2022-01-18", "2014-05", "2022-01-18", True),
        ("2022/..", "2022", None, True),
        ("../2022-01", None, "2022-01", True),
        ("2022-21/2022-22", None, None, True),
        ("202X/203X", None, None, True),
        ("2014~/2022", None, None, False),
        ("'{2022-01-18,2022-01-21}'", None, None, True),
        ("'[2022-01-18,2022-01-21]'", None, None, False),
        ("'[2022-01-18..]'", None, None, False),
        ("'[..2022-01-18]'", None, None, False),
    ],
)
def test_files_for_machines_claim_no_day_that_nobody_gave(built, when, start, end, sure):
    read = built(f"timeline: [{{id: e, when: {when}, title: An event}}]\n", "Text.")
    node = linked(read("events/e/index.html"))
    assert (node.get("startDate"), node.get("endDate")) == (start, end)
    entities = map(json.loads, read("data/entities.ftm.json").splitlines())
    given = next(entity for entity in entities if entity["id"] == "event-e")["properties"]
    if when == "2014":
        assert (given["date"], "startDate" in given) == (["2014"], False)
    else:
        assert (given.get("startDate"), given.get("endDate"), "date" in given) == (start and [start], end and [end], False)
    assert json.loads(read("events/e/data.json"))["event"]["when"].get("sure", True) is sure
    coverage = linked(read("explainers/a/index.html")).get("temporalCoverage")
    assert coverage == ("2014/2014" if when == "2014" else f"{start}/{end}" if start and end else None)


def test_events_together_cover_no_more_than_each(built):
    read = built("timeline: [{when: 2014/2015, title: A}, {when: 2014-06, title: B}, {when: 2015-12-30, title: C}]\n", "Text.")
    assert linked(read("explainers/a/index.html"))["temporalCoverage"] == "2014/2015"


def test_a_quote_is_in_the_language_of_its_explainer_unless_it_says_another(built):
    quotes = "quotes: [{speaker: ob, text: Nous partons, said: 2025-10-15}, {speaker: ob, text: We go, lang: en, said: 2025-10-15}]\n"
    read = built(f"lang: fr\n{ACTORS}{quotes}", "Nous partons. We go.", codes={"quote-unsourced"})
    assert [part["inLanguage"] for part in linked(read("explainers/a/statements/index.html"))["hasPart"]] == ["fr", "en"]
    assert {node.attributes.get("lang") for node in LexborHTMLParser(read("quotes/index.html")).css("blockquote")} == {"fr", "en"}
    assert "dir=" not in read("quotes/index.html")


def test_what_is_read_another_way_than_the_site_says_so(built):
    quotes = "quotes: [{speaker: ob, text: نحن نذهب, said: 2025-10-15}, {speaker: ob, text: We go, lang: en, said: 2025-10-15}]\n"
    read = built(f"lang: ar\n{ACTORS}{quotes}", "نحن نذهب. We go.")
    page, ledger = (LexborHTMLParser(read(f"explainers/a/{name}")) for name in ("index.html", "statements/index.html"))
    assert page.css_first(".text").attributes["dir"] == "rtl"
    assert [node.attributes.get("dir") for node in ledger.css(".quote-card blockquote")] == ["rtl", "ltr"]
    assert "rtl" in {node.attributes.get("dir") for node in LexborHTMLParser(read("quotes/index.html")).css("blockquote")}


def test_the_sense_of_words_is_no_quotation(built):
    read = built(
        f"{ACTORS}quotes: [{{speaker: ob, text: that they would go, mode: indirect, said: 2025-10-15}}]\n", "She said that they would go."
    )
    part = linked(read("explainers/a/statements/index.html"))["hasPart"][0]
    assert (part["@type"], part["description"], part["creator"][0]["@id"]) == (
        "Claim",
        "that they would go",
        "https://example.org/actors/ob/",
    )
    assert not {"text", "spokenByCharacter"} & set(part)


def test_a_calendar_is_in_the_language_of_the_site(built):
    read = built(f"{ACTORS}timeline: [{{id: e, when: 2025-10-20, title: Ein Fest, by: ob}}]\n", "Text.", "de")
    told = read("events/e/event.ics").replace("\n ", "")
    assert "DESCRIPTION:20. Oktober 2025. geplant (erschlossen)\\, gesagt von Ottoline Brack" in told


@pytest.mark.parametrize(
    "words, mode",
    [
        ("über den Verkauf der Fähre haben wir gesprochen", "partial"),
        ("Über den Verkauf der Fähre haben wir gesprochen", "direct"),
        ("“Écoutez.”", "direct"),
        ("état de fait.", "partial"),
        ("3 boats left.", "direct"),
        ("3 boats left the harbour that day", "partial"),
        ("نحن نذهب إلى البحر كل يوم", "partial"),
        ("We go", "partial"),
        ("…", "partial"),
    ],
)
def test_a_small_letter_of_any_alphabet_begins_no_sentence(words, mode):
    assert defaults.mode((words,)) == mode


def test_what_an_author_notes_of_an_unnamed_source_is_shown_nowhere(built):
    front = (
        "actors: {ob: {name: Ottoline Brack, x_shoe: size 41}}\nunnamed: {clerk: {described_as: a clerk, x_workplace: the third floor}}\n"
    )
    read = built(
        f"{front}quotes: [{{speaker: [clerk, ob], text: We go, said: 2025-10-15}}]\n",
        "We go, said Ottoline Brack.",
        codes={"quote-unsourced"},
    )
    assert "third floor" not in read("actors/clerk/index.html") + read("actors/clerk/data.json")
    assert "size 41" in read("actors/ob/index.html")


def test_a_quote_within_another_has_no_link_into_the_text(built):
    quotes = (
        "quotes: [{id: q1, speaker: ob, text: We go home now, said: 2025-10-15}, {id: q2, speaker: ob, text: go home, said: 2025-10-15}]\n"
    )
    read = built(f"{ACTORS}{quotes}", "We go home now.", codes={"quote-overlap"})
    page = LexborHTMLParser(read("explainers/a/index.html"))
    ids = {node.attributes["id"] for node in page.css("[id]")}
    assert {"quote--q1", "quote--q2"} < ids
    assert [node.attributes["href"] for node in page.css("a.elsewhere")] == ["../../explainers/a/statements/#quote--q2"]
    ledger = LexborHTMLParser(read("explainers/a/statements/index.html"))
    assert [node.attributes["href"] for node in ledger.css(".quote-card .basis a")] == ["../../../explainers/a/#quote--q1"]


def test_a_source_is_said_to_carry_the_events_that_it_vouches_for(built):
    sources = "sources: {gazette: {title: Gazette, published: 2025-10-15, url: 'https://example.com/'}}\n"
    timeline = "timeline: [{when: 2025-10-01, title: A vote, status: alleged, by: gazette}]\n"
    read = built(f"{ACTORS}{sources}{timeline}quotes: [{{speaker: ob, text: We go}}]\n", "We go.")
    assert "1 quote, 1 event" in words(read("sources/gazette/index.html"), "dl.facts dd")
