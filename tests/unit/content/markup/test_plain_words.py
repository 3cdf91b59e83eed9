"""A link without words of its own is called as what it leads to, wherever its text is shown or given to machines: never by an id."""

import re

import pytest

from builder import linking
from builder.content import markup
from builder.content.markup.plain_words import named, sections, status_words
from builder.content.parse import parse
from builder.i18n import language
from builder.incremental.memo import Memory
from builder.model import Settings, Target
from builder.pages import body_html, cards, data_records, event_records, search_records

NAMES = {"ob-1": "Ottoline Brack", "kc": "the Council", "ev-7": "a session"}


def read(text):
    return markup.read(text, path="content/explainers/a.md", line=1)[0]


def name(link):
    return NAMES.get(link.target, link.target)


@pytest.mark.parametrize(
    "text, words",
    [
        ("No links.", "No links."),
        ("[[ob-1]] of [[kc]][[kc]].", "Ottoline Brack of the Councilthe Council."),
        ("[[ob-1|she]] and [[ob-1]]", "she and Ottoline Brack"),
        ("[[nobody]]", "nobody"),
        ("One[^1] [[kc]].\n\nThree.\n\n[^1]: Two of [[ob-1]].", "One the Council.\n\nTwo of Ottoline Brack.\n\nThree."),
    ],
)
def test_words_are_those_of_the_page(text, words):
    assert named(read(text), name).text == words


def test_a_place_in_the_text_is_found_again_between_its_links():
    text = "So [[ob-1]] came.\n\nThen[^1] [[kc]] met.\n\n[^1]: Said [[ev-7]] later.\n"
    body = read(text)
    words = named(body, name)
    for word in ("So", "came", "Then", "met", "Said", "later"):
        assert words.text[words.at(body.text.index(word)) :].startswith(word)
    start = body.text.index("kc")
    assert words.text[words.at(start) : words.at(start + 2)] == "the Council"


@pytest.mark.parametrize(
    "text, titles",
    [
        ("## What [[ob-1]] did\n\nText of [[kc]].\n\n## Next", ["What Ottoline Brack did", "Next"]),
        ("## `a<b` & [[ob-1]]’s *own*[^1]\n\nText.\n\n[^1]: A note of [[kc]].", ["a<b & Ottoline Brack’s own"]),
        ("## [[ob-1|She]] did\n\n### And then ![a ship](s.png)", ["She did", "And then a ship"]),
    ],
)
def test_a_heading_has_the_names_that_the_page_has(text, titles):
    body = read(text)
    found = sections(body, name)
    assert [section.title for section in found] == titles
    assert [(section.id, section.level) for section in found] == [(section.id, section.level) for section in body.sections]


STORY = """---
title: A
published: 2025-10-01
sources:
  src: {publisher: kc, url: "https://example.com/x", published: 2025-09-02}
actors:
  ob-1: Ottoline Brack, Mayor
  kc: {type: PublicBody, name: Town Council}
quotes:
  - {id: q1, speaker: ob-1, text: We will go, said: 2025-09-01, via: src}
timeline:
  - {id: ev-7, when: 2025-09-02, title: First session, actors: ob-1, text: "Led by [[ob-1]] of [[kc]]."}
corrections:
  - {on: 2025-10-02, text: "We had not named [[ob-1]]."}
---
On that day [[ob-1]] led the session [[ev-7]] of the [[kc]]. We will go, said [[src]] of [[q1]] in [[b]], where [[b#q1]] is from.

## What [[ob-1]] did

Text.
"""
OTHER = "---\ntitle: Before\npublished: 2025-09-30\nsources: {src: }\nquotes: [{id: q1, speaker: ob-1, text: It is late, said: 2025-09-01}]\n---\nIt is late.\n"


@pytest.fixture(scope="module")
def site():
    documents = [parse("content/explainers/a.md", STORY.encode()), parse("content/explainers/b.md", OTHER.encode())]
    found, problems = linking.link(Settings(), language.load("en"), documents)
    assert not problems
    return found


def test_machines_get_names(site):
    assert event_records.event(site, "ev-7").text == "Led by Ottoline Brack of Town Council."
    assert data_records.explainer(site, "a").corrections[0].text == "We had not named Ottoline Brack."
    assert data_records.quote(site, ("a", "q1")).via[0].name == "Town Council"
    assert [mention.sentence for mention in data_records.event_data(site, "ev-7").mentions] == [
        "On that day Ottoline Brack led the session First session of the Town Council."
    ]


