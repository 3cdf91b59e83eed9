"""Whoever is told to have said, heard or reported something is known to have, or is marked, on every page and in every file that tells it."""

import csv
import io
import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder import linking
from builder.build.pipeline import Options, build
from builder.content.parse import parse
from builder.i18n import language
from builder.model import Settings
from builder.pages import cards, data_records, search_records

STORY = """---
title: Will the ferry run?
published: 2024-03-08
sources:
  gazette: {publisher: Harbour Gazette, title: Ferry in doubt, published: 2024-03-07}
actors:
  mina: {name: Mina Quist}
  council: {type: PublicBody, name: Saltholm Council}
unnamed:
  clerk: {described_as: a clerk at the hall, knows_because: unknown, anonymity_reason: unknown}
quotes:
  - {id: plain, speaker: mina, text: The ferry will run., about: vote}
  - {id: asked, speaker: mina, text: We have the money., medium: interview}
  - {id: likely, speaker: clerk, text: nothing has been signed, cert: medium}
  - {id: doubtful, speaker: mina, text: the boat is sold, cert: low, mode: indirect}
  - {id: sense, speaker: council, text: there is no date yet, mode: indirect}
  - {id: garbled, speaker: clerk, text: the bolt is sound, as_published: the bolt is sound, corrected: the boat is sound, cert: low}
timeline:
  - {id: vote, when: 2024-03-11, title: The council votes, actors: [council], by: mina}
  - {id: storm, when: 2024-03-01, title: A storm}
---
“The ferry will run.” “We have the money.” A clerk says “nothing has been signed” and “the bolt is sound”.
Mina is said to hold that the boat is sold. The council says that there is no date yet.
"""
"""Nobody tells to whom, on what terms or when; an only source, and an interview, tell a little."""

LIKELY, DOUBTFUL = "attribution likely, not certain", "attribution doubtful"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    root = tmp_path_factory.mktemp("story")
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\nbase_url: https://example.org/\ndata: full\nembeds: yes\n", "utf-8")
    (root / "content/explainers/ferry.md").write_text(STORY, "utf-8")
    report = build(Options(root, root / "out", jobs=1, cache=False))
    assert not report.diagnostics
    return root / "out"


def told(out, path, selector):
    return [" ".join(node.text().split()) for node in LexborHTMLParser((out / path).read_text("utf-8")).css(selector)]


LISTS = {
    "explainers/ferry/statements/index.html": ".statements",
    "actors/mina/index.html": ".quotes",
    "sources/gazette/index.html": ".quotes",
    "quotes/index.html": ".quotes",
    "embed/quotes/ferry/asked/index.html": ".quote-brief",
    "embed/quotes/ferry/plain/index.html": ".quote-brief",
    "events/vote/index.html": ".quotes",
}
"""Every kind of page that shows quotes, and where."""


@pytest.mark.parametrize("path", LISTS)
def test_what_nobody_wrote_is_marked_wherever_it_is_shown(out, path):
    found = told(out, path, LISTS[path])
    assert found
    for words in found:
        assert words.count("Harbour Gazette") == words.count("(inferred)"), words
        assert "Harbour Gazette" in words
        if "interview" in words:
            assert "to Harbour Gazette (inferred)" in words


def test_no_page_or_file_tells_of_terms_that_nobody_gave(out):
    for path in out.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".json", ".csv", ".jsonld", ".ics", ".xml"} and "schema" not in path.name:
            text = path.read_text("utf-8")
            for terms in ("on the record", "on background", "unknown terms", "on-record", '"rules"'):
                assert terms not in text, (path, terms)


def test_only_an_interview_tells_who_was_spoken_to(out):
    for path in ("explainers/ferry/data.json", "data/quotes.json", "actors/mina/data.json", "sources/gazette/data.json"):
        quotes = {quote["id"].partition("#")[2]: quote for quote in json.loads((out / path).read_text("utf-8"))["quotes"]}
        assert {name: quote["derived"] for name, quote in quotes.items() if "to" in quote} == {"asked": ["via", "to", "mode"]}
        # What a paraphrase is, its author wrote; whether a quote is whole sentences, nobody did.
        others = {name: quote["derived"] for name, quote in quotes.items() if name != "asked"}
        assert others == {name: ["via"] if quotes[name]["kind"] == "paraphrase" else ["via", "mode"] for name in others}