def test_readers_get_names_too(site):
    told = cards.mention(site, site.mentions["ob-1"][0])
    assert (told.before, told.name) == ("On that day ", "Ottoline Brack")
    told = cards.mention(site, site.event_mentions["ev-7"][0])
    assert (told.before, told.name, told.after) == ("On that day Ottoline Brack led the session ", "First session", " of the Town Council.")
    assert [section.title for section in body_html.headings(site, ("explainer", "a"), site.bodies["a"])] == ["What Ottoline Brack did"]
    assert cards.source_card(site, "src").title == "Town Council"
    assert body_html.destination(site, Target("source", "src")).name == "Town Council"


def test_a_sentence_names_quotes_and_sources_as_well():
    documents = [
        parse("content/explainers/a.md", STORY.replace("[[kc]]. We", "[[kc|it]]; we").encode()),
        parse("content/explainers/b.md", OTHER.encode()),
    ]
    found, _ = linking.link(Settings(), language.load("en"), documents)
    assert found.event_mentions["ev-7"][0].sentence.endswith(
        "; we will go, said Town Council of “We will go” in Before, where Before is from."
    )


def test_no_search_record_has_an_id(site):
    words = " ".join(record.text for record in search_records.records(site))
    assert "Ottoline Brack led the session First session" in words
    assert not re.search(r"\b(?:ob-1|ev-7|kc|q1)\b", words)


STATUSES = ("occurred", "ongoing", "planned", "expected", "conditional", "postponed", "alleged", "disputed", "denied", "cancelled")
UNSURE = """---
title: A
published: 2025-10-01
updated: 2025-10-01
updates: [{{2025-10-01: "New: [[sale]]."}}]
sources:
  src: {{publisher: Harbour Gazette, title: Ferry in doubt, published: 2025-09-02}}
actors:
  ob-1: Ottoline Brack, Mayor
timeline:
  - {{id: sale, when: 2025-09-02, title: The boat is sold, status: {status}, by: ob-1, sources: src}}
---
Ottoline Brack speaks of [[sale]] today, and of [[sale|this]].

## On [[sale]]

Text.
"""


@pytest.mark.parametrize("status", STATUSES)
def test_a_link_without_words_tells_the_status_of_its_event(status):
    document = parse("content/explainers/a.md", UNSURE.format(status=status).replace("updated: 2025-10-01\n", "").encode())
    for tag in ("en", "de"):
        found, _ = linking.link(Settings(), language.load(tag), [document])
        called = "The boat is sold" if status in {"occurred", "ongoing"} else f"The boat is sold ({status_words(found.language, status)})"
        assert body_html.destination(found, Target("event", "sale")).name == called
        assert body_html.words(found, ("explainer", "a"), found.bodies["a"]).startswith(
            f"Ottoline Brack speaks of {called} today, and of this."
        )
        assert body_html.headings(found, ("explainer", "a"), found.bodies["a"])[0].title == f"On {called}"
        assert data_records.explainer(found, "a").updates[0].text == f"New: {called}."
        assert found.mentions["ob-1"][0].sentence == f"Ottoline Brack speaks of {called} today, and of this."
        told = cards.mention(found, found.event_mentions["sale"][0])
        assert (told.name, told.after) == (called, " today, and of this.")
        assert any(f"New: {called}." in record.text for record in search_records.records(found))


def test_the_status_in_a_sentence_changes_with_the_event_and_with_the_language():
    path, memory = "content/explainers/a.md", Memory()
    for status, tag in (("alleged", "en"), ("denied", "en"), ("denied", "de"), ("occurred", "de")):
        document = parse(path, UNSURE.format(status=status).encode())
        again, _ = linking.link(Settings(), language.load(tag), [document], memory=memory)
        clean, _ = linking.link(Settings(), language.load(tag), [document])
        assert again.mentions == clean.mentions
        memory.begin_run()


@pytest.mark.parametrize(
    "authors, told",
    [
        ("Ann Lee and Bo Ray", 1),
        ("Ann Lee, Bo Ray und Cy von Dahl", 1),
        ("[Ann Lee & Bo Ray, Cy Dahl]", 1),
        ("[Ann Lee, Bo Ray]", 0),
        ('"Ann Lee and Bo Ray"', 0),
        ("Department of Trade and Industry", 0),
        ("Quist & Sons", 0),
        ("Lee, Ann", 0),
    ],
)
def test_an_author_who_reads_as_several_people_is_told(authors, told):
    text = f"---\ntitle: A\npublished: 2024-03-08\nauthors: {authors}\n---\nWords.\n"
    found = parse("content/explainers/a.md", text.encode()).diagnostics
    assert [problem.code for problem in found].count("authors-joined") == told