def test_a_table_leaves_out_whom_an_interview_was_given_to_and_names_the_columns_that_nobody_wrote(out):
    for path in ("data/quotes.csv", "explainers/ferry/quotes.csv", "actors/mina/quotes.csv", "sources/gazette/quotes.csv"):
        rows = list(csv.DictReader(io.StringIO((out / path).read_text("utf-8"), newline="")))
        assert rows
        for row in rows:
            assert (row["to"], row["said"], row["mode"] in {"", "indirect"}) == ("", "", True)
            assert (row["source_ids"], row["derived"]) == ("gazette", "source_ids; sources")
    events = {row["id"]: row for row in csv.DictReader(io.StringIO((out / "data/events.csv").read_text("utf-8"), newline=""))}
    assert {key: (row["status"], row["derived"]) for key, row in events.items()} == {
        "vote": ("planned", "status"),
        "storm": ("occurred", "status"),
    }


def test_doubt_stands_wherever_the_words_do(out):
    for path in ("explainers/ferry/statements/index.html", "actors/clerk/index.html", "sources/gazette/index.html", "quotes/index.html"):
        for words in told(out, path, ".quote-brief, .quote-card"):
            assert (LIKELY in words) == ("nothing has been signed" in words), (path, words)
            # How certain a reading of garbled words is tells nothing of whose they are.
            assert (DOUBTFUL in words) == ("the boat is sold" in words), (path, words)
    margin = " ".join(told(out, "explainers/ferry/index.html", ".sidenote"))
    assert (margin.count(LIKELY), margin.count(DOUBTFUL)) == (1, 1)
    assert told(out, "embed/quotes/ferry/likely/index.html", ".doubt") == [LIKELY]
    assert told(out, "embed/quotes/ferry/doubtful/index.html", ".doubt") == [DOUBTFUL]
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO((out / "data/quotes.csv").read_text("utf-8"), newline=""))}
    assert (rows["ferry#likely"]["cert"], rows["ferry#doubtful"]["cert"]) == ("medium", "low")
    assert (rows["ferry#garbled"]["cert"], rows["ferry#garbled"]["corrected"]) == ("low", "the boat is sound")


def test_annotations_say_what_the_margin_says(out):
    items = json.loads((out / "explainers/ferry/annotations.jsonld").read_text("utf-8"))["first"]["items"]
    words = {item["id"].rpartition("--")[2]: item["body"][0]["value"] for item in items}
    assert words == {
        "plain": "Mina Quist; Reported 7 March 2024",
        "asked": "Mina Quist; to Harbour Gazette (inferred); Reported 7 March 2024",
        "likely": f"a clerk at the hall; Reported 7 March 2024; {LIKELY}",
        "garbled": "a clerk at the hall; Reported 7 March 2024",
        "doubtful": f"Mina Quist; paraphrase; Reported 7 March 2024; {DOUBTFUL}",
        "sense": "Saltholm Council; paraphrase; Reported 7 March 2024",
    }


def test_linked_data_have_no_source_that_nobody_wrote_and_no_speaker_that_is_doubtful(out):
    page = LexborHTMLParser((out / "explainers/ferry/statements/index.html").read_text("utf-8"))
    parts = {
        part["@id"].rpartition("--")[2]: part for part in json.loads(page.css_first("script[type='application/ld+json']").text())["hasPart"]
    }
    assert not any("isBasedOn" in part or "dateCreated" in part for part in parts.values())
    assert {name: part["@type"] for name, part in parts.items() if part["@type"] == "Claim"} == {"doubtful": "Claim", "sense": "Claim"}
    assert (parts["doubtful"]["disambiguatingDescription"], "creator" in parts["doubtful"]) == (f"Mina Quist: {DOUBTFUL}", False)
    assert (parts["likely"]["disambiguatingDescription"], len(parts["likely"]["spokenByCharacter"])) == (LIKELY, 1)
    assert "disambiguatingDescription" not in parts["garbled"]


def test_who_is_connected_with_a_source_is_told_as_certainly_as_it_is_known(out):
    lines = map(json.loads, (out / "data/entities.ftm.json").read_text("utf-8").splitlines())
    found = {line["properties"]["entity"][0]: line["properties"] for line in lines if line["schema"] == "Documentation"}
    assert {key: (entry["role"], entry["summary"]) for key, entry in found.items()} == {
        "actor-mina": (["quoted"], ["inferred"]),
        "actor-council": (["paraphrased"], ["inferred"]),
    }


def test_doubt_stands_with_a_quote_where_another_one_names_it():
    more = "  - {id: no, speaker: council, text: no such thing, said: 2024-03-08, denies: doubtful, in_body: no}\ntimeline:"
    document = parse("content/explainers/ferry.md", STORY.replace("timeline:", more, 1).encode())
    site = linking.link(Settings(), language.load("en"), (document,))[0]
    (relation,) = cards.quote_card(site, ("ferry", "no")).relations
    assert (relation.told, relation.doubt) == (f"denies Mina Quist, {DOUBTFUL}", DOUBTFUL)
    (record,) = data_records.quote(site, ("ferry", "no")).relations
    assert record.words == f"denies: the boat is sold (Mina Quist, {DOUBTFUL})"


def test_paraphrases_are_counted_apart_wherever_there_is_a_count(out):
    assert told(out, "explainers/ferry/index.html", ".origins") == ["One report (Harbour Gazette, 7 Mar 2024)."]
    assert told(out, "explainers/ferry/index.html", ".segments") == ["1 named · 1 institution · 1 unnamed; 1 only paraphrased (half bars)"]
    assert "4 quotes, 2 paraphrases" in told(out, "explainers/ferry/index.html", ".fold .number")
    assert told(out, "explainers/ferry/statements/index.html", ".legend li")[:5] == [
        "named people: 2 quotes",
        "institutions: 1 paraphrase",
        "unnamed sources: 2 quotes",
        "doubtfully attributed: 1 paraphrase",
        "named",
    ]
    cast = " ".join(told(out, "explainers/ferry/index.html", ".cast"))
    assert "2 quotes, 1 paraphrase" in cast
    assert "1 paraphrase" in cast
    assert "4 quotes, 2 paraphrases, 2 events" not in cast
    assert told(out, "sources/index.html", "tbody tr:first-child td.end")[:2] == ["4", "2"]
    assert told(out, "quotes/index.html", ".head h1, .head .as-of") == ["Quotes", "4 quotes, 2 paraphrases"]
    voices = LexborHTMLParser((out / "explainers/ferry/index.html").read_text("utf-8")).css(".voices-bar path")
    assert {" 0h" in voice.attributes["d"] for voice in voices} == {True, False}


def test_a_paraphrase_is_never_shown_as_quoted_words(out):
    for path in out.rglob("*.html"):
        for words in ("the boat is sold", "there is no date yet"):
            assert f"“{words}" not in "".join(told(out, path.relative_to(out), "body"))


def test_search_narrows_by_who_is_named_and_finds_paraphrases_apart():
    document = parse("content/explainers/ferry.md", STORY.encode())
    site = linking.link(Settings(), language.load("en"), (document,))[0]
    found = [(record, dict(record.filters)) for record in search_records.records(site) if record.kind in {"quote", "paraphrase"}]
    assert [(record.kind, filters["kind"], filters["basis"]) for record, filters in found] == [
        ("quote", "quote", "named person"),
        ("quote", "quote", "named person"),
        ("quote", "quote", "not named"),
        ("paraphrase", "paraphrase", "named person"),
        ("paraphrase", "paraphrase", "institution"),
        ("quote", "quote", "not named"),
    ]
    assert [record.note.partition(" · ")[0] for record, _ in found] == [
        "Mina Quist",
        "Mina Quist to Harbour Gazette (inferred)",
        f"An unnamed clerk at the hall, {LIKELY}",
        f"Mina Quist, paraphrased, {DOUBTFUL}",
        "Saltholm Council, paraphrased",
        "An unnamed clerk at the hall",
    ]
    assert all("Reported 7 March 2024" in record.note for record, _ in found)
    assert found[0][0].title == "“The ferry will run.”"
    assert found[3][0].title == "the boat is sold"


@pytest.mark.parametrize(
    "status, told", [("alleged", "They meet (alleged)"), ("planned", "They meet (planned)"), ("occurred", "They meet")]
)
def test_search_shows_what_a_quote_is_about_with_its_status_and_a_doubtful_speaker_with_the_doubt(status, told):
    front = f"actors: {{ann: Ann Lee}}\ntimeline: [{{id: e, when: 2024-03-01, title: They meet, status: {status}, by: ann}}]\n"
    quotes = "quotes: [{speaker: ann, text: We met, cert: low, resp: Harbour Gazette, about: e}]\n"
    document = parse("content/explainers/a.md", f"---\ntitle: T\npublished: 2024-03-08\n{front}{quotes}---\n“We met.”\n".encode())
    site = linking.link(Settings(), language.load("en"), (document,))[0]
    (text,) = (record.text for record in search_records.records(site) if record.kind == "quote")
    assert text == f"Ann Lee ({DOUBTFUL}) · {told}"
